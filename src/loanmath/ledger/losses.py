"""What ends a claim, and what may follow: losses, recoveries, credit paid out."""

from loanmath.currency import from_units
from loanmath.errors import EventError
from loanmath.events import (
    ChargeOff,
    Event,
    Payout,
    Recovery,
    WriteOff,
)
from loanmath.ledger.balances import COMPONENTS, Segment
from loanmath.ledger.changes import accrued_to, text_of
from loanmath.ledger.course import Course
from loanmath.ledger.settlement import claim
from loanmath.ledger.state import AccountState, Entry

__all__ = ["charge_off", "pay_out", "recover", "write_off"]


def charge_off(
    course: Course, state: AccountState, event: ChargeOff, day: int
) -> Entry:
    """Return the entry of a charge-off: all stays owed."""
    _check_owes(state, event)
    if state.charged_off:
        raise EventError(f"event {event.id}", got="charged off already", allowed="once")
    if event.drops_unearned and not course.growth.replans:
        raise EventError(
            f"event {event.id}, drops_unearned",
            got="interest that keeps to its plan",
            allowed="loans whose interest follows from what is owed as a period begins",
        )
    state = accrued_to(course, state, day)
    stopped = state.stopped or event.stops_accrual
    balances = state.balances._replace(rests=stopped, drops=event.drops_unearned)
    after = state._replace(balances=balances, charged_off=True, stopped=stopped)
    return Entry(day, "charge-off", event, state, after)


def _check_owes(state: AccountState, event: Event) -> None:
    if not state.balances.is_owed:
        raise EventError(
            f"event {event.id}", got="nothing owed", allowed="while something is owed"
        )


def write_off(course: Course, state: AccountState, event: WriteOff, day: int) -> Entry:
    """Return the entry of a write-off: nothing is owed any more."""
    _check_owes(state, event)
    state = accrued_to(course, state, day)
    balances = state.balances
    quote = claim(course, balances, day)
    nothing = Segment._make((0,) * len(balances.due) for _ in COMPONENTS)
    lost = quote.overdue + quote.principal + quote.interest + quote.fees
    after = state._replace(
        balances=balances._replace(
            segments=(nothing,), accrued=0, prepaid=0, carried=nothing.interest
        ),
        charged=state.charged._replace(backlog=()),
        written_off=lost,
        stopped=True,
    )
    return Entry(day, "write-off", event, state, after)


def recover(course: Course, state: AccountState, event: Recovery, day: int) -> Entry:
    """Return the entry of money received after a write-off."""
    amount = course.units(event.amount, f"event {event.id}")
    if state.written_off is None or amount > state.written_off:
        most = from_units(state.written_off or 0, course.loan.digits)
        raise EventError(
            f"event {event.id}",
            got=str(event.amount),
            allowed=f"at most {most}, what was written off and not recovered",
        )
    after = state._replace(written_off=state.written_off - amount)
    return Entry(day, "recovery", event, state, after)


def pay_out(course: Course, state: AccountState, event: Payout, day: int) -> Entry:
    """Return the entry of credit that is paid back."""
    amount, credit = (
        course.units(event.amount, f"event {event.id}"),
        state.balances.credit,
    )
    if amount > credit:
        raise EventError(
            f"event {event.id}",
            got=str(event.amount),
            allowed=f"at most {text_of(course, credit)}, the credit",
        )
    balances = state.balances._replace(credit=credit - amount)
    return Entry(day, "payout", event, state, state.with_balances(balances))
