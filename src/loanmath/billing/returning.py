"""Money that comes back, and money that is taken back."""

from collections.abc import Iterator

from loanmath.billing.adding import add, row_at
from loanmath.billing.line_state import LineEntry, LineState
from loanmath.billing.line_units import event_units
from loanmath.billing.planning import refund_plan
from loanmath.billing.receiving import (
    Took,
    counted,
    posted_first,
    receive,
    taken_from,
)
from loanmath.billing.rows import PRINCIPAL, PURCHASES
from loanmath.billing.uses import (
    Drawn,
    Lookup,
    drawing_of,
    not_refunded,
    own_units,
    places_of,
    used_of,
    with_use,
)
from loanmath.currency import amount_text
from loanmath.errors import EventError
from loanmath.events import Chargeback, Payment, Refund, Reversal

__all__ = ["charge_back", "refund", "reverse"]


def refund(
    state: LineState, event: Refund, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    """
    Yield what a refund does: of a use of the line first, then as money.

    Raises:
        EventError: If there is no such use, or more comes back than it cost.
    """
    units = event_units(state.line, event.amount, f"event {event.id}")
    drawn = None if event.of is None else drawing_of(event, event.of, lookup)
    if drawn is not None:
        _check_refund(state, event, drawn, units)
    for entry in posted_first(state, units, day, event):
        yield entry
        state = entry.after
    before = state
    took: Took = ()
    if drawn is not None:
        state, units, took = _refunded(state, drawn, units, day)
    after, more = receive(state, units, day)
    yield LineEntry(day, "refund", event, before, counted(after, (*took, *more)))


def _check_refund(state: LineState, event: Refund, drawn: Drawn, units: int) -> None:
    most, digits = not_refunded(state, drawn), state.line.digits
    if units > most:
        raise EventError(
            f"event {event.id}",
            got=amount_text(units, digits),
            allowed=f"at most {amount_text(most, digits)}, what of it was not refunded",
        )


def _refunded(
    state: LineState, drawn: Drawn, units: int, day: int
) -> tuple[LineState, int, Took]:
    """Return the state with the row of a use refunded, what is left, and who gave."""
    own, used = min(units, own_units(state, drawn)), used_of(state, drawn)
    places = places_of(state, drawn)
    state, left, took = taken_from(state, places, PRINCIPAL, own, day)
    state = with_use(state, used._replace(refunded=used.refunded + units))
    rest, of_plans = units - (own - left), units - own
    for plan in state.plans:
        if plan.of == drawn.id:
            state, had = refund_plan(state, plan, of_plans)
            of_plans -= had.taken
            rest += had.returned - had.lowered
    return state, rest, took


def reverse(
    state: LineState, event: Reversal, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    """
    Yield a reversal from today; what never was is no longer known.

    Raises:
        EventError: If what is reversed is neither a payment nor a use of the line.
    """
    found = lookup(event.of)
    if found is None:
        yield LineEntry(day, "reversal", event, state, state)
        return
    if isinstance(found, Payment):
        units = event_units(state.line, found.amount, f"event {found.id}")
        yield _owed_again(state, event, lookup, units)
        return
    drawn = drawing_of(event, event.of, lookup)
    units = not_refunded(state, drawn)
    after, left, took = _refunded(state, drawn, units, day)
    after, more = receive(after, left, day)
    yield LineEntry(day, "reversal", event, state, counted(after, (*took, *more)))


def _owed_again(
    state: LineState, event: Reversal | Chargeback, lookup: Lookup, units: int
) -> LineEntry:
    """Return what a payment that was taken back adds, as a purchase of that day."""
    found, day = lookup(event.of), event.on.toordinal()
    paid = 0
    if isinstance(found, Payment):
        paid = event_units(state.line, found.amount, f"event {found.id}")
    if not 0 < units <= paid:
        raise EventError(
            f"event {event.id}",
            got=f"{amount_text(units, state.line.digits)} of {event.of!r}",
            allowed="at most the amount of a payment before it",
        )
    row = row_at(state, PURCHASES, state.cycle)
    return LineEntry(
        day, "payment returned", event, state, add(state, row, PRINCIPAL, units, day)
    )


def charge_back(state: LineState, event: Chargeback, lookup: Lookup) -> LineEntry:
    """
    Return what a payment that the bank took back does.

    Raises:
        EventError: If there is no such payment, or it was less.
    """
    units = event_units(state.line, event.amount, f"event {event.id}")
    return _owed_again(state, event, lookup, units)
