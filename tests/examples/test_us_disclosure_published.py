"""
Figures that a United States law has disclosed, as published.

Each case says its source and how sure it is. Where a figure is printed to whole units,
it is compared so.
"""

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

from loanmath import InstallmentLoan, LevelPayment, MinimumPayment, Promotion, Rate
from loanmath.analysis.disclosure import (
    CardBalance,
    ChargedTransaction,
    ClosingCosts,
    CycleBalance,
    MortgageInsurance,
    ReverseMortgage,
    balance_of_cycle,
    cycle_rate,
    minimum_warning,
    total_annual_loan_cost,
    truth_in_lending,
    truth_in_lending_of_flows,
    us_rule_payment,
)
from loanmath.presets import uk, us

FIRST = date(2026, 1, 15)


def box_of(financed, *payments):
    """The box of monthly payments, given as (count, amount)."""
    amounts = [amount for count, amount in payments for _ in range(count)]
    flows = [
        (FIRST + relativedelta(months=number), amount)
        for number, amount in enumerate(amounts, start=1)
    ]
    return truth_in_lending_of_flows([(FIRST, f"-{financed}"), *flows])


# --- sample forms -------------------------------------------------------------------


def test_us_h25_a_closing_disclosure():
    """
    us-h25 (high): 162,000 at 3.875 % over 30 years, mortgage insurance of 82.35.

    Source: 12 CFR 1026, Appendix H, sample H-25(B). Nothing is rounded before the end;
    279.04 of prepaid interest are recalled, and that insurance ends after 80 months
    follows from 78 % of 180,000.
    """
    loan = InstallmentLoan(
        currency="USD",
        principal="162000",
        disbursed=date(2013, 5, 1),
        every="monthly",
        rate=Rate("3.875%/year"),
        repayment=LevelPayment(360),
    )
    box = truth_in_lending(
        loan,
        rounded=False,
        insurance=MortgageInsurance("82.35", value="180000"),
        closing=ClosingCosts(loan_costs="4694.05", prepaid_interest="279.04"),
    )
    assert str(box.finance_charge) == "118830.27"
    assert str(box.closing.total_of_payments) == "285803.36"
    assert str(box.closing.total_interest_percentage) == "69.46"
    assert str(box.rate.at(3)) == "4.174"
    assert [(line.payments, str(line.amount)) for line in box.lines] == [
        (80, "844.13"),
        (280, "761.78"),
    ]


def test_us_h10_a_credit_sale():
    """us-h10 (recalled). Source: 12 CFR 1026, Appendix H, H-10."""
    assert str(box_of("6107.50", (36, "211.23")).rate.shown) == "14.84"


def test_us_h13_a_mortgage():
    """us-h13 (recalled). Source: 12 CFR 1026, Appendix H, H-13."""
    box = box_of("44605.66", (360, "558.77"))
    assert str(box.rate.shown) == "14.85"
    assert str(box.total_of_payments) == "201157.20"
    assert str(box.finance_charge) == "156551.54"


def test_us_advert_1_a_smaller_last_payment():
    """us-advert-1 (medium). Source: a lender's web advert."""
    box = box_of("20000", (59, "487.32"), (1, "387.45"))
    assert str(box.rate.shown) == "15.99"
    assert [line.payments for line in box.lines] == [59, 1]


def test_us_payday_a_single_payment_after_two_weeks():
    """us-payday (recalled): 45 on 300 for 14 days. Source: an illustration."""
    flows = [(FIRST, "-300"), (date(2026, 1, 29), "345")]
    assert str(truth_in_lending_of_flows(flows).rate.shown) == "391.07"


def test_us_tol_1_a_regular_loan():
    """us-tol-1 (medium). Source: documentation of a commercial engine."""
    box = box_of("10000", (36, "322.67"))
    assert str(box.finance_charge) == "1616.12"
    assert str(box.total_of_payments) == "11616.12"
    assert str(box.rate.at(3)) == "10.000"


# --- open-end accounts --------------------------------------------------------------


@pytest.mark.parametrize(
    ("balance", "charge", "charged_on", "percent"),
    [("100", "4.50", "100.00", "54.00"), ("150", "5.25", "150.00", "42.00")],
)
def test_us_f_a_transaction_charge_counts_no_amount_twice(
    balance, charge, charged_on, percent
):
    """us-f-1, us-f-2 (high). Source: 12 CFR 1026, Appendix F, examples 1 and 2."""
    found = cycle_rate(
        [CycleBalance(balance, "1.5%/month", transactions="100")],
        [ChargedTransaction("100", "3")],
    )
    assert str(found.finance_charge) == charge
    assert str(found.charged_on) == charged_on
    assert str(found.percent) == percent


