"""The rows of a detailed plan: every date on which something is due or capitalized."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import repeat
from typing import NamedTuple

from loanmath.calendars import adjust
from loanmath.errors import ScheduleError
from loanmath.recurrence import Step, is_month_end, shift_months, step_dates
from loanmath.terms import (
    BrokenPeriod,
    BusinessDays,
    InstallmentLoan,
    InterestDates,
    SinglePayment,
)
from loanmath.terms.plan_kinds import pays_interest_first

__all__ = ["Timeline", "installment_dates", "timeline"]

# Looking a member up in its class costs more than comparing with it.
_COUNTED = BrokenPeriod.COUNTED


class Timeline(NamedTuple):
    """
    The rows of a plan, as columns.

    Attributes:
        start: Where the period of a row starts.
        end: Where it ends.
        due: When its payment is due.
        unmoved: The date of the row before any business-day rule.
        number: The number of its installment, from 1; 0 where it is none. A range where
            the numbers follow on each other.
        pays_interest: Whether interest falls due, or is capitalized, on it.
    """

    start: list[date]
    end: list[date]
    due: list[date]
    unmoved: list[date]
    number: Sequence[int]
    pays_interest: list[bool]


def installment_dates(loan: InstallmentLoan, count: int) -> list[date]:
    """
    Return the due dates of installments before any business-day rule.

    Raises:
        DateRangeError: If the last of them is after the year 2200.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import FixedPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FixedPayment(60),
        ...     rate=Rate("0%/day"))
        >>> installment_dates(loan, 1)
        [datetime.date(2026, 2, 15)]
    """
    if isinstance(loan.every, tuple):
        dates = list(loan.every[:count])
    else:
        dates = step_dates(loan.anchor, loan.every, count, loan.roll_day)
    if loan.last_due is not None:
        dates[-1] = loan.last_due
    return dates[-1:] if isinstance(loan.repayment, SinglePayment) else dates


def _interest_dates(
    loan: InstallmentLoan,
    every: Step | tuple[date, ...],
    first: date | None,
    last: date,
) -> list[date]:
    """Return the dates before the last one on which interest alone falls due."""
    if isinstance(every, tuple):
        return [day for day in every if day < last]
    counted_from = first or loan.disbursed
    roll_day = counted_from.day
    if loan.end_of_month and is_month_end(counted_from):
        roll_day = 31
    elif first is None and loan.due_day is not None:
        roll_day = loan.due_day
    if first is None:
        first = _one_step_after(loan.disbursed, every, roll_day)
    if first >= last:
        return []
    dates = step_dates(first, every, _steps_between(first, last, every), roll_day)
    return dates[: bisect_left(dates, last)]


def _one_step_after(day: date, step: Step, roll_day: int) -> date:
    if not step.months:
        return day + timedelta(step.days)
    # It may lie after every date that a loan may have, and is left out then.
    first = shift_months(day, step.months, roll_day=roll_day)
    if first < shift_months(day, step.months):
        first = shift_months(first, 1, roll_day=roll_day)
    return first


def _steps_between(first: date, last: date, step: Step) -> int:
    # At least as many dates as lie before the last due date, and few more.
    if step.months:
        months = 12 * (last.year - first.year) + last.month - first.month
        return months // step.months + 1
    return (last - first).days // step.days + 1


def timeline(loan: InstallmentLoan, count: int) -> Timeline:
    """
    Return the rows of a plan of so many installments.

    Raises:
        ScheduleError: If the first due date moves before the disbursement, or a broken
            period would end after the only installment.
        CalendarRangeError: If a due date is beyond what the calendar knows.
        DateRangeError: If a date is after the year 2200.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import EqualPrincipal, InterestPayments
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=EqualPrincipal(2),
        ...     rate=Rate("0%/day"), interest_payments=InterestPayments("P2M"))
        >>> timeline(loan, 2).pays_interest
        [False, True]
    """
    installments = installment_dates(loan, count)
    term = loan.interest_payments
    if term is not None and term.every is not None:
        unmoved, number, pays = _with_interest_dates(
            loan, term.every, term.first_due, installments
        )
    else:
        unmoved, first = installments, 1
        if loan.broken_period is not _COUNTED and loan.regular_start is not None:
            broken_end = _broken_end(loan.regular_start, installments[0])
            unmoved, first = [broken_end, *installments], 0
        number = range(first, first + len(unmoved))
        pays = [True] * len(unmoved)
    end = due = unmoved
    if loan.business_days is not None:
        end, due = _moved(loan, unmoved, loan.business_days)
    start = [loan.disbursed, *end]
    del start[-1]
    return Timeline(start, end, due, unmoved, number, pays)


def _with_interest_dates(
    loan: InstallmentLoan,
    every: Step | tuple[date, ...],
    first: date | None,
    installments: list[date],
) -> tuple[list[date], Sequence[int], list[bool]]:
    """Return the dates of installments and of interest, as `Timeline` has them."""
    last = installments[-1]
    unmoved = _interest_dates(loan, every, first, last)
    unmoved.append(last)
    number_on = dict(zip(installments, range(1, len(installments) + 1), strict=True))
    placed = list(map(number_on.get, unmoved, repeat(0)))
    pays = [True] * len(unmoved)
    if placed.count(0) > len(unmoved) - len(installments):
        interest = set(unmoved)
        # Two runs in order: sorting merges them.
        unmoved = sorted(interest.union(installments))
        placed = list(map(number_on.get, unmoved, repeat(0)))
        pays = [True] * len(unmoved)
        if not pays_interest_first(loan):
            pays = [day in interest for day in unmoved]
    return unmoved, placed, pays


def _broken_end(start: date, first: date) -> date:
    """Return where a broken period ends that is paid apart from the others."""
    if start >= first:
        raise ScheduleError(
            "broken_period",
            got=f"to {start}",
            allowed=f"a period that ends before the first installment, {first}",
            do="state a later last_due, or count the broken period with it",
        )
    return start


def _moved(
    loan: InstallmentLoan, unmoved: list[date], term: BusinessDays
) -> tuple[list[date], list[date]]:
    """Return where the periods end, and when they are due, on business days."""
    kept = {loan.disbursed}
    if loan.broken_period in (BrokenPeriod.ADDED, BrokenPeriod.AT_DISBURSEMENT):
        kept.add(unmoved[0])
    due = [
        day if day in kept else adjust(day, term.rule, term.calendar) for day in unmoved
    ]
    if due[0] < loan.disbursed or (due[0] == loan.disbursed < unmoved[0]):
        raise ScheduleError(
            "installment 1",
            got=f"due {due[0]} after the business-day rule",
            allowed=f"after disbursed, {loan.disbursed}",
            do="state a later first_due",
        )
    return (due if term.interest is InterestDates.ADJUSTED else unmoved), due
