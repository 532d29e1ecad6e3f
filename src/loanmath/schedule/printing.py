"""Tables that a borrower can read, as text, Markdown, HTML and CSV: the schedule."""

import csv
import html
import io
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import amount_text, from_units, to_units
from loanmath.rates import percentage_text
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.schedule.columns import Columns
from loanmath.schedule.derivation import Input
from loanmath.schedule.rows import Installment
from loanmath.terms import (
    AddOnInterest,
    Earned,
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

__all__ = [
    "Table",
    "csv_text",
    "html_layout",
    "html_table",
    "input_text",
    "loan_line",
    "markdown_layout",
    "markdown_table",
    "text_layout",
    "text_table",
]

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


class Table(NamedTuple):
    """
    Cells to be laid out, with a caption and a last line of totals.

    Attributes:
        caption: What stands above the table.
        header: The names of the columns.
        rows: The cells.
        total: The last line; empty where there is none.
        left: Columns that stand on the left in text and Markdown.
        words: Columns of words, which stand on the left everywhere.
    """

    caption: str
    header: list[str]
    rows: list[list[str]]
    total: list[str]
    left: tuple[int, ...] = ()
    words: tuple[int, ...] = ()

    @property
    def lines(self) -> list[list[str]]:
        """The rows, and the totals where there are some."""
        return [*self.rows, self.total] if self.total else self.rows


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
    line = f"{_method_words(loan)}: {loan.currency} {amount}"
    line += f" on {loan.disbursed}"
    if loan.rate is not None:
        counted = "actual days"
        if loan.day_count is not None or loan.rate.per.value != "day":
            counted = loan.counted_by.name
        line += f" at {loan.rate} ({counted})"
    return f"{line}, {_step_words(loan)}"


def _method_words(loan: InstallmentLoan) -> str:
    terms = loan.repayment
    if isinstance(terms, AddOnInterest) and terms.earned is not Earned.LEVEL:
        return "Add-on interest (平息法)"
    if isinstance(terms, SinglePayment) and loan.interest_payments is not None:
        return "Principal at the end (到期一次还本)"
    return _METHODS[type(terms)]


def _step_words(loan: InstallmentLoan) -> str:
    if not isinstance(loan.every, Step):
        return "on stated dates"
    return _STEPS.get(str(loan.every), f"every {loan.every}")


def _table(loan: InstallmentLoan, columns: Columns) -> Table:
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
    return Table(loan_line(loan), header, rows, ["", "Total", *total], left=(1,))


def text_table(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the schedule as an aligned table with a caption and a total line."""
    return text_layout(_table(loan, columns))


def markdown_table(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the schedule as a Markdown table under its caption."""
    return markdown_layout(_table(loan, columns))


def html_table(loan: InstallmentLoan, columns: Columns) -> str:
    """Return the schedule as an HTML table, every cell escaped."""
    return html_layout(_table(loan, columns))


def text_layout(table: Table) -> str:
    """
    Return a table as aligned text under its caption.

    Example:
        >>> print(text_layout(Table("Two", ["No", "Paid"], [["1", "10.00"]], [])))
        Two
        No   Paid
         1  10.00
    """
    lines = [table.header, *table.lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    left = {*table.left, *table.words}
    texts = [
        "  ".join(
            cell.ljust(width) if index in left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([table.caption, *texts])


def markdown_layout(table: Table) -> str:
    r"""
    Return a table as Markdown under its caption.

    Example:
        >>> markdown_layout(Table("Two", ["No"], [["1"]], [])).splitlines()[2:4]
        ['| No |', '| ---: |']
    """
    left = {*table.left, *table.words}
    ruler = ["---" if index in left else "---:" for index in range(len(table.header))]
    texts = [
        "| " + " | ".join(_piped(cell) for cell in line) + " |"
        for line in [table.header, ruler, *table.lines]
    ]
    return "\n".join([table.caption, "", *texts])


def _piped(cell: str) -> str:
    # A name that a caller gave may hold what ends a cell.
    return cell.replace("|", "\\|")


def html_layout(table: Table) -> str:
    """
    Return a table as HTML, every cell escaped.

    Example:
        >>> html_layout(Table("<", ["No"], [["1"]], [])).splitlines()[1]
        '<caption>&lt;</caption>'
    """
    lines = [
        '<table class="loanmath">',
        f"<caption>{html.escape(table.caption)}</caption>",
        f"<thead>{_html_row(table, table.header, 'th')}</thead>",
        "<tbody>",
        *(_html_row(table, row, "td") for row in table.rows),
        "</tbody>",
    ]
    if table.total:
        lines.append(f"<tfoot>{_html_row(table, table.total, 'td')}</tfoot>")
    return "\n".join([*lines, "</table>"])


def _html_row(table: Table, cells: list[str], tag: str) -> str:
    row = "".join(
        f'<{tag} style="text-align: {"left" if index in table.words else "right"}">'
        f"{html.escape(cell)}</{tag}>"
        for index, cell in enumerate(cells)
    )
    return f"<tr>{row}</tr>"


def input_text(name: str, value: Input) -> str:
    """
    Return an input of a derivation as text.

    Example:
        >>> input_text("rate", Fraction(1, 2000)), input_text("days", 30)
        ('0.05% (1/2000)', '30')
    """
    if isinstance(value, Rounding):
        unit = "the minor unit" if value.unit is None else f"{value.unit:f}"
        return f"{value.mode.value.replace('_', ' ')}, to {unit}"
    if isinstance(value, Fraction) and value.denominator > _MOST_SHOWN:
        # A quotient of thousands of digits tells nothing: its first decimals do.
        units = value.numerator * _MOST_SHOWN // value.denominator
        return f"about {from_units(units, 12):f}"
    if isinstance(value, Fraction) and name.startswith("rate"):
        return f"{percentage_text(value)} ({value})"
    # Zero with many decimals prints as 0E-8 where it is not told otherwise.
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_MOST_SHOWN = 10**12


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
