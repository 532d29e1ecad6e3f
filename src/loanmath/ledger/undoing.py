"""What undoes a payment: reversals from today on, and chargebacks."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from loanmath.errors import EventError
from loanmath.events import (
    Chargeback,
    Event,
    Reversal,
    ReversedAs,
)
from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.changes import accrued_to, text_of
from loanmath.ledger.course import Course
from loanmath.ledger.prepaying import replanned
from loanmath.ledger.rules import PRINCIPAL
from loanmath.ledger.state import AccountState, Entry

__all__ = ["Cleared", "Lookup", "charge_back", "reverse"]


class Cleared(NamedTuple):
    """
    What a payment cleared, as (component, row, amount) in order.

    Attributes:
        parts: What it paid.
        settled: For a settlement, the balances before its quote, and as it quoted
            them: what it dropped, and charged, comes back with the whole of it.
        credit: What became credit; below zero, credit that was used up.
        bears_on: The row in whose period it prepaid principal, of that row and those
            after it, that bears on to the end of the period; nothing where none does.
    """

    parts: tuple[tuple[int, int, int], ...]
    settled: tuple[Balances, Balances] | None
    credit: int
    bears_on: int | None = None

    @property
    def total(self) -> int:
        """The money there was."""
        return sum(amount for _, _, amount in self.parts) + self.credit

    def credit_in(self, amount: int) -> int:
        """Return what part of an amount that is taken back comes out of credit."""
        if self.credit >= 0:
            return min(self.credit, amount)
        # A payment that settled the account used credit up, and gives it back whole.
        return self.credit if amount else 0

    def without(self, amount: int) -> "Cleared":
        """Return what is left once so much of it was taken back, the last first."""
        credit = self.credit_in(amount)
        rest, parts = amount - credit, list(self.parts)
        while rest and parts:
            component, row, part = parts.pop()
            taken = min(rest, part)
            rest -= taken
            if part > taken:
                parts.append((component, row, part - taken))
        left = self.credit - credit
        if not amount:
            return self
        # A settlement that was taken back in part does not come back as a whole.
        return Cleared(tuple(parts), None, left, self.bears_on)

    def with_row(self, added: int, due: int) -> "Cleared":
        """Return the same once a row was put in among the others."""
        parts = tuple(
            (component, row + (row >= added), amount)
            for component, row, amount in self.parts
        )
        settled, bears_on = self.settled, self.bears_on
        if settled is not None:
            owed, quoted = settled
            settled = owed.with_row(added, due), quoted.with_row(added, due)
        if bears_on is not None:
            bears_on += bears_on >= added
        return Cleared(parts, settled, self.credit, bears_on)

    def in_chapter(self, kept: int, first: int) -> "Cleared":
        """
        Return the same under new terms, which planned rows anew.

        Args:
            kept: How many rows stayed.
            first: The first row of the new plan.
        """
        parts = tuple(
            (component, row if row < kept else first, amount)
            for component, row, amount in self.parts
        )
        return Cleared(parts, None, self.credit)


Lookup = Callable[[str], Cleared | None]
"""Finds what an earlier payment cleared, by its id."""


def reverse(
    course: Course, state: AccountState, event: Reversal, day: int, cleared: Lookup
) -> Iterator[Entry]:
    """Yield what a reversal does; one as if never has been done by the fold."""
    if event.reversed_as is ReversedAs.NEVER:
        # What it reverses was left out of the fold; nothing is left to do.
        yield Entry(day, "reversal", event, state, state)
        return
    found = _found(state, event, cleared)
    yield from _take_back(course, state, event, found, found.total)


def charge_back(
    course: Course, state: AccountState, event: Chargeback, cleared: Lookup
) -> Iterator[Entry]:
    """Yield what a payment that the bank took back, in part or whole, does."""
    found = _found(state, event, cleared)
    amount = course.units(event.amount, f"event {event.id}")
    if amount > found.total:
        raise EventError(
            f"event {event.id}",
            got=str(event.amount),
            allowed=f"at most {text_of(course, found.total)}, what was paid",
        )
    yield from _take_back(course, state, event, found, amount)


def _take_back(
    course: Course,
    state: AccountState,
    event: Reversal | Chargeback,
    found: Cleared,
    amount: int,
) -> Iterator[Entry]:
    """Yield how money that was received is taken back, and what that brings back."""
    day = event.on.toordinal()
    if amount and found.settled is not None:
        _check_same_debt(course, event, found.settled, whole=amount == found.total)
    state = accrued_to(course, state, day)
    rule = "reversal" if isinstance(event, Reversal) else "chargeback"
    entry = _owed_again(course, state, event, found, amount, rule)
    yield entry
    if amount == found.total and found.settled is not None:
        restored = _restored(entry.after.balances, *found.settled)
        if restored != entry.after.balances:
            after = entry.after.with_balances(restored)
            entry = Entry(day, "plan restored", event, entry.after, after)
            yield entry
    yield from replanned(course, entry.after, day, event, state)


def _check_same_debt(
    course: Course,
    event: Reversal | Chargeback,
    settled: tuple[Balances, Balances],
    *,
    whole: bool,
) -> None:
    """Refuse to bring back a part of what was settled, or money that was not lent."""
    owed, quoted = settled
    earning, day = course.earning, event.on.toordinal()
    same = sum(owed.segment.principal) == sum(quoted.segment.principal)
    if earning is None or same:
        return
    lent = earning.drawn_between(owed.accrued_to, day)
    if lent or not whole:
        raise EventError(
            f"event {event.id}",
            got="after a drawing that the payment ended" if lent else "a part",
            allowed="the whole of a payment that settled the account, before the next"
            " drawing: what was to be drawn, or to join the principal, is not any more",
            do="reverse the payment as if it had never been",
        )


def _restored(balances: Balances, owed: Balances, quoted: Balances) -> Balances:
    """Return the balances with the plan that a settlement ended in force again."""
    segment = map(_dropped, balances.segment, owed.segment, quoted.segment)
    fees, interest, principal = map(
        _dropped, balances.planned, owed.planned, quoted.planned
    )
    return balances._replace(
        segments=(Segment._make(segment),),
        planned=(fees, interest, principal),
        early=_dropped(balances.early, owed.early, quoted.early),
        carried=owed.carried,
    )


def _dropped(
    column: Sequence[int], owed: Sequence[int], quoted: Sequence[int]
) -> tuple[int, ...]:
    return tuple(
        now + old - new for now, old, new in zip(column, owed, quoted, strict=True)
    )


def _found(
    state: AccountState, event: Reversal | Chargeback, cleared: Lookup
) -> Cleared:
    found = cleared(event.of)
    if found is None or state.written_off is not None:
        raise EventError(
            f"event {event.id}",
            got=f"of {event.of!r}",
            allowed="an earlier payment that was not undone, before any write-off",
        )
    return found


def _owed_again(  # noqa: PLR0913, PLR0917 what is undone, and how much of it
    course: Course,
    state: AccountState,
    event: Event,
    found: Cleared,
    amount: int,
    rule: str,
) -> Entry:
    """Return the entry that makes owed again what was cleared last, up to an amount."""
    balances = state.balances
    credit = found.credit_in(amount)
    if credit > balances.credit:
        raise EventError(
            f"event {event.id}",
            got=f"{text_of(course, credit)} of credit to take back",
            allowed=f"{text_of(course, balances.credit)}, what is left of it",
        )
    columns = [list(column) for column in balances.segment]
    rest, prepaid = amount - credit, balances.prepaid
    bears_on = found.bears_on if found.bears_on == balances.accrued_row else None
    for component, row, part in reversed(found.parts):
        taken = min(rest, part)
        columns[component][row] += taken
        rest -= taken
        if component == PRINCIPAL and bears_on is not None and row >= bears_on:
            # What is owed again bears by itself.
            prepaid -= taken
    segment = Segment._make(map(tuple, columns))
    again = zip(segment.interest, balances.segment.interest, strict=True)
    early = tuple(
        max(noted - (new - old), 0)
        for noted, (new, old) in zip(balances.early, again, strict=True)
    )
    after = balances._replace(
        segments=(segment,),
        credit=balances.credit - credit,
        early=early,
        prepaid=prepaid,
    )
    day = event.on.toordinal()
    return Entry(day, rule, event, state, state.with_balances(after))
