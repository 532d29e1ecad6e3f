"""Payments where a bound that is too tight, or on the wrong side, would show."""

import random
from fractions import Fraction
from itertools import product

import pytest

from by_hand import level
from loanmath.arithmetic import (
    CARRIED,
    DUE,
    Opening,
    PaymentRows,
    amortize_payments,
    exact_solution,
    level_installment,
    solved_payment,
)
from loanmath.arithmetic.level import FILTER_BITS, _enclosed_payment
from loanmath.arithmetic.solution import _enclosed
from loanmath.rounding import RoundingMode, divider

HALF_UP = divider(RoundingMode.HALF_UP)
CEILING = divider(RoundingMode.CEILING)
FAR = 1 << 160
"""Payments so large that a relative error of 2^-128 moves them by millions."""


def growths_of(factors, denominator):
    return [Fraction(factor, denominator) for factor in factors]


def nearest_half(value, side):
    """Return the half-integer next to a value, above it (1) or below it (-1)."""
    half = Fraction(2 * (value.numerator // value.denominator) + 1, 2)
    return half if (half - value) * side > 0 else half + side


def rounds_as_the_exact_payment(principal, factors, denominator, balloon=0):
    exact = level(principal, growths_of(factors, denominator), balloon)
    expected = HALF_UP(exact.numerator, exact.denominator)
    found = level_installment(principal, factors, denominator, HALF_UP, balloon)
    assert found == expected, (principal, factors, denominator, balloon)


def principals_beside_ties(factors, denominator):
    """Return principals whose exact payment is as near to a tie as it gets."""
    value = level(1, growths_of(factors, denominator))
    for side in (-1, 1):
        for offset in range(20):
            half = nearest_half(FAR * value + offset, side)
            owed = half / value
            yield owed.numerator // owed.denominator + (side == 1)


# A first period that is odd, and others that are.

ODD = {
    "first": [17] + [10] * 29,
    "second": [10, 17] + [10] * 28,
    "in the middle": [10] * 15 + [17] + [10] * 14,
    "last": [10] * 29 + [17],
    "the first two": [17, 18] + [10] * 28,
    "the first and the third": [17, 10, 18] + [10] * 27,
    "the first two alike": [17, 17] + [10] * 28,
    "all but the first, of no growth": [17] + [0] * 29,
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("balloon", [0, 400_000])
def test_an_odd_period_counts_where_it_stands(odd, balloon):
    rounds_as_the_exact_payment(1_000_000, ODD[odd], 1_000, balloon)


# Growth that halves, which fixed point holds exactly: a bound has no slack there.

HALVED = {
    "halved each period": ([1] * 24, 1),
    "quartered first": ([3] + [1] * 23, 1),
    "three quarters first": ([1] + [3] * 30, 3),
    "a first period a thousand times as long": ([1_000] + [1] * 23, 1),
    "halved in two steps": ([2, 3] + [0] * 28, 6),
}


@pytest.mark.parametrize("halved", HALVED)
@pytest.mark.parametrize("times", [0, 1, 1_000, 1_000_000])
def test_an_enclosure_holds_what_fixed_point_holds_exactly(halved, times):
    factors, denominator = HALVED[halved]
    growths = growths_of(factors, denominator)
    for principal in (1, 999, 10**13):
        balloon = principal * times
        above, below = _enclosed_payment(principal, factors, denominator, balloon)
        # A payment that may be below zero is worked out without an enclosure.
        if below[0] >= 0:
            exact = level(principal, growths, balloon)
            assert Fraction(*below) <= exact <= Fraction(*above)


@pytest.mark.parametrize("halved", HALVED)
def test_payments_beside_a_tie_that_fixed_point_holds_exactly(halved):
    factors, denominator = HALVED[halved]
    for principal in principals_beside_ties(factors, denominator):
        rounds_as_the_exact_payment(principal, factors, denominator)


@pytest.mark.parametrize("count", [24, 30])
@pytest.mark.parametrize("factor", [-1, -2])
def test_a_debt_that_shrinks_by_itself_beside_a_tie(count, factor):
    # Losses of a bound grow where a debt shrinks.
    factors = [factor - index % 2 for index in range(count)]
    for principal in principals_beside_ties(factors, 7):
        rounds_as_the_exact_payment(principal, factors, 7)


def test_a_payment_below_zero_beside_a_tie():
    # Halved in two steps and then free: the balloon is worth half of itself, payments
    # of one are worth 3/4 + 29/2. The payment is (1 - B / 2) / 15.25.
    factors = [2, 3] + [0] * 28
    for halves in range(1, 400, 2):
        balloon = FAR + halves
        rounds_as_the_exact_payment(1, factors, 6, balloon)
        assert level(1, growths_of(factors, 6), balloon) == Fraction(
            2 * (2 - balloon), 61
        )


# Long loans at hardly any rate, whose powers lose most.


@pytest.mark.parametrize("count", [31, 63, 127])
def test_powers_of_hardly_any_rate_lie_in_their_enclosure(count):
    draws = random.Random(count)
    for _ in range(60):
        denominator = draws.randrange(10**11, 10**12)
        factor = draws.randrange(1, 100)
        above, below = _enclosed_payment(10**13, [factor] * count, denominator, 0)
        growth = Fraction(factor, denominator)
        exact = 10**13 * growth / (1 - (1 + growth) ** -count)
        assert Fraction(*below) <= exact <= Fraction(*above)


@pytest.mark.parametrize("count", [480, 1_200])
def test_the_longest_loans_are_enclosed_closely(count):
    # The powers lose at most 3 units a period, of which the annuity loses 240 times as
    # much, and the payment that over the square of the annuity.
    growth, principal, balloon = Fraction(5, 1_200), 10**13, 10**12
    annuity = (1 - (1 + growth) ** -count) / growth
    above, below = _enclosed_payment(principal, [5] * count, 1_200, balloon)
    width = Fraction(*above) - Fraction(*below)
    lost = Fraction(4 * count * 240, 1 << FILTER_BITS)
    assert 0 < width <= lost * (principal + balloon) / annuity**2


# Any rows.


def row(factor, drawn, extra, stated=None, *, denominator, weight=1):
    return PaymentRows(
        [factor], [drawn], [extra], [DUE], [weight], [stated], denominator
    )


@pytest.mark.parametrize("denominator", range(2, 12))
def test_one_row_lies_in_its_enclosure(denominator):
    for owed, factor, drawn in product((0, 1), range(12), range(1, 4)):
        for extra in range(drawn * factor + 1):
            rows = row(factor, drawn, extra, denominator=denominator)
            start = Opening(owed)
            low, high = _enclosed(start, rows, 0)
            unpaid, grown, _ = exact_solution(start, rows, 0)
            assert Fraction(unpaid, grown) == owed + drawn + Fraction(
                owed * factor + extra, denominator
            )
            assert Fraction(*low) <= Fraction(unpaid, grown) <= Fraction(*high)


def test_what_is_drawn_and_repaid_again_needs_no_payment():
    rows = PaymentRows([0, 0], [100, 0], [0, 0], [DUE, DUE], [0, 1], [100, None], 1)
    assert solved_payment(Opening(0), rows, 0, CEILING) == 0
    later = PaymentRows(
        [0] * 3, [100, 0, 0], [0] * 3, [DUE] * 3, [0, 0, 1], [None, 100, None], 1
    )
    assert solved_payment(Opening(0), later, 0, CEILING) == 0


def test_interest_that_has_accrued_is_paid_too():
    # 100 doubles, and the one that had accrued is due as well.
    rows = PaymentRows([1], [0], [0], [DUE], [1], [None], 1)
    assert solved_payment(Opening(100, 1), rows, 0, HALF_UP) == 201


def test_carried_interest_bears_none():
    # 10 of 100 are carried; what is left of 100 bears a tenth: a = 120 / 2.1 = 57.14,
    # where a level payment is 100 / (1 / 1.1 + 1 / 1.21) = 57.62.
    rows = PaymentRows([1, 1], [0, 0], [0, 0], [CARRIED, DUE], [1, 1], [None, None], 10)
    assert solved_payment(Opening(100), rows, 0, HALF_UP) == 57
    level_rows = rows._replace(treatments=[DUE, DUE])
    assert solved_payment(Opening(100), level_rows, 0, HALF_UP) == 58


# Columns of unequal length are refused, not cut to the shorter.


@pytest.mark.parametrize("count", [1, 3])
def test_payments_and_factors_are_as_many(count):
    with pytest.raises(ValueError, match="longer|shorter"):
        amortize_payments(1_000, [1] * count, [0, 0], 1, HALF_UP)


@pytest.mark.parametrize("column", ["weights", "stated", "treatments", "drawn"])
def test_columns_of_rows_are_as_long(column):
    rows = PaymentRows([1, 1], [0, 0], [0, 0], [DUE, DUE], [0, 1], [None, None], 10)
    longer = rows._replace(**{column: [*getattr(rows, column), 0]})
    with pytest.raises(ValueError, match="longer|shorter"):
        exact_solution(Opening(100), longer, 0)
    if column in ("weights", "stated", "treatments"):
        with pytest.raises(ValueError, match="longer|shorter"):
            solved_payment(Opening(100), longer, 0, HALF_UP)
