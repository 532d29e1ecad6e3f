"""Prepayment speeds: a month, a year, and the PSA benchmark."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanmath.errors import InputTypeError, LimitError
from loanmath.yields import (
    conditional_prepayment_rate,
    psa_prepayment_rate,
    single_monthly_mortality,
)


@pytest.mark.parametrize(
    ("speed", "month", "annual", "monthly"),
    [
        # te-psa-2 (medium): analysts' exam questions.
        ("100%", 5, "0.010", "0.000837"),
        ("80%", 15, "0.024", "0.002022"),
        # te-psa-4 (medium): an FRM question bank, 0.34 % and 1.06 %.
        ("200%", 10, "0.040", "0.003396"),
        ("200%", 30, "0.120", "0.010596"),
    ],
)
def test_published_speeds(speed, month, annual, monthly):
    rate = psa_prepayment_rate(month, speed, digits=3)
    assert str(rate) == annual
    assert str(single_monthly_mortality(rate, digits=6)) == monthly


def test_the_benchmark_rises_for_thirty_months_and_stays():
    rates = [psa_prepayment_rate(month, digits=3) for month in range(1, 1_201)]
    assert rates[:30] == [Decimal("0.002") * month for month in range(1, 31)]
    assert set(rates[30:]) == {Decimal("0.060")}


def test_the_ends():
    assert single_monthly_mortality(0, digits=2) == 0
    assert single_monthly_mortality(1, digits=2) == 1
    assert conditional_prepayment_rate(1, digits=2) == 1
    # 1 - (1/2)^12 = 0.999755859375: a tie at the eleventh decimal, and its root.
    assert str(conditional_prepayment_rate("0.5", digits=11)) == "0.99975585938"
    assert str(single_monthly_mortality(Fraction(4095, 4096), digits=3)) == "0.500"
    # The gate of 0.5 is passed by a root that is exactly 0.5.
    assert str(single_monthly_mortality(Fraction(4095, 4096), digits=1)) == "0.5"
    assert psa_prepayment_rate(30, Fraction(50, 3), digits=1) == 1


def test_speeds_out_of_range():
    with pytest.raises(LimitError):
        single_monthly_mortality("-1%")
    with pytest.raises(LimitError):
        single_monthly_mortality("100.1%")
    with pytest.raises(LimitError):
        conditional_prepayment_rate("1.01")
    with pytest.raises(LimitError):
        psa_prepayment_rate(0)
    with pytest.raises(LimitError):
        psa_prepayment_rate(1_201)
    with pytest.raises(LimitError):
        psa_prepayment_rate(30, "1700%")
    with pytest.raises(LimitError):
        psa_prepayment_rate(1, "-1%")
    with pytest.raises(InputTypeError):
        psa_prepayment_rate(1.0)


@given(st.fractions(0, 1, max_denominator=10**6), st.integers(1, 15))
def test_the_rounded_month_is_proved_in_fractions(annual, digits):
    """The root lies within half a unit: both half-unit points, raised to 12."""
    monthly = Fraction(single_monthly_mortality(annual, digits=digits))
    half = Fraction(1, 2 * 10**digits)
    kept = 1 - annual
    # A tie rounds up, so the lower point may be the root and the upper one may not.
    assert (1 - max(monthly - half, Fraction(0))) ** 12 >= kept
    assert monthly + half > 1 or (1 - monthly - half) ** 12 < kept
