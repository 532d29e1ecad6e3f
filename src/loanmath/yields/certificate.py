"""A rate of return as a value, with the proof of its last digit."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import field, frozen

from loanmath.currency import amount_text, from_units
from loanmath.doors import decimal_parts, to_count
from loanmath.errors import InputTypeError, InputValueError, LimitError
from loanmath.rounding import RoundingMode, divide
from loanmath.yields.rate_equation import RateEquation
from loanmath.yields.sign import Sign

__all__ = ["Certificate", "Gates", "Yield", "to_digits"]

_MAX_PERIODS = 366
_HIGHEST = 10_000


class Gates(NamedTuple):
    """
    The half-unit points between rounded rates, each passed by the root or not.

    Gate u lies half a unit below the rate u, or at the end of the range if that is
    nearer; all are integers of a tenth of a unit.
    """

    lowest: int
    highest: int

    @classmethod
    def of(cls, digits: int, multiple: Fraction, unique: str) -> "Gates":
        """
        Return the gates of rates with so many decimals.

        Example:
            >>> Gates.of(2, Fraction(1), "all"), Gates.of(2, Fraction(12), "positive")
            (Gates(lowest=-990, highest=10000000), Gates(lowest=0, highest=10000000))
        """
        scale = int(10 ** (digits + 1))
        lowest = 0 if unique == "positive" else -(99 * scale * multiple // 100)
        return cls(lowest, _HIGHEST * scale)

    def point(self, units: int) -> int:
        """
        Return the gate below a rate.

        Example:
            >>> Gates(-990, 10_000_000).point(13), Gates(-990, 10_000_000).point(-100)
            (125, -990)
        """
        return min(max(10 * units - 5, self.lowest), self.highest)


@frozen
class Certificate:
    """
    The proof of a rounded rate: the signs of the present value on either side of it.

    The value has opposite signs at `low` and `high`, so the one root lies between them,
    and every rate between rounds to `rate`. Where a sign is zero the root is that very
    point: a tie, which rounds away from zero.

    Attributes:
        rate: The rate that is proved, as a share.
        sign_low: The sign of the value of the flows at `low`.
        sign_high: The sign of the value of the flows at `high`.
        method_low: What decided the sign at `low`: `"float filter"`, `"exact"`, or
            `"decimal 34 digits"` (68, 136, ...).
        method_high: What decided the sign at `high`.
        unique: `"all"` where this is the only rate above -100 %; `"positive"` where it
            is the only one above zero, and negative ones may exist.
        terms: The equation that was solved, in integers.
        multiple: How many times the root the rate is: 12 for a nominal yearly rate of
            monthly periods, 1 where the root itself is wanted.

    Example:
        >>> from loanmath.yields import irr
        >>> proof = irr([-100, 110], digits=4).certificate
        >>> proof.low, proof.sign_low.name, proof.high, proof.sign_high.name
        (Decimal('0.09995'), 'POSITIVE', Decimal('0.10005'), 'NEGATIVE')
        >>> proof.method_low, proof.exact_root, proof.verify()
        ('float filter', Decimal('0.1000'), True)
    """

    rate: Decimal
    sign_low: Sign
    sign_high: Sign
    method_low: str
    method_high: str
    unique: str
    terms: RateEquation = field(repr=False)
    multiple: Fraction = Fraction(1)

    @property
    def low(self) -> Decimal:
        """
        Half a unit below the rate, or the end of the allowed range.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-100, 110], digits=1).certificate.low
            Decimal('0.05')
        """
        return self._gate(0)

    @property
    def high(self) -> Decimal:
        """
        Half a unit above the rate, or the end of the allowed range.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-100, 110], digits=1).certificate.high
            Decimal('0.15')
        """
        return self._gate(1)

    def _gate(self, above: int) -> Decimal:
        units, exponent = decimal_parts(self.rate, "rate")
        gates = Gates.of(-exponent, self.multiple, self.unique)
        return from_units(gates.point(units + above), 1 - exponent)

    @property
    def equation(self) -> str:
        """
        The equation in words.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-100, 110]).certificate.equation
            '0 = sum of amount / (1 + rate) ** (period), over 2 netted cash flows'
        """
        return str(self.terms)

    @property
    def count(self) -> int:
        """
        How many cash flows were left after netting each date.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-100, 0, 121]).certificate.count
            2
        """
        return self.terms.count

    @property
    def is_tie(self) -> bool:
        """
        Whether the root is exactly half a unit away from the rate.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-10_000, 10_505], digits=3).certificate.is_tie
            True
        """
        point = self._root_at_an_end
        return point is not None and self._tenths(point) == 5

    @property
    def exact_root(self) -> Decimal | None:
        """
        The root itself, where it is the rate or a tie; decided exactly, else None.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-10_000, 10_505], digits=3).certificate.exact_root
            Decimal('0.0505')
            >>> irr([-100, 110], digits=3).certificate.exact_root
            Decimal('0.100')
        """
        if self._root_at_an_end is not None:
            return self._root_at_an_end
        root = Fraction(self.rate) / self.multiple
        # A root between -99 % and -95 % rounds to -100 %, where there is no value.
        if root > -1 and self._sign_at(self.rate) is Sign.ZERO:
            return self.rate
        return None

    def _sign_at(self, rate: Decimal) -> Sign:
        root = Fraction(rate) / self.multiple
        return self.terms.proved_sign(*root.as_integer_ratio())[0]

    @property
    def _root_at_an_end(self) -> Decimal | None:
        if self.sign_low is Sign.ZERO:
            return self.low
        return self.high if self.sign_high is Sign.ZERO else None

    def _tenths(self, point: Decimal) -> int:
        """Return how far a point is from the rate, in tenths of its unit."""
        rate, _ = decimal_parts(self.rate, "rate")
        return abs(decimal_parts(point, "point")[0] - 10 * rate)

    def verify(self) -> bool:
        """
        Return whether the proof holds, its signs decided anew and without floats.

        Example:
            >>> from loanmath.yields import irr
            >>> irr(["-1000", "600", "600"], digits=12).certificate.verify()
            True
        """
        low, high = self._sign_at(self.low), self._sign_at(self.high)
        root = self._root_at_an_end
        return (
            (self.sign_low, self.sign_high) == (low, high)
            and low is not high
            and self.terms.uniqueness() == self.unique
            and (not self.is_tie or root is None or abs(root) < abs(self.rate))
        )

    @property
    def _claim(self) -> str:
        if self.multiple == 1:
            return self.equation
        return f"{self.equation}, times {self.multiple}"

    def __str__(self) -> str:
        where = "above -100 %" if self.unique == "all" else "above 0 %"
        return (
            f"{self._claim}; the value is {self.sign_low.name.lower()} at {self.low}"
            f" ({self.method_low}) and {self.sign_high.name.lower()} at {self.high}"
            f" ({self.method_high}); one root {where}"
        )


@frozen
class Yield:
    """
    A certified internal rate of return (内部收益率).

    Attributes:
        value: The rate as a share, rounded half-up (ties away from zero), with exactly
            `digits` decimals: `Decimal("0.128248")` is 12.8248 %.
        digits: The decimals of `value`, every one of them proved.
        per: `"period"` for evenly spaced flows; `"year"`, effective, for dated ones.
        certificate: The proof.

    Example:
        >>> from loanmath.yields import irr
        >>> print(irr(["-1000", "600", "600"], digits=6))
        13.0662% a period
    """

    value: Decimal
    digits: int
    per: str
    certificate: Certificate

    @property
    def percent(self) -> Decimal:
        """
        The rate in percent: the same digits, the point moved by two.

        Example:
            >>> from loanmath.yields import irr
            >>> irr([-100, 110], digits=4).percent
            Decimal('10.00')
        """
        units, _ = decimal_parts(self.value, "value")
        if self.digits < 2:
            return from_units(10 * units, 0)
        return from_units(units, self.digits - 2)

    def __str__(self) -> str:
        units, _ = decimal_parts(self.percent, "percent")
        text = amount_text(units, max(self.digits - 2, 0), separator="")
        return f"{text}% a {self.per}"

    def simple_annual(self, periods_per_year: int) -> Decimal:
        """
        Return the nominal yearly rate: periods times the rate (名义年利率, 单利年化).

        Formula: `periods_per_year * value`, exact.

        Args:
            periods_per_year: 1 to 366; 12 for monthly flows.

        Returns:
            A share with `digits` decimals. It is that many times the rounded rate, so
            ask for two digits more than you mean to print.

        Raises:
            InputTypeError: If the number is not an `int`.
            LimitError: If it is below 1 or above 366.
            InputValueError: If the rate is a yearly one already.

        Example:
            >>> from loanmath.yields import irr
            >>> irr(["-1000"] + ["341"] * 3, digits=6).simple_annual(12)
            Decimal('0.137472')

        Source: 12 times the monthly rate is the "simple" (单利) annual rate of the
        People's Bank of China, Announcement [2021] No. 3, and the APR of level loans
        elsewhere; recalled, not checked against the text.
        """
        units = self._periodic_units(periods_per_year)
        return from_units(units * periods_per_year, self.digits)

    def effective_annual(
        self, periods_per_year: int, *, digits: int | None = None
    ) -> Decimal:
        """
        Return the yearly rate that the rate compounds to (实际年利率, 复利年化).

        Formula: `(1 + value) ** periods_per_year - 1`, computed exactly from the
        rounded `value` and rounded half-up once. Since it starts from the rounded rate,
        the last digits need not be those of the flows: ask `irr` for several more.

        Args:
            periods_per_year: 1 to 366; 12 for monthly flows.
            digits: Decimals of the result, 1 to 15; those of the rate by default.

        Returns:
            The share, with exactly `digits` decimals.

        Raises:
            InputTypeError: If a number is not an `int`.
            LimitError: If one is out of range, or the result is above 1,000,000 %.
            InputValueError: If the rate is a yearly one already.

        Example:
            >>> from loanmath.yields import irr
            >>> monthly = irr(["-10000"] + ["893.3333333333"] * 12)
            >>> monthly.effective_annual(12, digits=4)
            Decimal('0.1384')
        """
        units = self._periodic_units(periods_per_year)
        wanted = self.digits if digits is None else to_digits(digits, 1)
        one = int(10**self.digits)
        whole = one**periods_per_year
        grown = (one + units) ** periods_per_year - whole
        if grown > _HIGHEST * whole:
            raise LimitError(
                "effective annual rate",
                got=f"{self} for {periods_per_year} periods",
                allowed="at most 1,000,000 %",
            )
        scaled = divide(grown * int(10**wanted), whole, RoundingMode.HALF_UP)
        return from_units(scaled, wanted)

    def _periodic_units(self, periods_per_year: int) -> int:
        to_count(periods_per_year, "periods_per_year", _MAX_PERIODS)
        if self.per != "period":
            raise InputValueError(
                "rate", got=str(self), allowed="a rate per period", do="use its value"
            )
        return decimal_parts(self.value, "value")[0]


def to_digits(digits: object, least: int) -> int:
    """
    Return a number of decimals from `least` to 15.

    Raises:
        InputTypeError: If it is not exactly an `int`.
        LimitError: If it is out of range.

    Example:
        >>> to_digits(6, 1)
        6
    """
    if type(digits) is not int:
        raise InputTypeError("digits", got=digits, allowed="int")
    if not least <= digits <= 15:
        raise LimitError("digits", got=digits, allowed=f"{least} to 15")
    return digits
