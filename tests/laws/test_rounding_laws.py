"""
Rounding is what its definition says, ties included, in every mode.

Ties and their nearest neighbors are constructed, never hoped for: a fraction with
denominator d lies at the least possible distance from a tie when its remainder is the
integer next to d / 2.
"""

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from loanmath.errors import LoanmathError
from loanmath.rates import Rate
from loanmath.rounding import Rounding, RoundingMode
from loanmath.schedule import level_payment
from oracle.planner import DIGITS, Contract, Rule, plan, round_to
from strategies import MODES, decimal_text, loan_of

DECIMAL_NAMES = {mode: f"ROUND_{mode.upper()}" for mode in MODES}


def near_tie(unit_count: int, denominator: int, beside: int) -> int:
    """A numerator at a tie of `numerator / denominator`, or `beside` steps from it."""
    return unit_count * denominator + (denominator + beside) // 2


numerators = st.integers(-(10**30), 10**30)
denominators = st.one_of(st.integers(1, 1_000), st.integers(1, 10**30))
around_ties = st.builds(
    lambda count, below, beside: (near_tie(count, below, beside), below),
    st.integers(-(10**15), 10**15),
    denominators,
    st.sampled_from((-3, -2, -1, 0, 0, 0, 1, 2, 3)),
)
quotients = st.one_of(around_ties, st.tuples(numerators, denominators))
modes = st.sampled_from(MODES)


def test_the_modes_are_the_six_that_the_oracle_knows():
    assert sorted(mode.value for mode in RoundingMode) == sorted(MODES)


@given(quotient=quotients, mode=modes)
def test_a_quotient_rounds_by_definition(quotient, mode):
    above, below = quotient
    rounded = Rounding(mode).quotient(2)(above, below)
    assert type(rounded) is int
    assert rounded == round_to(Fraction(above, below), mode, Fraction(1))


@given(quotient=quotients, mode=modes, unit=st.sampled_from((5, 10, 25, 100, 30)))
def test_a_coarser_unit_rounds_by_definition(quotient, mode, unit):
    above, below = quotient
    text = decimal_text(Fraction(unit, 100))
    rounded = Rounding(mode, unit=text).quotient(2)(above, below)
    assert rounded == round_to(Fraction(above, below), mode, Fraction(unit))


@given(
    count=st.integers(-(10**6), 10**6),
    unit=st.sampled_from((1, 5, 10, 50, 100)),
    scale=st.integers(1, 10**6),
    mode=modes,
)
def test_an_exact_tie_goes_where_the_mode_says(count, unit, scale, mode):
    above, below = (2 * count + 1) * unit * scale, 2 * scale
    text = decimal_text(Fraction(unit, 100))
    low, high = count * unit, (count + 1) * unit
    positive = count >= 0
    expected = {
        "half_up": high if positive else low,
        "up": high if positive else low,
        "down": low if positive else high,
        "half_even": low if count % 2 == 0 else high,
        "floor": low,
        "ceiling": high,
    }[mode]
    assert Rounding(mode, unit=text).quotient(2)(above, below) == expected


@given(quotient=quotients, digits=st.integers(1, 30))
def test_an_unrounded_contract_keeps_the_nearest_even_digit(quotient, digits):
    above, below = quotient
    rounded = Rounding.unrounded(digits).quotient(digits)(above, below)
    assert rounded == round_to(Fraction(above, below), "half_even", Fraction(1))


@given(
    coefficient=st.integers(-(10**12), 10**12),
    exponent=st.integers(-9, 0),
    mode=modes,
)
@example(coefficient=1005, exponent=-3, mode="half_up")
@example(coefficient=-25, exponent=-3, mode="half_even")
def test_modes_mean_what_they_mean_in_decimal(coefficient, exponent, mode):
    with localcontext() as context:
        context.prec = 60
        value = Decimal(coefficient).scaleb(exponent)
        expected = value.quantize(Decimal("0.01"), rounding=DECIMAL_NAMES[mode])
        cents = int(expected * 100)
    assert Rounding(mode).quotient(2)(coefficient * 100, 10**-exponent) == cents


@given(first=quotients, second=quotients, mode=modes)
def test_rounding_is_monotone(first, second, mode):
    assume(Fraction(*first) <= Fraction(*second))
    to_cents = Rounding(mode).quotient(2)
    assert to_cents(*first) <= to_cents(*second)


@given(value=st.integers(-(10**20), 10**20), below=denominators, mode=modes)
def test_what_is_whole_already_stays(value, below, mode):
    assert Rounding(mode).quotient(2)(value * below, below) == value


