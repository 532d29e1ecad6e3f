"""
What was agreed: the parts of a loan contract, as frozen values that refuse nonsense.

Terms know nothing of dates that follow from them, of integers, or of what happened
later; `loanmath.schedule` turns them into a plan.
"""

from loanmath.terms.agreement import InstallmentLoan
from loanmath.terms.business_days import BusinessDays, InterestDates
from loanmath.terms.repayment import (
    EqualPrincipal,
    FeeBase,
    FeeTiming,
    FlatFee,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Repayment,
    Residue,
    Shortfall,
    SinglePayment,
)

__all__ = [
    "BusinessDays",
    "EqualPrincipal",
    "FeeBase",
    "FeeTiming",
    "FlatFee",
    "InstallmentLoan",
    "InterestDates",
    "InterestOnly",
    "LevelPayment",
    "PrincipalAmounts",
    "Repayment",
    "Residue",
    "Shortfall",
    "SinglePayment",
]
