"""Ceilings on what lateness costs: what may still be charged, and what is cut off."""

from fractions import Fraction

from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.course import Course
from loanmath.ledger.rules import COMPOUND, PENALTY
from loanmath.ledger.state import AccountState
from loanmath.terms import AmountCap, Cap, Component, InDuplum, RateCap
from loanmath.terms.lateness import daily_share

__all__ = ["allow_nights", "allowed_charge", "caught_up", "limited"]


def _in_force(cap: Cap, day: int) -> bool:
    since = 0 if cap.since is None else cap.since.toordinal()
    return since <= day and (cap.until is None or day < cap.until.toordinal())


def _share(course: Course, cap: RateCap) -> Fraction:
    return daily_share(cap.rate, cap.days_in_year, course.loan)


def allow_nights(course: Course, state: AccountState, until: int) -> AccountState:
    """Return the state with what ceilings on the rate allow for the nights before."""
    caps = course.loan.servicing.caps
    balances, charged = state.balances, state.charged
    since = balances.since
    allowed = charged.allowed or (0,) * len(caps)
    grown = []
    for cap, before in zip(caps, allowed, strict=True):
        exact = before
        if isinstance(cap, RateCap) and _in_force(cap, since):
            days = sum(
                owed * max(until - max(due, since), 0)
                for due, owed in zip(
                    balances.due, balances.segment.principal, strict=True
                )
            )
            exact += days * _share(course, cap).numerator
        grown.append(exact)
    return state._replace(charged=charged._replace(allowed=tuple(grown)))


def limited(
    course: Course, before: AccountState, after: AccountState, day: int
) -> AccountState:
    """
    Return the state after nights accrued, with what a ceiling forbids cut off.

    Of what grew, the last rows are cut first.
    """
    if not course.loan.servicing.caps:
        return after
    old, new = before.balances.segment, after.balances.segment
    interest = sum(new.interest) - sum(old.interest)
    charged = after.charged._replace(interest=after.charged.interest + interest)
    grown = [
        (component, row, new[component][row] - old[component][row])
        for row in range(len(new.penalty))
        for component in (PENALTY, COMPOUND)
        if new[component][row] != old[component][row]
    ]
    columns = [list(column) for column in new]
    for component, row, amount in grown:
        columns[component][row] -= amount
    base = after._replace(
        balances=after.balances.with_segment(_segment(columns)),
        charged=charged,
    )
    for component, row, amount in grown:
        granted, base = _grant(course, base, component, amount, day)
        columns[component][row] += granted
        base = _with_segment(base, columns)
    return _with_segment(base, columns)


def allowed_charge(
    course: Course, state: AccountState, component: int, wanted: int, day: int
) -> tuple[int, AccountState]:
    """Return how much of a late charge may be made, and the state that knows of it."""
    if not course.loan.servicing.caps:
        return wanted, state
    return _grant(course, state, component, wanted, day)


def caught_up(course: Course, state: AccountState, day: int) -> AccountState:
    """
    Return the state with what was cut off earlier charged, as far as it may be.

    It is charged on the oldest row that owes anything; without one, it waits.
    """
    backlog = state.charged.backlog
    if not backlog:
        return state
    columns = list(map(list, state.balances.segment))
    row = _oldest(columns, state.balances, day)
    if row is None:
        return state
    state = state._replace(charged=state.charged._replace(backlog=()))
    for component, amount in backlog:
        granted, state = _grant(course, state, component, amount, day, keeps=True)
        columns[component][row] += granted
        state = _with_segment(state, columns)
    return state


def _with_segment(state: AccountState, columns: list[list[int]]) -> AccountState:
    return state.with_balances(state.balances.with_segment(_segment(columns)))


def _segment(columns: list[list[int]]) -> Segment:
    return Segment._make(map(tuple, columns))


def _oldest(columns: list[list[int]], balances: Balances, day: int) -> int | None:
    for row, due in enumerate(balances.due):
        if due <= day and any(column[row] for column in columns):
            return row
    return None


def _grant(  # noqa: PLR0913 what is wanted, and whether what is refused is kept
    course: Course,
    state: AccountState,
    component: int,
    wanted: int,
    day: int,
    *,
    keeps: bool = False,
) -> tuple[int, AccountState]:
    """Return what may be charged of what is wanted; the rest is cut off, or waits."""
    granted, lost = wanted, False
    for number, cap in enumerate(course.loan.servicing.caps):
        if _in_force(cap, day):
            room = max(_room(course, state, number, cap, day), 0)
            if room < granted or (room == granted and isinstance(cap, InDuplum)):
                granted, lost = room, isinstance(cap, InDuplum)
    charged, rest = state.charged, wanted - granted
    charged = charged._replace(lateness=charged.lateness + granted)
    if rest and lost and not keeps:
        charged = charged._replace(cut=charged.cut + rest)
    elif rest:
        charged = charged._replace(backlog=_joined(charged.backlog, component, rest))
    return granted, state._replace(charged=charged)


def _joined(
    backlog: tuple[tuple[int, int], ...], component: int, amount: int
) -> tuple[tuple[int, int], ...]:
    if backlog and backlog[-1][0] == component:
        return (*backlog[:-1], (component, backlog[-1][1] + amount))
    return (*backlog, (component, amount))


def _room(course: Course, state: AccountState, number: int, cap: Cap, day: int) -> int:
    """Return how much more lateness may cost under one ceiling."""
    charged, balances = state.charged, state.balances
    if isinstance(cap, RateCap):
        allowed = charged.allowed[number] if charged.allowed else 0
        return allowed // _share(course, cap).denominator - charged.lateness
    if isinstance(cap, AmountCap):
        return _most(course, cap) - _counted(state, cap, day)
    segment = balances.segment
    now = balances.fallen_due(day)
    arrears = (segment.penalty, segment.compound, segment.interest)
    unpaid = sum(sum(column[:now]) for column in arrears)
    return sum(segment.principal) - unpaid


def _most(course: Course, cap: AmountCap) -> int:
    if isinstance(cap.most, Fraction):
        lent = course.units(course.loan.principal, "principal")
        return lent * cap.most.numerator // cap.most.denominator
    return course.units(cap.most, "most")


def _counted(state: AccountState, cap: AmountCap, day: int) -> int:
    charged, planned = state.charged, state.balances.planned
    now = state.balances.fallen_due(day)
    total = charged.lateness + charged.by_hand
    if Component.FEE in cap.of:
        total += sum(planned[0][:now]) + charged.fees
    if Component.INTEREST in cap.of:
        total += sum(planned[1][:now]) + charged.interest
    return total
