"""Ceilings on what lateness costs: their sums, their days, and what they cut off."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account, Arrear
from loanmath.events import Charge, InterestPause, InterestResume, WriteOff
from loanmath.rates import Rate
from loanmath.terms import (
    AmountCap,
    Compounding,
    Fee,
    InDuplum,
    LateCharge,
    RateCap,
    SinglePayment,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

# Half of what the penalty comes to: 0.50 a day on one principal.
HALF = RateCap("half", "0.05%/day")


def cost(account, day):
    """Return penalty and what was cut off in all, on a day."""
    position = account.position(day)
    rows = position.installments
    return str(sum(row.owed.penalty for row in rows)), str(position.cut_off)


def costs(account, *days):
    return [cost(account, day) for day in days]


def days(*numbers):
    return [after(D1, number) for number in numbers]


def test_a_rate_cap_allows_what_overdue_principal_earns_at_it():
    account = opened(caps=[HALF])
    assert costs(account, *days(0, 1, 2, 10)) == [
        ("0.00", "0.00"),
        ("0.50", "0.50"),
        ("1.00", "1.00"),
        ("5.00", "5.00"),
    ]


def test_a_rate_cap_rounds_down():
    account = opened(caps=[RateCap("a ninth", "0.0999%/day")])
    # 0.999 a day: 0.99, 1.99, and 9.99 exactly on the tenth day.
    assert [cost(account, day)[0] for day in days(1, 2, 10)] == ["0.99", "1.99", "9.99"]


@pytest.mark.parametrize(
    ("rate", "year", "daily"),
    [
        ("18%/year", 360, "0.50"),
        ("1.5%/month", 360, "0.50"),
        ("18.25%/year", 365, "0.50"),
    ],
)
def test_a_rate_cap_has_the_days_of_its_year(rate, year, daily):
    account = opened(caps=[RateCap("cap", rate, days_in_year=year)])
    assert cost(account, after(D1, 1))[0] == daily


def test_a_rate_cap_above_the_penalty_or_at_it_cuts_nothing():
    for rate in ("0.1%/day", "0.2%/day"):
        account = opened(caps=[RateCap("cap", rate)])
        assert cost(account, after(D1, 30)) == ("32.00", "0.00")  # 30.00 and 2.00


def test_a_rate_cap_of_nothing_forbids_all():
    account = opened(caps=[RateCap("none", "0%/day")])
    assert cost(account, after(D1, 3)) == ("0.00", "3.00")


def test_what_was_cut_off_is_charged_once_there_is_room():
    # On the fourth day, 2.00 of penalty, 30.00 and 500.00 are paid. 500.00 of principal
    # bear no penalty within the tolerance, and allow 0.25 a day of what was cut off.
    account = opened(
        paid("532", after(D1, 4)), penalty={"tolerance": "500"}, caps=[HALF]
    )
    assert costs(account, *days(4, 5, 11, 12, 13)) == [
        ("0.00", "2.00"),
        ("0.25", "1.75"),
        ("1.75", "0.25"),
        ("2.00", "0.00"),
        ("2.00", "0.00"),
    ]


def test_a_pause_earns_no_room():
    account = opened(
        paid("532", after(D1, 4)),
        InterestPause(id="s1", on=after(D1, 4)),
        InterestResume(id="s2", on=after(D1, 9)),
        penalty={"tolerance": "500"},
        caps=[HALF],
    )
    assert costs(account, *days(4, 9, 10)) == [
        ("0.00", "2.00"),
        ("0.00", "2.00"),
        ("0.25", "1.75"),
    ]


def test_a_settlement_ends_what_was_cut_off():
    # 1.00 of penalty and 1,030.00; 2,000.00 not yet due, and two days of 20.00 by 28.
    account = opened(paid("3032.43", after(D1, 2)), caps=[HALF])
    settled = account.position(after(D1, 2))
    assert (settled.status.value, settled.credit) == ("closed", 0)
    assert cost(account, after(D1, 9)) == ("0.00", "0.00")


def test_a_write_off_ends_what_was_cut_off():
    account = opened(WriteOff(id="o1", on=after(D1, 2)), caps=[HALF])
    assert account.position(after(D1, 9)).cut_off == 0


def test_a_cap_is_in_force_from_its_first_night():
    account = opened(caps=[RateCap("half", "0.05%/day", since=after(D1, 5))])
    # Five nights before are 5.00; the sixth is the first that is capped.
    assert costs(account, *days(5, 6, 7)) == [
        ("5.00", "0.00"),
        ("5.00", "1.00"),
        ("5.00", "2.00"),
    ]
    # Ten nights allow 5.00, which were charged; 0.50 more on the eleventh.
    assert costs(account, *days(15, 16)) == [("5.00", "10.00"), ("5.50", "10.50")]


def test_a_cap_is_in_force_until_the_night_of_the_day_it_ends():
    account = opened(caps=[RateCap("half", "0.05%/day", until=after(D1, 5))])
    assert costs(account, *days(4, 5, 6)) == [
        ("2.00", "2.00"),
        ("2.50", "2.50"),
        ("6.00", "0.00"),
    ]


def test_what_waited_goes_to_the_oldest_row_that_owes_something():
    # 2.00 wait when the first row is cleared on the fourth day.
    cap = RateCap("half", "0.05%/day", until=D2)
    account = opened(paid("1032", after(D1, 4)), caps=[cap])
    assert account.position(D2).cut_off == Decimal("2.00")
    free = account.position(after(D2, 1))
    assert [owed(free, number)[0] for number in (1, 2)] == ["0.00", "3.00"]


def test_what_waited_waits_on_where_nothing_due_is_owed():
    # The cap has ended, but all that is due is paid until the second row falls due.
    cap = RateCap("half", "0.05%/day", until=after(D1, 9))
    account = opened(paid("1032", after(D1, 4)), caps=[cap])
    for day in (after(D1, 9), after(D1, 10), D2):
        position = account.position(day)
        assert position.cut_off == Decimal("2.00")
        assert [owed(position, number)[0] for number in (1, 2)] == ["0.00", "0.00"]
    free = account.position(after(D2, 1))
    assert [owed(free, number)[0] for number in (1, 2)] == ["0.00", "3.00"]


@pytest.mark.parametrize("most", ["3", "0.1%"])
def test_an_amount_cap_counts_what_was_ever_charged(most):
    account = opened(caps=[AmountCap("three", most)])
    assert costs(account, *days(3, 4, 9)) == [
        ("3.00", "0.00"),
        ("3.00", "1.00"),
        ("3.00", "6.00"),
    ]
    # What is paid was charged all the same.
    again = account.record(paid("3", after(D1, 4)))
    assert cost(again, after(D1, 9)) == ("0.00", "6.00")


def test_a_share_of_the_amount_lent_is_cut_to_whole_units():
    # 0.0999 % of 3,000 is 2.997.
    account = opened(caps=[AmountCap("share", "0.0999%")])
    assert cost(account, after(D1, 9))[0] == "2.99"


def test_an_amount_cap_may_count_interest_as_it_falls_due():
    account = opened(
        caps=[AmountCap("total", "35", ["penalty", "compound", "interest"])]
    )
    # 30.00 of interest leave room for 5.00; 20.00 more of interest are above it.
    assert costs(account, *days(5, 6)) == [("5.00", "0.00"), ("5.00", "1.00")]
    assert cost(account, after(D2, 1)) == ("5.00", "25.00")


def test_an_amount_cap_may_count_interest_that_continues():
    account = opened(
        penalty={"contract_interest": "continues", "days_in_year": 360},
        caps=[AmountCap("total", "35", ["penalty", "compound", "interest"])],
    )
    # A third of interest a day beside 1.00 of penalty: 4.00 and 1.33 would be 35.33.
    assert costs(account, *days(3, 4)) == [("3.00", "0.00"), ("3.67", "0.33")]


def test_an_amount_cap_may_count_fees():
    of = ["penalty", "compound", "fee"]
    late = [LateCharge("late", "2", days_late=2, component="fee")]
    fee = Charge(id="c1", on=D1, amount="1")
    agreed = loan(
        **terms(late_charges=late, caps=[AmountCap("total", "10", of)]),
        fees=[Fee("letter", "3", due="installments")],
    )
    account = Account.open(agreed).record(fee)
    # 3.00 planned and 1.00 by hand; 2.00 of penalty and the charge of 2.00: 8.00.
    assert owed(account.position(after(D1, 2)))[:3] == ["2.00", "0.00", "6.00"]
    assert costs(account, *days(4, 5)) == [("4.00", "0.00"), ("4.00", "1.00")]


def test_an_amount_cap_without_fees_counts_late_charges_alone():
    late = [LateCharge("late", "2", days_late=2, component="fee")]
    account = opened(
        Charge(id="c1", on=D1, amount="1"),
        late_charges=late,
        caps=[AmountCap("five", "5")],
    )
    assert costs(account, *days(3, 4)) == [("3.00", "0.00"), ("3.00", "1.00")]


def test_an_amount_cap_counts_penalty_charged_by_hand():
    account = opened(
        Charge(id="c1", on=D1, amount="2", component="penalty", installment=1),
        caps=[AmountCap("five", "5")],
    )
    assert costs(account, *days(3, 4)) == [("5.00", "0.00"), ("5.00", "1.00")]


def test_an_amount_cap_counts_the_lateness_of_an_existing_book():
    agreed = loan(**terms(caps=[AmountCap("five", "5")]))
    arrear = Arrear(due=START, principal="1000", penalty="1", compound="2")
    account = Account.open(agreed, arrears=[arrear])
    assert costs(account, after(START, 2), after(START, 3)) == [
        ("3.00", "0.00"),
        ("3.00", "1.00"),
    ]


def test_a_late_charge_is_cut_as_well():
    account = opened(
        late_charges=[LateCharge("late", "2")], caps=[AmountCap("most", "1.50")]
    )
    # The night's 1.00 comes first.
    assert costs(account, *days(1, 2)) == [("1.50", "1.50"), ("1.50", "2.50")]


def test_what_waits_keeps_its_component_and_its_order():
    penalty = {
        "rate": "1%/day",
        "tolerance": "500",
        "compounding": Compounding(["penalty"], "daily"),
    }
    cap = AmountCap("ten", "10", until=after(D1, 4))
    account = opened(
        penalty=penalty, caps=[cap], late_charges=[LateCharge("late", "7", days_late=2)]
    )
    # 10.00 on the first day, which is all; then 0.10 and 10.00, 7.00, 0.20 and 10.00.
    before = account.position(after(D1, 3))
    assert owed(before)[:2] == ["10.00", "0.00"]
    assert before.cut_off == Decimal("27.20")
    # Unpaid penalty that bears interest stays at 10.00: 0.10 a night from the second.
    # The fifth night is free: 50.00 and 7.00, and 0.40.
    free = account.position(after(D1, 5))
    assert owed(free)[:2] == ["57.00", "0.40"]
    assert free.cut_off == 0


IN_DUPLUM = [InDuplum()]


def duplum(*events, caps=IN_DUPLUM):
    """Return 100 lent for a month at 1 %, with penalty of 10 % a day."""
    agreed = loan(
        principal="100",
        repayment=SinglePayment(1),
        **terms({"rate": "10%/day"}, caps=caps),
    )
    return Account.open(agreed).record(*events)


def test_in_duplum_stops_at_the_unpaid_principal():
    account = duplum()
    # 90.00 and 1.00 of interest; of the next 10.00, 9.00 still go.
    assert costs(account, *days(9, 10, 11)) == [
        ("90.00", "0.00"),
        ("99.00", "1.00"),
        ("99.00", "11.00"),
    ]


def test_what_in_duplum_cut_off_is_lost():
    account = duplum(paid("50", after(D1, 11)))
    assert costs(account, *days(11, 12, 16, 17)) == [
        ("49.00", "11.00"),
        ("59.00", "11.00"),
        ("99.00", "11.00"),
        ("99.00", "21.00"),
    ]


def test_in_duplum_follows_the_principal():
    order = ["principal", "interest", "penalty", "compound", "fee"]
    account = duplum(paid("50", after(D1, 5), order=order))
    # 50.00 and 1.00 stand against 50.00: there is no room at all.
    assert costs(account, *days(5, 6, 20)) == [
        ("50.00", "0.00"),
        ("50.00", "5.00"),
        ("50.00", "75.00"),
    ]


def test_in_duplum_counts_interest_from_its_due_day():
    agreed = loan(
        principal="100",
        rate=Rate("30%/month"),
        repayment=SinglePayment(2),
        **terms({"rate": "10%/day"}, caps=[InDuplum()]),
    )
    account = Account.open(agreed, arrears=[Arrear(due=START, principal="10")])
    # 1.00 a day on what was behind, against 110.00; 60.00 of interest due on 15 March.
    # The night of the due date is the first to find it due; 11.00 are cut off.
    assert costs(account, D2, after(D2, 1)) == [("59.00", "0.00"), ("59.00", "11.00")]


def test_of_two_caps_the_tighter_one_holds():
    account = opened(caps=[AmountCap("three", "3"), HALF])
    assert costs(account, *days(2, 6, 7)) == [
        ("1.00", "1.00"),
        ("3.00", "3.00"),
        ("3.00", "4.00"),
    ]


@pytest.mark.parametrize("first", [True, False])
def test_where_two_caps_bind_alike_what_in_duplum_cuts_is_lost(first):
    # Both leave room for 9.00 in the tenth night, the last one of the amount.
    amount = AmountCap("amount", "99", until=after(D1, 10))
    caps = [InDuplum(), amount] if first else [amount, InDuplum()]
    account = duplum(paid("50", after(D1, 10)), caps=caps)
    # 50.00 of penalty are paid; the next night costs 10.00, and not 11.00.
    assert costs(account, *days(10, 11)) == [("49.00", "1.00"), ("59.00", "1.00")]


def test_what_waits_is_not_lost_where_in_duplum_refuses_it():
    # 90.00 and the interest; nights ten to twelve wait for the amount: 30.00.
    amount = AmountCap("amount", "90", until=after(D1, 12))
    account = duplum(paid("50", after(D1, 13)), caps=[amount, InDuplum()])
    # The next night 9.00 of them find room, and its own 10.00 do not: they are lost.
    before = account.as_known_on(D1)
    assert costs(before, *days(12, 13)) == [("90.00", "30.00"), ("99.00", "31.00")]
    # Then 50.00 are paid: 21.00 that still waited, and the 10.00 of the night.
    assert costs(account, *days(13, 14)) == [("49.00", "31.00"), ("80.00", "10.00")]


def test_a_ceiling_holds_after_the_grace_as_well():
    account = opened(penalty={"grace_days": 3}, caps=[AmountCap("most", "2.50")])
    assert costs(account, *days(3, 4, 5)) == [
        ("0.00", "0.00"),
        ("2.50", "1.50"),
        ("2.50", "2.50"),
    ]


def test_a_counted_day_is_capped_too():
    account = opened(penalty={"payment_day": "counted"}, caps=[AmountCap("most", "2")])
    assert costs(account, *days(1, 2)) == [("2.00", "0.00"), ("2.00", "1.00")]


def test_ceilings_change_nothing_before_anything_is_late():
    account = opened(caps=[HALF, InDuplum(), AmountCap("most", "0")])
    assert cost(account, D1) == ("0.00", "0.00")
    assert account.payoff(date(2026, 1, 15)) == Decimal("3000.00")
    assert account.position(D3).overdue.penalty == 0
