"""A line of credit and all that happened to it: what is owed, billed, and why."""

from loanmath.line_account.account import LineAccount
from loanmath.line_account.limits import SharedLimit
from loanmath.line_account.position import LinePosition, SegmentPosition
from loanmath.line_account.postings import LinePosting
from loanmath.line_account.preview import LinePreview, LineRevision
from loanmath.line_account.sentences import explain_line
from loanmath.line_account.statement import LineStatement, Outlook, StatementItem

__all__ = [
    "LineAccount",
    "LinePosition",
    "LinePosting",
    "LinePreview",
    "LineRevision",
    "LineStatement",
    "Outlook",
    "SegmentPosition",
    "SharedLimit",
    "StatementItem",
    "explain_line",
]
