"""
Amortized cost closes at zero, refunds never exceed the charge.

The oracle is in plain fractions, and discounts or grows one period after another.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from loanmath import Rounding, irr
from loanmath.analysis.accounting import (
    AccountingTerms,
    PresentValueTest,
    RefundMethod,
    ValueBasis,
    actuarial_refund,
    effective_interest,
    net_of_allowance,
    present_value_test,
    refund,
    revise,
)
from loanmath.analysis.duration import duration
from loanmath.analysis.stream import to_growth
from loanmath.errors import LimitError, SolverError

CENT = Fraction(1, 100)
START = date(2026, 1, 15)
TERMS = [
    AccountingTerms("EUR", rounding=Rounding(mode), rounded=rounded, leftover=leftover)
    for mode in ("half_up", "half_even", "down", "ceiling")
    for rounded in ("interest", "carrying")
    for leftover in ("last_interest", "shown")
]


def amounts(least=0, most=500_000):
    return st.integers(least, most).map(lambda units: Decimal(units).scaleb(-2))


@st.composite
def loans(draw):
    """Flows of a loan that earns: an advance, then payments of more in all."""
    advance = draw(amounts(10_000, 1_000_000))
    payments = draw(st.lists(amounts(), min_size=1, max_size=12))
    payments[-1] += max(advance - sum(payments), 0) + draw(amounts(1, 200_000))
    flows = [-advance, *payments]
    if draw(st.booleans()):
        gaps = draw(
            st.lists(
                st.integers(1, 400), min_size=len(payments), max_size=len(payments)
            )
        )
        days = [START]
        for gap in gaps:
            days.append(days[-1] + timedelta(gap))
        flows = list(zip(days, flows, strict=True))
    if draw(st.booleans()):
        # Seen by who owes it.
        flows = [
            (flow[0], -flow[1]) if isinstance(flow, tuple) else -flow for flow in flows
        ]
    return flows


def scheduled(flows, terms, **extra):
    try:
        return effective_interest(flows, terms, **extra)
    except (SolverError, LimitError):
        # Rounded interest of hundreds of percent may run away, as the docstring says.
        assume(False)


def times(found):
    """Years or periods between the rows."""
    start, gaps = found.start, []
    for row in found.rows:
        gap = row.at - start
        gaps.append(Fraction(gap.days, 365) if isinstance(gap, timedelta) else gap)
        start = row.at
    return gaps


def slack(found):
    """What rounding a unit in each row may come to at the end, and the rate's digits."""
    growth = float(to_growth(found.eir))
    error, size = 0.0, 0.0
    for row, gap in zip(found.rows, times(found), strict=True):
        size = max(size, float(abs(row.opening)))
        error = error * growth ** float(gap) + float(CENT)
        error += size * float(gap) * 1e-14 * growth ** float(gap)
    return error + 1e-9


@given(loans(), st.sampled_from(TERMS))
def test_a_schedule_closes_at_zero_within_its_rounding(flows, terms):
    found = scheduled(flows, terms)
    last = found.rows[-1]
    if terms.leftover.value == "shown":
        assert last.closing == found.difference
    else:
        assert last.closing == 0
    assert abs(float(found.difference)) <= slack(found)
    for before, row in zip([None, *found.rows], found.rows, strict=False):
        assert row.opening == (before.closing if before else found.initial)
        assert row.closing == row.opening + row.interest - row.cash_flow


@given(loans(), st.sampled_from(TERMS), amounts(0, 5_000), amounts(0, 5_000))
def test_interest_is_what_flows_exceed_the_initial_amount_by(flows, terms, costs, fees):
    found = scheduled(flows, terms, costs=costs, fees=fees)
    paid = sum(row.cash_flow for row in found.rows)
    first = flows[0][1] if isinstance(flows[0], tuple) else flows[0]
    assert found.initial == -first + costs - fees
    assert found.interest == paid - found.initial + found.rows[-1].closing
    assert found.revenue == found.interest


@given(loans(), st.sampled_from(TERMS), st.data())
def test_unchanged_flows_move_nothing_but_rounding(flows, terms, data):
    found = scheduled(flows, terms)
    assume(len(found.rows) > 1)
    row = data.draw(st.integers(0, len(found.rows) - 2))
    at = found.rows[row].at
    left = found.rows[row + 1 :]
    same = [
        (later.at, later.cash_flow) if found.per == "year" else later.cash_flow
        for later in left
    ]
    assume(any(later.cash_flow for later in left))
    change = revise(found, at, same)
    if terms.rounded.value == "carrying":
        assert change.gain == 0
    assert abs(float(change.gain)) <= slack(found)


