"""Which published conventions reproduce a schedule or bills that a lender printed."""

from loanmath.analysis.reconciliation.answer import (
    ConventionClass,
    ConventionSet,
    FurtherCell,
    NearestConventions,
    Reconciliation,
    Searched,
)
from loanmath.analysis.reconciliation.cells import Difference
from loanmath.analysis.reconciliation.printed import (
    PrintedBill,
    PrintedBills,
    PrintedRow,
    PrintedSchedule,
)
from loanmath.analysis.reconciliation.reconciling import reconcile

__all__ = [
    "ConventionClass",
    "ConventionSet",
    "Difference",
    "FurtherCell",
    "NearestConventions",
    "PrintedBill",
    "PrintedBills",
    "PrintedRow",
    "PrintedSchedule",
    "Reconciliation",
    "Searched",
    "reconcile",
]
