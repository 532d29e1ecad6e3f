"""The serviced loan with nothing paid, restructured on its second due date."""

from datetime import date
from typing import Any

from loanmath.account import Account
from loanmath.events import Restructuring
from serviced import D2, loan, terms

__all__ = ["late", "plan"]


def plan(*concessions: Any, on: date = D2, name: str = "r1") -> Restructuring:
    """Return a plan."""
    return Restructuring(id=name, on=on, concessions=list(concessions))


def late(*concessions: Any, on: date = D2, agreed: Any = None, **words: Any) -> Account:
    """
    The loan with nothing paid, restructured on its second due date.

    28 days of 1.00 on the first principal, 30 and 20 of interest, 2,000 due and 1,000
    not due: 3,078.00 in all.
    """
    penalty = words.pop("penalty", None)
    known = loan(**terms(penalty, **words), **(agreed or {}))
    return Account.open(known).record(plan(*concessions, on=on))
