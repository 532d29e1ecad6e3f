"""New terms for what is not due yet: the next chapter of an account."""

from bisect import bisect_right
from datetime import date
from typing import Any

from attrs import evolve, fields

from loanmath.currency import from_units
from loanmath.errors import EventError, LoanmathError
from loanmath.events import Restructuring, TermsChange
from loanmath.events.recorded import Recorded
from loanmath.ledger.balances import Balances
from loanmath.ledger.changes import accrued_to
from loanmath.ledger.course import Arrears, Course, course
from loanmath.ledger.earning import Earning
from loanmath.ledger.recast import recast
from loanmath.ledger.rules import FEE
from loanmath.ledger.settlement import (
    accrued_and_owed,
    brought_and_owed,
    kept_fees,
)
from loanmath.ledger.state import AccountState, Entry
from loanmath.schedule.timeline import timeline
from loanmath.terms import InstallmentLoan, PrepaymentEffect
from loanmath.terms.remainder import Cut, remaining_loan

__all__ = [
    "RESTRUCTURED",
    "TERMS_CHANGED",
    "change_terms",
    "check_chapter",
    "earned_ahead",
    "fees_owed",
    "next_chapter",
    "opens_chapter",
    "refusal",
    "rows_kept",
]

TERMS_CHANGED = "terms change"
RESTRUCTURED = "restructuring"

_COMMON = {field.name for field in fields(Recorded)}


def refusal(event: Recorded, error: LoanmathError, do: str = "") -> EventError:
    """Return why an event is refused, given what is wrong with what it plans."""
    return EventError(
        f"event {event.id}, {error.what}",
        got=error.got,
        allowed=error.allowed,
        do=error.do or do,
    )


def opens_chapter(entry: Entry) -> bool:
    """Return whether an entry plans what is left anew, by new terms."""
    if entry.rule not in (TERMS_CHANGED, RESTRUCTURED):
        return False
    return entry.before.course is not entry.after.course


def rows_kept(state: AccountState, day: int) -> int:
    """Return how many rows stay, from the first, where a chapter begins on a day."""
    if state.accelerated:
        return len(state.balances.due)
    return state.course.current_row(day)


def change_terms(state: AccountState, event: TermsChange, day: int) -> Entry:
    """
    Return what new terms do: what fell due stays, and all else is planned by them.

    Raises:
        EventError: If nothing is left to plan, or no plan follows.
    """
    if state.accelerated:
        raise EventError(f"event {event.id}", got="accelerated", allowed=_PLANNED)
    check_chapter(state, event, day, event.first_due)
    before, state = state, accrued_to(state.course, state, day)
    balances = state.balances
    kept = rows_kept(state, day)
    # Drawings to come, and holidays, are terms of what is left too.
    principal = sum(balances.segment.principal[kept:]) - state.course.to_come(day)
    if principal <= 0:
        raise EventError(
            f"event {event.id}",
            got=f"new terms on {event.on}",
            allowed="while some principal is not due",
        )
    try:
        loan = _loan(state.course, event, principal, kept)
        after = next_chapter(state, loan, day, earned_ahead(state, day))
    except LoanmathError as error:
        raise refusal(event, error) from error
    return Entry(day, TERMS_CHANGED, event, before, after)


_PLANNED = "a loan whose installments fall due by a plan"


def check_chapter(
    state: AccountState,
    event: TermsChange | Restructuring,
    day: int,
    first_due: date | None,
) -> None:
    """
    Refuse new terms where nothing follows a plan, or it cannot be cut on the day.

    Raises:
        EventError: If they are refused.
    """
    row = rows_kept(state, day)
    got, allowed = "", _PLANNED
    if state.charged_off:
        got = "charged off"
    elif state.drawn < state.course.loan.principal_units:
        got, allowed = "more to be drawn", "a loan that is drawn in full"
    elif first_due is not None and first_due <= event.on:
        got, allowed = f"first_due {first_due}", f"after {event.on}"
    elif state.balances.fallen_due(day) > row:
        end = date.fromordinal(state.course.end[row])
        got, allowed = str(event.on), f"from {end} on: interest to it has fallen due"
    elif state.course.earning is not None:
        got, allowed = _unsettled(state.course, state.course.earning, day)
    if got:
        raise EventError(f"event {event.id}", got=got, allowed=allowed)


def _unsettled(course: Course, earning: Earning, day: int) -> tuple[str, str]:
    """Return what of a day contradicts new terms from it on, and when none does."""
    current = course.current_row(day)
    row = course.plan_row(current)
    if earning.drawn_between(day - 1, day):
        return "a drawing on the day", "before a drawing, or on a day after it"
    pays = course.plan_row(course.paying_row(current))
    if pays < len(earning.joins) and earning.joins[pays] and earning.passed(row, day):
        end = date.fromordinal(earning.end[pays])
        return "interest earned that is to join the principal", f"on {end}, or later"
    return "", ""


