"""One change of a balance with what it is derived from, in units."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import from_units
from loanmath.events import Chargeback, Reversal
from loanmath.ledger.adding import added_row
from loanmath.ledger.balances import Balances
from loanmath.ledger.chapters import opens_chapter, rows_kept
from loanmath.ledger.course import Course
from loanmath.ledger.fold import Step
from loanmath.ledger.state import ROW_ADDED, Entry
from loanmath.schedule.derivation import HOUSE, Inputs
from loanmath.terms import Component

__all__ = [
    "ACCOUNT",
    "CREDIT",
    "EVENT",
    "LOST",
    "NAMES",
    "Booked",
    "Change",
    "Earlier",
    "Moved",
]

ACCOUNT = -1
"""The row of a change that is of the account, not of an installment."""

CREDIT = "credit"
LOST = "written_off"
EVENT = "The event as it was recorded"
NAMES = tuple(component.value for component in Component)


class Change(NamedTuple):
    """
    By how much one balance moved, and why.

    Attributes:
        row: The row, or `ACCOUNT`.
        component: The name of the component, `CREDIT` or `LOST`.
        units: By how much more is owed.
        rule: The rule, in a few words.
        formula: An expression over the inputs that gives the amount.
        inputs: The inputs.
        source: Where the rule comes from.
    """

    row: int
    component: str
    units: int
    rule: str
    formula: str
    inputs: Inputs
    source: str = HOUSE


class Moved(NamedTuple):
    """A balance of a row before and after an entry, in units."""

    component: int
    row: int
    old: int
    new: int


class Earlier(NamedTuple):
    """
    What an entry may come back to.

    Attributes:
        payments: Every earlier payment and what it did, by the id of its event, with
            the number of chapters before it.
        undone: The entries that took back a part of it, by the same id.
        chapters: The entries by which terms changed, or a row was added.
    """

    payments: dict[str, tuple[int, Step]]
    undone: dict[str, list[Entry]]
    chapters: list[Entry]

    def note(self, part: Sequence[Entry]) -> None:
        """Note the entries of an event once they are told."""
        chapter = len(self.chapters)
        for entry in part:
            event = entry.event
            if event is not None and entry.rule == "payment":
                step = Step(event, tuple(part), part[-1].after)
                self.payments[event.id] = (chapter, step)
            if isinstance(event, Reversal | Chargeback):
                # Other entries of the event are of the plan, not of the money.
                self.undone.setdefault(event.of, []).append(entry)
            if opens_chapter(entry) or entry.rule == ROW_ADDED:
                self.chapters.append(entry)

    def row_now(self, row: int, chapter: int) -> int:
        """Return where a row of a chapter stands by the terms in force."""
        for entry in self.chapters[chapter:]:
            added = added_row(entry)
            if added is not None:
                row += row >= added
            elif row >= rows_kept(entry.before, entry.day):
                row = entry.after.course.arrears
        return row


class Booked(NamedTuple):
    """
    An entry, with what its derivation looks at beside it.

    Attributes:
        entry: The entry.
        later: The entries of the same event that follow.
        earlier: What it may come back to.
    """

    entry: Entry
    later: Sequence[Entry]
    earlier: Earlier

    @property
    def course(self) -> Course:
        """The terms in force before the entry."""
        return self.entry.before.course

    @property
    def day(self) -> int:
        """The day, as an ordinal."""
        return self.entry.day

    @property
    def before(self) -> Balances:
        """The balances before."""
        return self.entry.before.balances

    @property
    def after(self) -> Balances:
        """The balances after."""
        return self.entry.after.balances

    @property
    def fallen_due(self) -> int:
        """How many rows were past due or due."""
        return self.before.fallen_due(self.day)

    def amount(self, units: int) -> Decimal:
        """Return units in major units."""
        return from_units(units, self.course.loan.digits)

    def exact(self, numerator: int, denominator: int) -> Fraction:
        """Return an exact number of units in major units."""
        return Fraction(numerator, denominator * 10**self.course.loan.digits)

    def moved(self) -> Iterator[Moved]:
        """Yield every balance of a row that is not what it was, row by row."""
        before, after = self.before.segment, self.after.segment
        for row in range(len(self.before.due)):
            for component, (old, new) in enumerate(zip(before, after, strict=True)):
                if old[row] != new[row]:
                    yield Moved(component, row, old[row], new[row])
