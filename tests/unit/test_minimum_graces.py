"""
Days of grace of a minimum that are not those of its bill, by hand.

500 at 0.1 % a day, 50 of it due on 25 September 2026 and in time until the 28th; 5 % of
what is missing of it are the default charge. The bill itself has no days of grace.
"""

from datetime import date
from decimal import Decimal

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    aug,
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
    BillDeferral,
    DefaultCharge,
    LineAccount,
    MinimumPayment,
    bill_interest,
    minimum_payment,
)
from loanmath.analysis.delinquency import delinquency
from loanmath.analysis.delinquency.buckets import M_STAGES
from loanmath.errors import InputTypeError, LimitError, TermsError

DEC5 = date(2026, 12, 5)


SHARE = DefaultCharge("5%")


def graced(days=3, rule=None, charge=SHARE):
    return line(
        rule or interest(),
        minimum=MinimumPayment("10%", grace_days=days),
        default_charge=charge,
    )


def late(account, on):
    found = account.position(on)
    return f"{found.arrears:.2f}", found.days_past_due


def charged(account, until):
    """The days and amounts of default charges."""
    return [
        (posting.on, f"{posting.amount:.2f}")
        for posting in account.postings(until=until)
        if posting.rule == "default charge"
    ]


def test_a_minimum_is_late_once_its_days_are_over_and_then_from_its_due_day():
    account = kept(graced(), *BOUGHT)
    assert late(account, sep(28)) == ("0.00", 0)
    assert late(account, sep(29)) == ("50.00", 4)
    assert charged(account, OCT5) == [(sep(29), "2.50")]
    seen = [
        delinquency(account, day, M_STAGES).days_past_due for day in (sep(28), sep(29))
    ]
    assert seen == [0, 4]


def test_in_its_days_of_grace_it_costs_no_charge_but_the_free_period_is_over():
    # 300 for 10 days and 500 for 39, to 27 September: 22.50; then 450 for 7 days: 3.15.
    account = kept(graced(), *BOUGHT, pay(sep(28), 50))
    assert charged(account, OCT5) == []
    assert owed(account, OCT5) == ["0.00", "0.00", "25.65", "450.00"]
    # All of the bill is too late for the free period as well.
    whole = kept(graced(), *BOUGHT, pay(sep(28), 500))
    assert owed(whole, OCT5) == ["0.00", "0.00", "22.50", "0.00"]
    in_time = kept(graced(), *BOUGHT, pay(DUE, 500))
    assert owed(in_time, OCT5) == ["0.00"] * 4


def test_what_came_in_its_days_of_grace_lowers_the_charge():
    # 5 % of 30.
    account = kept(graced(), *BOUGHT, pay(sep(27), 20))
    assert charged(account, OCT5) == [(sep(29), "1.50")]


def test_left_out_they_are_those_of_the_bill():
    account = kept(graced(None, interest(grace_days=3)), *BOUGHT, pay(sep(28), 500))
    assert owed(account, OCT5) == ["0.00"] * 4
    with pytest.raises(TermsError) as refused:
        graced(2, interest(grace_days=3))
    assert str(refused.value) == (
        "minimum.grace_days: got 2; allowed: at least 3, in which the whole bill is in"
        " time"
    )
    assert graced(3, interest(grace_days=3)).minimum.grace_days == 3
    # Without interest a minimum may have some too.
    free = line(
        minimum=MinimumPayment("10%", grace_days=3), default_charge=DefaultCharge("5%")
    )
    assert charged(kept(free, *BOUGHT), OCT5) == [(sep(29), "2.50")]


@pytest.mark.parametrize(
    ("days", "error"), [(61, LimitError), (-1, LimitError), ("3", InputTypeError)]
)
def test_they_are_0_to_60(days, error):
    with pytest.raises(error, match="grace_days"):
        MinimumPayment("10%", grace_days=days)


def test_the_overdue_rate_holds_from_the_due_day_after_all():
    # The bill: 300 for 10 days and 500 for 16, 11.00. Missed: 21 days of 0.50 and 9 of
    # 1.00. The minimum of 61.00 on the 28th: 23 days of 0.50, and 7 of 0.45.
    terms = graced(rule=interest(bears_from="use", overdue_multiple=2))
    missed = kept(terms, *BOUGHT)
    assert missed.statement(2026, 9).minimum == Decimal("61.00")
    assert missed.statement(2026, 10).interest == (("purchases", Decimal("19.50")),)
    paid = kept(terms, *BOUGHT, pay(sep(28), 61))
    assert paid.statement(2026, 10).interest == (("purchases", Decimal("14.65")),)
    # One bill alone: 11.00 of these are of days before it.
    bought = [(aug(10), "300"), (aug(20), "200")]
    assert bill_interest(terms, bought, []).total == Decimal("30.50")
    # 50 paid on the 28th leave 450: 11.00, 11.50 and 3.15.
    some = bill_interest(terms, bought, [(sep(28), "50")])
    assert (some.total, some.paid) == (Decimal("25.65"), 0)


def test_the_next_bill_may_be_decided_before():
    # 40 days: the minimum of September is decided on 5 November, that of October, 10 %
    # of 500, 26.00 and the arrears of 50, on 5 December. A second time costs 41.
    charge = DefaultCharge("0%", amounts=[30, 41])
    account = kept(graced(40, charge=charge), *BOUGHT)
    assert account.statement(2026, 10).minimum == Decimal("126.00")
    assert charged(account, DEC5) == [(NOV5, "30.00"), (DEC5, "41.00")]
    assert [late(account, day)[1] for day in (nov(4), NOV5)] == [0, 41]
    # October's bill is paid in full, and September's minimum with it; 500 had borne for
    # 20 days more.
    paid = account.record(pay(octo(25), 526))
    assert charged(paid, DEC5) == []
    assert owed(paid, NOV5) == ["0.00", "0.00", "10.00", "0.00"]


def test_what_is_left_of_a_bill_moves_past_minimums_that_wait():
    # Of October's bill 5 of tolerance are missing: they move to November's.
    terms = graced(40, interest(tolerance=10))
    account = kept(terms, *BOUGHT, pay(octo(25), 521))
    found = account.position(octo(26))
    assert (found.owed, found.segment("purchases").principal) == (5, 5)
    assert account.position(NOV5).accrued == 0
    assert charged(account, DEC5) == []


def test_a_line_that_is_closed_while_a_minimum_waits_bears_no_more():
    # 500 for the 22 days from 5 September, 11.00, all paid on the 27th.
    rule = interest(
        bears_from="statement",
        balance="previous",
        rounded="statement",
        bearing=["interest", "principal"],
    )
    account = kept(graced(rule=rule), *BOUGHT, pay(sep(27), 511))
    assert account.position(sep(27)).owed == 0
    assert account.position(NOV5).owed == account.payoff(DEC5) == 0


def test_a_bill_may_be_deferred_while_its_minimum_waits():
    later = BillDeferral(id="d1", on=sep(27), until=octo(15))
    account = kept(graced(), *BOUGHT, later)
    assert charged(account, octo(28)) == [(octo(19), "2.50")]
    assert [late(account, octo(day))[1] for day in (18, 19)] == [0, 4]


def test_what_it_asks_for_is_the_same():
    assert minimum_payment(graced(), 1000) == minimum_payment(graced(None), 1000) == 100
    assert LineAccount.open(graced(), OCT5).statements(NOV5)[0].minimum == 0
