"""Laws of certified rates, judged by exact fractions or by long decimals of their own."""

from datetime import date, timedelta
from decimal import (
    ROUND_DOWN,
    Clamped,
    Context,
    Decimal,
    Inexact,
    Rounded,
    localcontext,
)
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from loanmath import irr, present_value
from loanmath.errors import RateOutOfRangeError, SolverError
from loanmath.yields import Sign

START = date(2024, 2, 29)
amounts = st.integers(1, 10**9)


@st.composite
def periodic(draw):
    """One advance, then payments of which some are zero: one change of sign."""
    advance = draw(amounts)
    payments = draw(st.lists(st.integers(0, 10**7), min_size=1, max_size=40))
    assume(any(payments))
    return [-advance, *payments]


@st.composite
def dated(draw):
    """Advances on some days, payments on later ones, in any order."""
    gaps = st.integers(1, 900)
    days = [0]
    for gap in draw(st.lists(gaps, min_size=1, max_size=12)):
        days.append(days[-1] + gap)
    split = draw(st.integers(1, len(days) - 1))
    flows = [
        (START + timedelta(day), draw(amounts) * (-1 if index < split else 1))
        for index, day in enumerate(days)
    ]
    return draw(st.permutations(flows))


def solve(flows, digits):
    try:
        return irr(flows, digits=digits)
    except RateOutOfRangeError:
        assume(False)


def periodic_value(flows, rate):
    """The value by its definition, exactly."""
    return sum(Fraction(flow) / (1 + rate) ** k for k, flow in enumerate(flows))


def dated_value(flows, rate):
    """The value by its definition, with 120 digits."""
    context = Context(prec=120)
    first = min(day for day, _ in flows)
    growth = context.divide(
        Decimal((1 + rate).numerator), Decimal((1 + rate).denominator)
    )
    total = Decimal(0)
    for day, amount in flows:
        years = context.divide(Decimal((day - first).days), Decimal(365))
        total = context.add(total, context.divide(amount, context.power(growth, years)))
    return total


@given(periodic(), st.integers(1, 12))
def test_the_value_changes_sign_within_the_certificate(flows, digits):
    result = solve(flows, digits)
    half = Fraction(1, 2 * 10**digits)
    low, high = Fraction(result.value) - half, Fraction(result.value) + half
    assert (Fraction(result.certificate.low), Fraction(result.certificate.high)) == (
        low,
        high,
    )
    # Just above -100 % the last payment outweighs all else, and below it nothing is asked.
    below = periodic_value(flows, low) if low > -1 else 1
    above = periodic_value(flows, high)
    assert below >= 0 >= above
    assert below != above
    for value, sign in (
        (below, result.certificate.sign_low),
        (above, result.certificate.sign_high),
    ):
        assert sign is Sign((value > 0) - (value < 0))


@given(dated(), st.integers(1, 10))
def test_the_value_of_dated_flows_changes_sign_within_the_certificate(flows, digits):
    result = solve(flows, digits)
    half = Fraction(1, 2 * 10**digits)
    low = Fraction(result.value) - half
    assert low <= -1 or dated_value(flows, low) > Decimal("-1E-80")
    assert dated_value(flows, Fraction(result.value) + half) < Decimal("1E-80")


@given(st.integers(-9000, 30000), st.integers(1, 12), st.integers(1, 4))
def test_a_rate_put_in_comes_out_exactly_ties_away_from_zero(units, periods, digits):
    # The flows are worth nothing at units / 10^digits / 2: every other one is a tie.
    rate = Fraction(units, 2 * 10**digits)
    assume(rate > Fraction(-98, 100))
    growth = 1 + rate
    flows = [
        -(growth.denominator**periods),
        *([0] * (periods - 1)),
        growth.numerator**periods,
    ]
    assume(max(map(abs, flows)) < 10**40)
    assume(periods < 2 or flows[0] != 0)
    away = (abs(units) + 1) // 2 * (1 if units >= 0 else -1)
    assert irr(flows, digits=digits).value == Decimal(away).scaleb(-digits)


@given(dated(), st.integers(2, 1000), st.integers(0, 5000))
def test_scale_sign_shift_and_order_change_nothing(flows, factor, days):
    result = solve(flows, 8)
    shifted = [(day + timedelta(days), amount) for day, amount in flows]
    for other in (
        [(day, amount * factor) for day, amount in flows],
        [(day, -amount) for day, amount in flows],
        [(day, Decimal(amount).scaleb(-2)) for day, amount in flows],
        shifted,
        sorted(flows),
    ):
        assert irr(other, digits=8).value == result.value


@given(dated())
def test_splitting_a_flow_changes_nothing(flows):
    result = solve(flows, 6)
    (day, amount), *rest = flows
    assert irr([(day, amount - 1), *rest, (day, 1)], digits=6).value == result.value


@given(periodic(), st.integers(0, 39))
def test_a_higher_payment_never_lowers_the_rate(flows, which):
    result = solve(flows, 8)
    raised = list(flows)
    raised[1 + which % (len(flows) - 1)] += 1
    try:
        assert irr(raised, digits=8).value >= result.value
    except RateOutOfRangeError:
        assert result.value > 9999


@given(periodic(), st.integers(2, 15))
def test_fewer_digits_are_the_longer_rate_rounded(flows, digits):
    short, long = solve(flows, digits - 1), solve(flows, digits)
    assert abs(Fraction(short.value) - Fraction(long.value)) <= Fraction(
        11, 20 * 10 ** (digits - 1)
    )


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=8))
def test_any_flows_have_a_certified_rate_or_a_reason(flows):
    try:
        result = irr(flows, digits=6)
    except SolverError as error:
        assert str(error)
        return
    half = Fraction(1, 2 * 10**6)
    below = periodic_value(flows, Fraction(result.value) - half)
    above = periodic_value(flows, Fraction(result.value) + half)
    assert below * above <= 0


@given(dated())
def test_no_ambient_context_matters(flows):
    result = solve(flows, 6)
    hostile = Context(
        prec=3, rounding=ROUND_DOWN, Emax=9, Emin=-9, traps=[Inexact, Rounded, Clamped]
    )
    with localcontext(hostile):
        again = irr(flows, digits=6)
        worth = present_value(flows, "0.05")
    assert again == result
    assert worth == present_value(flows, "0.05")


@given(
    periodic(),
    st.fractions(Fraction(-1, 2), 3, max_denominator=1000),
    st.integers(0, 6),
)
def test_a_present_value_is_the_sum_rounded_half_even(flows, rate, digits):
    exact = periodic_value(flows, rate) * 10**digits
    assert Fraction(present_value(flows, rate, digits=digits)) * 10**digits == round(
        exact
    )


@given(dated(), st.integers(-50, 300))
def test_a_dated_present_value_is_the_sum_rounded(flows, percent):
    rate = Fraction(percent, 100)
    worth = present_value(flows, rate, digits=4)
    assert abs(worth - dated_value(flows, rate)) <= Decimal("0.00005000001")