def test_us_adb_1_an_average_daily_balance():
    """us-adb-1 (medium): 100 on day 1 of 30, 200 on day 16. Source: a web explainer."""
    found = balance_of_cycle(
        "average",
        0,
        date(2026, 4, 1),
        date(2026, 4, 30),
        purchases=[(date(2026, 4, 1), "100"), (date(2026, 4, 16), "200")],
    )
    assert str(found) == "200.00"


# --- minimum payments ---------------------------------------------------------------


SAMPLE = [
    CardBalance("500", "17%/year", Promotion(months=6)),
    CardBalance("250", "17%/year"),
    CardBalance("250", "21%/year"),
]


@pytest.mark.parametrize(
    ("last_month", "months", "total"),
    [("regular", 94, "1872.38"), ("promotional", 93, "1850.02")],
)
def test_us_m2_three_rates(last_month, months, total):
    """
    us-m2 (high for the 36 months, derived for the rest): 2 % or 20, of 1,000.

    Source: 12 CFR 1026, Appendix M2. Its loop is recalled; the last month of the
    promotion moves the result by a month.
    """
    minimum = MinimumPayment("2%", least="20", in_full=[])
    found = minimum_warning(SAMPLE, minimum, last_month=last_month)
    assert str(found.payment_in_36_months) == "35.45"
    assert str(found.total_in_36_months) == "1276.20"
    assert (found.months, str(found.total)) == (months, total)
    assert found.duration == "8 years"


def test_hk_hkma_interest_and_one_percent():
    """
    hk-hkma-min, hk-hkma-36 (high): 20,000 at 2.5 % a month; 26 years and 67,536.

    Source: Hong Kong Monetary Authority, consumer leaflet of December 2015, in whole
    dollars. The floor of 50 dollars is inferred.
    """
    found = minimum_warning(
        [CardBalance("20000", "2.5%/month")],
        MinimumPayment("1%", least="50"),
        currency="HKD",
        whole_amounts=True,
    )
    assert (found.months, found.duration) == (314, "26 years")
    assert str(found.total) == "67536.42"
    lines = str(found).splitlines()
    assert lines[2].split()[-3:] == ["26", "years", "67,536"]
    assert lines[3].split()[:4] == ["849", "3", "years", "30,565"]


def test_the_presets_are_warned_of():
    """A card of each preset: interest and 1 % of the balance, at least a floor."""
    from loanmath.analysis.disclosure import line_minimum_warning

    owed = {"purchases": "1000"}
    american = us.credit_card("5000", rate="24%/year", statement_day=5, due_day=2)
    # 20.00 of interest and 10.00, then 1 % less of each.
    found = line_minimum_warning(american, owed)
    assert [str(row.paid) for row in found.rows[:2]] == ["30.00", "29.70"]
    british = uk.credit_card("3000", rate="24%/year", statement_day=12)
    assert line_minimum_warning(british, owed).currency == "GBP"


# --- reverse mortgages --------------------------------------------------------------


def test_us_talc_example_3():
    """
    us-talc (high): 10,000 and 725 a month at 8.5 % for 12 years, costs of 4,500.

    Source: a Federal Reserve Bank's working of 12 CFR 1026, Appendix K, example 3. It
    prints 40,066.99 and 221,818.30; exactly, these are 40,067.0026 and 221,818.3124.
    """
    home = ReverseMortgage(
        rate="8.5%/year",
        value="100000",
        lump_sum="10000",
        monthly_advance="725",
        costs="4500",
    )
    found = total_annual_loan_cost(home, 12, appreciation="8%")
    assert str(found.advances_owed) == "181751.31"
    assert abs(found.closing_owed - Decimal("40066.99")) <= Decimal("0.02")
    assert abs(found.repaid - Decimal("221818.30")) <= Decimal("0.02")
    assert (str(found.value), str(found.selling_costs)) == ("251817.01", "17627.19")
    assert str(found.rate.shown) == "9.25"


# --- the United States Rule ---------------------------------------------------------


def test_us_rule_a_deferred_start():
    """us-rule-1, us-rule-2 (medium, derived): actuarial 68.95, by the rule 67.70."""
    loan = InstallmentLoan(
        currency="USD",
        principal="1000",
        disbursed=date(2000, 1, 1),
        every="monthly",
        rate=Rate("48%/year"),
        day_count="30E/360",
        first_due=date(2000, 7, 1),
        repayment=LevelPayment(30, shortfall="capitalize"),
    )
    assert str(loan.schedule()[0].payment) == "68.95"
    assert str(us_rule_payment(loan)) == "67.70"
