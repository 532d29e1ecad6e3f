"""From when, on what and by which balance a line bears, worked out by hand."""

from datetime import date

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
    buy,
    cash,
    cash_at,
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
    Charge,
    MinimumPayment,
)


def cost(terms, *events, on=OCT5, segment="purchases"):
    """The interest of a segment that is owed on a day."""
    return owed(kept(terms, *events), on, segment)[2]


def by(**rule):
    return line(interest(**rule))


# --- from when ------------------------------------------------------------------------------


def test_from_the_posting():
    # 300 for 10 days are 3.00; 500 from 20 August to 4 October, 46 days, are 23.00.
    assert cost(by(), *BOUGHT) == "26.00"
    assert cost(by(), *BOUGHT, on=date(2026, 10, 4)) == "0.00"
    assert cost(by(), *BOUGHT, pay(DUE, 500)) == "0.00"
    # A day late: to 25 September, 37 days.
    assert cost(by(), *BOUGHT, pay(sep(26), 500)) == "21.50"


def test_from_the_statement():
    # From the 5th: 30 days of 500. Where the statement day is of the window before,
    # from the 6th to 5 October, 30 days too.
    assert cost(by(bears_from="statement"), *BOUGHT) == "15.00"
    included = by(bears_from="statement", last_day="included")
    assert cost(included, *BOUGHT) == "15.00"
    # 499 paid on the 6th leave 1.00, which costs 0.03; the 5th bore 0.50.
    paid = pay(sep(6), 499)
    assert cost(by(bears_from="statement"), *BOUGHT, paid) == "0.53"
    assert cost(included, *BOUGHT, paid) == "0.03"


def test_from_the_day_after_it_was_due():
    # 26 September to 4 October: 9 days of 500. Paid on the 28th: the 26th and 27th.
    after = by(bears_from="after_due")
    assert cost(after, *BOUGHT) == "4.50"
    assert cost(after, *BOUGHT, pay(sep(28), 500)) == "1.00"


def test_from_use():
    # 3.00, and 500 for 16 days to 4 September: 11.00; then 20 days to the 24th: 10.00.
    used = by(bears_from="use")
    assert cost(used, *BOUGHT, on=SEP5) == "11.00"
    account = kept(used, *BOUGHT, pay(DUE, 511))
    # The interest billed is paid, and 500; what was earned since is not: 10.00.
    assert account.position(DUE).owed == 0
    assert account.position(DUE).payoff == 10
    assert owed(account, OCT5)[2] == "10.00"


# --- on what --------------------------------------------------------------------------------


def test_on_the_unpaid_share():
    # 100 of 500 are missing: a fifth bears until the due day. 300/5 x 10 are 0.60,
    # 500/5 x 31 to 19 September 3.10, 100/5 x 6 to the 25th 0.12, 100 x 9 0.90.
    share = by(bears_on="unpaid_share")
    assert cost(share, *BOUGHT, pay(sep(20), 400)) == "4.72"
    # Of a bill of which nothing was paid all bears.
    assert cost(share, *BOUGHT) == "26.00"


def test_on_what_was_unpaid():
    # 400 pay the first and half of the second: 100 from 20 August, 46 days.
    unpaid = by(bears_on="unpaid")
    assert cost(unpaid, *BOUGHT, pay(sep(20), 400)) == "4.60"
    # Before the bill is made too: 300, then 100 of the 200 that are billed.
    assert cost(unpaid, *BOUGHT, pay(aug(25), 300), pay(sep(20), 100, "p2")) == "4.60"


def test_from_the_statement_on_the_unpaid_share():
    # 500/5 x 15 from 5 to 19 September 1.50, 100/5 x 6 0.12, 100 x 9 0.90.
    rule = by(bears_from="statement", bears_on="unpaid_share")
    assert cost(rule, *BOUGHT, pay(sep(20), 400)) == "2.52"


def test_a_bill_of_which_the_due_day_is_past_the_next_bill():
    # Due 40 days on, on 15 October, after the cut of the 5th: nothing is charged then;
    # on 5 November 300 x 10 and 500 x 77 days from 20 August.
    terms = line(interest(), due_after=40)
    assert cost(terms, *BOUGHT) == "0.00"
    assert cost(terms, *BOUGHT, on=NOV5) == "41.50"
    # Of a part: 250 missing on 15 October, half of it to that day. 300/2 x 10 1.50,
    # 500/2 x 21 to 9 September 5.25, 250/2 x 36 to 15 October 4.50, 250 x 20 5.00.
    halves = line(interest(bears_on="unpaid_share"), due_after=40)
    paid = pay(sep(10), 250)
    assert cost(halves, *BOUGHT, paid, on=NOV5) == "16.25"


