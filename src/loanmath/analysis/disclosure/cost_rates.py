"""The yearly rates of what is disclosed, and the time that they are counted in."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from loanmath.errors import FlowsError
from loanmath.schedule import CashFlow
from loanmath.yields import (
    AnnualRate,
    RateConvention,
    UnitPeriods,
    apr,
)
from loanmath.yields.timing import FlowDates, Timing
from loanmath.yields.timing.periods import anchor_day
from loanmath.yields.timing.rule import timing_of
from loanmath.yields.timing.unit_periods import months_back

__all__ = ["StatedPeriods", "counted_alike", "yearly_rate"]

_MONTHS = 12


@frozen
class StatedPeriods(UnitPeriods):
    """
    Time in unit-periods of a stated length, whatever flows there are.

    Formula: whole months counted back from the later day and odd days over 30, times
    the periods of a year over 12; where periods are no months, days times the periods
    of a year over 365, or over 364 for weeks.

    Attributes:
        per_year: How many of them a year has.
        in_weeks: Whether they are weeks.
        anchor: The day of the month that dates aim at.

    Example:
        >>> from datetime import date
        >>> days = [date(2026, 1, 15), date(2026, 3, 25)]
        >>> monthly = StatedPeriods(Fraction(12), False, 25)
        >>> monthly.measure(FlowDates(days, [True, False]))[:3]
        ([0, 2], [0, 1], 3)
    """

    per_year: Fraction
    in_weeks: bool
    anchor: int

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, counted from the first day.

        Example:
            >>> from datetime import date
            >>> days = [date(2026, 1, 15), date(2026, 1, 29)]
            >>> weekly = StatedPeriods(Fraction(52), True, 29)
            >>> weekly.measure(FlowDates(days, [True, False])).wholes
            [0, 2]
        """
        start, each = flows.start, self.per_year / _MONTHS
        if 1 in (each.numerator, each.denominator):
            counted = [months_back(start, day, self.anchor) for day in flows.days]
            times = [(months + Fraction(odd, 30)) * each for months, odd in counted]
        else:
            year = 364 if self.in_weeks else 365
            times = [(day - start).days * self.per_year / year for day in flows.days]
        return timing_of([(0, time) for time in times], self.per_year, "stated")


def yearly_rate(flows: Sequence[CashFlow], convention: RateConvention) -> AnnualRate:
    """
    Return the yearly rate of flows, also where they are not whole periods apart.

    A convention of whole periods (`CN_SIMPLE`, `CN_EFFECTIVE`, `IN_KFS`) does not cover
    such flows: there time is counted in months and odd days over 30, and the convention
    of the rate says so.

    Raises:
        SolverError: If no rate can be proved for the flows.

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> from loanmath.yields import CN_SIMPLE
        >>> days = [date(2026, 1, 15), date(2026, 2, 25), date(2026, 3, 25)]
        >>> amounts = [Decimal(-100), Decimal(51), Decimal(51)]
        >>> flows = [CashFlow(*flow) for flow in zip(days, amounts, strict=True)]
        >>> print(yearly_rate(flows, CN_SIMPLE))
        13.04% a year, nominal (China, simple, odd days over 30)
    """
    try:
        return apr(flows, convention)
    except FlowsError:
        return apr(flows, _by_months(convention, flows))


def _by_months(convention: RateConvention, flows: Sequence[CashFlow]) -> RateConvention:
    anchor = anchor_day([on for on, _ in flows])
    return evolve(
        convention,
        name=f"{convention.name}, odd days over 30",
        timing=StatedPeriods(Fraction(_MONTHS), False, anchor),
        recalled=True,
        note="no text says how a part of a month counts",
    )


def counted_alike(rate: AnnualRate, flows: Sequence[CashFlow]) -> RateConvention:
    """
    Return the convention of a rate, its unit-period kept for other flows.

    A convention that finds its unit-period in the flows would count a part of them, or
    the same ones paid late, in another.

    Args:
        rate: The rate.
        flows: The flows that dates are taken from.

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> from loanmath.yields import CN_SIMPLE
        >>> flows = [CashFlow(date(2026, 1, 15), Decimal(-100)),
        ...     CashFlow(date(2027, 1, 15), Decimal(112))]
        >>> counted_alike(apr(flows, CN_SIMPLE), flows).timing.per_year
        Fraction(1, 1)
    """
    timing = StatedPeriods(
        rate.periods_per_year,
        "week" in rate.period,
        anchor_day([on for on, _ in flows]),
    )
    return evolve(rate.convention, timing=timing)
