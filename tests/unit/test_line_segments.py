"""Promotions, deferred balances and cash, at rates of their own."""

import pytest

from kept_lines import (
    NOV5,
    OCT5,
    SEP5,
    aug,
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    owed,
    pay,
    sep,
)
from loanmath import (
    LineAllocation,
    MinimumPayment,
    Rate,
    TransactionFee,
    Transfer,
)
from loanmath.terms.lines import LineSegment, Promotion


def cost(terms, *events, on=OCT5, segment="purchases"):
    """The interest of a segment that is owed on a day."""
    return owed(kept(terms, *events), on, segment)[2]


# --- promotions -------------------------------------------------------------------------------

MOVED = Transfer(id="t1", on=aug(10), amount=1000)


def transfers(rule=None, **promotion):
    segment = LineSegment(
        name="transfers",
        interest=rule or interest(bears_from="use"),
        promotion=Promotion(months=1, **promotion),
    )
    return line(interest(), segments=[segment], minimum=MinimumPayment("10%"))


def test_a_promotion_holds_before_its_end():
    # To 10 September 0.10 a day: 26 days 2.60, 5 days 0.50; then 25 days of 1.00.
    terms = transfers(rate="0.01%/day")
    assert cost(terms, MOVED, on=SEP5, segment="transfers") == "2.60"
    assert cost(terms, MOVED, segment="transfers") == "28.10"
    # Missed, after its end: 500 x 9 days at double the rate, in 16 of the 25 not.
    # 2.60, then 0.50, 16.00 to the due day, 18.00 after it.
    double = transfers(interest(bears_from="use", overdue_multiple=2), rate="0.01%/day")
    assert cost(double, MOVED, segment="transfers") == "37.10"


def test_a_promotion_that_is_late():
    # Two months: 0.10 a day to the due day, 0.20 after it, 9 days: 2.60 + 2.10 + 1.80.
    segment = LineSegment(
        name="transfers",
        interest=interest(bears_from="use", overdue_multiple=2),
        promotion=Promotion(months=2, rate=Rate("0.01%/day")),
    )
    terms = line(segments=[segment], minimum=MinimumPayment("10%"))
    assert cost(terms, MOVED, segment="transfers") == "6.50"


def test_a_deferred_balance_paid_in_time_costs_nothing():
    terms = transfers(deferred=True)
    assert cost(terms, MOVED, on=SEP5, segment="transfers") == "0.00"
    assert cost(terms, MOVED, pay(sep(9), 1000), on=NOV5, segment="transfers") == "0.00"
    assert kept(terms, MOVED).position(sep(9)).payoff == 1000


def test_a_deferred_balance_of_which_a_cent_is_left_costs_all_its_days():
    # 1,000 for 30 days to 8 September 30.00; the 9th bears 0.01 alone, 0.00001, and so
    # does each day after: nothing.
    terms = transfers(deferred=True)
    paid = pay(sep(9), "999.99")
    assert cost(terms, MOVED, paid, segment="transfers") == "30.00"
    # Nothing paid: 31 days to 9 September 31.00, and 25 more.
    assert cost(terms, MOVED, segment="transfers") == "56.00"
    assert kept(terms, MOVED).position(sep(10)).payoff == 1031
    closed = kept(terms, MOVED, pay(sep(10), 1031))
    assert closed.position(NOV5).owed == 0


def test_a_promotion_that_ends_as_the_bill_is_cut():
    # It ends on 6 September, when the bill of the 5th is cut, whose window closed
    # before: that of October charges 60 days to 4 October.
    segment = LineSegment(
        name="transfers",
        interest=interest(bears_from="use"),
        promotion=Promotion(months=1, deferred=True),
    )
    terms = line(segments=[segment], statement_day_joins="closing")
    account = kept(terms, Transfer(id="t1", on=aug(6), amount=1000))
    found = [owed(account, day, "transfers")[2] for day in (sep(6), octo(6))]
    assert found == ["0.00", "60.00"]


def test_what_was_deferred_is_charged_with_the_bill_though_money_posts_interest():
    # It ended on 10 September: 31 days of 0.50, two more, and 23 of 0.40.
    segment = LineSegment(
        name="transfers",
        interest=interest(bears_from="use", posted="payment"),
        promotion=Promotion(months=1, deferred=True),
    )
    drawn = Transfer(id="t1", on=aug(10), amount=500)
    account = kept(line(segments=[segment]), drawn, pay(sep(12), 100))
    found = [owed(account, day, "transfers")[2] for day in (sep(12), OCT5)]
    assert found == ["0.00", "25.70"]


def test_two_promotions_of_one_cycle_are_two_balances():
    # Those of 10 and 20 August end on the 10th and 20th of September.
    terms = transfers(deferred=True)
    other = Transfer(id="t2", on=aug(20), amount=500)
    # 1,000: 31 + 25 days 56.00; 500: 31 + 15 days 23.00.
    assert cost(terms, MOVED, other, segment="transfers") == "79.00"


# --- cash -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "fee"),
    [("500", "10.00"), ("1000", "10.00"), ("1500", "15.00"), ("9000", "50.00")],
)
def test_the_fee_of_cash(drawn, fee):
    terms = line(segments=[cash_at(fee=TransactionFee("1%", least=10, most=50))])
    assert owed(kept(terms, cash(aug(10), drawn)), aug(10), "cash")[1] == fee


def test_a_fee_without_a_most():
    terms = line(segments=[cash_at(fee=TransactionFee("1%"))])
    assert owed(kept(terms, cash(aug(10), 9000)), aug(10), "cash")[1] == "90.00"


def test_interest_posted_as_money_comes():
    # 10 days of 1,000 are 10.00: 500 pay it, and 490. 510 for 16 days 8.16.
    rule = interest(bears_from="use", posted="payment")
    terms = line(segments=[cash_at(rule)], allocation=LineAllocation())
    account = kept(terms, cash(aug(10), 1000), pay(aug(20), 500))
    assert owed(account, aug(20), "cash") == ["0.00", "0.00", "0.00", "510.00"]
    assert owed(account, SEP5, "cash")[2] == "8.16"
