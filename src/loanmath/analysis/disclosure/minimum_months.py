"""Paying a card's minimum month after month, and paying it off in 36 months."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from loanmath.arithmetic import level_installment
from loanmath.billing.minimum import minimum_of
from loanmath.currency import check_limit, to_units
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, RateUnit, to_rate
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount
from loanmath.terms.lines import FirstPaid, MinimumItem, MinimumPayment, Promotion

__all__ = [
    "CardBalance",
    "Estimate",
    "LastMonth",
    "Month",
    "months_of",
    "payment_over",
]

MONTHS = 36
"""The months that a card is paid off in beside the minimum: 12 CFR 1026.7(b)(12)."""

_DAYS_IN_MONTH = Fraction(365, 12)
_nearest = Rounding().quotient(0)


class LastMonth(Enum):
    """
    Which rate the last month of a promotion bears at.

    `REGULAR`: the regular one already, as the sample code of Appendix M2 has it (its
    month 6 of 6; recalled). `PROMOTIONAL`: the promotional one still.
    """

    REGULAR = "regular"
    PROMOTIONAL = "promotional"


def _to_amount(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "amount")


@frozen
class CardBalance:
    """
    A balance of a card at a rate of its own, perhaps with a promotion at first.

    Formula: its rate of a month is `rate / 12` of a yearly one, and `rate * 365 / 12`
    of a daily one.

    Args:
        amount: What is owed, in major units.
        rate: The rate, zero or above.
        promotion: The rate that holds at first, for so many months from now on; left
            out, there is none.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the interest of the promotion is only deferred.

    Example:
        >>> CardBalance("500", "17%/year", Promotion(months=6)).promotion.rate
        Rate('0%/year')

    Source: 12 CFR 1026, Appendix M2: a month has 365/12 days.
    """

    amount: Decimal = field(converter=_to_amount)
    rate: Rate = field(converter=to_rate)
    promotion: Promotion | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.promotion is not None and type(self.promotion) is not Promotion:
            raise InputTypeError(
                "promotion", got=self.promotion, allowed="Promotion(...)"
            )
        if self.promotion is not None and self.promotion.deferred:
            raise TermsError(
                "promotion",
                got="interest that is only deferred",
                allowed="a promotion whose interest is not charged after all",
                do="state the rate that the balance bears at in the end",
            )
        for rate in (self.rate, self.first_rate):
            if rate.value < 0:
                raise LimitError("rate", got=str(rate), allowed="zero or above")

    @property
    def first_rate(self) -> Rate:
        """The rate that holds at first."""
        return self.rate if self.promotion is None else self.promotion.rate


def _monthly(rate: Rate) -> Fraction:
    # A year's 365 days and a month's 365/12 cancel out.
    if rate.per is RateUnit.DAY:
        return rate.value * _DAYS_IN_MONTH
    return rate.per_month().value


class Estimate(NamedTuple):
    """
    What an estimate is made from.

    Attributes:
        balances: What is owed, by rate.
        minimum: The terms of the minimum.
        digits: Decimals of the unit.
        first: Which balance a payment reduces first.
        last_month: Which rate the last month of a promotion bears at.
    """

    balances: tuple[CardBalance, ...]
    minimum: MinimumPayment
    digits: int
    first: FirstPaid
    last_month: LastMonth

    @property
    def units(self) -> list[int]:
        """What is owed, in units."""
        found = [to_units(one.amount, self.digits, "amount") for one in self.balances]
        check_limit(sum(found), self.digits, self.digits, "amount")
        return found

    def rates(self, month: int) -> list[Fraction]:
        """Return the rates of a month, from 1."""
        return [
            _monthly(one.first_rate if self._promoted(one, month) else one.rate)
            for one in self.balances
        ]

    def _promoted(self, one: CardBalance, month: int) -> bool:
        if one.promotion is None:
            return False
        if self.last_month is LastMonth.REGULAR:
            return month < one.promotion.months
        return month <= one.promotion.months

    def is_settled(self, month: int) -> bool:
        """Return whether no rate changes after a month."""
        return not any(self._promoted(one, month) for one in self.balances)


class Month(NamedTuple):
    """
    A month of an estimate, in units.

    Attributes:
        opening: What is owed as it begins.
        interest: What it adds.
        asked: The minimum, were any amount owed.
        paid: What is paid.
    """

    opening: int
    interest: int
    asked: int
    paid: int


def months_of(estimate: Estimate) -> Iterator[Month]:
    """
    Yield month after month in which the minimum is paid, until nothing is owed.

    Formula: `grown = round(balance * (1 + rate))` of each balance; what is paid reduces
    one balance after another.
    """
    owed, number = estimate.units, 0
    while sum(owed):
        number += 1
        rates = estimate.rates(number)
        grown = [_grown(units, rate) for units, rate in zip(owed, rates, strict=True)]
        opening, closing = sum(owed), sum(grown)
        interest = closing - opening
        asked = _asked(estimate, opening, interest)
        paid = min(asked, closing)
        yield Month(opening, interest, asked, paid)
        owed = _reduced(grown, paid, _order(estimate.first, rates))


def _grown(units: int, rate: Fraction) -> int:
    return units + _nearest(units * rate.numerator, rate.denominator)


def _asked(estimate: Estimate, opening: int, interest: int) -> int:
    # What earlier months added and left unpaid is owed like the rest of the bill.
    rule = estimate.minimum
    in_full = interest if MinimumItem.INTEREST in rule.in_full else 0
    asked = minimum_of(rule, estimate.digits, opening, in_full, opening + interest)
    return max(asked, interest) if rule.covers_interest else asked


def _order(first: FirstPaid, rates: Sequence[Fraction]) -> list[int]:
    places = list(range(len(rates)))
    if first is FirstPaid.OLDEST:
        return places
    reverse = first is FirstPaid.HIGHEST_RATE
    return sorted(places, key=rates.__getitem__, reverse=reverse)


def _reduced(owed: Sequence[int], paid: int, order: Sequence[int]) -> list[int]:
    left = list(owed)
    for place in order:
        part = min(paid, left[place])
        left[place] -= part
        paid -= part
    return left


def payment_over(estimate: Estimate) -> int:
    """
    Return the payment that repays all balances in 36 months, in units.

    Formula: `round(total * r / (1 - (1 + r)^-36))`, with r the average of the rates by
    balance, a promotional rate of n months counting for n of the 36.
    """
    units = estimate.units
    total = sum(units)
    weighted = sum(
        (
            owed * _blended(one)
            for owed, one in zip(units, estimate.balances, strict=True)
        ),
        start=Fraction(0),
    )
    rate = weighted / total
    factors = [rate.numerator] * MONTHS
    rounded = Rounding().quotient(estimate.digits)
    return level_installment(total, factors, rate.denominator, rounded)


def _blended(one: CardBalance) -> Fraction:
    regular = _monthly(one.rate)
    if one.promotion is None:
        return regular
    part = Fraction(min(one.promotion.months, MONTHS), MONTHS)
    return part * _monthly(one.first_rate) + (1 - part) * regular
