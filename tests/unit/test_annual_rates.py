"""Annual rates by convention: every branch, and streams on which others fail."""

import pickle
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from loanmath import InstallmentLoan, LevelPayment, Rate
from loanmath.errors import (
    DateRangeError,
    FlowsError,
    InputTypeError,
    InputValueError,
    LimitError,
    NoSignChangeError,
    NotUniqueError,
    RateOutOfRangeError,
    TermsError,
    UnknownNameError,
)
from loanmath.recurrence import Step
from loanmath.yields import (
    AU_COMPARISON,
    CN_CORPORATE,
    CN_EFFECTIVE,
    CN_SIMPLE,
    EU_APRC,
    HK_APR,
    ICMA_ANNUAL,
    ICMA_QUARTERLY,
    ICMA_SEMIANNUAL,
    RATE_CONVENTIONS,
    UK_APR,
    US_REG_Z,
    US_RULE,
    XIRR,
    ActualDays,
    BackwardIntervals,
    CouponPeriods,
    Equation,
    ForwardIntervals,
    RateConvention,
    RuleEquation,
    Sign,
    UnitPeriodEquation,
    UnitPeriods,
    WholePeriods,
    apr,
    irr,
)
from loanmath.yields.internal_rate import solve
from loanmath.yields.tangent import proved_units
from loanmath.yields.timing import FlowDates
from loanmath.yields.timing.periods import common_period

START = date(2025, 1, 1)


def after(*pairs):
    """(days after the start, amount) pairs as flows."""
    return [(START + timedelta(days), amount) for days, amount in pairs]


def on(*pairs):
    return [(date.fromisoformat(day), amount) for day, amount in pairs]


def dates(*days, advances=1):
    """The days of flows, the first so many of them advances."""
    found = [date.fromisoformat(day) for day in days]
    return FlowDates(found, [k < advances for k in range(len(found))])


def message(kind, *args, **options):
    with pytest.raises(kind) as caught:
        apr(*args, **options)
    assert type(caught.value) is kind
    return str(caught.value)


# --- streams on which others fail ---------------------------------------------------


def test_amounts_of_one_sign():
    text = message(NoSignChangeError, after((0, -100), (9, -5)), XIRR)
    assert text == (
        "cash flows: got 'amounts of one sign'; allowed: amounts that are paid and "
        "amounts that are received"
    )
    message(NoSignChangeError, after((0, 5)), US_REG_Z)
    message(NoSignChangeError, [5, 0, 5], US_REG_Z, every="monthly")


def test_ten_and_twenty_percent():
    with pytest.raises(NotUniqueError) as caught:
        irr(after((0, -100), (365, 230), (730, -132)))
    assert caught.value.got == 2
    assert caught.value.do == (
        "there are rates in 9.99% to 10.01%, 19.99% to 20.01%: ask for the present "
        "value at a rate of your own"
    )


def test_zero_one_hundred_and_two_hundred_percent():
    text = message(NotUniqueError, [-1, 6, -11, 6], HK_APR, every="yearly")
    assert text == (
        "sign changes of the cash flows: got 3; allowed: 1, or running sums that change "
        "sign once and do not end at zero; there are rates in -0.01% to 0.01%, 99.99% "
        "to 100.01%, 199.98% to 200.01%: ask for the present value at a rate of your own"
    )


def test_a_rate_at_the_end_of_the_range_among_several():
    """Growth by 3/2 and by 10,001: the product of (g - 3/2) (g - 10,001), twice."""
    with pytest.raises(NotUniqueError) as caught:
        irr([-2, 20_005, -30_003])
    assert caught.value.do.startswith(
        "there are rates in 49.99% to 50.01%, 1,000,000.00% to 1,000,000.00%: "
    )


def test_no_rate_at_all():
    with pytest.raises(NotUniqueError, match="no rate was found: ask for the present"):
        irr([-100, 200, -150])


def test_fifteen_percent_in_a_day():
    """Regulation Z has a rate for it: 365 times 15 %."""
    flows = after((0, -100), (1, 115))
    text = message(RateOutOfRangeError, flows, XIRR)
    assert text == (
        "rate of the flows: got 'above 1,000,000 %'; allowed: -99 % to 1,000,000 %"
    )
    assert str(apr(flows, US_REG_Z).shown) == "5475.00"


