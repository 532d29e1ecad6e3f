"""
Presets against figures that somebody else printed, each with its source.

Tolerance is zero unless the source itself rounded coarser, which is then said.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from loanmath import Rate, Rounding, irr
from loanmath.presets import cn
from loanmath.terms import Index
from oracle.planner import round_to

CENT = Fraction(1, 100)
DAY = date(2025, 1, 15)


def texts(values):
    return [str(value) for value in values]


def payments(plan):
    return texts(row.payment for row in plan)


# --- Huabei-like --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "amount", "count", "payment", "total_fee"),
    [
        ("CN-040b", "3.45", 3, "1.17", "0.08"),
        ("CN-040c", "3.45", 6, "0.59", "0.16"),
        ("CN-040d", "3.45", 12, "0.30", "0.26"),
        ("CN-040e", "1111.11", 3, "378.89", "25.56"),
        ("CN-040g", "1111.11", 12, "99.53", "83.33"),
    ],
)
def test_huabei_rows_as_alipay_shows_them(case, amount, count, payment, total_fee):
    """
    Regular installment and total fee on Alipay's pages of 2022-01-06 (high confidence).

    Source: public code with results of Alipay's pages; opendocs.alipay.com/open/277/
    105952. The fee is the merchant interface's where the borrower pays.
    """
    plan = cn.huabei_like(amount, DAY, count).schedule()
    assert payments(plan[1:]) == [payment] * (count - 1)
    assert str(plan.totals.fee) == total_fee


@pytest.mark.parametrize(
    ("case", "amount", "count", "fees", "first", "other", "total_fee", "total"),
    [
        (
            "CN-041b",
            "123.67",
            12,
            "merchant_2022",
            "10.37 0.81 11.18",
            "11.07",
            "9.28",
            "132.95",
        ),
        (
            "CN-041c",
            "1000",
            12,
            "consumer",
            "83.37 7.37 90.74",
            "90.66",
            "88.00",
            "1088.00",
        ),
        (
            "CN-041e",
            "1000",
            9,
            "consumer",
            "111.12 7.24 118.36",
            "118.33",
            "65.00",
            "1065.00",
        ),
        (
            "CN-041g",
            "3.45",
            12,
            "merchant_2022",
            "0.37 0.04 0.41",
            "0.30",
            "0.26",
            "3.71",
        ),
    ],
)
def test_huabei_remainders_go_into_the_first_installment(
    case, amount, count, fees, first, other, total_fee, total
):
    """
    Figures derived by hand from the published algorithm (medium confidence).

    Source: as above; 8.8 % and 6.5 % are of an older table for consumers (recalled).
    """
    plan = cn.huabei_like(amount, DAY, count, fees=fees).schedule()
    row = plan[0]
    assert f"{row.principal} {row.fee} {row.payment}" == first
    assert payments(plan[1:]) == [other] * (count - 1)
    assert str(plan.totals.fee) == total_fee
    assert str(plan.totals.payment) == total


def test_cn_042_huabei_at_the_older_price():
    """
    1,000 over 3 at 2.5 %: fee 25.00, "341.6" a month, cut to one decimal (medium).

    Source: wodefinance.com/Creditcardoverdue/oyyjwfwqjs.
    """
    plan = cn.huabei_like("1000", DAY, 3, fees="consumer").schedule()
    assert str(plan.totals.fee) == "25.00"
    assert payments(plan) == ["341.68", "341.66", "341.66"]
    assert all(payment.startswith("341.6") for payment in payments(plan))


@pytest.mark.parametrize(
    ("case", "count", "percent"),
    [("CN-002a", 3, "13.7"), ("CN-002b", 6, "15.3"), ("CN-002", 12, "13.6")],
)
def test_the_annual_rate_that_alipay_shows(case, count, percent):
    """
    Simple annual rate, 12 times the monthly IRR of level payments (high confidence).

    Source: results of Alipay's pages of 2022-01-06, to one decimal.
    """
    plan = cn.huabei_like("100000", DAY, count).schedule()
    flows = ["-100000", *payments(plan)]
    monthly = Fraction(irr(flows, digits=10).value)
    assert round_to(1200 * monthly, "half_up", Fraction(1, 10)) == Fraction(percent)


# --- cash loans ---------------------------------------------------------------------


def test_cn_062_level_payment_from_the_daily_rate_times_365_over_12():
    """
    6,500 at 0.0625 % a day over 12: 610.91 a month, interest 830.90 (high).

    Source: wodefinance.com/Futuresplatform/ysmyixxfli. Its totals come from the
    unrounded payment, so they are compared with the plan that does not round.
    """
    loan = cn.jiebei_like(
        "6500",
        DAY,
        12,
        Rate("0.0625%/day"),
        construction="daily_times_365_over_12",
    )
    assert payments(loan.schedule()[:11]) == ["610.91"] * 11
    exact = evolve(loan, rounding=Rounding.unrounded(15)).schedule().totals
    assert round_to(Fraction(exact.interest), "half_up", CENT) == Fraction("830.90")
    assert round_to(Fraction(exact.payment), "half_up", CENT) == Fraction("7330.90")


@pytest.mark.parametrize(
    ("case", "construction", "level", "last", "interest"),
    [
        ("CN-140", "exact", "900.41", "900.42", "804.93"),
        ("CN-141", "thirty_day_month", "899.75", "908.22", "805.47"),
    ],
)
def test_level_payments_at_a_daily_rate(case, construction, level, last, interest):
    """
    10,000 at 0.04 % a day, 12 times on the 15th from 2025-01-15 (derived by hand).

    Interest by actual days; the payment solved on actual days, or on months of 30.
    """
    plan = cn.jiebei_like(
        "10000", DAY, 12, Rate("0.04%/day"), construction=construction, due_day=15
    ).schedule()
    assert payments(plan) == [level] * 11 + [last]
    assert str(plan.totals.interest) == interest


def test_weilidai_of_five_months():
    """
    2,500 over 5 months at 0.05 % a day: 500 and the interest below (medium confidence).

    Source: loan.t8p.cn/articles/7087377611082964992.html and other pages. They print
    23.35 for month 3, a misprint: 1,500 at 0.05 % for 31 days is 23.25. The periods of
    31, 30, 31, 31 and 30 days are those from 15 May.
    """
    plan = cn.weilidai_like("2500", date(2023, 5, 15), 5).schedule()
    assert texts(row.principal for row in plan) == ["500.00"] * 5
    interest = ["38.75", "30.00", "23.25", "15.50", "7.50"]
    assert texts(row.interest for row in plan) == interest


def test_weilidai_of_fifty_thousand_by_the_day():
    """
    50,000 over 5 months at 0.05 %: 25, 20, 15, 10 and 5 yuan a day (medium).

    Source: sfnews.sh.cn/jr/10470.html.
    """
    plan = cn.weilidai_like("50000", date(2023, 5, 15), 5).schedule()
    daily = [row.interest / (row.end - row.start).days for row in plan]
    assert daily == [25, 20, 15, 10, 5]


def test_weilidai_of_ten_months():
    """
    3,000 over 10: 300 of principal at first, interest then on 2,700 (medium).

    Source: en.doing.city/2406/bdac934118278fd1.html.
    """
    plan = cn.weilidai_like("3000", date(2023, 5, 15), 10).schedule()
    assert str(plan[0].principal) == "300.00"
    assert str(plan[1].opening) == "2700.00"
    assert str(plan[1].interest) == "40.50"  # 30 days


# --- banks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "payment"), [("6.55%/year", "6353.60"), ("6.15%/year", "6092.28")]
)
def test_cn_081_mortgage_payments(rate, payment):
    """
    1,000,000 over 360 months (high confidence).

    Source: krspcb.com/html/show-14.
    """
    plan = cn.bank_loan("1000000", DAY, 360, Rate(rate)).schedule()
    assert payments(plan[:359]) == [payment] * 359


def test_cn_082_a_schedule_of_300_months_to_the_fen():
    """
    580,000 at 5.78 %: 3,659.34 a month, 1,097,801.56 in all, last 3,658.90 (high).

    Source: lnmlw.com/Loanconsultation/coejvodnhq.
    """
    plan = cn.bank_loan("580000", DAY, 300, Rate("5.78%/year")).schedule()
    assert payments(plan) == ["3659.34"] * 299 + ["3658.90"]
    assert str(plan.totals.payment) == "1097801.56"
    assert str(plan.totals.interest) == "517801.56"


def test_cn_084_equal_principal_at_the_exact_rate():
    """
    20,000 over 12 at 4.75 %: interest 514.58 at the exact rate, first payment 1,746.

    Source: lnmlw.com/Bankloan/sqzbafgruq, which cuts the monthly rate to 3.958 per
    mille first and so prints 514.54 (medium confidence); both are reproduced within
    the fen that rounding every period leaves.
    """
    exact = cn.bank_loan("20000", DAY, 12, Rate("4.75%/year"), method="equal_principal")
    cut = cn.bank_loan(
        "20000", DAY, 12, Rate("0.3958%/month"), method="equal_principal"
    )
    for loan, interest in ((exact, "514.58"), (cut, "514.54")):
        plan = evolve(loan, rounding=Rounding.unrounded(15)).schedule()
        total = round_to(Fraction(plan.totals.interest), "half_up", CENT)
        assert total == Fraction(interest)
        first = round_to(Fraction(plan[0].payment), "half_up", Fraction(1))
        assert first == 1746


def test_cn_087_conversion_to_the_lpr():
    """
    4.9 % times 0.9 is 4.41 %, 39 basis points below the LPR of December 2019 (high).

    Source: tellerreport.com, 2020-03-04, on Announcement [2019] No. 30 of the People's
    Bank of China.
    """
    index = cn.LPR_OF_CONVERSION.value
    points = cn.points_over_lpr(Rate("4.41%/year"), index, date(2020, 3, 1))
    assert points == Fraction(-39, 10_000)
    loan = cn.lpr_mortgage("1000000", date(2020, 3, 2), 360, index, points)
    assert str(loan.rate.on(date(2020, 3, 2))) == "4.41%/year"
    same = cn.bank_loan("1000000", date(2020, 3, 2), 360, Rate("4.41%/year"))
    assert payments(loan.schedule()[:9]) == payments(same.schedule()[:9])


def test_january_bears_eleven_old_days_and_twenty_new_ones():
    """
    1,000,000 over 360 months, 6.55 % until 1 January 2015, 6.15 % from then, due on
    the 20th: the interest of January is 11 days at the old rate and 20 at the new one
    (medium confidence).

    Source: krspcb.com/html/show-14. It puts January's payment at "about 6,400", more
    than the 6,353.60 before: the principal of a whole month and that interest. From
    February on the payment is a little above the 6,092.28 of a new loan.
    """
    benchmark = Index(
        "benchmark over 5 years",
        {date(2012, 7, 6): "6.55%", date(2014, 11, 22): "6.15%"},
    )
    loan = cn.lpr_mortgage("1000000", date(2014, 9, 20), 360, benchmark, due_day=20)
    december, january, february = loan.schedule()[2:5]
    assert str(december.payment) == "6353.60"
    owed = Fraction(january.opening)
    split = owed * (11 * Fraction("0.0655") + 20 * Fraction("0.0615")) / 360
    assert Fraction(january.interest) == round_to(split, "half_up", CENT)
    assert january.interest > owed * Fraction("0.0615") / 12
    assert february.payment < december.payment < january.payment
    assert 0 < february.payment - Decimal("6092.28") < 5
    whole = Fraction(january.opening) * Fraction("0.0615") / 12
    principal = Fraction(february.payment) - round_to(whole, "half_up", CENT)
    assert Fraction(january.payment) == principal + Fraction(january.interest)
    assert 6353 < january.payment < 6453


@pytest.mark.parametrize(
    ("name", "on", "value"),
    [
        ("LPR_OF_CONVERSION", date(2019, 12, 31), "4.80"),
        ("LPR_5Y", date(2019, 12, 31), "4.80"),
        ("LPR_5Y", date(2022, 9, 20), "4.30"),
        ("LPR_5Y", date(2023, 2, 20), "4.30"),
        ("LPR_5Y", date(2024, 2, 29), "3.95"),
        ("LPR_5Y", date(2025, 1, 20), "3.60"),
        ("LPR_5Y", date(2025, 5, 20), "3.50"),
        ("LPR_1Y", date(2020, 8, 20), "3.85"),
        ("LPR_1Y", date(2020, 11, 20), "3.85"),
        ("LPR_1Y", date(2022, 9, 20), "3.65"),
        ("LPR_1Y", date(2023, 2, 20), "3.65"),
        ("LPR_1Y", date(2025, 1, 20), "3.10"),
        ("LPR_1Y", date(2025, 5, 20), "3.00"),
        ("LPR_1Y", date(2025, 12, 31), "3.00"),
    ],
)
def test_the_lpr_on_days_that_the_news_reported(name, on, value):
    """
    The observations that a text was found for; the rest of the two series is recalled.

    Source: news of the day (tellerreport.com 2020-03-04; forexlive.com 2022-09-20,
    2023-02-20 and 2025-01-20; spglobal.com 2025-05-20; caixinglobal.com 2026-01-15).
    """
    assert getattr(cn, name).value.on(on) == Fraction(value) / 100


def test_cn_100_a_car_loan_whose_interest_is_paid_by_others():
    """
    38,500 in 24 times 1,604.17; after three of them missed, 4,812.51 are overdue and
    33,687.49 are left (high confidence).

    Source: a civil judgment, car finance company against borrowers, 2012.
    """
    plan = cn.auto_loan("38500", date(2012, 1, 15), 24, Rate("0%/year")).schedule()
    assert payments(plan[:23]) == ["1604.17"] * 23
    assert str(sum(row.payment for row in plan[:3])) == "4812.51"
    assert str(plan[2].closing) == "33687.49"
