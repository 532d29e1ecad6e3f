"""
Costs that somebody else printed, from the terms of the loan to what is disclosed.

Each test names the case, its source and how sure it is. Where a figure is printed as
cut, not rounded, the test cuts.
"""

from datetime import date
from decimal import ROUND_DOWN, Decimal

import pytest

from loanmath import FlatFee, InstallmentLoan, LevelPayment, Rate, Rounding
from loanmath.analysis.disclosure import (
    borrowing_rate,
    cost_sheet,
    drawn_within_limits,
    indexed_rate,
    key_facts,
    representative_example,
    shortest_first_interval,
    shown_percent,
    standard_information,
)
from loanmath.presets import eu
from loanmath.terms import AddOnInterest, Fee, Index
from loanmath.yields import HK_APR, IN_KFS, SG_EIR, apr

START = date(2026, 1, 15)


def loan(principal, repayment, **terms):
    usual = {"currency": "CNY", "disbursed": START, "every": "monthly"}
    return InstallmentLoan(
        **{**usual, "principal": principal, "repayment": repayment, **terms}
    )


# --- China ------------------------------------------------------------------------


def test_the_example_of_announcement_2021_3():
    """
    CN-001 (high): 100,000 with a fee of 1,000 up front and twelve payments of 8,833.3.

    The announcement prints 12.80 % simple and 13.58 % that it calls internal rate of
    return, which is the effective rate.
    """
    fee = Fee("handling", "1000", paid="deducted")
    sheet = cost_sheet(loan("100000", FlatFee(12, "6%"), fees=[fee]), lender="Bank")
    assert str(sheet.simple.shown) == "12.80"
    assert str(sheet.effective.shown) == "13.58"


@pytest.mark.parametrize(
    ("count", "fee", "percent"),
    [(3, "2.3%", "13.7"), (6, "4.5%", "15.3"), (12, "7.5%", "13.6")],
)
def test_the_rate_beside_a_huabei_like_plan(count, fee, percent):
    """CN-002 (high): pages of 2022-01-06, simple, to one decimal."""
    plan = loan("10000", FlatFee(count, fee), rounding=Rounding.unrounded(8))
    assert cost_sheet(plan, lender="Platform").simple.at(1) == Decimal(percent)


def test_a_monthly_fee_of_a_card():
    """CN-003 (medium): 10,000 in twelve at 0.6 % a month; 13.03 %, compounded 13.84 %."""
    plan = loan("10000", FlatFee(12, "0.6%", fee_for="installment"))
    sheet = cost_sheet(plan, lender="Bank")
    assert (str(sheet.cost), str(sheet.simple.shown)) == ("720.00", "13.03")
    assert str(sheet.effective.shown) == "13.84"
    assert plan.schedule()[0].payment == Decimal("893.33")


# --- India, Hong Kong, Singapore --------------------------------------------------


def test_the_key_facts_illustration():
    """
    in-kfs-1 (memory): 20,000 at 15 % for 24 months, fees of 240 and 160: 17.07 %.

    24 installments of 970 would give 17.10 %, but the last of a plan takes the residue.
    """
    terms = loan(
        "20000",
        LevelPayment(24, rounding=Rounding("half_up", unit="1")),
        currency="INR",
        rate=Rate("15%/year"),
        fees=[Fee("processing", "240", paid="deducted"), Fee("insurance", "160")],
    )
    facts = key_facts(terms, lender="Bank")
    assert str(facts.apr.shown) == "17.07"
    assert facts.net_disbursed == 19_600
    assert (round(facts.installment), round(facts.interest)) == (970, 3274)
    rounded = key_facts(terms, lender="Bank", rounded=True)
    assert (rounded.installment, str(rounded.apr.shown)) == (970, "17.07")
    assert str(apr([-19_600] + [970] * 24, IN_KFS, every="monthly").shown) == "17.10"


def test_a_flat_rate_with_a_monthly_fee_in_hong_kong():
    """hk-dbs (medium): 0.18 % a month flat and 62.50 a month: 985.83, 7.04 %."""
    terms = loan(
        "50000",
        AddOnInterest(60),
        currency="HKD",
        rate=Rate("0.18%/month"),
        fees=[Fee("handling", "62.50", due="installments")],
    )
    schedule = terms.schedule()
    assert schedule[0].payment == Decimal("985.83")
    assert str(apr(schedule, HK_APR).at(2)) == "7.04"


