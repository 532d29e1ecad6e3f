"""What money received on a line pays, and what it means for its bills."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from loanmath.billing.cutting import charge
from loanmath.billing.earning import earned
from loanmath.billing.line_state import Due, LineEntry, LineState
from loanmath.billing.rows import WAITING, Dated, Row, dated
from loanmath.events import Event
from loanmath.recurrence import add_months
from loanmath.terms.lines import FirstPaid, InterestPosted
from loanmath.terms.servicing.components import Component

__all__ = [
    "earned_units",
    "payoff_units",
    "posted_first",
    "receive",
    "take",
    "taken_from",
]

_PLACES = {
    Component.PENALTY: 0,
    Component.FEE: 1,
    Component.INTEREST: 2,
    Component.PRINCIPAL: 3,
}
_LAST_CYCLES = 2


def _counted(state: LineState, place: int, day: int) -> int:
    """Return the day after the last that bears on what a payment today pays."""
    return day + state.rules.segments[place].later


def earned_units(state: LineState, day: int) -> int:
    """Return what was earned up to a day and is not owed yet."""
    return sum(
        earned(
            state.rules, state.rows, place, state.window, _counted(state, place, day)
        ).units
        for place in range(len(state.rules.segments))
    )


def payoff_units(state: LineState, day: int) -> int:
    """Return the payment after which nothing is owed, but installments to come."""
    return max(state.owed + earned_units(state, day) - state.credit, 0)


def posted_first(
    state: LineState, units: int, day: int, event: Event
) -> Iterator[LineEntry]:
    """Yield the interest that becomes owed as money comes."""
    closes = bool(state.rows) and units >= payoff_units(state, day)
    for place, rule in enumerate(state.rules.segments):
        if rule.interest is None:
            continue
        if closes or rule.interest.posted is InterestPosted.PAYMENT:
            before, until = state, _counted(state, place, day)
            state, found = charge(state, place, until)
            if state != before:
                yield LineEntry(
                    day, "interest", event, before, state, rule.name, found.stretches
                )


def receive(state: LineState, units: int, day: int) -> LineState:
    """
    Return the state with money received.

    Args:
        state: The state, with the interest that becomes owed first.
        units: The money.
        day: The day.
    """
    allocation = state.line.allocation
    order = allocation.order_on(state.days_past_due(day))
    least = min(sum(due.missing for due in state.dues), units)
    left = units
    first = allocation.minimum_first
    if first is not None and first is not allocation.first:
        state, left = _paid(state, least, day, order, first)
        left += units - least
    state, left = _paid(state, left, day, order, allocation.first)
    state = counted(state, units, units)
    return state._replace(credit=state.credit + left)


def counted(state: LineState, units: int, of_minimum: int) -> LineState:
    """
    Return the state with bills and minimums that count money as received.

    Args:
        state: The state.
        units: What counts for every bill that is not decided.
        of_minimum: What counts for what is missing of minimums.
    """
    bills = tuple(bill._replace(received=bill.received + units) for bill in state.bills)
    dues: list[Due] = []
    for due in state.dues:
        paid = min(due.missing, of_minimum)
        of_minimum -= paid
        if due.missing > paid:
            dues.append(due._replace(missing=due.missing - paid))
    if not state.rows or not state.owed:
        dues = []
    return state._replace(bills=bills, dues=tuple(dues))


def _paid(
    state: LineState,
    units: int,
    day: int,
    order: Iterable[Component],
    first: FirstPaid,
) -> tuple[LineState, int]:
    """Return the state with an amount allocated, and what is left of it."""
    rows = list(state.rows)
    places = _ranked(state, day, first)
    billed = [place for place in places if rows[place].cycle < state.cycle.cut]
    unbilled = [place for place in places if rows[place].cycle >= state.cycle.cut]
    components = [_PLACES[component] for component in order]
    for stand in (billed, unbilled):
        for component in components:
            for place in stand:
                if not units:
                    return state._replace(rows=tuple(rows)), 0
                rows[place], units = take(state, rows[place], component, units, day)
    return state._replace(rows=tuple(rows)), units


def _ranked(state: LineState, day: int, first: FirstPaid) -> Sequence[int]:
    """Return the places of rows, first to be paid first."""
    if first is FirstPaid.OLDEST:
        return range(len(state.rows))
    sign = -1 if first is FirstPaid.HIGHEST_RATE else 1
    return sorted(
        range(len(state.rows)),
        key=lambda place: sign * _rate_on(state, state.rows[place], day),
    )


def _rate_on(state: LineState, row: Row, day: int) -> int:
    rule = state.rules.segments[row.segment]
    if row.deferred == WAITING:
        # The last two cycles before it ends, it is paid first: 12 CFR 1026.53(b).
        ends = add_months(date.fromordinal(row.until), -_LAST_CYCLES).toordinal()
        return 10**9 * state.rules.unit if day >= ends else 0
    if day < row.until and not row.deferred:
        return rule.first_rate
    return rule.late_rate if day >= row.late else rule.rate


def take(
    state: LineState, row: Row, component: int, units: int, day: int
) -> tuple[Row, int]:
    """Return a row with a component paid as far as an amount goes, and the rest."""
    paid = min(row.owed[component], units)
    if not paid:
        return row, units
    owed = list(row.owed)
    owed[component] -= paid
    row = row._replace(owed=(owed[0], owed[1], owed[2], owed[3]))
    rule = state.rules.segments[row.segment]
    if rule.bearing[component]:
        taken = (Dated(day + rule.later, paid),)
        row = row._replace(taken=dated(row.taken, taken))
    return row, units - paid


def taken_from(
    state: LineState, places: Iterable[int], component: int, units: int, day: int
) -> tuple[LineState, int, int]:
    """
    Return the state with an amount taken from rows in turn.

    Returns:
        The state, what is left of the amount, and what of it was taken from rows of
        bills.
    """
    rows, billed = list(state.rows), 0
    for place in places:
        before = units
        rows[place], units = take(state, rows[place], component, units, day)
        if rows[place].cycle < state.cycle.cut:
            billed += before - units
    return state._replace(rows=tuple(rows)), units, billed
