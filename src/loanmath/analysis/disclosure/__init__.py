"""What a country's law has a lender tell a borrower of the cost."""

from loanmath.analysis.disclosure.minimum_months import CardBalance, LastMonth
from loanmath.analysis.disclosure.minimum_outcomes import (
    MinimumMonth,
    MinimumWarning,
    NoPayoffWarning,
    NoWarning,
)
from loanmath.analysis.disclosure.minimum_warning import (
    line_minimum_warning,
    minimum_warning,
)

__all__ = [
    "CardBalance",
    "LastMonth",
    "MinimumMonth",
    "MinimumWarning",
    "NoPayoffWarning",
    "NoWarning",
    "line_minimum_warning",
    "minimum_warning",
]
