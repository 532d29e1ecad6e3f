"""What a value of a book prints as; its CSV has plain numbers, for machines."""

import csv
import io
import re

from loanmath.schedule.printed import Printed

__all__ = ["BookPrinted"]

_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)


class BookPrinted(Printed):
    """
    A value that prints as tables; in CSV its numbers have no separators.

    Example:
        >>> BookPrinted.__slots__
        ()
    """

    __slots__ = ()

    def to_csv(self) -> str:
        """Return the lines of the tables as CSV, amounts as plain numbers."""
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        for table in self._tables():
            writer.writerow(table.header)
            for line in table.lines:
                writer.writerow(
                    _plain(cell) if place not in table.words else cell
                    for place, cell in enumerate(line)
                )
        return lines.getvalue()


def _plain(cell: str) -> str:
    return cell.replace(",", "") if _GROUPED.fullmatch(cell) else cell
