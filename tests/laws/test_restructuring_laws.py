"""Restructured plans: what they keep, what they forgive, and what a breach undoes."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve
from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from accounts import Opened, cases, days_that_matter
from kept_accounts import opened, recorded
from loanmath.account import Account, explain
from loanmath.errors import EventError, TermsError
from loanmath.events import Breach, Payment, Restructuring, Reversal
from loanmath.ledger.settlement import claim
from loanmath.rates import Rate
from loanmath.restructuring import restructure
from loanmath.terms import Prepayment
from loanmath.terms.concessions import (
    AffordablePayment,
    Capitalization,
    ConditionalForgiveness,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    PlanFee,
    RateCut,
    ReAging,
    Reamortization,
)
from oracle.servicing import COMPONENTS
from posting_formulas import worked_out

SHARES = ("0%", "25%", "100%")
forgiving = st.one_of(
    st.builds(Forgiveness, st.sampled_from(COMPONENTS[:4]), st.sampled_from(SHARES)),
    st.builds(
        ConditionalForgiveness,
        st.sampled_from(COMPONENTS[:4]),
        st.sampled_from(SHARES),
    ),
    st.just(FrozenInterest("forgiven")),
)
keeping = st.one_of(
    st.just(ReAging()),
    st.just(Capitalization()),
    st.just(Capitalization(["interest", "principal"])),
    st.builds(FrozenInterest, st.sampled_from(["last", "pro_rata", "equal", "within"])),
    st.builds(Extension, installments=st.integers(1, 4)),
    st.builds(Reamortization, count=st.integers(1, 6)),
    st.builds(Deferral, st.integers(1, 2), st.sampled_from(["principal", "both"])),
    st.just(RateCut(Rate("0%/day"))),
    st.builds(PlanFee, st.sampled_from(["0.1%", "1%"])),
    st.just(AffordablePayment("900")),
)
conceded = st.lists(st.one_of(keeping, forgiving), min_size=1, max_size=4)


class Planned(NamedTuple):
    """An account before and after a plan, and the plan."""

    before: Account
    after: Account
    plan: Restructuring

    def __repr__(self) -> str:
        return f"{self.before.loan}, {self.before.events}, {self.plan}"


def opened_to_plan(known: Opened) -> Account:
    """The account of the library, its prepayments planned by no rule of their own."""
    servicing = evolve(known.loan.servicing, prepayment=Prepayment())
    try:
        loan = evolve(known.loan, servicing=servicing)
    except TermsError:
        assume(False)
        raise
    return opened(replace(known, loan=loan))


@st.composite
def planned(draw, concessions=conceded):
    """An account that is restructured on a day that matters, after its events."""
    case = draw(cases())
    account = opened_to_plan(case.account)
    on = draw(st.sampled_from(days_that_matter(case.account.loan)))
    conceded = draw(concessions)
    # After all other events of the day, where their sequence alone orders them too.
    plan = Restructuring(id="r1", on=on, sequence=1000, concessions=conceded)
    before = recorded(account, [one for one in case.events if one.on <= on])
    try:
        return Planned(before, before.record(plan), plan)
    except EventError as error:
        event(error.what.split(",")[-1])
        assume(False)
        raise


def debt(account: Account, on) -> int:
    """What is owed and earned on a day, in units."""
    state, day = account.position(on)._state, on.toordinal()
    quote = claim(state.course, state.balances, day)
    return quote.overdue + quote.principal + quote.interest + quote.fees - quote.credit


def owed(account: Account, on) -> dict:
    return {
        (row.number, part): getattr(row.owed, part)
        for row in account.position(on).installments
        for part in COMPONENTS
        if getattr(row.owed, part)
    }


def forgiven(account: Account, on) -> int:
    """What postings of the plan say was forgiven, and what went without one."""
    entries = [
        entry
        for step in account._steps
        for entry in step.entries
        if entry.event is not None and entry.event.id == "r1"
    ]
    return sum(move.units for move in entries[0].moves if move.what == "forgiven")


@given(planned(st.lists(keeping, min_size=1, max_size=4)))
def test_without_forgiveness_the_debt_stays_to_the_cent(case):
    before, after, plan = case
    assert debt(before, plan.on) == debt(after, plan.on)
    assert before.position(plan.on).paid == after.position(plan.on).paid


@given(planned())
def test_forgiveness_lowers_the_debt_by_exactly_itself(case):
    before, after, plan = case
    lost = forgiven(after, plan.on)
    event("something is forgiven" if lost else "nothing is")
    assert debt(before, plan.on) - lost == debt(after, plan.on)


@given(planned(), st.integers(0, 40))
def test_postings_lead_through_a_plan(case, days):
    _, account, plan = case
    first, until = account.loan.disbursed, plan.on + timedelta(days)
    expected = dict.fromkeys(owed(account, until), 0) | owed(account, first)
    since = first + timedelta(1)
    for posting in account.postings(since, max(until, since)):
        assert worked_out(posting, account.loan.digits) == Fraction(posting.amount)
        assert explain(posting).startswith(f"On {posting.on} ")
        assert explain(posting, "zh").endswith("。")
        if posting.installment:
            place = posting.installment, posting.component
            expected[place] = expected.get(place, 0) + posting.amount
    now = owed(account, max(until, since))
    assert {place: units for place, units in expected.items() if units} == now


@given(planned(), st.lists(st.integers(0, 60), max_size=3), st.integers(60, 90))
def test_a_breach_is_as_if_the_plan_had_never_been(case, days, until):
    before, after, plan = case
    paid = [
        Payment(
            id=f"later {number}", on=plan.on + timedelta(gap), sequence=99, amount="100"
        )
        for number, gap in enumerate(days)
        if gap
    ]
    on = plan.on + timedelta(until)
    kept = [part for part in plan.concessions if isinstance(part, Forgiveness)]
    assume(len(kept) < len(plan.concessions))
    other = before
    if kept:
        other = recorded(before, [evolve(plan, concessions=kept)])
        assume(other is not before)
    try:
        broken = after.record(*paid, Breach(id="b1", on=on, of="r1"))
        other = other.record(*paid)
    except EventError:
        event("a payment is refused")
        assume(False)
    for day in (on, on + timedelta(45)):
        note(f"{broken.position(day)}\n{other.position(day)}")
        assert broken.position(day).to_csv() == other.position(day).to_csv()
        for name in ("payoff", "credit", "days_past_due", "overdue", "next_due"):
            one, two = broken.position(day), other.position(day)
            assert getattr(one, name) == getattr(two, name), name
    # What the breach moved is told to the cent, and explained.
    told = after.record(*paid)
    moved = dict(owed(told, on))
    for posting in broken.postings(on, on):
        if posting.rule == "breach":
            assert worked_out(posting, 2) == Fraction(posting.amount)
            assert explain(posting, "zh").endswith("。")
            if posting.installment:
                place = posting.installment, posting.component
                moved[place] = moved.get(place, 0) + posting.amount
    assert {place: units for place, units in moved.items() if units} == owed(broken, on)
    bridge = broken.bridge(plan.on, on)
    assert bridge.closing == broken.payoff(on)
    undone = broken.record(Reversal(id="x1", on=on, of="b1"))
    assert owed(undone, on) == owed(told, on)


@given(planned(), st.integers(1, 60))
def test_paying_the_payoff_closes_a_plan(case, days):
    _, account, plan = case
    on = plan.on + timedelta(days)
    amount = account.payoff(on)
    assume(amount)
    closed = account.record(Payment(id="last", on=on, amount=amount, sequence=9))
    assert not owed(closed, on)
    assert closed.position(on + timedelta(100)).status.value == "closed"


@given(planned())
def test_paying_a_plan_as_it_falls_due_closes_it(case):
    _, account, plan = case
    # Whatever its sequence, a write-off of the day comes after the plan.
    assume(account.position(plan.on).status.value != "written_off")
    # A payment on the day itself would come before the plan.
    first = plan.on + timedelta(1)
    dues = {row.due for row in account.position(plan.on).installments}
    for on in sorted({first} | {due for due in dues if due > first}):
        now = account.position(on)
        amount = now.overdue.total + now.due.total
        if amount:
            paid = Payment(id=f"due {on}", on=on, amount=amount, sequence=10)
            account = account.record(paid)
    note(f"{account.position(on)}")
    assert account.position(on).status.value == "closed"


@given(planned())
def test_a_plan_that_never_was(case):
    before, after, plan = case
    undone = after.record(Reversal(id="x1", on=plan.on, of="r1"))
    day = plan.on + timedelta(9)
    assert owed(undone, day) == owed(before, day)
    assert undone.payoff(day) == before.payoff(day)


@given(planned(), st.integers(1, 30))
def test_a_plan_that_is_recorded_late_is_applied_to_what_was_owed(case, days):
    before, after, plan = case
    paid = Payment(id="later", on=plan.on + timedelta(days), amount="50")
    known = before.record(paid)
    try:
        late = known.record(evolve(plan, recorded=paid.on))
    except EventError:
        assume(False)
    day = paid.on + timedelta(9)
    assert owed(late, day) == owed(after.record(paid), day)


@given(planned(st.lists(forgiving, min_size=2, max_size=4)))
def test_forgiveness_composes_in_its_order(case):
    before, after, plan = case
    assume(before.loan_on(plan.on) is after.loan_on(plan.on))
    steps = [
        evolve(plan, id=f"r{number}", sequence=1000 + number, concessions=[part])
        for number, part in enumerate(plan.concessions)
    ]
    assert owed(before.record(*steps), plan.on) == owed(after, plan.on)


@given(planned())
def test_the_loss_is_what_the_present_values_differ_by(case):
    before, _, plan = case
    assume(not before.arrears and before.position(plan.on).payoff)
    assume(all(one.on <= plan.on for one in before.events))
    try:
        found = restructure(before, plan.on, *plan.concessions)
        loss = found.loss
    except ArithmeticError:
        event("no original rate")
        assume(False)
    except EventError:
        # Another event of the day stands after a plan without a sequence of its own.
        assume(False)
    assert loss == found.old_value - found.new_value
    if found.old.flows == found.new.flows:
        event("nothing changes")
        assert not loss
