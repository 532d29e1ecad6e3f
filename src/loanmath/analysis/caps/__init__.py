"""Ceilings on what a loan may cost: which hold, whether it complies, and what would."""

from loanmath.analysis.caps.annual import AnnualCheck
from loanmath.analysis.caps.bands import CostBand, CostBands, cost_bands
from loanmath.analysis.caps.checks import CostCheck, QuotientCheck
from loanmath.analysis.caps.costs import CreditCost, credit_cost
from loanmath.analysis.caps.cycles import check_cycle
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
from loanmath.analysis.caps.report import CapReport, check_cap, check_caps

__all__ = [
    "AnnualCheck",
    "AnnualLimit",
    "CapReport",
    "CostBand",
    "CostBands",
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
    "check_cap",
    "check_caps",
    "check_cycle",
    "cost_bands",
    "credit_cost",
]
