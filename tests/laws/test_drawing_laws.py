"""Accounts that open undrawn: what is drawn in parts, and paid in between."""

from datetime import timedelta

from hypothesis import assume, given, note
from hypothesis import strategies as st

from accounts import Opened, cents, days_that_matter, loans, payments
from loanmath.account import Account
from loanmath.errors import EventError
from loanmath.events import Disbursement
from oracle.servicing import COMPONENTS, Refused, replay


@st.composite
def drawn(draw):
    """A loan, and what is drawn or paid on days of their own; a drawing comes first."""
    loan = draw(loans())
    days = st.lists(
        st.sampled_from(days_that_matter(loan)), min_size=1, max_size=4, unique=True
    )
    found = []
    for number, day in enumerate(sorted(draw(days))):
        named = {"id": f"e{number}", "on": day}
        if number and draw(st.booleans()):
            found.append(draw(payments(Opened(loan), **named)))
        else:
            most = int(loan.principal * 100)
            amount = cents(draw(st.integers(1, most)))
            at_once = draw(st.sampled_from(["0", "0", "25%", "33.3%", "0.01", "100%"]))
            drawing = Disbursement(amount=amount, down_payment=at_once, **named)
            found.append(drawing)
    return loan, found


def refuses(loan, events) -> bool:
    try:
        replay(loan, events, events[-1].on, undrawn=True)
    except Refused:
        return True
    except ZeroDivisionError:
        # All was repaid: in which proportions more is shared out is not said.
        assume(False)
    return False


@given(drawn(), st.sampled_from([0, 1, 9, 35]))
def test_what_is_drawn_in_parts_is_owed_as_by_hand(case, more):
    loan, events = case
    account = Account.open(loan, undrawn=True)
    for one in events:
        if not account.events and not isinstance(one, Disbursement):
            continue
        try:
            account = account.record(one)
        except EventError:
            assert refuses(loan, [*account.events, one])
        else:
            assert not refuses(loan, [*account.events])
    assume(account.events)
    until = account.events[-1].on + timedelta(more)
    position = account.position(until)
    note(f"{account.events}\n{position}")
    expected = replay(loan, account.events, until, undrawn=True)
    assert [
        {part: int(getattr(row.owed, part) * 100) for part in COMPONENTS}
        for row in position.installments
    ] == list(expected.owed)
    assert int(position.payoff * 100) == expected.payoff
