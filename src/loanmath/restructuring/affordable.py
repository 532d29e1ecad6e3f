"""The least payment that repays a plan."""

from collections.abc import Callable

from attrs import evolve

from loanmath.account import Account
from loanmath.currency import from_units, to_units
from loanmath.errors import LoanmathError
from loanmath.events import Restructuring
from loanmath.terms.concessions import (
    AffordablePayment,
    Concession,
    PlanLimit,
    Reamortization,
)
from loanmath.terms.conventions import MAX_INSTALLMENTS
from loanmath.terms.payments import FixedPayment

__all__ = ["least_payment"]


def least_payment(
    account: Account, event: Restructuring, limits: tuple[PlanLimit, ...]
) -> int | None:
    """
    Return the least payment that repays a plan, in units; nothing where none is found.

    A level payment over many installments comes near it; from there it is searched
    for, by halves.
    """
    counts = [limit.installments for limit in limits if limit.installments is not None]
    most = min([*counts, MAX_INSTALLMENTS])
    level = _level(account, event, most)
    if level is None:
        return None
    loan = level.loan_on(event.on)

    def repays(units: int) -> bool:
        payment = FixedPayment(from_units(units, loan.digits))
        try:
            return len(evolve(loan, repayment=payment).schedule()) <= most
        except LoanmathError:
            return False

    near = to_units(loan.schedule()[0].payment, loan.digits, "payment")
    if not repays(2 * loan.principal_units):
        # Not even all at once: the payment is not what is wrong.
        return None
    found = _least(max(near, 1), repays)
    conceded = AffordablePayment(from_units(found, loan.digits))
    return found if _booked(account, event, conceded) else None


def _level(account: Account, event: Restructuring, most: int) -> Account | None:
    """Return the account with level payments over as many installments as go."""
    while most:
        found = _booked(account, event, Reamortization(count=most))
        if found is not None:
            return found
        # Where payments are rounded, over very many they may not cover the interest.
        most //= 2
    return None


def _least(near: int, holds: Callable[[int], bool]) -> int:
    """Return the least number for which something holds, as for all above it."""
    low, high, step = 0, near, 1
    while not holds(high):
        low, high, step = high, high + step, 2 * step
    step = 1
    while high - step > low and holds(high - step):
        high, step = high - step, 2 * step
    low = max(low, high - step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


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
