"""What terms leave open."""

from collections.abc import Callable
from enum import Enum

from loanmath.daycount import HeadTail
from loanmath.rates import Rate, RateUnit
from loanmath.rounding import Rounding
from loanmath.term_sheets.facts import Facts, FirstPeriod, only_date, year_days
from loanmath.term_sheets.month_days import lack_their_day, leave_month_ends
from loanmath.term_sheets.open_details import (
    early_details,
    order_details,
    penalty_details,
)
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    Earned,
    FeeTiming,
    FlatFee,
    FloatingRate,
    GraduatedPayment,
    HolidayInterest,
    InstallmentLoan,
    LevelPayment,
    RateChange,
    Residue,
    RoundedPer,
    SteppedPayment,
)
from loanmath.terms.consequences import counts_parts

__all__ = ["OpenPoint", "open_points"]


class OpenPoint(Enum):
    """What terms may leave open, in the order of the sheet."""

    DAY_COUNT = "day count"
    DAYS_IN_YEAR = "days in a year"
    END_DAYS = "end days"
    DAYS_OFF = "days off"
    SHORT_MONTHS = "short months"
    MONTH_ENDS = "month ends"
    FIRST_PERIOD = "first period"
    RATE_CHANGE = "what a rate change moves"
    SIZED_BY = "what the payment is worked out by"
    EARNED = "when interest is earned"
    ROUNDING = "rounding"
    ROUNDING_PLACE = "rounding place"
    PAYMENT_ROUNDING = "payment rounding"
    FEE_CHARGED = "when a flat fee is charged"
    FEE_ROUNDING = "fee rounding"
    RESIDUE = "residue"
    INDEX = "index"
    NO_FLOOR = "no floor"
    NO_CAP = "no cap"
    LATE = "late payment"
    PENALTY = "penalty"
    ACCELERATION = "acceleration"
    EARLY = "early repayment"
    ORDER = "order of payments"
    YEARLY_COST = "yearly cost"


_ODD = (FirstPeriod.LONGER, FirstPeriod.SHORTER)


def open_points(known: Facts) -> tuple[OpenPoint, ...]:
    """
    Return what the terms leave open.

    Example:
        >>> from datetime import date
        >>> from loanmath.term_sheets.facts import facts
        >>> from loanmath.terms import FlatFee
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "1%"))
        >>> [point.value for point in open_points(facts(loan))][:3]
        ['days off', 'rounding', 'when a flat fee is charged']
    """
    return tuple(point for point in OpenPoint if _IS_OPEN[point](known))


def _by_days(known: Facts) -> bool:
    rate = known.loan.rate
    return (
        rate is not None and rate.per is RateUnit.DAY and year_days(known.loan) is None
    )


def _is_odd(known: Facts) -> bool:
    return (
        (known.first_period in _ODD or _may_be_broken(known.loan))
        and known.accrues
        and known.loan.interest_payments is None
        and known.loan.broken_period is BrokenPeriod.COUNTED
    )


def _may_be_broken(loan: InstallmentLoan) -> bool:
    """Return whether days before a regular start come before an only installment."""
    start, last = loan.regular_start, only_date(loan)
    return bool(start and last and loan.disbursed < start < last)


def _lacks(known: Facts, limit: str) -> bool:
    rate = known.loan.rate
    return isinstance(rate, FloatingRate) and getattr(rate, limit) is None


def _leaves_residue(known: Facts) -> bool:
    return getattr(known.loan.repayment, "residue", None) is Residue.LAST


def _moves_payment(known: Facts) -> bool:
    terms = known.loan.repayment
    return (
        isinstance(terms, LevelPayment)
        and not isinstance(known.loan.rate, Rate)
        and terms.on_rate_change is RateChange.PAYMENT
    )


def _may_be_sized(known: Facts) -> bool:
    loan = known.loan
    return (
        isinstance(loan.repayment, LevelPayment)
        and loan.repayment.sized_by is None
        and isinstance(loan.rate, Rate)
        and known.counts_days
        and not (loan.drawdowns or loan.interest_payments)
    )


