"""Where residues go, against every other place that they could have gone."""

import random
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

import by_hand
from loanmath import (
    Drawdown,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    LevelPayment,
    Rate,
    Rounding,
    SinglePayment,
)
from loanmath.calendars import WEEKENDS
from loanmath.daycount import day_count
from told import LOANS, loan
from unit.test_explained_plans import DATES, evaluated

MODES = ("half_up", "half_even", "up", "down")


def half_up(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def last_payment(owed, factor, payments, rounded=half_up):
    """What the last payment is if the others are these: interest rounded to cents."""
    for payment in payments:
        owed += rounded(owed * factor) - payment
        if owed <= 0:
            return 0
    return owed + rounded(owed * factor)


def draws(name):
    pick = random.Random(name)
    for _ in range(60):
        yield pick.randrange(50, 20_000), pick.randrange(2, 7), pick.randrange(0, 80)


def planned(units, count, rate, **terms):
    return InstallmentLoan(
        currency="CNY",
        principal=f"{units // 100}.{units % 100:02d}",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate(f"{rate}‰/month"),
        repayment=LevelPayment(count, **terms),
    )


def cents(schedule):
    return [int(100 * row.payment) for row in schedule]


def level_of(units, count, factor, rounded=half_up):
    discount, annuity = Fraction(1), Fraction(0)
    for _ in range(count):
        discount /= 1 + factor
        annuity += discount
    return rounded(units / annuity)


def test_the_first_payment_brings_the_last_nearest_to_the_level():
    for units, count, rate in draws("first"):
        factor = Fraction(rate, 1000)
        level = level_of(units, count, factor)
        most = units + half_up(units * factor)
        gaps = {
            first: last_payment(units, factor, [first, *[level] * (count - 2)]) - level
            for first in range(half_up(units * factor), most + 1)
        }
        best = min(gaps.values(), key=abs)
        first, *_, last = cents(planned(units, count, rate, residue="first").schedule())
        assert abs(last - level) == abs(best)
        # Of two that are equally near, the one that leaves more owed.
        nearest = min(abs(gap) for gap in gaps.values())
        assert gaps[first] == max(gap for gap in gaps.values() if abs(gap) == nearest)


@pytest.mark.parametrize("balloon", [None, "0.50"])
def test_a_detailed_first_payment_does_so_too(balloon):
    for units, count, rate in draws("detailed"):
        factor, kept = Fraction(rate, 1000), 50 if balloon else 0
        terms = {"residue": "first"} | ({"balloon": balloon} if balloon else {})
        # A fee of nothing makes the plan a detailed one.
        found = planned(units, count, rate, **terms)
        found = InstallmentLoan(
            currency="CNY",
            principal=found.principal,
            disbursed=found.disbursed,
            every="monthly",
            rate=found.rate,
            repayment=found.repayment,
            fees=[Fee("none", "0", due="installments")],
        )
        discount = 1 / (1 + factor) ** count
        level = half_up(
            (units - kept * discount)
            / sum(1 / (1 + factor) ** k for k in range(1, count + 1))
        )
        first, *_, last = cents(found.schedule())
        gaps = [
            last_payment(units, factor, [other, *[level] * (count - 2)]) - kept - level
            for other in range(first - 3, first + 4)
            if other >= half_up(units * factor)
        ]
        assert abs(last - kept - level) == min(map(abs, gaps))


@pytest.mark.parametrize("balloon", [0, 50])
def test_as_many_payments_are_one_more_as_bring_the_last_nearest(balloon):
    for units, count, rate in draws("spread"):
        factor = Fraction(rate, 1000)
        discount = 1 / (1 + factor) ** count
        annuity = sum(1 / (1 + factor) ** k for k in range(1, count + 1))
        level = int((units - balloon * discount) / annuity)
        gaps = [
            last_payment(
                units, factor, ([level + 1] * more + [level] * count)[: count - 1]
            )
            - balloon
            - level
            for more in range(count)
        ]
        terms = {"balloon": "0.50"} if balloon else {}
        if units < balloon:
            continue
        *others, last = cents(
            planned(units, count, rate, residue="spread", **terms).schedule()
        )
        assert abs(last - balloon - level) == min(map(abs, gaps))
        assert others == sorted(others, reverse=True)
        assert set(others) <= {level, level + 1}


@pytest.mark.parametrize("searched", [False, True])
def test_the_fewest_of_many_payments_are_one_more(searched, monkeypatch):
    # Where two paths meet is right, and a search from there finds the same.
    if searched:
        name = "loanmath.schedule.spread_residue._Raised.is_exact"
        monkeypatch.setattr(name, False)
    pick = random.Random("many")
    for _ in range(60):
        units = pick.choice([pick.randrange(500, 5_000), pick.randrange(10**6)])
        count, rate = pick.randrange(25, 70), pick.randrange(0, 60)
        factor = Fraction(rate, 1000)
        level = level_of(units, count, factor, int)
        gaps = [
            abs(
                last_payment(
                    units, factor, ([level + 1] * more + [level] * count)[: count - 1]
                )
                - level
            )
            for more in range(count)
        ]
        *others, _ = cents(planned(units, count, rate, residue="spread").schedule())
        assert others.count(level + 1) == gaps.index(min(gaps))


@pytest.mark.parametrize(
    ("rounding", "unit", "rounded"),
    [
        (Rounding("half_even"), 1, round),
        (Rounding("half_up", unit="0.05"), 5, lambda value: 5 * half_up(value / 5)),
    ],
)
def test_the_fewest_payments_are_more_where_no_one_division_rounds(
    rounding, unit, rounded
):
    # Where the paths meet is a guess then.
    pick = random.Random("no one division")
    for _ in range(60):
        units = unit * pick.choice([pick.randrange(50, 2_000), pick.randrange(10**6)])
        count, rate = pick.randrange(2, 50), pick.randrange(0, 90)
        factor = Fraction(rate, 1000)
        level = unit * level_of(Fraction(units, unit), count, factor, int)
        raised = [[level + unit] * more + [level] * count for more in range(count)]
        gaps = [
            abs(last_payment(units, factor, payments[: count - 1], rounded) - level)
            for payments in raised
        ]
        agreed = evolve(
            planned(units, count, rate, residue="spread"), rounding=rounding
        )
        *others, _ = cents(agreed.schedule())
        assert others.count(level + unit) == gaps.index(min(gaps))


def test_the_fewest_payments_are_more_where_every_day_is_rounded():
    # Interest of a day in whole cents, times 31, 28, 31, 30, 31, and 30 days.
    pick, spans = random.Random("every day"), [31, 28, 31, 30, 31, 30]
    for _ in range(60):
        units, count = pick.randrange(200, 2_000), pick.randrange(3, 7)
        daily = Fraction(pick.randrange(1, 40), 10_000)
        days = spans[:count]
        discount, annuity = Fraction(1), Fraction(0)
        for span in days:
            discount /= 1 + daily * span
            annuity += discount
        level = int(units / annuity)
        gaps = []
        for more in range(count):
            owed = units
            payments = ([level + 1] * more + [level] * count)[: count - 1]
            for span, payment in zip(days[:-1], payments, strict=True):
                owed = max(0, owed + half_up(owed * daily) * span - payment)
            gaps.append(abs(owed + half_up(owed * daily) * days[-1] - level))
        agreed = evolve(
            planned(units, count, 0, residue="spread"),
            rate=Rate(f"{float(daily):.4%}/day"),
            interest_rounded="day",
        )
        *others, _ = cents(agreed.schedule())
        assert others.count(level + 1) == gaps.index(min(gaps))


def test_a_level_of_nothing_spreads_what_there_is():
    # Of two cents over three payments each is 0.67, or 0.00 rounded down: one cent twice.
    assert cents(planned(2, 3, 0, residue="spread").schedule()) == [1, 1, 0]


def test_the_fewest_payments_are_one_more_where_a_balance_shrinks():
    for units, count, rate in draws("below"):
        factor = Fraction(-rate, 1000)
        level = level_of(units, count, factor, int)
        gaps = []
        for more in range(count):
            owed = units
            for payment in ([level + 1] * more + [level] * count)[: count - 1]:
                owed = max(0, owed + by_hand.half_up(owed * factor) - payment)
            gaps.append(abs(owed + by_hand.half_up(owed * factor) - level))
        *others, _ = cents(planned(units, count, -rate, residue="spread").schedule())
        assert others.count(level + 1) == gaps.index(min(gaps))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("balloon", [0, 50])
def test_a_second_pass_moves_the_level_if_that_is_nearer(mode, balloon):
    moved = 0
    for units, count, rate in draws(f"second {mode}"):
        factor, rule = Fraction(rate, 1000), Rounding(mode).quotient(2)
        annuity = sum(1 / (1 + factor) ** k for k in range(1, count + 1))
        exact = (units - balloon / (1 + factor) ** count) / annuity
        level = rule(exact.numerator, exact.denominator)
        gap = last_payment(units, factor, [level] * (count - 1)) - balloon - level
        expected = level
        if abs(gap) > count // 2:
            other = level + rule(gap, count)
            again = last_payment(units, factor, [other] * (count - 1)) - balloon - other
            expected = other if abs(again) < abs(gap) else level
        moved += expected != level
        terms = {"balloon": "0.50"} if balloon else {}
        found = planned(
            units, count, rate, residue="second_pass", rounding=mode, **terms
        )
        assert cents(found.schedule())[0] == min(
            expected, units + half_up(units * factor)
        )
    assert moved or mode in ("half_up", "half_even")


@pytest.mark.parametrize("name", LOANS)
def test_the_formulas_of_every_kind_of_loan_give_its_cells(name):
    terms = loan(**LOANS[name])
    schedule = terms.schedule()
    for row in schedule:
        for column, cell in row._asdict().items():
            if column in DATES:
                continue
            told = schedule.explain(row.number, column)
            value = evaluated(told.formula, told.inputs, terms.digits)
            assert value == Fraction(cell), str(told)


def interest_of(disbursed, **terms):
    words = {
        "currency": "CNY",
        "principal": "1000000",
        "disbursed": disbursed,
        "every": "monthly",
        "rate": Rate("36%/year"),
        "repayment": EqualPrincipal(2),
    }
    return [row.interest for row in InstallmentLoan(**(words | terms)).schedule()]


def test_a_day_count_is_told_what_it_asks_for():
    # The last of February is the 30th, but not where the loan ends on it.
    isda = interest_of(date(2026, 1, 28), day_count="30E/360 ISDA")
    assert [str(amount) for amount in isda] == ["32000.00", "14000.00"]
    ends = interest_of(
        date(2026, 1, 31),
        day_count="30E/360 ISDA",
        end_of_month=True,
        repayment=SinglePayment(1),
    )
    assert [str(amount) for amount in ends] == ["28000.00"]
    business = interest_of(
        date(2026, 1, 15), day_count=day_count("BUS/252", calendar=WEEKENDS)
    )
    assert business[0] == round(Fraction(36_000_000 * 22, 100 * 252), 2)
    # Of 31 days from a month end to the next, each is worth 1/12 of a year over 31.
    regular = interest_of(
        date(2026, 2, 28), day_count="ACT/ACT ICMA", end_of_month=True
    )
    assert [str(amount) for amount in regular] == ["30000.00", "15000.00"]


def test_cash_flows_come_by_date_and_paid_out_ones_first():
    found = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("0%/year"),
        day_count="ACT/365F",
        repayment=EqualPrincipal(3),
        drawdowns=[
            Drawdown(date(2026, 2, 15), "500"),
            Drawdown(date(2026, 2, 1), "0.01"),
        ],
    )
    assert [
        (flow.on.isoformat()[5:], str(flow.amount))
        for flow in found.schedule().cash_flows()
    ] == [
        ("01-15", "-1000.00"),
        ("02-01", "-0.01"),
        ("02-15", "-500.00"),
        ("02-15", "333.34"),
        ("03-15", "583.34"),
        ("04-15", "583.33"),
    ]
