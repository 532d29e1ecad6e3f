"""
A line as sums: what is owed of the open cycle, of the last bill, and of earlier ones.

Where purchases are billed in cycles, and each bill is decided before the next is made,
a row says no more than its sums: what bears of it on a day is what was added less what
was taken, so that its days are a product less a sum.
"""

from typing import NamedTuple

from loanmath.billing.aggregate_rules import AggregateRules
from loanmath.ledger.carrier import Amount, Carrier

__all__ = [
    "Aggregates",
    "Conduct",
    "CutBill",
    "Minimums",
    "Portion",
    "Share",
    "add",
    "bearing",
    "bearing_days",
    "charged_to",
    "empty",
    "opening",
    "owed",
    "past_due",
    "sum_of",
    "take",
    "was_made",
]

MOMENT, IS_MADE = 4, 7


class Portion(NamedTuple):
    """
    What is owed of purchases that are decided together.

    What it bears until a day is `bearing * day - moment`.

    Attributes:
        penalty: Penalty.
        fee: Fees.
        interest: Interest that is owed.
        principal: Principal.
        moment: The sum of all that was added to what bears, each times the first day
            that it bears on, less all that was taken, each times the first day that it
            does not.
        since: The day up to which it was charged, or before which none of it bears;
            nothing, where nothing that bears was added.
        bears: Whether it bears; if not, it waits for its bill to be decided.
        is_made: Whether anything that does not bear was added.
        is_charged: Whether it was charged before its cycle was cut.
    """

    penalty: Amount
    fee: Amount
    interest: Amount
    principal: Amount
    moment: Amount
    since: Amount
    bears: Amount
    is_made: Amount
    is_charged: Amount


class CutBill(NamedTuple):
    """
    A bill.

    Attributes:
        due: The day it is due.
        closes: The day from which interest that it charges may bear.
        balance: What is owed by it; below zero, a credit.
        minimum: What is to be paid of it.
        received: What was received of it.
        interest: The interest since the last bill.
        charged: The default charges since the last bill.
        waits: Whether its purchases are free if it is paid.
        part: What waited until it was due, times days, where less than all of that may
            bear; nothing before, or where all does.
    """

    due: int
    closes: int
    balance: Amount
    minimum: Amount
    received: Amount
    interest: Amount
    charged: Amount
    waits: Amount
    part: Amount | None


class Share(NamedTuple):
    """
    What of the billed portion bears in part.

    Attributes:
        days: What it was until its bill was due, times days.
        missing: What was missing of the bill.
        billed: The bill; one, where nothing bears in part.
    """

    days: Amount
    missing: Amount
    billed: Amount


class Minimums(NamedTuple):
    """
    What was asked of all minimums, arrears in none of them, and what of it was met.

    Attributes:
        asked: What was asked in all.
        met: What of it was met, the oldest first.
        parts: The due days of those that may not be met, with what was asked by then.
    """

    asked: Amount
    met: Amount
    parts: tuple[tuple[int, Amount], ...]


class Conduct(NamedTuple):
    """
    How bills were paid.

    Attributes:
        lost: Whether the free period is lost.
        paid_in_row: How many bills in a row were paid in full.
        decided: How many bills were decided.
        missed: The number of the last whose minimum was missed, or nothing.
    """

    lost: Amount
    paid_in_row: Amount
    decided: int
    missed: Amount


class Aggregates(NamedTuple):
    """
    What a line is between two events.

    Attributes:
        open: What the open cycle added.
        credit: What was paid beyond all that is owed.
        billed: What the last cut left of its cycle.
        carried: What earlier bills left.
        bill: The bill of the last cut, until it is decided.
        minimums: What was asked.
        conduct: How bills were paid.
        interest: The interest since the last bill.
        charged: The default charges since the last bill.
        share: What of the billed portion bears in part.
        limit: The limit.
    """

    open: Portion
    credit: Amount
    billed: Portion
    carried: Portion
    bill: CutBill | None
    minimums: Minimums
    conduct: Conduct
    interest: Amount
    charged: Amount
    share: Share
    limit: Amount


