"""Plain amortization: one factor per period, and a payment or a principal for each."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add, sub

from loanmath.arithmetic.rounded import Rounded
from loanmath.arithmetic.walk import Walk

__all__ = [
    "amortize_payments",
    "amortize_principals",
    "cleared",
    "pay_down",
    "pay_down_in_pieces",
]


def pay_down(
    balance: int,
    payments: Sequence[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Walk:
    """
    Repay a balance by stated payments, as far as they reach.

    Formula: `interest = rounded(opening * factor / denominator)`,
    `closing = max(opening + interest - payment, 0)`; `principal = opening - closing`.

    A payment below the interest makes the principal negative: the caller decides
    whether the terms allow that.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> pay_down(10_000, [5075, 5000], [1, 1], 100, cents).closing
        [5025, 75]
    """
    interests: list[int] = []
    closing: list[int] = []
    owed = balance
    for factor, payment in zip(factors, payments, strict=True):
        due = rounded(owed * factor, denominator)
        owed += due - payment
        interests.append(due)
        closing.append(owed)
        if owed <= 0:
            break
    return _paid_down(balance, payments, interests, closing)


def pay_down_in_pieces(
    balance: int,
    payments: Sequence[int],
    pieces: Sequence[tuple[int, int]],
    denominator: int,
    rounded: Rounded,
) -> Walk:
    """
    Repay a balance whose interest is rounded for a part of each period, such as a day.

    Formula: that of `pay_down`, with
    `interest = times * rounded(opening * factor / denominator)`.

    Args:
        balance: What is owed at first.
        payments: The payment of each period.
        pieces: The growth numerator of a piece of each period, and how many there are.
        denominator: Of the numerators.
        rounded: The rounding of a piece's interest.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> pay_down_in_pieces(1_010, [50], [(1, 31)], 1_000, cents).interest
        [31]
    """
    interests: list[int] = []
    closing: list[int] = []
    owed = balance
    for (factor, times), payment in zip(pieces, payments, strict=True):
        due = times * rounded(owed * factor, denominator)
        owed += due - payment
        interests.append(due)
        closing.append(owed)
        if owed <= 0:
            break
    return _paid_down(balance, payments, interests, closing)


def _paid_down(
    balance: int, payments: Sequence[int], interests: list[int], closing: list[int]
) -> Walk:
    """Return the columns of a balance that was carried until it was repaid, or on."""
    paid, last = list(payments), len(closing) - 1
    if closing[last] < 0:
        # The last of these payments does not pay the excess.
        paid[last] += closing[last]
        closing[last] = 0
    unused = [0] * (len(paid) - len(closing))
    if unused:
        paid[last + 1 :] = unused
        interests += unused
        closing += unused
    opening = [balance, *closing]
    del opening[-1]
    principals = list(map(sub, paid, interests))
    return Walk(opening, paid, principals, interests, [0] * len(paid), closing, 0)


def cleared(plan: Walk) -> Walk:
    """
    Let the last payment of a walk clear what it leaves, in place.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> cleared(pay_down(10_000, [5075, 5000], [1, 1], 100, cents)).payment
        [5075, 5075]
    """
    left = plan.closing[-1]
    plan.payment[-1] += left
    plan.principal[-1] += left
    plan.closing[-1] = 0
    return plan


def amortize_payments(
    balance: int,
    payments: Sequence[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Walk:
    """
    Repay a balance by stated payments; the last installment clears what is left.

    Formula: that of `pay_down`, and a closing of 0 in the last period. Level payments
    are `[payment] * count`.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> amortize_payments(10_000, [5075, 5075], [1, 1], 100, cents).principal
        [4975, 5025]
    """
    return cleared(pay_down(balance, payments, factors, denominator, rounded))


def amortize_principals(
    balance: int,
    principals: list[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Walk:
    """
    Repay a balance by stated amounts of principal, with interest on what is owed.

    Formula: `interest = rounded(opening * factor / denominator)`,
    `closing = opening - principal`.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> amortize_principals(300, [100, 200], [1, 1], 10, cents).payment
        [130, 220]
    """
    *opening, left = accumulate(principals, sub, initial=balance)
    closing = [*opening[1:], left]
    rows = zip(opening, factors, strict=True)
    interests = [rounded(owed * factor, denominator) for owed, factor in rows]
    payments = list(map(add, principals, interests))
    unused = [0] * len(opening)
    return Walk(opening, payments, principals, interests, unused, closing, 0)
