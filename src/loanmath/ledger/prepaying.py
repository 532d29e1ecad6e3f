"""Principal repaid before it is due, and the rows that are then planned anew."""

from collections.abc import Iterator

from loanmath.events import Event, Payment, Refund
from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.course import Course
from loanmath.ledger.recast import recast
from loanmath.ledger.receipt import Receipt, recorded
from loanmath.ledger.row_fees import is_gone
from loanmath.ledger.rules import INTEREST, PRINCIPAL, Pass
from loanmath.ledger.settlement import lent_ahead, prepayment_fee
from loanmath.ledger.state import AccountState, Entry
from loanmath.ledger.transitions import Spent, spend
from loanmath.search import last_where
from loanmath.terms import (
    InterestTo,
    PrepaymentEffect,
    RemainingFees,
    Standing,
)

__all__ = ["frozen", "prepay", "replanned", "thawed"]


def prepay(
    course: Course,
    state: AccountState,
    spent: Spent,
    receipt: Receipt,
    event: Event,
) -> Iterator[Entry]:
    """Yield a prepayment of principal: its fee, what it clears, and the new plan."""
    terms, day = course.loan.servicing.prepayment, receipt.day
    effect = receipt.effect or terms.effect
    balances = spent.balances
    rows = course.rows_from(balances.fallen_due(day))
    principal = _affordable(course, balances, spent.left, day)
    fee = prepayment_fee(course, terms.fee, principal, day)
    if fee:
        charged = _with_fee(state, rows[0], fee)
        yield Entry(day, "prepayment fee", event, state, charged)
        state = charged
    left = spent.left - principal - fee
    # Rows whose period is over, and only their due date to come, are paid first.
    over = [row for row in rows if row < course.current_row(day)]
    begun = rows[len(over) :]
    order = rows if effect is PrepaymentEffect.NEXT else over + begun[::-1]
    table = [Pass(Standing.IN_ADVANCE, (PRINCIPAL,))]
    paid = spend(INTEGERS, balances, table, principal, day, lambda _: order)
    cleared = paid.balances._replace(credit=balances.credit + left)
    entry = recorded(state, cleared, receipt, event)
    yield entry
    if effect is PrepaymentEffect.NEXT or not principal:
        yield from replanned(course, entry.after, day, event, state)
        return
    kept = balances._replace(credit=cleared.credit, early=entry.after.balances.early)
    before, prepaid = spend(INTEGERS, kept, table, principal, day, lambda _: over)
    planned = _planned(course, before, day, prepaid, effect)
    after = state.with_balances(planned)
    yield Entry(day, "replanned", event, entry.after, after)


def _planned(
    course: Course, balances: Balances, day: int, prepaid: int, effect: PrepaymentEffect
) -> Balances:
    """Return the balances with rows in advance planned for what is left of them."""
    keeps = course.loan.servicing.prepayment.interest is InterestTo.PERIOD
    planned = recast(course, balances, day, prepaid, effect, keeps_interest=keeps)
    if effect is PrepaymentEffect.SHORTER:
        return _without_fees(course, planned, day)
    return planned


def _without_fees(course: Course, balances: Balances, day: int) -> Balances:
    """Return the balances without planned fees of rows that nothing is left for."""
    terms = course.loan.servicing.prepayment
    if terms.remaining_fees is RemainingFees.DUE or not course.growth.replans:
        return balances
    fees, planned = list(balances.segment.fee), list(balances.planned[0])
    for row, start in enumerate(course.start):
        if balances.due[row] > day and start > day and is_gone(balances, row):
            # What was paid of it stays planned, and is not asked for again.
            dropped = min(fees[row], planned[row])
            fees[row] -= dropped
            planned[row] -= dropped
    return balances._replace(
        segments=(balances.segment._replace(fee=tuple(fees)),),
        planned=(tuple(planned), *balances.planned[1:]),
    )


def _affordable(course: Course, balances: Balances, money: int, day: int) -> int:
    """Return the most principal in advance that money repays with the fee for it."""
    fee = course.loan.servicing.prepayment.fee

    def costs(principal: int) -> int:
        return principal + prepayment_fee(course, fee, principal, day)

    principal = min(money, lent_ahead(course, balances, day))
    if costs(principal) <= money:
        return principal
    return last_where(lambda amount: amount <= 0 or costs(amount) <= money, principal)


def _with_fee(state: AccountState, row: int, fee: int) -> AccountState:
    column = list(state.balances.segment.fee)
    column[row] += fee
    segment = state.balances.segment._replace(fee=tuple(column))
    return state.with_balances(state.balances.with_segment(segment))


def frozen(course: Course, state: AccountState, day: int) -> AccountState:
    """
    Return the state with rows in advance as if nothing more accrued from this day on.

    Money ahead of time then pays interest that is earned, and principal.
    """
    balances = state.balances
    planned = recast(
        course, balances._replace(rests=True), day, 0, PrepaymentEffect.NEXT
    )
    # What is planned for now alone moves no fee.
    fees, planned_fees = balances.segment.fee, balances.planned[0]
    stood = planned._replace(
        segments=(planned.segment._replace(fee=fees),),
        planned=(planned_fees, *planned.planned[1:]),
        rests=balances.rests,
    )
    return state.with_balances(stood)


def thawed(before: Balances, frozen: Balances, after: Balances, day: int) -> Balances:
    """
    Return the balances after money came ahead of time, on the plan from before it.

    What the money cleared of the rows that stood still is taken off the rows as they
    were planned: each has its payment, less that.
    """
    ahead = before.fallen_due(day)
    columns = [list(column) for column in after.segment]
    for place in (INTEREST, PRINCIPAL):
        planned, stood = before.segment[place], frozen.segment[place]
        for row in range(ahead, len(planned)):
            columns[place][row] += planned[row] - stood[row]
    return after._replace(
        segments=(Segment._make(map(tuple, columns)),),
        planned=before.planned,
        carried=before.carried,
    )


def replanned(
    course: Course,
    state: AccountState,
    day: int,
    event: Event,
    before: AccountState,
) -> Iterator[Entry]:
    """
    Yield the new plan of rows in advance, where interest follows the balance, or ends.

    Args:
        course: The course.
        state: The state, with money moved.
        day: The day.
        event: The event that moved it.
        before: The state before.
    """
    new, old = state.balances, before.balances
    if not course.follows_balance and new.drops == old.drops:
        return
    ahead = new.fallen_due(day)
    same = new.segment.principal[ahead:] == old.segment.principal[ahead:]
    if not isinstance(event, Payment | Refund):
        # Interest that is owed again follows the balance too.
        same &= new.segment.interest[ahead:] == old.segment.interest[ahead:]
    # A pause is planned too, which terms of the days to come are.
    same &= state.course is before.course
    if same and new.rests == old.rests and new.drops == old.drops:
        return
    planned = recast(course, state.balances, day, 0, PrepaymentEffect.NEXT)
    after = state.with_balances(planned)
    yield Entry(day, "replanned", event, state, after)
