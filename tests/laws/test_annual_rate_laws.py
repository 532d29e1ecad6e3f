"""What holds for the annual rate of any loan, under every convention that counts days."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from loanmath import add_months
from loanmath.errors import RateOutOfRangeError, SolverError
from loanmath.yields import (
    CN_CORPORATE,
    EU_APRC,
    ICMA_SEMIANNUAL,
    UK_APR,
    US_REG_Z,
    US_RULE,
    XIRR,
    BackwardIntervals,
    ForwardIntervals,
    UnitPeriods,
    apr,
    irr,
)
from loanmath.yields.flows import _read_alike, _read_each
from loanmath.yields.sign import sign_of
from loanmath.yields.timing import FlowDates

CONVENTIONS = [US_REG_Z, US_RULE, EU_APRC, UK_APR, CN_CORPORATE, ICMA_SEMIANNUAL, XIRR]

cents = st.integers(1, 10**8).map(lambda units: Decimal(units).scaleb(-2))
gaps = st.one_of(
    st.lists(st.integers(1, 90), min_size=1, max_size=12),
    st.tuples(st.integers(1, 60), st.sampled_from([7, 14, 28, 30, 91])).flatmap(
        lambda pair: st.integers(1, 12).map(lambda n: [pair[0]] + [pair[1]] * n)
    ),
)


@st.composite
def loans(draw, profit=True):
    """An advance, perhaps a second one before the payments, and more paid than lent."""
    day = draw(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
    flows = [(day, -draw(cents))]
    if draw(st.booleans()):
        day += timedelta(draw(st.integers(1, 40)))
        flows.append((day, -draw(cents)))
    for gap in draw(gaps):
        day += timedelta(gap)
        flows.append((day, draw(cents)))
    lent = -sum(amount for _, amount in flows if amount < 0)
    paid = sum(amount for _, amount in flows if amount > 0)
    if paid <= lent:
        flows[-1] = (day, flows[-1][1] + (lent - paid) + draw(cents))
    return flows


conventions = st.sampled_from(CONVENTIONS)


def rate_of(flows, convention, digits=6, **given_):
    """The rate, where it lies in the range."""
    try:
        return apr(flows, convention, digits=digits, **given_)
    except SolverError:
        assume(False)


@given(flows=loans(), convention=conventions, digits=st.integers(2, 15))
def test_the_value_changes_sign_within_the_certificate(flows, convention, digits):
    proof = rate_of(flows, convention, digits).certificate
    signs = [
        sign_of(proof.terms.value(Fraction(point) / proof.multiple).numerator)
        for point in (proof.low, proof.high)
    ]
    if digits <= 10:
        # `value` of powers is good to some thirty digits.
        assert signs == [proof.sign_low, proof.sign_high]
    assert proof.sign_low is not proof.sign_high
    assert proof.low <= proof.rate <= proof.high
    assert proof.verify()


@given(flows=loans(), convention=conventions, digits=st.integers(2, 12))
def test_more_digits_agree_with_fewer(flows, convention, digits):
    fine = rate_of(flows, convention, digits + 3).value
    assume(fine.as_tuple().digits[-3:] != (5, 0, 0))
    context = Context(prec=40, rounding=ROUND_HALF_UP)
    coarse = fine.quantize(Decimal(1).scaleb(-digits), context=context)
    assert rate_of(flows, convention, digits).value == coarse


@given(flows=loans(), convention=conventions, factor=st.integers(2, 10**6))
def test_scaling_the_amounts_changes_nothing(flows, convention, factor):
    rate = rate_of(flows, convention)
    for by in (factor, -1, Decimal(factor).scaleb(-9)):
        scaled = [(day, amount * by) for day, amount in flows]
        assert apr(scaled, convention, digits=6).value == rate.value


@given(flows=loans(), convention=conventions, random=st.randoms())
def test_the_order_of_flows_does_not_matter(flows, convention, random):
    rate = rate_of(flows, convention)
    shuffled = random.sample(flows, len(flows))
    assert apr(shuffled, convention, digits=6) == rate


@given(flows=loans(), convention=conventions, part=cents, data=st.data())
def test_parts_of_a_flow_on_one_day_are_one_flow(flows, convention, part, data):
    rate = rate_of(flows, convention)
    which = data.draw(st.integers(0, len(flows) - 1))
    day, amount = flows[which]
    # The second part is of the other sign where the first one is the larger.
    split = [*flows[:which], (day, amount - part), (day, part), *flows[which + 1 :]]
    assert apr(split, convention, digits=6) == rate
    idle = [(flows[0][0] - timedelta(9), Decimal(0)), *flows]
    assert apr(idle, convention, digits=6) == rate


@given(flows=loans(), convention=conventions, more=cents)
def test_a_higher_fee_never_lowers_the_rate(flows, convention, more):
    day, lent = flows[0]
    assume(more < -lent)
    rate = rate_of(flows, convention)
    dearer = rate_of([(day, lent + more), *flows[1:]], convention)
    assert dearer.value >= rate.value


@given(flows=loans(), days=st.integers(-3000, 3000))
def test_a_shift_in_time_changes_nothing_by_actual_days(flows, days):
    shifted = [(day + timedelta(days), amount) for day, amount in flows]
    rate, moved = rate_of(flows, XIRR), rate_of(shifted, XIRR)
    assert rate.value == moved.value


def test_a_shift_in_time_matters_where_years_differ():
    """32 days: of the year to 5 March 2011, and of the leap year to 4 March 2012."""
    flows = [(date(2011, 2, 1), -1000), (date(2011, 3, 5), 1010)]
    later = [(day + timedelta(365), amount) for day, amount in flows]
    rates = [apr(given_, EU_APRC).at(4) for given_ in (flows, later)]
    assert rates == [Decimal("12.0187"), Decimal("12.0536")]


@given(
    lent=cents,
    payments=st.lists(st.one_of(st.just(Decimal(0)), cents), min_size=1, max_size=12),
    more=cents,
)
def test_the_united_states_rule_is_never_below_the_actuarial_rate(lent, payments, more):
    """
    In equal periods: at one rate it charges no interest on unpaid interest, so that
    less is left to pay. It gives the same rate where each payment covers its interest.
    """
    missing = max(lent - sum(payments), Decimal(0))
    flows = [-lent, *payments[:-1], payments[-1] + missing + more]
    actuarial = rate_of(flows, US_REG_Z, every="monthly")
    rule = rate_of(flows, US_RULE, every="monthly")
    assert rule.value >= actuarial.value
    balance, monthly, covered = Fraction(lent), Fraction(rule.value) / 12, True
    for payment in flows[1:]:
        covered = covered and payment > balance * monthly * Fraction(10001, 10000)
        balance += balance * monthly - Fraction(payment)
    if covered:
        assert rule.value == actuarial.value


@given(flows=loans(), digits=st.integers(2, 15))
def test_the_tangent_proves_what_the_gates_prove(flows, digits):
    rate = rate_of(flows, XIRR, digits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loanmath.yields.internal_rate.proved_units", lambda *_: None)
        slow = apr(flows, XIRR, digits=digits)
    assert slow.value == rate.value
    proof, other = rate.certificate, slow.certificate
    assert (proof.low, proof.high) == (other.low, other.high)
    assert (proof.sign_low, proof.sign_high) == (other.sign_low, other.sign_high)
    assert irr(flows, digits=digits).value == rate.value


amounts = st.one_of(
    st.lists(st.integers(-(10**41), 10**41), min_size=1, max_size=6),
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False), min_size=1, max_size=6
    ),
    st.integers(0, 3).flatmap(
        lambda places: st.lists(
            st.integers(-(10**9), 10**9).map(lambda n: Decimal(n).scaleb(-places)),
            min_size=1,
            max_size=6,
        )
    ),
)


@given(values=amounts, days=st.lists(st.dates(), min_size=6, max_size=6))
def test_flows_that_are_alike_are_read_as_each_alone(values, days):
    for taken in (values, list(zip(days, values, strict=False))):
        alike = _read_alike(taken)
        if alike:
            each = _read_each(taken)
            assert list(alike.amounts) == each.amounts
            assert alike[1:5] == each[1:5]
            ascends = alike.times == sorted(set(alike.times))
            assert alike.ascends is ascends


@given(start=st.dates(date(1990, 1, 1), date(2060, 1, 1)), count=st.integers(3, 40))
def test_months_in_a_row_are_counted_as_any_dates(start, count):
    days = [add_months(start, k) for k in range(count + 1)]
    flows = FlowDates(days, [True] + [False] * count)
    event(f"monthly: {flows.are_monthly}")
    for rule in (UnitPeriods(), BackwardIntervals(), ForwardIntervals()):
        quick = rule.measure(flows)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(FlowDates, "are_monthly", False)
            assert rule.measure(flows) == quick


@given(
    random=st.randoms(use_true_random=False), count=st.sampled_from([2, 20, 61, 100])
)
def test_extreme_flows_are_solved_or_refused(random, count):
    """Amounts from 10^-38 to 10^38, early and late, in one stream."""
    start, last = date(1950, 1, 1), random.choice([count, 500, 40_000])
    sizes = random.choice([0, 10, 38])
    days = sorted(random.sample(range(1, last + 1), count))
    flows = [(start, -Decimal(1).scaleb(random.randint(-sizes, sizes)))]
    for day in days:
        exponent = random.choice([0, 0, random.randint(-sizes, sizes)])
        flows.append((start + timedelta(day), Decimal(1).scaleb(exponent)))
    for digits in (3, 9):
        try:
            assert irr(flows, digits=digits).certificate.verify()
        except RateOutOfRangeError as error:
            event(error.got)
