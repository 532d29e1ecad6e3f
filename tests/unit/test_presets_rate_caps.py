"""Ceilings and tolerances as dated facts: what holds for whom, and when."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath.analysis.caps import CreditCost, LendingCap, applicable_caps, check_cap
from loanmath.analysis.tolerances import Tolerance, check_tolerance
from loanmath.errors import InputTypeError, LimitError
from loanmath.presets import Fact, cn, rate_caps, tolerances, uk

FACTS = {
    name: getattr(rate_caps, name)
    for name in rate_caps.__all__
    if type(getattr(rate_caps, name)) is Fact
}


def names(jurisdiction, lender, signed, amount="10000"):
    found = applicable_caps(
        rate_caps.ALL,
        jurisdiction=jurisdiction,
        lender=lender,
        signed=signed,
        amount=amount,
    )
    return [cap.name for cap in found]


def test_every_cap_is_a_fact_and_chosen_from():
    caps = {name: fact for name, fact in FACTS.items() if name.isupper()}
    others = {"DELAY_MULTIPLE", "MLA_PARTICIPATION_FEE"}
    assert {name for name in caps if type(caps[name].value) is not LendingCap} == others
    chosen = [fact.value for name, fact in caps.items() if name not in others]
    assert len(rate_caps.ALL) == len(chosen)
    assert set(map(str, rate_caps.ALL)) == set(map(str, chosen))
    for name in set(caps) - others:
        fact = caps[name]
        assert fact.in_force == fact.value.since
        assert fact.source == fact.value.source
        assert fact.note or not fact.recalled, name


@pytest.mark.parametrize(
    ("lender", "signed", "expected"),
    [
        ("private", date(2015, 8, 31), []),
        (
            "private",
            date(2020, 8, 19),
            ["private lending 24 %", "private lending 36 %"],
        ),
        ("private", date(2020, 8, 20), ["private lending 4 x LPR"]),
        ("cash_loan", date(2018, 1, 1), ["cash loans 36 %"]),
        ("bank", date(2026, 1, 1), ["licensed lenders 24 %"]),
        (
            "assisted",
            date(2026, 1, 1),
            ["licensed lenders 24 %", "assisted lending 24 %"],
        ),
        (
            "consumer_finance",
            date(2026, 1, 1),
            ["licensed lenders 24 %", "consumer finance 20 %"],
        ),
        (
            "micro_loan",
            date(2027, 12, 31),
            ["licensed lenders 24 %", "micro-loan companies 24 %"],
        ),
        (
            "micro_loan",
            date(2028, 1, 1),
            ["licensed lenders 24 %", "micro-loan companies 4 x LPR"],
        ),
    ],
)
def test_china_by_lender_and_date(lender, signed, expected):
    assert names("CN", lender, signed) == expected


def test_what_is_known_elsewhere_is_taken_from_there():
    assert rate_caps.PRIVATE_24.value.limit.rate == cn.PRIVATE_LENDING_24.value.rate
    assert rate_caps.PRIVATE_36.value.limit.rate == cn.PRIVATE_LENDING_36.value.rate
    follows = rate_caps.PRIVATE_4_LPR.value.limit.rate
    assert (follows.multiple, follows.index) == (4, cn.LPR_1Y.value)
    assert rate_caps.UK_INITIAL_COST.value.limit.rate == uk.INITIAL_COST.value
    assert rate_caps.UK_DEFAULT_FEES.value.limit.most == uk.DEFAULT_FEES.value.most
    for fact in (uk.INITIAL_COST, uk.DEFAULT_FEES, uk.TOTAL_COST):
        assert fact.in_force == rate_caps.UK_TOTAL_COST.in_force
    assert rate_caps.PRIVATE_24.in_force == cn.PRIVATE_LENDING_24.in_force
    assert rate_caps.PRIVATE_4_LPR.in_force == cn.FOUR_TIMES_LPR.in_force


@pytest.mark.parametrize(
    ("amount", "interest", "delay"),
    [
        ("99999", "interest 20 %", "delay 1.46 x 20 %"),
        ("100000", "interest 18 %", "delay 1.46 x 18 %"),
        ("999999", "interest 18 %", "delay 1.46 x 18 %"),
        ("1000000", "interest 15 %", "delay 1.46 x 15 %"),
    ],
)
def test_japan_by_the_amount_lent(amount, interest, delay):
    signed = date(2026, 1, 1)
    assert names("JP", "private", signed, amount) == [interest, delay]
    by_trade = [interest, "delay 20 %, lender by trade"]
    assert names("JP", "lender", signed, amount) == by_trade


def test_japan_allows_1_46_times_for_delay():
    rates = [
        fact.value.limit.rate.value
        for fact in (rate_caps.DELAY_20, rate_caps.DELAY_18, rate_caps.DELAY_15)
    ]
    assert rates == [Fraction(292, 1000), Fraction(2628, 10_000), Fraction(219, 1000)]


@pytest.mark.parametrize(
    ("year", "kind", "daily", "late"),
    [
        (2024, "consumptive", "0.3%/day", "0.3%/day"),
        (2025, "consumptive", "0.2%/day", "0.2%/day"),
        (2026, "consumptive", "0.1%/day", "0.1%/day"),
        (2025, "productive", "0.1%/day", "0.1%/day"),
        (2027, "productive", "0.067%/day", "0.067%/day"),
    ],
)
def test_indonesia_by_year(year, kind, daily, late):
    found = applicable_caps(
        rate_caps.INDONESIA,
        jurisdiction="ID",
        lender=f"online_{kind}",
        signed=date(year, 12, 31),
        amount="1000000",
    )
    costs, fines, total = found
    assert (str(costs.limit.rate), str(fines.limit.rate)) == (daily, late)
    assert fines.limit.overdue
    assert total.name == "total cost"
    assert names("ID", "online_productive", date(2023, 12, 31)) == []


@pytest.mark.parametrize(
    ("place", "lender"),
    [
        ("AU", "credit_provider"),
        ("BR", "card_revolving"),
        ("CA", "any"),
        ("GB", "high_cost_short_term"),
        ("HK", "money_lender"),
        ("IN", "regulated"),
        ("NZ", "high_cost"),
        ("PH", "lending_company"),
        ("SG", "money_lender"),
        ("US", "covered_borrower"),
        ("ZA", "credit_provider"),
    ],
)
def test_other_places_have_caps(place, lender):
    assert names(place, lender, date(2026, 1, 1))


def test_penal_interest_is_none_in_india():
    steps = [(date(2026, 1, 1), 100), (date(2026, 2, 1), 0)]
    cost = CreditCost(currency="INR", outstanding=steps, default_interest="0.01")
    check = check_cap(cost, rate_caps.INDIA_NO_PENAL_INTEREST.value)
    assert (check.allowed, check.excess) == (Decimal("0.00"), Decimal("0.01"))


# --- tolerances ---------------------------------------------------------------------


def test_every_tolerance_is_recalled_and_says_so():
    facts = [getattr(tolerances, name) for name in tolerances.__all__ if name.isupper()]
    assert len(facts) == 11
    for fact in facts:
        assert (type(fact), fact.recalled, bool(fact.note)) == (Fact, True, True)


def test_a_finance_charge_s_tolerance_follows_the_amount_financed():
    for financed, within in [("1000", 5), ("1000.01", 10), (0, 5)]:
        rule = tolerances.us_finance_charge_tolerance(financed)
        assert (rule.above, rule.below) == (within, within)
    with pytest.raises(LimitError):
        tolerances.us_finance_charge_tolerance("-1")


def test_an_apr_s_tolerance_follows_the_payments():
    lent = [(date(2026, 1, 15), -300)]
    regular = lent + [(date(2026, month, 15), 102) for month in (2, 3, 4)]
    odd = lent + [(date(2026, month, 15), 102) for month in (2, 4, 5)]
    assert tolerances.us_apr_tolerance(regular).above == Decimal("0.125")
    assert tolerances.us_apr_tolerance(odd).above == Decimal("0.25")


@pytest.mark.parametrize(
    ("words", "below"),
    [
        ({"face": "162000"}, "810.00"),
        ({"face": "10000"}, "100"),
        ({"face": "20000.01"}, "100.00"),
        ({"face": "162000", "refinancing": True}, "1620.00"),
        ({"face": "162000", "refinancing": True, "foreclosure": True}, "35"),
    ],
)
def test_the_tolerance_of_rescission(words, below):
    rule = tolerances.us_rescission_tolerance(**words)
    assert (rule.above, rule.below) == (None, Decimal(below))


def test_the_tolerance_of_rescission_refuses():
    for name in ("refinancing", "foreclosure"):
        with pytest.raises(InputTypeError) as refusal:
            tolerances.us_rescission_tolerance("1", **{name: "yes"})
        assert refusal.value.what == name


@pytest.mark.parametrize(
    ("months", "first", "within"),
    [
        (11, 24, False),
        (11, 25, True),
        (11, 44, True),
        (11, 45, False),
        (12, 20, True),
        (12, 19, False),
        (119, 52, True),
        (119, 53, False),
        (120, 1, True),
        (120, 63, True),
        (120, 64, False),
    ],
)
def test_how_odd_a_first_period_may_be(months, first, within):
    rule = tolerances.us_first_period_tolerance(months)
    assert check_tolerance(first, 31, rule).within is within


def test_a_first_period_s_term_is_a_count():
    for term in (0, 1201):
        with pytest.raises(LimitError):
            tolerances.us_first_period_tolerance(term)
    assert type(tolerances.UK_APR.value) is Tolerance
