"""Laws of what people read of an account: postings, statements and bridges."""

from datetime import timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from accounts import Case, cases
from kept_accounts import opened, recorded
from loanmath.account import Account
from loanmath.account.bridge import bridge_of
from loanmath.account.postings import postings_between
from loanmath.account.preview import preview_of
from loanmath.account.sentences import explain
from loanmath.account.statement import statement_of
from loanmath.errors import EventError
from oracle.servicing import COMPONENTS
from posting_formulas import worked_out


def kept(case: Case) -> Account:
    """The account with the events that can be booked."""
    return recorded(opened(case.account), case.events)


def owed(account: Account, on) -> dict:
    return {
        (row.number, part): getattr(row.owed, part)
        for row in account.position(on).installments
        for part in COMPONENTS
    }


@given(cases())
def test_every_posting_is_what_its_formula_gives(case):
    account = kept(case)
    for posting in postings_between(account, account.loan.disbursed, case.until):
        assert posting.amount
        assert worked_out(posting, account.loan.digits) == Fraction(posting.amount)
        assert explain(posting).startswith(f"On {posting.on} ")
        assert explain(posting, "zh").endswith("。")
        assert str(posting)


@given(cases(), st.integers(1, 60))
def test_postings_lead_from_one_balance_to_another(case, days):
    account = kept(case)
    since = account.loan.disbursed + timedelta(days)
    until = max(since, case.until)
    expected = owed(account, since - timedelta(1))
    credit = -account.position(since - timedelta(1)).credit
    for posting in postings_between(account, since, until):
        if posting.installment:
            place = posting.installment, posting.component
            # New terms may plan more installments than there were.
            expected[place] = expected.get(place, 0) + posting.amount
        elif posting.component == "credit":
            credit += posting.amount
    now = dict.fromkeys(expected, 0) | owed(account, until)
    assert now == dict.fromkeys(now, 0) | expected
    assert -credit == account.position(until).credit


def balance(account: Account, on) -> Fraction:
    """Principal and lateness of all rows, interest and fees of those fallen due."""
    position = account.position(on)
    total = -Fraction(position.credit)
    for row in position.installments:
        always = row.owed.principal + row.owed.penalty + row.owed.compound
        due = row.owed.fee + row.owed.interest if row.due <= on else 0
        total += Fraction(always) + Fraction(due)
    return total


@given(cases(), st.integers(0, 60), st.integers(0, 60))
def test_a_statement_foots_from_its_opening_to_its_closing_balance(case, days, more):
    account = kept(case)
    since = account.loan.disbursed + timedelta(days)
    until = since + timedelta(more)
    statement = statement_of(account, since, until)
    before = statement.opening
    for line in statement.lines:
        assert line.balance == before + line.charged - line.paid
        before = line.balance
    assert before == statement.closing
    assert statement.closing == balance(account, until)
    if days:
        assert statement.opening == balance(account, since - timedelta(1))
    assert statement.opening + statement.charged - statement.paid == before
    assert [line.on for line in statement.lines] == sorted(
        line.on for line in statement.lines
    )


@given(cases(), st.integers(0, 60), st.integers(0, 60))
def test_a_bridge_leads_from_payoff_to_payoff(case, days, more):
    account = kept(case)
    since = account.loan.disbursed + timedelta(days)
    until = since + timedelta(more)
    bridge = bridge_of(account, since, until)
    assert bridge.opening == account.position(since).payoff
    assert bridge.closing == account.position(until).payoff
    cleared = account.position(until).paid.total - account.position(since).paid.total
    moved = [item for item in bridge.items if item.component != "credit"]
    assert sum(item.paid for item in moved) == cleared


@given(cases())
def test_a_preview_is_what_booking_does(case):
    account = kept(case)
    assume(account.events)
    last = account.events[-1]
    before = Account.open(account.loan, arrears=account.arrears, credit=account.credit)
    try:
        before = before.record(*account.events[:-1])
        seen = preview_of(before, last)
    except EventError:
        assume(False)
        raise
    assert seen.after.payoff == account.position(last.on).payoff
    assert seen.before.payoff == before.position(last.on).payoff
