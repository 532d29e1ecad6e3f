"""
The one definition of every cent: interest, level payment, shares, amortization.

Everything here is integers. An amount counts units of 10^-digits; the growth of a
period is `numerator / denominator` with one denominator per contract; a function named
`rounded` takes a numerator and a denominator and returns a rounded amount. What a
`rounded` function does is a term of the contract (see `loanmath.rounding`).
"""

from collections.abc import Callable, Sequence
from itertools import accumulate, repeat
from operator import add, mul, sub
from typing import NamedTuple

__all__ = [
    "Amortization",
    "Rounded",
    "amortize_level",
    "amortize_principals",
    "annuity",
    "distribute",
    "level_installment",
]

Rounded = Callable[[int, int], int]

# With 128 bits the integer filter of `level_installment` leaves a payment undecided
# about once in 10^20 loans, apart from exact ties, which it always leaves.
_FILTER_BITS = 128
# Below this many unequal periods the exact sum is as fast as the filter.
_FILTER_FROM = 24


def annuity(factors: Sequence[int], denominator: int) -> tuple[int, int]:
    """
    Return the exact present value of 1 paid at the end of every period, as a quotient.

    Formula: `sum over k of product over j <= k of 1 / (1 + f_j)`, where
    `f_j = factors[j] / denominator`; with equal factors, `(1 - (1 + f)^-n) / f`.

    Args:
        factors: The growth numerators of the periods, each above `-denominator`.
        denominator: Their common denominator, above zero.

    Returns:
        (numerator, denominator), both above zero; not in lowest terms.

    Example:
        >>> annuity([0, 0, 0], 1)
        (3, 1)
        >>> annuity([1], 100)
        (100, 101)

    Source: The annuity formula of any actuarial text; its exactness in integers is
    proved in the page "Verification".
    """
    first = factors[0]
    count = len(factors)
    if factors.count(first) == count:
        if first == 0:
            return count, 1
        grown, base = (denominator + first) ** count, denominator**count
        return denominator * abs(grown - base), abs(first) * grown
    value, growth = 0, 1
    for factor in reversed(factors):
        value = denominator * (growth + value)
        growth *= denominator + factor
    return value, growth


def level_installment(
    principal: int, factors: Sequence[int], denominator: int, rounded: Rounded
) -> int:
    """
    Return the level payment that repays the principal over the periods.

    Formula: `rounded(principal / annuity(factors, denominator))`, decided exactly, ties
    included.

    For long schedules of unequal periods the annuity is first enclosed between two
    128-bit fixed-point numbers; where both ends round to the same payment that is the
    exact answer, since rounding is monotone, and otherwise the exact quotient decides.

    Args:
        principal: The amount to repay, above zero.
        factors: The growth numerators of the periods, each above `-denominator`.
        denominator: Their common denominator.
        rounded: The rounding of the payment.

    Returns:
        The payment, in the units of the principal.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> level_installment(1_000_000, [1] * 12, 100, Rounding().quotient(2))
        88849

    中文: 等额本息月供. ACTUS: PRNXT of an ANN contract.
    """
    unequal = factors.count(factors[0]) < len(factors)
    if unequal and len(factors) >= _FILTER_FROM and min(factors) >= 0:
        low, high = _enclosed_annuity(factors, denominator)
        largest = rounded(principal << _FILTER_BITS, low)
        if largest == rounded(principal << _FILTER_BITS, high):
            return largest
    value, growth = annuity(factors, denominator)
    return rounded(principal * growth, value)


def _enclosed_annuity(factors: Sequence[int], denominator: int) -> tuple[int, int]:
    # Each step floors once and divides an earlier error by 1 + f >= 1, so the error of
    # the sum is below one unit of 2^-128 per period.
    one = 1 << _FILTER_BITS
    value = 0
    for factor in reversed(factors):
        value = (one + value) * denominator // (denominator + factor)
    return value, value + len(factors)


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


class Amortization(NamedTuple):
    """The integer columns of a loan's repayment without fees, one entry a period."""

    opening: list[int]
    payment: list[int]
    principal: list[int]
    interest: list[int]
    closing: list[int]


def amortize_level(
    balance: int,
    payment: int,
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
) -> Amortization:
    """
    Repay a balance by a level payment; the last installment clears what is left.

    Formula: `interest = rounded(opening * factor / denominator)`,
    `closing = max(opening + interest - payment, 0)`, and 0 in the last period;
    `principal = opening - closing`.

    A payment below the interest makes the principal negative: the caller decides
    whether the terms allow that.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> cents = Rounding().quotient(2)
        >>> amortize_level(10_000, 5075, [1, 1], 100, cents).principal
        [4975, 5025]
    """
    interests: list[int] = []
    closing: list[int] = []
    owed = balance
    for factor in factors:
        due = rounded(owed * factor, denominator)
        owed += due - payment
        interests.append(due)
        closing.append(owed)
        if owed < 0:
            break
    # The last payment also pays what it would leave, or does not pay the excess.
    payments = [payment] * len(closing)
    payments[-1] += owed
    closing[-1] = 0
    unused = [0] * (len(factors) - len(closing))
    if unused:
        for column in (payments, interests, closing):
            column.extend(unused)
    opening = [balance, *closing[:-1]]
    principals = list(map(sub, payments, interests))
    return Amortization(opening, payments, principals, interests, closing)


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
    grown = map(mul, opening, factors)
    interests = list(map(rounded, grown, repeat(denominator)))
    payments = list(map(add, principals, interests))
    return Amortization(opening, payments, principals, interests, closing)
