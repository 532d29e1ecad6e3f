"""A ceiling on what an overdue amount may cost, row by row, worked out by hand."""

from decimal import Decimal

import pytest

from kept_lines import (
    BOUGHT,
    NOV5,
    OCT5,
    aug,
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
from loanmath import Charge, LineSegment, Transfer, bill_interest, explain_line
from posting_formulas import worked_out

DEC5 = nov(5).replace(month=12)


def capped(share="1%", **words):
    return line(interest(bears_from="after_due", overdue_cap=share, **words))


def seen(account, *days):
    """The interest that is owed, and what the ceiling cut off."""
    positions = [account.position(day) for day in days]
    return [
        (f"{one.segment('purchases').interest:.2f}", f"{one.cut_off:.2f}")
        for one in positions
    ]


def test_it_ends_where_it_equals_a_share_of_what_was_overdue():
    # 500 bear 0.50 a day from 26 September: 9 days to 4 October are 4.50. 1 % are 5.00:
    # of 31 days more, 15.50, there is room for 0.50; of 30 to 4 December, for nothing.
    account = kept(capped(), *BOUGHT)
    assert seen(account, OCT5, NOV5, DEC5) == [
        ("4.50", "0.00"), ("5.00", "15.00"), ("5.00", "30.00"),
    ]  # fmt: skip
    # Day by day, before it is owed: 4.50 and 0.50 for 5 October; no more after it.
    payoffs = [str(account.payoff(day)) for day in (octo(5), octo(6), octo(7))]
    assert payoffs == ["504.50", "505.00", "505.00"]


def test_a_payment_leaves_the_ceiling_where_it_was():
    # 500 for 4 days, 200 for 5: 2.00 + 1.00; of 31 days of 0.20, 6.20, there is room
    # for 2.00 of 5.00.
    account = kept(capped(), *BOUGHT, pay(sep(30), 300))
    assert seen(account, OCT5, NOV5) == [("3.00", "0.00"), ("5.00", "4.20")]


def test_what_was_paid_in_time_is_not_overdue():
    # 200 are overdue, of which 1 % are 2.00: 9 days of 0.20, and one day more.
    account = kept(capped(), *BOUGHT, pay(sep(20), 300))
    assert seen(account, OCT5, NOV5) == [("1.80", "0.00"), ("2.00", "6.00")]
    # In days of grace too: decided on the 29th, and from the 26th.
    graced = kept(capped(grace_days=3), *BOUGHT, pay(sep(27), 300))
    # 0.50 for the 26th, 0.20 for 8 days: 2.10.
    assert seen(graced, OCT5) == [("2.00", "0.10")]


def test_each_bill_has_its_own():
    # 300 of September, due on 25 October, may cost 3.00: from the 26th, 10 days to 4
    # November. August's bill had cost all of its 5.00 by then.
    account = kept(capped(), *BOUGHT, buy(sep(10), 300, "u3"))
    assert seen(account, NOV5, DEC5) == [("8.00", "15.00"), ("8.00", "39.00")]
    # 2 % are 10.00 and 6.00: of 15.50 of October there is room for 5.50, and of 9.00 of
    # November's 0.30 a day for 3.00; the first is through by then.
    wider = kept(capped("2%"), *BOUGHT, buy(sep(10), 300, "u3"))
    assert seen(wider, NOV5, DEC5) == [("13.00", "10.00"), ("16.00", "31.00")]


def test_each_segment_of_a_bill_has_its_own():
    # Transfers cost 0.2 % a day and at most 2 %: 2.00 of 100, after 10 days.
    rule = interest(rate="0.2%/day", bears_from="after_due", overdue_cap="2%")
    terms = line(
        interest(bears_from="after_due"),
        segments=[LineSegment(name="transfers", interest=rule)],
    )
    drawn = Transfer(id="t1", on=aug(10), amount=100)
    account = kept(terms, buy(aug(10), 500), drawn)
    assert owed(account, NOV5)[2] == "20.00"  # 40 days of 0.50
    assert owed(account, NOV5, "transfers")[2] == "2.00"


def test_the_share_is_of_what_bears_and_rounded_down():
    fee = Charge(id="c1", on=aug(11), amount=40)
    third = kept(capped("1/3%"), *BOUGHT, fee)
    assert owed(third, NOV5)[2] == "1.66"
    # With the fee, 540: 1.80.
    bearing = kept(capped("1/3%", bearing=["principal", "fee"]), *BOUGHT, fee)
    assert owed(bearing, NOV5)[2] == "1.80"
    assert owed(kept(capped("0%"), *BOUGHT), DEC5)[2] == "0.00"


@pytest.mark.parametrize("rounded", ["segment", "period"])
def test_it_is_held_where_money_posts_interest_too(rounded):
    # 2.50 by 1 October, of which the payment pays 2.50; 10 days more would be 5.00.
    terms = capped(posted="payment", rounded=rounded)
    account = kept(terms, *BOUGHT, pay(octo(1), "2.50"))
    assert account.payoff(octo(11)) == Decimal("502.50")
    closed = account.record(pay(octo(20), "502.50", "p2"))
    assert closed.position(octo(20)).owed == 0
    assert closed.position(octo(20)).cut_off == Decimal("7.00")


def test_a_payment_may_find_the_ceiling_reached():
    # Nothing is posted on 1 November: all was charged and paid on 10 October.
    account = kept(
        capped(posted="payment"), *BOUGHT, pay(octo(10), "5.00"), pay(nov(1), 1, "p2")
    )
    assert owed(account, nov(1)) == ["0.00", "0.00", "0.00", "499.00"]
    assert account.position(nov(1)).cut_off == Decimal("13.00")


def test_one_bill_costs_no_more_than_its_ceiling():
    bought = [(aug(10), "300"), (aug(20), "200")]
    assert bill_interest(capped(), bought, []).total == Decimal("4.50")
    assert bill_interest(capped("0.5%"), bought, []).total == Decimal("2.50")


def test_it_says_what_was_cut_off():
    account = kept(capped(), *BOUGHT)
    (first, second) = [
        posting
        for posting in account.postings(until=NOV5)
        if posting.component == "interest"
    ]
    assert "cut_off" not in first.inputs
    assert second.formula == "round(owed_1 * rate_1 * days_1) - cut_off"
    assert worked_out(second) == Decimal("0.50")
    assert explain_line(second) == (
        "On 2026-11-05 interest of CNY 0.50 became owed on purchases: CNY 500.00 for 31"
        " days from 2026-10-05 at 0.1% a day; a further CNY 15.00 was cut off by the"
        " ceiling of 1% of what was overdue."
    )
    assert explain_line(second, "zh") == (
        "2026年11月5日，消费计息0.50元：500.00元自2026年10月5日起31天，日利率0.1%；"
        "超过上限（逾期金额的1%）的15.00元未予计收。"
    )
    assert "Cut off by a ceiling: 15.00" in str(account.position(NOV5))
