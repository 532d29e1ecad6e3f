"""What kind of plan terms need: of plain rows or not, interest first or in advance."""

from typing import TYPE_CHECKING

from loanmath.rates import Rate
from loanmath.terms.conventions import Residue, RoundedPer
from loanmath.terms.flat_charge import FlatFee
from loanmath.terms.interest_payments import BrokenPeriod
from loanmath.terms.payments import FixedPayment, GraduatedPayment, SteppedPayment
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
)

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = [
    "PAYMENTS",
    "has_plain_rows",
    "is_plain",
    "pays_in_advance",
    "pays_interest_first",
]

PAYMENTS = (LevelPayment, FixedPayment, GraduatedPayment, SteppedPayment)
"""The methods whose installment is a payment that interest comes out of."""

_PLAIN_RESIDUES = (Residue.LAST, Residue.FIRST)


def pays_interest_first(loan: "InstallmentLoan") -> bool:
    """Return whether an installment is a payment that interest comes out of."""
    return isinstance(loan.repayment, PAYMENTS)


def pays_in_advance(loan: "InstallmentLoan") -> bool:
    """Return whether the interest of a period is due as it starts."""
    return loan.interest_payments is not None and loan.interest_payments.in_advance


def has_plain_rows(loan: "InstallmentLoan") -> bool:
    """Return whether every row is an installment of one rate, rounded once."""
    return (
        loan.broken_period is BrokenPeriod.COUNTED
        and loan.interest_payments is None
        and loan.last_due is None
        and loan.anchor > loan.disbursed
        and not (loan.holidays or loan.drawdowns)
        and loan.interest_rounded is RoundedPer.PERIOD
        and (loan.rate is None or type(loan.rate) is Rate)
    )


def is_plain(loan: "InstallmentLoan") -> bool:
    """Return whether the plan needs one factor per period and nothing else."""
    return loan.has_plain_rows and not loan.fees and _is_plain_method(loan)


def _is_plain_method(loan: "InstallmentLoan") -> bool:
    match loan.repayment:
        case LevelPayment(residue=residue, balloon=None, amortized_over=None):
            return residue in _PLAIN_RESIDUES
        case EqualPrincipal(residue=residue, balloon=None) | FlatFee(residue=residue):
            return residue in _PLAIN_RESIDUES
        case InterestOnly() | SinglePayment() | PrincipalAmounts():
            return True
        case _:
            return False
