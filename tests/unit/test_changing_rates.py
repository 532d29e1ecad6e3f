"""Plans whose rate changes: stepped and floating rates, and what a change moves."""

from datetime import date
from fractions import Fraction

import pytest

from by_hand import ALL, actual, half_up, level, rows_of, walked
from loanmath import (
    EqualPrincipal,
    FloatingRate,
    Holiday,
    Index,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    Rate,
    Rounding,
    SinglePayment,
    SteppedRate,
)
from loanmath.errors import DateRangeError, DayCountError, LoanmathError, ScheduleError
from loanmath.terms import Drawdown

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "day_count": "ACT/365F",
}
FALLS = SteppedRate(Rate("12%/year"), {date(2026, 4, 1): Rate("6%/year")})
# Days of the six periods; the third has 17 days at 12 % and 14 days at 6 %.
DAYS = (31, 28, 31, 30, 31, 30)
MIXED = actual("0.12", 17)[0] + actual("0.06", 14)[0]
REAL = [*actual("0.12", 31, 28), MIXED, *actual("0.06", 30, 31, 30)]


def plan(repayment, **changes):
    return InstallmentLoan(repayment=repayment, **(BASE | changes)).schedule()


def column(schedule, name):
    return [str(getattr(row, name)) for row in schedule]


# What a change moves.


def test_a_change_solves_the_payment_anew():
    schedule = plan(LevelPayment(6), rate=FALLS)
    first = half_up(level(100_000, actual("0.12", *DAYS)))
    before = walked(100_000, REAL[:2], [first] * 2)
    later = half_up(level(before[-1].closing, REAL[2:]))
    after = walked(before[-1].closing, REAL[2:], [later] * 3 + [ALL])
    assert later < first
    assert rows_of(schedule) == before + after


def test_a_change_is_not_foreseen_by_an_earlier_one():
    rates = {date(2026, 3, 15): Rate("24%/year"), date(2026, 5, 15): Rate("1%/year")}
    schedule = plan(LevelPayment(6), rate=SteppedRate(Rate("12%/year"), rates))
    payments, owed, rows = [], 100_000, []
    for first, stop, rate in ((0, 2, "0.12"), (2, 4, "0.24"), (4, 6, "0.01")):
        growths = actual(rate, *DAYS[first:])
        payments = [half_up(level(owed, growths))] * (stop - first)
        if stop == 6:
            payments[-1] = ALL
        rows += walked(owed, growths[: stop - first], payments)
        owed = rows[-1].closing
    assert rows_of(schedule) == rows


def test_a_change_may_count_for_its_whole_period():
    schedule = plan(LevelPayment(6, on_rate_change="whole_period"), rate=FALLS)
    first = half_up(level(100_000, actual("0.12", *DAYS)))
    rows = walked(100_000, REAL[:2], [first] * 2)
    owed = rows[-1].closing
    later = half_up(level(owed, actual("0.06", *DAYS[2:])))
    more = half_up(owed * MIXED) - half_up(owed * actual("0.06", 31)[0])
    assert more > 0
    rows += walked(owed, REAL[2:], [later + more, later, later, ALL])
    assert rows_of(schedule) == rows


def test_a_change_may_leave_payment_and_term():
    schedule = plan(LevelPayment(6, on_rate_change="balance"), rate=FALLS)
    first = half_up(level(100_000, actual("0.12", *DAYS)))
    assert rows_of(schedule) == walked(100_000, REAL, [first] * 5 + [ALL])


def test_a_change_may_be_foreseen():
    schedule = plan(LevelPayment(6, on_rate_change="foreseen"), rate=FALLS)
    one = half_up(level(100_000, REAL))
    assert rows_of(schedule) == walked(100_000, REAL, [one] * 5 + [ALL])
    spread = plan(
        LevelPayment(6, on_rate_change="foreseen", residue="first"), rate=FALLS
    )
    assert column(spread, "payment")[1:5] == column(schedule, "payment")[1:5]


def test_a_change_may_move_the_term():
    rises = SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("60%/year")})
    schedule = plan(LevelPayment(6, on_rate_change="term"), rate=rises)
    first = half_up(level(100_000, actual("0.12", *DAYS)))
    growths = actual("0.12", 31) + actual("0.60", 28, 31, 30, 31, 30, 31)
    rows = walked(100_000, growths, [first] * 6 + [ALL])
    assert len(schedule) == 7
    assert 0 < rows[-1].payment <= first
    assert rows_of(schedule) == rows
    falls = SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("0%/year")})
    assert len(plan(LevelPayment(6, on_rate_change="term"), rate=falls)) == 6
    much = SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("900%/year")})
    with pytest.raises(ScheduleError, match="not repaid"):
        plan(LevelPayment(6, on_rate_change="term"), rate=much)


