"""What several events ask of a state."""

from collections.abc import Iterable, Iterator

from loanmath.currency import from_units
from loanmath.errors import EventError
from loanmath.events import Event
from loanmath.ledger.balances import Balances
from loanmath.ledger.course import Course
from loanmath.ledger.settlement import (
    accrue_contract,
)
from loanmath.ledger.state import AccountState, Entry

__all__ = ["accrued_to", "check_lent", "of_what_is_lent", "text_of"]


def accrued_to(course: Course, state: AccountState, day: int) -> AccountState:
    """Return the state once contract interest accrued to a day."""
    return state.with_balances(accrue_contract(course, state.balances, day))


def of_what_is_lent(
    course: Course, state: AccountState, entries: Iterable[Entry], event: Event
) -> Iterator[Entry]:
    """
    Yield what an event does, if it clears no principal that is yet to come.

    Raises:
        EventError: If it does.
    """
    if course.earning is None:
        # Nothing is to come.
        yield from entries
        return
    day, after = event.on.toordinal(), state
    for entry in entries:
        yield entry
        after = entry.after
    before, left = (_ahead(each.balances, day) for each in (state, after))
    to_come = course.to_come(day)
    if left < min(before, to_come):
        raise EventError(
            f"event {event.id}",
            got=f"{text_of(course, left)} of principal left in advance",
            allowed=f"at least {text_of(course, to_come)}, what is to be drawn or to"
            " join it",
            do="settle the payoff, or clear less of the principal",
        )


def _ahead(balances: Balances, day: int) -> int:
    return int(sum(balances.segment.principal[balances.fallen_due(day) :]))


def check_lent(course: Course, event: Event) -> None:
    """
    Refuse what ends a plan whose rows hold principal to come.

    Raises:
        EventError: If some is to be drawn, or interest is to join it.
    """
    to_come = course.to_come(event.on.toordinal())
    if to_come:
        raise EventError(
            f"event {event.id}",
            got=f"{text_of(course, to_come)} that is to be drawn or to join the"
            f" principal after {event.on}",
            allowed="once all is drawn, and no more interest joins the principal",
            do="record it on a later day, or a payment of the payoff",
        )


def text_of(course: Course, units: int) -> str:
    """Return an amount in major units, as text."""
    return str(from_units(units, course.loan.digits))
