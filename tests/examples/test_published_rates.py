"""Published internal rates, each with its source; figures as printed there."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import FlatFee, InstallmentLoan, irr

PERIODIC = [
    # id, source, flows, periods a year, decimals of the percentage, printed
    ("CN-003", "toolcool.cn, card installment at 0.6 % a month", [-10_000] + ["893.33"] * 12, 12, 2, "13.03"),
    ("us-j-b9", "12 CFR 1026 Appendix J (b)(9), 36 x 33.61", [-1000] + ["33.61"] * 36, 12, 2, "12.83"),
    ("us-h10", "12 CFR 1026 Appendix H-10, 36 x 211.23", ["-6107.50"] + ["211.23"] * 36, 12, 2, "14.84"),
    ("us-h13", "12 CFR 1026 Appendix H-13, 360 x 558.77", ["-44605.66"] + ["558.77"] * 360, 12, 2, "14.85"),
    ("us-jx-8", "Appendix J style, 3 x 340 on 975", [-975] + [340] * 3, 12, 4, "27.4849"),
    ("us-j-c5iv", "Appendix J (c)(5)(iv), 1,240 after two years", [-1000, 0, 1240], 1, 2, "11.36"),
    ("ac-igb26-eir", "IAS 39 IGB26, effective rate of a 5-year note", [-1000, 59, 59, 59, 59, 1309], 1, 0, "10"),
    ("ac-fas91", "FAS 91 example, fee and cost", [-98_000] + [16_275] * 10, 1, 4, "10.4736"),
    ("uk-apr-1", "FCA CONC APP 1, 3 x 2,000 on 5,000", [-5000] + [2000] * 3, 1, 1, "9.7"),
    ("eu-987-a3", "98/7/EC annex, which cuts 13.066238 to 13.06623", [-1000, 600, 600], 1, 4, "13.0662"),
]  # fmt: skip


def percent(flows, periods, decimals):
    """Periods times the rate in percent, rounded half-up to so many decimals."""
    rate = (
        irr(flows, digits=15).simple_annual(periods)
        if periods > 1
        else irr(flows, digits=15).value
    )
    scaled = Fraction(rate) * 100 * 10**decimals
    units = (2 * scaled + 1) // 2
    return f"{Decimal(units).scaleb(-decimals):f}"


@pytest.mark.parametrize(
    ("name", "source", "flows", "periods", "decimals", "printed"), PERIODIC
)
def test_printed_rates(name, source, flows, periods, decimals, printed):
    assert percent(flows, periods, decimals) == printed, source


@pytest.mark.parametrize(
    ("name", "count", "fee", "printed"),
    [("CN-002a", 3, "2.3%", "13.7"), ("CN-002b", 6, "4.5%", "15.3"), ("china.md 2.4", 12, "7.5%", "13.6")],
)  # fmt: skip
def test_the_simple_annual_rate_that_alipay_shows(name, count, fee, printed):
    # Source: Huabei pages of 2022-01-06: 12 times the monthly rate, one decimal.
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000000",
        disbursed=date(2022, 1, 6),
        every="monthly",
        repayment=FlatFee(count, fee),
    )
    payments = [row.payment for row in loan.schedule()]
    assert percent([-loan.principal, *payments], 12, 1) == printed


# Dated streams, annual effective rate by actual days over 365.
DATED = [
    ("one day, +1 %", [(0, -100), (1, 101)], "36.783434"),
    ("nearly all lost", [(0, -100), (365, 1)], "-0.990000"),
    (
        "the worked example of a spreadsheet's manual for XIRR, which prints 0.373362535",
        [(0, -10_000), (60, 2750), (303, 4250), (411, 3250), (456, 2750)],
        "0.373363",
    ),
]


@pytest.mark.parametrize(("name", "flows", "value"), DATED)
def test_dated_streams(name, flows, value):
    start = date(2008, 1, 1)
    dated = [(start + timedelta(days), amount) for days, amount in flows]
    assert str(irr(dated, digits=6).value) == value
