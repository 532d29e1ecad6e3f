"""The residue in the first installment of loans that grow, or shrink, by much."""

from datetime import date
from fractions import Fraction

import pytest

from by_hand import half_up, level
from loanmath import InstallmentLoan, LevelPayment, Rate

YEARS = [date(2026 + year, 1, 15) for year in range(7)]


def plan(units, rate, count):
    return InstallmentLoan(
        currency="JPY",
        principal=units,
        disbursed=YEARS[0],
        every="yearly",
        rate=Rate(f"{rate}%/year"),
        repayment=LevelPayment(count, residue="first", shortfall="capitalize"),
    ).schedule()


def last_payment(owed, growth, payments):
    for payment in payments:
        owed += half_up(owed * growth) - payment
        if owed <= 0:
            return 0
    return owed + half_up(owed * growth)


@pytest.mark.parametrize("rate", [90, 333, 800])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_no_other_first_payment_brings_the_last_nearer(rate, count):
    # A yen more at first is many yen less at last, so the nearest is above or below.
    for units in range(200, 500, 61):
        growth = Fraction(rate, 100)
        payment = half_up(level(units, [growth] * count))
        interest = half_up(units * growth)
        others = [payment] * (count - 2)
        gaps = {
            first: last_payment(units, growth, [first, *others]) - payment
            for first in range(units + interest + 1)
        }
        nearest = min(map(abs, gaps.values()))
        # Of two that are equally near, the one that leaves more owed.
        best = next(first for first, gap in gaps.items() if abs(gap) == nearest)
        rows = plan(units, rate, count).rows()
        assert rows[0].payment == best, (units, rate, count)
        assert [row.payment for row in rows[1:-1]] == others
        assert rows[-1].payment == payment + gaps[best]