def test_one_hundred_becomes_one():
    flows = after((0, -100), (365, 1))
    assert apr(flows, XIRR, digits=6).percent == -99
    assert apr(flows, US_REG_Z, digits=6).percent == -99
    text = message(RateOutOfRangeError, after((0, -100), (30, 1)), XIRR)
    assert "got 'below -99 %'" in text


def test_in_and_out_on_one_day():
    text = message(FlowsError, after((0, -100), (0, 115)), XIRR)
    assert text == (
        "flows: got 'flows on one day'; allowed: flows on at least two days"
    )


def test_flows_that_cancel():
    text = message(FlowsError, after((0, -9), (0, 9), (5, 3), (5, -3)), US_REG_Z)
    assert text == (
        "flows: got 'flows that cancel on every day'; allowed: some that do not"
    )
    message(FlowsError, [0, 0], US_REG_Z, every="monthly")
    # What cancels on one day leaves the rest alone.
    flows = after((0, -100), (9, 5), (9, -5), (365, 110))
    assert apr(flows, EU_APRC).percent == 10


def test_amounts_that_are_no_numbers():
    message(InputValueError, after((0, -100), (9, Decimal("Infinity"))), XIRR)
    message(InputTypeError, after((0, -100.0), (9, 115)), XIRR)
    message(InputTypeError, None, XIRR)
    message(FlowsError, [], XIRR)
    message(DateRangeError, [(date(1899, 1, 1), -5), (START, 6)], XIRR)


def test_a_spreadsheet_that_finds_zero():
    """A stream of 2010 for which one spreadsheet's XIRR is known to say 2.98e-9."""
    flows = on(
        *[("2010-04-01", "5290.5")] * 4,
        ("2010-11-08", "6273.2"),
        ("2011-02-01", "5417.2"),
        ("2011-03-15", "5492.05"),
        ("2011-05-12", "5486.15"),
        ("2011-08-31", "-20004"),
    )
    assert apr(flows, XIRR).percent == Decimal("-59.204667")


def test_a_rate_that_is_slow_to_find_elsewhere():
    rate = apr([-100_000] + [600] * 600, CN_SIMPLE, every="monthly", digits=8)
    assert str(rate.percent) == "6.977934"
    assert rate.certificate.verify()
    assert str(apr([-100_000] + [600] * 600, XIRR, every="P30D").at(3)) == "7.309"


def test_an_advance_after_the_last_payment():
    flows = after((0, -100), (50, 150), (60, -10))
    assert message(FlowsError, flows, EU_APRC) == (
        "flows: got 'an advance after the last payment (it has the sign of the first "
        "flow)'; allowed: a payment last; leave the advance out, or add what repays it"
    )


def test_a_payment_before_the_last_advance():
    """A student's loan: interest is paid while more is advanced."""
    flows = on(
        ("2020-09-01", -2000),
        ("2021-03-01", 50),
        ("2021-09-01", -2000),
        ("2022-03-01", 50),
        ("2022-09-01", 4500),
    )
    whole = apr(flows, US_REG_Z)
    assert whole.certificate.unique == "positive"
    assert whole.certificate.verify()
    assert abs(whole.net_value(whole.percent)) < Decimal("0.001")
    # A month and a half more: the parts of periods take another proof.
    later = apr([*flows[:-1], (date(2022, 10, 16), 4500)], US_REG_Z)
    assert isinstance(later.certificate.terms, UnitPeriodEquation)
    assert later.certificate.unique == "positive"
    assert later.certificate.verify()
    assert later.percent < whole.percent


def test_rates_that_may_be_several_in_unit_periods():
    flows = [(0, 0, -100), (1, 5, 230), (2, 10, -132), (3, 0, 1)]
    equation = UnitPeriodEquation.netted(flows, 30)
    with pytest.raises(NotUniqueError, match="got 3"):
        equation.uniqueness()
    long = UnitPeriodEquation.netted([*flows, (2000, 1, 1)], 30)
    with pytest.raises(LimitError, match="2000 unit-periods"):
        long.uniqueness()


# --- what a convention does not cover -----------------------------------------------


