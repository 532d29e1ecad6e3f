"""Balances and rates of the cycle of an open-end account, worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import Rate
from loanmath.analysis.disclosure import (
    ChargedTransaction,
    CycleBalance,
    balance_of_cycle,
    cycle_rate,
)
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)

FIRST, LAST = date(2026, 4, 1), date(2026, 4, 30)
BOUGHT = [(date(2026, 4, 11), "150"), (date(2026, 4, 21), "90")]
PAID = [(date(2026, 4, 16), "200")]


def balance(method, opening="300", **happened):
    usual = {"purchases": BOUGHT, "payments": PAID}
    return str(balance_of_cycle(method, opening, FIRST, LAST, **usual | happened))


# --- balances -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "amount"),
    [
        ("previous", "300.00"),
        ("adjusted", "100.00"),
        # 300.00 on 10 days, 450.00 on 5, 250.00 on 5, 340.00 on 10.
        ("average", "330.00"),
        # 300.00 on 15 days, 100.00 on 15.
        ("average_without_new", "200.00"),
        ("ending", "340.00"),
    ],
)
def test_five_methods(method, amount):
    assert balance(method) == amount


def test_a_balance_is_not_below_zero():
    # 100.00 on 15 days; from 16 April on, 100.00 too much was paid.
    assert balance("average_without_new", "100") == "50.00"
    assert balance("adjusted", "100") == "0.00"
    # What was paid too much goes to a later purchase: 0.00, then 50.00 on 10 days.
    bought = [(date(2026, 4, 21), "150")]
    assert balance("average", "100", purchases=bought) == "66.67"
    assert balance("ending", "100", purchases=bought) == "50.00"


def test_a_day_counts_from_its_own_event_on():
    first, last = date(2026, 4, 1), date(2026, 4, 1)
    bought = [(first, "1"), (first, "2")]
    one = balance_of_cycle("average", 0, first, last, purchases=bought)
    assert one == Decimal("3.00")
    yen = balance_of_cycle("average", 0, first, last, purchases=bought, currency="JPY")
    assert str(yen) == "3"


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"method": "daily"}, UnknownNameError, "average"),
        ({"opening": "-1"}, LimitError, "opening"),
        ({"opening": "0.001"}, CurrencyError, "opening"),
        ({"opening": 10**12}, LimitError, "opening"),
        ({"first": "2026"}, InputTypeError, "first"),
        ({"last": date(2026, 3, 31)}, DateRangeError, "last"),
        ({"last": date(2027, 4, 2)}, LimitError, "366 days"),
        ({"purchases": "1"}, InputTypeError, "purchases"),
        ({"purchases": [1]}, InputTypeError, "purchases"),
        ({"purchases": [(FIRST,)]}, InputTypeError, "purchases"),
        ({"purchases": [(FIRST, -1)]}, LimitError, "purchases"),
        ({"purchases": [(FIRST, 1)] * 10_001}, LimitError, "10,000"),
        ({"payments": [(date(2026, 5, 1), 1)]}, DateRangeError, "of the cycle"),
        ({"currency": "?"}, UnknownNameError, "ISO"),
    ],
)
def test_what_a_balance_is_not_of(change, error, text):
    usual = {"method": "average", "opening": "1", "first": FIRST, "last": LAST}
    with pytest.raises(error, match=text):
        balance_of_cycle(**usual | change)


# --- rates --------------------------------------------------------------------------


def test_periodic_rates_alone():
    found = cycle_rate([CycleBalance("100", "1.5%/month")])
    assert (found.rate, found.rule) == (Rate("18%/year"), "periodic")
    assert str(found) == "USD 1.50 on 100.00: 18.00% a year"
    # 18 % on a quarter and 24 % on the rest.
    both = cycle_rate(
        [CycleBalance("100", "1.5%/month"), CycleBalance("300", "2%/month")]
    )
    assert (both.rate, str(both.finance_charge)) == (Rate("22.5%/year"), "7.50")
    # Nothing is owed: the largest.
    free = cycle_rate([CycleBalance("0", "1.5%/month"), CycleBalance("0", "24%/year")])
    assert free.rate == Rate("24%/year")
    assert cycle_rate([]).rate == Rate("0%/year")


def test_a_daily_rate_has_365_days():
    found = cycle_rate([CycleBalance("1000", "0.05%/day")], days=30)
    assert (found.rate, str(found.finance_charge)) == (Rate("18.25%/year"), "15.00")
    with pytest.raises(TermsError, match="days"):
        cycle_rate([CycleBalance("1000", "0.05%/day")])
    with pytest.raises(LimitError, match="days"):
        cycle_rate([CycleBalance("1000", "0.05%/day")], days=367)


def test_another_charge_is_divided_by_the_balance():
    # 1.50 and 0.50 on 100.00, twelve times.
    found = cycle_rate([CycleBalance("100", "1.5%/month")], other_charges="0.50")
    assert (found.rate, found.rule) == (Rate("24%/year"), "quotient")
    with pytest.raises(TermsError, match="state the charge alone"):
        cycle_rate([CycleBalance("0", "1.5%/month")], other_charges="0.50")


def test_the_largest_periodic_rate_is_the_least():
    # 1.50 and 0.01 on 1,100.00 would be 1.65 % a year.
    found = cycle_rate(
        [CycleBalance("100", "1.5%/month")], [ChargedTransaction("1000", "0.01")]
    )
    assert (found.rate, found.rule) == (Rate("18%/year"), "largest periodic")
    assert cycle_rate([], [ChargedTransaction("100", "3")]).rate == Rate("36%/year")


def test_a_year_of_13_cycles():
    found = cycle_rate(
        [CycleBalance("130", "18%/year", transactions="100")],
        [ChargedTransaction("100", "3")],
        cycles_per_year=13,
    )
    # 1.80 and 3.00 on 130.00, 13 times.
    assert (found.rate, str(found.charged_on)) == (Rate("48%/year"), "130.00")


def test_percent_has_two_decimals():
    found = cycle_rate([], [ChargedTransaction("96", "1")])
    assert (found.rate, found.percent) == (Rate("12.5%/year"), Decimal("12.50"))
    assert cycle_rate([], [ChargedTransaction("7", "1")]).percent == Decimal("171.43")


def test_what_a_rate_is_not_of():
    one = CycleBalance("100", "1.5%/month")
    for balances, transactions, text in (
        ("1", (), "balances"),
        ([1], (), "CycleBalance"),
        ([one], "1", "transactions"),
        ([one], [one], "ChargedTransaction"),
    ):
        with pytest.raises(InputTypeError, match=text):
            cycle_rate(balances, transactions)
    with pytest.raises(LimitError, match="10,000"):
        cycle_rate([one] * 10_001)
    with pytest.raises(LimitError, match="cycles_per_year"):
        cycle_rate([one], cycles_per_year=0)
    with pytest.raises(LimitError, match="1,000,000"):
        cycle_rate([], [ChargedTransaction("0.01", "10")])
    within = CycleBalance("100", "1.5%/month", transactions="100")
    with pytest.raises(TermsError, match=r"at most what was charged for, 99\.00"):
        cycle_rate([within], [ChargedTransaction("99", "3")])
    for wrong in ("-1", "x"):
        with pytest.raises(ValueError, match="amount"):
            CycleBalance(wrong, "1%/month")
        with pytest.raises(ValueError, match="charge"):
            ChargedTransaction("1", wrong)
