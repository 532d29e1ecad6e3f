"""What the library asks of a calendar, and what it checks of one at a door."""

from datetime import date
from typing import Protocol, cast, runtime_checkable

from loanmath.doors import FIRST_DATE, LAST_DATE
from loanmath.errors import CalendarRangeError, InputTypeError

__all__ = ["Calendar", "check_known", "to_calendar"]

_SHAPE = ("is_business_day", "known_from", "known_through", "name")


@runtime_checkable
class Calendar(Protocol):
    """
    What the library asks of a calendar (工作日历); any class of this shape will do.

    Attributes:
        name: What to call it; two calendars of one class and one name should agree.
        known_from: The first day that it has data for; `None` where there is no limit.
        known_through: The last day that it has data for, or `None`.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> WEEKENDS.name, WEEKENDS.is_business_day(date(2026, 5, 2))
        ('weekends', False)

    ACTUS: CLDR, calendar.
    """

    @property
    def name(self) -> str:
        """What to call the calendar."""
        ...

    @property
    def known_from(self) -> date | None:
        """The first day that it has data for."""
        ...

    @property
    def known_through(self) -> date | None:
        """The last day that it has data for."""
        ...

    def is_business_day(self, day: date) -> bool:
        """Return whether business is done on a day (工作日), or refuse to guess."""
        ...


def check_known(calendar: Calendar, first: date, last: date) -> None:
    """
    Refuse to answer for days beyond what a calendar knows.

    Raises:
        CalendarRangeError: If either day is.

    Example:
        >>> from loanmath.calendars import NONE
        >>> check_known(NONE, date(1900, 1, 1), date(2200, 12, 31))
    """
    known_from, known_through = calendar.known_from, calendar.known_through
    early = known_from is not None and first < known_from
    late = known_through is not None and last > known_through
    if early or late:
        raise CalendarRangeError(
            f"calendar {calendar.name}",
            got=str(first if early else last),
            allowed=f"{known_from or FIRST_DATE} to {known_through or LAST_DATE}",
            do="update the calendar, or state the days off in a HolidayCalendar",
        )


def to_calendar(value: object, what: str) -> Calendar:
    """
    Return a calendar, refusing what does not have the shape of one.

    Raises:
        InputTypeError: If the value is not a `Calendar`.

    Example:
        >>> from loanmath.calendars import WEEKENDS
        >>> to_calendar(WEEKENDS, "calendar").name
        'weekends'
    """
    # A runtime protocol check costs ten times as much, and accepts a class as well.
    if isinstance(value, type) or not all(hasattr(value, name) for name in _SHAPE):
        raise InputTypeError(
            what,
            got=value,
            allowed="a Calendar, such as NONE, WEEKENDS or a HolidayCalendar",
        )
    return cast("Calendar", value)
