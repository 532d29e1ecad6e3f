"""
Currencies with their ISO 4217 digits, and amounts in and out of the library.

Inside, an amount is an `int` of units of 10^-digits, where `digits` is the currency's
(a unit is then a cent, a fen, a yen) or more for contracts that do not round. At the
door it is `str`, `int` or `Decimal` in major units; on the way out it is `Decimal`.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation
from itertools import repeat

from loanmath.doors import decimal_parts, to_text
from loanmath.errors import CurrencyError, LimitError, UnknownNameError

__all__ = [
    "MAX_MINOR_UNITS",
    "amount_text",
    "check_limit",
    "currency_digits",
    "from_units",
    "from_units_column",
    "sum_of",
    "to_units",
]

MAX_MINOR_UNITS = 10**13
"""The largest amount that a contract may state, in minor units of its currency."""

# ISO 4217 list one as published on 2026-01-01, by decimals of the minor unit.
_CODES_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN "
        "BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP "
        "ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
        "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
        "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
        "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
        "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD "
        "XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_NO_MINOR_UNIT = frozenset(
    {
        "XAG",
        "XAU",
        "XBA",
        "XBB",
        "XBC",
        "XBD",
        "XDR",
        "XPD",
        "XPT",
        "XSU",
        "XTS",
        "XUA",
        "XXX",
    }
)
_DIGITS = {
    code: digits for digits, codes in _CODES_BY_DIGITS.items() for code in codes.split()
}

# Exact or an exception, whatever the caller's ambient context says; never exported,
# since whoever holds a context can change it.
_EXACT = Context(
    prec=200,
    rounding=ROUND_HALF_EVEN,
    Emin=-999999,
    Emax=999999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[Inexact, InvalidOperation],
)
_UNIT = tuple(Decimal((0, (1,), -digits)) for digits in range(31))


def currency_digits(code: str) -> int:
    """
    Return the decimals of a currency's minor unit (货币小数位).

    Args:
        code: An ISO 4217 code in capitals, such as `"CNY"`.

    Returns:
        0, 2, 3 or 4.

    Raises:
        InputTypeError: If the code is not a `str`.
        UnknownNameError: If no current currency has that code.
        CurrencyError: If it has no minor unit (gold, SDR, test codes).

    Example:
        >>> currency_digits("CNY"), currency_digits("JPY"), currency_digits("KWD")
        (2, 0, 3)

    Source: ISO 4217 list one, published 2026-01-01 by SIX Group.
    """
    digits = _DIGITS.get(to_text(code, "currency"))
    if digits is not None:
        return digits
    if code in _NO_MINOR_UNIT:
        raise CurrencyError(
            "currency", got=code, allowed="a currency that has a minor unit"
        )
    raise UnknownNameError(
        "currency", got=code, allowed="an ISO 4217 code in capitals, such as 'CNY'"
    )


def to_units(value: object, digits: int, what: str) -> int:
    """
    Return an amount in major units as an integer of 10^-digits.

    Args:
        value: A `str`, `int` or `Decimal` in major units.
        digits: Decimals of the unit, 0 to 30.
        what: The name of the argument, for the error.

    Raises:
        InputTypeError: If the value is of another type (`float`, `bool`).
        InputValueError: If it is not a finite number.
        CurrencyError: If it has more decimals than the unit.
        LimitError: If it is above 10^13 units of a two-digit currency's cent.

    Example:
        >>> to_units("1234.5", 2, "principal")
        123450
    """
    coefficient, exponent = decimal_parts(value, what)
    shift = exponent + digits
    if shift >= 0:
        return coefficient * int(10**shift)
    units, rest = divmod(coefficient, int(10**-shift))
    if rest:
        raise _too_fine(value, digits, what)
    return units


def agreed_units(amount: Decimal, digits: int, what: str) -> int:
    """
    Return an amount that a door has read as an integer of 10^-digits.

    Raises:
        CurrencyError: If it has more decimals than the unit.

    Example:
        >>> agreed_units(Decimal("1234.50"), 2, "principal")
        123450
    """
    numerator, denominator = amount.as_integer_ratio()
    units, rest = divmod(numerator * 10**digits, denominator)
    if rest:
        raise _too_fine(amount, digits, what)
    return int(units)


def _too_fine(value: object, digits: int, what: str) -> CurrencyError:
    return CurrencyError(
        what,
        got=value,
        allowed=f"at most {digits} decimals",
        do="round it first, by the rule of the contract",
    )


def check_limit(units: int, digits: int, currency_digits: int, what: str) -> int:
    """
    Return `units` if the amount is at most 10^13 minor units, or refuse it.

    Raises:
        LimitError: If the amount is larger.

    Example:
        >>> check_limit(100, 2, 2, "principal")
        100
    """
    if abs(units) > MAX_MINOR_UNITS * 10 ** (digits - currency_digits):
        raise LimitError(
            what,
            got=amount_text(units, digits) if abs(units) < 10**80 else units,
            allowed=f"at most {amount_text(MAX_MINOR_UNITS, currency_digits)}",
        )
    return units


def from_units(units: int, digits: int) -> Decimal:
    """
    Return an integer of 10^-digits as a `Decimal` with exactly that many decimals.

    Example:
        >>> from_units(88849, 2)
        Decimal('888.49')
    """
    return _EXACT.multiply(units, _UNIT[digits])


def sum_of(amounts: Iterable[Decimal], digits: int) -> Decimal:
    """
    Return the exact sum of amounts in major units, whatever the decimal context.

    Example:
        >>> sum_of([Decimal("0.10"), Decimal("0.20")], 2)
        Decimal('0.30')
    """
    return from_units(
        sum(to_units(amount, digits, "amount") for amount in amounts), digits
    )


def from_units_column(column: Iterable[int], digits: int) -> tuple[Decimal, ...]:
    """
    Return a whole column of integers of 10^-digits as `Decimal`.

    Example:
        >>> from_units_column([1, 200], 2)
        (Decimal('0.01'), Decimal('2.00'))
    """
    return tuple(map(_EXACT.multiply, column, repeat(_UNIT[digits])))


def amount_text(units: int, digits: int, separator: str = ",") -> str:
    """
    Return an amount as text with grouped thousands, the same in every locale.

    Example:
        >>> amount_text(123456789, 2), amount_text(-5, 2), amount_text(7, 0)
        ('1,234,567.89', '-0.05', '7')
    """
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), 10**digits)
    text = f"{whole:,}".replace(",", separator)
    if digits:
        text += f".{rest:0{digits}d}"
    return sign + text
