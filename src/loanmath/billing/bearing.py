"""What of a bill bears interest, from day to day, in units."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

from loanmath.terms.lines import BearsFrom, BearsOn, LineInterest, RepaymentDay

__all__ = ["Flow", "Flows", "Stretch", "is_free", "stretches"]


class Flow(NamedTuple):
    """An amount on a day: an ordinal, and units."""

    day: int
    units: int


class Stretch(NamedTuple):
    """Days, from one until another, on which a share of the debt bears at a rate."""

    start: int
    end: int
    owed: int
    share: Fraction
    rate: Fraction


class Flows(NamedTuple):
    """
    What was posted in one cycle, and what was paid on it, in order.

    Attributes:
        posted: The purchases.
        paid: The payments.
        statement: The day of the bill.
        due: The day it is due.
        tolerance: The bill is paid in full if no more than this is missing.
    """

    posted: Sequence[Flow]
    paid: Sequence[Flow]
    statement: int
    due: int
    tolerance: int

    @property
    def billed(self) -> int:
        """What was posted, less what was paid before the statement."""
        before = sum(flow.units for flow in self.paid if flow.day < self.statement)
        return max(sum(flow.units for flow in self.posted) - before, 0)

    def paid_in_time(self, rule: LineInterest) -> int:
        """Return what of the bill was paid by its due date, or within days of grace."""
        last = self.due + rule.grace_days
        paid = sum(
            flow.units for flow in self.paid if self.statement <= flow.day <= last
        )
        return min(paid, self.billed)

    def unpaid(self, rule: LineInterest) -> int:
        """Return what of the bill was missing when it was due, beyond the tolerance."""
        missing = self.billed - self.paid_in_time(rule)
        return missing if missing > self.tolerance else 0


def is_free(rule: LineInterest, flows: Flows) -> bool:
    """Return whether nothing bears, because the bill was paid."""
    return rule.bears_from is not BearsFrom.USE and not flows.unpaid(rule)


def stretches(rule: LineInterest, flows: Flows, last: int) -> Iterator[Stretch]:
    """
    Yield what bears until a day, neighbors that bear alike as one.

    Args:
        rule: What the line charges.
        flows: What was posted and paid.
        last: The day after the last that counts.
    """
    known: Stretch | None = None
    for stretch in _cut(rule, flows, last):
        if known is not None:
            if known.end == stretch.start and known[2:] == stretch[2:]:
                known = known._replace(end=stretch.end)
                continue
            yield known
        known = stretch
    if known is not None:
        yield known


def _cut(rule: LineInterest, flows: Flows, last: int) -> Iterator[Stretch]:
    """Yield what bears, cut wherever anything changes."""
    changes = _changes(rule, flows)
    days = [flow.day for flow in changes]
    balances = [0, *accumulate(flow.units for flow in changes)]
    first = flows.posted[0].day
    cuts = {day for day in (*days, flows.due + 1) if first < day < last}
    for start, end in pairwise(sorted({first, *cuts, last})):
        owed = max(balances[bisect_right(days, start)], 0)
        stretch = _bearing(
            rule, flows, Stretch(start, end, owed, Fraction(1), rule.daily)
        )
        if stretch.owed and stretch.share:
            yield stretch


def _changes(rule: LineInterest, flows: Flows) -> list[Flow]:
    later = rule.repayment_day is RepaymentDay.OLD
    paid = (Flow(flow.day + later, -flow.units) for flow in flows.paid)
    return sorted([*flows.posted, *paid])


def _bearing(rule: LineInterest, flows: Flows, stretch: Stretch) -> Stretch:
    """Return a stretch with what of it bears, and at which rate."""
    is_late = stretch.start > flows.due
    match rule.bears_from:
        case BearsFrom.AFTER_DUE:
            return stretch if is_late else stretch._replace(owed=0)
        case BearsFrom.USE:
            multiple = rule.overdue_multiple if is_late and flows.unpaid(rule) else 1
            return stretch._replace(rate=rule.daily * multiple)
        case BearsFrom.POSTING if is_late or rule.bears_on is BearsOn.WHOLE:
            return stretch
    if rule.bears_on is BearsOn.UNPAID_SHARE:
        return stretch._replace(share=Fraction(flows.unpaid(rule), flows.billed))
    return stretch._replace(owed=_unpaid_purchases(rule, flows, stretch.start))


def _unpaid_purchases(rule: LineInterest, flows: Flows, day: int) -> int:
    """Return what was posted by a day and not paid in time, the oldest paid first."""
    before = sum(flow.units for flow in flows.posted) - flows.billed
    covered = before + flows.paid_in_time(rule)
    posted = sum(flow.units for flow in flows.posted if flow.day <= day)
    return max(posted - covered, 0)
