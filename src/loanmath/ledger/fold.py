"""The fold: events in their one order, each applied to what the days before made."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from loanmath.errors import EventError
from loanmath.events import (
    Chargeback,
    Event,
    InterestPause,
    InterestResume,
    Payment,
    Refund,
    Reversal,
    ReversedAs,
    event_key,
)
from loanmath.ledger.balances import Balances
from loanmath.ledger.booking import book
from loanmath.ledger.course import Course
from loanmath.ledger.days import advance, counted, morning
from loanmath.ledger.paying import clearing_order, replans_rows
from loanmath.ledger.receipt import Receipt
from loanmath.ledger.rules import PRINCIPAL
from loanmath.ledger.state import AccountState, Entry, opening_state
from loanmath.ledger.undoing import Cleared, Lookup
from loanmath.terms import Happening

__all__ = [
    "Step",
    "check_reversals",
    "cleared_by",
    "fold",
    "in_order",
    "opening",
    "ranks_of",
    "seen_on",
    "undone",
]


class Step(NamedTuple):
    """One event and what it did, with what the days before it did by themselves."""

    event: Event
    entries: tuple[Entry, ...]
    after: AccountState


def ranks_of(course: Course) -> dict[Happening, int]:
    """Return the rank of every kind of event within a day."""
    order = course.loan.servicing.day_order
    return {kind: rank for rank, kind in enumerate(order)}


def in_order(
    events: Sequence[Event], ranks: Mapping[Happening, int]
) -> tuple[Event, ...]:
    """Return events in the one order that they are applied in."""
    return tuple(sorted(events, key=lambda event: event_key(event, ranks)))


def undone(events: Sequence[Event]) -> frozenset[str]:
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


def opening(course: Course, *, undrawn: bool) -> Iterator[Entry]:
    """Yield how an account opens, and what the terms do on that day already."""
    state = AccountState(course.undrawn_balances())
    if not undrawn:
        state = opening_state(course)
    day = state.balances.since
    yield Entry(day, "opening", None, state, state)
    yield from morning(course, state, day)


def check_reversals(events: Sequence[Event]) -> None:
    """
    Refuse a reversal of what is not there, or of what was reversed already.

    Raises:
        EventError: If there is one.
    """
    days = {event.id: event.on for event in events}
    never, reversed_once = undone(events), set()
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


def fold(
    course: Course, events: Sequence[Event], opening: AccountState, done: Sequence[Step]
) -> tuple[Step, ...]:
    """
    Return the steps of all events.

    Args:
        course: The course.
        events: In order, without those that never happened.
        opening: The state on the first day.
        done: The steps of the first so many events, where they are known.

    Raises:
        EventError: If an event cannot be booked where it stands.
    """
    steps = list(done)
    state = steps[-1].after if steps else opening

    def cleared(name: str) -> Cleared | None:
        for step in steps:
            if step.event.id == name:
                found = cleared_by(course, step)
                return None if found is None else _less(course, found, name, steps)
        return None

    for event in events[len(steps) :]:
        entries = list(_apply(course, state, event, cleared))
        state = entries[-1].after
        steps.append(Step(event, tuple(entries), state))
    return tuple(steps)


def _apply(
    course: Course, state: AccountState, event: Event, cleared: Lookup
) -> Iterator[Entry]:
    day = event.on.toordinal()
    for entry in advance(course, state, day):
        yield entry
        state = entry.after
    if not isinstance(event, InterestPause | InterestResume):
        for entry in counted(course, state):
            yield entry
            state = entry.after
    yield from book(course, state, event, cleared)


def cleared_by(course: Course, step: Step) -> Cleared | None:
    """Return what a payment cleared, first to last, and what it made fall away."""
    if not isinstance(step.event, Payment | Refund):
        return None
    entry = next(entry for entry in step.entries if entry.rule == "payment")
    before, after = entry.before.balances, entry.after.balances
    for other in step.entries:
        if other.rule == "payoff":
            return _settled(other.before.balances, before, after)
    if not any(map(any, after.segment)):
        return _settled(before, before, after)
    receipt = Receipt.of(course, step.event)
    order = clearing_order(course, entry.before, receipt)
    places = {place: number for number, place in reversed(list(enumerate(order)))}
    parts = sorted(
        _fallen(before, after),
        key=lambda part: places.get((part[0], part[1]), len(order)),
    )
    later = step.after.balances.segment.principal
    return Cleared(
        _prepaid(course, receipt, parts, before, later),
        (),
        after.credit - before.credit,
        (),
    )


def _prepaid(
    course: Course,
    receipt: Receipt,
    parts: list[tuple[int, int, int]],
    before: Balances,
    later: Sequence[int],
) -> tuple[tuple[int, int, int], ...]:
    """Return parts with prepaid principal on the rows whose principal it lowered."""
    if not replans_rows(course, receipt):
        return tuple(parts)
    ahead = [row for row, due in enumerate(before.due) if due > receipt.day]
    prepaid = [part for part in parts if part[0] == PRINCIPAL and part[1] in ahead]
    fell = [(row, before.segment.principal[row] - later[row]) for row in ahead]
    if any(amount < 0 for _, amount in fell):
        # Of no row: with less interest, earlier payments hold more principal.
        fell = [(ahead[-1], sum(amount for _, _, amount in prepaid))]
    kept = (part for part in parts if part not in prepaid)
    return (*kept, *((PRINCIPAL, row, amount) for row, amount in fell if amount))


def _settled(owed: Balances, quoted: Balances, after: Balances) -> Cleared:
    """Return what a settlement cleared, and what its quote made of what was owed."""
    charged = _fallen(quoted, owed)
    extra = {(place, row): amount for place, row, amount in charged}
    # What early repayment costs is paid last.
    parts = [
        (place, row, amount - extra.get((place, row), 0))
        for place, row, amount in _fallen(quoted, after)
    ]
    undone = ((place, row, -amount) for place, row, amount in charged)
    return Cleared(
        (*parts, *charged),
        (*_fallen(owed, quoted), *undone),
        after.credit - quoted.credit,
        owed.carried,
    )


def _less(
    course: Course, found: Cleared, name: str, steps: Sequence[Step]
) -> Cleared | None:
    """Return what is left of what a payment cleared, unless it was reversed."""
    for step in steps:
        event = step.event
        if not isinstance(event, Reversal | Chargeback) or event.of != name:
            continue
        if isinstance(event, Chargeback):
            found = found.without(course.units(event.amount, f"event {event.id}"))
        else:
            # One as if never leaves nothing of the payment to ask for.
            return None
    return found


def _fallen(before: Balances, after: Balances) -> tuple[tuple[int, int, int], ...]:
    """Return by how much each component of each row fell, row by row."""
    return tuple(
        (component, row, old[row] - new[row])
        for row in range(len(before.due))
        for component, (old, new) in enumerate(
            zip(before.segment, after.segment, strict=True)
        )
        if old[row] > new[row]
    )


def seen_on(course: Course, state: AccountState, day: int) -> tuple[Entry, ...]:
    """Return what the terms alone do from a state until the end of a day's events."""
    entries = list(advance(course, state, day))
    last = entries[-1].after if entries else state
    entries.extend(counted(course, last))
    return tuple(entries)
