"""Recurrence rules of `dateutil` as dates: the third Friday, twice a month, ..."""

from datetime import date, datetime, time
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from loanmath.doors import FIRST_DATE, LAST_DATE
from loanmath.errors import DateRangeError, InputTypeError, InputValueError
from loanmath.recurrence import to_dates

if TYPE_CHECKING:
    from dateutil.rrule import rrule

__all__ = ["rule_dates", "to_rule"]

_WITHIN_A_DAY = ("FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY")
_LONGEST_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_PARTS_OF_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


def to_rule(rule: Any) -> "rrule":
    """
    Return a recurrence rule of whole days, refusing everything else.

    Raises:
        InputTypeError: If it is not an `rrule`.
        InputValueError: If it recurs within a day, or does not state its start.

    Example:
        >>> from dateutil.rrule import FR, MONTHLY, rrule
        >>> rule = rrule(MONTHLY, byweekday=FR(3), dtstart=datetime(2026, 1, 1))
        >>> to_rule(rule) is rule
        True
    """
    # Only who holds a rule has loaded the module, which takes longer than all of ours.
    from dateutil.rrule import rrule  # noqa: PLC0415

    if not isinstance(rule, rrule):
        raise InputTypeError(
            "every",
            got=rule,
            allowed="relativedelta, as MONTHLY or relativedelta(weeks=2), or an rrule",
        )
    text = str(rule)
    if any(part in text for part in (*_WITHIN_A_DAY, *_PARTS_OF_A_DAY)):
        raise InputValueError(
            "every", got=text.splitlines()[-1], allowed="a rule of whole days"
        )
    start, recurs = text.splitlines()
    if not start.endswith("T000000") or start < f"DTSTART:{FIRST_DATE:%Y%m%d}":
        raise InputValueError(
            "every",
            got=start,
            allowed=f"a rule whose dtstart is at midnight, {FIRST_DATE} or later",
            do="state dtstart: a rule without it starts now, which no contract says",
        )
    if "INTERVAL=0" in recurs or _never_comes(recurs):
        raise InputValueError("every", got=recurs, allowed="a rule that goes on")
    try:
        rule.replace(count=None, until=datetime.combine(LAST_DATE, time.min))
    except ValueError:
        raise InputValueError(
            "every", got=start, allowed="a dtstart without a time zone"
        ) from None
    return rule


def _never_comes(recurs: str) -> bool:
    # A rule such as 30 February is looked for until the year 9999, which takes seconds.
    parts = dict(part.split("=", 1) for part in recurs.split(":", 1)[1].split(";"))
    months, days = parts.get("BYMONTH"), parts.get("BYMONTHDAY")
    if months is None or days is None:
        return False
    longest = max(_LONGEST_MONTHS.get(int(month), 31) for month in months.split(","))
    return all(abs(int(day)) > longest for day in days.split(","))


def rule_dates(rule: "rrule", after: date, most: int) -> tuple[date, ...]:
    """
    Return the first dates of a rule after a day, at most so many, up to the year 2200.

    Args:
        rule: A rule of whole days; see `to_rule`.
        after: The day that the first date is later than.
        most: How many dates at most.

    Raises:
        DateRangeError: If there is none.

    Example:
        >>> from dateutil.rrule import FR, MONTHLY, rrule
        >>> rule = rrule(MONTHLY, byweekday=FR(3), dtstart=datetime(2026, 1, 1))
        >>> rule_dates(rule, date(2026, 1, 16), 1)
        (datetime.date(2026, 2, 20),)
    """
    last = datetime.combine(LAST_DATE, time.min)
    bounded = rule if _ends(rule) else rule.replace(until=last)
    days = takewhile(lambda day: day <= LAST_DATE, map(datetime.date, bounded))
    dates = tuple(islice((day for day in days if day > after), most))
    if not dates:
        raise _no_date(rule, after)
    return to_dates(dates, "every")


def _no_date(rule: "rrule", after: date) -> DateRangeError:
    return DateRangeError(
        "every",
        got=str(rule).splitlines()[-1],
        allowed=f"a date after {after}",
    )


def _ends(rule: "rrule") -> bool:
    return "COUNT=" in str(rule) or "UNTIL=" in str(rule)
