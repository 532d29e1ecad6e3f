"""The least payment that repays a plan."""

from attrs import evolve

from loanmath.account import Account
from loanmath.currency import from_units, to_units
from loanmath.errors import LoanmathError
from loanmath.events import Restructuring
from loanmath.restructuring.outlook import outlook_of
from loanmath.terms.concessions import (
    AffordablePayment,
    Concession,
    PlanLimit,
    Reamortization,
)
from loanmath.terms.conventions import MAX_INSTALLMENTS

__all__ = ["least_payment"]

_MOST_TRIED = 64


def least_payment(
    account: Account, event: Restructuring, limits: tuple[PlanLimit, ...]
) -> int | None:
    """
    Return the least payment that repays a plan, in units; nothing where none is found.

    A level payment over as many installments as there may be comes near it; the units
    around it are tried.
    """
    counts = [limit.installments for limit in limits if limit.installments is not None]
    most = min([*counts, MAX_INSTALLMENTS])
    level = _booked(account, event, Reamortization(count=most))
    if level is None:
        return None
    digits = account.loan.digits
    schedule = level.loan_on(event.on).schedule()
    units = to_units(schedule[0].payment, digits, "payment")

    def repays(payment: int) -> bool:
        conceded = AffordablePayment(from_units(payment, digits))
        found = _booked(account, event, conceded)
        return found is not None and outlook_of(found, event.on).installments <= most

    for tried in range(_MOST_TRIED):
        if repays(units + tried):
            units += tried
            break
    else:
        return None
    while units > 1 and repays(units - 1):
        units -= 1
    return units


def _booked(
    account: Account, event: Restructuring, instead: Concession
) -> Account | None:
    """Return the account with the plan, with another concession for the payment."""
    concessions = [
        instead if isinstance(part, AffordablePayment) else part
        for part in event.concessions
    ]
    try:
        return account.record(evolve(event, concessions=concessions))
    except LoanmathError:
        return None
