"""A schedule as text that a borrower can read: table, Markdown, HTML and CSV."""

import csv
import html
import io
from collections.abc import Iterable
from typing import NamedTuple

from loanmath.currency import amount_text, to_units
from loanmath.recurrence import Step
from loanmath.schedule.columns import Columns
from loanmath.schedule.rows import Installment
from loanmath.terms import (
    AddOnInterest,
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["csv_text", "html_table", "loan_line", "markdown_table", "text_table"]

_METHODS = {
    LevelPayment: "Level payment (等额本息)",
    EqualPrincipal: "Equal principal (等额本金)",
    InterestOnly: "Interest only, then principal (先息后本)",
    SinglePayment: "Single payment at the end (到期一次还本付息)",
    FlatFee: "Installments with a flat fee (分期手续费)",
    FixedPayment: "Fixed payment (固定还款额)",
    FixedPrincipal: "Fixed principal (定额还本)",
    GraduatedPayment: "Graduated payment (递增还款)",
    SteppedPayment: "Stepped payments (分段还款)",
    PrincipalAmounts: "Stated principal amounts (不规则还款)",
    AddOnInterest: "Add-on interest (等本等息)",
}
_STEPS = {
    "P1D": "daily",
    "P7D": "weekly",
    "P14D": "every two weeks",
    "P1M": "monthly",
    "P3M": "quarterly",
    "P6M": "every six months",
    "P12M": "yearly",
}


_ALWAYS = ("opening", "payment", "principal", "interest", "closing")
_AMOUNTS = (
    "opening",
    "drawn",
    "payment",
    "principal",
    "interest",
    "fee",
    "tax",
    "capitalized",
    "closing",
)


class _Table(NamedTuple):
    caption: str
    header: list[str]
    rows: list[list[str]]
    total: list[str]


def loan_line(loan: InstallmentLoan) -> str:
    """
    Return the loan in one line: method, amount, date, rate, day count, step.

    Example:
        >>> from datetime import date
        >>> loan_line(InstallmentLoan(currency="CNY", principal="100", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.3%")))
        'Installments with a flat fee (分期手续费): CNY 100.00 on 2026-01-15, monthly'
    """
    units = to_units(loan.principal, loan.digits, "principal")
    amount = amount_text(units, loan.digits)
    line = f"{_METHODS[type(loan.repayment)]}: {loan.currency} {amount}"
    line += f" on {loan.disbursed}"
    if loan.rate is not None:
        counted = "actual days"
        if loan.day_count is not None or loan.rate.per.value != "day":
            counted = loan.counted_by.name
        line += f" at {loan.rate} ({counted})"
    return f"{line}, {_step_words(loan)}"


def _step_words(loan: InstallmentLoan) -> str:
    if not isinstance(loan.every, Step):
        return "on stated dates"
    return _STEPS.get(str(loan.every), f"every {loan.every}")


def _table(loan: InstallmentLoan, columns: Columns) -> _Table:
    shown = [
        name for name in _AMOUNTS if name in _ALWAYS or any(getattr(columns, name))
    ]
    texts = [
        [amount_text(units, loan.digits) for units in getattr(columns, name)]
        for name in shown
    ]
    rows = [
        [str(number), due.isoformat(), *amounts]
        for number, (due, *amounts) in enumerate(
            zip(columns.due, *texts, strict=True), start=1
        )
    ]
    total = [
        ""
        if name in ("opening", "closing")
        else amount_text(sum(getattr(columns, name)), loan.digits)
        for name in shown
    ]
    header = ["No", "Due", *(name.capitalize() for name in shown)]
    return _Table(loan_line(loan), header, rows, ["", "Total", *total])


def text_table(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the schedule as an aligned table with a caption and a total line."""
    table = _table(loan, columns)
    lines = [table.header, *table.rows, table.total]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = [
        "  ".join(
            cell.ljust(width) if index == 1 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([table.caption, *texts])


def markdown_table(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the schedule as a Markdown table under its caption."""
    table = _table(loan, columns)
    ruler = ["---:", "---", *["---:"] * (len(table.header) - 2)]
    lines = [table.header, ruler, *table.rows, table.total]
    texts = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([table.caption, "", *texts])


def html_table(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the schedule as an HTML table, every cell escaped."""
    table = _table(loan, columns)
    lines = [
        '<table class="loanmath">',
        f"<caption>{html.escape(table.caption)}</caption>",
        f"<thead>{_html_row(table.header, 'th')}</thead>",
        "<tbody>",
        *(_html_row(row, "td") for row in table.rows),
        "</tbody>",
        f"<tfoot>{_html_row(table.total, 'td')}</tfoot>",
        "</table>",
    ]
    return "\n".join(lines)


def _html_row(cells: Iterable[str], tag: str) -> str:
    row = "".join(
        f'<{tag} style="text-align: right">{html.escape(cell)}</{tag}>'
        for cell in cells
    )
    return f"<tr>{row}</tr>"


def csv_text(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the rows as CSV with a header, plain numbers and ISO dates."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Installment._fields)
    amounts = [
        [amount_text(units, loan.digits, separator="") for units in column]
        for column in columns[3:]
    ]
    numbers = range(1, len(columns.due) + 1)
    writer.writerows(zip(numbers, *columns[:3], *amounts, strict=True))
    return text.getvalue()
