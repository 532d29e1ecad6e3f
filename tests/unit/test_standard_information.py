"""Standard information, representative examples and running-account figures."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import FlatFee, InstallmentLoan, InterestOnly, LevelPayment, Rate
from loanmath.analysis.disclosure import (
    DatedCharges,
    EqualInstallments,
    ThirdPartyCost,
    representative_example,
    running_account_summary,
    shown_percent,
    standard_information,
)
from loanmath.errors import InputTypeError, InputValueError, LimitError
from loanmath.presets import uk
from loanmath.schedule.printed import Printed
from loanmath.terms import Drawdown, Fee, FloatingRate, Index, SteppedRate
from loanmath.yields import EU_2014_17, UK_APR

START = date(2026, 1, 15)


def loan(**terms):
    usual = {
        "currency": "EUR",
        "principal": "1000",
        "disbursed": START,
        "every": "monthly",
        "rate": Rate("12%/year"),
        "repayment": LevelPayment(12),
    }
    return InstallmentLoan(**{**usual, **terms})


def test_credit_cost_and_what_is_payable():
    told = standard_information(
        loan(
            fees=[
                Fee("file", "20", paid="deducted"),
                Fee("account", "1", due="installments"),
            ]
        ),
        others=[
            ThirdPartyCost(DatedCharges("broker", [(START, "15")]), payee="Broker")
        ],
    )
    assert (told.credit, told.cost) == (Decimal("980.00"), Decimal("113.19"))
    assert told.payable == told.credit + told.cost
    assert told.drawdowns == ((START, 980),)
    assert told.every == "every month"
    assert told.shown == told.aprc.at(1)


def test_the_annual_rate_by_an_independent_bisection():
    told = standard_information(
        loan(repayment=InterestOnly(12), fees=[Fee("file", "20", paid="deducted")]),
        decimals=4,
    )
    low, high = Fraction(0), Fraction(1)
    for _ in range(60):
        monthly = (low + high) / 2
        worth = sum(10 / (1 + monthly) ** month for month in range(1, 13))
        worth += 1000 / (1 + monthly) ** 12 - 980
        low, high = (monthly, high) if worth > 0 else (low, monthly)
    assert round(100 * ((1 + low) ** 12 - 1), 4) == Fraction(told.shown)


def test_it_prints_as_a_table():
    text = str(standard_information(loan())).splitlines()
    assert text[0] == "Standard information on consumer credit"
    assert text[-1].split() == ["Annual", "percentage", "rate", "(APR,", "%)", "12.7"]


def test_equal_installments_are_told_together():
    told = standard_information(loan(repayment=InterestOnly(3)))
    assert told.installments == (
        EqualInstallments(2, Decimal("10.00"), date(2026, 2, 15), date(2026, 3, 15)),
        EqualInstallments(1, Decimal("1010.00"), date(2026, 4, 15), date(2026, 4, 15)),
    )


def test_several_drawdowns_and_no_rate():
    drawn = loan(day_count="30/360", drawdowns=[Drawdown(date(2026, 2, 15), "500")])
    told = standard_information(drawn)
    assert told.credit == 1500
    assert dict(told.lines())["Drawdown"] == (
        "EUR 1,000.00 on 2026-01-15, EUR 500.00 on 2026-02-15"
    )
    flat = standard_information(loan(rate=None, repayment=FlatFee(2, "6%")))
    assert flat.borrowing_rate == "none"


def test_a_separate_fee_on_the_day_counts_as_one_that_is_withheld():
    rates = {
        standard_information(loan(fees=[Fee("file", "20", paid=paid)])).aprc.value
        for paid in ("deducted", "separately")
    }
    assert len(rates) == 1


def test_the_convention_and_its_decimals():
    told = standard_information(loan(), convention=EU_2014_17, decimals=2)
    assert (told.aprc.convention, str(told.shown)) == (EU_2014_17, "12.68")
    assert dict(told.lines())["Annual percentage rate (APR, %)"] == "12.68"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"loan": None}, InputTypeError),
        ({"convention": "eu"}, InputTypeError),
        ({"decimals": 0}, LimitError),
        ({"decimals": "1"}, InputTypeError),
        ({"others": None}, InputTypeError),
    ],
)
def test_what_is_refused(given, error):
    with pytest.raises(error):
        standard_information(**{"loan": loan(), **given})


def test_a_percentage_is_rounded_half_up_and_filled():
    assert str(shown_percent("12", 2)) == "12.00"
    assert str(shown_percent(Decimal("0.05"), 1)) == "0.1"
    assert str(shown_percent("12.3", 1)) == "12.3"
    with pytest.raises(InputTypeError):
        shown_percent(3.055, 1)
    with pytest.raises(InputValueError):
        shown_percent("12%", 1)
    with pytest.raises(LimitError):
        shown_percent("12", 9)


# --- the United Kingdom -----------------------------------------------------------


def test_a_representative_example_says_whether_the_rate_is_fixed():
    stepped = SteppedRate(Rate("12%/year"), {date(2026, 7, 15): Rate("6%/year")})
    floating = FloatingRate(
        Index("base rate", {date(2025, 1, 20): "4%"}),
        "3%",
        resets="yearly",
        first_reset=date(2027, 1, 15),
    )
    for rate, words in (
        (Rate("12%/year"), "12%/year, fixed"),
        (stepped, "12%/year, 6%/year from 2026-07-15, fixed in steps"),
        (floating, "base rate + 3%, variable"),
    ):
        example = representative_example(loan(rate=rate, currency="GBP"))
        assert f"{words}\n" in str(example)
    assert example.information.aprc.convention is UK_APR
    assert str(example).endswith("% APR")
    assert "<table" in example.to_html()
    assert example._repr_html_() == example.to_html()
    assert "| What | Disclosed |" in example.to_markdown()
    assert example.to_csv().startswith("What,Disclosed\nAmount of credit,")


def card(**given):
    usual = {
        "limit": uk.RUNNING_ACCOUNT_LIMIT.value,
        "start": START,
        "rate": "18%/year",
        "months": uk.RUNNING_ACCOUNT_INSTALLMENTS.value,
        "currency": "GBP",
    }
    return running_account_summary(**{**usual, **given})


def test_a_card_with_a_yearly_charge_by_an_independent_bisection():
    summary = card(charges=[(START, "30")])
    # Capital of 100 a month, 1.5 % of what was owed.
    paid = [100 + (1200 - 100 * month) * Fraction("0.015") for month in range(12)]
    low, high = Fraction(0), Fraction(1)
    for _ in range(60):
        monthly = (low + high) / 2
        worth = sum(
            amount / (1 + monthly) ** (month + 1) for month, amount in enumerate(paid)
        )
        low, high = (monthly, high) if worth > 1170 else (low, monthly)
    exact = 100 * ((1 + low) ** 12 - 1)
    assert round(exact, 1) == Fraction(summary.apr.shown)
    assert abs(exact - Fraction(summary.apr.percent)) < Fraction(1, 10**5)
    assert summary.cost == sum(paid) - 1200 + 30 == 147


def test_a_card_that_is_repaid_in_equal_payments():
    summary = card(equal="payment", rate="1.5%/month", charges=[(START, "30")])
    # A level payment of 110.0159914... twelve times.
    assert summary.cost == Decimal("150.19")
    assert summary.apr.shown != card(charges=[(START, "30")]).apr.shown
    assert "Other charges             GBP 30.00" in str(summary)


def test_a_secured_line():
    limit = uk.RUNNING_ACCOUNT_SECURED_LIMIT.value
    assert str(card(limit=limit).limit) == "1500.00"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"limit": "0"}, LimitError),
        ({"limit": "1.005"}, InputValueError),
        ({"rate": "0.05%/day"}, InputValueError),
        ({"months": 0}, LimitError),
        ({"equal": "both"}, InputValueError),
        ({"charges": "30"}, InputTypeError),
        ({"currency": "gbp"}, InputValueError),
        ({"start": "2026-01-15"}, InputTypeError),
    ],
)
def test_cards_that_are_refused(given, error):
    with pytest.raises(error):
        card(**given)


def test_what_prints_says_which_tables():
    with pytest.raises(NotImplementedError):
        str(Printed())
