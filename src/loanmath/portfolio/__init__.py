"""
Many accounts of one policy at once: the ledger's own transitions, on columns.

Needs the extra `portfolio`.
"""

from loanmath.portfolio.columns import Columns
from loanmath.portfolio.lower import lower, raised
from loanmath.portfolio.packing import Round, packed
from loanmath.portfolio.policy import Policy, policy_of
from loanmath.portfolio.rounds import run, seen_on

__all__ = [
    "Columns",
    "Policy",
    "Round",
    "lower",
    "packed",
    "policy_of",
    "raised",
    "run",
    "seen_on",
]
