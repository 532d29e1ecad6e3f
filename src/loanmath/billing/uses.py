"""Uses of a line: what of one was refunded or converted, and where it stands."""

from collections.abc import Callable
from typing import TypeAlias

from loanmath.billing.drawing import promoted_until
from loanmath.billing.line_state import Decided, LineState, Used
from loanmath.billing.line_units import event_units
from loanmath.billing.rows import CARRIED
from loanmath.errors import EventError
from loanmath.events import CashAdvance, Event, Purchase, Transfer

__all__ = [
    "Drawn",
    "Lookup",
    "drawing_of",
    "not_refunded",
    "own_units",
    "places_of",
    "used_of",
    "with_use",
]

Drawn: TypeAlias = Purchase | CashAdvance | Transfer
"""A use of the line."""

Lookup: TypeAlias = Callable[[str], Event | None]
"""Finds an earlier event by its id."""


def drawing_of(event: Event, of: str, lookup: Lookup) -> Drawn:
    """
    Return the use of the line that an event is about.

    Raises:
        EventError: If there is none of that id on that day or before.
    """
    found = lookup(of)
    if not isinstance(found, Purchase | CashAdvance | Transfer):
        raise EventError(
            f"event {event.id}",
            got=of,
            allowed="the id of a purchase, cash advance or transfer before it",
        )
    return found


def places_of(state: LineState, drawn: Drawn) -> tuple[int, ...]:
    """Return the row that a use of the line stands in, or what became of it."""
    segment = state.rules.place(drawn.segment, f"event {drawn.id}")
    cycle, posted = state.cycle.cut, drawn.on.toordinal()
    open_bills = (Decided(bill.cycle.cut, (), ()) for bill in state.bills)
    for past in (*state.history, *open_bills):
        if past.cut <= posted or segment in past.moved:
            continue
        if segment in past.gone:
            return ()
        cycle = past.cut
        break
    until = promoted_until(state.rules.segments[segment].terms, drawn.on)
    for key in ((cycle, until), (CARRIED, 0)):
        found = tuple(
            place
            for place, row in enumerate(state.rows)
            if row.segment == segment and (row.cycle, row.until) == key
        )
        if found:
            return found
    return ()


def used_of(state: LineState, drawn: Drawn) -> Used:
    """Return what of a use was refunded and converted."""
    return next(
        (used for used in state.used if used.name == drawn.id), Used(drawn.id, 0, 0)
    )


def own_units(state: LineState, drawn: Drawn) -> int:
    """Return what of a use was neither refunded nor converted."""
    used = used_of(state, drawn)
    units = event_units(state.line, drawn.amount, f"event {drawn.id}")
    return max(units - used.refunded - used.converted, 0)


def with_use(state: LineState, used: Used) -> LineState:
    """Return the state that knows so much of a use."""
    others = (one for one in state.used if one.name != used.name)
    return state._replace(used=(*others, used))


def not_refunded(state: LineState, drawn: Drawn) -> int:
    """Return what of a use was not refunded."""
    units = event_units(state.line, drawn.amount, f"event {drawn.id}")
    return units - used_of(state, drawn).refunded
