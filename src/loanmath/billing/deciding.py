"""What decides a bill once it was due: its free period, and its minimum."""

from loanmath.billing.adding import add, first_bearing, row_at
from loanmath.billing.line_rules import SegmentRule
from loanmath.billing.line_state import (
    Bill,
    CutCycle,
    Decided,
    LineEntry,
    LineState,
)
from loanmath.billing.minimum import is_repeated, missed_charge
from loanmath.billing.rows import (
    NEVER,
    PENALTY,
    PRINCIPAL,
    REVIVED,
    WAITING,
    Row,
    collapsed,
    in_order,
)

__all__ = ["REPEATED", "decide", "decided_on", "end_promotions"]

REPEATED = "repeated"
"""What a default charge is called that is not the first within some bills."""


def decided_on(state: LineState, bill: Bill) -> int:
    """Return the day at whose beginning a bill, or what is left of it, is decided."""
    if bill.bears:
        return bill.due + state.rules.minimum_grace + 1
    return bill.cycle.due + state.rules.grace + 1


def decide(state: LineState, bill: Bill, day: int) -> list[LineEntry]:
    """Return what follows from what was received of a bill in time."""
    later = state._replace(bills=tuple(one for one in state.bills if one is not bill))
    if bill.bears and _is_missed(bill):
        return _missed(state, later, bill, day)
    if bill.bears:
        return [LineEntry(day, "minimum paid", None, state, later, bill=bill)]
    if bill.missing <= state.rules.tolerance:
        after = _paid_in_full(later, bill, day)
        return [LineEntry(day, "paid in full", None, state, after, bill=bill)]
    after = _not_paid_in_full(later, bill)
    kept = bill._replace(bears=True)
    if decided_on(state, kept) > day:
        # Its minimum is late from another day, though it bears from today.
        bills = tuple(kept if one is bill else one for one in state.bills)
        after = after._replace(bills=bills)
        return [LineEntry(day, "not paid in full", None, state, after, bill=kept)]
    found = [LineEntry(day, "not paid in full", None, state, after, bill=bill)]
    return found + _missed(after, after, bill, day) if _is_missed(bill) else found


def _is_missed(bill: Bill) -> bool:
    return bill.received - bill.converted < bill.minimum


def _paid_in_full(state: LineState, bill: Bill, day: int) -> LineState:
    state = state._replace(paid_in_row=state.paid_in_row + 1)
    free = [row for row in state.rows if row.waits and row.cycle <= bill.cycle.cut]
    kept = tuple(row for row in state.rows if row not in free)
    moved = {row.segment for row in free if any(row.owed)}
    gone = {row.segment for row in free} - moved
    past = Decided(bill.cycle.cut, tuple(moved), tuple(gone))
    # What a bill may be short of is not late either.
    dues = tuple(due for due in state.dues if due.cut > bill.cycle.cut)
    history = (*state.history, past)
    state = _regained(state._replace(rows=kept, history=history, dues=dues), bill)
    for row in free:
        state = _moved(state, row, day)
    return state


def _moved(state: LineState, row: Row, day: int) -> LineState:
    """Return the state with what is left of a row in that of the next cycle."""
    if not any(row.owed):
        return state
    open_bills = (bill.cycle for bill in state.bills if not bill.bears)
    following = next(open_bills, state.cycle)
    into = row_at(state, row.segment, following, row.until)
    credit, state = state.credit, state._replace(credit=0)
    for component, units in enumerate(row.owed):
        if units:
            state = add(state, into, component, units, day)
            into = row_at(state, row.segment, following, row.until)
    return state._replace(credit=credit)


def _regained(state: LineState, bill: Bill) -> LineState:
    """Return the state with free periods again, after enough bills paid in full."""
    if all(state.free):
        return state
    free = tuple(
        is_free
        or (
            rule.interest is not None
            and state.paid_in_row >= rule.interest.regained_after
        )
        for is_free, rule in zip(state.free, state.rules.segments, strict=True)
    )
    rows = tuple(
        _free_again(state, row, bill)
        if free[row.segment] and not state.free[row.segment]
        else row
        for row in state.rows
    )
    return state._replace(free=free, rows=rows)


