"""Refunds of what was bought, before and after it was billed, moved or converted."""

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
    cash,
    cash_at,
    interest,
    kept,
    line,
    octo,
    owed,
    pay,
    sep,
    split,
)
from loanmath import LineSegment, MinimumPayment, Promotion, Transfer
from loanmath.errors import EventError
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import EqualPrincipal, InstallmentLoan
from loanmath.terms.lines import InstallmentTerms

DEC5 = NOV5.replace(month=12)
WAITING = line(interest(), minimum=MinimumPayment("10%"))


def refusal(terms, *events):
    with pytest.raises(EventError) as caught:
        kept(terms, *events)
    return str(caught.value)


# --- of a purchase ----------------------------------------------------------------------------


def test_in_the_open_cycle():
    # It pays nothing of the bill of September, which has no part of the purchase.
    account = kept(WAITING, *BOUGHT, buy(sep(10), 100, "u3"), back(sep(12), 70, "u3"))
    position = account.position(sep(12))
    assert (position.billed, position.unbilled, position.minimum) == (500, 30, 50)
    assert owed(account.record(pay(DUE, 430)), OCT5)[2] != "0.00"


def test_after_its_bill_was_made():
    # It counts for the bill, and for its minimum.
    account = kept(WAITING, *BOUGHT, back(sep(12), 70, "u1"))
    position = account.position(sep(12))
    assert (position.billed, position.minimum) == (430, 0)
    assert owed(account.record(pay(DUE, 430)), OCT5)[2] == "0.00"


def test_of_what_moved_to_the_next_cycle():
    # 10 are within the tolerance and moved to October's row: the refund of 30 takes
    # them there, and the rest is a credit.
    terms = line(interest(tolerance=10))
    account = kept(terms, *BOUGHT, pay(DUE, 490), back(sep(28), 30, "u2"))
    position = account.position(sep(28))
    assert (position.owed, position.credit) == (0, 20)


def test_of_what_was_paid_whole():
    # Its row is gone: what is billed or not is paid as by a payment.
    account = kept(
        WAITING, *BOUGHT, pay(DUE, 500), buy(sep(27), 80, "u3"), back(sep(28), 30, "u1")
    )
    assert account.position(sep(28)).owed == 50


def test_of_what_was_joined():
    # Bills of September and October, not paid, are charged and joined on 5 November:
    # the refund of the first takes principal there.
    terms = line(interest(), minimum=MinimumPayment("10%"))
    account = kept(terms, *BOUGHT, buy(sep(10), 100, "u3"))
    before = owed(account, octo(28))
    refunded = account.record(back(octo(28), 60, "u1"))
    assert (before[3], owed(refunded, octo(28))[3]) == ("600.00", "540.00")
    assert owed(account.record(back(NOV5, 60, "u1")), NOV5)[3] == "540.00"


def test_to_principal_before_interest():
    # 26.00 of interest are billed on 5 October; the refund goes to principal alone.
    account = kept(WAITING, *BOUGHT, back(octo(6), 300, "u1"))
    assert owed(account, octo(6)) == ["0.00", "0.00", "26.00", "200.00"]
    # 400 were paid, 26.00 of them interest: 126 are left; what of 200 more is beyond
    # them is a credit.
    paid = kept(WAITING, *BOUGHT, pay(octo(6), 400), back(octo(7), 200, "u2"))
    position = paid.position(octo(7))
    assert (position.owed, position.credit) == (0, 74)


def test_of_a_promotions_balance():
    segment = LineSegment(
        name="transfers",
        interest=interest(bears_from="use"),
        promotion=Promotion(months=3),
    )
    terms = line(interest(), segments=[segment])
    account = kept(
        terms,
        Transfer(id="t1", on=aug(10), amount=500),
        Transfer(id="t2", on=aug(11), amount=500),
        back(sep(10), 200, "t1"),
    )
    assert owed(account, sep(10), "transfers")[3] == "800.00"


