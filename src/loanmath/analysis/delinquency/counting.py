"""Counting days past due, with pauses left out."""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import field, frozen

from loanmath.doors import to_date, to_tuple_of
from loanmath.errors import DateRangeError

__all__ = ["Pause", "Pauses", "counted", "day_of", "days_past_due", "to_pauses"]

Pauses = tuple[tuple[int, int], ...]
"""Days that do not count, as ordinals: first and last, ascending, none overlapping."""


def _to_since(day: object) -> date:
    return to_date(day, "since")


def _to_until(day: object) -> date:
    return to_date(day, "until")


@frozen
class Pause:
    """
    Days that do not count as days past due (逾期天数暂停计算).

    Args:
        since: The first day that does not count.
        until: The last.

    Raises:
        InputTypeError: If a day is not a `date`.
        DateRangeError: If a day is out of range, or they are in the wrong order.

    Example:
        >>> Pause(date(2026, 2, 1), date(2026, 2, 28)).until.day
        28
    """

    since: date = field(converter=_to_since)
    until: date = field(converter=_to_until)

    def __attrs_post_init__(self) -> None:
        if self.until < self.since:
            raise DateRangeError(
                "until", got=str(self.until), allowed=f"on or after {self.since}"
            )


def to_pauses(pauses: Sequence[Pause]) -> Pauses:
    """
    Return pauses as ordinals, joined where they overlap.

    Raises:
        InputTypeError: If they are not a list of `Pause`.

    Example:
        >>> first, second = date(2026, 1, 1), date(2026, 1, 3)
        >>> joined = to_pauses([Pause(second, second), Pause(first, second)])
        >>> [last - first for first, last in joined]
        [2]
    """
    found = to_tuple_of(pauses, Pause, "pauses")
    ordered = sorted((one.since.toordinal(), one.until.toordinal()) for one in found)
    return tuple(_joined(ordered))


def _joined(ordered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in ordered:
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def counted(due: int, day: int, pauses: Pauses) -> int:
    """
    Return how many days after a due date, up to a day, count.

    Example:
        >>> counted(10, 20, ((12, 14),))
        7
    """
    late = max(day - due, 0)
    for first, last in pauses:
        late -= max(min(last, day) - max(first, due + 1) + 1, 0)
    return late


def day_of(due: int, number: int, pauses: Pauses) -> int:
    """
    Return the day on which the count from a due date comes to a number.

    Example:
        >>> day_of(10, 7, ((12, 14),))
        20
    """
    day = due + number
    for first, last in pauses:
        if last > due and first <= day:
            day += last - max(first, due + 1) + 1
    return day


def days_past_due(due: date, on: date, *, pauses: Sequence[Pause] = ()) -> int:
    """
    Return the days past due on a day of what is unpaid since a due date.

    Formula: `days = on - due`, less the days of pauses among them, never below zero:
    the due date is day 0 and the day after it is the first day past due.

    Args:
        due: The due date.
        on: The day; of what was paid late, the day it was paid.
        pauses: Days that do not count.

    Raises:
        InputTypeError: If a value is of the wrong type.
        DateRangeError: If a day is out of range.

    Example:
        >>> days_past_due(date(2026, 3, 8), date(2026, 3, 10))
        2
        >>> pause = Pause(date(2026, 3, 9), date(2026, 3, 9))
        >>> days_past_due(date(2026, 3, 8), date(2026, 3, 10), pauses=[pause])
        1

    Source: due on the 8th and paid on the 10th is two days (`DPD = paid - due`).
    中文: 逾期天数.
    """
    first, last = to_date(due, "due"), to_date(on, "on")
    return counted(first.toordinal(), last.toordinal(), to_pauses(pauses))
