"""Reversals, chargebacks, charges and waivers on a line, and events it has no use for."""

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
    back,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    owed,
    pay,
    sep,
    split,
)
from loanmath import (
    Charge,
    Chargeback,
    InterestPause,
    MinimumPayment,
    Reversal,
    Waiver,
)
from loanmath.errors import EventError
from loanmath.terms.lines import InstallmentTerms

WAITING = line(interest())


def undone(of, on, **words):
    return Reversal(id="x1", on=on, of=of, **words)


def refusal(terms, *events):
    with pytest.raises(EventError) as caught:
        kept(terms, *events)
    return str(caught.value)


# --- reversals --------------------------------------------------------------------------------


def test_what_is_reversed_never_was():
    events = (*BOUGHT, pay(DUE, 500), undone("p1", sep(30)))
    account = kept(WAITING, *events)
    assert account.position(sep(29)).owed == 500
    assert owed(account, OCT5)[2] == "26.00"


def test_what_is_reversed_today_is_owed_from_today():
    # The bill was paid in time: the 500 are a purchase of 30 September, due in October.
    account = kept(
        WAITING, *BOUGHT, pay(DUE, 500), undone("p1", sep(30), reversed_as="today")
    )
    assert account.position(sep(29)).owed == 0
    assert account.position(sep(30)).unbilled == 500
    assert owed(account, OCT5)[2] == "0.00"
    # Not paid, it bears from 30 September to 4 November: 36 days.
    assert owed(account, NOV5)[2] == "18.00"


def test_a_purchase_reversed_today_is_refunded():
    account = kept(WAITING, *BOUGHT, undone("u1", sep(10), reversed_as="today"))
    assert account.position(sep(9)).owed == 500
    assert account.position(sep(10)).billed == 200
    # After a part was refunded, the rest is.
    partly = kept(
        WAITING,
        *BOUGHT,
        back(sep(9), 100, "u1"),
        undone("u1", sep(10), reversed_as="today"),
    )
    assert partly.position(sep(10)).owed == 200
    # Where it was paid, it is a credit.
    paid = kept(
        WAITING, *BOUGHT, pay(DUE, 500), undone("u1", sep(28), reversed_as="today")
    )
    assert paid.position(sep(28)).credit == 300


def test_a_reversal_of_a_converted_purchase():
    # Split anew: what was to come is gone; 100 and its fee of 3 were billed and paid
    # by the 100 that are beyond it.
    terms = line(installments=InstallmentTerms(fees={3: "3%"}, refund="split_anew"))
    account = kept(
        terms,
        buy(aug(10), 300),
        split(aug(10), of="u1", count=3),
        undone("u1", sep(6), reversed_as="today"),
    )
    position = account.position(sep(6))
    assert (position.installments, position.owed) == (0, 3)


def test_a_purchase_that_never_was_cannot_have_been_converted():
    terms = line(installments=InstallmentTerms(fees={3: "3%"}))
    events = (buy(aug(10), 300), split(aug(10), of="u1", count=3), undone("u1", sep(6)))
    assert refusal(terms, *events) == (
        "event s1: got 'u1'; allowed: the id of a purchase, cash advance or transfer"
        " before it"
    )


def test_a_conversion_that_never_was():
    terms = line(interest(), installments=InstallmentTerms(fees={3: "3%"}))
    events = (buy(aug(10), 300), split(aug(10), of="u1", count=3), undone("s1", sep(6)))
    assert kept(terms, *events).position(sep(6)).owed == 300


def test_only_money_and_uses_are_reversed_today():
    fee = Charge(id="c1", on=aug(10), amount=5)
    assert refusal(WAITING, fee, undone("c1", aug(11), reversed_as="today")) == (
        "event x1: got 'c1'; allowed: the id of a purchase, cash advance or transfer"
        " before it"
    )


def test_a_reversal_of_what_is_not_there():
    assert refusal(WAITING, undone("p9", aug(11))) == (
        "event x1: got \"a reversal of 'p9'\"; allowed: the id of an event on that day or"
        " before"
    )


# --- chargebacks ------------------------------------------------------------------------------


OCT6 = octo(6)


def returned(amount, of="p1", on=OCT6):
    return Chargeback(id="b1", on=on, of=of, amount=amount)


def test_a_payment_that_comes_back_is_owed_again():
    account = kept(WAITING, *BOUGHT, pay(DUE, 500), returned(200))
    position = account.position(octo(6))
    assert (position.owed, position.unbilled) == (200, 200)
    # A credit pays it.
    credit = kept(WAITING, pay(aug(10), 50), returned(50, on=aug(11)))
    assert (credit.position(aug(11)).owed, credit.position(aug(11)).credit) == (0, 0)


