"""Unit-periods of Regulation Z: whole ones counted back, and parts of one in days."""

from datetime import date
from fractions import Fraction
from functools import cache

from attrs import frozen

from loanmath.recurrence import Step, is_month_end, shift_months
from loanmath.yields.timing.periods import (
    YEAR,
    PeriodUnit,
    UnitPeriod,
    anchor_day,
    common_period,
    days_aimed_at,
    period_of_step,
)
from loanmath.yields.timing.rule import FlowDates, Timing, timing_even, timing_of

__all__ = ["UnitPeriods", "months_back"]

_DAYS_IN_YEAR = 365


@frozen
class UnitPeriods:
    """
    Time in the unit-period that is common to the transaction (单位期间).

    Formula: whole unit-periods are counted back from each flow toward the first one;
    the rest is a part of one: months left and odd days over 30 a month, odd days over
    15 (a semimonth), days over the days of the unit-period (weeks), months over 12
    where they are exact or else days over 365 (a year). A single advance with a single
    payment has its term for a unit-period, up to a year.

    Dates that aim at a day which February lacks are its last day: flows are taken to
    aim at the latest day of the month that any of them has.

    Example:
        >>> days = [date(1978, 3, 20)] + [date(1978, 4, day) for day in (14, 21, 28)]
        >>> UnitPeriods().measure(FlowDates(days, [True, False, False, False]))[:3]
        ([0, 3, 4, 5], [0, 4, 4, 4], 7)

    Source: 12 CFR 1026 (Regulation Z), Appendix J (b)(2) to (b)(5); the fractions are
    seen in its examples, the choice of the unit-period is recalled.
    """

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, counted from the first day.

        Example:
            >>> days = [date(1978, 7, 15), date(1979, 1, 15)]
            >>> UnitPeriods().measure(FlowDates(days, [True, False])).period
            '6 months'
        """
        if flows.are_monthly:
            return self.measure_even(len(flows.days), Step(months=1))
        start, days = flows.start, flows.days
        aims = days_aimed_at(flows, start.day)
        period = _unit_period(flows, aims)
        if period.unit is PeriodUnit.SEMIMONTH:
            latest = anchor_day(day for day in days if day > start)
            times = [_semimonth(start, day, latest) for day in days]
        elif period.unit is PeriodUnit.MONTH:
            times = [
                _months(start, day, aim, period.size)
                for day, aim in zip(days, aims, strict=True)
            ]
        else:
            length = period.size * (7 if period.unit is PeriodUnit.WEEK else 1)
            gaps = [(day - start).days for day in days]
            times = [(gap // length, Fraction(gap % length, length)) for gap in gaps]
        return timing_of(times, period.per_year, str(period))

    def measure_even(self, count: int, every: Step) -> Timing:
        """
        Return when flows without dates are, one step after the other.

        Example:
            >>> UnitPeriods().measure_even(3, Step(months=3)).per_year
            Fraction(4, 1)
        """
        period = period_of_step(every)
        stride = Fraction(1)
        if period == YEAR:
            months = Fraction(every.months, YEAR.size)
            stride = months or Fraction(every.days, _DAYS_IN_YEAR)
        return timing_even(count, stride, period.per_year, str(period))


def _unit_period(flows: FlowDates, aims: list[int]) -> UnitPeriod:
    if not flows.is_single:
        return common_period(flows)
    start, end = flows.start, max(flows.days)
    months, odd = months_back(start, end, aims[flows.days.index(end)])
    if months > YEAR.size or (months == YEAR.size and odd):
        return YEAR
    if odd:
        return UnitPeriod((end - start).days, PeriodUnit.DAY)
    return UnitPeriod(max(months, 1), PeriodUnit.MONTH)


def months_back(start: date, end: date, anchor: int) -> tuple[int, int]:
    """
    Return the whole months counted back from `end`, and the odd days before them.

    Args:
        start: The earlier day.
        end: The later day; on the last day of a month it aims at the anchor.
        anchor: The day of the month that dates aim at, where a month has it.

    Example:
        >>> months_back(date(1978, 1, 10), date(1978, 3, 1), 1)
        (1, 22)
        >>> months_back(date(2026, 1, 30), date(2026, 2, 28), 30)
        (1, 0)
    """
    aim = max(anchor, end.day) if is_month_end(end) else end.day
    months = 12 * (end.year - start.year) + end.month - start.month
    back = shift_months(end, -months, roll_day=aim)
    if back < start:
        months -= 1
        back = shift_months(end, -months, roll_day=aim)
    return months, back.toordinal() - start.toordinal()


def _months(start: date, day: date, aim: int, count: int) -> tuple[int, Fraction]:
    months, odd = months_back(start, day, aim)
    wholes, left = divmod(months, count)
    if count == YEAR.size and odd:
        rest = shift_months(day, -count * wholes, roll_day=aim) - start
        return wholes, Fraction(rest.days, _DAYS_IN_YEAR)
    return wholes, _part(30 * left + odd, 30 * count)


@cache
def _part(days: int, of: int) -> Fraction:
    return Fraction(days, of)


def _semimonth(start: date, day: date, latest: int) -> tuple[int, Fraction]:
    """Return the time on the grid of two days a month that the flow lies on."""
    if day == start:
        return 0, Fraction(0)
    aim = max(day.day, latest) if is_month_end(day) else day.day
    first = aim if aim <= 15 else 15 if aim >= 30 else aim - 15
    second = first + 15 if first < 15 else max(latest, 30)
    grid = min(
        found
        for months in (0, 1)
        for roll in (first, second)
        if (found := shift_months(start, months, roll_day=roll)) >= start
    )
    steps = _half_months(day, first) - _half_months(grid, first)
    return steps, Fraction((grid - start).days, 15)


def _half_months(day: date, first: int) -> int:
    return 2 * (12 * day.year + day.month) + (day.day > first)
