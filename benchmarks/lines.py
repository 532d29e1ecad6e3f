"""
What a credit line costs: an event, a month, and many accounts in columns.

    python benchmarks/lines.py [rounds]

A card with one purchase a day and one payment a month on its due day: all of the bill,
its minimum, or nothing. Terms and events are built before the clock starts. A month
is its purchases, its payment, the decision on its bill and the cut: by two hand-written
loops over plain integers, by the transitions that one account and many share, by the
ledger's fold and by `LineAccount`; all are checked to agree on every bill.
"""

import platform
import sys
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from line_floor import Bill, Cycle, billed
from line_floor import kept as kept_by_hand
from rounds import interleaved

from loanmath.billing.aggregate_fold import Kept, open_line, pass_days
from loanmath.billing.aggregate_steps import draw, receive
from loanmath.billing.line_fold import fold_line
from loanmath.billing.line_state import opening_line
from loanmath.errors import MissingExtraError
from loanmath.events import Event, Payment, Purchase
from loanmath.ledger.carrier import INTEGERS
from loanmath.line_account import LineAccount
from loanmath.terms.lines import (
    CreditLine,
    DefaultCharge,
    LineInterest,
    MinimumPayment,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS, _ACCOUNTS, _BOUGHT = 20, 10_000, 1_250
LINE = CreditLine(
    currency="CNY",
    limit="1000000",
    statement_day=5,
    due_day=25,
    interest=LineInterest(rate="0.05%/day", bears_from="posting", rounded="statement"),
    minimum=MinimumPayment("10%"),
    default_charge=DefaultCharge("5%"),
)
OPENED = date(2016, 1, 5)
PAID = ("in full", "the minimum", "nothing")
YEARS = (1, 10)


def months(years: int, paid: str) -> list[tuple[int, int, int]]:
    """Return the day, the purchase and the payment of each day, in cents."""
    kept = open_line(LINE, OPENED, LINE.limit_units)
    cycles = LINE.cycles(OPENED, 12 * years + 1)
    dues = {cycle.due.toordinal() for cycle in cycles}
    found = []
    for day in range(OPENED.toordinal(), cycles[-1].start.toordinal()):
        kept = pass_days(INTEGERS, kept, day)
        payment, bill = 0, kept.state.bill
        if day in dues and bill is not None:
            payment = {PAID[0]: bill.balance, PAID[1]: bill.minimum}.get(paid, 0)
        found.append((day, _BOUGHT, payment))
        kept = _did(kept, day, _BOUGHT, payment)
    return found


def _did(kept: Kept, day: int, bought: int, paid: int) -> Kept:
    state = draw(INTEGERS, kept.rules, kept.state, bought, day)
    if paid:
        state = receive(INTEGERS, kept.rules, state, paid, day)
    return kept.with_state(state)


def events_of(days: list[tuple[int, int, int]]) -> list[Event]:
    """Return the same as events."""
    found: list[Event] = []
    for day, bought, paid in days:
        on = date.fromordinal(day)
        found.append(Purchase(id=f"u{day}", on=on, amount=Decimal(bought) / 100))
        if paid:
            found.append(Payment(id=f"p{day}", on=on, amount=Decimal(paid) / 100))
    return found


# --- a month -------------------------------------------------------------------------


def in_place(days: list[tuple[int, int, int]], cycles: list[Cycle]) -> list[Bill]:
    """Apply the floor that has bills alone, and cut the last cycle."""
    return billed(cycles, [*days, (days[-1][0] + 1, 0, 0)], 1, 2_000)


def by_hand(days: list[tuple[int, int, int]], cycles: list[Cycle]) -> list[Bill]:
    """Apply the floor that has a new value after each event."""
    return kept_by_hand(cycles, [*days, (days[-1][0] + 1, 0, 0)], 1, 2_000)[1]


def by_transitions(days: list[tuple[int, int, int]]) -> Kept:
    """Apply the transitions that one account and many share."""
    kept = open_line(LINE, OPENED, LINE.limit_units)
    for day, bought, paid in days:
        kept = _did(pass_days(INTEGERS, kept, day), day, bought, paid)
    return pass_days(INTEGERS, kept, days[-1][0] + 1)


def by_fold(events: list[Event]) -> Any:
    """Apply the ledger of rows."""
    return fold_line(events, opening_line(LINE, OPENED), ())


def recorded(events: list[Event]) -> LineAccount:
    """Record all events at once."""
    return LineAccount.open(LINE, OPENED).record(*events)


def recorded_in_turn(events: list[Event]) -> LineAccount:
    """Record one event after the other."""
    account = LineAccount.open(LINE, OPENED)
    for event in events:
        account = account.record(event)
    return account


def cycles_of(years: int) -> list[Cycle]:
    """Return the days that the floor needs."""
    found = LINE.cycles(OPENED, 12 * years + 2)
    return [Cycle(one.end.toordinal(), one.due.toordinal() + 1) for one in found]


def check() -> None:
    """Refuse to time what differs by a cent."""
    for paid in PAID:
        days = months(1, paid)
        floor = by_hand(days, cycles_of(1))
        sums = [
            Bill(bill.balance, bill.minimum, bill.interest, bill.charged)
            for bill in by_transitions(days).bills
        ]
        last = date.fromordinal(days[-1][0]) + timedelta(1)
        told = [
            Bill(
                *(
                    int(100 * amount)
                    for amount in (
                        bill.closing,
                        bill.minimum,
                        sum(amount for _, amount in bill.interest),
                        bill.total("default charge"),
                    )
                )
            )
            for bill in recorded(events_of(days)).statements(last)
        ]
        if not floor == in_place(days, cycles_of(1)) == sums == told:
            raise SystemExit(f"paid {paid}: bills differ")


def a_month() -> list[list[str]]:
    """Return what a month costs in a year of each card, in microseconds."""
    calls: dict[str, dict[str, Callable[[], object]]] = {
        "plain integers, in place": {},
        "plain integers, by hand": {},
        "the shared transitions": {},
        "the ledger's fold": {},
        "LineAccount.record, all at once": {},
    }
    for paid in PAID:
        days = months(1, paid)
        events = events_of(days)
        for name, call in zip(
            calls,
            (
                partial(in_place, days, cycles_of(1)),
                partial(by_hand, days, cycles_of(1)),
                partial(by_transitions, days),
                partial(by_fold, events),
                partial(recorded, events),
            ),
            strict=True,
        ):
            calls[name][paid] = call
    timings = interleaved(
        {f"{a}|{b}": call for a, cards in calls.items() for b, call in cards.items()},
        rounds(),
    )
    lines = []
    for name in calls:
        line = [name]
        for paid in PAID:
            one = timings[f"{name}|{paid}"].best / 12
            floor = timings[f"plain integers, by hand|{paid}"].best / 12
            line += [f"{1e6 * one:,.0f}", f"{one / floor:.1f}"]
        lines.append(line)
    return lines


def growing() -> list[list[str]]:
    """Return what an event costs in one year and in ten, in microseconds."""
    lines = []
    for paid in PAID:
        line = [paid]
        streams = {years: events_of(months(years, paid)) for years in YEARS}
        calls: dict[str, Callable[[], object]] = {
            f"{name}|{years}": partial(run, events)
            for name, run in (("at once", recorded), ("in turn", recorded_in_turn))
            for years, events in streams.items()
        }
        for years, events in streams.items():
            account, last = recorded(events), events[-1].on
            calls[f"bills|{years}"] = partial(account.statements, last)
            calls[f"position|{years}"] = partial(account.position, last)
        timings = interleaved(calls, max(rounds() // 5, 3))
        for name in ("at once", "in turn", "bills"):
            for years, events in streams.items():
                one = timings[f"{name}|{years}"].best / len(events)
                line.append(f"{1e6 * one:,.1f}")
        line += [f"{1e6 * timings[f'position|{years}'].best:,.0f}" for years in YEARS]
        lines.append(line)
    return lines


def columns() -> list[list[str]]:
    """Return the lines of columns, in nanoseconds per account and month."""
    from loanmath.portfolio import Columns, LineDay, keep_lines, open_lines

    try:
        x = Columns()
    except MissingExtraError:
        return [["columns", "numpy is not installed", ""]]
    book = open_lines(x, LINE, OPENED, [LINE.limit_units] * _ACCOUNTS)
    lines = []
    for paid in PAID:
        given = [
            LineDay(
                date.fromordinal(day),
                x.column([bought + number % 7 for number in range(_ACCOUNTS)]),
                x.column([payment] * _ACCOUNTS),
            )
            for day, bought, payment in months(1, paid)
        ]
        call = partial(keep_lines, x, book, given)
        timing = interleaved({"it": call}, max(rounds() // 5, 3))["it"]
        lines.append([paid, f"{1e9 * timing.best / 12 / _ACCOUNTS:,.0f}"])
    return lines


def rounds() -> int:
    """Return how many rounds to measure."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS


def table(*lines: list[str]) -> str:
    """Return lines as a Markdown table; the first names the columns."""
    first, *rest = lines
    rule = ["---"] + ["--:"] * (len(first) - 1)
    return "\n".join(f"| {' | '.join(line)} |" for line in (first, rule, *rest))


def main() -> None:
    """Print the tables."""
    check()
    print(
        f"{platform.python_implementation()} {platform.python_version()},"
        f" {platform.system()} {platform.machine()}, {rounds()} rounds\n"
    )
    heads = [part for paid in PAID for part in (f"paid {paid}, µs", "× plain")]
    print(table(["a month of a card", *heads], *a_month()), "\n")
    heads = [
        f"{name}, {years} y"
        for name in ("at once", "in turn", "bills")
        for years in YEARS
    ] + [f"a position, {years} y" for years in YEARS]
    print(table(["µs per event; a position in all", *heads], *growing()), "\n")
    heads = ["ns per account and month"]
    print(table([f"columns of {_ACCOUNTS:,} accounts, paid", *heads], *columns()))


if __name__ == "__main__":
    main()
