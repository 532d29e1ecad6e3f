"""
A bill that is deferred, by hand: 500 at 0.1 % a day, 50 of it due on 25 September 2026.

Where it is not paid, the charge is 5 % of what is missing of the minimum.
"""

from datetime import date
from typing import Any

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    OPENED,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    nov,
    octo,
    pay,
    sep,
    split,
)
from loanmath import (
    BillDeferral,
    CycleChange,
    DefaultCharge,
    LineAccount,
    MinimumPayment,
    Reversal,
)
from loanmath.analysis.delinquency import delinquency
from loanmath.analysis.delinquency.buckets import CARD_STAGES, M_STAGES
from loanmath.errors import EventError, InputTypeError
from loanmath.reminders import remind
from loanmath.restructuring import compare_paths
from refusals import refused
from reminding import named, policy

LESS = MinimumPayment("10%")
SEP20, OCT15 = sep(20), octo(15)


def later(
    on: date = SEP20, until: date = OCT15, name: str = "d1", **words: Any
) -> BillDeferral:
    return BillDeferral(id=name, on=on, until=until, **words)


def free(on: date = SEP20, until: date = OCT15, name: str = "d1") -> BillDeferral:
    return later(on, until, name, interest_free=True)


def charged(**words: Any) -> Any:
    return line(**({"minimum": LESS, "default_charge": DefaultCharge("5%")} | words))


AFTER_DUE = charged(rule=interest(bears_from="after_due"))
POSTING = charged(rule=interest())


def said(account: LineAccount, on: date) -> tuple[str, str, int]:
    """What is owed, what of it is late, and for how long."""
    found = account.position(on)
    return f"{found.owed:.2f}", f"{found.arrears:.2f}", found.days_past_due


def refusal(account: LineAccount, event: Any) -> str:
    with refused(EventError) as caught:
        account.record(event)
    return str(caught.value)


# --- until the new due day ----------------------------------------------------------------


def test_nothing_is_late_until_the_new_due_day():
    account = kept(AFTER_DUE, *BOUGHT, free())
    assert said(account, OCT15) == ("500.00", "0.00", 0)
    assert account.position(sep(26)).next_due == OCT15


def test_a_deferral_alone_moves_no_cent():
    before = kept(AFTER_DUE, *BOUGHT)
    preview = before.preview(later())
    assert (preview.added, preview.removed) == ((), ())
    assert str(preview) == (
        "Owed on 2026-09-20: CNY 500.00 before, CNY 500.00 after\n"
        "Due on 2026-09-25 before, 2026-10-15 after"
    )


def test_free_of_interest_it_costs_nothing_if_paid_by_then():
    account = kept(AFTER_DUE, *BOUGHT, free(), pay(OCT15, 500))
    assert [posting.rule for posting in account.postings(until=NOV5)] == [
        "drawn",
        "drawn",
        "payment",
    ]


def test_purchases_from_their_posting_are_free_as_long():
    account = kept(POSTING, *BOUGHT, free(), pay(OCT15, 500))
    assert account.position(nov(5)).owed == 0


def test_with_interest_it_bears_from_the_day_after_the_first_due_day():
    # 26 September to 4 October: 9 days of 0.50; then 10 days to the 14th.
    account = kept(AFTER_DUE, *BOUGHT, later())
    assert said(account, OCT5) == ("504.50", "0.00", 0)
    assert account.payoff(OCT15).__str__() == "509.50"


def test_with_interest_a_card_bears_from_posting():
    # 300 for 56 days from 10 August, 200 for 46 days from the 20th, to 4 October.
    account = kept(POSTING, *BOUGHT, later())
    assert said(account, OCT5) == ("526.00", "0.00", 0)


def test_the_first_due_day_still_keeps_a_bill_free_that_is_paid_by_then():
    account = kept(POSTING, *BOUGHT, later(), pay(DUE, 500))
    assert account.position(NOV5).owed == 0


def test_the_minimum_alone_by_the_new_day_is_in_time():
    account = kept(AFTER_DUE, *BOUGHT, later(), pay(OCT15, 50))
    assert said(account, octo(16)) == ("454.50", "0.00", 0)
    rules = {one.rule for one in account.postings(until=octo(25))}
    assert "default charge" not in rules


# --- after it -----------------------------------------------------------------------------


def test_it_is_late_from_the_new_due_day():
    """5 % of 50 on the 16th; 0.50 a day from the 16th on; days from the 15th on."""
    account = kept(AFTER_DUE, *BOUGHT, free())
    assert said(account, octo(16)) == ("502.50", "50.00", 1)
    assert said(account, octo(20)) == ("502.50", "50.00", 5)
    assert f"{account.payoff(octo(20)):.2f}" == "504.50"


