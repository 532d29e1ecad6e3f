"""Laws of the solved level payment, and of the installment that takes its residue."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loanmath.errors import ScheduleError
from loanmath.rates import Rate
from loanmath.schedule import level_payment
from oracle import planner
from oracle.planner import Contract, RefusedError, Rule, annuity, round_to
from strategies import (
    MODES,
    MOST_UNITS,
    contracts,
    decimal_text,
    loan_of,
    percent_text,
    unit_counts,
    yearly_rates,
)

CENT = Fraction(1, 100)
modes = st.sampled_from(MODES)
counts = st.one_of(st.integers(1, 6), st.integers(1, 60), st.sampled_from((120, 360)))


def yearly(share: Fraction) -> Rate:
    return Rate(f"{percent_text(share)}/year")


def solved(units: int, rate: Fraction, count: int, mode: str) -> Fraction:
    principal = decimal_text(units * CENT)
    return Fraction(level_payment(principal, yearly(rate), count, rounding=mode))


# --- the payment itself -------------------------------------------------------------


@given(units=unit_counts(), rate=yearly_rates(), count=counts, mode=modes)
def test_the_payment_is_principal_over_annuity_rounded_once(units, rate, count, mode):
    exact = units * CENT / annuity([rate / 12] * count)
    assert solved(units, rate, count, mode) == round_to(exact, mode, CENT)


@given(
    units=unit_counts(),
    rate=yearly_rates(),
    count=counts,
    mode=modes,
    digits=st.integers(0, 4),
    months=st.sampled_from((1, 2, 3, 6, 12)),
)
def test_the_payment_in_every_currency_and_step(
    units, rate, count, mode, digits, months
):
    assume(rate * months / 12 > -1)
    unit = Fraction(1, 10**digits)
    payment = level_payment(
        decimal_text(units * unit),
        yearly(rate),
        count,
        every=f"P{months}M",
        rounding=mode,
        digits=digits,
    )
    exact = units * unit / annuity([rate * months / 12] * count)
    assert Fraction(payment) == round_to(exact, mode, unit)
    assert payment.as_tuple().exponent == -digits


@given(units=unit_counts(), rate=yearly_rates(), count=counts, mode=modes)
def test_the_payment_is_the_one_of_the_schedule(units, rate, count, mode):
    assume(count > 1)
    contract = Contract(
        currency="CNY",
        principal=units * CENT,
        disbursed=date(2025, 1, 31),
        method="level",
        count=count,
        rate=rate,
        rule=Rule(mode, CENT),
        shortfall="capitalize",
    )
    rows = loan_of(contract).schedule()
    level = solved(units, rate, count, mode)
    first = Fraction(rows[0].payment)
    clears_at_once = rows[0].closing == 0
    assert first == level or (clears_at_once and first < level)


@pytest.mark.parametrize("mode", MODES)
def test_small_loans_exhaustively(mode):
    """Every principal to 60 cents, with rates and counts where ties are dense."""
    ties = 0
    for permille in (-80, -50, -5, 0, 5, 10, 50, 100, 500, 1_000):
        factor = Fraction(permille, 1_000)
        rate = Rate.from_share(factor, per="month")
        for count in range(1, 5):
            share = 1 / annuity([factor] * count)
            for units in range(1, 61):
                exact = units * CENT * share
                ties += exact / CENT % 1 == Fraction(1, 2)
                payment = level_payment(
                    decimal_text(units * CENT), rate, count, rounding=mode
                )
                assert Fraction(payment) == round_to(exact, mode, CENT)
    assert ties > 50


# --- monotonicity -------------------------------------------------------------------


@given(
    units=unit_counts(), rates=st.tuples(yearly_rates(), yearly_rates()), count=counts,
    mode=modes,
)  # fmt: skip
def test_a_higher_rate_never_lowers_the_payment(units, rates, count, mode):
    low, high = sorted(rates)
    assert solved(units, low, count, mode) <= solved(units, high, count, mode)


@given(
    units=st.tuples(unit_counts(), unit_counts()), rate=yearly_rates(), count=counts,
    mode=modes,
)  # fmt: skip
def test_more_principal_never_lowers_the_payment(units, rate, count, mode):
    less, more = sorted(units)
    assert solved(less, rate, count, mode) <= solved(more, rate, count, mode)


@given(units=unit_counts(), rate=yearly_rates(), count=counts, mode=modes)
def test_more_installments_never_raise_the_payment(units, rate, count, mode):
    assume(rate >= 0)
    payment = solved(units, rate, count, mode)
    assert payment >= solved(units, rate, count + 1, mode)


@given(units=st.integers(1, MOST_UNITS // 10), rate=yearly_rates(), count=counts)
def test_ten_times_the_principal_is_ten_times_the_payment_but_for_rounding(
    units, rate, count
):
    once, tenfold = (solved(n, rate, count, "half_up") for n in (units, 10 * units))
    assert abs(tenfold - 10 * once) <= 6 * CENT


@given(units=unit_counts(), count=counts, mode=modes)
def test_a_tiny_rate_is_near_zero_rate(units, count, mode):
    """The formula must not break where the rate vanishes: 10^-12 of a percent."""
    zero = solved(units, Fraction(0), count, mode)
    tiny = solved(units, Fraction(1, 10**14), count, mode)
    minus = solved(units, Fraction(-1, 10**14), count, mode)
    assert minus <= zero <= tiny <= zero + 5 * CENT
    assert zero == round_to(units * CENT / count, mode, CENT)
    assert zero - minus <= 5 * CENT


@pytest.mark.parametrize(
    ("principal", "count", "lower", "higher"),
    [
        ("100", 12, ("5.96", "8.60", "3.27"), ("5.97", "8.61", "3.26")),
        ("1000", 360, ("4.97", "5.35", "926.09"), ("4.98", "5.36", "926.07")),
        ("1", 5, ("29.5", "0.21", "0.08"), ("29.6", "0.22", "0.06")),
    ],
)
def test_total_interest_is_not_monotone_in_the_rate(principal, count, lower, higher):
    """
    A pitfall: at a higher rate a loan can cost less in all.

    Between the two rates the payment passes half a cent and is rounded up instead of
    down. That cent, paid in every period, repays the loan a little faster, and saves
    more interest than the slightly higher rate adds. So no law says that total interest
    grows with the rate once payments are rounded; the payment itself does.
    """
    for percent, payment, interest in (lower, higher):
        contract = Contract(
            currency="CNY",
            principal=Fraction(principal),
            disbursed=date(2025, 1, 15),
            method="level",
            count=count,
            rate=Fraction(percent) / 100,
        )
        schedule = loan_of(contract).schedule()
        assert str(schedule[0].payment) == payment
        assert str(schedule.totals.interest) == interest
        rows = planner.plan(contract)
        assert sum(row.interest for row in rows) == Fraction(interest)
    assert Fraction(lower[0]) < Fraction(higher[0])
    assert Fraction(lower[2]) > Fraction(higher[2])


# --- which installment takes the residue --------------------------------------------


def level_rows(contract: Contract) -> Any:
    try:
        return loan_of(contract).schedule().rows()
    except ScheduleError:
        assume(False)


@given(contract=contracts("level", residue="first", most=40))
def test_a_first_payment_with_the_residue_equals_the_oracle(contract):
    loan = loan_of(contract)
    try:
        expected = planner.plan(contract)
    except RefusedError:
        with pytest.raises(ScheduleError):
            loan.schedule()
        return
    cells = [
        (row.opening, row.payment, row.principal, row.interest)
        for row in loan.schedule()
    ]
    assert [tuple(map(Fraction, row)) for row in cells] == [
        (row.opening, row.payment, row.principal, row.interest) for row in expected
    ]


@given(contract=contracts("level", residue="last"))
def test_all_but_the_last_payment_are_level(contract):
    rows = level_rows(contract)
    level = planner.level_payment(contract)
    for row in rows[:-1]:
        # A loan that clears early, where the payment is rounded up a long way, pays
        # less in its clearing installment and nothing afterwards.
        assert Fraction(row.payment) == level or row.closing == 0


@given(contract=contracts("level", residue="first", most=40))
def test_the_payments_between_first_and_last_are_level(contract):
    rows = level_rows(contract)
    level = planner.level_payment(contract)
    for row in rows[1:-1]:
        assert Fraction(row.payment) == level or row.closing == 0


@given(contract=contracts("level", most=40))
def test_both_residues_repay_the_same_principal(contract):
    # Negative interest that is rounded coarsely leaves no first residue to place.
    assume(contract.rate >= 0 or contract.rule.unit == contract.cent)
    contract = contract.but(shortfall="capitalize")
    last = level_rows(contract.but(residue="last"))
    first = level_rows(contract.but(residue="first"))
    assert sum(Fraction(row.principal) for row in last) == contract.principal
    assert sum(Fraction(row.principal) for row in first) == contract.principal
    assert [row.due for row in last] == [row.due for row in first]
    assert last[0].interest == first[0].interest


@given(contract=contracts("level"))
def test_a_refused_shortfall_never_lets_the_balance_grow(contract):
    contract = contract.but(shortfall="refuse")
    for row in level_rows(contract):
        assert row.principal >= 0
        assert row.closing <= row.opening


def test_a_payment_below_the_interest_is_refused_or_capitalized():
    """1,000 at 60 % a month: 90 a month is far below the interest of 600."""
    contract = Contract(
        currency="CNY",
        principal=Fraction(1_000),
        disbursed=date(2025, 1, 15),
        method="level",
        count=3,
        rate=Fraction(6, 10),
        rate_per="month",
        payment_rule=Rule("down", Fraction(1_000)),
    )
    with pytest.raises(ScheduleError):
        loan_of(contract).schedule()
    rows = loan_of(contract.but(shortfall="capitalize")).schedule()
    assert [row.payment for row in rows] == [
        Decimal("0.00"),
        Decimal("0.00"),
        Decimal("4096.00"),
    ]
    assert [row.principal for row in rows] == [
        Decimal("-600.00"),
        Decimal("-960.00"),
        Decimal("2560.00"),
    ]


@given(contract=contracts("level", residue="last"))
def test_sizing_by_another_day_count_changes_the_payment_alone(contract):
    rows = level_rows(contract.but(shortfall="capitalize"))
    factors = planner.period_factors(contract, contract.counted_by)
    for row, factor in zip(rows, factors, strict=True):
        assert Fraction(row.interest) == contract.rule(Fraction(row.opening) * factor)
