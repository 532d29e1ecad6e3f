"""Plain amortization: one factor per period, and a payment or a principal for each."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from loanmath.arithmetic.rounded import Rounded

__all__ = [
    "Amortization",
    "amortize_payments",
    "amortize_principals",
    "last_payment",
    "pay_down",
]


class Amortization(NamedTuple):
    """The integer columns of a loan's repayment without fees, one entry a period."""

    opening: list[int]
    payment: list[int]
    principal: list[int]
    interest: list[int]
    closing: list[int]


def pay_down(
    balance: int,
    payments: Sequence[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Amortization:
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
    paid = list(payments[: len(closing)])
    if owed < 0:
        # The last of these payments does not pay the excess.
        paid[-1] += owed
        closing[-1] = 0
    unused = [0] * (len(factors) - len(closing))
    if unused:
        for column in (paid, interests, closing):
            column.extend(unused)
    opening = [balance, *closing[:-1]]
    principals = list(map(sub, paid, interests))
    return Amortization(opening, paid, principals, interests, closing)


def amortize_payments(
    balance: int,
    payments: Sequence[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Amortization:
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
    plan = pay_down(balance, payments, factors, denominator, rounded)
    left = plan.closing[-1]
    plan.payment[-1] += left
    plan.principal[-1] += left
    plan.closing[-1] = 0
    return plan


def last_payment(
    balance: int,
    payments: Sequence[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> int:
    """
    Return the last payment of `amortize_payments` without the columns that lead to it.

    Args:
        balance: What is owed at first.
        payments: The payments before the last one.
        factors: The growth numerators of all periods, one more than payments.
        denominator: Of factors.
        rounded: The rounding of interest.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> last_payment(10_000, [5075], [1, 1], 100, Rounding().quotient(2))
        5075
    """
    for factor, payment in zip(factors[:-1], payments, strict=True):
        balance += rounded(balance * factor, denominator) - payment
        if balance <= 0:
            return 0
    return balance + rounded(balance * factors[-1], denominator)


def amortize_principals(
    balance: int,
    principals: list[int],
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Amortization:
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
    return Amortization(opening, payments, principals, interests, closing)
