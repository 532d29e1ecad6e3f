"""Drawing on a line, within its limits."""

from datetime import date

from loanmath.billing.adding import add, row_at
from loanmath.billing.line_state import LineEntry, LineState
from loanmath.billing.line_units import share_units
from loanmath.billing.rows import FEE, PRINCIPAL
from loanmath.currency import agreed_units, amount_text, to_units
from loanmath.errors import EventError
from loanmath.events import CashAdvance, Purchase, Transfer
from loanmath.recurrence import add_months
from loanmath.terms.lines import LineSegment

__all__ = ["available_units", "draw", "promoted_until", "used_units"]


def used_units(state: LineState) -> int:
    """Return what occupies the limit; below zero, what was paid beyond all of it."""
    return state.occupied - state.credit


def available_units(state: LineState, day: int) -> int:
    """Return what may be drawn on a day; more than the limit after an overpayment."""
    return max(state.limit_on(day) - used_units(state), 0)


def draw(
    state: LineState, event: Purchase | CashAdvance | Transfer, day: int
) -> tuple[LineEntry, ...]:
    """
    Return what a use of the line does.

    Raises:
        EventError: If the line has no such segment, or it is beyond a limit.
    """
    what, rules = f"event {event.id}", state.rules
    place = rules.place(event.segment, what)
    rule = rules.segments[place]
    units = agreed_units(event.amount, state.line.digits, what)
    if units and rules.limits:
        _check_limit(state, units, day, what)
    if rule.terms is None:
        # Of purchases the terms say nothing but what interest they bear.
        after = add(state, row_at(state, place, state.cycle), PRINCIPAL, units, day)
        return (LineEntry(day, "drawn", event, state, after, rule.name),)
    if units and rules.limits:
        _check_own_limit(state, place, units, what)
    until = promoted_until(rule.terms, event.on)
    row = row_at(state, place, state.cycle, until)
    after = add(state, row, PRINCIPAL, units, day)
    drawn = LineEntry(day, "drawn", event, state, after, rule.name)
    fee = _fee(state, rule.terms, units)
    if not fee:
        return (drawn,)
    row = row_at(after, place, after.cycle, until)
    charged = add(after, row, FEE, fee, day)
    return drawn, LineEntry(day, "transaction fee", event, after, charged, rule.name)


def promoted_until(terms: LineSegment | None, on: date) -> int:
    """Return the end of the promotion of what is posted on a day, or nothing."""
    if terms is None or terms.promotion is None:
        return 0
    return add_months(on, terms.promotion.months).toordinal()


def _fee(state: LineState, terms: LineSegment, units: int) -> int:
    if terms.fee is None:
        return 0
    agreed, digits = terms.fee, state.line.digits
    fee = share_units(agreed.share, units, digits, agreed.rounding)
    fee = max(fee, to_units(agreed.least, digits, "least"))
    if agreed.most is not None:
        fee = min(fee, to_units(agreed.most, digits, "most"))
    return fee


def _check_limit(state: LineState, units: int, day: int, what: str) -> None:
    if units > state.limit_on(day) - used_units(state):
        digits = state.line.digits
        available = amount_text(available_units(state, day), digits)
        raise EventError(
            what,
            got=amount_text(units, digits),
            allowed=f"at most {available}, what is available",
        )


def _check_own_limit(state: LineState, place: int, units: int, what: str) -> None:
    digits, rule = state.line.digits, state.rules.segments[place]
    if rule.terms is None or rule.terms.limit is None:
        return
    most = to_units(rule.terms.limit, digits, "limit")
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
            got=f"{amount_text(after, digits)} of {rule.name}",
            allowed=f"at most {amount_text(most, digits)}",
        )
