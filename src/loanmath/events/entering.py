"""Events as they are entered: each id once, on or after the first day."""

from collections.abc import Iterable, Mapping
from datetime import date

from loanmath.errors import EventError
from loanmath.events.order import Event, happening

__all__ = ["entered"]


def entered(
    events: Iterable[Event], known: Mapping[str, Event], first: date, opened: str
) -> tuple[dict[str, Event], list[Event]]:
    """
    Return all that is known with more events, and those that are new.

    Args:
        events: The events, in whatever order.
        known: What was recorded, by id.
        first: The first day.
        opened: What that day is, for the error.

    Raises:
        EventError: If an id stands for two different events, or one is before the first
            day.
        InputTypeError: If something is not an event.

    Example:
        >>> from loanmath.events import Payment
        >>> paid = Payment(id="p1", on=date(2026, 2, 15), amount="10")
        >>> _, new = entered([paid, paid], {}, date(2026, 1, 1), "the day of the loan")
        >>> len(new)
        1
    """
    found, new = dict(known), []
    for event in events:
        happening(event)
        if event.id not in found:
            if event.on < first:
                raise EventError(
                    f"event {event.id}",
                    got=str(event.on),
                    allowed=f"on or after {first}, {opened}",
                )
            found[event.id] = event
            new.append(event)
        elif found[event.id] != event:
            raise EventError(
                f"event {event.id}",
                got="another event under an id that is taken",
                allowed="one event for each id",
                do="give it an id of its own, or reverse the first",
            )
    return found, new
