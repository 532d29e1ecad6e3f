"""What an account answers, as a document for JSON: amounts and dates as strings."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from loanmath.account.amounts import Amounts
from loanmath.account.postings import Posting
from loanmath.account.sentences import explain
from loanmath.account.statement import AccountStatement
from loanmath.rounding import Rounding
from loanmath.schedule.derivation import Input
from loanmath.schedule.printing import input_text
from loanmath.term_sheets import Language

if TYPE_CHECKING:
    from loanmath.account.position import InstallmentPosition, Position

__all__ = ["position_document", "postings_document", "statement_document"]


def position_document(position: "Position") -> dict[str, Any]:
    """
    Return a position as a document.

    Example:
        >>> from datetime import date
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> position_document(Account.open(loan).position(date(2026, 2, 20)))["overdue"]
        {'penalty': '0.00', 'compound': '0.00', 'fee': '30.00', 'interest': '0.00', 'principal': '500.00'}
    """  # noqa: E501 the document is one line
    after = position.next_due
    return {
        "on": position.on.isoformat(),
        "currency": position.currency,
        "status": position.status.value,
        "days_past_due": position.days_past_due,
        "payoff": f"{position.payoff:f}",
        "outstanding": f"{position.outstanding:f}",
        "overdue": _amounts(position.overdue),
        "due": _amounts(position.due),
        "in_advance": _amounts(position.in_advance),
        "accrued": f"{position.accrued:f}",
        "paid": _amounts(position.paid),
        "credit": f"{position.credit:f}",
        "cut_off": f"{position.cut_off:f}",
        "written_off": f"{position.written_off:f}",
        "next_due": None
        if after is None
        else {"on": after.on.isoformat(), "amount": f"{after.amount:f}"},
        "installments": [_installment(row) for row in position.installments],
    }


def _amounts(amounts: Amounts) -> dict[str, str]:
    return {name: f"{part:f}" for name, part in amounts._asdict().items()}


def _installment(row: "InstallmentPosition") -> dict[str, Any]:
    return {
        "number": row.number,
        "due": row.due.isoformat(),
        "owed": _amounts(row.owed),
        "paid": _amounts(row.paid),
        "paid_early": f"{row.paid_early:f}",
        "paid_late": f"{row.paid_late:f}",
        "waived": f"{row.waived:f}",
        "cleared": None if row.cleared is None else row.cleared.isoformat(),
        "days_past_due": row.days_past_due,
    }


def statement_document(statement: AccountStatement) -> dict[str, Any]:
    """
    Return a statement as a document.

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> day, nothing = date(2026, 1, 15), Decimal("0.00")
        >>> statement_document(AccountStatement("CNY", day, day, nothing, (), nothing,
        ...     nothing, nothing))["closing"]
        '0.00'
    """
    return {
        "since": statement.since.isoformat(),
        "until": statement.until.isoformat(),
        "opening": f"{statement.opening:f}",
        "lines": [
            {
                "on": line.on.isoformat(),
                "what": line.what,
                "charged": f"{line.charged:f}",
                "paid": f"{line.paid:f}",
                "balance": f"{line.balance:f}",
            }
            for line in statement.lines
        ],
        "charged": f"{statement.charged:f}",
        "paid": f"{statement.paid:f}",
        "closing": f"{statement.closing:f}",
    }


def postings_document(
    postings: Sequence[Posting], lang: str | Language = "en"
) -> list[dict[str, Any]]:
    """
    Return postings as documents, each with its sentence.

    Example:
        >>> postings_document([])
        []
    """
    return [
        {
            "on": posting.on.isoformat(),
            "installment": posting.installment,
            "component": posting.component,
            "amount": f"{posting.amount:f}",
            "rule": posting.rule,
            "event": posting.event,
            "formula": posting.formula,
            "inputs": {name: _input(value) for name, value in posting.pairs},
            "source": posting.source,
            "sentence": explain(posting, lang),
        }
        for posting in postings
    ]


def _input(value: Input) -> str:
    if isinstance(value, Rounding):
        return input_text("rounding", value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
