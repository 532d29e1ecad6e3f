"""Lines in columns, and as sums of one account, are the same cents as LineAccount."""

import ast
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from loanmath.billing import (
    aggregate_cut,
    aggregate_interest,
    aggregate_steps,
    aggregates,
)
from loanmath.billing.aggregate_fold import open_line, pass_days
from loanmath.billing.aggregate_interest import earned
from loanmath.billing.aggregate_steps import available, draw, payoff, receive
from loanmath.billing.aggregates import owed, past_due, sum_of
from loanmath.events import Payment, Purchase
from loanmath.ledger.carrier import INTEGERS
from loanmath.line_account import LineAccount
from loanmath.terms.lines import (
    CreditLine,
    LineAllocation,
    LineInterest,
    MinimumPayment,
)
from parity.line_books import line_book
from parity.looks import looks

SEEDS = st.integers(0, 2**32)
BEARS_FROM = ("after_due", "use", "posting", "statement", "never")
PARTS = ("penalty", "fee", "interest", "principal")
BILLS = ("balance", "minimum", "interest", "charged", "waits")


class Whole:
    """One account, and nothing is skipped: every amount is worked on, zero or not."""

    min, max = staticmethod(min), staticmethod(max)

    @staticmethod
    def some(amount):
        return True

    @staticmethod
    def every(amount):
        return False

    @staticmethod
    def where(condition, one, other):
        return one if condition else other

    @staticmethod
    def rounding(rule):
        return rule


def cents(amount):
    whole = amount * 100
    assert whole == int(whole)
    return int(whole)


def last_day(rng, accounts):
    days = [event.on for one in accounts for event in one.events]
    return max(days, default=accounts[0].opened) + timedelta(rng.randint(0, 100))


def billed(account, day):
    """What each bill says."""
    return [
        (
            cents(bill.closing),
            cents(bill.minimum),
            sum(cents(amount) for _, amount in bill.interest),
            cents(bill.total("default charge")),
            bill.free_if_paid,
        )
        for bill in account.statements(day)
    ]


def seen(account, day):
    """What is owed on a day, as columns name it."""
    owes = account.position(day)
    names = ("billed", "credit", "accrued", "payoff", "minimum", "arrears", "available")
    return {
        **{part: cents(getattr(owes.segment("purchases"), part)) for part in PARTS},
        **{name: cents(getattr(owes, name)) for name in names},
        "days_past_due": owes.days_past_due,
        "has_free_period": owes.has_free_period,
    }


# --- one account ---------------------------------------------------------------------------


def alone(x, account, day):
    """An account as sums, on a day."""
    kept = open_line(account.line, account.opened, account.line.limit_units)
    for event in account.events:
        on = event.on.toordinal()
        kept = pass_days(x, kept, on)
        does = receive if isinstance(event, Payment) else draw
        state = does(x, kept.rules, kept.state, cents(event.amount), on)
        kept = kept.with_state(state)
    return pass_days(x, kept, day.toordinal())


def seen_alone(x, kept, day):
    state, rules, on = kept.state, kept.rules, day.toordinal()
    asked, met, parts = state.minimums
    late = [on - due for due, by_then in parts if by_then > met]
    return {
        **{part: owed(state, place) for place, part in enumerate(PARTS)},
        "billed": sum_of(state.billed) + sum_of(state.carried),
        "credit": state.credit,
        "accrued": earned(x, rules, state, on + rules.later),
        "payoff": payoff(x, rules, state, on),
        "minimum": asked - met,
        "arrears": max(past_due(state, on - rules.grace - 1), 0),
        "available": available(x, rules, state),
        "days_past_due": late[0] if late and late[0] > rules.grace else 0,
        "has_free_period": rules.waits and not state.conduct.lost,
    }


