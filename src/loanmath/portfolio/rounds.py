"""Rounds of events, applied to many accounts by the common transitions."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from loanmath.errors import EventError
from loanmath.ledger.balances import COMPONENTS, Balances, Segment, total_of
from loanmath.ledger.rules import EVER, FEE, INTEREST, Pass
from loanmath.ledger.transitions import (
    Spent,
    compound,
    count_day,
    days_past_due,
    pass_nights,
    pay,
    spend,
)
from loanmath.portfolio.columns import Column, Columns
from loanmath.portfolio.lower import check_bounds
from loanmath.portfolio.packing import Round
from loanmath.portfolio.policy import Policy
from loanmath.terms import Standing

__all__ = ["run", "seen_on"]


def run(
    x: Columns, policy: Policy, balances: Balances, rounds: Sequence[Round]
) -> Balances:
    """
    Return the balances after rounds of events.

    Raises:
        LimitError: If what accrues until the last event may not fit.
        EventError: If a waiver is above what is owed, or a payment may settle an
            account before its last due date, with interest inside a period.
    """
    until = max((int(one.day.max()) for one in rounds), default=0)
    check_bounds(policy, balances, _charges(rounds), until)
    for one in rounds:
        balances = _seen(x, policy, balances, one.day, one.happens)
        for component, row, amount in one.charged:
            balances = _charge(balances, component, row, amount)
        for component, amount in one.waived:
            balances = _waive(x, balances, component, amount, one.day)
        balances = _receive(x, policy, balances, one.paid, one.day)
    return balances


def _charges(rounds: Sequence[Round]) -> list[int]:
    found = [0] * len(COMPONENTS)
    for one in rounds:
        for component, _, amount in one.charged:
            found[component] += int(amount.max())
    return found


def seen_on(x: Columns, policy: Policy, balances: Balances, day: Column) -> Balances:
    """
    Return the balances on a day, after its events.

    Raises:
        LimitError: If what accrues until then may not fit.
    """
    check_bounds(policy, balances, _charges(()), int(day.max()))
    return _seen(x, policy, balances, day, 0 * day + 1)


def _seen(
    x: Columns, policy: Policy, balances: Balances, day: Column, happens: Column
) -> Balances:
    """Return the balances once nights, due dates and the day itself have passed."""
    # Elsewhere a due date changes nothing, and is passed with the nights.
    stops = policy.compounds | (policy.applied & (balances.credit > 0))
    while stops.any():
        due = _next_due(x, balances, x.where(stops, day, balances.since))
        stops = due < EVER
        if stops.any():
            until = x.where(stops, due, balances.since)
            balances = pass_nights(x, balances, policy.rules, until)
            balances = _due_date(x, policy, balances, stops)
    balances = pass_nights(x, balances, policy.rules, day)
    if not policy.counted:
        return balances
    counted = count_day(x, balances, policy.rules)
    return _chosen(x, happens > 0, counted, balances)


def _chosen(x: Columns, holds: Column, after: Balances, before: Balances) -> Balances:
    """Return the balances after where it holds, and those before elsewhere."""

    def columns(new: Sequence[Any], old: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            other if one is other else x.where(holds, one, other)
            for one, other in zip(new, old, strict=True)
        )

    return before._replace(
        segments=(Segment._make(map(columns, after.segment, before.segment)),),
        sums=tuple(map(columns, after.sums, before.sums)),
        capital=tuple(map(columns, after.capital, before.capital)),
        ahead=x.where(holds, after.ahead, before.ahead),
    )


def _next_due(x: Columns, balances: Balances, day: Column) -> Column:
    """Return the first due date after the day reached, up to another; or `EVER`."""
    found = 0 * day + EVER
    for due in balances.due:
        comes = (due > balances.since) & (due <= day)
        found = x.where(comes, x.min(due, found), found)
    return found


def _due_date(
    x: Columns, policy: Policy, balances: Balances, falls: Column
) -> Balances:
    """Return the balances once a due date did what it does, where one falls."""
    credit = x.where(falls, balances.credit, 0)
    if policy.applied and x.some(credit):
        spent, left = _pay(x, policy, balances, credit, balances.since, ahead=False)
        balances = spent._replace(credit=balances.credit - credit + left)
    if not policy.compounds:
        return balances
    return _chosen(x, falls, compound(balances), balances)


def _pay(  # noqa: PLR0913 one argument for each thing a payment is
    x: Columns,
    policy: Policy,
    balances: Balances,
    amount: Column,
    day: Column,
    *,
    ahead: bool,
) -> Spent:
    late = days_past_due(x, balances, day, policy.tolerance)
    late = x.where(late <= policy.grace_days, 0, late)
    rows_of = _rows_of(x, balances, day, ahead=ahead)
    return pay(x, balances, policy.tiers, amount, day, late, rows_of)


def _rows_of(
    x: Columns, balances: Balances, day: Column, *, ahead: bool
) -> Callable[[Standing], Iterable[int]]:
    @cache
    def rows_of(standing: Standing) -> Sequence[int]:
        if standing is Standing.IN_ADVANCE and not ahead:
            return ()
        return x.rows(standing, balances.due, day)

    return rows_of


def _receive(
    x: Columns, policy: Policy, balances: Balances, amount: Column, day: Column
) -> Balances:
    if not x.some(amount):
        return balances
    settles = _settles(x, balances, amount, day)
    # What settles an account takes the credit as well.
    credit = x.where(settles, balances.credit, 0)
    spent, left = _pay(x, policy, balances, amount + credit, day, ahead=policy.ahead)
    spent = spent._replace(credit=balances.credit - credit + left)
    if not x.some(settles):
        return spent
    # Fractions of a unit end with the debt.
    sums = tuple(
        tuple(x.where(settles, 0, total) for total in column) for column in spent.sums
    )
    return spent._replace(sums=sums)


def _settles(x: Columns, balances: Balances, amount: Column, day: Column) -> Column:
    """
    Return which accounts a payment settles, on or after their last due date.

    Raises:
        EventError: If it may settle one before, where interest inside a period counts.
    """
    segment, money = balances.segment, amount + balances.credit
    enough = (amount > 0) & (money >= sum(segment.principal))
    if not x.some(enough):
        return enough
    least = sum(segment.principal) + sum(segment.penalty) + sum(segment.compound)
    for row, due in enumerate(balances.due):
        least = least + x.where(due <= day, segment.fee[row] + segment.interest[row], 0)
    settles = enough & (money >= least) & (total_of(segment) > 0)
    early = settles & (day < balances.due[-1])
    _check_none(early, "a payment that may settle it before its last due date")
    return settles


def _charge(
    balances: Balances, component: int, rows: Column, amount: Column
) -> Balances:
    segment = list(balances.segment)
    segment[component] = tuple(
        owed + (rows == row) * amount for row, owed in enumerate(segment[component])
    )
    return balances.with_segment(Segment._make(segment))


def _waive(
    x: Columns, balances: Balances, component: int, amount: Column, day: Column
) -> Balances:
    table = [Pass(standing, (component,)) for standing in Standing]
    # Fees and interest of rows to come are not owed yet.
    rows_of = _rows_of(x, balances, day, ahead=component not in (FEE, INTEREST))
    spent, left = spend(x, balances, table, amount, day, rows_of)
    _check_none(left, "a waiver above what is owed")
    return spent


def _check_none(found: Column, what: str) -> None:
    if found.any():
        number = int(found.argmax())
        raise EventError(
            f"account {number}",
            got=what,
            allowed="what columns hold",
            do="keep this account by itself, by Account",
        )
