"""Level payments of which the first so many are one unit more."""

from collections.abc import Callable
from functools import cache
from itertools import compress
from typing import NamedTuple

from loanmath.arithmetic import Growing, Walk
from loanmath.schedule.frame import Frame
from loanmath.schedule.nearest import least_alike, nearer
from loanmath.schedule.payment_rows import growing_of, level_payments, walk_payments
from loanmath.search import last_where

__all__ = ["spread_residue"]


def spread_residue(found: Frame, level: int, unit: int, balloon: int) -> Walk:
    """
    Return the plan whose last payment comes nearest to level, and a balloon on top.

    Args:
        found: The rows.
        level: The level payment, rounded down.
        unit: What the first so many payments are more.
        balloon: What the last one is to pay on top.

    Returns:
        The plan; of two numbers of payments equally near, that of the lower.
    """
    growing, lent = growing_of(found), found.loan.principal_units
    if found.loan.drawdowns:
        lent += sum(found.growth.drawn)
    path = growing.path(lent, level + unit)
    raised = _Raised(found, level, unit, level + balloon, growing, path, {})
    more = _nearest(raised)
    if found.is_simple:
        payments = [level + unit] * more + [level] * (len(path) - more)
        return growing.repaid(path[:more] + raised.path_from(more), payments)
    return raised.plan(more)


class _Raised(NamedTuple):
    """
    Level payments of which the first so many are to be one unit more.

    Attributes:
        found: The rows.
        level: What the others are.
        unit: What the first are more.
        goal: What the last one is to be.
        growing: How a balance grows in rows that repay.
        path: What is owed before each of these, if all are one unit more: right where
            the rows are simple, and near where not.
    """

    found: Frame
    level: int
    unit: int
    goal: int
    growing: Growing
    path: list[int]
    paths: dict[int, list[int]]
    """The same from some row on, if no more are one unit more; those asked about."""

    @property
    def is_exact(self) -> bool:
        """Whether `leaving` is right."""
        simple = self.found.is_simple and self.growing.added is not None
        return simple and self.level >= 0 and self.goal > 0

    def plan(self, more: int) -> Walk:
        """Return the plan in which so many payments are one unit more."""
        found, stop, rows = self.found, more, range(self.found.size)
        if not found.is_regular:
            stop = list(compress(rows, found.repays))[more]
        first = level_payments(found, self.level + self.unit)[:stop]
        return walk_payments(found, first + level_payments(found, self.level)[stop:])

    def path_from(self, more: int) -> list[int]:
        """Return what is owed before each row that repays, if so many are more."""
        path = self.paths.get(more)
        if path is None:
            path = self.growing.path(self.path[more], self.level, more)
            self.paths[more] = path
        return path

    def gap(self, more: int) -> int:
        """Return what its last payment is off the goal."""
        if self.found.is_simple:
            return self.gap_ahead(more)
        return self.plan(more).payment[-1] - self.goal

    def gap_ahead(self, more: int) -> int:
        """Return the same by the path alone."""
        # Nothing is lent again by payments below zero.
        left = self.path_from(more)[-1] if self.path[more] else 0
        return self.growing.clearing(left) - self.goal

    def leaving(self, gap: int) -> int:
        """Return the highest number that leaves no less, by the path; -1 for none."""
        return self.growing.last_leaving(self.goal + gap, self.path, self.level)


def _nearest(raised: _Raised) -> int:
    # A unit more in an early payment never raises the last one: what is owed grows from
    # row to row, and rounding never turns more into less. That decides.
    near, most = raised.leaving(0), len(raised.path) - 1
    if raised.is_exact:
        return 0 if near < 0 else nearer(raised.gap_ahead, near, most)
    gap = cache(raised.gap)
    if min(raised.found.growth.rates) >= 0:
        near = max(near, 0)
        near = raised.leaving(raised.gap_ahead(near) - gap(near))
    else:
        # Below zero, interest rounded per day may change by more than the balance does:
        # then several may be nearest, and where the search begins tells which.
        near = most + (2 * gap(most) + raised.unit) // (2 * raised.unit)
    near = min(most, max(0, near))
    falls = raised.found.falls and raised.goal > 0
    first = near if falls and gap(near) == 0 else _nearest_of(most, gap, near)
    if falls:
        # What leaves less was found next to what leaves enough: none before leaves it.
        return first
    # All may be repaid before the last drawdown, or before the last payment: more units
    # change nothing then.
    return least_alike(gap, first, 0)


def _nearest_of(most: int, gap: Callable[[int], int], near: int) -> int:
    """Return the number from 0 to `most` whose gap is nearest to zero."""
    low = last_where(lambda more: more <= 0 or (more <= most and gap(more) >= 0), near)
    return min((low, min(low + 1, most)), key=lambda more: abs(gap(more)))
