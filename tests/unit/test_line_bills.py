"""What decides a bill: money in time, grace, tolerance, the free period, its days."""

from datetime import date

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
    back,
    buy,
    interest,
    kept,
    line,
    nov,
    octo,
    owed,
    pay,
    sep,
)
from loanmath import (
    BusinessDays,
    CycleChange,
    MinimumPayment,
    Waiver,
    bill_interest,
)
from loanmath.calendars import WEEKENDS

DEC5 = date(2026, 12, 5)


def by(**rule):
    return line(interest(**rule))


def cost(terms, *events, on=OCT5):
    return owed(kept(terms, *events), on)[2]


# --- in time ----------------------------------------------------------------------------------


def test_the_bill_is_what_was_posted_before_its_cut():
    account = kept(by(), *BOUGHT, buy(SEP5, 100, "u3"))
    assert [int(bill.closing) for bill in account.statements(SEP5)] == [500]
    position = account.position(SEP5)
    assert (position.billed, position.unbilled) == (500, 100)


def test_days_of_grace():
    grace = by(grace_days=3)
    assert cost(grace, *BOUGHT, pay(sep(28), 500), on=NOV5) == "0.00"
    # A day later to 28 September: 300 x 10 + 500 x 40.
    assert cost(grace, *BOUGHT, pay(sep(29), 500)) == "23.00"


def test_nothing_is_past_due_within_the_days_of_grace():
    account = kept(by(grace_days=3), *BOUGHT)
    within, over = account.position(sep(28)), account.position(sep(29))
    assert (within.days_past_due, within.arrears, within.minimum) == (0, 0, 500)
    assert (over.days_past_due, over.arrears) == (4, 500)


def test_a_tolerance():
    tolerant = by(tolerance=10)
    # The 10 that are left move to the next cycle as an addition of the 26th; its bill
    # is of 10 alone, within the tolerance again.
    account = kept(tolerant, *BOUGHT, pay(DUE, 490))
    assert owed(account, NOV5) == ["0.00", "0.00", "0.00", "10.00"]
    assert account.position(sep(26)).unbilled == 10
    assert account.position(sep(26)).days_past_due == 0
    assert cost(tolerant, *BOUGHT, pay(DUE, "489.99")) != "0.00"
    # With 10 more the bill of October is not paid: 20 from the 26th, 40 days.
    more = buy(sep(26), 10, "u3")
    assert cost(tolerant, *BOUGHT, pay(DUE, 490), more, on=NOV5) == "0.80"


def test_what_moves_joins_the_bill_that_is_already_made():
    # Due 40 days on: on 16 October the bill of 5 October is made, and 10 move to it,
    # whose due day is 14 November.
    terms = line(interest(tolerance=10), due_after=40)
    account = kept(terms, *BOUGHT, pay(octo(15), 490))
    assert account.position(octo(16)).billed == 10
    assert owed(account, NOV5)[2] == "0.00"


def test_all_money_counts_for_the_bill():
    # A waiver of 50 and a refund of 150 of it, with 300, are 500.
    waived = Waiver(id="w1", on=sep(10), component="principal", amount="10%")
    events = (*BOUGHT, waived, back(sep(11), 150, "u1"), pay(DUE, 300))
    assert cost(by(), *events) == "0.00"
    # Paid before the cut it makes the bill smaller: 300 of 500, 200 are billed.
    early = kept(by(), *BOUGHT, pay(sep(4), 300), pay(DUE, 200, "p2"))
    assert early.statement(2026, 9).closing == 200
    assert owed(early, OCT5)[2] == "0.00"


def test_more_than_the_bill_is_paid_in_full_too():
    account = kept(by(), *BOUGHT, buy(sep(10), 100, "u3"), pay(DUE, 600))
    assert account.position(DUE).owed == 0
    assert owed(account, NOV5)[2] == "0.00"