def _loan(
    before: Course, event: TermsChange, principal: int, kept: int
) -> InstallmentLoan:
    """Return the new terms of what is not due, after the rows that are kept."""
    loan = before.loan
    changed = {
        field.name: getattr(event, field.name)
        for field in fields(TermsChange)
        if field.name not in _COMMON and getattr(event, field.name) is not None
    }
    rows = timeline(loan, loan.repayment.count or len(before.schedule))
    row = bisect_right(rows.end, event.on)
    # A broken period before the first installment is none of them.
    row += rows.number[row] == 0
    owed = from_units(principal, loan.digits)
    cut = Cut(rows.number[row], rows.unmoved[row], fees_owed(before, event.on, kept))
    return remaining_loan(loan, event.on, owed, cut, changed)


def fees_owed(course: Course, on: date, kept: int) -> date:
    """Return the day up to which fees on dates of their own are owed already."""
    # A fee in the period that is not over has a row before it, which is kept.
    fees = [course.due[fee] for fee in course.of_fees if fee < kept]
    return date.fromordinal(max(on.toordinal(), *fees, 0))


def earned_ahead(state: AccountState, day: int) -> tuple[int, int, int, int]:
    """Return what is owed of rows that do not stay, beside principal, by component."""
    balances, kept = state.balances, rows_kept(state, day)
    penalty, compound = (sum(column[kept:]) for column in balances.segment[:FEE])
    fee = sum(kept_fees(state.course, balances, kept)[kept:])
    earned = 0 if state.accelerated else _earned(state.course, balances, day)
    return penalty, compound, fee, earned


def _earned(course: Course, balances: Balances, day: int) -> int:
    """Return interest that is owed of periods that are not over, and from before."""
    current = course.current_row(day)
    pays = course.paying_row(current)
    later = range(current, len(balances.due))
    brought = (brought_and_owed(course, balances, row) for row in later if row != pays)
    return accrued_and_owed(course, balances, day) + sum(brought)


def next_chapter(
    state: AccountState,
    loan: InstallmentLoan,
    day: int,
    ahead: tuple[int, int, int, int],
) -> AccountState:
    """
    Return the state on the first day of new terms, once interest accrued to it.

    Args:
        state: The state before.
        loan: The terms of what is not due.
        day: The day.
        ahead: What falls due with the first new row, on a row of its own.

    Raises:
        LoanmathError: If no plan follows.
    """
    before, balances, kept = state.course, state.balances, rows_kept(state, day)
    first = course(loan).first_due
    # What is not due yet is due no later than the first row of the new plan.
    over = [
        Arrears(
            min(balances.due[row], first),
            _owed(balances, row),
            min(before.end[row], day),
            row in before.apart,
        )
        for row in range(kept)
    ]
    if any(ahead):
        over.append(Arrears(first, (*ahead, 0), day))
    planned = course(loan, over, balances.credit)
    follows = evolve(planned, pauses=before.pauses)
    return state._replace(
        course=follows,
        balances=_with_pauses(follows, _balances(state, follows, kept), day),
        drawn=loan.principal_units,
        accelerated=False,
    )


def _with_pauses(follows: Course, balances: Balances, day: int) -> Balances:
    """Return the balances with interest planned without the days that bear nothing."""
    if not follows.follows_balance or all(until <= day for _, until in follows.pauses):
        return balances
    return recast(follows, balances, day, 0, PrepaymentEffect.NEXT)


def _owed(balances: Balances, row: int) -> Any:
    return tuple(column[row] for column in balances.segment)


def _balances(state: AccountState, follows: Course, kept: int) -> Balances:
    """Return the balances on the first day of new terms."""
    old, new = state.balances, follows.opening
    nothing = (0,) * (len(new.due) - kept)
    known = {
        rule.name: (rule, sums[:kept])
        for rule, sums in zip(state.course.rules, old.sums, strict=True)
    }
    sums = []
    for rule in follows.rules:
        was, came_to = known.get(rule.name, (rule, (0,) * kept))
        # What lateness came to goes on where its rule does; else it is rounded now.
        goes_on = evolve(was, rounded=rule.rounded, maturity=rule.maturity) == rule
        sums.append((*(came_to if goes_on else (0,) * kept), *nothing))
    fees, interest, principal = (
        (*before[:kept], *after[kept:])
        for before, after in zip(old.planned, new.planned, strict=True)
    )
    return new._replace(
        ahead=old.ahead,
        sums=tuple(sums),
        capital=tuple(
            (*column[:kept], *nothing)
            for column, _ in zip(old.capital or new.capital, new.capital, strict=False)
        ),
        planned=(fees, interest, principal),
    )
