"""The cut: interest becomes owed, installments are added, the bill is made."""

from collections.abc import Iterator
from datetime import date

from loanmath.billing.adding import add, row_at
from loanmath.billing.earning import Earned, earned
from loanmath.billing.line_state import (
    Bill,
    Due,
    LineEntry,
    LineState,
    Plan,
    cut_cycle,
)
from loanmath.billing.minimum import minimum_of
from loanmath.billing.rows import (
    CARRIED,
    FEE,
    INTEREST,
    NEVER,
    PENALTY,
    PRINCIPAL,
    WAITING,
    Row,
    collapsed,
    dated,
    in_order,
)
from loanmath.recurrence import add_months
from loanmath.terms.lines import MinimumItem, ShareOf
from loanmath.terms.lines.cycles import billed_on

__all__ = ["charge", "cut", "minimum_on"]

_PLANS = 1


def cut(state: LineState, day: int) -> Iterator[LineEntry]:
    """Yield what happens as the open cycle ends."""
    closes = state.cycle.statement + state.rules.included
    for place in range(len(state.rules.segments)):
        found = earned(state.rules, state.rows, place, state.window, closes)
        before, state = state, _charged_to(state, place, closes)
        if found.units:
            row = row_at(state, place, state.cycle)
            state = add(state, row, INTEREST, found.units, closes)
            name = state.rules.segments[place].name
            yield LineEntry(day, "interest", None, before, state, name, found.stretches)
    for entry in _installments(state, day):
        yield entry
        state = entry.after
    after = _billed(_joined(state, closes)._replace(window=closes, day=day))
    yield LineEntry(day, "bill", None, state, after, bill=after.bills[-1])


def _charged_to(state: LineState, place: int, until: int) -> LineState:
    """Return the state with a segment's rows charged up to a day."""
    rows = tuple(
        collapsed(row, until)
        if row.segment == place
        and until > row.since
        and not row.waits
        and row.deferred != WAITING
        else row
        for row in state.rows
    )
    return state._replace(rows=rows)


def charge(state: LineState, place: int, until: int) -> tuple[LineState, Earned]:
    """
    Return the state with what a segment earned owed before its cycle is cut.

    It is owed in the oldest row that earned it.

    Args:
        state: The state.
        place: The place of the segment.
        until: The day after the last that counts.
    """
    found = earned(state.rules, state.rows, place, state.window, until)
    after = _charged_to(state, place, until)
    if found.units:
        row = after.rows[found.rows[0]]
        after = add(after, row, INTEREST, found.units, until)
    return after, found


def _installments(state: LineState, day: int) -> Iterator[LineEntry]:
    """Yield the next installment of every plan."""
    for plan in state.plans:
        before, row = state, row_at(state, _PLANS, state.cycle)
        for component, units in (
            (PRINCIPAL, plan.principal[0]),
            (FEE, plan.fees[0]),
            (INTEREST, plan.interest[0]),
        ):
            if units:
                state = add(state, row, component, units, day)
                row = row_at(state, _PLANS, state.cycle)
        state = state._replace(plans=_advanced(state.plans, plan))
        yield LineEntry(day, "installment", None, before, state, plan.name)


def _advanced(plans: tuple[Plan, ...], plan: Plan) -> tuple[Plan, ...]:
    later = plan._replace(
        principal=plan.principal[1:], fees=plan.fees[1:], interest=plan.interest[1:]
    )
    return tuple(
        later if one is plan else one
        for one in plans
        if one is not plan or later.principal
    )


def _joined(state: LineState, closes: int) -> LineState:
    """Return the state with what decided bills left as one row of each segment."""
    first = state.bills[0].cycle.cut if state.bills else state.cycle.cut
    kept: list[Row] = []
    carried: dict[tuple[int, bool], Row] = {}
    for row in state.rows:
        if not any(row.owed) and not row.added and row.cycle < first:
            continue
        is_over = row.cycle < first and row.until <= closes and not row.waits
        if not is_over or row.deferred == WAITING:
            kept.append(row)
            continue
        key = row.segment, row.late < NEVER
        known = carried.get(key)
        carried[key] = _carried(row) if known is None else _together(known, row)
    return state._replace(rows=in_order((*carried.values(), *kept)))


