"""The alternatives of a loan, each with what it must miss at least."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from loanmath.analysis.reconciliation.axes import Axis, Change, change_of, ordered
from loanmath.analysis.reconciliation.bases import (
    Bases,
    Basis,
    Ground,
    is_regular,
)
from loanmath.analysis.reconciliation.cells import (
    Sheet,
    Table,
)
from loanmath.analysis.reconciliation.levels import (
    Level,
    Reach,
    grown_to,
    middle_rows,
)
from loanmath.analysis.reconciliation.loan_tables import loan_table
from loanmath.analysis.reconciliation.search import (
    REFUSALS,
    Candidate,
    Search,
    Twin,
)
from loanmath.daycount import DayCount
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    InstallmentLoan,
    LevelPayment,
    Repayment,
    Residue,
    RoundedPer,
)

__all__ = ["grouped_axes", "search_loan"]

_DATES = ("periods", "month rule", "business days", "broken period")
_GROWTH = ("day count", "head and tail", "rate")
_ROUNDING = ("rounding mode", "rounding unit", "rounding place")
_PARTS = (_DATES, _GROWTH, _ROUNDING)

_DAYS_BETWEEN_DATES = 366
# Fewer have no middle between two ends that may differ.
_LEAST_ROWS = 4


def grouped_axes(axes: Sequence[Axis]) -> list[list[Axis]]:
    """Return the axes in the order of the search: dates, growth, rounding, the rest."""
    named = (*_DATES, *_GROWTH, *_ROUNDING)
    return [
        *([axis for axis in axes if axis.name in names] for names in _PARTS),
        [axis for axis in axes if axis.name not in named],
    ]


def search_loan(search: Search, axes: Sequence[Axis]) -> None:
    """Search the conventions of a loan."""
    dates, growth, rounding, repayment = grouped_axes(axes)
    loan, sheet = search.terms, search.sheet
    bases = Bases(loan, sheet, dates, growth, _sizings(repayment))
    space = _Space(loan, sheet, rounding, repayment)
    groups = bases.dated()
    fitting = [basis for group in groups for basis in bases.grown(group, 0)]
    search.run(one for basis in fitting for one in space.candidates(basis, 0))
    if search.matches:
        return
    every = [basis for group in groups for basis in bases.grown(group, sheet.rows)]
    most = len(sheet.cells)
    found = (one for basis in every for one in space.candidates(basis, most))
    # What need not miss anything has been tried.
    search.run(one for one in found if one.least)


def _sizings(axes: Sequence[Axis]) -> list[DayCount]:
    """Return the day counts by which a level payment may be worked out."""
    return [
        choice.terms["repayment"].sized_by
        for axis in axes
        if axis.name == "payment worked out by"
        for choice in axis.choices
        if choice.terms and choice.terms["repayment"].sized_by is not None
    ]


class _Repaid(NamedTuple):
    """
    A repayment to be tried.

    Attributes:
        change: Its conventions.
        terms: How the loan is repaid then.
        plain: The same with the last installment clearing, where payments are level.
    """

    change: Change
    terms: Repayment
    plain: LevelPayment | None


@frozen
class _Space:
    """The roundings and repayments that are tried on each basis."""

    loan: InstallmentLoan
    sheet: Sheet
    rounding: Sequence[Axis]
    repayment: Sequence[Axis]
    _roundings: list[Change] = field(init=False)
    _repayments: list[_Repaid] = field(init=False)
    _cells: dict[tuple[int, str], int] = field(init=False)
    _middle: dict[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        cells = {(cell.row, cell.column): cell.value for cell in self.sheet.cells}
        object.__setattr__(self, "_cells", cells)
        places = ((row, "payment") for row in middle_rows(self.sheet))
        middle = Counter(cells[place] for place in places if place in cells)
        object.__setattr__(self, "_middle", middle)
        roundings = list(self._by_rounding())
        object.__setattr__(self, "_roundings", roundings)
        changes = (change_of(self.loan, one) for one in ordered(self.repayment))
        repayments = [self._repayment(change) for change in changes]
        object.__setattr__(self, "_repayments", repayments)

    def _repayment(self, change: Change) -> _Repaid:
        terms: Repayment = change.words.get("repayment", self.loan.repayment)
        plain = None
        if isinstance(terms, LevelPayment) and terms.balloon is None:
            whole = is_regular(self.loan) and not self.loan.fees
            if whole and self.sheet.rows >= _LEAST_ROWS:
                plain = evolve(terms, residue=Residue.LAST)
        return _Repaid(change, terms, plain)

    def _by_rounding(self) -> Iterator[Change]:
        """Yield the roundings of interest; in pieces, at the agreed unit alone."""
        found: dict[object, Change] = {}
        for choices in ordered(self.rounding):
            change = change_of(self.loan, choices)
            moved = {
                axis.name
                for axis, choice in zip(self.rounding, choices, strict=True)
                if choice.terms
            }
            if {"rounding unit", "rounding place"} <= moved:
                continue
            place = change.words.get("interest_rounded", self.loan.interest_rounded)
            if is_regular(self.loan) and place is RoundedPer.SEGMENT:
                # Where nothing cuts a period, it is its one segment.
                place = RoundedPer.PERIOD
            key = (change.words.get("rounding", self.loan.rounding), place)
            known = found.get(key)
            if known is not None:
                change = known._replace(boxes=(*known.boxes, *change.boxes))
            found[key] = change
        yield from found.values()

    def candidates(self, basis: Basis, most: int) -> Iterator[Candidate]:
        """Yield all combinations on a basis that may miss no more cells than that."""
        first, *others = basis.runs
        levels: dict[object, Level | None] = {}
        for rounding in self._roundings:
            words = first.change.words | rounding.words
            start = self._table(words, basis.ground)
            if start is None and not self._is_meant(words):
                continue
            least = basis.missed + self._first_interest_missed(start)
            if least > most:
                continue
            for repayment, more, far in self._repaid(
                words, basis.ground, start, levels
            ):
                if least + more > most:
                    continue
                runs = [
                    Twin(run.due, (run.change, rounding, repayment))
                    for run in (first, *others)
                ]
                yield Candidate(
                    least + more, far, runs[0], tuple(runs[1:]), basis.ground
                )

    def _repaid(
        self,
        words: dict[str, Any],
        ground: Ground | None,
        start: Table | None,
        levels: dict[object, Level | None],
    ) -> Iterator[tuple[Change, int, int]]:
        """Yield repayments that differ, what each misses at least, and how far off."""
        merged: dict[object, tuple[Change, int, int]] = {}
        for repayment, terms, plain in self._repayments:
            level = None
            if plain is not None:
                level = self._level(words, plain, ground, levels)
            if level is None or not isinstance(terms, LevelPayment):
                if self._is_meant(words | repayment.words):
                    yield repayment, 0, 0
                continue
            rule = None
            if terms.residue not in (Residue.LAST, Residue.FIRST):
                rule = (terms.rounding, terms.sized_by)
            # Where one installment takes the residue, the level says all the rest.
            key = (terms.residue, level.units, rule)
            if key in merged:
                same, missed, far = merged[key]
                boxes = (*same.boxes, *repayment.boxes)
                merged[key] = same._replace(boxes=boxes), missed, far
            else:
                missed = self._least(level, terms, words, start)
                far = sum(
                    times * abs(units - level.units)
                    for units, times in self._middle.items()
                )
                merged[key] = repayment, missed, far
        yield from merged.values()

    def _is_meant(self, words: dict[str, Any]) -> bool:
        try:
            evolve(self.loan, **words)
        except REFUSALS:
            return False
        return True

    def _level(
        self,
        words: dict[str, Any],
        plain: LevelPayment,
        ground: Ground | None,
        levels: dict[object, Level | None],
    ) -> Level | None:
        """Return the level payment of terms that have one."""
        rule = plain.rounding or words.get("rounding", self.loan.rounding)
        key = (rule, plain.sized_by and plain.sized_by.name)
        if key not in levels:
            changes = {"repayment": plain, "interest_rounded": RoundedPer.PERIOD}
            levels[key] = self._planned_level(words | changes, ground, rule)
        return levels[key]

    def _planned_level(
        self, words: dict[str, Any], ground: Ground | None, rule: Rounding
    ) -> Level | None:
        table = self._table(words, ground)
        if table is None:
            return None
        payments = table["payment"]
        middle = {payments[row] for row in middle_rows(self.sheet)}
        if len(middle) != 1:
            return None
        units = middle.pop()
        gap = payments[self.sheet.rows - 1] - units
        return Level(units, gap, grown_to(table), self._shown_unit(rule))

    def _shown_unit(self, rule: Rounding) -> int:
        """Return what a rule rounds to, in units of the currency; 1 where it is odd."""
        digits = rule.digits(self.sheet.digits)
        units, rest = divmod(
            rule.units(digits), int(10 ** (digits - self.sheet.digits))
        )
        return 1 if rest else units

    def _table(self, words: dict[str, Any], ground: Ground | None) -> Table | None:
        try:
            return loan_table(evolve(self.loan, **words), ground, self.sheet)
        except REFUSALS:
            return None

    def _first_interest_missed(self, start: Table | None) -> int:
        """Return 1 if the first interest is not as printed, whatever is paid."""
        # What is added on is cut into shares: their residue may be in the first.
        if start is None or isinstance(self.loan.repayment, AddOnInterest):
            return 0
        return self._far(start["interest"][0], "interest", Reach(0))

    def _far(self, planned: int, column: str, reach: Reach) -> int:
        """Return 1 if a cell of the first row was printed farther than that from it."""
        printed = self._cells.get((0, column), planned)
        return int(reach.misses(printed - planned))

    def _least(
        self,
        level: Level,
        terms: LevelPayment,
        words: dict[str, Any],
        start: Table | None,
    ) -> int:
        """Return how many printed amounts a level payment must miss at least."""
        reach = self._reach(level, terms.residue, words)
        missed = sum(
            times
            for units, times in self._middle.items()
            if reach.misses(units - level.units)
        )
        broken = words.get("broken_period", self.loan.broken_period)
        if terms.residue is Residue.FIRST or broken is not BrokenPeriod.COUNTED:
            return missed
        missed += self._far(level.units, "payment", reach)
        if start is None or self._is_finer(words):
            return missed
        principal = level.units - start["interest"][0]
        missed += self._far(principal, "principal", reach)
        if terms.residue is not Residue.SECOND_PASS:
            closing = start["opening"][0] - principal
            missed += self._far(closing, "closing", reach)
        return missed

    def _is_finer(self, words: dict[str, Any]) -> bool:
        """Return whether amounts are shown rounded, so that they need not add up."""
        rule: Rounding = words.get("rounding", self.loan.rounding)
        return rule.digits(self.sheet.digits) > self.sheet.digits

    def _reach(self, level: Level, residue: Residue, words: dict[str, Any]) -> Reach:
        """Return how far from the level all payments but two may be."""
        if residue is Residue.SPREAD:
            return Reach(level.unit, level.unit)
        if residue is not Residue.SECOND_PASS:
            return Reach(0)
        # Where interest is rounded otherwise, each row may be a unit off for each of
        # its pieces, which grows until the last one.
        place = words.get("interest_rounded", self.loan.interest_rounded)
        pieces = self._most_days if place is RoundedPer.DAY else 1
        rounded = self._shown_unit(words.get("rounding", self.loan.rounding))
        rows = self.sheet.rows
        loose = rows * (level.unit + pieces * rounded * level.grown + 1)
        # A broken period apart is a row that the gap is not shared by.
        loose += abs(level.gap) // (rows - 1) + 1
        return Reach(0, level.unit, level.gap, rows, loose)

    @property
    def _most_days(self) -> int:
        """The days of the longest period, where it is one step."""
        every = self.loan.every
        if not isinstance(every, Step):
            return _DAYS_BETWEEN_DATES
        return 31 * every.months + every.days
