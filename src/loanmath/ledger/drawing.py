"""What pays a loan out: in full, or in parts as they are drawn."""

from collections.abc import Iterator

from loanmath.errors import EventError
from loanmath.events import (
    Disbursement,
)
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
    if not drawn:
        # Nothing accrued before the first day of the loan that was drawn on.
        planned = course.planned_balances(state.balances)
        row = course.current_row(day)
        planned = planned._replace(accrued=0, accrued_to=day, accrued_row=row)
        after = after._replace(balances=planned)
    whole = amount == agreed and day == course.loan.disbursed.toordinal()
    if not whole:
        if not course.growth.replans:
            raise EventError(
                f"event {event.id}",
                got=f"{event.amount} on {event.on}",
                allowed=f"{text_of(course, agreed)} on {course.loan.disbursed}: rows of"
                " these terms cannot be planned anew",
            )
        # What is not drawn is as if prepaid; what is drawn now, the other way round.
        more = drawn + amount - agreed if not drawn else amount
        agreed_plan = after.balances
        planned = recast(course, agreed_plan, day, -more, PrepaymentEffect.SMALLER)
        if not drawn:
            planned = open_fees(course, agreed_plan, planned, day)
        after = after._replace(balances=planned)
    yield Entry(day, "disbursement", event, state, after)
