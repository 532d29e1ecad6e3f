"""
India: penal charges, not penal interest.

Since the circular of 18 August 2023, breach of terms costs a charge and no rate on top:
penal interest, additions to the rate, and interest on penal charges are not allowed.
Interest at the contract rate goes on, and may compound.
"""

from datetime import date

from loanmath.presets.facts import Fact
from loanmath.terms import PenaltyInterest

__all__ = ["OVERDUE_INTEREST"]

OVERDUE_INTEREST: Fact[PenaltyInterest] = Fact(
    PenaltyInterest(rate="0%/day", contract_interest="continues"),
    in_force=date(2024, 4, 1),
    source="Reserve Bank of India, Fair Lending Practice: Penal Charges in Loan "
    "Accounts, 2023-08-18",
    recalled=True,
    note="contract interest on overdue principal and nothing on top of it; a penal "
    "charge is a LateCharge of the contract, fair and the same for all, and bears "
    "no interest; not for credit cards and trade credit; new loans from 2024-04-01, to "
    "which the first day was moved (recalled)",
)
"""What an overdue installment bears by the day: the contract's own interest."""
