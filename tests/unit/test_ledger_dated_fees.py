"""Fees on dates of their own: all but their own rows is as without them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loanmath import (
    Account,
    Allocation,
    EqualPrincipal,
    Fee,
    FixedPrincipal,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    Payment,
    Prepayment,
    Rate,
    Servicing,
    SinglePayment,
    TermsChange,
)

LENT = date(2026, 1, 15)
FEES = [
    Fee("opening", "10", due="disbursement", paid="separately"),
    Fee("survey", "5", due=date(2026, 2, 20)),
    Fee("stamp", "2", due=date(2026, 3, 20)),
]
METHODS = [
    EqualPrincipal(4),
    LevelPayment(4),
    InterestOnly(4),
    SinglePayment(4),
    FixedPrincipal("300"),
]


def loan(repayment, fees=(), **terms):
    return InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=LENT,
        every="monthly",
        rate=Rate("7.3%/year"),
        day_count="ACT/365F",
        repayment=repayment,
        fees=fees,
        **terms,
    )


def looks(account, day):
    """What an account owes beside fees, row by row where a period stands behind it."""
    position = account.position(day)
    rows = [
        (row.due, row.owed.principal, row.owed.interest, row.owed.penalty)
        for row in position.installments
        if row.owed.principal or row.owed.interest
    ]
    fees = sum((row.owed.fee for row in position.installments), Decimal(0))
    return rows, position.accrued, fees


@pytest.mark.parametrize("method", METHODS, ids=lambda method: type(method).__name__)
def test_interest_accrues_as_without_them(method):
    plain, charged = Account.open(loan(method)), Account.open(loan(method, FEES))
    for days in range(125):
        day = LENT + timedelta(days)
        owed, accrued, none = looks(plain, day)
        assert none == 0
        assert looks(charged, day)[:2] == (owed, accrued), day


def test_the_case_that_was_found():
    account = Account.open(loan(EqualPrincipal(2), FEES[1:2]))
    # 500.00 at 7.3 % for three days of the second period beside what fell due.
    assert account.position(date(2026, 2, 18)).accrued == Decimal("0.30")
    assert account.payoff(date(2026, 2, 18)) == Decimal("1006.50")
    single = Account.open(loan(SinglePayment(3), FEES[:2]))
    assert single.position(date(2026, 2, 18)).accrued == Decimal("6.80")


@pytest.mark.parametrize("effect", ["shorter", "smaller", "next"])
@pytest.mark.parametrize("on", [date(2026, 2, 18), date(2026, 2, 20), date(2026, 3, 1)])
@pytest.mark.parametrize(
    "method", METHODS[:3], ids=lambda method: type(method).__name__
)
def test_a_prepayment_plans_the_rows_alike(method, on, effect):
    terms = Servicing(
        prepayment=Prepayment(effect=effect),
        interest_on="balance",
        allocation=Allocation(future="principal"),
    )

    def prepaid(fees):
        account = Account.open(loan(method, fees, servicing=terms))
        first = account.position(date(2026, 2, 15))
        due = first.due.total + first.overdue.total
        account = account.record(Payment(id="p1", on=date(2026, 2, 15), amount=due))
        early = account.position(on)
        owed = early.overdue.total + early.due.total
        return account.record(Payment(id="p2", on=on, amount=200 + owed))

    one, other = prepaid(()), prepaid(FEES)
    for day in (on, date(2026, 3, 15), date(2026, 4, 10), date(2026, 6, 1)):
        assert looks(other, day)[:2] == looks(one, day)[:2], day


def test_new_terms_between_a_period_and_its_fee():
    change = TermsChange(id="t1", on=date(2026, 2, 18), rate=Rate("3.65%/year"))
    plain = Account.open(loan(EqualPrincipal(4))).record(change)
    charged = Account.open(loan(EqualPrincipal(4), FEES)).record(change)
    for days in range(34, 125):
        day = LENT + timedelta(days)
        assert looks(charged, day)[:2] == looks(plain, day)[:2], day
    # All three fees are still owed.
    assert looks(charged, date(2026, 5, 20))[2] == 17


def test_new_terms_leave_a_fee_that_is_to_come_out_of_the_payoff():
    day, account = date(2026, 2, 18), Account.open(loan(EqualPrincipal(4), FEES))
    change = TermsChange(id="t1", on=day, rate=Rate("3.65%/year"))
    changed = account.record(change)
    assert changed.payoff(day) == account.payoff(day)
    due = date(2026, 2, 20)
    assert changed.payoff(due) > changed.payoff(day) + 5
