"""What a library's account of a line and its oracle say of a day, in the same words."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from line_terms import graces
from loanmath import CreditLine, LineAccount
from loanmath.billing.earning import Stretch
from loanmath.billing.line_state import LineEntry, LineState
from oracle.line import State
from oracle.line_numbers import COMPONENTS

__all__ = [
    "EVERYTHING",
    "entries_of",
    "exact_interest",
    "first_day",
    "kept",
    "last_day",
    "notable_after",
    "seen",
    "stated",
    "told",
    "told_bills",
    "units",
]

DAY = timedelta(1)
EVERYTHING = 400
"""Days after the last event by which every bill with an event in it was decided."""


def units(line: CreditLine, amount: Decimal) -> int:
    """An amount in whole minor units, of which it has no part."""
    exact = Fraction(amount) * 10**line.digits
    assert exact.denominator == 1
    return int(exact)


def first_day(events: Iterable[Any]) -> date:
    return min(event.on for event in events)


def last_day(events: Iterable[Any]) -> date:
    return max(event.on for event in events)


def kept(line: CreditLine, events: Sequence[Any]) -> LineAccount:
    """The account of a line that is opened on the day of its first event."""
    return LineAccount.open(line, first_day(events)).record(*events)


def notable_after(line: CreditLine, events: Sequence[Any]) -> list[date]:
    """Days on which something turns: of events, and of the bills after them."""
    days = {event.on + step * DAY for event in events for step in (0, 1)}
    decided = [timedelta(days) + DAY for days in graces(line)]
    for cycle in line.cycles(first_day(events), 3) + line.cycles(last_day(events), 3):
        turns = [cycle.statement, cycle.end, cycle.due]
        turns += [cycle.due + days for days in decided]
        days |= {day + step * DAY for day in turns for step in (0, 1)}
    return sorted(day for day in days if day >= first_day(events))


def entries_of(account: LineAccount, until: date) -> list[LineEntry]:
    """All that changed on an account up to the end of a day."""
    return account.entries_until(until.toordinal())


def state_of(account: LineAccount, on: date) -> LineState | None:
    """The state at the end of a day; none where nothing happened yet."""
    entries = entries_of(account, on)
    return entries[-1].after if entries else None


def seen(account: LineAccount, on: date) -> dict[str, Any]:
    """What the library says of a day."""
    line, position = account.line, account.position(on)
    state = state_of(account, on)
    segments = {one.name: one for one in position.segments}
    return {
        "owed": {
            (name, component): units(line, getattr(one, component))
            for name, one in segments.items()
            for component in COMPONENTS
            if getattr(one, component)
        },
        "credit": units(line, position.credit),
        "missing": units(line, position.minimum),
        "dues": {}
        if state is None
        else by_day((due.due, due.missing) for due in state.dues),
        "days past due": position.days_past_due,
        "free": position.has_free_period,
        "available": units(line, position.available),
        "payoff": units(line, position.payoff),
        "cut off": units(line, position.cut_off),
        "installments": units(line, position.installments),
        "plans": {}
        if state is None
        else {
            plan.name: list(zip(plan.principal, plan.interest, plan.fees, strict=True))
            for plan in state.plans
        },
        "open bills": []
        if state is None
        else [
            (
                date.fromordinal(bill.cycle.due),
                date.fromordinal(bill.due),
                bill.balance,
                bill.minimum,
                bill.received,
            )
            for bill in state.bills
        ],
    }


def told(line: CreditLine, state: State) -> dict[str, Any]:
    """What the oracle says of a day."""
    plans = {name: left for name, left in state.plans.items() if left}
    return {
        "owed": {key: amount for key, amount in state.owed.items() if amount},
        "credit": state.credit,
        "missing": sum(missing for _, missing in state.dues),
        "dues": by_day(state.dues),
        "days past due": state.days_past_due,
        "free": state.free,
        "available": max(state.available, 0),
        "payoff": state.payoff,
        "cut off": state.cut_off,
        "installments": sum(part[0] for left in plans.values() for part in left),
        "plans": plans,
        "open bills": [
            (bill.due, bill.minimum_due, bill.balance, bill.minimum, bill.received)
            for bill in state.bills
            if bill.is_open
        ],
    }


def by_day(amounts: Iterable[tuple[Any, int]]) -> dict[date, int]:
    """What is missing by due day; the library has days as ordinals."""
    found: dict[date, int] = {}
    for day, amount in amounts:
        on = day if isinstance(day, date) else date.fromordinal(day)
        found[on] = found.get(on, 0) + amount
    return found


def stated(account: LineAccount, until: date) -> list[tuple[Any, ...]]:
    """The library's bills: statement day, due day, balance and minimum."""
    line = account.line
    return [
        (
            bill.cycle.statement,
            bill.due,
            units(line, bill.closing),
            units(line, bill.minimum),
        )
        for bill in account.statements(until)
    ]


def told_bills(state: State) -> list[tuple[Any, ...]]:
    """The oracle's bills, with the minimum that they were made with."""
    return [
        (bill.statement, bill.minimum_due, bill.balance, bill.first_minimum)
        for bill in state.bills
    ]


def exact_interest(account: LineAccount, until: date) -> Fraction:
    """Interest up to a day before any rounding, in minor units: all that bore."""
    return sum(
        (
            exact(one, entry.after.rules.unit)
            for entry in entries_of(account, until)
            if entry.rule == "interest"
            for row in entry.stretches
            for one in row
        ),
        Fraction(0),
    )


def exact(one: Stretch, unit: int) -> Fraction:
    """What a stretch of days costs, counted anew: amount, share, rate, days."""
    amount = Fraction(one.owed) * Fraction(one.share, one.whole)
    return amount * Fraction(one.rate, unit) * (one.end - one.start)