def test_periods_and_dates_are_one_or_the_other():
    assert message(FlowsError, [-100, 110], XIRR) == (
        "flows: got 'amounts without dates'; allowed: (date, amount) pairs, or "
        'every=... with amounts; say how far apart they are, such as every="monthly"'
    )
    assert message(FlowsError, [-100, 110], XIRR, every="monthly") == (
        "flows: got 'amounts without dates, P1M apart'; allowed: (date, amount) pairs, "
        "or amounts so many days apart; months differ in days: give the dates, or ask "
        "for EU_APRC, whose months are equal"
    )
    assert apr([-100, 110], XIRR, every="P365D").percent == 10
    flows = after((0, -100), (365, 110))
    assert message(FlowsError, flows, US_REG_Z, every="monthly") == (
        "every: got 'monthly'; allowed: nothing where the flows have dates; leave it out"
    )


def test_flows_between_whole_periods():
    flows = after((0, -100), (9, 50), (20, 60))
    text = message(FlowsError, flows, CN_SIMPLE)
    assert text == (
        "dates of the flows: got '2025-01-10, no whole number of periods (week) after "
        "2025-01-01'; allowed: whole periods between the flows; ask for a convention "
        "that counts days, such as XIRR"
    )


def test_steps_that_are_no_coupons():
    assert message(LimitError, [-100, 110], ICMA_ANNUAL, every="monthly") == (
        "every: got 'P1M'; allowed: a multiple of P12M; ask for EU_APRC, which takes "
        "any step, or give dates"
    )
    message(LimitError, [-100, 110], ICMA_SEMIANNUAL, every="weekly")


def test_the_united_states_rule_has_no_rate_below_zero():
    for amount in (90, 100):
        text = message(NoSignChangeError, [-100, amount], US_RULE, every="monthly")
        assert text == (
            "cash flows: got 'no more paid than advanced'; allowed: payments that add "
            "up to more than the advances; ask for US_REG_Z, which has rates of zero "
            "and below"
        )


def test_conventions_by_name():
    assert apr([-100, 110], "us-reg-z", every="yearly").convention is US_REG_Z
    text = message(UnknownNameError, [-100, 110], "apr", every="yearly")
    assert text.startswith("convention: got 'apr'; allowed: us-reg-z, us-rule, eu-aprc")
    message(InputTypeError, [-100, 110], None, every="yearly")


@pytest.mark.parametrize("digits", [1, 16])
def test_digits_of_an_annual_rate(digits):
    message(LimitError, [-100, 110], US_REG_Z, every="yearly", digits=digits)


# --- what a rate says ---------------------------------------------------------------


def test_an_annual_rate_tells_itself():
    rate = apr([-1000, 560, 560], US_REG_Z, every="monthly", digits=6)
    assert str(rate) == "94.80% a year, nominal (US Regulation Z)"
    assert rate.equation == (
        "0 = sum of amount / (1 + rate) ** (period), over 3 netted cash flows; "
        "unit-period: month; annual rate = 12 * rate"
    )
    assert abs(rate.residual) < Decimal("0.001")
    yearly = apr([-1000, 1100], EU_APRC, every="yearly", digits=2)
    assert str(yearly) == "10.0% a year, effective (EU APRC)"
    assert yearly.equation.endswith("; time in years, the rate is yearly")
    assert str(yearly.percent) == "10"
    assert str(yearly.at(3)) == "10.000"
    assert yearly.net_value(10) == 0


@pytest.mark.parametrize(
    ("decimals", "kind"),
    [(-1, LimitError), (14, LimitError), (True, InputTypeError)],
)
def test_decimals_that_are_asked_for(decimals, kind):
    rate = apr([-1000, 1100], EU_APRC, every="yearly")
    with pytest.raises(kind):
        rate.at(decimals)


def test_values_at_other_rates():
    rate = apr(["-100.00", "110"], US_REG_Z, every="yearly")
    assert rate.net_value("-50") == 120
    assert rate.net_value(Decimal(0)) == 10
    with pytest.raises(FlowsError, match="above -100 % a period"):
        rate.net_value(-100)
    with pytest.raises(InputTypeError):
        rate.net_value(0.1)
    owed = apr([-100, 60, 60], US_RULE, every="monthly")
    assert owed.net_value(0) == 20
    assert apr([100, -60, -60], US_RULE, every="monthly").net_value(0) == -20


def test_rates_are_values():
    rate = apr(["-100.00", "110"], US_REG_Z, every="yearly")
    assert rate == apr([-100, Decimal("110.0")], "us-reg-z", every="yearly")
    assert rate != apr([-100, 110], UK_APR, every="yearly")
    assert rate != apr([-100, 111], US_REG_Z, every="yearly")
    assert pickle.loads(pickle.dumps(rate)) == rate


