"""Flat rates, on the whole principal, and what they are worth on what is owed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from loanmath.doors import to_count
from loanmath.recurrence import Step
from loanmath.yields.annual_rate import AnnualRate, apr
from loanmath.yields.certificate import to_digits
from loanmath.yields.conventions import CN_EFFECTIVE, CN_SIMPLE
from loanmath.yields.shares import Share, rounded, to_share
from loanmath.yields.timing.periods import period_of_step

__all__ = ["FlatCost", "flat_cost", "flat_from_nominal"]

_MOST = 1_200


class FlatCost(NamedTuple):
    """
    What a flat rate is worth on what is owed.

    Attributes:
        nominal: The nominal yearly rate (单利年化), certified.
        effective: The effective yearly rate (复利年化), certified.
        approximate: The rule of thumb, in percent with two decimals.

    Example:
        >>> flat_cost("10%", 12).approximate
        Decimal('18.46')
    """

    nominal: AnnualRate
    effective: AnnualRate
    approximate: Decimal


def flat_cost(
    flat: Share, count: int, *, every: Any = "monthly", digits: int = 8
) -> FlatCost:
    """
    Return the rates of level payments that charge a flat rate (名义费率折算).

    Formula: payments of `(1 + flat * count / m) / count` on 1, with m periods a year;
    the rates are those of these flows, unrounded. The rule of thumb is
    `2 * count / (count + 1) * flat`: interest over the mean of what is owed.

    Args:
        flat: The yearly flat rate on the whole principal, `"0.1"` or `"10%"`; a monthly
            fee of 0.72 % is 8.64 % a year. Above zero.
        count: Payments, 1 to 1,200.
        every: The step between payments.
        digits: Decimals of the rates as shares, 2 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.
        UnknownNameError: If the step is not known.

    Example:
        >>> cost = flat_cost("10%", 12)
        >>> cost.nominal.shown, cost.effective.shown
        (Decimal('17.97'), Decimal('19.53'))

    Source: Published tables of consumer-credit teaching; the rule of thumb is that of
    card issuers' pages, `24 * f * n / (n + 1)` for a monthly fee f.
    """
    share, payments = to_share(flat, "flat"), to_count(count, "count", _MOST)
    per_year = period_of_step(Step.of(every)).per_year
    paid = 1 + share * payments / per_year
    # In whole units: one payment is paid / count of what is lent.
    flows = [-paid.denominator * payments] + [paid.numerator] * payments
    nominal = apr(flows, CN_SIMPLE, digits=digits, every=every)
    effective = apr(flows, CN_EFFECTIVE, digits=digits, every=every)
    thumb = 2 * share * payments / (payments + 1) * 100
    return FlatCost(nominal, effective, rounded(thumb, 2))


def flat_from_nominal(
    nominal: Share, count: int, *, every: Any = "monthly", digits: int = 10
) -> Decimal:
    """
    Return the flat rate that charges as much as a nominal rate with level payments.

    Formula: `(count * i / (1 - (1 + i) ** -count) - 1) * m / count`, with i the rate of
    one of m periods; exact, rounded half-up once.

    Args:
        nominal: The nominal yearly rate, `"0.12"` or `"12%"`.
        count: Payments, 1 to 1,200.
        every: The step between payments.
        digits: Decimals of the share, 1 to 15.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is not a number.
        LimitError: If a value is out of range.
        UnknownNameError: If the step is not known.

    Example:
        >>> flat_from_nominal("12%", 12, digits=6)
        Decimal('0.066185')

    Source: The level payment of any actuarial text.
    """
    share, payments = to_share(nominal, "nominal"), to_count(count, "count", _MOST)
    per_year = period_of_step(Step.of(every)).per_year
    rate = share / per_year
    total = payments * rate / (1 - (1 + rate) ** -payments) if rate else Fraction(1)
    return rounded((total - 1) * per_year / payments, to_digits(digits, 1))
