"""What every disclosure can do: show itself as text, Markdown, HTML and CSV."""

import csv
import io
from collections.abc import Iterable

from loanmath.schedule.printed import Printed
from loanmath.schedule.printing import Table

__all__ = ["PrintedLines", "lines_table"]


def lines_table(caption: str, lines: Iterable[tuple[str, str]]) -> Table:
    """
    Return a table of what is disclosed, one line each.

    Example:
        >>> lines_table("Two", [("Credit", "EUR 100.00")]).rows
        [['Credit', 'EUR 100.00']]
    """
    rows = [list(line) for line in lines]
    return Table(caption, ["What", "Disclosed"], rows, [], words=(0, 1))


class PrintedLines(Printed):
    """
    A disclosure that prints as tables; in CSV its lines are as they are shown.

    Example:
        >>> PrintedLines.__slots__
        ()
    """

    __slots__ = ()

    def to_csv(self) -> str:
        """Return the lines of the tables as CSV, as they are shown."""
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        for table in self._tables():
            writer.writerow(table.header)
            writer.writerows(table.lines)
        return lines.getvalue()
