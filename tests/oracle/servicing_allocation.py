"""Where a payment goes, slot by slot and row by row, for the servicing oracle."""

from datetime import date
from itertools import groupby

from oracle.servicing_numbers import Refused
from oracle.servicing_rows import Book, Row

STANDINGS = ("past_due", "due", "in_advance")
PAYS_AHEAD = ("next", "last", "next_last", "spread")


class Money:
    """What is left of a payment, and what it cleared, in the order it did."""

    def __init__(self, book: Book, day: date, amount: int):
        self.book, self.day, self.left = book, day, amount
        self.cleared: list = []
        self.dropped: list = []
        self.carried: list = []
        self.forgiven: tuple | None = None
        self.bears_on: Row | None = None
        self.fee_at: int | None = None

    def clear(self, row: Row, component: str, most: int | None = None) -> int:
        taken = row.take(component, self.left if most is None else min(most, self.left))
        self.left -= taken
        if taken:
            self.cleared.append((row.number, component, taken))
        return taken


def slots_of(order) -> list:
    return [(standing.value, component.value) for standing, component in order]


def runs_of(slots: list) -> list:
    """Consecutive slots of one standing, as (standing, components)."""
    return [
        (standing, [component for _, component in run])
        for standing, run in groupby(slots, key=lambda slot: slot[0])
    ]


def rule_on(book: Book, kind: str, day: date):
    rule = book.loan.servicing.allocation.for_kind(kind)
    return rule.on_day(book.days_past_due(day))


def ahead_last(slots: list) -> list:
    """The table, with rows in advance at its end where it says nothing of them."""
    if any(standing == "in_advance" for standing, _ in slots):
        return slots
    order = [component for standing, component in slots if standing == "due"]
    return slots + [("in_advance", component) for component in order]


def allocate(money: Money, rule, slots: list, rows: list, ahead: str | None) -> None:
    """Spend money on rows by a table; `ahead` is how rows in advance are reached."""
    by_installment = rule.by.value == "installment"
    for standing, components in runs_of(slots):
        standing_so = [row for row in rows if row.standing(money.day) == standing]
        if standing == "in_advance":
            if ahead is not None:
                pay_ahead(money, standing_so, components, ahead, by_installment)
        elif by_installment:
            for row in standing_so:
                clear_all(money, row, components)
        else:
            for component in components:
                for row in standing_so:
                    money.clear(row, component)


def clear_all(money: Money, row: Row, components, most: int | None = None) -> int:
    taken = 0
    for component in components:
        taken += money.clear(row, component, None if most is None else most - taken)
    return taken


def pay_ahead(
    money: Money, rows: list, components: list, ahead: str, by_installment: bool
) -> None:
    if ahead == "spread":
        spread(money, rows, components)
        return
    order = {
        "next": rows,
        "last": rows[::-1],
        "next_last": rows[:1] + rows[:0:-1],
    }
    runs = [components] if by_installment else [[part] for part in components]
    for run in runs:
        for row in order[ahead]:
            clear_all(money, row, run)


def spread(money: Money, rows: list, components: list) -> None:
    before = len(money.cleared)
    while money.left:
        owing = [row for row in rows if any(row.owed[part] for part in components)]
        if not owing:
            break
        share, rest = divmod(money.left, len(owing))
        for place, row in enumerate(owing):
            clear_all(money, row, components, share + (1 if place < rest else 0))
    # All rows are cleared at once; what comes back, comes back from the last of them.
    money.cleared[before:] = sorted(money.cleared[before:], key=lambda part: part[0])


def spend_credit(book: Book, day: date) -> None:
    """What falls due is paid from the credit, as by a payment of that morning."""
    if book.credit <= 0 or not any(row.due == day for row in book.rows):
        return
    rule = rule_on(book, "payment", day)
    money = Money(book, day, book.credit)
    allocate(money, rule, slots_of(rule.order), book.rows, None)
    book.credit = money.left
    book.from_credit += money.cleared


def pay_split(money: Money, split, rows: list) -> None:
    stated = [(part.value, money.book.units(amount)) for part, amount in split]
    if sum(amount for _, amount in stated) != money.left:
        raise Refused("a split sums to the amount")
    for component, amount in stated:
        rest = amount
        for standing in STANDINGS:
            for row in rows:
                if row.standing(money.day) == standing:
                    rest -= money.clear(row, component, rest)
        if rest:
            raise Refused(f"more than is owed of {component}")


def pay_rows(money: Money, payment, rule, slots: list) -> None:
    """A payment for named installments: what they do not need is left over."""
    rows = [money.book.row(number) for number in payment.installments]
    if payment.split:
        pay_split(money, payment.split, rows)
        return
    ahead = rule.future.value if rule.future.value in PAYS_AHEAD else "next"
    allocate(money, rule, ahead_last(slots), rows, ahead)


def slots_for(payment, rule) -> list:
    designated = getattr(payment, "order", ())
    if designated:
        order = [component.value for component in designated]
        return [(standing, component) for standing in STANDINGS for component in order]
    return slots_of(rule.order)
