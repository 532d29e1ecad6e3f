"""
A line whose days and cents the unit tests count out by hand.

It bills on the 5th, is due on the 25th, and costs 0.1 % a day: 500 bear 0.50 a day. 300
bought on 10 August 2026 and 200 on the 20th are on the bill of 5 September, due on 25
September; the next bills are those of 5 October and 5 November.
"""

from datetime import date
from typing import Any

from loanmath import (
    CashAdvance,
    Conversion,
    CreditLine,
    LineAccount,
    LineInterest,
    LineSegment,
    Payment,
    Purchase,
    Refund,
)

__all__ = [
    "BOUGHT",
    "DUE",
    "NOV5",
    "OCT5",
    "OPENED",
    "SEP5",
    "aug",
    "back",
    "buy",
    "cash",
    "cash_at",
    "interest",
    "kept",
    "line",
    "nov",
    "octo",
    "owed",
    "pay",
    "sep",
    "split",
]


def aug(day: int) -> date:
    return date(2026, 8, day)


def sep(day: int) -> date:
    return date(2026, 9, day)


def octo(day: int) -> date:
    return date(2026, 10, day)


def nov(day: int) -> date:
    return date(2026, 11, day)


OPENED, SEP5, DUE, OCT5, NOV5 = aug(5), sep(5), sep(25), octo(5), nov(5)


def interest(**terms: Any) -> LineInterest:
    return LineInterest(**({"rate": "0.1%/day", "bears_from": "posting"} | terms))


def line(rule: LineInterest | None = None, **terms: Any) -> CreditLine:
    usual: dict[str, Any] = {
        "currency": "CNY", "limit": "20000", "statement_day": 5, "due_day": 25,
        "interest": rule,
    }  # fmt: skip
    if "due_after" in terms:
        usual["due_day"] = None
    return CreditLine(**(usual | terms))


def cash_at(rule: LineInterest | None = None, **terms: Any) -> LineSegment:
    return LineSegment(
        name="cash", interest=rule or interest(bears_from="use"), **terms
    )


def buy(on: date, amount: Any, id_: str = "u1", **more: Any) -> Purchase:
    return Purchase(id=id_, on=on, amount=amount, **more)


def cash(on: date, amount: Any, name: str = "k1") -> CashAdvance:
    return CashAdvance(id=name, on=on, amount=amount)


def pay(on: date, amount: Any, name: str = "p1") -> Payment:
    return Payment(id=name, on=on, amount=amount)


def back(on: date, amount: Any, of: str | None = None, name: str = "r1") -> Refund:
    return Refund(id=name, on=on, amount=amount, of=of)


def split(on: date, name: str = "s1", **words: Any) -> Conversion:
    return Conversion(id=name, on=on, **words)


BOUGHT = (buy(aug(10), 300, "u1"), buy(aug(20), 200, "u2"))


def kept(terms: CreditLine, *events: Any, opened: date = OPENED) -> LineAccount:
    return LineAccount.open(terms, opened).record(*events)


def owed(account: LineAccount, on: date, segment: str = "purchases") -> list[str]:
    """Penalty, fee, interest and principal of a segment, as they print."""
    found = account.position(on).segment(segment)
    return [
        f"{part:.2f}"
        for part in (found.penalty, found.fee, found.interest, found.principal)
    ]
