"""What is agreed of a line of credit that is drawn on and repaid again (循环额度)."""

from loanmath.terms.lines.allocation import FirstPaid, LineAllocation
from loanmath.terms.lines.bearing import (
    BalanceMethod,
    BearsFrom,
    BearsOn,
    ChargedPer,
    FreePeriod,
    InterestPosted,
    LastDay,
    RepaymentDay,
)
from loanmath.terms.lines.credit_line import CreditLine, LimitCovers, OverLimit
from loanmath.terms.lines.cycles import Cycle, JoinsCycle
from loanmath.terms.lines.interest import LineInterest
from loanmath.terms.lines.minimum import (
    DefaultCharge,
    MinimumItem,
    MinimumPayment,
    ShareOf,
)
from loanmath.terms.lines.plans import (
    EarlyFee,
    FeeBilled,
    FeeReturn,
    InstallmentTerms,
    PlanRefund,
    PlanResidue,
    PlanSplit,
)
from loanmath.terms.lines.segments import LineSegment, Promotion, TransactionFee

__all__ = [
    "BalanceMethod",
    "BearsFrom",
    "BearsOn",
    "ChargedPer",
    "CreditLine",
    "Cycle",
    "DefaultCharge",
    "EarlyFee",
    "FeeBilled",
    "FeeReturn",
    "FirstPaid",
    "FreePeriod",
    "InstallmentTerms",
    "InterestPosted",
    "JoinsCycle",
    "LastDay",
    "LimitCovers",
    "LineAllocation",
    "LineInterest",
    "LineSegment",
    "MinimumItem",
    "MinimumPayment",
    "OverLimit",
    "PlanRefund",
    "PlanResidue",
    "PlanSplit",
    "Promotion",
    "RepaymentDay",
    "ShareOf",
    "TransactionFee",
]
