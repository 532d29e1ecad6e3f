"""A payment of what is due, on plain terms, is the same at once as in steps."""

from unittest.mock import patch

from attrs import evolve
from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from accounts import (
    Opened,
    accounts,
    allocations,
    cases,
    days_that_matter,
    event_streams,
    penalties,
)
from kept_accounts import opened, recorded
from loanmath.errors import LoanmathError
from loanmath.events import Payment
from loanmath.ledger.paying_at_once import paid_at_once
from loanmath.terms import InterestOn, Servicing

PATH = "loanmath.ledger.fold.paid_at_once"


def states(account):
    """Every entry, with all that the account is before and after it, but its course."""
    return [
        (
            *entry._replace(before=None, after=None),
            entry.before._replace(course=None),
            entry.after._replace(course=None),
        )
        for step in account._steps
        for entry in step.entries
    ]


def in_steps(account, events):
    with patch(PATH, lambda state, event: ()):
        return recorded(account, events)


def told_at_once(account, events):
    """The account, and how many of its events went at once."""
    found = []

    def watched(state, event):
        entries = paid_at_once(state, event)
        found.append(bool(entries))
        return entries

    with patch(PATH, watched):
        return recorded(account, events), sum(found)


@st.composite
def plain_accounts(draw):
    """An account whose terms do nothing by themselves but charge for lateness."""
    known = draw(accounts())
    has_rate = known.loan.rate is not None
    penalty = draw(st.one_of(st.none(), *3 * [penalties(has_rate=has_rate)]))
    if penalty is not None:
        penalty = evolve(
            penalty,
            payment_day="not_counted",
            grace="free",
            contract_interest="replaced",
            rounded="installment",
            compounding=None,
        )
    servicing = Servicing(
        interest_on=draw(st.sampled_from(list(InterestOn))),
        allocation=draw(allocations(plain=draw(st.integers(0, 3)) > 0)),
    )
    try:
        loan = evolve(known.loan, penalty=penalty, servicing=servicing)
        loan.schedule()
    except LoanmathError:
        assume(False)
    return Opened(loan, known.arrears)


@st.composite
def part_payments(draw, account):
    """Payments of a part or all of one installment or two, on days that matter."""
    days = draw(
        st.lists(st.sampled_from(days_that_matter(account.loan)), max_size=6).map(
            sorted
        )
    )
    due = [row.payment for row in account.loan.schedule()]
    parts = st.sampled_from([0, 1, 1, 2, 4, 6])
    return [
        Payment(
            id=f"part {number}",
            on=day,
            amount=(draw(st.sampled_from(due)) * draw(parts) / 4).quantize(due[0]),
        )
        for number, day in enumerate(days)
    ]


@st.composite
def plain_cases(draw):
    known = draw(plain_accounts())
    others = draw(event_streams(known, 3))
    events = [*draw(part_payments(known)), *others]
    return known, sorted(events, key=lambda one: one.on)


@given(plain_cases())
def test_a_payment_at_once_is_what_it_is_in_steps(drawn):
    known, events = drawn
    note(repr(drawn))
    account = opened(known)
    assume(account._course.is_plain)
    once, count = told_at_once(account, events)
    event(f"{count} at once")
    assert states(once) == states(in_steps(account, events))


@given(cases())
def test_whatever_happens_is_the_same_at_once_and_in_steps(case):
    account = opened(case.account)
    once, count = told_at_once(account, case.events)
    event(f"{count > 0} at once")
    assert states(once) == states(in_steps(account, case.events))
