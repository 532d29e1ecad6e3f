"""What the type checkers must infer; they read this file, pytest only imports it."""

from datetime import date
from decimal import Decimal
from typing import Any, assert_type

from loanmath import (
    MONTHLY,
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


def test_the_types_hold_at_run_time() -> None:
    assert isinstance(loan.schedule()[0].payment, Decimal)
    assert len(also.schedule()) == 1