def test_a_bill_of_a_credit_is_paid():
    account = kept(by(), pay(aug(10), 100), buy(SEP5, 60))
    bill = account.statement(2026, 9)
    assert (bill.closing, bill.minimum) == (-100, 0)
    assert owed(account, NOV5)[2] == "0.00"


def test_each_bill_decides_for_itself():
    # The bill of September is not paid, that of October is: 100 of the 10th cost none.
    # 26.00 and, from 5 to 24 October, 20 days of 500.
    account = kept(by(), *BOUGHT, buy(sep(10), 100, "u3"), pay(DUE, 0))
    bill = account.statement(2026, 10)
    assert bill.closing == 626
    paid = account.record(pay(octo(25), 626, "p2"))
    assert owed(paid, NOV5)[2] == "10.00"


def test_the_interest_of_a_bill_alone_is_that_of_the_line():
    # Due on 15 October: the bill of November charges it, 300 x 10 and 500 x 77.
    terms = line(interest(), due_after=40)
    alone = bill_interest(terms, [(aug(10), 300), (aug(20), 200)])
    assert (alone.until, str(alone.total)) == (NOV5, "41.50")
    assert cost(terms, *BOUGHT, on=NOV5) == "41.50"


# --- the free period --------------------------------------------------------------------------

LATER = (
    buy(aug(10), 500),
    buy(sep(15), 200, "u2"),
    pay(DUE, 100),
    buy(octo(10), 100, "u3"),
)


def test_a_free_period_that_is_kept():
    # 500 x 46 days to 24 September 23.00, 400 x 10 4.00; later purchases wait.
    account = kept(by(), *LATER)
    assert owed(account, OCT5)[2] == "27.00"
    assert account.position(sep(26)).has_free_period


def test_a_free_period_is_lost():
    # 27.00 as where it is kept; 200 from 15 September, 20 days 4.00.
    account = kept(by(free_period="lost"), *LATER)
    assert account.position(DUE).has_free_period
    assert not account.position(sep(26)).has_free_period
    assert owed(account, OCT5)[2] == "31.00"


def test_a_lost_free_period_is_regained():
    # The bill of October, 631, is paid on the 20th: 400 and 200 bore 15 days, 6.00 and
    # 3.00. The 100 of 10 October wait again.
    paid = pay(octo(20), 631, "p2")
    account = kept(by(free_period="lost"), *LATER, paid)
    assert account.position(octo(26)).has_free_period
    assert owed(account, NOV5)[2] == "9.00"
    assert owed(account.record(pay(nov(25), 109, "p3")), DEC5)[2] == "0.00"


def test_a_lost_free_period_is_regained_after_two_bills():
    # After one it is not: 100 from 10 October, 26 days 2.60.
    terms = by(free_period="lost", regained_after=2)
    account = kept(terms, *LATER, pay(octo(20), 631, "p2"))
    assert not account.position(octo(26)).has_free_period
    assert owed(account, NOV5)[2] == "11.60"
    # The bill of 111.60 is paid on 25 November, the second: a purchase of the 10th
    # waits again, and 100 bore 20 days to the 24th: 2.00.
    then = account.record(buy(nov(10), 50, "u4"), pay(nov(25), "111.60", "p3"))
    assert then.position(nov(26)).has_free_period
    assert owed(then, DEC5)[2] == "2.00"


def test_what_was_charged_does_not_wait_again():
    # Due 45 days on: bill 1, of 5 September, is due on 20 October and not paid. Later
    # purchases bear, and are charged on 5 November, before bill 2 is paid on the 19th.
    terms = line(interest(free_period="lost"), due_after=45)
    account = kept(
        terms,
        buy(aug(10), 100),
        buy(sep(15), 200, "u2"),
        buy(octo(10), 300, "u3"),
        buy(nov(10), 400, "u4"),
    )
    assert not account.position(octo(21)).has_free_period
    # 100 x 87 days 8.70, 200 x 51 10.20, 300 x 26 7.80.
    assert owed(account, NOV5)[2] == "26.70"
    paid = account.record(pay(nov(19), 326))
    assert paid.position(nov(20)).has_free_period
    # To 18 November 14 days of 600 8.40. The payment goes to 26.70 of interest first,
    # to 100 and 199.30 of principal: 0.70 and 300 bear from the 19th, 16 days: 0.01
    # and 4.80. The 400 wait.
    assert owed(paid, DEC5)[2] == "13.21"


