"""What several events ask of a state."""

from loanmath.currency import from_units
from loanmath.ledger.course import Course
from loanmath.ledger.settlement import (
    accrue_contract,
)
from loanmath.ledger.state import AccountState

__all__ = ["accrued_to", "resting", "text_of"]


def accrued_to(course: Course, state: AccountState, day: int) -> AccountState:
    """Return the state once contract interest accrued to a day."""
    return state._replace(balances=accrue_contract(course, state.balances, day))


def resting(course: Course, state: AccountState) -> AccountState:
    """Return the state with contract interest at rest, or not, as the events say."""
    rests = state.stopped or (state.paused and course.follows_balance)
    return state._replace(balances=state.balances._replace(rests=rests))


def text_of(course: Course, units: int) -> str:
    """Return an amount in major units, as text."""
    return str(from_units(units, course.loan.digits))
