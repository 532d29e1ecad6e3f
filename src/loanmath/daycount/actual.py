"""Actual days, and the years that the actual/actual variants weigh them by."""

from calendar import isleap
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from loanmath.calendars import count_business_days
from loanmath.daycount.span import HeadTail, Span, check_regular
from loanmath.recurrence import add_months, is_month_end

__all__ = [
    "actual_days",
    "afb_years",
    "business_days_counted",
    "days_without_leap_days",
    "icma_years",
    "isda_years",
    "leap_aware_years",
    "leap_day_years",
]

_DAY = timedelta(days=1)


def actual_days(span: Span) -> int:
    """
    Count the days of the calendar.

    Example:
        >>> actual_days(Span("ACT/360", date(2024, 2, 28), date(2024, 3, 1)))
        2
    """
    return len(span.ordinals)


def business_days_counted(span: Span) -> int:
    """
    Count the business days of the span's calendar.

    Raises:
        DayCountError: If there is no calendar.
        CalendarRangeError: If a day is beyond what the calendar knows.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> business_days_counted(
        ...     Span("BUS/252", date(2026, 1, 1), date(2026, 1, 8), calendar=WEEKENDS))
        5
    """
    if span.calendar is None:
        raise span.lacks("calendar", "a Calendar, when the day count is named")
    return count_business_days(span.ordinals, span.calendar)


def _leap_days_through(day: date) -> int:
    # 29 Februaries up to a day, from a fixed origin: only differences have a meaning.
    years = day.year - ((day.month, day.day) < (2, 29))
    return years // 4 - years // 100 + years // 400


def days_without_leap_days(span: Span) -> int:
    """
    Count the days that are no 29th of February.

    As published, the 29th of February is looked for after the start, up to and
    including the end. That is the set of days counted where the tail counts; where both
    ends or neither count, those days are looked at.

    Example:
        >>> days_without_leap_days(Span("NL/365", date(2024, 2, 28), date(2024, 2, 29)))
        0
    """
    before, last = span.start, span.end
    if span.head_tail is HeadTail.BOTH:
        before -= _DAY
    elif span.head_tail is HeadTail.NEITHER:
        last -= _DAY
    leap_days = _leap_days_through(last) - _leap_days_through(before)
    return max(0, (last - before).days - leap_days)


def _calendar_years(ordinal: int) -> Fraction:
    day = date.fromordinal(ordinal)
    passed = ordinal - date(day.year, 1, 1).toordinal()
    return day.year + Fraction(passed, 365 + isleap(day.year))


def isda_years(span: Span) -> Fraction:
    """
    Return the days in leap years over 366 plus the other days over 365.

    Example:
        >>> isda_years(Span("ACT/ACT ISDA", date(2023, 7, 1), date(2024, 7, 1)))
        Fraction(66887, 66795)
    """
    days = span.ordinals
    return _calendar_years(days.stop) - _calendar_years(days.start)


def leap_aware_years(span: Span) -> Fraction:
    """
    Return the days over 366 or 365, by the leap day or leap year of the period.

    With a period of 12 months, 366 if a 29th of February lies after the start, up to
    and including the end of the period; otherwise by the year that the period ends in.

    Raises:
        DayCountError: If the period or its months are not known.

    Example:
        >>> period = date(2023, 7, 1), date(2024, 1, 1)
        >>> leap_aware_years(Span("ACT/365L", *period, period=period, months=6))
        Fraction(92, 183)
    """
    months, (_, period_end) = span.known_months(), span.known_period()
    if months == 12:
        longer = _leap_days_through(period_end) > _leap_days_through(span.start)
    else:
        longer = isleap(period_end.year)
    return Fraction(actual_days(span), 366 if longer else 365)


def leap_day_years(span: Span) -> Fraction:
    """
    Return the days over 366 where a 29th of February is among them, over 365 otherwise.

    The leap day is looked for after the start, up to and including the end: the days
    that count where the tail does.

    Example:
        >>> leap_day_years(Span("ACT/365A", date(2024, 2, 1), date(2024, 3, 1)))
        Fraction(29, 366)
        >>> leap_day_years(Span("ACT/365A", date(2024, 3, 1), date(2024, 4, 1)))
        Fraction(31, 365)
    """
    longer = _leap_days_through(span.end) > _leap_days_through(span.start)
    return Fraction(actual_days(span), 366 if longer else 365)


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) and not isleap(day.year - years):
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)


def afb_years(span: Span) -> Fraction:
    """
    Return the whole years back from the end, then the rest over 366 or 365.

    The rest is divided by 366 where it contains a 29th of February.

    Example:
        >>> afb_years(Span("ACT/ACT AFB", date(2004, 2, 28), date(2008, 2, 29)))
        Fraction(1461, 365)
    """
    start = date.fromordinal(span.ordinals.start)
    end = date.fromordinal(span.ordinals.stop)
    years = end.year - start.year
    if _years_before(end, years) < start:
        years -= 1
    rest_end = _years_before(end, years)
    leap_days = _leap_days_through(rest_end - _DAY) - _leap_days_through(start - _DAY)
    return years + Fraction((rest_end - start).days, 366 if leap_days else 365)


def icma_years(span: Span) -> Fraction:
    """
    Return the days over the days of their notional periods, times the periods' years.

    A regular period is worth `months / 12` whichever one of its ends counts. Where both
    ends count, or neither, a day is added at the end or taken from the start.

    Raises:
        DayCountError: If the months are not known, or the period is not so long.
        DateRangeError: If a notional period leaves the years 1900 to 2200.

    Example:
        >>> period = date(2000, 1, 30), date(2000, 7, 30)
        >>> icma_years(Span("ACT/ACT ICMA", date(2000, 1, 30), date(2000, 6, 30),
        ...     period=period, months=6))
        Fraction(38, 91)
    """
    first, stop = span.start.toordinal(), span.end.toordinal()
    first += span.head_tail is HeadTail.NEITHER
    stop += span.head_tail is HeadTail.BOTH
    months = span.known_months()
    if span.period is None:
        dates = _dates_from(span, months, stop)
    else:
        dates = _dates_around(span, months, stop)
    ordinals = [day.toordinal() for day in dates]
    periods = sum(
        Fraction(max(0, min(stop, later) - max(first, earlier)), later - earlier)
        for earlier, later in pairwise(ordinals)
    )
    return periods * Fraction(months, 12)


def _dates_from(span: Span, months: int, stop: int) -> list[date]:
    # Each notional period ends on the day of the month that it starts on, so a clamped
    # day stays clamped: the published example counts 29 February to 29 May.
    roll_day = 31 if span.end_of_month and is_month_end(span.start) else None
    dates = [span.start]
    while dates[-1].toordinal() < stop:
        dates.append(add_months(dates[-1], months, roll_day=roll_day))
    return dates


def _dates_around(span: Span, months: int, stop: int) -> list[date]:
    check_regular(span)
    start, end = span.known_period()
    at_month_ends = is_month_end(start) and is_month_end(end)
    roll_day = 31 if span.end_of_month and at_month_ends else max(start.day, end.day)
    earlier, later = [start], [end]
    while earlier[-1] > span.start:
        back = -months * len(earlier)
        earlier.append(add_months(start, back, roll_day=roll_day))
    while later[-1].toordinal() < stop:
        ahead = months * len(later)
        later.append(add_months(end, ahead, roll_day=roll_day))
    return earlier[::-1] + later
