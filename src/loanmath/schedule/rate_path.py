"""The rates of a loan in order of the dates that they change on."""

from bisect import bisect_left
from datetime import date

from loanmath.rates import Rate
from loanmath.recurrence import step_dates
from loanmath.terms import FloatingRate, InstallmentLoan, SteppedRate

__all__ = ["rate_path"]


def rate_path(loan: InstallmentLoan, end: date) -> list[tuple[date, Rate]]:
    """
    Return the rate from disbursement, then the new rate of each change up to `end`.

    A change to the rate that is in force already is none. Terms without a rate have the
    rate zero.

    Raises:
        DateRangeError: If an index was not observed so early.
        LimitError: If a rate is out of range.

    Example:
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=LevelPayment(12),
        ...     day_count="30/360 CN", rate=SteppedRate(Rate("3%/year"),
        ...     {date(2026, 7, 1): Rate("4%/year")}))
        >>> [str(rate) for _, rate in rate_path(loan, date(2027, 1, 15))]
        ['3%/year', '4%/year']
    """
    rate = loan.rate
    if isinstance(rate, SteppedRate):
        first, changes = rate.initial, list(rate.changes)
    elif isinstance(rate, FloatingRate):
        first, changes = _read(rate, loan.disbursed, end)
    else:
        return [(loan.disbursed, Rate("0%/year") if rate is None else rate)]
    path = [(loan.disbursed, first)]
    for on, new in changes:
        if on <= end and new != path[-1][1]:
            path.append((on, new))
    return path


def _read(
    rate: FloatingRate, start: date, end: date
) -> tuple[Rate, list[tuple[date, Rate]]]:
    """Return the first rate, and that of every reset on which it may change."""
    first, changes, until = rate.initial, list[tuple[date, Rate]](), None
    if first is None:
        first, until = rate.on(start), rate.stays_until(start)
        if rate.next_rate is None and (until is None or until > end):
            return first, changes
    else:
        until = date.min
    resets, index = _reset_dates(rate, end), 0
    if resets and rate.next_rate is not None:
        changes.append((resets[0], rate.next_rate))
        until, index = date.min, 1
    # A reset that reads the same observation changes nothing.
    while until is not None:
        index = bisect_left(resets, until, index)
        if index == len(resets):
            break
        changes.append((resets[index], rate.on(resets[index])))
        until = rate.stays_until(resets[index])
        index += 1
    return first, changes


def _reset_dates(rate: FloatingRate, end: date) -> list[date]:
    step, first = rate.resets, rate.first_reset
    if isinstance(step, tuple) or first is None:
        return [day for day in rate.stated_resets if day <= end]
    if first > end:
        return []
    if step.months:
        count = 12 * (end.year - first.year) + end.month - first.month
        count = count // step.months + 1
    else:
        count = (end - first).days // step.days + 1
    dates = step_dates(first, step, count, first.day)
    return dates if dates[-1] <= end else dates[:-1]
