"""Reminders of installments: 3,000 in three principals of 1,000, see `serviced`."""

from datetime import date, timedelta

from loanmath.account import Account, Arrear, Status
from loanmath.calendars import WEEKENDS
from loanmath.errors import DateRangeError, EventError, InputTypeError
from loanmath.events import (
    Acceleration,
    Disbursement,
    Reversal,
    TermsChange,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.reminders import (
    ContactKind,
    Reminder,
    ReminderReason,
    explain_reminder,
    remind,
)
from loanmath.terms import DaysPastDue, LateCharge, RateCap
from refusals import refused
from reminding import LIMITS, at, named, policy
from serviced import D1, D2, D3, START, after, loan, opened, paid, terms

USUAL = policy(-3, -1, 0, 1, 3, 7, 15, 30)
LATER = after(D1, 27)


def totals(reminder: Reminder) -> list[str]:
    return [str(cost.total) for cost in reminder.costs]


# --- from an account ----------------------------------------------------------------------


def test_nothing_is_paid():
    found = remind(opened(), START, date(2026, 3, 13), USUAL)
    assert named(found) == [
        ("02-12", "T-3", "1030.00"),
        ("02-14", "T-1", "1030.00"),
        ("02-15", "T", "1030.00"),
        ("02-16", "T+1", "1031.00"),
        ("02-18", "T+3", "1033.00"),
        ("02-22", "T+7", "1037.00"),
        ("03-02", "T+15", "1045.00"),
        ("03-12", "T-3", "1020.00"),
    ]
    assert {tuple(totals(one)) for one in found.rows} == {("1.00", "7.00", "30.00")}


def test_what_a_reminder_says():
    found = remind(opened(), D1, after(D1, 1), USUAL)
    today, late = found.rows
    assert (today.reason, today.kind) == (ReminderReason.DUE_TODAY, ContactKind.SERVICE)
    assert (today.limits, today.days_late, today.installments) == (None, 0, (1,))
    assert (late.reason, late.kind) == (ReminderReason.PAST_DUE, ContactKind.COLLECTION)
    assert (late.limits, late.days_late, late.due) == (LIMITS, 1, D1)
    assert late.currency == "CNY"
    assert late.statement is None
    assert late.what == "installment 1"
    assert late.amount == late.full


def test_what_is_paid_is_not_reminded_of():
    account = opened(paid("1030", after(D1, -2)), paid("1022", after(D2, 2), "p2"))
    found = remind(account, START, after(D2, 29), USUAL)
    assert named(found) == [
        ("02-12", "T-3", "1030.00"),
        ("03-12", "T-3", "1020.00"),
        ("03-14", "T-1", "1020.00"),
        ("03-15", "T", "1020.00"),
        ("03-16", "T+1", "1021.00"),
        ("04-12", "T-3", "1010.00"),
    ]


def test_a_payment_counts_from_the_day_it_is_known():
    account = opened(paid("1030", D1, recorded=after(D1, 3)))
    found = remind(account, D1, after(D1, 20), USUAL)
    assert named(found) == [("02-15", "T", "1030.00"), ("02-16", "T+1", "1031.00")]


def test_a_part_that_is_paid_late_costs_less():
    # 1,000 bears 1.00 a day for 3 days; then 533.00 pays penalty, interest and 500.
    account = opened(paid("533", after(D1, 3)))
    late = at(remind(account, D1, LATER, USUAL), after(D1, 7))
    assert str(late.amount) == "502.00"
    assert totals(late) == ["1.00", "5.00", "16.50"]


def test_a_waiver_does_not_make_lateness_cheaper():
    waiver = Waiver(id="w1", on=after(D1, 3), amount="3", component="penalty")
    late = at(remind(opened(waiver), D1, LATER, USUAL), after(D1, 7))
    assert str(late.amount) == "1034.00"
    assert totals(late) == ["1.00", "7.00", "30.00"]


def test_a_late_charge_and_grace():
    account = opened(
        penalty={"grace_days": 3}, late_charges=[LateCharge("late", "25", days_late=5)]
    )
    first = at(remind(account, START, D1, policy(-3)), after(D1, -3))
    # Three days of grace are charged once they are over.
    assert totals(first) == ["0.00", "32.00", "55.00"]
    assert str(first.costs[1].charged.penalty) == "32.00"


def test_days_of_grace_and_a_tolerance_are_not_late():
    counted = DaysPastDue(grace_days=3, tolerance="5")
    found = remind(opened(days_past_due=counted), D1, after(D1, 7), USUAL)
    assert [one.stage.day for one in found.rows] == ["T", "T+7"]
    nearly = opened(paid("1025", D1), days_past_due=counted, penalty={"rate": "0%/day"})
    found = remind(nearly, D1, after(D1, 7), USUAL)
    assert named(found) == [("02-15", "T", "5.00")]


def test_overdue_principal_that_goes_on_bearing():
    # At 0.1 % a day on the balance, nothing paid: row 2 is planned on 2,000 a day. The
    # 1,000 of row 1 adds 1.00 a day to what row 2 owes, and 1.00 a day of penalty.
    agreed = terms({"contract_interest": "continues"}, interest_on="balance")
    account = Account.open(loan(rate=Rate("0.1%/day"), **agreed))
    first = at(remind(account, START, D1, policy(-3, late_days=[1, 7])), after(D1, -3))
    assert totals(first) == ["2.00", "14.00"]
    assert str(first.costs[1].charged.interest) == "7.00"


def test_overdue_principal_of_several_installments():
    # Nothing paid: 1.00 a day of penalty on row 2, and 1.00 a day each that the overdue
    # principals of rows 1 and 2 add, from 15 March on.
    agreed = terms({"contract_interest": "continues"}, interest_on="balance")
    account = Account.open(loan(rate=Rate("0.1%/day"), **agreed))
    second = at(remind(account, D2, D2, policy(0, late_days=[1, 7])), D2)
    posted = [
        sum(
            posting.amount
            for posting in account.postings(after(D2, 1), after(D2, days))
            if posting.installment == 2 or posting.rule == "replanned"
        )
        for days in (1, 7)
    ]
    assert totals(second) == [str(amount) for amount in posted]


def test_a_prepayment_does_not_make_lateness_cheaper():
    # 500 of 18 February goes to principal to come; the first 1,000 stays overdue.
    agreed = terms({"contract_interest": "continues"}, interest_on="balance")
    account = Account.open(loan(rate=Rate("0.1%/day"), **agreed))
    early = paid("500", after(D1, 3), installments=[3])
    late = at(
        remind(account.record(early), after(D1, 7), after(D1, 7), policy(7)),
        after(D1, 7),
    )
    assert [cost.total >= cost.days * 2 for cost in late.costs[:2]] == [True, True]


def test_what_waited_for_a_ceiling_is_a_cost():
    # Half of 1.00 a day is charged for four days, half is cut off. Then 500 is left,
    # bears nothing within the tolerance, and allows 0.25 a day of what was cut off.
    account = opened(
        paid("532", after(D1, 4)),
        penalty={"tolerance": "500"},
        caps=[RateCap("half", "0.05%/day")],
    )
    late = at(remind(account, after(D1, 7), after(D1, 7), USUAL), after(D1, 7))
    assert totals(late) == ["0.50", "2.75", "4.00"]


def test_a_credit_pays_first():
    account = Account.open(opened().loan, credit="30")
    first = at(remind(account, START, after(D1, -3), USUAL), after(D1, -3))
    assert str(first.amount) == "1000.00"


def test_no_reminder_is_before_the_account():
    found = remind(opened(), date(2025, 12, 1), START, policy(-40, -31))
    assert [one.on for one in found.rows] == [START]


def test_no_lateness_costs_nothing():
    account = Account.open(loan())
    first = at(remind(account, START, D1, policy(-3)), after(D1, -3))
    assert totals(first) == ["0.00", "0.00", "0.00"]
    assert "costs nothing in money" in explain_reminder(first)


def test_installments_of_one_day_are_one_reminder():
    account = opened(Acceleration(id="a1", on=after(D1, 10)))
    found = remind(account, after(D1, 11), after(D1, 11), policy(1))
    late = at(found, after(D1, 11))
    assert late.installments == (2, 3)
    assert late.what == "installments 2, 3"
    # Earned of February 15 to 25 on 2,000 at 1 % a month, and 2.00 of penalty.
    owed = account.position(after(D1, 11)).installments[1:]
    assert late.amount == sum(row.owed.total for row in owed)


def test_new_terms_move_what_is_due():
    change = TermsChange(
        id="t1", on=after(D1, -5), first_due=date(2026, 3, 1), day_count="30E/360"
    )
    found = remind(opened(change), START, date(2026, 3, 1), policy(0, -6))
    # February 9 still knew of February 15; by March 1 there is a row for that day.
    assert [(one.on, one.due) for one in found.rows] == [
        (date(2026, 2, 9), D1),
        (date(2026, 2, 23), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ]


def test_a_closed_or_written_off_account_has_no_reminders():
    done = opened(WriteOff(id="w1", on=after(D1, 40)))
    assert done.position(D3).status is Status.WRITTEN_OFF
    assert remind(done, after(D1, 40), after(D1, 400), USUAL).rows == ()


def test_an_undrawn_account_has_none_before_it_is_drawn():
    account = Account.open(loan(), undrawn=True)
    assert remind(account, START, D3, USUAL).rows == ()
    drawn = account.record(Disbursement(id="d1", on=START, amount="3000"))
    assert remind(drawn, START, D1, USUAL).rows


def test_an_older_installment_has_no_cost_that_is_known():
    old = Arrear(due=date(2026, 1, 10), principal="100", penalty="2")
    account = Account.open(opened().loan, arrears=[old])
    late = at(
        remind(account, date(2026, 1, 1), date(2026, 1, 17), USUAL), after(START, 2)
    )
    assert (late.days_late, late.costs) == (7, ())
    # 102.00 in the book, and 0.10 a day since.
    assert str(late.amount) == "102.20"
    assert explain_reminder(late) == (
        "Installment 1, CNY 102.20 unpaid, was due on 2026-01-10: 7 days late."
    )
    assert explain_reminder(late, "zh") == (
        "第1期未还102.20元，已于2026年1月10日到期，逾期7天。"
    )


def test_what_is_behind_before_the_first_day_is_as_of_that_day():
    account = opened()
    found = remind(account, date(2025, 1, 1), START, USUAL)
    assert found.rows == ()


def test_what_was_known_must_stand_by_itself():
    first = paid("10", START, recorded=after(START, 5))
    undone = Reversal(id="r1", on=after(START, 1), of="p1")
    account = opened(first, undone)
    with refused(EventError):
        remind(account, START, D1, USUAL)


# --- pauses, days off, spans --------------------------------------------------------------


def test_collection_is_paused_and_notices_are_not():
    spans = [(after(D1, 2), after(D1, 7)), (after(D1, 30), after(D1, 60))]
    found = remind(opened(), D1, after(D1, 30), USUAL, paused=spans)
    days = [(one.due, one.stage.day) for one in found.rows]
    assert days == [
        (D1, "T"),
        (D1, "T+1"),
        (D1, "T+15"),
        (D2, "T-3"),
        (D2, "T-1"),
        (D2, "T"),
        (D2, "T+1"),
    ]
    found = remind(opened(), D1, after(D1, 15), USUAL, paused=True)
    assert [one.stage.day for one in found.rows] == ["T"]


def test_pauses_of_a_wrong_type_or_order():
    with refused(InputTypeError):
        remind(opened(), START, D1, USUAL, paused="always")
    with refused(InputTypeError):
        remind(opened(), START, D1, USUAL, paused=[D1])
    with refused(InputTypeError):
        remind(opened(), START, D1, USUAL, paused=[(D1, "2026-03-01")])
    with refused(DateRangeError) as caught:
        remind(opened(), START, D1, USUAL, paused=[(D1, START)])
    assert caught.value.what == "paused until"


def test_stages_that_meet_on_a_business_day_are_one():
    # The 15th is a Sunday: T and T-1 move to Friday the 13th, T+7 (Sunday) to Monday.
    found = remind(
        opened(), START, after(D1, 8), policy(-3, -1, 0, 7, calendar=WEEKENDS)
    )
    assert named(found) == [
        ("02-12", "T-3", "1030.00"),
        ("02-13", "T", "1030.00"),
        ("02-23", "T+7", "1038.00"),
    ]
    assert found.rows[1].reason is ReminderReason.COMING_DUE
    assert found.rows[1].days_to_go == 2


def test_days_off_may_move_a_reminder_into_the_span_or_out_of_it():
    agreed = policy(0, 7, calendar=WEEKENDS)
    friday, monday = date(2026, 2, 13), date(2026, 2, 23)
    assert [one.on for one in remind(opened(), friday, friday, agreed).rows] == [friday]
    assert remind(opened(), D1, D1, agreed).rows == ()
    assert [one.on for one in remind(opened(), monday, monday, agreed).rows] == [monday]


def test_the_first_and_the_last_day_are_of_the_span():
    found = remind(opened(), after(D1, -3), after(D1, -1), USUAL)
    assert [one.stage.day for one in found.rows] == ["T-3", "T-1"]
    found = remind(opened(), after(D1, -2), after(D1, -2), USUAL)
    assert found.rows == ()


def test_arguments_of_a_wrong_type():
    with refused(InputTypeError):
        remind(loan(), START, D1, USUAL)
    with refused(InputTypeError):
        remind(opened(), START, D1, "usual")
    with refused(InputTypeError):
        remind(opened(), "2026-01-15", D1, USUAL)
    with refused(DateRangeError):
        remind(opened(), D1, START, USUAL)


# --- from a schedule ----------------------------------------------------------------------


def test_a_schedule_has_notices_alone():
    found = remind(opened().loan.schedule(), START, date(2027, 1, 1), USUAL)
    assert [(one.due, one.stage.day) for one in found.rows] == [
        (due, day) for due in (D1, D2, D3) for day in ("T-3", "T-1", "T")
    ]
    amounts = {one.due: str(one.amount) for one in found.rows}
    assert amounts == {D1: "1030.00", D2: "1020.00", D3: "1010.00"}
    assert {tuple(totals(one)) for one in found.rows} == {("1.00", "7.00", "30.00")}


def test_a_schedule_to_the_last_day_of_all():
    last = loan(disbursed=date(2200, 9, 30))
    found = remind(
        last.schedule(),
        date(2200, 12, 1),
        date(2200, 12, 31),
        policy(-1, late_days=[1]),
    )
    assert [str(one.on) for one in found.rows] == ["2200-12-29"]
    ends = loan(disbursed=date(2200, 9, 30), end_of_month=True)
    with refused(DateRangeError):
        remind(ends.schedule(), date(2200, 12, 1), date(2200, 12, 31), policy(-1))


# --- words --------------------------------------------------------------------------------


def test_sentences_of_installments():
    found = remind(opened(), after(D1, -1), after(D1, 1), USUAL)
    assert found.sentences() == (
        (
            "Installment 1, CNY 1,030.00, falls due on 2026-02-15, in 1 day. Being late costs"
            " CNY 1.00 after 1 day, CNY 7.00 after 7 days, CNY 30.00 after 30 days."
        ),
        (
            "Installment 1, CNY 1,030.00, falls due today, 2026-02-15. Being late costs"
            " CNY 1.00 after 1 day, CNY 7.00 after 7 days, CNY 30.00 after 30 days."
        ),
        (
            "Installment 1, CNY 1,031.00 unpaid, was due on 2026-02-15: 1 day late. Being late"
            " costs CNY 1.00 after 1 day, CNY 7.00 after 7 days, CNY 30.00 after 30 days."
        ),
    )
    assert found.sentences("zh") == (
        (
            "第1期应还1,030.00元，将于2026年2月15日到期，还有1天。若逾期未还：逾期1天多付1.00元，"
            "逾期7天多付7.00元，逾期30天多付30.00元。"
        ),
        (
            "第1期应还1,030.00元，今日（2026年2月15日）到期。若逾期未还：逾期1天多付1.00元，"
            "逾期7天多付7.00元，逾期30天多付30.00元。"
        ),
        (
            "第1期未还1,031.00元，已于2026年2月15日到期，逾期1天。若逾期未还：逾期1天多付1.00元，"
            "逾期7天多付7.00元，逾期30天多付30.00元。"
        ),
    )


def test_sentences_in_another_currency():
    account = Account.open(loan(currency="USD"))
    found = remind(account, D1, D1, policy(0))
    (said,) = found.sentences("zh")
    assert (
        said == "第1期应还USD 1,030.00，今日（2026年2月15日）到期。逾期未还不另收费用。"
    )


def test_sentences_of_what_is_neither():
    with refused(InputTypeError):
        explain_reminder("T")


def test_several_installments_in_words():
    account = opened(Acceleration(id="a1", on=after(D1, 10)))
    found = remind(account, after(D1, 10), after(D1, 11), policy(0, 1, late_days=[1]))
    today, late = found.sentences()
    assert today.startswith("Installments 2, 3, CNY ")
    assert ", fall due today, 2026-02-25." in today
    assert ", were due on 2026-02-25: 1 day late." in late
    assert found.sentences("zh")[0].startswith("第2、3期应还")


# --- what a policy without costs says -----------------------------------------------------


def test_a_policy_may_ask_for_no_costs():
    found = remind(opened(), D1, D1, policy(0, late_days=[]))
    assert found.rows[0].costs == ()
    assert str(found).splitlines()[1].split()[-2:] == ["Days", "late"]


def test_reminders_in_order_of_days_and_due_dates():
    found = remind(opened(), START, after(D3, 30), USUAL)
    days = [(one.on, one.due) for one in found.rows]
    assert days == sorted(days)
    assert min(days)[0] >= START
    assert max(days)[0] <= D3 + timedelta(30)
