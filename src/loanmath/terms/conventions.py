"""The choices that several repayment methods share, and how they are read."""

from enum import Enum

from loanmath.daycount import DayCount, day_count
from loanmath.doors import to_count, to_enum
from loanmath.errors import InputTypeError, UnknownNameError
from loanmath.rounding import Rounding, RoundingMode

__all__ = [
    "MAX_INSTALLMENTS",
    "MAX_INSTALLMENTS_DAILY",
    "RateChange",
    "Residue",
    "RoundedPer",
    "Shortfall",
    "to_installments",
    "to_optional_day_count",
    "to_optional_installments",
    "to_optional_rounding",
    "to_rate_change",
    "to_residue",
    "to_rounded_per",
    "to_rounding",
    "to_share_residue",
    "to_shortfall",
]

MAX_INSTALLMENTS = 1_200
"""The most installments of a loan whose step is longer than a day."""

MAX_INSTALLMENTS_DAILY = 36_600
"""The most installments of a loan that is repaid every day."""


class Residue(Enum):
    """
    Which installments take what rounding leaves over (尾差).

    `LAST`, `FIRST`: one installment takes all. `SPREAD`: shares are rounded down, and
    the first so many installments are one unit more. `SECOND_PASS`, for level payments
    alone: where the last payment differs from the level by more units than half the
    number of installments, the level moves by that difference over the number of
    installments, if it then differs by less; the last takes the rest.
    """

    LAST = "last"
    FIRST = "first"
    SPREAD = "spread"
    SECOND_PASS = "second_pass"  # noqa: S105


class Shortfall(Enum):
    """
    What a payment below the interest of its period means.

    `REFUSE`: no schedule is planned. `CAPITALIZE`: the unpaid interest joins the
    principal, so the balance grows in that period.
    """

    REFUSE = "refuse"
    CAPITALIZE = "capitalize"


class RateChange(Enum):
    """
    What a change of the rate changes in a plan of level payments (利率调整方式).

    `PAYMENT`: the payment is solved anew, over the installments that are left, at the
    rate now in force. `WHOLE_PERIOD`: the same, sized as if the new rate had held for
    the whole period in which it changes; the payment of that period differs from the
    new one by what its interest differs. `TERM`: the payment stays, and installments go
    on until the loan is repaid. `BALANCE`: payment and number stay, and the last
    installment takes what is left. `FORESEEN`: one payment is solved over all the rates
    that the terms know.
    """

    PAYMENT = "payment"
    WHOLE_PERIOD = "whole_period"
    TERM = "term"
    BALANCE = "balance"
    FORESEEN = "foreseen"


class RoundedPer(Enum):
    """
    How often interest is rounded (利息舍入的范围).

    `PERIOD`: once, when it falls due or is capitalized. `SEGMENT`: in every part of a
    period with one rate and one balance, then summed. `DAY`: the interest of a single
    day, times the days.
    """

    PERIOD = "period"
    SEGMENT = "segment"
    DAY = "day"


def to_rounded_per(rounded: str | RoundedPer) -> RoundedPer:
    """Return how often interest is rounded, given itself or its name."""
    return to_enum(rounded, RoundedPer, "interest_rounded")


def to_installments(count: int) -> int:
    """Return a number of installments, from 1."""
    return to_count(count, "count", MAX_INSTALLMENTS_DAILY)


def to_optional_installments(count: int | None) -> int | None:
    """Return a number of installments, or nothing where it follows."""
    return None if count is None else to_installments(count)


def to_residue(residue: str | Residue) -> Residue:
    """Return a residue rule, given itself or its name."""
    return to_enum(residue, Residue, "residue")


def to_share_residue(residue: str | Residue) -> Residue:
    """
    Return a residue rule for equal shares, which know no second pass.

    Raises:
        UnknownNameError: If it is not one of them.

    Example:
        >>> to_share_residue("first").value
        'first'
    """
    rule = to_residue(residue)
    if rule is Residue.SECOND_PASS:
        raise UnknownNameError(
            "residue", got=rule.value, allowed="'last', 'first' or 'spread'"
        )
    return rule


def to_shortfall(shortfall: str | Shortfall) -> Shortfall:
    """Return a shortfall rule, given itself or its name."""
    return to_enum(shortfall, Shortfall, "shortfall")


def to_rate_change(change: str | RateChange) -> RateChange:
    """Return what a rate change does, given itself or its name."""
    return to_enum(change, RateChange, "on_rate_change")


def to_rounding(rounding: str | RoundingMode | Rounding) -> Rounding:
    """
    Return a rounding rule, given itself, a mode or a mode's name.

    Raises:
        UnknownNameError: If no mode has that name.
        InputTypeError: If it is of another type.

    Example:
        >>> to_rounding("down").mode.value
        'down'
    """
    if type(rounding) is Rounding:
        return rounding
    if not isinstance(rounding, (str, RoundingMode)):
        raise InputTypeError("rounding", got=rounding, allowed="Rounding or its mode")
    return Rounding(rounding)


def to_optional_rounding(rounding: str | Rounding | None) -> Rounding | None:
    """Return a rounding rule, or nothing where it is the loan's."""
    return None if rounding is None else to_rounding(rounding)


def to_optional_day_count(name: str | DayCount | None) -> DayCount | None:
    """Return a day count, or nothing where it is the loan's."""
    return None if name is None else day_count(name)
