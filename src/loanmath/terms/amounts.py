"""Amounts and shares as terms state them: exact, checked, in major units."""

from decimal import Decimal
from fractions import Fraction

from loanmath.doors import decimal_parts
from loanmath.errors import LimitError
from loanmath.rates import percentage, percentage_text

__all__ = [
    "is_percentage",
    "to_amount",
    "to_amount_or_share",
    "to_multiple",
    "to_share",
]

_SIGNS = ("%", "‰", "bp")


def to_amount(amount: object, what: str, *, least: int | None = 0) -> Decimal:
    """
    Return an exact amount in major units.

    Args:
        amount: A `str`, `int` or `Decimal`.
        what: The name of the argument, for the error.
        least: The smallest whole amount that is allowed; 1 stands for "above zero",
            `None` for any.

    Raises:
        InputTypeError: If it is of another type (`float`, `bool`).
        InputValueError: If it is not a finite number.
        LimitError: If it is too small.

    Example:
        >>> to_amount("12.50", "balloon")
        Decimal('12.50')
    """
    coefficient, exponent = decimal_parts(amount, what)
    if least is not None and coefficient < least:
        allowed = "above zero" if least else "zero or above"
        raise LimitError(what, got=amount, allowed=allowed)
    sign = int(coefficient < 0)
    return Decimal((sign, tuple(map(int, str(abs(coefficient)))), exponent))


def is_percentage(value: object) -> bool:
    """
    Return whether a value is written as a percentage, as `"5%"` or `"30bp"`.

    Example:
        >>> is_percentage("5%"), is_percentage("5")
        (True, False)
    """
    return type(value) is Fraction or (
        type(value) is str and value.rstrip().endswith(_SIGNS)
    )


def to_share(
    value: object, what: str, *, least: Fraction = Fraction(0), most: int = 10
) -> Fraction:
    """
    Return an exact share, given a percentage such as `"7.5%"` or a `Fraction`.

    Args:
        value: The share.
        what: The name of the argument, for the error.
        least: The smallest share that is allowed.
        most: The largest share that is allowed; 10 is 1,000 %.

    Raises:
        InputTypeError: If it is neither a `str` nor a `Fraction`.
        InputValueError: If it is not a percentage.
        LimitError: If it is out of range.

    Example:
        >>> to_share("7.5%", "fee")
        Fraction(3, 40)
    """
    share = value if type(value) is Fraction else percentage(value, what)
    if not least <= share <= most or share.denominator.bit_length() > 256:
        lowest, highest = percentage_text(least), percentage_text(Fraction(most))
        raise LimitError(what, got=value, allowed=f"{lowest} to {highest}")
    return share


def to_amount_or_share(value: object, what: str) -> Decimal | Fraction:
    """
    Return an amount above zero, or the share that a percentage says.

    Raises:
        InputTypeError: If it is of another type (`float`, `bool`).
        InputValueError: If it is neither a number nor a percentage.
        LimitError: If it is out of range.

    Example:
        >>> to_amount_or_share("50", "fee"), to_amount_or_share("1%", "fee")
        (Decimal('50'), Fraction(1, 100))
    """
    if is_percentage(value):
        return to_share(value, what)
    return to_amount(value, what)


def to_multiple(value: object, what: str, least: int, most: int) -> Fraction:
    """
    Return an exact multiple of something, as `"1.5"` or a `Fraction`.

    Args:
        value: A `str`, `int`, `Decimal` or `Fraction`.
        what: The name of the argument, for the error.
        least: The smallest multiple that is allowed.
        most: The largest.

    Raises:
        InputTypeError: If it is of another type (`float`, `bool`).
        InputValueError: If it is not a finite number.
        LimitError: If it is out of range, or finer than 12 decimals.

    Example:
        >>> to_multiple("1.5", "multiple", 0, 100)
        Fraction(3, 2)
    """
    if type(value) is Fraction:
        multiple = value
    else:
        coefficient, exponent = decimal_parts(value, what)
        multiple = Fraction(coefficient) * Fraction(10) ** exponent
    if not least <= multiple <= most or multiple.denominator > 10**12:
        raise LimitError(what, got=value, allowed=f"{least} to {most}, 12 decimals")
    return multiple
