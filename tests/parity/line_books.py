"""Random books: accounts on one credit line, each with its own purchases and payments."""

from datetime import date, timedelta
from decimal import Decimal

from loanmath.errors import EventError
from loanmath.events import Payment, Purchase
from loanmath.line_account import LineAccount
from loanmath.terms.lines import (
    CreditLine,
    DefaultCharge,
    LastDay,
    LineAllocation,
    LineInterest,
    MinimumPayment,
    RepaymentDay,
)

PARTS = ["penalty", "fee", "interest", "principal"]
# 0.5 % a day of a multiple of 100 cents ends in half a cent, or in none.
RATES = ("0.05%/day", "0.5%/day", "0.033%/day", "0%/day", "18.25%/year")
ITEMS = [
    "interest", "fees", "arrears", "over_limit", "installments", "carried",
    "newly_over_limit",
]  # fmt: skip


def interest(rng, bears_from):
    waits = bears_from in ("posting", "statement")
    lost = waits and rng.random() < 0.5
    return LineInterest(
        rate=rng.choice(RATES),
        days_in_year=rng.choice([360, 365]),
        bears_from=bears_from,
        bears_on=rng.choice(["whole", "unpaid_share"]) if waits else "whole",
        repayment_day=rng.choice(["old", "reduced"]),
        last_day=rng.choice(["included", "excluded"]),
        grace_days=rng.choice([0, 0, 3]),
        tolerance=rng.choice(["0", "0", "0.01", "10"]),
        rounded=rng.choice(["statement", "period"]),
        free_period="lost" if lost else "kept",
        regained_after=rng.choice([1, 1, 2, 3]) if lost else 1,
        bearing=["principal", *rng.sample(PARTS[:3], rng.choice([0, 0, 1, 2, 3]))],
        posted="statement" if waits else rng.choice(["statement", "payment"]),
    )


def minimum(rng):
    return MinimumPayment(
        rng.choice(["10%", "5%", "0%", "100%", "3.3%"]),
        least=rng.choice(["0", "0", "10", "100"]),
        whole_below=rng.choice(["0", "0", "50"]),
        in_full=rng.choice([ITEMS[:5], rng.sample(ITEMS, rng.randint(0, 7))]),
        share_of=rng.choice(["principal", "principal", "balance"]),
        covers_interest=rng.random() < 0.3,
    )


def default_charge(rng):
    if rng.random() < 0.4:
        amounts = ["25", "35"][: rng.randint(1, 2)]
        return DefaultCharge("0%", amounts=amounts, repeat_within=rng.choice([1, 2, 6]))
    return DefaultCharge(
        "5%", least=rng.choice(["0", "5"]), most=rng.choice([None, "20"])
    )


def allocation(rng):
    late = {"late_order": rng.sample(PARTS, 4), "late_from": rng.choice([0, 1, 40, 91])}
    return LineAllocation(
        order=rng.sample(PARTS, 4),
        minimum_first=rng.choice([None, "lowest_rate"]),
        **rng.choice([{}, late]),
    )


def credit_line(rng, bears_from):
    """Return terms that columns can hold; what never bears is agreed without interest."""
    charged = None if bears_from == "never" else interest(rng, bears_from)
    joins = rng.choice(["next", "closing"])
    if charged and charged.last_day is LastDay.EXCLUDED:
        old = charged.repayment_day is RepaymentDay.OLD
        joins = "next" if old else joins
    due = rng.choice([{"due_after": rng.choice([1, 10, 20, 24])}, {"due_day": 23}])
    return CreditLine(
        currency="CNY",
        limit=rng.choice(["1000", "20000"]),
        statement_day=rng.choice([1, 5, 28, 31]),
        statement_day_joins=joins,
        interest=charged,
        minimum=rng.choice([None, minimum(rng), minimum(rng), minimum(rng)]),
        default_charge=rng.choice([None, default_charge(rng)]),
        allocation=allocation(rng),
        over_limit=rng.choice(["refused", "allowed"]),
        limit_covers=rng.choice(["principal", "balance"]),
        day_order=rng.choice([[], ["payment", "purchase"]]),
        **due,
    )


def near_days(line, opened, months):
    """Days on which something may happen, those near the edges of a cycle often."""
    days = []
    for cycle in line.cycles(opened, months):
        for edge in (cycle.start, cycle.statement, cycle.end, cycle.due):
            days += [edge + timedelta(near) for near in range(-2, 5)]
        late = line.allocation.late_from or 0
        days += [cycle.due + timedelta(late + near) for near in (-1, 0, 0, 0, 1)]
        days += [cycle.start + timedelta(one) for one in range(0, 28, 3)]
    return [day for day in days if day >= opened]


def happened(rng, line, opened, months, most):
    """Return the account with events that columns can hold."""
    account = LineAccount.open(line, opened)
    days = near_days(line, opened, months)
    chosen = sorted(rng.choices(days, k=rng.randint(0, most)))
    for number, day in enumerate(chosen):
        event = one_event(rng, account, f"e{number:03}", day)
        try:
            account = account.record(event)
        except EventError:
            continue
    return account


def one_event(rng, account, name, day):
    if rng.random() < 0.5:
        cents = rng.choice([1, 9_900, 10_000, 33_333, 120_000])
        return Purchase(id=name, on=day, amount=Decimal(cents).scaleb(-2))
    seen = account.position(day)
    bills = account.statements(day)
    billed = max(bills[-1].closing, Decimal(0)) if bills else Decimal(0)
    amount = rng.choice(
        [
            seen.minimum,
            seen.minimum,
            seen.payoff,
            seen.payoff,
            seen.owed,
            billed,
            billed,
            max(billed - 10, Decimal(0)),
            max(seen.payoff - Decimal("0.01"), Decimal(0)),
            seen.payoff + Decimal("12.34"),
            Decimal("0.01"),
            Decimal(100),
        ]
    )
    return Payment(id=name, on=day, amount=amount or Decimal("0.02"))


def line_book(rng, bears_from, accounts=6, months=7, most=24):
    """Return accounts on one line, with events, and the last day to look at."""
    line = credit_line(rng, bears_from)
    opened = date(2025, rng.randint(1, 12), rng.randint(1, 28))
    return [happened(rng, line, opened, months, most) for _ in range(accounts)]
