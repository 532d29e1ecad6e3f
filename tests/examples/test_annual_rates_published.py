"""
Annual rates that laws and lenders printed, each with its source and confidence.

A printed figure is compared at its own decimals, which are proved. Confidence: *high* or
*medium*, the figure was seen in a published text; *memory*, it was recalled.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from dateutil.relativedelta import relativedelta

from loanmath.recurrence import Step
from loanmath.yields import (
    CN_EFFECTIVE,
    CN_SIMPLE,
    EU_APRC,
    HK_APR,
    IN_KFS,
    SG_EIR,
    UK_APR,
    US_REG_Z,
    US_RULE,
    XIRR,
    BackwardIntervals,
    ForwardIntervals,
    apr,
)

MONTH, WEEK = relativedelta(months=1), relativedelta(days=7)


def day(text):
    return date.fromisoformat(text)


def stream(amount, count, first, every):
    """Payments from a first date on, counted from it."""
    return [(day(first) + k * every, Decimal(amount)) for k in range(count)]


def lent(*advances):
    return [(day(on), -Decimal(amount)) for on, amount in advances]


def halves_of_months(count):
    """The 1st and 16th of months from March 1978 on."""
    firsts = [day("1978-03-01") + k * MONTH for k in range(count // 2)]
    return sorted(firsts + [first.replace(day=16) for first in firsts])


# 12 CFR 1026 Appendix J (c), confidence high unless it says otherwise.
APPENDIX_J = {
    "us-j-c1i": (
        lent(("1978-01-10", "5000")) + stream("230", 24, "1978-02-10", MONTH),
        "9.69",
        ("month", 12),
    ),
    "us-j-c1iii": (
        lent(("1978-02-23", "5000"))
        + [(on, Decimal("219.17")) for on in halves_of_months(24)],
        "10.34",
        ("semimonth", 24),
    ),
    "us-j-c1v": (
        lent(("1978-03-20", "500")) + stream("17.60", 30, "1978-04-21", WEEK),
        "14.96",
        ("week", 52),
    ),
    "us-j-c2ii": (
        lent(("1978-03-18", "400"))
        + stream("39.50", 1, "1978-04-20", WEEK)
        + stream("38.31", 11, "1978-05-18", 4 * WEEK),
        "28.50",
        ("4 weeks", 13),
    ),
    "us-j-c3ii": (
        lent(("1978-04-03", "200"))
        + stream("9.50", 19, "1978-04-11", 2 * WEEK)
        + stream("30", 1, "1979-01-02", WEEK),
        "12.22",
        ("2 weeks", 26),
    ),
    "us-j-c4ii": (
        lent(("1978-01-10", "8000"))
        + stream("449.36", 1, "1978-03-01", MONTH)
        + stream("465", 18, "1978-05-01", 2 * MONTH)
        + stream("200", 1, "1981-05-01", MONTH),
        "7.30",
        ("2 months", 6),
    ),
    "us-j-c5ii, memory": (
        lent(("1978-07-15", "1000")) + stream("1044", 1, "1979-01-15", MONTH),
        "8.80",
        ("6 months", 2),
    ),
    "us-j-c5iv, memory": (
        lent(("1978-01-17", "1000")) + stream("1240", 1, "1980-01-17", MONTH),
        "11.36",
        ("year", 1),
    ),
    "us-j-c7i, memory": (
        lent(("1979-04-10", "20000"), ("1979-06-12", "20000"), ("1979-09-18", "20000"))
        + stream("612.36", 240, "1979-12-10", MONTH),
        "10.25",
        ("month", 12),
    ),
    # A loan library's test suite, checked there in a spreadsheet (medium).
    "us-jx-2": (
        lent(("1978-07-23", "10000")) + stream("385", 40, "1978-10-01", 3 * MONTH),
        "9.32",
        ("3 months", 4),
    ),
    "us-jx-4": (
        lent(("2023-10-28", "1000")) + stream("250", 5, "2023-11-30", WEEK),
        "176.52",
        ("week", 52),
    ),
    "us-jx-6": (
        lent(("2023-11-24", "1000")) + stream("250", 5, "2023-11-30", WEEK),
        "434.30",
        ("week", 52),
    ),
    # A calculation engine's documentation (medium).
    "us-tol-1": (
        lent(("2022-03-16", "10000")) + stream("322.67", 36, "2022-04-16", MONTH),
        "10.00",
        ("month", 12),
    ),
    # Appendix H, a payday loan of 14 days (memory).
    "us-payday": (
        lent(("2026-01-01", "300")) + stream("345", 1, "2026-01-15", MONTH),
        "391.07",
        ("14 days", Fraction(365, 14)),
    ),
}


@pytest.mark.parametrize(
    ("flows", "percent", "period"), APPENDIX_J.values(), ids=APPENDIX_J
)
def test_appendix_j(flows, percent, period):
    rate = apr(flows, US_REG_Z)
    assert str(rate.shown) == percent
    assert (rate.period, rate.periods_per_year) == period
    assert rate.certificate.verify()


def test_a_loan_with_skipped_payments():
    """
    12 CFR 1026 Appendix J (c)(6)(ii), us-j-c6ii (memory): 10.21, its last date unsure.

    With the date nearest to the printed figure the rate is 10.2154.
    """
    days = ["1978-09-15", "1978-10-15", "1978-11-15", "1979-03-15", "1979-09-15"]
    days += ["1979-10-15", "1979-11-15", "1980-02-01"]
    amounts = ["1000", "1000", "1000", "2000", "750", "750", "750", "1000"]
    flows = lent(("1978-03-03", "7350"))
    flows += [
        (day(on), Decimal(amount)) for on, amount in zip(days, amounts, strict=True)
    ]
    rate = apr(flows, US_REG_Z)
    assert rate.period == "month"
    assert str(rate.at(4)) == "10.2154"


def test_the_edge_of_a_tolerance():
    """us-tol-1: the payments are worth 9,999.942 at 10 % exactly."""
    rate = apr(APPENDIX_J["us-tol-1"][0], US_REG_Z)
    assert str(rate.at(3)) == "10.000"
    assert round(rate.net_value(10) + 10_000, 3) == Decimal("9999.942")


def test_the_trial_values_of_appendix_j():
    """
    us-j-b9 (high): at 12.50 % payments are worth 1,004.67, at 12.60 % 1,003.23.

    The second is cut: 1,003.2353.
    """
    rate = apr([-1000] + ["33.61"] * 36, US_REG_Z, every="monthly")
    assert str(rate.shown) == "12.83"
    assert round(rate.net_value("12.50") + 1000, 2) == Decimal("1004.67")
    assert str(rate.net_value("12.60") + 1000)[:7] == "1003.23"


@pytest.mark.parametrize(
    ("flows", "decimals", "percent"),
    [
        # us-jx-8 (medium), us-h10 and us-h13 (memory).
        ([-975] + [340] * 3, 4, "27.4849"),
        (["-6107.50"] + ["211.23"] * 36, 2, "14.84"),
        (["-44605.66"] + ["558.77"] * 360, 2, "14.85"),
    ],
)
def test_even_months_under_regulation_z(flows, decimals, percent):
    assert str(apr(flows, US_REG_Z, every="monthly").at(decimals)) == percent


def test_the_united_states_rule():
    """
    Regulation.md 1.2: 1,000 at 48 %, 30 payments from the sixth month: 67.70 (derived).

    Interest of five months waits for the first payments and bears none; the payment of
    68.95 that the actuarial method finds costs more than 48 % by the rule.
    """
    flows = lent(("2000-01-01", "1000")) + stream("67.70", 30, "2000-07-01", MONTH)
    assert str(apr(flows, US_RULE).at(1)) == "48.0"
    dearer = lent(("2000-01-01", "1000")) + stream("68.95", 30, "2000-07-01", MONTH)
    assert apr(dearer, US_RULE).percent > 48


@pytest.mark.parametrize(
    ("flows", "every", "decimals", "percent"),
    [
        # Directive 98/7/EC, Annex III: eu-987-a3 (high), -b1 and -b4 (memory).
        ([-1000, 600, 600], "yearly", 4, "13.0662"),
        ([-1000, 0, 0, 1200], "semiannually", 2, "12.92"),
        ([-1000, 272, 272, 0, 544], "quarterly", 2, "13.19"),
        # COM(2005) 483, Annex II: eu-c05-2 and -4 (high).
        ([-6000] + ["149.31"] * 48, "monthly", 6, "9.380593"),
        ([-6000] + ["150.56"] * 48, "monthly", 6, "9.856689"),
        # A calculator's documentation: eu-curo-2 (medium).
        ([-10_000, "1757.00"] + ["1707.00"] * 5, "monthly", 2, "10.45"),
    ],
)
def test_equal_periods_in_europe(flows, every, decimals, percent):
    assert str(apr(flows, EU_APRC, every=every).at(decimals)) == percent


def test_a_credit_of_546_days():
    """
    Directive 98/7/EC, Annex III, eu-987-a1 (high): 12.96 on the calendar.

    They are 78 weeks, which the later directive counts: eu-987-b1.
    """
    start = day("2026-01-01")
    flows = [(start, -1000), (start + timedelta(546), 1200)]
    assert str(apr(flows, XIRR).at(2)) == "12.96"
    assert str(apr(flows, EU_APRC).at(2)) == "12.92"


def test_months_are_equal_where_days_are_not():
    """eu-days-2: 84.63 by actual days is not the rate of the directive: 85.585."""
    flows = [(day("2012-10-10"), -500), (day("2012-11-10"), 270)]
    flows.append((day("2012-12-10"), 270))
    assert str(apr(flows, EU_APRC).at(3)) == "85.585"
    assert str(apr(flows, XIRR).at(2)) == "84.63"


def test_three_yearly_payments_in_the_united_kingdom():
    """uk-apr-1 (high): 5,000 for three payments of 2,000, 9.7."""
    assert str(apr([-5000] + [2000] * 3, UK_APR, every="yearly").shown) == "9.7"


MONTHLY, YEARLY, WEEKLY = Step(months=1), Step(months=12), Step(days=7)


@pytest.mark.parametrize(
    ("start", "end", "every", "years_"),
    [
        # SWD(2012) 128, 4.1.1: eu-int-01, -03, -05, -07, -09, -11, -13 (high).
        ("2012-01-12", "2012-02-15", MONTHLY, Fraction(1, 12) + Fraction(3, 365)),
        ("2012-01-12", "2012-04-15", MONTHLY, Fraction(3, 12) + Fraction(3, 365)),
        ("2013-01-12", "2013-03-15", MONTHLY, Fraction(2, 12) + Fraction(3, 366)),
        ("2012-01-12", "2012-02-15", YEARLY, Fraction(34, 365)),
        ("2012-01-12", "2014-02-15", YEARLY, 2 + Fraction(34, 365)),
        ("2013-02-26", "2013-03-29", MONTHLY, Fraction(1, 12) + Fraction(2, 366)),
        ("2012-12-01", "2013-02-02", MONTHLY, Fraction(2, 12) + Fraction(1, 366)),
    ],
)
def test_intervals_counted_back(start, end, every, years_):
    assert BackwardIntervals().between(day(start), day(end), every) == years_


@pytest.mark.parametrize(
    ("start", "end", "every", "forward", "backward"),
    [
        # A published reading of CONC App 1.2: uk-int-1, -3, -5 (medium), beside the
        # other reading as their notes state it.
        ("2025-01-31", "2025-02-28", MONTHLY, Fraction(1, 12), "0.0765027322404"),
        (
            "2023-12-15",
            "2024-02-29",
            MONTHLY,
            Fraction(2, 12) + Fraction(14, 366),
            "0.20502283105",
        ),
        (
            "2024-01-12",
            "2024-01-30",
            WEEKLY,
            Fraction(2, 52) + Fraction(4, 366),
            "0.0494204425711",
        ),
    ],
)
def test_intervals_counted_on(start, end, every, forward, backward):
    assert ForwardIntervals().between(day(start), day(end), every) == forward
    other = BackwardIntervals().between(day(start), day(end), every)
    assert abs(other - Fraction(backward)) < Fraction(1, 10**12)


def test_the_example_of_the_peoples_bank_of_china():
    """CN-001 (high): simple 12.80, and 13.58 that it calls internal rate of return."""
    flows = ["-99000"] + ["8833.3"] * 12
    assert str(apr(flows, CN_SIMPLE, every="monthly").shown) == "12.80"
    assert str(apr(flows, CN_EFFECTIVE, every="monthly").shown) == "13.58"


@pytest.mark.parametrize(
    ("count", "fee", "percent"), [(3, "0.023", "13.7"), (6, "0.045", "15.3")]
)
def test_rates_on_installment_pages(count, fee, percent):
    """CN-002 (high): Huabei-like installments as pages showed them on 2022-01-06."""
    flows = [-count] + [1 + Decimal(fee)] * count
    assert str(apr(flows, CN_SIMPLE, every="monthly").at(1)) == percent


def test_a_key_facts_statement():
    """in-kfs-1 (memory): 17.07 with installments of 969.73 unrounded, 17.10 with 970."""
    exact = apr([-19_600] + ["969.7329609"] * 24, IN_KFS, every="monthly")
    rounded = apr([-19_600] + [970] * 24, IN_KFS, every="monthly")
    assert (str(exact.shown), str(rounded.shown)) == ("17.07", "17.10")


def test_hong_kong_and_singapore():
    """hk-dbs, hk-sha, sg-ocbc-24, sg-ocbc-48 (medium); Singapore's bank cuts digits."""
    flows = [-150_000] + ["2957.5"] * 60
    assert str(apr(flows, HK_APR, every="monthly").shown) == "7.04"
    assert str(apr([-1000, 1024], HK_APR, every="monthly").shown) == "32.92"
    with_fee = apr([-237_600] + [10_760] * 24, SG_EIR, every="monthly")
    assert str(with_fee.at(4))[:4] == "8.12"
    longer = apr([-9900] + [240] * 48, SG_EIR, every="monthly")
    assert str(longer.at(4))[:4] == "7.63"