def test_what_is_billed_and_was_not_charged_waits_again():
    # Bill 1 is due on 20 October and not paid. The days change: bill 2 is cut on 10
    # September and paid when due, on 25 October, before bill 3, cut on 10 October, is
    # charged: its 200 wait again.
    change = CycleChange(id="y1", on=sep(6), statement_day=10, due_after=45)
    account = kept(
        line(interest(free_period="lost"), due_after=45),
        change,
        buy(aug(10), 100),
        buy(sep(7), 50, "u2"),
        buy(sep(12), 200, "u3"),
        pay(octo(25), 150),
    )
    free = [account.position(octo(day)).has_free_period for day in (20, 21, 25, 26)]
    assert free == [True, False, False, True]
    # 100 from 10 August to 24 October, 76 days 7.60; 50 from 7 September, 48 days 2.40.
    assert owed(account, nov(10))[2] == "10.00"


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posted", "statement", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
        (date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 31)),
        (date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 31)),
    ],
)
def test_the_ends_of_months(posted, statement, due):
    account = kept(line(statement_day=31, due_day=31), buy(posted, 1), opened=posted)
    cycle = account.statement(statement.year, statement.month).cycle
    assert (cycle.statement, cycle.due) == (statement, due)


def test_a_purchase_on_the_statement_day():
    assert kept(line(), buy(SEP5, 100)).statement(2026, 9).closing == 0
    closing = kept(line(statement_day_joins="closing"), buy(SEP5, 100))
    assert closing.statement(2026, 9).closing == 100
    assert closing.position(SEP5).billed == 0
    assert closing.position(sep(6)).billed == 100


def test_the_bill_of_a_months_last_day_that_is_cut_on_the_next():
    terms = line(statement_day=31, statement_day_joins="closing")
    account = kept(terms, buy(date(2026, 8, 31), 100))
    assert account.statement(2026, 8).closing == 100
    december = kept(terms, buy(date(2026, 12, 31), 7)).statement(2026, 12)
    assert (december.closing, december.cycle.end) == (7, date(2027, 1, 1))


def test_a_due_day_that_is_no_business_day():
    # 25 October 2026 is a Sunday: money of Monday is in time.
    terms = line(interest(), business_days=BusinessDays("following", WEEKENDS))
    account = kept(terms, buy(sep(10), 100), pay(octo(26), 100))
    assert account.statement(2026, 10).due == octo(26)
    assert owed(account, NOV5)[2] == "0.00"


def test_a_line_opened_within_a_cycle():
    # Its first bill is of 10 days; nothing before it bears.
    account = kept(by(bears_from="use"), buy(aug(26), 100), opened=aug(26))
    assert owed(account, SEP5)[2] == "1.00"
    assert account.statement(2026, 9).cycle.start == aug(5)


def test_days_past_due_run_from_the_oldest_minimum():
    terms = line(minimum=MinimumPayment("10%"))
    account = kept(terms, buy(aug(10), 1000), buy(sep(10), 1000, "u2"))
    days = [account.position(day).days_past_due for day in (DUE, sep(26), octo(26))]
    assert days == [0, 1, 31]
    # 100 pay the minimum of September; that of October, 10 % of 2,000, runs alone.
    # Without arrears it is 200, due on 25 October.
    paid = account.record(pay(octo(26), 100))
    assert paid.position(octo(26)).days_past_due == 1
    assert paid.position(octo(26)).arrears == 200
