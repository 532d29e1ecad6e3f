"""Unit-periods, and the one that is common to the flows of a transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import pairwise, starmap
from typing import NamedTuple

from loanmath.recurrence import Step, is_month_end
from loanmath.yields.timing.rule import FlowDates

__all__ = [
    "YEAR",
    "PeriodUnit",
    "UnitPeriod",
    "anchor_day",
    "common_period",
    "days_aimed_at",
    "period_of_step",
    "whole_months",
]

_DAYS_IN_MONTH = Fraction(365, 12)


class PeriodUnit(Enum):
    """
    What a unit-period is made of.

    `DAY`, `WEEK`, `MONTH`, and `SEMIMONTH` (twice a month).
    """

    DAY = "day"
    WEEK = "week"
    SEMIMONTH = "semimonth"
    MONTH = "month"


_PER_YEAR = {
    PeriodUnit.DAY: 365,
    PeriodUnit.WEEK: 52,
    PeriodUnit.SEMIMONTH: 24,
    PeriodUnit.MONTH: 12,
}
_LENGTHS = {
    PeriodUnit.DAY: Fraction(1),
    PeriodUnit.WEEK: Fraction(7),
    PeriodUnit.SEMIMONTH: _DAYS_IN_MONTH / 2,
    PeriodUnit.MONTH: _DAYS_IN_MONTH,
}


class UnitPeriod(NamedTuple):
    """A unit-period: so many days, weeks, months, or one semimonth."""

    size: int
    unit: PeriodUnit

    @property
    def per_year(self) -> Fraction:
        """
        How many of them a year has: 365 days, 52 weeks, 24 semimonths, 12 months.

        Example:
            >>> UnitPeriod(4, PeriodUnit.WEEK).per_year
            Fraction(13, 1)
        """
        return Fraction(_PER_YEAR[self.unit], self.size)

    @property
    def days(self) -> Fraction:
        """
        Its length in days, all months equal.

        Example:
            >>> UnitPeriod(3, PeriodUnit.MONTH).days
            Fraction(365, 4)
        """
        return _LENGTHS[self.unit] * self.size

    def __str__(self) -> str:
        if self == YEAR:
            return "year"
        return self.unit.value if self.size == 1 else f"{self.size} {self.unit.value}s"


YEAR = UnitPeriod(12, PeriodUnit.MONTH)


def period_of_step(step: Step) -> UnitPeriod:
    """
    Return the unit-period of evenly spaced flows, at most a year.

    Example:
        >>> str(period_of_step(Step(days=14))), str(period_of_step(Step(months=24)))
        ('2 weeks', 'year')
    """
    if step.months:
        return _at_most_a_year(UnitPeriod(step.months, PeriodUnit.MONTH))
    weeks, days = divmod(step.days, 7)
    if days:
        return _at_most_a_year(UnitPeriod(step.days, PeriodUnit.DAY))
    return _at_most_a_year(UnitPeriod(weeks, PeriodUnit.WEEK))


def _at_most_a_year(period: UnitPeriod) -> UnitPeriod:
    return YEAR if period.days > YEAR.days else period


def common_period(flows: FlowDates) -> UnitPeriod:
    """
    Return the period that occurs most often between advances or between payments.

    A period that occurs once is not common; of several that occur equally often the
    shortest is taken. Where none is common, it is the average of all, to the nearest
    day, semimonth, or multiple of a week or a month; where two are equally near, the
    shorter. It is at most a year.

    Example:
        >>> days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
        >>> str(common_period(FlowDates(days, [True, False, False])))
        'month'

    Source: 12 CFR 1026 (Regulation Z), Appendix J (b)(3) and (b)(4); recalled, not
    checked against the text.
    """
    gaps = _gaps(flows)
    found: Counter[UnitPeriod] = Counter()
    for lengths, times in Counter(starmap(_lengths, gaps)).items():
        for period in _periods_of(*lengths):
            found[period] += times
    most = max(found.values(), default=0)
    if most > 1:
        common = [period for period, times in found.items() if times == most]
        # Days are named last: a month of 31 days is a month, four weeks are weeks.
        common.sort(key=lambda period: (period.unit is PeriodUnit.DAY, period.days))
        return _at_most_a_year(common[0])
    total = sum((later - earlier).days for earlier, later in gaps)
    return _nearest_standard(Fraction(total, len(gaps)))


def _gaps(flows: FlowDates) -> list[tuple[date, date]]:
    advances, payments = flows.of_advances(), flows.of_payments()
    first = [
        (flows.start, days[0])
        for days in (advances, payments)
        if days[:1] > [flows.start]
    ]
    return first + list(pairwise(advances)) + list(pairwise(payments))


def _lengths(earlier: date, later: date) -> tuple[int, int, bool]:
    """Return the days, the whole months or 0, and whether this is half a month."""
    days = later.toordinal() - earlier.toordinal()
    return days, whole_months(earlier, later), _is_half_month(earlier, later)


def _periods_of(days: int, months: int, is_half_month: bool) -> list[UnitPeriod]:
    periods = [UnitPeriod(days, PeriodUnit.DAY)]
    if days % 7 == 0:
        periods.append(UnitPeriod(days // 7, PeriodUnit.WEEK))
    if months:
        periods.append(UnitPeriod(months, PeriodUnit.MONTH))
    if is_half_month:
        periods.append(UnitPeriod(1, PeriodUnit.SEMIMONTH))
    return periods


def whole_months(earlier: date, later: date) -> int:
    """
    Return the months between days that are the same day of a month, else 0.

    A day that a month does not have is its last day.

    Example:
        >>> whole_months(date(2026, 1, 31), date(2026, 2, 28))
        1
        >>> whole_months(date(2026, 1, 30), date(2026, 3, 29))
        0
    """
    here, there = earlier.day, later.day
    is_whole = (
        here == there
        or (here > there and is_month_end(later))
        or (here < there and is_month_end(earlier))
    )
    if not is_whole:
        return 0
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def _is_half_month(earlier: date, later: date) -> bool:
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    if months == 0:
        is_half = later.day - earlier.day in (14, 15, 16)
        return is_half or (is_month_end(later) and earlier.day in (14, 15))
    is_half = earlier.day - later.day in (14, 15, 16)
    return months == 1 and (
        is_half or (is_month_end(earlier) and later.day in (14, 15))
    )


def _nearest_standard(days: Fraction) -> UnitPeriod:
    standard = [UnitPeriod(1, PeriodUnit.DAY), UnitPeriod(1, PeriodUnit.SEMIMONTH)]
    standard += [UnitPeriod(count, PeriodUnit.WEEK) for count in range(1, 53)]
    standard += [UnitPeriod(count, PeriodUnit.MONTH) for count in range(1, 13)]
    return min(standard, key=lambda period: (abs(period.days - days), period.days))


def anchor_day(days: Iterable[date]) -> int:
    """
    Return the day of the month that dates aim at: their latest.

    Example:
        >>> anchor_day([date(2026, 2, 28), date(2026, 3, 30)])
        30
    """
    return max(day.day for day in days)


def days_aimed_at(flows: FlowDates, lone: int) -> list[int]:
    """
    Return the day of the month that each flow aims at, where its month has it.

    Advances, and payments, are each a series. Where it lies on last days of months, it
    aims at those; where most of it lies on one day, or the last of a month that lacks
    it, at that day. Any other flow aims at its own day.

    Args:
        flows: The days of the flows.
        lone: What a flow alone in its series aims at, if it is on a last day.

    Example:
        >>> days = [date(2026, 1, 31)] + [date(2026, month, 28) for month in (2, 3)]
        >>> days_aimed_at(FlowDates(days, [True, False, False]), 31)
        [31, 28, 28]
        >>> days = [date(2026, 1, 30), date(2026, 2, 28), date(2026, 3, 30)]
        >>> days_aimed_at(FlowDates(days, [True, False, False]), 30)
        [30, 30, 30]
    """
    aims = {
        True: _aim_of(flows.of_advances(), lone),
        False: _aim_of(flows.of_payments(), lone),
    }
    return [
        max(day.day, aims[is_advance]) if is_month_end(day) else day.day
        for day, is_advance in zip(flows.days, flows.are_advances, strict=True)
    ]


def _aim_of(series: list[date], lone: int) -> int:
    if len(series) < 2:
        return lone
    latest = 31
    if not all(map(is_month_end, series)):
        latest = anchor_day(series)
    aimed = sum(day.day == latest or is_month_end(day) for day in series)
    return latest if 2 * aimed > len(series) else 1
