"""Which amount leaves the smallest residue, where more of it leaves less."""

from collections.abc import Callable, Sequence

from loanmath.arithmetic import Rounded, last_payment
from loanmath.arithmetic.level import FILTER_BITS, enclosed_annuity
from loanmath.search import last_where

__all__ = [
    "PART_BITS",
    "WHOLE",
    "discount",
    "discounts",
    "first_payment",
    "nearest_amount",
]

PART_BITS = 64
WHOLE = 1 << PART_BITS
"""Parts of a unit that a guess is made in; a guess decides nothing."""
_HALF = WHOLE >> 1


def nearest_amount(
    gap: Callable[[int], int], near: int, most: int, worth: int, *, falls: bool = False
) -> int:
    """
    Return the amount up to `most` whose gap is nearest to zero, the lower of two.

    Args:
        gap: What an amount leaves; never rises with the amount.
        near: A guess; it is mended once, since what rows round adds up.
        most: The largest amount.
        worth: About how much of the amount takes one unit off the gap, in parts.
        falls: Whether a gap of zero is that of one amount alone.

    Example:
        >>> def gap(amount):
        ...     return 10 - 4 * amount
        >>> nearest_amount(gap, near=0, most=9, worth=WHOLE // 4)
        2
        >>> nearest_amount(gap, near=0, most=1, worth=WHOLE // 4)
        1
    """
    known: dict[int, int] = {}

    def left(amount: int) -> int:
        if amount not in known:
            known[amount] = gap(amount)
        return known[amount]

    near = min(near, most)
    near = min(near + (left(near) * worth + _HALF >> PART_BITS), most)
    if falls and left(near) == 0:
        return near
    low = last_where(lambda amount: amount <= most and left(amount) >= 0, near)
    return min((low, min(low + 1, most)), key=lambda amount: abs(left(amount)))


def first_payment(
    owed: int,
    level: int,
    growth: tuple[list[int], int],
    rounded: Rounded,
    balloon: int = 0,
) -> int:
    """
    Return the first payment after which the last comes nearest to the others.

    Args:
        owed: What is owed at first.
        level: The payment of every period but the first and the last.
        growth: The growth numerators of two periods or more, and their denominator.
        rounded: The rounding of interest.
        balloon: What the last payment is to pay on top.

    Returns:
        The payment; of two equally near, the one that leaves more owed.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> first_payment(100_000, 34_002, ([1, 1, 1], 100), cents)
        34003
    """
    factors, unit = growth
    rest, others = factors[1:], [level] * (len(factors) - 2)
    most = owed + rounded(owed * factors[0], unit)

    def gap(first: int) -> int:
        return last_payment(most - first, others, rest, unit, rounded) - balloon - level

    # A unit more in the first payment becomes (1 + f_2) ... (1 + f_n) units less in the
    # last one, but for rounding, so a guess is near. The last payment never rises when
    # the first does, since rounding is monotone: that decides. Where no factor is below
    # zero, what is owed less for a unit more never shrinks from row to row: so the last
    # payment falls by a unit at least, until there is none.
    falls = min(rest) >= 0 and level + balloon > 0
    if falls and rest[0] and rest.count(rest[0]) == len(rest):
        annuity, _, last, _ = enclosed_annuity(rest[0], len(rest), unit)
        others_worth = level * annuity + balloon * last >> FILTER_BITS - PART_BITS
        near = most - (others_worth + _HALF >> PART_BITS)
        worth = last >> FILTER_BITS - PART_BITS
    else:
        worth, start = discount(discounts(rest, unit), len(rest)), min(level, most)
        near = start + (gap(start) * worth >> PART_BITS)
    return nearest_amount(gap, near, most, worth, falls=falls)


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
