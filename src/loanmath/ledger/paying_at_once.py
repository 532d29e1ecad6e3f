"""
A payment of what is due on plain terms, at once: the commonest event of all.

On terms that do nothing by themselves but charge for lateness, such a payment accrues
the nights before it and clears what it can. The steps that other terms need would find
nothing to do, at several times the cost. What is here is the same to the last integer,
entry by entry; anything else is left to those steps.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import takewhile
from operator import add

from loanmath.events import Event, Payment
from loanmath.ledger.balances import Balances, Segment
from loanmath.ledger.course import Course
from loanmath.ledger.rules import LatenessRule, Pass
from loanmath.ledger.settlement import contract_accrued
from loanmath.ledger.state import AccountState, Entry
from loanmath.terms import Standing

__all__ = ["paid_at_once"]


def paid_at_once(state: AccountState, event: Event) -> tuple[Entry, ...]:
    """Return the entries of a payment of what is due on plain terms, else none."""
    balances, others = state.balances, state[1:]
    if type(event) is not Payment or not _only_clears(state, event):
        return ()
    course, day = state.course, event.on.toordinal()
    tiers = course.tables(event.kind)
    amount = course.units(event.amount, f"event {event.id}")
    may_settle = amount >= sum(balances.segment.principal)
    if may_settle or len(tiers) > 1:
        return ()
    passed = _passed(course, balances, day)
    cleared, left = _cleared(passed, tiers[0][1], amount, day)
    if left:
        return ()
    before = AccountState(passed, *others)
    paid = Entry(day, "payment", event, before, AccountState(cleared, *others))
    if balances.since == day:
        return (paid,)
    return Entry(day, "lateness", None, state, before), paid


def _only_clears(state: AccountState, payment: Payment) -> bool:
    """Return whether nothing but what is owed and due bears on a payment."""
    balances = state.balances
    ended = not state.drawn or state.stopped or state.written_off is not None
    other = payment.is_directed or ended or balances.credit or balances.ahead
    return state.course.is_plain and not other


def _passed(course: Course, balances: Balances, until: int) -> Balances:
    """Return the balances once all accrued over the nights before a day."""
    row = course.current_row(until)
    accrued, prepaid = contract_accrued(course, balances, until, row)
    segment, sums = _grown(course.rules, balances, until)
    return balances.passed(segment, sums, until, (accrued, row, prepaid))


def _grown(
    rules: Iterable[LatenessRule], balances: Balances, until: int
) -> tuple[Segment, tuple[tuple[int, ...], ...]]:
    """
    Return what is owed, and the sums, once steady rules accrued up to a day.

    Formula: `sum += base * rate * days`, and what is owed grows by
    `round(sum after) - round(sum before)`, row by row.
    """
    segment, due, since = balances.segment, balances.due, balances.since
    owed, exact, overdue = list(segment), list(balances.sums), bisect_left(due, until)
    for number, rule in enumerate(rules):
        bases, grown = segment[rule.base[0]], list(exact[number])
        for component in rule.base[1:]:
            bases = tuple(map(add, bases, segment[component]))
        rate, unit, added = rule.pieces[0].rate, rule.unit, rule.added or 0
        delay, tolerance, column = rule.first, rule.tolerance, list(owed[rule.target])
        # Rows that bore before bear all these nights.
        share, bore = rate * (until - since), bisect_right(due, since - delay)
        for row, base in enumerate(bases[:overdue]):
            if base > tolerance:
                if row >= bore:
                    share = rate * max(until - due[row] - delay, 0)
                before = grown[row] + added
                after = before + base * share
                grown[row] = after - added
                column[row] += after // unit - before // unit
        owed[rule.target], exact[number] = tuple(column), tuple(grown)
    return Segment._make(owed), tuple(exact)


def _cleared(
    balances: Balances, table: Iterable[Pass], money: int, day: int
) -> tuple[Balances, int]:
    """
    Return the balances after money ran over what is due, and zero.

    Where it is more than is due, they are as they were, and what is left is not zero.
    """
    owed, due, left = list(balances.segment), balances.due, money
    past, now = bisect_left(due, day), bisect_right(due, day)
    for standing, components in takewhile(_is_due, table):
        first, last = (0, past) if standing is Standing.PAST_DUE else (past, now)
        for row in range(first, last):
            for component in components:
                part = owed[component][row]
                if part:
                    taken = part if part < left else left  # noqa: FURB136 faster
                    column = list(owed[component])
                    column[row] = part - taken
                    owed[component] = tuple(column)
                    left -= taken
                    if not left:
                        return balances.with_segment(Segment._make(owed)), 0
    return balances, left


def _is_due(part: Pass) -> bool:
    return part.standing is not Standing.IN_ADVANCE
