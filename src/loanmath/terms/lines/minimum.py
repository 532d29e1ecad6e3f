"""The least that is to be paid of a bill, and what it costs to pay less."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count, to_enum, to_flag
from loanmath.errors import InputTypeError, TermsError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_share
from loanmath.terms.conventions import to_optional_rounding
from loanmath.terms.lines.interest import to_grace_days

__all__ = ["DefaultCharge", "MinimumItem", "MinimumPayment", "ShareOf"]

_MOST_BILLS = 120


class MinimumItem(Enum):
    """
    What of a bill is to be paid in full.

    `INTEREST` and `FEES` (penalty with them): those of the cycle. `ARREARS`: what is
    missing of earlier minimums. `OVER_LIMIT`: what is owed beyond the limit, though
    arrears may be of it. `NEWLY_OVER_LIMIT`: that, as far as it is more than the
    arrears that are paid in full, so that the larger of both is.
    `INSTALLMENTS`: those of the cycle. `CARRIED`: all that earlier bills left, arrears
    with it.
    """

    INTEREST = "interest"
    FEES = "fees"
    ARREARS = "arrears"
    OVER_LIMIT = "over_limit"
    NEWLY_OVER_LIMIT = "newly_over_limit"
    INSTALLMENTS = "installments"
    CARRIED = "carried"


class ShareOf(Enum):
    """Whether the share is of the `PRINCIPAL` not paid in full, or of the `BALANCE`."""

    PRINCIPAL = "principal"
    BALANCE = "balance"


_USUAL_ITEMS = (
    MinimumItem.INTEREST,
    MinimumItem.FEES,
    MinimumItem.ARREARS,
    MinimumItem.OVER_LIMIT,
    MinimumItem.INSTALLMENTS,
)


def _to_items(items: Sequence[str | MinimumItem]) -> tuple[MinimumItem, ...]:
    if not isinstance(items, (list, tuple)):
        raise InputTypeError("in_full", got=items, allowed="a list of items")
    named = {to_enum(item, MinimumItem, "in_full") for item in items}
    return tuple(item for item in MinimumItem if item in named)


def _to_share_of(share_of: str | ShareOf) -> ShareOf:
    return to_enum(share_of, ShareOf, "share_of")


def _to_share(share: str | Fraction) -> Fraction:
    return to_share(share, "share", most=1)


def _to_least(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "least")


def _to_whole_below(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "whole_below")


def _to_most(amount: str | int | Decimal | None) -> Decimal | None:
    return None if amount is None else to_amount(amount, "most")


def _to_optional_grace(days: int | None) -> int | None:
    return None if days is None else to_grace_days(days)


@frozen
class MinimumPayment:
    """
    The least that is to be paid of a bill (最低还款额).

    Formula: `min(balance, max(least, round(share * principal) + in full))`; where
    negative amortization is barred, not below the cycle's interest and fees.

    Args:
        share: The share of what is not paid in full, as `"10%"`.
        least: The smallest minimum, in major units.
        whole_below: A balance below this is to be paid whole, in major units.
        rounding: How the share is rounded; left out, half up to the minor unit.
        in_full: What is to be paid in full: `"interest"`, `"fees"`, `"arrears"`,
            `"over_limit"` or `"newly_over_limit"`, `"installments"`, `"carried"`.
        share_of: Whether the share is of the `"principal"` that is not paid in full, or
            of the `"balance"`.
        covers_interest: Whether negative amortization is barred.
        grace_days: A minimum that comes so many days after the due date is in time, 0
            to 60: it is not missed, costs no default charge and is not past due. Left
            out, so many as the line's interest says; never fewer.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> MinimumPayment("10%").share
        Fraction(1, 10)

    Source: 10% is usual in China and was the standard of 1999 (recalled); since Yinfa
    [2016] 111 it is the issuer's choice. The larger of arrears and of what is over the
    limit: cardholder agreements at lawinsider.com/clause/your-minimum-payment and
    minimum-monthly-payment. Days of grace of its own: in India a late
    charge may be made once a card is past due for more than three days, which are
    counted from the due date (Reserve Bank of India, Master Direction of 2022,
    recalled), while the free period ends with the due date.
    """

    share: Fraction = field(converter=_to_share)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    whole_below: Decimal = field(
        default=Decimal(0), converter=_to_whole_below, kw_only=True
    )
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )
    in_full: tuple[MinimumItem, ...] = field(
        default=_USUAL_ITEMS, converter=_to_items, kw_only=True
    )
    share_of: ShareOf = field(
        default=ShareOf.PRINCIPAL, converter=_to_share_of, kw_only=True
    )
    covers_interest: bool = field(default=False, kw_only=True)
    grace_days: int | None = field(
        default=None, converter=_to_optional_grace, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        to_flag(self.covers_interest, "covers_interest")


def _to_amounts(amounts: object) -> tuple[Decimal, ...]:
    if not isinstance(amounts, (list, tuple)) or len(amounts) > 2:
        raise InputTypeError("amounts", got=amounts, allowed="at most two amounts")
    return tuple(to_amount(amount, "amounts") for amount in amounts)


def _to_repeat(bills: int) -> int:
    return to_count(bills, "repeat_within", _MOST_BILLS)


@frozen
class DefaultCharge:
    """
    What it costs once to pay less than the minimum by the due date (违约金).

    Formula: `min(most, max(least, round(share * (minimum - paid))))`; or an amount,
    and a larger one if it happens again soon, never above the minimum.

    Args:
        share: The share of what is missing of the minimum, as `"5%"`; `"0%"` where
            amounts are stated.
        least: The smallest charge, in major units.
        most: The largest charge, in major units; left out, there is none.
        rounding: How it is rounded; left out, half up to the minor unit.
        amounts: The charge of a first time, and of another one, in major units.
        repeat_within: Within how many bills another time counts as such, 1 to 120.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If the largest charge is below the smallest, or both a share and
            amounts are stated.

    Example:
        >>> DefaultCharge("5%", least="10").least
        Decimal('10')

    Source: agreed between bank and holder under Yinfa [2016] 111, in force 2017-01-01
    (recalled), in place of the late fee; published floors are 5 and 10 yuan, one bank's
    cap 500 yuan. Amounts, and the next six cycles: 12 CFR 1026.52(b).
    """

    share: Fraction = field(converter=_to_share)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    most: Decimal | None = field(default=None, converter=_to_most, kw_only=True)
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )
    amounts: tuple[Decimal, ...] = field(
        default=(), converter=_to_amounts, kw_only=True
    )
    repeat_within: int = field(default=6, converter=_to_repeat, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.most is not None and self.most < self.least:
            raise TermsError(
                "most", got=str(self.most), allowed=f"at least {self.least}"
            )
        if self.amounts and (self.share or self.least or self.most is not None):
            raise TermsError(
                "amounts", got="with a share", allowed="a share, or amounts"
            )
