"""What is agreed of a line of credit that is drawn on and repaid again (循环额度)."""

from loanmath.terms.lines.credit_line import CreditLine
from loanmath.terms.lines.cycles import Cycle, JoinsCycle
from loanmath.terms.lines.interest import (
    BearsFrom,
    BearsOn,
    ChargedPer,
    LastDay,
    LineInterest,
    RepaymentDay,
)
from loanmath.terms.lines.minimum import DefaultCharge, MinimumPayment

__all__ = [
    "BearsFrom",
    "BearsOn",
    "ChargedPer",
    "CreditLine",
    "Cycle",
    "DefaultCharge",
    "JoinsCycle",
    "LastDay",
    "LineInterest",
    "MinimumPayment",
    "RepaymentDay",
]
