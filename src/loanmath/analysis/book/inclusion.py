"""What of a book is counted, and what is not."""

from enum import Enum

from attrs import field, frozen

from loanmath.analysis.book.loans import Book, Row
from loanmath.doors import to_enum, to_flag
from loanmath.errors import InputTypeError

__all__ = ["Inclusion", "Part", "counted_rows", "to_inclusion"]


class Part(Enum):
    """
    How much of a late loan is counted as late.

    `WHOLE`: all its outstanding principal (整笔本金). `OVERDUE`: the principal that is
    past due (仅逾期部分).
    """

    WHOLE = "whole"
    OVERDUE = "overdue"


def _to_written_off(flag: object) -> bool:
    return to_flag(flag, "written_off")


def _to_restructured(flag: object) -> bool:
    return to_flag(flag, "restructured")


def _to_part(part: object) -> Part:
    return to_enum(part, Part, "part")


@frozen(kw_only=True)
class Inclusion:
    """
    Which loans are in, above and below the line alike, and how much of a late one.

    Args:
        written_off: Whether what was written off and not recovered is counted, as late
            by any number of days.
        restructured: Whether restructured loans are counted, by their days past due
            under the new terms.
        part: `"whole"` or `"overdue"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If the part has another name.

    Example:
        >>> print(Inclusion(restructured=False))
        write-offs out, restructured out, whole loan

    中文: 统计口径.
    """

    written_off: bool = field(default=False, converter=_to_written_off)
    restructured: bool = field(default=True, converter=_to_restructured)
    part: Part = field(default=Part.WHOLE, converter=_to_part)

    def __str__(self) -> str:
        part = "whole loan" if self.part is Part.WHOLE else "overdue part"
        return f"{self.loans_rule}, {part}"

    @property
    def loans_rule(self) -> str:
        """The rule without the part, for measures that count whole loans anyway."""
        off = "in" if self.written_off else "out"
        eased = "in" if self.restructured else "out"
        return f"write-offs {off}, restructured {eased}"

    def amount(self, row: Row) -> int:
        """Return what of a loan is in, in minor units."""
        return row.balance + (row.written_off if self.written_off else 0)

    def late(self, book: Book, row: Row, days: int) -> int:
        """Return what of a loan is late by so many days, in minor units."""
        off = row.written_off if self.written_off else 0
        if row.loan.days_past_due < days:
            return off
        if self.part is Part.OVERDUE:
            return off + book.units(row.loan, "overdue_principal")
        return off + row.balance

    def is_late(self, row: Row, days: int) -> bool:
        """Return whether a loan is late by so many days, or written off and in."""
        off = self.written_off and row.written_off > 0
        return off or row.loan.days_past_due >= days

    def is_in(self, row: Row) -> bool:
        """Return whether there is something of a loan to count."""
        return row.is_active or (self.written_off and row.written_off > 0)


def to_inclusion(inclusion: object) -> Inclusion:
    """
    Return what is counted, refusing everything else.

    Example:
        >>> to_inclusion(Inclusion()).part.value
        'whole'
    """
    if type(inclusion) is not Inclusion:
        raise InputTypeError("inclusion", got=inclusion, allowed="Inclusion(...)")
    return inclusion


def counted_rows(book: Book, inclusion: Inclusion) -> list[Row]:
    """
    Return the rows of a book that are counted.

    Example:
        >>> from datetime import date
        >>> counted_rows(Book("CNY", date(2026, 6, 30), []), Inclusion())
        []
    """
    return [
        row
        for row in book.rows
        if inclusion.is_in(row)
        and (inclusion.restructured or not row.loan.restructured)
    ]
