"""The dates of an ACTUS contract: anchor, cycle, end, stub, end of month, days off."""

import re
from datetime import date, datetime
from typing import Any

from engines.cases import CannotSayError
from loanmath import NONE, WEEKENDS, BusinessDays, Calendar, Step
from loanmath.calendars import adjust
from loanmath.presets.engines import actus_business_days
from loanmath.recurrence import is_month_end, step_dates

Terms = dict[str, Any]

_CYCLE = re.compile(r"P(\d+)([DWMQHY])(?:L([01]))?")
_UNITS = {
    "D": {"days": 1},
    "W": {"days": 7},
    "M": {"months": 1},
    "Q": {"months": 3},
    "H": {"months": 6},
    "Y": {"months": 12},
}
_LONGEST = 1_200
_CALENDARS = {
    "MF": WEEKENDS,
    "MONDAYTOFRIDAY": WEEKENDS,
    "NC": NONE,
    "NOCALENDAR": NONE,
}


def to_day(time: str) -> date:
    """Return the date of a time stamp; times within a day have no meaning here."""
    moment = datetime.fromisoformat(time)
    if moment.time() != datetime.min.time():
        raise CannotSayError(f"a time within a day: {time}")
    return moment.date()


def day_of(terms: Terms, name: str) -> date | None:
    value = terms.get(name)
    return None if value in (None, "") else to_day(value)


def to_step(cycle: str) -> tuple[Step, bool]:
    """Return the step of a cycle, and whether its odd last period is the long one."""
    found = _CYCLE.fullmatch(cycle)
    if found is None:
        raise CannotSayError(f"a cycle written {cycle}")
    count, unit, stub = found.groups()
    [(name, size)] = _UNITS[unit].items()
    return Step(**{name: size * int(count)}), stub == "0"


def is_end_of_month(terms: Terms) -> bool:
    return terms.get("endOfMonthConvention") in ("EOM", "EndOfMonth")


def roll_day(anchor: date, *, end_of_month: bool) -> int:
    return 31 if end_of_month and is_month_end(anchor) else anchor.day


def stepped(anchor: date, step: Step, count: int, *, end_of_month: bool) -> list[date]:
    return step_dates(anchor, step, count, roll_day(anchor, end_of_month=end_of_month))


def cycle_dates(
    anchor: date, cycle: str | None, end: date, *, end_of_month: bool, has_end: bool
) -> list[date]:
    """
    Return the dates of a cycle before its end.

    A long last period swallows the last date before an end off the cycle, but never
    the anchor; where the end is no date of the schedule (`has_end`), not the second
    date either.
    """
    if anchor >= end:
        return []
    if not cycle:
        return [anchor]
    step, is_long = to_step(cycle)
    months = 12 * (end.year - anchor.year) + end.month - anchor.month
    if step.months:
        count = months // step.months + 2
    else:
        count = (end - anchor).days // step.days + 2
    dates = stepped(anchor, step, count, end_of_month=end_of_month)
    before = [day for day in dates if day < end]
    if is_long and end not in dates and len(before) > (1 if has_end else 2):
        del before[-1]
    return before


def business_days(terms: Terms) -> BusinessDays | None:
    """Return the business-day term of a contract."""
    code = terms.get("businessDayConvention") or "NOS"
    return actus_business_days(code, calendar_of(terms))


def calendar_of(terms: Terms) -> Calendar:
    """Return the calendar of a contract."""
    name = terms.get("calendar") or "NC"
    if name.upper() not in _CALENDARS:
        raise CannotSayError(f"a calendar {name}")
    return _CALENDARS[name.upper()]


def moved(day: date, term: BusinessDays | None) -> tuple[date, date]:
    """Return where a date counts for interest, and where its event is shown."""
    if term is None:
        return day, day
    due = adjust(day, term.rule, term.calendar)
    return (due if term.interest.value == "adjusted" else day), due