@pytest.mark.parametrize("rates", [("3%", "4%"), ("0%", "4%"), ("-3%", "-4%")])
def test_a_payment_that_rounds_to_nothing_moves_no_term(rates):
    before, after = (Rate(f"{rate}/year") for rate in rates)
    rate = SteppedRate(before, {date(2026, 2, 15): after})
    terms = LevelPayment(360, on_rate_change="term")
    with pytest.raises(ScheduleError, match="not repaid after"):
        plan(terms, principal="0.01", rate=rate)


@pytest.mark.parametrize("moves", ["payment", "whole_period"])
def test_a_change_on_a_due_date_acts_from_the_next_period(moves):
    rate = SteppedRate(Rate("12%/year"), {date(2026, 3, 15): Rate("6%/year")})
    schedule = plan(LevelPayment(4, on_rate_change=moves), rate=rate)
    first = half_up(level(100_000, actual("0.12", *DAYS[:4])))
    rows = walked(100_000, actual("0.12", 31, 28), [first] * 2)
    growths = actual("0.06", 31, 30)
    later = half_up(level(rows[-1].closing, growths))
    rows += walked(rows[-1].closing, growths, [later, ALL])
    assert rows_of(schedule) == rows


def test_a_change_beside_a_balloon_and_a_drawdown():
    schedule = plan(
        LevelPayment(4, balloon="300"),
        rate=SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("6%/year")}),
        drawdowns=[Drawdown(date(2026, 3, 15), "500")],
    )

    # First at 12 % for all time, the 500 known in advance; then at 6 % from row 2 on.
    def solved(owed, growths, drawn_in):
        later = 1
        for growth in growths[:drawn_in]:
            later /= 1 + growth
        return half_up(level(owed + 50_000 * later, growths, 30_000))

    first = solved(100_000, actual("0.12", *DAYS[:4]), 2)
    rows = walked(100_000, actual("0.12", 31), [first])
    second = solved(rows[0].closing, actual("0.06", *DAYS[1:4]), 1)
    rows += walked(rows[0].closing, actual("0.06", 28), [second])
    owed = rows[-1].closing + 50_000
    rows += walked(owed, actual("0.06", 31, 30), [second, ALL])
    assert rows_of(schedule) == rows


def test_a_change_while_interest_is_carried():
    schedule = plan(
        LevelPayment(6),
        rate=SteppedRate(Rate("12%/year"), {date(2026, 3, 15): Rate("6%/year")}),
        holidays=[Holiday(2, 2, "payment", interest="carry")],
    )
    first = half_up(level(100_000, actual("0.12", 31, 28 + 31 + 30, 31, 30)))
    rows = walked(100_000, actual("0.12", 31), [first])
    owed = rows[0].closing
    # 28 days at 12 % have accrued when the payment is solved anew, at 6 % from then on.
    carried = actual("0.12", 28)[0] + actual("0.06", 31 + 30)[0]
    later = half_up(level(owed, [carried, *actual("0.06", 31, 30)]))
    rows += walked(
        owed,
        actual("0.12", 28) + actual("0.06", 31, 30, 31, 30),
        [None, None, later, later, ALL],
        interest=["carry", "carry", "due", "due", "due"],
    )
    assert rows_of(schedule) == rows


def test_a_change_of_payments_sized_for_a_longer_term():
    rate = SteppedRate(Rate("12%/year"), {date(2026, 3, 15): Rate("6%/year")})
    terms = {"rate": rate, "day_count": "30E/360"}
    longer = plan(LevelPayment(6, amortized_over=12), **terms)
    whole = plan(LevelPayment(12), **terms)
    assert column(longer, "payment")[:5] == column(whole, "payment")[:5]
    month = [Fraction(1, 100)] * 12
    first = half_up(level(100_000, month))
    rows = walked(100_000, month[:2], [first] * 2)
    half = [Fraction(1, 200)] * 10
    later = half_up(level(rows[-1].closing, half))
    rows += walked(rows[-1].closing, half[:4], [later] * 3 + [ALL])
    assert rows_of(longer) == rows


def test_other_methods_pay_the_rate_in_force():
    schedule = plan(EqualPrincipal(4), rate=FALLS)
    assert rows_of(schedule) == walked(100_000, REAL[:4], principals=[25_000] * 4)
    whole = plan(SinglePayment(6), rate=FALLS)
    # 76 days at 12 % and 105 days at 6 %.
    interest = half_up(100_000 * (actual("0.12", 76)[0] + actual("0.06", 105)[0]))
    assert whole.columns()["interest"] == (interest,)


