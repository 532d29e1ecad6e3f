"""Ceilings on what lateness may cost, with the days on which they are in force."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from loanmath.doors import to_date, to_enum, to_text
from loanmath.errors import DateRangeError, InputTypeError, TermsError
from loanmath.rates import Rate, RateUnit, to_rate
from loanmath.terms.amounts import to_amount_or_share
from loanmath.terms.servicing.components import Component
from loanmath.terms.servicing.penalty import to_days_in_year

__all__ = ["AmountCap", "Cap", "InDuplum", "RateCap", "to_caps"]

_CHARGES = (Component.PENALTY, Component.COMPOUND)


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_most(most: object) -> Decimal | Fraction:
    return to_amount_or_share(most, "most")


def _to_of(of: object) -> tuple[Component, ...]:
    if not isinstance(of, (list, tuple)) or not of:
        raise InputTypeError("of", got=of, allowed="a list of component names")
    named = {to_enum(name, Component, "of") for name in of}
    if Component.PRINCIPAL in named:
        raise TermsError("of", got="principal", allowed="components that are a cost")
    if not named.issuperset(_CHARGES):
        raise TermsError(
            "of",
            got=sorted(component.value for component in named),
            allowed="penalty and compound among them, which is what is cut off",
        )
    return tuple(component for component in Component if component in named)


def _to_day(day: date | None) -> date | None:
    return None if day is None else to_date(day, "in force")


def _check_days(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until <= since:
        raise DateRangeError("until", got=str(until), allowed=f"after {since}")


@frozen
class RateCap:
    """
    A ceiling on penalty, compound interest and late charges as a rate (利率上限).

    Formula: all that was ever charged for lateness is at most `floor(sum over days of
    overdue principal * rate)`; what was cut off may still be charged later, as far as
    the sum then allows it.

    Args:
        name: What limits it, such as `"4 x LPR"`.
        rate: The highest rate on overdue principal, a `Rate` or its text.
        days_in_year: The divisor of a yearly rate; a monthly one is a twelfth of it.
        since: The first day it is in force; left out, ever.
        until: The first day it no longer is; left out, never.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If a yearly rate has no divisor.

    Example:
        >>> RateCap("24 % a year", "24%/year", days_in_year=365).rate
        Rate('24%/year')
    """

    name: str = field(converter=_to_name)
    rate: Rate = field(converter=to_rate)
    days_in_year: int | None = field(
        default=None, converter=to_days_in_year, kw_only=True
    )
    since: date | None = field(default=None, converter=_to_day, kw_only=True)
    until: date | None = field(default=None, converter=_to_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_days(self.since, self.until)
        if self.rate.value < 0:
            raise TermsError("rate cap", got=str(self.rate), allowed="zero or above")
        if (self.rate.per is RateUnit.DAY) != (self.days_in_year is None):
            raise TermsError(
                "days_in_year",
                got=self.days_in_year,
                allowed="with a rate per month or year, and only with one",
            )


@frozen
class AmountCap:
    """
    A ceiling on the sum of costs, as an amount or a share of the amount lent.

    Formula: where the counted components ever charged reach it, penalty, compound
    interest and late charges are cut off.

    Args:
        name: What limits it, such as `"UK total cost"`.
        most: The ceiling in major units, or a percentage of the principal lent.
        of: The components that count: `"penalty"` and `"compound"`, which always do,
            and with them every late charge; `"fee"` and `"interest"` as they fall due.
        since: The first day it is in force; left out, ever.
        until: The first day it no longer is; left out, never.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If principal is to count as a cost, or what is cut off is not.

    Example:
        >>> AmountCap("UK default fees", "15").most
        Decimal('15')

    Source: FCA CONC 5A (in force 2015-01-02, recalled): default fees of 15 pounds in
    all, and a total cost of 100 % of the amount borrowed.
    """

    name: str = field(converter=_to_name)
    most: Decimal | Fraction = field(converter=_to_most)
    of: tuple[Component, ...] = field(default=_CHARGES, converter=_to_of)
    since: date | None = field(default=None, converter=_to_day, kw_only=True)
    until: date | None = field(default=None, converter=_to_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_days(self.since, self.until)


@frozen
class InDuplum:
    """
    A ceiling on what is unpaid: arrear interest stops where it equals the principal.

    Formula: unpaid overdue interest, penalty and compound interest together are at most
    the unpaid principal; what would exceed it is cut off, and never charged later.

    Args:
        name: What limits it.
        since: The first day it is in force; left out, ever.
        until: The first day it no longer is; left out, never.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> InDuplum().name
        'in duplum'

    Source: common law of South Africa and National Credit Act 34 of 2005, s. 103(5),
    recalled.
    """

    name: str = field(default="in duplum", converter=_to_name)
    since: date | None = field(default=None, converter=_to_day, kw_only=True)
    until: date | None = field(default=None, converter=_to_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_days(self.since, self.until)


Cap: TypeAlias = RateCap | AmountCap | InDuplum


def to_caps(caps: object) -> tuple[Cap, ...]:
    """
    Return caps, refusing anything else.

    Raises:
        InputTypeError: If they are not a sequence of caps.

    Example:
        >>> to_caps([InDuplum()])[0].name
        'in duplum'
    """
    if not isinstance(caps, (list, tuple)) or any(
        type(cap) not in (RateCap, AmountCap, InDuplum) for cap in caps
    ):
        raise InputTypeError(
            "caps", got=caps, allowed="a list of RateCap, AmountCap or InDuplum"
        )
    return tuple(caps)
