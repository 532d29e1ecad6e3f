"""What a country's law has a lender tell a borrower of the cost."""

from loanmath.analysis.disclosure.financed import MortgageInsurance
from loanmath.analysis.disclosure.minimum_months import CardBalance, LastMonth
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
from loanmath.analysis.disclosure.reverse_mortgage import (
    ReverseMortgage,
    TotalAnnualLoanCost,
    total_annual_loan_cost,
)
from loanmath.analysis.disclosure.truth_in_lending import (
    ClosingCosts,
    ClosingTotals,
    PaymentLine,
    TruthInLending,
    truth_in_lending,
    truth_in_lending_of_flows,
)
from loanmath.analysis.disclosure.us_rule import us_rule_payment

__all__ = [
    "CardBalance",
    "ChargedTransaction",
    "ClosingCosts",
    "ClosingTotals",
    "CycleBalance",
    "CycleRate",
    "LastMonth",
    "MinimumMonth",
    "MinimumWarning",
    "MortgageInsurance",
    "NoPayoffWarning",
    "NoWarning",
    "OpenEndBalance",
    "PaymentLine",
    "ReverseMortgage",
    "TotalAnnualLoanCost",
    "TruthInLending",
    "balance_of_cycle",
    "cycle_rate",
    "line_minimum_warning",
    "minimum_warning",
    "total_annual_loan_cost",
    "truth_in_lending",
    "truth_in_lending_of_flows",
    "us_rule_payment",
]
