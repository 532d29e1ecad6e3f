"""
A loan small enough to service by hand, whose days the unit tests count out.

3,000 on 15 January 2026 in three principals of 1,000, at 1 % a month: rows due on 15
February, March and April with interest of 30, 20 and 10. Penalty of 0.1 % a day on one
principal is 1.00 a day.
"""

from datetime import date, timedelta
from typing import Any

from loanmath.account import Account, Position
from loanmath.events import Payment
from loanmath.rates import Rate
from loanmath.terms import EqualPrincipal, InstallmentLoan, PenaltyInterest, Servicing

__all__ = [
    "D1",
    "D2",
    "D3",
    "START",
    "after",
    "loan",
    "opened",
    "owed",
    "paid",
    "terms",
]

START, D1, D2, D3 = (date(2026, month, 15) for month in (1, 2, 3, 4))


def loan(**terms: Any) -> InstallmentLoan:
    """Return the loan, unless the terms differ."""
    agreed: dict[str, Any] = {
        "currency": "CNY",
        "principal": "3000",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("1%/month"),
        "repayment": EqualPrincipal(3),
    }
    return InstallmentLoan(**(agreed | terms))


def terms(penalty: dict[str, Any] | None = None, **servicing: Any) -> dict[str, Any]:
    """Return terms of servicing, with penalty of 0.1 % a day unless it differs."""
    late: dict[str, Any] = {} if penalty is None else penalty
    if not {"rate", "multiple", "addition"} & late.keys():
        late = late | {"rate": "0.1%/day"}
    return {"penalty": PenaltyInterest(**late), "servicing": Servicing(**servicing)}


def opened(*events: Any, penalty: Any = None, **servicing: Any) -> Account:
    """Return the account of the loan with terms of servicing, and events."""
    agreed = loan(**terms(penalty, **servicing))
    return Account.open(agreed).record(*events)


def paid(amount: str, on: date, name: str = "p1", **words: Any) -> Payment:
    return Payment(id=name, on=on, amount=amount, **words)


def after(due: date, days: int) -> date:
    return due + timedelta(days)


def owed(position: Position, number: int = 1) -> list[str]:
    """Return penalty, compound, fee, interest and principal owed of a row."""
    return [str(part) for part in position.installments[number - 1].owed]
