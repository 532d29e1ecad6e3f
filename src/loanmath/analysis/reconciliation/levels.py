"""What a level payment says of plans before they are made."""

from typing import NamedTuple

from loanmath.analysis.reconciliation.cells import Sheet, Table

__all__ = ["Level", "Reach", "grown_to", "middle_rows"]

_ONE = 1 << 32


class Level(NamedTuple):
    """
    A level payment.

    Attributes:
        units: The payment.
        gap: How much more the last one is.
        grown: What a unit grows to at most over the term, rounded up.
        unit: What the payment is rounded to.
    """

    units: int
    gap: int
    grown: int
    unit: int


class Reach(NamedTuple):
    """
    How far payments may be off the level: whole units of it, and not beyond `near`.

    Or beyond, where a second pass moves all by about their share of the gap.
    """

    near: int
    unit: int = 1
    gap: int = 0
    rows: int = 0
    loose: int = 0

    def misses(self, off: int) -> bool:
        """Return whether a payment cannot be so far off."""
        if off % self.unit:
            return True
        moves = self.rows and abs(off * self.rows - self.gap) <= self.loose
        return abs(off) > self.near and not moves


def grown_to(table: Table) -> int:
    """Return what a unit grows to over a plan, in whole units, rounded up."""
    grown = _ONE
    for owed, interest in zip(table["opening"], table["interest"], strict=True):
        if owed > 0:
            grown = grown * (owed + abs(interest)) // owed
    return grown // _ONE + 1


def middle_rows(sheet: Sheet) -> range:
    """Return rows that pay the level: not the ends, nor what may be repaid early."""
    return range(2, max(3, sheet.rows // 2))
