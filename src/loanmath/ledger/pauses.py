"""The days on which nothing accrues, as far as they are known."""

from datetime import date
from typing import TypeAlias

from loanmath.errors import EventError
from loanmath.events import InterestPause, InterestResume

__all__ = ["Pauses", "is_paused", "with_pause", "with_resumption"]

Pauses: TypeAlias = tuple[tuple[int, int], ...]
"""Of each pause the first day that bears nothing, and the first that counts again."""

_OPEN = date.max.toordinal()
"""In place of a day that is not known."""


def is_paused(pauses: Pauses, day: int) -> bool:
    """Return whether a day bears nothing."""
    return bool(pauses) and any(since <= day < until for since, until in pauses)


def with_pause(pauses: Pauses, event: InterestPause) -> Pauses:
    """
    Return the pauses with one more.

    Raises:
        EventError: If it would overlap with another.
    """
    since = event.first.toordinal()
    until = _OPEN if event.until is None else event.until.toordinal()
    for begun, ended in pauses:
        if since < ended and begun < until:
            raise EventError(
                f"event {event.id}",
                got=f"paused from {date.fromordinal(begun)} on",
                allowed="a pause, then a resumption",
            )
    return tuple(sorted((*pauses, (since, until))))


def with_resumption(pauses: Pauses, event: InterestResume) -> Pauses:
    """
    Return the pauses with the one in force ended.

    Raises:
        EventError: If none is.
    """
    day = event.on.toordinal()
    if not is_paused(pauses, day):
        raise EventError(
            f"event {event.id}", got="not paused", allowed="a pause, then a resumption"
        )
    return tuple(
        (since, min(until, day) if since <= day else until)
        for since, until in pauses
        if since != day
    )
