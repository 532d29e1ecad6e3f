"""
What European law assumes where days or amounts of repayment are open: (f).

Source: Directive 2008/48/EC, Annex I, part II, as Directive 2011/90/EU words it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from loanmath.analysis.disclosure.assumptions import Amount
from loanmath.doors import to_count, to_date
from loanmath.errors import InputTypeError, LimitError
from loanmath.recurrence import add_months
from loanmath.schedule import CashFlow
from loanmath.terms.amounts import to_amount

__all__ = ["FirstInterval", "earliest_and_lowest", "shortest_first_interval", "some"]

Listed = TypeVar("Listed")

_LEAP_CYCLE = 1461


class FirstInterval(NamedTuple):
    """
    The shortest time from a drawdown to the first payment.

    Attributes:
        drawn: The day of the drawdown.
        paid: The day of the first payment.
        days: The days between them.

    Example:
        >>> FirstInterval(date(2026, 1, 31), date(2026, 2, 1), 1).days
        1
    """

    drawn: date
    paid: date
    days: int


def shortest_first_interval(
    since: date, due_day: int, *, cut_off: int | None = None
) -> FirstInterval:
    """
    Return the day of conclusion that is assumed where it is not known (f).

    It is the day that leaves the shortest time to the first payment. Without a cut-off
    day that is the next due day after it; with one, a drawdown up to that day of the
    month is first paid on the due day of the next month, a later one a month after.

    Args:
        since: The first day looked at; all of the four years from it are.
        due_day: The day of the month that payments are due on, clamped to its length.
        cut_off: The last day of the month for which the next month's due day counts.

    Returns:
        The first day with the shortest interval.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a day is not 1 to 31.
        DateRangeError: If a date is out of range.

    Example:
        >>> shortest_first_interval(date(2026, 1, 1), 1).days
        1
        >>> found = shortest_first_interval(date(2026, 1, 1), 1, cut_off=15)
        >>> str(found.drawn), found.days
        ('2026-02-15', 14)

    Source: Directive 2008/48/EC, Annex I, II (f) (ii), as amended by 2011/90/EU;
    SWD(2012)128, 4.2.5.
    """
    first = to_date(since, "since")
    due = to_count(due_day, "due_day", 31)
    last = None if cut_off is None else to_count(cut_off, "cut_off", 31)
    days = (first + timedelta(day) for day in range(_LEAP_CYCLE))
    return min(
        (_interval(day, due, last) for day in days), key=lambda found: found.days
    )


def _interval(drawn: date, due: int, cut_off: int | None) -> FirstInterval:
    later = 1
    if cut_off is None:
        later = 0 if add_months(drawn, 0, roll_day=due) > drawn else 1
    elif drawn.day > cut_off:
        later = 2
    paid = add_months(drawn, later, roll_day=due)
    return FirstInterval(drawn, paid, (paid - drawn).days)


def earliest_and_lowest(dates: Sequence[date], amounts: Sequence[Amount]) -> CashFlow:
    """
    Return a repayment whose day or amount is open: the earliest and the lowest (f).

    Args:
        dates: The days that the agreement allows.
        amounts: The amounts that it allows, in major units.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If there is no date or no amount, or one is not above zero.

    Example:
        >>> str(earliest_and_lowest([date(2026, 3, 1), date(2026, 2, 1)],
        ...     ["50", "40"]).amount)
        '40'

    Source: Directive 2008/48/EC, Annex I, II (f) (i), as amended by 2011/90/EU.
    """
    lowest = min(
        to_amount(amount, "amounts", least=1) for amount in some(amounts, "amounts")
    )
    return CashFlow(min(to_date(on, "dates") for on in some(dates, "dates")), lowest)


def some(given: Sequence[Listed], what: str) -> Sequence[Listed]:
    """
    Return a list that holds something, refusing anything else.

    Raises:
        InputTypeError: If it is not a list.
        LimitError: If it is empty.

    Example:
        >>> some([1], "amounts")
        [1]
    """
    if not isinstance(given, (list, tuple)):
        raise InputTypeError(what, got=given, allowed=f"a list of {what}")
    if not given:
        raise LimitError(what, got="none", allowed="one or more")
    return given
