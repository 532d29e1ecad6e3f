"""
Ceilings: nothing is in excess where a loan is within, and what complies is the most.

The oracle is a sum of fractions that shares no code with the library.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from loanmath.analysis.caps import (
    AnnualLimit,
    CostLimit,
    CreditCost,
    LendingCap,
    SimpleLimit,
    applicable_caps,
    check_cap,
    cost_bands,
)
from loanmath.analysis.tolerances import Tolerance, check_tolerance
from loanmath.recurrence import add_months
from loanmath.yields import CN_SIMPLE

START = date(2024, 2, 15)


def cap(limit, name="cap", **terms):
    words = {"jurisdiction": "CN", "lenders": ["any"], "effect": "void"}
    return LendingCap(name, limit, **words | terms)


def cents(amount):
    return int(amount * 100)


def money(units):
    return Decimal(units).scaleb(-2)


# --- annual rates -------------------------------------------------------------------


@st.composite
def monthly_loans(draw, least=70):
    """What is lent, and what is paid a month apart, in cents."""
    lent = draw(st.integers(10_000, 10**7))
    total = lent * draw(st.integers(least, 160)) // 100 + draw(st.integers(0, 3))
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))
    payments = [max(total * weight // sum(weights), 1) for weight in weights]
    payments[-1] += total - sum(payments)
    return lent, payments


rates = st.integers(0, 60).map(lambda percent: Fraction(percent, 100))


def value(lent, payments, rate):
    """What the payments are worth beyond what was lent, at a twelfth a month."""
    growth = 1 + rate / 12
    worth = sum(Fraction(paid) / growth**k for k, paid in enumerate(payments, start=1))
    return worth - lent


def check(lent, payments, rate):
    flows = [(START, money(-lent))]
    flows += [
        (add_months(START, k), money(paid)) for k, paid in enumerate(payments, start=1)
    ]
    limit = AnnualLimit(f"{rate * 100}%/year")
    return check_cap(flows, cap(limit), convention=CN_SIMPLE, currency="CNY")


def cut(payments, more):
    """Raise the last payment, or cut the last ones."""
    moved = list(payments)
    for k in reversed(range(len(moved))):
        step = max(more, -moved[k])
        moved[k] += step
        more -= step
    return moved


@given(loan=monthly_loans(), rate=rates)
def test_what_complies_is_the_most_that_does(loan, rate):
    lent, payments = loan
    found = check(lent, payments, rate)
    over = value(lent, payments, rate)
    assert found.within is (over <= 0)
    assert (found.excess == 0) is found.within is (found.points == 0)
    more = cents(found.allowed) - cents(found.charged)
    assert value(lent, cut(payments, more), rate) <= 0
    assert value(lent, cut(payments, more + 1), rate) > 0
    level, count = cents(found.level_payment), len(payments)
    assert (
        value(lent, [level] * count, rate) <= 0 < value(lent, [level + 1] * count, rate)
    )
    least = cents(found.least_advance)
    assert value(least, payments, rate) <= 0 < value(least - 1, payments, rate)


@given(loan=monthly_loans(), rate=rates, more=st.integers(0, 10**6))
def test_excess_grows_with_what_is_charged(loan, rate, more):
    lent, payments = loan
    before = check(lent, payments, rate)
    after = check(lent, [*payments[:-1], payments[-1] + more], rate)
    assert after.excess - before.excess <= money(more)
    assert after.excess >= before.excess
    assert after.points >= before.points
    assert after.allowed == before.allowed


@given(loan=monthly_loans(), low=rates, high=rates)
def test_a_higher_ceiling_never_allows_less(loan, low, high):
    low, high = sorted((low, high))
    lower, higher = check(*loan, low), check(*loan, high)
    assert lower.allowed <= higher.allowed
    assert lower.excess >= higher.excess
    assert lower.level_payment <= higher.level_payment
    assert lower.least_advance >= higher.least_advance


@given(loan=monthly_loans(least=100), low=rates, more=rates)
def test_bands_add_up_and_are_cut_where_each_ceiling_is(loan, low, more):
    high = low + more + Fraction(1, 100)
    lent, payments = loan
    flows = [(START, money(-lent))]
    flows += [
        (add_months(START, k), money(paid)) for k, paid in enumerate(payments, start=1)
    ]
    caps = [
        cap(AnnualLimit(f"{rate * 100}%/year"), effect=effect)
        for rate, effect in ((high, "void"), (low, "natural_obligation"))
    ]
    bands = cost_bands(flows, caps, convention=CN_SIMPLE, currency="CNY")
    amounts = [band.amount for band in bands.bands]
    assert sum(amounts) == bands.charged
    assert min(amounts) >= 0
    assert bands.amount("void") == check(lent, payments, high).excess
    above = bands.amount("void") + bands.amount("natural_obligation")
    assert above == check(lent, payments, low).excess


# --- simple interest and totals -----------------------------------------------------


@st.composite
def costs(draw):
    """Principal by the day, and the exact sum over days in cents."""
    steps = draw(
        st.lists(
            st.tuples(st.integers(0, 10**7), st.integers(1, 90)),
            min_size=1,
            max_size=5,
        ).filter(lambda found: any(amount for amount, _ in found))
    )
    day, outstanding, total = START, [], 0
    for amount, days in steps:
        outstanding.append((day, money(amount)))
        total += amount * days
        day += timedelta(days)
    return [*outstanding, (day, 0)], total


@given(
    found=costs(),
    rate=st.integers(0, 20_000),
    charged=st.integers(0, 10**6),
    near=st.booleans(),
)
def test_simple_interest_complies_to_the_cent(found, rate, charged, near):
    steps, total = found
    limit = SimpleLimit(f"{Decimal(rate).scaleb(-4)}%/day")
    exact = Fraction(total * rate, 10**6)
    most = exact.numerator // exact.denominator
    if near:
        charged = max(most + charged % 3 - 1, 0)
    cost = CreditCost(currency="CNY", outstanding=steps, interest=money(charged))
    seen = check_cap(cost, cap(limit))
    assert seen.within is (charged <= exact)
    assert cents(seen.allowed) <= exact < cents(seen.allowed) + 1
    assert (seen.excess == 0) is seen.within is (seen.points == 0)
    assert cents(seen.excess) == max(charged - most, 0)


@given(found=costs(), percent=st.integers(0, 300), charged=st.integers(0, 10**8))
def test_a_total_complies_to_the_cent(found, percent, charged):
    steps, _ = found
    amounts = [0, *(cents(amount) for _, amount in steps)]
    lent = sum(max(after - before, 0) for before, after in pairwise(amounts))
    cost = CreditCost(currency="CNY", outstanding=steps, fee=money(charged))
    seen = check_cap(cost, cap(CostLimit(f"{percent}%")))
    assert seen.within is (charged * 100 <= lent * percent)
    assert cents(seen.allowed) == lent * percent // 100


# --- which caps hold ----------------------------------------------------------------

days = st.integers(0, 3000).map(lambda number: START + timedelta(number))


@st.composite
def dated_caps(draw):
    return cap(
        CostLimit("100%"),
        draw(st.sampled_from("abc")),
        rule=draw(st.sampled_from(["one", "two"])),
        lenders=draw(st.sampled_from([["bank"], ["private"], ["bank", "private"]])),
        since=draw(st.none() | days),
    )


@given(caps=st.lists(dated_caps(), max_size=6), later=dated_caps(), signed=days)
def test_a_later_cap_never_edits_an_earlier_one(caps, later, signed):
    caps = [cap(CostLimit("1%"), "ever", lenders=["bank"]), *caps]
    words = {"jurisdiction": "CN", "lender": "bank", "signed": signed, "amount": 1}
    before = applicable_caps(caps, **words)
    after = applicable_caps([*caps, later], **words)
    if later.since is not None and signed < later.since:
        assert after == before
    if "bank" not in later.lenders:
        assert after == before
    assert set(map(id, after)) <= {*map(id, before), id(later)}
    kept = {held.rule for held in before} | {held.rule for held in after}
    assert {held.rule for held in after} == kept


# --- tolerances ---------------------------------------------------------------------

figures = st.decimals(-1000, 1000, places=4)
distances = st.decimals(0, 100, places=3)


@given(disclosed=figures, exact=figures, above=distances, below=distances)
def test_outside_by_is_what_a_wider_tolerance_takes(disclosed, exact, above, below):
    found = check_tolerance(disclosed, exact, Tolerance("t", above=above, below=below))
    away = Fraction(disclosed) - Fraction(exact)
    assert found.within is (-Fraction(below) <= away <= Fraction(above))
    assert found.within is (found.outside_by == 0)
    by = found.outside_by
    wider = Tolerance("t", above=above + by, below=below + by)
    again = check_tolerance(disclosed, exact, wider)
    assert again.within
    assert found.within or again.on_the_edge
