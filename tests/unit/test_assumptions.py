"""The assumptions of European law, letter by letter."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import Rate
from loanmath.analysis.disclosure import (
    Assumption,
    FirstInterval,
    borrowing_rate,
    charges_at_intervals,
    drawn_at_once,
    drawn_within_limits,
    earliest_and_lowest,
    highest_rate,
    indexed_rate,
    open_end_in_full,
    open_end_monthly,
    overdraft,
    shortest_first_interval,
    with_interest,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    ScheduleError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets import eu
from loanmath.presets.facts import Fact
from loanmath.terms import Index
from loanmath.yields import EU_APRC, apr

START = date(2026, 1, 15)


def amounts(flows):
    return [f"{on} {amount:.2f}" for on, amount in flows]


# --- drawdown: (a), (b), (c) ------------------------------------------------------


def test_a_free_drawdown_is_all_at_once():
    assert amounts(drawn_at_once("1500", START)) == ["2026-01-15 -1500.00"]


def test_b_a_limit_in_cents_is_cut_and_the_rest_is_drawn_later():
    flows = drawn_within_limits("10.01", START, ["50%", "50%"], currency="EUR")
    assert amounts(flows) == ["2026-01-15 -5.00", "2026-03-15 -5.01"]


def test_b_without_limits_or_with_one_above_the_total_it_is_drawn_at_once():
    for limits in ([], ["100%"], ["250%"], ["99"]):
        flows = drawn_within_limits("99", START, limits, currency="JPY")
        assert [str(flow.amount) for flow in flows] == ["-99"]


@pytest.mark.parametrize(
    ("limits", "error"),
    [
        (["50%", "10%"], TermsError),
        ("10%", InputTypeError),
        ([0.5], InputTypeError),
        (["-1%"], LimitError),
    ],
)
def test_b_limits_that_are_refused(limits, error):
    with pytest.raises(error):
        drawn_within_limits("1500", START, limits, currency="EUR")


def test_c_and_i_the_highest_rate():
    assert highest_rate("4%/year", Rate("0.4%/month")) == Rate("0.4%/month")
    with pytest.raises(LimitError):
        highest_rate()
    with pytest.raises(InputValueError, match="days_in_year"):
        highest_rate("0.01%/day")


# --- duration and repayment: (d), (e) ---------------------------------------------


def test_d_an_overdraft_of_three_months():
    flows = overdraft("1500", START, "12%/year", months=eu.CCD_OVERDRAFT_MONTHS.value)
    assert amounts(flows) == ["2026-01-15 -1500.00", "2026-04-15 1545.00"]
    flows = overdraft("1500", START, "12%/year", months=4, every=3)
    assert amounts(flows)[1:] == ["2026-04-15 45.00", "2026-05-15 1515.00"]
    assert apr(overdraft("1500", START, "12%/year", months=12, every=1), EU_APRC).at(
        2
    ) == Decimal("12.68")


def test_e_capital_in_equal_payments_also_from_the_last_day_of_a_month():
    flows = open_end_monthly("1000", date(2026, 1, 31), "12%/year", months=3)
    # A month is a twelfth of a year, whatever its length; the last clears the balance.
    assert amounts(flows) == [
        "2026-01-31 -1000.00",
        "2026-02-28 343.33",
        "2026-03-31 340.00",
        "2026-04-30 336.67",
    ]
    assert sum(flow.amount for flow in flows) == Decimal("20.0000000001") - Decimal(
        "0.0000000001"
    )


def test_e_in_one_sum_each_period():
    flows = open_end_in_full("1000", START, "12%/year", months=12, every=9)
    assert [(on.month, round(amount)) for on, amount in flows] == [
        (1, -1000), (10, 1090), (10, -1000), (1, 1030)
    ]  # fmt: skip
    once = open_end_in_full("1000", START, "12%/year", months=12, every=12)
    assert amounts(once)[1:] == ["2027-01-15 1120.00"]
    monthly = open_end_in_full("1000", START, "12%/year", months=12, every=1)
    assert len(monthly) == 24
    assert apr(monthly, EU_APRC).at(2) == Decimal("12.68")


# --- dates and amounts: (f), (g) --------------------------------------------------


def test_f_the_shortest_interval():
    found = shortest_first_interval(date(2026, 1, 1), 10)
    assert found == FirstInterval(date(2026, 1, 9), date(2026, 1, 10), 1)
    # After the cut-off day a month is skipped: never nearer than by the cut-off.
    found = shortest_first_interval(date(2026, 1, 1), 5, cut_off=20)
    assert found == FirstInterval(date(2026, 2, 20), date(2026, 3, 5), 13)
    # The last day of the month counts for the next: 1 day from the 31st to the 1st.
    assert shortest_first_interval(date(2026, 1, 1), 1, cut_off=31).days == 1


def test_f_the_earliest_day_and_the_lowest_amount():
    flow = earliest_and_lowest([date(2026, 5, 1), date(2026, 4, 1)], ["60", 50])
    assert flow == (date(2026, 4, 1), 50)


@pytest.mark.parametrize(
    ("dates", "found", "error"),
    [
        ([], ["1"], LimitError),
        ([START], [], LimitError),
        (START, ["1"], InputTypeError),
        ([START], "1", InputTypeError),
        ([START], ["0"], LimitError),
        (["2026-01-15"], ["1"], InputTypeError),
    ],
)
def test_f_what_is_refused(dates, found, error):
    with pytest.raises(error):
        earliest_and_lowest(dates, found)


def test_g_interest_is_paid_with_capital():
    drawn = [(START, "1000"), (date(2026, 3, 15), "500")]
    capital = [(date(2026, 2, 15), "200"), (date(2026, 5, 15), "1")]
    flows = with_interest(drawn, capital, "12%/year")
    # 1,000 for a month, then 800 for one and 1,300 for two; the last clears 1,300.
    assert amounts(flows) == [
        "2026-01-15 -1000.00",
        "2026-02-15 210.00",
        "2026-03-15 -500.00",
        "2026-05-15 1334.00",
    ]


def test_g_days_count_as_the_annual_rate_counts_them():
    # 45 days, one payment: days over those of the year, as SWD(2012)128 has it.
    flows = with_interest([(START, "365")], [(date(2026, 3, 1), "1")], "10%/year")
    assert flows[1].amount == Decimal("369.5")
    assert Fraction(45, 365) * Fraction("36.5") == Fraction("4.5")


@pytest.mark.parametrize(
    ("drawn", "capital"),
    [
        ([(START, "1000")], [(date(2026, 2, 15), "1100"), (date(2026, 3, 15), "1")]),
        ([(START, "1000")], [(START, "1000")]),
        ([(START, "1000")], [(date(2026, 1, 1), "1"), (date(2026, 3, 15), "1")]),
        ([], [(START, "1000")]),
        ([(START, "1000")], []),
        ([(START, "1000")], [(date(2026, 2, 15), "1000"), (date(2026, 3, 15), "1")]),
    ],
)
def test_g_capital_that_was_not_drawn(drawn, capital):
    with pytest.raises(ScheduleError):
        with_interest(drawn, capital, "12%/year")


def test_g_charges_at_intervals():
    days = [date(2026, 3, 15), date(2026, 2, 15)]
    assert amounts(charges_at_intervals("10.01", days, currency="EUR")) == [
        "2026-02-15 5.00",
        "2026-03-15 5.01",
    ]
    assert amounts(charges_at_intervals("0.01", days, currency="EUR")) == [
        "2026-03-15 0.01"
    ]
    with pytest.raises(LimitError):
        charges_at_intervals("10", [], currency="EUR")
    with pytest.raises(LimitError):
        charges_at_intervals("0", days, currency="EUR")


# --- rates: (i), (j) --------------------------------------------------------------


@pytest.mark.parametrize("others", [["d"], [Assumption.A, "i"], ("h", "j")])
def test_i_beside_another_assumption_the_higher_rate_holds(others):
    found = borrowing_rate("3%/year", "5%/year", START, others=others)
    assert found == Rate("5%/year")


@pytest.mark.parametrize("others", [[], ["j"], ["i", "j"]])
def test_j_alone_the_path_is_as_agreed(others):
    found = borrowing_rate("3%/year", "5%/year", START, others=others)
    assert found.changes == ((START, Rate("5%/year")),)


def test_j_an_index_on_the_day_of_calculation():
    index = Index("index", {date(2026, 1, 2): "2.1%", date(2026, 2, 2): "9%"})
    assert indexed_rate(index, "-0.1%", START) == Rate("2%/year")
    with pytest.raises(DateRangeError):
        indexed_rate(index, "1%", date(2025, 1, 1))
    with pytest.raises(InputTypeError):
        indexed_rate("2.1%", "1%", START)


@pytest.mark.parametrize(
    ("others", "error"),
    [("e", InputTypeError), (None, InputTypeError), (["k"], UnknownNameError)],
)
def test_letters_that_are_refused(others, error):
    with pytest.raises(error):
        borrowing_rate("3%/year", "5%/year", START, others=others)


# --- the constants ----------------------------------------------------------------


def test_the_constants_are_facts_and_say_what_is_recalled():
    facts = {name: getattr(eu, name) for name in eu.__all__}
    assert all(type(fact) is Fact and fact.recalled for fact in facts.values())
    assert {fact.in_force.year for fact in facts.values()} == {
        2013, 2016, 2021, 2026,
    }  # fmt: skip
    assert eu.MCD_UNKNOWN_PROPERTY_LIMIT.value == 170_000
    assert eu.MCD_OPEN_END_PROPERTY_MONTHS.value == 20 * 12