def test_a_schedule_has_cash_flows():
    loan = InstallmentLoan(
        currency="USD",
        principal="5000",
        disbursed=date(1978, 1, 10),
        every="monthly",
        rate=Rate("9.69%/year"),
        repayment=LevelPayment(24),
    )
    plan = loan.schedule()
    assert apr(plan, US_REG_Z) == apr(plan.cash_flows(), US_REG_Z)


# --- unit-periods of Regulation Z ---------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "wholes", "parts", "of", "period"),
    [
        # Months back from each payment, then days of thirty.
        (("2026-01-10", "2026-03-01", "2026-04-01", "2026-05-01"), [0, 1, 2, 3], [0, 11, 11, 11], 15, "month"),
        # A series on the last days of months.
        (("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"), [0, 1, 2, 3], [0] * 4, 1, "month"),
        (("2026-01-30", "2026-02-28", "2026-03-31", "2026-04-30"), [0, 1, 2, 3], [0, 1, 1, 1], 30, "month"),
        # On the 30th, where February is short; on the 28th, which is no last day.
        (("2026-01-30", "2026-02-28", "2026-03-30"), [0, 1, 2], [0] * 3, 1, "month"),
        (("2026-01-31", "2026-02-28", "2026-03-28", "2026-04-28"), [0, 0, 1, 2], [0, 14, 14, 14], 15, "month"),
        # Two months, and half a month of them.
        (("2026-01-10", "2026-03-25", "2026-05-25", "2026-07-25"), [0, 1, 2, 3], [0, 1, 1, 1], 4, "2 months"),
        # Semimonths: one part for all payments.
        (("2025-12-30", "2026-01-31", "2026-02-15", "2026-02-28", "2026-03-15"), [0, 2, 3, 4, 5], [0, 1, 1, 1, 1], 15, "semimonth"),
        (("2026-01-20", "2026-02-15", "2026-02-28", "2026-03-15", "2026-03-30"), [0, 1, 2, 3, 4], [0, 2, 2, 2, 2], 3, "semimonth"),
        (("2026-01-05", "2026-01-12", "2026-01-27", "2026-02-12", "2026-02-27"), [0, 0, 1, 2, 3], [0, 7, 7, 7, 7], 15, "semimonth"),
        # Weeks, and days.
        (("2026-01-05", "2026-01-14", "2026-01-21", "2026-01-28"), [0, 1, 2, 3], [0, 2, 2, 2], 7, "week"),
        (("2026-01-05", "2026-01-25", "2026-02-14", "2026-03-06"), [0, 1, 2, 3], [0] * 4, 1, "20 days"),
        # Years, and the part of one: whole months, or days.
        (("2026-01-10", "2026-07-10", "2027-07-10", "2028-07-10"), [0, 0, 1, 2], [0, 1, 1, 1], 2, "year"),
        (("2026-01-10", "2026-07-11", "2027-07-11", "2028-07-11"), [0, 0, 1, 2], [0, 182, 182, 182], 365, "year"),
        # One advance and one payment: the term, at most a year.
        (("2026-01-31", "2026-02-28"), [0, 1], [0, 0], 1, "month"),
        (("2026-01-30", "2026-02-28"), [0, 1], [0, 0], 1, "month"),
        (("2026-01-10", "2026-01-30"), [0, 1], [0, 0], 1, "20 days"),
        (("2026-01-10", "2027-01-10"), [0, 1], [0, 0], 1, "year"),
        (("2026-01-10", "2027-01-12"), [0, 1], [0, 2], 365, "year"),
        (("2026-01-10", "2027-04-10"), [0, 1], [0, 1], 4, "year"),
        # No common period: the average of 8 and 40 days is 24, nearest to three weeks.
        (("2026-01-01", "2026-01-09", "2026-02-18"), [0, 0, 2], [0, 8, 6], 21, "3 weeks"),
        # More than a year is a year.
        (("2026-01-01", "2028-01-01", "2030-01-01"), [0, 2, 4], [0] * 3, 1, "year"),
    ],
)  # fmt: skip
def test_unit_periods(flows, wholes, parts, of, period):
    timing = UnitPeriods().measure(dates(*flows))
    assert timing[:3] == (wholes, parts, of)
    assert timing.period == period


