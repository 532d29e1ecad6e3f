"""Reminders of bills: 500 of August at 0.1 % a day, due on 25 September 2026."""

from datetime import date, timedelta
from decimal import Decimal

from kept_lines import (
    BOUGHT,
    DUE,
    OPENED,
    SEP5,
    aug,
    back,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    pay,
    sep,
    split,
)
from loanmath import (
    DefaultCharge,
    InstallmentTerms,
    LineAccount,
    MinimumPayment,
    Rounding,
)
from loanmath.reminders import Reminder, ReminderReason, explain_reminder, remind
from loanmath.reminders.sentences import title_of
from reminding import at, named, policy

USUAL = policy(-3, 0, 1, 7, 30)
LESS = MinimumPayment("10%")


def after_due(**terms):
    """A line that bears from the day after the due date, as Huabei does."""
    return line(
        interest(bears_from="after_due", repayment_day="old"), minimum=LESS, **terms
    )


def totals(reminder: Reminder) -> list[str]:
    return [str(cost.total) for cost in reminder.costs]


def test_nothing_is_paid():
    account = kept(after_due(), *BOUGHT)
    found = remind(account, OPENED, octo(4), USUAL)
    assert named(found) == [
        ("09-22", "T-3", "50.00"),
        ("09-25", "T", "50.00"),
        ("09-26", "T+1", "50.00"),
        ("10-02", "T+7", "50.00"),
    ]
    # 0.50 a day on 500; thirty days late is 25 October, the next due date.
    assert {tuple(totals(one)) for one in found.rows} == {("0.50", "3.50", "15.00")}
    first = found.rows[0]
    assert (first.statement, first.installments, str(first.full)) == (
        SEP5,
        (),
        "500.00",
    )
    assert first.what == "bill of 2026-09-05"


def test_a_bill_that_is_paid_is_not_reminded_of():
    account = kept(after_due(), *BOUGHT, pay(sep(23), 500))
    found = remind(account, OPENED, octo(30), USUAL)
    assert named(found) == [("09-22", "T-3", "50.00")]


def test_the_minimum_is_paid_and_the_rest_is_not_collected():
    account = kept(after_due(), *BOUGHT, pay(sep(23), 50))
    found = remind(account, OPENED, octo(4), USUAL)
    assert named(found) == [("09-22", "T-3", "50.00"), ("09-25", "T", "0.00")]
    today = found.rows[1]
    assert str(today.full) == "450.00"
    assert explain_reminder(today) == (
        "The bill of 2026-09-05, CNY 450.00 with its minimum paid, falls due today,"
        " 2026-09-25. Being late costs CNY 0.45 after 1 day, CNY 3.15 after 7 days,"
        " CNY 13.50 after 30 days."
    )
    assert explain_reminder(today, "zh").startswith(
        "2026年9月5日账单应还450.00元，最低还款额已还，今日（2026年9月25日）到期。"
    )


def test_a_minimum_that_is_paid_late_ends_collection():
    account = kept(after_due(), *BOUGHT, pay(sep(28), 50))
    found = remind(account, sep(26), octo(4), USUAL)
    assert named(found) == [("09-26", "T+1", "50.00")]


def test_sentences_of_a_bill():
    account = kept(after_due(), *BOUGHT)
    first, *_, late = remind(account, sep(22), sep(26), USUAL).rows
    assert explain_reminder(first) == (
        "The bill of 2026-09-05, CNY 500.00, at least CNY 50.00, falls due on 2026-09-25,"
        " in 3 days. Being late costs CNY 0.50 after 1 day, CNY 3.50 after 7 days,"
        " CNY 15.00 after 30 days."
    )
    assert explain_reminder(first, "zh") == (
        "2026年9月5日账单应还500.00元，最低还款50.00元，将于2026年9月25日到期，还有3天。"
        "若逾期未还：逾期1天多付0.50元，逾期7天多付3.50元，逾期30天多付15.00元。"
    )
    assert explain_reminder(late).startswith(
        "The bill of 2026-09-05, CNY 50.00 of its minimum unpaid, CNY 500.00 billed in"
        " all, was due on 2026-09-25: 1 day late."
    )
    assert explain_reminder(late, "zh").startswith(
        "2026年9月5日账单最低还款额未还50.00元，已出账未还共500.00元，已于2026年9月25日到期，"
        "逾期1天。"
    )