def test_the_share_goes_on_in_the_next_window():
    # Decided on the day of the cut: the due day, 5 October, is of the next window.
    # 50/2 of 100 on 10 August: 100/2 x 31 to 9 September 1.55, 50/2 x 25 0.625.
    rule = interest(bears_on="unpaid_share")
    terms = line(rule, statement_day_joins="closing", due_after=30)
    account = kept(terms, buy(aug(10), 100), pay(sep(10), 50))
    assert owed(account, OCT5)[2] == "0.00"
    assert owed(account, octo(6))[2] == "2.18"
    # Then 50/2 on the due day 0.025, and 50 for 30 days to 4 November 1.50.
    assert owed(account, nov(6))[2] == "3.71"


# --- days -----------------------------------------------------------------------------------


def test_the_day_of_a_repayment():
    # Old: 10,000 to 25 April, 26 days at 0.05 %, then 1,000 for 5. Reduced: 25 and 6.
    events = (buy(date(2026, 3, 31), 10000), pay(date(2026, 4, 25), 9000))
    opened = date(2026, 3, 5)
    for day, cents in (("old", "132.50"), ("reduced", "128.00")):
        rule = interest(rate="0.05%/day", repayment_day=day)
        account = kept(line(rule, statement_day=1), *events, opened=opened)
        assert owed(account, date(2026, 5, 1))[2] == cents


def test_the_day_of_the_statement():
    # 1,000 for 24 days at 0.05 % 12.00, then 900 for 13 days with the 5th, or 12.
    events = (buy(date(2026, 3, 30), 1000), pay(date(2026, 4, 23), 100))
    for day, cents in (("included", "17.85"), ("excluded", "17.40")):
        rule = interest(rate="0.05%/day", last_day=day)
        account = kept(line(rule, due_day=23), *events, opened=date(2026, 3, 5))
        assert owed(account, date(2026, 5, 5))[2] == cents


def test_the_same_amount_on_both_days_of_a_change_is_one_stretch():
    # 0.33 are paid and drawn again on 20 August: 26 days of 33.33 are 0.87, half up.
    terms = line(segments=[cash_at()])
    events = (cash(aug(10), "33.33"), pay(aug(20), "0.33"), cash(aug(20), "0.33", "k2"))
    account = kept(terms, *events)
    assert owed(account, SEP5, "cash")[2] == "0.87"
    [posting] = [one for one in account.postings(until=SEP5) if one.rule == "interest"]
    assert posting.inputs["days_1"] == 26
    assert "days_2" not in posting.inputs


# --- rates ----------------------------------------------------------------------------------


def test_dearer_once_the_minimum_was_missed():
    # 11.00 by the 5th; 500 to the due day, 21 days at 0.1 % 10.50; 9 at 0.15 % 6.75.
    rule = interest(bears_from="use", overdue_multiple="1.5")
    terms = line(rule, minimum=MinimumPayment("100%"))
    account = kept(terms, *BOUGHT)
    assert owed(account, SEP5)[2] == "11.00"
    assert owed(account, OCT5)[2] == "28.25"
    # 31 days of October at 0.15 % 23.25: what is late stays so.
    assert owed(account, NOV5)[2] == "51.50"
    # The minimum received: at the usual rate, 500 x 20 to the 24th.
    assert owed(kept(terms, *BOUGHT, pay(DUE, 511)), OCT5)[2] == "10.00"


def test_a_yearly_rate_by_its_year():
    # 36.5 % by 365 days is 0.1 %; 3 % a month by 360 is 36 % by 360, 0.1 %.
    for rate, days in (("36.5%/year", 365), ("3%/month", 360)):
        rule = interest(rate=rate, days_in_year=days, bears_from="after_due")
        assert cost(line(rule), *BOUGHT) == "4.50"


def test_interest_and_fees_bear_where_they_are_named():
    # 26 days of 1,000 are 26.00; 1,026 for 30 days 30.78.
    rule = by(bears_from="use", bearing=["principal", "interest"])
    bought = buy(aug(10), 1000)
    assert cost(rule, bought, on=SEP5) == "26.00"
    assert cost(rule, bought) == "56.78"
    # A fee of 100 on 10 August bears with the principal: 1,100 x 26.
    fee = Charge(id="c1", on=aug(10), amount=100)
    with_fees = by(bears_from="use", bearing=["principal", "fee"])
    assert cost(with_fees, bought, fee, on=SEP5) == "28.60"
    assert cost(by(bears_from="use"), bought, fee, on=SEP5) == "26.00"


def test_a_line_without_interest_bears_none():
    assert cost(line(), *BOUGHT, on=NOV5) == "0.00"
    assert kept(line(), *BOUGHT).position(NOV5).accrued == 0


# --- rounding and rows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounded", "cents"),
    [("segment", "0.38"), ("period", "0.38"), ("statement", "0.37")],
)
def test_rounded_up_by_stretch_by_row_or_once(rounded, cents):
    # 33.33 x 7 days 0.23331, 3.33 x 39 days 0.12987; of another cycle, its free period
    # lost, 0.33 x 20 days 0.0066. By stretch 0.24 + 0.13 + 0.01, by row 0.37 + 0.01,
    # once 0.36978 up.
    events = (buy(aug(20), "33.33"), pay(aug(27), 30), buy(sep(15), "0.33", "u2"))
    rule = interest(rounded=rounded, rounding="up", free_period="lost")
    assert cost(line(rule), *events) == cents


