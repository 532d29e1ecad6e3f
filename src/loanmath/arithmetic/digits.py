"""The sum of the digits, by which interest was earned before computers (rule of 78)."""

from itertools import accumulate

__all__ = ["earned_digits", "unearned_digits"]


def earned_digits(count: int) -> tuple[list[int], int]:
    """
    Return the digits that are earned after 0, 1, ... periods, and their sum.

    Formula: period k of n earns `n - k + 1` of `n (n + 1) / 2` digits.

    Args:
        count: How many periods there are, from 1.

    Example:
        >>> earned_digits(3)
        ([0, 3, 5, 6], 6)
    """
    earned = list(accumulate(range(count, 0, -1), initial=0))
    return earned, earned[-1]


def unearned_digits(count: int, left: int) -> tuple[int, int]:
    """
    Return the share of interest not earned yet, by the sum of the digits (78法则).

    Formula: `left * (left + 1) / (count * (count + 1))`: period k of n earns
    `(n - k + 1)` of the digits `n, n - 1, ..., 1`, which sum to 78 for twelve.

    Args:
        count: How many periods there are, from 1.
        left: How many of them are to come, from 0 to `count`.

    Returns:
        Numerator and denominator, not reduced; what is earned is the rest.

    Example:
        >>> unearned_digits(12, 9)
        (90, 156)
    """
    return left * (left + 1), count * (count + 1)
