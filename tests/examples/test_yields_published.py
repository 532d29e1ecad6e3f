"""
Rates that somebody else printed, each with its source.

A printed figure is compared at the digits that it was printed with, rounded half-up, or
cut where the source cuts. Where a source annualizes a monthly rate, the test says how.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import irr, present_value
from loanmath.errors import (
    FlowsError,
    NoSignChangeError,
    NotUniqueError,
    RateOutOfRangeError,
)

START = date(2025, 1, 15)


def dated(*pairs):
    """Flows by days after a start."""
    return [(START + timedelta(days), amount) for days, amount in pairs]


def on(*pairs):
    """Flows by ISO dates."""
    return [(date.fromisoformat(day), amount) for day, amount in pairs]


def level(advance, payment, count):
    return [f"-{advance}"] + [payment] * count


def half_up(value, places):
    scaled = Fraction(value) * 10**places * 2
    return Fraction(
        (scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**places
    )


def cut(value, places):
    scaled = Fraction(value) * 10**places
    return Fraction(scaled.numerator // scaled.denominator, 10**places)


# --- 12 times the monthly rate ----------------------------------------------------


@pytest.mark.parametrize(
    ("count", "fee", "percent"),
    [(3, "0.023", "13.7"), (6, "0.045", "15.3"), (12, "0.075", "13.6")],
)
def test_simple_annual_rate_of_a_flat_fee(count, fee, percent):
    # Huabei installments as Alipay's pages showed them on 2022-01-06 (published code that
    # records the pages): n payments of (1 + fee) / n, one month apart; times n, exact.
    rate = irr([-count] + [1 + Decimal(fee)] * count, digits=10)
    assert half_up(rate.simple_annual(12) * 100, 1) == Fraction(percent)


def test_a_monthly_fee_on_the_whole_principal():
    # toolcool.cn, card installment calculator: 10,000 over 12 at 0.6 % a month; 13.03 %,
    # compounded 13.84 %. The payment is 893.33..., so everything is times 3.
    rate = irr([-30_000] + [2680] * 12)
    assert half_up(rate.simple_annual(12) * 100, 2) == Fraction("13.03")
    assert str(rate.effective_annual(12, digits=4)) == "0.1384"


def test_the_example_of_the_peoples_bank_of_china():
    # Announcement [2021] No. 3, example: 100,000 with a fee of 1,000 up front and 12
    # payments of 8,833.3; simple 12.80 %, compounded ("IRR") 13.58 %.
    rate = irr([-3 * 99_000] + [26_500] * 12)
    assert half_up(rate.simple_annual(12) * 100, 2) == Fraction("12.80")
    assert half_up(rate.effective_annual(12) * 100, 2) == Fraction("13.58")


@pytest.mark.parametrize(
    ("flows", "percent"),
    [
        # 12 CFR 1026 (Regulation Z), Appendix J (c)(1)(i) and (b)(9).
        (level("5000", "230", 24), "9.69"),
        (level("1000", "33.61", 36), "12.83"),
        # Appendix H, forms H-10 and H-13 (recalled, not checked against the text).
        (level("6107.50", "211.23", 36), "14.84"),
        (level("44605.66", "558.77", 360), "14.85"),
        # A student lender's advertisement: 59 payments and a smaller last one.
        ([*level("20000", "487.32", 59), "387.45"], "15.99"),
        # Reserve Bank of India, Key Facts Statement, 2024, annex B: net 19,600, unrounded
        # installments (recalled, not checked against the text).
        (level("19600", "969.7329609", 24), "17.07"),
    ],
)
def test_nominal_annual_rates_of_monthly_payments(flows, percent):
    assert half_up(irr(flows).simple_annual(12) * 100, 2) == Fraction(percent)


@pytest.mark.parametrize(
    ("flows", "percent"),
    [
        # OCBC's table of installment loans, 3.80 % flat, without and with a fee of 1 %;
        # the printed figures are cut, not rounded.
        ([-240_000] + [10_760] * 24, "7.13"),
        ([-237_600] + [10_760] * 24, "8.12"),
        (level("10000", "240", 48), "7.11"),
        (level("9900", "240", 48), "7.63"),
    ],
)
def test_figures_that_their_source_cuts(flows, percent):
    assert cut(irr(flows).simple_annual(12) * 100, 2) == Fraction(percent)


@pytest.mark.parametrize(
    ("count", "percent"),
    [(6, "16.94"), (12, "17.97"), (24, "18.16"), (36, "17.92"), (60, "17.27")],
)
def test_flat_ten_percent_as_a_nominal_rate(count, percent):
    # The table of flat and effective rates of consumer-credit teaching.
    flows = [-12 * count] + [12 + count * Decimal("0.1")] * count
    assert half_up(irr(flows).simple_annual(12) * 100, 2) == Fraction(percent)


# --- compounded and yearly --------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # DBS Hong Kong: 0.18 % flat a month and 62.50 a month on 50,000, 60 months.
        ([-150_000] + ["2957.5"] * 60, 4, "0.0704"),
        # Directive 98/7/EC, annex III, equal months: 3, 6 and 12 months (recalled).
        ([-1000, 0, 0, 272, 0, 0, 272, 0, 0, 0, 0, 0, 544], 4, "0.1319"),
        # Commission proposal COM(2005) 483, annex II, example 2.
        (level("6000", "149.31", 48), 8, "0.09380593"),
        # Banco Central do Brasil, illustration of the CET: the loan's own rate.
        (level("1000", "205.73", 5), 4, "0.1200"),
        # The same, net of fee and tax of 60 (recalled): 939 would give 44.56, 941 43.31.
        (level("940", "205.73", 5), 4, "0.4393"),
    ],
)
def test_effective_annual_rates_of_monthly_payments(flows, digits, value):
    rate = irr(flows, digits=13)
    assert str(rate.effective_annual(12, digits=digits)) == value


def test_the_monthly_rate_of_the_brazilian_illustration():
    assert irr(level("1000", "205.73", 5), digits=4).percent == Decimal("0.95")


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # IAS 39 IGB.26: a note bought for 1,000 with costs; about 10 %.
        ([-1000, 59, 59, 59, 59, 1309], 2, "0.10"),
        # ASC 310-20-55 (FAS 91): net investment 98,000 (recalled).
        (level("98000", "16275", 10), 6, "0.104736"),
        # A published test suite of a Ruby library (finrb).
        ([-4000, 1200, 1410, 1875, 1050], 3, "0.143"),
        # numpy issue 13953: the same rate with all signs reversed.
        ([-900, -500] + [400] * 9, 14, "0.20541421256306"),
        ([900, 500] + [-400] * 9, 14, "0.20541421256306"),
        # numpy-financial issues 46 and 131, pyxirr issue 20 ("returns None").
        (
            ["-161445.03", "2113.73", "7626.73", "8619.84", "8612.92"],
            14,
            "-0.43658134635469",
        ),
        (["87.17"] * 12 + ["-86.43"], 14, "-0.50207326422640"),
    ],
)
def test_rates_per_period(flows, digits, value):
    rate = irr(flows, digits=digits)
    assert str(rate.value) == value
    assert rate.certificate.unique == "all"


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # numpy-financial issues 44 (printed -0.9998 for the second) and 28 (-76 %).
        (["-1678.87", "771.96", "1814.05", "3520.30", "3552.95", "3584.99", -1], 13, "0.9688775470209"),
        (["-1678.87", "771.96", "1814.05", "3520.30", "3552.95", "3584.99", "4789.91", -1], 13, "1.0042698487206"),
        ([-50, -100, 600, 300, -100], 2, "1.85"),
        # numpy-financial issue 46: 7,533 % is the one positive rate; there is also one
        # near -44 %, and the certificate says no more than it proves.
        (["2113.73", "-161445.03", "7626.73", "8619.84", "8612.92"], 10, "75.3312319733"),
    ],
)  # fmt: skip
def test_the_one_positive_rate(flows, digits, value):
    rate = irr(flows, digits=digits)
    assert str(rate.value) == value
    assert rate.certificate.unique == "positive"


@pytest.mark.parametrize(
    ("flows", "digits", "value"),
    [
        # Directive 98/7/EC, annex III: one repayment after 546 days, printed 12.96 %.
        (dated((0, -1000), (546, 1200)), 4, "0.1296"),
        # tarioch/xirr issue 3: a spreadsheet says -0.8037.
        (on(("2018-05-09", -200), ("2018-06-09", 30), ("2018-11-09", 50), ("2018-12-09", 20)), 4, "-0.8037"),
        # A reported failure of a Ruby gem (klippero/xirr-bug): -74.20 % is right.
        (on(("2019-09-10", -400), ("2020-01-21", -400), ("2020-02-24", -400), ("2020-03-16", "895.24")), 4, "-0.7420"),
        # ONLYOFFICE issue 746, as three spreadsheets have it.
        (
            on(
                ("2020-01-01", "1260404.83"), ("2020-01-11", "-2881.40"),
                ("2020-01-10", "-10565.62"), ("2020-01-10", "20000.00"),
                ("2020-01-15", "-1278822.63"),
            ),
            4,
            "0.2761",
        ),
        # finrb: 56 years, where a solver from a bad guess answers -9999999999998.
        (on(("1957-01-01", -1000), ("2013-01-01", 390_000)), 5, "0.11234"),
    ],
)  # fmt: skip
def test_yearly_rates_of_dated_flows(flows, digits, value):
    assert str(irr(flows, digits=digits).value) == value


def test_two_repayments_of_the_directive():
    # Directive 98/7/EC, annex III: 600 after one and two years of 365 days; printed
    # 13.06623 %, cut.
    rate = irr(dated((0, -1000), (365, 600), (730, 600)))
    assert cut(rate.percent, 5) == Fraction("13.06623")


def test_the_stream_on_which_a_spreadsheet_answers_zero():
    # C. Flock, "11 financial calculations that you can't do in Excel", 2011, part 3:
    # the spreadsheet printed 2.98023E-09 and the author's program -0.592046674219327,
    # which is right to nine digits.
    first = [("2010-04-01", "5290.5")] * 4
    later = on(
        ("2010-11-08", "6273.2"),
        ("2011-02-01", "5417.2"),
        ("2011-03-15", "5492.05"),
        ("2011-05-12", "5486.15"),
        ("2011-08-31", -20_004),
    )
    assert str(irr([*on(*first), *later], digits=9).value) == "-0.592046674"


def test_a_field_with_costs_at_its_end():
    # fintual-oss/fast-xirr issue 9: the library said -71.12 %, the reporter saw 7.84 % in
    # a spreadsheet (cut).
    amounts = [
        "-224291642.5", "-259470950.8", "-396990554.7", "-134976788.6", "-413028973.1",
        "0", "171774601.6", "175210093.6", "178714295.5", "182288581.4", "185934353.0",
        "189653040.1", "193446100.9", "197315022.9", "201261323.3", "205286549.8",
        "209392280.8", "213580126.4", "217851728.9", "222208763.5", "70921057.8",
        "72339479.0", "73786268.6", "75261993.9", "76767233.8", "78302578.5",
        "79868630.1", "81466002.7", "83095322.7", "84757229.2", "86452373.8",
        "-34820484.1",
    ]  # fmt: skip
    flows = [(date(1980 + k, 1, 1), amount) for k, amount in enumerate(amounts)]
    rate = irr(flows)
    assert cut(rate.percent, 2) == Fraction("7.84")
    assert rate.certificate.unique == "positive"


def test_a_level_loan_of_forty_years():
    # pyxirr issue 24: a solver found a root below -100 % (-2,385 % a year).
    flows = ["-172545.848122807"] + ["787.735232517999"] * 480
    rate = irr(flows)
    assert half_up(rate.simple_annual(12) * 100, 4) == Fraction("4.6081")
    assert rate.certificate.unique == "all"


def test_fifty_years_of_payments():
    # A level loan of 600 months at 0.58149451 % a month; a solver by eigenvalues takes
    # seconds for it.
    flows = [-100_000] + [600] * 600
    assert str(irr(flows).value) == "0.0058149451"
    payment = (
        Fraction(100_000)
        * Fraction("0.0058149451")
        / (1 - 1 / (1 + Fraction("0.0058149451")) ** 600)
    )
    assert abs(payment - 600) < Fraction(1, 10**5)


# --- streams that have no certified rate ------------------------------------------


@pytest.mark.parametrize(
    ("flows", "changes"),
    [
        # Printed as 10 % by one function and 20 % by another of the same library.
        (dated((0, -100), (365, 230), (730, -132)), 2),
        ([-100, 230, -132], 2),
        # 0 %, 100 % and 200 %; and no rate at all.
        ([-1, 6, -11, 6], 3),
        ([-100, 200, -150], 2),
        # pyxirr issue 31: 369 % or about 0 %, by two programs.
        (
            on(
                ("2020-01-09", -1200), ("2020-02-12", -1050), ("2020-03-02", -400),
                ("2020-03-13", -800), ("2020-05-11", 1500), ("2020-05-11", 1100),
                ("2020-05-11", 2000), ("2020-05-11", 450), ("2020-11-03", -2000),
                ("2020-12-29", 2850), ("2021-03-26", -1500), ("2021-07-21", 2025),
                ("2022-06-16", -2000), ("2022-07-06", 2635),
            ),
            7,
        ),
    ],
)  # fmt: skip
def test_streams_that_other_programs_disagree_on(flows, changes):
    with pytest.raises(NotUniqueError) as caught:
        irr(flows)
    assert caught.value.got == changes


@pytest.mark.parametrize(
    ("flows", "kind"),
    [
        # 1.4e25 % a year; and losses of nearly everything within weeks (pyxirr issues 14
        # and 23, tubedude/xirr issue 4: a spreadsheet says -0.9968).
        (dated((0, -100), (1, 115)), RateOutOfRangeError),
        (on(("2021-06-09", "-134.09"), ("2021-08-11", "40.86")), RateOutOfRangeError),
        (on(("2020-03-05", -18_480), ("2020-03-16", 13_120)), RateOutOfRangeError),
        (
            on(("2014-04-15", -10_000), ("2014-05-15", "305.6"), ("2014-10-19", 500)),
            RateOutOfRangeError,
        ),
        (dated((0, -100), (0, 100)), FlowsError),
        (dated((0, -100), (0, 110)), FlowsError),
        ([-100], NoSignChangeError),
        ([100, 200], NoSignChangeError),
    ],
)
def test_streams_without_a_rate(flows, kind):
    with pytest.raises(kind) as caught:
        irr(flows)
    assert type(caught.value) is kind


def test_a_loss_of_almost_everything_is_still_in_range():
    assert irr(dated((0, -100), (365, 1)), digits=4).percent == Decimal("-99.00")


# --- present values ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "rate", "digits", "value"),
    [
        # finrb's test suite.
        ([-100, 60, 60, 60], "0.1", 3, "49.211"),
        # IAS 39 IGB.26, second part: revised flows at the original 10 % are 1,138.
        ([0, 684, 30, 655], "0.1", 4, "1138.7228"),
        # A trial value of 12 CFR 1026, Appendix J (b)(9), at 12.50 % a year.
        ([0] + ["33.61"] * 36, Fraction(125, 12_000), 2, "1004.67"),
    ],
)
def test_present_values(flows, rate, digits, value):
    assert str(present_value(flows, rate, digits=digits)) == value
