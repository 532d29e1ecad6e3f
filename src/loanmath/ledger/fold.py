"""The fold: events in their one order, each applied to what the days before made."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from attrs import evolve

from loanmath.errors import EventError
from loanmath.events import (
    Breach,
    Chargeback,
    Event,
    InterestPause,
    InterestResume,
    Payment,
    Refund,
    Restructuring,
    Reversal,
    TermsChange,
)
from loanmath.events.order import EventKey
from loanmath.events.reversals import still_to_apply
from loanmath.ledger.adding import added_row
from loanmath.ledger.balances import Balances
from loanmath.ledger.booking import book
from loanmath.ledger.breaches import BREACHED
from loanmath.ledger.chapters import refusal, rows_kept
from loanmath.ledger.course import Course
from loanmath.ledger.days import advance, counted, morning
from loanmath.ledger.paying import clearing_order, replans_rows
from loanmath.ledger.paying_at_once import paid_at_once
from loanmath.ledger.receipt import Receipt
from loanmath.ledger.restructuring import depends, lasting, restructure
from loanmath.ledger.rules import PRINCIPAL
from loanmath.ledger.settlement import payoff_fees
from loanmath.ledger.settling import settles
from loanmath.ledger.state import (
    STANDSTILL,
    AccountState,
    Entry,
    Part,
    opening_state,
)
from loanmath.ledger.undoing import Cleared, Lookup

__all__ = [
    "Step",
    "cleared_by",
    "fold",
    "in_order",
    "opening",
    "seen_on",
]


class Step(NamedTuple):
    """One event and what it did, with what the days before it did by themselves."""

    event: Event
    entries: tuple[Entry, ...]
    after: AccountState


def in_order(events: Sequence[Event], key: EventKey) -> tuple[Event, ...]:
    """Return events in the one order that they are applied in."""
    return tuple(sorted(events, key=key))


def opening(course: Course, *, undrawn: bool) -> Iterator[Entry]:
    """Yield how an account opens, and what the terms do on that day already."""
    state = AccountState(course.undrawn_balances(), course)
    if not undrawn:
        state = opening_state(course)
    day = state.balances.since
    yield Entry(day, "opening", None, state, state)
    yield from morning(course, state, day)


def fold(
    events: Sequence[Event],
    opening: AccountState,
    done: Sequence[Step],
    new: int = 0,
) -> tuple[Step, ...]:
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
    kept, later = still_to_apply(events, done, new)
    return _continued(done[:kept], later, opening)


def _continued(
    done: Sequence[Step],
    events: Sequence[Event],
    opening: AccountState,
    since: AccountState | None = None,
) -> tuple[Step, ...]:
    """Return steps with those of more events, from the last state or a later one."""
    steps = list(done)
    state = since or (steps[-1].after if steps else opening)

    def cleared(name: str) -> Cleared | None:
        told = _told(steps)
        for number, step in enumerate(told):
            if step.event.id == name:
                found = cleared_by(step)
                later = told[number + 1 :]
                return None if found is None else _left(found, name, later)
        return None

    for event in events:
        if isinstance(event, Breach):
            step = _broken(_told(steps), state, event)
        else:
            once = paid_at_once(state, event)
            entries = once or tuple(_apply(state, event, cleared))
            step = Step(event, entries, entries[-1].after)
        state = step.after
        steps.append(step)
    return tuple(steps)


def _told(steps: Sequence[Step]) -> list[Step]:
    """Return what happened, with what breaches put in the place of plans."""
    if not any(type(step.event) is Breach for step in steps):
        return list(steps)
    told: list[Step] = []
    for step in steps:
        if isinstance(step.event, Breach):
            told = _without_plan(told, step)
        else:
            told.append(step)
    return told


def _without_plan(told: Sequence[Step], breach: Step) -> list[Step]:
    again = (
        Step(part.event, part.entries, part.entries[-1].after)
        for part in breach.entries[-1].replayed
        if part.event is not None
    )
    place = _plan_of(told, cast("Breach", breach.event))
    return [*told[:place], *again]


def _plan_of(told: Sequence[Step], event: Breach) -> int:
    """Return the place of the plan that a breach is of, which is to be in force."""
    plans = [
        place
        for place, step in enumerate(told)
        if isinstance(step.event, Restructuring) and depends(step.event)
    ]
    if not plans or told[plans[-1]].event.id != event.of:
        in_force = repr(told[plans[-1]].event.id) if plans else "there is none"
        raise EventError(
            f"event {event.id}",
            got=f"a breach of {event.of!r}",
            allowed=f"of the plan in force: {in_force}",
        )
    return plans[-1]


def _broken(told: Sequence[Step], state: AccountState, event: Breach) -> Step:
    """
    Return what a breach does: the account as it would be without the plan.

    The events since the plan began are applied anew to what was owed then, by the terms
    as they were; what the plan forgave for good stays forgiven.
    """
    place, day = _plan_of(told, event), event.on.toordinal()
    nights = seen_on(state, day)
    before = nights[-1].after if nights else state
    done = list(told[:place])
    began, parts = _cut_off(told[place], event)
    done += [Step(part.event, part.entries, began) for part in parts if part.event]
    later = [step.event for step in told[place + 1 :]]
    try:
        followed = _continued(done, later, began, began)[len(done) :]
    except EventError as error:
        do = "reverse what the old terms do not allow"
        raise refusal(event, error, do) from error
    last = followed[-1].after if followed else began
    last_nights = seen_on(last, day)
    after = last_nights[-1].after if last_nights else last
    parts += [Part(step.event, step.entries) for step in followed]
    parts.append(Part(None, last_nights))
    broken = Entry(day, BREACHED, event, before, after, replayed=tuple(parts))
    return Step(event, (*nights, broken), after)


def _cut_off(plan: Step, event: Breach) -> tuple[AccountState, list[Part]]:
    """Return the state that a broken plan began on, with what it forgave for good."""
    entry = next(entry for entry in plan.entries if entry.event is not None)
    agreed = cast("Restructuring", plan.event)
    kept = lasting(agreed, event.on.toordinal())
    if not kept:
        return entry.before, []
    forgives = evolve(agreed, concessions=kept)
    entries = tuple(restructure(entry.before, forgives, entry.day, capped=True))
    return entries[-1].after, [Part(forgives, entries)]


def _apply(state: AccountState, event: Event, cleared: Lookup) -> Iterator[Entry]:
    course, day = state.course, event.on.toordinal()
    for entry in advance(course, state, day):
        yield entry
        state = entry.after
    if not isinstance(event, InterestPause | InterestResume):
        for entry in counted(course, state):
            yield entry
            state = entry.after
    yield from book(course, state, event, cleared)


def cleared_by(step: Step) -> Cleared | None:
    """Return what a payment cleared, first to last, and what it made fall away."""
    if not isinstance(step.event, Payment | Refund):
        return None
    entry = next(entry for entry in step.entries if entry.rule == "payment")
    course = entry.before.course
    before, after = entry.before.balances, entry.after.balances
    receipt = Receipt.of(course, step.event)
    quotes = [other for other in step.entries if other.rule == "payoff"]
    stood_still = any(other.name == STANDSTILL for other in step.entries)
    if quotes or (not stood_still and settles(course, entry.before, receipt)):
        owed = quotes[0].before.balances if quotes else before
        return _settled(course, owed, before, after)
    order = clearing_order(course, entry.before, receipt)
    places = {place: number for number, place in reversed(list(enumerate(order)))}
    parts = sorted(
        _fallen(before, after),
        key=lambda part: places.get((part[0], part[1]), len(order)),
    )
    later = step.after.balances
    cleared = _prepaid(course, receipt, parts, before, later.segment.principal)
    credit = after.credit - before.credit
    return Cleared(cleared, None, credit, _bears_on(before, later))


def _bears_on(before: Balances, after: Balances) -> int | None:
    """Return the row in whose period what was prepaid bears on, where it does."""
    return None if after.prepaid == before.prepaid else after.accrued_row


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
    ahead = course.rows_from(before.fallen_due(receipt.day))
    prepaid = [part for part in parts if part[0] == PRINCIPAL and part[1] in ahead]
    fell = [(row, before.segment.principal[row] - later[row]) for row in ahead]
    if any(amount < 0 for _, amount in fell):
        # Of no row: with less interest, earlier payments hold more principal.
        fell = [(ahead[-1], sum(amount for _, _, amount in prepaid))]
    kept = (part for part in parts if part not in prepaid)
    return (*kept, *((PRINCIPAL, row, amount) for row, amount in fell if amount))


def _settled(
    course: Course, owed: Balances, quoted: Balances, after: Balances
) -> Cleared:
    """Return what a settlement cleared, and what its quote made of what was owed."""
    kept = payoff_fees(course, owed, owed.fallen_due(quoted.accrued_to))
    plan = quoted.with_segment(quoted.segment._replace(fee=kept))
    # What early repayment costs is paid last.
    none = plan.with_segment(after.segment)
    parts = (*_fallen(plan, none), *_fallen(quoted, plan))
    credit = after.credit - quoted.credit
    return Cleared(parts, (owed, quoted), credit, _bears_on(quoted, after))


def _left(found: Cleared, name: str, later: Sequence[Step]) -> Cleared | None:
    """Return what is left of what a payment cleared, unless it was reversed."""
    for step in later:
        event, before = step.event, step.entries[-1].before
        for added in map(added_row, step.entries):
            if added is not None:
                found = found.with_row(added, step.after.course.due[added])
        if isinstance(event, TermsChange | Restructuring):
            if step.after.course is before.course:
                continue
            kept = rows_kept(before, event.on.toordinal())
            found = found.in_chapter(kept, step.after.course.arrears)
        elif isinstance(event, Chargeback) and event.of == name:
            units = before.course.units(event.amount, f"event {event.id}")
            found = found.without(units)
        elif isinstance(event, Reversal) and event.of == name:
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


def seen_on(state: AccountState, day: int) -> tuple[Entry, ...]:
    """Return what the terms alone do from a state until the end of a day's events."""
    course = state.course
    entries = list(advance(course, state, day))
    last = entries[-1].after if entries else state
    entries.extend(counted(course, last))
    return tuple(entries)
