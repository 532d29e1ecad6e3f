"""Events of many accounts on one line, as amounts by account and day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from loanmath.billing.line_units import line_units
from loanmath.errors import EventError, TermsError
from loanmath.events import Event, Payment, Purchase
from loanmath.events.order import event_order, happening
from loanmath.portfolio.columns import Columns
from loanmath.portfolio.lines import LineDay
from loanmath.terms import Happening, SameDay
from loanmath.terms.lines import CreditLine
from loanmath.terms.lines.segments import PURCHASES

__all__ = ["packed_days"]


class _Did(NamedTuple):
    """What one account did on a day: all that it bought, and each payment."""

    drawn: int
    paid: tuple[int, ...]


def packed_days(
    x: Columns, line: CreditLine, events: Sequence[Sequence[Event]]
) -> tuple[LineDay, ...]:
    """
    Return the events of many accounts by day, in the order of the line.

    Args:
        x: What columns can do.
        line: The terms that all share.
        events: The events of each account, in any order.

    Raises:
        InputTypeError: If something is not an event.
        EventError: If an event is another than a purchase and a plain payment.
        TermsError: If the events of a day go by their sequence.
        LimitError: If an amount does not fit.
    """
    if line.same_day is not SameDay.KIND:
        raise TermsError(
            "same_day of accounts in columns",
            got=line.same_day.value,
            allowed="'kind'",
            do="keep these accounts one by one, by LineAccount",
        )
    key = event_order(line.day_order, line.same_day)
    days: defaultdict[date, dict[int, _Did]] = defaultdict(dict)
    for account, own in enumerate(events):
        for event in own:
            happening(event)
        for event in sorted(own, key=key):
            known = days[event.on].get(account, _Did(0, ()))
            days[event.on][account] = _more(line, account, event, known)
    order = line.day_order
    drawn_last = order.index(Happening.PAYMENT) < order.index(Happening.PURCHASE)
    return tuple(
        one
        for day in sorted(days)
        for one in _rounds(x, day, days[day], len(events), drawn_last=drawn_last)
    )


def _more(line: CreditLine, account: int, event: Event, known: _Did) -> _Did:
    what = f"account {account}, event {event.id}"
    match event:
        case Purchase(segment=segment) if segment == PURCHASES:
            more = line_units(line, event.amount, what)
            return known._replace(drawn=known.drawn + more)
        case Payment(is_directed=False) if event.amount:
            more = line_units(line, event.amount, what)
            return known._replace(paid=(*known.paid, more))
    raise EventError(
        what,
        got=event,
        allowed="a purchase; a plain payment above zero",
        do="keep this account by itself, by LineAccount",
    )


def _rounds(
    x: Columns, day: date, did: dict[int, _Did], accounts: int, *, drawn_last: bool
) -> Iterator[LineDay]:
    """Yield a day as often as accounts paid on it, what was bought first or last."""
    often = max(len(one.paid) for one in did.values())
    numbers = range(max(often + drawn_last, 1))
    drawn_in = numbers[-1] if drawn_last else 0
    for number in numbers:
        drawn, paid = [0] * accounts, [0] * accounts
        for account, one in did.items():
            if number == drawn_in:
                drawn[account] = one.drawn
            if number < len(one.paid):
                paid[account] = one.paid[number]
        yield LineDay(day, x.column(drawn), x.column(paid))
