"""Where a date moves that is not a business day, and how many business days pass."""

from datetime import date, timedelta
from enum import Enum

from loanmath.calendars.calendar import Calendar, check_known, to_calendar
from loanmath.doors import FIRST_DATE, LAST_DATE, to_date, to_enum
from loanmath.errors import CalendarRangeError, DateRangeError

__all__ = ["BusinessDayRule", "adjust", "business_days", "count_business_days"]

_SEARCHED_DAYS = 60


class BusinessDayRule(Enum):
    """
    Where a date moves that falls on a day off (节假日调整规则).

    `UNADJUSTED` stays; `FOLLOWING` (顺延) moves to the next business day; `PRECEDING`
    (提前) to the one before; the modified rules do the same unless that is in another
    month, where they go the other way. ACTUS: BDC `NULL`, `CSF`/`SCF`, `CSP`/`SCP`,
    `CSMF`/`SCMF`, `CSMP`/`SCMP`.
    """

    UNADJUSTED = "unadjusted"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    PRECEDING = "preceding"
    MODIFIED_PRECEDING = "modified_preceding"


_FORWARD = (BusinessDayRule.FOLLOWING, BusinessDayRule.MODIFIED_FOLLOWING)
_MODIFIED = (BusinessDayRule.MODIFIED_FOLLOWING, BusinessDayRule.MODIFIED_PRECEDING)


def adjust(day: date, rule: BusinessDayRule | str, calendar: Calendar) -> date:
    """
    Return the date that a business-day rule moves a day to.

    Args:
        day: A date from 1900 to 2200.
        rule: A `BusinessDayRule` or its name.
        calendar: Which days are business days.

    Returns:
        The day itself if it is a business day, or `UNADJUSTED` is the rule.

    Raises:
        InputTypeError: If an argument is of another type.
        UnknownNameError: If no rule has that name.
        DateRangeError: If the day is outside the years 1900 to 2200.
        CalendarRangeError: If the search leaves what the calendar knows, or finds no
            business day within 60 days.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> adjust(date(2026, 1, 31), "following", WEEKENDS)
        datetime.date(2026, 2, 2)
        >>> adjust(date(2026, 1, 31), "modified_following", WEEKENDS)
        datetime.date(2026, 1, 30)

    Source: 2006 ISDA Definitions, section 4.12, Business Day Convention (recalled, not
    checked against the text); "modified preceding" is its mirror, as in ACTUS.
    """
    to_date(day, "day")
    calendar = to_calendar(calendar, "calendar")
    rule = to_enum(rule, BusinessDayRule, "business-day rule")
    if rule is BusinessDayRule.UNADJUSTED:
        return day
    step = 1 if rule in _FORWARD else -1
    if rule in _MODIFIED:
        found = _nearest(day, step, calendar, within_month=True)
        if found is not None:
            return found
        step = -step
    found = _nearest(day, step, calendar, within_month=False)
    if found is None:
        raise CalendarRangeError(
            f"calendar {calendar.name}",
            got=str(day),
            allowed=f"a day with a business day within {_SEARCHED_DAYS} days",
            do="check the days off that the calendar states",
        )
    return found


def _nearest(
    day: date, step: int, calendar: Calendar, *, within_month: bool
) -> date | None:
    for distance in range(_SEARCHED_DAYS + 1):
        candidate = day + timedelta(step * distance)
        if within_month and candidate.month != day.month:
            return None
        if not FIRST_DATE <= candidate <= LAST_DATE:
            return None
        if calendar.is_business_day(candidate):
            return candidate
    return None


def business_days(start: date, end: date, calendar: Calendar) -> int:
    """
    Return the number of business days from `start` to `end`, `end` not counted.

    Args:
        start: A date from 1900 to 2200.
        end: A date not before `start`.
        calendar: Which days are business days.

    Raises:
        InputTypeError: If an argument is of another type.
        DateRangeError: If a date is outside the years 1900 to 2200, or `end` is before
            `start`.
        CalendarRangeError: If a day to be counted is beyond what the calendar knows.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> business_days(date(2026, 1, 1), date(2026, 1, 8), WEEKENDS)
        5

    中文: 工作日天数 (算头不算尾).
    """
    to_date(start, "start")
    if to_date(end, "end") < start:
        raise DateRangeError("end", got=end, allowed=f"{start} or later")
    days = range(start.toordinal(), end.toordinal())
    return count_business_days(days, to_calendar(calendar, "calendar"))


def count_business_days(days: range, calendar: Calendar) -> int:
    """
    Return how many days of a range of ordinals are business days.

    Raises:
        CalendarRangeError: If one of them is beyond what the calendar knows.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> friday = date(2026, 1, 2).toordinal()
        >>> count_business_days(range(friday, friday + 4), WEEKENDS)
        2
    """
    if not days:
        return 0
    # Refused before counting a century up to the day that is not known.
    check_known(calendar, date.fromordinal(days[0]), date.fromordinal(days[-1]))
    return sum(map(calendar.is_business_day, map(date.fromordinal, days)))
