"""What each event does to a line."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve

from loanmath.billing.adding import add, first_bearing, row_at
from loanmath.billing.deferring import defer
from loanmath.billing.drawing import draw
from loanmath.billing.line_state import (
    CutCycle,
    LineEntry,
    LineState,
    cut_cycle,
)
from loanmath.billing.line_units import event_units, share_units
from loanmath.billing.planning import convert, settle_plan
from loanmath.billing.receiving import (
    counted,
    counted_whole,
    posted_first,
    receive,
    taken_from,
)
from loanmath.billing.returning import charge_back, refund, reverse
from loanmath.billing.rows import (
    FEE,
    NEVER,
    PENALTY,
    PLACES,
    PRINCIPAL,
    PURCHASES,
    Row,
    in_order,
)
from loanmath.billing.uses import (
    Lookup,
    drawing_of,
    own_units,
    places_of,
    used_of,
    with_use,
)
from loanmath.currency import amount_text
from loanmath.errors import EventError
from loanmath.events import (
    BillDeferral,
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

__all__ = ["book"]


def book(state: LineState, event: Event, lookup: Lookup) -> Iterable[LineEntry]:
    """
    Return what an event does, in steps.

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
            return draw(state, event, day)
        case Payment():
            return _pay(state, event, day)
        case _:
            return _steps(state, event, lookup, day)


def _steps(
    state: LineState, event: Event, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    match event:
        case Refund():
            yield from refund(state, event, lookup, day)
        case Conversion():
            yield from _convert(state, event, lookup, day)
        case PlanSettlement():
            yield from settle_plan(state, event, day)
        case Reversal():
            yield from reverse(state, event, lookup, day)
        case Chargeback():
            yield charge_back(state, event, lookup)
        case _:
            yield _change(state, event, day)


def _change(state: LineState, event: Event, day: int) -> LineEntry:
    match event:
        case Charge():
            return _charge(state, event, day)
        case BillDeferral():
            return defer(state, event, day)
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


def _pay(state: LineState, event: Payment, day: int) -> list[LineEntry]:
    if event.is_directed:
        raise EventError(
            f"event {event.id}",
            got="a payment with a split, installments, an order or an effect",
            allowed="a plain payment: a line allocates by its terms",
        )
    units = event_units(state.line, event.amount, f"event {event.id}")
    found = posted_first(state, units, day, event)
    if found:
        state = found[-1].after
    after, _ = receive(state, units, day)
    return [
        *found,
        LineEntry(day, "payment", event, state, counted_whole(after, units)),
    ]


def _convert(
    state: LineState, event: Conversion, lookup: Lookup, day: int
) -> Iterator[LineEntry]:
    if event.of is None:
        places = tuple(
            place
            for place, row in enumerate(state.rows)
            if row.segment == PURCHASES and row.cycle < state.cycle.cut
        )
        there = sum(state.rows[place].owed[PRINCIPAL] for place in places)
        yield from convert(state, event, places, there, day)
        return
    drawn = drawing_of(event, event.of, lookup)
    places = places_of(state, drawn)
    there = sum(state.rows[place].owed[PRINCIPAL] for place in places)
    most = min(there, own_units(state, drawn))
    for entry in convert(state, event, places, most, day):
        units, used = entry.after.planned - entry.before.planned, used_of(state, drawn)
        used = used._replace(converted=used.converted + units)
        yield entry._replace(after=with_use(entry.after, used))


def _check_no_installment(event: Charge | Waiver, named: object) -> None:
    if named:
        raise EventError(
            f"event {event.id}",
            got="an installment",
            allowed="none: a line has rows of cycles",
        )


def _charge(state: LineState, event: Charge, day: int) -> LineEntry:
    _check_no_installment(event, event.installment)
    units = event_units(state.line, event.amount, f"event {event.id}")
    component = PENALTY if event.component is Component.PENALTY else FEE
    row = row_at(state, PURCHASES, state.cycle)
    after = add(state, row, component, units, day)
    return LineEntry(day, "charge", event, state, after, event.name)


def _waive(state: LineState, event: Waiver, day: int) -> LineEntry:
    _check_no_installment(event, event.installments)
    component = PLACES.get(event.component, PRINCIPAL)
    if event.component is Component.COMPOUND:
        raise EventError(
            f"event {event.id}",
            got="compound",
            allowed="penalty, fee, interest or principal",
        )
    owed = sum(row.owed[component] for row in state.rows)
    if isinstance(event.amount, Fraction):
        units = share_units(event.amount, owed, state.line.digits, None)
    else:
        units = event_units(state.line, event.amount, f"event {event.id}")
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
    units = event_units(state.line, event.amount, f"event {event.id}")
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
    units = event_units(state.line, event.amount, f"event {event.id}")
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
    due = max((bill.due for bill in state.bills), default=0)
    if cycle.due <= due:
        raise EventError(
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