def test_not_more_than_the_price():
    assert refusal(WAITING, *BOUGHT, back(sep(10), "300.01", "u1")) == (
        "event r1: got '300.01'; allowed: at most 300.00, what of it was not refunded"
    )
    twice = (back(sep(10), 200, "u1"), back(sep(11), 101, "u1", "r2"))
    assert refusal(WAITING, *BOUGHT, *twice) == (
        "event r2: got '101.00'; allowed: at most 100.00, what of it was not refunded"
    )


def test_of_what_is_no_use_of_the_line():
    assert refusal(WAITING, *BOUGHT, pay(sep(9), 1), back(sep(10), 1, "p1")) == (
        "event r1: got 'p1'; allowed: the id of a purchase, cash advance or transfer"
        " before it"
    )
    assert refusal(WAITING, back(sep(10), 1, "u9")) == (
        "event r1: got 'u9'; allowed: the id of a purchase, cash advance or transfer"
        " before it"
    )


def test_without_a_purchase_it_is_as_a_payment():
    account = kept(WAITING, *BOUGHT, buy(sep(10), 100, "u3"), back(sep(12), 520))
    position = account.position(sep(12))
    assert (position.billed, position.unbilled) == (0, 80)
    assert owed(account, OCT5)[2] == "0.00"


def test_it_posts_interest_where_money_does():
    # 10 days of 1,000 are 10.00; the refund of 400 goes to principal.
    terms = line(segments=[cash_at(interest(bears_from="use", posted="payment"))])
    account = kept(terms, cash(aug(10), 1000), back(aug(20), 400, "k1"))
    assert owed(account, aug(20), "cash") == ["0.00", "0.00", "10.00", "600.00"]


def test_it_does_not_close_the_line():
    # All of 1,000 is refunded, the interest of 10 days is not.
    terms = line(segments=[cash_at()])
    account = kept(terms, cash(aug(10), 1000), back(aug(20), 1000, "k1"))
    assert account.position(aug(20)).payoff == 10
    assert owed(account, SEP5, "cash")[2] == "10.00"


# --- of what was converted --------------------------------------------------------------------


def converted(amount, *more, bought=900, **rule):
    """900 in three at 3 % with the first installment; a refund once it is billed."""
    terms = line(installments=InstallmentTerms(fees={3: "3%"}, **rule))
    return kept(
        terms,
        buy(aug(10), bought),
        split(aug(10), of="u1", count=3, amount=900),
        *more,
        back(sep(6), amount, "u1"),
    )


def coming(account, *days):
    """Principal and fees that the cuts of days add."""
    return [
        [
            str(one.amount)
            for one in account.postings(day, day)
            if one.rule == "installment"
        ]
        for day in days
    ]


def test_the_plan_goes_on_and_the_refund_is_a_credit():
    # 300 and the fee of 27 are billed: 327 are paid, 573 a credit, which pays the next
    # installment, and 273 of the last.
    account = converted(900, billed="first")
    position = account.position(sep(6))
    assert (position.owed, position.credit, position.installments) == (0, 573, 600)
    assert (account.position(NOV5).owed, account.position(NOV5).credit) == (27, 0)


def test_a_fee_comes_back():
    # Two of three are not billed: 18 of 27. Of 300 a third: 9. Of 700, as far as it is
    # of what is not billed, 600: 18.
    rule = {"billed": "first", "fee_return": "unbilled"}
    assert converted(900, **rule).position(sep(6)).credit == 573 + 18
    assert converted(300, **rule).position(sep(6)).owed == 327 - 309
    assert converted(700, **rule).position(sep(6)).credit == 373 + 18


