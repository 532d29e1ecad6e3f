"""Where money on a line goes, and what it makes owed."""

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
    octo,
    owed,
    pay,
    sep,
)
from loanmath import (
    Charge,
    LineAllocation,
    LineSegment,
    MinimumPayment,
    Payment,
    Payout,
    Promotion,
    TransactionFee,
    Transfer,
)
from loanmath.errors import EventError, InputValueError

PRINCIPAL_FIRST = ["principal", "interest", "fee", "penalty"]
USED = interest(bears_from="use")


def left(account, on, *segments):
    """The principal of segments."""
    return [int(account.position(on).segment(name).principal) for name in segments]


def refusal(terms, *events):
    with pytest.raises(EventError) as caught:
        kept(terms, *events)
    return str(caught.value)


# --- components -------------------------------------------------------------------------------

# 100 of principal, 40 of a fee and 7 of penalty are billed.
BILLED = (
    buy(aug(10), 100),
    Charge(id="c1", on=aug(11), amount=40),
    Charge(id="c2", on=aug(11), amount=7, component="penalty"),
)


@pytest.mark.parametrize(
    ("order", "rest"),
    [
        (["penalty", "fee", "interest", "principal"], ["0.00", "0.00", "97.00"]),
        (["fee", "penalty", "interest", "principal"], ["0.00", "0.00", "97.00"]),
        (["principal", "penalty", "fee", "interest"], ["7.00", "40.00", "50.00"]),
        (["interest", "fee", "principal", "penalty"], ["7.00", "0.00", "90.00"]),
    ],
)
def test_the_order_of_components(order, rest):
    terms = line(allocation=LineAllocation(order=order))
    penalty, fee, _, principal = owed(kept(terms, *BILLED, pay(sep(6), 50)), sep(6))
    assert [penalty, fee, principal] == rest


def test_what_is_billed_is_paid_first():
    # 100 billed, then 20 of the 50 of a fee that is not.
    events = (buy(aug(10), 100), Charge(id="c1", on=sep(6), amount=50))
    account = kept(line(), *events, pay(sep(7), 120))
    assert owed(account, sep(7)) == ["0.00", "30.00", "0.00", "0.00"]
    # Before the cut all is alike: the fee goes first.
    early = kept(
        line(),
        buy(aug(10), 100),
        Charge(id="c1", on=aug(11), amount=50),
        pay(aug(12), 120),
    )
    assert owed(early, aug(12)) == ["0.00", "0.00", "0.00", "30.00"]


def test_the_oldest_cycle_first():
    # Of the bills of September and October 150 pay the first, and half of the second.
    account = kept(
        line(), buy(aug(10), 100), buy(sep(10), 100, "u2"), pay(octo(6), 150)
    )
    position = account.position(octo(6))
    assert (position.arrears, position.minimum, position.owed) == (0, 50, 50)


@pytest.mark.parametrize(
    ("paid_on", "principal", "costs"),
    [(date(2026, 5, 11), "970.00", "0.00"), (date(2026, 5, 12), "900.00", "70.00")],
)
def test_the_order_turns_at_91_days(paid_on, principal, costs):
    # Due on 10 February. 1,000 at 5/79 % from the 11th: 18, 31 and 30 days to 30 April
    # are 79: 11.39 + 19.62 + 18.99 = 50.00. Day 90 is 11 May.
    terms = line(
        interest(rate="5/79%/day", bears_from="after_due"),
        statement_day=1,
        due_day=10,
        minimum=MinimumPayment("10%"),
        allocation=LineAllocation(
            late_from=91, late_order=["principal", "penalty", "fee", "interest"]
        ),
    )
    opened = date(2026, 1, 5)
    events = (buy(opened, 1000), Charge(id="c1", on=opened, amount=20))
    account = kept(terms, *events, pay(paid_on, 100), opened=opened)
    _, fee, charged, rest = owed(account, paid_on)
    assert rest == principal
    assert f"{float(fee) + float(charged):.2f}" == costs


