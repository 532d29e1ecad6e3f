"""The ledger in currency: what is owed on any day, why, and what would settle it."""

from loanmath.account.account import Account
from loanmath.account.amounts import Amounts
from loanmath.account.arrear import Arrear
from loanmath.account.position import InstallmentPosition, NextDue, Position, Status

__all__ = [
    "Account",
    "Amounts",
    "Arrear",
    "InstallmentPosition",
    "NextDue",
    "Position",
    "Status",
]
