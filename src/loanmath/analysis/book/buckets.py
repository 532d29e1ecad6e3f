"""Buckets of days past due, as the measures of a book ask for them."""

from bisect import bisect_right

from loanmath.analysis.delinquency.buckets import BucketScheme, Counts, to_days_late
from loanmath.errors import InputTypeError, LimitError, TermsError

__all__ = ["names_of", "place_of", "to_least_days", "to_scheme"]


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


def to_scheme(scheme: object) -> BucketScheme:
    """
    Return a scheme of buckets that counts days.

    Raises:
        InputTypeError: If it is not a `BucketScheme`.
        TermsError: If it counts statements.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import M_STAGES
        >>> to_scheme(M_STAGES).name
        'M0 to M7+'
    """
    if type(scheme) is not BucketScheme:
        raise InputTypeError("scheme", got=scheme, allowed="BucketScheme(...)")
    if scheme.counts is not Counts.DAYS:
        raise TermsError(
            "scheme", got=scheme.name, allowed="buckets of days, not of statements"
        )
    return scheme


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
