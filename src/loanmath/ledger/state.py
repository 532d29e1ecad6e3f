"""The whole state of an account between two events."""

from typing import NamedTuple

from loanmath.events import Event
from loanmath.ledger.balances import Balances
from loanmath.ledger.course import Course

__all__ = [
    "PERIOD_ENDED",
    "ROW_ADDED",
    "STANDSTILL",
    "AccountState",
    "Charged",
    "Entry",
    "Move",
    "Part",
    "opening_state",
]


STANDSTILL, PERIOD_ENDED = "standstill", "period ended"
"""Why rows were planned anew: money came early, or a period ended in arrears."""

ROW_ADDED = "row added"
"""The rule by which a row was put in among others."""


class Charged(NamedTuple):
    """
    What was ever charged, as far as a ceiling needs to know it.

    Attributes:
        lateness: Penalty, compound interest and late charges that the terms made.
        by_hand: Penalty charged by hand.
        fees: Fees charged by hand, and late charges that are fees.
        interest: Contract interest on overdue principal.
        backlog: What a ceiling cut off that it may yet allow, as (component, amount),
            first to last.
        cut: What it cut off for good.
        allowed: For each ceiling on the rate, the exact sum it allows so far.
    """

    lateness: int = 0
    by_hand: int = 0
    fees: int = 0
    interest: int = 0
    backlog: tuple[tuple[int, int], ...] = ()
    cut: int = 0
    allowed: tuple[int, ...] = ()


class AccountState(NamedTuple):
    """
    What an account is between two events.

    Attributes:
        balances: What is owed.
        course: The terms in force, as the ledger reads them.
        charged: What was charged, where there are ceilings.
        drawn: The principal paid out.
        accelerated: Whether all fell due.
        charged_off: Whether the loan was charged off.
        stopped: Whether nothing accrues any more.
        written_off: What was written off and not recovered, where it was.
    """

    balances: Balances
    course: Course
    charged: Charged = Charged()
    drawn: int = 0
    accelerated: bool = False
    charged_off: bool = False
    stopped: bool = False
    written_off: int | None = None

    def with_balances(self, balances: Balances) -> "AccountState":
        """Return the state with so much owed."""
        return AccountState(balances, *self[1:])


def opening_state(course: Course) -> AccountState:
    """Return the state on the first day of an account that is paid out on it."""
    segment = course.opening.segment
    behind = sum(segment.penalty) + sum(segment.compound)
    return AccountState(
        course.opening,
        course,
        charged=Charged(by_hand=behind),
        drawn=course.loan.principal_units,
    )


class Move(NamedTuple):
    """
    What a concession took off a row, in units.

    Attributes:
        what: `"forgiven"`, `"capitalized"`, `"re_aged"` or `"frozen"`.
        row: The row; the number of rows that stay for what is not due.
        component: The component.
        units: How much.
    """

    what: str
    row: int
    component: int
    units: int


class Entry(NamedTuple):
    """
    One change of the state: when, by what rule, and from which event.

    Attributes:
        day: The day, as an ordinal.
        rule: The rule that made it.
        event: The event, where one did.
        before: The state before.
        after: The state after.
        name: What the rule was about, such as the name of a charge.
        moves: What concessions took off which row, first to last.
        replayed: What a breach puts in the place of all since the plan began.
    """

    day: int
    rule: str
    event: Event | None
    before: AccountState
    after: AccountState
    name: str = ""
    moves: tuple[Move, ...] = ()
    replayed: tuple["Part", ...] = ()


class Part(NamedTuple):
    """An event, or none where the terms act alone, and its entries."""

    event: Event | None
    entries: tuple[Entry, ...]
