"""Terms for the time after signing: allocation, penalty, late charges, prepayment."""

from loanmath.terms.servicing.allocation import (
    AllocateBy,
    Allocation,
    AllocationTier,
    FutureRule,
    Slot,
)
from loanmath.terms.servicing.caps import AmountCap, Cap, InDuplum, RateCap
from loanmath.terms.servicing.components import Component, Standing
from loanmath.terms.servicing.late_charges import LateCharge, LateChargeOf
from loanmath.terms.servicing.penalty import (
    Compounded,
    Compounding,
    ContractInterest,
    FirstDay,
    Grace,
    PaymentDay,
    PenaltyBase,
    PenaltyInterest,
    PenaltyRounded,
    to_penalty,
)
from loanmath.terms.servicing.prepayment import (
    InterestTo,
    Prepayment,
    PrepaymentEffect,
    PrepaymentFee,
    RemainingFees,
    Unearned,
)
from loanmath.terms.servicing.service import (
    DEFAULT_DAY_ORDER,
    CreditUse,
    DaysPastDue,
    Happening,
    InterestOn,
    SameDay,
    Servicing,
    to_servicing,
)

__all__ = [
    "DEFAULT_DAY_ORDER",
    "AllocateBy",
    "Allocation",
    "AllocationTier",
    "AmountCap",
    "Cap",
    "Component",
    "Compounded",
    "Compounding",
    "ContractInterest",
    "CreditUse",
    "DaysPastDue",
    "FirstDay",
    "FutureRule",
    "Grace",
    "Happening",
    "InDuplum",
    "InterestOn",
    "InterestTo",
    "LateCharge",
    "LateChargeOf",
    "PaymentDay",
    "PenaltyBase",
    "PenaltyInterest",
    "PenaltyRounded",
    "Prepayment",
    "PrepaymentEffect",
    "PrepaymentFee",
    "RateCap",
    "RemainingFees",
    "SameDay",
    "Servicing",
    "Slot",
    "Standing",
    "Unearned",
    "to_penalty",
    "to_servicing",
]