@pytest.mark.parametrize(
    ("count", "installment", "plain", "with_fee"),
    [
        (12, "865.00", "6.94", "8.83"),
        (24, "448.33", "7.13", "8.12"),
        (36, "309.44", "7.14", "7.82"),
        (48, "240.00", "7.11", "7.63"),
        (60, "198.33", "7.06", "7.49"),
    ],
)
def test_a_flat_rate_and_its_effective_rate_in_singapore(
    count, installment, plain, with_fee
):
    """
    sg-ocbc (medium): 3.80 % flat, 1 % fee withheld; printed figures are cut.

    With the fee the bank prints 8.82 for 12 months, one digit below the exact rate.
    """

    def cut(fees):
        terms = loan(
            "10000",
            AddOnInterest(count),
            currency="SGD",
            rate=Rate("3.8%/year"),
            fees=fees,
            rounding=Rounding.unrounded(8),
        )
        schedule = terms.schedule()
        assert round(schedule[-2].payment, 2) == Decimal(installment)
        percent = apr(schedule, SG_EIR).percent
        return str(percent.quantize(Decimal("0.01"), rounding=ROUND_DOWN))

    found = [cut([]), cut([Fee("processing", "1%", paid="deducted")])]
    assert found == [plain, with_fee]


# --- European Union ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "decimals", "shown"),
    [
        ("3.055", 1, "3.1"),
        ("3.055", 2, "3.06"),
        ("3.054", 1, "3.1"),
        ("3.054", 2, "3.05"),
    ],
)
def test_how_the_annual_rate_is_shown(percent, decimals, shown):
    """eu-round (high): SWD(2012)128, 4.1.2."""
    assert str(shown_percent(percent, decimals)) == shown


@pytest.mark.parametrize(
    "limits", [["0%", "10%", "50%"], ["0%", "10%", "50%", "100%"], [0, 150, "750"]]
)
def test_drawdowns_within_limits(limits):
    """eu-ass-b (high): SWD(2012)128, 4.2.1: 150, 600, 750 at the start of months 2-4."""
    flows = drawn_within_limits(
        eu.CCD_UNKNOWN_LIMIT.value, date(2026, 1, 1), limits, currency="EUR"
    )
    assert [(on.month, -amount) for on, amount in flows] == [
        (2, 150),
        (3, 600),
        (4, 750),
    ]


def test_the_rate_of_open_end_credit_with_a_fixed_start():
    """eu-ass-ij2 (high): 4 % for two years, then 2.1 % + 1 %; open-end: 4 % counts."""
    later = indexed_rate(Index("index", {date(2026, 1, 2): "2.1%"}), "1%", START)
    changed = date(2028, 1, 15)
    assert borrowing_rate("4%/year", later, changed, others=["e"]) == Rate("4%/year")
    path = borrowing_rate("4%/year", later, changed, others=["j"])
    assert path.initial == Rate("4%/year")
    assert path.changes == ((changed, Rate("3.1%/year")),)
    higher = borrowing_rate("4%/year", "5%/year", changed, others=["h"])
    assert higher == Rate("5%/year")


def test_the_shortest_time_to_the_first_payment():
    """eu-ass-f (high): SWD(2012)128, 4.2.5: 1 day, and 14 days with a cut-off day."""
    since = date(2013, 1, 1)
    assert shortest_first_interval(since, 1).days == 1
    assert shortest_first_interval(since, 1, cut_off=15).days == 14


def test_a_charge_up_front_and_one_that_is_spread():
    """
    COM(2005)483, Annex II (eu-c05-2 high): 6,000 in 48 payments of 149.31, 9.380593.

    With 60 withheld the proposal's example prints 9.954966 (memory).
    """

    def told(fees):
        terms = loan(
            "6000",
            LevelPayment(48),
            currency="EUR",
            rate=Rate("9%/year"),
            rounding=Rounding.unrounded(8),
            fees=fees,
        )
        return standard_information(terms)

    # The payment is 149.310254 unrounded, so that the last printed digits differ.
    assert told([]).shown == Decimal("9.4")
    assert told([]).aprc.at(3) == Decimal("9.381")
    assert told([Fee("file", "60", paid="deducted")]).aprc.at(2) == Decimal("9.96")


# --- United Kingdom ---------------------------------------------------------------


def test_three_yearly_payments():
    """uk-apr-1 (medium): 5,000 repaid by three yearly payments of 2,000: 9.7 %."""
    terms = loan("5000", FlatFee(3, "20%"), currency="GBP", every="yearly")
    example = representative_example(terms)
    assert example.information.shown == Decimal("9.7")
    assert example.information.payable == 6000
