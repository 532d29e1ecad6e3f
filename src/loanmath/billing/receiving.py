"""What money received on a line pays, and what it means for its bills."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from loanmath.billing.cutting import charge
from loanmath.billing.earning import earned
from loanmath.billing.line_state import Due, LineEntry, LineState
from loanmath.billing.minimum_parts import within_owed
from loanmath.billing.rows import INTEREST, PLACES, WAITING, Row, changed
from loanmath.events import Event, Payment
from loanmath.recurrence import add_months
from loanmath.terms.lines import FirstPaid, InterestPosted
from loanmath.terms.servicing.components import Component

__all__ = [
    "Took",
    "counted",
    "counted_whole",
    "earned_units",
    "payoff_units",
    "posted_first",
    "receive",
    "taken_from",
]

_LAST_CYCLES = 2
_ABOVE_ALL = 10**9

Took: TypeAlias = tuple[tuple[int, int], ...]
"""What rows gave: the cycle of each, and how much."""


def _counted(state: LineState, place: int, day: int) -> int:
    """Return the day after the last that bears on what a payment today pays."""
    return day + state.rules.segments[place].later


def earned_units(state: LineState, day: int) -> int:
    """Return what was earned up to a day and is not owed yet."""
    return sum(
        earned(
            state.rules, state.rows, place, window, _counted(state, place, day)
        ).units
        for place, window in enumerate(state.windows)
    )


def payoff_units(state: LineState, earned: int) -> int:
    """Return the payment after which nothing is owed, but installments to come."""
    return max(state.owed + earned - state.credit, 0)


def posted_first(
    state: LineState, units: int, day: int, event: Event
) -> list[LineEntry]:
    """
    Return the interest that becomes owed as money comes.

    Args:
        state: The state.
        units: The money.
        day: The day.
        event: The event; a payment alone can close the line.
    """
    if not units:
        # A payment of nothing changes no cent.
        return []
    entries: list[LineEntry] = []
    closes = isinstance(event, Payment) and _closes(state, units, day)
    for place, rule in enumerate(state.rules.segments):
        if rule.interest is None:
            continue
        if closes or rule.interest.posted is InterestPosted.PAYMENT:
            # What a payment leaves open bears on the day as agreed, and is not over.
            until = _counted(state, place, day) if closes else day
            before = state
            state, found = charge(state, place, until, closes=closes)
            if state != before:
                what = "interest" if found.units else "nothing earned"
                entries.append(
                    LineEntry(
                        day, what, event, before, state, rule.name, found.pieces, None,
                        found.cut,
                    )
                )  # fmt: skip
    return entries


def _closes(state: LineState, units: int, day: int) -> bool:
    """Return whether money is enough for all that is owed, and was earned by then."""
    if units < state.owed - state.credit and not state.rules.is_negative:
        return False
    return 0 < payoff_units(state, earned_units(state, day)) <= units


def receive(state: LineState, units: int, day: int) -> tuple[LineState, Took]:
    """
    Return the state with money allocated, and what it was taken from.

    Args:
        state: The state, with the interest that becomes owed first.
        units: The money.
        day: The day.
    """
    allocation = state.line.allocation
    order = allocation.order_on(state.days_past_due(day))
    first = allocation.minimum_first
    took: Took = ()
    if first is not None:
        least = min(sum(due.missing for due in state.dues), units)
        state, left, took = _paid(state, least, day, order, first)
        units += left - least
    state, left, more = _paid(state, units, day, order, allocation.first)
    return state.with_rows(state.rows, state.credit + left), (*took, *more)


def counted_whole(state: LineState, units: int) -> LineState:
    """Return the state with bills and minimums that count a payment."""
    more = [units] * len(state.bills)
    return _received(state, more, units)


def counted(state: LineState, took: Took) -> LineState:
    """Return the state with bills and minimums that count what rows of theirs gave."""
    more = [
        sum(units for cycle, units in took if cycle <= bill.cycle.cut)
        for bill in state.bills
    ]
    billed = sum(units for cycle, units in took if cycle < state.cycle.cut)
    return _received(state, more, billed)


def _received(state: LineState, more: Sequence[int], units: int) -> LineState:
    """
    Return the state with so much more received of each bill.

    Args:
        state: The state.
        more: What was received of each bill.
        units: What of it is less missing of minimums, the oldest first.
    """
    bills = tuple(
        [
            bill._replace(received=bill.received + units)
            for bill, units in zip(state.bills, more, strict=True)
        ]
    )
    dues: list[Due] = []
    for due in state.dues:
        paid = min(due.missing, units)
        units -= paid
        if due.missing > paid:
            dues.append(due._replace(missing=due.missing - paid))
    return within_owed(state._replace(bills=bills, dues=tuple(dues)))


def _paid(
    state: LineState,
    units: int,
    day: int,
    order: Iterable[Component],
    first: FirstPaid,
) -> tuple[LineState, int, Took]:
    """Return the state with an amount allocated, what is left, and who gave."""
    rows, cut = state.rows, state.cycle.cut
    places = _ranked(state, day, first)
    billed = [place for place in places if rows[place].cycle < cut]
    unbilled = [place for place in places if rows[place].cycle >= cut]
    components = [PLACES[component] for component in order]
    turns = [
        (place, component)
        for stand in (billed, unbilled)
        for component in components
        for place in stand
    ]
    return _taken(state, turns, units, day)


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
    """Return the rate of a row's segment on a day, by which balances are ranked."""
    rule = state.rules.segments[row.segment]
    if row.deferred == WAITING:
        # The last two cycles before it ends, it is paid first: 12 CFR 1026.53(b).
        ends = add_months(date.fromordinal(row.until), -_LAST_CYCLES).toordinal()
        return _ABOVE_ALL * state.rules.unit if day >= ends else 0
    return rule.first_rate if day < row.until else rule.rate


def _taken(
    state: LineState, turns: Iterable[tuple[int, int]], units: int, day: int
) -> tuple[LineState, int, Took]:
    """Return the state with places of rows paid in turn, what is left, and who gave."""
    rows, took = list(state.rows), []
    for place, component in turns:
        if not units:
            break
        if not rows[place].owed[component]:
            continue
        row, left = _take(state, rows[place], component, units, day)
        took.append((row.cycle, units - left))
        rows[place], units = row, left
    return state.with_rows(tuple(rows), state.credit), units, tuple(took)


def _take(
    state: LineState, row: Row, component: int, units: int, day: int
) -> tuple[Row, int]:
    """Return a row with a component paid as far as an amount goes, and the rest."""
    paid = min(row.owed[component], units)
    owed, taken = list(row.owed), row.taken
    owed[component] -= paid
    rule = state.rules.segments[row.segment]
    if rule.bearing[component]:
        since = day + rule.later
        if component == INTEREST and state.bills:
            # What a statement charged bears from its next window on, and not before.
            last = state.bills[-1].cycle
            opened = last.statement + rule.included
            since = max(since, opened) if row.cycle == last.cut else since
        taken = changed(taken, since, paid)
    row = row.with_owed((owed[0], owed[1], owed[2], owed[3]), row.added, taken)
    return row, units - paid


def taken_from(
    state: LineState, places: Iterable[int], component: int, units: int, day: int
) -> tuple[LineState, int, Took]:
    """Return the state with an amount taken from rows, what is left, and who gave."""
    return _taken(state, ((place, component) for place in places), units, day)
