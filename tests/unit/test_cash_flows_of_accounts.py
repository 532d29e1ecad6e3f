"""The money that accounts and lines moved, and the rates that follow from it."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import (
    Account,
    Arrear,
    CashAdvance,
    Chargeback,
    Conversion,
    Disbursement,
    Drawdown,
    Fee,
    InstallmentLoan,
    LevelPayment,
    LineAccount,
    Payment,
    Payout,
    Purchase,
    Rate,
    Recovery,
    Refund,
    Reversal,
    SinglePayment,
    Waiver,
    WriteOff,
)
from loanmath.errors import DateRangeError
from loanmath.presets import cn
from loanmath.yields import CN_SIMPLE, XIRR, apr

LENT, END = date(2026, 1, 15), date(2026, 4, 15)


def loan(**terms):
    given = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": LENT,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": LevelPayment(3),
    }
    return InstallmentLoan(**(given | terms))


def amounts(flows):
    return [(flow.on.isoformat(), str(flow.amount)) for flow in flows]


def paid_as_planned(terms):
    return [
        Payment(id=f"p{row.number}", on=row.due, amount=row.payment)
        for row in terms.schedule()
    ]


def netted(flows):
    sums = {}
    for on, amount in flows:
        sums[on] = sums.get(on, Decimal(0)) + amount
    return sums


def test_an_account_that_was_paid_as_planned_has_the_flows_of_its_plan():
    terms = loan(
        fees=[
            Fee("entry", "1%", due="disbursement", paid="deducted"),
            Fee("service", "5", due="installments"),
        ]
    )
    account = Account.open(terms).record(*paid_as_planned(terms))
    flows = account.cash_flows(END)
    assert netted(flows) == netted(terms.schedule().cash_flows())
    assert apr(flows, CN_SIMPLE) == apr(terms.schedule(), CN_SIMPLE)


def test_the_payoff_is_what_is_left():
    account = Account.open(loan(repayment=SinglePayment(3)))
    flows = account.cash_flows(date(2026, 2, 15))
    assert amounts(flows) == [("2026-01-15", "-1000.00"), ("2026-02-15", "1010.33")]


def test_a_credit_is_owed_back():
    terms = loan(repayment=SinglePayment(1))
    account = Account.open(terms).record(
        Payment(id="p1", on=date(2026, 2, 15), amount="1015"),
        Payout(id="o1", on=date(2026, 2, 16), amount="2"),
    )
    assert amounts(account.cash_flows(date(2026, 2, 20)))[1:] == [
        ("2026-02-15", "1015.00"),
        ("2026-02-16", "-2.00"),
        ("2026-02-20", "-3.00"),
    ]


def test_money_that_was_taken_back():
    account = Account.open(loan()).record(
        Payment(id="p1", on=date(2026, 2, 15), amount="340"),
        Payment(id="p2", on=date(2026, 2, 16), amount="10"),
        Payment(id="p3", on=date(2026, 2, 17), amount="20"),
        Chargeback(id="b1", on=date(2026, 2, 18), of="p1", amount="40"),
        Reversal(id="x1", on=date(2026, 2, 19), of="p2"),
        Reversal(id="x2", on=date(2026, 2, 20), of="p3", reversed_as="today"),
        Refund(id="r1", on=date(2026, 2, 21), amount="7"),
        Waiver(id="w1", on=date(2026, 2, 22), component="interest", amount="0"),
    )
    assert amounts(account.cash_flows(date(2026, 2, 22)))[1:-1] == [
        ("2026-02-15", "340.00"),
        ("2026-02-17", "20.00"),
        ("2026-02-18", "-40.00"),
        ("2026-02-20", "-20.00"),
        ("2026-02-21", "7.00"),
    ]


def test_a_recovery_is_received():
    account = Account.open(loan(repayment=SinglePayment(1))).record(
        WriteOff(id="w1", on=date(2026, 3, 1)),
        Recovery(id="r1", on=date(2026, 3, 5), amount="300"),
    )
    assert ("2026-03-05", "300.00") in amounts(account.cash_flows(date(2026, 3, 5)))


def test_drawdowns_and_disbursements():
    terms = loan(drawdowns=[Drawdown(date(2026, 2, 15), "500")])
    early = Account.open(terms).cash_flows(date(2026, 2, 1))
    assert amounts(early)[0] == ("2026-01-15", "-1000.00")
    assert ("2026-02-15", "-500.00") in amounts(Account.open(terms).cash_flows(END))
    drawn = Account.open(loan(), undrawn=True).record(
        Disbursement(id="d1", on=LENT, amount="1000", withheld="15")
    )
    assert amounts(drawn.cash_flows(LENT))[0] == ("2026-01-15", "-985.00")


def test_an_existing_book_begins_with_what_it_came_to():
    account = Account.open(
        loan(),
        arrears=[Arrear(due=LENT, principal="100", interest="5", fee="1")],
        credit="6",
    )
    assert amounts(account.cash_flows(LENT))[0] == ("2026-01-15", "-1100.00")


OPENED = date(2026, 3, 1)


def test_a_line_that_is_free_if_paid_costs_nothing():
    account = LineAccount.open(cn.huabei_line("5000"), OPENED).record(
        Purchase(id="u1", on=date(2026, 3, 5), amount="600"),
        Purchase(id="u2", on=date(2026, 3, 20), amount="400"),
        Payment(id="p1", on=date(2026, 4, 10), amount="1000"),
    )
    flows = account.cash_flows(date(2026, 5, 1))
    assert sum(flow.amount for flow in flows) == 0
    assert apr(flows, XIRR).value == 0


def test_a_line_that_is_not_paid_has_a_rate():
    account = LineAccount.open(cn.huabei_line("5000"), OPENED).record(
        Purchase(id="u1", on=date(2026, 3, 5), amount="600")
    )
    flows = account.cash_flows(date(2026, 6, 10))
    assert amounts(flows) == [("2026-03-05", "-600.00"), ("2026-06-10", "618.30")]
    assert apr(flows, XIRR).percent > 0


def test_a_line_in_credit_owes_it():
    account = LineAccount.open(cn.huabei_line("5000"), OPENED).record(
        Payment(id="p1", on=date(2026, 3, 5), amount="30")
    )
    assert amounts(account.cash_flows(date(2026, 3, 6)))[-1] == ("2026-03-06", "-30.00")


def test_installments_to_come_are_not_guessed():
    line = cn.huabei_line("5000")
    account = LineAccount.open(line, OPENED).record(
        Purchase(id="u1", on=date(2026, 3, 5), amount="600"),
        Conversion(id="c1", on=date(2026, 3, 6), of="u1", count=3),
    )
    with pytest.raises(DateRangeError, match="installments of 600.00 to come"):
        account.cash_flows(date(2026, 3, 7))


def test_a_cash_advance_is_money_out():
    line = cn.bank_card("20000", statement_day=5, due_day=25)
    account = LineAccount.open(line, OPENED).record(
        CashAdvance(id="a1", on=date(2026, 3, 5), amount="600")
    )
    assert amounts(account.cash_flows(date(2026, 3, 5)))[0] == ("2026-03-05", "-600.00")