def test_with_interest_it_is_late_from_the_new_due_day_too():
    account = kept(AFTER_DUE, *BOUGHT, later())
    assert said(account, octo(16)) == ("507.00", "50.00", 1)


def test_days_of_grace_follow_the_new_due_day():
    terms = charged(rule=interest(bears_from="after_due", grace_days=3))
    account = kept(terms, *BOUGHT, later(), pay(octo(18), 50))
    assert said(account, octo(19))[1:] == ("0.00", 0)
    assert said(kept(terms, *BOUGHT, later()), octo(19))[1:] == ("50.00", 4)


def test_the_overdue_rate_holds_from_the_day_after_the_new_due_day():
    """
    Cash of 1,000 on 10 August bears 1.00 a day, and twice that once it is missed.

    10 August to 4 September 26.00, to 4 October 30.00; 11 days to the 15th at 1.00, then
    20 days to 4 November at 2.00.
    """
    terms = line(
        segments=[cash_at(interest(bears_from="use", overdue_multiple=2))], minimum=LESS
    )
    account = kept(terms, cash(date(2026, 8, 10), 1000), later())
    assert [
        f"{one.amount:.2f}"
        for one in account.postings(until=NOV5)
        if one.rule == "interest"
    ] == ["26.00", "30.00", "51.00"]


def test_a_bill_is_missed_once_though_its_free_period_ended_before():
    account = kept(AFTER_DUE, *BOUGHT, later())
    rules = [entry.rule for entry in account.entries_until(octo(20).toordinal())]
    assert rules == [
        "drawn",
        "drawn",
        "bill",
        "bill deferred",
        "not paid in full",
        "interest",
        "bill",
        "minimum missed",
        "default charge",
    ]


# --- beside the next bill -----------------------------------------------------------------


def test_deferred_to_the_next_due_day_both_are_due_then():
    """10 % of 500 was due, and is beside 10 % of 600: 110 on 25 October."""
    account = kept(AFTER_DUE, *BOUGHT, buy(sep(10), 100, "u3"), free(until=octo(25)))
    found = account.position(octo(25))
    assert (found.minimum, found.arrears, found.next_due) == (110, 0, octo(25))
    paid = account.record(pay(octo(25), 110))
    assert said(paid, octo(26)) == ("490.00", "0.00", 0)


def test_a_plan_of_what_was_deferred_makes_the_minimum_anew():
    """Of 500 that bear since 26 September 400 are converted: 10 % of 100 are left due."""
    account = kept(
        AFTER_DUE, *BOUGHT, later(), split(octo(1), amount=400, count=3, fee="0%")
    )
    assert account.position(octo(1)).minimum == 10


def test_deferred_again_it_is_due_on_the_last_of_the_days():
    again = later(octo(1), octo(20), "d2")
    account = kept(AFTER_DUE, *BOUGHT, later(), again)
    assert said(account, octo(20))[1:] == ("0.00", 0)
    assert said(account, octo(21))[1:] == ("50.00", 1)
    bill = account.statement(2026, 9)
    assert bill.due == octo(20)
    # 9 days of 0.50 are billed, then 15 to the 19th; the 500 pay the 4.50 first, so that
    # 4.50 bear 16 days more: 0.07.
    assert f"{bill.outlook()[0].charged:.2f}" == "12.07"


def test_each_bill_is_deferred_in_its_turn():
    account = kept(
        AFTER_DUE, *BOUGHT, free(until=octo(25)), free(octo(20), nov(25), "d2")
    )
    # The minimum of September is still due on 25 October.
    assert said(account, octo(26))[1:] == ("50.00", 1)
    paid = account.record(pay(octo(25), 50))
    assert said(paid, nov(25))[1:] == ("0.00", 0)


def test_other_billing_days_do_not_put_the_next_bill_before_it():
    account = kept(AFTER_DUE, *BOUGHT, later())
    change = CycleChange(id="y1", on=sep(26), statement_day=28, due_after=17)
    with refused(EventError, match="after 2026-10-15"):
        account.record(change)


# --- what cannot be deferred --------------------------------------------------------------


def test_the_new_day_is_between_two_due_days():
    account = kept(AFTER_DUE, *BOUGHT)
    said_of_both = (
        "allowed: after 2026-09-25, on or before 2026-10-25, when the next bill is due; "
        "defer the next bill in its turn, or convert this one"
    )
    for day in (DUE, octo(26)):
        told = refusal(account, later(until=day))
        assert told == f"event d1: got 'until {day}'; {said_of_both}"
    for day in (sep(26), octo(25)):
        account.record(later(until=day))
    assert account.events == BOUGHT


def test_what_is_paid_is_not_deferred():
    account = kept(AFTER_DUE, *BOUGHT, pay(sep(10), 500))
    assert "got 'a bill that is paid'" in refusal(account, later())