def test_of_common_periods_the_shorter():
    """Two of a week and two of a month: weeks."""
    found = dates("2026-01-01", "2026-01-08", "2026-01-15", "2026-02-15", "2026-03-15")
    assert str(common_period(found)) == "week"
    two_advances = dates("2026-01-01", "2026-01-11", "2026-02-11", advances=2)
    assert str(common_period(two_advances)) == "4 weeks"


@pytest.mark.parametrize(
    ("every", "per_year", "wholes", "parts"),
    [
        (Step(months=1), 12, [0, 1, 2], [0, 0, 0]),
        (Step(months=12), 1, [0, 1, 2], [0, 0, 0]),
        (Step(months=18), 1, [0, 1, 3], [0, 1, 0]),
        (Step(days=7), 52, [0, 1, 2], [0, 0, 0]),
        (Step(days=10), Fraction(73, 2), [0, 1, 2], [0, 0, 0]),
        (Step(days=28), 13, [0, 1, 2], [0, 0, 0]),
        # 80/73 of a year.
        (Step(days=400), 1, [0, 1, 2], [0, 7, 14]),
    ],
)
def test_even_unit_periods(every, per_year, wholes, parts):
    timing = UnitPeriods().measure_even(3, every)
    assert timing.per_year == per_year
    assert (timing.wholes, timing.parts) == (wholes, parts)


def test_advances_between_semimonths():
    """Advances of the 5th and payments on the 15th and the last of months."""
    found = dates(
        "2026-01-05", "2026-01-20", "2026-02-15", "2026-02-28", "2026-03-15",
        "2026-03-31", advances=2,
    )  # fmt: skip
    timing = UnitPeriods().measure(found)
    assert timing.period == "semimonth"
    assert timing.wholes == [0, 1, 2, 3, 4, 5]
    assert [Fraction(part, timing.of) for part in timing.parts[2:]] == [
        Fraction(2, 3)
    ] * 4


# --- years and coupons ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "backward", "forward", "period"),
    [
        # Months, with odd days before or after them.
        (("2023-12-15", "2024-02-29", "2024-03-29", "2024-04-29"), "2/12 + 14/365", "2/12 + 14/366", "month"),
        (("2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"), "1/12", "1/12", "month"),
        # The last day of February, where payments aim at the 31st.
        (("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"), "1/12", "1/12", "month"),
        # Alone, it is an existing day: 28 days, of a year with a 29 February.
        (("2025-01-31", "2025-02-28"), "28/366", "1/12", "month"),
        (("2025-01-06", "2025-01-20", "2025-02-03", "2025-02-17"), "2/52", "2/52", "week"),
        (("2025-01-06", "2025-01-22", "2025-02-05", "2025-02-19"), "2/52 + 2/366", "2/52 + 2/365", "week"),
        (("2025-01-10", "2025-01-25", "2025-02-10", "2025-02-25"), "15/366", "15/365", "month"),
        (("2025-01-15", "2025-02-10", "2025-03-10", "2025-04-10"), "26/366", "26/365", "month"),
        # Repaid at once: years, months, weeks, or years and days.
        (("2012-01-12", "2014-01-12"), "2", "2", "year"),
        (("2012-01-12", "2012-07-12"), "6/12", "6/12", "month"),
        (("2012-01-12", "2012-02-23"), "6/52", "6/52", "week"),
        (("2012-01-12", "2014-02-15"), "2 + 34/365", "2 + 34/365", "year"),
        # Every twenty days: days of the year.
        (("2025-01-10", "2025-01-30", "2025-02-19", "2025-03-11"), "20/366", "20/365", "year"),
        (("2023-12-30", "2024-01-19", "2024-02-08", "2024-02-28"), "20/365", "1/365 + 19/366", "year"),
    ],
)  # fmt: skip
def test_first_intervals(flows, backward, forward, period):
    for rule, years in ((BackwardIntervals(), backward), (ForwardIntervals(), forward)):
        timing = rule.measure(dates(*flows))
        exact = sum(map(Fraction, years.split(" + ")))
        assert (
            Fraction(timing.wholes[1]) + Fraction(timing.parts[1], timing.of) == exact
        )
        assert timing.period == period


