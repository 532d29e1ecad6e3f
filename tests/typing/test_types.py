"""What the type checkers must infer; they read this file, pytest only imports it."""

from datetime import date
from decimal import Decimal
from typing import Any, assert_type

from loanmath import (
    MONTHLY,
    Account,
    AccountStatement,
    CashFlow,
    Explanation,
    Installment,
    InstallmentLoan,
    LevelPayment,
    Rate,
    Schedule,
    Totals,
    level_payment,
)
from loanmath.account import (
    Amounts,
    Bridge,
    InstallmentPosition,
    NextDue,
    Position,
    Posting,
    Preview,
    Revision,
    Status,
)
from loanmath.events import Event, Payment

loan = InstallmentLoan(
    currency="CNY",
    principal="10000",
    disbursed=date(2026, 1, 15),
    every=MONTHLY,
    rate=Rate("0.04%/day"),
    repayment=LevelPayment(12, residue="last", rounding="half_up"),
)
also = InstallmentLoan(
    currency="CNY",
    principal=Decimal(10000),
    disbursed=date(2026, 1, 15),
    every=[date(2026, 2, 15)],
    rate=Rate("6%/year"),
    day_count="ACT/360",
    repayment=LevelPayment(1),
)

assert_type(loan.principal, Decimal)
assert_type(loan.schedule(), Schedule)
assert_type(loan.schedule()[0], Installment)
assert_type(loan.schedule()[0:2], tuple[Installment, ...])
assert_type(loan.schedule()[0].payment, Decimal)
assert_type(loan.schedule().totals, Totals)
assert_type(loan.schedule().by_year(), dict[int, Totals])
assert_type(loan.schedule().cash_flows(), tuple[CashFlow, ...])
assert_type(loan.schedule().columns(), dict[str, tuple[Any, ...]])
assert_type(loan.schedule().explain(1, "interest"), Explanation)
assert_type(level_payment("10000", Rate("1%/month"), 12), Decimal)

payment = Payment(id="p1", on=date(2026, 2, 15), amount="500")
account = Account.open(loan, credit=Decimal(0)).record(payment)
position = account.position(date(2026, 2, 20))

assert_type(account, Account)
assert_type(account.loan, InstallmentLoan)
assert_type(account.events, tuple[Event, ...])
assert_type(account.credit, Decimal)
assert_type(account.payoff(date(2026, 2, 20)), Decimal)
assert_type(account.postings(), tuple[Posting, ...])
assert_type(account.statement(date(2026, 2, 1), date(2026, 2, 28)), AccountStatement)
assert_type(account.bridge(date(2026, 2, 1), date(2026, 2, 28)), Bridge)
assert_type(account.preview(Payment(id="p2", on=date(2026, 3, 1), amount=1)), Preview)
assert_type(account.revision, Revision | None)
assert_type(account.as_known_on(date(2026, 2, 1)), Account)
assert_type(position, Position)
assert_type(position.status, Status)
assert_type(position.overdue, Amounts)
assert_type(position.overdue.principal, Decimal)
assert_type(position.next_due, NextDue | None)
assert_type(position.installments, tuple[InstallmentPosition, ...])


def test_the_types_hold_at_run_time() -> None:
    assert isinstance(loan.schedule()[0].payment, Decimal)
    assert len(also.schedule()) == 1
    assert isinstance(position.overdue.principal, Decimal)
