"""The total annual loan cost of a reverse mortgage, worked by hand."""

from decimal import Decimal

import pytest

from loanmath.analysis.disclosure import ReverseMortgage, total_annual_loan_cost
from loanmath.errors import InputTypeError, InputValueError, LimitError, TermsError


def home(**terms):
    usual = {"rate": "1%/month", "value": "5000", "lump_sum": "1000"}
    return ReverseMortgage(**usual | terms)


def test_a_lump_sum_alone():
    found = total_annual_loan_cost(home(), 1)
    # 1.01^12 = 1.12682503.
    assert (str(found.owed), str(found.repaid)) == ("1126.83", "1126.83")
    assert str(found.advances_owed) == "0.00"
    # 1.12683 over 12 months is a trace above 1 % a month.
    assert found.rate.shown == Decimal("12.00")
    assert str(found) == "12.00% a year over 1 years: USD 1,126.83 repaid"


def test_advances_at_the_start_of_each_month():
    terms = home(lump_sum=0, monthly_advance="100")
    # 1.01 * (1.01^12 - 1) / 0.01 = 12.80932804.
    found = total_annual_loan_cost(terms, 1)
    assert str(found.advances_owed) == str(found.owed) == "1280.93"
    free = total_annual_loan_cost(home(rate="0%/year", monthly_advance="100"), 1)
    assert (str(free.owed), free.rate.shown) == ("2200.00", Decimal("0.00"))


def test_costs_are_owed_and_no_advance():
    found = total_annual_loan_cost(home(costs="100", rate="0%/year"), 1)
    assert str(found.closing_owed) == "1100.00"
    # 1.1^(1/12) = 1.00797414, twelve times.
    assert found.rate.shown == Decimal("9.57")


def test_no_more_is_repaid_than_the_house_brings():
    found = total_annual_loan_cost(home(value="1200"), 2, appreciation="-10%")
    # 1,200.00 * 0.81, less 7 %.
    assert (str(found.value), str(found.selling_costs)) == ("972.00", "68.04")
    assert str(found.repaid) == "903.96"
    assert found.rate.shown < 0
    assert total_annual_loan_cost(
        home(value="1200", selling_costs="0%"), 2, appreciation="-10%"
    ).repaid == Decimal("972.00")


def test_what_is_refused():
    with pytest.raises(TermsError, match="an amount advanced"):
        home(lump_sum=0)
    with pytest.raises(TermsError, match="per month or year"):
        home(rate="0.05%/day")
    with pytest.raises(LimitError, match="zero or above"):
        home(rate="-1%/year")
    for wrong in (
        {"value": 0},
        {"costs": "-1"},
        {"monthly_advance": "-1"},
        {"selling_costs": "101%"},
        {"currency": "?"},
    ):
        with pytest.raises(InputValueError):
            home(**wrong)
    with pytest.raises(InputTypeError, match="ReverseMortgage"):
        total_annual_loan_cost("home", 1)
    for years in (0, 101):
        with pytest.raises(LimitError, match="years"):
            total_annual_loan_cost(home(), years)
    with pytest.raises(LimitError, match="appreciation"):
        total_annual_loan_cost(home(), 1, appreciation="-51%")
    with pytest.raises(LimitError, match="lump_sum"):
        total_annual_loan_cost(home(lump_sum=10**12), 1)
