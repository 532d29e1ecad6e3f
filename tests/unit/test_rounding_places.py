"""Where interest is rounded: once per period, per segment, or per day."""

from datetime import date
from fractions import Fraction

import pytest

from loanmath import (
    AddOnInterest,
    Drawdown,
    EqualPrincipal,
    FixedPayment,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    LevelPayment,
    Rate,
    RoundedPer,
    Rounding,
    SteppedRate,
)
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from oracle.planner import round_to

CENT = Fraction(1, 100)
TWO_RATES = SteppedRate(Rate("6%/year"), {date(2026, 2, 4): Rate("5%/year")})


def loan(**terms):
    words = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": TWO_RATES,
        "day_count": "ACT/365F",
        "repayment": InterestOnly(2),
    }
    return InstallmentLoan(**(words | terms))


def first_interest(**terms):
    return Fraction(loan(**terms).schedule()[0].interest)


def half_up(value):
    return round_to(Fraction(value), "half_up", CENT)


def test_segments_are_rounded_alone():
    # 20 days at 6 % are 3.2876..., 11 days at 5 % are 1.5068...; the sum is 4.7945...
    older, newer = Fraction(6000 * 20, 36500), Fraction(5000 * 11, 36500)
    assert first_interest() == half_up(older + newer) == Fraction("4.79")
    by_segment = first_interest(interest_rounded="segment")
    assert by_segment == half_up(older) + half_up(newer) == Fraction("4.80")


def test_days_are_rounded_alone():
    # A day at 6 % is 0.1643..., at 5 % 0.1369...: 20 times 0.16 and 11 times 0.14.
    by_day = first_interest(interest_rounded=RoundedPer.DAY)
    assert by_day == 20 * half_up(Fraction(6000, 36500)) + 11 * half_up(
        Fraction(5000, 36500)
    )
    assert by_day == Fraction("4.74")


def test_a_rate_per_day_needs_no_day_count():
    daily = {"rate": Rate("0.0333%/day"), "day_count": None}
    assert first_interest(**daily) == Fraction("10.32")
    assert first_interest(**daily, interest_rounded="day") == Fraction("10.23")


def test_a_drawdown_starts_a_segment():
    drawn = {
        "rate": Rate("6%/year"),
        "drawdowns": [Drawdown(date(2026, 2, 4), "1000")],
        "repayment": EqualPrincipal(2),
    }
    before, after = Fraction(6000 * 20, 36500), Fraction(12000 * 11, 36500)
    assert first_interest(**drawn) == half_up(before + after) == Fraction("6.90")
    by_segment = first_interest(**drawn, interest_rounded="segment")
    assert by_segment == half_up(before) + half_up(after) == Fraction("6.91")


def test_carried_interest_keeps_what_was_rounded():
    terms = {
        "rate": Rate("6%/year"),
        "repayment": EqualPrincipal(3),
        "interest_payments": InterestPayments("quarterly"),
    }
    plain, segments = (
        loan(**terms, interest_rounded=per).schedule() for per in ("period", "segment")
    )
    exact = [
        Fraction(row.opening) * 6 * (row.end - row.start).days / 36500 for row in plain
    ]
    assert Fraction(plain[-1].interest) == half_up(sum(exact))
    assert Fraction(segments[-1].interest) == sum(map(half_up, exact))


def test_a_period_without_a_cut_is_one_segment():
    terms = {"rate": Rate("6%/year"), "repayment": LevelPayment(6)}
    rows = loan(**terms).schedule().rows()
    assert loan(**terms, interest_rounded="segment").schedule().rows() == rows
    counted = {"day_count": "ACT/ACT ISDA"}
    rows = loan(**terms | counted).schedule().rows()
    by_segment = loan(**terms | counted, interest_rounded="segment")
    assert by_segment.schedule().rows() == rows


def test_waived_interest_stays_waived():
    terms = {
        "rate": Rate("6%/year"),
        "repayment": LevelPayment(3),
        "holidays": [Holiday(1, 1, "interest", interest="waive")],
    }
    assert first_interest(**terms, interest_rounded="day") == 0


def test_a_first_payment_where_days_bear_interest_below_zero():
    # 31 days take 0.10 each off 1000.00, and 28 days 0.05 each off 499.15.
    schedule = loan(
        rate=Rate("-3.65%/year"),
        interest_rounded="day",
        repayment=LevelPayment(2, residue="first"),
    ).schedule()
    assert [str(row.payment) for row in schedule] == ["497.75", "497.75"]
    assert [str(row.interest) for row in schedule] == ["-3.10", "-1.40"]


