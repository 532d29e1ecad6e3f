"""Rows that two terms meet in: odd first periods, drawdowns where the rate changes."""

from datetime import date
from fractions import Fraction

import pytest

from by_hand import half_up
from loanmath import (
    WEEKENDS,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    SinglePayment,
    SteppedRate,
)
from loanmath.errors import ScheduleError, TermsError
from loanmath.terms import FixedPrincipal

BASE = {
    "currency": "CNY",
    "principal": "12000",
    "disbursed": date(2026, 1, 20),
    "every": "monthly",
    "rate": Rate("6%/year"),
    "day_count": "ACT/360",
}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule]


# An odd first period is counted alike with and without a fee of nothing.

LONG = {
    "principal": "120000",
    "disbursed": date(2026, 4, 30),
    "first_due": date(2026, 7, 31),
    "day_count": "30/360 CN",
    "repayment": EqualPrincipal(2),
}
SHORT = {
    "disbursed": date(2026, 1, 15),
    "every": "yearly",
    "first_due": date(2026, 3, 15),
    "rate": Rate("18%/year"),
    "day_count": "ACT/ACT ICMA",
    "repayment": EqualPrincipal(2),
}
SINGLE = {
    "principal": "1000",
    "disbursed": date(2023, 12, 17),
    "every": "quarterly",
    "first_due": date(2024, 2, 17),
    "day_count": "ACT/ACT ICMA",
    "repayment": SinglePayment(4),
}
LEAP = {
    "disbursed": date(2028, 2, 29),
    "every": "yearly",
    "first_due": date(2028, 3, 31),
    "end_of_month": True,
    "rate": Rate("24%/year"),
    "day_count": "ACT/365L",
    "repayment": EqualPrincipal(2),
}


@pytest.mark.parametrize(
    ("changes", "interest"),
    [
        # Three months and a day; 59 of 365 days; 335 of 365; 31 of 366 from March on.
        (LONG, "1820.00"),
        (SHORT, "349.15"),
        (SINGLE, "55.08"),
        (LEAP, "244.60"),
    ],
)
@pytest.mark.parametrize("fees", [[], [Fee("nothing", "0", due="installments")]])
def test_an_odd_first_period_is_counted_alike(changes, interest, fees):
    schedule = loan(fees=fees, **changes).schedule()
    assert str(schedule[0].interest) == interest


def test_an_odd_first_period_before_the_years_of_a_contract():
    first = {"disbursed": date(1900, 1, 1), "first_due": date(1900, 2, 26)}
    fees = [Fee("x", "1", due="installments")]
    terms = loan(every="P2M", repayment=EqualPrincipal(2), fees=fees, **first)
    assert str(terms.schedule().explain(1, "interest").result) == "112.00"


# A drawdown in the row in which the rate changes.

DRAWN = [Drawdown(date(2026, 3, 1), "6000")]
RISES = SteppedRate(Rate("6%/year"), {date(2026, 3, 10): Rate("12%/year")})


def test_a_whole_period_at_the_new_rate_counts_what_is_drawn_in_it():
    terms = LevelPayment(3, on_rate_change="whole_period")
    schedule = loan(repayment=terms, rate=RISES, drawdowns=DRAWN).schedule()
    day, new = Fraction(6, 36_000), Fraction(12, 36_000)
    # Until the change is known, 6% for 31, 28 and 31 days, 6,000 of it for 19.
    assert str(schedule[0].payment) == "6046.72"
    owed = 1_200_000 + half_up(1_200_000 * 31 * day) - 604_672
    # At 12% for all of the second period, and 31 days more.
    second = owed * 28 * new + 600_000 * 19 * new
    grown = owed + second + 600_000
    payment = half_up(grown * (1 + 31 * new) / (2 + 31 * new))
    real = owed * (18 * day + 10 * new) + 600_000 * (9 * day + 10 * new)
    assert schedule.columns()["payment"][1] == (
        payment + half_up(real) - half_up(second)
    )
    assert column(schedule, "payment") == ["6046.72", "6058.79", "6085.83"]