@pytest.mark.parametrize(
    ("chargeback", "got"),
    [
        (returned("500.01"), "500.01 of 'p1'"),
        (returned(0), "0.00 of 'p1'"),
        (returned(1, "u1"), "1.00 of 'u1'"),
        (returned(1, "p9"), "1.00 of 'p9'"),
    ],
)
def test_not_more_than_was_paid(chargeback, got):
    assert refusal(WAITING, *BOUGHT, pay(DUE, 500), chargeback) == (
        f"event b1: got {got!r}; allowed: at most the amount of a payment before it"
    )


# --- charges ----------------------------------------------------------------------------------


def test_a_charge_of_the_open_cycle():
    fee = Charge(id="c1", on=sep(6), amount="12.50", name="letter")
    penalty = Charge(id="c2", on=sep(6), amount=3, component="penalty")
    account = kept(WAITING, *BOUGHT, fee, penalty)
    assert owed(account, sep(6)) == ["3.00", "12.50", "0.00", "500.00"]
    assert str(account.position(sep(6)).unbilled) == "15.50"


def test_a_charge_or_waiver_of_an_installment():
    words = "allowed: none: a line has rows of cycles"
    charge = Charge(id="c1", on=sep(6), amount=1, installment=1)
    assert refusal(WAITING, charge) == f"event c1: got 'an installment'; {words}"
    waiver = Waiver(id="w1", on=sep(6), amount=1, component="fee", installments=[1])
    assert refusal(WAITING, waiver) == f"event w1: got 'an installment'; {words}"


# --- waivers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "rest"),
    [
        ("penalty", ["6.00", "8.00", "26.00", "500.00"]),
        ("fee", ["7.00", "7.00", "26.00", "500.00"]),
        ("interest", ["7.00", "8.00", "25.00", "500.00"]),
        ("principal", ["7.00", "8.00", "26.00", "499.00"]),
    ],
)
def test_a_waiver_of_a_component(component, rest):
    events = (
        *BOUGHT,
        Charge(id="c1", on=sep(6), amount=8),
        Charge(id="c2", on=sep(6), amount=7, component="penalty"),
        Waiver(id="w1", on=octo(6), component=component, amount=1),
    )
    assert owed(kept(WAITING, *events), octo(6)) == rest


def test_a_waiver_of_a_share():
    # 10 % of 500; half of 0.05 is 0.025, half up.
    waived = Waiver(id="w1", on=sep(10), component="principal", amount="10%")
    assert kept(WAITING, *BOUGHT, waived).position(sep(10)).owed == 450
    cents = Charge(id="c1", on=sep(6), amount="0.05")
    half = Waiver(id="w1", on=sep(10), component="fee", amount="50%")
    assert owed(kept(WAITING, cents, half), sep(10))[1] == "0.02"


def test_a_waiver_counts_for_the_bill_it_is_of():
    # 50 of the bill, with 450, are all of it; of what is not billed they are nothing.
    waived = Waiver(id="w1", on=sep(10), component="principal", amount=50)
    terms = line(interest(), minimum=MinimumPayment("10%"))
    account = kept(terms, *BOUGHT, waived)
    assert account.position(sep(10)).minimum == 0
    assert owed(account.record(pay(DUE, 450)), OCT5)[2] == "0.00"
    fee = Charge(id="c1", on=sep(9), amount=50)
    gone = Waiver(id="w1", on=sep(10), component="fee", amount=50)
    assert kept(terms, *BOUGHT, fee, gone).position(sep(10)).minimum == 50


def test_a_waiver_of_more_than_is_owed():
    waived = Waiver(id="w1", on=sep(10), component="principal", amount="500.01")
    assert refusal(WAITING, *BOUGHT, waived) == (
        "event w1: got '500.01'; allowed: at most 500.00"
    )
    compound = Waiver(id="w1", on=sep(10), component="compound", amount=1)
    assert refusal(WAITING, *BOUGHT, compound) == (
        "event w1: got 'compound'; allowed: penalty, fee, interest or principal"
    )


# --- what a line has no use for ---------------------------------------------------------------


def test_an_event_of_a_loan():
    pause = InterestPause(id="s1", on=aug(10))
    assert refusal(WAITING, pause) == (
        "event s1: got 'InterestPause on a line of credit'; allowed: an event of a line"
    )


def test_a_waiver_takes_purchases_before_cash_of_one_cycle():
    # 500 of purchases, and 100 of 200 of cash.
    terms = line(segments=[cash_at()])
    waived = Waiver(id="w1", on=SEP5, component="principal", amount=600)
    account = kept(terms, *BOUGHT, cash(aug(10), 200), waived)
    assert [owed(account, SEP5, name)[3] for name in ("purchases", "cash")] == [
        "0.00", "100.00",
    ]  # fmt: skip
