"""Which amount leaves the smallest residue, where more of it leaves less."""

from collections.abc import Callable

from loanmath.search import last_where

__all__ = ["nearest_amount"]


def nearest_amount(gap: Callable[[int], int], near: int, most: int) -> int:
    """
    Return the amount up to `most` whose gap is nearest to zero, the lower of two.

    Args:
        gap: What an amount leaves; never rises with the amount.
        near: Where to begin the search.
        most: The largest amount.

    Example:
        >>> nearest_amount(lambda amount: 10 - 4 * amount, near=0, most=9)
        2
        >>> nearest_amount(lambda amount: 10 - 4 * amount, near=0, most=1)
        1
    """
    low = last_where(
        lambda amount: amount <= most and gap(amount) >= 0, min(near, most)
    )
    return min((low, min(low + 1, most)), key=lambda amount: abs(gap(amount)))
