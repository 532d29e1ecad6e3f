"""What follows from a line's billing days: the cycles, which share out all dates."""

from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from loanmath.calendars import adjust
from loanmath.doors import to_date
from loanmath.errors import ScheduleError
from loanmath.recurrence import add_months

if TYPE_CHECKING:
    from loanmath.terms.lines.credit_line import CreditLine

__all__ = ["Cycle", "JoinsCycle", "billed_on", "cycle_after", "joined_cycle"]


class JoinsCycle(Enum):
    """
    Which cycle a purchase posted on the statement day joins.

    `CLOSING`: the one that is billed on that day. `NEXT`: the one after it.
    """

    CLOSING = "closing"
    NEXT = "next"


class Cycle(NamedTuple):
    """
    One cycle of a line of credit (账单周期).

    Attributes:
        start: The first posting date that belongs to it.
        end: The day after the last.
        statement: The day its bill is made (账单日).
        due: The day its bill is due (还款日).

    Example:
        >>> cycle = Cycle(date(2026, 8, 1), date(2026, 9, 1), date(2026, 9, 1),
        ...     date(2026, 9, 10))
        >>> cycle.grace_days
        9
    """

    start: date
    end: date
    statement: date
    due: date

    @property
    def grace_days(self) -> int:
        """The days from the statement to the due date."""
        return (self.due - self.statement).days


def joined_cycle(line: "CreditLine", posted: date) -> Cycle:
    """Return the cycle that a posting date belongs to."""
    statement = add_months(posted, 0, roll_day=line.statement_day)
    joins_next = line.statement_day_joins is JoinsCycle.NEXT
    if posted > statement or (posted == statement and joins_next):
        statement = add_months(statement, 1, roll_day=line.statement_day)
    return billed_on(line, statement)


def cycle_after(line: "CreditLine", cycle: Cycle) -> Cycle:
    """Return the next cycle."""
    return billed_on(line, add_months(cycle.statement, 1, roll_day=line.statement_day))


def billed_on(line: "CreditLine", statement: date) -> Cycle:
    """Return the cycle of a statement, which starts with the statement before it."""
    before = add_months(statement, -1, roll_day=line.statement_day)
    closing = timedelta(line.statement_day_joins is JoinsCycle.CLOSING)
    return Cycle(
        before + closing, statement + closing, statement, _due(line, statement)
    )


def _due(line: "CreditLine", statement: date) -> date:
    if line.due_after is not None:
        due = to_date(statement + timedelta(line.due_after), "due date")
    else:
        due = add_months(statement, 0, roll_day=line.due_day)
        if due <= statement:
            due = add_months(statement, 1, roll_day=line.due_day)
    term = line.business_days
    if term is None:
        return due
    moved = adjust(due, term.rule, term.calendar)
    if moved <= statement:
        raise ScheduleError(
            f"bill of {statement}",
            got=f"due {moved} after the business-day rule",
            allowed="after the statement",
            do="state a later due day, or a rule that moves forward",
        )
    return moved
