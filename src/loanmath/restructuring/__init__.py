"""
Restructured plans: what a lender concedes, old beside new, and what that costs.

A plan is worked out and books nothing; it becomes an event of the account when it is
accepted.
"""

from loanmath.restructuring.comparison import Compared, Comparison
from loanmath.restructuring.observation import ObservationPeriod
from loanmath.restructuring.paths import Path, PathRow, Paths, compare_paths
from loanmath.restructuring.paying import Pays
from loanmath.restructuring.plan import Plan, restructure
from loanmath.restructuring.refinancing import Refinancing, refinance

__all__ = [
    "Compared",
    "Comparison",
    "ObservationPeriod",
    "Path",
    "PathRow",
    "Paths",
    "Pays",
    "Plan",
    "Refinancing",
    "compare_paths",
    "refinance",
    "restructure",
]
