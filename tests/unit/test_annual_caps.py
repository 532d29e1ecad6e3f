"""Ceilings on the annual rate: within or not, and what would comply to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import Fee, InstallmentLoan, LevelPayment, Rate
from loanmath.analysis.caps import (
    AnnualLimit,
    IndexMultiple,
    LendingCap,
    check_cap,
    cost_bands,
)
from loanmath.analysis.caps.annual import check_annual
from loanmath.errors import (
    FlowsError,
    InputTypeError,
    LimitError,
    NotUniqueError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms import Index
from loanmath.yields import CN_SIMPLE, EU_APRC, US_REG_Z, XIRR

START = date(2025, 1, 1)
LATER = date(2026, 1, 1)
YEARS = [date(year, 1, 1) for year in range(2025, 2030)]


def cap(rate="24%/year", **terms):
    words = {"jurisdiction": "CN", "lenders": ["any"], "effect": "void"}
    return LendingCap("cap", AnnualLimit(rate), **words | terms)


def yearly(*amounts):
    """Flows on the first day of each year; none of these years has 366 days but 2028."""
    return list(zip(YEARS, amounts, strict=False))


def judged(flows, rate="24%/year", convention=CN_SIMPLE, **words):
    return check_cap(
        flows, cap(rate), convention=convention, **{"currency": "CNY"} | words
    )


def test_a_rate_at_the_edge_is_within():
    check = judged(yearly(-1000, 1240))
    assert check.within
    assert check.answer == "within"
    assert (check.allowed, check.excess) == (Decimal("240.00"), Decimal("0.00"))
    assert check.points == Decimal("0.000000")
    assert check.level_payment == Decimal("1240.00")
    assert check.least_advance == check.advance == Decimal("1000.00")
    assert check.excess_at_start == Decimal("0.00")


def test_a_cent_beyond_the_edge_is_outside():
    check = judged(yearly(-1000, "1240.01"))
    assert not check.within
    assert (check.excess, check.points) == (Decimal("0.01"), Decimal("0.001000"))
    assert check.excess_at_start == Decimal("0.01")
    # 1,240.01 / 1.24 is 1,000.008...
    assert check.least_advance == Decimal("1000.01")


def test_points_are_never_nothing_outside():
    # One cent of 80 thousand million is far below a millionth of a point.
    check = judged(yearly(-80_000_000_000, "99200000000.01"))
    assert check.rate.percent == Decimal("24.000000")
    assert (check.within, check.points) == (False, Decimal("0.000001"))


def test_what_must_come_off_comes_off_the_last_payments():
    # 1,000 at 20 %: 700 pays 200 and 500, 500 are left and cost 600 a year later.
    check = judged(yearly(-1000, 700, 650), "20%/year")
    assert (check.charged, check.allowed) == (Decimal("350.00"), Decimal("300.00"))
    # The last payment goes, and of the one before it whatever is above 1,200.
    check = judged(yearly(-1000, 1500, 100), "20%/year")
    assert (check.charged, check.allowed) == (Decimal("600.00"), Decimal("200.00"))


def test_a_level_payment_complies_in_place_of_all():
    # 1,000 / (1 / 1.2 + 1 / 1.44) = 654.5454...
    check = judged(yearly(-1000, 700, 650), "20%/year")
    assert check.level_payment == Decimal("654.54")
    # 700 / 1.2 + 650 / 1.44 = 1,034.7222..., rounded up.
    assert check.least_advance == Decimal("1034.73")


def test_a_rate_of_no_interest_allows_no_cost():
    check = judged(yearly(-1000, 500, 501), "0%/year")
    assert (check.allowed, check.excess) == (Decimal("0.00"), Decimal("1.00"))
    assert check.level_payment == Decimal("500.00")
    assert check.least_advance == Decimal("1001.00")


def test_a_loan_that_costs_nothing_is_within():
    check = judged(yearly(-1000, 500, 400))
    assert (check.within, check.charged) == (True, Decimal("-100.00"))
    assert check.points == 0


def test_a_part_of_a_year_is_counted_by_the_convention():
    check = judged([(START, -100), (date(2025, 1, 31), 120)], "10%/year", XIRR)
    # 100 * 1.1 ** (30 / 365) is 100.78645...
    assert check.allowed == Decimal("0.78")


def test_a_payment_beyond_all_rates_that_are_told_is_outside():
    check = judged(yearly(-1, "1.50"), "1000000%/year")
    assert check.within
    assert check.level_payment == Decimal("10001.00")


def test_what_complies_ends_at_what_a_contract_may_state():
    flows = [(START, -1000), (date(2045, 1, 1), 2000)]
    check = judged(flows, "1000000%/year")
    # 1,000 times 10,001 to the twentieth would comply.
    assert check.within
    assert check.allowed == 1000 + 10**11
    assert check.level_payment == 10**11
    assert check.least_advance == Decimal("0.01")


def test_the_convention_decides():
    loan = InstallmentLoan(
        currency="CNY",
        principal="10000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("24%/year"),
        repayment=LevelPayment(12),
        fees=[Fee("service", "1%", due="disbursement", paid="deducted")],
    )
    schedule = loan.schedule()
    check = check_cap(schedule, cap("36%/year"), convention=CN_SIMPLE)
    assert check.within
    assert check.advance == Decimal("9900.00")
    effective = check_cap(schedule, cap("24%/year"), convention=EU_APRC)
    nominal = check_cap(schedule, cap("24%/year"), convention="us-reg-z")
    assert effective.points > nominal.points > 0
    assert effective.excess > nominal.excess > 0
    assert nominal.rate.convention is US_REG_Z


def test_the_index_is_read_on_the_day_of_the_contract():
    lpr = Index("LPR", {date(2020, 8, 20): "3.85%", date(2025, 5, 20): "3.00%"})
    flows = yearly(-1000, 1154)
    follows = cap(IndexMultiple(4, lpr))
    older = check_cap(flows, follows, convention=CN_SIMPLE, currency="CNY")
    assert older.within
    assert "at most 4 x LPR = 15.4%/year" in str(older)
    newer = check_cap(
        flows, follows, convention=CN_SIMPLE, currency="CNY", signed=LATER
    )
    assert newer.excess == Decimal("34.00")


def test_flows_are_judged_in_the_unit_of_their_currency():
    check = judged(yearly(-1000, 1300), currency="JPY")
    assert str(check.allowed) == "240"
    finer = judged(yearly(-1000, "1300.0005"))
    assert finer.allowed == Decimal("240.0000")
    assert str(judged(yearly(-1000, Decimal("1.3E+3"))).charged) == "300.00"


def test_what_was_paid_before_a_later_advance_cannot_be_cut():
    with pytest.raises(FlowsError) as refusal:
        judged(yearly(-1000, 5000, -100, 110))
    assert refusal.value.got.startswith("payments before the last advance")
    with pytest.raises(NotUniqueError):
        judged(yearly(-1000, 5000, -5000, 1100))
    # After the last advance there is enough to cut.
    check = judged(yearly(-1000, 600, -100, 1000), "10%/year")
    assert not check.within
    assert check.excess > 0


@pytest.mark.parametrize(
    ("flows", "words", "error", "what"),
    [
        (yearly(-1000), {}, FlowsError, "flows"),
        (yearly(1000, -1100), {}, FlowsError, "flows"),
        (yearly(-1000, -1), {}, FlowsError, "flows"),
        ([(START, -1), (START, 1)], {}, FlowsError, "flows"),
        ([-1000, 1100], {}, FlowsError, "flows"),
        (iter(yearly(-1000, 1100)), {}, InputTypeError, "flows"),
        (yearly(-1000, 1100.0), {}, InputTypeError, "amount of a flow"),
        (yearly(-1000, "1100." + "1" * 31), {}, LimitError, "flows"),
        (yearly(-(10**12), 10**12), {}, LimitError, "flow"),
        (yearly(-1000, 1100), {"currency": "XYZ"}, UnknownNameError, "currency"),
        (yearly(-1000, 1100), {"convention": "mine"}, UnknownNameError, None),
    ],
)
def test_flows_that_are_no_loan_are_refused(flows, words, error, what):
    with pytest.raises(error) as refusal:
        judged(flows, **words)
    assert what in (None, refusal.value.what)


def test_only_a_limit_on_the_annual_rate_is_judged_so():
    from loanmath.analysis.caps import CostLimit

    other = LendingCap(
        "total", CostLimit("1%"), jurisdiction="CN", lenders=["any"], effect="void"
    )
    with pytest.raises(TermsError):
        check_annual(yearly(-1000, 1100), other, CN_SIMPLE, currency="CNY")


def test_bands_of_a_loan_that_costs_less_than_nothing():
    bands = cost_bands(
        yearly(-1000, 900), [cap()], convention=CN_SIMPLE, currency="CNY"
    )
    assert [str(band.amount) for band in bands.bands] == ["-100.00", "0.00"]
