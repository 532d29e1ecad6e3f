"""
What happens to a line as sums: it is drawn on, paid, and its bills are decided.

Written once for one account and for many: terms are looked at with `if`, amounts only
through a carrier. Days are those of every account alike.
"""

from loanmath.billing.aggregate_interest import (
    charged_until,
    days_until,
    earned,
    interest_of,
)
from loanmath.billing.aggregate_rules import AggregateRules, Order
from loanmath.billing.aggregates import (
    Aggregates,
    Conduct,
    CutBill,
    Portion,
    Share,
    add,
    owed,
    past_due,
    take,
)
from loanmath.billing.rows import FEE, INTEREST, PENALTY, PRINCIPAL
from loanmath.ledger.carrier import Amount, Carrier

__all__ = ["added", "available", "decide", "draw", "occupied", "payoff", "receive"]


def available(x: Carrier, rules: AggregateRules, state: Aggregates) -> Amount:
    """Return what may be drawn."""
    return x.max(state.limit - occupied(rules, state) + state.credit, 0)


def occupied(rules: AggregateRules, state: Aggregates) -> Amount:
    """Return what occupies the limit, whatever was paid in advance."""
    return owed(state) if rules.whole_covered else owed(state, PRINCIPAL)


def draw(
    x: Carrier, rules: AggregateRules, state: Aggregates, amount: Amount, day: int
) -> Aggregates:
    """Return the state after purchases of a day, whatever the limit."""
    if not x.some(amount):
        return state
    return added(x, rules, state, PRINCIPAL, amount, day)


def added(  # noqa: PLR0913, PLR0917 what, where and when
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
        # Days of grace count as none; once they are over, all count.
        least = max(rules.late_from, rules.grace + 1)
        is_late = past_due(state, day - least) > 0
        late = x.where(is_late, amount, late)
    state, left = _allocated(x, rules, state, amount - late, day, rules.order)
    if x.some(late):
        state, more = _allocated(x, rules, state, late, day, rules.late_order)
        left = left + more
    bill, minimums = state.bill, state.minimums
    if bill is not None:
        bill = bill._replace(received=bill.received + amount)
    # Where nothing is owed, nothing is missing.
    met = x.min(minimums.met + amount, minimums.asked)
    met = x.where((amount > 0) & (owed(state) == 0), minimums.asked, met)
    return state._replace(
        credit=state.credit + left, bill=bill, minimums=minimums._replace(met=met)
    )


def _posted(
    x: Carrier, rules: AggregateRules, state: Aggregates, amount: Amount, day: int
) -> Aggregates:
    """Return the state with the interest that becomes owed as money comes."""
    least = payoff(x, rules, state, day)
    posts = (least > 0) & (least <= amount)
    until = day + rules.later
    if rules.with_payment:
        # What a payment leaves open bears on the day as agreed, and is not over.
        until, posts = x.where(posts, until, day), amount > 0
    if not x.some(posts):
        return state
    days = days_until(x, rules, state, until)
    interest = interest_of(x, rules, days, state.share)
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
        since = from_day
        if component == INTEREST and state.bill is not None:
            # What a statement charged bears from its next window on, and not before.
            since = max(from_day, state.bill.closes)
        billed, amount = take(x, rules, billed, component, amount, since)
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
    paid, conduct = missing <= rules.tolerance, state.conduct
    share = state.share
    if bill.part is not None:
        partly = (state.billed.bears == 0) & (missing > rules.tolerance)
        share = Share(
            x.where(partly, bill.part, 0),
            x.where(partly, missing, 0),
            x.where(partly, bill.balance, 1),
        )
    in_row = x.where(paid, conduct.paid_in_row + 1, 0)
    opened, lost = state.open, conduct.lost
    if rules.loses:
        regained = lost & paid & (in_row >= rules.regained_after)
        lost = x.where(regained, False, lost | (missing > rules.tolerance))
        # What was charged goes on bearing.
        bears = x.where(regained, opened.is_charged, lost)
        opened = opened._replace(bears=bears)
    billed, opened = _moved(x, rules, state.billed, opened, paid, day)
    conduct = Conduct(lost, in_row, conduct.decided + 1, conduct.missed)
    # What a bill may be short of is not late either.
    minimums = state.minimums
    met = x.where(paid, minimums.asked, minimums.met)
    state = state._replace(
        open=opened,
        billed=billed,
        bill=None,
        minimums=minimums._replace(met=met),
        conduct=conduct,
        share=share,
    )
    return _missed(x, rules, state, bill, day)


def _missed(
    x: Carrier, rules: AggregateRules, state: Aggregates, bill: CutBill, day: int
) -> Aggregates:
    """Return the state once it is known whether the minimum of a bill was missed."""
    unpaid = bill.balance - bill.received > rules.tolerance
    missed, conduct = unpaid & (bill.received < bill.minimum), state.conduct
    if not x.some(missed):
        return state
    charge = x.where(missed, _default_charge(x, rules, state, bill), 0)
    state = added(x, rules, state, PENALTY, charge, day)
    last = x.where(missed, conduct.decided, conduct.missed)
    return state._replace(
        charged=state.charged + charge, conduct=conduct._replace(missed=last)
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
