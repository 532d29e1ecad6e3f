"""Who pays what, and when: a loan on its due dates, a line on those of its bills."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, TypeAlias

from loanmath.account import Account
from loanmath.currency import to_units
from loanmath.line_account import LineAccount
from loanmath.recurrence import shift_months
from loanmath.terms import CreditLine, InstallmentLoan

__all__ = ["Debt", "Owed", "Pays", "dues_of", "owed_on", "payment_on", "terms_of"]

Debt: TypeAlias = Account | LineAccount
"""A debt of either kind."""


class Pays(Enum):
    """
    How a borrower behaves from a day on.

    `IN_FULL`: on every due date all that is due and overdue, of a line all that was
    billed. `MINIMUM`: what is missing of the minimum of a line's bill. `NOTHING`.
    """

    IN_FULL = "in_full"
    MINIMUM = "minimum"
    NOTHING = "nothing"


class Owed(NamedTuple):
    """
    What is owed on a day, in units, and how late it is.

    Attributes:
        debt: What would settle it.
        overdue: What is past due; of a line, of its minimums.
        penalty: Penalty and compound interest.
        days_past_due: As the terms count them.
    """

    debt: int
    overdue: int
    penalty: int
    days_past_due: int


def terms_of(debt: Debt) -> InstallmentLoan | CreditLine:
    """Return the terms of a debt."""
    return debt.loan if isinstance(debt, Account) else debt.line


def _units(amount: Decimal, digits: int) -> int:
    return to_units(amount, digits, "amount")


def owed_on(debt: Debt, day: date) -> Owed:
    """Return what is owed on a day."""
    digits = terms_of(debt).digits
    if isinstance(debt, LineAccount):
        line = debt.position(day)
        penalty = sum(_units(part.penalty, digits) for part in line.segments)
        overdue = _units(line.arrears, digits)
        return Owed(_units(line.payoff, digits), overdue, penalty, line.days_past_due)
    loan = debt.position(day)
    late = (loan.overdue, loan.due, loan.in_advance)
    penalty = sum(
        _units(part, digits)
        for amounts in late
        for part in (amounts.penalty, amounts.compound)
    )
    overdue = _units(loan.overdue.total, digits)
    return Owed(_units(loan.payoff, digits), overdue, penalty, loan.days_past_due)


def dues_of(debt: Debt, after: date, until: date) -> list[date]:
    """Return the days on which is paid; of a loan monthly after the last due date."""
    if isinstance(debt, LineAccount):
        found = {bill.due for bill in debt.statements(until)}
    else:
        found = {row.due for row in debt.position(until).installments}
        last = max(found)
        months = 12 * (until.year - last.year) + until.month - last.month
        found |= {shift_months(last, number) for number in range(1, months + 1)}
    return sorted(day for day in found if after < day <= until)


def payment_on(debt: Debt, pays: Pays | Decimal, due: date) -> int:
    """Return what is paid on a due date, in units."""
    if pays is Pays.NOTHING:
        return 0
    digits = terms_of(debt).digits
    if isinstance(debt, LineAccount):
        line = debt.position(due)
        asked = line.minimum if pays is Pays.MINIMUM else line.billed
        owed = _units(asked, digits)
    else:
        loan = debt.position(due)
        owed = sum(_units(part.total, digits) for part in (loan.overdue, loan.due))
        owed -= _units(loan.credit, digits)
    most = owed if isinstance(pays, Pays) else _units(pays, digits)
    return max(min(owed, most), 0)
