"""The bills of a line that were made, and how each was deferred."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from loanmath.billing.line_state import Bill, LineEntry
from loanmath.events import BillDeferral

if TYPE_CHECKING:
    from loanmath.line_account.account import LineAccount

__all__ = ["Deferrals", "Made", "bills_made", "deferrals_of"]

Deferrals: TypeAlias = Mapping[int, tuple[BillDeferral, ...]]
"""The deferrals of a bill, by the cut of its cycle."""


def deferrals_of(account: "LineAccount") -> Deferrals:
    """Return the deferrals of each bill, as they are known, in their order."""
    days = [event.on for event in account.events if type(event) is BillDeferral]
    if not days:
        return {}
    found: dict[int, tuple[BillDeferral, ...]] = {}
    for entry in account.entries_until(days[-1].toordinal()):
        if type(entry.event) is BillDeferral and entry.bill is not None:
            cut = entry.bill.cycle.cut
            found[cut] = (*found.get(cut, ()), entry.event)
    return found


class Made(NamedTuple):
    """A bill that was made, the balance of the one before, and what changed since."""

    bill: Bill
    opening: int
    changes: Sequence[LineEntry]


def bills_made(entries: Sequence[LineEntry]) -> Iterator[Made]:
    """Yield the bills among what changed, in order."""
    opening, since = 0, 0
    for place, entry in enumerate(entries):
        if entry.rule == "bill" and entry.bill is not None:
            yield Made(entry.bill, opening, entries[since : place + 1])
            opening, since = entry.bill.balance, place + 1
