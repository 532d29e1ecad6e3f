"""Ceilings on what a loan may cost: which hold, whether it complies, and what would."""

from loanmath.analysis.caps.checks import CostCheck, QuotientCheck
from loanmath.analysis.caps.costs import CreditCost, credit_cost
from loanmath.analysis.caps.lending_cap import (
    LegalEffect,
    LendingCap,
    applicable_caps,
)
from loanmath.analysis.caps.limits import (
    AnnualLimit,
    CostKind,
    CostLimit,
    IndexMultiple,
    Limit,
    ShareOf,
    SimpleLimit,
)

__all__ = [
    "AnnualLimit",
    "CostCheck",
    "CostKind",
    "CostLimit",
    "CreditCost",
    "IndexMultiple",
    "LegalEffect",
    "LendingCap",
    "Limit",
    "QuotientCheck",
    "ShareOf",
    "SimpleLimit",
    "applicable_caps",
    "credit_cost",
]