@pytest.mark.parametrize("moves", ["payment", "whole_period", "balance"])
def test_a_change_to_come_leaves_the_first_payment_as_it_is(moves):
    # By 30/360 CN the cut row has 21 and 10 days; uncut it would have 30.
    terms = {
        "principal": "120000",
        "day_count": "30/360 CN",
        "drawdowns": [Drawdown(date(2026, 6, 10), "6000")],
        "repayment": LevelPayment(6, on_rate_change=moves),
    }
    changes = {date(2026, 7, 19): Rate("12%/year")}
    later = loan(rate=SteppedRate(Rate("6%/year"), changes), **terms)
    assert str(loan(**terms).schedule()[0].payment) == "21346.62"
    assert str(later.schedule()[0].payment) == "21346.62"


def test_a_whole_period_is_recast_only_where_interest_is_rounded_once():
    terms = LevelPayment(3, on_rate_change="whole_period")
    for per in ("day", "segment"):
        with pytest.raises(TermsError, match="no whole period is recast"):
            loan(repayment=terms, rate=RISES, interest_rounded=per)


# Where more repaid early changes nothing.


def test_a_first_payment_stays_level_where_a_drawdown_hides_the_others():
    terms = loan(
        principal="1000",
        rate=Rate("1%/month"),
        day_count="1/12",
        repayment=LevelPayment(4, residue="first"),
        drawdowns=[Drawdown(date(2026, 4, 20), "3000")],
    )
    assert column(terms.schedule(), "payment") == ["1002.51", "7.56", "0.00", "3030.00"]


# Holidays to the last stated date, and to the last possible one.


@pytest.mark.parametrize("repayment", [FixedPayment("40"), FixedPrincipal("40")])
def test_no_holiday_reaches_the_last_stated_date(repayment):
    dates = [date(2026, 2, 20), date(2026, 3, 20), date(2026, 4, 20)]
    rest = Holiday(3, 1, "principal")
    with pytest.raises(TermsError, match="the last one is paid"):
        loan(principal="100", every=dates, repayment=repayment, holidays=[rest])


@pytest.mark.parametrize(
    "repayment",
    [FixedPayment("6010"), FixedPayment("7000"), FixedPrincipal("6000")],
)
def test_a_holiday_to_the_last_possible_date_is_never_over(repayment):
    terms = loan(
        disbursed=date(2199, 10, 20),
        repayment=repayment,
        holidays=[Holiday(2, 600, "payment", interest="carry")],
    )
    with pytest.raises(ScheduleError, match="not repaid after"):
        terms.schedule()


# Rows paid in advance, where what is due moves and what is counted does not.


def test_dates_of_interest_in_advance_are_explained():
    advance = InterestPayments(in_advance=True)
    off = BusinessDays("following", WEEKENDS, interest="unadjusted")
    words = {"interest_payments": advance, "business_days": off}
    last = loan(
        disbursed=date(2026, 1, 14),
        repayment=EqualPrincipal(3),
        last_due=date(2026, 4, 12),
        **words,
    )
    assert last.schedule().explain(4, "start").inputs["end"] == date(2026, 4, 12)
    assert last.schedule().explain(2, "end").inputs["steps"] == 1
    assert last.schedule().explain(4, "end").formula == "stated"
    daily = loan(
        disbursed=date(2026, 1, 13), every="daily", repayment=InterestOnly(8), **words
    )
    end, due = (daily.schedule().explain(6, name) for name in ("end", "due"))
    assert (end.inputs["anchor"], end.inputs["steps"]) == (date(2026, 1, 14), 5)
    assert (due.formula, due.inputs["unmoved"]) == ("move(unmoved)", date(2026, 1, 18))
    # A fee on a Saturday that an installment has moved away from.
    fee = Fee("x", "1", due=date(2026, 2, 14))
    charged = loan(
        disbursed=date(2026, 1, 14), repayment=InterestOnly(3), fees=[fee], **words
    ).schedule()
    assert str(charged[1].fee) == "1.00"
    assert charged.explain(2, "end").formula == "stated"
    assert charged.explain(1, "end").inputs["steps"] == 0
    once = loan(repayment=SinglePayment(4), interest_payments=advance)
    assert once.schedule().explain(1, "end").inputs["steps"] == 3


def test_what_stated_amounts_have_to_sum_to():
    with pytest.raises(TermsError, match=r"'12,000.00'.*13,000.00, which is lent"):
        loan(
            repayment=PrincipalAmounts(["4000"] * 3),
            drawdowns=[Drawdown(date(2026, 2, 1), "1000")],
        )