@pytest.mark.parametrize("on", [sep(4), sep(26)])
def test_a_bill_is_deferred_before_it_is_late(on):
    told = refusal(kept(AFTER_DUE, *BOUGHT), later(on))
    assert "got 'no bill that is not decided'" in told
    assert "convert what a late bill left into installments" in told


def test_what_bears_is_not_free_again():
    account = kept(AFTER_DUE, *BOUGHT, later())
    told = refusal(account, free(sep(26), octo(20), "d2"))
    assert "allowed: on or before 2026-09-25" in told
    account.record(free(DUE, octo(20), "d2"))


def test_interest_free_is_true_or_false():
    with refused(InputTypeError, match="interest_free"):
        later(interest_free=1)


# --- what others say of it ----------------------------------------------------------------


def test_a_deferral_that_is_reversed_never_was():
    account = kept(AFTER_DUE, *BOUGHT, free(), Reversal(id="x1", on=sep(21), of="d1"))
    assert said(account, sep(30)) == said(kept(AFTER_DUE, *BOUGHT), sep(30))


def test_a_deferral_that_is_entered_late_takes_the_charge_away():
    charged_first = kept(AFTER_DUE, *BOUGHT)
    assert said(charged_first, sep(30)) == ("502.50", "50.00", 5)
    account = charged_first.record(
        BillDeferral(id="d1", on=sep(20), recorded=sep(29), until=OCT15)
    )
    assert said(account, sep(30)) == ("500.00", "0.00", 0)
    assert said(account.as_known_on(sep(28)), sep(30)) == said(charged_first, sep(30))


def test_a_bill_says_when_it_is_due_and_until_when_it_is_free():
    bill = str(kept(AFTER_DUE, *BOUGHT, later()).statement(2026, 9))
    assert "Due: 2026-10-15, deferred from 2026-09-25, at least 50.00\n" in bill
    assert "Free of interest if paid in full by 2026-09-25: purchases" in bill
    bill = str(kept(AFTER_DUE, *BOUGHT, free()).statement(2026, 9))
    assert "Free of interest if paid in full by then: purchases" in bill
    # From 16 October to 4 November 500 bear for 20 days, and 5 % of 50.
    assert bill.splitlines()[-2] == "With nothing, the next bill charges 17.50"


def test_bills_of_a_year_know_their_deferrals():
    account = kept(AFTER_DUE, *BOUGHT, later(), buy(octo(10), 30, "u3"))
    bills = account.statements(nov(30))
    assert [bill.due for bill in bills] == [DUE, OCT15, octo(25), nov(25)][1:]
    assert bills[0].cycle.due == DUE


def test_a_reminder_is_of_the_new_due_day():
    account = kept(AFTER_DUE, *BOUGHT, free())
    found = remind(account, OPENED, octo(20), policy(-3, 0, 1))
    assert named(found) == [
        ("10-12", "T-3", "50.00"),
        ("10-15", "T", "50.00"),
        ("10-16", "T+1", "50.00"),
    ]
    # A day late costs 5 % of 50; seven days, 0.50 for each from the 16th to the 21st too.
    assert [str(one.total) for one in found.rows[0].costs[:2]] == ["2.50", "5.50"]


def test_two_bills_of_one_day_are_one_reminder():
    bought = (*BOUGHT, buy(sep(10), 100, "u3"), free(until=octo(25)))
    usual = policy(-3, 0, 1)
    found = remind(kept(AFTER_DUE, *bought), OPENED, octo(30), usual)
    assert named(found) == [
        ("10-22", "T-3", "110.00"),
        ("10-25", "T", "110.00"),
        ("10-26", "T+1", "110.00"),
    ]
    # A minimum without arrears is 10 % of 600; the 50 that were deferred are beside it.
    bare = charged(
        rule=interest(bears_from="after_due"), minimum=MinimumPayment("10%", in_full=[])
    )
    found = remind(kept(bare, *bought), OPENED, octo(25), usual)
    assert {when: amount for _, when, amount in named(found)} == {
        "T-3": "110.00",
        "T": "110.00",
    }


def test_a_debt_is_paid_on_the_day_it_was_deferred_to():
    account = kept(AFTER_DUE, *BOUGHT, free())
    paths = compare_paths({"deferred": account}, sep(20), OCT15)
    assert [str(row.paid) for row in paths.of("deferred")] == ["0.00", "500.00"]


def test_no_stage_knows_a_bill_that_is_deferred():
    account = kept(AFTER_DUE, *BOUGHT, free())
    for scheme in (M_STAGES, CARD_STAGES):
        assert delinquency(account, OCT15, scheme).days_past_due == 0
        late = delinquency(account, octo(20), scheme)
        assert (late.days_past_due, late.oldest) == (5, OCT15)
