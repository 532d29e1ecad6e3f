"""
What an event costs: one account, by `Account` and by the transitions alone, and many.

    python benchmarks/ledger.py [rounds]

A loan of 12 level installments, penalty at 1.5 times its rate. "On time" pays each
installment on its due date; "overdue" makes 60 payments of a few yuan, one every ten
days, none of which catches up. Terms and events are built before the clock starts.
Columns pack 8,192 such accounts; what is timed is the rounds, without packing, which
is timed apart. Both ledgers in cents are checked to agree before they are timed.
"""

import platform
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ledger_floor import Owed, paid
from rounds import interleaved

from loanmath import InstallmentLoan, LevelPayment, Rate
from loanmath.account import Account
from loanmath.errors import MissingExtraError
from loanmath.events import Payment
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.course import course
from loanmath.ledger.transitions import days_past_due, pass_nights, pay
from loanmath.terms import PenaltyInterest, Standing

_ROUNDS, _BLOCK = 30, 8_192
LOAN = InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every="monthly",
    rate=Rate("0.05%/day"),
    repayment=LevelPayment(12),
    penalty=PenaltyInterest(multiple="1.5"),
)
OPENED, COURSE = Account.open(LOAN), course(LOAN)
ON_TIME, OVERDUE = "12 on time", "60 overdue"


def on_time() -> list[Payment]:
    """Return a payment of each installment on its due date."""
    return [
        Payment(id=f"p{row.number}", on=row.due, amount=row.payment)
        for row in LOAN.schedule()
    ]


def overdue(count: int = 60, days: int = 10, amount: str = "20") -> list[Payment]:
    """Return payments that never catch up."""
    first = LOAN.schedule()[0].due + timedelta(5)
    return [
        Payment(id=f"p{number:04}", on=first + timedelta(days * number), amount=amount)
        for number in range(count)
    ]


STREAMS = {ON_TIME: on_time(), OVERDUE: overdue()}


def recorded(events: list[Payment]) -> Account:
    """Record all events at once."""
    return OPENED.record(*events)


def recorded_in_turn(events: list[Payment]) -> Account:
    """Record one event after the other."""
    account = OPENED
    for event in events:
        account = account.record(event)
    return account


def followed(events: list[Payment]) -> None:
    """Record one event after the other, and look at the account after each."""
    account = OPENED
    for event in events:
        account = account.record(event)
        account.position(event.on)


def in_units(events: list[Payment]) -> list[tuple[int, int]]:
    """Return the day and the cents of each payment."""
    return [(event.on.toordinal(), int(event.amount * 100)) for event in events]


def by_transitions(events: list[tuple[int, int]]) -> Any:
    """Apply the transitions that one account and many share, and nothing else."""
    balances, rules, tiers = COURSE.opening, COURSE.rules, COURSE.tables("payment")
    due = balances.due

    def rows_of(standing: Standing) -> range:
        return INTEGERS.rows(standing, due, day)

    for day, amount in events:
        balances = pass_nights(INTEGERS, balances, rules, day)
        late = days_past_due(INTEGERS, balances, day, 0)
        spent = pay(INTEGERS, balances, tiers, amount, day, late, rows_of)
        balances = spent.balances
    return balances


def by_hand(events: list[tuple[int, int]]) -> Owed:
    """Apply the floor."""
    segment, due = COURSE.opening.segment, COURSE.due
    (rule,) = COURSE.rules
    rate, unit = rule.pieces[0].rate, rule.unit
    nothing = (0,) * len(due)
    owed = Owed(
        nothing,
        segment.fee,
        segment.interest,
        segment.principal,
        nothing,
        COURSE.opening.since,
        0,
    )
    for day, amount in events:
        owed, _ = paid(owed, due, rate, unit, day, amount)
    return owed


