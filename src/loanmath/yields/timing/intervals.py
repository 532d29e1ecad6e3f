"""Time in years as the European Union and the United Kingdom count it."""

from datetime import date, timedelta
from fractions import Fraction

from attrs import frozen

from loanmath.recurrence import Step, is_month_end, shift_months
from loanmath.yields.timing.periods import (
    YEAR,
    PeriodUnit,
    UnitPeriod,
    common_period,
    days_aimed_at,
    period_of_step,
    whole_months,
)
from loanmath.yields.timing.rule import FlowDates, Timing, timing_even, timing_in_years

__all__ = ["BackwardIntervals", "ForwardIntervals"]

_WEEKS_IN_YEAR = 52
_DAYS_IN_YEAR = 365
_MONTH_END = 31


@frozen
class BackwardIntervals:
    """
    Years, months or weeks counted back from the later date, then days (倒数计期).

    Formula: `wholes / 1`, `wholes / 12` or `wholes / 52` of a year, and odd days over
    the days of the year that ends where they end: 366 if a 29 February lies in it. All
    months are equal. The unit is that of the common period of the flows; a credit that
    is repaid at once takes years, months or weeks where it lasts whole ones, else
    years.

    Example:
        >>> rule = BackwardIntervals()
        >>> rule.between(date(2012, 12, 1), date(2013, 2, 2), Step(months=1))
        Fraction(31, 183)

    Source: Directive 2008/48/EC, Annex I, remarks; Commission Staff Working Document
    SWD(2012) 128, section 4.1.1, whose thirteen intervals are tests.
    """

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, in years from the first day.

        Example:
            >>> days = [date(2012, 10, 10), date(2012, 11, 10), date(2012, 12, 10)]
            >>> BackwardIntervals().measure(FlowDates(days, [True, False, False])).of
            12
        """
        if flows.are_monthly:
            return _even(len(flows.days), Step(months=1))
        start, step = flows.start, _step_of(flows)
        years = [
            _backward(start, day, step, aim)
            for day, aim in zip(flows.days, days_aimed_at(flows, 1), strict=True)
        ]
        return timing_in_years(years, _named(step))

    def measure_even(self, count: int, every: Step) -> Timing:
        """
        Return when flows without dates are, one step after the other.

        Example:
            >>> BackwardIntervals().measure_even(3, Step(months=3)).parts
            [0, 1, 2]
        """
        return _even(count, every)

    def between(self, start: date, end: date, every: Step) -> Fraction:
        """
        Return the years between two days, counted in whole steps and odd days.

        Args:
            start: The earlier day.
            end: The later day, from which steps are counted back.
            every: Years, months, or weeks; days count the year's days alone.

        Example:
            >>> rule = BackwardIntervals()
            >>> rule.between(date(2012, 1, 12), date(2012, 2, 15), Step(months=12))
            Fraction(34, 365)
        """
        return _backward(start, end, every, end.day)


@frozen
class ForwardIntervals:
    """
    Months or weeks counted on from the first date, then days by their year (正数计期).

    Formula: `wholes / 12` or `wholes / 52` of a year, and each odd day 1/365 or 1/366
    of the year it falls in. A month's end to a month's end is whole months.

    Example:
        >>> rule = ForwardIntervals()
        >>> rule.between(date(2023, 12, 15), date(2024, 2, 29), Step(months=1))
        Fraction(25, 122)

    Source: a published reading of CONC App 1.2 (Financial Conduct Authority); the
    handbook's text was not seen.
    """

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, in years from the first day.

        Example:
            >>> days = [date(2025, 1, 31), date(2025, 2, 28)]
            >>> ForwardIntervals().measure(FlowDates(days, [True, False])).parts
            [0, 1]
        """
        if flows.are_monthly:
            return _even(len(flows.days), Step(months=1))
        start, step = flows.start, _step_of(flows)
        years = [_forward(start, day, step) for day in flows.days]
        return timing_in_years(years, _named(step))

    def measure_even(self, count: int, every: Step) -> Timing:
        """
        Return when flows without dates are, one step after the other.

        Example:
            >>> ForwardIntervals().measure_even(3, Step(days=7)).of
            52
        """
        return _even(count, every)

    def between(self, start: date, end: date, every: Step) -> Fraction:
        """
        Return the years between two days, counted in whole steps and odd days.

        Args:
            start: The earlier day, from which steps are counted on.
            end: The later day.
            every: Years, months, or weeks; days count the days of each year alone.

        Example:
            >>> rule = ForwardIntervals()
            >>> rule.between(date(2024, 1, 12), date(2024, 1, 30), Step(days=7))
            Fraction(235, 4758)
        """
        return _forward(start, end, every)


