"""
Interest rates as they are quoted: a percentage with its unit of time.

A `Rate` is never a bare number. It is exact (a fraction of two integers), and every
conversion to another unit is named, so that no 360 or 365 is assumed in silence.
"""

import re
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Self

from attrs import field, frozen

from loanmath.doors import decimal_parts, to_enum
from loanmath.errors import InputTypeError, InputValueError, LimitError

__all__ = ["Rate", "RateUnit", "percentage", "percentage_text", "to_rate"]


class RateUnit(Enum):
    """The time that a quoted rate is for: `DAY` (日), `MONTH` (月) or `YEAR` (年)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_UNIT_WORDS = {
    "day": RateUnit.DAY,
    "日": RateUnit.DAY,
    "month": RateUnit.MONTH,
    "月": RateUnit.MONTH,
    "year": RateUnit.YEAR,
    "年": RateUnit.YEAR,
}
_SCALES = {"%": 100, "‰": 1000, "bp": 10_000}
_SHARE = r"([+-]?[0-9]+(?:\.[0-9]+|/[0-9]+)?) ?(%|‰|bp)"
_PERCENTAGE = re.compile(_SHARE, re.ASCII)
_QUOTE = re.compile(rf"{_SHARE} ?/ ?(\w+)")
_MAX_TEXT = 128
_MAX_DECIMALS = 12
_MAX_PRINTED_BITS = 1000
_LOWEST_PERCENT, _HIGHEST_PERCENT = -99, 1_000_000
# For the range check only: a year is at most this many of the unit.
_IN_A_YEAR = {RateUnit.DAY: 365, RateUnit.MONTH: 12, RateUnit.YEAR: 1}


def percentage(value: object, what: str) -> Fraction:
    """
    Return the exact share that a text such as `"7.5%"` stands for.

    Args:
        value: A number of at most 12 decimals (or a fraction of two integers, as
            `"1/3%"`) followed by `%`, `‰` or `bp`.
        what: The name of the argument, for the error.

    Returns:
        The share: `Fraction(3, 40)` for `"7.5%"`.

    Raises:
        InputTypeError: If the value is not a `str`.
        InputValueError: If it is not a percentage.
        LimitError: If it has more than 12 decimals or 40 digits.

    Example:
        >>> percentage("7.5%", "fee"), percentage("39bp", "spread")
        (Fraction(3, 40), Fraction(39, 10000))
    """
    text = _short_text(value, what, "a percentage such as '7.5%'")
    match = _PERCENTAGE.fullmatch(text)
    if match is None:
        raise InputValueError(
            what, got=value, allowed="a percentage with its sign, such as '7.5%'"
        )
    return _share(match.group(1), match.group(2), what)


def _short_text(value: object, what: str, allowed: str) -> str:
    if type(value) is not str:
        raise InputTypeError(what, got=value, allowed=allowed)
    if len(value) > _MAX_TEXT:
        raise LimitError(what, got=value, allowed=f"at most {_MAX_TEXT} characters")
    return value


def _share(number: str, sign: str, what: str) -> Fraction:
    if "/" in number:
        above, below = number.split("/")
        denominator, _ = decimal_parts(below, what)
        if denominator == 0:
            raise InputValueError(what, got=number, allowed="a denominator above zero")
        return Fraction(decimal_parts(above, what)[0], denominator * _SCALES[sign])
    coefficient, exponent = decimal_parts(number, what)
    if exponent < -_MAX_DECIMALS:
        raise LimitError(what, got=number, allowed=f"at most {_MAX_DECIMALS} decimals")
    return Fraction(coefficient, 10**-exponent * _SCALES[sign])


def percentage_text(share: Fraction) -> str:
    """
    Return the shortest exact text of a share as a percentage.

    A share of more than 300 digits (a daily rate compounded for a year) is cut to 12
    decimals and marked with a tilde.

    Example:
        >>> percentage_text(Fraction(3, 40)), percentage_text(Fraction(1, 300))
        ('7.5%', '1/3%')
    """
    percent = share * 100
    if percent.denominator.bit_length() > _MAX_PRINTED_BITS:
        return "~" + percentage_text(Fraction(int(share * 10**14), 10**14))
    rest = percent.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{percent.numerator}/{percent.denominator}%"
    decimals = max(twos, fives)
    units = percent.numerator * 10**decimals // percent.denominator
    sign, units = ("-" if units < 0 else ""), abs(units)
    whole, part = divmod(units, 10**decimals)
    return f"{sign}{whole}" + (f".{part:0{decimals}d}" if decimals else "") + "%"


def _check_days_in_year(days: object) -> None:
    allowed = "360, 364, 365 or 366"
    if type(days) is not int:
        raise InputTypeError("days_in_year", got=days, allowed=allowed)
    if days not in (360, 364, 365, 366):
        raise InputValueError("days_in_year", got=days, allowed=allowed)


@frozen(init=False, repr=False)
class Rate:
    """
    A quoted interest rate: an exact share of the principal per day, month or year.

    Args:
        quote: The rate as it is quoted: a number of at most 12 decimals, `%`, `‰` or
            `bp`, a slash, and `day`, `month` or `year` (日, 月, 年). From -99 % to
            1,000,000 % a year.

    Attributes:
        value: The share per unit of time, exact: `Fraction(1, 2500)` for 0.04 %.
        per: The unit of time, a `RateUnit`.

    Raises:
        InputTypeError: If the quote is not a `str`; a bare number has no unit.
        InputValueError: If it is not a rate with its unit.
        LimitError: If it is finer than 12 decimals, or out of range.

    Example:
        >>> Rate("0.04%/day")
        Rate('0.04%/day')
        >>> Rate("12%/year").per_month()
        Rate('1%/month')

    中文: 利率 (日利率, 月利率, 年利率). ACTUS: IPNR, nominal interest rate.
    """

    value: Fraction = field()
    per: RateUnit = field()

    def __init__(self, quote: str) -> None:
        text = _short_text(quote, "rate", "a quote with its unit, such as '12%/year'")
        match = _QUOTE.fullmatch(text)
        unit = _UNIT_WORDS.get(match.group(3)) if match else None
        if match is None or unit is None:
            raise InputValueError(
                "rate",
                got=quote,
                allowed="a percentage per day, month or year, such as '0.04%/day'",
            )
        self._fill(_share(match.group(1), match.group(2), "rate"), unit)

    def _fill(self, value: Fraction, per: RateUnit) -> None:
        share, whole = value.as_integer_ratio()
        yearly = 100 * share * _IN_A_YEAR[per]
        if not _LOWEST_PERCENT * whole <= yearly <= _HIGHEST_PERCENT * whole:
            raise LimitError(
                "rate",
                got=f"{percentage_text(value)}/{per.value}",
                allowed="-99% to 1,000,000% in a year",
            )
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "per", per)

    @classmethod
    def _of(cls, value: Fraction, per: RateUnit) -> Self:
        rate = cls.__new__(cls)
        rate._fill(value, per)  # noqa: SLF001 its own class
        return rate

    @classmethod
    def from_share(
        cls, value: Fraction | Decimal | str | int, per: str | RateUnit
    ) -> Self:
        """
        Return the rate that is exactly this share of the principal per unit of time.

        Args:
            value: The share: `"0.12"` is 12 %; a `Fraction` for shares that no decimal
                can write.
            per: `"day"`, `"month"` or `"year"`.

        Raises:
            InputTypeError: If the value is of another type (`float`, `bool`).
            InputValueError: If it is not a finite number.
            LimitError: If it is out of range, or has more than 40 digits.

        Example:
            >>> Rate.from_share("0.12", per="year")
            Rate('12%/year')
        """
        if type(value) is not Fraction:
            coefficient, exponent = decimal_parts(value, "rate")
            value = Fraction(coefficient) * Fraction(10) ** exponent
        share, whole = value.as_integer_ratio()
        if share.bit_length() > 256 or whole.bit_length() > 256:
            raise LimitError("rate", got=value, allowed="at most 256 bits each way")
        return cls._of(value, to_enum(per, RateUnit, "per"))

    def __str__(self) -> str:
        return f"{percentage_text(self.value)}/{self.per.value}"

    def __repr__(self) -> str:
        return f"Rate('{self}')"

    def per_year(self, days_in_year: int | None = None) -> "Rate":
        """
        Return the nominal rate per year (名义年利率).

        Formula: `monthly * 12`, or `daily * days_in_year`.

        Args:
            days_in_year: 360, 364, 365 or 366; needed from a daily rate, since each
                gives another answer.

        Raises:
            InputValueError: If a daily rate is converted without its days in a year.

        Example:
            >>> Rate("0.0625%/day").per_year(days_in_year=365)
            Rate('22.8125%/year')

        Source: "year = 12 x month, = 360 x day" is the conversion of the People's
        Bank of China's interest rules (recalled); the x365 one is what platforms print.
        """
        return self._nominal(RateUnit.YEAR, days_in_year)

    def per_month(self, days_in_year: int | None = None) -> "Rate":
        """
        Return the nominal rate per month (月利率).

        Formula: `yearly / 12`, or `daily * days_in_year / 12`: 360 makes a month of 30
        days.

        Args:
            days_in_year: As for `per_year`; needed from a daily rate.

        Raises:
            InputValueError: If a daily rate is converted without its days in a year.

        Example:
            >>> Rate("0.05%/day").per_month(days_in_year=360)
            Rate('1.5%/month')
        """
        return self._nominal(RateUnit.MONTH, days_in_year)

    def per_day(self, days_in_year: int | None = None) -> "Rate":
        """
        Return the nominal rate per day (日利率).

        Formula: `yearly / days_in_year`, or `monthly * 12 / days_in_year`.

        Args:
            days_in_year: As for `per_year`; needed from a monthly or yearly rate.

        Raises:
            InputValueError: If the days in a year are missing.

        Example:
            >>> Rate("18%/year").per_day(days_in_year=360)
            Rate('0.05%/day')
        """
        return self._nominal(RateUnit.DAY, days_in_year)

    def _nominal(self, unit: RateUnit, days_in_year: int | None) -> "Rate":
        if unit is self.per:
            return self
        if days_in_year is None and RateUnit.DAY in (unit, self.per):
            raise InputValueError(
                "days_in_year",
                got=None,
                allowed="360, 364, 365 or 366",
                do=f"say how many days a year has, to turn {self} into another",
            )
        if days_in_year is not None:
            _check_days_in_year(days_in_year)
        in_a_year = {
            RateUnit.YEAR: 1,
            RateUnit.MONTH: 12,
            RateUnit.DAY: days_in_year or 1,
        }
        value = self.value * in_a_year[self.per] / in_a_year[unit]
        return Rate._of(value, unit)

    def effective_annual(self, days_in_year: int | None = None) -> "Rate":
        """
        Return the yearly rate that compounding every unit adds up to (实际年利率).

        Formula: `(1 + rate) ** n - 1` with n = 12 for a monthly rate, `days_in_year`
        for a daily one, 1 for a yearly one; exact.

        Args:
            days_in_year: Needed from a daily rate, as for `per_year`.

        Raises:
            InputValueError: If a daily rate is converted without its days in a year.
            LimitError: If the result is above 1,000,000 %.

        Example:
            >>> Rate("1%/month").effective_annual()
            Rate('12.6825030131969720661201%/year')
        """
        self._nominal(RateUnit.YEAR, days_in_year)
        counts = {RateUnit.YEAR: 1, RateUnit.MONTH: 12, RateUnit.DAY: days_in_year or 1}
        value = (1 + self.value) ** counts[self.per] - 1
        return Rate._of(value, RateUnit.YEAR)


def to_rate(rate: str | Rate) -> Rate:
    """
    Return a rate, given itself or its quote.

    Raises:
        InputTypeError: If it is neither.
        InputValueError: If it is not a rate with its unit.
        LimitError: If it is finer than 12 decimals, or out of range.

    Example:
        >>> to_rate("12%/year")
        Rate('12%/year')
    """
    return rate if type(rate) is Rate else Rate(rate)  # type: ignore[arg-type]
