"""The ledger in currency: what is owed on any day, why, and what would settle it."""

from loanmath.account.account import Account
from loanmath.account.amounts import Amounts
from loanmath.account.arrear import Arrear
from loanmath.account.bridge import Bridge, BridgeItem
from loanmath.account.position import InstallmentPosition, NextDue, Position, Status
from loanmath.account.postings import Posting
from loanmath.account.preview import Preview, Revision
from loanmath.account.sentences import explain
from loanmath.account.statement import AccountStatement, StatementLine

__all__ = [
    "Account",
    "AccountStatement",
    "Amounts",
    "Arrear",
    "Bridge",
    "BridgeItem",
    "InstallmentPosition",
    "NextDue",
    "Position",
    "Posting",
    "Preview",
    "Revision",
    "StatementLine",
    "Status",
    "explain",
]
