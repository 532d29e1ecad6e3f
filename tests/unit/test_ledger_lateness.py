"""What lateness costs, day by day: the first day and the last, and what is rounded."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, Arrear, Status
from loanmath.errors import TermsError
from loanmath.events import (
    Acceleration,
    ChargeOff,
    InterestPause,
    InterestResume,
    Waiver,
)
from loanmath.rates import Rate
from loanmath.terms import (
    Compounding,
    DaysPastDue,
    Fee,
    FloatingRate,
    Index,
    LateCharge,
    PenaltyInterest,
    Servicing,
    SinglePayment,
    SteppedRate,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

pytestmark = pytest.mark.usefixtures("either_way")


def penalty_on(account, day, number=1):
    return owed(account.position(day), number)[0]


def compound_on(account, day, number=1):
    return owed(account.position(day), number)[1]


def test_the_due_day_counts_once_its_night_has_passed():
    account = opened()
    days = [after(D1, n) for n in (-1, 0, 1, 2)]
    assert [penalty_on(account, day) for day in days] == [
        "0.00",
        "0.00",
        "1.00",
        "2.00",
    ]
    on_the_day = account.position(D1)
    assert on_the_day.status is Status.CURRENT
    assert on_the_day.days_past_due == 0
    assert on_the_day.overdue.total == 0
    assert on_the_day.due.total == Decimal("1030.00")
    day_after = account.position(after(D1, 1))
    assert day_after.status is Status.OVERDUE
    assert day_after.days_past_due == 1
    assert day_after.overdue.total == Decimal("1031.00")
    assert day_after.due.total == 0


def test_due_on_the_8th_and_paid_on_the_10th_is_two_days():
    account = opened(paid("1032", after(D1, 2)))
    assert owed(account.position(D2))[:] == ["0.00"] * 5
    assert account.position(after(D1, 2)).credit == 0


def test_the_day_after_may_be_the_first():
    account = opened(penalty={"first_day": "day_after"})
    days = [after(D1, n) for n in (1, 2, 3)]
    assert [penalty_on(account, day) for day in days] == ["0.00", "1.00", "2.00"]


def test_the_payment_day_may_count_on_what_was_owed_before_it():
    account = opened(penalty={"payment_day": "counted"})
    days = [after(D1, n) for n in (0, 1, 2)]
    # The due day itself never does: nothing is overdue on it.
    assert [penalty_on(account, day) for day in days] == ["0.00", "2.00", "3.00"]
    # 2.00, 30.00 and 600.00 of principal; from the next day on 400.00 bear 0.40.
    part = account.record(paid("632", after(D1, 1)))
    assert [penalty_on(part, day) for day in days] == ["0.00", "0.00", "0.40"]
    # A second payment on the day finds it counted already.
    two = part.record(paid("100", after(D1, 1), "p2"))
    assert [penalty_on(two, day) for day in days[1:]] == ["0.00", "0.30"]


def test_a_payment_day_that_does_not_count_bears_on_what_is_left():
    part = opened(paid("631", after(D1, 1)))
    assert [penalty_on(part, after(D1, n)) for n in (1, 2)] == ["0.00", "0.40"]


def test_a_counted_day_and_the_day_after_as_the_first():
    account = opened(penalty={"payment_day": "counted", "first_day": "day_after"})
    assert [penalty_on(account, after(D1, n)) for n in (0, 1, 2)] == [
        "0.00",
        "1.00",
        "2.00",
    ]


def test_a_paused_day_is_not_counted_before_its_payment():
    account = opened(
        InterestPause(id="s1", on=after(D1, 1)), penalty={"payment_day": "counted"}
    )
    # Only the night of the due day bore penalty.
    assert [penalty_on(account, after(D1, n)) for n in (1, 5)] == ["1.00", "1.00"]


@pytest.mark.parametrize(
    ("first_day", "outlasted"), [("due_day", "4.00"), ("day_after", "3.00")]
)
def test_days_of_grace_end_in_a_cliff(first_day, outlasted):
    account = opened(penalty={"grace_days": 3, "first_day": first_day})
    assert penalty_on(account, after(D1, 3)) == "0.00"
    assert penalty_on(account, after(D1, 4)) == outlasted
    one_more = str(Decimal(outlasted) + 1)
    assert penalty_on(account, after(D1, 5)) == one_more


def test_paid_on_the_last_day_of_grace_is_on_time():
    last = after(D1, 3)
    account = opened(paid("1030", last), penalty={"grace_days": 3})
    assert owed(account.position(after(D1, 4))) == ["0.00"] * 5
    late = opened(paid("1030", after(D1, 4)), penalty={"grace_days": 3})
    # 4.00 of penalty go first, so that 4.00 of principal stay.
    assert owed(late.position(after(D1, 4))) == ["0.00", "0.00", "0.00", "0.00", "4.00"]


def test_what_was_paid_inside_grace_bore_less():
    # Two nights on 1,000, two on 400: 2.80 once grace is over.
    account = opened(paid("630", after(D1, 2)), penalty={"grace_days": 3})
    assert penalty_on(account, after(D1, 3)) == "0.00"
    assert penalty_on(account, after(D1, 4)) == "2.80"


def test_days_of_grace_may_stay_free():
    account = opened(penalty={"grace_days": 3, "grace": "free"})
    days = [after(D1, n) for n in (3, 4, 5)]
    assert [penalty_on(account, day) for day in days] == ["0.00", "1.00", "2.00"]


def test_grace_holds_for_each_installment_by_itself():
    account = opened(penalty={"grace_days": 3})
    # The first row: 28 days of February and March and three more; the second: none yet.
    last = account.position(after(D2, 3))
    assert owed(last)[0] == "31.00"
    assert owed(last, 2)[0] == "0.00"
    assert owed(account.position(after(D2, 4)), 2)[0] == "4.00"


def test_grace_by_the_rounded_total():
    # 31.00 on the first row; on the fourth day after, four days on both rows.
    account = opened(penalty={"grace_days": 3, "rounded": "total"})
    assert account.position(after(D1, 4)).overdue.penalty == Decimal("4.00")
    assert account.position(after(D2, 3)).overdue.penalty == Decimal("31.00")
    assert account.position(after(D2, 4)).overdue.penalty == Decimal("36.00")


@pytest.mark.parametrize(
    ("amount", "expected"), [("1020.00", "0.00"), ("1019.99", "0.05")]
)
def test_a_tolerance_is_not_late_and_one_unit_more_is(amount, expected):
    # 10.00 or 10.01 of principal are left; 0.1 % of 10.01 for five days is 0.05005.
    account = opened(paid(amount, D1), penalty={"tolerance": "10"})
    assert penalty_on(account, after(D1, 5)) == expected


@pytest.mark.parametrize(
    ("base", "daily"),
    [
        ("overdue_principal", "1.00"),
        ("overdue_principal_and_interest", "1.03"),
        ("overdue_installment", "1.05"),
    ],
)
def test_the_base_is_what_the_terms_say(base, daily):
    agreed = loan(
        **terms({"base": base}), fees=[Fee("letter", "20", due="installments")]
    )
    assert penalty_on(Account.open(agreed), after(D1, 1)) == daily


def test_a_multiple_of_the_contract_rate():
    # 12 % a year by 360 days, and half as much again: 0.05 % a day.
    account = opened(penalty={"multiple": "1.5", "days_in_year": 360})
    assert penalty_on(account, after(D1, 3)) == "1.50"
    # 12 % by 365 days is 0.328767 a day on 1,000.
    account = opened(penalty={"multiple": 1, "days_in_year": 365})
    assert [penalty_on(account, after(D1, n)) for n in (1, 3)] == ["0.33", "0.99"]
    none = opened(penalty={"multiple": 0, "days_in_year": 360})
    assert penalty_on(none, after(D1, 30)) == "0.00"


def test_an_addition_to_the_contract_rate():
    # 1/30 % and 0.02 % a day: 0.5333 a day, 1.60 in three days.
    account = opened(penalty={"addition": "0.02%/day", "days_in_year": 360})
    assert [penalty_on(account, after(D1, n)) for n in (1, 3)] == ["0.53", "1.60"]
    # 6 % a year on top: 18 % by 360 days is 0.05 % a day.
    account = opened(penalty={"addition": "6%/year", "days_in_year": 360})
    assert penalty_on(account, after(D1, 3)) == "1.50"


@pytest.mark.parametrize(
    ("penalty", "day_count", "daily"),
    [
        # 36 % a year, or 3 % a month, by 360 days: 0.1 % a day.
        ({"rate": "36%/year"}, "ACT/360", "1.00"),
        ({"rate": "3%/month"}, "ACT/360", "1.00"),
        # 36.5 % by 365 days; the terms go before the day count.
        ({"rate": "36.5%/year"}, "ACT/365F", "1.00"),
        ({"rate": "36%/year", "days_in_year": 360}, "ACT/365F", "1.00"),
        ({"rate": "36.4%/year", "days_in_year": 364}, "1/12", "1.00"),
        ({"rate": "36.6%/year", "days_in_year": 366}, "1/12", "1.00"),
    ],
)
def test_a_rate_has_the_days_of_its_year(penalty, day_count, daily):
    agreed = loan(**terms(penalty), day_count=day_count)
    assert penalty_on(Account.open(agreed), after(D1, 1)) == daily


def test_a_rate_without_days_of_a_year_is_refused():
    with pytest.raises(TermsError, match="days_in_year"):
        loan(**terms({"rate": "36%/year"}), day_count="1/12")
    with pytest.raises(TermsError, match="days_in_year"):
        loan(**terms({"multiple": "1.5"}), day_count="1/12")


def test_a_multiple_follows_a_stepped_rate():
    stepped = SteppedRate(Rate("12%/year"), {date(2026, 3, 1): Rate("6%/year")})
    agreed = loan(rate=stepped, day_count="ACT/360", **terms({"multiple": 1}))
    account = Account.open(agreed)
    # 14 nights at 1,000 * 12 % / 360 are 4.6667; from 1 March 0.1667 a night.
    assert penalty_on(account, date(2026, 3, 1)) == "4.67"
    assert penalty_on(account, date(2026, 3, 2)) == "4.83"
    assert penalty_on(account, date(2026, 3, 3)) == "5.00"


def test_the_last_known_fixing_holds_after_maturity():
    index = Index("index", {date(2026, 1, 1): "12%", date(2026, 3, 1): "6%"})
    floating = FloatingRate(index, resets=[date(2026, 3, 15)])
    agreed = loan(rate=floating, day_count="ACT/360", **terms({"multiple": 3}))
    account = Account.open(agreed)
    # The last row bears 3 * 6 % / 360 on 1,000 from its due date on: 0.50 a day.
    assert penalty_on(account, after(D3, 100), 3) == "50.00"


def test_half_a_cent_a_day():
    # 0.0005 % of 1,000 is 0.005 a day.
    def days(rounded, rounding=None):
        account = opened(
            penalty={"rate": "0.0005%/day", "rounded": rounded, "rounding": rounding}
        )
        return [penalty_on(account, after(D1, n)) for n in (1, 2, 3, 4)]

    assert days("day") == ["0.01", "0.02", "0.03", "0.04"]
    assert days("installment") == ["0.01", "0.01", "0.02", "0.02"]
    # Ties to even: 0.005 is 0.00, 0.015 is 0.02; by the day nothing ever is charged.
    assert days("installment", "half_even") == ["0.00", "0.01", "0.02", "0.02"]
    assert days("day", "half_even") == ["0.00"] * 4
    assert days("installment", "down") == ["0.00", "0.01", "0.01", "0.02"]


def test_the_total_is_rounded_once_and_the_oldest_row_bears_it():
    penalty = {"rate": "0.0005%/day"}
    one_by_one = opened(penalty=penalty | {"rounded": "installment"})
    in_total = opened(penalty=penalty | {"rounded": "total"})
    # On 16 March: 29 nights on the first row are 0.145, one on the second is 0.005.
    day = after(D2, 1)
    assert [penalty_on(one_by_one, day, n) for n in (1, 2)] == ["0.15", "0.01"]
    assert [penalty_on(in_total, day, n) for n in (1, 2)] == ["0.15", "0.00"]
    assert in_total.position(day).overdue.penalty == Decimal("0.15")


def test_the_total_goes_on_once_the_oldest_row_is_paid():
    account = opened(paid("1058", D2), penalty={"rounded": "total"}, credit="kept")
    # 28.00 of penalty, 30.00 and 1,000.00; then the second row bears 1.00 a day.
    assert owed(account.position(D2)) == ["0.00"] * 5
    assert [penalty_on(account, after(D2, n), 2) for n in (0, 1, 2)] == [
        "0.00",
        "1.00",
        "2.00",
    ]


def test_contract_interest_may_continue_beside_the_penalty():
    penalty = {"contract_interest": "continues", "days_in_year": 360}
    account = opened(penalty=penalty)
    # 1,000 * 12 % / 360 is 0.3333 a day.
    assert owed(account.position(D1))[3] == "30.00"
    assert [owed(account.position(after(D1, n)))[3] for n in (1, 2, 3)] == [
        "30.33",
        "30.67",
        "31.00",
    ]
    assert penalty_on(account, after(D1, 3)) == "3.00"
    replaced = opened(penalty={"days_in_year": 360})
    assert owed(replaced.position(after(D1, 3)))[3] == "30.00"


def test_contract_interest_continues_from_the_due_day_even_in_grace():
    penalty = {
        "contract_interest": "continues",
        "days_in_year": 360,
        "first_day": "day_after",
        "grace_days": 9,
        "tolerance": "2000",
        "rounding": "up",
    }
    account = opened(penalty=penalty)
    # Neither grace, tolerance nor rounding of the penalty is that of the contract.
    assert owed(account.position(after(D1, 1)))[3] == "30.33"


def test_penalty_on_interest_that_continues_grows_with_it():
    penalty = {
        "base": "overdue_principal_and_interest",
        "contract_interest": "continues",
        "days_in_year": 360,
    }
    account = opened(penalty=penalty)
    # 0.1 % of 1,030.00, 1,030.33 and 1,030.67, not rounded between.
    assert penalty_on(account, after(D1, 1)) == "1.03"
    assert penalty_on(account, after(D1, 2)) == "2.06"
    assert penalty_on(account, after(D1, 3)) == "3.09"
    # Over 90 nights interest is 30.00 and 0, 1, ..., 29 whole, each with 0.00, 0.33 and
    # 0.67 more: 2,700.00 + 1,305.00 + 30.00 bear 4.035, beside 90.00.
    assert penalty_on(account, after(D1, 90)) == "94.04"


def compounding(of, every="daily", **words):
    return {"compounding": Compounding(of, every, **words)}


def test_interest_on_interest_from_the_day_it_is_overdue():
    account = opened(penalty=compounding(["interest"]))
    assert [compound_on(account, after(D1, n)) for n in (0, 1, 2)] == [
        "0.00",
        "0.03",
        "0.06",
    ]


def test_daily_compounding_starts_with_what_was_accelerated():
    agreed = opened(penalty={"rate": "1%/day", **compounding(["penalty"])})
    account = agreed.record(Acceleration(id="a1", on=START))
    late = account.position(after(START, 1)).overdue
    # A night on 3,000.00, all of it due; its 30.00 bear the night after.
    assert (str(late.penalty), str(late.compound)) == ("30.00", "0.00")
    second = account.position(after(START, 2)).overdue
    assert (str(second.penalty), str(second.compound)) == ("60.00", "0.30")


def test_interest_on_continued_interest_follows_the_cents_of_each_day():
    penalty = {
        "rate": "1%/day",
        "contract_interest": "continues",
        "days_in_year": 360,
        **compounding(["interest"]),
    }
    account = opened(penalty=penalty)
    # 1 % of 30.00, 30.33 and 30.67: 0.91 in all.
    assert [compound_on(account, after(D1, n)) for n in (1, 2, 3)] == [
        "0.30",
        "0.60",
        "0.91",
    ]


def test_interest_on_penalty_from_the_next_compounding_day():
    account = opened(penalty={"rate": "1%/day", **compounding(["penalty"])})
    # 10.00 a day; each morning what is unpaid bears 1 % from that night on.
    assert [compound_on(account, after(D1, n)) for n in (1, 2, 3, 4)] == [
        "0.00",
        "0.10",
        "0.30",
        "0.60",
    ]


def test_interest_on_compound_interest_itself():
    account = opened(
        penalty={"rate": "10%/day", **compounding(["penalty", "compound"])}
    )
    # Penalty grows by 100.00 a day. Of it: 10.00, 20.00 and 30.00 in the nights from
    # the second on; of compound interest: 1.00 of 10.00 and 3.10 of 31.00.
    assert [compound_on(account, after(D1, n)) for n in (1, 2, 3, 4)] == [
        "0.00",
        "10.00",
        "31.00",
        "64.10",
    ]


def test_a_compounding_day_of_every_month():
    account = opened(penalty=compounding(["penalty"], "monthly", day=21))
    # Six nights are 6.00 on 21 February: 0.006 a night from then on.
    assert compound_on(account, date(2026, 2, 21)) == "0.00"
    assert compound_on(account, date(2026, 2, 22)) == "0.01"
    assert compound_on(account, date(2026, 2, 26)) == "0.03"
    # 28 nights until 21 March are 0.168; then 34.00 bear 0.034.
    assert compound_on(account, date(2026, 3, 21)) == "0.17"
    assert compound_on(account, date(2026, 3, 31)) == "0.51"


def test_a_compounding_day_of_every_quarter():
    account = opened(penalty=compounding(["penalty"], "quarterly", day=21))
    assert compound_on(account, date(2026, 3, 21)) == "0.00"
    # Ten nights on 34.00 and on 6.00.
    on = date(2026, 3, 31)
    assert [compound_on(account, on, n) for n in (1, 2)] == ["0.34", "0.06"]
    # 126.00 on 21 June: 92 nights on 34.00 are 3.128, ten on 126.00 are 1.26.
    assert compound_on(account, date(2026, 7, 1)) == "4.39"


def test_compounding_at_the_turn_of_a_year():
    agreed = loan(
        disbursed=date(2025, 11, 15),
        repayment=SinglePayment(1),
        principal="1000",
        **terms(compounding(["penalty"], "monthly", day=28)),
    )
    account = Account.open(agreed)
    # Due on 15 December: 13.00 on the 28th, 44.00 on 28 January, 75.00 on 28 February.
    assert compound_on(account, date(2026, 1, 28)) == "0.40"  # 31 * 0.013
    assert compound_on(account, date(2026, 2, 28)) == "1.77"  # and 31 * 0.044
    assert compound_on(account, date(2026, 3, 10)) == "2.52"  # and 10 * 0.075


def test_compounding_on_due_dates_and_not_after_the_last():
    account = opened(penalty=compounding(["penalty"], "due_dates"))
    assert compound_on(account, D2) == "0.00"
    # 28.00 of the first row from 15 March on.
    assert compound_on(account, date(2026, 3, 25)) == "0.28"
    # 31 nights on 28.00 are 0.868; from 15 April 59.00 bear 0.059, for 100 nights.
    assert compound_on(account, after(D3, 100)) == "6.77"


def test_arrears_compound_on_the_due_dates_of_the_loan_alone():
    agreed = loan(**terms(compounding(["penalty"], "due_dates")))
    arrear = Arrear(due=START, penalty="100", principal="10")
    account = Account.open(agreed, arrears=[arrear])
    assert compound_on(account, D1) == "0.00"
    # From 15 February on, 100.00 bear 0.10 a night.
    assert compound_on(account, after(D1, 10)) == "1.00"


def test_what_is_paid_of_penalty_bore_interest_first():
    day = date(2026, 2, 21)
    monthly = compounding(["penalty"], "monthly", day=21)
    # All 6.00 that bear interest are paid; what accrues later does not yet bear it.
    account = opened(paid("6", day), penalty=monthly)
    assert owed(account.position(date(2026, 3, 21)))[:2] == ["28.00", "0.00"]
    part = opened(paid("5", day), penalty=monthly)
    # 1.00 bears 0.001 a night.
    assert compound_on(part, date(2026, 3, 21)) == "0.03"
    waived = opened(
        Waiver(id="w1", on=day, component="penalty", amount="5"), penalty=monthly
    )
    assert compound_on(waived, date(2026, 3, 21)) == "0.03"
    # Eleven days later 11.00 more are owed: 7.00 of them bear no interest, and are left.
    later = opened(paid("10", date(2026, 3, 4)), penalty=monthly)
    assert owed(later.position(date(2026, 3, 21)))[:2] == ["24.00", "0.07"]


def test_compounding_at_the_contract_rate_until_the_last_due_date():
    penalty = {
        "days_in_year": 360,
        **compounding(["interest"], at_contract_rate=True),
    }
    account = opened(penalty=penalty)
    # 1/30 % a day on 30.00 for 59 nights, on 20.00 for 31.
    assert [compound_on(account, D3, n) for n in (1, 2, 3)] == ["0.59", "0.21", "0.00"]
    # Then 0.1 %: 0.62; 0.20667 and 0.02; 0.01.
    assert [compound_on(account, after(D3, 1), n) for n in (1, 2, 3)] == [
        "0.62",
        "0.23",
        "0.01",
    ]


def charged(day, *events, **words):
    account = opened(
        *events, penalty={"rate": "0%/day"}, late_charges=[LateCharge("late", **words)]
    )
    position = account.position(day)
    return owed(position)[0]


def test_a_late_charge_is_made_once_on_its_morning():
    assert charged(D1, amount="25") == "0.00"
    assert charged(after(D1, 1), amount="25") == "25.00"
    assert charged(after(D1, 27), amount="25") == "25.00"
    assert charged(after(D1, 2), amount="25", days_late=3) == "0.00"
    assert charged(after(D1, 3), amount="25", days_late=3) == "25.00"
    # Each installment is charged for itself.
    account = opened(
        late_charges=[LateCharge("late", "25")], penalty={"rate": "0%/day"}
    )
    assert account.position(after(D2, 1)).overdue.penalty == Decimal("50.00")


def test_a_late_charge_comes_before_the_payments_of_its_day():
    assert charged(after(D1, 1), paid("1030", D1), amount="25") == "0.00"
    account = opened(
        paid("1030", after(D1, 3)),
        penalty={"rate": "0%/day"},
        late_charges=[LateCharge("late", "25", days_late=3)],
    )
    assert owed(account.position(after(D1, 3)))[4] == "25.00"


@pytest.mark.parametrize(
    ("amount", "expected"), [("1025", "0.00"), ("1024.99", "25.00")]
)
def test_a_late_charge_has_a_tolerance(amount, expected):
    assert charged(after(D1, 1), paid(amount, D1), amount="25", tolerance=5) == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [("overdue", "25.00"), ("overdue_principal", "25.00"), ("installment", "51.50")],
)
def test_a_late_charge_of_a_share(of, expected):
    # Of 1,030.00, 530.00 were paid: 30.00 of interest, 500.00 of principal.
    half = paid("530", D1)
    assert charged(after(D1, 1), half, amount="5%", of=of) == expected


def test_a_late_charge_of_what_is_unpaid_leaves_penalty_out():
    whole = {"overdue": "51.50", "overdue_principal": "50.00", "installment": "51.50"}
    for of, expected in whole.items():
        assert charged(after(D1, 1), amount="5%", of=of) == expected
    # Fees are part of the installment: 1,050.00.
    agreed = loan(
        penalty=PenaltyInterest(rate="1%/day"),
        servicing=Servicing(
            late_charges=[
                LateCharge("a", "5%", component="fee"),
                LateCharge("b", "5%", of="installment", days_late=2, component="fee"),
            ]
        ),
        fees=[Fee("letter", "20", due="installments")],
    )
    account = Account.open(agreed)
    assert owed(account.position(after(D1, 1)))[:3] == ["10.00", "0.00", "72.50"]
    # The planned fee counts, the charge of the day before does not.
    assert owed(account.position(after(D1, 2)))[2] == "125.00"


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        ("51.50", None, "51.50"),
        ("51.51", None, "51.51"),
        (0, "51.50", "51.50"),
        (0, "51.49", "51.49"),
        ("60", "60", "60.00"),
    ],
)
def test_a_late_charge_has_a_least_and_a_most(least, most, expected):
    found = charged(after(D1, 1), amount="5%", least=least, most=most)
    assert found == expected


def test_a_late_charge_is_rounded_by_its_own_rule():
    # 0.0005 % of 1,000 is half a cent.
    half = {"amount": "0.0005%", "of": "overdue_principal"}
    assert charged(after(D1, 1), **half) == "0.01"
    assert charged(after(D1, 1), **half, rounding="half_even") == "0.00"


def test_a_late_charge_is_not_made_once_accrual_has_stopped():
    stops = ChargeOff(id="o1", on=D1)
    assert charged(after(D1, 1), stops, amount="25") == "0.00"
    goes_on = ChargeOff(id="o1", on=D1, stops_accrual=False)
    assert charged(after(D1, 1), goes_on, amount="25") == "25.00"
    # A pause holds back interest, not a charge.
    assert charged(after(D1, 1), InterestPause(id="s1", on=D1), amount="25") == "25.00"


def test_days_past_due_begin_with_the_day_after():
    account = opened()
    late = [account.position(after(D1, n)).days_past_due for n in (0, 1, 28, 29)]
    # The oldest unpaid installment counts, on and after the next due date.
    assert late == [0, 1, 28, 29]
    paid_one = account.record(paid("1058", D2))
    assert [paid_one.position(after(D2, n)).days_past_due for n in (0, 1)] == [0, 1]


def test_days_past_due_have_days_of_grace():
    account = opened(days_past_due=DaysPastDue(grace_days=3))
    late = [account.position(after(D1, n)).days_past_due for n in (3, 4)]
    assert late == [0, 4]
    assert account.position(after(D1, 3)).status is Status.CURRENT


@pytest.mark.parametrize(("amount", "late"), [("1020", 0), ("1019.99", 1)])
def test_days_past_due_have_a_tolerance(amount, late):
    account = opened(paid(amount, D1), days_past_due=DaysPastDue(tolerance="10"))
    assert account.position(after(D1, 1)).days_past_due == late


def test_penalty_alone_is_not_days_past_due():
    # 2.00 of penalty stay; interest and principal are paid.
    order = ["principal", "interest", "fee", "compound", "penalty"]
    account = opened(paid("1030", after(D1, 2), order=order))
    position = account.position(after(D1, 10))
    assert position.days_past_due == 0
    assert owed(position) == ["2.00", "0.00", "0.00", "0.00", "0.00"]


def test_a_pause_bears_nothing_and_what_follows_goes_on():
    account = opened(
        InterestPause(id="s1", on=after(D1, 2)),
        InterestResume(id="s2", on=after(D1, 5)),
    )
    days = [after(D1, n) for n in (2, 3, 5, 6)]
    assert [penalty_on(account, day) for day in days] == [
        "2.00",
        "2.00",
        "2.00",
        "3.00",
    ]


def test_a_pause_of_no_days():
    account = opened(
        InterestPause(id="s1", on=after(D1, 2)),
        InterestResume(id="s2", on=after(D1, 2)),
        day_order=["interest_pause", "interest_resume"],
    )
    assert penalty_on(account, after(D1, 3)) == "3.00"


def test_without_penalty_terms_lateness_costs_nothing():
    account = Account.open(loan())
    assert owed(account.position(after(D1, 20))) == [
        "0.00",
        "0.00",
        "0.00",
        "30.00",
        "1000.00",
    ]


def test_a_month_end_due_date():
    agreed = loan(disbursed=date(2026, 1, 31), **terms())
    account = Account.open(agreed)
    # Due on 28 February, 31 March and 30 April.
    assert penalty_on(account, date(2026, 2, 28)) == "0.00"
    assert penalty_on(account, date(2026, 3, 1)) == "1.00"
    assert penalty_on(account, date(2026, 3, 31)) == "31.00"
    assert [str(row.due) for row in account.position(D3).installments] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]


def test_what_is_behind_on_the_day_of_the_book_compounds_from_that_night():
    agreed = loan(**terms({"rate": "1%/day", **compounding(["penalty"])}))
    behind = Arrear(due=START, principal="1000", penalty="100")
    account = Account.open(agreed, arrears=[behind])
    late = account.position(after(START, 1)).overdue
    # 10.00 on the principal, and 1.00 on the penalty that was brought along.
    assert (str(late.penalty), str(late.compound)) == ("110.00", "1.00")


def test_a_rate_below_zero_is_rounded_away_from_zero():
    # 3,000 for 31 days at -0.0005 % a day: -0.465; then half a cent a night on 1,000.
    agreed = loan(
        rate=Rate("-0.0005%/day"),
        day_count="ACT/365F",
        penalty=PenaltyInterest(rate="0%/day", contract_interest="continues"),
    )
    account = Account.open(agreed)
    found = [owed(account.position(after(D1, days)))[3] for days in range(4)]
    assert found == ["-0.47", "-0.48", "-0.48", "-0.49"]
