"""What a line as sums earned: what bore, times days, and what that comes to."""

from loanmath.billing.aggregate_rules import AggregateRules
from loanmath.billing.aggregates import (
    Aggregates,
    CutBill,
    Share,
    bearing,
    bearing_days,
    charged_to,
)
from loanmath.ledger.carrier import Amount, Carrier

__all__ = ["charged_until", "days_until", "earned", "interest_of", "pass_due"]


def earned(
    x: Carrier, rules: AggregateRules, state: Aggregates, until: Amount
) -> Amount:
    """Return what was earned until a day and is not owed yet."""
    return interest_of(x, rules, days_until(x, rules, state, until), state.share)


def days_until(
    x: Carrier, rules: AggregateRules, state: Aggregates, until: Amount
) -> tuple[Amount, Amount, Amount]:
    """Return what bears, times days: carried, billed, open."""
    return (
        bearing_days(x, rules, state.carried, until),
        bearing_days(x, rules, state.billed, until),
        bearing_days(x, rules, state.open, until),
    )


def interest_of(
    x: Carrier,
    rules: AggregateRules,
    days: tuple[Amount, Amount, Amount],
    share: Share,
) -> Amount:
    """
    Return what bore, times days, as interest.

    Formula: `round(days * rate)` in one, or of each portion; of the billed one's days
    until its bill was due, the share of the bill that was missing.
    """
    carried, billed, unbilled = days
    rounded, rate, unit = x.rounding(rules.rounded), rules.rate, rules.unit
    others: Amount = 0
    if rules.by_portion:
        others = rounded(carried * rate, unit) + rounded(unbilled * rate, unit)
    else:
        billed = carried + billed + unbilled
    if rules.partly:
        billed = (billed - share.days) * share.billed + share.days * share.missing
        return rounded(billed * rate, unit * share.billed) + others
    return rounded(billed * rate, unit) + others


def charged_until(
    x: Carrier, rules: AggregateRules, state: Aggregates, until: Amount, where: Amount
) -> Aggregates:
    """Return the state with all that bears charged up to a day, where a thing holds."""
    state = state._replace(
        open=charged_to(x, rules, state.open, until, where),
        billed=charged_to(x, rules, state.billed, until, where),
        carried=charged_to(x, rules, state.carried, until, where),
    )
    if not rules.partly:
        return state
    days, missing, billed = state.share
    share = Share(
        x.where(where, 0, days), x.where(where, 0, missing), x.where(where, 1, billed)
    )
    return state._replace(share=share)


def pass_due(
    x: Carrier, rules: AggregateRules, state: Aggregates, bill: CutBill
) -> Aggregates:
    """Return the state once a bill was due: what waits may bear partly until here."""
    waiting = state.billed
    days = bearing(rules, waiting) * (bill.due + 1) - waiting.moment
    part = x.where(waiting.bears, 0, days)
    return state._replace(bill=bill._replace(part=part))
