"""
What happens to a line as sums: it is drawn on, paid, decided and cut.

Written once for one account and for many: terms are looked at with `if`, amounts only
through a carrier. Days are those of every account alike.
"""

from loanmath.billing.aggregate_interest import (
    charged_until,
    days_until,
    earned,
    interest_of,
)
from loanmath.billing.aggregate_rules import AggregateRules, MinimumRules, Order
from loanmath.billing.aggregates import (
    Aggregates,
    CutBill,
    Portion,
    Share,
    add,
    bearing,
    empty,
    owed,
    past_due,
    sum_of,
    take,
    was_made,
)
from loanmath.billing.line_state import CutCycle
from loanmath.billing.rows import FEE, INTEREST, PENALTY, PRINCIPAL
from loanmath.ledger.carrier import Amount, Carrier
from loanmath.terms.lines import BearsFrom, MinimumItem

__all__ = ["available", "cut", "decide", "draw", "payoff", "receive"]


def available(x: Carrier, rules: AggregateRules, state: Aggregates) -> Amount:
    """Return what may be drawn."""
    used = owed(state) if rules.whole_covered else owed(state, PRINCIPAL)
    return x.max(state.limit - used + state.credit, 0)


def draw(
    x: Carrier, rules: AggregateRules, state: Aggregates, amount: Amount, day: int
) -> Aggregates:
    """Return the state after purchases of a day, whatever the limit."""
    if not x.some(amount):
        return state
    return _added(x, rules, state, PRINCIPAL, amount, day)


def _added(  # noqa: PLR0913, PLR0917 what, where and when
    x: Carrier,
    rules: AggregateRules,
    state: Aggregates,
    component: int,
    amount: Amount,
    day: int,
) -> Aggregates:
    """Return the state with an amount in the open cycle, less what a credit pays."""
    credit = state.credit
    if x.some(credit):
        paid = x.min(credit, amount)
        credit, amount = credit - paid, amount - paid
    portion = add(x, rules, state.open, component, amount, day)
    return Aggregates(portion, credit, *state[2:])


def payoff(x: Carrier, rules: AggregateRules, state: Aggregates, day: int) -> Amount:
    """Return the payment after which nothing is owed."""
    interest = earned(x, rules, state, day + rules.later)
    return x.max(owed(state) + interest - state.credit, 0)


# --- money ---------------------------------------------------------------------------


def receive(
    x: Carrier, rules: AggregateRules, state: Aggregates, amount: Amount, day: int
) -> Aggregates:
    """Return the state after payments of a day, one of each account."""
    if not x.some(amount):
        return state
    state = _posted(x, rules, state, amount, day)
    late = amount - amount
    if rules.late_order:
        is_late = past_due(state, day - rules.late_from) > 0
        late = x.where(is_late, amount, late)
    state, left = _allocated(x, rules, state, amount - late, day, rules.order)
    if x.some(late):
        state, more = _allocated(x, rules, state, late, day, rules.late_order)
        left = left + more
    bill, minimums = state.bill, state.minimums
    if bill is not None:
        bill = bill._replace(received=bill.received + amount)
    # With nothing owed, no minimum is missing.
    met = x.min(minimums.met + amount, minimums.asked)
    met = x.where((amount > 0) & (owed(state) == 0), minimums.asked, met)
    return state._replace(
        credit=state.credit + left, bill=bill, minimums=minimums._replace(met=met)
    )


def _posted(
    x: Carrier, rules: AggregateRules, state: Aggregates, amount: Amount, day: int
) -> Aggregates:
    """Return the state with the interest that becomes owed as money comes."""
    until = day + rules.later
    days = days_until(x, rules, state, until)
    interest = interest_of(x, rules, days, state.share)
    posts = amount > 0
    if not rules.with_payment:
        posts = posts & (amount >= owed(state) + interest - state.credit)
    if not x.some(posts):
        return state
    interest = x.where(posts, interest, 0)
    paid = x.min(state.credit, interest)
    left = interest - paid
    state = charged_until(x, rules, state, until, posts)
    # It is owed with the oldest that earned it.
    carried, billed, _ = days
    oldest = x.where(carried != 0, left, 0)
    middle = x.where(billed != 0, left - oldest, 0)
    return state._replace(
        carried=add(x, rules, state.carried, INTEREST, oldest, until),
        billed=add(x, rules, state.billed, INTEREST, middle, until),
        open=add(x, rules, state.open, INTEREST, left - oldest - middle, until),
        credit=state.credit - paid,
        interest=state.interest + interest,
    )


def _allocated(  # noqa: PLR0913, PLR0917 what, where, when and in which order
    x: Carrier,
    rules: AggregateRules,
    state: Aggregates,
    amount: Amount,
    day: int,
    order: Order,
) -> tuple[Aggregates, Amount]:
    """Return the state with an amount allocated, and what is left of it."""
    from_day = day + rules.later
    carried, billed, unbilled = state.carried, state.billed, state.open
    for component in order:
        carried, amount = take(x, rules, carried, component, amount, from_day)
        billed, amount = take(x, rules, billed, component, amount, from_day)
    if x.some(amount):
        for component in order:
            unbilled, amount = take(x, rules, unbilled, component, amount, from_day)
    return state._replace(carried=carried, billed=billed, open=unbilled), amount


