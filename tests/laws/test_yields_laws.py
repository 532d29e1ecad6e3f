"""
A certified rate is the root, and nothing but the flows moves it.

The oracle shares no code with the library: whole periods are fractions, and days are
intervals of integers, between a 365th root rounded down and one rounded up.
"""

import re
from datetime import date, timedelta
from decimal import (
    ROUND_DOWN,
    Clamped,
    Decimal,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    localcontext,
)
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from loanmath import irr, present_value
from loanmath.doors import decimal_parts
from loanmath.errors import InputTypeError, LoanmathError, SolverError
from loanmath.yields import Equation
from loanmath.yields.flows import read_flows
from loanmath.yields.signs import enclosure, proved_sign, sign_at

START = date(2000, 1, 1)
ONE = 1 << 192

# --- the oracle -------------------------------------------------------------------


def daily_growth(growth):
    """The largest fixed-point number whose 365th power is at most `growth`."""
    number = growth.numerator * ONE**365 // growth.denominator
    # Newton's method from a little above comes down to it.
    guess = int(float(growth) ** (1 / 365) * (1 + 1e-12) * 2**53) * ONE >> 53
    assert guess**365 > number
    while True:
        better = (364 * guess + number // guess**364) // 365
        if better >= guess:
            return guess
        guess = better


def up(number):
    return -(-number // ONE)


def power_between(low, high, exponent):
    """Powers of a fixed-point interval, rounded outward."""
    least = most = ONE
    for bit in f"{exponent:b}":
        least, most = least * least // ONE, up(most * most)
        if bit == "1":
            least, most = least * low // ONE, up(most * high)
    return least, most


def dated_sign(flows, rate):
    """The sign of dated flows at a rate: -1, 1, or 0 where 192 bits do not tell."""
    growth = 1 + Fraction(rate)
    last = max(day for day, _ in flows)
    daily = daily_growth(growth)
    least = most = 0
    for day, amount in flows:
        # Compounded to the last day, so that nothing is divided.
        low, high = power_between(daily, daily + 2, (last - day).days)
        value = Fraction(amount)
        scaled = value.numerator * 10**40 // value.denominator
        least += scaled * (low if scaled > 0 else high)
        most += scaled * (high if scaled > 0 else low)
    return 1 if least > 0 else -1 if most < 0 else 0


def periodic_value(flows, rate):
    discount = 1 / (1 + Fraction(rate))
    return sum(Fraction(amount) * discount**k for k, amount in enumerate(flows))


def round_half(value, places, to_even):
    scaled = Fraction(value) * 10**places
    below = scaled.numerator // scaled.denominator
    rest = scaled - below
    if rest == Fraction(1, 2):
        upper = below % 2 if to_even else below >= 0
    else:
        upper = rest > Fraction(1, 2)
    return Fraction(below + bool(upper), 10**places)


# --- streams ----------------------------------------------------------------------

amounts = st.one_of(
    st.integers(1, 10**6),
    st.integers(1, 10**15),
    st.decimals(Decimal("0.01"), 10**7, places=2),
    st.sampled_from([1, 2, 100, 10**30, Decimal("0.0001")]),
)
streams = st.tuples(
    st.lists(amounts, min_size=1, max_size=4), st.lists(amounts, min_size=1, max_size=9)
)
digit_counts = st.integers(1, 15)


@st.composite
def periodic_flows(draw):
    paid, received = draw(streams)
    gaps = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    flows = [-amount for amount in paid] + [0] * gaps[0] + received
    return [-amount for amount in flows] if draw(st.booleans()) else flows


@st.composite
def dated_flows(draw):
    paid, received = draw(streams)
    count = len(paid) + len(received)
    days = draw(
        st.one_of(
            st.lists(st.integers(1, 400), min_size=count, max_size=count),
            st.lists(
                st.sampled_from([1, 5, 28, 30, 31, 73, 365, 366, 730]),
                min_size=count,
                max_size=count,
            ),
        )
    )
    flows, when = [], 0
    for gap, amount in zip(days, [-amount for amount in paid] + received, strict=True):
        flows.append((START + timedelta(when), amount))
        when += gap
    return flows


def solved(flows, digits):
    """The yield, or nothing where the rate is out of range."""
    try:
        return irr(flows, digits=digits)
    except SolverError:
        return None


@st.composite
def flows_of_a_root(draw, tied):
    """Flows with an exact root: a rate of `digits` decimals, or half a unit above it."""
    digits = draw(st.integers(1, 5))
    most = 10**digits * 2
    units = draw(st.one_of(st.integers(-9, 20), st.integers(-most * 9 // 20, most)))
    root = Fraction(2 * units + tied, 2 * 10**digits)
    assume(Fraction(-99, 100) < root)
    payments = draw(st.lists(st.integers(0, 50), max_size=4))
    # What is owed after each payment, in whole units of the last period.
    scale = (2 * 10**digits) ** (len(payments) + 1)
    owed = draw(st.integers(sum(payments) + 10_000, 10**6)) * scale
    flows = [-owed]
    for payment in payments:
        owed = owed * (1 + root) - payment * scale
        flows.append(payment * scale)
    owed *= 1 + root
    assume(owed > 0)
    assert owed.denominator == 1
    return [*flows, int(owed)], digits, root


# --- the rate is the root ---------------------------------------------------------


@given(flows=periodic_flows(), digits=digit_counts)
@example(flows=[-100, 110], digits=15)
@example(flows=[-3, 1, 1, 1], digits=1)
def test_the_value_changes_sign_within_the_certificate(flows, digits):
    rate = solved(flows, digits)
    assume(rate is not None)
    proof = rate.certificate
    low, high = periodic_value(flows, proof.low), periodic_value(flows, proof.high)
    assert (low > 0) - (low < 0) == proof.sign_low.value
    assert (high > 0) - (high < 0) == proof.sign_high.value
    assert low * high < 0 or (low == 0) is not (high == 0)
    assert Fraction(proof.high) - Fraction(proof.low) <= Fraction(1, 10**digits)
    assert (
        round_half(proof.low, digits, False) <= Fraction(rate.value) or rate.value == -1
    )


@given(flows=dated_flows(), digits=digit_counts)
def test_the_value_of_dated_flows_changes_sign_within_the_certificate(flows, digits):
    rate = solved(flows, digits)
    assume(rate is not None)
    proof = rate.certificate
    assert dated_sign(flows, proof.low) == proof.sign_low.value
    assert dated_sign(flows, proof.high) == proof.sign_high.value
    assert proof.sign_low is not proof.sign_high


@given(flows=st.one_of(periodic_flows(), dated_flows()), digits=digit_counts)
def test_every_certificate_verifies_without_floats(flows, digits):
    rate = solved(flows, digits)
    assume(rate is not None)
    assert rate.certificate.verify()
    assert rate.certificate.rate == rate.value
    assert -rate.value.as_tuple().exponent == digits


@given(case=flows_of_a_root(tied=True))
def test_exact_ties_go_away_from_zero(case):
    flows, digits, root = case
    rate = irr(flows, digits=digits)
    assert Fraction(rate.value) == round_half(abs(root), digits, False) * (
        -1 if root < 0 else 1
    )
    assert rate.certificate.is_tie
    assert Fraction(rate.certificate.exact_root) == root
    # The smallest change to the last flow decides the other way, or the same way.
    for change in (-1, 1):
        moved = irr([*flows[:-1], flows[-1] + change], digits=digits)
        beside = root + Fraction(change, 10**9)
        assert Fraction(moved.value) == round_half(beside, digits, False)
        assert not moved.certificate.is_tie


@given(case=flows_of_a_root(tied=True), step=st.sampled_from([365, 730]))
def test_exact_ties_of_dated_flows(case, step):
    flows, digits, root = case
    yearly = (1 + root) ** (step // 365)
    assume(step == 365 or len(flows) == 2)
    if step == 730:
        flows = [
            -(10 ** (2 * digits + 2)) * 4,
            int(yearly * 10 ** (2 * digits + 2) * 4),
        ]
    moments = [(START + timedelta(step * k), amount) for k, amount in enumerate(flows)]
    assume(moments[-1][0].year < 2200)
    proof = irr(moments, digits=digits).certificate
    assert proof.is_tie
    assert Fraction(proof.exact_root) == root


@given(flows=periodic_flows(), digits=st.integers(1, 14))
def test_fewer_digits_are_the_same_rate_rounded(flows, digits):
    fine, coarse = solved(flows, 15), solved(flows, digits)
    assume(fine is not None)
    distance = abs(Fraction(fine.value) - Fraction(coarse.value))
    assert distance <= Fraction(1, 2 * 10**digits) + Fraction(1, 2 * 10**15)


# --- what does not move it --------------------------------------------------------


@given(
    flows=st.one_of(periodic_flows(), dated_flows()),
    factor=st.one_of(st.integers(1, 1000), st.sampled_from([10**9, Decimal("0.0001")])),
    digits=digit_counts,
)
def test_scaling_changes_nothing(flows, factor, digits):
    def times(amount):
        return (
            Decimal(str(amount)) * factor
            if isinstance(amount, Decimal)
            else amount * Decimal(factor)
        )

    with localcontext(prec=60):
        if isinstance(flows[0], tuple):
            scaled = [(day, times(amount)) for day, amount in flows]
        else:
            scaled = [times(amount) for amount in flows]
    assert solved(scaled, digits) == solved(flows, digits)


@given(flows=dated_flows(), days=st.integers(-30_000, 60_000), digits=digit_counts)
def test_shifting_all_dates_changes_nothing(flows, days, digits):
    shifted = [(day + timedelta(days), amount) for day, amount in flows]
    assert solved(shifted, digits) == solved(flows, digits)


@given(flows=periodic_flows(), periods=st.integers(0, 40), digits=digit_counts)
def test_waiting_first_or_after_changes_nothing(flows, periods, digits):
    waits = [0] * periods
    assert solved(waits + flows + waits, digits) == solved(flows, digits)


@given(flows=dated_flows(), data=st.data(), digits=digit_counts)
def test_the_order_of_entry_changes_nothing(flows, data, digits):
    assert solved(data.draw(st.permutations(flows)), digits) == solved(flows, digits)


@given(flows=dated_flows(), data=st.data(), digits=digit_counts)
def test_splitting_a_flow_and_noise_that_cancels_change_nothing(flows, data, digits):
    k = data.draw(st.integers(0, len(flows) - 1))
    noise = data.draw(amounts)
    day, amount = flows[k]
    with localcontext(prec=60):
        rest = amount - Decimal(noise)
    other = data.draw(st.dates(START, START + timedelta(9000)))
    split = [
        *flows[:k],
        *flows[k + 1 :],
        (day, noise),
        (other, 5),
        (day, rest),
        (other, -5),
    ]
    assert solved(split, digits) == solved(flows, digits)


@given(flows=st.one_of(periodic_flows(), dated_flows()), digits=digit_counts)
def test_reversing_all_signs_reverses_the_signs_of_the_value_only(flows, digits):
    if isinstance(flows[0], tuple):
        reverse = [(day, -amount) for day, amount in flows]
    else:
        reverse = [-amount for amount in flows]
    one, other = solved(flows, digits), solved(reverse, digits)
    assume(one is not None)
    assert other.value == one.value
    first, second = one.certificate, other.certificate
    assert first.sign_low.value == -second.sign_low.value
    assert first.sign_high.value == -second.sign_high.value
    assert (first.method_low, first.unique) == (second.method_low, second.unique)


@given(flows=periodic_flows(), digits=digit_counts)
def test_periods_of_365_days_are_years(flows, digits):
    days = [(START + timedelta(365 * k), amount) for k, amount in enumerate(flows)]
    one, other = solved(flows, digits), solved(days, digits)
    assert (one is None) is (other is None)
    assert one is None or one.value == other.value


@given(flows=st.one_of(periodic_flows(), dated_flows()), digits=digit_counts)
def test_the_ambient_context_changes_nothing(flows, digits):
    expected = solved(flows, digits)
    with localcontext(
        prec=3, rounding=ROUND_DOWN, Emin=-9, Emax=9, capitals=0
    ) as context:
        for signal in (
            Clamped, DivisionByZero, FloatOperation, Inexact, InvalidOperation,
            Overflow, Rounded, Subnormal, Underflow,
        ):  # fmt: skip
            context.traps[signal] = True
        context.clear_flags()
        found = solved(flows, digits)
        value = present_value(flows, "0.0123456", digits=9)
        assert found == expected
        assert found is None or found.certificate.verify()
        assert found is None or str(found) == str(expected)
        if found is not None and found.per == "period":
            found.simple_annual(12)
        assert not any(context.flags.values())
    assert value == present_value(flows, "0.0123456", digits=9)


# --- signs ------------------------------------------------------------------------


@given(
    flows=periodic_flows(),
    above=st.integers(-99, 10**6),
    nudge=st.one_of(st.just(0), st.integers(-(10**6), 10**6)),
    decimals=st.integers(0, 20),
)
def test_no_sign_is_wrong_near_the_root(flows, above, nudge, decimals):
    rate = solved(flows, 15)
    point = Fraction(above, 100) if rate is None else Fraction(rate.value)
    point += Fraction(nudge, 10**decimals * 10**6)
    assume(Fraction(-99, 100) <= point <= 10_000)
    equation = Equation.netted(enumerate(int(a * 10_000) for a in flows), 1)
    value = periodic_value(flows, point)
    expected = (value > 0) - (value < 0)
    for decide in (sign_at, proved_sign):
        assert decide(equation, point.numerator, point.denominator)[0].value == expected


@given(
    flows=dated_flows(), nudge=st.integers(-(10**6), 10**6), decimals=st.integers(6, 20)
)
def test_no_sign_of_dated_flows_is_wrong_near_the_root(flows, nudge, decimals):
    rate = solved(flows, 15)
    assume(rate is not None)
    point = Fraction(rate.value) + Fraction(nudge, 10**decimals)
    assume(Fraction(-99, 100) <= point <= 10_000)
    read = read_flows(flows)
    equation = Equation.netted(zip(read.times, read.amounts, strict=True), 365)
    oracle = dated_sign(flows, point)
    found = {
        decide(equation, point.numerator, point.denominator)[0].value
        for decide in (sign_at, proved_sign)
    }
    assert len(found) == 1
    assert oracle == 0 or found == {oracle}


@given(
    flows=periodic_flows(),
    rate=st.fractions(Fraction(-99, 100), 100, max_denominator=10**6),
    digits=st.sampled_from([8, 34, 68]),
)
def test_an_enclosure_holds_the_exact_value(flows, rate, digits):
    equation = Equation.netted(enumerate(int(a * 10_000) for a in flows), 1)
    assume(equation.times)
    exact = sum(
        amount / (1 + rate) ** time
        for amount, time in zip(equation.amounts, equation.times, strict=True)
    )
    value, bound = enclosure(equation, 1 + rate, digits)
    assert abs(Fraction(value) - exact) <= Fraction(bound)


# --- present values ---------------------------------------------------------------

rates = st.one_of(
    st.fractions(Fraction(-99, 100), 10_000, max_denominator=10**4),
    st.sampled_from(
        [Fraction(0), Fraction(1, 20), Fraction(-99, 100), Fraction(10_000)]
    ),
)


@given(flows=periodic_flows(), rate=rates, digits=st.integers(0, 15))
def test_a_present_value_is_the_exact_sum_rounded_half_even(flows, rate, digits):
    value = present_value(flows, rate, digits=digits)
    assert Fraction(value) == round_half(periodic_value(flows, rate), digits, True)
    assert -value.as_tuple().exponent == digits


@given(
    halves=st.integers(-(10**6), 10**6),
    digits=st.integers(0, 6),
    later=st.integers(1, 10**6),
    days=st.integers(1, 3000),
    years=st.integers(1, 3),
    change=st.integers(-1, 1),
)
def test_a_present_value_at_a_tie_goes_to_even(
    halves, digits, later, days, years, change
):
    # The later flows cancel at 10 % whatever their day; the first one is the value.
    half = Decimal((halves < 0, tuple(map(int, str(abs(halves) * 5))), -digits - 1))
    with localcontext(prec=60):
        grown = later * 11**years + Decimal(change).scaleb(-20)
    flows = [
        (START, half),
        (START + timedelta(days), -later * 10**years),
        (START + timedelta(days + 365 * years), grown),
    ]
    value = present_value(flows, "0.1", digits=digits)
    beside = Fraction(halves, 2 * 10**digits) + Fraction(change, 10**25)
    assert Fraction(value) == round_half(beside, digits, True)


@given(flows=dated_flows(), rate=rates, digits=st.integers(0, 12))
def test_a_present_value_of_dated_flows_is_rounded_right(flows, rate, digits):
    value = present_value(flows, rate, digits=digits)
    half = Fraction(1, 2 * 10**digits)
    # The flows less the value and half a unit are worth less than nothing; and so on.
    below = dated_sign([*flows, (START, Fraction(value) * -1 + half)], rate)
    above = dated_sign([*flows, (START, Fraction(value) * -1 - half)], rate)
    assert below in (0, 1)
    assert above in (0, -1)


@given(case=flows_of_a_root(tied=False), days=st.booleans())
def test_the_value_at_an_exact_rate_is_nothing(case, days):
    flows, digits, root = case
    if days:
        flows = [(START + timedelta(365 * k), amount) for k, amount in enumerate(flows)]
    rate = irr(flows, digits=digits)
    assert rate.value == rate.certificate.exact_root == root
    assert not rate.certificate.is_tie
    assert present_value(flows, rate.value, digits=15) == 0


# --- doors ------------------------------------------------------------------------

texts = st.one_of(
    st.text(alphabet="0123456789.-+e_ １٣", max_size=45),
    st.decimals(allow_nan=True).map(str),
    st.integers(-(10**45), 10**45).map(str),
)


@given(
    value=st.one_of(
        texts,
        st.decimals(allow_nan=True, allow_infinity=True),
        st.integers(),
        st.floats(),
        st.none(),
    )
)
def test_an_amount_is_read_as_everywhere_else(value):
    try:
        coefficient, exponent = decimal_parts(value, "amount of a flow")
    except LoanmathError as error:
        with pytest.raises(type(error), match=re.escape(str(error))):
            read_flows([value])
    else:
        assert read_flows([value])[0::3] == ([coefficient], exponent)


anything = st.one_of(
    st.integers(), st.floats(), st.text(), st.none(), st.binary(), st.dates()
)


@given(value=anything)
def test_only_typed_errors(value):
    streams = (
        value,
        [value],
        [value, value],
        [(value, value)],
        [(START, value), (value, 1)],
    )
    for flows in streams:
        with pytest.raises(LoanmathError):
            irr(flows)
        with pytest.raises(InputTypeError):
            irr([-100.0, flows])
