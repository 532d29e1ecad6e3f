"""Unit-periods of Regulation Z: whole ones counted back, and parts of one in days."""

from datetime import date
from fractions import Fraction

from attrs import frozen

from loanmath.recurrence import Step, is_month_end, shift_months
from loanmath.yields.timing.periods import (
    YEAR,
    PeriodUnit,
    UnitPeriod,
    anchor_day,
    common_period,
    period_of_step,
)
from loanmath.yields.timing.rule import FlowDates, Timing, timing_of

__all__ = ["UnitPeriods", "months_back"]


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
        start, anchor = flows.start, anchor_day(flows.days)
        period = _unit_period(flows, anchor)
        if period.unit is PeriodUnit.SEMIMONTH:
            times = [_semimonth(start, day) for day in flows.days]
        elif period.unit is PeriodUnit.MONTH:
            times = [_months(start, day, anchor, period.size) for day in flows.days]
        else:
            length = period.size * (7 if period.unit is PeriodUnit.WEEK else 1)
            gaps = [(day - start).days for day in flows.days]
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
        stride = Fraction(every.months, YEAR.size) if period == YEAR else Fraction(1)
        times = [(0, stride * k) for k in range(count)]
        return timing_of(times, period.per_year, str(period))


def _unit_period(flows: FlowDates, anchor: int) -> UnitPeriod:
    advances, payments = flows.of_advances(), flows.of_payments()
    if len(advances) > 1 or len(payments) != 1:
        return common_period(flows)
    start, end = flows.start, max(flows.days)
    months, odd = months_back(start, end, anchor)
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
        end: The later day; at a month's end it aims at the anchor.
        anchor: The day of the month that dates aim at, where a month has it.

    Example:
        >>> months_back(date(1978, 1, 10), date(1978, 3, 1), 1)
        (1, 22)
        >>> months_back(date(2026, 1, 30), date(2026, 2, 28), 30)
        (1, 0)
    """
    months = 12 * (end.year - start.year) + end.month - start.month
    if _back(end, months, anchor) < start:
        months -= 1
    return months, (_back(end, months, anchor) - start).days


def _back(day: date, months: int, anchor: int) -> date:
    aim = anchor if is_month_end(day) and anchor > day.day else day.day
    return shift_months(day, -months, roll_day=aim)


def _months(start: date, day: date, anchor: int, count: int) -> tuple[int, Fraction]:
    months, odd = months_back(start, day, anchor)
    wholes, left = divmod(months, count)
    if count == YEAR.size and odd:
        rest = _back(day, count * wholes, anchor) - start
        return wholes, Fraction(rest.days, 365)
    return wholes, Fraction(30 * left + odd, 30 * count)


def _semimonth(start: date, day: date) -> tuple[int, Fraction]:
    """Return the time on the grid of two days a month that the flow lies on."""
    first = 15 if is_month_end(day) else day.day if day.day <= 15 else day.day - 15
    days = [first, 31 if first == 15 else first + 15]
    grid = min(
        found
        for months in (0, 1)
        for aim in days
        if (found := shift_months(start, months, roll_day=aim)) >= start
    )
    steps = _half_months(day, first) - _half_months(grid, first)
    return steps, Fraction((grid - start).days, 15)


def _half_months(day: date, first: int) -> int:
    return 2 * (12 * day.year + day.month) + (day.day > first)
