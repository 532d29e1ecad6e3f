"""Whether interest follows what is owed, or keeps to its plan whatever is paid."""

from typing import TYPE_CHECKING

from loanmath.terms.conventions import RoundedPer
from loanmath.terms.flat_charge import AddOnInterest, FlatFee
from loanmath.terms.interest_payments import BrokenPeriod
from loanmath.terms.servicing import InterestOn

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = ["can_be_replanned", "follows_balance"]


def follows_balance(loan: "InstallmentLoan") -> bool:
    """Return whether contract interest accrues on what is owed, not on the plan."""
    on_balance = loan.servicing.interest_on is InterestOn.BALANCE
    return on_balance and can_be_replanned(loan)


def can_be_replanned(loan: "InstallmentLoan") -> bool:
    """Return whether rows to come can be planned anew from a balance."""
    return not (
        loan.holidays
        or loan.drawdowns
        or loan.interest_payments is not None
        or loan.broken_period is not BrokenPeriod.COUNTED
        or loan.interest_rounded is not RoundedPer.PERIOD
        or loan.anchor == loan.disbursed
        or isinstance(loan.repayment, AddOnInterest | FlatFee)
    )