def test_the_exact_share_in_one_sum():
    # 30 bought on 6 August, 20 paid on 5 September: a third is missing.
    # 30/3 x 30 0.30, 10/3 x 21 to the 25th 0.07, 10 x 9 0.09; exact, once.
    rule = interest(bears_on="unpaid_share", rounded="statement")
    events = (buy(aug(6), 30), pay(SEP5, 20))
    assert cost(line(rule), *events) == "0.46"
    by_row = interest(bears_on="unpaid_share", rounded="period")
    assert cost(line(by_row), *events) == "0.46"


def test_rows_whose_interest_was_charged_bear_as_one():
    # 5.00 of August and of September cost, rounded up, 0.005 a day each. To 4 October
    # 56 days 0.28; then 31 days 0.16, and September's own 56 days 0.28; from 5 November
    # 30 days of 10.00 as one: 0.30, where two would cost 0.15 + 0.15 as well; of 31
    # days to 4 January 0.31, where two would cost 0.16 + 0.16.
    rule = by(rounding="up")
    account = kept(rule, buy(aug(10), 5), buy(sep(10), 5, "u2"))
    found = [owed(account, day)[2] for day in (OCT5, NOV5, date(2026, 12, 5))]
    assert found == ["0.28", "0.72", "1.02"]
    assert owed(account, date(2027, 1, 5))[2] == "1.33"


# --- balances of a window ---------------------------------------------------------------------


def test_the_average_balance():
    # 310 on 26 of the 31 days from 5 August: 260 on average, 8.06 for 31 days. 100 on
    # 26 of them: 83.87, 2.60.
    rule = interest(bears_from="use", balance="average", rounded="statement")
    terms = line(segments=[cash_at(rule)])
    assert cost(terms, cash(aug(10), 310), on=SEP5, segment="cash") == "8.06"
    assert cost(terms, cash(aug(10), 100), on=SEP5, segment="cash") == "2.60"


def test_no_average_of_days_before_the_window():
    # Decided on 15 October, after the cut of the 5th: the window of 5 November counts
    # its own 31 days alone, 500 x 31.
    rule = interest(bears_from="statement", balance="average", rounded="statement")
    assert cost(line(rule, due_after=40), *BOUGHT, on=NOV5) == "15.50"


@pytest.mark.parametrize(
    ("balance", "cents"),
    [("previous", "15.00"), ("adjusted", "9.00"), ("daily", "11.00")],
)
def test_the_balance_of_the_last_bill(balance, cents):
    # 500 billed, 200 paid on the 15th: 500 x 30; 300 x 30; 500 x 10 + 300 x 20. The 50
    # bought on the 20th wait.
    rule = interest(bears_from="statement", balance=balance, rounded="statement")
    events = (buy(aug(10), 500), pay(sep(15), 200), buy(sep(20), 50, "u2"))
    assert cost(line(rule), *events) == cents


def test_the_last_bill_is_less_what_was_paid_before_it():
    # 500 less 100 paid on 1 September: 400 x 30.
    rule = interest(bears_from="statement", balance="previous", rounded="statement")
    assert cost(line(rule), *BOUGHT, pay(sep(1), 100)) == "12.00"


def test_the_average_of_an_unpaid_share():
    # A fifth of 500 for 15 days and of 100 for 6, then 100 for 9: 84 on average.
    rule = interest(
        bears_from="statement",
        bears_on="unpaid_share",
        balance="average",
        rounded="statement",
    )
    assert cost(line(rule), *BOUGHT, pay(sep(20), 400)) == "2.52"


def test_an_adjusted_balance_is_not_below_nothing():
    # 500 of the last bill, 100 more of a fee that bears; 620 paid on the 28th: nothing
    # of the last balance is left.
    rule = interest(
        bears_from="statement",
        balance="adjusted",
        rounded="statement",
        bearing=["principal", "fee"],
    )
    fee = Charge(id="c1", on=sep(26), amount=100)
    assert cost(line(rule), *BOUGHT, fee, pay(sep(28), 600)) == "0.00"


def test_the_balance_of_the_last_bill_is_charged_once():
    # 1,000 of a bill that is not paid: 30 days of the window cost 30.00. A payment on
    # the 1st closes the line with the 26 days to it; the cut charges no more.
    rule = interest(bears_from="statement", balance="previous", rounded="statement")
    account = kept(line(rule), buy(aug(10), 1000))
    assert str(account.payoff(octo(1))) == "1026.00"
    closed = account.record(pay(octo(1), 1026))
    assert closed.position(octo(1)).owed == 0
    assert closed.position(NOV5).owed == 0
