"""What is agreed of a line of credit that is drawn on and repaid again (循环额度)."""

from loanmath.terms.lines.credit_line import CreditLine
from loanmath.terms.lines.cycles import Cycle, JoinsCycle

__all__ = ["CreditLine", "Cycle", "JoinsCycle"]
