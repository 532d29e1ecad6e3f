"""What prints as tables: as text, as Markdown, and as HTML in notebooks."""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from loanmath.currency import from_units
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printing import (
    Table,
    html_layout,
    markdown_layout,
    text_layout,
)

__all__ = [
    "Printed",
    "PrintedRecords",
    "PrintedTable",
    "amount_cell",
    "percent_cell",
]


class Printed:
    """
    A value that prints as tables; whatever it is says which.

    Example:
        >>> Printed.__slots__
        ()
    """

    __slots__ = ()

    def _tables(self) -> list[Table]:
        raise NotImplementedError

    def __str__(self) -> str:
        return "\n\n".join(text_layout(table) for table in self._tables())

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_markdown(self) -> str:
        """Return the tables as Markdown, each under its caption."""
        return "\n\n".join(markdown_layout(table) for table in self._tables())

    def to_html(self) -> str:
        """Return the tables as HTML, every text escaped."""
        return "\n".join(html_layout(table) for table in self._tables())


class PrintedTable(Printed, ABC):
    """A value that prints as one table."""

    __slots__ = ()

    @abstractmethod
    def _table(self) -> Table: ...

    def _tables(self) -> list[Table]:
        return [self._table()]


class PrintedRecords(PrintedTable):
    """A value that prints as one table, and is lines of plain values in CSV."""

    __slots__ = ()

    @abstractmethod
    def _records(self) -> list[Sequence[object]]:
        """Return a header and lines of plain values."""

    def to_csv(self) -> str:
        """Return the lines as CSV with a header, plain numbers and ISO dates."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        for line in self._records():
            # Zero with many decimals would print as 0E-8.
            writer.writerow(
                [f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in line]
            )
        return text.getvalue()


def amount_cell(amount: Decimal) -> str:
    """
    Return an amount as a cell of a table.

    Example:
        >>> amount_cell(Decimal("1234.50"))
        '1,234.50'
    """
    return f"{amount:,f}"


def percent_cell(share: Fraction | Decimal, digits: int = 4) -> str:
    """
    Return a share in percent, rounded half-up.

    Example:
        >>> percent_cell(Fraction(1, 3))
        '33.3333%'
    """
    above, below = share.as_integer_ratio()
    units = divide(above * int(10 ** (digits + 2)), below, RoundingMode.HALF_UP)
    return f"{from_units(units, digits):f}%"
