"""Concessions that change the terms of what is left: time, rate, dates, fee."""

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from loanmath.doors import to_count, to_date, to_enum
from loanmath.errors import LimitError, TermsError, UnknownNameError
from loanmath.rates import Rate
from loanmath.recurrence import Step, to_dates
from loanmath.terms.amounts import to_share
from loanmath.terms.concessions.left import Left
from loanmath.terms.conventions import MAX_INSTALLMENTS, MAX_INSTALLMENTS_DAILY
from loanmath.terms.fees import Fee
from loanmath.terms.holidays import Holiday, HolidayInterest, HolidayOf
from loanmath.terms.methods import Repayment
from loanmath.terms.rate_plan import LoanRate, SteppedRate, to_loan_rate
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    SinglePayment,
)

__all__ = [
    "Deferral",
    "Extension",
    "NewDates",
    "PlanFee",
    "RateCut",
    "Reamortization",
]


def _to_installments(count: object) -> int:
    return to_count(count, "installments", MAX_INSTALLMENTS_DAILY)


def _to_optional_installments(count: object) -> int | None:
    return None if count is None else _to_installments(count)


def _to_optional_months(months: object) -> int | None:
    return None if months is None else to_count(months, "months", MAX_INSTALLMENTS)


def _to_rate(rate: Any) -> LoanRate:
    found = to_loan_rate(rate)
    if found is None:
        raise TermsError("rate", got=None, allowed="the new rate")
    return found


def _to_until(until: object) -> Any:
    return None if until is None else to_date(until, "until")


def _to_of(of: object) -> HolidayOf:
    # Both together are what a holiday calls the whole payment.
    if type(of) is str and of == "both":
        return HolidayOf.PAYMENT
    try:
        return to_enum(of, HolidayOf, "of")
    except UnknownNameError as error:
        raise UnknownNameError(
            "of", got=of, allowed=f"{error.allowed} or 'both', which is 'payment'"
        ) from None


def _to_fee(share: object) -> Fraction:
    found = to_share(share, "share", most=1)
    if not found:
        raise LimitError("share", got=share, allowed="above 0%")
    return found


def _to_first_due(first_due: object) -> Any:
    return None if first_due is None else to_date(first_due, "first_due")


def _to_every(every: Any) -> Any:
    if isinstance(every, (list, tuple)):
        return to_dates(every, "every")
    return None if every is None else Step.of(every)


def _spread(method: Repayment, count: int) -> Repayment:
    if isinstance(method, LevelPayment):
        return evolve(method, count=count, balloon=None, amortized_over=None)
    if isinstance(method, EqualPrincipal):
        return evolve(method, count=count, balloon=None)
    return LevelPayment(count)