def test_the_whole_fee_comes_back_once_all_was_refunded():
    # 309 of 900 and 27 are billed, the other 618 a credit; the plan goes on with its
    # fee, and the credit pays it.
    account = converted(900, fee_return="whole")
    position = account.position(sep(6))
    assert (position.owed, position.credit, position.installments) == (0, 618, 600)
    assert coming(account, OCT5, NOV5) == [["309.00"], ["309.00"]]
    assert account.position(NOV5).owed == 0
    assert account.position(NOV5).credit == 0
    # In two parts, with the second.
    parts = converted(400, fee_return="whole")
    assert parts.position(sep(6)).credit == 400 - 309
    assert parts.record(back(sep(7), 500, "u1", "r2")).position(sep(7)).credit == 618
    cent = converted("899.99", fee_return="whole")
    assert cent.record(back(sep(7), "0.01", "u1", "r2")).position(sep(7)).credit == 618
    # A refund of nothing then changes nothing.
    nothing = account.record(back(sep(7), 0, "u1", "r2"))
    assert nothing.position(sep(7)).credit == 618
    at_once = converted(900, billed="first", fee_return="whole")
    assert at_once.position(sep(6)).credit == 927 - 327


def test_of_two_plans_that_are_kept_each_has_its_own_part_of_a_refund():
    rule = InstallmentTerms(fees={3: "3%"}, fee_return="whole")
    account = kept(
        line(installments=rule),
        buy(aug(10), 900),
        split(aug(10), of="u1", count=3, amount=300),
        split(aug(10), "s2", of="u1", count=3, amount=600),
        back(aug(12), 600, "u1"),
    )
    # 300 are of the first, whose fee of 9 comes back, 300 of the second.
    assert account.position(aug(12)).credit == 609
    then = account.record(back(aug(13), 300, "u1", "r2"))
    assert then.position(aug(13)).credit == 927


def test_of_a_plan_that_is_over_no_fee_comes_back():
    account = converted(0, fee_return="whole")
    late = kept(account.line, *account.events[:2], back(NOV5, 900, "u1"))
    assert late.position(NOV5).owed == 27
    # Nor of one that is a loan.
    loan = InstallmentLoan(
        currency="CNY", principal="900", disbursed=aug(10), every="monthly",
        rate=Rate("1%/month"), repayment=EqualPrincipal(3),
    )  # fmt: skip
    plan = split(aug(10), of="u1", plan=loan, amount=900)
    whole = kept(account.line, buy(aug(10), 900), plan, back(aug(11), 900, "u1"))
    assert whole.position(aug(11)).credit == 900


def test_what_is_left_is_split_anew():
    # 600 - 150 in three again; the fee was billed with the first.
    account = converted(150, billed="first", refund="split_anew")
    assert account.position(sep(6)).owed == 327
    assert account.position(sep(6)).installments == 450
    assert coming(account, OCT5, NOV5) == [["150.00"], ["150.00"]]
    assert account.position(sep(6)).credit == 0


def test_split_anew_with_its_fee():
    # 3 % of 450 by installment: 4.50 each.
    account = converted(150, refund="split_anew")
    assert account.position(sep(6)).owed == 309
    assert coming(account, OCT5) == [["4.50", "150.00"]]
    # By the yuan: 13.50 are 14, in 4, 4 and 6.
    yuan = converted(150, refund="split_anew", rounding=Rounding(unit="1"))
    assert coming(yuan, OCT5, DEC5) == [["4.00", "150.00"], ["6.00", "150.00"]]


def test_split_anew_before_anything_was_billed():
    # Billed with the first, which is to come: 3 % of 600 then, and nothing to give back.
    words = {"billed": "first", "refund": "split_anew", "fee_return": "unbilled"}
    terms = line(installments=InstallmentTerms(fees={3: "3%"}, **words))
    account = kept(
        terms,
        buy(aug(10), 900),
        split(aug(10), of="u1", count=3),
        back(aug(11), 300, "u1"),
    )
    assert coming(account, SEP5, OCT5) == [["18.00", "200.00"], ["200.00"]]
    assert account.position(aug(11)).credit == 0


def test_split_anew_with_a_fee_that_comes_back():
    # 450 of 900 are half: 13.50 of the fee come back, and 450 of 600 are gone.
    account = converted(450, billed="first", refund="split_anew", fee_return="unbilled")
    position = account.position(sep(6))
    assert (str(position.owed), position.installments) == ("313.50", 150)
    words = {"billed": "first", "refund": "split_anew", "fee_return": "unbilled"}
    yuan = converted(450, **words, rounding=Rounding(unit="1"))
    assert yuan.position(sep(6)).owed == 327 - 14


