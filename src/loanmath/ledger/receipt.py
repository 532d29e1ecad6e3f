"""Money received, as the ledger reads it."""

from typing import NamedTuple, Self

from loanmath.errors import EventError
from loanmath.events import Event, Payment, Refund
from loanmath.ledger.balances import COMPONENTS, Balances
from loanmath.ledger.course import Course
from loanmath.ledger.state import AccountState, Entry
from loanmath.terms import (
    Component,
    PrepaymentEffect,
)

__all__ = ["Receipt", "recorded"]


class Receipt(NamedTuple):
    """Money received, in units, and what its payer said of it."""

    id: str
    day: int
    amount: int
    kind: str
    split: tuple[tuple[int, int], ...]
    rows: tuple[int, ...]
    order: tuple[Component, ...]
    effect: PrepaymentEffect | None

    @classmethod
    def of(cls, course: Course, event: Payment | Refund) -> Self:
        """Return the receipt that an event stands for."""
        what = f"event {event.id}"
        day, amount = event.on.toordinal(), course.units(event.amount, what)
        if isinstance(event, Refund):
            return cls(event.id, day, amount, "refund", (), (), (), None)
        split = tuple(
            (COMPONENTS.index(part), course.units(share, what))
            for part, share in event.split
        )
        rows = tuple(number - 1 for number in event.installments)
        if rows and rows[-1] >= len(course.due):
            raise EventError(
                what,
                got=f"installment {rows[-1] + 1}",
                allowed=f"installments 1 to {len(course.due)}",
            )
        return cls(
            event.id, day, amount, event.kind, split, rows, event.order, event.effect
        )


def recorded(
    state: AccountState, balances: Balances, receipt: Receipt, event: Event
) -> Entry:
    """Return the entry of a payment, noting interest that was paid in advance."""
    now, early = balances.fallen_due(receipt.day), balances.early
    before = state.balances.segment.interest[now:]
    after = balances.segment.interest[now:]
    if before != after:
        noted = zip(early[now:], before, after, strict=True)
        ahead = (paid + one - other for paid, one, other in noted)
        balances = balances._replace(early=(*early[:now], *ahead))
    return Entry(receipt.day, "payment", event, state, state.with_balances(balances))
