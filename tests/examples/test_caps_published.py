"""Published examples of ceilings and tolerances, each with its source."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import present_value
from loanmath.analysis.caps import CreditCost, applicable_caps, check_cap
from loanmath.analysis.caps.limits import rate_on
from loanmath.analysis.tolerances import check_tolerance
from loanmath.presets import rate_caps, tolerances
from loanmath.recurrence import add_months
from loanmath.yields import US_REG_Z, apr

DAY = date(2026, 1, 1)


def held(amount, days):
    return [(DAY, amount), (DAY + timedelta(days), 0)]


# uk-cap-1: press coverage of FCA CP14/10, high confidence. The handbook of high-cost
# credit says 72.00 of 300 for 30 days (regulation summary of the price cap, seen).
@pytest.mark.parametrize(("credit", "most"), [("100", "24.00"), ("300", "72.00")])
def test_the_initial_cost_cap_of_the_united_kingdom(credit, most):
    judge = rate_caps.UK_INITIAL_COST.value
    for charged, within in (
        (most, True),
        (str(Decimal(most) + Decimal("0.01")), False),
    ):
        cost = CreditCost(
            currency="GBP", outstanding=held(credit, 30), interest=charged
        )
        check = check_cap(cost, judge)
        assert (str(check.allowed), check.within) == (most, within)


# The other two limits of the same cap: default fees of 15 pounds, and a total of 100 %.
def test_the_other_caps_of_the_united_kingdom():
    cost = CreditCost(
        currency="GBP", outstanding=held("100", 30), interest="86", default_fee="15"
    )
    assert check_cap(cost, rate_caps.UK_DEFAULT_FEES.value).within
    assert check_cap(cost, rate_caps.UK_TOTAL_COST.value).answer == "outside by 1.00"


# CN-102: tellerreport.com, 2020-08-20 (Supreme People's Court), and reportify.ai on the
# guideline for micro-loan companies of December 2025; high confidence.
@pytest.mark.parametrize(
    ("judge", "signed", "percent"),
    [
        (rate_caps.PRIVATE_4_LPR, date(2020, 8, 20), "15.40"),
        (rate_caps.MICRO_LOANS_4_LPR, date(2025, 12, 31), "12.00"),
    ],
)
def test_four_times_the_lpr(judge, signed, percent):
    rate = rate_on(judge.value.limit.rate, signed)
    assert rate.value * 100 == Fraction(percent)


# Japan, seen: 500,000 yen late for 30 days at 20 % a year is 8,219 yen.
def test_damages_for_delay_in_japan():
    (judge,) = (
        cap
        for cap in applicable_caps(
            rate_caps.JAPAN,
            jurisdiction="JP",
            lender="lender",
            signed=DAY,
            amount="500000",
        )
        if cap.rule == "delay in Japan"
    )
    late = held("500000", 30)
    cost = CreditCost(
        currency="JPY", outstanding=late, overdue=late, default_interest="8219"
    )
    check = check_cap(cost, judge)
    assert (str(check.allowed), check.within) == ("8219", True)


# us-tol-1: documentation of a commercial loan calculation engine, medium confidence.
def test_a_disclosed_apr_on_the_edge():
    start = date(2022, 3, 16)
    flows = [(start, "-10000")]
    flows += [(add_months(start, month), "322.67") for month in range(1, 37)]
    rate = apr(flows, US_REG_Z)
    assert rate.at(3) == Decimal("10.000")
    rule = tolerances.us_apr_tolerance(flows)
    check = check_tolerance("10.125", rate.percent, rule)
    assert (check.within, check.on_the_edge) == (True, True)
    assert check.difference == Decimal("0.125")
    assert check_tolerance("10.126", rate.percent, rule).answer == "outside by 0.001"
    payments = ["0"] + ["322.67"] * 36
    worth = present_value(payments, Fraction(10, 1200), digits=3)
    assert worth == Decimal("9999.942")


# The band of a disclosed APR in the United Kingdom, seen: +1 and -0.1 points.
@pytest.mark.parametrize(
    ("disclosed", "answer"),
    [
        ("10.7", "within"),
        ("9.6", "within"),
        ("10.8", "outside by 0.1"),
        ("9.5", "outside by 0.1"),
    ],
)
def test_the_band_of_a_disclosed_apr(disclosed, answer):
    # uk-apr-1: 5,000 repaid by three yearly payments of 2,000 is 9.7 %.
    rule = tolerances.UK_APR.value
    assert check_tolerance(disclosed, "9.7", rule).answer == answer


# Indonesia, seen: 0.3 % a day in 2024, and at most the principal in all.
@pytest.mark.parametrize(
    ("signed", "most"),
    [
        (date(2024, 6, 1), "90000.00"),
        (date(2025, 6, 1), "60000.00"),
        (date(2026, 6, 1), "30000.00"),
    ],
)
def test_the_daily_cap_of_indonesia(signed, most):
    daily, _, total = applicable_caps(
        rate_caps.INDONESIA,
        jurisdiction="ID",
        lender="online_consumptive",
        signed=signed,
        amount="1000000",
    )
    cost = CreditCost(
        currency="IDR", outstanding=held("1000000", 30), interest="1000000.01"
    )
    assert str(check_cap(cost, daily).allowed) == most
    assert check_cap(cost, total).answer == "outside by 0.01"