def _carried(row: Row) -> Row:
    return row._replace(
        cycle=CARRIED,
        until=0,
        due=0,
        deferred=0,
        start=0,
        partly=0,
        late=NEVER if row.late == NEVER else 1,
    )


def _together(one: Row, other: Row) -> Row:
    penalty, fee, interest, principal = map(sum, zip(one.owed, other.owed, strict=True))
    return one._replace(
        owed=(penalty, fee, interest, principal),
        added=dated(one.added, other.added),
        taken=dated(one.taken, other.taken),
    )


def _billed(state: LineState) -> LineState:
    """Return the state with the bill of the cycle, and the next one open."""
    arrears = sum(due.missing for due in state.dues)
    shared, minimum = minimum_on(state, state.cycle.cut, arrears)
    balance = state.owed - state.credit
    bill = Bill(state.cycle, balance, minimum, shared, 0)
    dues = state.dues
    if minimum > arrears:
        dues = (*dues, Due(state.cycle.due, minimum - arrears))
    statement = date.fromordinal(state.cycle.statement)
    following = billed_on(
        state.line, add_months(statement, 1, roll_day=state.line.statement_day)
    )
    opened = cut_cycle(following)._replace(start=state.cycle.cut)
    return state._replace(cycle=opened, bills=(*state.bills, bill), dues=dues)


def minimum_on(state: LineState, cycle: int, arrears: int) -> tuple[int, int]:
    """
    Return what a minimum has a share of, and the minimum, at the cut of a cycle.

    Args:
        state: The state, with all that the cut adds.
        cycle: The cycle.
        arrears: What is missing of earlier minimums.
    """
    rule = state.line.minimum
    balance = max(state.owed - state.credit, 0)
    if rule is None:
        return balance, balance
    named = set(rule.in_full)
    over = max(state.principal - state.limit_on(state.day), 0)
    in_full = _carried_part(state, cycle, arrears, named)
    in_full += over if MinimumItem.OVER_LIMIT in named else 0
    shared = 0
    for row in state.rows:
        whole, part = _parts_of(state, row, cycle, named)
        in_full += whole
        shared += part
    if MinimumItem.OVER_LIMIT in named:
        shared = max(shared - over, 0)
    if rule.share_of is ShareOf.BALANCE:
        shared = balance
    minimum = minimum_of(state.line, rule, shared, in_full, balance)
    if rule.covers_interest:
        charged = sum(
            sum(row.owed[:PRINCIPAL]) for row in state.rows if row.cycle == cycle
        )
        minimum = min(max(minimum, charged), balance)
    return shared, minimum


def _carried_part(
    state: LineState, cycle: int, arrears: int, named: set[MinimumItem]
) -> int:
    """Return what of earlier bills is to be paid in full."""
    earlier = [row for row in state.rows if row.cycle < cycle]
    if MinimumItem.CARRIED in named:
        return sum(sum(row.owed) for row in earlier)
    charged = 0
    if MinimumItem.INTEREST in named:
        charged += sum(row.owed[INTEREST] for row in earlier)
    if MinimumItem.FEES in named:
        charged += sum(row.owed[PENALTY] + row.owed[FEE] for row in earlier)
    return max(charged, arrears if MinimumItem.ARREARS in named else 0)


def _parts_of(
    state: LineState, row: Row, cycle: int, named: set[MinimumItem]
) -> tuple[int, int]:
    """Return what of a row is to be paid in full, and what by its share."""
    is_new = row.cycle == cycle
    principal = row.owed[PRINCIPAL]
    if not is_new:
        return 0, 0 if MinimumItem.CARRIED in named else principal
    in_full = 0
    if MinimumItem.INTEREST in named:
        in_full += row.owed[INTEREST]
    if MinimumItem.FEES in named:
        in_full += row.owed[PENALTY] + row.owed[FEE]
    terms = state.rules.segments[row.segment].terms
    is_due = terms is not None and terms.due_in_full
    if row.segment == _PLANS:
        is_due = MinimumItem.INSTALLMENTS in named
    return (in_full + principal, 0) if is_due else (in_full, principal)
