"""
Which days are business days, and where a date moves that is not one.

No calendar is built in but the two that need no data, `NONE` and `WEEKENDS`: the days
off come from the caller (`HolidayCalendar`) or from a package kept up to date by
others (`chinese_calendar`, `holidays_calendar`). A calendar asked about a day beyond
its data refuses; it never takes the statutory days for the published arrangement.
"""

from loanmath.calendars.business_days import (
    BusinessDayRule,
    adjust,
    business_days,
    count_business_days,
)
from loanmath.calendars.calendar import Calendar, to_calendar
from loanmath.calendars.holiday_calendar import NONE, WEEKENDS, HolidayCalendar
from loanmath.calendars.packages import chinese_calendar, holidays_calendar

__all__ = [
    "NONE",
    "WEEKENDS",
    "BusinessDayRule",
    "Calendar",
    "HolidayCalendar",
    "adjust",
    "business_days",
    "chinese_calendar",
    "count_business_days",
    "holidays_calendar",
    "to_calendar",
]
