"""The least that is to be paid of a bill, and what it costs to pay less."""

from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.errors import TermsError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_share
from loanmath.terms.conventions import to_optional_rounding

__all__ = ["DefaultCharge", "MinimumPayment"]


def _to_share(share: str | Fraction) -> Fraction:
    return to_share(share, "share", most=1)


def _to_least(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "least")


def _to_whole_below(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "whole_below")


def _to_most(amount: str | int | Decimal | None) -> Decimal | None:
    return None if amount is None else to_amount(amount, "most")


@frozen
class MinimumPayment:
    """
    The least that is to be paid of a bill (最低还款额).

    Formula: `min(balance, max(least, round(share * purchases) + in full))`, where
    interest, fees, cash, installments, what is over the limit and what was missing of
    the last minimum are in full.

    Args:
        share: The share of purchases, as `"10%"`.
        least: The smallest minimum, in major units.
        whole_below: A balance below this is to be paid whole, in major units.
        rounding: How the share is rounded; left out, half up to the minor unit.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> MinimumPayment("10%").share
        Fraction(1, 10)

    Source: 10% is usual in China and was the standard of 1999 (recalled); since Yinfa
    [2016] 111 it is the issuer's choice.
    """

    share: Fraction = field(converter=_to_share)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    whole_below: Decimal = field(
        default=Decimal(0), converter=_to_whole_below, kw_only=True
    )
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )


@frozen
class DefaultCharge:
    """
    What it costs once to pay less than the minimum by the due date (违约金).

    Formula: `min(most, max(least, round(share * (minimum - paid))))`.

    Args:
        share: The share of what is missing of the minimum, as `"5%"`.
        least: The smallest charge, in major units.
        most: The largest charge, in major units; left out, there is none.
        rounding: How it is rounded; left out, half up to the minor unit.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the largest charge is below the smallest.

    Example:
        >>> DefaultCharge("5%", least="10").least
        Decimal('10')

    Source: agreed between bank and holder under Yinfa [2016] 111, in force 2017-01-01
    (recalled), in place of the late fee; published floors are 5 and 10 yuan, one bank's
    cap 500 yuan.
    """

    share: Fraction = field(converter=_to_share)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    most: Decimal | None = field(default=None, converter=_to_most, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.most is not None and self.most < self.least:
            raise TermsError(
                "most", got=str(self.most), allowed=f"at least {self.least}"
            )