@pytest.mark.parametrize(
    ("head_tail", "days"),
    [("head", (17, 14)), ("neither", (16, 14)), ("tail", (16, 15)), ("both", (17, 15))],
)
def test_the_day_of_a_change_bears_the_new_rate(head_tail, days):
    rate = SteppedRate(Rate("1%/day"), {date(2026, 2, 1): Rate("2%/day")})
    schedule = plan(SinglePayment(1), rate=rate, head_tail=head_tail)
    assert schedule.columns()["interest"] == (1000 * days[0] + 2000 * days[1],)


@pytest.mark.parametrize(("head_tail", "interest"), [("tail", 1000), ("both", 1000)])
def test_the_last_day_bears_the_rate_that_starts_on_it(head_tail, interest):
    rate = SteppedRate(Rate("0%/day"), {date(2026, 2, 15): Rate("1%/day")})
    schedule = plan(SinglePayment(1), rate=rate, head_tail=head_tail)
    assert schedule.columns()["interest"] == (interest,)


def test_months_that_count_no_days_cannot_be_cut():
    for name in (None, "1/1"):
        with pytest.raises(LoanmathError) as caught:
            plan(LevelPayment(6), rate=FALLS, day_count=name)
        assert "2026-04-01" in str(caught.value)
    uncut = SteppedRate(Rate("12%/year"), {date(2026, 3, 15): Rate("6%/year")})
    schedule = plan(InterestOnly(4), rate=uncut, day_count="1/12")
    assert column(schedule, "interest") == ["10.00", "10.00", "5.00", "5.00"]


def test_a_change_on_a_due_day_may_still_cut_a_quarter():
    rate = SteppedRate(Rate("12%/year"), {date(2026, 2, 15): Rate("6%/year")})
    with pytest.raises(DayCountError, match="where a period is cut"):
        plan(InterestOnly(2), rate=rate, every="quarterly", day_count=None)
    # Of the 90 days to April 15, 31 bear 1 % a month: 30 * 31/90 + 15 * 59/90.
    shared = plan(InterestOnly(2), rate=rate, every="quarterly", day_count="1/12")
    assert column(shared, "interest") == ["20.17", "15.00"]


@pytest.mark.parametrize(
    ("head_tail", "cut"),
    [
        # Of the 28 days to March 15, 10 bear 1 %: (10 * 10 + 20 * 18) / 28.
        ("head", "16.43"),
        # The 25th is the end of a day at 2 %: (10 * 9 + 20 * 19) / 28.
        ("tail", "16.79"),
    ],
)
def test_a_part_of_a_stated_whole_month_has_the_share_of_its_actual_days(
    head_tail, cut
):
    rate = SteppedRate(Rate("1%/month"), {date(2026, 2, 25): Rate("2%/month")})
    schedule = plan(InterestOnly(3), rate=rate, day_count="1/12", head_tail=head_tail)
    assert column(schedule, "interest") == ["10.00", cut, "20.00"]


def test_an_amount_drawn_inside_a_stated_whole_month_bears_its_share():
    # 1,000 for the month, and 500 more for 14 of its 31 days: 10 + 5 * 14/31.
    drawn = [Drawdown(date(2026, 2, 1), 500)]
    rate = Rate("12%/year")
    schedule = plan(InterestOnly(2), rate=rate, day_count="1/12", drawdowns=drawn)
    assert column(schedule, "interest") == ["12.26", "15.00"]


def test_parts_of_a_month_may_be_rounded_each():
    # 10 * 17/31 = 5.4839 and 20 * 14/31 = 9.0323: 14.51 of parts, 14.52 of the whole.
    rate = SteppedRate(Rate("1%/month"), {date(2026, 2, 1): Rate("2%/month")})
    words = {"rate": rate, "day_count": "1/12"}
    whole = plan(InterestOnly(1), **words)
    parts = plan(InterestOnly(1), interest_rounded="segment", **words)
    assert column(whole, "interest") == ["14.52"]
    assert column(parts, "interest") == ["14.51"]


def test_a_year_of_a_broken_number_of_days_is_cut_exactly():
    schedule = plan(InterestOnly(3), rate=FALLS, day_count="ACT/365.25")
    basis = Fraction(1461, 4)
    days = (31 * 12, 28 * 12, 17 * 12 + 14 * 6)
    expected = [half_up(1000 * weighed / basis) for weighed in days]
    assert list(schedule.columns()["interest"]) == expected


