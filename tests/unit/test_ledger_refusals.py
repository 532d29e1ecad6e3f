"""Events that cannot be booked: which they are, and the whole text that says why."""

import pytest

from loanmath.account import Account
from loanmath.errors import CurrencyError, EventError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    InterestPause,
    InterestResume,
    Payout,
    Purchase,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.terms import AddOnInterest, Allocation
from serviced import D1, D2, D3, START, after, loan, opened, paid, terms

FREE = {"rate": "0%/day"}
GONE = WriteOff(id="o1", on=D1)


def taken_back(amount, name="b1", on=D2):
    return Chargeback(id=name, on=on, of="p1", amount=amount)


def reversed_today(of="p1", name="x1", on=D2):
    return Reversal(id=name, on=on, of=of, reversed_as="today")


REFUSED = {
    "a payment after a write-off": (
        [GONE, paid("1", D2)],
        (
            "event p1: got 'a Payment after a write-off';"
            " allowed: a Recovery, a Payout, or a Reversal"
        ),
    ),
    "a refund of something bought": (
        [Refund(id="f1", on=D1, amount="1", of="u1")],
        (
            "event f1: got \"a refund of 'u1'\";"
            " allowed: a refund without of: a loan has no purchases"
        ),
    ),
    "a purchase": (
        [Purchase(id="u1", on=D1, amount="1")],
        (
            "event u1: got 'a Purchase on a loan'; allowed: an event of a loan;"
            " keep a line of credit as a LineAccount"
        ),
    ),
    "a charge on a row that is not there": (
        [Charge(id="c1", on=D1, amount="1", installment=4)],
        "installment: got 4; allowed: installments 1 to 3",
    ),
    "a waiver on the first row that is not there": (
        [Waiver(id="w1", on=D1, component="fee", amount="all", installments=[4, 5])],
        "installment: got 4; allowed: installments 1 to 3",
    ),
    "a waiver above what is owed": (
        [Waiver(id="w1", on=D1, component="interest", amount="30.01")],
        (
            "event w1: got 'a waiver of 30.01 of interest';"
            " allowed: at most 30.00, what is owed"
        ),
    ),
    "a second pause": (
        [InterestPause(id="s1", on=D1), InterestPause(id="s2", on=D2)],
        "event s2: got 'paused from 2026-02-15 on'; allowed: a pause, then a resumption",
    ),
    "a resumption of what was not paused": (
        [InterestResume(id="s1", on=D1)],
        "event s1: got 'not paused'; allowed: a pause, then a resumption",
    ),
    "a second acceleration": (
        [Acceleration(id="a1", on=D1), Acceleration(id="a2", on=D2)],
        "event a2: got 'accelerated already'; allowed: once",
    ),
    "an acceleration once all is due": (
        [Acceleration(id="a1", on=D3)],
        (
            "event a1: got 'no principal that is not due';"
            " allowed: while some principal is not due"
        ),
    ),
    "a second charge-off": (
        [ChargeOff(id="o1", on=D1), ChargeOff(id="o2", on=D2)],
        "event o2: got 'charged off already'; allowed: once",
    ),
    "a charge-off of nothing": (
        [paid("3000", START), ChargeOff(id="o1", on=D1)],
        "event o1: got 'nothing owed'; allowed: while something is owed",
    ),
    "a write-off of nothing": (
        [paid("3000", START), GONE],
        "event o1: got 'nothing owed'; allowed: while something is owed",
    ),
    # 30.00 and 3,000.00 were owed; 1,000.00 of it came in.
    "a recovery above what was lost": (
        [
            GONE,
            Recovery(id="v1", on=D2, amount="1000"),
            Recovery(id="v2", on=D2, amount="2030.01"),
        ],
        (
            "event v2: got '2030.01';"
            " allowed: at most 2030.00, what was written off and not recovered"
        ),
    ),
    "a recovery of what was not lost": (
        [Recovery(id="v1", on=D1, amount="0.01")],
        (
            "event v1: got '0.01';"
            " allowed: at most 0.00, what was written off and not recovered"
        ),
    ),
    "a payout above the credit": (
        [paid("3001.50", START), Payout(id="y1", on=D1, amount="1.51")],
        "event y1: got '1.51'; allowed: at most 1.50, the credit",
    ),
    "a payment for a row that is not there": (
        [paid("1", D1, installments=[1, 2, 4])],
        "event p1: got 'installment 4'; allowed: installments 1 to 3",
    ),
    "a split that does not add up": (
        [paid("31", D1, split={"interest": "30", "principal": "0.99"})],
        (
            "event p1 split: got ['30.00', '0.99'];"
            " allowed: parts that sum to the amount, 31.00"
        ),
    ),
    # All 60.00 of interest to the end may be named, on the schedule.
    "a split above what is owed": (
        [paid("61", D1, split={"interest": "60.01", "principal": "0.99"})],
        "event p1 split: got '60.01 of interest'; allowed: at most 60.00, what is owed",
    ),
    "a chargeback above what was paid": (
        [paid("30", D1), taken_back("29"), taken_back("1.01", "b2")],
        "event b2: got '1.01'; allowed: at most 1.00, what was paid",
    ),
    "a chargeback of what is no payment": (
        [Charge(id="p1", on=D1, amount="1"), taken_back("1")],
        (
            "event b1: got \"of 'p1'\"; allowed: an earlier payment that was not undone,"
            " before any write-off"
        ),
    ),
    "a chargeback of credit that was paid out": (
        [
            paid("3031.50", D1),
            Payout(id="y1", on=after(D1, 1), amount="1"),
            reversed_today(),
        ],
        (
            "event x1: got '1.50 of credit to take back';"
            " allowed: 0.50, what is left of it"
        ),
    ),
    "a reversal before what it reverses": (
        [paid("1", D2), reversed_today(on=after(D2, -1))],
        (
            "event x1: got \"a reversal of 'p1'\";"
            " allowed: the id of an event on that day or before"
        ),
    ),
    "a reversal of itself": (
        [reversed_today(of="x1")],
        (
            "event x1: got \"a reversal of 'x1'\";"
            " allowed: the id of an event on that day or before"
        ),
    ),
    "a second reversal beside one that was itself reversed": (
        [
            paid("1", D1),
            reversed_today(),
            Reversal(id="x2", on=after(D2, 1), of="x1", reversed_as="never"),
            reversed_today(name="x3", on=after(D2, 2)),
            Reversal(id="x4", on=D3, of="p1", reversed_as="never"),
        ],
        (
            "event x4: got \"another reversal of 'p1'\";"
            " allowed: one reversal of an event"
        ),
    ),
    "a second reversal": (
        [paid("1", D1), reversed_today(), reversed_today(name="x2", on=D3)],
        "event x2: got \"another reversal of 'p1'\"; allowed: one reversal of an event",
    ),
}


