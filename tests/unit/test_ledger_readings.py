"""Where rules meet: money taken back, plans made anew, ceilings; figures by hand."""

from decimal import Decimal

from loanmath.account import Account, Status
from loanmath.events import (
    Acceleration,
    Chargeback,
    ChargeOff,
    InterestPause,
    InterestResume,
    Reversal,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    AmountCap,
    Fee,
    InterestOnly,
    LateCharge,
    LevelPayment,
    Prepayment,
    PrepaymentFee,
    RateCap,
    Servicing,
)
from serviced import D1, D2, D3, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
NOTHING = ["0.00", "0.00"]
# 0.90 a day on 3,000.
BY_DAY = {"rate": Rate("0.03%/day"), "day_count": "ACT/365F"}
TEN, ELEVEN = after(START, 10), after(START, 11)


def rows(account, day):
    """Return interest and principal owed, row by row."""
    position = account.position(day)
    return [owed(position, row.number)[3:] for row in position.installments]


def parts(account, day, place):
    """Return what is owed of one component, row by row."""
    position = account.position(day)
    return [owed(position, row.number)[place] for row in position.installments]


def penalties(account, day):
    return parts(account, day, 0)


def fees(account, day):
    return parts(account, day, 2)


def taken_back(amount, on=ELEVEN):
    return Chargeback(id="b1", on=on, of="p1", amount=amount)


def reversed_today(on=ELEVEN):
    return Reversal(id="x1", on=on, of="p1", reversed_as="today")


def on_balance(*events, prepayment=None, **agreed):
    servicing = Servicing(interest_on="balance", prepayment=prepayment or Prepayment())
    return Account.open(loan(servicing=servicing, **(BY_DAY | agreed))).record(*events)


def with_fees(*events, fee, **servicing):
    agreed = loan(fees=[Fee("service", fee, due="installments")], **terms(**servicing))
    return Account.open(agreed).record(*events)


# --- settlements that are taken back ------------------------------------------------------

# 10 of 31 days of 30.00 are 9.68.
SETTLED = paid("3009.68", TEN)


def test_what_had_accrued_is_owed_again_with_the_whole():
    account = opened(SETTLED, reversed_today(), penalty=FREE)
    # The day between bore nothing.
    assert account.payoff(ELEVEN) == Decimal("3009.68")


def test_interest_that_a_settlement_paid_for_later_periods_stays_paid():
    # 27.90, 16.80 and 9.30 for three periods; 1,000.00 come back on the last row, and
    # bear less than that in each.
    account = on_balance(
        paid("3054", TEN),
        taken_back("1000"),
        prepayment=Prepayment(unearned="due"),
    )
    assert rows(account, ELEVEN) == [NOTHING, NOTHING, ["0.00", "1000.00"]]
    assert account.payoff(after(START, 20)) == Decimal("1000.00")


def test_what_a_settlement_left_out_is_no_part_of_the_installment():
    charge = LateCharge("late fee", "10%", of="installment", days_late=1)
    account = opened(SETTLED, taken_back("1000"), penalty=FREE, late_charges=[charge])
    assert rows(account, ELEVEN) == [NOTHING, NOTHING, ["0.00", "1000.00"]]
    # 1,010.00 would be with the interest that was left out.
    assert penalties(account, after(D3, 1))[2] == "100.00"


def test_what_early_repayment_costs_comes_back_first_and_whole():
    # The planned fee of 0.50 was left out of the row that took the 20.00.
    account = with_fees(
        paid("3020", START),
        taken_back("20.50"),
        fee="0.50",
        penalty=FREE,
        prepayment=Prepayment(fee=PrepaymentFee("20")),
    )
    assert fees(account, ELEVEN) == ["20.00", "0.00", "0.00"]
    assert rows(account, ELEVEN) == [NOTHING, NOTHING, ["0.00", "0.50"]]


def test_money_that_clears_all_by_the_table_comes_back_by_the_table():
    # 3,060.00 are less than 3,100.00, which would settle with the fee.
    order = ["principal", "interest", "fee", "compound", "penalty"]
    account = opened(
        paid("3060", START),
        taken_back("5"),
        penalty=FREE,
        allocation=Allocation(order=order),
        prepayment=Prepayment(fee=PrepaymentFee("100")),
    )
    assert rows(account, ELEVEN) == [NOTHING, NOTHING, ["5.00", "0.00"]]


def test_a_cleared_row_is_cleared_again_and_carries_what_its_period_earns():
    # 9.00 of ten days are paid with the first row. Ten more of 1,990.95 are 5.97, which
    # settle; the day of the reversal bears nothing, and ten days more do: 11.95 in all.
    # The second row owes 16.72 of its own beside, and pays 1,018.05 again.
    account = on_balance(
        paid("1018.05", TEN, "p0", installments=[1]),
        paid("1996.92", after(START, 20)),
        reversed_today(after(START, 21)),
        repayment=LevelPayment(3),
    )
    assert rows(account, after(START, 21)) == [
        NOTHING,
        ["28.67", "989.38"],
        ["9.31", "1001.57"],
    ]


