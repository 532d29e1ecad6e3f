"""What an event would do, and what a late one did."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account
from loanmath.account.preview import Revision, preview_of, revision_of
from loanmath.errors import EventError, InputTypeError
from loanmath.events import Charge, Payment
from loanmath.rates import Rate
from loanmath.terms import EqualPrincipal, InstallmentLoan, PenaltyInterest

DUE = date(2026, 2, 15)
LOAN = InstallmentLoan(
    currency="CNY",
    principal="6000",
    disbursed=date(2026, 1, 15),
    every="monthly",
    rate=Rate("1%/month"),
    repayment=EqualPrincipal(3),
    penalty=PenaltyInterest(rate="0.05%/day"),
)


def paid(amount, on, name):
    return Payment(id=name, on=on, amount=amount)


def brief(postings):
    return [(one.on.day, one.event, one.component, str(one.amount)) for one in postings]


def test_a_preview_books_nothing():
    account = Account.open(LOAN)
    seen = preview_of(account, paid("2070", date(2026, 2, 25), "p1"))
    assert account.events == ()
    # 6,060 and 10.00 of penalty; 10 of 28 days of 40.00 are 14.29.
    assert seen.before.payoff == Decimal("6084.29")
    assert seen.after.payoff == Decimal("4014.29")
    assert brief(seen.added) == [
        (25, "p1", "penalty", "-10.00"),
        (25, "p1", "interest", "-60.00"),
        (25, "p1", "principal", "-2000.00"),
    ]
    assert str(seen).splitlines()[0] == (
        "Payoff on 2026-02-25: CNY 6,084.29 before, CNY 4,014.29 after"
    )
    assert len(str(seen).splitlines()) == 1 + len(seen.added)


def test_a_late_event_removes_what_it_makes_untrue():
    known = Account.open(LOAN).record(
        Charge(id="c1", on=date(2026, 2, 25), amount="9", installment=1)
    )
    late = paid("2060", DUE, "p1")
    seen = preview_of(known, late)
    # The ten days of penalty charged by the 25th never were.
    assert brief(seen.removed) == [(25, "", "penalty", "10.00")]
    assert brief(seen.added) == [
        (15, "p1", "interest", "-60.00"),
        (15, "p1", "principal", "-2000.00"),
    ]
    assert str(seen).splitlines()[1].startswith("- On 2026-02-25 penalty interest")


def test_a_revision_begins_with_the_first_posting_that_changed():
    known = Account.open(LOAN).record(
        Charge(id="c1", on=date(2026, 2, 25), amount="9", installment=1)
    )
    revision = revision_of(known, known.record(paid("2060", date(2026, 2, 20), "p1")))
    assert revision is not None
    assert revision.since == date(2026, 2, 20)
    # Five days of 2,000 stay 5.00; the payment leaves 5.00 of principal, and five days
    # of it are 0.01 in place of 5.00.
    assert brief(revision.removed) == [(25, "", "penalty", "5.00")]
    assert brief(revision.added) == [
        (20, "p1", "penalty", "-5.00"),
        (20, "p1", "interest", "-60.00"),
        (20, "p1", "principal", "-1995.00"),
        (25, "", "penalty", "0.01"),
    ]
    lines = str(revision).splitlines()
    assert lines[0] == "Revised from 2026-02-20"
    assert [line[0] for line in lines[1:]] == ["-", "+", "+", "+", "+"]


def test_what_comes_last_revises_nothing():
    account = Account.open(LOAN)
    assert revision_of(account, account.record(paid("10", DUE, "p1"))) is None
    assert revision_of(account, account) is None
    first = account.record(paid("10", LOAN.disbursed, "p0"))
    revision = revision_of(account, first)
    assert revision is not None
    assert revision == Revision(LOAN.disbursed, revision.added, ())


def test_the_same_posting_twice_is_told_twice():
    twice = [
        Charge(id=name, on=DUE, amount="9", installment=1) for name in ("c1", "c2")
    ]
    account = Account.open(LOAN).record(*twice)
    seen = preview_of(account, Charge(id="c3", on=DUE, amount="9", installment=1))
    assert brief(seen.added) == [(15, "c3", "fee", "9.00")]


def test_what_cannot_be_previewed():
    account = Account.open(LOAN).record(paid("10", DUE, "p1"))
    with pytest.raises(EventError, match="recorded already"):
        preview_of(account, paid("10", DUE, "p1"))
    with pytest.raises(EventError, match="taken"):
        preview_of(account, paid("11", DUE, "p1"))
    with pytest.raises(InputTypeError):
        preview_of(account, "p1")
