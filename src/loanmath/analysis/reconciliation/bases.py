"""Dates and growth: the conventions that move them, grouped by what they make."""

from collections.abc import Sequence
from math import gcd
from typing import Any, NamedTuple

from attrs import evolve, frozen

from loanmath.analysis.reconciliation.axes import Axis, Change, change_of, ordered
from loanmath.analysis.reconciliation.cells import DUE, Sheet
from loanmath.analysis.reconciliation.search import REFUSALS, joined_boxes
from loanmath.daycount import DayCount
from loanmath.rates import Rate
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.periods import Growth, Periods, growth, resolve_periods
from loanmath.terms import BrokenPeriod, InstallmentLoan, RoundedPer
from loanmath.terms.consequences import stated_installments

__all__ = [
    "Bases",
    "Basis",
    "Dated",
    "Ground",
    "is_regular",
]


class Dated(NamedTuple):
    """A combination for dates, with the due dates that it makes, as ordinals."""

    change: Change
    due: tuple[int, ...]


class Ground(NamedTuple):
    """
    What plans of regular rows share.

    Attributes:
        periods: Their dates.
        growth: Their factors.
        rows: Both as the rows of a detailed plan.
        daily_rows: The same, with interest rounded by the day; `None` where that has no
            meaning.
    """

    periods: Periods
    growth: Growth
    rows: Frame
    daily_rows: Frame | None


class Basis(NamedTuple):
    """
    Combinations of one growth.

    Attributes:
        runs: Those of each run of due dates, the nearest to what is agreed first.
        missed: How many printed due dates they miss.
        ground: Periods and growth, where plain plans need no more.
    """

    runs: tuple[Dated, ...]
    missed: int
    ground: Ground | None


def is_regular(loan: InstallmentLoan) -> bool:
    """Return whether one rate holds, and nothing cuts a period or waits."""
    return (
        (loan.rate is None or type(loan.rate) is Rate)
        and loan.interest_payments is None
        and not (loan.drawdowns or loan.holidays)
        and stated_installments(loan.repayment) is not None
    )


@frozen
class Bases:
    """
    The dates and the growth that conventions of one loan make.

    Attributes:
        loan: The loan.
        sheet: What was printed.
        dates: The conventions that move dates.
        growth: Those that move growth on given dates.
        sizings: The day counts by which a level payment may be worked out.
    """

    loan: InstallmentLoan
    sheet: Sheet
    dates: Sequence[Axis]
    growth: Sequence[Axis]
    sizings: Sequence[DayCount]

    def dated(self) -> list[list[Dated]]:
        """
        Return the combinations for dates, grouped by the periods that they make.

        Where due dates were printed, a group has one run of due dates.
        """
        due_matters = not is_regular(self.loan) or any(
            cell.column == DUE for cell in self.sheet.cells
        )
        found: dict[object, list[Dated]] = {}
        for choices in ordered(self.dates):
            change = change_of(self.loan, choices)
            dates = self._dates(change.words)
            if dates is not None:
                periods, due = dates
                key = (periods, due) if due_matters else periods
                found.setdefault(key, []).append(Dated(change, due))
        return list(found.values())

    def _missed(self, group: Sequence[Dated]) -> int:
        """Return how many printed due dates a group misses."""
        due = group[0].due
        return sum(
            1
            for cell in self.sheet.cells
            if cell.column == DUE
            and cell.row < len(due)
            and due[cell.row] != cell.value
        )

    def _dates(self, words: dict[str, Any]) -> tuple[object, tuple[int, ...]] | None:
        """Return what tells periods apart, and the due dates; nothing if refused."""
        refused = True
        counts = [axis for axis in self.growth if axis.name == "day count"]
        others = [choice.terms for axis in counts for choice in axis.choices[1:]]
        for probe in ({}, *others):
            try:
                variant = evolve(self.loan, **words, **probe)
                refused = False
                columns = variant.schedule().columns()
            except REFUSALS:
                continue
            due = tuple(day.toordinal() for day in columns[DUE])
            periods = (columns["start"], columns["end"])
            return (*periods, variant.end_of_month, variant.broken_period), due
        # Terms that make sense may be planned with another repayment.
        return None if refused else (object(), ())

    def grown(self, group: Sequence[Dated], most: int) -> list[Basis]:
        """
        Return the growth that combinations make on the dates of a group.

        Args:
            group: The combinations for dates.
            most: How many printed due dates they may miss; else there is none.
        """
        missed = self._missed(group)
        if missed > most:
            return []
        found: dict[object, dict[tuple[int, ...], Change]] = {}
        for choices in ordered(self.growth):
            own, key = change_of(self.loan, choices), None
            for dated in group:
                words = dated.change.words | own.words
                try:
                    variant = evolve(self.loan, **words)
                    key = key or self._key(variant)
                except REFUSALS:
                    continue
                boxes = tuple(box + own.boxes[0] for box in dated.change.boxes)
                moved = dated.change.moved + own.moved
                runs = found.setdefault(key, {})
                known = runs.get(dated.due)
                if known is not None:
                    words, moved = known.words, known.moved
                    boxes = (*known.boxes, *boxes)
                runs[dated.due] = Change(words, boxes, moved)
        return [
            Basis(runs, missed, self._ground(runs[0].change.words))
            for runs in map(_runs, found.values())
        ]

    def _ground(self, words: dict[str, Any]) -> Ground | None:
        """Return what plans share where no part of the first period is apart."""
        loan = evolve(self.loan, **words, interest_rounded=RoundedPer.PERIOD)
        count = loan.repayment.count
        counted = loan.broken_period is BrokenPeriod.COUNTED
        if not (is_regular(loan) and counted and count):
            return None
        periods = resolve_periods(loan)
        grown = growth(loan, periods, loan.counted_by)
        return Ground(periods, grown, frame(loan, count), _daily_rows(loan, count))

    def _key(self, loan: InstallmentLoan) -> object:
        """Return what tells growth on given dates apart: equal keys, equal plans."""
        count = stated_installments(loan.repayment)
        if not is_regular(loan) or count is None:
            return object()
        own = getattr(loan.repayment, "sized_by", None)
        growth = _factors(loan, count, None)
        sized = (_sized_factors(loan, count, by) for by in (own, *self.sizings))
        return (loan.counted_by.basis, loan.rate, growth, *sized)


def _runs(runs: dict[tuple[int, ...], Change]) -> tuple[Dated, ...]:
    found = [
        Dated(change._replace(boxes=tuple(joined_boxes(change.boxes))), due)
        for due, change in runs.items()
    ]
    return tuple(sorted(found, key=lambda dated: dated.change.moved))


def _daily_rows(loan: InstallmentLoan, count: int) -> Frame | None:
    try:
        return frame(evolve(loan, interest_rounded=RoundedPer.DAY), count)
    except REFUSALS:
        return None


def _sized_factors(loan: InstallmentLoan, count: int, by: DayCount | None) -> object:
    """Return the factors by another day count; nothing where it has none."""
    try:
        return _factors(loan, count, by)
    except REFUSALS:
        return None


def _factors(loan: InstallmentLoan, count: int, by: DayCount | None) -> object:
    growth = frame(loan, count, by=by).growth
    divisor = gcd(growth.denominator, *growth.factors)
    factors = tuple(factor // divisor for factor in growth.factors)
    return growth.denominator // divisor, factors
