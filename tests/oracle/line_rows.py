"""
The rows of a line of credit for its oracle, and what of a row bears on a day.

A row keeps its whole history: every addition and every taking, with the day it counts
from. What it holds on a day is always summed up anew from these.

Readings of the page:

* What a credit pays as it is added is never part of what bears.
* A row's first day is that of its first addition, of whatever component.
* The due day that a row bears by is that of the bill that decided it, which is its own
  but where a change of days makes a later bill fall due first.
* Rows are joined while they bear at one rate: rows of a promotion that goes on, and
  rows at the overdue rate, are joined among themselves. What decided bills left is
  joined once its due day is in a window that was charged; it is then as old as all that
  they left, and bears on days before it was joined what its parts did.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from oracle.line_numbers import COMPONENTS, daily


@dataclass(eq=False)
class Bill:
    """A bill: what it says, what was received on it, and how it was decided."""

    cycle: int
    statement: date
    due: date
    last_in_time: date
    balance: int
    made_of: dict  # (component, segment, of this cycle) -> amount
    occupied: int
    limit: int
    arrears: int
    minimum: int = 0
    first_minimum: int = 0  # as it was made
    received: int = 0
    converted: dict = field(default_factory=dict)  # (segment, own) -> amount
    outcome: str | None = None
    unpaid: int = 0  # what was missing of it when it was decided
    missed: bool = False
    deferred: date | None = None  # the later day on which its minimum is due
    is_pending: bool = False  # decided, but for its minimum, which is deferred

    @property
    def minimum_due(self) -> date:
        """The day on which its minimum is due."""
        return self.deferred or self.due

    @property
    def missing_share(self) -> Fraction:
        """What was missing of the bill when it was decided, over the bill."""
        return Fraction(self.unpaid, self.balance)


@dataclass(eq=False)
class Row:
    """What is owed of a segment, of a cycle, under a promotion that ends on a day."""

    segment: str
    cycle: int
    promotion_end: date | None
    is_deferred: bool
    bears: bool
    is_lost: bool  # it bears because the free period was lost
    owed: dict = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))
    added: list = field(default_factory=list)  # (counts from, amount, before events)
    taken: list = field(default_factory=list)  # (counts from, amount, taken on)
    first: date | None = None
    charged_to: date | None = None  # days before it were charged
    decided: Bill | None = None
    decided_on: date | None = None
    overdue_from: date | None = None
    was_held: bool = False  # a deferred balance that was not paid in its promotion
    parts: list = field(default_factory=list)
    joined_on: date | None = None
    is_carried: bool = False  # what decided bills left: as old as all that they left
    ceiling: int | None = None  # what it may cost in all, where that is agreed
    cost: int = 0  # what it cost so far
    cut_off: int = 0  # what it would have cost above its ceiling

    def total(self) -> int:
        """All that is owed of it."""
        return sum(self.owed.values())

    def uncharged_from(self) -> date | None:
        """The first of its days that no interest was charged for."""
        if self.first is None or self.charged_to is None:
            return self.first
        return max(self.first, self.charged_to)


def held(row: Row, day: date) -> int:
    """The bearing amount on a day: what was added by then less what was taken."""
    added = sum(amount for since, amount, _ in row.added if since <= day)
    taken = sum(amount for since, amount, _ in row.taken if since <= day)
    return max(added - taken, 0)


def held_when_opened(row: Row, day: date) -> int:
    """The bearing amount as a day begins: after its cut, before its events."""
    added = sum(
        amount
        for since, amount, is_early in row.added
        if since < day or (is_early and since <= day)
    )
    taken = sum(amount for since, amount, _ in row.taken if since < day)
    return max(added - taken, 0)


def bearing(row: Row, day: date, rule) -> Fraction:
    """What of a row bears on a day, by the table of the page."""
    if row.joined_on is not None and day < row.joined_on:
        return sum((bearing(part, day, rule) for part in row.parts), Fraction(0))
    if not row.bears or row.first is None or day < row.first:
        return Fraction(0)
    if row.is_deferred and row.promotion_end is not None and day < row.promotion_end:
        return Fraction(0)
    whole = Fraction(held(row, day))
    if rule.bears_from.value == "use" or row.is_lost or row.joined_on is not None:
        return whole
    bill = row.decided
    assert bill is not None, "a row that waited bears by a decision"
    if day > bill.due:
        return whole
    if rule.bears_from.value == "after_due":
        return Fraction(0)
    if rule.bears_from.value == "statement":
        included = rule.last_day.value == "included"
        if day < bill.statement or (included and day == bill.statement):
            return Fraction(0)
    if rule.bears_on.value == "whole":
        return whole
    if rule.bears_on.value == "unpaid_share":
        return whole * bill.missing_share
    assert row.decided_on is not None
    added = sum(amount for since, amount, _ in row.added if since <= day)
    taken = sum(amount for _, amount, on in row.taken if on < row.decided_on)
    return Fraction(max(added - taken, 0))


def rate_before_overdue(row: Row, day: date, rule, promotion) -> Fraction:
    """The rate of a row's segment on a day: that of its promotion before its end."""
    if row.promotion_end is not None and day < row.promotion_end:
        return daily(promotion.rate, rule.days_in_year)
    return daily(rule.rate, rule.days_in_year)


def rate_on(row: Row, day: date, rule, promotion) -> Fraction:
    """The rate that a row bears at: a multiple of it once its bill was missed."""
    rate = rate_before_overdue(row, day, rule, promotion)
    if row.overdue_from is not None and day >= row.overdue_from:
        rate *= rule.overdue_multiple
    return rate


def joined(rows: list[Row], on: date) -> Row:
    """One row out of several that were decided and charged."""
    first = min(rows, key=lambda row: row.cycle)
    overdue = [row.overdue_from for row in rows if row.overdue_from is not None]
    one = Row(first.segment, first.cycle, None, False, bears=True, is_lost=False)
    if all(row.promotion_end == first.promotion_end for row in rows):
        one.promotion_end, one.is_deferred = first.promotion_end, first.is_deferred
    for row in rows:
        for component in COMPONENTS:
            one.owed[component] += row.owed[component]
        one.added += row.added
        one.taken += row.taken
    firsts = [row.first for row in rows if row.first is not None]
    charged = [row.charged_to for row in rows if row.charged_to is not None]
    one.first = min(firsts, default=None)
    one.charged_to = max(charged, default=None)
    one.decided = max((row.decided for row in rows if row.decided), key=_cycle)
    one.overdue_from = max(overdue) if overdue else None
    one.parts, one.joined_on = list(rows), on
    return one


def _cycle(bill: Bill) -> int:
    return bill.cycle
