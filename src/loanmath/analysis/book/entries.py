"""What comes through the doors of measures of a book: names, amounts, shares."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, TypeVar

from loanmath.currency import currency_digits, from_units, to_units
from loanmath.doors import to_text
from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.terms.amounts import to_amount
from loanmath.yields.shares import Share, to_share

__all__ = [
    "MAX_NAMES",
    "NamedAmounts",
    "NamedShares",
    "to_currency",
    "to_money",
    "to_name",
    "to_named",
    "to_names_of",
    "to_probability",
    "to_rate_share",
]

MAX_NAMES = 10_000
"""How many buckets, classes or graded loans one mapping may name."""

NamedAmounts: TypeAlias = (
    Mapping[str, str | int | Decimal] | tuple[tuple[str, Decimal], ...]
)
NamedShares: TypeAlias = Mapping[str, Share] | tuple[tuple[str, Fraction], ...]

ValueT = TypeVar("ValueT")


def to_name(name: object, what: str) -> str:
    """
    Return a name that is not empty.

    Raises:
        InputTypeError: If it is not a `str`.
        InputValueError: If it is empty.

    Example:
        >>> to_name("M1", "bucket")
        'M1'
    """
    text = to_text(name, what)
    if not text:
        raise InputValueError(what, got=name, allowed="a text that is not empty")
    return text


def to_currency(code: object) -> str:
    """
    Return a currency that has a minor unit.

    Example:
        >>> to_currency("CNY")
        'CNY'
    """
    text = to_text(code, "currency")
    currency_digits(text)
    return text


def to_money(amount: object, currency: str, what: str) -> Decimal:
    """
    Return an amount of zero or above with the digits of its currency.

    Example:
        >>> to_money("12.5", "CNY", "balance")
        Decimal('12.50')
    """
    digits = currency_digits(currency)
    return from_units(to_units(to_amount(amount, what), digits, what), digits)


def to_probability(share: object, what: str) -> Fraction:
    """
    Return a share from 0 to 100 %.

    Args:
        share: `"9.19%"`, `"0.0919"`, an `int`, a `Decimal` or a `Fraction`.
        what: The name of the argument, for the error.

    Raises:
        InputTypeError: If it is of another type.
        InputValueError: If it is not a finite number.
        LimitError: If it is out of range.

    Example:
        >>> to_probability("2.5%", "rate")
        Fraction(1, 40)
    """
    found = to_rate_share(share, what)
    if found > 1:
        raise LimitError(what, got=share, allowed="0% to 100%")
    return found


def to_rate_share(share: object, what: str) -> Fraction:
    """
    Return a share of zero or above, such as a flow rate.

    Example:
        >>> to_rate_share("150%", "coverage")
        Fraction(3, 2)
    """
    found = to_share(share, what, lowest=Fraction(-1))
    if found < 0:
        raise LimitError(what, got=share, allowed="zero or above")
    return found


def to_named(
    given: object, what: str, convert: Callable[[object, str], ValueT]
) -> tuple[tuple[str, ValueT], ...]:
    """
    Return (name, value) pairs in their order, given a mapping or such pairs.

    Args:
        given: A mapping of at least one name, or a tuple of pairs.
        what: What the names are, for the error.
        convert: What makes each value exact.

    Raises:
        InputTypeError: If it is neither.
        InputValueError: If it is empty, or a name is, or stands twice.
        LimitError: If it has too many names.

    Example:
        >>> to_named({"M1": "30%"}, "bucket", to_probability)
        (('M1', Fraction(3, 10)),)
    """
    pairs = tuple(given.items()) if isinstance(given, Mapping) else given
    if type(pairs) is not tuple or any(
        type(pair) is not tuple or len(pair) != 2 for pair in pairs
    ):
        raise InputTypeError(what, got=given, allowed="a mapping by name")
    if len(pairs) > MAX_NAMES:
        raise LimitError(what, got=len(pairs), allowed=f"at most {MAX_NAMES} names")
    found = tuple(
        (to_name(name, what), convert(value, f"{what} {name}")) for name, value in pairs
    )
    if not found or len({name for name, _ in found}) < len(found):
        raise InputValueError(what, got=given, allowed="at least one name, each once")
    return found


def to_names_of(names: object, allowed: tuple[str, ...], what: str) -> tuple[str, ...]:
    """
    Return some of the names that are allowed, at least one, each once.

    Raises:
        InputTypeError: If they are not a list or tuple.
        InputValueError: If there is none, or one twice.
        UnknownNameError: If a name is not allowed.

    Example:
        >>> to_names_of(["M1"], ("M0", "M1"), "buckets")
        ('M1',)
    """
    if type(names) not in (list, tuple):
        raise InputTypeError(what, got=names, allowed="a list of names")
    found = tuple(to_name(name, what) for name in names)  # type: ignore[attr-defined]
    if not found or len(set(found)) < len(found):
        raise InputValueError(what, got=names, allowed="at least one name, each once")
    for name in found:
        if name not in allowed:
            raise UnknownNameError(what, got=name, allowed=", ".join(allowed))
    return found
