"""What every disclosure can do: show itself as text, Markdown, HTML and CSV."""

import csv
import io
from collections.abc import Iterable

from loanmath.schedule.printing import (
    Table,
    html_layout,
    markdown_layout,
    text_layout,
)

__all__ = ["Printed", "lines_table"]


def lines_table(caption: str, lines: Iterable[tuple[str, str]]) -> Table:
    """
    Return a table of what is disclosed, one line each.

    Example:
        >>> lines_table("Two", [("Credit", "EUR 100.00")]).rows
        [['Credit', 'EUR 100.00']]
    """
    rows = [list(line) for line in lines]
    return Table(caption, ["What", "Disclosed"], rows, [], words=(0, 1))


class Printed:
    """
    A disclosure that prints as tables; whatever it is says which.

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
        """Return the tables as Markdown."""
        return "\n\n".join(markdown_layout(table) for table in self._tables())

    def to_html(self) -> str:
        """Return the tables as HTML, every text escaped."""
        return "\n".join(html_layout(table) for table in self._tables())

    def to_csv(self) -> str:
        """Return the lines of the tables as CSV, as they are shown."""
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        for table in self._tables():
            writer.writerow(table.header)
            writer.writerows(table.lines)
        return lines.getvalue()
