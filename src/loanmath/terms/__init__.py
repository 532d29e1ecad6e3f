"""
What was agreed: the parts of a loan contract, as frozen values that refuse nonsense.

Terms know nothing of dates that follow from them, of integers, or of what happened
later; `loanmath.schedule` turns them into a plan.
"""

from loanmath.terms.agreement import InstallmentLoan
from loanmath.terms.business_days import BusinessDays, InterestDates
from loanmath.terms.conventions import RateChange, Residue, RoundedPer, Shortfall
from loanmath.terms.drawdowns import Drawdown
from loanmath.terms.fees import Fee, FeeDue, FeeOf, FeePaid
from loanmath.terms.flat_charge import (
    AddOnInterest,
    Earned,
    FeeBase,
    FeeTiming,
    FlatFee,
)
from loanmath.terms.holidays import Holiday, HolidayInterest, HolidayOf
from loanmath.terms.index import Index
from loanmath.terms.interest_payments import BrokenPeriod, InterestPayments
from loanmath.terms.methods import Repayment
from loanmath.terms.payments import (
    FixedPayment,
    FixedPrincipal,
    GraduatedPayment,
    SteppedPayment,
)
from loanmath.terms.rate_plan import FloatingRate, LoanRate, SteppedRate
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
)

__all__ = [
    "AddOnInterest",
    "BrokenPeriod",
    "BusinessDays",
    "Drawdown",
    "Earned",
    "EqualPrincipal",
    "Fee",
    "FeeBase",
    "FeeDue",
    "FeeOf",
    "FeePaid",
    "FeeTiming",
    "FixedPayment",
    "FixedPrincipal",
    "FlatFee",
    "FloatingRate",
    "GraduatedPayment",
    "Holiday",
    "HolidayInterest",
    "HolidayOf",
    "Index",
    "InstallmentLoan",
    "InterestDates",
    "InterestOnly",
    "InterestPayments",
    "LevelPayment",
    "LoanRate",
    "PrincipalAmounts",
    "RateChange",
    "Repayment",
    "Residue",
    "RoundedPer",
    "Shortfall",
    "SinglePayment",
    "SteppedPayment",
    "SteppedRate",
]