def _free_again(state: LineState, row: Row, bill: Bill) -> Row:
    """Return a row that waits again, if it is of a later cycle and was not charged."""
    if row.cycle <= bill.cycle.cut or row.since:
        return row
    rule = state.rules.segments[row.segment]
    start = first_bearing(rule, _cycle_of(state, row))
    return row._replace(waits=True, start=start)


def _cycle_of(state: LineState, row: Row) -> CutCycle:
    for bill in state.bills:
        if bill.cycle.cut == row.cycle:
            return bill.cycle
    return state.cycle


def _not_paid_in_full(state: LineState, bill: Bill) -> LineState:
    segments = state.rules.segments
    rows = [
        _without_free_period(segments[row.segment], row)
        if row.cycle > bill.cycle.cut
        else _bearing(segments[row.segment], row, bill)
        for row in state.rows
    ]
    return state._replace(
        rows=tuple(rows),
        free=tuple([not rule.loses_free_period for rule in segments]),
        paid_in_row=0,
        history=(*state.history, Decided(bill.cycle.cut, (), ())),
    )


def _bearing(rule: SegmentRule, row: Row, bill: Bill) -> Row:
    if not row.waits:
        return row
    return row._replace(
        room=_room(rule, row),
        waits=False,
        partly=bill.cycle.due + 1 if rule.bears_partly else 0,
        missing=bill.missing,
        billed=bill.balance,
        covered=sum(one.units for one in row.taken),
    )


def _room(rule: SegmentRule, row: Row) -> int | None:
    """Return what a row that is overdue may cost under a ceiling."""
    cap = None if rule.interest is None else rule.interest.overdue_cap
    if cap is None:
        return None
    overdue = sum(
        units for units, bears in zip(row.owed, rule.bearing, strict=True) if bears
    )
    return overdue * cap.numerator // cap.denominator


def _without_free_period(rule: SegmentRule, row: Row) -> Row:
    if row.waits and rule.loses_free_period:
        return row._replace(waits=False, start=0)
    return row


def _missed(
    state: LineState, later: LineState, bill: Bill, day: int
) -> list[LineEntry]:
    """Return what it costs that less than the minimum was received in time."""
    rows = [_late(state, row, bill, bill.due + 1) for row in state.rows]
    number = sum(past.cut <= bill.cycle.cut for past in state.history)
    after = later._replace(rows=in_order(rows), missed=number)
    found = [LineEntry(day, "minimum missed", None, state, after, bill=bill)]
    since = number - state.missed if state.missed else 0
    paid = bill.received - bill.converted
    rule = state.line.default_charge
    charge = missed_charge(state.line, bill.minimum, paid, since)
    if rule is not None and charge:
        row = row_at(after, 0, after.cycle)
        charged = add(after, row, PENALTY, charge, day)
        name = REPEATED if rule.amounts and is_repeated(rule, since) else ""
        found.append(
            LineEntry(day, "default charge", None, after, charged, name, bill=bill)
        )
    return found


def _late(state: LineState, row: Row, bill: Bill, late: int) -> Row:
    rule = state.rules.segments[row.segment]
    if rule.bears_more and row.cycle <= bill.cycle.cut and row.late == NEVER:
        return row._replace(late=late)
    return row


def end_promotions(state: LineState, day: int) -> LineEntry:
    """Return what a promotion that ends today does to what was deferred."""
    rows = tuple(_ended(row, day) for row in state.rows)
    after = state._replace(rows=rows)
    return LineEntry(day, "promotion ended", None, state, after)


def _ended(row: Row, day: int) -> Row:
    if row.deferred != WAITING or row.until != day:
        return row
    if row.owed[PRINCIPAL]:
        return row._replace(deferred=REVIVED)
    return collapsed(row, day)
