"""What the minimum of a bill is made of, and what it comes to."""

from collections.abc import Sequence

from loanmath.billing.line_state import Due, LineState, MinimumParts
from loanmath.billing.minimum import minimum_of
from loanmath.billing.rows import FEE, INTEREST, PENALTY, PLANS, PRINCIPAL, Row
from loanmath.terms.lines import CreditLine, MinimumItem, ShareOf

__all__ = ["is_due_in_full", "minimum_due", "minimum_parts", "within_owed"]


_BEYOND = frozenset((MinimumItem.OVER_LIMIT, MinimumItem.NEWLY_OVER_LIMIT))


def minimum_parts(state: LineState, cycle: int) -> MinimumParts:
    """
    Return what the minimum of a bill is made of, as its cycle is cut.

    Args:
        state: The state, with all that the cut adds.
        cycle: The cycle.
    """
    arrears = sum(due.missing for due in state.dues)
    balance = max(state.owed - state.credit, 0)
    rule = state.line.minimum
    if rule is None:
        return MinimumParts(balance, 0, balance, 0, 0, arrears)
    named = rule.in_full
    charged = sum(sum(row.owed[:PRINCIPAL]) for row in state.rows if row.cycle == cycle)
    in_full, arrears_in = _earlier(state, cycle, arrears, named)
    shared = 0
    for row in state.rows:
        whole, part = _parts_of(state, row, cycle, named)
        in_full += whole
        shared += part
    over = 0
    if not _BEYOND.isdisjoint(named):
        over = max(_occupied(state) - state.limit_on(state.day), 0)
    return MinimumParts(balance, shared, in_full, over, charged, arrears_in)


def _occupied(state: LineState) -> int:
    """Return what occupies the limit, whatever was paid in advance."""
    owed = state.owed if state.rules.limits_all else state.principal
    return owed + state.planned


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


def _earlier(
    state: LineState, cycle: int, arrears: int, named: Sequence[MinimumItem]
) -> tuple[int, int]:
    """Return what of earlier bills is in full, and the arrears in it."""
    rows = [row for row in state.rows if row.cycle < cycle]
    if MinimumItem.CARRIED in named:
        return sum(sum(row.owed) for row in rows), arrears
    charged = 0
    if MinimumItem.INTEREST in named:
        charged += sum(row.owed[INTEREST] for row in rows)
    if MinimumItem.FEES in named:
        charged += sum(row.owed[PENALTY] + row.owed[FEE] for row in rows)
    if MinimumItem.ARREARS not in named:
        return charged, 0
    return max(charged, arrears), arrears


def is_due_in_full(state: LineState, row: Row, cycle: int) -> bool:
    """Return whether the principal of a row is to be paid in full."""
    rule = state.line.minimum
    if rule is None:
        return True
    if row.cycle != cycle:
        return MinimumItem.CARRIED in rule.in_full
    if row.segment == PLANS:
        return MinimumItem.INSTALLMENTS in rule.in_full
    terms = state.rules.segments[row.segment].terms
    return terms is not None and terms.due_in_full


def _parts_of(
    state: LineState, row: Row, cycle: int, named: Sequence[MinimumItem]
) -> tuple[int, int]:
    """Return what of a row is to be paid in full, and what by its share."""
    principal = row.owed[PRINCIPAL]
    in_full = is_due_in_full(state, row, cycle)
    if row.cycle != cycle:
        return 0, 0 if in_full else principal
    if in_full and row.segment == PLANS:
        return sum(row.owed), 0
    charged = 0
    if MinimumItem.INTEREST in named:
        charged += row.owed[INTEREST]
    if MinimumItem.FEES in named:
        charged += row.owed[PENALTY] + row.owed[FEE]
    return (charged + principal, 0) if in_full else (charged, principal)


def within_owed(state: LineState) -> LineState:
    """Return the state with no more missing than is owed, the newest minimum less."""
    over = sum(due.missing for due in state.dues) - state.owed
    if over <= 0:
        return state
    kept: list[Due] = []
    for due in reversed(state.dues):
        less = min(due.missing, over)
        over -= less
        if due.missing > less:
            kept.append(due._replace(missing=due.missing - less))
    return state._replace(dues=tuple(reversed(kept)))
