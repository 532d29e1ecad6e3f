"""The amount that leaves the smallest residue, against every amount."""

import math
import random
from fractions import Fraction

import pytest

from by_hand import half_up, level
from loanmath.arithmetic import Growing
from loanmath.rounding import Rounding
from loanmath.schedule.nearest import nearest_amount, plan_first

CENTS = Rounding().quotient(2)
ROUNDINGS = [
    (Rounding("half_up"), half_up),
    (Rounding("half_even"), round),
    (Rounding("up"), math.ceil),
    (Rounding("down"), math.floor),
    # A nickel is as a cent, five times as much.
    (Rounding("half_up", unit="0.05"), lambda value: 5 * half_up(value / 5)),
]


def gaps_of(owed, payment, growths, balloon, rounded):
    """What each first payment leaves the last one off the level and the balloon."""
    gaps = {}
    for first in range(-owed, owed + rounded(owed * growths[0]) + 1):
        left = owed
        for growth, paid in zip(
            growths, [first, *[payment] * (len(growths) - 2)], strict=False
        ):
            left = max(0, left + rounded(left * growth) - paid)
        last = left + rounded(left * growths[-1])
        gaps[first] = last - balloon - payment
    return gaps


@pytest.mark.parametrize("seed", range(100))
def test_no_other_first_payment_leaves_less(seed):
    pick = random.Random(seed)
    owed, count = pick.randrange(20, 400), pick.randrange(2, 6)
    alike = [pick.choice((0, 9, 40, 150))] * count
    factors = pick.choice((alike, [pick.randrange(0, 60) for _ in alike]))
    factors[0] = pick.choice((factors[0], 0, 77))
    growths = [Fraction(factor, 100) for factor in factors]
    balloon = pick.choice((0, 0, owed // 3))
    # Off the level payment, so that the guess is off as well.
    payment = half_up(level(owed, growths, balloon)) + pick.randrange(-1, 2)
    rule, rounded = ROUNDINGS[seed % len(ROUNDINGS)]
    growing = Growing.of(factors, 100, rule.quotient(2))
    found = plan_first(owed, payment, growing, balloon).payment[0]
    gaps = gaps_of(owed, payment, growths, balloon, rounded)
    nearest = min(map(abs, gaps.values()))
    assert found == next(first for first, gap in gaps.items() if abs(gap) == nearest)


def test_payments_of_nothing_have_a_first_one_of_all_that_is_owed():
    # The last payment is nothing from 104 on: the highest that leaves no less.
    plan = plan_first(100, 0, Growing.of([4, 4, 4], 100, CENTS))
    assert plan.payment == [104, 0, 0]


def test_a_shrinking_balance_is_repaid_by_less_at_first():
    # Of 100, 90 after a tenth off: 60 at first leave 30, of which 27 are due.
    plan = plan_first(100, 27, Growing.of([-10, -10], 100, CENTS))
    assert plan.payment == [60, 27]


def test_no_amount_is_asked_twice():
    asked = []

    def gap(amount):
        asked.append(amount)
        return 12 - 4 * amount

    assert nearest_amount(gap, 0, 9) == 3
    assert len(asked) == len(set(asked))


def test_the_last_of_several_amounts_with_no_gap():
    def gap(amount):
        return max(0, 3 - amount) - max(0, amount - 6)

    assert nearest_amount(gap, 0, 9) == 6


def test_the_amount_after_the_largest_is_not_taken_though_it_is_nearer():
    # 3 are left by nothing, and 1 too much is taken by 1.
    assert nearest_amount(lambda amount: 3 - 4 * amount, 0, 9) == 1
    assert nearest_amount(lambda amount: 3 - 4 * amount, 0, 0) == 0