def by_day(owed, days, payment, rates):
    """Interest and what is left of level payments, a day's interest rounded alone."""
    interests, left = [], []
    for count, rate in zip(days, rates, strict=True):
        interest = count * half_up(owed * rate / 36500)
        owed = max(owed + interest - payment, Fraction(0))
        interests.append(interest)
        left.append(owed)
    return interests, left


@pytest.mark.parametrize("payment", ["44.32", "400", "2000"])
def test_days_are_rounded_alone_in_every_row_of_a_long_plan(payment):
    # The payment repays the loan last of all, in the middle, and with the first row.
    schedule = loan(
        rate=Rate("6%/year"),
        repayment=FixedPayment(payment, 24),
        interest_rounded="day",
    ).schedule()
    days = [(row.end - row.start).days for row in schedule]
    interests, left = by_day(Fraction(1000), days, Fraction(payment), [6] * 24)
    assert [Fraction(row.interest) for row in schedule] == interests
    assert [Fraction(row.closing) for row in schedule][:-1] == left[:-1]
    assert sum(row.principal for row in schedule) == 1000


def test_days_are_rounded_alone_after_a_change_of_rate():
    # The first row is cut on 4 February, the others bear 5 % a day for a day.
    schedule = loan(repayment=FixedPayment("44", 30), interest_rounded="day").schedule()
    first = 20 * half_up(Fraction(6000, 36500)) + 11 * half_up(Fraction(5000, 36500))
    assert Fraction(schedule[0].interest) == first
    days = [(row.end - row.start).days for row in schedule][1:]
    owed = Fraction(schedule[0].closing)
    interests, left = by_day(owed, days, Fraction(44), [5] * 29)
    assert [Fraction(row.interest) for row in schedule][1:] == interests
    assert [Fraction(row.closing) for row in schedule][1:-1] == left[:-1]


@pytest.mark.parametrize("waived", [1, 2])
def test_days_of_other_rows_are_rounded_alone_beside_waived_interest(waived):
    schedule = loan(
        repayment=FixedPayment("44", 3),
        holidays=[Holiday(waived, 1, "interest", interest="waive")],
        interest_rounded="day",
    ).schedule()
    first = 20 * half_up(Fraction(6000, 36500)) + 11 * half_up(Fraction(5000, 36500))
    second = 28 * half_up(Fraction(schedule[0].closing) * 5 / 36500)
    expected = [Fraction(0), second] if waived == 1 else [first, Fraction(0)]
    assert [Fraction(row.interest) for row in schedule][:2] == expected


def test_no_other_first_payment_brings_the_last_nearer_where_days_are_rounded_alone():
    # A day's interest is rounded up by much, so that the last payment is far off.
    schedule = loan(
        rate=Rate("6%/year"),
        repayment=LevelPayment(4, residue="first", rounding="half_up"),
        rounding=Rounding("ceiling", unit="0.05"),
        interest_rounded="day",
    ).schedule()
    days = [(row.end - row.start).days for row in schedule]
    first, level, *_ = (Fraction(row.payment) for row in schedule)

    def gap(paid):
        owed = Fraction(1000)
        for count, payment in zip(days, [paid, level, level, level], strict=True):
            day = round_to(owed * 6 / 36500, "ceiling", Fraction(1, 20))
            owed += count * day - payment
        return owed

    assert Fraction(schedule[-1].payment) == level + gap(first)
    nearest = min(
        (first + cents * CENT for cents in range(-500, 501)),
        key=lambda paid: abs(gap(paid)),
    )
    assert first == nearest


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        ({"interest_rounded": "week"}, UnknownNameError),
        ({"interest_rounded": 1}, InputTypeError),
        (
            {
                "interest_rounded": "segment",
                "rate": Rate("6%/year"),
                "repayment": AddOnInterest(3),
            },
            TermsError,
        ),
        (
            {
                "interest_rounded": "day",
                "rate": Rate("6%/year"),
                "interest_payments": InterestPayments(in_advance=True),
            },
            TermsError,
        ),
        ({"interest_rounded": "day", "day_count": "ACT/ACT ISDA"}, TermsError),
    ],
)
def test_what_has_no_meaning_is_refused(terms, kind):
    with pytest.raises(kind):
        loan(**terms)
