"""What the values of accounting have in common: they print as a table."""

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

__all__ = ["Printed", "amount_cell", "percent_cell"]


class Printed(ABC):
    """A value that prints as a table, and shows itself as HTML in notebooks."""

    __slots__ = ()

    @abstractmethod
    def _table(self) -> Table: ...

    @abstractmethod
    def _records(self) -> list[Sequence[object]]:
        """Return a header and lines of plain values."""

    def __str__(self) -> str:
        return text_layout(self._table())

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_markdown(self) -> str:
        """Return the table as Markdown under its caption."""
        return markdown_layout(self._table())

    def to_html(self) -> str:
        """Return the table as HTML, every cell escaped."""
        return html_layout(self._table())

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