def rebated(*events):
    """
    Return the account of 3,000 in two periods, settled on the 20th day without interest.

    Once 2,000 are prepaid, 9.30 and 8.40 are planned, and the rebate by the rule of 78 is
    a third of the 53.10 that were planned at first.
    """
    return on_balance(
        paid("2000", START, "p0", effect="next"),
        paid("1000", after(START, 20)),
        *events,
        prepayment=Prepayment(unearned="rule_of_78"),
        repayment=InterestOnly(2),
    )


def test_what_was_earned_and_rebated_is_not_owed_by_who_owes_nothing():
    day = after(START, 22)
    account = rebated(InterestPause(id="s1", on=after(START, 21)), paid("1", day, "p2"))
    position = account.position(day)
    assert (position.status, position.credit) == (Status.CLOSED, Decimal("1.00"))


def test_what_was_earned_and_rebated_does_not_come_back_with_a_part():
    # 500 bear 1.50 in ten days, and 4.20 in the second period.
    account = rebated(taken_back("500", after(START, 21)))
    assert rows(account, after(START, 21)) == [NOTHING, ["5.70", "500.00"]]


# --- money ahead of time ------------------------------------------------------------------


def test_what_is_spread_comes_back_from_the_last_row():
    # 30.00 for each row: 20.00 of principal and 10.00 of interest of the last one.
    account = opened(
        paid("90", START),
        taken_back("25"),
        penalty=FREE,
        allocation=Allocation(by="component", future="spread"),
    )
    assert rows(account, ELEVEN) == [
        ["0.00", "1000.00"],
        ["0.00", "990.00"],
        ["5.00", "1000.00"],
    ]


def test_principal_prepaid_by_the_payer_s_word_comes_back_against_its_order():
    # 1,000 of the first row, then 500 of the second, though the terms say the last.
    account = opened(
        paid("1500", START, effect="next"),
        taken_back("600"),
        penalty=FREE,
        allocation=Allocation(future="last"),
    )
    assert rows(account, ELEVEN) == [
        ["30.00", "100.00"],
        ["20.00", "1000.00"],
        ["10.00", "1000.00"],
    ]


def test_the_next_of_stated_installments_is_the_first_of_them():
    account = opened(
        paid("500", START, installments=[2, 3]),
        penalty=FREE,
        allocation=Allocation(future="next_last"),
    )
    assert rows(account, START) == [
        ["30.00", "1000.00"],
        ["0.00", "520.00"],
        ["10.00", "1000.00"],
    ]


def test_rows_that_only_ever_owed_a_fee_keep_it_while_principal_is_left():
    agreed = loan(
        rate=Rate("0%/month"),
        repayment=InterestOnly(3),
        fees=[Fee("service", "0.50", due="installments")],
        **terms(FREE),
    )
    account = Account.open(agreed).record(paid("100", START, effect="shorter"))
    assert fees(account, START) == ["0.50", "0.50", "0.50"]


def test_a_cleared_row_that_keeps_its_interest_carries_it_on():
    # 12.54 were carried to the second row. 1,890.95 bear 15.88 in its own period, and
    # 901.32 bear 8.38 in the third.
    account = on_balance(
        paid("1018.05", TEN, "p0", installments=[1]),
        paid("100", after(START, 20), effect="shorter"),
        repayment=LevelPayment(3),
        prepayment=Prepayment(interest="period"),
    )
    assert rows(account, after(START, 20)) == [
        NOTHING,
        ["28.42", "989.63"],
        ["8.38", "901.32"],
    ]


def test_a_cleared_row_that_is_to_pay_again_pays_its_own_interest():
    # Ten days of 3,000, ten of 1,990.95 and eleven of 1,890.95 bear 21.212985, of which
    # 9.00 are paid. 1,890.95 and that over 1 + 1 / 1.0084 + 1 / (1.0084 * 1.0093) are
    # 642.92 a row; 1,269.24 and 636.98 are left after one and two of them.
    account = on_balance(
        paid("1018.05", TEN, "p0", installments=[1]),
        paid("100", after(START, 20), effect="smaller"),
        repayment=LevelPayment(3),
    )
    assert rows(account, after(START, 20)) == [
        ["12.21", "621.71"],
        ["10.66", "632.26"],
        ["5.92", "636.98"],
    ]


def test_no_more_interest_falls_due_at_once_than_was_planned():
    # The interest of the row that runs was left out, whatever 1,000.00 bear in it.
    account = opened(
        SETTLED,
        taken_back("1000"),
        Acceleration(id="a1", on=after(D1, 10)),
        penalty=FREE,
    )
    assert rows(account, after(D1, 10)) == [NOTHING, NOTHING, ["0.00", "1000.00"]]


# --- ceilings -----------------------------------------------------------------------------


def test_what_a_ceiling_allows_at_last_bears_in_that_night():
    # Five nights of 1.03 and a late charge of 100.00 waited. The sixth bears on 1,130.00.
    account = opened(
        penalty={"base": "overdue_installment"},
        late_charges=[LateCharge("late fee", "100", days_late=1, component="fee")],
        caps=[AmountCap("none", "0", until=after(D1, 5))],
    )
    assert owed(account.position(after(D1, 5)))[:3] == ["0.00", "0.00", "0.00"]
    assert owed(account.position(after(D1, 6)))[:3] == ["6.28", "0.00", "100.00"]


