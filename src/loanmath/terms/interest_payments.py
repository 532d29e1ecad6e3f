"""When interest falls due, where that is not simply with every installment."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from loanmath.doors import to_date, to_enum, to_flag
from loanmath.errors import InputValueError, TermsError
from loanmath.recurrence import Step, to_dates

__all__ = ["BrokenPeriod", "InterestPayments", "to_broken_period"]


class BrokenPeriod(Enum):
    """
    How the days before the first regular period are paid for (首期不足月利息).

    They lie between disbursement and the date one step before the first due date.
    `COUNTED`: they lengthen the first period, and payments are solved over it as it
    is. `SEPARATE`: their interest falls due alone where the first regular period
    starts. `ADDED`: payments are solved as if the loan began there, and their interest
    is due on top of the first payment. `AT_DISBURSEMENT`: their interest is paid on the
    day of disbursement.
    """

    COUNTED = "counted"
    SEPARATE = "separate"
    ADDED = "added"
    AT_DISBURSEMENT = "at_disbursement"


def to_broken_period(broken: str | BrokenPeriod) -> BrokenPeriod:
    """Return the rule for a broken period, given itself or its name."""
    return to_enum(broken, BrokenPeriod, "broken_period")


Dates: TypeAlias = relativedelta | Step | str | Sequence[date]


def _to_every(every: Dates | None) -> Step | tuple[date, ...] | None:
    if every is None:
        return None
    if isinstance(every, (list, tuple)):
        if not every:
            raise InputValueError("every", got="no dates", allowed="at least one date")
        return to_dates(every, "every")
    return Step.of(every)


def _to_first_due(day: date | None) -> date | None:
    return None if day is None else to_date(day, "first_due")


def _to_capitalized_until(day: date | None) -> date | None:
    return None if day is None else to_date(day, "capitalized_until")


def _to_in_advance(flag: bool) -> bool:
    return to_flag(flag, "in_advance")


@frozen
class InterestPayments:
    """
    The agreement on when interest is paid, or joins the principal (结息方式).

    Args:
        every: The step between interest dates, or the dates themselves, where they are
            not the installment dates; they go on to the last due date, which is one,
            and any after it are left out. Methods with one payment for principal and
            interest also pay interest on every installment date.
        first_due: The first interest date, where it is not one step after disbursement.
        in_advance: Whether the interest of a period is due at its start (预收利息):
            that of the first period on the day of disbursement.
        capitalized_until: Interest that falls due on or before this day is not paid but
            joins the principal, rounded (利息转本金).

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If `first_due` is stated without a step, or `capitalized_until`
            without interest dates.

    Example:
        >>> InterestPayments("quarterly").every
        Step(months=3, days=0)

    Source: interest may not be deducted up front under article 670 of China's Civil
    Code (what is received is the principal), so `in_advance` is for other laws.

    ACTUS: IPANX, IPCL and IPCED.
    """

    every: Step | tuple[date, ...] | None = field(default=None, converter=_to_every)
    first_due: date | None = field(default=None, converter=_to_first_due, kw_only=True)
    in_advance: bool = field(default=False, converter=_to_in_advance, kw_only=True)
    capitalized_until: date | None = field(
        default=None, converter=_to_capitalized_until, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.first_due is not None and not isinstance(self.every, Step):
            raise TermsError(
                "interest_payments.first_due",
                got=str(self.first_due),
                allowed="only where every states a step",
            )
        if self.capitalized_until is not None and self.every is None:
            raise TermsError(
                "interest_payments.capitalized_until",
                got=str(self.capitalized_until),
                allowed="only where every states when interest falls due before it",
            )
