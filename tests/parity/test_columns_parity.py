"""Columns are the same cents as accounts one by one, and as a ledger kept plainly."""

import ast
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from loanmath.errors import LimitError
from loanmath.ledger import transitions
from loanmath.ledger.fold import seen_on as seen_alone
from loanmath.portfolio import (
    Columns,
    lower,
    packed,
    policy_of,
    raised,
    run,
    seen_on,
)
from parity.books import book
from parity.looks import looks
from parity.plain import PlainLedger

pytest.importorskip("numpy", reason="the extra 'portfolio' is not installed")

SEEDS = st.integers(0, 2**32)


class Eager(Columns):
    """Never skips: every row, every amount, zero or not."""

    def some(self, amount):
        return True

    def any(self, amounts):
        return True

    def every(self, amount):
        return False

    def until(self, due, day):
        return len(due)

    def rows(self, standing, due, day):
        return range(len(due))


def in_columns(x, accounts):
    """Return the balances after all events, and the policy."""
    courses = [account._course for account in accounts]
    opening = [account._opened[-1].after.balances for account in accounts]
    events = [account.events[::-1] for account in accounts]
    rounds = packed(x, courses, opening, events)
    policy = policy_of(courses)
    return policy, run(x, policy, lower(x, opening), rounds)


def within_limits(x, accounts):
    try:
        return in_columns(x, accounts)
    except LimitError:
        event("a book is beyond 64 bits")
        assume(False)


def alone(account):
    """Return the state of an account after its events."""
    return account._steps[-1].after if account._steps else account._opened[-1].after


def told(balances):
    """What columns carry, in full: exact sums included."""
    return {
        "owed": balances.segment._asdict(),
        "credit": balances.credit,
        "since": balances.since,
        "ahead": balances.ahead,
        "sums": balances.sums,
        "capital": balances.capital,
    }


@given(SEEDS)
@pytest.mark.parametrize("carrier", [Columns, Eager])
def test_columns_are_accounts_one_by_one(carrier, seed):
    accounts = book(Random(seed))
    note(str(accounts[0].loan))
    x = carrier()
    policy, balances = within_limits(x, accounts)
    for account, one in zip(accounts, raised(balances), strict=True):
        assert told(one) == told(alone(account).balances)
    day = max(account._course.due[-1] for account in accounts) + seed % 200
    last = [max(day, one.since) for one in raised(balances)]
    try:
        seen = raised(seen_on(x, policy, balances, x.column(last)))
    except LimitError:
        event("a look is beyond 64 bits")
        return
    for account, one, on in zip(accounts, seen, last, strict=True):
        state = alone(account)
        entries = seen_alone(state, on)
        assert told(one) == told(
            entries[-1].after.balances if entries else state.balances
        )


def plainly(account):
    """Return the same account, kept by the plain ledger."""
    opening = account._opened[0].after.balances
    owed = opening.segment._asdict()
    ledger = PlainLedger(
        account.loan, opening.due, owed, int(account.credit * 100), opening.since
    )
    if ledger.today in ledger.due and ledger.applies():
        ledger.credit = ledger.clear(ledger.credit, ahead=False)
    for one in account.events:
        ledger.go_to(one.on.toordinal())
        amount = int(one.amount * 100)
        match type(one).__name__:
            case "Payment":
                ledger.pay(amount)
            case "Charge":
                ledger.charge(one.component.value, amount, one.installment)
            case "Waiver":
                ledger.waive(one.component.value, amount)
    return ledger


@given(SEEDS)
def test_columns_are_a_ledger_kept_plainly(seed):
    accounts = book(Random(seed))
    _, balances = within_limits(Columns(), accounts)
    for account, one in zip(accounts, raised(balances), strict=True):
        if not account.events:
            continue
        ledger = plainly(account)
        assert {
            part: list(column) for part, column in one.segment._asdict().items()
        } == (ledger.owed)
        assert one.credit == ledger.credit
        bearing = list(map(list, one.capital)) or [[0] * len(one.due)] * 2
        assert bearing == list(ledger.bearing.values())


# --- the transitions look at amounts through the carrier alone -----------------------------


def test_the_rule_finds_a_look_at_an_amount():
    broken = (
        "if amount > 0: pass",
        "taken = 0 if here == 0 else 1",
        "while left: pass",
        "rows = [row for row in rows if owed[row]]",
        "done = left and here",
        "if not left: pass",
        "if any(map(bool, column)): pass",
        "if x.some(left) or amount: pass",
    )
    for text in broken:
        assert looks(ast.parse(text)), text
    kept = (
        "if not x.some(left): pass",
        "if x.every(day - oldest): pass",
    )
    for text in kept:
        assert not looks(ast.parse(text)), text


def test_transitions_look_at_terms_alone():
    tree = ast.parse(Path(transitions.__file__).read_text(encoding="utf-8"))
    # What is left is what the terms say, how many tiers there are, which rows and
    # components there may be anything of, and which rows were overdue for all before.
    assert set(looks(tree)) == {
        "not bearing",
        "not owing",
        "component not in copied",
        "row >= overdue",
        "not rule.is_steady",
        "rule.per is PenaltyRounded.TOTAL",
        "added is None",
        "held",
        "not balances.capital",
        "len(tiers) == 1",
        "most is None",
        "not rule.held",
        "number + 1 < len(tiers)",
        "rule.capital is not None",
        "rule.after_maturity",
        "rule.per is PenaltyRounded.DAY",
        "rule.per is not PenaltyRounded.TOTAL",
    }