def test_a_refund_of_more_than_is_to_come_ends_the_plan():
    # 600 are to come, the other 100 go to what is billed.
    account = converted(700, billed="first", refund="split_anew")
    position = account.position(sep(6))
    assert (position.owed, position.installments) == (227, 0)
    assert coming(account, OCT5) == [[]]


def test_first_what_was_not_converted():
    # 1,000 bought, 900 converted: of 250 the purchase's own row gives 100.
    kept_on = converted(250, bought=1000)
    # 300 + 9 of the plan and 100 are billed; 150 go to these as a payment.
    assert owed(kept_on, sep(6))[3] == "0.00"
    assert kept_on.position(sep(6)).owed == 159
    anew = converted(250, bought=1000, refund="split_anew")
    assert (anew.position(sep(6)).owed, anew.position(sep(6)).installments) == (
        309,
        450,
    )


def test_of_two_refunds_the_plan_bears_its_own():
    # 150, then 450: nothing is left of 600. What was refunded is not there again.
    account = converted(150, billed="first", refund="split_anew")
    then = account.record(back(sep(7), 450, "u1", "r2"))
    assert then.position(sep(7)).installments == 0
    with pytest.raises(EventError, match="at most 300.00"):
        then.record(back(sep(8), 301, "u1", "r3"))


def test_a_plan_that_is_over_gives_nothing():
    account = converted(1, refund="split_anew")
    late = kept(account.line, *account.events[:2], back(NOV5, 100, "u1"))
    # All three are billed: 900 and 27; the refund goes to them.
    assert late.position(NOV5).owed == 827


def test_a_plan_that_is_a_loan_is_split_anew_by_its_terms():
    loan = InstallmentLoan(
        currency="CNY", principal="900", disbursed=aug(10), every="monthly",
        rate=Rate("1%/month"), repayment=EqualPrincipal(3),
    )  # fmt: skip
    events = (
        buy(aug(10), 900),
        split(aug(10), of="u1", plan=loan, amount=900),
        back(sep(6), 300, "u1"),
    )
    # Billed 300 and 9.00; 300 left in three at 1 % a month: 100 and 3.00.
    terms = line(installments=InstallmentTerms(fees={3: "3%"}, refund="split_anew"))
    account = kept(terms, *events)
    assert account.position(sep(6)).installments == 300
    assert coming(account, OCT5) == [["3.00", "100.00"]]
    # Its fee does not come back, and on a line without terms it goes on.
    rule = InstallmentTerms(fees={3: "3%"}, billed="first", fee_return="unbilled")
    assert kept(line(installments=rule), *events).position(sep(6)).owed == 9
    without = kept(line(), *events).position(sep(6))
    assert (without.installments, without.owed) == (600, 9)


def test_of_two_plans_of_one_purchase_the_first_gives_first():
    terms = line(installments=InstallmentTerms(fees={3: "0%"}, refund="split_anew"))
    account = kept(
        terms,
        buy(aug(10), 900),
        split(aug(10), of="u1", count=3, amount=300),
        split(aug(10), "s2", of="u1", count=3, amount=600),
        buy(aug(11), 300, "u2"),
        split(aug(11), "s3", of="u2", count=3),
        back(aug(12), 450, "u1"),
    )
    # 300 of the one, 150 of the other, of which 450 are left; u2 keeps its 300.
    assert account.position(aug(12)).installments == 450 + 300
    assert coming(account, SEP5) == [["150.00", "100.00"]]
    # Of 200 the other gives nothing.
    account = kept(terms, *account.events[:-1], back(aug(12), 200, "u1"))
    assert account.position(aug(12)).installments == 100 + 600 + 300
    assert (account.position(aug(12)).owed, account.position(aug(12)).credit) == (0, 0)