def test_a_day_that_counts_ahead_is_cut_before_its_night_allows_more():
    # 0.80 a night of each row may be charged. The first night is of row 2 alone: 0.80.
    # Its second day counts ahead and is cut whole: 1.20 wait, and the night allows 1.60
    # for both rows. Of the third day 0.40 are charged, and 1.60 that night; the oldest
    # row takes what was cut: 1.20, 0.40 and 1.60.
    for seen in ((), (paid("0", after(D2, 2), "p2"),)):
        account = opened(
            paid("1030", D1),
            reversed_today(after(D2, 1)),
            *seen,
            penalty={"payment_day": "counted"},
            caps=[RateCap("most", "0.08%/day")],
        )
        assert penalties(account, after(D2, 3))[:2] == ["3.20", "0.80"]


def test_an_amount_cap_counts_no_fee_that_acceleration_dropped():
    account = with_fees(
        Acceleration(id="a1", on=TEN),
        fee="1",
        caps=[AmountCap("three", "3", ["penalty", "compound", "fee"])],
    )
    assert penalties(account, ELEVEN) == ["1.00", "1.00", "1.00"]


# --- days on which nothing accrues --------------------------------------------------------


def test_a_day_that_rests_until_its_payment_costs_nothing_once_interest_goes_on():
    # Two nights of 1.00; the third day rests when money comes, and counts no more after
    # it. The fourth counts.
    order = ["payment", "interest_resume"]
    account = opened(
        InterestPause(id="s1", on=after(D1, 2)),
        paid("0", after(D1, 2)),
        InterestResume(id="s2", on=after(D1, 2)),
        penalty={"payment_day": "counted"},
        day_order=["interest_pause", *order],
    )
    days = [after(D1, number) for number in (1, 2, 3)]
    assert [penalties(account, day)[0] for day in days] == ["2.00", "2.00", "3.00"]


def test_the_schedule_goes_on_in_a_plan_made_after_a_charge_off():
    # 1,018 of 2,000 are left after 982 that are prepaid on the first day of a period: two
    # rows of 509, that owe 10.18 and 5.09 by the schedule.
    account = opened(
        paid("1030", D1),
        ChargeOff(id="o1", on=D1),
        paid("982", D1, "p2", effect="smaller", sequence=1),
        penalty=FREE,
        day_order=["charge_off", "payment"],
    )
    assert rows(account, D1)[1:] == [["10.18", "509.00"], ["5.09", "509.00"]]


# --- losses -------------------------------------------------------------------------------


def test_what_is_not_earned_is_not_lost():
    # A payoff would ask for all interest, 60.00, and 1.50 of fees. Ten of 31 days of 30.00
    # are 9.68.
    account = with_fees(
        WriteOff(id="o1", on=TEN),
        fee="0.50",
        penalty=FREE,
        prepayment=Prepayment(unearned="due", remaining_fees="due"),
    )
    assert account.position(TEN).written_off == Decimal("3009.68")


def test_nothing_settles_what_was_written_off():
    # 12.54 were carried to the row whose period begins.
    account = on_balance(
        paid("1018.05", TEN, "p0", installments=[1]),
        WriteOff(id="o1", on=D1),
        repayment=LevelPayment(3),
        prepayment=Prepayment(interest="period"),
    )
    position = account.position(D1)
    assert (position.written_off, position.payoff) == (Decimal("2003.49"), 0)


def test_a_debt_is_settled_after_maturity():
    # Nothing is in advance any more: what is owed is asked for, and no more.
    account = opened(interest_on="balance", penalty=FREE)
    late = after(D3, 5)
    whole = account.payoff(late)
    closed = account.record(paid(str(whole), late))
    assert closed.position(late).status.value == "closed"
    assert closed.payoff(after(late, 30)) == 0


def test_a_settlement_that_dropped_nothing_restores_no_plan():
    account = opened(
        paid("3060", D3),
        Reversal(id="x1", on=after(D3, 1), of="p1", reversed_as="today"),
        penalty=FREE,
    )
    assert owed(account.position(after(D3, 1)), 3)[3:] == ["10.00", "1000.00"]
    rules = {posting.rule for posting in account.postings()}
    assert "plan restored" not in rules
    assert "reversal" in rules


def test_a_payment_taken_back_twice_explains_each_part():
    account = opened(
        paid("1530", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="100"),
        Chargeback(id="b2", on=after(D1, 2), of="p1", amount="200"),
        interest_on="balance",
        penalty=FREE,
    )
    told = [one for one in account.postings() if one.rule == "chargeback"]
    assert [(one.event, str(one.amount)) for one in told] == [
        ("b1", "100.00"),
        ("b2", "200.00"),
    ]
    # Of the 500.00 that were paid ahead, 400.00 were left when the second came.
    assert told[1].inputs["cleared"] == Decimal("400.00")
