"""A position as a table of installments, as text, Markdown, HTML and CSV."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from loanmath.currency import from_units, to_units
from loanmath.schedule.printing import (
    Table,
    html_layout,
    markdown_layout,
    text_layout,
)

if TYPE_CHECKING:
    from loanmath.account.position import InstallmentPosition, Position

__all__ = ["position_csv", "position_html", "position_markdown", "position_text"]

_COLUMNS = ("number", "due", "to_pay", "paid", "waived", "outstanding", "days_late")


def _amounts(row: "InstallmentPosition") -> tuple[Decimal, ...]:
    """Return what was to be paid of a row, paid, waived, and what is outstanding."""
    paid, owed = row.paid.total, row.owed.total
    return _sum([paid, owed, row.waived]), paid, row.waived, owed


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    # The sum of decimals would depend on the context of the caller.
    digits = -int(amounts[0].as_tuple().exponent)
    return from_units(sum(to_units(part, digits, "amount") for part in amounts), digits)


def _caption(position: "Position") -> str:
    late = position.days_past_due
    parts = [
        position.status.value.replace("_", " "),
        f"{late} day{'' if late == 1 else 's'} past due",
        f"payoff {position.currency} {position.payoff:,f}",
    ]
    if position.credit:
        parts.append(f"credit {position.currency} {position.credit:,f}")
    return f"{position.on}: {', '.join(parts)}"


def _table(position: "Position") -> Table:
    rows = position.installments
    columns = list(zip(*map(_amounts, rows), strict=True))
    names = ["To pay", "Paid", "Waived", "Outstanding"]
    shown = [place for place in range(4) if place != 2 or any(columns[2])]
    cells = [
        [
            str(row.number),
            row.due.isoformat(),
            *(f"{columns[place][number]:,f}" for place in shown),
            str(row.days_past_due) if row.days_past_due else "",
        ]
        for number, row in enumerate(rows)
    ]
    sums = (f"{_sum(columns[place]):,f}" for place in shown)
    header = ["No", "Due", *(names[place] for place in shown), "Days late"]
    total = ["", "Total", *sums, ""]
    return Table(_caption(position), header, cells, total, left=(1,))


def position_text(position: "Position") -> str:
    """
    Return a position as an aligned table of its installments.

    Example:
        >>> from datetime import date
        >>> from loanmath.account import Account
        >>> from loanmath.terms import FlatFee, InstallmentLoan
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> print(position_text(Account.open(loan).position(date(2026, 2, 20))))
        2026-02-20: overdue, 5 days past due, payoff CNY 1,030.00
        No  Due           To pay  Paid  Outstanding  Days late
         1  2026-02-15    530.00  0.00       530.00          5
         2  2026-03-15    530.00  0.00       530.00
            Total       1,060.00  0.00     1,060.00
    """
    return text_layout(_table(position))


def position_markdown(position: "Position") -> str:
    """Return a position as a Markdown table of its installments."""
    return markdown_layout(_table(position))


def position_html(position: "Position") -> str:
    """Return a position as an HTML table of its installments."""
    return html_layout(_table(position))


def position_csv(position: "Position") -> str:
    """Return the installments of a position as CSV: plain numbers and ISO dates."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in position.installments:
        amounts = [f"{amount:f}" for amount in _amounts(row)]
        writer.writerow([row.number, row.due, *amounts, row.days_past_due])
    return text.getvalue()
