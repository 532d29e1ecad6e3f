"""One rate quoted in another way, and flat rates beside what they are worth."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanmath.errors import InputTypeError, InputValueError, LimitError
from loanmath.yields import (
    continuous_rate,
    discount_rate,
    effective_from_continuous,
    effective_from_discount,
    effective_rate,
    flat_cost,
    flat_from_nominal,
    nominal_rate,
)


def test_quotations_of_ten_percent():
    # Tables of any actuarial text: i = 10 %, m = 12.
    assert str(nominal_rate("10%", 12, digits=8)) == "0.09568969"
    assert str(discount_rate("10%", 12, digits=8)) == "0.09493268"
    assert str(discount_rate("10%", digits=8)) == "0.09090909"
    assert str(continuous_rate("10%", digits=8)) == "0.09531018"


def test_the_monthly_rate_of_ten_percent_effective():
    """te-ot (medium): 10 % effective is 0.797414 % a month."""
    assert round(nominal_rate("10%", 12, digits=12) / 12, 8) == Decimal("0.00797414")


def test_exact_rates_come_back_exactly():
    assert str(nominal_rate("21%", 2, digits=4)) == "0.2000"
    assert str(effective_rate("20%", 2, digits=4)) == "0.2100"
    assert str(discount_rate("25%", digits=2)) == "0.20"
    assert str(effective_from_discount("20%", digits=2)) == "0.25"
    assert str(continuous_rate(0, digits=3)) == "0.000"
    assert str(effective_from_continuous(0, digits=3)) == "0.000"


def test_ties_round_away_from_zero():
    # 1.05 ** 2 = 1.1025 and 0.95 ** 2 = 0.9025: the root is 0.1 and -0.1 of two periods.
    assert str(nominal_rate(Fraction(1025, 10_000), 2, digits=1)) == "0.1"
    assert str(nominal_rate("0.0506250", 2, digits=1)) == "0.1"
    assert str(nominal_rate(Fraction(41, 40) ** 2 - 1, 2, digits=1)) == "0.1"
    assert str(nominal_rate(Fraction(39, 40) ** 2 - 1, 2, digits=1)) == "-0.1"
    assert str(discount_rate(Fraction(40, 39) ** 2 - 1, 2, digits=1)) == "0.1"
    assert str(discount_rate(Fraction(40, 41) ** 2 - 1, 2, digits=1)) == "-0.1"


def test_the_ends_of_the_range():
    assert str(nominal_rate("-99%", 366, digits=3)) == "-4.576"
    assert str(nominal_rate(10_000, 1, digits=1)) == "10000.0"
    assert str(discount_rate(10_000, 1, digits=4)) == "0.9999"
    assert str(discount_rate("-99%", 1, digits=1)) == "-99.0"
    with pytest.raises(LimitError, match="at most 1,000,000 %"):
        effective_rate(10_000, 2)
    with pytest.raises(LimitError, match="-23.76 to 10,000"):
        effective_rate(-24, 24)
    with pytest.raises(LimitError, match="below 100 % a period"):
        effective_from_discount(2, 2)
    with pytest.raises(LimitError, match="at most 10"):
        effective_from_continuous(11)


@pytest.mark.parametrize(
    ("rate", "kind"),
    [
        (0.1, InputTypeError),
        (None, InputTypeError),
        ("ten", InputValueError),
        ("1/3", InputValueError),
        (Fraction(1, 1 << 300), LimitError),
        (-13, LimitError),
        (10_001, LimitError),
    ],
)
def test_rates_that_are_refused(rate, kind):
    for convert in (
        lambda: effective_rate(rate, 12),
        lambda: nominal_rate(rate, 12),
        lambda: continuous_rate(rate),
        lambda: flat_cost(rate, 12),
    ):
        with pytest.raises(kind):
            convert()


def test_periods_that_are_refused():
    for periods in (0, 367):
        with pytest.raises(LimitError):
            effective_rate("10%", periods)
    with pytest.raises(InputTypeError):
        effective_rate("10%", "12")


RATES = st.fractions(Fraction(-1, 2), Fraction(3), max_denominator=10_000)


@given(RATES, st.integers(1, 366))
def test_a_conversion_and_back_is_the_rate(rate, periods):
    nominal = nominal_rate(rate, periods, digits=15)
    # The last digit of the nominal rate moves the effective one by its derivative.
    assert abs(Fraction(effective_rate(nominal, periods, digits=12)) - rate) < Fraction(
        1, 10**11
    )
    force = continuous_rate(rate, digits=15)
    back = effective_from_continuous(force, digits=12)
    assert abs(Fraction(back) - rate) < Fraction(1, 10**11)
    discount = discount_rate(rate, periods, digits=15)
    back = effective_from_discount(discount, periods, digits=12)
    assert abs(Fraction(back) - rate) < Fraction(1, 10**11)


@given(RATES.filter(bool), st.integers(2, 366))
def test_quotations_are_in_order(rate, periods):
    """Discount below force below nominal below effective, where a rate is not zero."""
    ordered = [
        discount_rate(rate, digits=15),
        discount_rate(rate, periods, digits=15),
        continuous_rate(rate, digits=15),
        nominal_rate(rate, periods, digits=15),
        Decimal(rate.numerator) / rate.denominator,
    ]
    assert ordered == sorted(ordered)


def test_no_decimal_context_matters():
    with localcontext(prec=3):
        assert str(continuous_rate("10%", digits=8)) == "0.09531018"
        assert str(flat_from_nominal("12%", 12, digits=8)) == "0.06618546"


def test_a_rate_next_to_a_tie_is_decided():
    # Within 10^-70 of a rate whose force of interest is 0.0950000000000005 exactly.
    with localcontext(prec=100):
        growth = Fraction(Decimal("0.0950000000000005").exp())
    near = growth.limit_denominator(10**36)
    assert str(continuous_rate(near - 1, digits=15)) == (
        "0.095000000000001" if near > growth else "0.095000000000000"
    )


@pytest.mark.parametrize(
    ("count", "percent"),
    [(6, "16.94"), (12, "17.97"), (24, "18.16"), (36, "17.92"), (60, "17.27")],
)
def test_a_flat_rate_of_ten_percent(count, percent):
    """Regulation.md 7: 10 % flat, a table of consumer-credit teaching."""
    assert str(flat_cost("10%", count).nominal.shown) == percent


@pytest.mark.parametrize(
    ("count", "fee", "percent"),
    [
        (3, "0.72", "12.96"),
        (6, "0.72", "14.81"),
        (12, "0.72", "15.95"),
        (12, "0.83", "18.39"),
        (6, "0.88", "18.10"),
    ],
)
def test_the_rule_of_thumb_of_card_pages(count, fee, percent):
    """CN-007 (medium): 24 f n / (n + 1) for a monthly fee of f percent."""
    flat = Fraction(fee) * 12 / 100
    assert str(flat_cost(flat, count).approximate) == percent


@pytest.mark.parametrize("every", ["monthly", "weekly", "quarterly", "yearly"])
def test_a_flat_rate_and_back(every):
    cost = flat_cost("7%", 10, every=every, digits=15)
    back = flat_from_nominal(cost.nominal.value, 10, every=every, digits=12)
    assert abs(back - Decimal("0.07")) <= Decimal("1E-12")


def test_no_rate_is_no_flat_rate():
    assert str(flat_from_nominal(0, 12, digits=2)) == "0.00"
    assert flat_cost(0, 12).nominal.value == 0
