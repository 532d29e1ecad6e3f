"""What each event does to the state of an account."""

from collections.abc import Iterator
from fractions import Fraction
from operator import add

from attrs import evolve

from loanmath.errors import EventError
from loanmath.events import (
    Acceleration,
    Breach,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    Event,
    InterestPause,
    InterestResume,
    LineOnly,
    Payment,
    Payout,
    Recovery,
    Refund,
    Restructuring,
    Reversal,
    TermsChange,
    Waiver,
    WriteOff,
)
from loanmath.ledger.adding import with_row
from loanmath.ledger.balances import COMPONENTS, Segment
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.changes import (
    accrued_to,
    check_lent,
    of_what_is_lent,
    text_of,
)
from loanmath.ledger.chapters import change_terms
from loanmath.ledger.course import Course
from loanmath.ledger.drawing import disburse
from loanmath.ledger.losses import charge_off, pay_out, recover, write_off
from loanmath.ledger.pauses import with_pause, with_resumption
from loanmath.ledger.paying import receive
from loanmath.ledger.prepaying import replanned
from loanmath.ledger.receipt import Receipt
from loanmath.ledger.restructuring import restructure
from loanmath.ledger.rules import FEE, INTEREST, PENALTY
from loanmath.ledger.settlement import (
    accrued_and_owed,
    amount_of,
    brought_and_owed,
    kept_fees,
)
from loanmath.ledger.state import AccountState, Entry
from loanmath.ledger.transitions import settled_capital
from loanmath.ledger.undoing import Lookup, charge_back, reverse
from loanmath.terms import CreditUse

__all__ = ["book"]


_AFTER_WRITE_OFF = Recovery | Payout | Reversal | InterestPause | InterestResume


def book(
    course: Course, state: AccountState, event: Event, cleared: Lookup
) -> Iterator[Entry]:
    """
    Yield what an event does, in steps.

    Args:
        course: The course.
        state: The state, with every night before the event accrued.
        event: The event.
        cleared: Finds what an earlier payment cleared, by its id.

    Raises:
        EventError: If it cannot be booked.
    """
    _check_meaning(state, event)
    day = event.on.toordinal()
    match event:
        case Payment() | Refund():
            yield from receive(course, state, Receipt.of(course, event), event)
        case Charge():
            yield from _charge(course, state, event, day)
        case Waiver():
            waived = _waive(course, state, event, day)
            yield from of_what_is_lent(course, state, waived, event)
        case Reversal():
            yield from reverse(course, state, event, day, cleared)
        case Chargeback():
            yield from charge_back(course, state, event, cleared)
        case InterestPause() | InterestResume():
            yield from _pause(course, state, event, day)
        case Disbursement():
            yield from disburse(course, state, event, day)
        case Acceleration():
            yield from _accelerate(course, state, event, day)
        case ChargeOff():
            entry = charge_off(course, state, event, day)
            yield entry
            yield from replanned(course, entry.after, day, event, entry.before)
        case _:
            yield from _close_or_change(course, state, event, day)


def _check_meaning(state: AccountState, event: Event) -> None:
    """Refuse what has no meaning on a loan, or where it stands."""
    if state.drawn == 0 and not isinstance(event, Disbursement | Reversal):
        raise EventError(
            f"event {event.id}", got=str(event.on), allowed="after a disbursement"
        )
    if isinstance(event, Refund) and event.of is not None:
        raise EventError(
            f"event {event.id}",
            got=f"a refund of {event.of!r}",
            allowed="a refund without of: a loan has no purchases",
        )
    if state.written_off is not None and not isinstance(event, _AFTER_WRITE_OFF):
        raise EventError(
            f"event {event.id}",
            got=f"a {type(event).__name__} after a write-off",
            allowed="a Recovery, a Payout, or a Reversal",
        )


def _row_of(state: AccountState, number: int | None, day: int) -> int:
    """Return the row with a number, or the next to fall due, or else the last."""
    due = state.balances.due
    if number is not None:
        if number > len(due):
            raise EventError(
                "installment", got=number, allowed=f"installments 1 to {len(due)}"
            )
        return number - 1
    return min(sum(1 for due_on in due if due_on < day), len(due) - 1)


def _with_column(
    state: AccountState, component: int, column: list[int]
) -> AccountState:
    segment = list(state.balances.segment)
    segment[component] = tuple(column)
    return state.with_balances(state.balances.with_segment(Segment._make(segment)))


