"""The rates of a loan in order of the dates that they change on."""

from collections.abc import Iterator
from datetime import date, timedelta

from loanmath.rates import Rate
from loanmath.recurrence import shift_months
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
        first, changes = rate.initial, iter(rate.changes)
    elif isinstance(rate, FloatingRate):
        first = rate.on(loan.disbursed) if rate.initial is None else rate.initial
        changes = _resets(rate, end)
    else:
        return [(loan.disbursed, Rate("0%/year") if rate is None else rate)]
    path = [(loan.disbursed, first)]
    for on, new in changes:
        if on <= end and new != path[-1][1]:
            path.append((on, new))
    return path


def _resets(rate: FloatingRate, end: date) -> Iterator[tuple[date, Rate]]:
    preset = rate.next_rate
    for reset in _reset_dates(rate, end):
        yield reset, rate.on(reset) if preset is None else preset
        preset = None


def _reset_dates(rate: FloatingRate, end: date) -> Iterator[date]:
    step = rate.resets
    if isinstance(step, tuple) or rate.first_reset is None:
        yield from (day for day in rate.stated_resets if day <= end)
        return
    reset, count = rate.first_reset, 0
    while reset <= end:
        yield reset
        count += 1
        months, days = step.months * count, timedelta(step.days * count)
        reset = shift_months(rate.first_reset, months) + days
