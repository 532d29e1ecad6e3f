import random
from fractions import Fraction
from itertools import product

import pytest

from by_hand import half_up, level
from loanmath.arithmetic import (
    CARRIED,
    DUE,
    Growing,
    Opening,
    PaymentRows,
    amortize_payments,
    amortize_principals,
    annuity,
    distribute,
    earned_digits,
    exact_solution,
    level_installment,
    pay_down,
    pay_down_in_pieces,
    solved_payment,
    unearned_digits,
)
from loanmath.rounding import Rounding, RoundingMode, divider

HALF_UP = divider(RoundingMode.HALF_UP)
HALF_EVEN = divider(RoundingMode.HALF_EVEN)
CEILING = divider(RoundingMode.CEILING)
DOWN = divider(RoundingMode.DOWN)


@pytest.mark.parametrize(
    ("factors", "denominator", "value"),
    [
        ([0], 1, Fraction(1)),
        ([0] * 5, 7, Fraction(5)),
        ([1], 100, Fraction(100, 101)),
        ([1, 1], 100, Fraction(100, 101) + Fraction(100, 101) ** 2),
        ([1, 3], 100, Fraction(100, 101) + Fraction(100, 101) * Fraction(100, 103)),
        ([0, 1], 1, Fraction(1) + Fraction(1, 2)),
        ([-1, -1], 2, Fraction(2) + Fraction(4)),
        ([-1, 0, 1], 2, Fraction(2) + 2 + 2 * Fraction(2, 3)),
    ],
)
def test_annuity_is_exact(factors, denominator, value):
    numerator, divisor = annuity(factors, denominator)
    assert Fraction(numerator, divisor) == value
    assert numerator > 0
    assert divisor > 0


@pytest.mark.parametrize(
    ("principal", "count", "payments"),
    [
        # 0.5 % a period: exact ties at 1.005, 202.505, 40602.505 (theorem T6 ties).
        (100, 1, {HALF_UP: 101, HALF_EVEN: 100, CEILING: 101, DOWN: 100}),
        (
            40_100,
            2,
            {HALF_UP: 20_201, HALF_EVEN: 20_200, CEILING: 20_201, DOWN: 20_200},
        ),
    ],
)
def test_exact_ties_of_the_level_payment(principal, count, payments):
    for rounded, payment in payments.items():
        assert level_installment(principal, [1] * count, 200, rounded) == payment


def test_level_payments():
    assert level_installment(1_000_000, [1] * 12, 100, HALF_UP) == 88_849
    assert level_installment(58_000_000, [578] * 300, 120_000, HALF_UP) == 365_934
    assert level_installment(100, [0] * 3, 1, HALF_UP) == 33
    assert level_installment(100, [0] * 3, 1, CEILING) == 34
    assert level_installment(1, [-1], 1_000_000, HALF_EVEN) == 1
    assert level_installment(1_000_000, [-5] * 12, 12_000, HALF_UP) == 83_108


@pytest.mark.parametrize("count", [23, 24, 25, 60])
@pytest.mark.parametrize("extra", [0, 1])
def test_the_filter_agrees_with_the_exact_quotient(count, extra):
    factors = [28 + (k * 7) % 4 for k in range(count - 1)] + [28 + extra]
    for principal in (1, 99, 123_456_789, 10**13):
        for rounded in (HALF_UP, HALF_EVEN, CEILING, DOWN):
            value, growth = annuity(factors, 36_500)
            exact = rounded(principal * growth, value)
            assert level_installment(principal, factors, 36_500, rounded) == exact


def test_an_exact_tie_of_unequal_periods_passes_through_the_filter():
    # A first period that doubles the debt, then 23 without interest: the annuity is 12.
    factors = [1] + [0] * 23
    ties = {6: (1, 0), 18: (2, 2), 30: (3, 2), 12 * 10**11 + 6: (10**11 + 1, 10**11)}
    for principal, (up, even) in ties.items():
        assert level_installment(principal, factors, 1, HALF_UP) == up
        assert level_installment(principal, factors, 1, HALF_EVEN) == even


