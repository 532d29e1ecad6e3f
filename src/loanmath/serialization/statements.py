"""
The one reader of what a lender printed: a schedule, or bills, as CSV.

Reading is strict: unknown columns, amounts that are not exact and dates that are not
ISO are refused, and the problems of all lines are reported at once. Empty cells are
unknown.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from loanmath.analysis.reconciliation import (
    PrintedBill,
    PrintedBills,
    PrintedRow,
    PrintedSchedule,
)
from loanmath.doors import to_date, to_text
from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LoanmathError,
    StatementFileError,
    UnknownNameError,
)
from loanmath.serialization.csv_rows import csv_rows, numbered
from loanmath.serialization.structure import iso_date
from loanmath.serialization.texts import file_text
from loanmath.terms.amounts import to_amount

__all__ = ["read_statement", "statement_from_csv"]

_MAX_BYTES = 4_000_000

_NUMBER, _STATEMENT, _DUE = "number", "statement", "due"
_SCHEDULE_WORDS = {
    _NUMBER: "no, period, installment, 期数, 期次, 期号, 序号",
    _DUE: "due date, date, payment date, 还款日, 还款日期, 到期日, 应还日期, 日期",
    "opening": "opening balance, 期初余额, 期初本金",
    "payment": "installment amount, amount, total, 月供, 还款额, 每期应还, 应还金额, "
    "应还总额, 应还本息, 本息合计",
    "principal": "本金, 应还本金",
    "interest": "利息, 应还利息",
    "fee": "fees, 手续费, 费用, 服务费",
    "closing": "closing balance, balance, remaining principal, 剩余本金, 期末余额, "
    "贷款余额",
}
_BILL_WORDS = {
    _STATEMENT: "statement date, 账单日, 账单日期",
    "interest": "利息, 循环利息",
    "fees": "fee, 费用, 手续费",
    "minimum": "minimum payment, minimum due, 最低还款额, 最低应还",
    "closing": "closing balance, new balance, balance, 账单金额, 本期账单金额, "
    "本期应还款额",
}
_TOTALS = ("total", "totals", "sum", "合计", "总计")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)

RowT = TypeVar("RowT", PrintedRow, PrintedBill)


class _Line(NamedTuple):
    """A line of the text: its number, and its cells by column, stated ones alone."""

    number: int
    cells: dict[str, str]


def _names(words: dict[str, str]) -> dict[str, str]:
    """Return the columns by every name that they are known by."""
    return {
        name: column
        for column, others in words.items()
        for name in (column, *others.split(", "))
    }


def read_statement(
    path: str | Path, *, ignore: Sequence[str] = ()
) -> PrintedSchedule | PrintedBills:
    r"""
    Read what a lender printed from a CSV file: a schedule, or bills of a credit line.

    Args:
        path: A file ending in `.csv`, at most 4 MB of UTF-8.
        ignore: Names of columns that are left out.

    Returns:
        Bills where there is a column of statement dates, else a schedule.

    Raises:
        StatementFileError: If the file cannot be read so; it lists the problems of
            every line, up to 100 of them.
        InputTypeError: If `ignore` is not a list of names.
        OSError: If the file cannot be opened.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "bank.csv"
        >>> _ = path.write_text("期数,还款日,月供,利息\n1,2026-02-15,507.51,10.00\n",
        ...     encoding="utf-8")
        >>> read_statement(path).rows[0].payment
        Decimal('507.51')
    """
    path = Path(path)
    text = file_text(path, ("csv",), _MAX_BYTES, StatementFileError)
    return statement_from_csv(text, ignore=ignore, name=path.name)


def statement_from_csv(
    text: str, *, ignore: Sequence[str] = (), name: str = "statement"
) -> PrintedSchedule | PrintedBills:
    """
    Read what a lender printed from CSV: a line of column names, then a line per row.

    Args:
        text: Of a schedule the columns are `number`, `due`, `opening`, `payment`,
            `principal`, `interest`, `fee` and `closing`; of bills `statement`,
            `interest`, `fees`, `minimum` and `closing`; or their names in Chinese and
            some others (see the reference). Dates are ISO; thousands may be grouped by
            commas in a cell in quotes. A cell that is empty is unknown. A last row
            whose number is `total` or 合计 has the sums.
        ignore: Names of columns that are left out.
        name: What to call the text in an error.

    Returns:
        Bills where there is a column of statement dates, else a schedule.

    Raises:
        StatementFileError: If it cannot be read so; it lists the problems of every
            line, up to 100 of them.
        InputTypeError: If the text is not a `str`, or `ignore` not a list of names.

    Example:
        >>> statement_from_csv('''due,payment
        ... 2026-02-30,507.51
        ... 2026-03-15,"5,07.51"''')
        Traceback (most recent call last):
        ...
        loanmath.errors.StatementFileError: statement: 2 problem(s)
          - line 2: date: got '2026-02-30'; allowed: a real date (day is out of range for month)
          - line 3: payment: got '5,07.51'; allowed: a number in plain digits, such as '1234.50'; leave out spaces, separators, symbols and exponents

    Source: RFC 4180.
    """  # noqa: E501 the message is one line
    if not isinstance(ignore, (list, tuple)):
        raise InputTypeError("ignore", got=ignore, allowed="a list of column names")
    left_out = {_plain(to_text(column, "ignore")) for column in ignore}
    rows, problems = csv_rows(to_text(text, name))
    if not rows:
        problems = problems or [(1, "no line of column names")]
        raise StatementFileError(name, got=numbered(problems))
    line, titles = rows[0]
    words = _BILL_WORDS if _has_statements(titles) else _SCHEDULE_WORDS
    columns, wrong = _columns(titles, words, left_out)
    problems += [(line, said) for said in wrong]
    lines = [
        _Line(number, stated)
        for number, cells in rows[1:]
        if (stated := _stated(number, cells, columns, problems)) is not None
    ]
    printed = _printed(lines, words, problems)
    if printed is None or problems:
        raise StatementFileError(name, got=numbered(problems))
    return printed


def _plain(title: str) -> str:
    return " ".join(title.replace("_", " ").lower().split())


def _has_statements(titles: Sequence[str]) -> bool:
    names = _names(_BILL_WORDS)
    return any(names.get(_plain(title)) == _STATEMENT for title in titles)


def _columns(
    titles: Sequence[str], words: dict[str, str], left_out: set[str]
) -> tuple[list[str], list[str]]:
    """Return the column of each title, empty where it has none, and what is wrong."""
    names = _names(words)
    columns, unknown, repeated = [], [], []
    for title in titles:
        plain = _plain(title)
        column = "" if plain in left_out else names.get(plain, "")
        if not column and plain not in left_out:
            unknown.append(title)
        if column and column in columns:
            repeated.append(title)
            column = ""
        columns.append(column)
    problems: list[LoanmathError] = []
    if unknown:
        problems.append(
            UnknownNameError(
                "columns",
                got=unknown,
                allowed=", ".join(words),
                do="name what is to be left out in ignore",
            )
        )
    if repeated:
        problems.append(InputValueError("columns", got=repeated, allowed="each once"))
    return columns, [str(problem) for problem in problems]


def _stated(
    number: int,
    cells: list[str],
    columns: list[str],
    problems: list[tuple[int, str]],
) -> dict[str, str] | None:
    if len(cells) != len(columns):
        allowed = f"{len(columns)} cells, one for each column"
        problem = InputValueError("row", got=len(cells), allowed=allowed)
        problems.append((number, str(problem)))
        return None
    named = zip(columns, map(str.strip, cells), strict=True)
    return {column: cell for column, cell in named if column and cell}


def _printed(
    lines: list[_Line], words: dict[str, str], problems: list[tuple[int, str]]
) -> PrintedSchedule | PrintedBills | None:
    try:
        if words is _BILL_WORDS:
            return PrintedBills(list(_values(lines, PrintedBill, problems)))
        totals = None
        if lines and lines[-1].cells.get(_NUMBER, "").lower() in _TOTALS:
            *lines, last = lines
            sums = _Line(last.number, {**last.cells, _NUMBER: str(len(lines) + 1)})
            found = list(_values([sums], PrintedRow, problems, len(lines)))
            totals = found[0] if found else None
        rows = list(_values(lines, PrintedRow, problems))
        return PrintedSchedule(rows, totals)
    except LoanmathError as error:
        # Of lines that are refused nothing is left to be refused as a whole.
        if not problems:
            problems.append((1, str(error)))
        return None


def _values(
    lines: Sequence[_Line],
    kind: type[RowT],
    problems: list[tuple[int, str]],
    before: int = 0,
) -> Iterator[RowT]:
    for place, (number, cells) in enumerate(lines, start=before + 1):
        words: dict[str, Any] = {}
        wrong = []
        for column, cell in cells.items():
            try:
                words[column] = _value(column, cell, place)
            except LoanmathError as error:
                wrong.append((number, str(error)))
        words.pop(_NUMBER, None)
        if kind is PrintedBill and _STATEMENT not in cells:
            wrong.append((number, "statement: missing"))
        problems.extend(wrong)
        if not wrong:
            yield kind(**words)


def _value(column: str, cell: str, place: int) -> object:
    if column == _NUMBER:
        if cell != str(place):
            raise InputValueError(
                "number",
                got=cell,
                allowed=f"{place}: every row, in order",
                do="give a row of which nothing is known its number alone",
            )
        return place
    if column in (_DUE, _STATEMENT):
        return to_date(iso_date(cell), column)
    plain = cell.replace(",", "") if _GROUPED.fullmatch(cell) else cell
    return to_amount(plain, column, least=None)
