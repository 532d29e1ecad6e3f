"""Level payments of which the first so many are one unit more."""

from collections.abc import Callable
from functools import cache
from itertools import compress

from loanmath.arithmetic import Growing, Walk
from loanmath.schedule.frame import Frame
from loanmath.schedule.nearest import nearer
from loanmath.schedule.payment_rows import level_payments, walk_payments
from loanmath.search import last_where

__all__ = ["growing_of", "spread_residue"]


def growing_of(found: Frame) -> Growing:
    """Return how a balance grows in rows that pay all their interest, or repay it."""
    growth, factors = found.growth, found.growth.factors
    if not found.is_regular:
        factors = list(compress(factors, found.repays))
    return Growing.of(factors, growth.denominator, found.rounded)


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
    raised = level_payments(found, level + unit)
    others = level_payments(found, level)
    rows = range(found.size)
    paying = rows if found.is_regular else list(compress(rows, found.repays))

    def planned(more: int) -> Walk:
        stop = paying[more]
        return walk_payments(found, raised[:stop] + others[stop:])

    growing, goal = growing_of(found), level + balloon
    path = growing.path(found.loan.principal_units, level + unit)

    def gap(more: int) -> int:
        if not found.is_simple:
            return planned(more).payment[-1] - goal
        # Nothing is lent again by payments below zero.
        return (growing.last_of(path[more], level, more) if path[more] else 0) - goal

    def leaving(last: int) -> int:
        return growing.last_leaving(last, path, level)

    # A unit more in an early payment never raises the last one: what is owed grows from
    # row to row, and rounding never turns more into less. That decides.
    most, near = len(paying) - 1, leaving(goal)
    if found.is_simple and growing.added is not None and level >= 0 and goal > 0:
        return planned(0 if near < 0 else nearer(gap, near, most))
    known = cache(gap)
    if min(found.growth.rates) >= 0:
        near = leaving(goal - known(max(near, 0)))
    else:
        near = most + (2 * known(most) + unit) // (2 * unit)
    near = min(most, max(0, near))
    falls = found.falls and goal > 0
    first = near if falls and known(near) == 0 else _nearest_of(most, known, near)
    if not falls or known(first) == -goal:
        # All may be repaid before the last drawdown, or before the last payment: more
        # units change nothing then.
        first = _fewest(known, first)
    return planned(first)


def _nearest_of(most: int, gap: Callable[[int], int], near: int) -> int:
    """Return the number from 0 to `most` whose gap is nearest to zero."""
    low = last_where(lambda more: more <= 0 or (more <= most and gap(more) >= 0), near)
    low = max(low, 0)
    return min((low, min(low + 1, most)), key=lambda more: abs(gap(more)))


def _fewest(gap: Callable[[int], int], enough: int) -> int:
    """Return the smallest number whose gap is that of one that is enough."""
    best = gap(enough)
    return last_where(lambda more: more < 0 or gap(more) > best, enough - 1) + 1
