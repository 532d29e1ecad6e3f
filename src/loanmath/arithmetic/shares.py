"""Equal shares of a total, and where the residue goes."""

__all__ = ["distribute"]


def distribute(total: int, count: int, share: int, *, first: bool) -> list[int]:
    """
    Split a total into `count` parts of one share each, the residue in one of them.

    No part is negative and no partial sum exceeds the total: where the share was
    rounded up so far that the shares would, the parts farthest from the residue come
    first and the others shrink, to zero if need be.

    Args:
        total: The amount to split, zero or above.
        count: How many parts, from 1.
        share: The regular part, zero or above.
        first: Whether the residue goes into the first part instead of the last.

    Returns:
        The parts; they sum to the total.

    Example:
        >>> distribute(10000, 3, 3333, first=False)
        [3333, 3333, 3334]
        >>> distribute(10000, 3, 3333, first=True)
        [3334, 3333, 3333]
    """
    whole = min(count - 1, total // share) if share else count - 1
    parts = [share] * whole + [total - share * whole] + [0] * (count - 1 - whole)
    if first:
        parts.reverse()
    return parts


def spread(total: int, count: int, unit: int) -> list[int]:
    """
    Split a total into `count` parts, the first so many one unit more than the others.

    Formula: with `share = total // (count * unit) * unit`, the first
    `(total - share * count) // unit` parts are `share + unit`, and the last part takes
    what is below one unit.

    Args:
        total: The amount to split, zero or above.
        count: How many parts, from 1.
        unit: What parts are multiples of, in the units of the total.

    Returns:
        The parts; they sum to the total.

    Example:
        >>> spread(10001, 3, 1), spread(10050, 3, 100)
        ([3334, 3334, 3333], [3400, 3300, 3350])
    """
    share = total // (count * unit) * unit
    more, left = divmod(total - share * count, unit)
    parts = [share + unit] * more + [share] * (count - more)
    parts[-1] += left
    return parts
