"""Printed cells as integers, and tables of planned ones to compare them with."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from loanmath.analysis.reconciliation.printed import (
    PrintedBills,
    PrintedRow,
    PrintedSchedule,
)
from loanmath.currency import from_units, to_units

__all__ = [
    "BILL_COLUMNS",
    "COLUMNS",
    "DUE",
    "Cell",
    "Difference",
    "Sheet",
    "Table",
    "bill_sheet",
    "cell_value",
    "differences",
    "schedule_sheet",
]

DUE = "due"
COLUMNS = (DUE, "opening", "payment", "principal", "interest", "fee", "closing")
"""The columns of a schedule, in the order in which cells of a row are compared."""

BILL_COLUMNS = ("interest", "fees", "minimum", "closing")
"""The columns of bills, in that order."""

SUMS = ("payment", "principal", "interest", "fee")

Table: TypeAlias = Mapping[str, Sequence[int]]
"""Planned cells by column: units of the currency, and ordinals of due dates."""


class Cell(NamedTuple):
    """A printed cell: its row, from 0, its column, and what it says as an integer."""

    row: int
    column: str
    value: int


class Sheet(NamedTuple):
    """
    All that was printed.

    Attributes:
        cells: The printed cells, row by row.
        days: The printed date of each row; `None` where it is not known.
        has_totals: Whether the row after the last one is one of sums.
        digits: Decimals of the currency.
        what: What a row is.
    """

    cells: tuple[Cell, ...]
    days: tuple[date | None, ...]
    has_totals: bool
    digits: int
    what: str

    @property
    def rows(self) -> int:
        """The number of rows but that of sums."""
        return len(self.days)


class Difference(NamedTuple):
    """
    A printed cell that conventions do not reproduce.

    Attributes:
        number: The installment or the bill, from 1; 0 for the sums.
        on: Its planned due date, or its statement date; `None` for the sums.
        column: The column.
        printed: What was printed.
        planned: What the conventions make of it.
        by: Printed less planned: an amount, or days.

    Example:
        >>> cell = Difference(3, date(2026, 4, 15), "interest", Decimal("9.80"),
        ...     Decimal("9.81"), Decimal("-0.01"))
        >>> cell.where
        'row 3 (2026-04-15)'
    """

    number: int
    on: date | None
    column: str
    printed: Decimal | date
    planned: Decimal | date
    by: Decimal | int

    @property
    def where(self) -> str:
        """The row in words."""
        return f"row {self.number} ({self.on})" if self.number else "totals"


def schedule_sheet(printed: PrintedSchedule, digits: int) -> Sheet:
    """
    Return the cells of a printed schedule, in units of 10^-digits.

    Raises:
        CurrencyError: If an amount is finer than the currency.
    """
    cells = list(_row_cells(printed.rows, COLUMNS, digits))
    if printed.totals is not None:
        last = len(printed.rows)
        sums = _row_cells([printed.totals], SUMS, digits)
        cells += [cell._replace(row=last) for cell in sums]
    days = tuple(row.due for row in printed.rows)
    return Sheet(tuple(cells), days, printed.totals is not None, digits, "row")


def bill_sheet(printed: PrintedBills, digits: int) -> Sheet:
    """
    Return the cells of printed bills, in units of 10^-digits.

    Raises:
        CurrencyError: If an amount is finer than the currency.
    """
    cells = tuple(_row_cells(printed.bills, BILL_COLUMNS, digits))
    return Sheet(
        cells, tuple(bill.statement for bill in printed.bills), False, digits, "bill"
    )


def _row_cells(
    rows: Sequence[PrintedRow] | Sequence[object], columns: tuple[str, ...], digits: int
) -> Iterator[Cell]:
    for number, row in enumerate(rows):
        for column in columns:
            value = getattr(row, column)
            if isinstance(value, date):
                yield Cell(number, column, value.toordinal())
            elif value is not None:
                what = f"row {number + 1}, {column}"
                yield Cell(number, column, to_units(value, digits, what))


def differences(sheet: Sheet, table: Table, most: int) -> list[tuple[Cell, int]]:
    """
    Return the cells that a table does not have as printed, with what it has.

    Args:
        sheet: The printed cells.
        table: The planned ones.
        most: After how many more than this to stop.
    """
    found = []
    for cell in sheet.cells:
        planned = table[cell.column][cell.row]
        if planned != cell.value:
            found.append((cell, planned))
            if len(found) > most:
                break
    return found


def cell_value(column: str, value: int, digits: int) -> Decimal | date:
    """
    Return an integer of a table as the date or the amount that it stands for.

    Example:
        >>> cell_value("interest", 981, 2)
        Decimal('9.81')
    """
    if column == DUE:
        return date.fromordinal(value)
    return from_units(value, digits)