# --- balances ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "at_first", "rest"),
    [
        ("oldest", None, [200, 500]),
        ("highest_rate", None, [500, 200]),
        ("lowest_rate", None, [200, 500]),
        # A tenth of 1,000 is the minimum: these 100 go the other way.
        ("highest_rate", "lowest_rate", [400, 300]),
        ("lowest_rate", "highest_rate", [300, 400]),
        ("oldest", "oldest", [200, 500]),
    ],
)
def test_balances_by_their_rate(first, at_first, rest):
    terms = line(
        interest(),
        segments=[cash_at(interest(rate="0.2%/day", bears_from="use"))],
        minimum=MinimumPayment("10%", in_full=[]),
        allocation=LineAllocation(
            order=PRINCIPAL_FIRST, first=first, minimum_first=at_first
        ),
    )
    events = (buy(aug(10), 500), cash(aug(10), 500), pay(sep(10), 300))
    assert left(kept(terms, *events), sep(10), "purchases", "cash") == rest


def test_less_than_the_minimum_goes_as_it_does():
    terms = line(
        interest(),
        segments=[cash_at(interest(rate="0.2%/day", bears_from="use"))],
        minimum=MinimumPayment("10%", in_full=[]),
        allocation=LineAllocation(
            order=PRINCIPAL_FIRST, first="highest_rate", minimum_first="lowest_rate"
        ),
    )
    events = (buy(aug(10), 500), cash(aug(10), 500), pay(sep(10), 60))
    assert left(kept(terms, *events), sep(10), "purchases", "cash") == [440, 500]


def promoted(**promotion):
    segment = LineSegment(
        name="transfers", interest=interest(rate="0.2%/day", bears_from="use"),
        promotion=Promotion(**promotion),
    )  # fmt: skip
    return line(
        USED,
        segments=[segment],
        allocation=LineAllocation(order=PRINCIPAL_FIRST, first="highest_rate"),
    )


MOVED = Transfer(id="t1", on=aug(10), amount=500)


def test_a_promotions_rate_holds_before_its_end():
    # At 0.01 % to 9 September, below the 0.1 % of purchases; at 0.2 % from the 10th.
    terms = promoted(months=1, rate="0.01%/day")
    events = (buy(aug(10), 500), MOVED)
    for day, rest in ((9, [200, 500]), (10, [500, 200])):
        account = kept(terms, *events, pay(sep(day), 300))
        assert left(account, sep(day), "purchases", "transfers") == rest


def test_a_deferred_balance_goes_first_in_its_last_two_months():
    # Six months from 10 August: it ends on 10 February, and is paid first from 10
    # December; before that it counts as free.
    terms = promoted(months=6, deferred=True)
    events = (buy(aug(10), 500), MOVED)
    for month, day, rest in (
        (12, 9, [200, 500]),
        (12, 10, [500, 200]),
    ):
        on = date(2026, month, day)
        account = kept(terms, *events, pay(on, 300))
        assert left(account, on, "purchases", "transfers") == rest


# --- what money makes owed --------------------------------------------------------------------


def test_interest_becomes_owed_with_a_payment():
    # 10 days of 1,000 are 10.00, which 500 pay first.
    rule = interest(bears_from="use", posted="payment")
    account = kept(
        line(segments=[cash_at(rule)]), cash(aug(10), 1000), pay(aug(20), 500)
    )
    assert owed(account, aug(20), "cash") == ["0.00", "0.00", "0.00", "510.00"]
    # A payment on the same day finds nothing earned since.
    again = account.record(pay(aug(20), 10, "p2"))
    assert owed(again, aug(20), "cash")[3] == "500.00"


def test_a_payment_of_everything_closes_the_line():
    terms = line(segments=[cash_at()])
    drawn = cash(aug(10), 1000)
    assert kept(terms, drawn).payoff(aug(20)) == 1010
    closed = kept(terms, drawn, pay(aug(20), 1010))
    assert closed.position(aug(20)).owed == 0
    assert closed.position(NOV5).owed == 0
    # More leaves a credit.
    assert kept(terms, drawn, pay(aug(20), 1015)).position(aug(20)).credit == 5
    # A cent less waits for the statement: 9.99 are a credit to 10.00 of interest.
    short = kept(terms, drawn, pay(aug(20), "1009.99"))
    assert str(short.position(aug(20)).credit) == "9.99"
    assert str(short.payoff(aug(20))) == "0.01"
    assert [str(x) for x in (short.position(SEP5).owed, short.position(SEP5).credit)] == [
        "0.01", "0.00",
    ]  # fmt: skip


