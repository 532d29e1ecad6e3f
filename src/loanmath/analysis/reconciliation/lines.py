"""The switches of a credit line, and the bills that its events make under them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import evolve

from loanmath.analysis.reconciliation.axes import Axis, Change, box_of, moved, ordered
from loanmath.analysis.reconciliation.cells import BILL_COLUMNS, Sheet, Table
from loanmath.analysis.reconciliation.line_axes import changed_line
from loanmath.analysis.reconciliation.search import REFUSALS, Candidate, Search, Twin
from loanmath.currency import to_units
from loanmath.errors import InputValueError
from loanmath.events import Event
from loanmath.line_account import LineAccount, LineStatement
from loanmath.terms import CreditLine

__all__ = ["line_bills", "line_table", "search_line"]

_CHARGED = ("fee", "penalty")
_CHARGES = (
    "charge",
    "default charge",
    "installment",
    "plan settled",
    "transaction fee",
)


def line_bills(
    line: CreditLine, events: Sequence[Event], last: date
) -> dict[date, LineStatement]:
    """
    Return the bills that were made by a day, by their statement date.

    Raises:
        EventError: If an event cannot be booked.
    """
    opened = min(event.on for event in events)
    if last < opened:
        return {}
    account = LineAccount.open(line, opened).record(*events)
    # A bill may be cut on the day after its statement.
    made = account.statements(last + timedelta(1))
    return {bill.cycle.statement: bill for bill in made}


def line_table(
    line: CreditLine, _: object, events: Sequence[Event], sheet: Sheet
) -> Table:
    """
    Return the bills on the printed dates, as cells.

    Raises:
        EventError: If an event cannot be booked.
        InputValueError: If the line makes no bill on a printed date.
    """
    days = [day for day in sheet.days if day is not None]
    bills = line_bills(line, events, days[-1])
    missing = [str(day) for day in days if day not in bills]
    if missing:
        made = ", ".join(str(day) for day in bills) or "none"
        raise InputValueError(
            "statement",
            got=", ".join(missing),
            allowed=f"days on which the line makes a bill: {made}",
        )
    rows = [_cells(bills[day], sheet.digits) for day in days]
    return dict(zip(BILL_COLUMNS, zip(*rows, strict=True), strict=True))


def _cells(bill: LineStatement, digits: int) -> tuple[int, int, int, int]:
    interest = sum(to_units(units, digits, "interest") for _, units in bill.interest)
    fees = sum(
        to_units(posting.amount, digits, "fees")
        for posting in bill.postings()
        if posting.component in _CHARGED and posting.rule in _CHARGES
    )
    minimum = to_units(bill.minimum, digits, "minimum")
    return interest, fees, minimum, to_units(bill.closing, digits, "closing")


def search_line(search: Search, axes: Sequence[Axis]) -> None:
    """Search the switches of a line."""
    search.run(_candidates(search.terms, axes))


def _candidates(line: CreditLine, axes: Sequence[Axis]) -> Iterator[Candidate]:
    for choices in ordered(axes):
        try:
            words = changed_line(line, choices)
            evolve(line, **words)
        except REFUSALS:
            continue
        change = Change(words, (box_of(choices),), moved(choices))
        yield Candidate(0, 0, Twin((), (change,)))
