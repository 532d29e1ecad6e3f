"""What is counted: two dates, which of them count, and what is known around them."""

from datetime import date
from enum import Enum
from typing import NamedTuple

from loanmath.calendars import Calendar
from loanmath.doors import to_count, to_date, to_flag
from loanmath.errors import DateRangeError, DayCountError, InputTypeError
from loanmath.recurrence import is_month_end

__all__ = ["HeadTail", "Span", "check_regular", "checked"]

_MOST_MONTHS = 12 * 301


class HeadTail(Enum):
    """
    Which end days of a span count (计头计尾).

    `HEAD` (算头不算尾) counts the start and not the end, the usual rule; `TAIL`
    (算尾不算头) the end and not the start; `BOTH` (算头又算尾) counts the two, and
    `NEITHER` (头尾都不算) none.
    """

    HEAD = "head"
    TAIL = "tail"
    BOTH = "both"
    NEITHER = "neither"


_EXTRA_DAYS = {HeadTail.BOTH: 1, HeadTail.NEITHER: -1}


class Span(NamedTuple):
    """Two dates with all the context that a convention may ask for."""

    name: str
    """The day count that counts it, for errors."""
    start: date
    end: date
    head_tail: HeadTail = HeadTail.HEAD
    calendar: Calendar | None = None
    period: tuple[date, date] | None = None
    months: int | None = None
    maturity: date | None = None
    end_of_month: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no day can be counted."""
        return self.start == self.end and self.head_tail is not HeadTail.BOTH

    @property
    def extra_days(self) -> int:
        """How many days the ends add to `end - start`."""
        return _EXTRA_DAYS.get(self.head_tail, 0)

    @property
    def ordinals(self) -> range:
        """The ordinals of the days that count."""
        later_start = self.head_tail in (HeadTail.TAIL, HeadTail.NEITHER)
        later_stop = self.head_tail in (HeadTail.TAIL, HeadTail.BOTH)
        return range(
            self.start.toordinal() + later_start, self.end.toordinal() + later_stop
        )

    def known_months(self) -> int:
        """Return the months of the regular period, or refuse."""
        if self.months is None:
            raise self.lacks("months", "the length of the regular period in months")
        return self.months

    def known_period(self) -> tuple[date, date]:
        """Return the regular period, or refuse."""
        if self.period is None:
            raise self.lacks("period", "the dates (start, end) of the regular period")
        return self.period

    def lacks(self, what: str, allowed: str) -> DayCountError:
        """Return the refusal of a convention that was not given what it needs."""
        return DayCountError(
            what,
            got=None,
            allowed=allowed,
            do=f"{self.name} cannot count without it: pass {what}=...",
        )


def checked(span: Span) -> Span:
    """
    Return a span whose values are what they are declared to be, or refuse.

    Raises:
        InputTypeError: If a value is of another type.
        DateRangeError: If dates are not in order, or outside the years 1900 to 2200.
        LimitError: If the months are not from 1 to 3,612.

    Example:
        >>> span = Span("ACT/360", date(2026, 1, 1), date(2026, 1, 31))
        >>> checked(span) is span
        True
    """
    if to_date(span.end, "end") < to_date(span.start, "start"):
        raise DateRangeError("end", got=str(span.end), allowed=f"{span.start} or later")
    if span.period is not None:
        _check_period(span.period)
    if span.months is not None:
        to_count(span.months, "months", _MOST_MONTHS)
    if span.maturity is not None:
        to_date(span.maturity, "maturity")
    to_flag(span.end_of_month, "end_of_month")
    return span


def _check_period(period: tuple[date, ...]) -> None:
    if type(period) is not tuple or len(period) != 2:
        raise InputTypeError("period", got=period, allowed="a tuple (start, end)")
    start, end = (to_date(day, "period") for day in period)
    if end <= start:
        raise DateRangeError(
            "period", got=f"{start} to {end}", allowed="an end after the start"
        )


def check_regular(span: Span) -> None:
    """
    Refuse a period whose dates are not the stated months apart.

    The days of the month may differ only where the earlier of them is a month end.

    Raises:
        DayCountError: If they are not.

    Example:
        >>> period = date(2023, 2, 28), date(2023, 3, 31)
        >>> check_regular(Span("1/12", *period, period=period, months=1))
    """
    start, end = span.known_period()
    months = 12 * (end.year - start.year) + end.month - start.month
    shorter = min(start, end, key=lambda day: day.day)
    if months != span.months or (start.day != end.day and not is_month_end(shorter)):
        raise DayCountError(
            "period",
            got=f"{start} to {end}",
            allowed=f"dates {span.months} months apart, before any calendar moves them",
            do="state the regular period that the span belongs to, and its months",
        )
