"""What pays a loan out: in full, or in parts as they are drawn."""

from collections.abc import Iterator
from datetime import date

from loanmath.errors import EventError
from loanmath.events import (
    Disbursement,
)
from loanmath.ledger.adding import with_row
from loanmath.ledger.balances import Balances
from loanmath.ledger.changes import accrued_to, text_of
from loanmath.ledger.course import Course
from loanmath.ledger.recast import recast
from loanmath.ledger.row_fees import open_fees
from loanmath.ledger.settlement import amount_of
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
    at_once = _down_payment(course, state, event, amount)
    if at_once:
        added = with_row(accrued_to(course, state, day), event, day)
        yield added
        state = added.after
    first_day = course.loan.disbursed.toordinal()
    whole = amount == agreed and day == first_day and not at_once
    planned = _planned(state, event, amount - at_once, whole=whole)
    if at_once:
        planned = _with_principal(planned, day, at_once)
    after = state._replace(balances=planned, drawn=drawn + amount)
    yield Entry(day, "disbursement", event, state, after)


def _planned(
    state: AccountState, event: Disbursement, more: int, *, whole: bool
) -> Balances:
    """Return the balances with rows as agreed, or planned for more that is drawn."""
    course, balances, day = state.course, state.balances, event.on.toordinal()
    if not state.drawn:
        balances = _first_planned(course, balances, day, whole=whole)
        # What is not drawn is as if prepaid.
        more -= sum(balances.segment.principal[course.arrears :])
    if whole:
        return balances
    left = course.of_plan(course.due)[-1] > day
    left &= course.current_row(day) < len(course.end)
    if not (course.growth.replans and left):
        agreed = text_of(course, course.loan.principal_units)
        raise EventError(
            f"event {event.id}",
            got=f"{event.amount} on {event.on}",
            allowed=f"{agreed} on {course.loan.disbursed}: rows of these terms cannot"
            " be planned anew",
        )
    planned = recast(course, balances, day, -more, PrepaymentEffect.SMALLER)
    if state.drawn:
        return planned
    return open_fees(course, planned, day)


def _down_payment(
    course: Course, state: AccountState, event: Disbursement, amount: int
) -> int:
    """Return what of an amount that is paid out is due at once, in units."""
    part = amount_of(course, event.down_payment, amount, course.rounded)
    day = event.on.toordinal()
    if part > amount:
        raise EventError(
            f"event {event.id}, down_payment",
            got=text_of(course, part),
            allowed=f"at most {event.amount}, what is paid out",
        )
    if part and course.current_row(day) < state.balances.fallen_due(day):
        end = date.fromordinal(course.end[course.current_row(day)])
        raise EventError(
            f"event {event.id}, down_payment",
            got=str(event.on),
            allowed=f"from {end} on: interest to it has fallen due",
        )
    return part


def _with_principal(balances: Balances, day: int, units: int) -> Balances:
    """Return the balances with so much principal on the last row due by a day."""
    row = balances.fallen_due(day) - 1
    principal = list(balances.segment.principal)
    fees, interest, planned = balances.planned
    principal[row] = units
    return balances._replace(
        segments=(balances.segment._replace(principal=tuple(principal)),),
        planned=(fees, interest, (*planned[:row], units, *planned[row + 1 :])),
    )


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
