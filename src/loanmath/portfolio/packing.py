"""Events packed in rounds: the k-th of every account, kinds as masked amounts."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from loanmath.errors import EventError, LimitError
from loanmath.events import Charge, Event, Payment, Waiver, happening
from loanmath.ledger.balances import COMPONENTS, Balances
from loanmath.ledger.course import Course
from loanmath.ledger.fold import in_order
from loanmath.portfolio.columns import MOST, Column, Columns

__all__ = ["Round", "packed"]


class Round(NamedTuple):
    """
    One event of every account; an account without one stays where it is.

    Attributes:
        day: The day of each account's event, or the day it has reached.
        happens: Whether an account has one.
        paid: What is paid.
        charged: What is charged, by component, with the row of each account.
        waived: What is waived, by component.
    """

    day: Column
    happens: Column
    paid: Column
    charged: tuple[tuple[int, Column, Column], ...] = ()
    waived: tuple[tuple[int, Column], ...] = ()


class _Booked(NamedTuple):
    """One event of one account; `None` is the kind of nothing."""

    day: int
    kind: type[Any] | None
    component: int
    amount: int
    row: int


def packed(
    x: Columns,
    courses: Sequence[Course],
    opening: Sequence[Balances],
    events: Sequence[Sequence[Event]],
) -> tuple[Round, ...]:
    """
    Return the rounds of the events of many accounts, in the order within each account.

    Raises:
        InputTypeError: If something is not an event.
        EventError: If an event is another than a payment, charge or waiver, is before
            its account, or says more than an amount, a component and one installment.
        LimitError: If an account's amounts do not fit.
    """
    booked = [
        _booked(number, *account)
        for number, account in enumerate(zip(courses, opening, events, strict=True))
    ]
    found = []
    days = [account.since for account in opening]
    for place in range(max(map(len, booked), default=0)):
        one = [
            account[place] if place < len(account) else _Booked(day, None, 0, 0, 0)
            for account, day in zip(booked, days, strict=True)
        ]
        days = [event.day for event in one]
        found.append(_round(x, one))
    return tuple(found)


def _round(x: Columns, events: Sequence[_Booked]) -> Round:
    def amounts(kind: type[Any], component: int) -> Column:
        return x.column(
            [
                event.amount
                if event.kind is kind and event.component == component
                else 0
                for event in events
            ]
        )

    def components(kind: type[Any]) -> list[int]:
        return sorted({event.component for event in events if event.kind is kind})

    rows = x.column([event.row for event in events])
    return Round(
        day=x.column([event.day for event in events]),
        happens=x.column([event.kind is not None for event in events]),
        paid=amounts(Payment, 0),
        charged=tuple((c, rows, amounts(Charge, c)) for c in components(Charge)),
        waived=tuple((c, amounts(Waiver, c)) for c in components(Waiver)),
    )


def _booked(
    number: int, course: Course, opening: Balances, events: Sequence[Event]
) -> list[_Booked]:
    found, total = [], 0
    for event in events:
        happening(event)
    for event in in_order(events, course.event_key):
        what = f"account {number}, event {event.id}"
        day = event.on.toordinal()
        if day < opening.since:
            raise EventError(what, got=str(event.on), allowed="on or after its opening")
        one = _one(course, what, event, day)
        total += one.amount
        found.append(one)
    if total > MOST:
        raise LimitError(
            f"account {number}, amounts", got=total, allowed="at most 2^62"
        )
    return found


def _one(course: Course, what: str, event: Event, day: int) -> _Booked:
    match event:
        case Payment(is_directed=False):
            amount = course.units(event.amount, what)
            return _Booked(day, Payment, 0, amount, 0)
        case Charge(due=None) if (event.installment or 1) <= len(course.due):
            row = sum(1 for due in course.due if due < day)
            if event.installment is not None:
                row = event.installment - 1
            component = COMPONENTS.index(event.component)
            amount = course.units(event.amount, what)
            return _Booked(
                day, Charge, component, amount, min(row, len(course.due) - 1)
            )
        case Waiver(installments=()) if not isinstance(event.amount, Fraction):
            component = COMPONENTS.index(event.component)
            amount = course.units(event.amount, what)
            return _Booked(day, Waiver, component, amount, 0)
    raise EventError(
        what,
        got=event,
        allowed="a plain payment; a charge; a waiver of an amount, in all installments",
        do="keep this account by itself, by Account",
    )
