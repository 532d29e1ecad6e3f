"""What is owed, as integers: segments of installments, credit, and exact sums."""

from bisect import bisect_right
from collections.abc import Iterable
from operator import add
from typing import NamedTuple

from loanmath.ledger.carrier import Amount
from loanmath.terms import Component

__all__ = ["COMPONENTS", "Balances", "Segment", "total_of"]

COMPONENTS = tuple(Component)
"""The components, in the order of the fields of a segment."""


class Segment(NamedTuple):
    """
    What is owed at one set of rates, component by component, one entry a row.

    Rows ascend by due date. A loan has one segment; a credit line has several.
    """

    penalty: tuple[Amount, ...]
    compound: tuple[Amount, ...]
    fee: tuple[Amount, ...]
    interest: tuple[Amount, ...]
    principal: tuple[Amount, ...]


class Balances(NamedTuple):
    """
    Everything that a day's events act on.

    Attributes:
        segments: What is owed.
        credit: What was paid beyond it.
        due: The due date of each row, as the proleptic ordinal of the day.
        since: The day up to which the nights before have accrued.
        ahead: Whether that day is already counted for what was overdue on it.
        sums: For each rule by which lateness costs, what it came to so far: one exact
            numerator a row.
        capital: How much unpaid penalty and compound interest bears interest, by row;
            nothing where none ever does.
        planned: Fees, contract interest and principal that each row is to pay in all,
            by the plan in force.
        early: Interest of each row that was paid while the row was in advance.
        carried: Interest of earlier periods that each row is to pay: because their own
            installment was cleared before they ended, or by a new plan.
        accrued: Contract interest of the period of `accrued_row` up to `accrued_to`,
            as an exact numerator.
        accrued_to: The day up to which it accrued.
        accrued_row: The row whose period it is.
        prepaid: Principal that was prepaid in that period and bears on to its end.
        rests: Whether it accrues no more, for now or for good.
        drops: Whether what is planned of it falls due no more either.
    """

    segments: tuple[Segment, ...]
    credit: Amount
    due: tuple[Amount, ...]
    since: Amount
    ahead: Amount
    sums: tuple[tuple[Amount, ...], ...]
    capital: tuple[tuple[Amount, ...], ...]
    planned: tuple[tuple[Amount, ...], tuple[Amount, ...], tuple[Amount, ...]]
    early: tuple[Amount, ...]
    carried: tuple[Amount, ...]
    accrued: int
    accrued_to: int
    accrued_row: int
    prepaid: int
    rests: bool
    drops: bool = False

    @property
    def segment(self) -> Segment:
        """The one segment of a loan."""
        return self.segments[0]

    @property
    def is_owed(self) -> bool:
        """Whether anything is owed at all."""
        return any(map(any, self.segment))

    def with_segment(self, segment: Segment) -> "Balances":
        """Return the balances of a loan with so much owed."""
        return Balances((segment,), *self[1:])

    def with_brought(self, interest: Iterable[Amount]) -> "Balances":
        """Return the balances of a loan with interest from before on its rows."""
        brought, (fees, planned, principal) = tuple(interest), self.planned
        owed = tuple(map(add, self.segment.interest, brought))
        return self._replace(
            segments=(self.segment._replace(interest=owed),),
            planned=(fees, tuple(map(add, planned, brought)), principal),
            carried=tuple(map(add, self.carried, brought)),
        )

    def with_row(self, index: int, due: Amount) -> "Balances":
        """Return the balances of a loan with one more row, which owes nothing."""

        def wider(column: tuple[Amount, ...]) -> tuple[Amount, ...]:
            return (*column[:index], 0, *column[index:])

        fees, interest, principal = map(wider, self.planned)
        return self._replace(
            segments=(Segment._make(map(wider, self.segment)),),
            due=(*self.due[:index], due, *self.due[index:]),
            sums=tuple(map(wider, self.sums)),
            capital=tuple(map(wider, self.capital)),
            planned=(fees, interest, principal),
            early=wider(self.early),
            carried=wider(self.carried),
            accrued_row=self.accrued_row + (self.accrued_row >= index),
        )

    def counted(
        self,
        segment: Segment,
        sums: tuple[tuple[Amount, ...], ...],
        since: Amount,
        ahead: Amount,
    ) -> "Balances":
        """Return the balances of a loan once nights up to a day have accrued."""
        segments, after = (segment,), self[6:]
        return Balances(segments, self.credit, self.due, since, ahead, sums, *after)

    def passed(
        self,
        segment: Segment,
        sums: tuple[tuple[Amount, ...], ...],
        day: int,
        contract: tuple[int, int, int],
    ) -> "Balances":
        """
        Return the balances of a loan once all accrued over the nights before a day.

        Args:
            segment: What is owed.
            sums: What lateness came to.
            day: The day.
            contract: What accrued in the period, the row whose it is, and what was
                prepaid in it.
        """
        accrued, row, prepaid = contract
        return Balances(
            (segment,),
            self.credit,
            self.due,
            day,
            0,
            sums,
            *self[6:10],
            accrued,
            day,
            row,
            prepaid,
            self.rests,
            self.drops,
        )

    def accrued_until(
        self, day: int, row: int, accrued: int, prepaid: int
    ) -> "Balances":
        """Return the balances of a loan once contract interest accrued to a day."""
        return Balances(*self[:10], accrued, day, row, prepaid, self.rests, self.drops)

    def fallen_due(self, day: int) -> int:
        """Return how many rows, from the first, are due on a day or before."""
        return bisect_right(self.due, day)


def total_of(segment: Segment) -> Amount:
    """
    Return all that is owed in a segment.

    Example:
        >>> total_of(Segment((0, 0), (0, 0), (5, 5), (100, 50), (5_000, 5_000)))
        10160
    """
    return sum(sum(column) for column in segment)
