"""What follows from the agreed fields of a loan: its anchor, roll day and day count."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from loanmath.currency import to_units
from loanmath.daycount import DayCount, day_count
from loanmath.doors import FIRST_DATE, LAST_DATE
from loanmath.errors import DateRangeError
from loanmath.rates import RateUnit
from loanmath.recurrence import add_months, is_month_end, shift_months
from loanmath.terms.conventions import MAX_INSTALLMENTS, MAX_INSTALLMENTS_DAILY
from loanmath.terms.fees import FeeDue, FeePaid, fee_rule
from loanmath.terms.methods import Repayment
from loanmath.terms.repayment import LevelPayment, SinglePayment

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = [
    "anchor",
    "counted_by",
    "counts_parts",
    "deducted_units",
    "financed_units",
    "in_range",
    "installment_limit",
    "keeps_month_ends",
    "last_date",
    "paid_out_units",
    "regular_months",
    "regular_start",
    "roll_day",
    "stated_installments",
]

_LAST_DAY = 31


def roll_day(loan: "InstallmentLoan") -> int:
    """Return the day of the month that due dates aim at, clamped where it is short."""
    first = loan.first_due or loan.disbursed
    if loan.end_of_month and is_month_end(first):
        return _LAST_DAY
    return loan.due_day or first.day


def keeps_month_ends(loan: "InstallmentLoan") -> bool:
    """Return whether due dates go from one last day of a month to the next."""
    return loan.end_of_month and loan.roll_day == _LAST_DAY


def anchor(loan: "InstallmentLoan") -> date:
    """Return the first due date before any business-day rule."""
    if isinstance(loan.every, tuple):
        return loan.every[0] if loan.every else loan.disbursed
    if loan.first_due is not None:
        return loan.first_due
    step = loan.first_after or loan.every
    if step.months:
        earliest = add_months(loan.disbursed, step.months)
    else:
        earliest = in_range(loan.disbursed, step.days)
    if not loan.every.months:
        return earliest
    first = add_months(earliest, 0, roll_day=loan.roll_day)
    if first < earliest:
        first = add_months(first, 1, roll_day=loan.roll_day)
    return first


def in_range(day: date, days: int) -> date:
    """Return the date so many days later, or refuse one outside the allowed years."""
    try:
        later = day + timedelta(days)
    except OverflowError:
        later = date.max
    if not FIRST_DATE <= later <= LAST_DATE:
        raise DateRangeError(
            "every",
            got=f"{days} days from {day}",
            allowed=f"dates from {FIRST_DATE} to {LAST_DATE}",
        )
    return later


def regular_start(loan: "InstallmentLoan") -> date | None:
    """Return where a regular first period would start; `None` for stated dates."""
    if isinstance(loan.every, tuple):
        return None
    if not loan.every.months:
        return loan.anchor - timedelta(loan.every.days)
    # A regular start may lie before the years that a date of the contract may be in.
    return shift_months(loan.anchor, -loan.every.months, roll_day=loan.roll_day)


def counted_by(loan: "InstallmentLoan") -> DayCount:
    """Return the day count: the agreed one, or what a rate left open implies."""
    if loan.day_count is not None:
        return loan.day_count
    daily = loan.rate is not None and loan.rate.per is RateUnit.DAY
    return day_count("ACT/365F" if daily else "1/12")


def counts_parts(loan: "InstallmentLoan", by: DayCount) -> bool:
    """
    Return whether a day count can count a part of a period.

    Of whole months a part has the share of the actual days, where the terms state that
    whole months count; where they leave it open, nothing says so.
    """
    if by.name == "1/12":
        return loan.day_count is not None
    return by.name != "1/1"


def regular_months(loan: "InstallmentLoan") -> int | None:
    """Return the months of a regular period; `None` for days and stated dates."""
    if isinstance(loan.every, tuple) or not loan.every.months:
        return None
    if isinstance(loan.repayment, SinglePayment):
        return loan.every.months * loan.repayment.count
    return loan.every.months


def stated_installments(repayment: Repayment) -> int | None:
    """Return how many installments are planned with, or nothing where they follow."""
    if isinstance(repayment, LevelPayment) and repayment.amortized_over:
        return repayment.amortized_over
    return repayment.count


def installment_limit(loan: "InstallmentLoan") -> int:
    """Return the most installments that the terms leave room for."""
    step = loan.every
    if isinstance(step, tuple):
        return len(step)
    if step.months:
        first = 12 * loan.anchor.year + loan.anchor.month
        steps = (12 * LAST_DATE.year + LAST_DATE.month - first) // step.months
        return min(MAX_INSTALLMENTS, steps + 1)
    steps = (LAST_DATE - loan.anchor).days // step.days
    most = MAX_INSTALLMENTS_DAILY if step.is_daily else MAX_INSTALLMENTS
    return min(most, steps + 1)


def financed_units(loan: "InstallmentLoan") -> int:
    """Return the fees and taxes that join the principal when it is paid out."""
    lent = to_units(loan.principal, loan.digits, "principal")
    return sum(
        sum(fee_rule(fee, loan.digits, loan.rounding)(lent))
        for fee in loan.fees
        if fee.due is FeeDue.DISBURSEMENT and fee.paid is FeePaid.FINANCED
    )


def last_date(loan: "InstallmentLoan") -> date | None:
    """Return the last due date before any calendar, or nothing where it follows."""
    if loan.last_due is not None:
        return loan.last_due
    count = loan.repayment.count
    if isinstance(loan.every, tuple):
        return loan.every[-1] if count is None else loan.every[count - 1]
    if count is None:
        return None
    steps = count - 1
    if not loan.every.months:
        return in_range(loan.anchor, loan.every.days * steps)
    months = loan.every.months * steps
    return add_months(loan.anchor, months, roll_day=loan.roll_day)


def deducted_units(loan: "InstallmentLoan") -> int:
    """Return the fees and taxes withheld from what is paid out."""
    lent = to_units(loan.principal, loan.digits, "principal")
    return sum(
        sum(fee_rule(fee, loan.digits, loan.rounding)(lent))
        for fee in loan.fees
        if fee.paid is FeePaid.DEDUCTED
    )


def paid_out_units(loan: "InstallmentLoan") -> int:
    """Return what the borrower receives at disbursement: less discount and fees."""
    received = to_units(loan.principal, loan.digits, "principal") - deducted_units(loan)
    if loan.discount is not None:
        received -= to_units(loan.discount, loan.digits, "discount")
    return received