def opening(rules: AggregateRules, limit: Amount) -> Aggregates:
    """Return the state of a line on which nothing happened."""
    none = limit - limit
    no = none > 0
    return Aggregates(
        open=empty(none, no | (not rules.waits)),
        credit=none,
        billed=empty(none, no),
        carried=empty(none, no),
        bill=None,
        minimums=Minimums(none, none, ()),
        conduct=Conduct(no, none, 0, none),
        interest=none,
        charged=none,
        share=Share(none, none, none + 1),
        limit=limit,
    )


def empty(none: Amount, bears: Amount) -> Portion:
    """Return a portion that nothing is owed of."""
    no = none > 0
    return Portion(none, none, none, none, none, none, bears, no, no)


def owed(state: Aggregates, component: int | None = None) -> Amount:
    """Return what is owed, of one component or of all."""
    if component is not None:
        return (
            state.open[component] + state.billed[component] + state.carried[component]
        )
    return sum_of(state.open) + sum_of(state.billed) + sum_of(state.carried)


def sum_of(portion: Portion) -> Amount:
    """Return what is owed of a portion."""
    return portion.penalty + portion.fee + portion.interest + portion.principal


def bearing(rules: AggregateRules, portion: Portion) -> Amount:
    """Return what of a portion bears, if it does."""
    first, *others = rules.bearing
    found = portion[first]
    for component in others:
        found = found + portion[component]
    return found


def bearing_days(
    x: Carrier, rules: AggregateRules, portion: Portion, until: Amount
) -> Amount:
    """Return what a portion bears until a day and was not charged for, times days."""
    days = bearing(rules, portion) * until - portion.moment
    return x.where(portion.bears & (portion.since < until), days, 0)


def charged_to(
    x: Carrier, rules: AggregateRules, portion: Portion, until: Amount, where: Amount
) -> Portion:
    """Return a portion charged up to a day, where it bears and another thing holds."""
    made = portion.bears & where & was_made(portion)
    charged = made & (portion.since < until)
    return portion._replace(
        moment=x.where(charged, bearing(rules, portion) * until, portion.moment),
        since=x.where(charged, until, portion.since),
        is_charged=portion.is_charged | made,
    )


def was_made(portion: Portion) -> Amount:
    """Return whether anything was ever added to a portion."""
    return portion.is_made | (portion.since > 0)


def add(  # noqa: PLR0913, PLR0917 what, where to and when
    x: Carrier,
    rules: AggregateRules,
    portion: Portion,
    component: int,
    amount: Amount,
    day: Amount,
) -> Portion:
    """Return a portion with an amount added, which bears from a day if it does."""
    held = list(portion)
    held[component] = portion[component] + amount
    if component in rules.bearing:
        since = portion.since
        if not x.every(since):
            since = x.where((since == 0) & (amount > 0), day, since)
        held[MOMENT : MOMENT + 2] = portion.moment + amount * x.max(since, day), since
    else:
        held[IS_MADE] = portion.is_made | (amount > 0)
    return Portion._make(held)


def take(  # noqa: PLR0913, PLR0917 what, where from and when
    x: Carrier,
    rules: AggregateRules,
    portion: Portion,
    component: int,
    amount: Amount,
    day: Amount,
) -> tuple[Portion, Amount]:
    """Return a portion with a component paid as far as an amount goes, and the rest."""
    taken = x.min(portion[component], amount)
    if not x.some(taken):
        return portion, amount
    held = list(portion)
    held[component] = portion[component] - taken
    if component in rules.bearing:
        held[MOMENT] = portion.moment - taken * x.max(portion.since, day)
    return Portion._make(held), amount - taken


def past_due(state: Aggregates, day: int) -> Amount:
    """Return what is missing of minimums that were due on a day or before."""
    asked: Amount = 0
    for due, by_then in state.minimums.parts:
        if due <= day:
            asked = by_then
    return asked - state.minimums.met