def _step_of(flows: FlowDates) -> Step:
    """Return years, months or weeks: the unit in which the flows are counted."""
    if not flows.is_single:
        return _step_in(common_period(flows))
    start, end = flows.start, max(flows.days)
    months = whole_months(start, end)
    if months and months % YEAR.size:
        return Step(months=1)
    if not months and (end - start).days % 7 == 0:
        return Step(days=7)
    return Step(months=YEAR.size)


def _step_in(period: UnitPeriod) -> Step:
    if period.unit is PeriodUnit.WEEK:
        return Step(days=7)
    if period == YEAR or period.unit is PeriodUnit.DAY:
        return Step(months=YEAR.size)
    return Step(months=1)


def _named(step: Step) -> str:
    return str(period_of_step(step))


def _even(count: int, every: Step) -> Timing:
    stride = (
        Fraction(every.months, YEAR.size)
        if every.months
        else Fraction(every.days, 7 * _WEEKS_IN_YEAR)
        if every.days % 7 == 0
        else Fraction(every.days, _DAYS_IN_YEAR)
    )
    return timing_even(count, stride, Fraction(1), _named(every))


def _backward(start: date, end: date, every: Step, aim: int) -> Fraction:
    if every.months:
        months = 12 * (end.year - start.year) + end.month - start.month
        wholes = months // every.months
        back = shift_months(end, -every.months * wholes, roll_day=aim)
        if back < start:
            wholes -= 1
            back = shift_months(end, -every.months * wholes, roll_day=aim)
        years = Fraction(every.months * wholes, YEAR.size)
    else:
        wholes = _whole_weeks(start, end, every)
        back = end - timedelta(every.days * wholes)
        years = Fraction(every.days * wholes, 7 * _WEEKS_IN_YEAR)
    if back == start:
        return years
    year_before = shift_months(back, -YEAR.size)
    return years + Fraction((back - start).days, (back - year_before).days)


def _forward(start: date, end: date, every: Step) -> Fraction:
    if every.months:
        aim = _MONTH_END if is_month_end(start) and is_month_end(end) else start.day
        months = 12 * (end.year - start.year) + end.month - start.month
        wholes = months // every.months
        reached = shift_months(start, every.months * wholes, roll_day=aim)
        if reached > end:
            wholes -= 1
            reached = shift_months(start, every.months * wholes, roll_day=aim)
        years = Fraction(every.months * wholes, YEAR.size)
    else:
        wholes = _whole_weeks(start, end, every)
        reached = start + timedelta(every.days * wholes)
        years = Fraction(every.days * wholes, 7 * _WEEKS_IN_YEAR)
    return years + _days_by_year(reached, end)


def _whole_weeks(start: date, end: date, every: Step) -> int:
    """Return the whole steps of weeks; steps of days count days alone."""
    return 0 if every.days % 7 else (end - start).days // every.days


def _days_by_year(reached: date, end: date) -> Fraction:
    """Return odd days as parts of the year that each falls in, the last included."""
    total = Fraction(0)
    while reached < end:
        first = reached + timedelta(1)
        last = min(end, date(first.year, 12, 31))
        length = (date(first.year, 12, 31) - date(first.year - 1, 12, 31)).days
        total += Fraction((last - reached).days, length)
        reached = last
    return total