def _charge(
    course: Course, state: AccountState, event: Charge, day: int
) -> Iterator[Entry]:
    amount = course.units(event.amount, f"event {event.id}")
    component = COMPONENTS.index(event.component)
    if event.due is None:
        row = _row_of(state, event.installment, day)
    else:
        added = with_row(state, event, event.due.toordinal())
        yield added
        state = added.after
        row = state.balances.fallen_due(event.due.toordinal()) - 1
    column = list(state.balances.segment[component])
    column[row] += amount
    charged = state.charged
    if component == PENALTY:
        charged = charged._replace(by_hand=charged.by_hand + amount)
    else:
        charged = charged._replace(fees=charged.fees + amount)
    after = _with_column(state, component, column)._replace(charged=charged)
    yield Entry(day, "charge", event, state, after, event.name)
    paid = min(after.balances.credit, amount)
    if paid and course.loan.servicing.credit is CreditUse.AT_ONCE:
        column[row] -= paid
        segment = _with_column(after, component, column).balances.segment
        settled = settled_capital(INTEGERS, after.balances, segment)
        settled = settled._replace(credit=settled.credit - paid)
        applied = after.with_balances(settled)
        yield Entry(day, "credit applied", event, after, applied)


def _waive(
    course: Course, state: AccountState, event: Waiver, day: int
) -> Iterator[Entry]:
    state = accrued_to(course, state, day)
    balances, component = state.balances, COMPONENTS.index(event.component)
    column = list(balances.segment[component])
    now = balances.fallen_due(day)
    rows = [number - 1 for number in event.installments] or list(range(len(column)))
    for row in rows:
        if row >= len(column):
            _row_of(state, row + 1, day)
    if component in (FEE, INTEREST):
        rows = [row for row in rows if row < now]
    owed = sum(column[row] for row in rows)
    if isinstance(event.amount, Fraction):
        share = event.amount
        exact = course.rounded(owed * share.numerator, share.denominator)
        amount = min(exact, owed)
    else:
        amount = course.units(event.amount, f"event {event.id}")
    if amount > owed:
        raise EventError(
            f"event {event.id}",
            got=f"a waiver of {event.amount} of {event.component.value}",
            allowed=f"at most {text_of(course, owed)}, what is owed",
        )
    for row in rows:
        taken = min(amount, column[row])
        column[row] -= taken
        amount -= taken
    segment = _with_column(state, component, column).balances.segment
    waived = settled_capital(INTEGERS, balances, segment)
    after = state.with_balances(waived)
    yield Entry(day, "waiver", event, state, after)
    yield from replanned(course, after, day, event, state)


def _pause(
    course: Course,
    state: AccountState,
    event: InterestPause | InterestResume,
    day: int,
) -> Iterator[Entry]:
    if isinstance(event, InterestPause):
        rule, pauses = "pause", with_pause(course.pauses, event)
    else:
        rule, pauses = "resumption", with_resumption(course.pauses, event)
    state = accrued_to(course, state, day)
    after = state._replace(course=evolve(course, pauses=pauses))
    yield Entry(day, rule, event, state, after)
    yield from replanned(after.course, after, day, event, state)


def _accelerate(
    course: Course, state: AccountState, event: Acceleration, day: int
) -> Iterator[Entry]:
    if state.accelerated:
        raise EventError(f"event {event.id}", got="accelerated already", allowed="once")
    check_lent(course, event)
    state = accrued_to(course, state, day)
    balances, segment = state.balances, state.balances.segment
    now = balances.fallen_due(day)
    if not any(segment.principal[now:]):
        raise EventError(
            f"event {event.id}",
            got="no principal that is not due",
            allowed="while some principal is not due",
        )
    interest = list(segment.interest)
    current = course.current_row(day)
    pays = course.paying_row(current)
    for row in range(now, len(interest)):
        if row == pays:
            interest[row] = accrued_and_owed(course, balances, day)
        elif row > current:
            interest[row] = brought_and_owed(course, balances, row)
    fee = list(kept_fees(course, balances, now))
    principal = sum(segment.principal[now:])
    fee[-1] += amount_of(course, event.charge, principal, course.rounded)
    owed = segment._replace(interest=tuple(interest), fee=tuple(fee))
    due = tuple(min(day, due_on) for due_on in balances.due)
    fees, planned, part = balances.planned
    planned = (*planned[:now], *map(add, interest[now:], balances.early[now:]))
    nothing = (0,) * (len(fees) - now)
    after = state._replace(
        balances=balances._replace(
            segments=(owed,), due=due, planned=((*fees[:now], *nothing), planned, part)
        ),
        accelerated=True,
    )
    yield Entry(day, "acceleration", event, state, after)


def _close_or_change(
    course: Course,
    state: AccountState,
    event: WriteOff
    | Recovery
    | Payout
    | TermsChange
    | Restructuring
    | Breach
    | LineOnly,
    day: int,
) -> Iterator[Entry]:
    match event:
        case TermsChange():
            yield change_terms(state, event, day)
        case Restructuring():
            yield from restructure(state, event, day)
        case WriteOff():
            yield write_off(course, state, event, day)
        case Recovery():
            yield recover(course, state, event, day)
        case Payout():
            yield pay_out(course, state, event, day)
        case _:
            raise EventError(
                f"event {event.id}",
                got=f"a {type(event).__name__} on a loan",
                allowed="an event of a loan",
                do="keep a line of credit as a LineAccount",
            )
