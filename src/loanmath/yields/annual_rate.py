"""Annual rates by the convention of a law or a market, every digit proved."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from loanmath.currency import amount_text, from_units
from loanmath.doors import decimal_parts
from loanmath.errors import FlowsError
from loanmath.rounding import RoundingMode, divide
from loanmath.yields.annual_equation import AnnualEquation, CashFlows, annual_equation
from loanmath.yields.certificate import Certificate, to_digits
from loanmath.yields.convention import Quoted, RateConvention

__all__ = ["AnnualRate", "apr"]

_VALUE_DIGITS = 10


@frozen
class AnnualRate:
    """
    A certified annual rate under a convention (年化利率).

    Attributes:
        value: The rate as a share, rounded half-up (ties away from zero), with exactly
            `digits` decimals: `Decimal("0.09685708")` is 9.685708 %.
        digits: The decimals of `value`, every one of them proved.
        convention: How time was counted and the rate quoted.
        certificate: The proof.
        period: The unit-period in which the flows were counted.
        periods_per_year: How many of them a year has.

    Example:
        >>> from loanmath.yields import US_REG_Z
        >>> rate = apr(["-5000"] + ["230"] * 24, US_REG_Z, every="monthly")
        >>> print(rate)
        9.69% a year, nominal (US Regulation Z)
    """

    value: Decimal
    digits: int
    convention: RateConvention
    certificate: Certificate
    period: str
    periods_per_year: Fraction
    _terms: AnnualEquation = field(repr=False, eq=False)

    @property
    def percent(self) -> Decimal:
        """
        The rate in percent: the same digits, the point moved by two.

        Example:
            >>> from datetime import date
            >>> from loanmath.yields import XIRR
            >>> flows = [(date(2025, 1, 1), -100), (date(2026, 1, 1), 110)]
            >>> apr(flows, XIRR, digits=6).percent
            Decimal('10.0000')
        """
        return _percent(self.value, self.digits)

    @property
    def shown(self) -> Decimal:
        """
        The percentage with the decimals of the convention, half-up, proved anew.

        Example:
            >>> from datetime import date
            >>> from loanmath.yields import EU_APRC
            >>> flows = [(date(2012, 1, 1), -10_000), (date(2013, 1, 1), 10_505)]
            >>> apr(flows, EU_APRC).shown
            Decimal('5.1')
        """
        return self.at(self.convention.decimals)

    def at(self, decimals: int) -> Decimal:
        """
        Return the percentage with so many decimals, half-up, proved anew.

        Rounding `percent` again could round a digit twice; this does not.

        Args:
            decimals: Decimals of the percentage, 0 to 13.

        Raises:
            InputTypeError: If it is not an `int`.
            LimitError: If it is out of range.

        Example:
            >>> from loanmath.yields import EU_APRC
            >>> apr(["-6000"] + ["149.31"] * 48, EU_APRC, every="monthly").at(6)
            Decimal('9.380593')
        """
        to_digits(decimals, 0)
        digits = to_digits(decimals + 2, 2)
        return _percent(self._terms.solve(digits).rate, digits)

    @property
    def residual(self) -> Decimal:
        """
        What the flows are worth at `value`, in their unit, with ten decimals.

        Example:
            >>> from loanmath.yields import CN_SIMPLE
            >>> apr([-100, 101], CN_SIMPLE, every="monthly").residual
            Decimal('0E-10')
        """
        return self._worth(Fraction(self.value))

    def net_value(self, percent: str | int | Decimal) -> Decimal:
        """
        Return what the flows are worth at another annual rate, with ten decimals.

        Formula: the left side of the equation at `percent`, at the time of the first
        flow; under the United States Rule what is overpaid at the end.

        Args:
            percent: An annual rate in percent, quoted as the convention says.

        Raises:
            InputTypeError: If the rate is of another type.
            InputValueError: If it is not a number, or not above -100 % a period.

        Example:
            >>> from loanmath.yields import US_REG_Z
            >>> rate = apr([-1000, 560, 560], US_REG_Z, every="monthly")
            >>> rate.net_value(12)
            Decimal('103.4212332124')
        """
        coefficient, exponent = decimal_parts(percent, "percent")
        share = Fraction(coefficient) * Fraction(10) ** (exponent - 2)
        if share <= -self.certificate.multiple:
            raise FlowsError(
                "percent", got=percent, allowed="an annual rate above -100 % a period"
            )
        return self._worth(share)

    def _worth(self, share: Fraction) -> Decimal:
        scaled = self._terms.value(share) * 10**_VALUE_DIGITS
        units = divide(scaled.numerator, scaled.denominator, RoundingMode.HALF_EVEN)
        return from_units(units, _VALUE_DIGITS)

    @property
    def equation(self) -> str:
        """
        The equation that was solved, in words.

        Example:
            >>> from loanmath.yields import IN_KFS
            >>> apr([-100, 60, 60], IN_KFS, every="monthly").equation[:38]
            '0 = sum of amount / (1 + rate) ** (per'
        """
        terms = self.certificate.equation
        if self.convention.quoted is Quoted.EFFECTIVE:
            return f"{terms}; time in years, the rate is yearly"
        return (
            f"{terms}; unit-period: {self.period}; annual rate = "
            f"{self.periods_per_year} * rate"
        )

    def __str__(self) -> str:
        decimals = self.convention.decimals
        units, _ = decimal_parts(self.shown, "percent")
        return (
            f"{amount_text(units, decimals, separator='')}% a year, "
            f"{self.convention.quoted.value} ({self.convention.name})"
        )


def _percent(share: Decimal, digits: int) -> Decimal:
    units, _ = decimal_parts(share, "rate")
    return from_units(units * int(10 ** max(2 - digits, 0)), max(digits - 2, 0))


def apr(
    flows: CashFlows,
    convention: RateConvention | str,
    *,
    digits: int = 8,
    every: Any = None,
) -> AnnualRate:
    """
    Return the annual rate of cash flows under a convention, every digit proved.

    Formula: the root of the convention's equation of value, times the periods of a year
    where it is quoted as nominal. Where flows change sign more than once the rate is
    given only if it is proved to be the one positive rate.

    Args:
        flows: (date, amount) pairs in any order, such as `Schedule.cash_flows()`; a
            `Schedule` itself; or amounts without dates, one step apart. Advances have
            the sign of the first flow, payments the other. At most 10,000.
        convention: How time is counted and the rate quoted, such as `US_REG_Z`, or its
            name in `RATE_CONVENTIONS`.
        digits: Decimals of the rate as a share, 2 to 15.
        every: The step between amounts without dates: `"monthly"`, `MONTHLY`, `"P2W"`.

    Returns:
        The rate with its certificate; from -99 % a period to 1,000,000 % a year.

    Raises:
        NoSignChangeError: If all flows have one sign: no rate fits.
        NotUniqueError: If several rates may fit; the message says where.
        RateOutOfRangeError: If the rate is out of range.
        FlowsError: If there are no flows or too many, they cancel or all fall on one
            day, an advance comes last, dates and `every` contradict each other, or the
            convention does not cover them; the message names one that does.
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If an amount is not a finite number.
        DateRangeError: If a date is outside 1900 to 2200.
        LimitError: If a number has too many digits.
        UnknownNameError: If no convention has the name.

    Example:
        >>> from loanmath.yields import CN_EFFECTIVE, CN_SIMPLE
        >>> flows = ["-99000"] + ["8833.3"] * 12
        >>> print(apr(flows, CN_SIMPLE, every="monthly"))
        12.80% a year, nominal (China, simple)
        >>> apr(flows, "cn-effective", every="monthly").shown
        Decimal('13.58')

    中文: 年化利率. ACTUS has none.

    Source: Each convention states its own.
    """
    to_digits(digits, 2)
    terms = annual_equation(flows, convention, every=every)
    proof = terms.solve(digits)
    return AnnualRate(
        proof.rate,
        digits,
        terms.convention,
        proof,
        terms.period,
        terms.periods_per_year,
        terms,
    )