@given(quotient=quotients, mode=modes)
def test_the_sign_mirrors_the_mode(quotient, mode):
    above, below = quotient
    mirrored = {"floor": "ceiling", "ceiling": "floor"}.get(mode, mode)
    rounded = Rounding(mode).quotient(2)(-above, below)
    assert rounded == -Rounding(mirrored).quotient(2)(above, below)


# --- ties that reach a schedule ----------------------------------------------------


def _loan_at_half_a_percent(units: int, count: int, mode: str) -> Contract:
    return Contract(
        currency="USD",
        principal=Fraction(units, 100),
        disbursed=date(2026, 1, 15),
        method="level",
        count=count,
        rate=Fraction(5, 1000),
        rate_per="month",
        rule=Rule(mode, Fraction(1, 100)),
    )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("principal", "count"), [("1.00", 1), ("401.00", 2), ("120601.00", 3)]
)
def test_the_first_payment_ties_at_half_a_percent(principal, count, mode):
    """
    The smallest principals whose level payment at 0.5 % a month is exactly half a cent.

    With 1 + r = A/B = 201/200 the payment P * A**n / (B * S) is in lowest terms apart
    from P, S being the sum of A**(n-1-j) * B**j, so a tie needs P to be a multiple of
    B * S / 2: 1.00, 401.00 and 120601.00.
    """
    units = int(Decimal(principal) * 100)
    above, below = (
        201**count,
        200 * sum(201 ** (count - 1 - j) * 200**j for j in range(count)),
    )
    payment = Fraction(units * above, below)
    assert payment % 1 == Fraction(1, 2)
    whole = payment - Fraction(1, 2)
    chosen = {
        "half_up": whole + 1,
        "up": whole + 1,
        "ceiling": whole + 1,
        "half_even": whole + whole % 2,
        "down": whole,
        "floor": whole,
    }[mode]
    contract = _loan_at_half_a_percent(units, count, mode)
    row = loan_of(contract).schedule()[0]
    assert row.payment == Decimal(int(chosen)) / 100
    assert Fraction(row.payment) == plan(contract)[0].payment


@given(
    count=st.integers(1, 4),
    permille=st.sampled_from((5, 10, 20, 25, 40, 50, 100, 250, 500, 1000)),
    odd=st.integers(0, 50),
    mode=modes,
    currency=st.sampled_from(("JPY", "CNY", "KWD", "CLF")),
)
def test_every_constructed_payment_tie_is_right(count, permille, odd, mode, currency):
    """Level payments that are exact ties, one for every odd multiple of B * S / 2."""
    growth = 1 + Fraction(permille, 1000)
    above, below = growth.numerator, growth.denominator
    total = sum(above ** (count - 1 - j) * below**j for j in range(count))
    assume(below * total % 2 == 0)
    units = below * total // 2 * (2 * odd + 1)
    assume(units <= 10**13)
    cent = Fraction(1, 10 ** DIGITS[currency])
    contract = _loan_at_half_a_percent(1, count, mode).but(
        currency=currency,
        digits=DIGITS[currency],
        principal=units * cent,
        rate=Fraction(permille, 1000),
        rule=Rule(mode, cent),
    )
    exact = Fraction(units * above**count, below * total)
    assert exact % 1 == Fraction(1, 2)
    expected = round_to(exact, mode, Fraction(1)) * cent
    solved = level_payment(
        decimal_text(units * cent),
        Rate(f"{permille}‰/month"),
        count,
        rounding=mode,
        digits=DIGITS[currency],
    )
    assert Fraction(solved) == expected
    rows = loan_of(contract).schedule()
    # A lone installment clears the loan, principal plus rounded interest, and an odd
    # principal turns the parity of a half-even tie; so only earlier rows are level.
    if count > 1:
        assert Fraction(rows[0].payment) == expected
    assert [Fraction(row.payment) for row in rows] == [
        row.payment for row in plan(contract)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"payment_rule": Rule("half_even", Fraction(1, 10**6))},
        {"method": "flat_fee", "fee_rule": Rule("half_even", Fraction(1, 10**6))},
    ],
    ids=["payment", "fee"],
)
def test_a_rule_finer_than_the_loan_keeps_is_refused_by_name(change):
    """A payment of a millionth of a yuan does not fit a loan that is kept in fen."""
    contract = _loan_at_half_a_percent(100_000, 3, "half_up").but(**change)
    with pytest.raises(LoanmathError):
        loan_of(contract).schedule().rows()
