"""What a bill that is not paid in full costs: from when, on what, at which rate."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from loanmath.doors import to_count, to_enum
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, percentage_text, to_rate
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_multiple, to_share
from loanmath.terms.conventions import to_optional_rounding
from loanmath.terms.lines.bearing import (
    BalanceMethod,
    BearsFrom,
    BearsOn,
    ChargedPer,
    FreePeriod,
    InterestPosted,
    LastDay,
    RepaymentDay,
)
from loanmath.terms.servicing.components import Component
from loanmath.terms.servicing.penalty import to_days_in_year

if TYPE_CHECKING:
    from enum import Enum

__all__ = [
    "LineInterest",
    "daily_rate",
    "to_grace_days",
]

_MOST_GRACE = 60
_MOST_BILLS = 12


def _to_from(bears_from: str | BearsFrom) -> BearsFrom:
    return to_enum(bears_from, BearsFrom, "bears_from")


def _to_on(bears_on: str | BearsOn) -> BearsOn:
    return to_enum(bears_on, BearsOn, "bears_on")


def _to_repayment_day(day: str | RepaymentDay) -> RepaymentDay:
    return to_enum(day, RepaymentDay, "repayment_day")


def _to_last_day(day: str | LastDay) -> LastDay:
    return to_enum(day, LastDay, "last_day")


def _to_charged_per(rounded: str | ChargedPer) -> ChargedPer:
    return to_enum(rounded, ChargedPer, "rounded")


def _to_free_period(free_period: str | FreePeriod) -> FreePeriod:
    return to_enum(free_period, FreePeriod, "free_period")


def _to_posted(posted: str | InterestPosted) -> InterestPosted:
    return to_enum(posted, InterestPosted, "posted")


def _to_balance(balance: str | BalanceMethod) -> BalanceMethod:
    return to_enum(balance, BalanceMethod, "balance")


def _to_bearing(bearing: Sequence[str | Component]) -> tuple[Component, ...]:
    if not isinstance(bearing, (list, tuple)):
        raise InputTypeError("bearing", got=bearing, allowed="a list of components")
    named = {to_enum(name, Component, "bearing") for name in bearing}
    if Component.PRINCIPAL not in named or Component.COMPOUND in named:
        raise TermsError(
            "bearing",
            got=sorted(component.value for component in named),
            allowed="'principal', and of 'interest', 'fee', 'penalty' what bears too",
        )
    return tuple(component for component in Component if component in named)


def _to_regained(bills: int) -> int:
    return to_count(bills, "regained_after", _MOST_BILLS)


def _to_multiple(multiple: str | int | Decimal | Fraction) -> Fraction:
    return to_multiple(multiple, "overdue_multiple", 1, 10)


def _to_cap(cap: str | Fraction | None) -> Fraction | None:
    return None if cap is None else to_share(cap, "overdue_cap")


def to_grace_days(days: int) -> int:
    """
    Return days of grace, refusing anything else.

    Raises:
        InputTypeError: If they are not an `int`.
        LimitError: If they are not 0 to 60.

    Example:
        >>> to_grace_days(3)
        3
    """
    if type(days) is not int:
        raise InputTypeError("grace_days", got=days, allowed="int")
    if not 0 <= days <= _MOST_GRACE:
        raise LimitError("grace_days", got=days, allowed=f"0 to {_MOST_GRACE}")
    return days


def _to_tolerance(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "tolerance")


@frozen(kw_only=True)
class LineInterest:
    """
    What the purchases of a bill cost where it is not paid in full (循环利息).

    Formula: for each stretch of days on which the same amount bears,
    `round(amount * daily rate * days)`; under a ceiling, all of these since the due day
    come to at most `floor(overdue_cap * what was overdue)`.

    Args:
        rate: The rate, as `Rate("0.05%/day")`.
        bears_from: From when a purchase bears: `"posting"`, `"statement"`,
            `"after_due"` or `"use"`.
        bears_on: What bears up to the due date of a bill that is not paid in full:
            `"whole"`, `"unpaid_share"` or `"unpaid"`.
        repayment_day: Whether the day of a repayment bears on the `"old"` balance or
            the `"reduced"` one.
        last_day: Whether the day that interest is billed on is `"included"` or
            `"excluded"`.
        overdue_multiple: By how much the rate is multiplied after the due date, 1 to
            10, where interest bears from use.
        overdue_cap: The ceiling on what an overdue amount may cost in all, as a share
            of what was overdue when its bill was decided, such as `"100%"`, where
            interest bears from after the due date (封顶); left out, there is none.
        days_in_year: The days that a yearly or monthly rate is divided by: 360, 364,
            365 or 366.
        grace_days: Money that comes so many days after the due date is in time, 0 to 60
            (容时); for a minimum, `MinimumPayment` may say more.
        tolerance: A bill is paid in full if no more than this is missing, in major
            units (容差).
        rounding: How interest is rounded; left out, half up to the minor unit.
        rounded: Whether it is rounded by `"segment"`, by `"period"` or once by
            `"statement"`.
        free_period: Whether later purchases keep their free period while a bill is not
            paid in full: `"kept"` or `"lost"`.
        regained_after: After how many bills in a row that were paid in full a lost free
            period comes back, 1 to 12.
        bearing: What bears: `"principal"`, and `"interest"`, `"fee"` or `"penalty"`
            where what was charged bears too (复利).
        posted: Whether interest becomes owed with a `"statement"` alone, or with a
            `"payment"` too.
        balance: Which balance bears over a cycle: `"daily"`, `"average"`, `"previous"`
            or `"adjusted"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two of the terms have no meaning together.

    Example:
        >>> LineInterest(rate="0.05%/day", bears_from="after_due").daily
        Fraction(1, 2000)

    Source: published rules of Chinese cards and lines differ on each of these; the rate
    of cards was 0.035% to 0.05% a day until 2020 (Yinfa [2016] 111). An overdue fee by
    the day that ends where it equals principal and fee of its installment:
    learnku.com/courses/ecommerce-advance/5.7/overdue-payment.
    """

    rate: Rate = field(converter=to_rate)
    bears_from: BearsFrom = field(converter=_to_from)
    bears_on: BearsOn = field(default=BearsOn.WHOLE, converter=_to_on)
    repayment_day: RepaymentDay = field(
        default=RepaymentDay.REDUCED, converter=_to_repayment_day
    )
    last_day: LastDay = field(default=LastDay.EXCLUDED, converter=_to_last_day)
    overdue_multiple: Fraction = field(default=Fraction(1), converter=_to_multiple)
    overdue_cap: Fraction | None = field(default=None, converter=_to_cap)
    days_in_year: int | None = field(default=None, converter=to_days_in_year)
    grace_days: int = field(default=0, converter=to_grace_days)
    tolerance: Decimal = field(default=Decimal(0), converter=_to_tolerance)
    rounding: Rounding | None = field(default=None, converter=to_optional_rounding)
    rounded: ChargedPer = field(default=ChargedPer.SEGMENT, converter=_to_charged_per)
    free_period: FreePeriod = field(default=FreePeriod.KEPT, converter=_to_free_period)
    regained_after: int = field(default=1, converter=_to_regained)
    bearing: tuple[Component, ...] = field(
        default=(Component.PRINCIPAL,), converter=_to_bearing
    )
    posted: InterestPosted = field(
        default=InterestPosted.STATEMENT, converter=_to_posted
    )
    balance: BalanceMethod = field(default=BalanceMethod.DAILY, converter=_to_balance)

    def __attrs_post_init__(self) -> None:
        self._check_what_waits()
        self._check_balance()
        self._check_cap()
        if self.overdue_multiple != 1 and self.bears_from is not BearsFrom.USE:
            raise TermsError(
                "overdue_multiple",
                got=str(self.overdue_multiple),
                allowed="1, but where interest bears from use",
                do="state the rate itself",
            )
        if self.rate.per is not RateUnit.DAY and self.days_in_year is None:
            raise TermsError(
                "days_in_year",
                got=None,
                allowed="360, 364, 365 or 366",
                do=f"state it: {self.rate} has no daily rate of its own",
            )

    def _check_what_waits(self) -> None:
        waits = self.bears_from in (BearsFrom.POSTING, BearsFrom.STATEMENT)
        if self.bears_on is not BearsOn.WHOLE and not waits:
            raise TermsError(
                "bears_on",
                got=self.bears_on.value,
                allowed="'whole', where no interest waits for the bill to be paid",
            )
        if self.free_period is FreePeriod.LOST and not waits:
            raise TermsError(
                "free_period",
                got=self.free_period.value,
                allowed="'kept', where no interest waits for the bill to be paid",
            )
        if self.regained_after != 1 and self.free_period is FreePeriod.KEPT:
            raise TermsError(
                "regained_after",
                got=self.regained_after,
                allowed="1, where no free period is lost",
            )
        if self.posted is InterestPosted.PAYMENT and waits:
            raise TermsError(
                "posted",
                got=self.posted.value,
                allowed="'statement', where interest waits for the bill to be paid",
            )

    def _check_balance(self) -> None:
        if self.balance is BalanceMethod.DAILY:
            return
        allowed: dict[str, tuple[Enum, ...]] = {
            "rounded": (ChargedPer.STATEMENT,),
            "posted": (InterestPosted.STATEMENT,),
            "bears_from": (BearsFrom.STATEMENT, BearsFrom.USE),
        }
        if self.balance is not BalanceMethod.AVERAGE:
            # What the last bill says bears cannot bear from before that bill.
            allowed |= {
                "bears_from": (BearsFrom.STATEMENT,),
                "bears_on": (BearsOn.WHOLE,),
                "free_period": (FreePeriod.KEPT,),
                "repayment_day": (RepaymentDay.REDUCED,),
            }
        for name, values in allowed.items():
            if getattr(self, name) not in values:
                words = " or ".join(repr(value.value) for value in values)
                raise TermsError(
                    name,
                    got=getattr(self, name).value,
                    allowed=f"{words}, with the balance {self.balance.value!r}",
                )
        if self.overdue_multiple != 1:
            raise TermsError(
                "overdue_multiple",
                got=str(self.overdue_multiple),
                allowed=f"1, with the balance {self.balance.value!r}",
            )

    def _check_cap(self) -> None:
        if self.overdue_cap is None:
            return
        if self.bears_from is not BearsFrom.AFTER_DUE:
            raise TermsError(
                "overdue_cap",
                got=percentage_text(self.overdue_cap),
                allowed="none, but where interest bears from after the due date",
            )
        if self.rounded is ChargedPer.STATEMENT:
            raise TermsError(
                "rounded",
                got=self.rounded.value,
                allowed="'segment' or 'period', with an overdue_cap: what each bill"
                " costs is to be known",
            )

    @property
    def daily(self) -> Fraction:
        """The exact rate of a day."""
        return daily_rate(self.rate, self.days_in_year)


def daily_rate(rate: Rate, days_in_year: int | None) -> Fraction:
    """
    Return the exact rate of a day.

    Args:
        rate: The rate.
        days_in_year: What a yearly rate, or twelve times a monthly one, is divided by.

    Example:
        >>> daily_rate(Rate("18%/year"), 360)
        Fraction(1, 2000)
    """
    if rate.per is RateUnit.DAY:
        return rate.value
    yearly = (12 if rate.per is RateUnit.MONTH else 1) * rate.value
    # Terms refuse a rate that has no daily one, unless it is zero.
    return yearly / (days_in_year or 1)
