"""New terms: what they keep, and that a chapter is a loan opened on what is left."""

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from accounts import Case, Opened, cases, days_that_matter, event_streams
from kept_accounts import opened, recorded
from loanmath.account import Account, Arrear, explain
from loanmath.errors import EventError
from loanmath.events import (
    ChargeOff,
    InterestPause,
    Payment,
    Reversal,
    TermsChange,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    EqualPrincipal,
    InstallmentLoan,
    LevelPayment,
    PenaltyInterest,
    Servicing,
)
from oracle.servicing import COMPONENTS
from posting_formulas import worked_out

RATES = ("0.02%/day", "0%/day", "0.07%/day")
METHODS = (LevelPayment, EqualPrincipal)


@dataclass(frozen=True)
class Changed:
    """An account before and after new terms, and the terms."""

    before: Account
    after: Account
    change: TermsChange

    def __repr__(self) -> str:
        return f"{self.before.loan}, {self.before.events}, {self.change}"


@st.composite
def changes(draw, loan: InstallmentLoan, days, *, stricter: bool):
    """New terms on a day; interest by days, so that any day can be one."""
    on = draw(st.sampled_from(days))
    words = {"rate": Rate(draw(st.sampled_from(RATES))), "day_count": "ACT/365F"}
    later = [day for day in days_that_matter(loan) if day > on]
    if later and draw(st.booleans()):
        words["first_due"] = draw(st.sampled_from(later))
    if draw(st.booleans()):
        method = draw(st.sampled_from(METHODS))
        words["repayment"] = method(draw(st.integers(1, 5)))
    if stricter or draw(st.booleans()):
        words["penalty"] = PenaltyInterest(rate=Rate("0.11%/day"))
    # After the other events of the day, where their sequence alone orders them too.
    return TermsChange(id="t1", on=on, sequence=9, **words)


@st.composite
def changed(draw, days_of=days_that_matter, terms=lambda case: case, stricter=False):
    """A case whose terms change once, after the events up to that day."""
    case = terms(draw(cases()))
    loan = case.account.loan
    change = draw(changes(loan, days_of(loan), stricter=stricter))
    events = [one for one in case.events if one.on <= change.on]
    before = recorded(opened(case.account), events)
    try:
        return Changed(before, before.record(change), change)
    except EventError as error:
        event(error.what.split(",")[-1])
        assume(False)
        raise


def owed(account: Account, on) -> dict:
    return {
        (row.number, part): getattr(row.owed, part)
        for row in account.position(on).installments
        for part in COMPONENTS
    }


@given(changed())
def test_new_terms_forgive_and_add_nothing(case):
    on = case.change.on
    before, after = case.before.position(on), case.after.position(on)
    note(f"{before}\n{after}")
    for name in ("credit", "days_past_due", "overdue", "due", "paid", "outstanding"):
        assert getattr(before, name) == getattr(after, name), name
    assert before.in_advance.principal == after.in_advance.principal
    prepayment = case.before.loan_on(on).servicing.prepayment
    if (
        prepayment
        == case.after.loan_on(on).servicing.prepayment
        == (Servicing().prepayment)
    ):
        assert before.payoff == after.payoff


@given(changed(), st.integers(0, 40))
def test_postings_lead_through_new_terms(case, days):
    account, first = case.after, case.after.loan.disbursed
    until = case.change.on + timedelta(days)
    expected = dict.fromkeys(owed(account, until), 0) | owed(account, first)
    since = first + timedelta(1)
    for posting in account.postings(since, max(until, since)):
        if posting.installment:
            place = posting.installment, posting.component
            expected[place] = expected.get(place, 0) + posting.amount
        assert worked_out(posting, account.loan.digits) == Fraction(posting.amount)
        assert explain(posting).startswith(f"On {posting.on} ")
        assert explain(posting, "zh").endswith("。")
    now = owed(account, max(until, since))
    assert {place: units for place, units in expected.items() if units} == {
        place: units for place, units in now.items() if units
    }


def ends(loan: InstallmentLoan):
    """Days on which one period ends and its installment is due."""
    return [row.due for row in loan.schedule() if row.due == row.end]


def uncounted(terms):
    """Terms under which no day is counted before it is over."""
    if getattr(terms, "penalty", None) is None:
        return terms
    # The day of the change would be counted before it, and again after it.
    return evolve(terms, penalty=evolve(terms.penalty, payment_day="not_counted"))


def forgetful(case: Case) -> Case:
    """The case without terms by which an account knows more than a book opened anew."""
    loan = uncounted(case.account.loan)
    servicing = evolve(loan.servicing, caps=(), late_charges=())
    loan = evolve(loan, servicing=servicing)
    kinds = (InterestPause, WriteOff, ChargeOff)
    events = tuple(uncounted(one) for one in case.events if not isinstance(one, kinds))
    return replace(case, account=Opened(loan, case.account.arrears), events=events)


@given(st.data())
def test_a_chapter_is_a_loan_opened_on_what_is_left(data):
    case = data.draw(changed(ends, forgetful, stricter=True))
    on, loan = case.change.on, case.after.loan_on(case.change.on)
    position = case.before.position(on)
    ahead = position.in_advance
    # What was earned, and charged by hand on later rows, is on a row of its own.
    assume(not (position.accrued or ahead.penalty or ahead.compound))
    assume(not position.credit)
    arrears = [
        Arrear(due=row.due, **row.owed._asdict())
        for row in position.installments
        if row.due <= on
    ]
    book = Account.open(loan, arrears=arrears)
    assume(len(owed(book, on)) == len(owed(case.after, on)))
    later = data.draw(event_streams(Opened(loan), only_payments=True))
    later = [
        evolve(one, id=f"later-{one.id}", recorded=one.on)
        for one in later
        if one.on > on
    ]
    one, other = recorded(case.after, later), recorded(book, later)
    last = max([event.on for event in later], default=on)
    for day in {on, last, last + timedelta(40)}:
        told, wanted = one.position(day), other.position(day)
        note(f"{told}\n{wanted}")
        assert owed(one, day) == owed(other, day)
        for name in ("credit", "days_past_due", "payoff", "accrued", "next_due"):
            assert getattr(told, name) == getattr(wanted, name), name


@given(changed())
def test_new_terms_that_never_were(case):
    on = case.change.on
    undone = case.after.record(Reversal(id="x1", on=on, of="t1"))
    day = on + timedelta(9)
    assert owed(undone, day) == owed(case.before, day)
    assert undone.payoff(day) == case.before.payoff(day)


@given(changed(), st.integers(1, 60))
def test_paying_the_payoff_closes_a_chapter(case, days):
    on = case.change.on + timedelta(days)
    amount = case.after.payoff(on)
    assume(amount)
    closed = case.after.record(Payment(id="last", on=on, amount=amount, sequence=9))
    assert not any(owed(closed, on).values())
    assert closed.position(on).credit == 0
    assert closed.position(on + timedelta(100)).status.value == "closed"
