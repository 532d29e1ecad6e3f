"""The cash flows of an account: what happened, and what would settle the rest."""

from datetime import date
from typing import TYPE_CHECKING

from loanmath.currency import from_units, to_units
from loanmath.events.cash_flows import money_moved
from loanmath.schedule.rows import CashFlow
from loanmath.terms.consequences import deducted_units, paid_out_units

if TYPE_CHECKING:
    from loanmath.account.account import Account

__all__ = ["flows_of"]


def flows_of(account: "Account", until: date) -> tuple[CashFlow, ...]:
    """
    Return what `Account.cash_flows` returns.

    Example:
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> flows = flows_of(Account.open(loan), date(2026, 3, 15))
        >>> [str(flow.amount) for flow in flows]
        ['-1000.00', '1060.00']
    """
    loan = account.loan
    position = account.position(until)
    left = to_units(position.payoff, loan.digits, "payoff")
    left = left or -to_units(position.credit, loan.digits, "credit")
    flows = [*_paid_out(account, until)]
    flows += money_moved(account.events, until, loan.digits)
    if left:
        flows.append((until, left))
    flows.sort(key=lambda flow: flow[0])
    return tuple(CashFlow(on, from_units(units, loan.digits)) for on, units in flows)


def _paid_out(account: "Account", until: date) -> list[tuple[date, int]]:
    """Return what the terms pay out by a day, and what an existing book came to."""
    loan, digits = account.loan, account.loan.digits
    if account.undrawn:
        return []
    behind = sum(
        to_units(part, digits, "arrear")
        for arrear in account.arrears
        for part in (
            arrear.principal,
            arrear.interest,
            arrear.fee,
            arrear.penalty,
            arrear.compound,
        )
    )
    book = behind - to_units(account.credit, digits, "credit")
    # A deducted fee is owed here until its payment is recorded: lent in full.
    lent = paid_out_units(loan) + deducted_units(loan)
    flows = [(loan.disbursed, -lent - book)]
    flows += [
        (part.on, -to_units(part.amount, digits, "drawdown"))
        for part in loan.drawdowns
        if part.on <= until
    ]
    return flows
