"""Events as rows of CSV."""

import re
from typing import Any

import attrs

from loanmath.errors import InputValueError, LoanmathError, UnknownNameError
from loanmath.events import Event
from loanmath.rates import Rate
from loanmath.serialization.csv_rows import csv_rows
from loanmath.serialization.events_structure import DATES, EVENTS
from loanmath.serialization.structure import Form, strict_converter, tagged

__all__ = ["CsvTable", "csv_table", "event_of_row"]

_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_FLAGS = {"true": True, "false": False}
# The column `kind` is that of the event, so that a payment's own needs another name.
_RENAMED = {"kind": "payment_kind"}


def _integer(cell: str) -> Any:
    return int(cell) if _INTEGER.fullmatch(cell) is not None else cell


def _integers(cell: str) -> Any:
    return [_integer(word) for word in cell.split()]


def _split(cell: str) -> Any:
    pairs = [part.split("=") for part in cell.split()]
    if any(len(pair) != 2 for pair in pairs):
        raise InputValueError(
            "split", got=cell, allowed="such as 'interest=10 principal=90'"
        )
    return pairs


def _flag(cell: str) -> bool:
    # Spreadsheets write their own booleans in capitals.
    if cell.lower() not in _FLAGS:
        raise InputValueError("cell", got=cell, allowed="true or false")
    return _FLAGS[cell.lower()]


_FORMS: dict[str, Form] = DATES | {
    "sequence": _integer,
    "installment": _integer,
    "count": _integer,
    "statement_day": _integer,
    "due_day": _integer,
    "due_after": _integer,
    "installments": _integers,
    "order": str.split,
    "split": _split,
    "stops_accrual": _flag,
    "drops_unearned": _flag,
    "interest_free": _flag,
    "rate": Rate,
}
# What is a table in JSON has no cell.
_TABLES = ("repayment", "penalty", "plan", "concessions")

_CONVERTER = strict_converter(
    EVENTS.values(), lambda _, name: _FORMS.get(name), renamed=_RENAMED
)
_FIELDS: list[str] = [
    field.name
    for kind in EVENTS.values()
    for field in attrs.fields(kind)
    if field.name not in _TABLES
]
_COLUMNS = ["kind", *(_RENAMED.get(name, name) for name in dict.fromkeys(_FIELDS))]


@attrs.frozen
class CsvTable:
    """
    The rows of a CSV text under the names of their columns.

    Attributes:
        columns: The names of the columns; one that is refused is empty.
        rows: The rows that are not blank, each with the number of its first line.
        problems: What is wrong with the names or the text as CSV, by line.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    problems: tuple[tuple[int, str], ...]


def csv_table(text: str) -> CsvTable:
    """Return the table that a CSV text holds, with what is wrong with it."""
    rows, problems = csv_rows(text)
    if not rows:
        return CsvTable((), (), tuple(problems or [(1, "no line of column names")]))
    number, names = rows[0]
    columns, wrong = _columns(names)
    problems += [(number, said) for said in wrong]
    return CsvTable(tuple(columns), tuple(rows[1:]), tuple(problems))


def _columns(names: list[str]) -> tuple[list[str], list[str]]:
    columns: list[str] = []
    unknown: list[str] = []
    repeated: list[str] = []
    for name in names:
        if name not in _COLUMNS:
            unknown.append(name)
        elif name in columns:
            repeated.append(name)
        else:
            columns.append(name)
            continue
        columns.append("")
    problems: list[LoanmathError] = []
    if unknown:
        allowed = ", ".join(_COLUMNS)
        problems.append(UnknownNameError("columns", got=unknown, allowed=allowed))
    if repeated:
        problems.append(InputValueError("columns", got=repeated, allowed="each once"))
    return columns, [str(problem) for problem in problems]


def event_of_row(columns: tuple[str, ...], cells: list[str]) -> Event:
    """Return the event that a row describes, or raise."""
    if len(cells) != len(columns):
        raise InputValueError(
            "row",
            got=len(cells),
            allowed=f"{len(columns)} cells, one for each column",
            do="leave a cell empty where its field is left out",
        )
    named = zip(columns, cells, strict=True)
    stated = {column: cell for column, cell in named if column and cell}
    kind, fields = tagged(stated, "kind", EVENTS)
    event: Event = _CONVERTER.structure(fields, kind)
    return event
