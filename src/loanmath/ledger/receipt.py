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
    before, after = state.balances.segment.interest, balances.segment.interest
    if before != after:
        early = tuple(
            noted + (one - other if due > receipt.day else 0)
            for noted, one, other, due in zip(
                balances.early, before, after, balances.due, strict=True
            )
        )
        balances = balances._replace(early=early)
    return Entry(
        receipt.day, "payment", event, state, state._replace(balances=balances)
    )
