"""Which events hold: those that were not reversed as if they had never been."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from loanmath.errors import EventError
from loanmath.events.corrections import Reversal, ReversedAs
from loanmath.events.order import Event

__all__ = ["Applied", "effective_events", "still_to_apply"]


class Applied(Protocol):
    """What an event did."""

    @property
    def event(self) -> Event:
        """The event."""
        ...


def still_to_apply(
    events: Sequence[Event], done: Sequence[Applied], new: int
) -> tuple[int, Sequence[Event]]:
    """
    Return how much of what was done stays so, and the events after it.

    Args:
        events: All events, in order.
        done: What earlier ones did.
        new: How many events, the last ones, come after all those that are done; 0
            where that is not known.

    Raises:
        EventError: If a reversal is of what is not there, or was reversed already.

    Example:
        >>> from loanmath.events import Payment
        >>> paid = Payment(id="p1", on=date(2026, 3, 1), amount="5")
        >>> still_to_apply([paid], [], 1)[0]
        0
    """
    later = events[len(events) - new :]
    if new and not any(type(event) is Reversal for event in later):
        # Nothing that was done is undone.
        return len(done), later
    held = effective_events(events)
    same = 0
    for one, event in zip(done, held, strict=False):
        if one.event is not event:
            break
        same += 1
    return same, held[same:]


def effective_events(events: Sequence[Event]) -> Sequence[Event]:
    """
    Return the events without those that are to have never happened.

    Args:
        events: In order.

    Raises:
        EventError: If a reversal is of what is not there, or was reversed already.

    Example:
        >>> from loanmath.events import Payment
        >>> paid = Payment(id="p1", on=date(2026, 3, 1), amount="5")
        >>> undone = Reversal(id="x1", on=date(2026, 3, 2), of="p1")
        >>> [event.id for event in effective_events([paid, undone])]
        ['x1']
    """
    if not any(type(event) is Reversal for event in events):
        return events
    _check_reversals(events)
    never = _undone(events)
    return [event for event in events if event.id not in never]


def _undone(events: Sequence[Event]) -> frozenset[str]:
    """
    Return the ids of events that are to have never happened.

    A reversal that is itself reversed undoes nothing.

    Args:
        events: In order.
    """
    found: set[str] = set()
    for event in reversed(events):
        if (
            isinstance(event, Reversal)
            and event.reversed_as is ReversedAs.NEVER
            and event.id not in found
        ):
            found.add(event.of)
    return frozenset(found)


def _check_reversals(events: Sequence[Event]) -> None:
    """
    Refuse a reversal of what is not there, or of what was reversed already.

    Raises:
        EventError: If there is one.
    """
    days = {event.id: event.on for event in events}
    never, reversed_once = _undone(events), set()
    for event in events:
        if not isinstance(event, Reversal):
            continue
        if event.of == event.id or days.get(event.of, date.max) > event.on:
            raise EventError(
                f"event {event.id}",
                got=f"a reversal of {event.of!r}",
                allowed="the id of an event on that day or before",
            )
        if event.id in never:
            continue
        if event.of in reversed_once:
            raise EventError(
                f"event {event.id}",
                got=f"another reversal of {event.of!r}",
                allowed="one reversal of an event",
            )
        reversed_once.add(event.of)