def test_a_cut_period_of_thirty_day_months():
    # 16 days to the first of the month and 14 days on: 15 March + 16 = 31 = 1 April.
    rate = SteppedRate(Rate("36%/year"), {date(2026, 4, 1): Rate("3.6%/year")})
    chinese = plan(InterestOnly(4), rate=rate, day_count="30/360 CN")
    assert column(chinese, "interest") == ["30.00", "30.00", "18.40", "3.00"]
    european = plan(InterestOnly(4), rate=rate, day_count="30E/360")
    assert column(european, "interest") == ["30.00", "30.00", "17.40", "3.00"]


def test_rates_that_do_not_change_in_time():
    late = SteppedRate(Rate("12%/year"), {date(2030, 1, 1): Rate("99%/year")})
    assert plan(LevelPayment(6), rate=late).rows() == (
        plan(LevelPayment(6), rate=Rate("12%/year")).rows()
    )
    with pytest.raises(ScheduleError, match="leaves something"):
        plan(
            LevelPayment(1),
            every="P60M",
            rate=SteppedRate(Rate("1%/year"), {date(2026, 4, 1): Rate("-50%/year")}),
        )


def test_rounded_to_coarse_units_after_a_change():
    terms = LevelPayment(6, rounding=Rounding("up", unit="1"))
    payments = column(plan(terms, rate=FALLS), "payment")
    assert payments[0] == payments[1] == "173.00"
    assert {text[-3:] for text in payments[:-1]} == {".00"}


# Floating rates.

SEEN = Index(
    "example",
    {
        date(2026, 1, 1): "3%",
        date(2026, 2, 10): "4%",
        date(2026, 3, 20): "10%",
        date(2026, 4, 1): "1%",
    },
)
# Each period is 30 days over 360: 1000 at r % a year is 1000 * r / 1200.
THIRTY = {"day_count": "30E/360", "principal": "1200"}


@pytest.mark.parametrize(
    ("terms", "rates"),
    [
        ({}, (3, 4, 4, 1)),
        ({"spread": "-50bp"}, (2.5, 3.5, 3.5, 0.5)),
        ({"multiplier": "2", "spread": "1%"}, (7, 9, 9, 3)),
        ({"multiplier": "-0.5", "spread": Fraction(1, 20)}, (3.5, 3, 3, 4.5)),
        ({"floor": "3.5%"}, (3.5, 4, 4, 3.5)),
        ({"cap": "2%"}, (2, 2, 2, 1)),
        ({"fixing_days": 10}, (3, 3, 4, 1)),
        ({"fixing_days": 5}, (3, 4, 4, 1)),
        ({"initial": Rate("9%/year")}, (9, 4, 4, 1)),
        ({"next_rate": Rate("8%/year")}, (3, 8, 4, 1)),
        ({"resets": "P2M"}, (3, 4, 4, 1)),
        ({"resets": [date(2026, 3, 15)], "first_reset": None}, (3, 3, 4, 4)),
        ({"resets": [], "first_reset": None}, (3, 3, 3, 3)),
        ({"first_reset": date(2026, 3, 15)}, (3, 3, 4, 1)),
    ],
)
def test_the_rate_of_each_reset(terms, rates):
    options = {"resets": "monthly", "first_reset": date(2026, 2, 15)} | terms
    rate = FloatingRate(SEEN, **options)
    schedule = plan(InterestOnly(4), rate=rate, **THIRTY)
    assert [float(row.interest) for row in schedule] == list(rates)


def test_resets_between_due_dates_and_by_days():
    rate = FloatingRate(SEEN, resets="P30D", first_reset=date(2026, 3, 5))
    schedule = plan(InterestOnly(3), rate=rate)
    # 18 days to 5 March at 3 %, 10 at 4 %; 20 days to 4 April at 4 %, 11 at 1 %.
    mixed = [
        *actual("0.03", 31),
        actual("0.03", 18)[0] + actual("0.04", 10)[0],
        actual("0.04", 20)[0] + actual("0.01", 11)[0],
    ]
    assert rows_of(schedule) == walked(100_000, mixed, principals=[0, 0, ALL])


def test_a_floating_rate_per_day():
    index = Index("overnight", [(date(2026, 1, 15), "0.1%"), (date(2026, 2, 15), "0%")])
    rate = FloatingRate(
        index, resets="weekly", first_reset=date(2026, 2, 15), per="day"
    )
    schedule = plan(InterestOnly(2), rate=rate, day_count=None)
    assert schedule.loan.counted_by.name == "ACT/365F"
    assert column(schedule, "interest") == ["31.00", "0.00"]


def test_an_index_that_was_not_observed_so_early():
    index = Index("late", {date(2026, 1, 16): "3%"})
    with pytest.raises(DateRangeError, match="index late"):
        plan(LevelPayment(3), rate=FloatingRate(index, resets=[]))
    known = FloatingRate(index, resets=[], initial=Rate("3%/year"))
    assert plan(LevelPayment(3), rate=known)
