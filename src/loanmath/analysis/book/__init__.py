"""
Measures of a book of accounts: how late it is, where it moves, what it may lose.

Every ratio names its numerator, its denominator, its date and what it counts. Sums are
integers and shares exact fractions; percentages are rounded where they are printed.
"""

from loanmath.analysis.book.classes import ClassChoices
from loanmath.analysis.book.coverage import (
    coverage_ratio,
    loan_provision_ratio,
    non_performing_ratio,
)
from loanmath.analysis.book.distribution import Distribution, distribution
from loanmath.analysis.book.expected_loss import (
    ExpectedLoss,
    LossPeriod,
    expected_credit_loss,
    pds_from_conditional,
    pds_from_cumulative,
)
from loanmath.analysis.book.from_accounts import book_of, snapshot
from loanmath.analysis.book.inclusion import Inclusion, Part
from loanmath.analysis.book.lending import Lending
from loanmath.analysis.book.loans import Book, LoanSnapshot
from loanmath.analysis.book.management import (
    Assumption,
    Effects,
    ManagementComparison,
    compare_management,
)
from loanmath.analysis.book.measure import Measure
from loanmath.analysis.book.migration import (
    Migration,
    MovedBy,
    migration,
    migration_ratio,
)
from loanmath.analysis.book.provisions import (
    Provision,
    ProvisionRates,
    ProvisionRow,
    provision_matrix,
    provisions,
)
from loanmath.analysis.book.ratios import (
    CountedBy,
    cure_rate,
    first_payment_default,
    overdue_ratio,
)
from loanmath.analysis.book.report import (
    BookChoices,
    BookReport,
    LeftOut,
    measure_book,
    report_of,
)
from loanmath.analysis.book.roll_rates import (
    Averaged,
    FlowRates,
    FlowStep,
    RollRateChain,
    flow_rates,
)
from loanmath.analysis.book.simulation import (
    SimulatedMonth,
    Simulation,
    simulate,
)
from loanmath.analysis.book.transition import BookState, Shift, TransitionMatrix
from loanmath.analysis.book.vintages import (
    Seen,
    Vintage,
    VintagePoint,
    Vintages,
    months_on_book,
    vintages,
)

__all__ = [
    "Assumption",
    "Averaged",
    "Book",
    "BookChoices",
    "BookReport",
    "BookState",
    "ClassChoices",
    "CountedBy",
    "Distribution",
    "Effects",
    "ExpectedLoss",
    "FlowRates",
    "FlowStep",
    "Inclusion",
    "LeftOut",
    "Lending",
    "LoanSnapshot",
    "LossPeriod",
    "ManagementComparison",
    "Measure",
    "Migration",
    "MovedBy",
    "Part",
    "Provision",
    "ProvisionRates",
    "ProvisionRow",
    "RollRateChain",
    "Seen",
    "Shift",
    "SimulatedMonth",
    "Simulation",
    "TransitionMatrix",
    "Vintage",
    "VintagePoint",
    "Vintages",
    "book_of",
    "compare_management",
    "coverage_ratio",
    "cure_rate",
    "distribution",
    "expected_credit_loss",
    "first_payment_default",
    "flow_rates",
    "loan_provision_ratio",
    "measure_book",
    "migration",
    "migration_ratio",
    "months_on_book",
    "non_performing_ratio",
    "overdue_ratio",
    "pds_from_conditional",
    "pds_from_cumulative",
    "provision_matrix",
    "provisions",
    "report_of",
    "simulate",
    "snapshot",
    "vintages",
]
