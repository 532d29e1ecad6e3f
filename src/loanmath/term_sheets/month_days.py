"""Whether due dates meet months that lack their day, or leave the month's end."""

from datetime import date
from typing import NamedTuple

from loanmath.recurrence import Step, is_month_end, shift_months
from loanmath.schedule.timeline import timeline
from loanmath.term_sheets.facts import Facts
from loanmath.terms import InstallmentLoan, SinglePayment
from loanmath.terms.consequences import installment_limit

__all__ = ["lack_their_day", "leave_month_ends"]


class _Aimed(NamedTuple):
    """Dates, the date that they count from, and the day of the month they aim at."""

    start: date
    day: int
    dates: list[date]


def lack_their_day(known: Facts) -> bool:
    """Return whether a date falls in a month without the day that it aims at."""
    return any(
        day.day < aimed.day for aimed in _by_months(known) for day in aimed.dates
    )


def leave_month_ends(known: Facts) -> bool:
    """Return whether dates that count from a month's end fall on other days."""
    if known.loan.due_day is not None:
        # The day is agreed, whatever it counts from.
        return False
    return any(
        not is_month_end(day)
        for aimed in _by_months(known)
        if is_month_end(aimed.start)
        for day in aimed.dates
    )


def _by_months(known: Facts) -> list[_Aimed]:
    """Return the dates that count by months, but for those that keep month ends."""
    loan = known.loan
    rows, last = timeline(loan, _most_installments(known)), known.schedule[-1].due
    dates = [
        (day, number)
        for day, number, due in zip(rows.unmoved, rows.number, rows.due, strict=True)
        if due <= last
    ]
    found = list[_Aimed]()
    own = known.has_interest_dates
    if isinstance(loan.every, Step) and loan.every.months:
        planned = [
            day for day, number in dates if day != loan.last_due and (number or not own)
        ]
        found.append(_Aimed(loan.first_due or loan.disbursed, loan.roll_day, planned))
    if own:
        found += _interest_dates(loan, dates)
    return [
        aimed
        for aimed in found
        if not (loan.end_of_month and is_month_end(aimed.start))
    ]


def _interest_dates(
    loan: InstallmentLoan, dates: list[tuple[date, int]]
) -> list[_Aimed]:
    term = loan.interest_payments
    if term is None or not isinstance(term.every, Step) or not term.every.months:
        return []
    start = term.first_due or loan.disbursed
    day = start.day
    if term.first_due is None and loan.due_day is not None:
        day = loan.due_day
    step = term.every.months

    def is_counted(one: date) -> bool:
        months = 12 * (one.year - start.year) + one.month - start.month
        return months % step == 0 and one == shift_months(start, months, roll_day=day)

    # An installment may fall on one of them.
    own = [one for one, number in dates if not number or is_counted(one)]
    return [_Aimed(start, day, own)]


def _most_installments(known: Facts) -> int:
    """Return the number of installments, or of rows where it follows."""
    loan = known.loan
    stated = loan.repayment.count
    if stated and (loan.last_due or isinstance(loan.repayment, SinglePayment)):
        return stated
    return min(len(known.schedule), installment_limit(loan))
