"""Accounts of the library, as generated cases open and tell them."""

from hypothesis import assume, event

from accounts import Opened
from loanmath.account import Account, Arrear
from loanmath.errors import EventError, TermsError
from oracle.servicing import COMPONENTS


def opened(known: Opened) -> Account:
    """The account of the library; terms that contradict each other are passed over."""
    arrears = [
        Arrear(due=row.due, **{part: getattr(row, part) for part in COMPONENTS})
        for row in known.arrears
    ]
    try:
        return Account.open(known.loan, arrears=arrears, credit=known.credit)
    except TermsError:
        assume(False)
        raise


def recorded(account: Account, events) -> Account:
    """The account with those of some events that can be booked."""
    for one in events:
        try:
            account = account.record(one)
        except EventError:
            event("an event is refused")
    return account
