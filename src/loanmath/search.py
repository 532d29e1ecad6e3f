"""The search for an integer near a guess: a float may have guessed, this decides."""

from collections.abc import Callable

__all__ = ["last_where"]


def last_where(holds: Callable[[int], bool], near: int) -> int:
    """
    Return the last integer at which a condition holds that does not hold after it.

    The search doubles its steps away from `near` until it has passed the place, then
    halves the gap, so a good guess costs two questions and a bad one a few dozen.

    Args:
        holds: The condition; true below some integer, false above it.
        near: Where to begin.

    Example:
        >>> last_where(lambda root: root * root <= 10**12 + 1, near=3)
        1000000
    """
    low, reach = near, 1
    while not holds(low):
        low, reach = low - reach, 2 * reach
    high, reach = low + 1, 1
    while holds(high):
        low, high, reach = high, high + reach, 2 * reach
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
