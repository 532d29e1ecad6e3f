"""Answers about a loan, as the command line prints them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from loanmath.analysis import Sensitivity
from loanmath.currency import amount_text
from loanmath.schedule import Schedule
from loanmath.serialization import terms_document
from loanmath.term_sheets import TermSheet

__all__ = ["EFFECTS", "SCHEDULES", "SHEETS", "schedule_document", "schedule_json"]


def schedule_json(schedule: Schedule) -> str:
    """
    Return a schedule as JSON: terms, installments and totals, amounts as strings.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%"))
        >>> json.loads(schedule_json(loan.schedule()))["totals"]["fee"]
        '23.00'
    """
    return json.dumps(schedule_document(schedule), ensure_ascii=False, indent=2)


def schedule_document(schedule: Schedule) -> dict[str, Any]:
    """Return a schedule as plain values: terms, installments and totals."""
    columns = schedule.columns()
    amounts = {
        name: [
            amount_text(units, schedule.loan.digits, separator="")
            for units in columns[name]
        ]
        for name in list(columns)[4:]
    }
    installments = [
        {"number": number, "due": due.isoformat()}
        | {name: column[number - 1] for name, column in amounts.items()}
        for number, due in enumerate(columns["due"], start=1)
    ]
    return {
        "terms": terms_document(schedule.loan),
        "installments": installments,
        "totals": {
            name: f"{sum_:f}" for name, sum_ in schedule.totals._asdict().items()
        },
    }


SCHEDULES: Mapping[str, Callable[[Schedule], str]] = {
    "table": str,
    "csv": lambda schedule: schedule.to_csv().rstrip("\n"),
    "json": schedule_json,
    "markdown": lambda schedule: schedule.to_markdown(),
    "html": lambda schedule: schedule.to_html(),
}
"""What a schedule is printed as."""

SHEETS: Mapping[str, Callable[[TermSheet], str]] = {
    "text": str,
    "markdown": lambda sheet: sheet.to_markdown(),
}
"""What an agreement in words is printed as."""

EFFECTS: Mapping[str, Callable[[Sensitivity], str]] = {
    "table": str,
    "csv": lambda effects: effects.to_csv().rstrip("\n"),
    "html": lambda effects: effects.to_html(),
}
"""What the effects of conventions are printed as."""
