"""Recurrence rules of `dateutil` as dates: the third Friday, twice a month, ..."""

from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from loanmath.doors import LAST_DATE
from loanmath.errors import DateRangeError, InputTypeError, InputValueError
from loanmath.recurrence import to_dates

if TYPE_CHECKING:
    from dateutil.rrule import rrule

__all__ = ["rule_dates", "to_rule"]

_WITHIN_A_DAY = ("FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY")
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
    if "T000000" not in text.splitlines()[0]:
        raise InputValueError(
            "every",
            got=text.splitlines()[0],
            allowed="a rule whose dtstart is a date at midnight",
            do="state dtstart: a rule without it starts now, which no contract says",
        )
    return rule


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
    later = (day.date() for day in bounded if day.date() > after)
    dates = tuple(islice(later, most))
    if not dates:
        raise DateRangeError(
            "every", got=str(rule).splitlines()[-1], allowed=f"a date after {after}"
        )
    return to_dates(dates, "every")


def _ends(rule: "rrule") -> bool:
    return "COUNT=" in str(rule) or "UNTIL=" in str(rule)
