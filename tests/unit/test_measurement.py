"""Values and ratios at a rate, at ties and in every mode."""

from fractions import Fraction

import pytest

from loanmath.analysis.measurement import Growth
from loanmath.rounding import RoundingMode, divider

ONE = Fraction(1)
TENTH = Fraction(11, 10)


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        ("half_up", 1),
        ("half_even", 0),
        ("up", 1),
        ("down", 0),
        ("floor", 0),
        ("ceiling", 1),
    ],
)
def test_a_value_of_exactly_a_half(mode, value):
    # 0.55 a year later at 10 % is 0.5; and after 730 days, where powers of 365ths meet.
    rounded = divider(RoundingMode(mode))
    scale = Fraction(1, 200)
    assert Growth(TENTH, 1).value([(1, 110)], scale, rounded) == value
    assert Growth(TENTH, 365).value([(730, 121)], scale, rounded) == value
    assert (
        Growth(TENTH, 365).value([(730, -121)], scale, rounded)
        == {
            "half_up": -1,
            "half_even": 0,
            "up": -1,
            "down": 0,
            "floor": -1,
            "ceiling": 0,
        }[mode]
    )


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_a_value_of_exactly_a_whole_unit(mode):
    rounded = divider(mode)
    growth = Growth(Fraction(12, 10), 365)
    assert growth.value([(365, 120), (730, 144)], ONE, rounded) == 200
    assert growth.value([(365, 120), (0, -100)], ONE, rounded) == 0
    assert growth.ratio([(365, 120)], [(0, 50)], ONE, rounded) == 2


def test_a_value_between_two_units_is_found_however_near():
    # 1 / 1.1 ** (1 / 365) is not rational: a millionth of a millionth decides.
    up, down = divider(RoundingMode.UP), divider(RoundingMode.DOWN)
    growth = Growth(1 + Fraction(1, 10**40), 365)
    assert growth.value([(1, 10)], ONE, up) == 10
    assert growth.value([(1, 10)], ONE, down) == 9


def test_interest_of_whole_and_broken_years():
    half_up = divider(RoundingMode.HALF_UP)
    growth = Growth(Fraction(121, 100), 365)
    assert growth.interest(1000, 730, half_up) == 464
    # 1.21 ** (1 / 5) - 1 is 3.8862 %.
    assert growth.interest(100_000, 73, half_up) == 3886
    assert growth.interest(-100_000, 73, half_up) == -3886
    assert growth.interest(1000, 0, half_up) == 0


def test_a_ratio_to_a_value_near_zero():
    # The denominator is 1e-40: 34 digits do not tell it from zero.
    half_up = divider(RoundingMode.HALF_UP)
    growth = Growth(1 + Fraction(1, 10**40), 1)
    above, below = [(0, 10**40 + 1), (1, -(10**40) - 1)], [(0, 1), (1, -1)]
    assert growth.ratio(above, below, Fraction(1, 10**38), half_up) == 100


def test_signs():
    growth = Growth(TENTH, 1)
    assert growth.sign([(0, -100), (1, 111)]) == 1
    assert growth.sign([(0, -100), (1, 109)]) == -1
    assert growth.sign([(1, 5), (1, -5)]) == 0
