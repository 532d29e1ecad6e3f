"""
Schedules whose figures somebody else printed, each with its source.

Tolerance is zero unless the source itself rounded coarser, which is then said. A figure
that a source works out from the unrounded payment is compared with the contract that
does not round (`Rounding.unrounded`), rounded only to be compared.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from loanmath import (
    MONTHLY,
    QUARTERLY,
    SEMIANNUALLY,
    EqualPrincipal,
    FlatFee,
    InstallmentLoan,
    LevelPayment,
    Rate,
    Rounding,
    SinglePayment,
)
from oracle.planner import is_month_end, round_to

CENT = Fraction(1, 100)
UNROUNDED = Rounding.unrounded(15)


def loan(principal: str, repayment: Any, rate: str | Rate | None = None, **terms: Any):
    """A loan in yuan from 15 January 2025, unless the case says otherwise."""
    words: dict[str, Any] = {
        "currency": "CNY",
        "principal": principal,
        "disbursed": date(2025, 1, 15),
        "every": MONTHLY,
        "repayment": repayment,
        "rate": Rate(rate) if isinstance(rate, str) else rate,
    }
    return InstallmentLoan(**(words | terms))


def texts(values: Any) -> list[str]:
    return [str(value) for value in values]


def printed(value: Decimal, unit: Fraction = CENT) -> Fraction:
    """A figure as a source prints it: rounded half up to the last place it shows."""
    return round_to(Fraction(value), "half_up", unit)


def foots(schedule: Any, principal: str, monthly_rate: Fraction) -> None:
    """Every rule of a table that adds up, with interest half up per period."""
    opening = Fraction(principal)
    for row in schedule:
        assert Fraction(row.opening) == opening
        interest = round_to(opening * monthly_rate, "half_up", CENT)
        assert Fraction(row.interest) == interest
        assert Fraction(row.payment) == Fraction(row.principal) + interest
        for cell in (row.payment, row.principal, row.interest, row.closing):
            assert cell.as_tuple().exponent == -2
        opening -= Fraction(row.principal)
        assert Fraction(row.closing) == opening
    assert opening == 0
    assert sum(Fraction(row.principal) for row in schedule) == Fraction(principal)


# --- Chinese consumer credit --------------------------------------------------------


def test_cn_003_card_installment_with_a_flat_monthly_fee():
    """
    10,000 over 12 at 0.6 % a month of the original amount (medium confidence).

    Source: toolcool.cn, credit card installment. Convention: payment = P/n + P*f; what
    is left of the principal is due with the last installment, as card issuers say.
    """
    plan = loan("10000", FlatFee(12, "0.6%", fee_for="installment")).schedule()
    assert texts(row.payment for row in plan[:11]) == ["893.33"] * 11
    assert str(plan[11].payment) == "893.37"
    assert str(plan.totals.fee) == "720.00"


def huabei(amount: str, count: int, fee: str):
    repayment = FlatFee(count, fee, residue="first", fee_rounding="half_even")
    return loan(amount, repayment, rounding="down").schedule()


@pytest.mark.parametrize(
    ("case", "amount", "count", "fee", "payment", "total_fee"),
    [
        ("CN-040b", "3.45", 3, "2.3%", "1.17", "0.08"),
        ("CN-040c", "3.45", 6, "4.5%", "0.59", "0.16"),
        ("CN-040d", "3.45", 12, "7.5%", "0.30", "0.26"),
        ("CN-040e", "1111.11", 3, "2.3%", "378.89", "25.56"),
        ("CN-040g", "1111.11", 12, "7.5%", "99.53", "83.33"),
    ],
)
def test_huabei_installments_as_alipay_shows_them(
    case, amount, count, fee, payment, total_fee
):
    """
    Regular installment and total fee on Alipay's pages of 2022-01-06 (high confidence).

    Convention: shares are floors in fen, the total fee is rounded half to even, both
    remainders are due with the first installment.
    """
    plan = huabei(amount, count, fee)
    assert texts(row.payment for row in plan[1:]) == [payment] * (count - 1)
    assert str(plan.totals.fee) == total_fee


@pytest.mark.parametrize(
    ("case", "amount", "count", "fee", "first", "other", "total_fee", "total"),
    [
        (
            "CN-041b",
            "123.67",
            12,
            "7.5%",
            "10.37 0.81 11.18",
            "11.07",
            "9.28",
            "132.95",
        ),
        (
            "CN-041c",
            "1000",
            12,
            "8.8%",
            "83.37 7.37 90.74",
            "90.66",
            "88.00",
            "1088.00",
        ),
        (
            "CN-041e",
            "1000",
            9,
            "6.5%",
            "111.12 7.24 118.36",
            "118.33",
            "65.00",
            "1065.00",
        ),
        ("CN-041g", "3.45", 12, "7.5%", "0.37 0.04 0.41", "0.30", "0.26", "3.71"),
    ],
)
def test_huabei_remainders_are_due_first(
    case, amount, count, fee, first, other, total_fee, total
):
    """Derived from the published algorithm; no printed figure (medium confidence)."""
    plan = huabei(amount, count, fee)
    row = plan[0]
    assert f"{row.principal} {row.fee} {row.payment}" == first
    assert texts(row.payment for row in plan[1:]) == [other] * (count - 1)
    assert str(plan.totals.fee) == total_fee
    assert str(plan.totals.payment) == total


def test_cn_042_a_thousand_over_three():
    """
    1,000 over 3 at 2.5 % (medium confidence).

    Source: wodefinance.com, credit card pages, which print 341.6, cut to one decimal;
    the algorithm in fen gives 341.68, then 341.66 twice. The total fee is 25.00.
    """
    plan = huabei("1000", 3, "2.5%")
    assert texts(row.payment for row in plan) == ["341.68", "341.66", "341.66"]
    assert str(plan.totals.fee) == "25.00"
    assert all(str(row.payment)[:5] == "341.6" for row in plan)


@pytest.mark.parametrize(
    ("days", "interest"), [(1, "5.00"), (10, "50.00"), (30, "150.00"), (365, "1825.00")]
)
def test_cn_046_interest_by_days(days, interest):
    """10,000 at 0.05 % a day (high confidence). Source: wodefinance.com."""
    start = date(2025, 1, 15)
    plan = loan(
        "10000", SinglePayment(1), "0.05%/day", every=[start + timedelta(days)]
    ).schedule()
    assert str(plan.totals.interest) == interest
    assert len(plan) == 1


def test_cn_123_accumulated_products():
    """
    The three balances of an account, each a loan of its own (from memory, unverified).

    10,000 for 32 days, 7,000 for 36, 12,000 for 10 with the settlement day counted, at
    0.72 % over 360: 692,000 day-yuan, interest 13.84. A single loan cannot say it, since
    money goes out twice.
    """
    parts = [
        ("10000", date(2007, 1, 2), date(2007, 2, 3), "head", "6.40"),
        ("7000", date(2007, 2, 3), date(2007, 3, 11), "head", "5.04"),
        ("12000", date(2007, 3, 11), date(2007, 3, 20), "both", "2.40"),
    ]
    total = Decimal(0)
    for principal, start, end, head_tail, interest in parts:
        plan = loan(
            principal,
            SinglePayment(1),
            "0.72%/year",
            disbursed=start,
            every=[end],
            day_count="ACT/360",
            head_tail=head_tail,
        ).schedule()
        assert str(plan.totals.interest) == interest
        total += plan.totals.interest
    assert str(total) == "13.84"


def test_cn_062_level_payment_from_daily_times_365():
    """
    6,500 at 0.0625 % a day, 12 payments of 610.91 (high confidence).

    Source: wodefinance.com. Convention: the monthly rate is daily x 365 / 12. The
    source's totals, 7,330.90 and 830.90, come from the unrounded payment; paid in whole
    fen, the loan costs 830.92 or less.
    """
    rate = Rate("0.0625%/day").per_year(days_in_year=365)
    plan = loan("6500", LevelPayment(12), rate).schedule()
    assert texts(row.payment for row in plan[:11]) == ["610.91"] * 11
    exact = loan("6500", LevelPayment(12), rate, rounding=UNROUNDED).schedule()
    assert printed(exact.totals.payment) == Fraction("7330.90")
    assert printed(exact.totals.interest) == Fraction("830.90")


@pytest.mark.parametrize(
    ("rate", "payment"), [("6.55%/year", "6353.60"), ("6.15%/year", "6092.28")]
)
def test_cn_081_mortgage_before_and_after_a_rate_cut(rate, payment):
    """1,000,000 over 360 months (high confidence). Source: krspcb.com, show-14."""
    plan = loan("1000000", LevelPayment(360), rate).schedule()
    assert str(plan[0].payment) == payment
    assert len(plan) == 360


def test_cn_082_three_hundred_months_to_the_fen():
    """
    580,000 at 5.78 % over 300 months (high confidence).

    Source: lnmlw.com, loan consultation. The best published proof of the construction:
    payment and interest half up, the last payment clears the balance. Without rounding
    the total would be 1,097,801.78, and 300 payments would be 1,097,802.00.
    """
    plan = loan("580000", LevelPayment(300), "5.78%/year").schedule()
    assert texts(row.payment for row in plan[:299]) == ["3659.34"] * 299
    assert str(plan[299].payment) == "3658.90"
    assert str(plan.totals.payment) == "1097801.56"
    assert str(plan.totals.interest) == "517801.56"


def test_cn_084_equal_principal_and_a_rate_cut_short():
    """
    20,000 at 4.75 % over 12 months (medium confidence).

    Source: lnmlw.com, bank loans. The source cuts the monthly rate to 3.958 per mille
    and gets 514.54; the rate as quoted gives 514.58. Its first payment, 1,746, is in
    whole yuan.
    """
    cut = loan("20000", EqualPrincipal(12), "3.958‰/month", rounding=UNROUNDED)
    assert str(cut.schedule().totals.interest.normalize()) == "514.54"
    quoted = loan("20000", EqualPrincipal(12), "4.75%/year", rounding=UNROUNDED)
    assert printed(quoted.schedule().totals.interest) == Fraction("514.58")
    for words in ("3.958‰/month", "4.75%/year"):
        first = loan("20000", EqualPrincipal(12), words).schedule()[0].payment
        assert printed(first, Fraction(1)) == 1746


def test_cn_140_daily_rate_with_the_exact_payment():
    """
    10,000 at 0.04 % a day, 12 payments on the 15th from 2025-01-15.

    Derived, not published. Construction: the payment solves the sum of discounted
    periods of actual days; the last payment takes the fen.
    """
    plan = loan("10000", LevelPayment(12), "0.04%/day").schedule()
    assert texts(row.payment for row in plan) == ["900.41"] * 11 + ["900.42"]
    assert str(plan.totals.interest) == "804.93"


def test_cn_141_daily_rate_with_a_payment_of_thirty_day_months():
    """
    The same loan, its payment sized on months of 30 days, interest by actual days.

    Derived, not published: the last payment absorbs the gap.
    """
    repayment = LevelPayment(12, sized_by="30/360 CN")
    plan = loan("10000", repayment, "0.04%/day").schedule()
    assert texts(row.payment for row in plan) == ["899.75"] * 11 + ["908.22"]


# --- regulators, banks and textbooks elsewhere --------------------------------------


def test_te_am_1_quarterly_level_payment():
    """12,500 at 8 % by the quarter, 20 payments. Source: algebra text slides."""
    plan = loan("12500", LevelPayment(20), "8%/year", every=QUARTERLY).schedule()
    assert str(plan[0].payment) == "764.46"


def test_te_cp_constant_principal():
    """60,000 in halves of a year, 5 % each (high). Source: HP-12C handbook."""
    plan = loan("60000", EqualPrincipal(12), "10%/year", every=SEMIANNUALLY).schedule()
    assert {str(row.principal) for row in plan} == {"5000.00"}
    second, seventh, eighth = plan[1], plan[6], plan[7]
    assert texts([second.interest, second.payment]) == ["2750.00", "7750.00"]
    assert texts([seventh.interest, seventh.payment]) == ["1500.00", "6500.00"]
    assert texts([eighth.interest, eighth.closing]) == ["1250.00", "20000.00"]


def test_te_curo_1_six_installments():
    """
    10,000 at 8.25 % over 6 months (medium confidence).

    Source: documentation of a cash-flow library, example 1, which prints 11.65 as the
    last interest: it keeps the payment and hides the cent in the interest. Here interest
    is what the balance earns, 11.66, and the last payment takes the cent.
    """
    plan = loan("10000", LevelPayment(6), "8.25%/year").schedule()
    assert texts(row.payment for row in plan) == ["1707.00"] * 5 + ["1707.01"]
    published = ["68.75", "57.49", "46.15", "34.73", "23.23", "11.65"]
    assert texts(row.interest for row in plan)[:5] == published[:5]
    assert str(plan[5].interest) == "11.66"


def test_te_ot_rate_given():
    """
    2,000 over 36 months at 10 % effective (medium confidence).

    Source: a worked answer in an accountancy forum: monthly rate 0.00797414, printed to
    eight decimals, payment 64.13.
    """
    rate = Rate.from_share("0.00797414", per="month")
    plan = loan("2000", LevelPayment(36), rate).schedule()
    assert str(plan[0].payment) == "64.13"


def test_us_h25_payment():
    """
    162,000 at 3.875 % over 30 years: 761.78 (high confidence).

    Source: 12 CFR 1026, appendix H, sample H-25(B), closing disclosure.
    """
    plan = loan("162000", LevelPayment(360), "3.875%/year", currency="USD").schedule()
    assert str(plan[0].payment) == "761.78"


def test_in_kfs_1_installment_in_whole_rupees():
    """
    20,000 at 15 % over 24 months: EPI 970, interest 3,274 (recalled, not checked).

    Source: Reserve Bank of India, key facts statement circular of 15 April 2024, annex
    B. The interest comes from the unrounded installment, 969.73, in whole rupees.
    """
    repayment = LevelPayment(24, rounding=Rounding("half_up", unit="1"))
    plan = loan("20000", repayment, "15%/year", currency="INR").schedule()
    assert texts(row.payment for row in plan[:23]) == ["970.00"] * 23
    exact = loan("20000", LevelPayment(24), "15%/year", rounding=UNROUNDED).schedule()
    assert printed(exact.totals.interest, Fraction(1)) == 3274


def test_hk_dbs_flat_rate_and_handling_fee():
    """
    50,000 over 60 months, 0.18 % flat a month and 62.50 a month: 985.83 (medium).

    Source: a bank's page. Both charges are a flat 0.305 % of the amount a month.
    """
    repayment = FlatFee(60, "0.305%", fee_for="installment")
    plan = loan("50000", repayment, currency="HKD").schedule()
    assert texts(row.payment for row in plan[:59]) == ["985.83"] * 59


@pytest.mark.parametrize(
    ("case", "count", "fee", "installment"),
    [("sg-ocbc-24", 24, "7.6%", "448.33"), ("sg-ocbc-48", 48, "15.2%", "240.00")],
)
def test_sg_ocbc_flat_installments(case, count, fee, installment):
    """
    10,000 at 3.80 % flat a year (medium confidence). Source: a bank's loan table.

    The bank prints the sum of principal and interest over n: the contract that does not
    round its two shares apart.
    """
    plan = loan(
        "10000", FlatFee(count, fee), currency="SGD", rounding=UNROUNDED
    ).schedule()
    assert {printed(row.payment) for row in plan} == {Fraction(installment)}


def test_hk_hkma_payment_that_clears_a_card_in_three_years():
    """
    20,000 at 2.5 % a month over 36: 849, in all 30,565, interest 10,565 (high).

    Source: Hong Kong Monetary Authority, consumer leaflet of December 2015; whole
    dollars.
    """
    exact = loan("20000", LevelPayment(36), "2.5%/month", rounding=UNROUNDED).schedule()
    assert printed(exact[0].payment, Fraction(1)) == 849
    assert printed(exact.totals.payment, Fraction(1)) == 30565
    assert printed(exact.totals.interest, Fraction(1)) == 10565


# --- loans that other libraries get wrong -------------------------------------------


@pytest.mark.parametrize(
    ("principal", "rate", "count", "payment"),
    [
        ("10000", "12", 12, "888.49"),
        ("1000", "0", 3, "333.33"),
        ("10000", "-0.5", 12, None),
        ("0.01", "12", 12, "0.00"),
        ("10000", "1000", 360, None),
        ("120000", "0.000000000001", 360, "333.33"),
        ("12345678901.23", "6", 360, None),
        ("101", "6", 12, "8.69"),
        ("12000", "9.99", 12, "1054.93"),
        ("250000", "6.5", 360, "1580.17"),
        ("150", "24", 360, None),
        ("150", "24", 36, None),
    ],
)
def test_a_table_that_others_break_adds_up(principal, rate, count, payment):
    """
    Level monthly loans on which published Python libraries lose cents, rows or signs.

    Figures of a comparison run in November 2026: payments 1054.93 and 1580.17 are where
    a well-known library charges 1.00 too much; 150 at 24 % is where it stops after 70 or
    29 rows; the others leave dust, negative interest or no table at all.
    """
    plan = loan(principal, LevelPayment(count), f"{rate}%/year").schedule()
    assert len(plan) == count
    foots(plan, principal, Fraction(rate) / 1200)
    if payment is not None:
        assert texts(row.payment for row in plan[: count - 1]) == [payment] * (
            count - 1
        )
    else:
        assert len({row.payment for row in plan[: count - 1]}) == 1


def test_the_last_interest_is_earned_and_not_a_plug():
    """10,000 at 12 % over 12: the last interest is 8.80, where a library prints 8.82."""
    plan = loan("10000", LevelPayment(12), "12%/year").schedule()
    assert str(plan[11].interest) == "8.80"
    assert str(plan.totals.principal) == "10000.00"


def test_zero_percent_leaves_the_cent_to_the_last_payment():
    plan = loan("1000", LevelPayment(3), "0%/year").schedule()
    assert texts(row.payment for row in plan) == ["333.33", "333.33", "333.34"]


def test_a_tie_of_the_first_interest_in_two_modes():
    """101 at 6 %: the first interest is exactly half a cent, 0.505."""
    half_up = loan("101", LevelPayment(12), "6%/year").schedule()
    half_even = loan(
        "101", LevelPayment(12), "6%/year", rounding="half_even"
    ).schedule()
    assert str(half_up[0].interest) == "0.51"
    assert str(half_even[0].interest) == "0.50"


def test_the_last_day_of_january_comes_back():
    """14,000 at 10 % from 31 January 2023: a month end is kept; last interest 8.79."""
    plan = loan(
        "14000", LevelPayment(14), "10%/year", disbursed=date(2023, 1, 31)
    ).schedule()
    foots(plan, "14000", Fraction(1, 120))
    assert [row.due.day for row in plan] == [
        28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31,
    ]  # fmt: skip
    assert str(plan[13].interest) == "8.79"


def test_the_leap_day_is_the_twenty_ninth_elsewhere():
    """24,000 from 29 February 2024 over 24 months: the 29th, clamped once."""
    plan = loan(
        "24000", LevelPayment(24), "12%/year", disbursed=date(2024, 2, 29)
    ).schedule()
    foots(plan, "24000", Fraction(1, 100))
    days = [row.due.day for row in plan]
    assert days == [29] * 11 + [28] + [29] * 11 + [28]
    assert is_month_end(plan[11].due)
