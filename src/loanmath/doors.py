"""
What stands at every public door: values are checked and made exact before any work.

A door takes what a caller may hold (`str`, `int`, `Decimal`, an enum or its name, a
date) and returns the one exact form that the library works with, or refuses with a
typed error. Nothing here does arithmetic on `Decimal`, so no ambient context matters.
"""

import re
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)

__all__ = [
    "decimal_parts",
    "to_count",
    "to_date",
    "to_enum",
    "to_flag",
    "to_text",
    "to_tuple_of",
]

_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)
_MAX_TEXT = 64
_MAX_DIGITS = 40
_MAX_INT = 10**_MAX_DIGITS
_MAX_EXPONENT = 40

FIRST_DATE = date(1900, 1, 1)
LAST_DATE = date(2200, 12, 31)

EnumT = TypeVar("EnumT", bound=Enum)
KindT = TypeVar("KindT")


def decimal_parts(value: object, what: str) -> tuple[int, int]:
    """
    Return (coefficient, exponent) of an exact decimal number: `c * 10**e`.

    Args:
        value: A `str` in plain ASCII digits, an `int`, or a finite `Decimal`, of at
            most 40 digits.
        what: The name of the argument, for the error.

    Raises:
        InputTypeError: If the value is of another type, `float` and `bool` included.
        InputValueError: If the text is not a number, or the number is not finite.
        LimitError: If the number has more than 40 digits.

    Example:
        >>> decimal_parts("12.50", "amount")
        (1250, -2)
    """
    if type(value) is int:
        if abs(value) >= _MAX_INT:
            raise _too_long(value, what)
        return value, 0
    if isinstance(value, Decimal):
        return _parts_of_decimal(value, what)
    if type(value) is str:
        return _parts_of_text(value, what)
    do = ""
    if type(value) is float:
        do = f"a float is not exact: pass a string, such as '{value!r}'"
    raise InputTypeError(what, got=value, allowed="str, int or Decimal", do=do)


def _parts_of_decimal(value: Decimal, what: str) -> tuple[int, int]:
    # Called unbound, so that a subclass cannot answer in place of the number.
    sign, digits, exponent = Decimal.as_tuple(value)
    if not isinstance(exponent, int):
        raise InputValueError(what, got=value, allowed="a finite number")
    if len(digits) > _MAX_DIGITS or abs(exponent) > _MAX_EXPONENT:
        raise _too_long(value, what)
    coefficient = 0
    for digit in digits:
        coefficient = 10 * coefficient + digit
    return (-coefficient if sign else coefficient), exponent


def _parts_of_text(value: str, what: str) -> tuple[int, int]:
    if len(value) > _MAX_TEXT:
        raise _too_long(value, what)
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise InputValueError(
            what,
            got=value,
            allowed="a number in plain digits, such as '1234.50'",
            do="leave out spaces, separators, symbols and exponents",
        )
    sign, whole, decimals = match.group(1), match.group(2), match.group(3) or ""
    if len(whole) + len(decimals) > _MAX_DIGITS:
        raise _too_long(value, what)
    return int(sign + whole + decimals), -len(decimals)


def _too_long(value: object, what: str) -> LimitError:
    return LimitError(
        what, got=value, allowed=f"a number of at most {_MAX_DIGITS} digits"
    )


def to_enum(value: object, kind: type[EnumT], what: str) -> EnumT:
    """
    Return a member of `kind`, given itself or its value (a lower-case name).

    Raises:
        UnknownNameError: If no member has that name.
        InputTypeError: If the value is neither a member nor a string.

    Example:
        >>> from loanmath.rounding import RoundingMode
        >>> to_enum("half_up", RoundingMode, "rounding mode")
        <RoundingMode.HALF_UP: 'half_up'>
    """
    if isinstance(value, kind):
        return value
    names = ", ".join(repr(member.value) for member in kind)
    if type(value) is not str:
        raise InputTypeError(what, got=value, allowed=f"{kind.__name__} or {names}")
    try:
        return kind(value)
    except ValueError:
        raise UnknownNameError(what, got=value, allowed=names) from None


def to_date(value: object, what: str) -> date:
    """
    Return a calendar date from 1900 to 2200, refusing a `datetime`.

    Raises:
        InputTypeError: If the value is not exactly a `datetime.date`.
        DateRangeError: If the year is outside 1900 to 2200.

    Example:
        >>> to_date(date(2026, 1, 15), "disbursed")
        datetime.date(2026, 1, 15)
    """
    if type(value) is not date:
        raise InputTypeError(
            what,
            got=value,
            allowed="datetime.date",
            do="name the business date yourself: a datetime has a zone or lacks one",
        )
    if not FIRST_DATE <= value <= LAST_DATE:
        raise DateRangeError(what, got=value, allowed=f"{FIRST_DATE} to {LAST_DATE}")
    return value


def to_count(value: object, what: str, most: int) -> int:
    """
    Return a whole number from 1 to `most`.

    Raises:
        InputTypeError: If the value is not exactly an `int` (`bool` is refused).
        LimitError: If it is below 1 or above `most`.

    Example:
        >>> to_count(12, "count", 1200)
        12
    """
    if type(value) is not int:
        raise InputTypeError(what, got=value, allowed="int")
    if not 1 <= value <= most:
        raise LimitError(what, got=value, allowed=f"1 to {most:,}")
    return value


def to_tuple_of(values: object, kind: type[KindT], what: str) -> tuple[KindT, ...]:
    """
    Return a list or a tuple of values of one type as a tuple.

    Raises:
        InputTypeError: If it is neither, or a value is not exactly of that type.

    Example:
        >>> to_tuple_of([1, 2], int, "numbers")
        (1, 2)
    """
    if type(values) is not list and type(values) is not tuple:
        raise InputTypeError(what, got=values, allowed=f"a list of {kind.__name__}")
    found: tuple[Any, ...] = tuple(values)
    for value in found:
        if type(value) is not kind:
            raise InputTypeError(what, got=value, allowed=f"{kind.__name__}(...)")
    return found


def to_flag(value: object, what: str) -> bool:
    """
    Return a `bool`, refusing every other type, `int` among them.

    Raises:
        InputTypeError: If the value is not exactly a `bool`.

    Example:
        >>> to_flag(True, "undrawn")
        True
    """
    if type(value) is not bool:
        raise InputTypeError(what, got=value, allowed="True or False")
    return value


def to_text(value: Any, what: str) -> str:
    """
    Return a `str`, refusing every other type.

    Raises:
        InputTypeError: If the value is not exactly a `str`.

    Example:
        >>> to_text("CNY", "currency")
        'CNY'
    """
    if type(value) is not str:
        raise InputTypeError(what, got=value, allowed="str")
    return value