@given(SEEDS)
@pytest.mark.parametrize("bears_from", BEARS_FROM)
@pytest.mark.parametrize("x", [INTEGERS, Whole()], ids=["integers", "whole"])
def test_sums_are_the_rows_of_an_account(x, bears_from, seed):
    rng = Random(seed)
    (account,) = line_book(rng, bears_from, accounts=1)
    note(f"{account.line}\n{account.events}")
    day = last_day(rng, [account])
    kept = alone(x, account, day)
    bills = [tuple(getattr(bill, name) for name in BILLS) for bill in kept.bills]
    assert bills == billed(account, day)
    assert seen_alone(x, kept, day) == seen(account, day)


# --- many accounts -------------------------------------------------------------------------


def columns(eager=False):
    """What columns can do, or the same that never skips."""
    pytest.importorskip("numpy", reason="the extra 'portfolio' is not installed")
    from loanmath.portfolio import Columns

    class Eager(Columns):
        def some(self, amount):
            return True

        def every(self, amount):
            return False

    return Eager() if eager else Columns()


@given(SEEDS)
@pytest.mark.parametrize("bears_from", BEARS_FROM)
@pytest.mark.parametrize("eager", [False, True])
def test_columns_are_accounts_one_by_one(eager, bears_from, seed):
    x = columns(eager)
    from loanmath.portfolio import keep_lines, lines_on, open_lines, packed_days

    rng = Random(seed)
    accounts = line_book(rng, bears_from)
    line, opened = accounts[0].line, accounts[0].opened
    note(str(line))
    day = last_day(rng, accounts)
    events = [account.events[::-1] for account in accounts]
    book = open_lines(x, line, opened, [line.limit_units] * len(accounts))
    book = keep_lines(x, book, packed_days(x, line, events))
    now, book = lines_on(x, book, day)
    for number, account in enumerate(accounts):
        note(f"account {number}: {account.events}")
        bills = [
            tuple(getattr(bill, name)[number].item() for name in BILLS)
            for bill in book.kept.bills
        ]
        assert bills == billed(account, day)
        one = {name: column[number].item() for name, column in now._asdict().items()}
        assert one == seen(account, day)


def test_an_account_opened_later_is_one_that_did_nothing_at_first():
    accounts = line_book(Random(7), "posting", accounts=1)
    (account,) = accounts
    day = last_day(Random(7), accounts)
    kept = alone(INTEGERS, account, day)
    earlier = open_line(
        account.line, account.opened - timedelta(400), account.line.limit_units
    )
    for event in account.events:
        on = event.on.toordinal()
        earlier = pass_days(INTEGERS, earlier, on)
        does = receive if isinstance(event, Payment) else draw
        state = does(INTEGERS, earlier.rules, earlier.state, cents(event.amount), on)
        earlier = earlier.with_state(state)
    earlier = pass_days(INTEGERS, earlier, day.toordinal())
    assert account.events
    assert earlier.bills[-len(kept.bills) :] == kept.bills


# --- the day on which the order turns ------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "interest", "principal"),
    # From 1 February to 1 May 89 days bore 44.50: 100.00 pays that first, or principal.
    [(90, 0, 94_450), (91, 4_450, 90_000)],
)
def test_the_order_turns_on_its_day(late, interest, principal):
    line = CreditLine(
        currency="CNY",
        limit="5000",
        statement_day=1,
        due_day=10,
        interest=LineInterest(
            rate="0.05%/day", bears_from="statement", rounded="statement"
        ),
        minimum=MinimumPayment("100%"),
        allocation=LineAllocation(
            late_order=["principal", "interest", "fee", "penalty"], late_from=91
        ),
    )
    due = date(2026, 2, 10)
    day = due + timedelta(late)
    account = LineAccount.open(line, date(2026, 1, 5)).record(
        Purchase(id="u", on=date(2026, 1, 5), amount="1000"),
        Payment(id="p", on=day, amount="100"),
    )
    kept = alone(INTEGERS, account, day)
    owes = seen_alone(INTEGERS, kept, day)
    assert (owes["interest"], owes["principal"]) == (interest, principal)
    assert owes == seen(account, day)


