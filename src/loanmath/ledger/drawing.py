"""What pays a loan out: in full, or in parts as they are drawn."""

from collections.abc import Iterator

from loanmath.errors import EventError
from loanmath.events import (
    Disbursement,
)
from loanmath.ledger.balances import Balances
from loanmath.ledger.changes import text_of
from loanmath.ledger.course import Course
from loanmath.ledger.recast import recast
from loanmath.ledger.row_fees import open_fees
from loanmath.ledger.state import AccountState, Entry
from loanmath.terms import PrepaymentEffect

__all__ = ["disburse"]


def disburse(
    course: Course, state: AccountState, event: Disbursement, day: int
) -> Iterator[Entry]:
    """Yield what a disbursement does: the rows it plans, or plans anew."""
    amount = course.units(event.amount, f"event {event.id}")
    agreed, drawn = course.loan.principal_units, state.drawn
    if not amount or amount > agreed - drawn:
        raise EventError(
            f"event {event.id}",
            got=str(event.amount),
            allowed=f"above zero and at most {text_of(course, agreed - drawn)}, what is"
            " agreed and not drawn",
        )
    after = state._replace(drawn=drawn + amount)
    whole = amount == agreed and day == course.loan.disbursed.toordinal()
    more = amount
    if not drawn:
        planned = _first_planned(course, state.balances, day, whole=whole)
        after = after.with_balances(planned)
        # What is not drawn is as if prepaid.
        more -= sum(planned.segment.principal[course.arrears :])
    if not whole:
        left = course.due[-1] > day and course.current_row(day) < len(course.end)
        if not (course.growth.replans and left):
            raise EventError(
                f"event {event.id}",
                got=f"{event.amount} on {event.on}",
                allowed=f"{text_of(course, agreed)} on {course.loan.disbursed}: rows of"
                " these terms cannot be planned anew",
            )
        agreed_plan = after.balances
        planned = recast(course, agreed_plan, day, -more, PrepaymentEffect.SMALLER)
        if not drawn:
            planned = open_fees(course, agreed_plan, planned, day)
        after = after.with_balances(planned)
    yield Entry(day, "disbursement", event, state, after)


def _first_planned(
    course: Course, balances: Balances, day: int, *, whole: bool
) -> Balances:
    """Return the balances with the rows that a first drawing plans, as agreed."""
    row, first = course.current_row(day), course.arrears
    if not whole:
        # Nothing falls due, or accrues, before there is a loan.
        first = max(row, balances.fallen_due(day))
    planned = course.planned_balances(balances, first)
    return planned._replace(accrued=0, accrued_to=day, accrued_row=row, prepaid=0)
