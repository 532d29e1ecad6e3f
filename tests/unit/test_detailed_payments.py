"""Payments and principal of detailed plans, each case worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from by_hand import half_up, level, walked
from loanmath import (
    AddOnInterest,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    FloatingRate,
    GraduatedPayment,
    Holiday,
    Index,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    Rounding,
    SteppedRate,
)
from loanmath.errors import ScheduleError

BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("1%/month"),
}


def plan(repayment, **terms):
    return InstallmentLoan(repayment=repayment, **(BASE | terms)).schedule()


def cents(schedule, column="payment"):
    return [int(100 * getattr(row, column)) for row in schedule]


# Level payments.


def test_a_whole_period_at_the_new_rate_after_carried_interest():
    # 0.1 % a day, and 0.01 % from February 25 on. Interest of the first 31 days, 310,
    # is carried. Of the 28 days to March 15, 10 bear the old rate and 18 the new one.
    schedule = plan(
        LevelPayment(3, on_rate_change="whole_period"),
        rate=SteppedRate(Rate("36.5%/year"), {date(2026, 2, 25): Rate("3.65%/year")}),
        day_count="ACT/365F",
        holidays=[Holiday(1, 1, "payment", interest="carry")],
    )
    owed = 10_000 + 310 + 28
    # Paid in March and in April, after 31 days more at the new rate: what is owed after
    # the first of the two bears 0.31 %.
    payment = half_up(100 * owed * Fraction(10_031, 10_000) / Fraction(20_031, 10_000))
    more = 100 * (10_000 * (10 * 10 + 18) // 10_000 - 28)
    assert cents(schedule)[:2] == [0, payment + more]
    assert schedule[1].interest == 310 + 118


def paid(units, growths, payment):
    """Return the payments of a plan whose last one clears it."""
    payments = [payment] * (len(growths) - 1) + [10**12]
    return [row.payment for row in walked(units, growths, payments)]


def second_pass(units, growths):
    """Return the payments as the term says, and whether the level moves nearer."""
    count, first = len(growths), half_up(level(units, growths))
    payments = paid(units, growths, first)
    gap = payments[-1] - first
    second = first + half_up(Fraction(gap, count))
    moved = paid(units, growths, second)
    nearer = abs(moved[-1] - second) < abs(gap)
    more_than_half = 2 * abs(gap) > count
    return (moved if nearer and more_than_half else payments), nearer, more_than_half


@pytest.mark.parametrize("rate", [-2, -5])
def test_a_second_pass_needs_more_than_half_a_unit_an_installment(rate):
    # At a rate below zero a unit more in every payment is less than that in the last.
    seen = set()
    for units in range(1_000, 1_150):
        for count in (4, 6):
            growths = [Fraction(rate, 100)] * count
            payments, *why = second_pass(units, growths)
            seen.add(tuple(why))
            found = plan(
                LevelPayment(count, residue="second_pass", shortfall="capitalize"),
                principal=f"{units // 100}.{units % 100:02d}",
                rate=Rate(f"{rate}%/month"),
            )
            assert cents(found) == payments, (units, count)
    assert (True, False) in seen


def test_a_second_pass_of_a_long_loan():
    # Half a cent in 48 payments at 1.5 % a period grows to 34 cents, more than 24; a
    # whole one more would grow to as much below, so the level stays.
    seen = set()
    for units in range(10_000_000, 10_000_040):
        payments, *why = second_pass(units, [Fraction(15, 1000)] * 48)
        seen.add(tuple(why))
        found = plan(
            LevelPayment(48, residue="second_pass"),
            principal=f"{units // 100}.{units % 100:02d}",
            rate=Rate("1.5%/month"),
        )
        assert cents(found) == payments, units
    assert seen == {(False, False), (False, True)}


def test_the_residue_first_where_more_is_drawn_than_was_lent():
    # 1000, and 1500 before the first installment: 2500 in three.
    schedule = plan(
        LevelPayment(3, residue="first"),
        principal="1000",
        rate=Rate("0%/day"),
        drawdowns=[Drawdown(date(2026, 2, 1), 1500)],
    )
    assert cents(schedule) == [83_334, 83_333, 83_333]


@pytest.mark.parametrize("drawn", [date(2026, 2, 1), date(2026, 6, 20)])
def test_many_periods_whose_rate_changes_near_a_drawdown(drawn):
    # 0.1 % a day, and 0.01 % from February 20 on. 1000 are drawn in the first period,
    # or in the sixth, in which it is at the new rate for 25 of the 30 days.
    schedule = plan(
        LevelPayment(40),
        rate=SteppedRate(Rate("36.5%/year"), {date(2026, 2, 20): Rate("3.65%/year")}),
        day_count="ACT/365F",
        drawdowns=[Drawdown(drawn, "1000")],
    )
    owed = 1_000_000
    for row in schedule:
        days = (row.end - row.start).days
        old = min(max((date(2026, 2, 20) - row.start).days, 0), days)
        interest = owed * Fraction(10 * old + days - old, 10_000)
        if row.start <= drawn < row.end:
            after = (row.end - drawn).days * (10 if old == days else 1)
            interest += Fraction(100_000 * after, 10_000)
            owed += 100_000
        assert int(100 * row.interest) == half_up(interest), row.number
        owed += half_up(interest) - int(100 * row.payment)
        assert int(100 * row.closing) == owed
    assert owed == 0
    # Solved anew from the second period on, and then over the 39 that are left.
    assert len({row.payment for row in schedule[1:-1]}) == 1
    assert schedule[0].payment > schedule[1].payment
    assert abs(schedule[-1].payment - schedule[1].payment) < 1


def test_what_is_drawn_in_the_last_of_many_periods():
    # 3000 and, before the last of 30 payments, 300: 110 each, at no rate.
    schedule = plan(
        LevelPayment(30),
        principal="3000",
        rate=Rate("0%/day"),
        drawdowns=[Drawdown(date(2028, 7, 1), "300")],
    )
    assert cents(schedule) == [11_000] * 27 + [3_000, 0, 30_000]


@pytest.mark.parametrize("rate", [150, 800])
def test_the_residue_first_where_interest_exceeds_what_is_owed(rate):
    # Of 400 yen in two years, nearly all is owed at once: the level is near to it.
    growth = Fraction(rate, 100)
    for units in range(401, 420):
        payment = half_up(level(units, [growth] * 2))
        interest = half_up(units * growth)

        def left(first, owed=units + interest, growth=growth):
            return owed - first + half_up((owed - first) * growth)

        best = min(
            range(units + interest + 1),
            key=lambda first: (abs(left(first) - payment), first),
        )
        schedule = plan(
            LevelPayment(2, residue="first", shortfall="capitalize"),
            currency="JPY",
            principal=units,
            every="yearly",
            rate=Rate(f"{rate}%/year"),
            fees=[Fee("none", "0", due="installments")],
        )
        assert [row.payment for row in schedule] == [best, left(best)]


# Interest that is waived.


def test_level_payments_over_waived_interest_whose_rate_changes_later():
    # 0.1 % a day until March 20. Of the 31, 28 and 31 days, the 28 are waived.
    rate = SteppedRate(Rate("36.5%/year"), {date(2026, 3, 20): Rate("3.65%/year")})
    terms = {
        "rate": rate,
        "day_count": "ACT/365F",
        "holidays": [Holiday(2, 1, "interest", interest="waive")],
    }
    growths = [Fraction(31, 1_000), Fraction(0), Fraction(31, 1_000)]
    payment = half_up(level(1_000_000, growths))
    assert cents(plan(LevelPayment(3), **terms))[:2] == [payment, payment]
    # What is drawn in the second period bears nothing in it either: it is worth as much
    # on February 15.
    drawn = [Drawdown(date(2026, 3, 1), 1000)]
    discount = 1 / (1 + growths[0])
    payment = half_up(level(1_000_000 + 100_000 * discount, growths))
    schedule = plan(LevelPayment(3), drawdowns=drawn, **terms)
    assert cents(schedule)[:2] == [payment, payment]
    assert cents(schedule, "interest")[1] == 0


def test_carried_interest_waits_where_interest_is_waived():
    # Interest falls due every two months, but of the second month there is none: what
    # was carried from the first waits for the next date.
    schedule = plan(
        EqualPrincipal(4),
        interest_payments=InterestPayments("P2M"),
        holidays=[Holiday(2, 1, "interest", interest="waive")],
    )
    assert cents(schedule, "interest") == [0, 0, 0, 10_000 + 5_000 + 2_500]


def test_waived_interest_is_not_carried():
    schedule = plan(
        EqualPrincipal(4), holidays=[Holiday(2, 1, "interest", interest="waive")]
    )
    assert cents(schedule, "interest") == [10_000, 0, 5_000, 2_500]
    assert "carried" not in schedule.explain(2, "interest").rule


def test_fixed_principal_above_what_is_owed_takes_one_installment():
    schedule = plan(FixedPrincipal("20000"))
    assert cents(schedule, "principal") == [1_000_000]
    # 9000, then what is left and the 1000 that were drawn before the second.
    drawn = plan(
        FixedPrincipal("9000"),
        day_count="ACT/365F",
        drawdowns=[Drawdown(date(2026, 3, 1), "1000")],
    )
    assert cents(drawn, "principal") == [900_000, 200_000]


def test_the_longest_plan_of_a_fixed_payment():
    terms = {"principal": "1200", "rate": Rate("0%/year")}
    assert cents(plan(FixedPayment("1"), **terms)) == [100] * 1_200
    with pytest.raises(ScheduleError, match="not repaid after 1,200 installments"):
        plan(FixedPayment("0.99"), **terms)


def test_a_debt_that_only_grows_is_refused():
    with pytest.raises(ScheduleError) as caught:
        plan(FixedPayment("1", shortfall="capitalize"), rate=Rate("120%/year"))
    assert str(caught.value) == (
        "payment: got 'not repaid after 1,200 installments';"
        " allowed: a payment that repays the loan;"
        " raise the payment, or state the number of installments"
    )


def test_the_least_fixed_principal_is_a_cent():
    schedule = plan(FixedPrincipal("1%"), principal="1", rate=Rate("0%/year"))
    assert cents(schedule, "principal") == [1] * 100


# Graduated payments.


def test_a_graduated_payment_counts_installments_across_a_holiday():
    # Steps of three installments, the second of which is a holiday that carries.
    schedule = plan(
        GraduatedPayment(5, "10%", every=3),
        principal="1000",
        holidays=[Holiday(2, 1, "payment", interest="capitalize")],
    )
    rate, grown = Fraction(101, 100), Fraction(11, 10)
    worth = 1 / rate + 1 / rate**3 + grown / rate**4 + grown / rate**5
    first = half_up(100_000 / worth)
    second = half_up(first * grown)
    assert cents(schedule)[:4] == [first, 0, first, second]


# Principal.


def test_a_fee_for_every_installment_at_once():
    terms = FlatFee(3, "1%", fee_for="installment", charged="first")
    schedule = plan(terms, rate=None)
    assert cents(schedule, "fee") == [30_000, 0, 0]
    parted = plan(FlatFee(3, "1%", fee_for="installment"), rate=None)
    assert cents(parted, "fee") == [10_000] * 3


def test_stated_principal_is_refused_in_the_row_that_exceeds_what_is_owed():
    with pytest.raises(ScheduleError, match=r"installment 2.*principal of 9,500\.00"):
        plan(
            PrincipalAmounts(["1000", "9500", "4500"]),
            day_count="ACT/365F",
            drawdowns=[Drawdown(date(2026, 3, 20), "5000")],
        )


def test_stated_principal_with_interest_in_advance():
    schedule = plan(
        PrincipalAmounts(["6000", "4000"]),
        interest_payments=InterestPayments(in_advance=True),
    )
    assert cents(schedule, "principal") == [0, 600_000, 400_000]
    assert cents(schedule, "interest") == [10_000, 4_000, 0]


@pytest.mark.parametrize(
    ("drawn", "principals"),
    [
        # The last is as much as the others, then less, then more by a little at most.
        ("1000", [4000, 4000, 3000]),
        ("2000", [4000, 4000, 4000]),
        ("2000.01", [4000, 4000, 4000, Decimal("0.01")]),
        ("6500", [4000, 4000, 4000, 4000, 500]),
    ],
)
def test_fixed_principal_goes_on_until_what_was_drawn_is_repaid(drawn, principals):
    schedule = plan(
        FixedPrincipal("4000"),
        day_count="ACT/365F",
        drawdowns=[Drawdown(date(2026, 2, 20), drawn)],
    )
    assert [row.principal for row in schedule] == principals


def test_equal_shares_anew_after_every_drawdown():
    schedule = plan(
        EqualPrincipal(4),
        day_count="ACT/365F",
        drawdowns=[
            Drawdown(date(2026, 2, 20), "1500"),
            Drawdown(date(2026, 3, 20), "1000"),
        ],
    )
    # A quarter of 10000, a third of 7500 and 1500, half of 6000 and 1000.
    assert cents(schedule, "principal") == [250_000, 300_000, 350_000, 350_000]


def test_equal_shares_where_more_is_drawn_before_the_first():
    # 10001 in three: 3333.67 twice, and a cent less in one place.
    for residue, shares in (
        ("last", [333_367, 333_367, 333_366]),
        ("first", [333_366, 333_367, 333_367]),
    ):
        schedule = plan(
            EqualPrincipal(3, residue=residue),
            day_count="ACT/365F",
            drawdowns=[Drawdown(date(2026, 2, 1), "1")],
        )
        assert cents(schedule, "principal") == shares


def test_equal_shares_beside_a_balloon_of_all_that_was_lent_at_first():
    schedule = plan(
        EqualPrincipal(3, balloon="10000", residue="first"),
        day_count="ACT/365F",
        drawdowns=[Drawdown(date(2026, 2, 20), "1000")],
    )
    assert cents(schedule, "principal") == [0, 50_000, 1_050_000]


def test_shares_spread_by_a_coarser_unit():
    schedule = plan(
        EqualPrincipal(3, residue="spread"),
        principal="100",
        rounding=Rounding("half_up", unit="0.05"),
    )
    assert cents(schedule, "principal") == [3_335, 3_335, 3_330]


# Add-on interest.


def test_add_on_interest_of_nothing():
    schedule = plan(AddOnInterest(4), rate=Rate("0%/year"))
    assert cents(schedule) == [250_000] * 4
    assert cents(schedule, "interest") == [0] * 4


@pytest.mark.parametrize(
    ("residue", "payments"),
    [
        ("last", [34_368, 34_368, 34_367]),
        ("first", [34_367, 34_368, 34_368]),
        ("spread", [34_368, 34_368, 34_367]),
    ],
)
def test_equal_payments_of_interest_by_the_rule_of_78(residue, payments):
    # 1001.00 and 3 % of it, 30.03, are 1031.03: 343.68 twice and a cent less. Of the
    # 30.03, 3/6, 2/6 and 1/6 are earned: 15.015, 25.025 and 30.03 through each row.
    schedule = plan(
        AddOnInterest(3, earned="rule_of_78", residue=residue), principal="1001"
    )
    assert cents(schedule) == payments
    assert cents(schedule, "interest") == [1_502, 1_001, 500]


def test_a_payment_that_its_interest_takes_up_wholly_is_one():
    # 200 % of 1000 in three months: payments of 1000, of which 3/6 of 2000 are earned.
    schedule = plan(
        AddOnInterest(3, earned="rule_of_78"), principal="1000", rate=Rate("800%/year")
    )
    assert cents(schedule) == [100_000] * 3
    assert cents(schedule, "principal") == [0, 33_333, 66_667]


# Interest that is rounded in pieces.


def rounded_in_segments(rate, **terms):
    return cents(
        plan(
            EqualPrincipal(1),
            principal="100",
            disbursed=date(2026, 12, 15),
            interest_rounded="segment",
            rate=rate,
            **terms,
        ),
        "interest",
    )


def test_segments_by_a_year_that_depends_on_the_date():
    # 3.65 % a year is a cent a day of 100 in the 17 days of 2026; the 14 days of 2027
    # that follow bear twice as much from January 1 on. By 365.25 days a year the first
    # are 16.988 cents and the others 27.98.
    rate = SteppedRate(Rate("3.65%/year"), {date(2027, 1, 1): Rate("7.3%/year")})
    assert rounded_in_segments(rate, day_count="ACT/ACT ISDA") == [17 + 28]
    assert rounded_in_segments(rate, day_count="ACT/365.25") == [17 + 28]


@pytest.mark.parametrize("day_count", ["ACT/ACT ISDA", "ACT/365.25", "30E/360"])
def test_segments_at_a_rate_per_day(day_count):
    # 0.014 % a day of 100 is 1.4 cents: 17 days are 23.8 cents, 14 at twice that 39.2;
    # by 30E/360 there are 16 days to January 1, 22.4 cents.
    rate = SteppedRate(Rate("0.014%/day"), {date(2027, 1, 1): Rate("0.028%/day")})
    first = 22 if day_count == "30E/360" else 24
    assert rounded_in_segments(rate, day_count=day_count) == [first + 39]


def test_a_rate_below_zero_that_may_change():
    # 0.01 % a day of 10000 for 31 days, then of what is left.
    rate = SteppedRate(Rate("-3.65%/year"), {})
    schedule = plan(EqualPrincipal(2), rate=rate, day_count="ACT/365F")
    assert cents(schedule, "interest") == [-3_100, -1_400]


def test_segments_beside_waived_interest():
    # 1.5 cents a day for 17 days and 1.25 for 14 are 25.5 and 17.5, rounded alone.
    rate = SteppedRate(Rate("0.015%/day"), {date(2027, 1, 1): Rate("0.0125%/day")})
    schedule = plan(
        EqualPrincipal(4),
        principal="100",
        disbursed=date(2026, 12, 15),
        interest_rounded="segment",
        rate=rate,
        holidays=[Holiday(2, 1, "interest", interest="waive")],
    )
    # After two payments of 25, 28 days of 50 are 17.5 cents, and 31 days of 25 are 9.69.
    assert cents(schedule, "interest") == [26 + 18, 0, 18, 10]


def test_a_fixed_payment_outlasts_a_rate_that_doubles_the_debt():
    # 20 % a month for eight months, of which a tenth is paid; then no interest at all.
    schedule = plan(
        FixedPayment("100", shortfall="capitalize"),
        principal="1000",
        rate=SteppedRate(Rate("240%/year"), {date(2026, 9, 15): Rate("0%/year")}),
        day_count="30E/360",
    )
    owed = 100_000
    for _ in range(8):
        owed += half_up(owed * Fraction(1, 5)) - 10_000
    assert cents(schedule, "closing")[7] == owed > 200_000
    assert len(schedule) == 8 + -(-owed // 10_000)
    assert schedule.totals.payment == Decimal(8 * 10_000 + owed) / 100


# Payments that end where the search for them begins or ends.


def test_a_residue_is_spread_where_nothing_grows():
    # 10,000.01 in three parts is 3,333.33 each and two cents more.
    schedule = plan(
        LevelPayment(3, residue="spread"), principal="10000.01", rate=Rate("0%/year")
    )
    assert cents(schedule) == [333_334, 333_334, 333_333]
    assert cents(plan(LevelPayment(1, residue="spread"))) == [1_010_000]


def test_a_residue_is_spread_over_coarse_units():
    # 10,000 in three parts is 3,300 each and one hundred more.
    schedule = plan(
        LevelPayment(3, residue="spread", rounding=Rounding("up", unit="100")),
        rate=Rate("0%/year"),
    )
    assert cents(schedule) == [340_000, 330_000, 330_000]


def test_resets_after_the_last_due_date_change_nothing():
    index = Index("index", {date(2026, 1, 1): "1%", date(2026, 3, 1): "9%"})
    rate = FloatingRate(index, "11%", resets="monthly", first_reset=date(2026, 5, 1))
    schedule = plan(LevelPayment(3), rate=rate, day_count="30E/360")
    assert cents(schedule) == cents(plan(LevelPayment(3)))


def test_a_balance_that_a_negative_rate_eats_leaves_nothing_to_pay():
    # Three fifths of a cent round to the cent that is owed, on a row without payment.
    schedule = plan(
        FixedPayment("1"),
        principal="0.01",
        every="yearly",
        rate=Rate("-60%/year"),
        day_count="30E/360",
        holidays=[Holiday(1, 1, "payment", interest="capitalize")],
    )
    assert cents(schedule, "capitalized") == [-1, 0]
    assert cents(schedule, "closing") == [0, 0]
    assert cents(schedule) == [0, 0]


def test_interest_below_zero_is_paid_back_on_a_holiday_from_principal():
    # 100 shrinks by 1.00 a month; then 100 / (1 / 0.99 + 1 / 0.99 ** 2) = 49.25.
    schedule = plan(
        LevelPayment(3),
        principal="100",
        rate=Rate("-1%/month"),
        holidays=[Holiday(1, 1, "principal")],
    )
    assert cents(schedule) == [-100, 4_925, 4_925]


def test_a_floating_rate_prints_as_its_formula():
    index = Index("index", {date(2026, 1, 1): "1%"})
    texts = {
        "index": FloatingRate(index, resets=[]),
        "index + 1.2%": FloatingRate(index, "120bp", resets=[]),
        "11/10 x index - 0.39%": FloatingRate(
            index, "-39bp", multiplier="1.1", resets=[]
        ),
    }
    for text, rate in texts.items():
        assert str(rate) == text
