"""The oracle itself, against figures worked out by hand or published."""

from datetime import date
from fractions import Fraction

import pytest

from oracle.planner import (
    Contract,
    RefusedError,
    Rule,
    annuity,
    days_30e,
    days_by_months,
    due_dates,
    first_closing_of,
    interest_spans,
    on_a_business_day,
    plan,
    round_to,
    shares,
    years_isda,
)

CENT = Fraction(1, 100)
LOAN = Contract(
    currency="CNY",
    principal=Fraction(1_000),
    disbursed=date(2025, 1, 15),
    method="level",
    count=3,
    rate=Fraction(12, 100),
)


def test_the_published_table_of_rounding_modes():
    """The table of `java.math.RoundingMode`, which the decimal specification shares."""
    inputs = ("5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5")
    table = {
        "up": (6, 3, 2, 2, 1, -1, -2, -2, -3, -6),
        "down": (5, 2, 1, 1, 1, -1, -1, -1, -2, -5),
        "ceiling": (6, 3, 2, 2, 1, -1, -1, -1, -2, -5),
        "floor": (5, 2, 1, 1, 1, -1, -2, -2, -3, -6),
        "half_up": (6, 3, 2, 1, 1, -1, -1, -2, -3, -6),
        "half_down": (5, 2, 2, 1, 1, -1, -1, -2, -2, -5),
        "half_even": (6, 2, 2, 1, 1, -1, -1, -2, -2, -6),
    }
    for mode, expected in table.items():
        got = tuple(round_to(Fraction(text), mode, Fraction(1)) for text in inputs)
        assert got == expected, mode


def test_rounding_to_a_coarser_unit():
    unit = Fraction(1, 20)
    assert round_to(Fraction("0.13"), "half_up", unit) == Fraction("0.15")
    assert round_to(Fraction("0.125"), "half_even", unit) == Fraction("0.10")
    assert round_to(Fraction("-0.01"), "floor", unit) == Fraction("-0.05")


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        # ISDA, EMU and market conventions (1999): 61 days in 2003, 121 in 2004.
        (date(2003, 11, 1), date(2004, 5, 1), Fraction(61, 365) + Fraction(121, 366)),
        (date(1999, 2, 1), date(1999, 7, 1), Fraction(150, 365)),
        (date(1999, 7, 1), date(2000, 7, 1), Fraction(184, 365) + Fraction(182, 366)),
        (date(2024, 2, 29), date(2024, 3, 1), Fraction(1, 366)),
    ],
)
def test_actual_actual_isda(start, end, years):
    assert years_isda(start, end) == years


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 28),
        (date(2026, 1, 30), date(2026, 3, 31), 60),
        (date(2024, 2, 29), date(2024, 3, 31), 31),
        (date(2026, 1, 1), date(2027, 1, 1), 360),
    ],
)
def test_thirty_e(start, end, days):
    assert days_30e(start, end) == days


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2025, 1, 15), date(2025, 2, 15), 30),
        (date(2025, 1, 15), date(2025, 2, 20), 35),
        (date(2025, 1, 31), date(2025, 2, 28), 30),
        (date(2025, 1, 15), date(2025, 2, 14), 30),
        (date(2025, 1, 15), date(2026, 1, 14), 360),
    ],
)
def test_whole_months_and_odd_days(start, end, days):
    """14 January to 14 February less a day: 30 odd days, just as a month counts."""
    assert days_by_months(start, end) == days


def test_due_dates_by_hand():
    loan = LOAN.but(disbursed=date(2023, 1, 31), count=4)
    assert due_dates(loan) == [
        date(2023, 2, 28),
        date(2023, 3, 31),
        date(2023, 4, 30),
        date(2023, 5, 31),
    ]
    loan = LOAN.but(disbursed=date(2023, 2, 28), count=2, end_of_month=True)
    assert due_dates(loan) == [date(2023, 3, 31), date(2023, 4, 30)]
    loan = LOAN.but(disbursed=date(2026, 1, 25), count=2, due_day=20)
    assert due_dates(loan) == [date(2026, 3, 20), date(2026, 4, 20)]
    loan = LOAN.but(first_due=date(2025, 1, 31), count=2)
    assert due_dates(loan) == [date(2025, 1, 31), date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("day", "rule", "moved"),
    [
        (date(2025, 5, 31), "following", date(2025, 6, 2)),
        (date(2025, 5, 31), "modified_following", date(2025, 5, 30)),
        (date(2025, 6, 1), "preceding", date(2025, 5, 30)),
        (date(2025, 6, 1), "modified_preceding", date(2025, 6, 2)),
        (date(2025, 6, 3), "following", date(2025, 6, 3)),
    ],
)
def test_business_days_by_hand(day, rule, moved):
    """31 May 2025 is a Saturday, 1 June a Sunday."""
    assert on_a_business_day(day, rule) == moved


def test_ends_of_a_loan_count_once():
    """90 days and a day more or less, wherever inner periods are cut."""
    for head_tail, days in (("head", 90), ("tail", 90), ("both", 91), ("neither", 89)):
        loan = LOAN.but(head_tail=head_tail)
        spans = interest_spans(loan)
        assert len(spans) == 3
        assert sum(span.days("ACT/365F") for span in spans) == days
        (whole,) = interest_spans(loan.but(method="single"))
        assert whole.days("ACT/365F") == days


def test_an_annuity_by_hand():
    half = Fraction(1, 2)
    assert annuity([half]) == Fraction(2, 3)
    assert annuity([half, half]) == Fraction(2, 3) + Fraction(4, 9)
    assert annuity([Fraction(0)] * 5) == 5
    loan = LOAN.but(rate=Fraction(-99, 100), method="single", count=12)
    assert plan(loan)[0].payment == 10
    with pytest.raises(RefusedError):
        plan(loan.but(count=13))


def test_shares_by_hand():
    rule = Rule("half_up", CENT)
    assert shares(Fraction("0.05"), 3, rule, "last") == [
        Fraction("0.02"),
        Fraction("0.02"),
        Fraction("0.01"),
    ]
    ceiling = Rule("ceiling", CENT)
    assert shares(CENT, 3, ceiling, "first") == [0, 0, CENT]


def test_a_level_loan_by_hand():
    """1,000 at 1 % over 3: 340.02, 340.02, and 340.03 that clears."""
    rows = plan(LOAN)
    assert [row.payment for row in rows] == [
        Fraction("340.02"),
        Fraction("340.02"),
        Fraction("340.03"),
    ]
    assert [row.interest for row in rows] == [10, Fraction("6.70"), Fraction("3.37")]
    assert rows[-1].closing == 0


def test_a_first_payment_that_takes_the_residue_by_hand():
    """A first payment of 340.03 leaves 669.97, which two of 340.02 clear."""
    loan = LOAN.but(residue="first")
    assert first_closing_of(loan) == Fraction("669.97")
    assert [row.payment for row in plan(loan)] == [
        Fraction("340.03"),
        Fraction("340.02"),
        Fraction("340.02"),
    ]


def test_a_shortfall_is_refused_or_joins_the_principal():
    """At 50 % a month a payment rounded down to whole hundreds loses ground."""
    loan = LOAN.but(
        rate=Fraction(1, 2),
        rate_per="month",
        payment_rule=Rule("down", Fraction(1_000)),
    )
    with pytest.raises(RefusedError):
        plan(loan)
    rows = plan(loan.but(shortfall="capitalize"))
    assert [row.principal for row in rows] == [-500, -750, 2_250]
    assert [row.payment for row in rows] == [0, 0, 3_375]