def test_the_day_of_the_payment_on_the_old_balance():
    old = interest(bears_from="use", repayment_day="old")
    terms = line(segments=[cash_at(old)])
    drawn = cash(aug(10), 1000)
    assert kept(terms, drawn).payoff(aug(20)) == 1011
    closed = kept(terms, drawn, pay(aug(20), 1011))
    assert closed.position(NOV5).owed == 0


def test_an_average_line_that_is_closed_and_drawn_on_again():
    # 310 from 10 to 19 August, of the 15 days from the 5th: 206.67 on average, 3.10.
    rule = interest(bears_from="use", balance="average", rounded="statement")
    terms = line(segments=[cash_at(rule)])
    account = kept(terms, cash(aug(10), 310))
    assert str(account.payoff(aug(20))) == "313.10"
    closed = account.record(pay(aug(20), "313.10"))
    assert closed.position(OCT5).owed == 0
    # 160 on 25 August, of the 16 days from the 20th: 11 of them, 110 on average, 1.76.
    again = closed.record(cash(aug(25), 160, "k2"))
    assert owed(again, SEP5, "cash")[2] == "1.76"


def test_nothing_paid_closes_nothing():
    account = kept(line(interest()), pay(aug(10), 0))
    position = account.position(aug(10))
    assert (position.owed, position.credit) == (0, 0)


def test_a_credit_pays_what_is_added():
    account = kept(line(interest()), buy(aug(10), 100), pay(aug(11), 150))
    assert account.position(aug(11)).credit == 50
    drawn = account.record(buy(aug(12), 30, "u2"))
    assert (drawn.position(aug(12)).credit, drawn.position(aug(12)).owed) == (20, 0)
    more = drawn.record(buy(aug(13), 30, "u3"))
    assert (more.position(aug(13)).credit, more.position(aug(13)).owed) == (0, 10)
    # A charge and a fee of cash too: 7 and 10 of a credit of 20.
    terms = line(segments=[cash_at(fee=TransactionFee("1%", least=10))])
    charge = Charge(id="c1", on=aug(10), amount=7)
    account = kept(terms, pay(aug(9), 120), charge, cash(aug(11), 100))
    position = account.position(aug(11))
    assert (position.credit, position.owed) == (3, 0)


def test_a_credit_is_paid_out():
    account = kept(line(), pay(aug(10), 100), Payout(id="o1", on=aug(11), amount=60))
    assert account.position(aug(11)).credit == 40
    assert refusal(
        line(), pay(aug(10), 100), Payout(id="o1", on=aug(11), amount="100.01")
    ) == (
        "event o1: got '100.01'; allowed: at most 100.00; pay out what is credited, not"
        " more"
    )


def test_a_payment_on_a_line_is_a_plain_one():
    for words in (
        {"split": {"fee": 1}},
        {"installments": [1]},
        {"order": ["penalty", "compound", "fee", "interest", "principal"]},
        {"effect": "shorter"},
    ):
        paid = Payment(id="p1", on=aug(11), amount=1, **words)
        assert refusal(line(), *BOUGHT, paid) == (
            "event p1: got 'a payment with a split, installments, an order or an"
            " effect'; allowed: a plain payment: a line allocates by its terms"
        )


def test_money_finer_than_the_currency():
    with pytest.raises(InputValueError) as caught:
        kept(line(), pay(aug(10), "0.001"))
    assert str(caught.value) == (
        "event p1: got Decimal('0.001'); allowed: at most 2 decimals; round it first,"
        " by the rule of the contract"
    )


def test_what_pays_the_minimum_pays_the_oldest_first():
    # 100 of September and 100 of October are due; 120 leave 80 of October.
    terms = line(minimum=MinimumPayment("10%"))
    account = kept(terms, buy(aug(10), 1000))
    assert account.position(octo(6)).minimum == 200
    paid = account.record(pay(octo(6), 120))
    assert (paid.position(octo(6)).minimum, paid.position(octo(6)).arrears) == (80, 0)
    assert kept(terms, buy(aug(10), 1000), pay(DUE, 100)).position(DUE).minimum == 0
