"""Which amount leaves the smallest residue, where more of it leaves less."""

from collections.abc import Callable
from functools import cache

from loanmath.arithmetic import Growing, Walk
from loanmath.search import last_where

__all__ = ["least_alike", "nearer", "nearest_amount", "plan_first"]


def nearest_amount(gap: Callable[[int], int], near: int, most: int) -> int:
    """
    Return the amount up to `most` whose gap is nearest to zero, the lower of two.

    Args:
        gap: What an amount leaves; never rises with the amount.
        near: A guess.
        most: The largest amount.

    Example:
        >>> nearest_amount(lambda amount: 10 - 4 * amount, near=0, most=9)
        2
        >>> nearest_amount(lambda amount: 10 - 4 * amount, near=0, most=1)
        1
    """
    left = cache(gap)
    low = last_where(
        lambda amount: amount <= most and left(amount) >= 0, min(near, most)
    )
    return nearer(left, low, most)


def least_alike(gap: Callable[[int], int], amount: int, least: int) -> int:
    """
    Return the least amount from some on whose gap is that of another.

    Args:
        gap: What an amount leaves; never rises with the amount.
        amount: The other; where it is lower itself, it is returned.
        least: The lowest amount to be returned.

    Example:
        >>> least_alike(lambda amount: max(3 - amount, 0), 9, least=1)
        3
    """
    if amount <= least:
        return amount
    same = gap(amount)
    return 1 + last_where(lambda lower: lower < least or gap(lower) > same, amount - 1)


def nearer(gap: Callable[[int], int], low: int, most: int) -> int:
    """Return the last amount with no gap below zero, or the one after if nearer."""
    left = gap(low)
    # What the one after leaves is below zero by a unit at least.
    if left <= 1 or low == most or left <= -gap(low + 1):
        return low
    return low + 1


def plan_first(owed: int, level: int, growing: Growing, balloon: int = 0) -> Walk:
    """
    Return the plan whose first payment lets the last come nearest to the others.

    Args:
        owed: What is owed at first.
        level: The payment of every period but the first and the last.
        growing: How what is owed grows in two periods or more.
        balloon: What the last payment is to pay on top.

    Returns:
        The plan; of two payments equally near, that of the one that leaves more owed.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> growing = Growing.of([1, 1, 1], 100, Rounding().quotient(2))
        >>> plan_first(100_000, 34_002, growing).payment
        [34003, 34002, 34002]
    """
    most, goal = growing.owed_after(owed, 0, stop=1), level + balloon

    paths: dict[int, list[int]] = {}

    def gap(first: int) -> int:
        path = growing.path(most - first, level, first=1)
        paths[first] = path
        return growing.clearing(path[-1]) - goal

    def leaving(last: int) -> int:
        return most - growing.least_owed(last, level, first=1)

    # The last payment never rises when the first does, since rounding is monotone.
    near = leaving(goal)
    if growing.added is not None and level >= 0 and goal > 0:
        first = nearer(gap, near, most)
    else:
        # Coarse units add up: what they leave there is aimed off by.
        near = leaving(goal - gap(min(near, most)))
        first = nearest_amount(gap, near, most)
    later = paths[first]
    return growing.repaid([owed, *later], [first] + [level] * len(later))
