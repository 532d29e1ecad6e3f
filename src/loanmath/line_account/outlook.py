"""What the next bill would charge, by what is paid of this one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from loanmath.billing.deferring import deferred
from loanmath.billing.line_fold import advance
from loanmath.billing.line_state import LineState
from loanmath.billing.receiving import counted_whole, posted_first, receive
from loanmath.currency import from_units
from loanmath.events import BillDeferral, Payment

__all__ = ["Outlook", "outlooks_of"]

_CHARGES = ("interest", "default charge")


class Outlook(NamedTuple):
    """
    What the next bill would charge, if so much is paid on the due day.

    Attributes:
        paid: `"in full"`, `"minimum"` or `"nothing"`.
        amount: What is paid, in major units.
        charged: Interest and charges up to the bill after the due day, in major units.

    Example:
        >>> Outlook("minimum", Decimal("100.00"), Decimal("9.00")).charged
        Decimal('9.00')
    """

    paid: str
    amount: Decimal
    charged: Decimal


def outlooks_of(
    state: LineState, deferrals: Sequence[BillDeferral] = ()
) -> tuple[Outlook, ...]:
    """
    Return what the next bill would charge, by what is paid of the one just made.

    Args:
        state: The state as the bill was made.
        deferrals: Those of the bill, in their order.
    """
    bill, digits = state.bills[-1], state.line.digits
    if bill.balance <= 0:
        return ()
    return tuple(
        Outlook(
            paid,
            from_units(units, digits),
            from_units(_charged(state, deferrals, units), digits),
        )
        for paid, units in (
            ("in full", bill.balance),
            ("minimum", bill.minimum),
            ("nothing", 0),
        )
    )


def _charged(state: LineState, deferrals: Sequence[BillDeferral], units: int) -> int:
    charged, cut = 0, state.cycle.cut
    for event in deferrals:
        for entry in advance(state, event.on.toordinal()):
            charged += _charge_of(entry.rule, entry.before, entry.after)
            state = entry.after
        state = deferred(state, event)
    due = state.bills[-1].due
    for entry in advance(state, due):
        charged += _charge_of(entry.rule, entry.before, entry.after)
        state = entry.after
    if units:
        paid = Payment(id="outlook", on=date.fromordinal(due), amount=0)
        for entry in posted_first(state, units, due, paid):
            charged += _charge_of(entry.rule, entry.before, entry.after)
            state = entry.after
        after, _ = receive(state, units, due)
        state = counted_whole(after, units)
    for entry in advance(state, max(state.cycle.cut, cut)):
        charged += _charge_of(entry.rule, entry.before, entry.after)
    return charged


def _charge_of(rule: str, before: LineState, after: LineState) -> int:
    if rule not in _CHARGES:
        return 0
    # Where something of a bill is owed, and no more than the bill is paid, there is no
    # credit.
    return after.owed - before.owed
