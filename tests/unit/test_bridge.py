"""Bridges worked out by hand: 6,000 in three equal principals at 1 % a month."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account
from loanmath.account.bridge import Bridge, BridgeItem, bridge_of
from loanmath.errors import DateRangeError, InvariantError
from loanmath.events import Charge, Payment, Payout, Waiver, WriteOff
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    EqualPrincipal,
    InstallmentLoan,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    Servicing,
)

DISBURSED = date(2026, 1, 15)
DUE = date(2026, 2, 15)


def bridge(events, since, until, **terms):
    found = {
        "currency": "CNY",
        "principal": "6000",
        "disbursed": DISBURSED,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": EqualPrincipal(3),
        "penalty": PenaltyInterest(rate="0.05%/day"),
    }
    account = Account.open(InstallmentLoan(**(found | terms))).record(*events)
    return bridge_of(account, since, until)


def brief(found):
    return {item.component: tuple(map(float, item[1:])) for item in found.items}


def test_time_charges_interest_and_penalty():
    found = bridge([], DUE, date(2026, 2, 25))
    # Ten days of 2,000 at 0.05 % are 10.00; ten of 28 days of 40.00 are 14.29.
    assert (found.opening, found.closing) == (Decimal(6060), Decimal("6084.29"))
    assert brief(found) == {
        "penalty": (10.0, 0.0, 0.0, 0.0),
        "interest": (14.29, 0.0, 0.0, 0.0),
    }


def test_money_pays_and_waivers_give_up():
    events = [
        Charge(id="c1", on=date(2026, 2, 20), amount="9", installment=1),
        Payment(id="p1", on=date(2026, 2, 25), amount="79"),
        Waiver(id="w1", on=date(2026, 2, 25), component="principal", amount="100"),
    ]
    found = bridge(events, DUE, date(2026, 2, 25))
    # Waivers come first that day: 10 of penalty, 9, and 60 of interest are then paid.
    assert brief(found) == {
        "penalty": (10.0, 10.0, 0.0, 0.0),
        "fee": (9.0, 9.0, 0.0, 0.0),
        "interest": (14.29, 60.0, 0.0, 0.0),
        "principal": (0.0, 0.0, 100.0, 0.0),
    }
    assert found.closing == Decimal("5914.29")


def test_a_prepayment_moves_what_early_repayment_costs():
    servicing = Servicing(
        allocation=Allocation(future="principal"),
        prepayment=Prepayment(fee=PrepaymentFee("1%")),
    )
    found = bridge(
        [Payment(id="p1", on=DUE, amount="3070")],
        date(2026, 2, 14),
        DUE,
        servicing=servicing,
    )
    # The day before, 1 % of 6,000, and 30 of 31 days of 60.00, 58.06; on the due date
    # 1 % of 4,000, of which 10.00 is charged and paid with 1,000 of principal.
    assert found.opening == Decimal("6118.06")
    assert found.closing == Decimal("3030.00")
    assert brief(found) == {
        "fee": (-20.0, 10.0, 0.0, 0.0),
        "interest": (1.94, 60.0, 0.0, 0.0),
        "principal": (0.0, 3000.0, 0.0, 0.0),
    }


def test_credit_is_used_as_far_as_something_is_owed():
    events = [
        Payment(id="p1", on=DUE, amount="6100"),
        Payout(id="y1", on=date(2026, 2, 16), amount="30"),
    ]
    found = bridge(events, DISBURSED, date(2026, 2, 20))
    assert (found.opening, found.closing) == (6000, 0)
    assert brief(found) == {
        "interest": (60.0, 60.0, 0.0, 0.0),
        "principal": (0.0, 6000.0, 0.0, 0.0),
        # 40.00 was paid beyond, 30.00 of it went back; it settles nothing.
        "credit": (0.0, 10.0, 0.0, 10.0),
    }


def test_a_loss_is_neither_paid_nor_waived():
    found = bridge([WriteOff(id="o1", on=DUE)], DUE.replace(day=14), DUE)
    assert brief(found)["principal"] == (0.0, 0.0, 0.0, -6000.0)
    assert found.closing == 0


def test_a_bridge_of_no_time_has_nothing_in_it():
    found = bridge([], DUE, DUE)
    assert (found.items, found.opening) == ((), found.closing)


def test_what_does_not_add_up_is_no_bridge():
    nothing = Decimal("0.00")
    item = BridgeItem("fee", Decimal("5.00"), nothing, nothing, nothing)
    with pytest.raises(InvariantError, match=r"got '5\.00'; allowed: 6\.00"):
        Bridge("CNY", DUE, DUE, nothing, (item,), Decimal("6.00"))
    with pytest.raises(DateRangeError, match="until"):
        bridge([], DUE, DISBURSED)


def test_it_prints():
    found = bridge([], DUE, date(2026, 2, 25))
    assert str(found).splitlines() == [
        "Payoff in CNY from 2026-02-15 to 2026-02-25",
        "            Charged  Paid  Waived  Other    Payoff",
        "2026-02-15                                6,060.00",
        "penalty       10.00  0.00    0.00   0.00",
        "interest      14.29  0.00    0.00   0.00",
        "2026-02-25    24.29  0.00    0.00   0.00  6,084.29",
    ]
    assert found._repr_html_().startswith('<table class="loanmath">')
    assert repr(found) == (
        "<Bridge from CNY 6060.00 on 2026-02-15 to 6084.29 on 2026-02-25>"
    )
