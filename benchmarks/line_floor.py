"""
The physical floor of a card: its purchases, payments and bills in plain integers.

Interest from posting on all of a bill that was not paid in full, with principal alone
bearing, rounded half-up once a bill; a tenth of principal and all interest, penalty and
arrears as the minimum; a twentieth of what is missing of it as a default charge; the
oldest paid first, each by penalty, interest, principal. No dates and no other terms:
what a person would write for exactly this contract. `kept` has a new value after each
event, to go on from or to look at; `billed` has bills alone, and changes all in place.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

__all__ = ["Bill", "Card", "Cycle", "billed", "kept"]

Row: TypeAlias = tuple[int, int, int, int]
"""Penalty, interest, principal; principal times the day that it bears from, summed."""

NOTHING: Row = (0, 0, 0, 0)


class Cycle(NamedTuple):
    """The day a bill is made, and the day it is decided, as ordinals."""

    cut: int
    decided: int


class Bill(NamedTuple):
    """What a bill says, in cents."""

    balance: int
    minimum: int
    interest: int
    charged: int


def billed(  # noqa: C901 one loop, nothing called
    cycles: Sequence[Cycle],
    events: Iterable[tuple[int, int, int]],
    rate: int,
    unit: int,
) -> list[Bill]:
    """Return the bills of a card, from what was bought and paid on days."""
    # Of what earlier bills left, the last bill, and the open cycle: penalty, interest,
    # principal, and the sum of principal times the day that it bears from.
    carried, last, opened = [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]
    bears, credit, charged, posted, asked, met = False, 0, 0, 0, 0, 0
    received, bill, bills, half = 0, None, [], unit // 2
    number, cut, decided = 0, cycles[0].cut, 0
    for day, bought, payment in events:
        paid = payment
        while day >= cut or (bill and day >= decided):
            if bill and decided <= cut:
                if received >= bill.balance:
                    last = [0, 0, 0, 0]
                bears = True
                if received < bill.minimum:
                    more = ((bill.minimum - received) * 5 + 50) // 100
                    charged += more
                    used = min(credit, more)
                    credit -= used
                    opened[0] += more - used
                bill = None
                continue
            days = carried[2] * cut - carried[3]
            if bears:
                days += last[2] * cut - last[3]
            interest = (days * rate + half) // unit
            posted += interest
            used = min(credit, interest)
            credit -= used
            opened[1] += interest - used
            principal = carried[2] + last[2]
            carried = [
                carried[0] + last[0],
                carried[1] + last[1],
                principal,
                principal * cut,
            ]
            last, opened, bears = opened, [0, 0, 0, 0], False
            arrears = asked - met
            balance = sum(carried[:3]) + sum(last[:3]) - credit
            share = ((carried[2] + last[2]) * 10 + 50) // 100
            minimum = share + last[0] + last[1] + max(carried[0] + carried[1], arrears)
            minimum = max(min(minimum, balance), 0)
            asked += max(minimum - arrears, 0)
            bill = Bill(balance, minimum, posted, charged)
            bills.append(bill)
            received, posted, charged = 0, 0, 0
            decided = cycles[number].decided
            number += 1
            cut = cycles[number].cut
        if bought:
            used = min(credit, bought)
            credit -= used
            opened[2] += bought - used
            opened[3] += (bought - used) * day
        if paid:
            received += paid
            met = min(met + paid, asked)
            days = carried[2] * day - carried[3]
            if bears:
                days += last[2] * day - last[3]
            interest = (days * rate + half) // unit
            owed = sum(carried[:3]) + sum(last[:3]) + sum(opened[:3])
            if interest and paid >= owed + interest - credit:
                posted += interest
                (carried if carried[2] else last)[1] += interest
                carried[3] = carried[2] * day
                if bears:
                    last[3] = last[2] * day
            for part in (0, 1, 2):
                for row in (carried, last):
                    used = min(row[part], paid)
                    row[part] -= used
                    paid -= used
                    if part == 2:
                        row[3] -= used * day
            for part in (0, 1, 2):
                used = min(opened[part], paid)
                opened[part] -= used
                paid -= used
                if part == 2:
                    opened[3] -= used * day
            credit += paid
    return bills


class Card(NamedTuple):
    """What is owed: of earlier bills, of the last one, of the open cycle; and bills."""

    carried: Row
    last: Row
    opened: Row
    credit: int
    bears: bool
    bill: Bill | None
    received: int
    posted: int
    charged: int
    asked: int
    met: int


def kept(
    cycles: Sequence[Cycle], days: Iterable[tuple[int, int, int]], rate: int, unit: int
) -> tuple[Card, list[Bill]]:
    """Return a card and its bills, with a new value after each event."""
    card = Card(NOTHING, NOTHING, NOTHING, 0, False, None, 0, 0, 0, 0, 0)
    bills, number, cut, stop = [], 0, cycles[0].cut, cycles[0].cut
    for day, amount, payment in days:
        while day >= stop:
            if card.bill is not None:
                card, stop = _decided(card, card.bill), cut
                continue
            card = _cut(card, cut, rate, unit)
            if card.bill is not None:
                bills.append(card.bill)
            stop, number = cycles[number].decided, number + 1
            cut = cycles[number].cut
        if amount:
            card = _bought(card, day, amount)
        if payment:
            card = _paid(card, day, payment, rate, unit)
    return card, bills


def _bought(card: Card, day: int, amount: int) -> Card:
    penalty, interest, principal, moment = card.opened
    used = min(card.credit, amount)
    amount -= used
    row = (penalty, interest, principal + amount, moment + amount * day)
    return Card(card.carried, card.last, row, card.credit - used, *card[4:])


def _earned(card: Card, day: int, rate: int, unit: int) -> int:
    days = card.carried[2] * day - card.carried[3]
    if card.bears:
        days += card.last[2] * day - card.last[3]
    return (days * rate + unit // 2) // unit


def _paid(card: Card, day: int, amount: int, rate: int, unit: int) -> Card:
    carried, last, opened = list(card.carried), list(card.last), list(card.opened)
    interest, left = _earned(card, day, rate, unit), amount
    owed = sum(carried[:3]) + sum(last[:3]) + sum(opened[:3])
    posted = interest if amount >= owed + interest - card.credit else 0
    if posted:
        (carried if carried[2] else last)[1] += posted
        carried[3] = carried[2] * day
        if card.bears:
            last[3] = last[2] * day
    for rows in ((carried, last), (opened,)):
        for part in (0, 1, 2):
            for row in rows:
                used = min(row[part], left)
                row[part] -= used
                left -= used
                if part == 2:
                    row[3] -= used * day
    return card._replace(
        carried=tuple(carried),
        last=tuple(last),
        opened=tuple(opened),
        credit=card.credit + left,
        received=card.received + amount,
        posted=card.posted + posted,
        met=min(card.met + amount, card.asked),
    )


def _decided(card: Card, bill: Bill) -> Card:
    last = NOTHING if card.received >= bill.balance else card.last
    charge, (penalty, interest, principal, moment) = 0, card.opened
    if card.received < bill.minimum:
        charge = ((bill.minimum - card.received) * 5 + 50) // 100
    used = min(card.credit, charge)
    return card._replace(
        last=last,
        opened=(penalty + charge - used, interest, principal, moment),
        credit=card.credit - used,
        charged=card.charged + charge,
        bears=True,
        bill=None,
    )


def _cut(card: Card, day: int, rate: int, unit: int) -> Card:
    carried, last, opened = card.carried, card.last, card.opened
    posted = _earned(card, day, rate, unit)
    used, arrears = min(card.credit, posted), card.asked - card.met
    principal = carried[2] + last[2]
    carried = (carried[0] + last[0], carried[1] + last[1], principal, principal * day)
    last = (opened[0], opened[1] + posted - used, opened[2], opened[3])
    balance = sum(carried[:3]) + sum(last[:3]) - card.credit + used
    share = ((principal + last[2]) * 10 + 50) // 100
    minimum = share + last[0] + last[1] + max(carried[0] + carried[1], arrears)
    minimum = max(min(minimum, balance), 0)
    return Card(
        carried,
        last,
        NOTHING,
        card.credit - used,
        False,
        Bill(balance, minimum, card.posted + posted, card.charged),
        0,
        0,
        0,
        card.asked + max(minimum - arrears, 0),
        card.met,
    )
