"""The search: alternatives are planned in the order of what they must miss at least."""

from collections.abc import Callable, Iterable
from itertools import chain, product
from typing import Any, NamedTuple, TypeAlias

from attrs import evolve

from loanmath.analysis.reconciliation.axes import Box, Change
from loanmath.analysis.reconciliation.cells import DUE, Cell, Sheet, Table, differences
from loanmath.errors import (
    CalendarRangeError,
    EventError,
    InputValueError,
    ScheduleError,
    TermsError,
)

__all__ = [
    "REFUSALS",
    "Candidate",
    "Group",
    "Progress",
    "Search",
    "Twin",
    "joined_boxes",
]

REFUSALS = (
    TermsError,
    ScheduleError,
    InputValueError,
    CalendarRangeError,
    EventError,
)
"""What an alternative that has no meaning raises."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many alternatives were planned, and how many there are at most."""

_MOST_CLASSES = 1_000
_MOST_PLANS = 5_000
_NEAREST = 3
_TOLD_EVERY = 100


class Twin(NamedTuple):
    """
    Conventions that make one plan.

    Attributes:
        due: The due dates, where another differs in them alone.
        changes: What they change, axes in order.
    """

    due: tuple[int, ...]
    changes: tuple[Change, ...]

    @property
    def moved(self) -> int:
        """How many of the conventions are not as agreed."""
        return sum(change.moved for change in self.changes)

    @property
    def words(self) -> dict[str, Any]:
        """The fields of the terms that they change."""
        words: dict[str, Any] = {}
        for change in self.changes:
            words |= change.words
        return words

    @property
    def boxes(self) -> list[Box]:
        """What they are."""
        parts = (joined_boxes(change.boxes) for change in self.changes)
        return [tuple(chain.from_iterable(boxes)) for boxes in product(*parts)]


class Candidate(NamedTuple):
    """
    Conventions to be tried.

    Attributes:
        least: How many printed cells they miss at least.
        far: How far off payments are, in units, where that is known.
        first: The conventions.
        twins: Others that differ from them in due dates that were not printed.
        ground: What is known of the plan, for whoever makes its table.
    """

    least: int
    far: int
    first: Twin
    twins: tuple[Twin, ...] = ()
    ground: Any = None


class Group(NamedTuple):
    """
    Conventions that make one table.

    Attributes:
        terms: The terms with the first of them.
        moved: How many of these are not as agreed.
        boxes: All of them.
        table: The table.
        missed: The printed cells that it does not have, with what it has.
        total: The sum of the differences of amounts, in units.
    """

    terms: Any
    moved: int
    boxes: list[Box]
    table: Table
    missed: list[tuple[Cell, int]]
    total: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """How near it is: fewer cells, then less in all, then fewer changes."""
        return len(self.missed), self.total, self.moved


class Search:
    """
    A search under way: what was found, and how much was looked at.

    Attributes:
        matches: The groups that reproduce every cell, by table.
        nearest: The nearest of the others, the nearest first.
        planned: How many alternatives were planned.
        compared: How many of these had as many rows as were printed.
        complete: Whether none was left out that could be among the answers.
    """

    def __init__(
        self,
        terms: Any,
        sheet: Sheet,
        table_of: Callable[[Any, Any], Table | None],
        progress: Progress | None,
    ) -> None:
        self.terms = terms
        self.sheet = sheet
        self.table_of = table_of
        self.progress = progress
        self.matches: dict[object, Group] = {}
        self.nearest: list[Group] = []
        self.planned = 0
        self.compared = 0
        self.expected = 0
        self.complete = True

    def run(self, candidates: Iterable[Candidate]) -> None:
        """Plan candidates in order, until the others cannot be among the answers."""
        ordered = sorted(candidates, key=_promise)
        before = self.planned
        self.expected = before + len(ordered)
        for candidate in ordered:
            if self._is_beyond(candidate.least):
                break
            planned = self.planned - before
            too_many = candidate.least > 0 and planned >= _MOST_PLANS
            if too_many or len(self.matches) >= _MOST_CLASSES:
                self.complete = False
                break
            self._try(candidate)
        self._tell(self.planned)

    def _is_beyond(self, least: int) -> bool:
        if self.matches:
            return least > 0
        full = len(self.nearest) == _NEAREST
        return full and least > len(self.nearest[-1].missed)

    def _tell(self, total: int) -> None:
        if self.progress is not None:
            self.progress(self.planned, total)

    def _try(self, candidate: Candidate) -> None:
        if self.planned % _TOLD_EVERY == 0:
            self._tell(self.expected)
        try:
            terms = evolve(self.terms, **candidate.first.words)
            table = self.table_of(terms, candidate.ground)
        except REFUSALS:
            return
        self.planned += 1
        if table is None:
            return
        self.compared += 1
        most = len(self.sheet.cells)
        if self.matches:
            most = 0
        elif len(self.nearest) == _NEAREST:
            most = len(self.nearest[-1].missed)
        missed = differences(self.sheet, table, most)
        if len(missed) > most:
            return
        total = sum(
            abs(cell.value - planned) for cell, planned in missed if cell.column != DUE
        )
        first, boxes = candidate.first, candidate.first.boxes
        if missed:
            for twin in candidate.twins:
                boxes.extend(twin.boxes)
            self._keep_near(Group(terms, first.moved, boxes, table, missed, total))
            return
        self._keep_match(Group(terms, first.moved, boxes, table, [], 0))
        for twin in candidate.twins:
            other = evolve(self.terms, **twin.words)
            dates = {**table, DUE: twin.due}
            self._keep_match(Group(other, twin.moved, twin.boxes, dates, [], 0))

    def _keep_match(self, found: Group) -> None:
        known = self.matches.setdefault(_key(found), found)
        if known is not found:
            known.boxes.extend(found.boxes)

    def _keep_near(self, found: Group) -> None:
        for known in self.nearest:
            if _key(known) == _key(found):
                known.boxes.extend(found.boxes)
                return
        self.nearest.append(found)
        self.nearest.sort(key=lambda group: group.rank)
        del self.nearest[_NEAREST:]


def _promise(candidate: Candidate) -> tuple[int, int, int]:
    return candidate.least, candidate.far, candidate.first.moved


def _key(found: Group) -> object:
    return tuple(found.table.values())


def joined_boxes(boxes: Iterable[Box]) -> list[Box]:
    """
    Return the same combinations in fewer boxes: those that differ in one axis joined.

    Example:
        >>> one, other = frozenset("a"), frozenset("b")
        >>> [sorted(part) for part in joined_boxes([(one, one), (one, other)])[0]]
        [['a'], ['a', 'b']]
    """
    found = list(boxes)
    for axis in range(len(found[0])):
        groups: dict[Box, frozenset[str]] = {}
        for box in found:
            rest = (*box[:axis], *box[axis + 1 :])
            groups[rest] = groups.get(rest, frozenset()) | box[axis]
        found = [
            (*rest[:axis], joined, *rest[axis:]) for rest, joined in groups.items()
        ]
    return found
