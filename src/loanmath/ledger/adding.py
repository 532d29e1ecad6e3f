"""Rows with a due date of their own, put in among the others."""

from loanmath.events import Charge, Disbursement
from loanmath.ledger.state import ROW_ADDED, AccountState, Entry

__all__ = ["added_row", "with_row"]


def with_row(state: AccountState, event: Charge | Disbursement, due: int) -> Entry:
    """Return the entry of a row that owes nothing, the last that falls due by a day."""
    balances, day = state.balances, event.on.toordinal()
    row = balances.fallen_due(due)
    after = state._replace(
        course=state.course.with_row(row, due), balances=balances.with_row(row, due)
    )
    return Entry(day, ROW_ADDED, event, state, after)


def added_row(entry: Entry) -> int | None:
    """Return the place of the row that an entry added, if it did."""
    if entry.rule != ROW_ADDED:
        return None
    before, after = entry.before.balances.due, entry.after.balances.due
    differ = (row for row, due in enumerate(before) if after[row] != due)
    # Rows that fall due by then stand before it, so no other has its due date.
    return next(differ, len(before))
