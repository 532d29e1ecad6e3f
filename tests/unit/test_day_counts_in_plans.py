"""Day counts that ask what a period is part of, in plans, with the times by hand."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import (
    WEEKENDS,
    BusinessDays,
    DayCount,
    EqualPrincipal,
    Fee,
    FloatingRate,
    Index,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    Rate,
)
from loanmath.errors import DayCountError

DETAILED = {"fees": [Fee("letter", "1")]}
"""A fee on disbursement, so that the plan is a detailed one with a row more."""


def interests(**terms):
    """Return the interest on 36,000 at 10 % a year, 10.00 a day by 360 days."""
    usual = {
        "currency": "CNY",
        "principal": "36000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("10%/year"),
        "repayment": InterestOnly(3),
    }
    rows = InstallmentLoan(**(usual | terms)).schedule()
    return [row.interest for row in rows if row.number > len(terms.get("fees", ()))]


KINDS = pytest.mark.parametrize("more", [{}, DETAILED], ids=["plain", "detailed"])


@KINDS
@pytest.mark.parametrize("head_tail", ["head", "tail"])
def test_a_february_that_ends_the_loan_is_no_month_end(head_tail, more):
    # 30E/360 ISDA counts the end of February as the 30th, but not where it is the last
    # day of the loan.
    terms = {
        "day_count": "30E/360 ISDA",
        "head_tail": head_tail,
        "repayment": InterestOnly(2),
        **more,
    }
    january, february, march = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
    ends = interests(disbursed=date(2025, 12, 31), every=[january, february], **terms)
    assert ends == [300, 280]
    passes = interests(disbursed=january, every=[february, march], **terms)
    assert passes == [300, 300]


@KINDS
def test_a_period_is_so_many_of_its_regular_one(more):
    stub = {
        "disbursed": date(2026, 1, 29),
        "first_due": date(2026, 2, 15),
        "day_count": "ACT/ACT ICMA",
    }
    # A month is 300.00, and 17 of the 31 days of the month before are 164.52.
    assert interests(**stub, **more) == [Decimal("164.52"), 300, 300]


@KINDS
def test_regular_periods_at_month_ends(more):
    # From February 28, a month end, to March 31: one regular month, whatever the days.
    ends = {
        "disbursed": date(2026, 2, 28),
        "day_count": "ACT/ACT ICMA",
        "end_of_month": True,
    }
    assert interests(**ends, **more) == [300, 300, 300]


@KINDS
def test_a_long_first_period_at_month_ends(more):
    # Back from March 31: the month from February 28, that from January 31, and 21 of
    # the 31 days from December 31. 300 (1 + 1 + 21/31) = 803.23.
    ends = {
        "disbursed": date(2026, 1, 10),
        "first_due": date(2026, 3, 31),
        "day_count": "ACT/ACT ICMA",
        "end_of_month": True,
        "repayment": InterestOnly(2),
    }
    assert interests(**ends, **more) == [Decimal("803.23"), 300]


@KINDS
def test_thirty_days_a_month_where_a_day_off_moves_the_end(more):
    # February 15 is a Sunday: the first period ends on the 16th, 31 days by 30E/360,
    # and the second is 30 days from there to Monday, March 16.
    terms = {"business_days": BusinessDays("following", WEEKENDS)}
    assert interests(day_count="30E/360", **terms, **more) == [310, 300, 290]


@KINDS
def test_thirty_days_a_month_after_a_first_period_of_another_length(more):
    terms = {"first_due": date(2026, 3, 1), "day_count": "30E/360"}
    # From January 15 to March 1: 46 days; then months.
    assert interests(**terms, **more) == [460, 300, 300]


@KINDS
def test_days_that_no_rule_gives_at_once(more):
    # NL/365 leaves out February 29: 10 % of 36,500 is 10.00 a day by 365.
    terms = {
        "principal": "36500",
        "disbursed": date(2024, 1, 15),
        "day_count": "NL/365",
    }
    assert interests(**terms, **more) == [310, 280, 310]


@KINDS
def test_a_long_first_quarter_at_month_ends(more):
    # Back from September 30: the quarter from June 30, and 76 of the 91 days from
    # March 31, a month end too. 900 (1 + 76/91) = 1651.65.
    terms = {
        "disbursed": date(2026, 4, 15),
        "first_due": date(2026, 9, 30),
        "every": "quarterly",
        "day_count": "ACT/ACT ICMA",
        "end_of_month": True,
        "repayment": InterestOnly(2),
    }
    assert interests(**terms, **more) == [Decimal("1651.65"), 900]


def test_a_last_period_of_another_length():
    # From March 15 a month to April 15, and 10 of the 30 days to May 15.
    terms = {"last_due": date(2026, 4, 25), "day_count": "ACT/ACT ICMA"}
    assert interests(**terms) == [300, 300, 400]


def test_a_last_period_of_another_length_in_thirty_day_months():
    # From March 15 to April 25: 40 days.
    terms = {"last_due": date(2026, 4, 25), "day_count": "30E/360"}
    assert interests(**terms) == [300, 300, 400]


def test_months_that_an_interest_date_divides():
    # From February 15: 16 days to March 1, when interest alone falls due, and 14 more.
    loan = InstallmentLoan(
        currency="CNY",
        principal="36000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("10%/year"),
        day_count="30E/360",
        repayment=EqualPrincipal(3),
        interest_payments=InterestPayments([date(2026, 2, 15), date(2026, 3, 1)]),
    )
    assert [row.interest for row in loan.schedule()] == [
        300,
        # Of 24,000, then of 24,000 to March 15 and 12,000 to April 15.
        Decimal("106.67"),
        0,
        Decimal("193.33"),
    ]


def test_a_last_period_at_month_ends():
    # From March 31 the month to April 30, and 20 of the 31 days to May 31:
    # 300 (1 + 20/31) = 493.55.
    terms = {
        "disbursed": date(2026, 1, 31),
        "last_due": date(2026, 5, 20),
        "day_count": "ACT/ACT ICMA",
        "end_of_month": True,
    }
    assert interests(**terms) == [300, 300, Decimal("493.55")]


def test_a_last_period_that_ends_in_a_february():
    # From January 31: 20 of the 28 days to February's end, 300 * 20/28.
    terms = {
        "disbursed": date(2025, 11, 30),
        "last_due": date(2026, 2, 20),
        "day_count": "ACT/ACT ICMA",
        "end_of_month": True,
    }
    assert interests(**terms) == [300, 300, Decimal("214.29")]


def test_regular_periods_across_the_years_of_a_detailed_plan():
    terms = {"disbursed": date(2026, 10, 15), "day_count": "ACT/ACT ICMA"}
    assert interests(**terms, **DETAILED) == [300, 300, 300]


def test_the_last_period_of_all_that_may_be():
    # No date after 2200 is asked for.
    terms = {
        "disbursed": date(2197, 11, 15),
        "every": "yearly",
        "last_due": date(2200, 11, 10),
        "day_count": "ACT/ACT ICMA",
    }
    # 360 of the 365 days from November 15, 2199: 3600 * 360/365.
    assert interests(**terms) == [3600, 3600, Decimal("3550.68")]


@KINDS
def test_business_days_by_a_calendar(more):
    # Saturdays and Sundays do not count: 22 days from January 15 to February 15, a
    # Sunday, and 20 to March 15, a Sunday too, of 252.
    terms = {
        "principal": "25200",
        "day_count": DayCount("BUS/252", WEEKENDS),
        "repayment": InterestOnly(2),
    }
    assert interests(**terms, **more) == [220, 200]


def test_a_year_that_is_cut_has_no_fraction_by_one_over_one():
    index = Index("index", {date(2025, 1, 1): "3.5%", date(2026, 3, 1): "4%"})
    resets = FloatingRate(index, resets="P100D", first_reset=date(2026, 1, 15))
    with pytest.raises(DayCountError, match="'1/1'.*where a period is cut"):
        interests(
            disbursed=date(2025, 1, 15),
            every="yearly",
            rate=resets,
            day_count="1/1",
            repayment=LevelPayment(3),
        )


@KINDS
@pytest.mark.parametrize(
    ("disbursed", "days"), [(date(2024, 2, 28), 360), (date(2024, 2, 29), 357)]
)
def test_months_are_between_last_days_only_where_due_dates_are(disbursed, days, more):
    """
    28 February 2025 to Friday 27 February 2026, moved from Saturday the 28th.

    From the 28th on it is 11 months and 30 days; from last day to last day 11 months,
    to 31 January, and 27 days.
    """
    found = interests(
        disbursed=disbursed,
        every="yearly",
        day_count="30/360 CN",
        end_of_month=True,
        business_days=BusinessDays(
            "modified_following", calendar=WEEKENDS, interest="adjusted"
        ),
        repayment=InterestOnly(2),
        **more,
    )
    assert found == [10 * 360, 10 * days]
