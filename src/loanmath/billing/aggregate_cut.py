"""The cut of a line as sums: interest becomes owed, the bill is made."""

from loanmath.billing.aggregate_interest import charged_until, earned
from loanmath.billing.aggregate_rules import AggregateRules, MinimumRules
from loanmath.billing.aggregate_steps import added, occupied
from loanmath.billing.aggregates import (
    Aggregates,
    CutBill,
    Portion,
    bearing,
    empty,
    owed,
    sum_of,
)
from loanmath.billing.line_state import CutCycle
from loanmath.billing.rows import INTEREST
from loanmath.ledger.carrier import Amount, Carrier
from loanmath.terms.lines import BearsFrom, MinimumItem

__all__ = ["cut"]


def cut(
    x: Carrier, rules: AggregateRules, state: Aggregates, cycle: CutCycle
) -> Aggregates:
    """Return the state once the open cycle ended, every bill before it decided."""
    closes = cycle.statement + rules.included
    interest = earned(x, rules, state, closes)
    state = charged_until(x, rules, state, closes, state.limit > 0)
    state = added(x, rules, state, INTEREST, interest, closes)
    opened, none = state.open, state.limit - state.limit
    state = state._replace(
        open=empty(none, state.conduct.lost | (not rules.waits)),
        billed=_billed(x, rules, opened, cycle),
        carried=_joined(state.carried, state.billed, closes),
        interest=state.interest + interest,
    )
    return _with_bill(x, rules, state, cycle, opened)


def _with_bill(
    x: Carrier,
    rules: AggregateRules,
    state: Aggregates,
    cycle: CutCycle,
    opened: Portion,
) -> Aggregates:
    """Return the state with the bill of what its cut left."""
    minimums, none = state.minimums, state.limit - state.limit
    arrears = minimums.asked - minimums.met
    minimum = _minimum(x, rules, state, arrears)
    if not _has_arrears(rules):
        arrears = none
    # No more is missing than is owed.
    asked = minimums.asked + x.max(minimum - arrears, 0)
    asked = x.min(asked, minimums.met + owed(state))
    parts = (*minimums.parts, (cycle.due, asked))
    return state._replace(
        bill=CutBill(
            due=cycle.due,
            closes=cycle.statement + rules.included,
            balance=_balance(state),
            minimum=minimum,
            received=none,
            interest=state.interest,
            charged=state.charged,
            waits=rules.has_interest & (opened.bears == 0) & (opened.principal > 0),
            part=None,
        ),
        minimums=minimums._replace(
            asked=asked,
            parts=tuple(part for part in parts if x.some(part[1] > minimums.met)),
        ),
        interest=none,
        charged=none,
    )


def _joined(carried: Portion, billed: Portion, closes: int) -> Portion:
    """Return what a decided bill left with what earlier ones did."""
    return Portion(
        carried.penalty + billed.penalty,
        carried.fee + billed.fee,
        carried.interest + billed.interest,
        carried.principal + billed.principal,
        carried.moment + billed.moment,
        closes,
        True,
        True,
        False,
    )


def _billed(
    x: Carrier, rules: AggregateRules, portion: Portion, cycle: CutCycle
) -> Portion:
    """Return a portion whose cycle was cut: what waits bears from a day by its bill."""
    match rules.bears_from:
        case BearsFrom.STATEMENT:
            start = cycle.statement + rules.included
        case BearsFrom.AFTER_DUE:
            start = cycle.due + 1
        case _:
            return portion
    moment = bearing(rules, portion) * start
    return portion._replace(
        moment=x.where(portion.bears, portion.moment, moment),
        since=x.where(portion.bears, portion.since, start),
    )


def _balance(state: Aggregates) -> Amount:
    return owed(state) - state.credit


def _minimum(
    x: Carrier, rules: AggregateRules, state: Aggregates, arrears: Amount
) -> Amount:
    """Return the minimum of a bill, all that its cut adds being owed."""
    terms, balance = rules.minimum, x.max(_balance(state), 0)
    if terms is None:
        return balance
    named, billed, carried = terms.in_full, state.billed, state.carried
    in_full, shared = _earlier(x, terms, carried, arrears), billed.principal
    if MinimumItem.INTEREST in named:
        in_full = in_full + billed.interest
    if MinimumItem.FEES in named:
        in_full = in_full + billed.penalty + billed.fee
    if MinimumItem.CARRIED not in named:
        shared = shared + carried.principal
    if MinimumItem.OVER_LIMIT in named:
        over = _over_limit(x, rules, state, shared)
        in_full, shared = in_full + over, shared - over
    elif MinimumItem.NEWLY_OVER_LIMIT in named:
        over = _over_limit(x, rules, state, shared)
        more = x.max(over - arrears, 0) if _has_arrears(rules) else over
        in_full, shared = in_full + more, shared - over
    if terms.of_balance:
        shared = balance
    share = x.rounding(terms.rounded)(shared * terms.share, terms.unit)
    minimum = x.min(balance, x.max(share + in_full, terms.least))
    minimum = x.where(balance < terms.whole_below, balance, minimum)
    if terms.covers_interest:
        charged = billed.penalty + billed.fee + billed.interest
        minimum = x.min(x.max(minimum, charged), balance)
    return minimum


def _over_limit(
    x: Carrier, rules: AggregateRules, state: Aggregates, most: Amount
) -> Amount:
    """Return what is over the limit, as far as so much is left to ask for."""
    over: Amount = x.min(x.max(occupied(rules, state) - state.limit, 0), most)
    return over


def _has_arrears(rules: AggregateRules) -> bool:
    """Return whether a minimum contains what is missing of earlier ones."""
    terms = rules.minimum
    items = {MinimumItem.ARREARS, MinimumItem.CARRIED}
    return terms is None or bool(items & terms.in_full)


def _earlier(
    x: Carrier, terms: MinimumRules, carried: Portion, arrears: Amount
) -> Amount:
    """Return what of earlier bills is to be paid in full."""
    named = terms.in_full
    if MinimumItem.CARRIED in named:
        return sum_of(carried)
    charged = 0 * arrears
    if MinimumItem.INTEREST in named:
        charged = charged + carried.interest
    if MinimumItem.FEES in named:
        charged = charged + carried.penalty + carried.fee
    if MinimumItem.ARREARS in named:
        charged = x.max(charged, arrears)
    return charged