@pytest.mark.parametrize(
    ("every", "of", "parts"),
    [
        (Step(months=1), 12, [0, 1]),
        (Step(days=14), 26, [0, 1]),
        (Step(days=10), 73, [0, 2]),
    ],
)
def test_even_intervals(every, of, parts):
    for rule in (BackwardIntervals(), ForwardIntervals()):
        timing = rule.measure_even(2, every)
        assert (timing.of, timing.parts) == (of, parts)


def test_days_counted_for_steps_of_days():
    ten = Step(days=10)
    start, end = date(2024, 1, 1), date(2024, 2, 1)
    assert BackwardIntervals().between(start, end, ten) == Fraction(31, 365)
    assert ForwardIntervals().between(start, end, ten) == Fraction(31, 366)


@pytest.mark.parametrize(
    ("frequency", "flows", "first"),
    [
        # 30 January to 30 July is one coupon; a long stub is split over two.
        (2, ("2000-01-30", "2000-07-30"), Fraction(1)),
        (1, ("1999-02-01", "1999-07-01"), Fraction(150, 365)),
        (2, ("2002-08-15", "2003-07-15"), 1 + Fraction(153, 184)),
        # ISDA's memorandum of 1998: last days of months make 91/91 and 61/92.
        (4, ("1999-11-30", "2000-02-29"), Fraction(1)),
        (4, ("1999-11-30", "2000-04-30"), 1 + Fraction(61, 92)),
    ],
)
def test_coupon_periods(frequency, flows, first):
    timing = CouponPeriods(frequency).measure(dates(*flows))
    assert timing.wholes[1] + Fraction(timing.parts[1], timing.of) == first
    assert timing.per_year == frequency


def test_coupons_a_year():
    with pytest.raises(LimitError):
        CouponPeriods(5)
    with pytest.raises(InputTypeError):
        CouponPeriods("2")
    quarterly = apr([-100, 102], ICMA_QUARTERLY, every="quarterly")
    assert str(quarterly.shown) == "8.00"
    assert apr([-100, 0, 110], ICMA_ANNUAL, every="yearly").convention is ICMA_ANNUAL


# --- whole periods ------------------------------------------------------------------


def test_weeks_of_a_year():
    """52, or 52.18 in Australia: 12, 26.09 and 52.18 periods."""
    for weeks, per_year in ((7, "52.18"), (14, "26.09")):
        rate = apr([-100, 101], AU_COMPARISON, every=Step(days=weeks))
        assert rate.periods_per_year == Fraction(per_year)
        assert rate.percent == Decimal(per_year)
    assert apr([-100, 101], AU_COMPARISON, every="monthly").periods_per_year == 12
    flows = after((0, -100), (14, 50), (28, 60))
    assert apr(flows, AU_COMPARISON).periods_per_year == Fraction("26.09")
    for weeks, kind in (("52", InputTypeError), (54, LimitError), (51, LimitError)):
        with pytest.raises(kind):
            WholePeriods(weeks)
    assert WholePeriods(53).weeks_per_year == 53


def test_a_month_is_a_twelfth_in_china():
    flows = [
        (date(2026, 1, 31), -1000),
        (date(2026, 2, 28), 510),
        (date(2026, 3, 31), 510),
    ]
    simple, compound = apr(flows, CN_SIMPLE), apr(flows, CN_EFFECTIVE)
    monthly = irr([-1000, 510, 510], digits=12).value
    assert abs(simple.value - 12 * monthly) < Decimal("1E-8")
    assert abs(compound.value - ((1 + monthly) ** 12 - 1)) < Decimal("1E-8")


# --- conventions of one's own -------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"name": ""}, InputValueError),
        ({"name": 5}, InputTypeError),
        ({"timing": "days"}, InputTypeError),
        ({"quoted": "yearly"}, UnknownNameError),
        ({"accumulation": "daily"}, UnknownNameError),
        ({"decimals": 0}, LimitError),
        ({"in_force": "2020"}, InputTypeError),
        ({"source": None}, InputTypeError),
        ({"recalled": 1}, InputTypeError),
        ({"recalled": False}, TermsError),
        ({"accumulation": "simple_parts"}, TermsError),
    ],
)
def test_conventions_that_are_refused(words, kind):
    usual = {"name": "own", "timing": ActualDays(), "quoted": "effective"}
    assert RateConvention(**usual).recalled
    with pytest.raises(kind):
        RateConvention(**usual | words)


def test_conventions_print_and_say_where_they_are_from():
    assert str(EU_APRC) == "EU APRC (effective, 1 decimals)"
    for convention in RATE_CONVENTIONS.values():
        assert convention.source
        assert convention.chinese


