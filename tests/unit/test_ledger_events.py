"""What each event does but payments: charges, waivers, pauses, losses, corrections."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import WEEKENDS, BusinessDays
from loanmath.account import Account, Status, explain
from loanmath.errors import CurrencyError, EventError
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    InterestPause,
    InterestResume,
    Payout,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    AddOnInterest,
    Allocation,
    Compounding,
    Fee,
    FlatFee,
    LevelPayment,
    Prepayment,
    PrepaymentFee,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
NOTHING = ["0.00"] * 5


def waived(component, amount, on, **words):
    return Waiver(id="w1", on=on, component=component, amount=amount, **words)


def charge(amount, on, **words):
    return Charge(id="c1", on=on, amount=amount, **words)


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def fees(account, day):
    return [owed(account.position(day), number)[2] for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # The next to fall due; on the due date itself, that one; after all, the last.
        (START, ["5.00", "0.00", "0.00"]),
        (D1, ["5.00", "0.00", "0.00"]),
        (after(D1, 1), ["0.00", "5.00", "0.00"]),
        (D3, ["0.00", "0.00", "5.00"]),
        (after(D3, 1), ["0.00", "0.00", "5.00"]),
    ],
)
def test_a_charge_falls_due_with_the_next_installment(on, expected):
    account = opened(charge("5", on), penalty=FREE)
    assert fees(account, on) == expected


def test_a_charge_may_name_its_installment_and_its_component():
    account = opened(charge("5", START, installment=3), penalty=FREE)
    assert fees(account, START) == ["0.00", "0.00", "5.00"]
    account = opened(charge("5", D1, component="penalty"), penalty=FREE)
    assert owed(account.position(D1)) == ["5.00", "0.00", "0.00", "30.00", "1000.00"]
    with pytest.raises(EventError, match="installments 1 to 3"):
        opened(charge("5", START, installment=4))


def test_a_charge_reopens_a_closed_account():
    account = opened(paid("3000", START), charge("5", D1))
    position = account.position(D1)
    assert (position.status, position.payoff) == (Status.CURRENT, Decimal("5.00"))


def test_a_waiver_of_all_penalty():
    account = opened(waived("penalty", "all", after(D1, 5)))
    assert owed(account.position(after(D1, 5)))[0] == "0.00"
    assert owed(account.position(after(D1, 6)))[0] == "1.00"
    row = account.position(after(D1, 5)).installments[0]
    assert row.waived == Decimal("5.00")
    assert row.paid.total == 0


def test_a_waiver_of_a_share_and_of_an_amount():
    day = after(D1, 5)
    half = opened(waived("penalty", "50%", day))
    assert owed(half.position(day))[0] == "2.50"
    two = opened(waived("penalty", "2", day))
    assert owed(two.position(day))[0] == "3.00"
    again = two.record(
        Waiver(id="w2", on=after(day, 1), component="penalty", amount="1")
    )
    assert str(again.position(after(day, 1)).installments[0].waived) == "3.00"
    # All that is owed may be given up, and a unit more may not.
    assert owed(opened(waived("penalty", "5", day)).position(day))[0] == "0.00"
    with pytest.raises(EventError, match=r"at most 5\.00") as caught:
        opened(waived("penalty", "5.01", day))
    assert caught.value.got == "a waiver of 5.01 of penalty"


def test_a_share_is_rounded():
    # Half of 0.01 is rounded up to all of it; a third of 1.00 is 0.33.
    cent = opened(charge("0.01", D1), waived("fee", "50%", D1), penalty=FREE)
    assert fees(cent, D1)[0] == "0.00"
    third = opened(charge("1", D1), waived("fee", "33%", D1), penalty=FREE)
    assert fees(third, D1)[0] == "0.67"


def test_a_share_rounded_up_to_large_units_is_at_most_all():
    agreed = loan(currency="JPY", rounding="up", **terms(FREE))
    account = Account.open(agreed).record(
        Charge(id="c1", on=D1, amount="1"), waived("fee", "1%", D1)
    )
    assert fees(account, D1)[0] == "0"


def test_a_waiver_of_interest_takes_what_is_due_and_oldest_first():
    account = opened(waived("interest", "40", D2), penalty=FREE)
    assert rows(account, D2) == [
        ["0.00", "1000.00"],
        ["10.00", "1000.00"],
        ["10.00", "1000.00"],
    ]
    # What falls due later is not owed yet.
    with pytest.raises(EventError, match=r"at most 50\.00"):
        opened(waived("interest", "50.01", D2), penalty=FREE)
    with pytest.raises(EventError, match=r"at most 30\.00"):
        opened(waived("interest", "30.01", after(D2, -1)), penalty=FREE)


def test_a_waiver_of_fees_takes_what_is_due():
    agreed = loan(fees=[Fee("letter", "20", due="installments")], **terms(FREE))
    account = Account.open(agreed).record(waived("fee", "all", D1))
    assert fees(account, D1) == ["0.00", "20.00", "20.00"]


def test_a_waiver_of_principal_may_take_all_of_it():
    account = opened(waived("principal", "50%", D1), penalty=FREE)
    assert rows(account, D1) == [
        ["30.00", "0.00"],
        ["20.00", "500.00"],
        ["10.00", "1000.00"],
    ]


def test_a_waiver_may_name_installments():
    account = opened(waived("principal", "1500", D1, installments=[3, 2]), penalty=FREE)
    assert [row[1] for row in rows(account, D1)] == ["1000.00", "0.00", "500.00"]
    # Of interest, a named row counts only once it is due.
    with pytest.raises(EventError, match=r"at most 0\.00"):
        opened(waived("interest", "1", D1, installments=[2]), penalty=FREE)
    with pytest.raises(EventError, match="installments 1 to 3"):
        opened(waived("interest", "1", D1, installments=[4]), penalty=FREE)


def test_a_waiver_of_all_of_nothing_does_nothing():
    account = opened(waived("compound", "all", D1), penalty=FREE)
    assert account.position(D1).payoff == Decimal("3030.00")


def test_a_waiver_of_principal_plans_the_rows_anew_on_the_balance():
    on_balance = {"penalty": FREE, "interest_on": "balance"}
    account = opened(paid("1030", D1), waived("principal", "500", D1), **on_balance)
    # 1,500 bear 15.00; the second row owes 500 of principal.
    assert rows(account, D1, 2, 3) == [["15.00", "500.00"], ["10.00", "1000.00"]]


def test_all_principal_falls_due_at_once():
    # On 1 March, 14 of 28 days of 20.00 are earned; what is later is not owed.
    day = date(2026, 3, 1)
    account = opened(paid("1030", D1), Acceleration(id="a1", on=day), penalty=FREE)
    position = account.position(day)
    assert rows(account, day) == [
        ["0.00", "0.00"],
        ["10.00", "1000.00"],
        ["0.00", "1000.00"],
    ]
    assert position.due.total == Decimal("2010.00")
    assert [row.due for row in position.installments] == [D1, day, day]
    assert account.position(after(day, 1)).days_past_due == 1
    assert position.next_due is None


def test_accelerated_principal_bears_penalty_from_the_day():
    day = date(2026, 3, 1)
    account = opened(paid("1030", D1), Acceleration(id="a1", on=day))
    assert account.position(after(day, 3)).overdue.penalty == Decimal("6.00")


@pytest.mark.parametrize(
    ("cost", "fee"), [("0", "0.00"), ("7", "7.00"), ("3%", "60.00")]
)
def test_acceleration_may_cost_a_share_of_what_it_makes_due(cost, fee):
    account = opened(Acceleration(id="a1", on=D1, charge=cost), penalty=FREE)
    # On the due date itself, 2,000 are in advance.
    assert fees(account, D1) == ["0.00", "0.00", fee]
    # And no interest of the periods to come was earned.
    assert [row[0] for row in rows(account, D1)] == ["30.00", "0.00", "0.00"]


def test_acceleration_drops_planned_fees_and_keeps_those_by_hand():
    agreed = loan(fees=[Fee("letter", "20", due="installments")], **terms(FREE))
    account = Account.open(agreed).record(
        charge("5", D1, installment=3), Acceleration(id="a1", on=D1)
    )
    assert fees(account, D1) == ["20.00", "0.00", "5.00"]


def test_acceleration_takes_off_interest_that_was_paid_ahead():
    day = date(2026, 3, 1)
    account = opened(paid("1045", D1), Acceleration(id="a1", on=day), penalty=FREE)
    # 15.00 of 20.00 were paid ahead, and 10.00 are earned.
    assert rows(account, day, 2) == [["0.00", "1000.00"]]


def test_acceleration_between_a_period_and_its_due_date():
    # The due date is moved to Monday the 16th; the period ends on Sunday the 15th.
    agreed = loan(
        rate=Rate("0.03%/day"),
        day_count="ACT/365F",
        business_days=BusinessDays("following", WEEKENDS, interest="unadjusted"),
        **terms(FREE),
    )
    account = Account.open(agreed).record(Acceleration(id="a1", on=D1))
    # 31 days of 0.90 are earned in full; of the second period, nothing is.
    assert rows(account, D1) == [
        ["27.90", "1000.00"],
        ["0.00", "1000.00"],
        ["0.00", "1000.00"],
    ]
    assert account.position(D1).due.total == Decimal("3027.90")
    assert Account.open(agreed).payoff(D1) == Decimal("3027.90")


def test_acceleration_happens_once_and_only_of_something():
    first = Acceleration(id="a1", on=D1)
    with pytest.raises(EventError, match="accelerated already"):
        opened(first, Acceleration(id="a2", on=D2))
    with pytest.raises(EventError, match="no principal"):
        opened(Acceleration(id="a1", on=D3))
    assert opened(Acceleration(id="a1", on=after(D3, -1))).events


def test_a_pause_takes_interest_off_the_plan_where_it_follows_the_balance():
    # 14 of 28 days of the second period bear nothing: half of 20.00.
    account = opened(
        paid("1030", D1),
        InterestPause(id="s1", on=D1),
        InterestResume(id="s2", on=date(2026, 3, 1)),
        penalty=FREE,
        interest_on="balance",
    )
    assert rows(account, after(D1, 1), 2, 3) == [["0.00", "1000.00"]] * 2
    assert rows(account, D2, 2, 3) == [["10.00", "1000.00"], ["10.00", "1000.00"]]
    # By the schedule nothing moves.
    fixed = opened(
        paid("1030", D1),
        InterestPause(id="s1", on=D1),
        InterestResume(id="s2", on=date(2026, 3, 1)),
        penalty=FREE,
    )
    assert rows(fixed, D2, 2, 3) == [["20.00", "1000.00"], ["10.00", "1000.00"]]


def test_pauses_and_resumptions_take_turns():
    pause, resume = InterestPause(id="s1", on=D1), InterestResume(id="s2", on=D2)
    assert opened(pause, resume).events == (pause, resume)
    with pytest.raises(EventError, match="paused from 2026-02-15 on"):
        opened(pause, InterestPause(id="s3", on=D2))
    with pytest.raises(EventError, match="not paused"):
        opened(resume)
    with pytest.raises(EventError, match="not paused"):
        opened(pause, resume, InterestResume(id="s4", on=D2))


def test_a_charge_off_stops_accrual_or_not():
    account = opened(ChargeOff(id="o1", on=after(D1, 2)))
    position = account.position(after(D1, 9))
    assert position.status is Status.CHARGED_OFF
    assert position.overdue.penalty == Decimal("2.00")
    # 2 of 28 days of 20.00 were earned before: 1.43.
    assert position.payoff == Decimal("3033.43")
    goes_on = opened(ChargeOff(id="o1", on=after(D1, 2), stops_accrual=False))
    assert goes_on.position(after(D1, 9)).overdue.penalty == Decimal("9.00")


def test_a_charge_off_stops_contract_interest_too():
    account = opened(
        ChargeOff(id="o1", on=date(2026, 3, 1)), penalty=FREE, interest_on="balance"
    )
    # Of the second period, half was earned: 10.00.
    assert account.payoff(after(D1, 27)) == Decimal("3040.00")


def test_a_charge_off_may_drop_what_was_planned_and_is_not_earned():
    off = ChargeOff(id="o1", on=after(D1, 14), drops_unearned=True)
    # Half of 20.00 is earned by then, and none of 10.00.
    stated = opened(off)
    assert owed(stated.position(D2), 2)[3:] == ["10.00", "1000.00"]
    assert owed(stated.position(D2), 3)[3:] == ["0.00", "1000.00"]
    assert stated.payoff(D1) == Decimal("3030.00")
    assert stated.payoff(D3) == Decimal("3054.00")
    # Of 1,020.07, half of 20.10 is interest, and the rest is principal.
    known = loan(**terms(), repayment=LevelPayment(3))
    account = Account.open(known).record(off)
    assert owed(account.position(D2), 2)[3:] == ["10.05", "1010.02"]
    assert owed(account.position(D2), 3)[3:] == ["0.00", "999.91"]
    told = [explain(one) for one in account.postings(off.on, off.on)]
    assert (
        "On 2026-03-01 the interest of installment 3 fell by CNY 10.10 in the new plan,"
        " on a balance of CNY 999.91."
    ) in told
    # Nothing bears interest again.
    sooner = account.record(
        paid("1020.07", D1, "p1"), paid("300", D2, "p2", effect="smaller")
    )
    assert owed(sooner.position(D2), 3)[3] == "0.00"
    never = Account.open(loan(repayment=FlatFee(3, "6%"), rate=None))
    with pytest.raises(EventError, match="interest that keeps to its plan"):
        never.record(off)


def test_a_charge_off_drops_nothing_more_where_interest_follows_the_balance():
    ends = {
        drops: opened(
            ChargeOff(id="o1", on=after(D1, 14), drops_unearned=drops),
            interest_on="balance",
        )
        for drops in (True, False)
    }
    for day in (after(D1, 14), D2, D3):
        assert ends[True].position(day).to_csv() == ends[False].position(day).to_csv()


def test_a_charge_off_happens_once_and_only_of_something():
    first = ChargeOff(id="o1", on=D1)
    with pytest.raises(EventError, match="charged off already"):
        opened(first, ChargeOff(id="o2", on=D2))
    with pytest.raises(EventError, match="nothing owed"):
        opened(paid("3000", START), first)


def test_a_write_off_and_what_is_recovered():
    day = after(D1, 2)
    account = opened(WriteOff(id="o1", on=day))
    position = account.position(day)
    # 2.00, 30.00 and 1,000.00; 2,000.00 in advance and 2 of 28 days of 20.00: 1.43.
    assert position.status is Status.WRITTEN_OFF
    assert position.written_off == Decimal("3033.43")
    assert (position.payoff, position.outstanding) == (0, 0)
    assert account.position(after(D1, 30)).written_off == Decimal("3033.43")
    part = account.record(Recovery(id="v1", on=D2, amount="33.43"))
    assert part.position(D2).written_off == Decimal("3000.00")
    assert part.position(D2).status is Status.WRITTEN_OFF
    whole = part.record(Recovery(id="v2", on=D2, amount="3000"))
    assert whole.position(D2).written_off == 0
    with pytest.raises(EventError, match=r"at most 3000\.00"):
        part.record(Recovery(id="v2", on=D2, amount="3000.01"))


def test_a_write_off_of_planned_fees_and_of_charges():
    agreed = loan(fees=[Fee("letter", "20", due="installments")], **terms(FREE))
    account = Account.open(agreed).record(
        charge("5", D1, installment=3), WriteOff(id="o1", on=D1)
    )
    # 1,050.00 and 2,000.00, and what was charged by hand.
    assert account.position(D1).written_off == Decimal("3055.00")


def test_after_a_write_off_little_may_happen():
    gone = WriteOff(id="o1", on=D1)
    for event in (
        paid("1", D2),
        charge("1", D2),
        waived("fee", "all", D2),
        Acceleration(id="a1", on=D2),
        ChargeOff(id="o2", on=D2),
        Refund(id="r1", on=D2, amount="1"),
        Chargeback(id="b1", on=D2, of="p1", amount="1"),
        Disbursement(id="d1", on=D2, amount="1"),
        WriteOff(id="o3", on=D2),
    ):
        with pytest.raises(EventError, match="after a write-off"):
            opened(gone, event)
    pause = InterestPause(id="s1", on=D2)
    resume = InterestResume(id="s2", on=D3)
    assert opened(gone, pause, resume).position(D3).written_off == Decimal("3030.00")


def test_nothing_owed_is_not_written_off_and_nothing_is_recovered_before():
    with pytest.raises(EventError, match="nothing owed"):
        opened(paid("3000", START), WriteOff(id="o1", on=D1))
    with pytest.raises(EventError, match=r"at most 0\.00"):
        opened(Recovery(id="v1", on=D1, amount="1"))


def test_a_credit_is_paid_out_up_to_all_of_it():
    account = opened(paid("50", START), allocation=Allocation(future="credit"))
    some = account.record(Payout(id="y1", on=START, amount="20"))
    assert some.position(START).credit == Decimal("30.00")
    with pytest.raises(EventError, match=r"at most 30\.00"):
        some.record(Payout(id="y2", on=START, amount="30.01"))
    assert (
        some.record(Payout(id="y2", on=START, amount="30")).position(START).credit == 0
    )


def test_a_reversed_payment_was_never():
    account = opened(paid("1030", D1), Reversal(id="x1", on=after(D1, 10), of="p1"))
    position = account.position(after(D1, 10))
    assert owed(position) == ["10.00", "0.00", "0.00", "30.00", "1000.00"]
    assert position.days_past_due == 10


def test_payments_after_a_reversed_one_are_allocated_anew():
    account = opened(
        paid("1030", D1),
        paid("1020", D2, "p2"),
        Reversal(id="x1", on=D3, of="p1"),
        penalty=FREE,
    )
    assert rows(account, D2) == [
        ["0.00", "10.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_a_reversed_charge_was_never():
    account = opened(charge("5", D1), Reversal(id="x1", on=D1, of="c1"))
    assert account.payoff(D1) == Decimal("3030.00")


def test_a_payment_reversed_from_today_is_owed_again():
    today = after(D1, 10)
    account = opened(
        paid("1030", D1), Reversal(id="x1", on=today, of="p1", reversed_as="today")
    )
    position = account.position(today)
    assert owed(position) == ["0.00", "0.00", "0.00", "30.00", "1000.00"]
    assert owed(account.position(after(today, 1)))[0] == "1.00"
    assert position.installments[0].paid.total == 0
    assert position.installments[0].cleared is None


def test_credit_that_a_reversed_payment_left_is_taken_back():
    future = Allocation(future="credit")
    back = Reversal(id="x1", on=after(D1, 1), of="p1", reversed_as="today")
    account = opened(paid("1100", D1), back, allocation=future, penalty=FREE)
    position = account.position(after(D1, 1))
    assert position.credit == 0
    assert owed(position)[3:] == ["30.00", "1000.00"]
    # 70.00 were paid out by then, or a part of them.
    for amount in ("70", "0.01"):
        out = Payout(id="y1", on=D1, amount=amount)
        with pytest.raises(EventError, match="credit to take back"):
            opened(paid("1100", D1), out, back, allocation=future, penalty=FREE)


def test_a_settlement_reversed_from_today():
    # On the first due date 3,030.00 settle; 30.00 of later interest fall away.
    back = Reversal(id="x1", on=after(D1, 1), of="p1", reversed_as="today")
    account = opened(paid("3030", D1), back, penalty=FREE)
    assert rows(account, after(D1, 1)) == [
        ["30.00", "1000.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_a_settlement_with_fee_and_credit_reversed_from_today():
    account = opened(
        paid("20", START, "p0"),
        paid("3030", D1),
        allocation=Allocation(future="credit"),
        credit="kept",
        penalty=FREE,
        prepayment=Prepayment(fee=PrepaymentFee("20")),
    )
    # 3,030.00 and the fee of 20.00, less 20.00 of credit.
    assert account.position(D1).status is Status.CLOSED
    back = account.record(
        Reversal(id="x1", on=after(D1, 1), of="p1", reversed_as="today")
    )
    position = back.position(after(D1, 1))
    assert position.credit == Decimal("20.00")
    assert position.outstanding == Decimal("3030.00")
    assert position.overdue.fee == 0


def test_a_charged_back_settlement_in_part_keeps_its_fee_first():
    account = opened(
        paid("3050", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="25"),
        penalty=FREE,
        prepayment=Prepayment(fee=PrepaymentFee("20")),
    )
    # The fee was paid last: 20.00 of it come back first, then 5.00 of the last row.
    position = account.position(after(D1, 1))
    assert [owed(position, n)[2] for n in (1, 2, 3)] == ["0.00", "20.00", "0.00"]
    assert owed(position, 3)[3:] == ["0.00", "5.00"]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        # 1,030 cleared 30.00 of interest, then principal; 1.00 of credit is first.
        ("1", ["0.00", "0.00"]),
        ("501", ["0.00", "500.00"]),
        ("1001", ["0.00", "1000.00"]),
        ("1001.01", ["0.01", "1000.00"]),
        ("1031", ["30.00", "1000.00"]),
    ],
)
def test_a_chargeback_takes_what_was_cleared_last_first(amount, expected):
    account = opened(
        paid("1031", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount=amount),
        allocation=Allocation(future="credit"),
        penalty=FREE,
    )
    assert rows(account, after(D1, 1), 1) == [expected]
    assert account.position(after(D1, 1)).credit == 0


def test_chargebacks_of_one_payment_go_on_where_the_last_one_stopped():
    first = Chargeback(id="b1", on=after(D1, 1), of="p1", amount="1000.50")
    second = Chargeback(id="b2", on=after(D1, 2), of="p1", amount="29.50")
    account = opened(paid("1030", D1), first, second, penalty=FREE)
    assert rows(account, after(D1, 1), 1) == [["0.50", "1000.00"]]
    assert rows(account, after(D1, 2), 1) == [["30.00", "1000.00"]]
    with pytest.raises(EventError, match=r"at most 29\.50"):
        opened(
            paid("1030", D1),
            first,
            Chargeback(id="b2", on=after(D1, 2), of="p1", amount="29.51"),
        )


def test_a_payment_charged_back_in_whole_has_nothing_left():
    whole = Chargeback(id="b1", on=after(D1, 1), of="p1", amount="1030")
    again = Chargeback(id="b2", on=after(D1, 2), of="p1", amount="0.01")
    assert rows(opened(paid("1030", D1), whole, penalty=FREE), D2, 1) == [
        ["30.00", "1000.00"]
    ]
    with pytest.raises(EventError, match=r"at most 0\.00"):
        opened(paid("1030", D1), whole, again, penalty=FREE)


def test_a_payment_of_every_planned_row_comes_back_from_the_last():
    # 3,080.00 would settle; 3,060.00 are what all rows owe by the plan.
    account = opened(
        paid("3060", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="10"),
        penalty=FREE,
        prepayment=Prepayment(fee=PrepaymentFee("50")),
    )
    assert account.position(D1).status is Status.CLOSED
    assert rows(account, after(D1, 1)) == [
        ["0.00", "0.00"],
        ["0.00", "0.00"],
        ["0.00", "10.00"],
    ]


def test_a_split_payment_comes_back_in_the_order_it_was_spent():
    split = {"interest": "10", "principal": "20"}
    account = opened(
        paid("30", D1, split=split),
        Chargeback(id="b1", on=D1, of="p1", amount="25"),
        penalty=FREE,
        day_order=["payment", "chargeback"],
    )
    assert rows(account, D1, 1) == [["25.00", "1000.00"]]


def test_a_spread_payment_comes_back_from_the_last_row():
    account = opened(
        paid("60", START),
        Chargeback(id="b1", on=after(START, 1), of="p1", amount="20"),
        penalty=FREE,
        allocation=Allocation(future="spread"),
    )
    # 20.00 to each: the third row's 10.00 and 10.00 come back.
    assert rows(account, after(START, 1)) == [
        ["10.00", "1000.00"],
        ["0.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_interest_paid_ahead_and_charged_back_is_not_paid_ahead_any_more():
    day = date(2026, 3, 1)
    account = opened(
        paid("1045", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="15"),
        penalty=FREE,
    )
    # Half of 20.00 is earned, and none of it paid.
    assert account.payoff(day) == Decimal("2010.00")


def test_a_refund_may_be_charged_back():
    account = opened(
        Refund(id="r1", on=D1, amount="30"),
        Chargeback(id="b1", on=after(D1, 1), of="r1", amount="30"),
        penalty=FREE,
    )
    assert rows(account, after(D1, 1), 1) == [["30.00", "1000.00"]]


def test_what_may_not_be_charged_back():
    after_all = after(D1, 1)
    for of in ("p9", "c1"):
        with pytest.raises(EventError, match="an earlier payment"):
            opened(
                charge("1", D1), Chargeback(id="b1", on=after_all, of=of, amount="1")
            )
    with pytest.raises(EventError, match="an earlier payment"):
        opened(
            paid("30", D1),
            Reversal(id="x1", on=after_all, of="p1", reversed_as="today"),
            Chargeback(id="b1", on=after_all, of="p1", amount="1"),
        )
    with pytest.raises(EventError, match="before any write-off"):
        opened(
            paid("30", D1),
            WriteOff(id="o1", on=after_all),
            Reversal(id="x1", on=D2, of="p1", reversed_as="today"),
        )


def test_a_payment_partly_charged_back_is_reversed_for_the_rest():
    account = opened(
        paid("1030", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="500"),
        Reversal(id="x1", on=after(D1, 2), of="p1", reversed_as="today"),
        penalty=FREE,
    )
    assert rows(account, after(D1, 2), 1) == [["30.00", "1000.00"]]


def test_a_chargeback_of_interest_on_the_balance_plans_anew():
    account = opened(
        paid("1530", D1),
        Chargeback(id="b1", on=date(2026, 3, 1), of="p1", amount="500"),
        penalty=FREE,
        interest_on="balance",
    )
    # 500 paid ahead on 15 February save half of 5.00 until they are owed again: half a
    # month on 1,500 and half on 2,000 is 17.50.
    assert rows(account, date(2026, 3, 1), 2) == [["17.50", "1000.00"]]


@pytest.mark.parametrize("of", ["p1", "p9"])
def test_a_reversal_of_something_later_or_not_there(of):
    with pytest.raises(EventError, match="on that day or before"):
        opened(paid("30", D2), Reversal(id="x1", on=after(D2, -1), of=of))


def test_a_reversal_of_itself_or_of_what_was_reversed():
    with pytest.raises(EventError, match="on that day or before"):
        opened(Reversal(id="x1", on=D1, of="x1"))
    with pytest.raises(EventError, match="another reversal"):
        opened(
            paid("30", D1),
            Reversal(id="x1", on=D1, of="p1"),
            Reversal(id="x2", on=D2, of="p1"),
        )


def test_a_reversed_reversal_undoes_nothing():
    account = opened(
        paid("1030", D1),
        Reversal(id="x1", on=D1, of="p1"),
        Reversal(id="x2", on=D2, of="x1"),
        Reversal(id="x3", on=D3, of="p1"),
        penalty=FREE,
    )
    assert rows(account, D1, 1) == [["30.00", "1000.00"]]
    without_last = opened(
        paid("1030", D1),
        Reversal(id="x1", on=D1, of="p1"),
        Reversal(id="x2", on=D2, of="x1"),
        penalty=FREE,
    )
    assert rows(without_last, D1, 1) == [["0.00", "0.00"]]


def test_a_reversal_on_the_day_of_what_it_reverses():
    account = opened(paid("1030", D1), Reversal(id="x1", on=D1, of="p1"), penalty=FREE)
    assert rows(account, D1, 1) == [["30.00", "1000.00"]]


def test_amounts_finer_than_the_loan():
    for event in (
        charge("0.001", D1),
        waived("fee", "0.001", D1),
        Payout(id="y1", on=D1, amount="0.001"),
        Recovery(id="v1", on=D1, amount="0.001"),
        Acceleration(id="a1", on=D1, charge="0.001"),
    ):
        with pytest.raises(CurrencyError):
            opened(event)


def test_a_waiver_takes_penalty_that_bears_interest_off_first():
    account = opened(
        waived("penalty", "10", after(D1, 1)),
        penalty={"rate": "1%/day", "compounding": Compounding(["penalty"], "daily")},
    )
    # The 10.00 of the first night are gone; those of the second bear from the third on.
    assert owed(account.position(after(D1, 3)))[:2] == ["20.00", "0.10"]


def test_level_and_add_on_loans_accelerate_by_their_own_interest():
    # 16 of 31 days: of 30.00 in both.
    day = after(START, 16)
    for repayment in (LevelPayment(3), AddOnInterest(3)):
        agreed = loan(repayment=repayment, **terms(FREE))
        account = Account.open(agreed).record(Acceleration(id="a1", on=day))
        assert account.position(day).due.total == Decimal("3015.48")
