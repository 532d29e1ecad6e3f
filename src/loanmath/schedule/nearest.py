"""Which amount leaves the smallest residue, where more of it leaves less."""

from collections.abc import Callable, Sequence

from loanmath.search import last_where

__all__ = ["PART_BITS", "WHOLE", "discount", "discounts", "nearest_amount"]

PART_BITS = 64
WHOLE = 1 << PART_BITS
"""Parts of a unit that a guess is made in; a guess decides nothing."""


def nearest_amount(gap: Callable[[int], int], near: int, most: int, worth: int) -> int:
    """
    Return the amount up to `most` whose gap is nearest to zero, the lower of two.

    Args:
        gap: What an amount leaves; never rises with the amount.
        near: A guess; it is mended once, since what rows round adds up.
        most: The largest amount.
        worth: About how much of the amount takes one unit off the gap, in parts.

    Example:
        >>> def gap(amount):
        ...     return 10 - 4 * amount
        >>> nearest_amount(gap, near=0, most=9, worth=WHOLE // 4)
        2
        >>> nearest_amount(gap, near=0, most=1, worth=WHOLE // 4)
        1
    """
    near = min(near, most)
    near = min(near + (gap(near) * worth >> PART_BITS), most)
    low = last_where(lambda amount: amount <= most and gap(amount) >= 0, near)
    return min((low, min(low + 1, most)), key=lambda amount: abs(gap(amount)))


def discounts(factors: Sequence[int], denominator: int) -> list[int]:
    """
    Return about what one unit is worth 1, 2, 4, 8, ... rows before, in parts.

    Example:
        >>> [worth / WHOLE for worth in discounts([1, 1], 1)]
        [0.5, 0.25]
    """
    unit = len(factors) * denominator
    worth = [WHOLE * unit // (unit + max(0, sum(factors)))]
    while len(worth) < len(factors).bit_length():
        worth.append(worth[-1] * worth[-1] >> PART_BITS)
    return worth


def discount(doubling: list[int], rows: int) -> int:
    """
    Return about what one unit is worth so many rows before, in parts.

    Example:
        >>> discount(discounts([1, 1], 1), 3) / WHOLE
        0.125
    """
    worth = WHOLE
    for place, each in enumerate(doubling):
        if rows >> place & 1:
            worth = worth * each >> PART_BITS
    return worth
