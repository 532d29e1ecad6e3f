"""What a reconciliation found: classes of conventions that fit, or the nearest."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from loanmath.analysis.effects import ConventionInForce
from loanmath.analysis.reconciliation.cells import Difference
from loanmath.analysis.reconciliation.printed import Printed
from loanmath.analysis.reconciliation.printing import (
    reconciliation_csv,
    reconciliation_html,
    reconciliation_markdown,
    reconciliation_text,
)
from loanmath.errors import UnknownNameError
from loanmath.terms import CreditLine, InstallmentLoan

__all__ = [
    "ConventionClass",
    "ConventionSet",
    "FurtherCell",
    "NearestConventions",
    "Reconciliation",
    "Searched",
]

Terms: TypeAlias = InstallmentLoan | CreditLine


class Searched(NamedTuple):
    """
    A convention that was searched.

    Attributes:
        convention: Its name.
        choices: What was tried, what is in force first.

    Example:
        >>> Searched("residue", ("last", "first")).choices[0]
        'last'
    """

    convention: str
    choices: tuple[str, ...]


@frozen
class ConventionSet:
    """
    Conventions that fit together: any one choice of each with any of the others.

    Attributes:
        choices: The choices by convention, in the order of the search, as pairs.

    Example:
        >>> found = ConventionSet((Searched("residue", ("last",)),))
        >>> found["residue"]
        ('last',)
    """

    choices: tuple[Searched, ...]

    def __getitem__(self, convention: str) -> tuple[str, ...]:
        known = {one.convention: one.choices for one in self.choices}
        if convention not in known:
            raise UnknownNameError(
                "convention", got=convention, allowed=", ".join(known)
            )
        return known[convention]

    def holds(self, **chosen: str) -> bool:
        """
        Return whether these choices are among the combinations.

        Args:
            chosen: A choice by convention, spaces in its name as underscores.

        Raises:
            UnknownNameError: If there is no such convention.

        Example:
            >>> found = ConventionSet((Searched("day count", ("1/12", "30/360")),))
            >>> found.holds(day_count="30/360")
            True
        """
        return all(
            choice in self[name.replace("_", " ")] for name, choice in chosen.items()
        )


class FurtherCell(NamedTuple):
    """
    A cell that was not printed, and in which matching classes differ.

    Attributes:
        number: The installment or the bill, from 1; 0 for the sums.
        on: Its planned due date, or its statement date; `None` for the sums.
        column: The column.
        values: How many different values the classes have there.

    Example:
        >>> FurtherCell(3, date(2026, 4, 15), "interest", 2).where
        'row 3 (2026-04-15)'
    """

    number: int
    on: date | None
    column: str
    values: int

    @property
    def where(self) -> str:
        """The row in words."""
        return f"row {self.number} ({self.on})" if self.number else "totals"


@frozen
class ConventionClass:
    """
    Conventions that reproduce every printed cell, and one whole table among them.

    Nothing that could be printed of this loan or line tells them apart.

    Attributes:
        sets: The conventions.
        terms: The terms with the combination that changes least of what was agreed.
        as_agreed: Whether what is in force is among them.
        further: What the class has in the cell that tells most classes apart; `None`
            where there is one class.
    """

    sets: tuple[ConventionSet, ...]
    terms: Terms = field(repr=False)
    as_agreed: bool
    further: Decimal | date | None


@frozen
class NearestConventions:
    """
    Conventions that do not reproduce what was printed, but come near.

    Attributes:
        sets: The conventions, which all make one table.
        terms: The terms with the combination that changes least of what was agreed.
        first: The first printed cell that differs.
        cells: How many printed cells differ.
        total: By how much all amounts differ together, without signs.
        differences: All cells that differ.
    """

    sets: tuple[ConventionSet, ...]
    terms: Terms = field(repr=False)
    first: Difference
    cells: int
    total: Decimal
    differences: tuple[Difference, ...] = field(repr=False)


@frozen(repr=False)
class Reconciliation:
    """
    Which published conventions reproduce what a lender printed (对账结果).

    It prints as a table, and shows itself as HTML in notebooks. What is nearest is no
    match: `nearest` is empty where there are matches.

    Attributes:
        terms: The agreed terms.
        printed: What was printed.
        held: The conventions that were taken as agreed, and not searched.
        searched: Those that were searched, with all choices tried.
        matches: The classes of conventions that reproduce every printed cell; the one
            that changes least of what was agreed first.
        nearest: Without matches, up to three nearest tables: by the number of cells
            that differ, then by the total difference.
        further: The cell that was not printed, and tells most of the matching classes
            apart; `None` where there are no two.
        cells: How many cells were printed.
        combinations: How many combinations of conventions there are.
        planned: How many different ones were planned to compare them.
        complete: Whether the search left nothing out that could be among the answers.

    Example:
        >>> from loanmath.analysis.reconciliation import (
        ...     PrintedRow, PrintedSchedule, reconcile)
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=LevelPayment(2))
        >>> printed = PrintedSchedule([
        ...     PrintedRow(payment="507.41", interest="10.19"),
        ...     PrintedRow(payment="507.41", interest="4.63")])
        >>> answer = reconcile(loan, printed)
        >>> answer.matched, answer.matches[0].sets[0]["day count"][0]
        (True, 'ACT/365F')
    """

    terms: Terms
    printed: Printed
    held: tuple[ConventionInForce, ...]
    searched: tuple[Searched, ...]
    matches: tuple[ConventionClass, ...]
    nearest: tuple[NearestConventions, ...]
    further: FurtherCell | None
    cells: int
    combinations: int
    planned: int
    complete: bool

    @property
    def matched(self) -> bool:
        """Whether some conventions reproduce every printed cell."""
        return bool(self.matches)

    def __str__(self) -> str:
        return reconciliation_text(self)

    def __repr__(self) -> str:
        found = f"{len(self.matches)} matching classes"
        return f"<Reconciliation of {self.cells} cells: {found}>"

    def to_csv(self) -> str:
        """
        Return one line for each convention of each class, amounts as plain numbers.

        The columns are `status` (`match`, `nearest`, `held` or `searched`), `class`,
        `set`, `convention`, `choices`, `cells`, `total`, `row`, `on`, `column`,
        `printed`, `planned` and `by`.
        """
        return reconciliation_csv(self)

    def to_markdown(self) -> str:
        """Return the tables as Markdown."""
        return reconciliation_markdown(self)

    def to_html(self) -> str:
        """Return the tables as HTML, every text escaped."""
        return reconciliation_html(self)

    def _repr_html_(self) -> str:
        return self.to_html()
