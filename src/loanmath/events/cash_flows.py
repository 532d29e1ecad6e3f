"""The money that events moved, as the lender sees it: paid out negative."""

from collections.abc import Iterator, Sequence
from datetime import date

from loanmath.currency import to_units
from loanmath.events.corrections import Reversal, ReversedAs
from loanmath.events.lines import Drawing
from loanmath.events.money import (
    Chargeback,
    Disbursement,
    Payment,
    Payout,
    Recovery,
    Refund,
)
from loanmath.events.order import Event
from loanmath.events.reversals import effective_events

__all__ = ["money_moved"]


def money_moved(
    events: Sequence[Event], until: date, digits: int
) -> Iterator[tuple[date, int]]:
    """
    Yield what each event moved up to a day: paid out negative, received positive.

    What was reversed as if it had never been moves nothing; a reversal from its own day
    moves back what its event moved.

    Args:
        events: In order.
        until: The last day.
        digits: The digits of the currency.

    Example:
        >>> paid = Payment(id="p1", on=date(2026, 3, 1), amount="5")
        >>> later = date(2026, 3, 2)
        >>> undone = Reversal(id="x1", on=later, of="p1", reversed_as="today")
        >>> [units for _, units in money_moved([paid, undone], later, 2)]
        [500, -500]
    """
    happened = [event for event in events if event.on <= until]
    by_id = {event.id: event for event in happened}
    for event in effective_events(happened):
        if isinstance(event, Reversal):
            is_today = event.reversed_as is ReversedAs.TODAY
            units = -_moved(by_id[event.of], digits) if is_today else 0
        else:
            units = _moved(event, digits)
        if units:
            yield event.on, units


def _moved(event: Event, digits: int) -> int:
    match event:
        case Disbursement():
            withheld = to_units(event.withheld, digits, "withheld")
            return withheld - to_units(event.amount, digits, "amount")
        case Payment() | Refund() | Recovery():
            return to_units(event.amount, digits, "amount")
        case Drawing() | Chargeback() | Payout():
            return -to_units(event.amount, digits, "amount")
    return 0
