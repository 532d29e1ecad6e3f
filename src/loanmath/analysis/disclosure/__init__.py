"""What a country's law has a lender tell a borrower of the cost."""

from loanmath.analysis.disclosure.assumed_dates import (
    FirstInterval,
    earliest_and_lowest,
    shortest_first_interval,
)
from loanmath.analysis.disclosure.assumed_repayment import (
    charges_at_intervals,
    open_end_in_full,
    open_end_monthly,
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
from loanmath.analysis.disclosure.cost_items import (
    CostItem,
    CostTrigger,
)
from loanmath.analysis.disclosure.cost_sheet import (
    CostSheet,
    LateTotal,
    cost_sheet,
)
from loanmath.analysis.disclosure.financed import (
    MortgageInsurance,
)
from loanmath.analysis.disclosure.key_facts import (
    ChargeTiming,
    KeyCharge,
    KeyFacts,
    key_facts,
)
from loanmath.analysis.disclosure.late_payment import (
    Lateness,
)
from loanmath.analysis.disclosure.minimum_months import (
    CardBalance,
    LastMonth,
)
from loanmath.analysis.disclosure.minimum_outcomes import (
    MinimumMonth,
    MinimumWarning,
    NoPayoffWarning,
    NoWarning,
)
from loanmath.analysis.disclosure.minimum_warning import (
    line_minimum_warning,
    minimum_warning,
)
from loanmath.analysis.disclosure.open_end import (
    ChargedTransaction,
    CycleBalance,
    CycleRate,
    OpenEndBalance,
    balance_of_cycle,
    cycle_rate,
)
from loanmath.analysis.disclosure.representative import (
    EqualPart,
    RepresentativeExample,
    RunningAccountSummary,
    representative_example,
    running_account_summary,
)
from loanmath.analysis.disclosure.reverse_mortgage import (
    ReverseMortgage,
    TotalAnnualLoanCost,
    total_annual_loan_cost,
)
from loanmath.analysis.disclosure.standard_information import (
    EqualInstallments,
    StandardInformation,
    shown_percent,
    standard_information,
)
from loanmath.analysis.disclosure.third_parties import (
    DatedCharges,
    ThirdPartyCost,
)
from loanmath.analysis.disclosure.truth_in_lending import (
    ClosingCosts,
    ClosingTotals,
    PaymentLine,
    TruthInLending,
    truth_in_lending,
    truth_in_lending_of_flows,
)
from loanmath.analysis.disclosure.us_rule import (
    us_rule_payment,
)

__all__ = [
    "Assumption",
    "CardBalance",
    "ChargeTiming",
    "ChargedTransaction",
    "ClosingCosts",
    "ClosingTotals",
    "CorporateCost",
    "CorporateFee",
    "CostItem",
    "CostSheet",
    "CostTrigger",
    "CycleBalance",
    "CycleRate",
    "DatedCharges",
    "EqualInstallments",
    "EqualPart",
    "FirstInterval",
    "KeyCharge",
    "KeyFacts",
    "LastMonth",
    "LateTotal",
    "Lateness",
    "MinimumMonth",
    "MinimumWarning",
    "MortgageInsurance",
    "NoPayoffWarning",
    "NoWarning",
    "OpenEndBalance",
    "PaymentLine",
    "RepresentativeExample",
    "ReverseMortgage",
    "RunningAccountSummary",
    "StandardInformation",
    "ThirdPartyCost",
    "TotalAnnualLoanCost",
    "TruthInLending",
    "balance_of_cycle",
    "borrowing_rate",
    "charges_at_intervals",
    "corporate_cost",
    "cost_sheet",
    "cycle_rate",
    "drawn_at_once",
    "drawn_within_limits",
    "earliest_and_lowest",
    "highest_rate",
    "indexed_rate",
    "key_facts",
    "line_minimum_warning",
    "minimum_warning",
    "open_end_in_full",
    "open_end_monthly",
    "overdraft",
    "representative_example",
    "running_account_summary",
    "shortest_first_interval",
    "shown_percent",
    "standard_information",
    "total_annual_loan_cost",
    "truth_in_lending",
    "truth_in_lending_of_flows",
    "us_rule_payment",
    "with_interest",
]