@pytest.mark.parametrize(("events", "text"), REFUSED.values(), ids=REFUSED)
def test_an_event_that_cannot_be_booked_says_why(events, text):
    # What is beyond the payoff stays credit: rows in advance are not touched by it.
    credit = Allocation(future="credit")
    *before, refused = events
    account = opened(*before, penalty=FREE, allocation=credit)
    with pytest.raises(EventError) as caught:
        account.record(refused)
    assert str(caught.value) == text


UNDRAWN = {
    "a payment before anything was drawn": (
        [paid("1", D1)],
        "event p1: got '2026-02-15'; allowed: after a disbursement",
    ),
    "a disbursement of nothing": (
        [Disbursement(id="d1", on=START, amount="0")],
        (
            "event d1: got '0'; allowed: above zero and at most 3000.00, what is agreed"
            " and not drawn"
        ),
    ),
    "a disbursement above what is left": (
        [
            Disbursement(id="d1", on=START, amount="1000"),
            Disbursement(id="d2", on=D1, amount="2000.01"),
        ],
        (
            "event d2: got '2000.01'; allowed: above zero and at most 2000.00, what is"
            " agreed and not drawn"
        ),
    ),
}


@pytest.mark.parametrize(("events", "text"), UNDRAWN.values(), ids=UNDRAWN)
def test_an_event_of_an_undrawn_account_that_cannot_be_booked(events, text):
    account = Account.open(loan(**terms(FREE)), undrawn=True)
    with pytest.raises(EventError) as caught:
        account.record(*events)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("amount", "on", "got"),
    [
        ("1000", START, "1000 on 2026-01-15"),
        ("3000", D1, "3000 on 2026-02-15"),
    ],
)
def test_add_on_interest_is_drawn_as_it_was_agreed(amount, on, got):
    agreed = loan(repayment=AddOnInterest(3), **terms(FREE))
    account = Account.open(agreed, undrawn=True)
    with pytest.raises(EventError) as caught:
        account.record(Disbursement(id="d1", on=on, amount=amount))
    assert str(caught.value) == (
        f"event d1: got {got!r}; allowed: 3000.00 on 2026-01-15: rows of these terms"
        " cannot be planned anew"
    )


@pytest.mark.parametrize(
    "event",
    [
        paid("0.001", D2, "f1"),
        paid("1", D2, "f1", split={"interest": "0.001", "principal": "0.999"}),
        Refund(id="f1", on=D2, amount="0.001"),
        Charge(id="f1", on=D2, amount="0.001"),
        Waiver(id="f1", on=D2, component="interest", amount="0.001"),
        taken_back("0.001", "f1"),
        Payout(id="f1", on=D2, amount="0.001"),
        Recovery(id="f1", on=D2, amount="0.001"),
        Disbursement(id="f1", on=D2, amount="0.001"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_amount_finer_than_the_loan_is_refused_by_the_id_of_its_event(event):
    account = opened(paid("1", D1), penalty=FREE)
    if isinstance(event, Recovery):
        account = account.record(GONE)
    with pytest.raises(CurrencyError) as caught:
        account.record(event)
    assert caught.value.what == "event f1"