def peer() -> list[list[str]]:
    """
    Return the line of repaykit's ledger, which is installed for this comparison only.

    It keeps a list of payments, and works out a statement from that list and the
    schedule: totals, without components or an order of allocation, and here without
    its late charges.
    """
    try:
        name = f"repaykit {version('repaykit')}, a statement after each"
    except PackageNotFoundError:
        return [["repaykit", "not installed"] + [""] * (2 * len(STREAMS) - 1)]
    from repaykit import Loan, LoanAccount

    terms = Loan.create(
        amount=Decimal(10_000),
        annual_rate=Decimal("0.1825"),
        term="12 months",
        payment_frequency="monthly",
        method="reducing_balance",
        start_date=LOAN.disbursed,
        currency="CNY",
    )

    def follow(events: list[Payment]) -> None:
        account = LoanAccount(terms)
        for event in events:
            account.add_payment(
                amount=event.amount, paid_at=event.on, reference=event.id
            )
            account.statement(as_of=event.on)

    line = [name]
    for events in STREAMS.values():
        timing = interleaved({"it": partial(follow, events)}, max(rounds() // 5, 3))[
            "it"
        ]
        line += [f"{1e6 * timing.best / len(events):,.1f}", ""]
    return [line]


def check() -> None:
    """Refuse to time ledgers that differ by a cent."""
    for name, events in STREAMS.items():
        ours, floor = by_transitions(in_units(events)), by_hand(in_units(events))
        seen = recorded(events).position(events[-1].on).installments
        for part in ("penalty", "fee", "interest", "principal"):
            told = tuple(int(getattr(row.owed, part) * 100) for row in seen)
            if not getattr(ours.segment, part) == getattr(floor, part) == told:
                raise SystemExit(f"{name}: {part} differs")


def one_account() -> list[list[str]]:
    """Return the lines of one account, in microseconds per event."""
    lines = []
    candidates: dict[str, Callable[[Any], object]] = {
        "plain integers, by hand": by_hand,
        "the shared transitions": by_transitions,
        "Account.record, all at once": recorded,
        "Account.record, one by one": recorded_in_turn,
        "one by one, a position after each": followed,
    }
    plain = {by_hand, by_transitions}
    calls = {}
    for name, run in candidates.items():
        for stream, events in STREAMS.items():
            given = in_units(events) if run in plain else events
            calls[name, stream] = partial(run, given)
    timings = interleaved(
        {f"{a}|{b}": call for (a, b), call in calls.items()}, rounds()
    )
    for name in candidates:
        line = [name]
        for stream, events in STREAMS.items():
            one = timings[f"{name}|{stream}"].best / len(events)
            floor = timings[f"plain integers, by hand|{stream}"].best / len(events)
            line += [f"{1e6 * one:,.1f}", f"{one / floor:.1f}"]
        lines.append(line)
    return lines


def growing() -> list[list[str]]:
    """Return what 10, 100 and 1,000 events cost, in microseconds."""
    lines = [
        ["recorded all at once, per event"],
        ["recorded one by one, per event"],
        ["a position at the end, in all"],
    ]
    for count in (10, 100, 1_000):
        events = overdue(count, 1, "1")
        account = recorded(events)
        timings = interleaved(
            {
                "at once": partial(recorded, events),
                "in turn": partial(recorded_in_turn, events),
                "seen": partial(account.position, events[-1].on),
            },
            max(rounds() // 5, 3),
        )
        lines[0].append(f"{1e6 * timings['at once'].best / count:,.1f}")
        lines[1].append(f"{1e6 * timings['in turn'].best / count:,.1f}")
        lines[2].append(f"{1e6 * timings['seen'].best:,.1f}")
    return lines


def columns() -> list[list[str]]:
    """Return the lines of columns, in nanoseconds per account and event."""
    from loanmath.portfolio import Columns, lower, packed, policy_of, run

    try:
        x = Columns()
    except MissingExtraError:
        return [["columns", "numpy is not installed", "", ""]]
    policy = policy_of([COURSE])
    lines = []
    for name, events in (*STREAMS.items(), ("12 own dates", None)):
        if events is None:
            streams = [own_dates(number) for number in range(_BLOCK)]
        else:
            streams = [events] * _BLOCK
        courses, opening = [COURSE] * _BLOCK, [COURSE.opening] * _BLOCK
        pack = partial(packed, x, courses, opening, streams)
        held, given = lower(x, opening), pack()
        timing = interleaved(
            {"rounds": partial(run, x, policy, held, given)}, max(rounds() // 5, 3)
        )["rounds"]
        packing = _once(pack)
        cells = sum(map(len, streams))
        lines.append(
            [name, f"{1e9 * timing.best / cells:,.0f}", f"{1e9 * packing / cells:,.0f}"]
        )
    return lines


def own_dates(number: int) -> list[Payment]:
    """Return twelve payments on days of their own, near the due dates."""
    return [
        Payment(
            id=f"p{row.number:02}",
            on=row.due + timedelta((number * 7 + 11 * row.number) % 19),
            amount=row.payment - Decimal(number % 5),
        )
        for row in LOAN.schedule()
    ]


def _once(call: Callable[[], object]) -> float:
    from time import process_time

    before = process_time()
    call()
    return process_time() - before


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
    heads = [part for name in STREAMS for part in (f"{name}, µs per event", "× plain")]
    print(table(["one account", *heads], *one_account(), *peer()), "\n")
    heads = [f"{count:,} events" for count in (10, 100, 1_000)]
    print(table(["µs, by the number of events", *heads], *growing()), "\n")
    heads = ["ns per account-event", "packing, ns"]
    print(table([f"columns of {_BLOCK:,} accounts", *heads], *columns()))


if __name__ == "__main__":
    main()
