"""What the minimum of a bill is made of, and what it comes to."""

from loanmath.billing.line_state import Due, LineState, MinimumParts
from loanmath.billing.minimum import minimum_of
from loanmath.billing.rows import PLANS, PRINCIPAL, Row
from loanmath.terms.lines import CreditLine, MinimumItem, ShareOf

__all__ = ["is_due_in_full", "minimum_due", "minimum_parts", "within_owed"]


def minimum_parts(state: LineState, cycle: int) -> MinimumParts:
    """
    Return what the minimum of a bill is made of, as its cycle is cut.

    Args:
        state: The state, with all that the cut adds.
        cycle: The cycle.
    """
    arrears = sum([due.missing for due in state.dues])
    balance = max(state.owed - state.credit, 0)
    if state.line.minimum is None:
        return MinimumParts(balance, 0, balance, 0, 0, arrears)
    named = state.rules.in_full
    charged = in_full = shared = earlier = 0
    for row in state.rows:
        whole, part = _asked(state, row, cycle)
        shared += part
        if row.cycle == cycle:
            in_full += whole
            charged += sum(row.owed[:PRINCIPAL])
        else:
            earlier += whole
    within = named.carried or named.arrears
    if named.arrears and not named.carried:
        earlier = max(earlier, arrears)
    over = 0
    if named.beyond:
        over = max(state.occupied - state.limit_on(state.day), 0)
    return MinimumParts(
        balance, shared, in_full + earlier, over, charged, arrears if within else 0
    )


def _asked(state: LineState, row: Row, cycle: int) -> tuple[int, int]:
    """Return what of a row is to be paid in full, and what by its share."""
    penalty, fee, interest, principal = row.owed
    in_full, named = is_due_in_full(state, row, cycle), state.rules.in_full
    if in_full and (row.cycle != cycle or row.segment == PLANS):
        return sum(row.owed), 0
    charges = interest if named.interest else 0
    if named.fees:
        charges += penalty + fee
    return (charges + principal, 0) if in_full else (charges, principal)


def minimum_due(line: CreditLine, parts: MinimumParts) -> int:
    """Return the minimum of a bill, by what it is made of."""
    rule = line.minimum
    if rule is None:
        return parts.balance
    over = min(parts.over, parts.shared)
    base = parts.shared - over
    if rule.share_of is ShareOf.BALANCE:
        base = parts.balance
    if MinimumItem.OVER_LIMIT not in rule.in_full:
        over = max(over - parts.arrears, 0)
    least = minimum_of(rule, line.digits, base, parts.in_full + over, parts.balance)
    if rule.covers_interest:
        return min(max(least, parts.charged), parts.balance)
    return least


def is_due_in_full(state: LineState, row: Row, cycle: int) -> bool:
    """Return whether the principal of a row is to be paid in full."""
    if state.line.minimum is None:
        return True
    if row.cycle != cycle:
        return state.rules.in_full.carried
    if row.segment == PLANS:
        return state.rules.in_full.installments
    terms = state.rules.segments[row.segment].terms
    return terms is not None and terms.due_in_full


def within_owed(state: LineState) -> LineState:
    """Return the state with no more missing than is owed, the newest minimum less."""
    over = sum([due.missing for due in state.dues]) - state.owed
    if over <= 0:
        return state
    kept: list[Due] = []
    for due in reversed(state.dues):
        less = min(due.missing, over)
        over -= less
        if due.missing > less:
            kept.append(due._replace(missing=due.missing - less))
    return state._replace(dues=tuple(reversed(kept)))
