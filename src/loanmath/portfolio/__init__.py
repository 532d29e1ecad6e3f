"""
Many accounts of one policy at once: the ledger's own transitions, on columns.

Needs the extra `portfolio`.
"""

from loanmath.portfolio.columns import Columns
from loanmath.portfolio.line_days import packed_days
from loanmath.portfolio.lines import (
    LineBook,
    LineColumns,
    LineDay,
    keep_lines,
    lines_on,
    open_lines,
)
from loanmath.portfolio.lower import lower, raised
from loanmath.portfolio.packing import Round, packed
from loanmath.portfolio.policy import Policy, policy_of
from loanmath.portfolio.rounds import run, seen_on

__all__ = [
    "Columns",
    "LineBook",
    "LineColumns",
    "LineDay",
    "Policy",
    "Round",
    "keep_lines",
    "lines_on",
    "lower",
    "open_lines",
    "packed",
    "packed_days",
    "policy_of",
    "raised",
    "run",
    "seen_on",
]
