"""What the law wants a borrower to see: costs by item, annual rates, key figures."""

from loanmath.analysis.disclosure.assumed_dates import (
    FirstInterval,
    earliest_and_lowest,
    shortest_first_interval,
)
from loanmath.analysis.disclosure.assumed_repayment import (
    charges_at_intervals,
    open_end,
    open_end_in_full,
    overdraft,
    with_interest,
)
from loanmath.analysis.disclosure.assumptions import (
    Assumption,
    borrowing_rate,
    drawn_at_once,
    drawn_within_limits,
    highest_rate,
    indexed_rate,
)
from loanmath.analysis.disclosure.comprehensive_cost import (
    CorporateCost,
    CorporateFee,
    corporate_cost,
)
from loanmath.analysis.disclosure.cost_items import CostItem, CostTrigger
from loanmath.analysis.disclosure.cost_sheet import CostSheet, LateTotal, cost_sheet
from loanmath.analysis.disclosure.key_facts import (
    ChargeTiming,
    KeyCharge,
    KeyFacts,
    key_facts,
)
from loanmath.analysis.disclosure.late_payment import Lateness
from loanmath.analysis.disclosure.representative import (
    EqualPart,
    RepresentativeExample,
    RunningAccountSummary,
    representative_example,
    running_account_summary,
)
from loanmath.analysis.disclosure.standard_information import (
    EqualInstallments,
    StandardInformation,
    shown_percent,
    standard_information,
)
from loanmath.analysis.disclosure.third_parties import DatedCharges, ThirdPartyCost

__all__ = [
    "Assumption",
    "ChargeTiming",
    "CorporateCost",
    "CorporateFee",
    "CostItem",
    "CostSheet",
    "CostTrigger",
    "DatedCharges",
    "EqualInstallments",
    "EqualPart",
    "FirstInterval",
    "KeyCharge",
    "KeyFacts",
    "LateTotal",
    "Lateness",
    "RepresentativeExample",
    "RunningAccountSummary",
    "StandardInformation",
    "ThirdPartyCost",
    "borrowing_rate",
    "charges_at_intervals",
    "corporate_cost",
    "cost_sheet",
    "drawn_at_once",
    "drawn_within_limits",
    "earliest_and_lowest",
    "highest_rate",
    "indexed_rate",
    "key_facts",
    "open_end",
    "open_end_in_full",
    "overdraft",
    "representative_example",
    "running_account_summary",
    "shortest_first_interval",
    "shown_percent",
    "standard_information",
    "with_interest",
]
