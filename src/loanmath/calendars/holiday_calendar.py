"""Calendars of the caller's own dates, and the two that need no dates."""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any, final

from attrs import Factory, field, frozen

from loanmath.calendars.calendar import Calendar, check_known
from loanmath.doors import FIRST_DATE, LAST_DATE, to_date, to_text
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
)

__all__ = ["NONE", "WEEKENDS", "HolidayCalendar"]

_SATURDAY = 5
_MOST_DATES = 40_000


@frozen
class _EveryDay:
    """The calendar without days off."""

    name: str = "none"
    known_from: date | None = None
    known_through: date | None = None

    def is_business_day(self, day: date) -> bool:
        to_date(day, "day")
        return True

    def __str__(self) -> str:
        return self.name


def _to_dates(dates: Iterable[date], what: str) -> tuple[date, ...]:
    try:
        iterator = iter(dates)
    except TypeError:
        raise InputTypeError(what, got=dates, allowed="dates") from None
    # One more than allowed is enough to refuse, even of an endless iterator.
    some = list(islice(iterator, _MOST_DATES + 1))
    if len(some) > _MOST_DATES:
        raise LimitError(what, got=dates, allowed=f"at most {_MOST_DATES:,} dates")
    return tuple(sorted({to_date(day, what) for day in some}))


def _to_holidays(dates: Iterable[date]) -> tuple[date, ...]:
    return _to_dates(dates, "holidays")


def _to_working_weekends(dates: Iterable[date]) -> tuple[date, ...]:
    return _to_dates(dates, "working_weekends")


def _first_of_january(calendar: "HolidayCalendar") -> date | None:
    return date(min(_stated(calendar)).year, 1, 1)


def _last_of_december(calendar: "HolidayCalendar") -> date | None:
    return date(max(_stated(calendar)).year, 12, 31)


def _stated(calendar: "HolidayCalendar") -> tuple[date, ...]:
    stated = (*calendar.holidays, *calendar.working_weekends)
    if not stated:
        raise InputValueError(
            "known_from and known_through",
            got="no dates to infer them from",
            allowed="the first and the last day covered, or None for no limit",
            do="state both",
        )
    return stated


def _check_limits(first: date | None, last: date | None) -> None:
    if first is not None:
        to_date(first, "known_from")
    if last is not None:
        to_date(last, "known_through")
    if first is not None and last is not None and first > last:
        raise DateRangeError(
            "known_from", got=str(first), allowed=f"known_through, {last}, or earlier"
        )


def _check_covered(calendar: "HolidayCalendar", first: date, last: date) -> None:
    known_from = calendar.known_from or FIRST_DATE
    known_through = calendar.known_through or LAST_DATE
    if first < known_from or last > known_through:
        raise InputValueError(
            "holidays and working_weekends",
            got=f"{first} to {last}",
            allowed=f"days known, {known_from} to {known_through}",
        )


@final
@frozen
class HolidayCalendar:
    """
    A calendar of the caller's own dates: weekends and holidays off (节假日), make-up
    days on (调休上班日).

    Args:
        name: What to call it.
        holidays: The days off; those on a Saturday or Sunday change nothing.
        working_weekends: The Saturdays and Sundays that are worked.
        known_from: The first day that these dates cover. By default the first of
            January of the earliest date's year; `None` for no limit.
        known_through: The last day covered. By default the 31st of December of the
            latest date's year; `None` for no limit.

    Raises:
        InputTypeError: If a date is not exactly a `datetime.date`.
        InputValueError: If a day is both off and worked, a worked day is no weekend, a
            date is outside what is covered, or there is no date to infer that from.
        DateRangeError: If a date is outside the years 1900 to 2200.
        LimitError: If there are more than 40,000 dates.

    Example:
        >>> spring = HolidayCalendar(
        ...     "spring festival",
        ...     holidays=[date(2026, 2, day) for day in range(15, 24)],
        ...     working_weekends=[date(2026, 2, 14), date(2026, 2, 28)])
        >>> spring.is_business_day(date(2026, 2, 14)), spring.known_through
        (True, datetime.date(2026, 12, 31))

    Source: The dates of the example are the State Council's arrangement for 2026
    (as in the package chinesecalendar 1.11).
    """

    name: str = field()
    holidays: tuple[date, ...] = field(converter=_to_holidays)
    working_weekends: tuple[date, ...] = field(
        default=(), converter=_to_working_weekends
    )
    known_from: date | None = field(default=Factory(_first_of_january, takes_self=True))
    known_through: date | None = field(
        default=Factory(_last_of_december, takes_self=True)
    )
    _exceptions: frozenset[date] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        to_text(self.name, "name")
        _check_limits(self.known_from, self.known_through)
        stated = (*self.holidays, *self.working_weekends)
        if stated:
            _check_covered(self, min(stated), max(stated))
        holidays = frozenset(self.holidays)
        for day in self.working_weekends:
            if day.weekday() < _SATURDAY or day in holidays:
                raise InputValueError(
                    "working_weekends",
                    got=str(day),
                    allowed="Saturdays and Sundays that are not holidays",
                )
        off = (day for day in holidays if day.weekday() < _SATURDAY)
        exceptions = frozenset((*off, *self.working_weekends))
        object.__setattr__(self, "_exceptions", exceptions)

    def is_business_day(self, day: date) -> bool:
        """
        Return whether a day is worked.

        Args:
            day: A day from `known_from` to `known_through`.

        Raises:
            InputTypeError: If it is not exactly a `datetime.date`.
            DateRangeError: If it is outside the years 1900 to 2200.
            CalendarRangeError: If it is beyond what is known.

        Example:
            >>> HolidayCalendar("x", [date(2026, 5, 1)]).is_business_day(
            ...     date(2026, 5, 1))
            False

        中文: 是否工作日.
        """
        to_date(day, "day")
        check_known(self, day, day)
        return (day.weekday() < _SATURDAY) is not (day in self._exceptions)

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickle goes through the checks again, as any other way of making one.
        return HolidayCalendar, (
            self.name,
            self.holidays,
            self.working_weekends,
            self.known_from,
            self.known_through,
        )


NONE: Calendar = _EveryDay()
"""Every day is a business day. ACTUS: NC, no calendar."""

WEEKENDS: Calendar = HolidayCalendar("weekends", (), (), None, None)
"""Saturday and Sunday are off (周末休息), nothing else. ACTUS: MF, Monday to Friday."""
