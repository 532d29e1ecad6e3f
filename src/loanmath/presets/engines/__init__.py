"""
Conventions of public loan engines, for whoever moves a plan from one or checks one.

A preset holds how an engine counts, rounds, allocates and names things, and no figure
of any loan.
"""

from loanmath.presets.engines.actus import ACTUS_ROUNDING, actus_business_days
from loanmath.presets.engines.fineract import FineractProduct, fineract_like
from loanmath.presets.engines.fineract_allocation import FineractAllocation
from loanmath.presets.engines.fineract_delinquency import FINERACT_RANGES
from loanmath.presets.engines.fineract_settings import (
    DaysInMonth,
    DaysInYear,
    InterestPeriod,
    PreClosure,
)

__all__ = [
    "ACTUS_ROUNDING",
    "FINERACT_RANGES",
    "DaysInMonth",
    "DaysInYear",
    "FineractAllocation",
    "FineractProduct",
    "InterestPeriod",
    "PreClosure",
    "actus_business_days",
    "fineract_like",
]
