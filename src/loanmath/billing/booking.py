"""What each event does to a line."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve

from loanmath.billing.adding import add, first_bearing, row_at
from loanmath.billing.drawing import draw, promoted_until
from loanmath.billing.line_state import (
    CutCycle,
    Decided,
    LineEntry,
    LineState,
    Used,
    cut_cycle,
)
from loanmath.billing.line_units import line_units, rounded_units
from loanmath.billing.planning import convert, refund_plan, settle_plan
from loanmath.billing.receiving import (
    Took,
    counted,
    counted_whole,
    posted_first,
    receive,
    taken_from,
)
from loanmath.billing.rows import CARRIED, FEE, NEVER, PENALTY, PRINCIPAL, Row, in_order
from loanmath.currency import amount_text
from loanmath.errors import EventError, ScheduleError
from loanmath.events import (
    CashAdvance,
    Charge,
    Chargeback,
    Conversion,
    CycleChange,
    Event,
    LimitChange,
    Payment,
    Payout,
    PlanSettlement,
    Purchase,
    Refund,
    Reversal,
    Transfer,
    Waiver,
)
from loanmath.terms.lines import JoinsCycle
from loanmath.terms.lines.cycles import joined_cycle
from loanmath.terms.servicing.components import Component

__all__ = ["Drawn", "Lookup", "book"]

Drawn: TypeAlias = Purchase | CashAdvance | Transfer
"""A use of the line."""

Lookup: TypeAlias = Callable[[str], Event | None]
"""Finds an earlier event by its id."""

_PURCHASES = 0
_PLACES = {Component.PENALTY: 0, Component.FEE: 1, Component.INTEREST: 2}


def book(state: LineState, event: Event, lookup: Lookup) -> Iterator[LineEntry]:
    """
    Yield what an event does, in steps.

    Args:
        state: The state at the event's place in its day.
        event: The event.
        lookup: Finds an earlier event.

    Raises:
        EventError: If it cannot be booked.
    """
    day = event.on.toordinal()
    match event:
        case Purchase() | CashAdvance() | Transfer():
            yield from draw(state, event, day)
        case Payment():
            yield from _pay(state, event, day)
        case Refund():
            yield from _refund(state, event, lookup, day)
        case Conversion():
            yield from _convert(state, event, lookup, day)
        case PlanSettlement():
            yield from settle_plan(state, event, day)
        case Reversal():
            yield from _reverse(state, event, lookup, day)
        case Chargeback():
            units = line_units(state.line, event.amount, f"event {event.id}")
            yield _owed_again(state, event, lookup, units)
        case _:
            yield _change(state, event, day)


def _change(state: LineState, event: Event, day: int) -> LineEntry:
    match event:
        case Charge():
            return _charge(state, event, day)
        case Waiver():
            return _waive(state, event, day)
        case Payout():
            return _pay_out(state, event, day)
        case LimitChange():
            return _change_limit(state, event, day)
        case CycleChange():
            return _change_cycle(state, event, day)
        case _:
            raise EventError(
                f"event {event.id}",
                got=f"{type(event).__name__} on a line of credit",
                allowed="an event of a line",
            )


def _pay(state: LineState, event: Payment, day: int) -> Iterator[LineEntry]:
    if event.split or event.installments or event.order or event.effect is not None:
        raise EventError(
            f"event {event.id}",
            got="a payment with a split, installments, an order or an effect",
            allowed="a plain payment: a line allocates by its terms",
        )
    units = line_units(state.line, event.amount, f"event {event.id}")
    for entry in posted_first(state, units, day, event):
        yield entry
        state = entry.after
    after, _ = receive(state, units, day)
    yield LineEntry(day, "payment", event, state, counted_whole(after, units))


def _drawing(event: Event, of: str, lookup: Lookup) -> Drawn:
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


def _places_of(state: LineState, drawn: Drawn) -> tuple[int, ...]:
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
    until = promoted_until(state.rules.segments[segment], drawn.on)
    for key in ((cycle, until), (CARRIED, 0)):
        found = tuple(
            place
            for place, row in enumerate(state.rows)
            if row.segment == segment and (row.cycle, row.until) == key
        )
        if found:
            return found
    return ()


def _used(state: LineState, drawn: Drawn) -> Used:
    """Return what of a use was refunded and converted."""
    return next(
        (used for used in state.used if used.name == drawn.id), Used(drawn.id, 0, 0)
    )


def _own(state: LineState, drawn: Drawn) -> int:
    """Return what of a use was neither refunded nor converted."""
    used = _used(state, drawn)
    units = line_units(state.line, drawn.amount, f"event {drawn.id}")
    return max(units - used.refunded - used.converted, 0)


def _using(state: LineState, used: Used) -> LineState:
    others = (one for one in state.used if one.name != used.name)
    return state._replace(used=(*others, used))


def _refund(
    state: LineState, event: Refund, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    units = line_units(state.line, event.amount, f"event {event.id}")
    drawn = None if event.of is None else _drawing(event, event.of, lookup)
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


def _not_refunded(state: LineState, drawn: Drawn) -> int:
    units = line_units(state.line, drawn.amount, f"event {drawn.id}")
    return units - _used(state, drawn).refunded


def _check_refund(state: LineState, event: Refund, drawn: Drawn, units: int) -> None:
    most, digits = _not_refunded(state, drawn), state.line.digits
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
    own, used = min(units, _own(state, drawn)), _used(state, drawn)
    places = _places_of(state, drawn)
    state, left, took = taken_from(state, places, PRINCIPAL, own, day)
    state = _using(state, used._replace(refunded=used.refunded + units))
    rest, of_plans = units - (own - left), units - own
    for plan in state.plans:
        if plan.of == drawn.id:
            state, lowered, returned = refund_plan(state, plan, of_plans)
            of_plans -= lowered
            rest += returned - lowered
    return state, rest, took


def _convert(
    state: LineState, event: Conversion, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    if event.of is None:
        places = tuple(
            place
            for place, row in enumerate(state.rows)
            if row.segment == _PURCHASES and row.cycle < state.cycle.cut
        )
        there = sum(state.rows[place].owed[PRINCIPAL] for place in places)
        yield from convert(state, event, places, there, day)
        return
    drawn = _drawing(event, event.of, lookup)
    places = _places_of(state, drawn)
    there = sum(state.rows[place].owed[PRINCIPAL] for place in places)
    for entry in convert(state, event, places, min(there, _own(state, drawn)), day):
        units, used = entry.after.planned - entry.before.planned, _used(state, drawn)
        used = used._replace(converted=used.converted + units)
        yield entry._replace(after=_using(entry.after, used))


def _reverse(
    state: LineState, event: Reversal, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    """Yield a reversal from today; what never was is no longer known."""
    found = lookup(event.of)
    if found is None:
        yield LineEntry(day, "reversal", event, state, state)
        return
    if isinstance(found, Payment):
        units = line_units(state.line, found.amount, f"event {found.id}")
        yield _owed_again(state, event, lookup, units)
        return
    drawn = _drawing(event, event.of, lookup)
    units = _not_refunded(state, drawn)
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
        paid = line_units(state.line, found.amount, f"event {found.id}")
    if not 0 < units <= paid:
        raise EventError(
            f"event {event.id}",
            got=f"{amount_text(units, state.line.digits)} of {event.of!r}",
            allowed="at most the amount of a payment before it",
        )
    row = row_at(state, _PURCHASES, state.cycle)
    return LineEntry(
        day, "payment returned", event, state, add(state, row, PRINCIPAL, units, day)
    )


def _check_no_installment(event: Charge | Waiver, named: object) -> None:
    if named:
        raise EventError(
            f"event {event.id}",
            got="an installment",
            allowed="none: a line has rows of cycles",
        )


def _charge(state: LineState, event: Charge, day: int) -> LineEntry:
    _check_no_installment(event, event.installment)
    units = line_units(state.line, event.amount, f"event {event.id}")
    component = PENALTY if event.component is Component.PENALTY else FEE
    row = row_at(state, _PURCHASES, state.cycle)
    after = add(state, row, component, units, day)
    return LineEntry(day, "charge", event, state, after, event.name)


def _waive(state: LineState, event: Waiver, day: int) -> LineEntry:
    _check_no_installment(event, event.installments)
    component = _PLACES.get(event.component, PRINCIPAL)
    if event.component is Component.COMPOUND:
        raise EventError(
            f"event {event.id}",
            got="compound",
            allowed="penalty, fee, interest or principal",
        )
    owed = sum(row.owed[component] for row in state.rows)
    if isinstance(event.amount, Fraction):
        units = rounded_units(state.line, None)(event.amount * owed)
    else:
        units = line_units(state.line, event.amount, f"event {event.id}")
    if units > owed:
        raise EventError(
            f"event {event.id}",
            got=amount_text(units, state.line.digits),
            allowed=f"at most {amount_text(owed, state.line.digits)}",
        )
    places = range(len(state.rows))
    after, _, took = taken_from(state, places, component, units, day)
    after = counted(after, took)
    return LineEntry(day, "waiver", event, state, after, event.component.value)


def _pay_out(state: LineState, event: Payout, day: int) -> LineEntry:
    units = line_units(state.line, event.amount, f"event {event.id}")
    if units > state.credit:
        raise EventError(
            f"event {event.id}",
            got=amount_text(units, state.line.digits),
            allowed=f"at most {amount_text(state.credit, state.line.digits)}",
            do="pay out what is credited, not more",
        )
    after = state._replace(credit=state.credit - units)
    return LineEntry(day, "payout", event, state, after)


def _change_limit(state: LineState, event: LimitChange, day: int) -> LineEntry:
    units = line_units(state.line, event.amount, f"event {event.id}")
    if event.until is None:
        after = state._replace(limits=((units, NEVER),))
    else:
        after = state._replace(limits=(*state.limits, (units, event.until.toordinal())))
    return LineEntry(day, "limit", event, state, after)


def _change_cycle(state: LineState, event: CycleChange, day: int) -> LineEntry:
    line = evolve(
        state.line,
        statement_day=event.statement_day,
        due_day=event.due_day,
        due_after=event.due_after,
    )
    # The first statement day after today.
    closing = line.statement_day_joins is JoinsCycle.CLOSING
    cycle = cut_cycle(joined_cycle(line, event.on + timedelta(days=closing)))
    due = max((bill.cycle.due for bill in state.bills), default=0)
    if cycle.due <= due:
        raise ScheduleError(
            f"event {event.id}",
            got="a bill due before the one before it",
            allowed=f"after {date.fromordinal(due)}",
            do="change the days once that bill was due",
        )
    cycle = cycle._replace(start=state.cycle.start)
    rows = in_order(_in_cycle(state, row, cycle) for row in state.rows)
    after = state._replace(line=line, cycle=cycle, rows=rows)
    return LineEntry(day, "cycle", event, state, after)


def _in_cycle(state: LineState, row: Row, cycle: CutCycle) -> Row:
    """Return a row of the open cycle with the days that it has now."""
    if row.cycle != state.cycle.cut:
        return row
    rule = state.rules.segments[row.segment]
    start = first_bearing(rule, cycle) if row.waits else row.start
    return row._replace(cycle=cycle.cut, due=cycle.due, start=start)