@given(loans(), st.data())
def test_rows_are_those_of_plain_fractions(flows, data):
    terms = AccountingTerms("EUR", leftover="shown")
    plain = [flow[1] if isinstance(flow, tuple) else flow for flow in flows]
    found = scheduled(plain, terms)
    growth, carrying = to_growth(found.eir), -Fraction(plain[0])
    for row, flow in zip(found.rows, plain[1:], strict=True):
        interest = carrying * (growth - 1)
        sign = -1 if interest < 0 else 1
        units = sign * ((abs(interest) / CENT * 2 + 1) // 2)
        assert Fraction(row.interest) == units * CENT
        carrying += units * CENT - Fraction(flow)
        assert Fraction(row.closing) == carrying


@given(loans(), st.integers(0, 100))
def test_an_allowance_lowers_revenue_alone(flows, percent):
    found = scheduled(flows, AccountingTerms("EUR"))
    assume(found.initial > 0 and found.per == "period")
    smallest = min(row.opening for row in found.rows)
    assume(smallest > 0)
    allowance = (smallest * percent / 100).quantize(Decimal("0.01"), "ROUND_DOWN")
    net = net_of_allowance(found, [(0, allowance)])
    growth = to_growth(found.eir) - 1
    for row, gross in zip(net.rows, found.rows, strict=True):
        assert (row.interest, row.closing) == (gross.interest, gross.closing)
        if allowance:
            exact = (Fraction(row.opening) - Fraction(allowance)) * growth
            assert abs(Fraction(row.revenue) - exact) <= CENT / 2


@given(st.integers(0, 10**8), st.integers(1, 120), st.sampled_from(["rule_of_78", "straight_line"]))  # fmt: skip
def test_refunds_fall_from_the_charge_to_nothing(cents, count, method):
    charge = Decimal(cents).scaleb(-2)
    terms = AccountingTerms("USD")
    found = [refund(charge, count, after, method, terms) for after in range(count + 1)]
    left = [one.refund for one in found]
    assert (left[0], left[-1]) == (charge, 0)
    assert left == sorted(left, reverse=True)
    assert all(one.earned + one.refund == charge for one in found)
    if method == "rule_of_78":
        # Never more than in a straight line: more is earned early.
        straight = [
            refund(charge, count, after, "straight_line", terms).refund
            for after in range(count + 1)
        ]
        assert all(map(Decimal.__le__, left, straight))


@given(amounts(10_000, 1_000_000), st.lists(amounts(1), min_size=1, max_size=12))
def test_the_actuarial_refund_and_what_is_earned_are_the_charge(amount, payments):
    assume(sum(payments) > amount)
    terms = AccountingTerms("USD")
    found = [
        actuarial_refund(amount, payments, after, terms)
        for after in range(len(payments) + 1)
    ]
    charge = sum(payments) - amount
    left = [one.refund for one in found]
    assert all(one.earned + one.refund == one.charge == charge for one in found)
    assert (left[0], left[-1]) == (charge, 0)
    # Rounded values of one stream may be half a cent off either way.
    assert all(later <= earlier + Decimal("0.01") for earlier, later in pairwise(left))
    assert all(one.method is RefundMethod.ACTUARIAL for one in found)
    # What is owed, grown at the rate from one payment to the next, less what it costs.
    rate = Fraction(irr([-amount, *payments], digits=15).value)
    owed = Fraction(amount)
    for after, paid in enumerate(payments, start=1):
        owed = owed * (1 + rate) - Fraction(paid)
        unearned = sum(map(Fraction, payments[after:])) - owed
        allowed = CENT / 2 + Fraction(1, 10**9) * (1 + rate) ** after
        assert abs(Fraction(left[after]) - unearned) <= allowed


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=8),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=8),
    st.fractions(0, 1, max_denominator=1000),
    st.fractions(0, 1, max_denominator=100),
    st.booleans(),
)
def test_a_verdict_is_that_of_plain_fractions(old, new, rate, threshold, reached):
    def value(flows):
        total = Fraction(0)
        for flow in reversed(flows):
            total = (total + flow) / (1 + rate)
        return total

    for counted in ("either", "fall"):
        test = PresentValueTest("test", threshold, counted=counted, reached=reached)
        found = present_value_test(
            old, new, test, ValueBasis(rate, AccountingTerms("EUR"))
        )
        share = (value(old) - value(new)) / value(old)
        if counted == "either":
            share = abs(share)
        assert found.is_met == (share >= threshold if reached else share > threshold)
        assert abs(Fraction(found.ratio) - share) <= Fraction(1, 2 * 10**6)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.fractions(0, 1, max_denominator=1000))  # fmt: skip
def test_duration_is_that_of_plain_fractions(flows, rate):
    assume(any(flows))
    worth = [Fraction(c) / (1 + rate) ** k for k, c in enumerate(flows, start=1)]
    mean = sum(k * value for k, value in enumerate(worth, start=1)) / sum(worth)
    found = duration(flows, rate, digits=9)
    assert abs(Fraction(found.macaulay) - mean) <= Fraction(1, 2 * 10**9)
    assert abs(Fraction(found.modified) - mean / (1 + rate)) <= Fraction(1, 2 * 10**9)
