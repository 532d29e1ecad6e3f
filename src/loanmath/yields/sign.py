"""Signs: of a value, and how often those of amounts change."""

from collections.abc import Iterable
from enum import Enum
from operator import ne

from loanmath.errors import NoSignChangeError

__all__ = ["Sign", "changes_or_refuse", "sign_changes", "sign_of"]


class Sign(Enum):
    """The proved sign of the value of cash flows at a rate."""

    NEGATIVE = -1
    ZERO = 0
    POSITIVE = 1


def sign_of(value: int) -> Sign:
    """
    Return the sign of an integer.

    Example:
        >>> sign_of(-7)
        <Sign.NEGATIVE: -1>
    """
    return Sign((value > 0) - (value < 0))


def sign_changes(amounts: Iterable[int]) -> int:
    """
    Return how often amounts change sign, zeros left out.

    Example:
        >>> sign_changes([-1, 0, 6, -11, 6])
        3
    """
    signs = [amount > 0 for amount in amounts if amount]
    return sum(map(ne, signs, signs[1:]))


def changes_or_refuse(amounts: Iterable[int]) -> int:
    """
    Return how often amounts change sign, if they do.

    Raises:
        NoSignChangeError: If all have one sign: no rate fits.

    Example:
        >>> changes_or_refuse([-100, 110])
        1
    """
    changes = sign_changes(amounts)
    if changes:
        return changes
    raise NoSignChangeError(
        "cash flows",
        got="amounts of one sign",
        allowed="amounts that are paid and amounts that are received",
    )
