"""What the deferral of a bill moves: its due day, and its free period if agreed."""

from datetime import date

from loanmath.billing.adding import first_bearing
from loanmath.billing.line_state import Bill, CutCycle, LineEntry, LineState
from loanmath.billing.rows import Row
from loanmath.errors import EventError
from loanmath.events import BillDeferral

__all__ = ["defer", "deferred"]


def defer(state: LineState, event: BillDeferral, day: int) -> LineEntry:
    """
    Return what the deferral of the last bill does.

    Raises:
        EventError: If nothing is missing of a bill that is not decided, the day is not
            between its due day and that of the next one, or its free period is over.
    """
    bill = _deferrable(state, event)
    last = date.fromordinal(state.cycle.due)
    if not bill.due < event.until.toordinal() <= last.toordinal():
        raise EventError(
            f"event {event.id}",
            got=f"until {event.until}",
            allowed=f"after {date.fromordinal(bill.due)}, on or before {last},"
            " when the next bill is due",
            do="defer the next bill in its turn, or convert this one",
        )
    if event.interest_free and bill.bears:
        raise EventError(
            f"event {event.id}",
            got="interest_free, for a bill that bears interest",
            allowed=f"on or before {date.fromordinal(bill.cycle.due)}",
            do="defer it with interest, and waive that",
        )
    after = deferred(state, event)
    return LineEntry(day, "bill deferred", event, state, after, bill=after.bills[-1])


def _deferrable(state: LineState, event: BillDeferral) -> Bill:
    if state.bills and state.bills[-1].missing:
        return state.bills[-1]
    raise EventError(
        f"event {event.id}",
        got="a bill that is paid" if state.bills else "no bill that is not decided",
        allowed="a bill of which something is missing, until its due day is over",
        do="" if state.bills else "convert what a late bill left into installments",
    )


def deferred(state: LineState, event: BillDeferral) -> LineState:
    """Return the state with the last bill due on another day."""
    bill, until = state.bills[-1], event.until.toordinal()
    cycle = bill.cycle._replace(due=until) if event.interest_free else bill.cycle
    bill = bill._replace(cycle=cycle, deferred=until)
    return state._replace(
        rows=tuple(
            _due_later(state, row, cycle) if row.cycle == cycle.cut else row
            for row in state.rows
        ),
        bills=(*state.bills[:-1], bill),
        dues=tuple(
            due._replace(due=until) if due.cut == cycle.cut else due
            for due in state.dues
        ),
    )


def _due_later(state: LineState, row: Row, cycle: CutCycle) -> Row:
    rule = state.rules.segments[row.segment]
    start = first_bearing(rule, cycle) if row.waits else row.start
    return row._replace(due=cycle.due, start=start)
