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

__all__ = [
    "AGES_BY_30",
    "AGES_FROM_30",
    "CARD_STAGES",
    "M_STAGES",
    "M_STAGES_FROM_30",
    "Bucket",
    "BucketScheme",
    "Counts",
    "Cure",
    "Delinquency",
    "Edge",
    "LateInstallment",
    "Pause",
    "Stage",
    "StageHistory",
    "days_past_due",
    "delinquency",
    "stage_history",
]
