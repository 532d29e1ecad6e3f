"""What happens on a day by the terms alone: before its events, and over the nights."""

from collections.abc import Iterator
from datetime import date
from operator import add

from loanmath.ledger.balances import Segment
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.ceilings import allow_nights, allowed_charge, caught_up, limited
from loanmath.ledger.course import Course
from loanmath.ledger.pauses import is_paused
from loanmath.ledger.recast import recast
from loanmath.ledger.rules import FEE, PENALTY
from loanmath.ledger.settlement import accrue_contract, amount_of
from loanmath.ledger.state import PERIOD_ENDED, AccountState, Entry
from loanmath.ledger.transitions import (
    compound,
    count_day,
    days_past_due,
    held_back,
    pass_nights,
    pay,
    posted_growth,
    rule_base,
)
from loanmath.terms import (
    Component,
    Compounded,
    CreditUse,
    LateCharge,
    LateChargeOf,
    PrepaymentEffect,
    Standing,
)

__all__ = ["advance", "counted", "late_on", "morning"]


def advance(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    """
    Yield what happens by the terms until the events of a day.

    Every night before the day accrues; on days on which the terms do something, it is
    done before the events of that day.
    """
    since = state.balances.since
    for stop in sorted(_days(course, state, since, day)):
        for entry in _nights(course, state, stop):
            yield entry
            state = entry.after
        for entry in _end_period(course, state, stop):
            yield entry
            state = entry.after
        for entry in morning(course, state, stop):
            yield entry
            state = entry.after
    for entry in _nights(course, state, day):
        yield entry
        state = entry.after
    yield from _follow(course, state, day)


def _end_period(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    """Yield the last word on a period that ends, where overdue principal bore in it."""
    if course.overdue_bears and not state.accelerated and day in course.end:
        yield from _replanned(course, state, day, ending=True)


def _follow(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    """Yield the plan that follows from overdue principal having borne to this day."""
    if course.overdue_bears and not state.accelerated:
        yield from _replanned(course, state, day, ending=False)


def _replanned(
    course: Course, state: AccountState, day: int, *, ending: bool
) -> Iterator[Entry]:
    balances = state.balances
    overdue = sum(1 for due in balances.due if due < day)
    if not any(balances.segment.principal[:overdue]):
        return
    planned = recast(course, balances, day, 0, PrepaymentEffect.NEXT, ending=ending)
    after = state.with_balances(planned)
    if planned.segment != balances.segment:
        name = PERIOD_ENDED if ending else ""
        yield Entry(day, "replanned", None, state, after, name)


def counted(course: Course, state: AccountState) -> Iterator[Entry]:
    """Yield the day itself, where it counts before its payments."""
    if not course.counts_payment_day:
        return
    balances, day = state.balances, state.balances.since
    if balances.ahead:
        return
    if _rests(state, day):
        # The day is over for what is past due, even if interest is resumed on it.
        after = state.with_balances(balances._replace(ahead=1))
        yield Entry(day, "rest", None, state, after)
        return
    after = state.with_balances(count_day(INTEGERS, state.balances, course.rules))
    yield Entry(day, "lateness", None, state, limited(course, state, after, day))


def _rests(state: AccountState, day: int) -> bool:
    return state.stopped or is_paused(state.course.pauses, day)


def _nights(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    if state.balances.since >= day:
        return
    if _rests(state, state.balances.since):
        rested = state.balances._replace(since=day, ahead=0)
        yield Entry(day, "rest", None, state, state.with_balances(rested))
        return
    if course.loan.servicing.caps:
        yield from _limited_nights(course, state, day)
        return
    passed = pass_nights(INTEGERS, state.balances, course.rules, day)
    if course.is_plain:
        # Nothing comes between these nights and the events of the day.
        passed = accrue_contract(course, passed, day)
    yield Entry(day, "lateness", None, state, state.with_balances(passed))


def _limited_nights(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    """Yield nights on which lateness costs no more than ceilings allow."""
    # What a ceiling cuts off a day that counts ahead, it may allow that night.
    for entry in counted(course, state):
        yield entry
        state = entry.after
    allowed = allow_nights(course, state, day)
    # Ceilings look at the night itself: the one before this day.
    began = caught_up(course, allowed, day - 1)
    if began.balances != state.balances:
        yield Entry(day, "allowed by a ceiling", None, state, began)
        state = began
    after = began.with_balances(
        pass_nights(INTEGERS, began.balances, course.rules, day)
    )
    yield Entry(day, "lateness", None, state, limited(course, began, after, day - 1))


def _days(course: Course, state: AccountState, since: int, day: int) -> set[int]:
    """Return the days after one, up to another, on which the terms do something."""
    balances, after = state.balances, course.days_after
    if balances.credit and course.loan.servicing.credit is not CreditUse.KEPT:
        after |= {0}
    elif not course.has_days:
        return set()
    days = {due + more for more in after for due in balances.due}
    days |= {turn for pause in course.pauses for turn in pause}
    days |= _compounding_days(course, state, since, day)
    if course.overdue_bears:
        days |= set(course.end)
    if course.goes_day_by_day:
        days |= set(range(max(since + 1, balances.due[0]), day + 1))
    return {stop for stop in days if since < stop <= day}


def _compounding_days(
    course: Course, state: AccountState, since: int, day: int
) -> set[int]:
    terms = course.loan.penalty
    if terms is None or terms.compounding is None:
        return set()
    compounding = terms.compounding
    match compounding.every:
        case Compounded.DAILY:
            return set(range(max(since + 1, state.balances.due[0]), day + 1))
        case Compounded.DUE_DATES:
            return set(course.of_plan(course.due))
        case _:
            quarterly = compounding.every is Compounded.QUARTERLY
            return set(_month_days(compounding.day, since, day, quarterly))


def _month_days(number: int, since: int, day: int, quarterly: bool) -> Iterator[int]:
    first, last = date.fromordinal(since), date.fromordinal(day)
    for month in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        if not quarterly or month % 3 == 2:
            yield date(month // 12, month % 12 + 1, number).toordinal()


def morning(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    """Yield what the terms do as a day begins, before its events."""
    steps = (_use_credit, _charge_late, _end_grace, _compound)
    for step in steps:
        for entry in step(course, state, day):
            yield entry
            state = entry.after


def _use_credit(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    balances = state.balances
    if (
        not balances.credit
        or course.loan.servicing.credit is CreditUse.KEPT
        or day not in balances.due
    ):
        return

    def rows_of(standing: Standing) -> range:
        if standing is Standing.IN_ADVANCE:
            return range(0)
        return INTEGERS.rows(standing, balances.due, day)

    spent, left = pay(
        INTEGERS,
        balances,
        course.tables("payment"),
        balances.credit,
        day,
        late_on(course, state, day),
        rows_of,
    )
    after = state.with_balances(spent._replace(credit=left))
    yield Entry(day, "credit applied", None, state, after)


def late_on(course: Course, state: AccountState, day: int) -> int:
    """Return the days past due, as the terms count them."""
    terms = course.loan.servicing.days_past_due
    late = days_past_due(INTEGERS, state.balances, day, course.late_tolerance)
    return 0 if late <= terms.grace_days else late


def _unpaid(segment: Segment, row: int) -> int:
    unpaid: int = segment.fee[row] + segment.interest[row] + segment.principal[row]
    return unpaid


def _charge_late(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    if state.stopped:
        return
    for charge in course.loan.servicing.late_charges:
        for row, due in enumerate(state.balances.due):
            if due + charge.days_late != day:
                continue
            unpaid = _unpaid(state.balances.segment, row)
            if unpaid > course.units(charge.tolerance, "tolerance"):
                entry = _late_charge(course, state, charge, row, day)
                yield entry
                state = entry.after


def _late_charge(
    course: Course, state: AccountState, charge: LateCharge, row: int, day: int
) -> Entry:
    amount = late_charge_amount(course, state, charge, row)
    component = FEE if charge.component is Component.FEE else PENALTY
    granted, charged = allowed_charge(course, state, component, amount, day)
    segment = list(state.balances.segment)
    column = list(segment[component])
    column[row] += granted
    segment[component] = tuple(column)
    balances = state.balances.with_segment(Segment._make(segment))
    after = charged.with_balances(balances)
    return Entry(day, "late charge", None, state, after, charge.name)


def late_charge_amount(
    course: Course, state: AccountState, charge: LateCharge, row: int
) -> int:
    """Return what a late charge on a row comes to, before any ceiling."""
    loan, segment = course.loan, state.balances.segment
    rounded = (charge.rounding or loan.rounding).quotient(loan.digits)
    match charge.of:
        case LateChargeOf.OVERDUE:
            base = _unpaid(segment, row)
        case LateChargeOf.PRINCIPAL:
            base = segment.principal[row]
        case _:
            base = sum(column[row] for column in state.balances.planned)
    amount = max(
        amount_of(course, charge.amount, base, rounded),
        course.units(charge.least, "least"),
    )
    if charge.most is None:
        return amount
    return min(amount, course.units(charge.most, "most"))


def _end_grace(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    """Yield what days of grace held back: charged where a row outlasted them."""
    balances = state.balances
    sums, owed = list(balances.sums), list(balances.segment)
    for number, rule in enumerate(course.rules):
        if not rule.held:
            continue
        ending = [
            row for row, due in enumerate(balances.due) if due + rule.held + 1 == day
        ]
        if not ending:
            continue
        held = list(sums[number])
        for row in ending:
            if not rule_base(course.rules[0], balances, row):
                held[row] = 0
        before = held_back(INTEGERS, rule, held, balances.due, day)
        after = held_back(INTEGERS, rule, held, balances.due, day + 1)
        bases = [rule_base(rule, balances, row) for row in range(len(held))]
        more = posted_growth(INTEGERS, rule, before, after, enumerate(bases))
        sums[number] = tuple(held)
        owed[rule.target] = tuple(map(add, owed[rule.target], more))
    ended = state.with_balances(
        balances._replace(segments=(Segment._make(owed),), sums=tuple(sums))
    )
    if ended != state:
        yield Entry(
            day, "end of grace", None, state, limited(course, state, ended, day)
        )


def _compound(course: Course, state: AccountState, day: int) -> Iterator[Entry]:
    if day in _compounding_days(course, state, day - 1, day):
        after = state.with_balances(compound(state.balances))
        if after != state:
            yield Entry(day, "compounding", None, state, after)
