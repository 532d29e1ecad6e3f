"""Plans by their first and last dates: broken periods, odd ends, recurrence rules."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from dateutil.rrule import DAILY, FR, MONTHLY, rrule

from by_hand import ALL, Row, actual, half_up, level, rows_of, walked, worth
from loanmath import (
    WEEKENDS,
    BusinessDays,
    EqualPrincipal,
    FixedPayment,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    Rate,
)
from loanmath.terms import Drawdown, GraduatedPayment

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "day_count": "ACT/365F",
}


def plan(repayment, **changes):
    return InstallmentLoan(repayment=repayment, **(BASE | changes)).schedule()


def days(schedule):
    return [str(row.due)[5:] for row in schedule]


# Broken periods: 15 January to the regular start on 1 February are 17 days.

LATE = {"first_due": date(2026, 3, 1)}
BROKEN = actual("0.12", 17)[0]
REGULAR = actual("0.12", 28, 31, 30)


def test_a_broken_period_is_counted():
    schedule = plan(LevelPayment(3), **LATE)
    growths = actual("0.12", 45, 31, 30)
    payment = half_up(level(100_000, growths))
    assert rows_of(schedule) == walked(100_000, growths, [payment, payment, ALL])


def broken_rows():
    payment = half_up(level(100_000, REGULAR))
    return walked(100_000, [BROKEN, *REGULAR], [None, payment, payment, ALL])


def test_a_broken_period_is_separate():
    schedule = plan(LevelPayment(3), broken_period="separate", **LATE)
    assert days(schedule) == ["02-01", "03-01", "04-01", "05-01"]
    assert rows_of(schedule) == broken_rows()


def test_a_broken_period_is_paid_at_disbursement():
    schedule = plan(LevelPayment(3), broken_period="at_disbursement", **LATE)
    assert days(schedule) == ["01-15", "03-01", "04-01", "05-01"]
    assert rows_of(schedule) == broken_rows()


def test_a_broken_period_is_added():
    schedule = plan(LevelPayment(3), broken_period="added", **LATE)
    assert days(schedule) == ["03-01", "04-01", "05-01"]
    broken, first, *rest = broken_rows()
    on_top = Row(
        first.payment + broken.interest,
        first.principal,
        first.interest + broken.interest,
        0,
        first.closing,
    )
    assert rows_of(schedule) == [on_top, *rest]
    assert schedule[0].start == date(2026, 1, 15)


def test_broken_periods_of_other_methods():
    separate = plan(EqualPrincipal(2), broken_period="separate", **LATE)
    assert separate.columns()["principal"] == (0, 50_000, 50_000)
    assert separate.columns()["interest"][0] == half_up(100_000 * BROKEN)
    graduated = plan(GraduatedPayment(2, "10%", every=1), broken_period="added", **LATE)
    first = half_up(100_000 / worth(REGULAR[:2], [1, Fraction(11, 10)]))
    assert graduated.columns()["payment"][0] == first + half_up(100_000 * BROKEN)
    drawn = plan(
        LevelPayment(2),
        broken_period="separate",
        drawdowns=[Drawdown(date(2026, 2, 1), "500")],
        **LATE,
    )
    payment = half_up(level(150_000, REGULAR[:2]))
    assert drawn.columns()["payment"][1] == payment


def test_a_broken_period_moves_with_days_off_where_it_has_a_row():
    weekends = BusinessDays("following", WEEKENDS)
    separate = plan(
        LevelPayment(3), broken_period="separate", business_days=weekends, **LATE
    )
    assert days(separate) == ["02-02", "03-02", "04-01", "05-01"]
    # Where it falls due with another payment, it ends where the terms say.
    added = plan(LevelPayment(3), broken_period="added", business_days=weekends, **LATE)
    growths = [BROKEN, *actual("0.12", 29, 30, 30)]
    interest = [half_up(100_000 * growth) for growth in growths[:2]]
    assert added.columns()["interest"][0] == sum(interest)


# First and last dates, rules.


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"first_after": "P20D"}, ["02-15", "03-15"]),
        ({"first_after": "P20D", "due_day": 20}, ["02-20", "03-20"]),
        ({"first_after": "P5D", "due_day": 20}, ["01-20", "02-20"]),
        ({"first_after": "P2M"}, ["03-15", "04-15"]),
        ({"first_after": "P2M", "due_day": 5}, ["04-05", "05-05"]),
        ({"first_after": "P3D", "every": "P14D"}, ["01-18", "02-01"]),
        ({"first_after": "P1M", "every": "P14D"}, ["02-15", "03-01"]),
        ({"last_due": date(2026, 2, 20)}, ["02-15", "02-20"]),
        ({"last_due": date(2026, 12, 31)}, ["02-15", "12-31"]),
    ],
)
def test_first_and_last_due_dates(changes, expected):
    schedule = plan(EqualPrincipal(2), **changes)
    assert days(schedule) == expected
    starts = [date(2026, 1, 15), schedule[0].due]
    spans = [
        (row.due - start).days for start, row in zip(starts, schedule, strict=True)
    ]
    interest = [
        half_up(owed * growth)
        for owed, growth in zip((100_000, 50_000), actual("0.12", *spans), strict=True)
    ]
    assert list(schedule.columns()["interest"]) == interest


def test_a_last_due_date_is_foreseen_by_the_payment():
    schedule = plan(LevelPayment(3), last_due=date(2026, 4, 30))
    growths = actual("0.12", 31, 28, 46)
    payment = half_up(level(100_000, growths))
    assert rows_of(schedule) == walked(100_000, growths, [payment, payment, ALL])


def test_due_dates_by_a_recurrence_rule():
    fridays = rrule(MONTHLY, byweekday=FR(3), dtstart=datetime(2025, 1, 1))
    schedule = plan(LevelPayment(3), every=fridays)
    assert days(schedule) == ["01-16", "02-20", "03-20"]
    growths = actual("0.12", 1, 35, 28)
    payment = half_up(level(100_000, growths))
    assert rows_of(schedule) == walked(100_000, growths, [payment, payment, ALL])
    twice = rrule(MONTHLY, bymonthday=(5, 20), dtstart=datetime(2026, 1, 1))
    assert days(plan(InterestOnly(3), every=twice)) == ["01-20", "02-05", "02-20"]
    ends = rrule(DAILY, interval=10, count=9, dtstart=datetime(2026, 1, 15))
    assert len(plan(FixedPayment("400"), every=ends)) == 3
    assert len(plan(LevelPayment(8), every=ends)) == 8
    until = rrule(DAILY, until=datetime(2026, 1, 17), dtstart=datetime(2026, 1, 1))
    assert days(plan(InterestOnly(2), every=until)) == ["01-16", "01-17"]
