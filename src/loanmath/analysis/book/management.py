"""What managing a book does to a ratio, and which assumption does the work."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from loanmath.analysis.book.entries import to_name
from loanmath.analysis.book.inclusion import Inclusion, to_inclusion
from loanmath.analysis.book.lending import Lending
from loanmath.analysis.book.measure import Measure, percent_text
from loanmath.analysis.book.printing import BookPrinted
from loanmath.analysis.book.simulation import Simulation, simulate
from loanmath.analysis.book.transition import Shift, TransitionMatrix
from loanmath.doors import to_count, to_tuple_of
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.schedule.printing import Table

__all__ = [
    "Assumption",
    "Effects",
    "ManagementComparison",
    "compare_management",
]

_MAX_ASSUMPTIONS = 20


def _to_name(name: str) -> str:
    return to_name(name, "name")


def _to_shifts(shifts: Sequence[Shift]) -> tuple[Shift, ...]:
    return to_tuple_of(shifts, Shift, "shifts")


def _to_new_loans(number: object) -> int | None:
    if number is not None and (type(number) is not int or number < 0):
        raise InputTypeError(
            "new_loans", got=number, allowed="a whole number of loans, or None"
        )
    return number


def _to_counted(inclusion: Inclusion | None) -> Inclusion | None:
    return None if inclusion is None else to_inclusion(inclusion)


@frozen
class Assumption:
    """
    One thing that is supposed to differ under management, with its own switch (假设).

    Args:
        name: What it is called.
        shifts: What it changes in the matrix, in order.
        new_loans: How many loans are made each month instead.
        counted: What the ratio counts instead: a change of the yardstick alone.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the name is empty.

    Example:
        >>> reminders = Assumption("reminders", [Shift("M0", "M1", "M0", "40%")])
        >>> reminders.text
        '40.00% of M0: from M1 to M0'
    """

    name: str = field(converter=_to_name)
    shifts: tuple[Shift, ...] = field(default=(), converter=_to_shifts)
    new_loans: int | None = field(default=None, converter=_to_new_loans, kw_only=True)
    counted: Inclusion | None = field(default=None, converter=_to_counted, kw_only=True)

    @property
    def text(self) -> str:
        """What it supposes, in words."""
        said = [str(shift) for shift in self.shifts]
        if self.new_loans is not None:
            said.append(f"{self.new_loans:,} new loans a month")
        if self.counted is not None:
            said.append(f"counted: {self.counted.loans_rule}")
        return "; ".join(said) or "nothing"


@frozen
class Effects:
    """
    A ratio at the end under some of the assumptions.

    Attributes:
        name: Which are switched on.
        text: What they suppose.
        measure: The ratio.
        simulation: The book that it is measured on.

    Example:
        >>> Effects.__name__
        'Effects'
    """

    name: str
    text: str
    measure: Measure
    simulation: Simulation = field(repr=False)


@frozen(repr=False)
class ManagementComparison(BookPrinted):
    """
    A book without management and with it, and what each assumption does alone.

    Attributes:
        without: Nothing switched on.
        alone: Each assumption switched on by itself.
        together: All of them.
        months: The ratio month by month, as (without, together), the start first.

    Example:
        >>> ManagementComparison.__name__
        'ManagementComparison'
    """

    without: Effects
    alone: tuple[Effects, ...]
    together: Effects
    months: tuple[tuple[Measure, Measure], ...]

    def change(self, effects: Effects) -> Fraction:
        """Return how far a ratio is from the one without management, as a share."""
        return effects.measure.ratio - self.without.measure.ratio

    @property
    def interaction(self) -> Fraction:
        """What all together change beyond the sum of each alone, as a share."""
        alone = sum((self.change(one) for one in self.alone), Fraction(0))
        return self.change(self.together) - alone

    def _tables(self) -> list[Table]:
        without = self.without.measure
        start = self.months[0][0]
        months = [
            [str(before.on), before.shown, after.shown] for before, after in self.months
        ]
        caption = (
            f"{without.name} ({without.rule}), seed {self.without.simulation.seed}"
        )
        header = ["Date", self.without.name, self.together.name]
        rows = [
            [one.name, one.measure.shown, _points(self.change(one)), one.text]
            for one in (self.without, *self.alone)
        ]
        rows.append(["interaction", "", _points(self.interaction), "what is left"])
        last = self.together
        total = [last.name, last.measure.shown, _points(self.change(last)), "all of it"]
        return [
            Table(caption, header, months, [], words=(0,)),
            Table(
                f"Which assumption does the work, {start.on} to {without.on}",
                ["Switched on", "Ratio", "Change", "Supposes"],
                rows,
                total,
                words=(0, 3),
            ),
        ]

    def __repr__(self) -> str:
        before, after = self.without.measure, self.together.measure
        return f"<ManagementComparison: {before.shown} to {after.shown}>"


def _points(share: Fraction) -> str:
    sign = "+" if share > 0 else ""
    return f"{sign}{percent_text(share)[:-1]} pp"


def compare_management(  # noqa: PLR0913 all that decides the ratio
    lending: Lending,
    matrix: TransitionMatrix,
    assumptions: Sequence[Assumption],
    *,
    seed: int,
    months: int,
    missed: int,
    inclusion: Inclusion,
) -> ManagementComparison:
    """
    Return a book without management and with it, each assumption switched on alone.

    Every run has the same seed, so that each loan has the same luck in all of them and
    what differs is the assumption.

    Args:
        lending: The loans.
        matrix: The moves without management.
        assumptions: What management is supposed to change; at most 20, names differ.
        seed: From 0 to 2**63.
        months: 1 to 240.
        missed: From how many missed installments a loan is late.
        inclusion: What the ratio counts.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        TermsError: If two assumptions have one name.
        UnknownNameError: If a shift names a state that there is not.

    Example:
        >>> from datetime import date
        >>> from loanmath.analysis.book.transition import BookState
        >>> matrix = TransitionMatrix([BookState("M0", 0), BookState("M1", 1)], {
        ...     "M0": {"M0": "90%", "M1": "10%"}, "M1": {"M0": "50%", "M1": "50%"}})
        >>> lending = Lending(currency="CNY", on=date(2026, 1, 31), principal="1200",
        ...     installments=12, start={"M0": 1000})
        >>> both = compare_management(lending, matrix,
        ...     [Assumption("reminders", [Shift("M0", "M1", "M0", "40%")])],
        ...     seed=7, months=6, missed=1, inclusion=Inclusion())
        >>> both.together.measure.ratio < both.without.measure.ratio
        True
        >>> both.interaction
        Fraction(0, 1)

    Source: the method of this library; see `simulate`.
    """
    chosen = _to_assumptions(assumptions)
    rule = to_inclusion(inclusion)
    to_count(missed, "missed", 240)
    run = _Run(lending, matrix, seed, months, missed, rule)
    without = run.effects("without management", ())
    alone = tuple(run.effects(one.name, (one,)) for one in chosen)
    together = run.effects("with management", chosen)
    counted = _counted(rule, chosen)
    pairs = tuple(
        (
            without.simulation.ratio(month, missed=missed, inclusion=rule),
            together.simulation.ratio(month, missed=missed, inclusion=counted),
        )
        for month in range(months + 1)
    )
    return ManagementComparison(without, alone, together, pairs)


@frozen
class _Run:
    """What all runs of a comparison have in common."""

    lending: Lending
    matrix: TransitionMatrix
    seed: int
    months: int
    missed: int
    inclusion: Inclusion

    def effects(self, name: str, assumptions: tuple[Assumption, ...]) -> Effects:
        """Return the ratio at the end under some assumptions."""
        if type(self.matrix) is not TransitionMatrix:
            raise InputTypeError(
                "matrix", got=self.matrix, allowed="TransitionMatrix(...)"
            )
        if type(self.lending) is not Lending:
            raise InputTypeError("lending", got=self.lending, allowed="Lending(...)")
        shifts = [shift for one in assumptions for shift in one.shifts]
        new = [one.new_loans for one in assumptions if one.new_loans is not None]
        lending = evolve(self.lending, new_loans=new[-1]) if new else self.lending
        simulation = simulate(
            lending,
            self.matrix.shifted(*shifts),
            seed=self.seed,
            months=self.months,
            name=name,
        )
        counted = _counted(self.inclusion, assumptions)
        measure = simulation.ratio(-1, missed=self.missed, inclusion=counted)
        text = "; ".join(one.text for one in assumptions) or "the matrix as it is"
        return Effects(name, text, measure, simulation)


def _counted(rule: Inclusion, assumptions: tuple[Assumption, ...]) -> Inclusion:
    stated = [one.counted for one in assumptions if one.counted is not None]
    return stated[-1] if stated else rule


def _to_assumptions(assumptions: object) -> tuple[Assumption, ...]:
    found = to_tuple_of(assumptions, Assumption, "assumptions")
    if len(found) > _MAX_ASSUMPTIONS:
        raise LimitError(
            "assumptions", got=len(found), allowed=f"at most {_MAX_ASSUMPTIONS}"
        )
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        raise TermsError(
            "assumptions", got=", ".join(names), allowed="names that differ"
        )
    return tuple(found)
