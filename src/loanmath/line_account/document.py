"""What a line answers, as a document for JSON: amounts and dates as strings."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from loanmath.line_account.position import LinePosition
from loanmath.line_account.postings import LinePosting
from loanmath.line_account.sentences import explain_line
from loanmath.line_account.statement import LineStatement
from loanmath.rounding import Rounding
from loanmath.schedule.derivation import Input
from loanmath.schedule.printing import input_text
from loanmath.term_sheets import Language

__all__ = ["position_document", "postings_document", "statement_document"]

_PARTS = ("penalty", "fee", "interest", "principal")
_AMOUNTS = (
    "owed",
    "billed",
    "unbilled",
    "installments",
    "credit",
    "accrued",
    "payoff",
    "minimum",
    "arrears",
    "cut_off",
    "limit",
    "available",
)


def position_document(position: LinePosition) -> dict[str, Any]:
    """
    Return a position as a document.

    Example:
        >>> from datetime import date
        >>> from loanmath.line_account import LineAccount
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> position_document(account.position(date(2026, 3, 1)))["available"]
        '5000.00'
    """
    due = position.next_due
    return {
        "on": position.on.isoformat(),
        "currency": position.currency,
        **{name: f"{getattr(position, name):f}" for name in _AMOUNTS},
        "days_past_due": position.days_past_due,
        "next_due": None if due is None else due.isoformat(),
        "next_statement": position.next_statement.isoformat(),
        "has_free_period": position.has_free_period,
        "segments": [
            {
                "name": segment.name,
                **{part: f"{getattr(segment, part):f}" for part in _PARTS},
            }
            for segment in position.segments
        ],
    }


def statement_document(statement: LineStatement) -> dict[str, Any]:
    """
    Return a bill as a document, with what the next one would charge.

    Example:
        >>> from datetime import date
        >>> from loanmath.line_account import LineAccount
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> statement_document(account.statement(2026, 4))["closing"]
        '0.00'
    """
    cycle = statement.cycle
    return {
        "currency": statement.currency,
        "start": cycle.start.isoformat(),
        "end": cycle.end.isoformat(),
        "statement": cycle.statement.isoformat(),
        "due": statement.due.isoformat(),
        "opening": f"{statement.opening:f}",
        "items": [
            {
                "on": item.on.isoformat(),
                "what": item.what,
                "name": item.name,
                "event": item.event,
                "amount": f"{item.amount:f}",
            }
            for item in statement.items
        ],
        "closing": f"{statement.closing:f}",
        "minimum": f"{statement.minimum:f}",
        "interest": {name: f"{amount:f}" for name, amount in statement.interest},
        "rates": {name: str(rate) for name, rate in statement.rates},
        "free_if_paid": statement.free_if_paid,
        "minimum_missed": statement.minimum_missed,
        "outlook": [
            {
                "paid": one.paid,
                "amount": f"{one.amount:f}",
                "charged": f"{one.charged:f}",
            }
            for one in statement.outlook()
        ],
    }


def postings_document(
    postings: Sequence[LinePosting], lang: str | Language = "en"
) -> list[dict[str, Any]]:
    """
    Return postings as documents, each with its sentence.

    Args:
        postings: The postings.
        lang: The language of the sentences: `"en"` or `"zh"`.

    Raises:
        UnknownNameError: If there is no such language.

    Example:
        >>> postings_document([])
        []
    """
    return [
        {
            "on": posting.on.isoformat(),
            "segment": posting.segment,
            "component": posting.component,
            "amount": f"{posting.amount:f}",
            "currency": posting.currency,
            "rule": posting.rule,
            "event": posting.event,
            "formula": posting.formula,
            "inputs": {name: _input(value) for name, value in posting.pairs},
            "source": posting.source,
            "sentence": explain_line(posting, lang),
        }
        for posting in postings
    ]


def _input(value: Input) -> str:
    if isinstance(value, Rounding):
        return input_text("rounding", value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
