"""
Accounting: amortized cost by the effective-interest method, and unearned interest.

Amounts are seen from their holder: what is received is positive, what is paid out is
negative; an asset is carried as a positive amount, a liability as a negative one.
"""

from loanmath.analysis.accounting.allowance import net_of_allowance
from loanmath.analysis.accounting.basis import ValueBasis
from loanmath.analysis.accounting.carrying import CarryingRow
from loanmath.analysis.accounting.early_settlement import (
    EarlySettlement,
    EarlySettlementRule,
    early_settlement,
)
from loanmath.analysis.accounting.effective_interest import (
    EffectiveInterest,
    effective_interest,
)
from loanmath.analysis.accounting.refunds import (
    Refund,
    RefundMethod,
    actuarial_refund,
    earned_share,
    refund,
    refund_of,
)
from loanmath.analysis.accounting.remeasurement import (
    Remeasurement,
    modify,
    reestimate,
    remeasure,
    revise,
)
from loanmath.analysis.accounting.terms import AccountingTerms, Leftover, RoundedAt
from loanmath.analysis.accounting.value_test import (
    Counted,
    PresentValueChange,
    PresentValueTest,
    present_value_test,
)

__all__ = [
    "AccountingTerms",
    "CarryingRow",
    "Counted",
    "EarlySettlement",
    "EarlySettlementRule",
    "EffectiveInterest",
    "Leftover",
    "PresentValueChange",
    "PresentValueTest",
    "Refund",
    "RefundMethod",
    "Remeasurement",
    "RoundedAt",
    "ValueBasis",
    "actuarial_refund",
    "early_settlement",
    "earned_share",
    "effective_interest",
    "modify",
    "net_of_allowance",
    "present_value_test",
    "reestimate",
    "refund",
    "refund_of",
    "remeasure",
    "revise",
]