def test_simple_interest_by_days():
    """A convention of one's own: simple interest for actual days, never compounded."""
    simple = evolve(CN_CORPORATE, name="own", timing=ActualDays())
    flows = after((0, -1000), (73, 1020))
    assert apr(flows, simple).percent == 10
    paid = evolve(US_RULE, name="own", timing=ActualDays())
    assert apr(flows, paid).percent == 10


# --- equations ----------------------------------------------------------------------


def test_the_united_states_rule_step_by_step():
    """
    1,000 lent, 100 after a month, 1,040 after two, at 6 % a month: 60 is covered by the
    100, which leaves 960; a second month adds 57.60. 22.40 was overpaid.
    """
    equation = RuleEquation.ordered([0, 1, 2], [-1000, 100, 1040], 1)
    assert equation.value(Fraction(6, 100)) * equation.common == Fraction("22.4")
    assert equation.count == 3
    # At 12 %: 20 of 120 stays unpaid and bears nothing: 1,000 + 20 + 120 - 1,040.
    assert equation.value(Fraction(12, 100)) * equation.common == -100
    assert str(equation) == (
        "0 = balance and unpaid interest after the last payment, by the United States "
        "Rule, over 3 cash flows"
    )
    taken = RuleEquation.ordered([0, 1, 2], [1000, -100, -1040], 1)
    assert taken.value(Fraction(6, 100)) * taken.common == Fraction("-22.4")
    assert taken.sign_at(6, 100) == (Sign.NEGATIVE, "float filter")
    assert taken.sign_at(12, 100) == (Sign.POSITIVE, "float filter")


def test_a_rule_of_high_rates():
    far = RuleEquation.ordered([0, 1000], [-1, 10**6], 1)
    assert far.sign_at(1000, 1) == (Sign.NEGATIVE, "exact")
    assert far.sign_at(1, 1) == (Sign.POSITIVE, "exact")
    dear = apr([-1, 5000], US_RULE, every="yearly")
    assert dear.percent == 499_900
    assert message(RateOutOfRangeError, [-1, 20_000], US_RULE, every="yearly")


def test_two_flows_that_count_as_one_time():
    """
    An advance of 30 March and a payment of the 31st, two months from the start each.

    The payment covers the interest of 1,000, which less of an advance would not; the
    other equations net the two.
    """
    flows = on(
        ("2026-02-01", -1000), ("2026-03-30", -1000), ("2026-03-31", 50),
        ("2026-04-30", 50), ("2026-05-31", 50), ("2026-06-30", 2100),
    )  # fmt: skip
    rule = apr(flows, US_RULE).certificate.terms
    assert rule.amounts == (-20, -20, 1, 1, 1, 42)
    assert rule.times[1] == rule.times[2]
    assert apr(flows, US_REG_Z).certificate.count == 5
    assert apr(flows, EU_APRC).certificate.count == 5


def test_an_exact_tie_under_the_united_states_rule():
    rate = apr(["-1000", "1050.5"], US_RULE, every="yearly", digits=3)
    assert str(rate.value) == "0.051"
    assert rate.certificate.is_tie
    assert ", times 1;" not in str(rate.certificate)
    monthly = apr(["-1000", "1050.5"], US_RULE, every="monthly", digits=3)
    assert ", times 12; the value is positive at" in str(monthly.certificate)


def test_unit_periods_with_parts():
    flows = [(0, 0, -100), (1, 15, 115)]
    equation = UnitPeriodEquation.netted(flows, 30)
    # (1 + i) (1 + i / 2) = 1.15: i = (sqrt(10.2) - 3) / 2 = 0.0968...
    assert equation.sign_at(96, 1000) == (Sign.POSITIVE, "float filter")
    assert equation.sign_at(97, 1000) == (Sign.NEGATIVE, "float filter")
    assert equation.value(Fraction(1, 2)) == 20 * -1 + Fraction(23 * 8, 15)
    assert str(equation) == (
        "0 = sum of amount / ((1 + part * rate) * (1 + rate) ** whole), over 2 netted "
        "cash flows"
    )
    tie = UnitPeriodEquation.netted([(0, 0, -100), (0, 15, 110)], 30)
    assert tie.sign_at(1, 5) == (Sign.ZERO, "exact")
    for digits in (2, 15):
        assert abs(tie.proposed_rate(digits, positive=False) - 0.2) < 1e-6
    with pytest.raises(NoSignChangeError):
        UnitPeriodEquation.netted([(0, 0, 5), (1, 2, 5)], 30).uniqueness()