def test_the_enclosure_holds_the_annuity_on_both_sides():
    # A payment so large that a bound on the wrong side of the annuity would round it up:
    # the exact quotient lies just below a half, the one by the lower bound just above.
    factors = [28 + k % 4 for k in range(30)]
    value, growth = annuity(factors, 36_500)
    scaled = 0
    for factor in reversed(factors):
        scaled = ((1 << 128) + scaled) * 36_500 // (36_500 + factor)
    below = 1 << 127
    principal = -(-(2 * below + 1) * scaled // (1 << 129))
    exact = Fraction(principal * growth, value)
    assert below < exact < Fraction(2 * below + 1, 2)
    assert Fraction(principal << 128, scaled) >= Fraction(2 * below + 1, 2)
    assert level_installment(principal, factors, 36_500, HALF_UP) == below
    assert level_installment(principal, factors, 36_500, HALF_EVEN) == below


@pytest.mark.parametrize(
    ("total", "count", "share", "last"),
    [
        (10_000, 3, 3_333, [3_333, 3_333, 3_334]),
        (10_000, 4, 2_500, [2_500] * 4),
        (7, 12, 1, [1] * 7 + [0] * 5),
        (1, 3, 0, [0, 0, 1]),
        (0, 2, 0, [0, 0]),
        (5, 1, 9, [5]),
        (20, 3, 7, [7, 7, 6]),
        (10, 3, 5, [5, 5, 0]),
        (10, 3, 6, [6, 4, 0]),
    ],
)
def test_distribute(total, count, share, last):
    assert distribute(total, count, share, first=False) == last
    assert distribute(total, count, share, first=True) == last[::-1]


def test_amortize_payments():
    plan = amortize_payments(100_000, [50_751] * 2, [1, 1], 100, HALF_UP)
    assert plan.opening == [100_000, 50_249]
    assert plan.payment == [50_751, 50_751]
    assert plan.principal == [49_751, 50_249]
    assert plan.interest == [1_000, 502]
    assert plan.closing == [50_249, 0]


def test_the_last_payment_takes_what_is_left():
    plan = amortize_payments(100, [33] * 3, [0, 0, 0], 1, HALF_UP)
    assert plan.payment == plan.principal == [33, 33, 34]
    assert amortize_payments(100, [33] * 1, [1], 10, HALF_UP).payment == [110]
    assert amortize_payments(100, [150] * 1, [1], 10, HALF_UP).payment == [110]


def test_a_payment_never_exceeds_what_is_owed():
    plan = amortize_payments(100, [60] * 4, [1, 1, 1, 1], 10, HALF_UP)
    assert plan.opening == [100, 50, 0, 0]
    assert plan.payment == [60, 55, 0, 0]
    assert plan.principal == [50, 50, 0, 0]
    assert plan.interest == [10, 5, 0, 0]
    assert plan.closing == [50, 0, 0, 0]


def test_paid_off_exactly_before_the_end():
    plan = amortize_payments(100, [50] * 4, [0, 0, 0, 0], 1, HALF_UP)
    assert plan.payment == [50, 50, 0, 0]
    assert plan.closing == [50, 0, 0, 0]


def test_a_payment_below_interest_lets_the_balance_grow():
    plan = amortize_payments(100, [5] * 2, [1, 1], 10, HALF_UP)
    assert plan.principal == [-5, 105]
    assert plan.opening == [100, 105]
    assert plan.payment == [5, 116]


def test_amortize_principals():
    plan = amortize_principals(300, [100, 0, 200], [1, 1, 2], 10, HALF_UP)
    assert plan.opening == [300, 200, 200]
    assert plan.interest == [30, 20, 40]
    assert plan.payment == [130, 20, 240]
    assert plan.principal == [100, 0, 200]
    assert plan.closing == [200, 200, 0]


def test_a_coarser_unit_rounds_interest_too():
    to_five = Rounding("half_up", unit="0.05").quotient(2)
    assert amortize_payments(1_000, [505] * 2, [1, 1], 100, to_five).interest == [10, 5]


@pytest.mark.parametrize("factors", [[0] * 3, [5] * 3, [-5] * 3, [5, 0, 7], [-5, 1, 1]])
@pytest.mark.parametrize("balloon", [0, 1, 49_999, 100_000])
def test_a_balloon_is_worth_less_by_the_growth_of_all_periods(factors, balloon):
    growths = [Fraction(factor, 100) for factor in factors]
    payment = half_up(level(100_000, growths, balloon))
    assert level_installment(100_000, factors, 100, HALF_UP, balloon) == payment


# Interest that is rounded for a part of a period.


def test_pieces_are_rounded_alone_and_come_so_often():
    # A day of 1,004 at a thousandth is 1.004, of 979 is 0.979: each is rounded to 1.
    pieces = [(1, 31), (1, 28)]
    plan = pay_down_in_pieces(1_004, [56, 30], pieces, 1_000, HALF_UP)
    assert plan.interest == [31, 28]
    assert plan.principal == [25, 2]
    assert plan.closing == [979, 977]


def test_pieces_of_a_period_need_not_be_those_of_another():
    # Three days of 2, then one of 4 of what is left, 96.
    plan = pay_down_in_pieces(100, [10, 4], [(2, 3), (4, 1)], 100, HALF_UP)
    assert plan.interest == [6, 4]
    assert plan.closing == [96, 96]


def test_pieces_that_are_one_are_a_period():
    for payments in ([30, 30, 30], [60, 60, 60], [60, 55, 60], [110, 1, 1], [5, 5, 5]):
        plan = pay_down(100, payments, [1, 2, 1], 10, HALF_UP)
        pieces = [(1, 1), (2, 1), (1, 1)]
        assert pay_down_in_pieces(100, payments, pieces, 10, HALF_UP) == plan


def test_pieces_as_many_as_payments():
    with pytest.raises(ValueError, match="longer|shorter"):
        pay_down_in_pieces(100, [1, 1], [(1, 1)], 10, HALF_UP)


# What is left where payments stop before the end, and the last payment alone.


def test_payments_that_stop_before_the_end_leave_a_balance():
    # A tenth of 100, of 80 and of 58 is due with payments of 30.
    plan = pay_down(100, [30, 30, 30], [1] * 3, 10, HALF_UP)
    assert plan.interest == [10, 8, 6]
    assert plan.principal == [20, 22, 24]
    assert plan.closing == [80, 58, 34]
    cleared = amortize_payments(100, [30, 30, 30], [1] * 3, 10, HALF_UP)
    assert cleared.payment == [30, 30, 64]
    assert cleared.closing == [80, 58, 0]


def test_payments_that_repay_early_do_not_pay_the_excess():
    plan = pay_down(100, [60, 60, 60], [1] * 3, 10, HALF_UP)
    assert plan.payment == [60, 55, 0]
    assert plan.closing == [50, 0, 0]
    exact = pay_down(100, [60, 55, 60], [1] * 3, 10, HALF_UP)
    assert exact == plan


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("factors", [[1, 1, 1], [1, 0, 2], [0, 0, 0], [3, 7, 7]])
def test_what_equal_payments_leave_is_what_the_columns_leave(mode, factors):
    rounded = divider(mode)
    growing = Growing.of(factors, 10, rounded)
    for owed, payment in product((1, 5, 100, 117), (-3, 0, 1, 33, 44, 60, 200)):
        plan = amortize_payments(owed, [payment] * 3, factors, 10, rounded)
        assert growing.last_of(owed, payment) == plan.payment[-1]
        assert growing.owed_after(owed, payment, stop=2) == plan.closing[1]
        assert growing.last_of(plan.closing[0], payment, first=1) == plan.payment[-1]


def test_a_shrinking_balance_leaves_less():
    # A tenth off 95 is 9.5, which is 10, as is what it is rounded from below.
    growing = Growing.of([-1, -1], 10, HALF_UP)
    assert growing.added is None
    assert growing.owed_after(95, 5, stop=1) == 80
    assert growing.last_of(95, 5) == 72


@pytest.mark.parametrize("mode", ["half_up", "up", "down", "floor", "ceiling"])
@pytest.mark.parametrize("factors", [[1, 1, 1], [1, 0, 2], [0, 0, 0], [3, 7, 7]])
def test_a_unit_less_than_the_least_balance_leaves_less(mode, factors):
    growing = Growing.of(factors, 10, divider(RoundingMode(mode)))
    for last, payment in product(range(1, 40), (0, 1, 20)):
        least = growing.least_owed(last, payment)
        assert growing.last_of(least, payment) >= last
        assert least == 1 or growing.last_of(least - 1, payment) < last


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("factors", [[1, 1, 1], [1, 0, 2], [3, 7, 7]])
def test_a_path_is_what_the_columns_open_with(mode, factors):
    rounded = divider(mode)
    growing = Growing.of(factors, 10, rounded)
    for owed, payment in product((1, 5, 100, 117), (0, 1, 33, 60, 200)):
        plan = pay_down(owed, [payment] * 3, factors, 10, rounded)
        assert growing.path(owed, payment) == plan.opening


@pytest.mark.parametrize("mode", ["half_up", "up", "down", "floor", "ceiling"])
@pytest.mark.parametrize("factors", [[1, 1, 1], [1, 0, 2], [3, 7, 7]])
def test_from_one_period_on_enough_is_left_and_from_the_next_not(mode, factors):
    growing = Growing.of(factors, 10, divider(RoundingMode(mode)))
    for last, owed, payment in product(range(1, 60), (50, 100), (0, 20, 33)):
        path = growing.path(owed, payment + 9)
        enough = [
            path[first] > 0 and growing.last_of(path[first], payment, first) >= last
            for first in range(3)
        ]
        found = growing.last_leaving(last, path, payment)
        assert found == sum(enough) - 1
        assert enough == sorted(enough, reverse=True)


def test_half_even_is_near_where_half_up_is():
    growing = Growing.of([1, 1], 100, HALF_EVEN)
    path = growing.path(10_000, 5_076)
    assert growing.last_leaving(5_075, path, 5_075) == 0
    assert growing.least_owed(5_075, 5_075) == 10_000
    # A hundredth of 50 is half a unit: 51 are left, where half-even leaves 50.
    once = Growing.of([1], 100, HALF_EVEN)
    assert once.last_leaving(51, [50], 0) == 0
    assert once.least_owed(51, 0) == 50
    assert once.last_of(50, 0) == 50


# The sum of the digits.


def test_digits_that_are_earned_are_those_that_are_no_longer_unearned():
    for count in (1, 2, 12, 60):
        earned, every = earned_digits(count)
        assert earned[0] == 0
        assert earned[-1] == every == count * (count + 1) // 2
        for after, some in enumerate(earned):
            unearned = Fraction(*unearned_digits(count, count - after))
            assert Fraction(some, every) == 1 - unearned


# Equal rows as one entry.


def by_row(rows):
    """The same rows with an entry for each."""

    def each(column):
        return [
            value
            for value, count in zip(column, rows.lengths, strict=True)
            for _ in range(count)
        ]

    columns = {name: each(getattr(rows, name)) for name in rows._fields[:6]}
    return rows._replace(lengths=None, **columns)


def test_equal_rows_as_one_entry_by_hand():
    # 100 grows to 121, payments of one to 2.1.
    rows = PaymentRows([1], [0], [0], [DUE], [1], [None], 10, lengths=[2])
    assert solved_payment(Opening(100), rows, 0, HALF_UP) == 58
    unpaid, grown, scale = exact_solution(Opening(100), rows, 0)
    assert Fraction(unpaid, scale) == 121
    assert Fraction(grown, scale) == Fraction(21, 10)


@pytest.mark.parametrize("seed", range(60))
def test_equal_rows_as_one_entry_are_what_they_stand_for(seed):
    pick = random.Random(seed)
    unit = pick.choice((1, 7, 10**9))
    lengths = [pick.choice((1, 2, 7, 8, 40)) for _ in range(pick.choice((1, 2, 5)))]
    count = len(lengths)
    weights = [pick.choice((0, unit, unit + 1)) for _ in lengths]
    weights[-1] = unit
    stated = [None if weight else pick.choice((None, 0, 70)) for weight in weights]
    drawn = [pick.choice((0, 0, 500)) * (length == 1) for length in lengths]
    rows = PaymentRows(
        [pick.choice((0, 3, 3, 50)) for _ in lengths],
        drawn,
        [2 * amount for amount in drawn],
        [DUE] * count,
        weights,
        stated,
        1_200,
        unit,
        lengths,
    )
    start, balloon = Opening(pick.choice((1_000_003, 10**13))), pick.choice((0, 900))
    unpaid, grown, scale = exact_solution(start, rows, balloon)
    assert exact_solution(start, by_row(rows), balloon) == (unpaid, grown, scale)
    for rounded in (HALF_UP, HALF_EVEN, CEILING, DOWN):
        payment = rounded(unpaid, grown)
        assert solved_payment(start, rows, balloon, rounded) == payment
        assert solved_payment(start, by_row(rows), balloon, rounded) == payment


@pytest.mark.parametrize("seed", range(40))
def test_equal_rows_that_carry_interest_are_what_they_stand_for(seed):
    pick = random.Random(seed)
    lengths = [pick.choice((1, 2, 5)) for _ in range(3)]
    rows = PaymentRows(
        [pick.choice((-2, 0, 3, 50)) for _ in lengths],
        [0] * 3,
        [0] * 3,
        [pick.choice((CARRIED, DUE)) for _ in lengths],
        [pick.choice((0, 7)), pick.choice((0, 8)), 7],
        [pick.choice((None, 0, 70)), None, None],
        1_200,
        7,
        lengths,
    )
    start, balloon = Opening(1_000_003, pick.choice((0, 777))), pick.choice((0, 900))
    assert exact_solution(start, rows, balloon) == exact_solution(
        start, by_row(rows), balloon
    )