@pytest.mark.parametrize(
    ("late", "interest", "principal"), [(3, 0, 99_500), (4, 500, 99_000)]
)
def test_days_of_grace_are_not_late(late, interest, principal):
    line = CreditLine(
        currency="CNY",
        limit="5000",
        statement_day=1,
        due_day=10,
        interest=LineInterest(
            rate="0.05%/day", bears_from="use", rounded="statement", grace_days=3
        ),
        minimum=MinimumPayment("10%"),
        allocation=LineAllocation(
            late_order=["principal", "interest", "fee", "penalty"], late_from=1
        ),
    )
    bought, day = date(2026, 1, 22), date(2026, 2, 10) + timedelta(late)
    # Ten days of January bore 5.00: 10.00 pays that first, or principal.
    account = LineAccount.open(line, bought).record(
        Purchase(id="u", on=bought, amount="1000"),
        Payment(id="p", on=day, amount="10"),
    )
    owes = seen_alone(INTEGERS, alone(INTEGERS, account, day), day)
    assert (owes["interest"], owes["principal"]) == (interest, principal)
    assert owes == seen(account, day)


def test_where_nothing_is_owed_nothing_is_missing():
    line = CreditLine(
        currency="CNY",
        limit="5000",
        statement_day=1,
        due_day=10,
        minimum=MinimumPayment("100%", in_full=["interest"]),
    )
    # Two bills ask for the same 100.00, no minimum contains what is missing of another,
    # and no more is missing than is owed.
    account = LineAccount.open(line, date(2026, 1, 5)).record(
        Purchase(id="u", on=date(2026, 1, 5), amount="100"),
        Payment(id="p", on=date(2026, 3, 5), amount="100"),
    )
    for day, missing in ((date(2026, 3, 4), 10_000), (date(2026, 3, 5), 0)):
        until = LineAccount.open(line, account.opened).record(
            *(event for event in account.events if event.on <= day)
        )
        owes = seen_alone(INTEGERS, alone(INTEGERS, until, day), day)
        assert owes["minimum"] == missing
        assert owes == seen(until, day)


# --- the transitions look at amounts through the carrier alone -----------------------------


@pytest.mark.parametrize(
    ("module", "terms"),
    [
        (
            aggregates,
            {"component is not None", "component in rules.bearing", "due <= day"},
        ),
        (aggregate_interest, {"rules.by_portion", "rules.partly", "not rules.partly"}),
        (
            aggregate_steps,
            {
                "component == INTEREST and state.bill is not None",
                "rules.whole_covered",
                "rules.late_order",
                "rules.loses",
                "rules.with_payment",
                "bill is not None",
                "bill.part is not None",
                "terms is None",
                "terms.amounts",
                "terms.most is None",
            },
        ),
        (
            aggregate_cut,
            {
                "match rules.bears_from:",
                # Skips minimums that every account has met.
                "x.some(part[1] > minimums.met)",
                "not _has_arrears(rules)",
                "terms is None or bool(items & terms.in_full)",
                "terms is None",
                "terms.of_balance",
                "terms.covers_interest",
                "MinimumItem.INTEREST in named",
                "MinimumItem.FEES in named",
                "MinimumItem.ARREARS in named",
                "MinimumItem.OVER_LIMIT in named",
                "MinimumItem.NEWLY_OVER_LIMIT in named",
                "_has_arrears(rules)",
                "MinimumItem.CARRIED in named",
                "MinimumItem.CARRIED not in named",
            },
        ),
    ],
)
def test_transitions_look_at_terms_alone(module, terms):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    assert set(looks(tree)) == terms


def test_zero_is_nothing():
    (account,) = line_book(Random(3), "use", accounts=1)
    day = last_day(Random(3), [account])
    kept = alone(INTEGERS, account, day)
    for does in (draw, receive):
        state = does(INTEGERS, kept.rules, kept.state, 0, day.toordinal())
        assert state == kept.state
