"""Cash flows under a convention, as an equation in the annual rate."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter, lt
from typing import Any, NamedTuple, Protocol, TypeAlias

from loanmath.errors import FlowsError
from loanmath.recurrence import Step
from loanmath.yields.certificate import Certificate
from loanmath.yields.convention import Accumulation, Quoted, RateConvention
from loanmath.yields.conventions import to_convention
from loanmath.yields.equation import Equation
from loanmath.yields.flows import Amounts, DatedAmounts, Flows, read_flows
from loanmath.yields.internal_rate import (
    equation_of,
    refuse_one_day,
    solve,
    uniqueness_of,
)
from loanmath.yields.rate_equation import RateEquation
from loanmath.yields.rule_equation import RuleEquation
from loanmath.yields.sign import Sign, changes_or_refuse
from loanmath.yields.timing import ActualDays, FlowDates, Timing
from loanmath.yields.unit_period_equation import UnitPeriodEquation

__all__ = ["AnnualEquation", "CashFlows", "HasCashFlows", "annual_equation"]


class HasCashFlows(Protocol):
    """Whatever has dated cash flows, such as a `Schedule`."""

    def cash_flows(self) -> Iterable[tuple[date, Decimal]]:
        """Return (date, amount) pairs."""
        ...


CashFlows: TypeAlias = Amounts | DatedAmounts | HasCashFlows
"""Dated amounts, amounts one step apart, or what has cash flows."""


class AnnualEquation(NamedTuple):
    """
    The equation of value of cash flows, in an annual rate quoted by a convention.

    `terms` is the equation in the rate of a unit-period, `multiple` times which is the
    annual rate; amounts are in units of `10**exponent`.
    """

    convention: RateConvention
    terms: RateEquation
    multiple: Fraction
    period: str
    periods_per_year: Fraction
    exponent: int

    def solve(self, digits: int) -> Certificate:
        """
        Return the proof of the annual rate, as a share of so many decimals.

        Example:
            >>> from loanmath.yields import CN_SIMPLE
            >>> annual_equation([-100, 101], CN_SIMPLE, every="monthly").solve(2).rate
            Decimal('0.12')
        """
        return solve(self.terms, digits, self.multiple)

    def sign_at(self, share: Fraction) -> Sign:
        """
        Return the sign of the value at an annual rate above -100 % a period.

        Raises:
            NotUniqueError: If several rates may fit, so that a sign tells nothing.
            NoSignChangeError: If none does.

        Example:
            >>> from loanmath.yields import CN_SIMPLE
            >>> flows = annual_equation([-100, 101], CN_SIMPLE, every="monthly")
            >>> flows.sign_at(Fraction(12, 100)), flows.sign_at(Fraction(13, 100)).name
            (<Sign.ZERO: 0>, 'NEGATIVE')
        """
        uniqueness_of(self.terms, self.multiple)
        period = share / self.multiple
        return self.terms.sign_at(*period.as_integer_ratio())[0]

    def value(self, share: Fraction) -> Fraction:
        """
        Return what the flows are worth at an annual rate, good to some thirty digits.

        Example:
            >>> from loanmath.yields import CN_SIMPLE
            >>> flows = annual_equation(["-1", "1.02"], CN_SIMPLE, every="monthly")
            >>> float(flows.value(Fraction(24, 100)))
            0.0
        """
        worth = self.terms.value(share / self.multiple) * self.terms.common
        return worth * Fraction(10) ** self.exponent


def annual_equation(
    flows: CashFlows, convention: RateConvention | str, *, every: Any = None
) -> AnnualEquation:
    """
    Return the equation of cash flows under a convention; arguments are those of `apr`.

    Raises:
        FlowsError: If there are no flows or too many, they cancel or all fall on one
            day, an advance comes last, dates and `every` contradict each other, or the
            convention does not cover them; the message names one that does.
        NoSignChangeError: If all flows have one sign: no rate fits.
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If an amount is not a finite number.
        DateRangeError: If a date is outside 1900 to 2200.
        LimitError: If a number has too many digits.
        UnknownNameError: If no convention has the name.

    Example:
        >>> from loanmath.yields import CN_SIMPLE
        >>> annual_equation([-100, 60, 60], CN_SIMPLE, every="monthly").multiple
        Fraction(12, 1)
    """
    rule = to_convention(convention)
    given = read_flows(_flows_of(flows))
    netted = given.netted()
    count = len(netted.amounts) - netted.amounts.count(0)
    if count < 2:
        refuse_one_day(given, count)
    _refuse_last_advance(netted.amounts)
    period, per_year, terms = _counted(netted, rule, every)
    multiple = per_year if rule.quoted is Quoted.NOMINAL else Fraction(1)
    return AnnualEquation(rule, terms, multiple, period, per_year, given.exponent)


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
