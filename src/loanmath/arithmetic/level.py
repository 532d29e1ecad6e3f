"""The annuity and the level payment, exact in integers."""

from collections.abc import Sequence

from loanmath.arithmetic.rounded import Rounded

__all__ = [
    "FILTER_BITS",
    "FILTER_FROM",
    "annuity",
    "enclosed_annuity",
    "level_installment",
]

FILTER_BITS = 128
"""
Bits of the fixed-point filter: with 128 it leaves a payment undecided about once in
10^20 loans, apart from exact ties, which it always leaves.
"""

_ONE = 1 << FILTER_BITS
FILTER_FROM = 24
"""Below this many periods the exact quotient is as fast as the filter."""


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
    value, _, growth = _worths(factors, denominator)
    return value, growth


def _worths(factors: Sequence[int], denominator: int) -> tuple[int, int, int]:
    """Return the annuity and what 1 at the end of all is worth, over one growth."""
    first, count = factors[0], len(factors)
    if factors.count(first) == count:
        if first == 0:
            return count, 1, 1
        grown, base = (denominator + first) ** count, denominator**count
        size = abs(first)
        return denominator * abs(grown - base), base * size, grown * size
    value, growth = 0, 1
    for factor in reversed(factors):
        value = denominator * (growth + value)
        growth *= denominator + factor
    return value, denominator**count, growth


def level_installment(
    principal: int,
    factors: Sequence[int],
    denominator: int,
    rounded: Rounded,
    balloon: int = 0,
) -> int:
    """
    Return the level payment that repays the principal, but for a balloon.

    Formula: `rounded((principal - balloon * v) / annuity(factors, denominator))` with
    `v` the product of all `1 / (1 + f_j)`, decided exactly, ties included.

    For long schedules the annuity is first enclosed between two 128-bit fixed-point
    numbers; where both ends round to the same payment that is the exact answer, since
    rounding is monotone, and otherwise the exact quotient decides.

    Args:
        principal: The amount to repay, above zero.
        factors: The growth numerators of the periods, each above `-denominator`.
        denominator: Their common denominator.
        rounded: The rounding of the payment.
        balloon: What is to be left after the last payment, zero or above.

    Returns:
        The payment, in the units of the principal.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> level_installment(1_000_000, [1] * 12, 100, Rounding().quotient(2))
        88849

    中文: 等额本息月供. ACTUS: PRNXT of an ANN contract.
    """
    if len(factors) >= FILTER_FROM and min(factors) >= 0:
        largest, smallest = _enclosed_payment(principal, factors, denominator, balloon)
        if smallest[0] >= 0:
            payment = rounded(*largest)
            if payment == rounded(*smallest):
                return payment
    value, last, growth = _worths(factors, denominator)
    owed = principal * growth
    if balloon:
        owed -= balloon * last
    return rounded(owed, value)


_Quotient = tuple[int, int]


def _enclosed_payment(
    principal: int, factors: Sequence[int], denominator: int, balloon: int
) -> tuple[_Quotient, _Quotient]:
    """Return quotients above and below the exact payment."""
    first, count = factors[0], len(factors)
    last = factors[-1]
    if last and factors.count(last) == count:
        low, high, least, most = enclosed_annuity(last, count, denominator)
    elif last and factors.count(last) == count - 1 and first != last:
        # A first period of another length, or with a change of rate inside.
        bounds = enclosed_annuity(last, count - 1, denominator)
        low, high, least, most = _one_before(first, bounds, denominator)
    else:
        low, high = _unequal(factors, denominator)
        least, most = 0, _ONE
        if balloon:
            least, most = _discount(factors, denominator)
    total = principal << FILTER_BITS
    return (total - balloon * least, low), (total - balloon * most, high)


def enclosed_annuity(
    factor: int, count: int, denominator: int
) -> tuple[int, int, int, int]:
    """
    Enclose the annuity and the discount of equal periods, in units of 2^-128.

    Args:
        factor: The growth numerator of every period, above zero.
        count: How many periods, from 1.
        denominator: The denominator of the factor.

    Returns:
        (low, high, least, most): bounds of `(1 - v^count) / f` with
        `v = 1 / (1 + f)`, then bounds of `v^count`.

    Example:
        >>> [bound / (1 << FILTER_BITS) for bound in enclosed_annuity(1, 2, 1)]
        [0.75, 0.75, 0.25, 0.25]
    """
    # v^n by squaring. Every product of numbers up to 1 floors once and adds up the
    # errors of its two parts, so `error` units cover the whole power.
    base, base_error = _ONE * denominator // (denominator + factor), 1
    power, error, left = _ONE, 0, count
    while left:
        if left & 1:
            power = power * base >> FILTER_BITS
            error += base_error + 2
        base = base * base >> FILTER_BITS
        base_error = 2 * base_error + 2
        left >>= 1
    low = (_ONE - power - error) * denominator // factor
    high = (_ONE - power) * denominator // factor + 1
    return max(low, 1), high, power, power + error


def _one_before(
    factor: int, bounds: tuple[int, int, int, int], denominator: int
) -> tuple[int, int, int, int]:
    low, high, least, most = bounds
    grown = denominator + factor
    return (
        (_ONE + low) * denominator // grown,
        (_ONE + high) * denominator // grown + 1,
        least * denominator // grown,
        most * denominator // grown + 1,
    )


def _unequal(factors: Sequence[int], denominator: int) -> tuple[int, int]:
    # Each step floors once and divides an earlier error by 1 + f >= 1, so the error of
    # the sum is below one unit of 2^-128 per period.
    value = 0
    for factor in reversed(factors):
        value = (_ONE + value) * denominator // (denominator + factor)
    return value, value + len(factors)


def _discount(factors: Sequence[int], denominator: int) -> tuple[int, int]:
    value = _ONE
    for factor in factors:
        value = value * denominator // (denominator + factor)
    return value, value + len(factors)
