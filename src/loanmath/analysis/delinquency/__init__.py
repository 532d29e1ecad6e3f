"""
Delinquency of one account: how late it is, which class it is in, what a record shows.

Everything is read from the account's ledger, or from facts that are stated. What the
law of a place says stands in `loanmath.presets`.
"""

from loanmath.analysis.delinquency.buckets import (
    AGES_BY_30,
    AGES_FROM_30,
    CARD_STAGES,
    M_STAGES,
    M_STAGES_FROM_30,
    Bucket,
    BucketScheme,
    Counts,
    Edge,
)
from loanmath.analysis.delinquency.counting import Pause, days_past_due
from loanmath.analysis.delinquency.default import (
    default_of,
    default_on,
    exposures_of,
)
from loanmath.analysis.delinquency.default_rules import (
    DefaultRule,
    DefaultVerdict,
    Exposure,
    Materiality,
)
from loanmath.analysis.delinquency.early_warnings import (
    EarlyWarnings,
    Indicator,
    early_warnings,
)
from loanmath.analysis.delinquency.loan_classes import (
    LoanClassRule,
    LoanFacts,
    loan_class,
)
from loanmath.analysis.delinquency.periods import loan_facts
from loanmath.analysis.delinquency.persistent_debt import (
    PersistentDebt,
    persistent_debt,
)
from loanmath.analysis.delinquency.record import (
    CreditRecord,
    MonthStatus,
    RecordCodes,
    credit_record,
)
from loanmath.analysis.delinquency.stages import (
    Cure,
    Stage,
    StageHistory,
    stage_history,
)
from loanmath.analysis.delinquency.standing import (
    Delinquency,
    LateInstallment,
    delinquency,
)
from loanmath.analysis.delinquency.verdicts import (
    ClassVerdict,
    DayClassRule,
    class_of_days,
    class_on,
)

__all__ = [
    "AGES_BY_30",
    "AGES_FROM_30",
    "CARD_STAGES",
    "M_STAGES",
    "M_STAGES_FROM_30",
    "Bucket",
    "BucketScheme",
    "ClassVerdict",
    "Counts",
    "CreditRecord",
    "Cure",
    "DayClassRule",
    "DefaultRule",
    "DefaultVerdict",
    "Delinquency",
    "EarlyWarnings",
    "Edge",
    "Exposure",
    "Indicator",
    "LateInstallment",
    "LoanClassRule",
    "LoanFacts",
    "Materiality",
    "MonthStatus",
    "Pause",
    "PersistentDebt",
    "RecordCodes",
    "Stage",
    "StageHistory",
    "class_of_days",
    "class_on",
    "credit_record",
    "days_past_due",
    "default_of",
    "default_on",
    "delinquency",
    "early_warnings",
    "exposures_of",
    "loan_class",
    "loan_facts",
    "persistent_debt",
    "stage_history",
]
