"""The 128-bit enclosures of a payment: they hold the exact one, and hardly more."""

import random
from fractions import Fraction

import pytest

from loanmath.arithmetic import (
    ALL,
    CAPITALIZED,
    CARRIED,
    DUE,
    Opening,
    PaymentRows,
    exact_solution,
    walk,
)
from loanmath.arithmetic.level import FILTER_BITS, _enclosed_payment
from loanmath.arithmetic.solution import _enclosed
from loanmath.rounding import Rounding

SHAPES = {
    "equal": lambda draw, count: [draw] * count,
    "tiny": lambda draw, count: [1] * count,
    "first shorter": lambda draw, count: [draw // 2, *[draw] * (count - 1)],
    "first longer": lambda draw, count: [2 * draw + 1, *[draw] * (count - 1)],
    "unequal": lambda draw, count: [draw + k % 4 for k in range(count)],
    "free": lambda draw, count: [0] * count,
    "free at first": lambda draw, count: [0, *[draw] * (count - 1)],
    "free at last": lambda draw, count: [*[draw] * (count - 1), 0],
}


def exact_payment(principal, factors, denominator, balloon):
    discount, annuity = Fraction(1), Fraction(0)
    for factor in factors:
        discount *= Fraction(denominator, denominator + factor)
        annuity += discount
    return (principal - balloon * discount) / annuity


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [2, 24, 25, 120])
@pytest.mark.parametrize("denominator", [100, 36_500, 10**12])
def test_a_level_payment_lies_in_its_enclosure(shape, count, denominator):
    draws = random.Random(f"{shape} {count} {denominator}")
    for _ in range(10):
        draw = draws.randrange(2, denominator // 20 + 3)
        factors = SHAPES[shape](draw, count)
        principal = draws.choice((1, 1_000_003, 10**13))
        balloon = draws.choice((0, principal // 3, principal))
        exact = exact_payment(principal, factors, denominator, balloon)
        above, below = _enclosed_payment(principal, factors, denominator, balloon)
        largest, smallest = Fraction(*above), Fraction(*below)
        assert smallest <= exact <= largest
        # Where 1 - v^n is small, as much of its precision is gone.
        lost = denominator // max(factors[-1], 1) if any(factors) else 1
        width = Fraction(8 * count * lost * (principal + balloon), 1 << FILTER_BITS)
        assert largest - smallest <= width


def rows_of(draws, count, denominator):
    factors = [draws.randrange(0, denominator // 20 + 2) for _ in range(count)]
    treatments = [draws.choice((DUE, DUE, CAPITALIZED)) for _ in range(count - 1)]
    treatments.append(DUE)
    unit = draws.choice((1, 7, 10**6))
    weights = [
        draws.choice((0, unit, unit + 1)) if treatment == DUE else 0
        for treatment in treatments
    ]
    weights[-1] = unit
    stated = [
        draws.randrange(0, 500) if treatment == DUE and not weight else None
        for treatment, weight in zip(treatments, weights, strict=True)
    ]
    if draws.random() < 0.5:
        stated = [None] * count
    drawn = [draws.choice((0, 0, 0, 10_007)) for _ in range(count)]
    extra = [
        amount * draws.randrange(0, factor + 1)
        for amount, factor in zip(drawn, factors, strict=True)
    ]
    return PaymentRows(
        factors, drawn, extra, treatments, weights, stated, denominator, unit
    )


@pytest.mark.parametrize("count", [1, 2, 5, 40])
@pytest.mark.parametrize("denominator", [100, 36_500, 10**12])
def test_a_payment_over_any_rows_lies_in_its_enclosure(count, denominator):
    draws = random.Random(f"{count} {denominator}")
    for _ in range(40):
        rows = rows_of(draws, count, denominator)
        start = Opening(draws.choice((1, 1_000_003, 10**13)))
        balloon = draws.choice((0, 0, start.owed // 2))
        unpaid, grown, _ = exact_solution(start, rows, balloon)
        low, high = _enclosed(start, rows, balloon)
        if low[0] < 0:
            continue
        smallest, largest = Fraction(*low), Fraction(*high)
        assert smallest <= Fraction(unpaid, grown) <= largest
        moved = start.owed + sum(rows.drawn) + balloon + 500 * count
        width = Fraction(40 * count * moved, 1 << FILTER_BITS)
        assert largest - smallest <= width


def runs_of(draws, factor, denominator):
    """Rows in long runs of one payment each, after a first row of another length."""
    unit = draws.choice((1, 7))
    weights, stated = [], []
    for _ in range(draws.randrange(1, 4)):
        count, weight = draws.randrange(30, 90), draws.choice((0, unit, 2 * unit))
        weights += [weight] * count
        stated += [None if weight else draws.choice((None, 70))] * count
    weights[-1], stated[-1] = unit, None
    count = len(weights)
    factors = [draws.choice((0, factor + 1)), *[factor] * (count - 1)]
    drawn = [draws.choice((0, 10_007)), *[0] * (count - 1)]
    extra = [drawn[0] * factors[0] // 2, *[0] * (count - 1)]
    return PaymentRows(
        factors, drawn, extra, [DUE] * count, weights, stated, denominator, unit
    )


@pytest.mark.parametrize("factor", [0, 1, 50])
@pytest.mark.parametrize("denominator", [100, 36_500])
def test_a_payment_over_long_runs_lies_in_its_enclosure(factor, denominator):
    draws = random.Random(f"runs {factor} {denominator}")
    for _ in range(40):
        rows = runs_of(draws, factor, denominator)
        start = Opening(draws.choice((1, 1_000_003, 10**13)))
        balloon = draws.choice((0, 0, start.owed // 2))
        unpaid, grown, _ = exact_solution(start, rows, balloon)
        low, high = _enclosed(start, rows, balloon)
        if low[0] < 0:
            continue
        smallest, largest = Fraction(*low), Fraction(*high)
        assert smallest <= Fraction(unpaid, grown) <= largest
        # A power is known to so many units, and an annuity divides it by the factor.
        units = 40 * len(rows.factors) * denominator
        moved = start.owed + rows.drawn[0] + balloon + 70 * len(rows.factors)
        assert largest - smallest <= Fraction(units, high[1]) * (moved + largest)


def left(start, rows, payment):
    """What is owed in the end, nothing rounded, by the definition of the rows."""
    owed, accrued = Fraction(start.owed), Fraction(start.accrued, rows.denominator)
    for factor, drawn, extra, treatment, weight, stated in zip(*rows[:6], strict=True):
        accrued += (owed * factor + extra) / rows.denominator
        owed += drawn
        interest = Fraction(0)
        if treatment != CARRIED:
            interest, accrued = accrued, Fraction(0)
        if treatment == CAPITALIZED:
            owed, interest = owed + interest, Fraction(0)
        if weight:
            owed -= payment * weight / rows.weight_unit - interest
        elif stated is not None:
            owed -= stated - interest
    return owed


def test_payments_on_rows_that_carry_interest():
    draws = random.Random("carried")
    for _ in range(200):
        rows = rows_of(draws, draws.randrange(2, 7), 100)
        treatments = [draws.choice((DUE, CARRIED)) for _ in rows.factors]
        treatments[-1] = DUE
        rows = rows._replace(treatments=treatments)
        start = Opening(1_000_003, draws.choice((0, 77)))
        unpaid, grown, scale = exact_solution(start, rows, 500)
        exact = Fraction(unpaid, grown)
        assert left(start, rows, exact) == 500
        assert Fraction(unpaid, scale) == left(start, rows, Fraction(0)) - 500


def test_nothing_is_lent_by_a_payment_below_zero():
    cents = Rounding().quotient(2)
    rows = [(0, 0, 0, DUE, 100, 0), (0, 0, 0, DUE, -5, 0), (0, 7, 0, DUE, None, ALL)]
    plan = walk(Opening(100), rows, 1, cents)
    assert plan.principal == [100, 0, 7]
    assert plan.payment == [100, 0, 7]
    assert plan.closing == [0, 0, 0]