@frozen
class Extension:
    """
    More installments, so that the term is longer (展期).

    What is left is planned anew over all of them, by the same method.

    Args:
        installments: How many more.
        months: How much longer instead, in whole steps of the loan.

    Raises:
        InputTypeError: If a number is of the wrong type.
        LimitError: If it is out of range.
        TermsError: If not exactly one of them is stated.

    Example:
        >>> Extension(months=6).months
        6

    Source: General Rules of Loans (1996), Article 12: an extension is applied for
    before maturity; recalled.
    """

    installments: int | None = field(
        default=None, converter=_to_optional_installments, kw_only=True
    )
    months: int | None = field(
        default=None, converter=_to_optional_months, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if (self.installments is None) == (self.months is None):
            raise TermsError(
                "extension", got=str(self), allowed="installments or months"
            )

    def applied(self, left: Left) -> Left:
        """Return what is left once it is extended."""
        return left.longer(self._installments(left), "extension")

    def _installments(self, left: Left) -> int:
        if self.months is None:
            return self.installments or 0
        step = left.every.months if isinstance(left.every, Step) else 0
        if not step or self.months % step:
            raise TermsError(
                "months",
                got=self.months,
                allowed=f"a multiple of {step}, the months of a step"
                if step
                else "loans with steps of months",
                do="state installments",
            )
        return self.months // step


@frozen
class Deferral:
    """
    Due dates move: on the next installments less is due, or nothing (延期还本付息).

    Contract interest goes on, without interest on it, and is due with the first
    installment after the deferral. Where principal is deferred, the term is longer by
    as many installments.

    Args:
        installments: How many installments.
        of: `"principal"`, `"interest"`, or `"both"` (payment holiday).

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the number is out of range.
        UnknownNameError: If `of` is not known.

    Example:
        >>> Deferral(installments=3).of.value
        'payment'

    Source: deferrals of 2020 to 2022 for borrowers hit by the epidemic: no penalty, no
    overdue flag; recalled.
    """

    installments: int = field(converter=_to_installments)
    of: HolidayOf = field(default=HolidayOf.PAYMENT, converter=_to_of)

    def applied(self, left: Left) -> Left:
        """Return what is left once it is deferred."""
        only_interest = self.of is HolidayOf.INTEREST
        at_the_end = isinstance(left.repayment, SinglePayment | InterestOnly)
        if at_the_end and not only_interest:
            return self._at_the_end(left)
        if not only_interest:
            left = left.longer(self.installments, "deferral")
        only_principal = self.of is HolidayOf.PRINCIPAL
        carried = None if only_principal else HolidayInterest.CARRY
        shift = 0 if only_interest else self.installments
        later = (
            evolve(holiday, first=holiday.first + shift) for holiday in left.holidays
        )
        deferred = Holiday(1, self.installments, self.of, interest=carried)
        return evolve(left, holidays=(deferred, *later))

    def _at_the_end(self, left: Left) -> Left:
        """Return what is left where the principal falls due in one sum."""
        longer = left.longer(self.installments, "deferral")
        if self.of is HolidayOf.PRINCIPAL or isinstance(left.repayment, SinglePayment):
            # Only its one date moves.
            return longer
        # As many payments of interest, the first of them for all the time before.
        return evolve(longer.later(self.installments), count=left.count)


@frozen
class Reamortization:
    """
    What is left is spread anew over the installments to come (重新摊还).

    By level payments or equal principal, as it was, with the residue and the rounding
    that were agreed and without a balloon; by level payments where it was neither.

    Args:
        count: How many installments; left out, as many as are left.

    Raises:
        InputTypeError: If the count is of the wrong type.
        LimitError: If it is out of range.

    Example:
        >>> Reamortization(count=24).count
        24
    """

    count: int | None = field(
        default=None, converter=_to_optional_installments, kw_only=True
    )

    def applied(self, left: Left) -> Left:
        """Return what is left once it is spread anew."""
        count = self.count or left.count or left.before
        if not count:
            raise TermsError(
                "reamortization",
                got="no installment that is not due",
                allowed="count, how many installments",
            )
        method = _spread(left.repayment, count)
        if count != left.before:
            left = left.changed(last_due=None)
        return evolve(left, method=method, count=count)


@frozen
class RateCut:
    """
    A lower contract rate, for good or for a time (降息).

    Args:
        rate: The new rate.
        until: The day from which on the old rate holds again.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If there is no rate.

    Example:
        >>> RateCut(Rate("0%/day")).rate
        Rate('0%/day')
    """

    rate: LoanRate = field(converter=_to_rate)
    until: date | None = field(default=None, converter=_to_until, kw_only=True)

    def applied(self, left: Left) -> Left:
        """Return what is left at the lower rate."""
        old = left.words.get("rate", left.loan.rate)
        if isinstance(old, Rate) and isinstance(self.rate, Rate):
            self._check_lower(old, self.rate)
        if self.until is None:
            return left.changed(rate=self.rate)
        if self.until <= left.on:
            raise TermsError(
                "until", got=str(self.until), allowed=f"after {left.on}, the plan's day"
            )
        return left.changed(rate=self._until(old, self.until))

    @staticmethod
    def _check_lower(old: Rate, new: Rate) -> None:
        if new.per is old.per and new.value > old.value:
            raise TermsError(
                "rate cut",
                got=str(new),
                allowed=f"at most {old}, the rate so far",
                do="record a TermsChange to raise a rate",
            )

    def _until(self, old: LoanRate | None, until: date) -> SteppedRate:
        if isinstance(old, Rate):
            old = SteppedRate(old, ())
        if not isinstance(old, SteppedRate) or not isinstance(self.rate, Rate):
            raise TermsError(
                "until",
                got=str(until),
                allowed="a fixed rate after another: one that floats has no steps",
            )
        before = [rate for on, rate in old.changes if on <= until]
        later = [(on, rate) for on, rate in old.changes if on > until]
        again = before[-1] if before else old.initial
        return SteppedRate(self.rate, [(until, again), *later])


@frozen
class NewDates:
    """
    Other due dates for what is left (变更还款日).

    Args:
        first_due: The next due date; left out, it stays.
        every: The step between due dates, or the dates themselves.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If neither is stated.

    Example:
        >>> NewDates(date(2026, 7, 15)).first_due.day
        15
    """

    first_due: date | None = field(default=None, converter=_to_first_due)
    every: Step | tuple[date, ...] | None = field(default=None, converter=_to_every)

    def __attrs_post_init__(self) -> None:
        if self.first_due is None and self.every is None:
            raise TermsError("new dates", got="nothing", allowed="first_due or every")

    def applied(self, left: Left) -> Left:
        """Return what is left on the new dates."""
        if self.first_due is not None and self.first_due <= left.on:
            raise TermsError(
                "first_due",
                got=str(self.first_due),
                allowed=f"after {left.on}, the plan's day",
            )
        stated = {"first_due": self.first_due, "every": self.every}
        return left.changed(
            **{name: term for name, term in stated.items() if term is not None}
        )


@frozen
class PlanFee:
    """
    What the plan costs with every installment (分期手续费): a share of its principal.

    Formula: `fee = round(share * principal of the new plan)`, each installment.

    Args:
        share: A percentage, above 0 % to 100 %.

    Raises:
        InputTypeError: If it is of the wrong type.
        InputValueError: If it is not a percentage.
        LimitError: If it is out of range.

    Example:
        >>> PlanFee("0.3%").share
        Fraction(3, 1000)
    """

    share: Fraction = field(converter=_to_fee)

    def applied(self, left: Left) -> Left:
        """Return what is left with the fee."""
        fee = Fee("plan fee", self.share, due="installments")
        return evolve(left, fees=(*left.fees, fee))