def test_unit_periods_as_a_polynomial():
    """-100 (1 + i) (30 + 15 i) + 110 * 30."""
    equation = UnitPeriodEquation.netted([(0, 0, -100), (1, 15, 110)], 30)
    common = equation.common
    assert [common * k for k in equation._polynomial()] == [300, -4500, -1500]


def test_long_streams_of_unit_periods():
    """Beyond whole numbers of a few milliseconds, decimals decide; then those do."""
    flows = [(0, 0, -(10**8)), *((k, 1, 10**6) for k in range(1, 3001))]
    equation = UnitPeriodEquation.netted(flows, 2)
    sign, how = equation.proved_sign(9_946_000_000_000_001, 10**18)
    assert how == "decimal 34 digits"
    assert sign is Sign.POSITIVE
    sign, how = equation.proved_sign(9_951_000_000_000_001, 10**18)
    assert (sign, how) == (Sign.NEGATIVE, "decimal 34 digits")
    # At 1/2: 4 is 2 of each (2/3)^k but for 4 (2/3)^n, and 5 / (1 + 1/4) is 4.
    level = [(0, 0, -4), *((k, 0, 2) for k in range(1, 34_000)), (33_999, 1, 5)]
    tie = UnitPeriodEquation.netted(level, 2)
    assert tie.proved_sign(1, 2) == (Sign.ZERO, "exact")


def test_rates_that_floats_do_not_reach():
    """The tangent leaves to the gates what its floats do not reach."""
    steep = apr(after((0, -1), (3650, 10**39)), XIRR, digits=4)
    assert steep.certificate.verify()
    small = Decimal(1).scaleb(-39)
    far = irr(after((0, -small), (36_500, 10**39)), digits=4)
    # 10 ** 0.78 = 6.0256.
    assert far.value == Decimal("5.0256")
    assert far.certificate.verify()
    assert Equation.netted([(0, -1), (1, 9_500)], 1).uniqueness() == "all"
    high = irr([-1, 9_500], digits=4)
    assert high.value == 9_499


def test_a_step_out_of_the_reach_of_floats():
    """Sixty-two flows, of which one day holds almost everything that is paid."""
    flows = [(0, -(10**60)), *((day, 1) for day in range(1, 61)), (5060, 10**10)]
    flows[7] = (7, 10**38)
    equation = Equation.netted(flows, 365)
    assert proved_units(equation, 3, Fraction(1)) is None
    with pytest.raises(RateOutOfRangeError):
        solve(equation, 3)


def test_decimals_that_are_not_alike():
    same = [Decimal(-100), Decimal(60), Decimal(60)]
    for flows in (
        [Decimal("-100.00"), Decimal("60.0"), Decimal(60)],
        [Decimal(-100), Decimal("60.0"), Decimal("6E+1")],
        [Decimal("-1E+2"), Decimal(60), Decimal("60.00")],
    ):
        assert irr(flows) == irr(same)
    long = [Decimal(f"{whole}.{'0' * 39}") for whole in (-1, 2)]
    assert irr(long).value == 1
    for flow in (Decimal(10**40), Decimal("1." + "0" * 40), Decimal("NaN")):
        with pytest.raises((LimitError, InputValueError)):
            irr([Decimal("-1.0"), flow])


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        # (1 + i / 2) = 57 / 185: below -99 %, where the search stands still.
        ([(0, 0, -185), (0, 15, 57)], "-0.99"),
        # All the steps there are: 80 (1 + i/2) (1 + i)^2 = 127 (1 + i)^2 + ...
        ([(0, 0, -80), (0, 15, 127), (1, 15, 195), (2, 15, 116)], None),
    ],
)
def test_proposals_in_unit_periods(flows, rate):
    equation = UnitPeriodEquation.netted(flows, 30)
    found = equation.proposed_rate(15, positive=False)
    if rate:
        assert found == float(rate)
    else:
        near = [
            equation.sign_at(int((found + d) * 10**12), 10**12)[0]
            for d in (-1e-9, 1e-9)
        ]
        assert near == [Sign.POSITIVE, Sign.NEGATIVE]
