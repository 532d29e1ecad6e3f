"""
What a lender concedes, as small values that compose in the order they are stated.

Some move what is owed, others change the terms of what is left; none holds an amount
that depends on the day, so that a plan can be recorded late and replayed.
"""

from loanmath.terms.concessions.left import Left
from loanmath.terms.concessions.limits import PlanLimit
from loanmath.terms.concessions.money import (
    Capitalization,
    ConditionalForgiveness,
    Forgiveness,
    FrozenInterest,
    FrozenPaid,
    ReAging,
)
from loanmath.terms.concessions.payments import AffordablePayment, Settlement
from loanmath.terms.concessions.plans import (
    Deferral,
    Extension,
    NewDates,
    PlanFee,
    RateCut,
    Reamortization,
)
from loanmath.terms.concessions.proposal import Proposal, to_limits
from loanmath.terms.concessions.union import (
    CONCESSIONS,
    Concession,
    MoneyConcession,
    TermsConcession,
    to_concessions,
)

__all__ = [
    "CONCESSIONS",
    "AffordablePayment",
    "Capitalization",
    "Concession",
    "ConditionalForgiveness",
    "Deferral",
    "Extension",
    "Forgiveness",
    "FrozenInterest",
    "FrozenPaid",
    "Left",
    "MoneyConcession",
    "NewDates",
    "PlanFee",
    "PlanLimit",
    "Proposal",
    "RateCut",
    "ReAging",
    "Reamortization",
    "Settlement",
    "TermsConcession",
    "to_concessions",
    "to_limits",
]
