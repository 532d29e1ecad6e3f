"""Money that is enough for all that is owed: what it clears, and what is dropped."""

from collections.abc import Iterator

from loanmath.events import Event
from loanmath.ledger.balances import COMPONENTS, Balances, Segment
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.course import Course
from loanmath.ledger.recast import STATES_PRINCIPAL
from loanmath.ledger.receipt import Receipt, recorded
from loanmath.ledger.settlement import (
    Payoff,
    accrued_and_owed,
    bearing_on,
    charged_row,
    lent_ahead,
    payoff,
    payoff_fees,
)
from loanmath.ledger.state import AccountState, Entry
from loanmath.ledger.transitions import settled_capital

__all__ = ["settle", "settles"]


def settles(course: Course, state: AccountState, receipt: Receipt) -> bool:
    """Return whether money is enough for all that is owed, accrued to its day."""
    return _quote_met(course, state, receipt) is not None


def _quote_met(course: Course, state: AccountState, receipt: Receipt) -> Payoff | None:
    """Return the quote for all that is owed, if money is enough for it."""
    if receipt.split or receipt.rows or not receipt.amount:
        return None
    balances, day = state.balances, receipt.day
    if not _may_settle(course, balances, receipt):
        return None
    if course.to_come(day) and not lent_ahead(course, balances, day):
        # Paid off by its plan for a while, the loan goes on with the next drawing.
        return None
    quote = payoff(course, balances, day)
    return quote if receipt.amount >= quote.amount else None


def _may_settle(course: Course, balances: Balances, receipt: Receipt) -> bool:
    """Return whether something is owed that the money might be enough for."""
    segment = balances.segment
    # A payoff is below the principal only where rates are below zero.
    lent = sum(segment.principal) - course.to_come(receipt.day)
    is_enough = receipt.amount + balances.credit >= lent
    if not is_enough and min(segment.interest) >= 0:
        return False
    return balances.is_owed


def settle(
    course: Course, state: AccountState, receipt: Receipt, event: Event
) -> Iterator[Entry]:
    """
    Yield what a repayment of all drops and costs, and that nothing is owed then.

    Nothing is yielded where money is not enough for it.
    """
    quote, day = _quote_met(course, state, receipt), receipt.day
    if quote is None:
        return
    quoted = _quoted(course, state.balances, day, quote)
    if quoted != state.balances:
        before, state = state, state.with_balances(quoted)
        yield Entry(day, "payoff", event, before, state)
    left = receipt.amount + quoted.credit - sum(map(sum, quoted.segment))
    none = (0,) * len(quoted.due)
    settled = settled_capital(INTEGERS, quoted, Segment._make(none for _ in COMPONENTS))
    # Fractions of a unit end with the debt; what the period was to carry on is paid.
    settled = settled._replace(
        credit=left,
        prepaid=bearing_on(course, quoted, day),
        sums=tuple(none for _ in quoted.sums),
        carried=tuple(
            brought if start > day else carried
            for start, brought, carried in zip(
                course.start, course.brought, quoted.carried, strict=True
            )
        ),
    )
    charged = state.charged._replace(backlog=())
    entry = recorded(state, settled, receipt, event)
    yield entry._replace(after=entry.after._replace(charged=charged))


def _quoted(course: Course, balances: Balances, day: int, quote: Payoff) -> Balances:
    """Return the balances with what a payoff leaves out dropped, and what it costs."""
    segment, now = balances.segment, balances.fallen_due(day)
    fees = list(payoff_fees(course, balances, now))
    interest = (*segment.interest[:now], *quote.rows_interest[now:])
    kept = _kept_payments(course, segment, interest, now)
    principal = _lent(kept, course.to_come(day))
    planned = (
        tuple(map(_moved, balances.planned[0], segment.fee, fees)),
        tuple(map(_moved, balances.planned[1], segment.interest, interest)),
        tuple(map(_moved, balances.planned[2], segment.principal, principal)),
    )
    if quote.charge:
        fees[charged_row(course, balances, day)] += quote.charge
    owed = segment._replace(fee=tuple(fees), interest=interest, principal=principal)
    quoted = balances._replace(segments=(owed,), planned=planned)
    return _forgiven(course, balances, quoted, day)


def _lent(principal: tuple[int, ...], to_come: int) -> tuple[int, ...]:
    """Return principals without what was not lent by then, the last rows first."""
    found = list(principal)
    for row in range(len(found) - 1, -1, -1):
        taken = min(to_come, found[row])
        found[row] -= taken
        to_come -= taken
    return tuple(found)


def _kept_payments(
    course: Course, segment: Segment, interest: tuple[int, ...], now: int
) -> tuple[int, ...]:
    """Return principals of rows that keep their payments with less interest in them."""
    states = isinstance(course.loan.repayment, STATES_PRINCIPAL)
    if states or not course.follows_balance:
        return segment.principal
    found, left = list(segment.principal), sum(segment.principal[now:])
    rows = course.rows_from(now)
    for row in rows:
        payment = segment.principal[row] + segment.interest[row]
        is_last = row == rows[-1]
        found[row] = left if is_last else min(max(payment - interest[row], 0), left)
        left -= found[row]
    return tuple(found)


def _forgiven(
    course: Course, balances: Balances, quoted: Balances, day: int
) -> Balances:
    """Return the quote with what is earned by then, and not asked for, as if paid."""
    row = course.current_row(day)
    if not course.follows_balance:
        return quoted
    if row == len(quoted.due) or quoted.due[row] <= day:
        return quoted
    earned = accrued_and_owed(course, balances, day) - quoted.segment.interest[row]
    if earned <= 0:
        return quoted
    early, interest = list(quoted.early), list(quoted.planned[1])
    early[row] += earned
    interest[row] += earned
    fees, _, principal = quoted.planned
    return quoted._replace(
        early=tuple(early), planned=(fees, tuple(interest), principal)
    )


def _moved(planned: int, old: int, new: int) -> int:
    return planned + new - old
