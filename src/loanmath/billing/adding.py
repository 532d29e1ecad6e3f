"""What is added to a line, and the row that it goes to."""

from loanmath.billing.line_rules import SegmentRule
from loanmath.billing.line_state import CutCycle, LineState
from loanmath.billing.rows import NEVER, WAITING, Row, changed, with_row
from loanmath.terms.lines import BearsFrom

__all__ = ["add", "first_bearing", "new_row", "row_at"]


def first_bearing(rule: SegmentRule, cycle: CutCycle) -> int:
    """Return the first day on which a row may bear, by its cycle."""
    if rule.interest is None:
        return NEVER
    match rule.interest.bears_from:
        case BearsFrom.STATEMENT:
            return cycle.statement + rule.included
        case BearsFrom.AFTER_DUE:
            return cycle.due + 1
        case _:
            return 0


def new_row(state: LineState, segment: int, cycle: CutCycle, until: int = 0) -> Row:
    """Return an empty row of a segment and a cycle."""
    rule = state.rules.segments[segment]
    bears_at_once = rule.loses_free_period and not state.free[segment]
    promotion = None if rule.terms is None else rule.terms.promotion
    deferred = until and promotion is not None and promotion.deferred
    return Row(
        segment=segment,
        cycle=cycle.cut,
        until=until,
        due=cycle.due,
        late=NEVER,
        waits=rule.waits and not bears_at_once,
        deferred=WAITING if deferred else 0,
        since=0,
        start=0 if bears_at_once else first_bearing(rule, cycle),
        partly=0,
        missing=1,
        billed=1,
        covered=0,
        room=None,
        owed=(0, 0, 0, 0),
        added=(),
        taken=(),
    )


def row_at(state: LineState, segment: int, cycle: CutCycle, until: int = 0) -> Row:
    """Return the row of a segment and a cycle, empty where there is none yet."""
    key = (cycle.cut, segment, until, NEVER)
    for row in reversed(state.rows):
        if row[:4] == key:
            return row
    return new_row(state, segment, cycle, until)


def add(state: LineState, row: Row, component: int, units: int, day: int) -> LineState:
    """
    Return the state with an amount added to a row, less what a credit pays of it.

    Args:
        state: The state.
        row: The row, of the state or a new one.
        component: Penalty, fee, interest or principal.
        units: The amount.
        day: The first day on which it bears, where it does.
    """
    credit = state.credit
    paid = min(credit, units)
    more = units - paid
    if not more:
        return state.with_rows(state.rows, credit - paid)
    owed, added = list(row.owed), row.added
    owed[component] += more
    if state.rules.segments[row.segment].bearing[component]:
        added = changed(added, day, more)
    after = row.with_owed((owed[0], owed[1], owed[2], owed[3]), added, row.taken)
    return state.with_rows(with_row(state.rows, row, after), credit - paid)
