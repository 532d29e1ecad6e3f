from decimal import Decimal

import pytest

from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.rounding import Rounding, RoundingMode, divide, divider, offset, round_all

# One row per quotient, written by hand; columns in the order of the enum.
TABLE = [
    # numerator, denominator, half_up, half_even, up, down, floor, ceiling
    (0, 1, 0, 0, 0, 0, 0, 0),
    (4, 2, 2, 2, 2, 2, 2, 2),
    (-4, 2, -2, -2, -2, -2, -2, -2),
    (1, 2, 1, 0, 1, 0, 0, 1),
    (3, 2, 2, 2, 2, 1, 1, 2),
    (5, 2, 3, 2, 3, 2, 2, 3),
    (-1, 2, -1, 0, -1, 0, -1, 0),
    (-3, 2, -2, -2, -2, -1, -2, -1),
    (-5, 2, -3, -2, -3, -2, -3, -2),
    (1, 3, 0, 0, 1, 0, 0, 1),
    (2, 3, 1, 1, 1, 0, 0, 1),
    (-1, 3, 0, 0, -1, 0, -1, 0),
    (-2, 3, -1, -1, -1, 0, -1, 0),
    (499, 1000, 0, 0, 1, 0, 0, 1),
    (501, 1000, 1, 1, 1, 0, 0, 1),
    (1499, 1000, 1, 1, 2, 1, 1, 2),
    (1501, 1000, 2, 2, 2, 1, 1, 2),
]


@pytest.mark.parametrize("row", TABLE)
def test_every_mode_on_every_kind_of_quotient(row):
    numerator, denominator, *expected = row
    assert [divide(numerator, denominator, mode) for mode in RoundingMode] == expected
    assert [divider(mode)(numerator, denominator) for mode in RoundingMode] == expected


@pytest.mark.parametrize("denominator", [0, -1])
def test_the_denominator_is_positive(denominator):
    with pytest.raises(InputValueError, match="above zero"):
        divide(1, denominator, RoundingMode.UP)


def test_a_denominator_of_one_is_allowed():
    assert divide(7, 1, RoundingMode.HALF_EVEN) == 7


def test_the_default_is_half_up_to_the_minor_unit():
    rule = Rounding()
    assert (rule.mode, rule.unit) == (RoundingMode.HALF_UP, None)
    assert (rule.digits(2), rule.digits(0), rule.units(2)) == (2, 0, 1)


@pytest.mark.parametrize(
    ("unit", "digits", "units"),
    [("0.01", 2, 1), ("0.05", 2, 5), ("1", 2, 100), ("1.00", 2, 100), ("50", 2, 5000),
     ("0.001", 3, 1), (Decimal("0.5"), 2, 50), (10, 2, 1000), ("1000000", 2, 10**8)],
)  # fmt: skip
def test_units_of_a_grid(unit, digits, units):
    rule = Rounding("up", unit=unit)
    assert rule.digits(2) == digits
    assert rule.units(digits) == units


def test_a_unit_finer_than_the_grid_is_refused():
    assert Rounding(unit="0.001").units(3) == 1
    with pytest.raises(InputValueError, match="at most 2 decimals"):
        Rounding(unit="0.001").units(2)


def test_equal_units_make_equal_rules():
    assert Rounding(unit="1.00") == Rounding(unit=1) == Rounding(unit=Decimal(1))
    assert hash(Rounding(unit="1.00")) == hash(Rounding(unit=1))
    assert repr(Rounding(unit="10")) == repr(Rounding(unit=Decimal("1E+1")))


def test_unrounded_is_half_even_on_a_finer_grid():
    rule = Rounding.unrounded(12)
    assert rule.mode is RoundingMode.HALF_EVEN
    assert (rule.digits(2), rule.units(12), rule.units(14)) == (12, 1, 100)
    assert Rounding.unrounded(1).digits(2) == 2
    assert Rounding.unrounded().digits(2) == 20
    assert Rounding.unrounded(30).digits(2) == 30


@pytest.mark.parametrize("digits", [0, 31, -1, True, "12", 1.0])
def test_unrounded_takes_one_to_thirty_digits(digits):
    with pytest.raises(LimitError, match="1 to 30"):
        Rounding.unrounded(digits)


@pytest.mark.parametrize("unit", ["0", "-1", "-0.01"])
def test_a_unit_is_above_zero(unit):
    with pytest.raises(InputValueError, match="above zero"):
        Rounding(unit=unit)


@pytest.mark.parametrize(
    "unit", ["1000001", Decimal("1E-31"), Decimal("1E+7"), "2000000"]
)
def test_a_unit_has_limits(unit):
    with pytest.raises(LimitError):
        Rounding(unit=unit)


def test_wrong_modes_and_units():
    with pytest.raises(UnknownNameError):
        Rounding("half-up")
    with pytest.raises(InputTypeError):
        Rounding(None)
    with pytest.raises(InputTypeError):
        Rounding(unit=0.01)


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "expected"),
    [(None, 5, 2, 3), ("0.05", 5, 2, 5), ("0.05", 249, 100, 0), ("1", 4999, 100, 0),
     ("1", 5000, 100, 100), ("1", -5000, 100, -100)],
)  # fmt: skip
def test_quotient_rounds_to_multiples_of_the_unit(
    unit, numerator, denominator, expected
):
    assert (
        Rounding("half_up", unit=unit).quotient(2)(numerator, denominator) == expected
    )


@pytest.mark.parametrize("mode", RoundingMode)
def test_what_is_added_before_dividing_down_rounds(mode):
    rounded = divider(mode)
    for denominator in range(1, 13):
        added = offset(rounded, denominator)
        assert (added is None) == (mode is RoundingMode.HALF_EVEN)
        if added is not None:
            for numerator in range(5 * denominator):
                quotient = (numerator + added) // denominator
                assert quotient == rounded(numerator, denominator)


def test_coarse_units_are_no_one_division():
    assert offset(Rounding("half_up", unit="0.05").quotient(2), 100) is None
    assert offset(Rounding("half_up", unit="0.01").quotient(2), 100) == 50


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("share", [3, -3])
def test_a_share_of_all_amounts_is_that_of_each(mode, share):
    rounded = divider(mode)
    for amounts in ([], [0, 5, 10, 15, 21], [5, -5, -15]):
        each = [rounded(amount * share, 10) for amount in amounts]
        assert round_all(amounts, share, 10, rounded) == each