def _may_be_earned(known: Facts) -> bool:
    terms = known.loan.repayment
    return isinstance(terms, AddOnInterest) and terms.earned is Earned.LEVEL


def _may_be_rounded_in_parts(known: Facts) -> bool:
    loan = known.loan
    if (
        loan.interest_rounded is not RoundedPer.PERIOD
        or not known.accrues
        or known.is_in_advance
    ):
        return False
    by_day = loan.rate is not None and loan.rate.per is RateUnit.DAY
    if by_day or loan.counted_by.basis is not None:
        return True
    if known.has_interest_dates or _carries_interest(loan):
        # What falls due was earned over several periods.
        return True
    changes = bool(loan.drawdowns) or not isinstance(loan.rate, Rate)
    return changes and counts_parts(loan, loan.counted_by)


def _carries_interest(loan: InstallmentLoan) -> bool:
    return any(holiday.interest is HolidayInterest.CARRY for holiday in loan.holidays)


def _is_rounded_as_interest(known: Facts) -> bool:
    terms = known.loan.repayment
    if isinstance(terms, SteppedPayment):
        return terms.is_solved and terms.rounding is None
    return isinstance(terms, LevelPayment | GraduatedPayment) and terms.rounding is None


def _may_be_charged(known: Facts) -> bool:
    terms = known.loan.repayment
    return isinstance(terms, FlatFee) and terms.charged is FeeTiming.SPREAD


def _may_be_rounded_apart(known: Facts) -> bool:
    terms = known.loan.repayment
    if isinstance(terms, FlatFee) and terms.fee_rounding is None:
        return True
    return any(fee.rounding is None and fee.is_rounded for fee in known.loan.fees)


def _always(_: Facts) -> bool:
    return True


# Where a default is in force, nobody can tell whether it was agreed.
_IS_OPEN: dict[OpenPoint, Callable[[Facts], bool]] = {
    OpenPoint.DAY_COUNT: lambda known: (
        known.loan.rate is not None and known.loan.day_count is None
    ),
    OpenPoint.DAYS_IN_YEAR: _by_days,
    OpenPoint.END_DAYS: lambda known: (
        known.counts_end_days and known.loan.head_tail is HeadTail.HEAD
    ),
    OpenPoint.DAYS_OFF: lambda known: known.loan.business_days is None,
    OpenPoint.SHORT_MONTHS: lack_their_day,
    OpenPoint.MONTH_ENDS: leave_month_ends,
    OpenPoint.FIRST_PERIOD: _is_odd,
    OpenPoint.RATE_CHANGE: _moves_payment,
    OpenPoint.SIZED_BY: _may_be_sized,
    OpenPoint.EARNED: _may_be_earned,
    OpenPoint.ROUNDING: lambda known: known.loan.rounding == Rounding(),
    OpenPoint.ROUNDING_PLACE: _may_be_rounded_in_parts,
    OpenPoint.PAYMENT_ROUNDING: _is_rounded_as_interest,
    OpenPoint.FEE_CHARGED: _may_be_charged,
    OpenPoint.FEE_ROUNDING: _may_be_rounded_apart,
    OpenPoint.RESIDUE: _leaves_residue,
    OpenPoint.INDEX: lambda known: isinstance(known.loan.rate, FloatingRate),
    OpenPoint.NO_FLOOR: lambda known: _lacks(known, "floor"),
    OpenPoint.NO_CAP: lambda known: _lacks(known, "cap"),
    OpenPoint.LATE: lambda known: (
        known.loan.penalty is None and not known.loan.servicing.late_charges
    ),
    OpenPoint.PENALTY: lambda known: bool(penalty_details(known.loan)),
    OpenPoint.ACCELERATION: _always,
    OpenPoint.EARLY: lambda known: bool(early_details(known.loan)),
    OpenPoint.ORDER: lambda known: bool(order_details(known.loan)),
    OpenPoint.YEARLY_COST: _always,
}
