"""Drawing on a line, within its limits."""

from datetime import date

from loanmath.billing.adding import add, row_at
from loanmath.billing.line_rules import SegmentRule
from loanmath.billing.line_state import LineEntry, LineState
from loanmath.billing.line_units import event_units, share_units
from loanmath.billing.rows import FEE, PRINCIPAL
from loanmath.currency import amount_text, to_units
from loanmath.errors import EventError
from loanmath.events import CashAdvance, Purchase, Transfer
from loanmath.recurrence import add_months

__all__ = ["available_units", "draw", "promoted_until", "used_units"]


def used_units(state: LineState) -> int:
    """Return what occupies the limit; below zero, what was paid beyond all of it."""
    used = state.owed if state.rules.limits_all else state.principal
    if state.plans:
        used += state.planned
    return used - state.credit


def available_units(state: LineState, day: int) -> int:
    """Return what may be drawn on a day; more than the limit after an overpayment."""
    return max(state.limit_on(day) - used_units(state), 0)


def draw(
    state: LineState, event: Purchase | CashAdvance | Transfer, day: int
) -> list[LineEntry]:
    """
    Return what a use of the line does.

    Raises:
        EventError: If the line has no such segment, or it is beyond a limit.
    """
    what = f"event {event.id}"
    place = state.rules.place(event.segment, what)
    rule = state.rules.segments[place]
    units = event_units(state.line, event.amount, what)
    if units and state.rules.limits:
        _check_limits(state, place, units, day, what)
    until = 0 if rule.terms is None else promoted_until(rule, event.on)
    row = row_at(state, place, state.cycle, until)
    after = add(state, row, PRINCIPAL, units, day)
    drawn = LineEntry(day, "drawn", event, state, after, rule.name)
    fee = _fee(state, rule, units)
    if not fee:
        return [drawn]
    row = row_at(after, place, after.cycle, until)
    charged = add(after, row, FEE, fee, day)
    return [
        drawn,
        LineEntry(day, "transaction fee", event, after, charged, rule.name),
    ]


def promoted_until(rule: SegmentRule, on: date) -> int:
    """Return the end of the promotion of what is posted on a day, or nothing."""
    if rule.terms is None or rule.terms.promotion is None:
        return 0
    return add_months(on, rule.terms.promotion.months).toordinal()


def _fee(state: LineState, rule: SegmentRule, units: int) -> int:
    if rule.terms is None or rule.terms.fee is None:
        return 0
    terms, line = rule.terms.fee, state.line
    fee = share_units(terms.share, units, line.digits, terms.rounding)
    fee = max(fee, to_units(terms.least, line.digits, "least"))
    if terms.most is not None:
        fee = min(fee, to_units(terms.most, line.digits, "most"))
    return fee


def _check_limits(
    state: LineState, place: int, units: int, day: int, what: str
) -> None:
    line, rule = state.line, state.rules.segments[place]
    if units > state.limit_on(day) - used_units(state):
        available = amount_text(available_units(state, day), line.digits)
        raise EventError(
            what,
            got=amount_text(units, line.digits),
            allowed=f"at most {available}, what is available",
        )
    if rule.terms is None or rule.terms.limit is None:
        return
    most = to_units(rule.terms.limit, line.digits, "limit")
    whole = state.rules.limits_all
    owed = sum(
        sum(row.owed) if whole else row.owed[PRINCIPAL]
        for row in state.rows
        if row.segment == place
    )
    # What a credit pays is not owed.
    after = owed + max(units - state.credit, 0)
    if after > most:
        raise EventError(
            what,
            got=f"{amount_text(after, line.digits)} of {rule.name}",
            allowed=f"at most {amount_text(most, line.digits)}",
        )
