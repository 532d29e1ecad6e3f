"""
What a credit line costs: an event, a month, and many accounts in columns.

    python benchmarks/lines.py [rounds]

A card with one purchase a day and one payment a month on its due day: all of the bill,
its minimum, or nothing. Terms and events are built before the clock starts. A month
is its purchases, its payment, the decision on its bill and the cut: by two hand-written
loops over plain integers, by the transitions that one account and many share, by a
ledger of rows and entries written by hand, by the library's fold and by `LineAccount`;
all are checked to agree on every bill, and the two ledgers on every entry.
"""

import platform
import sys
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import line_by_hand
from line_floor import Bill, Cycle, billed
from line_floor import kept as kept_by_hand
from rounds import interleaved

from loanmath.billing.aggregate_fold import Kept, open_line, pass_days
from loanmath.billing.aggregate_steps import draw, receive
from loanmath.billing.drawing import available_units
from loanmath.billing.line_fold import LineStep, fold_line
from loanmath.billing.line_state import LineEntry, LineState, opening_line
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
    """Return the same as events, in the order of a day."""
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


def by_hand_ledger(events: list[Event]) -> list[line_by_hand.Entry]:
    """Keep the ledger that is written by hand."""
    return line_by_hand.kept(events, OPENED)


def entered_by_hand(events: list[Event]) -> list[line_by_hand.Entry]:
    """Put events in order first, each id once."""
    return line_by_hand.kept(line_by_hand.entered(events, OPENED), OPENED)


def by_fold(events: list[Event]) -> tuple[LineStep, ...]:
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
        check_ledgers(paid, events_of(days))


def check_ledgers(paid: str, events: list[Event]) -> None:
    """Refuse two ledgers that differ in an entry, a row, or what may be bought."""
    entries = [entry for step in by_fold(events) for entry in step.entries]
    by_hand = entered_by_hand(events)
    if by_hand != by_hand_ledger(events):
        raise SystemExit(f"paid {paid}: events are not in order")
    for entry, own in zip(entries, by_hand, strict=True):
        if _told(entry) != _told_by_hand(own):
            raise SystemExit(f"paid {paid}: entries differ: {entry.rule}, {own.rule}")


def _told(entry: LineEntry) -> list[object]:
    """Return what the fold says of an entry: what it is, and what is owed after it."""
    state, bill = entry.after, entry.bill if entry.rule == "bill" else None
    return [
        (entry.day, entry.rule, entry.event),
        (_rows(entry.before), _rows(state)),
        (state.credit, available_units(state, entry.day)),
        [(due.due, due.missing) for due in state.dues],
        bill and (bill.balance, bill.minimum, bill.parts.arrears),
        sorted(
            (one.start, one.end, one.owed) for row in entry.stretches for one in row
        ),
    ]


def _rows(state: LineState) -> list[tuple[int, ...]]:
    return [
        (row.cycle, penalty, interest, principal)
        for row in state.rows
        for penalty, _, interest, principal in (row.owed,)
        if any(row.owed)
    ]


def _told_by_hand(entry: line_by_hand.Entry) -> list[object]:
    """Return what the ledger by hand says of an entry."""
    before, after = entry.before, entry.after
    bill = after.bill if entry.rule == "bill" else None
    bore = [row for row in (before.carried, before.billed) if row.bears]
    return [
        (entry.day, entry.rule, entry.event),
        (_rows_by_hand(before), _rows_by_hand(after)),
        (after.credit, line_by_hand.available(after)),
        list(after.dues),
        bill and (bill.balance, bill.minimum, bill.arrears),
        sorted(one for row in bore for one in line_by_hand.pieces(row, entry.day))
        if entry.rule == "interest"
        else [],
    ]


def _rows_by_hand(state: line_by_hand.State) -> list[tuple[int, ...]]:
    return [
        (row.cut, row.penalty, row.interest, row.principal)
        for row in (state.carried, state.billed, state.opened)
        if row.penalty or row.interest or row.principal
    ]


def a_month() -> list[list[str]]:
    """Return what a month costs in a year of each card, in microseconds."""
    calls: dict[str, dict[str, Callable[[], object]]] = {
        "plain integers, in place": {},
        "plain integers, by hand": {},
        "the shared transitions": {},
        "a ledger by hand": {},
        "a ledger by hand, events entered first": {},
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
                partial(by_hand_ledger, events),
                partial(entered_by_hand, events),
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
            ledger = timings[f"a ledger by hand|{paid}"].best / 12
            line += [f"{1e6 * one:,.0f}", f"{one / floor:.1f}", f"{one / ledger:.1f}"]
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
    heads = [
        part for paid in PAID for part in (f"paid {paid}, µs", "× plain", "× ledger")
    ]
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