def test_what_is_not_billed_is_not_due():
    account = kept(after_due(), *BOUGHT)
    # The bill of 5 September is made as that day begins.
    assert remind(account, OPENED, sep(4), policy(-20, -21)).rows == ()
    found = remind(account, OPENED, sep(6), policy(-20, -21))
    assert [one.on for one in found.rows] == [SEP5]


def test_days_of_grace_are_not_late_and_end_with_the_whole_bill_bearing():
    card = line(interest(grace_days=3), minimum=LESS)
    account = kept(card, *BOUGHT)
    found = remind(account, DUE, octo(4), policy(0, 1, 3, 4, 7))
    assert named(found) == [
        ("09-25", "T", "50.00"),
        ("09-29", "T+4", "50.00"),
        ("10-02", "T+7", "50.00"),
    ]
    # Within grace nothing is decided; then 300 bears from 10 August and 200 from the
    # 20th: to 1 October 53 and 43 days, 15.90 + 8.60.
    assert totals(found.rows[0])[:2] == ["0.00", "24.50"]


def test_a_tolerance_is_not_reminded_of():
    card = line(interest(tolerance="10"), minimum=LESS)
    account = kept(card, *BOUGHT, pay(sep(23), 490))
    assert remind(account, sep(23), octo(4), USUAL).rows == ()


def test_a_default_charge_is_told_apart():
    account = kept(after_due(default_charge=DefaultCharge("5%", least="10")), *BOUGHT)
    first = at(remind(account, OPENED, sep(22), USUAL), sep(22))
    charged = [
        (str(cost.charged.penalty), str(cost.charged.interest)) for cost in first.costs
    ]
    assert charged == [("10.00", "0.50"), ("10.00", "3.50"), ("10.00", "15.00")]


def test_a_free_period_that_is_lost():
    card = line(interest(free_period="lost"), minimum=LESS)
    account = kept(card, *BOUGHT, buy(sep(10), 100, "u3"))
    first = at(remind(account, OPENED, sep(22), policy(-3, late_days=[1])), sep(22))
    (cost,) = first.costs
    assert cost.loses_free_period
    # To 25 September, the last day that bears before a payment of the 26th: 300 from 10
    # August 47 days, 200 from the 20th 37 days, 100 from 10 September 16 days.
    assert str(cost.total) == "23.10"
    assert explain_reminder(first).endswith("New purchases lose their free period.")
    assert explain_reminder(first, "zh").endswith("，新消费不再享受免息期。")


def test_a_bill_that_is_left_to_the_next():
    # Nothing paid: thirty days late is the next due date, and its bill is late a day on.
    account = kept(after_due(), *BOUGHT)
    found = remind(account, octo(22), octo(26), USUAL)
    said = [
        (one.stage.day, str(one.statement), str(one.amount), str(one.full))
        for one in found.rows
    ]
    # 500 and 0.50 a day from 26 September to 4 October: 504.50, of which the minimum is
    # the 50.00 that is missing and a tenth of the rest.
    assert said[0][:2] == ("T-3", "2026-10-05")
    assert said[1] == ("T+30", "2026-09-05", "50.00", "504.50")
    assert [one[0] for one in said] == ["T-3", "T+30", "T", "T+1"]


def test_what_happened_since_may_need_the_bill_as_it_was_left():
    # A bill that had been paid in time leaves nothing to put into installments.
    card = after_due(installments=InstallmentTerms(fees={3: "0%"}))
    account = kept(card, *BOUGHT, split(sep(27), amount=450, count=3))
    late = at(remind(account, sep(27), octo(4), USUAL), octo(2))
    assert (late.reason, late.costs) == (ReminderReason.PAST_DUE, ())
    assert late.full >= late.amount


def test_an_id_that_is_taken():
    other = pay(sep(6), 100, f"paid in time {DUE.toordinal()}")
    account = kept(after_due(), *BOUGHT, other)
    first = at(remind(account, OPENED, sep(22), USUAL), sep(22))
    assert totals(first) == ["0.40", "2.80", "12.00"]


def test_a_line_without_bills_has_no_reminders():
    account = LineAccount.open(after_due(), OPENED)
    assert remind(account, date(2026, 1, 1), OPENED, USUAL).rows == ()
    assert remind(account, OPENED, octo(30), USUAL).rows == ()


def test_a_bill_that_is_not_made_yet():
    account = LineAccount.open(after_due(), OPENED)
    assert remind(account, OPENED, octo(30), policy(-21, -30)).rows == ()


