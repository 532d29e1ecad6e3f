"""Buckets of days past due, as the measures of a book ask for them."""

from bisect import bisect_right

from loanmath.analysis.delinquency.buckets import BucketScheme, to_days_late
from loanmath.errors import LimitError

__all__ = ["names_of", "place_of", "to_least_days"]


def to_least_days(days: object) -> int:
    """
    Return the fewest days past due that count as late, at least 1.

    Raises:
        InputTypeError: If it is not an `int`.
        LimitError: If it is out of range.

    Example:
        >>> to_least_days(30)
        30
    """
    found = to_days_late(days, "days")
    if not found:
        raise LimitError("days", got=days, allowed="1 or more: 0 days is not late")
    return found


def names_of(scheme: BucketScheme) -> tuple[str, ...]:
    """
    Return the names of the buckets, from the best to the worst.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import AGES_BY_30
        >>> names_of(AGES_BY_30)
        ('0', '1-30', '31-60', '61-90', '91+')
    """
    return tuple(bucket.name for bucket in scheme.buckets)


def place_of(starts: tuple[int, ...], days: int) -> int:
    """
    Return the place of a number of days, given the first day of each bucket.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import M_STAGES
        >>> place_of(M_STAGES.starts, 31)
        2
    """
    return bisect_right(starts, days) - 1
