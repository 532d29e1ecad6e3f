"""Calendars whose data stay in packages that others keep up to date."""

import warnings
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from attrs import field, frozen

from loanmath.calendars.calendar import Calendar, check_known
from loanmath.doors import FIRST_DATE, LAST_DATE, to_date, to_text
from loanmath.errors import MissingExtraError, UnknownNameError

__all__ = ["chinese_calendar", "holidays_calendar"]

_SATURDAY = 5


@frozen(repr=False)
class _PackageCalendar:
    """A calendar whose data stay in another package; equal by name."""

    name: str
    known_from: date = field(eq=False)
    known_through: date = field(eq=False)
    _is_worked: Callable[[date], bool] = field(eq=False)

    def is_business_day(self, day: date) -> bool:
        to_date(day, "day")
        check_known(self, day, day)
        return self._is_worked(day)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<calendar {self.name}, {self.known_from} to {self.known_through}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # The data stay with the package: the reader's own version answers there.
        _, *place = self.name.split(":")
        if place:
            return holidays_calendar, tuple(place)
        return chinese_calendar, ()


def _package(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtraError(
            f"calendar from the package {module}",
            got="not installed",
            allowed="the extra 'calendars'",
            do="pip install 'loanmath[calendars]'",
        ) from None


def chinese_calendar() -> Calendar:
    """
    Return mainland China's calendar, make-up days included (中国法定节假日及调休).

    The data are those of the installed package `chinesecalendar`; what it knows ends
    with the last year whose arrangement it contains. The last days of that year may
    still change with the next year's arrangement (as the 31st of December 2005 did).

    Returns:
        A calendar named `"china"`; equal to every other of that name, and picklable.

    Raises:
        MissingExtraError: If the package is not installed.

    Example:
        >>> china = chinese_calendar()
        >>> china.is_business_day(date(2026, 2, 14)), date(2026, 2, 14).weekday()
        (True, 5)

    Source: The State Council's yearly notices on holidays
    (国务院办公厅关于部分节假日安排的通知), as collected by chinesecalendar.
    """
    package = _package("chinese_calendar")
    off, worked = frozenset(package.holidays), frozenset(package.workdays)
    return _PackageCalendar(
        "china",
        date(min(off).year, 1, 1),
        date(max(off).year, 12, 31),
        lambda day: day in worked or (day.weekday() < _SATURDAY and day not in off),
    )


def holidays_calendar(country: str, subdivision: str | None = None) -> Calendar:
    """
    Return a country's calendar from the installed package `holidays`.

    In a country where weekend days are worked to make up for holidays (China, Russia,
    Hungary, Vietnam and others), each year is decreed on its own: what is known ends
    with the last year that the package has make-up days for, since beyond it the
    package has the statutory days only. Dates that the package itself estimates
    (holidays by the moon) are as good as its estimate.

    Args:
        country: An ISO 3166-1 code of two capital letters, such as `"US"`.
        subdivision: A part of it as the package names it, such as `"NY"`.

    Returns:
        A calendar named `"holidays:US"` or `"holidays:US:NY"`; equal to every other of
        that name, and picklable.

    Raises:
        InputTypeError: If an argument is not a `str`.
        UnknownNameError: If the package does not have that country or subdivision.
        MissingExtraError: If the package is not installed.

    Example:
        >>> holidays_calendar("US").is_business_day(date(2026, 12, 25))
        False

    Source: The package `holidays` (vacanza), which cites the law of each country.
    """
    to_text(country, "country")
    if subdivision is not None:
        to_text(subdivision, "subdivision")
    package = _package("holidays")
    if len(country) != 2 or not country.isupper():
        raise _unknown_place("country", country)
    try:
        package.country_holidays(country)
    except NotImplementedError:
        raise _unknown_place("country", country) from None
    try:
        package.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        raise _unknown_place(f"subdivision of {country}", subdivision) from None
    first, last = _known_years(country, subdivision)
    return _PackageCalendar(
        ":".join(filter(None, ("holidays", country, subdivision))),
        date(first, 1, 1),
        date(last, 12, 31),
        lambda day: day in _worked_days(country, subdivision, day.year),
    )


def _unknown_place(what: str, got: str | None) -> UnknownNameError:
    return UnknownNameError(
        what, got=got, allowed="a code that the package holidays has, such as 'US'"
    )


def _package_year(country: str, subdivision: str | None, year: int) -> tuple[Any, bool]:
    # For some countries the package warns of years that it has no dates of the moon
    # for, and answers all the same: a warning means that the year is not known.
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        days = import_module("holidays").country_holidays(
            country, subdiv=subdivision, years=year
        )
    return days, not warned


@lru_cache(maxsize=256)
def _known_years(country: str, subdivision: str | None) -> tuple[int, int]:
    entity = import_module("holidays").country_holidays(country, subdiv=subdivision)
    known: list[int] = []
    with_make_up_days: list[int] = []
    first = max(entity.start_year, FIRST_DATE.year)
    for year in range(first, min(entity.end_year, LAST_DATE.year) + 1):
        days, is_known = _package_year(country, subdivision, year)
        if is_known:
            known.append(year)
        if any(day.year == year for day in days.weekend_workdays):
            with_make_up_days.append(year)
    years = with_make_up_days or known
    return years[0], years[-1]


@lru_cache(maxsize=4096)
def _worked_days(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    days, _ = _package_year(country, subdivision, year)
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return frozenset(
        filter(days.is_working_day, map(date.fromordinal, range(first, after)))
    )
