"""Rates as they come through the door of this room: exact shares."""

from decimal import Decimal
from fractions import Fraction

from loanmath.currency import from_units
from loanmath.doors import decimal_parts
from loanmath.errors import LimitError
from loanmath.rates import percentage
from loanmath.rounding import RoundingMode, divide

__all__ = ["Share", "rounded", "to_plain_share", "to_share"]

Share = str | int | Decimal | Fraction
"""A rate as a share, `"0.12"`, or with its sign, `"12%"`."""

_LOWEST, _HIGHEST = Fraction(-99, 100), Fraction(10_000)
_MAX_BITS = 256


def to_share(
    rate: object, what: str = "rate", *, lowest: Fraction = _LOWEST
) -> Fraction:
    """
    Return a rate as an exact share, from -99 % to 1,000,000 %.

    Args:
        rate: `"0.12"`, `"12%"`, an `int`, a `Decimal`, or a `Fraction`.
        what: The name of the argument, for the error.
        lowest: The least share, where it is not -99 %.

    Raises:
        InputTypeError: If it is of another type (`float`).
        InputValueError: If it is not a finite number.
        LimitError: If it is out of range or has too many digits.

    Example:
        >>> to_share("12%"), to_share("0.12")
        (Fraction(3, 25), Fraction(3, 25))
    """
    if type(rate) is str and rate.endswith(("%", "‰", "bp")):
        return _in_range(percentage(rate, what), rate, what, lowest)
    return to_plain_share(rate, what, lowest=lowest)


def to_plain_share(
    rate: object, what: str = "rate", *, lowest: Fraction = _LOWEST
) -> Fraction:
    """
    Return a rate that is stated as a share, exactly; as `to_share`, without a sign.

    Raises:
        InputTypeError: If it is of another type (`float`).
        InputValueError: If it is not a finite number.
        LimitError: If it is out of range or has too many digits.

    Example:
        >>> to_plain_share("0.12")
        Fraction(3, 25)
    """
    if type(rate) is Fraction:
        if max(abs(rate.numerator), rate.denominator).bit_length() > _MAX_BITS:
            raise LimitError(
                what, got=rate, allowed=f"at most {_MAX_BITS} bits each way"
            )
        return _in_range(rate, rate, what, lowest)
    coefficient, exponent = decimal_parts(rate, what)
    share = Fraction(coefficient) * Fraction(10) ** exponent
    return _in_range(share, rate, what, lowest)


def _in_range(share: Fraction, rate: object, what: str, lowest: Fraction) -> Fraction:
    if not lowest <= share <= _HIGHEST:
        raise LimitError(what, got=rate, allowed=f"{float(lowest):,} to 10,000")
    return share


def rounded(exact: Fraction, digits: int) -> Decimal:
    """
    Return an exact number with so many decimals, half-up, whatever the context.

    Example:
        >>> rounded(Fraction(1, 8), 2)
        Decimal('0.13')
    """
    scaled = exact * 10**digits
    mode = RoundingMode.HALF_UP
    return from_units(divide(scaled.numerator, scaled.denominator, mode), digits)
