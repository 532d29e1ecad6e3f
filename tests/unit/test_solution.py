"""The arithmetic of general plans against fractions: walks, solutions, shares."""

import random
from fractions import Fraction

import pytest

from by_hand import level, walked
from loanmath.arithmetic import (
    ALL,
    CAPITALIZED,
    CARRIED,
    DUE,
    Opening,
    PaymentRows,
    level_installment,
    solved_payment,
    spread,
    walk,
)
from loanmath.arithmetic import solution as solution_module
from loanmath.arithmetic.solution import exact_solution
from loanmath.rounding import RoundingMode, divider

HALF_UP = divider(RoundingMode.HALF_UP)
MODES = [divider(mode) for mode in RoundingMode]
NAMES = {DUE: "due", CARRIED: "carry", CAPITALIZED: "capitalize"}


# Walks.


def test_a_walk_carries_capitalizes_and_clears():
    rows = [
        (10, 0, 0, CARRIED, None, 0),
        (10, 500, 300, CARRIED, None, 0),
        (10, 0, 0, CAPITALIZED, None, 100),
        (10, 0, 0, DUE, 600, 0),
        (10, 0, 0, DUE, None, ALL),
    ]
    found = walk(Opening(1_000), rows, 1_000, HALF_UP)
    # 10 + 10.3 on 1000, then 15 on 1500: 35.3 join in the third row.
    assert found.capitalized == [0, 0, 35, 0, 0]
    assert found.opening == [1_000, 1_000, 1_500, 1_435, 849]
    assert found.interest == [0, 0, 0, 14, 8]
    assert found.principal == [0, 0, 100, 586, 849]
    assert found.payment == [0, 0, 100, 600, 857]
    assert found.closing == [1_000, 1_500, 1_435, 849, 0]
    assert found.end == Opening(0, 0)


def test_a_walk_starts_from_interest_that_has_accrued():
    found = walk(Opening(100, 55), [(1, 0, 0, DUE, None, 0)], 100, HALF_UP)
    assert found.interest == [2]
    carried = walk(Opening(100, 55), [(1, 0, 0, CARRIED, None, 40)], 100, HALF_UP)
    assert carried.end == Opening(60, 155)
    assert carried.payment == [40]


def test_a_payment_below_the_interest_makes_the_balance_grow():
    found = walk(Opening(100), [(1, 0, 0, DUE, 0, 0)], 10, HALF_UP)
    assert (found.principal, found.closing) == ([-10], [110])


@pytest.mark.parametrize("seed", range(60))
def test_walks_equal_fractions(seed):
    pick = random.Random(seed)
    count, unit = pick.randint(1, 9), pick.choice((12, 365, 36_500))
    factors = [pick.randint(-2, 20) for _ in range(count)]
    rules = [pick.choice((DUE, DUE, CARRIED, CAPITALIZED)) for _ in range(count)]
    payments = [pick.choice((None, 0, 900, 10_000)) for _ in range(count)]
    for index, rule in enumerate(rules):
        if rule != DUE:
            payments[index] = None
    owed = pick.choice((1, 1_000, 5_000))
    rows = [
        (factor, 0, 0, rule, payment, 0)
        for factor, rule, payment in zip(factors, rules, payments, strict=True)
    ]
    found = walk(Opening(owed), rows, unit, HALF_UP)
    growths = [Fraction(factor, unit) for factor in factors]
    expected = walked(owed, growths, payments, interest=[NAMES[rule] for rule in rules])
    columns = (found.payment, found.principal, found.interest)
    assert [tuple(row) for row in expected] == list(
        zip(*columns, found.capitalized, found.closing, strict=True)
    )


# Solutions.


def ended(start, rows, payment):
    """The unrounded balance after the last row, paying so much where it is paid."""
    owed, accrued = Fraction(start.owed), Fraction(start.accrued, rows.denominator)
    for factor, drawn, extra, rule, weight, stated in zip(*rows[:6], strict=True):
        accrued += owed * Fraction(factor, rows.denominator)
        accrued += Fraction(extra, rows.denominator)
        owed += drawn
        if rule == CARRIED:
            continue
        paid = payment * Fraction(weight, rows.weight_unit) + (stated or 0)
        if rule == CAPITALIZED or weight or stated is not None:
            owed += accrued - paid
        accrued = Fraction(0)
    return owed


def solved(start, rows, balloon):
    unpaid = ended(start, rows, 0)
    return (unpaid - balloon) / (unpaid - ended(start, rows, 1))


def drawn_rows(pick):
    count, unit = pick.choice((1, 2, 3, 12, 30)), pick.choice((100, 1_200, 36_500))
    least = pick.choice((0, 0, 0, -5))
    factors = [pick.randint(least, 30) for _ in range(count)]
    rules, weights, stated, drawn, extra = [], [], [], [], []
    grows = pick.random() < 0.5
    shapes = ("paid", "paid", "paid", "rest", "carry", "join", "stated")
    for _ in range(count - 1):
        shape = pick.choice(shapes) if grows else "paid"
        rules.append({"carry": CARRIED, "join": CAPITALIZED}.get(shape, DUE))
        weights.append(pick.choice((1, 1, 2, 3)) if shape == "paid" else 0)
        stated.append(pick.choice((0, 500)) if shape == "stated" else None)
        draws = pick.random() < 0.2
        drawn.append(1_000 * draws)
        extra.append(pick.randint(0, 9_000) * draws)
    rules.append(DUE)
    weights.append(1)
    stated.append(None)
    drawn.append(0)
    extra.append(0)
    return PaymentRows(
        factors, drawn, extra, rules, weights, stated, unit, pick.choice((1, 1, 2, 7))
    )


