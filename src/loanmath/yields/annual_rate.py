"""Annual rates by the convention of a law or a market, every digit proved."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter, lt
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

from loanmath.currency import amount_text, from_units
from loanmath.doors import decimal_parts
from loanmath.errors import FlowsError
from loanmath.recurrence import Step
from loanmath.rounding import RoundingMode, divide
from loanmath.yields.certificate import Certificate, to_digits
from loanmath.yields.convention import Accumulation, Quoted, RateConvention
from loanmath.yields.conventions import to_convention
from loanmath.yields.equation import Equation
from loanmath.yields.flows import Amounts, DatedAmounts, Flows, read_flows
from loanmath.yields.internal_rate import equation_of, refuse_one_day, solve
from loanmath.yields.rate_equation import RateEquation
from loanmath.yields.rule_equation import RuleEquation
from loanmath.yields.sign import changes_or_refuse
from loanmath.yields.timing import ActualDays, FlowDates, Timing
from loanmath.yields.unit_period_equation import UnitPeriodEquation

__all__ = ["AnnualRate", "HasCashFlows", "apr"]

_VALUE_DIGITS = 10


class HasCashFlows(Protocol):
    """Whatever has dated cash flows, such as a `Schedule`."""

    def cash_flows(self) -> Iterable[tuple[date, Decimal]]:
        """Return (date, amount) pairs."""
        ...


CashFlows: TypeAlias = Amounts | DatedAmounts | HasCashFlows
"""Dated amounts, amounts one step apart, or what has cash flows."""


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
    _exponent: int = field(repr=False, eq=False)

    @property
    def percent(self) -> Decimal:
        """
        The rate in percent: the same digits, the point moved by two.

        Example:
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
        proof = solve(self.certificate.terms, digits, self.certificate.multiple)
        return _percent(proof.rate, digits)

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
        terms = self.certificate.terms
        exact = terms.value(share / self.certificate.multiple) * terms.common
        scaled = exact * Fraction(10) ** (self._exponent + _VALUE_DIGITS)
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
    rule = to_convention(convention)
    to_digits(digits, 2)
    given = read_flows(_flows_of(flows))
    netted = given.netted()
    count = len(netted.amounts) - netted.amounts.count(0)
    if count < 2:
        refuse_one_day(given, count)
    _refuse_last_advance(netted.amounts)
    period, per_year, equation = _counted(netted, rule, every)
    multiple = per_year if rule.quoted is Quoted.NOMINAL else Fraction(1)
    proof = solve(equation, digits, multiple)
    exponent = given.exponent
    return AnnualRate(proof.rate, digits, rule, proof, period, per_year, exponent)


def _flows_of(flows: Any) -> Any:
    if hasattr(type(flows), "cash_flows"):
        return flows.cash_flows()
    return flows


def _refuse_last_advance(amounts: Sequence[int]) -> None:
    first = amounts[0] or next(filter(None, amounts), 0)
    last = amounts[-1] or next(filter(None, reversed(amounts)), 0)
    if (first > 0) is (last > 0):
        changes_or_refuse(amounts)
        raise FlowsError(
            "flows",
            got="an advance after the last payment (it has the sign of the first flow)",
            allowed="a payment last",
            do="leave the advance out, or add what repays it",
        )


def _counted(
    given: Flows, rule: RateConvention, every: Any
) -> tuple[str, Fraction, RateEquation]:
    """Return the name of the unit-period, how many a year has, and the equation."""
    if given.first is None:
        if every is None:
            raise FlowsError(
                "flows",
                got="amounts without dates",
                allowed="(date, amount) pairs, or every=... with amounts",
                do='say how far apart they are, such as every="monthly"',
            )
        timing = rule.timing.measure_even(len(given.times), Step.of(every))
        return timing.period, timing.per_year, _equation(given, timing, rule)
    if every is not None:
        raise FlowsError(
            "every",
            got=every,
            allowed="nothing where the flows have dates",
            do="leave it out",
        )
    if type(rule.timing) is ActualDays and rule.accumulation is Accumulation.COMPOUND:
        # The days were counted at the door.
        return ActualDays.PERIOD, Fraction(1), equation_of(given)
    start = given.first.toordinal()
    days = [date.fromordinal(start + time) for time in given.times]
    advance = given.amounts[0] > 0
    timing = rule.timing.measure(
        FlowDates(days, [(amount > 0) is advance for amount in given.amounts])
    )
    return timing.period, timing.per_year, _equation(given, timing, rule)


def _equation(given: Flows, timing: Timing, rule: RateConvention) -> RateEquation:
    wholes, parts, unit = timing.wholes, timing.parts, timing.of
    if rule.accumulation is Accumulation.SIMPLE_PARTS and any(parts):
        flows = zip(wholes, parts, given.amounts, strict=True)
        return UnitPeriodEquation.netted(flows, unit)
    times = wholes
    if unit > 1:
        times = [unit * k + part for k, part in zip(wholes, parts, strict=True)]
    if rule.quoted is Quoted.EFFECTIVE:
        above, below = timing.per_year.as_integer_ratio()
        times = [time * below for time in times]
        unit *= above
    if rule.accumulation is Accumulation.WHEN_PAID:
        # In order of time; of one time, in that of the days.
        kept = sorted(zip(times, given.amounts, strict=True), key=itemgetter(0))
        kept = [(time, amount) for time, amount in kept if amount]
        times, amounts = map(list, zip(*kept, strict=True))
        return RuleEquation.ordered(times, amounts, unit)
    if all(map(lt, times, times[1:])):
        return Equation.ordered(times, given.amounts, unit)
    return Equation.netted(zip(times, given.amounts, strict=True), unit)