def test_a_bill_whose_minimum_was_paid_late_is_over_while_the_next_is_late():
    account = kept(after_due(), *BOUGHT, pay(sep(28), 50))
    found = remind(account, octo(27), octo(27), policy(32, 2))
    assert [(one.stage.day, one.statement) for one in found.rows] == [("T+2", octo(5))]


def test_what_is_converted_is_paid_but_is_no_part_of_the_minimum():
    card = after_due(installments=InstallmentTerms(fees={3: "0%"}))
    account = kept(card, *BOUGHT, split(sep(20), amount=420, count=3))
    today = at(remind(account, DUE, DUE, USUAL), DUE)
    # A tenth of what is left.
    assert (str(today.amount), str(today.full)) == ("8.00", "80.00")


def test_a_minimum_that_is_missing_of_what_was_converted_since():
    card = after_due(installments=InstallmentTerms(fees={3: "0%"}))
    bought, split_all = buy(sep(10), 100, "u3"), split(sep(27), amount=500, count=3)
    late = at(
        remind(kept(card, *BOUGHT, bought, split_all), octo(2), octo(2), USUAL), octo(2)
    )
    assert (str(late.amount), str(late.full)) == ("50.00", "50.00")


def test_the_next_bill_counts_from_its_own_due_date():
    account = kept(after_due(), *BOUGHT)
    today = at(remind(account, octo(25), octo(25), policy(0)), octo(25))
    # 0.50 a day of 500; the interest of the first month was there in time as well.
    assert (str(today.full), totals(today)) == ("504.50", ["0.50", "3.50", "15.00"])


def test_interest_that_a_credit_pays_is_interest():
    # In time, the 500 would have left the refund of 20 to the 10 of cash, and 10 in
    # credit, off which comes cash's own interest of 10 to 30 September, 0.21.
    rule = interest(bears_from="use", repayment_day="old")
    card = after_due(segments=[cash_at(rule)])
    account = kept(card, *BOUGHT, cash(sep(10), 10), back(sep(30), 20))
    late = at(remind(account, octo(2), octo(2), USUAL), octo(2))
    # 500 for 5 days and 480 for 25, and cash 0.46 to 25 October.
    assert str(late.costs[-1].total) == str(
        Decimal("2.50") + 12 + Decimal("0.46") - Decimal("0.21")
    )


def test_what_a_payment_costs_itself_is_not_saved_by_being_late():
    rule = {"bears_from": "use", "posted": "payment", "rounding": Rounding("up")}
    card = line(interest(**rule), minimum=LESS, segments=[cash_at(interest(**rule))])
    bought = buy(aug(10), 1, "u1"), buy(sep(10), "0.50", "u2"), cash(sep(10), "0.50")
    account = kept(card, *bought)
    today = at(remind(account, DUE, DUE, policy(0)), DUE)
    timely = account.record(pay(DUE, today.full))
    owed = [
        position.owed + position.accrued
        for position in (account.position(sep(26)), timely.position(sep(26)))
    ]
    assert owed[0] < owed[1] + today.full
    assert totals(today)[0] == "0.00"


def test_the_title_of_a_bill_with_its_minimum_paid():
    account = kept(after_due(), *BOUGHT, pay(sep(23), 50))
    today = at(remind(account, DUE, DUE, USUAL), DUE)
    assert title_of(today) == "CNY 450.00 due today: bill of 2026-09-05"
    assert title_of(today, "zh") == "2026年9月5日账单450.00元，今日到期"


def test_what_pays_a_bill_in_full_ends_its_reminders():
    account = kept(after_due(), *BOUGHT)
    late = at(remind(account, octo(2), octo(2), USUAL), octo(2))
    settled = account.record(pay(octo(2), late.full, "p9"))
    found = remind(settled, octo(2), octo(2) + timedelta(20), USUAL)
    assert [one for one in found.rows if one.due == DUE] == []


def test_a_charge_for_an_earlier_bill_is_no_cost_of_a_later_one():
    """
    Of the bill of September 50.00 are missed, which costs 2.50 whatever comes.

    That of October asks for them, 10 % of 500, 9 days of 0.50, and the charge: 107.00.
    5 % of that is what a day late costs.
    """
    terms = line(
        interest(bears_from="after_due"),
        minimum=LESS,
        default_charge=DefaultCharge("5%"),
    )
    found = remind(kept(terms, *BOUGHT), octo(6), octo(25), policy(0))
    assert named(found) == [("10-25", "T", "107.00")]
    (today,) = found.document()["reminders"]
    assert [one["penalty"] for one in today["costs"]] == ["5.35"] * 3