# --- decisions -----------------------------------------------------------------------


def decide(
    x: Carrier, rules: AggregateRules, state: Aggregates, bill: CutBill, day: int
) -> Aggregates:
    """Return the state once a bill was decided, at the beginning of a day."""
    missing = x.max(bill.balance - bill.received, 0)
    paid = missing <= rules.tolerance
    conduct = state.conduct
    in_row = x.where(paid, conduct.paid_in_row + 1, 0)
    opened, lost = state.open, conduct.lost
    if rules.loses:
        regained = lost & paid & (in_row >= rules.regained_after)
        lost = x.where(regained, False, lost | (missing > rules.tolerance))
        # What was charged goes on bearing.
        bears = x.where(regained, opened.is_charged, lost)
        opened = opened._replace(bears=bears)
    share = state.share
    if bill.part is not None:
        partly = (state.billed.bears == 0) & (missing > rules.tolerance)
        share = Share(
            x.where(partly, bill.part, 0),
            x.where(partly, missing, 0),
            x.where(partly, bill.balance, 1),
        )
    billed, opened = _moved(x, rules, state.billed, opened, paid, day)
    missed = bill.received < bill.minimum
    conduct = conduct._replace(
        lost=lost,
        paid_in_row=in_row,
        decided=conduct.decided + 1,
    )
    state = state._replace(
        open=opened, billed=billed, bill=None, conduct=conduct, share=share
    )
    if not x.some(missed):
        return state
    charge = x.where(missed, _default_charge(x, rules, state, bill), 0)
    state = _added(x, rules, state, PENALTY, charge, day)
    return state._replace(
        charged=state.charged + charge,
        conduct=conduct._replace(
            missed=x.where(missed, conduct.decided, conduct.missed)
        ),
    )


def _moved(  # noqa: PLR0913, PLR0917 what, where to and when
    x: Carrier,
    rules: AggregateRules,
    billed: Portion,
    opened: Portion,
    paid: Amount,
    day: int,
) -> tuple[Portion, Portion]:
    """Return what is left of a paid bill in the open cycle, and of others bearing."""
    stays = billed.bears | (paid == 0)
    for component in (PENALTY, FEE, INTEREST, PRINCIPAL):
        left = x.where(stays, 0, billed[component])
        if x.some(left):
            opened = add(x, rules, opened, component, left, day)
    kept = [x.where(stays, amount, 0) for amount in billed[:5]]
    return Portion._make([*kept, billed.since, stays | True, *billed[7:]]), opened


def _default_charge(
    x: Carrier, rules: AggregateRules, state: Aggregates, bill: CutBill
) -> Amount:
    terms = rules.charge
    if terms is None:
        return 0 * bill.minimum
    if terms.amounts:
        before, conduct = state.conduct.missed, state.conduct
        again = (before > 0) & (conduct.decided - before <= terms.repeat_within)
        amount = x.where(again, terms.amounts[-1], terms.amounts[0])
        return x.min(amount, bill.minimum)
    missing = x.max(bill.minimum - bill.received, 0)
    charge = x.rounding(terms.rounded)(missing * terms.share, terms.unit)
    charge = x.max(charge, terms.least)
    return charge if terms.most is None else x.min(charge, terms.most)


# --- the cut -------------------------------------------------------------------------


def cut(
    x: Carrier, rules: AggregateRules, state: Aggregates, cycle: CutCycle
) -> Aggregates:
    """Return the state once the open cycle ended, every bill before it decided."""
    closes = cycle.statement + rules.included
    interest = earned(x, rules, state, closes)
    state = charged_until(x, rules, state, closes, state.limit > 0)
    state = _added(x, rules, state, INTEREST, interest, closes)
    opened, none = state.open, state.limit - state.limit
    state = state._replace(
        open=empty(none, state.conduct.lost | (not rules.waits)),
        billed=_billed(x, rules, opened, cycle),
        carried=_joined(state.carried, state.billed, closes),
        interest=state.interest + interest,
    )
    return _with_bill(x, rules, state, cycle.due, opened)


def _with_bill(
    x: Carrier, rules: AggregateRules, state: Aggregates, due: int, opened: Portion
) -> Aggregates:
    """Return the state with the bill of what its cut left."""
    minimums, none = state.minimums, state.limit - state.limit
    arrears = minimums.asked - minimums.met
    minimum = _minimum(x, rules, state, arrears)
    asked = minimums.asked + x.max(minimum - arrears, 0)
    parts = (*minimums.parts, (due, asked))
    return state._replace(
        bill=CutBill(
            due=due,
            balance=_balance(state),
            minimum=minimum,
            received=none,
            interest=state.interest,
            charged=state.charged,
            waits=was_made(opened) & (opened.bears == 0),
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
        over = x.max(owed(state, PRINCIPAL) - state.limit, 0)
        in_full = in_full + over
        shared = x.max(shared - over, 0)
    if terms.of_balance:
        shared = balance
    share = x.rounding(terms.rounded)(shared * terms.share, terms.unit)
    minimum = x.min(balance, x.max(share + in_full, terms.least))
    minimum = x.where(balance < terms.whole_below, balance, minimum)
    if terms.covers_interest:
        charged = billed.penalty + billed.fee + billed.interest
        minimum = x.min(x.max(minimum, charged), balance)
    return minimum


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