@pytest.mark.parametrize("seed", range(300))
def test_a_solved_payment_is_the_rounded_exact_solution(seed):
    pick = random.Random(seed)
    rows = drawn_rows(pick)
    start = Opening(pick.choice((1, 999, 10**6, 10**13)), pick.choice((0, 0, 0, 777)))
    balloon = pick.choice((0, 0, 1, start.owed // 3, start.owed))
    exact = solved(start, rows, balloon)
    unpaid, grown, scale = exact_solution(start, rows, balloon)
    assert Fraction(unpaid, grown) == exact
    assert Fraction(unpaid, scale) == ended(start, rows, 0) - balloon
    for rounded in MODES:
        expected = rounded(exact.numerator, exact.denominator)
        assert solved_payment(start, rows, balloon, rounded) == expected


def test_most_payments_are_decided_by_the_filter(monkeypatch):
    asked = []

    def exact(start, rows, balloon):
        asked.append(rows)
        return exact_solution(start, rows, balloon)

    monkeypatch.setattr(solution_module, "exact_solution", exact)
    factors, drawn = [28, 31, 30] * 10, [0, 500, 0] * 10
    rows = PaymentRows(
        factors, drawn, [0] * 30, [DUE] * 30, [1] * 30, [None] * 30, 36_500
    )
    solved_payment(Opening(10**6), rows, 10_000, HALF_UP)
    assert not asked
    # An exact tie, a negative start, and interest that has accrued are worked out.
    ties = rows._replace(factors=[0] * 30, drawn=[15, *[0] * 29])
    assert solved_payment(Opening(30), ties, 0, HALF_UP) == 2
    assert solved_payment(Opening(30), ties, 0, divider(RoundingMode.HALF_EVEN)) == 2
    assert solved_payment(Opening(60), ties, 0, divider(RoundingMode.HALF_EVEN)) == 2
    assert solved_payment(Opening(60), ties, 0, HALF_UP) == 3
    assert len(asked) == 4
    assert solved_payment(Opening(0), ties, 45, HALF_UP) == -1
    assert solved_payment(Opening(60, 36_500 * 15), ties, 0, HALF_UP) == 3
    assert len(asked) == 6


@pytest.mark.parametrize("count", [2, 4, 24, 30])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_solutions_aimed_at_ties(count, more):
    # Doubled once and drawn on in the second row: the payment is half a unit off.
    factors = [1] + [0] * (count - 1)
    drawn = [0, count] + [0] * (count - 2)
    rows = PaymentRows(
        factors, drawn, [0] * count, [DUE] * count, [1] * count, [None] * count, 1
    )
    for owed in (5 * count // 4, 10**9 * count, 3 * count):
        start = Opening(owed + more)
        exact = solved(start, rows, 0)
        for rounded in MODES:
            expected = rounded(exact.numerator, exact.denominator)
            assert solved_payment(start, rows, 0, rounded) == expected


@pytest.mark.parametrize("count", [1, 23, 24, 25, 61])
@pytest.mark.parametrize("shape", ["equal", "odd first", "unequal", "none", "negative"])
@pytest.mark.parametrize("balloon", [0, 1, 12_345])
def test_level_payments_beside_a_balloon(count, shape, balloon):
    factors = {
        "equal": [10] * count,
        "odd first": [17] + [10] * (count - 1),
        "unequal": [10 + 3 * (index % 4) for index in range(count)],
        "none": [5] + [0] * (count - 1),
        "negative": [-1] * count,
    }[shape]
    for owed in (12_345, 99_999, 10**13):
        growths = [Fraction(factor, 1_000) for factor in factors]
        exact = level(owed, growths, balloon)
        for rounded in MODES:
            expected = rounded(exact.numerator, exact.denominator)
            found = level_installment(owed, factors, 1_000, rounded, balloon)
            assert found == expected


def test_a_balloon_of_all_in_a_long_loan_pays_interest():
    # The filter cannot tell this from a payment below zero at a rate of zero.
    assert level_installment(500, [0] * 30, 1, HALF_UP, 500) == 0
    assert level_installment(500, [10] * 30, 1_000, HALF_UP, 500) == 5
    assert level_installment(500, [10] * 30, 1_000, HALF_UP, 800) < 0


# Shares.


@pytest.mark.parametrize("unit", [1, 5, 100])
def test_spread_shares_differ_by_a_unit(unit):
    for total in (0, 1, 99, 100, 10_001, 10_050, 12_345):
        for count in (1, 2, 3, 7, 12):
            parts = spread(total, count, unit)
            assert sum(parts) == total
            assert len(parts) == count
            below = total % unit
            whole = [*parts[:-1], parts[-1] - below]
            assert all(part % unit == 0 for part in whole)
            assert whole == sorted(whole, reverse=True)
            assert whole[0] - whole[-1] in (0, unit)
