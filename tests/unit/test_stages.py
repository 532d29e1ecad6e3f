"""Payments in stages of equal periods: by hand, by fractions, and row by row."""

import random
from fractions import Fraction

import pytest

from loanmath.arithmetic import (
    Opening,
    Stages,
    exact_solution,
    solved_payment,
    staged_payment,
)
from loanmath.arithmetic.level import FILTER_FROM
from loanmath.rounding import RoundingMode, divider

HALF_UP = divider(RoundingMode.HALF_UP)
MODES = [divider(mode) for mode in RoundingMode]


def owed_after(owed, payment, stages, growth):
    """What is owed after all stages, a period at a time and nothing rounded."""
    columns = zip(stages.lengths, stages.weights, stages.stated, strict=True)
    for length, weight, stated in columns:
        paid = payment * Fraction(weight, stages.weight_unit) + (stated or 0)
        for _ in range(length):
            owed = owed * (1 + growth) - paid
    return owed


def by_force(owed, stages, growth):
    """The payment that leaves nothing: what is owed falls evenly as it rises."""
    without = owed_after(owed, 0, stages, growth)
    return without / (without - owed_after(owed, 1, stages, growth))


def test_stages_without_growth_by_hand():
    # 1,000 less twice 200, in three payments.
    stages = Stages([2, 3], [0, 1], [200, None], 1)
    assert staged_payment(1_000, stages, 0, 1, HALF_UP) == 200
    assert staged_payment(1_001, stages, 0, 7, HALF_UP) == 200
    assert staged_payment(1_002, stages, 0, 7, HALF_UP) == 201


def test_stages_by_hand():
    # 100 grows to 121; 60 of the first period to 66: the second payment is 55.
    stages = Stages([1, 1], [0, 1], [60, None], 1)
    assert staged_payment(100, stages, 1, 10, HALF_UP) == 55
    # Twice as much in the second period: 121 = 1.1 a + 2 a.
    doubled = Stages([1, 1], [1, 2], [None, None], 1)
    assert staged_payment(100, doubled, 1, 10, HALF_UP) == round(121 / 3.1)
    # A stated payment of nothing is one.
    late = Stages([1, 1], [0, 1], [0, None], 1)
    assert staged_payment(100, late, 1, 10, HALF_UP) == 121


def test_what_is_stated_may_repay_more_than_is_owed():
    stages = Stages([1, 1], [0, 1], [200, None], 1)
    assert staged_payment(100, stages, 0, 1, HALF_UP) == -100


@pytest.mark.parametrize("seed", range(120))
def test_stages_are_solved_as_fractions_say(seed):
    pick = random.Random(seed)
    count = pick.choice((1, 2, 3, 6))
    lengths = [pick.choice((1, 2, 7, 12)) for _ in range(count)]
    if seed % 3 == 0:
        # On either side of where the filter begins.
        rest = FILTER_FROM - pick.choice((0, 1)) - (count - 1)
        lengths = [1] * (count - 1) + [rest]
    unit = pick.choice((1, 10, 9**5))
    weights = [pick.choice((0, 1, unit, unit + 1)) for _ in lengths]
    weights[pick.randrange(count)] = pick.choice((1, unit))
    stated = [None if weight else pick.choice((0, 1, 70_000)) for weight in weights]
    stages = Stages(lengths, weights, stated, unit)
    owed = pick.choice((1, 1_000_003, 10**13))
    factor, denominator = pick.choice(((0, 1), (1, 100), (-1, 1_200), (35, 10_000)))
    exact = by_force(Fraction(owed), stages, Fraction(factor, denominator))
    for rounded in MODES:
        expected = rounded(exact.numerator, exact.denominator)
        assert staged_payment(owed, stages, factor, denominator, rounded) == expected
        rows = stages.rows(factor, denominator)
        assert solved_payment(Opening(owed), rows, 0, rounded) == expected


def test_what_is_unpaid_and_what_is_paid_are_the_same_in_either_way():
    stages = Stages([3, 4], [0, 5], [700, None], 5)
    unpaid, grown, scale = exact_solution(Opening(90_000), stages.rows(3, 100), 0)
    without = owed_after(Fraction(90_000), 0, stages, Fraction(3, 100))
    assert Fraction(unpaid, scale) == without
    taken = without - owed_after(Fraction(90_000), 1, stages, Fraction(3, 100))
    assert Fraction(grown, scale) == taken
