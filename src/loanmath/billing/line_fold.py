"""The fold of a line: events in their one order, each after the days before it."""

from collections.abc import Sequence
from typing import NamedTuple

from loanmath.billing.booking import book
from loanmath.billing.cutting import cut
from loanmath.billing.deciding import decide, decided_on, end_promotions
from loanmath.billing.line_state import LineEntry, LineState
from loanmath.billing.rows import WAITING
from loanmath.events import Event
from loanmath.events.reversals import still_to_apply

__all__ = ["LineStep", "advance", "fold_line"]


class LineStep(NamedTuple):
    """One event and what it did, with what the days before it did by themselves."""

    event: Event
    entries: tuple[LineEntry, ...]
    after: LineState


def advance(state: LineState, day: int) -> list[LineEntry]:
    """Return what happens by the terms alone until the events of a day."""
    found: list[LineEntry] = []
    while (following := _next_day(state)) <= day:
        found += _morning(state, following)
        state = found[-1].after
    return found


def _next_day(state: LineState) -> int:
    """Return the next day on which the terms do something."""
    found = state.cycle.cut
    for bill in state.bills:
        found = min(found, decided_on(state, bill))
    if state.rules.defers:
        waiting = [row.until for row in state.rows if row.deferred == WAITING]
        found = min([found, *waiting])
    return found


def _morning(state: LineState, day: int) -> list[LineEntry]:
    """Return what happens by the terms alone on a day on which they do something."""
    found: list[LineEntry] = []
    while open_bills := [
        bill for bill in state.bills if decided_on(state, bill) <= day
    ]:
        found += decide(state, open_bills[0], day)
        state = found[-1].after
    if any(row.deferred == WAITING and row.until <= day for row in state.rows):
        found.append(end_promotions(state, day))
        state = found[-1].after
    if state.cycle.cut <= day:
        found += cut(state, day)
    return found


def fold_line(
    events: Sequence[Event],
    opening: LineState,
    done: Sequence[LineStep],
    new: int = 0,
) -> tuple[LineStep, ...]:
    """
    Return the steps of all events.

    Args:
        events: In order.
        opening: The state on the first day.
        done: Steps of earlier events, which are kept as far as they are the same.
        new: How many events, the last ones, come after all those that are done; 0
            where that is not known.

    Raises:
        EventError: If an event cannot be booked where it stands.
    """
    kept, events = still_to_apply(events, done, new)
    steps = list(done[:kept])
    state = steps[-1].after if steps else opening
    earlier: dict[str, Event] = {}

    def lookup(name: str) -> Event | None:
        # Few events are about an earlier one, so that ids are read when one is.
        earlier.update((step.event.id, step.event) for step in steps[len(earlier) :])
        return earlier.get(name)

    following = _next_day(state)
    for event in events:
        day, before = event.on.toordinal(), state
        entries: tuple[LineEntry, ...] = ()
        if following <= day:
            entries = tuple(advance(state, day))
            state = entries[-1].after
        entries += tuple(book(state, event, lookup))
        state = entries[-1].after
        steps.append(LineStep(event, entries, state))
        # What is bought changes neither bills nor the cycle.
        if (
            state.bills is not before.bills
            or state.cycle is not before.cycle
            or state.rules.defers
        ):
            following = _next_day(state)
    return tuple(steps)
