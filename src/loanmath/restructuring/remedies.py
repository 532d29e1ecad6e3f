"""The smallest change with which a refused plan would do, as its refusal says it."""

from datetime import date

from attrs import evolve

from loanmath.account import Account
from loanmath.currency import from_units
from loanmath.errors import LoanmathError
from loanmath.events import Restructuring
from loanmath.restructuring.affordable import least_payment
from loanmath.terms.concessions import AffordablePayment, PlanLimit

__all__ = ["with_remedy"]


def with_remedy(
    account: Account,
    event: Restructuring,
    limits: tuple[PlanLimit, ...],
    error: LoanmathError,
) -> LoanmathError:
    """
    Return the error with what would do: the least payment, or the next due date.

    Args:
        account: The account.
        event: The plan that is refused.
        limits: The limits that it is to keep.
        error: Why it is refused.
    """
    if error.what.endswith("day_count"):
        # Parts of a period are not counted; a plan on a due date has none.
        due = _due_that_does(account, event)
        return error if due is None else _doing(error, f"make the plan on {due}")
    if not any(isinstance(part, AffordablePayment) for part in event.concessions):
        return error
    least = least_payment(account, event, limits)
    if least is None:
        return error
    amount = from_units(least, account.loan.digits)
    return _doing(
        error, f"AffordablePayment({str(amount)!r}) is the least that repays it"
    )


def _doing(error: LoanmathError, do: str) -> LoanmathError:
    return type(error)(error.what, got=error.got, allowed=error.allowed, do=do)


def _due_that_does(account: Account, event: Restructuring) -> date | None:
    """Return the next due date, where the plan could be made on it."""
    rows = account.position(event.on).installments
    due = next((row.due for row in rows if row.due > event.on), None)
    if due is None:
        return None
    try:
        account.record(evolve(event, on=due, recorded=due))
    except LoanmathError:
        return None
    return due
