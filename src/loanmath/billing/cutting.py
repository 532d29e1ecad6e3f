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
from loanmath.billing.minimum_parts import minimum_due, minimum_parts, within_owed
from loanmath.billing.rows import (
    CARRIED,
    FEE,
    INTEREST,
    NEVER,
    PLANS,
    PRINCIPAL,
    REVIVED,
    WAITING,
    Row,
    collapsed,
    dated,
    in_order,
)
from loanmath.recurrence import add_months
from loanmath.terms.lines import BalanceMethod
from loanmath.terms.lines.cycles import billed_on

__all__ = ["charge", "cut"]

_ONCE = (BalanceMethod.PREVIOUS, BalanceMethod.ADJUSTED)


def cut(state: LineState, day: int) -> list[LineEntry]:
    """Return what happens as the open cycle ends."""
    entries: list[LineEntry] = []
    closes = tuple(
        state.cycle.statement + rule.included for rule in state.rules.segments
    )
    for place in sorted({row.segment for row in state.rows}):
        until = closes[place]
        found = earned(state.rules, state.rows, place, state.windows[place], until)
        before, state = state, _less_room(_charged_to(state, place, until), found)
        if found.units:
            row = row_at(state, place, state.cycle)
            state = add(state, row, INTEREST, found.units, until)
            name = state.rules.segments[place].name
            entries.append(
                LineEntry(
                    day, "interest", None, before, state, name, found.pieces, None,
                    found.cut,
                )
            )  # fmt: skip
    for entry in _installments(state, day):
        entries.append(entry)
        state = entry.after
    windows = tuple(map(_opened, state.windows, closes))
    rows = _joined(state, closes)
    after = _billed(state._replace(rows=rows, windows=windows, day=day))
    entries.append(LineEntry(day, "bill", None, state, after, bill=after.bills[-1]))
    return entries


def _opened(window: int, closes: int) -> int:
    """Return the day on which the next window opens: what was charged is over."""
    return closes if window == NEVER else max(window, closes)


def _charged_to(
    state: LineState, place: int, until: int, *, closes: bool = True
) -> LineState:
    """Return the state with a segment's rows charged up to a day."""
    kept = (WAITING,) if closes else (WAITING, REVIVED)
    rows = [
        collapsed(row, until)
        if row.segment == place
        and until > row.since
        and not row.waits
        and row.deferred not in kept
        and not (row.deferred and row.until > until)
        else row
        for row in state.rows
    ]
    return state.with_rows(tuple(rows), state.credit)


def _less_room(state: LineState, found: Earned) -> LineState:
    """Return the state after what was earned, with rows that may cost less for it."""
    if not found.costs:
        return state
    costs = dict(zip(found.rows, found.costs, strict=True))
    rows = tuple(
        row._replace(room=row.room - costs.get(place, 0))
        if row.room is not None
        else row
        for place, row in enumerate(state.rows)
    )
    after = state.with_rows(rows, state.credit)
    return after._replace(cut_off=after.cut_off + found.cut)


def charge(
    state: LineState, place: int, until: int, *, closes: bool
) -> tuple[LineState, Earned]:
    """
    Return the state with what a segment earned owed before its cycle is cut.

    It is owed in the oldest row that earned it.

    Args:
        state: The state.
        place: The place of the segment.
        until: The day after the last that counts.
        closes: Whether a payment closes the line, so that what was deferred is charged
            too, and one balance bears no more in this window.
    """
    rows = state.rows
    if not closes:
        # What was deferred goes on waiting.
        rows = tuple(
            row._replace(deferred=WAITING) if row.deferred == REVIVED else row
            for row in rows
        )
    found = earned(state.rules, rows, place, state.windows[place], until)
    earning = [rows[number].key for number in found.rows]
    after = _less_room(_charged_to(state, place, until, closes=closes), found)
    if closes:
        windows, rule = list(after.windows), state.rules.segments[place].interest
        # What a balance of the last bill bears in a window is charged once.
        once = rule is not None and rule.balance in _ONCE
        windows[place] = NEVER if once else max(windows[place], until)
        after = after._replace(windows=tuple(windows))
    if found.units:
        row = next(row for row in after.rows if row.key == earning[0])
        after = add(after, row, INTEREST, found.units, until)
    return after, found


def _installments(state: LineState, day: int) -> Iterator[LineEntry]:
    """Yield the next installment of every plan."""
    for plan in state.plans:
        before, row = state, row_at(state, PLANS, state.cycle)
        for component, units in (
            (PRINCIPAL, plan.principal[0]),
            (FEE, plan.fees[0]),
            (INTEREST, plan.interest[0]),
        ):
            if units:
                state = add(state, row, component, units, day)
                row = row_at(state, PLANS, state.cycle)
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


def _joined(state: LineState, closes: tuple[int, ...]) -> tuple[Row, ...]:
    """Return the rows, what decided bills left as one row of each segment."""
    first = state.bills[0].cycle.cut if state.bills else state.cycle.cut
    kept: list[Row] = []
    carried: dict[tuple[int, int], Row] = {}
    for row in state.rows:
        is_decided = row.cycle < first
        if is_decided and not any(row.owed) and not row.added:
            continue
        is_over = max(row.until, row.due + 1) <= closes[row.segment] and not row.waits
        # Each bill has a ceiling of its own.
        stands_apart = row.deferred == WAITING or row.room is not None
        if not is_decided or not is_over or stands_apart:
            kept.append(row)
            continue
        # What is late already bears alike, since whenever.
        late = 1 if row.late <= closes[row.segment] else row.late
        known = carried.get((row.segment, late))
        joined = _carried(row, late) if known is None else _together(known, row)
        carried[row.segment, late] = joined
    return in_order((*carried.values(), *kept))


def _carried(row: Row, late: int) -> Row:
    if row.cycle == CARRIED and row.late == late:
        return row
    return row._replace(
        cycle=CARRIED,
        until=0,
        due=0,
        deferred=0,
        start=0,
        partly=0,
        late=late,
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
    parts = minimum_parts(state, state.cycle.cut)
    balance, minimum = state.owed - state.credit, minimum_due(state.line, parts)
    bill = Bill(state.cycle, balance, minimum, parts)
    dues, own = state.dues, minimum - parts.arrears
    if own > 0:
        dues = (*dues, Due(state.cycle.cut, state.cycle.due, own))
    statement = date.fromordinal(state.cycle.statement)
    following = billed_on(
        state.line, add_months(statement, 1, roll_day=state.line.statement_day)
    )
    opened = cut_cycle(following)._replace(start=state.cycle.cut)
    return within_owed(
        state._replace(cycle=opened, bills=(*state.bills, bill), dues=dues)
    )
