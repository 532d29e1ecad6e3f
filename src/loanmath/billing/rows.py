"""What is owed on a line: one row for each segment, cycle and end of a promotion."""

from collections.abc import Iterable
from typing import NamedTuple

from loanmath.terms.servicing.components import Component

__all__ = [
    "CARRIED",
    "FEE",
    "INTEREST",
    "NEVER",
    "PENALTY",
    "PLACES",
    "PLANS",
    "PRINCIPAL",
    "PURCHASES",
    "REVIVED",
    "WAITING",
    "Dated",
    "Row",
    "changed",
    "collapsed",
    "dated",
    "in_order",
    "with_row",
]

NEVER = 10_000_000
"""An ordinal after every day that the library knows."""

CARRIED = 0
"""The cycle of what earlier bills left, joined to one row."""

WAITING, REVIVED = 1, 2
"""Deferred interest: until its promotion ends, or charged after all."""

PURCHASES, PLANS = 0, 1
"""The segments that every line has, by their places among its segments."""

PENALTY, FEE, INTEREST, PRINCIPAL = range(4)

PLACES = {
    Component.PENALTY: PENALTY,
    Component.FEE: FEE,
    Component.INTEREST: INTEREST,
    Component.PRINCIPAL: PRINCIPAL,
}
"""The place of each component among what a row owes."""


class Dated(NamedTuple):
    """Units on a day."""

    day: int
    units: int


class Row(NamedTuple):
    """
    What is owed of one segment and cycle.

    Attributes:
        cycle: The day its cycle is cut, or `CARRIED`.
        segment: The place of the segment.
        until: The end of its promotion, or nothing.
        late: The day from which it bears at the late rate, or `NEVER`.
        due: The day its bill is due.
        waits: Whether its interest waits for its bill to be decided.
        deferred: Whether its interest waits for its promotion to end (1), or is charged
            after all (2).
        since: The day up to which its interest was charged; nothing, where none was.
        start: The first day on which it may bear.
        partly: The day before which less than all bears, or nothing.
        missing: What was missing of its bill when that was decided.
        billed: That bill.
        covered: What was taken from it by then.
        room: What it may still cost under a ceiling, once that is known.
        owed: Penalty, fee, interest, principal.
        added: What was added to what bears, by day.
        taken: What was taken from it, by the first day that bears less.
    """

    cycle: int
    segment: int
    until: int
    late: int
    due: int
    waits: bool
    deferred: int
    since: int
    start: int
    partly: int
    missing: int
    billed: int
    covered: int
    room: int | None
    owed: tuple[int, int, int, int]
    added: tuple[Dated, ...]
    taken: tuple[Dated, ...]

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What orders rows: the oldest cycle first, then the segment."""
        return self[:4]

    def with_owed(
        self,
        owed: tuple[int, int, int, int],
        added: tuple[Dated, ...],
        taken: tuple[Dated, ...],
    ) -> "Row":
        """Return the row with so much owed, by what was added and taken."""
        # As `_make` does, without counting the fields: rows change with every event.
        return tuple.__new__(Row, (*self[:14], owed, added, taken))


def collapsed(row: Row, day: int) -> Row:
    """
    Return a row charged up to a day: what it bears then, and what changed since.

    What was deferred of it is no longer.
    """
    if row.partly > day:
        # What of it bears follows from all that was added and taken.
        return row._replace(since=day, deferred=0)
    held = sum([units for on, units in row.added if on <= day])
    held -= sum([units for on, units in row.taken if on < day])
    later = tuple([one for one in row.added if one.day > day])
    return row._replace(
        deferred=0,
        since=day,
        partly=0,
        added=(Dated(day, held), *later) if held else later,
        taken=tuple([one for one in row.taken if one.day >= day]),
    )


def changed(changes: tuple[Dated, ...], day: int, units: int) -> tuple[Dated, ...]:
    """Return changes in order of their days, with one more."""
    one = Dated(day, units)
    if not changes or changes[-1].day < day:
        return (*changes, one)
    return dated(changes, (one,))


def dated(one: tuple[Dated, ...], other: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """Return changes in order of their days, those of one day as one."""
    if not one:
        return other
    if other and one[-1].day < other[0].day:
        return one + other
    found: dict[int, int] = {}
    for day, units in (*one, *other):
        found[day] = found.get(day, 0) + units
    return tuple(Dated(day, found[day]) for day in sorted(found))


def with_row(rows: tuple[Row, ...], row: Row, after: Row) -> tuple[Row, ...]:
    """Return rows in order, with one of them changed, or a new one beside them."""
    for place in range(len(rows) - 1, -1, -1):
        if rows[place] is row:
            return (*rows[:place], after, *rows[place + 1 :])
    return in_order((*rows, after))


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows, the oldest cycle first."""
    return tuple(sorted(rows, key=lambda row: row.key))
