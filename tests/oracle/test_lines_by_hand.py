"""
The oracle of a line of credit against published examples and cases worked by hand.

Unless a case says otherwise a line bills on the 5th, is due on the 25th, and costs 0.1 %
a day: 500 bear 0.50 a day. 300 bought on 10 August and 200 on the 20th are on the bill
of 5 September, due on 25 September; the next statements are 5 October and 5 November.
"""

from datetime import date
from typing import Any

import pytest

from loanmath import (
    CreditLine,
    DefaultCharge,
    InstallmentTerms,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    TransactionFee,
)
from loanmath.calendars import WEEKENDS
from loanmath.events import (
    CashAdvance,
    Charge,
    Conversion,
    CycleChange,
    LimitChange,
    Payment,
    Payout,
    PlanSettlement,
    Purchase,
    Refund,
    Reversal,
    Transfer,
    Waiver,
)
from loanmath.rates import Rate
from loanmath.terms import BusinessDays, EqualPrincipal, InstallmentLoan
from loanmath.terms.lines import Promotion
from oracle.line import LineOracle, OracleRefusal

SEP5, OCT5, NOV5 = date(2026, 9, 5), date(2026, 10, 5), date(2026, 11, 5)
DUE = date(2026, 9, 25)


def aug(day: int) -> date:
    return date(2026, 8, day)


def sep(day: int) -> date:
    return date(2026, 9, day)


def octo(day: int) -> date:
    return date(2026, 10, day)


def interest(**terms: Any) -> LineInterest:
    return LineInterest(**({"rate": "0.1%/day", "bears_from": "posting"} | terms))


def line(rule: LineInterest | None = None, **terms: Any) -> CreditLine:
    usual: dict[str, Any] = {
        "currency": "CNY", "limit": "20000", "statement_day": 5, "due_day": 25,
        "interest": rule,
    }  # fmt: skip
    if "due_after" in terms:
        usual["due_day"] = None
    return CreditLine(**(usual | terms))


def buy(on: date, amount: Any, name: str = "") -> Purchase:
    return Purchase(id=name or f"buy {on}", on=on, amount=amount)


def pay(on: date, amount: Any, name: str = "") -> Payment:
    return Payment(id=name or f"pay {on}", on=on, amount=amount)


def cash(on: date, amount: Any, name: str = "") -> CashAdvance:
    return CashAdvance(id=name or f"cash {on}", on=on, amount=amount)


def cash_at(rule: LineInterest | None = None, **terms: Any) -> LineSegment:
    return LineSegment(
        name="cash", interest=rule or interest(bears_from="use"), **terms
    )


BOUGHT = (buy(aug(10), 300), buy(aug(20), 200))


def cost(terms: CreditLine, *events: Any, on: date = OCT5, segment="purchases") -> int:
    """The interest of a segment that is owed on a day."""
    return LineOracle(terms, events).on(on).owed[segment, "interest"]


# --- from when, and on what -------------------------------------------------------------


def test_from_posting_on_the_whole():
    # 300 for 10 days, then 500 from 20 August to 4 October: 12 + 30 + 4 = 46 days.
    assert cost(line(interest()), *BOUGHT) == 300 + 2300
    assert cost(line(interest()), *BOUGHT, pay(DUE, 500)) == 0
    assert cost(line(interest()), *BOUGHT, pay(sep(26), 500)) == 300 + 50 * 37


def test_from_the_statement():
    # From 5 September, the opening of its own statement's window: 30 days of 500.
    assert cost(line(interest(bears_from="statement")), *BOUGHT) == 1500
    # With the statement day in the window before, from the 6th to 5 October: 30 days.
    included = interest(bears_from="statement", last_day="included")
    assert cost(line(included), *BOUGHT) == 1500
    paid = pay(sep(6), 499)
    assert cost(line(included), *BOUGHT, paid) == 3  # 1.00 for 30 days
    assert cost(line(interest(bears_from="statement")), *BOUGHT, paid) == 50 + 3


def test_after_the_due_day():
    # 26 September to 4 October: 9 days; CN-030 in its own words below.
    assert cost(line(interest(bears_from="after_due")), *BOUGHT) == 450
    two = line(interest(bears_from="after_due"))
    assert cost(two, *BOUGHT, pay(sep(28), 500)) == 100  # the 26th and 27th


def test_from_use_whether_or_not_it_is_paid():
    # 300 x 10 + 500 x 16 to 4 September; then 20 days to the 24th, when it is paid.
    used = LineOracle(line(interest(bears_from="use")), [*BOUGHT, pay(DUE, 511)])
    assert used.on(SEP5).owed["purchases", "interest"] == 300 + 800
    assert used.on(DUE).total == 0
    assert used.on(DUE).payoff == 1000
    assert used.on(OCT5).owed["purchases", "interest"] == 1000
    assert not used.on(aug(10)).free


def test_on_the_unpaid_share():
    # 100 of 500 are missing when due: a fifth bears, and all of it after the due day.
    rule = interest(bears_on="unpaid_share")
    # 300/5 x 10, 500/5 x 31 to 19 September, 100/5 x 6 to the 25th, 100 x 9.
    assert cost(line(rule), *BOUGHT, pay(sep(20), 400)) == 60 + 310 + 12 + 90


def test_on_what_is_unpaid():
    # 400 pay the first purchase and half of the second, whenever they came: 100 bear
    # from 20 August to 4 October.
    rule = interest(bears_on="unpaid")
    assert cost(line(rule), *BOUGHT, pay(sep(20), 400)) == 460
    # Before the bill is cut: 300; then 100 of the 200 that are billed.
    early = (pay(aug(25), 300), pay(sep(20), 100))
    assert cost(line(rule), *BOUGHT, *early) == 460


def test_published_full_balance():
    # CN-020: 10,000 x 26 days, then 1,000 x 5; the repayment day on the old balance.
    terms = line(
        interest(rate="0.05%/day", repayment_day="old"), statement_day=1, due_day=25
    )
    events = (buy(date(2026, 3, 31), 10000), pay(date(2026, 4, 25), 9000))
    assert cost(terms, *events, on=date(2026, 5, 1)) == 13250
    # On the reduced one: 25 days and 6.
    terms = line(interest(rate="0.05%/day"), statement_day=1, due_day=25)
    assert cost(terms, *events, on=date(2026, 5, 1)) == 12500 + 300


def test_published_statement_day_included():
    # CN-023: 1,000 for 24 days, 900 for 13, the statement day counted.
    events = (buy(date(2026, 3, 30), 1000), pay(date(2026, 4, 23), 100))
    for last_day, days in (("included", 13), ("excluded", 12)):
        rule = interest(rate="0.05%/day", last_day=last_day)
        owed = cost(line(rule, due_day=23), *events, on=date(2026, 5, 5))
        assert owed == 1200 + 45 * days


PUBLISHED = (buy(aug(10), 3000), buy(aug(20), 2000), pay(sep(8), 2000))


def test_published_unpaid_share_and_after_due():
    # CN-027: 9.00 + 28.50 + 16.20 + 13.50. CN-030: 9 days of 3,000.
    share = interest(rate="0.05%/day", bears_on="unpaid_share")
    assert cost(line(share), *PUBLISHED) == 6720
    after = interest(rate="0.05%/day", bears_from="after_due")
    assert cost(line(after), *PUBLISHED) == 1350


def test_published_from_use_and_dearer_when_missed():
    # CN-032: 44.00 by 5 September, 6.00 + 20.40 to the 24th; the due day at the normal
    # rate, nine days at one and a half. Payments go to principal, as published.
    terms = line(
        interest(rate="0.04%/day", bears_from="use", overdue_multiple="1.5"),
        minimum=MinimumPayment("100%"),
        allocation=LineAllocation(order=["principal", "interest", "fee", "penalty"]),
    )
    assert cost(terms, *PUBLISHED, on=SEP5) == 4400
    assert cost(terms, *PUBLISHED, pay(DUE, 3000)) == 7040
    assert cost(terms, *PUBLISHED) == 8780


# --- what decides a bill ----------------------------------------------------------------


def test_grace_and_tolerance():
    rule = interest(grace_days=3, tolerance=10)
    kept = LineOracle(line(rule), [*BOUGHT, pay(sep(28), 490)])
    assert kept.on(sep(28)).bills[0].outcome is None
    assert kept.on(sep(29)).bills[0].outcome == "paid"
    # The 10 that are left are an addition of the 29th; the next bill is of 10 alone,
    # within the tolerance again.
    assert [bill.balance for bill in kept.on(OCT5).bills] == [50000, 1000]
    assert kept.on(NOV5).owed["purchases", "interest"] == 0
    # With 10 more on that day it is not paid: 20 for 37 days to 4 November.
    more = (*BOUGHT, pay(sep(28), 490), buy(sep(29), 10))
    assert cost(line(rule), *more, on=NOV5) == 74
    for late in (pay(sep(29), 490), pay(sep(28), "489.99")):
        assert cost(line(rule), *BOUGHT, late) > 2000


def test_a_free_period_is_lost_and_regained():
    events = [
        buy(aug(10), 500), pay(DUE, 100), buy(sep(15), 200),
        pay(octo(20), 631), buy(octo(10), 100),
    ]  # fmt: skip
    lost = LineOracle(line(interest(free_period="lost")), events)
    # 500 x 46, 400 x 10, and 200 x 20 from 15 September.
    assert lost.on(OCT5).owed["purchases", "interest"] == 2300 + 400 + 400
    assert lost.on(DUE).free
    assert not lost.on(sep(26)).free
    # Bill 2 of 631 is paid: what was charged goes on to the 19th, 15 days of 400 and
    # of 200; the purchase of the 10th waits again.
    assert lost.on(octo(26)).free
    assert lost.on(NOV5).owed["purchases", "interest"] == 600 + 300
    # After two bills: it bears too, 26 days of 100.
    twice = LineOracle(line(interest(free_period="lost", regained_after=2)), events)
    assert not twice.on(octo(26)).free
    assert twice.on(NOV5).owed["purchases", "interest"] == 900 + 260
    # Kept: the purchase of September waits for its own bill.
    assert cost(line(interest()), *events) == 2700


def test_what_waits_for_two_bills():
    # Due 40 days after the statement: 15 October, after the cut of the 5th. Nothing is
    # charged on 5 October; on 5 November all days are.
    terms = line(interest(), due_after=40)
    assert cost(terms, *BOUGHT) == 0
    assert cost(terms, *BOUGHT, on=NOV5) == 300 + 50 * 77


# --- rounding and rows ------------------------------------------------------------------


def test_rounded_by_stretch_by_row_or_by_statement():
    # Of 33.33: 7 days cost 0.23331, of 3.33: 39 days cost 0.12987. A row of 0.33 more,
    # lost its free period: 20 days cost 0.0066.
    events = (buy(aug(20), "33.33"), pay(aug(27), 30), buy(sep(15), "0.33"))
    up = {"free_period": "lost", "rounding": "up"}
    for by, owed in (
        ("segment", 24 + 13 + 1),
        ("period", 37 + 1),
        ("statement", 37),
    ):
        assert cost(line(interest(rounded=by, **up)), *events) == owed


def test_joined_rows_bear_as_one():
    # Two unpaid bills of 5.00 each: in the third window each costs 0.15 (0.005 x 30 or
    # 31 days); as one, 10.00 cost 0.31 rather than 0.16 + 0.16 rounded up.
    rule = interest(rounding="up")
    events = (buy(aug(10), 5), buy(sep(10), 5))
    two = LineOracle(line(rule), events)
    dec5 = date(2026, 12, 5)
    # 5 October to 4 November: the row of August, 31 days, 0.16; that of September,
    # whose bill was decided on 26 October, from 10 September: 56 days, 0.28.
    # 5 November to 4 December: 30 days of 10.00, joined.
    before, after = two.on(date(2026, 12, 4)), two.on(dec5)
    key = ("purchases", "interest")
    assert before.owed[key] == 28 + 16 + 28  # August to 4 October: 56 days, 0.28
    assert after.owed[key] - before.owed[key] == 30


# --- segments and promotions --------------------------------------------------------------


def transfers(**promotion: Any) -> CreditLine:
    segment = LineSegment(
        name="transfers",
        interest=interest(bears_from="use"),
        promotion=Promotion(months=1, **promotion),
    )
    return line(interest(), segments=[segment])


MOVED = Transfer(id="t", on=aug(10), amount=1000)


def test_a_promotion_holds_before_its_end():
    terms = transfers(rate="0.01%/day")
    # Before 10 September 0.10 a day: 26 days, then 5; after it 1.00, 25 days.
    assert cost(terms, MOVED, on=SEP5, segment="transfers") == 260
    assert cost(terms, MOVED, segment="transfers") == 260 + 50 + 2500


def test_a_deferred_balance_costs_all_its_days_or_none():
    terms = transfers(deferred=True)
    assert cost(terms, MOVED, on=SEP5, segment="transfers") == 0
    assert cost(terms, MOVED, segment="transfers") == 3100 + 2500
    assert cost(terms, MOVED, pay(sep(9), 1000), segment="transfers") == 0
    # A day later it is held as the day begins: 31 days, and none after it.
    assert cost(terms, MOVED, pay(sep(10), 1000), segment="transfers") == 3100
    assert LineOracle(terms, [MOVED]).on(sep(9)).payoff == 100000
    assert LineOracle(terms, [MOVED]).on(sep(10)).payoff == 103100
    closed = LineOracle(terms, [MOVED, pay(sep(10), 1031)])
    assert closed.on(OCT5).total == 0


@pytest.mark.parametrize(
    ("drawn", "fee"), [("500", 1000), ("1000", 1000), ("1500", 1500), ("9000", 5000)]
)
def test_a_fee_between_its_least_and_its_most(drawn, fee):
    terms = line(segments=[cash_at(fee=TransactionFee("1%", least=10, most=50))])
    state = LineOracle(terms, [cash(aug(10), drawn)]).on(aug(10))
    assert state.owed["cash", "fee"] == fee


# --- balances of a window -----------------------------------------------------------------


def test_an_average_balance():
    terms = line(
        segments=[
            cash_at(interest(bears_from="use", balance="average", rounded="statement"))
        ]
    )
    # 26 of the 31 days from 5 August: 310 x 26 / 31 = 260; of 100 it is 83.87.
    assert cost(terms, cash(aug(10), 310), on=SEP5, segment="cash") == 806
    assert cost(terms, cash(aug(10), 100), on=SEP5, segment="cash") == 260


@pytest.mark.parametrize(
    ("balance", "owed"), [("previous", 1500), ("adjusted", 900), ("daily", 500 + 600)]
)
def test_the_balance_of_the_last_bill(balance, owed):
    # 500 billed, 200 paid on 15 September, 50 bought that bear only by the day.
    rule = interest(bears_from="statement", balance=balance, rounded="statement")
    events = (buy(aug(10), 500), pay(sep(15), 200), buy(sep(20), 50))
    assert cost(line(rule), *events) == owed


def test_interest_bears_where_it_is_named():
    rule = interest(bears_from="use", bearing=["principal", "interest"])
    # 26.00 of 1,000 by 5 September; 1,026 for 30 days cost 30.78.
    key = ("purchases", "interest")
    state = LineOracle(line(rule), [buy(aug(10), 1000)]).on(OCT5)
    assert state.owed[key] == 2600 + 3078


# --- minimum, arrears, default charge -------------------------------------------------------


def test_published_default_charge():
    # CN-035: 5 % of the 100 that are missing of a minimum of 200.
    terms = line(minimum=MinimumPayment("10%"), default_charge=DefaultCharge("5%"))
    state = LineOracle(terms, [buy(aug(10), 2000), pay(sep(20), 100)]).on(sep(26))
    assert state.bills[0].minimum == 20000
    assert state.bills[0].missed
    assert state.owed["purchases", "penalty"] == 500
    assert state.days_past_due == 1


def test_published_minimum_carries_the_rest():
    # CN-047: 1,000 on the 1st, due on the 10th, minimum 100; 900 bear 0.45 a day from
    # the 11th, 21 days in March; the rest is in the next minimum, with a tenth of 200.
    terms = line(
        interest(rate="0.05%/day", bears_from="after_due"),
        statement_day=1,
        due_day=10,
        minimum=MinimumPayment("10%", in_full=["interest", "fees", "carried"]),
    )
    events = [
        buy(date(2026, 2, 5), 1000),
        pay(date(2026, 3, 10), 100),
        buy(date(2026, 3, 5), 200),
    ]
    state = LineOracle(terms, events).on(date(2026, 4, 1))
    assert state.bills[0].minimum == 10000
    assert not state.bills[0].missed
    assert state.bills[1].balance == 90000 + 945 + 20000
    assert state.bills[1].minimum == 90000 + 945 + 2000


def test_a_minimum_with_arrears():
    segment = cash_at(due_in_full=True, fee=TransactionFee("1%", least=10))
    terms = line(
        segments=[segment],
        minimum=MinimumPayment("10%"),
        default_charge=DefaultCharge("5%"),
    )
    events = [buy(aug(10), 1000), cash(aug(10), 200), pay(sep(20), 100)]
    oracle = LineOracle(terms, events)
    first = oracle.on(SEP5).bills[0]
    # Cash costs 0.20 a day: 26 days. 1,000 + 200 + 10 + 5.20; of it 100 + 215.20.
    assert (first.balance, first.minimum) == (121520, 31520)
    # 100 pay the fee, the interest and 84.80; 5 % of 215.20 are charged.
    state = oracle.on(OCT5)
    assert state.owed["purchases", "principal"] == 91520
    second = state.bills[1]
    assert second.balance == 91520 + 20000 + 600 + 1076
    # A tenth of 1,115.20, 6.00 of interest, the charge, and the arrears.
    assert second.minimum == 11152 + 600 + 1076 + 21520
    assert state.dues == [(DUE, 21520), (octo(25), 12828)]
    assert (oracle.on(DUE).days_past_due, oracle.on(OCT5).days_past_due) == (0, 10)
    # Money goes to the oldest part first: 215.20, then 4.80 of the other.
    paid = LineOracle(terms, [*events, pay(octo(6), 220)]).on(octo(6))
    assert paid.dues == [(octo(25), 12348)]
    assert paid.days_past_due == 0


@pytest.mark.parametrize(
    ("owed", "minimum"), [(49, 4900), (50, 3000), (300, 3000), (301, 3010)]
)
def test_a_least_minimum_and_a_whole_balance(owed, minimum):
    terms = line(minimum=MinimumPayment("10%", least=30, whole_below=50))
    assert LineOracle(terms, [buy(aug(10), owed)]).on(SEP5).bills[0].minimum == minimum


def test_a_share_of_the_balance_and_no_negative_amortization():
    # 1,000 from use on 10 August: 26.00 of interest. 2 % of 1,026 and the interest.
    used = interest(bears_from="use")
    terms = line(
        used, minimum=MinimumPayment("2%", share_of="balance", in_full=["interest"])
    )
    bought = buy(aug(10), 1000)
    assert LineOracle(terms, [bought]).on(SEP5).bills[0].minimum == 2052 + 2600
    # A share of 1 % is 10; not below the interest of the cycle.
    terms = line(used, minimum=MinimumPayment("1%", in_full=[], covers_interest=True))
    assert LineOracle(terms, [bought]).on(SEP5).bills[0].minimum == 2600


def test_what_is_over_the_limit_is_in_full():
    terms = line(limit=1000, over_limit="allowed", minimum=MinimumPayment("10%"))
    # 200 over, and a tenth of the 1,000 within.
    assert LineOracle(terms, [buy(aug(10), 1200)]).on(SEP5).bills[0].minimum == 30000


def test_default_charges_of_a_first_time_and_another():
    terms = line(
        minimum=MinimumPayment("10%"),
        default_charge=DefaultCharge("0%", amounts=[30, 41], repeat_within=1),
    )
    oracle = LineOracle(terms, [buy(aug(10), 1000)])
    assert oracle.on(sep(26)).owed["purchases", "penalty"] == 3000
    assert oracle.on(octo(26)).owed["purchases", "penalty"] == 7100
    # Never above the minimum: a tenth of 100.
    small = LineOracle(terms, [buy(aug(10), 100)])
    assert small.on(sep(26)).owed["purchases", "penalty"] == 1000


# --- where payments go --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "at_first", "left"),
    [
        ("oldest", None, (20000, 50000)),
        ("highest_rate", None, (50000, 20000)),
        ("lowest_rate", None, (20000, 50000)),
        # A tenth of the principal of 1,000 is the minimum: it goes the other way.
        ("highest_rate", "lowest_rate", (40000, 30000)),
    ],
)
def test_the_highest_rate_first(first, at_first, left):
    terms = line(
        interest(),
        segments=[cash_at(interest(rate="0.2%/day", bears_from="use"))],
        minimum=MinimumPayment("10%", in_full=[]),
        allocation=LineAllocation(
            order=["principal", "interest", "fee", "penalty"],
            first=first,
            minimum_first=at_first,
        ),
    )
    events = [buy(aug(10), 500), cash(aug(10), 500), pay(sep(10), 300)]
    owed = LineOracle(terms, events).on(sep(10)).owed
    assert (owed["purchases", "principal"], owed["cash", "principal"]) == left


def test_what_is_billed_is_paid_first():
    # 100 billed; 50 of a fee are not: the fee is paid after the billed principal.
    events = [
        buy(aug(10), 100), Charge(id="c", on=sep(6), amount=50), pay(sep(7), 120),
    ]  # fmt: skip
    owed = LineOracle(line(), events).on(sep(7)).owed
    assert (owed["purchases", "principal"], owed["purchases", "fee"]) == (0, 3000)


@pytest.mark.parametrize(
    ("paid_on", "principal", "costs"),
    [(date(2026, 5, 11), 97000, 0), (date(2026, 5, 12), 90000, 7000)],
)
def test_the_order_turns_at_91_days(paid_on, principal, costs):
    # CN-104: due on 10 February; 50.00 of interest are 79 days of 1,000 by 1 May
    # (11.39 + 19.62 + 18.99), and a fee of 20. Day 90 is 11 May.
    terms = line(
        interest(rate="5/79%/day", bears_from="after_due"),
        statement_day=1,
        due_day=10,
        minimum=MinimumPayment("10%"),
        allocation=LineAllocation(
            late_from=91, late_order=["principal", "penalty", "fee", "interest"]
        ),
    )
    bought = buy(date(2026, 1, 5), 1000)
    fee = Charge(id="c", on=date(2026, 1, 5), amount=20)
    oracle = LineOracle(terms, [bought, fee, pay(paid_on, 100)])
    owed = oracle.on(paid_on).owed
    assert owed["purchases", "principal"] == principal
    assert owed["purchases", "fee"] + owed["purchases", "interest"] == costs


def test_interest_is_posted_with_a_payment():
    terms = line(segments=[cash_at(interest(bears_from="use", posted="payment"))])
    # 10 days of 1,000 cost 10.00, which 500 pay first.
    events = [cash(aug(10), 1000), pay(aug(20), 500)]
    owed = LineOracle(terms, events).on(aug(20)).owed
    assert (owed["cash", "interest"], owed["cash", "principal"]) == (0, 51000)
    # 510 for the 16 days to 4 September.
    assert cost(terms, *events, on=SEP5, segment="cash") == 816


def test_a_payment_of_everything_closes_the_line():
    terms = line(segments=[cash_at()])
    drawn = cash(aug(10), 1000)
    assert LineOracle(terms, [drawn]).on(aug(20)).payoff == 101000
    assert LineOracle(terms, [drawn, pay(aug(20), 1010)]).on(OCT5).total == 0
    # A cent less: the interest waits for the statement, and 9.99 are a credit to it.
    short = LineOracle(terms, [drawn, pay(aug(20), "1009.99")])
    assert short.on(aug(20)).credit == 999
    assert (short.on(SEP5).total, short.on(SEP5).credit) == (1, 0)
    # Where the day of a repayment bears on the old balance, it costs that day too.
    old = line(segments=[cash_at(interest(bears_from="use", repayment_day="old"))])
    assert LineOracle(old, [drawn]).on(aug(20)).payoff == 101100
    assert LineOracle(old, [drawn, pay(aug(20), 1011)]).on(OCT5).total == 0


def test_a_credit_pays_what_is_added():
    events = [
        buy(aug(10), 100), pay(aug(11), 150), buy(aug(12), 30),
        Payout(id="o", on=aug(13), amount=20),
    ]  # fmt: skip
    oracle = LineOracle(line(interest()), events)
    assert oracle.on(aug(11)).credit == 5000
    assert oracle.on(aug(12)).available == 2000000 + 2000
    assert (oracle.on(aug(13)).credit, oracle.on(SEP5).bills[0].balance) == (0, 0)
    with pytest.raises(OracleRefusal, match="credit"):
        LineOracle(line(), [*events, Payout(id="x", on=aug(14), amount=1)]).on(SEP5)


def test_a_refund_goes_to_its_purchase():
    first, second = buy(aug(10), 100, "a"), buy(sep(10), 100, "b")
    back = Refund(id="r", on=sep(12), amount=70, of="b")
    state = LineOracle(line(interest()), [first, second, back]).on(sep(12))
    # It pays nothing of the bill of September, which has no part of the purchase.
    assert (state.bills[0].received, state.total) == (0, 13000)
    # Without a purchase it pays what is billed.
    plain = Refund(id="r", on=sep(12), amount=120)
    state = LineOracle(line(interest()), [first, second, plain]).on(sep(12))
    assert state.bills[0].received == 10000
    # What is beyond the purchase is as a payment.
    more = Refund(id="r", on=sep(12), amount=150, of="b")
    with pytest.raises(OracleRefusal, match="more than the price of b"):
        LineOracle(line(interest()), [first, second, more]).on(sep(12))


def test_a_waiver_counts_for_the_bill():
    waived = Waiver(id="w", on=sep(10), component="principal", amount="10%")
    state = LineOracle(line(interest()), [*BOUGHT, waived, pay(DUE, 450)]).on(sep(26))
    assert (state.bills[0].received, state.bills[0].outcome) == (50000, "paid")
    more = Waiver(id="w", on=sep(10), component="fee", amount=1)
    with pytest.raises(OracleRefusal, match="more fee"):
        LineOracle(line(), [*BOUGHT, more]).on(sep(10))


def test_what_is_reversed_never_was():
    events = [*BOUGHT, pay(DUE, 500, "p"), Reversal(id="x", on=sep(30), of="p")]
    oracle = LineOracle(line(interest()), events)
    assert oracle.on(sep(29)).total == 50000
    assert oracle.on(OCT5).owed["purchases", "interest"] == 2600


# --- limits -------------------------------------------------------------------------------


def test_a_limit_and_one_for_a_time():
    change = LimitChange(id="l", on=aug(5), amount=600, until=aug(12))
    terms = line(limit=500)
    oracle = LineOracle(terms, [change, buy(aug(10), 550)])
    assert oracle.on(aug(12)).available == 5000
    assert oracle.on(aug(13)).available == -5000
    for refused in (buy(aug(13), 1), cash(aug(12), 1), buy(aug(12), 51)):
        with pytest.raises(OracleRefusal):
            LineOracle(terms, [change, buy(aug(10), 550), refused]).on(aug(13))
    of_cash = line(segments=[cash_at(limit=100)])
    with pytest.raises(OracleRefusal, match="limit of cash"):
        LineOracle(of_cash, [cash(aug(10), 60), cash(aug(11), 41)]).on(aug(11))


# --- installments -------------------------------------------------------------------------


def test_a_conversion_with_its_fee_by_installment():
    # 123.67 in three at 2.3 %, the residue in the first: 42.19, 42.16, 42.16 (published
    # by Alipay): 41.23 + 0.96, then 41.22 + 0.94.
    terms = line(
        installments=InstallmentTerms(
            fees={3: "2.3%", 12: "8.8%"}, residue="first", rounding="half_even"
        )
    )
    events = [
        buy(aug(10), "123.67", "a"),
        Conversion(id="s", on=aug(10), of="a", count=3),
    ]
    oracle = LineOracle(terms, events)
    state = oracle.on(aug(10))
    assert state.plans == {"s": [(4123, 0, 96), (4122, 0, 94), (4122, 0, 94)]}
    assert (state.total, state.available) == (0, 2000000 - 12367)
    assert [bill.balance for bill in oracle.on(NOV5).bills] == [4219, 8435, 12651]
    assert oracle.on(NOV5).plans == {"s": []}
    # 1,000 in twelve at 8.8 %: 90.74, then 90.66.
    dozen = Conversion(id="s", on=aug(10), of="a", count=12)
    plan = LineOracle(terms, [buy(aug(10), 1000, "a"), dozen]).on(aug(10)).plans["s"]
    assert [sum(part) for part in plan] == [9074] + [9066] * 11


def test_a_conversion_with_its_fee_in_the_first():
    # 10,000 in twelve at 7.2 %: 833.33, the last 833.37; 720 with the first.
    terms = line(installments=InstallmentTerms(fees={12: "7.2%"}, billed="first"))
    events = [
        buy(aug(10), 10000, "a"),
        Conversion(id="s", on=aug(10), of="a", count=12),
    ]
    oracle = LineOracle(terms, events)
    assert oracle.on(SEP5).bills[0].balance == 83333 + 72000
    assert oracle.on(SEP5).plans["s"] == [(83333, 0, 0)] * 10 + [(83337, 0, 0)]
    # Without a minimum, all of a bill is due.
    assert oracle.on(SEP5).bills[0].minimum == 83333 + 72000


def test_a_conversion_of_a_bill_counts_as_money():
    terms = line(
        interest(),
        minimum=MinimumPayment("10%"),
        installments=InstallmentTerms(fees={3: "2.3%"}),
    )
    events = [buy(aug(10), 1000), Conversion(id="s", on=sep(10), amount=600, count=3)]
    state = LineOracle(terms, [*events, pay(DUE, 400)]).on(sep(26))
    assert (state.bills[0].outcome, state.bills[0].minimum) == ("paid", 4000)
    short = LineOracle(terms, [*events, pay(DUE, 40)])
    assert short.on(sep(26)).bills[0].outcome == "unpaid"
    assert not short.on(sep(26)).bills[0].missed
    assert LineOracle(terms, [*events, pay(DUE, 39)]).on(sep(26)).bills[0].missed
    # The next bill: 360 left, interest on 1,000 for 31 days, 400 for 15 and 360 for 10
    # (3.60), 200 and 4.60 of the plan. Of it all but the 360 in full.
    bill = short.on(OCT5).bills[1]
    assert bill.balance == 36000 + (3100 + 600 + 360) + 20460
    assert bill.minimum == 3600 + 4060 + 20460


def test_a_plan_that_is_a_loan():
    loan = InstallmentLoan(
        currency="CNY", principal="3000", disbursed=date(2026, 1, 15),
        every="monthly", rate=Rate("1%/month"), repayment=EqualPrincipal(3),
    )  # fmt: skip
    events = [
        buy(aug(10), 3000, "a"),
        Conversion(id="s", on=aug(10), of="a", plan=loan),
    ]
    state = LineOracle(line(interest()), events).on(SEP5)
    assert state.plans["s"] == [(100000, 2000, 0), (100000, 1000, 0)]
    assert state.owed["installments", "interest"] == 3000


@pytest.mark.parametrize(
    ("early", "fee"),
    [
        ({}, 9200),
        ({"early": "waived"}, 0),
        ({"early": "share", "early_share": "3%"}, 8000),
    ],
)
def test_a_plan_settled_early(early, fee):
    # 4,000 in three at 3.45 %: fees of 46 each; 2,666.67 are left after the first.
    terms = line(installments=InstallmentTerms(fees={3: "3.45%"}, **early))
    events = [
        buy(aug(10), 4000, "a"),
        Conversion(id="s", on=aug(10), of="a", count=3),
        PlanSettlement(id="e", on=sep(10), of="s"),
    ]
    state = LineOracle(terms, events).on(sep(10))
    assert state.owed["installments", "principal"] == 400000
    assert state.owed["installments", "fee"] == 4600 + fee
    assert state.plans == {"s": []}


def test_a_refund_of_a_converted_purchase():
    def after_refund(amount: int, **rule: Any):
        terms = line(
            installments=InstallmentTerms(fees={3: "3%"}, billed="first", **rule)
        )
        events = [
            buy(aug(10), 900, "a"),
            Conversion(id="s", on=aug(10), of="a", count=3),
            Refund(id="r", on=sep(6), of="a", amount=amount),
        ]
        return LineOracle(terms, events).on(sep(6))

    # 300 and the fee of 27 are billed. Kept: 327 are paid, the rest is a credit.
    kept = after_refund(900)
    assert (kept.total, kept.credit) == (0, 90000 - 32700)
    assert kept.plans["s"] == [(30000, 0, 0)] * 2
    # Two of three are not billed: 18 of the fee come back; of 300 a third, 9.
    assert after_refund(900, fee_return="unbilled").credit == 90000 - 32700 + 1800
    assert after_refund(300, fee_return="unbilled").total == 32700 - 30900
    # Split anew: 600 - 150 in three again, its fee was billed.
    anew = after_refund(150, refund="split_anew")
    assert (anew.total, anew.plans["s"]) == (32700, [(15000, 0, 0)] * 3)


# --- days ---------------------------------------------------------------------------------


def test_a_change_of_the_days():
    change = CycleChange(id="y", on=sep(10), statement_day=20, due_day=8)
    oracle = LineOracle(line(interest()), [*BOUGHT, buy(sep(12), 100), change])
    state = oracle.on(octo(20))
    assert [(bill.statement, bill.due) for bill in state.bills] == [
        (SEP5, DUE), (sep(20), octo(8)), (octo(20), date(2026, 11, 8)),
    ]  # fmt: skip
    # Billed on the 20th: 600. On 20 October: 300 x 10 + 500 x 61 days to 19 October,
    # and 100 from 12 September, 38 days.
    assert oracle.on(sep(20)).bills[1].balance == 60000
    assert state.owed["purchases", "interest"] == 300 + 3050 + 380


def test_a_bill_decided_on_the_day_of_the_next_cut():
    # Joined closing, due 30 days later, on 5 October: decided on the 6th, when the next
    # bill is cut. Its window closed before the 5th: the due day is of the next one.
    rule = interest(bears_on="unpaid_share")
    terms = line(rule, statement_day_joins="closing", due_after=30)
    # Half of the bill is missing: 50 on 10 August to 9 September, 31 days; 25 of the 50
    # that are left from the 10th to 4 October, 25 days.
    events = (buy(aug(10), 100), pay(sep(10), 50))
    assert cost(terms, *events, on=OCT5) == 0
    assert cost(terms, *events, on=octo(6)) == 155 + 63  # 0.625, half up
    # Then 25 on the due day, and 50 for 30 days to 4 November: 0.025 and 1.50.
    assert cost(terms, *events, on=date(2026, 11, 6)) == 218 + 3 + 150


def test_a_purchase_on_the_statement_day():
    bought = buy(SEP5, 100)
    joins_next = LineOracle(line(), [bought])
    assert [bill.statement for bill in joins_next.on(OCT5).bills] == [OCT5]
    closing = LineOracle(line(statement_day_joins="closing"), [bought])
    assert closing.on(SEP5).bills == []
    assert closing.on(sep(6)).bills[0].statement == SEP5


@pytest.mark.parametrize(
    ("posted", "statement", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
        (date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 31)),
        (date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 31)),
    ],
)
def test_month_ends(posted, statement, due):
    terms = line(statement_day=31, due_day=31)
    bill = LineOracle(terms, [buy(posted, 1)]).on(statement).bills[0]
    assert (bill.statement, bill.due) == (statement, due)


def test_a_due_day_that_is_no_business_day():
    # 25 October 2026 is a Sunday: money of Monday is in time.
    terms = line(interest(), business_days=BusinessDays("following", WEEKENDS))
    oracle = LineOracle(terms, [buy(sep(10), 100), pay(octo(26), 100)])
    assert oracle.on(octo(26)).bills[0].due == octo(26)
    assert oracle.on(octo(27)).bills[0].outcome == "paid"
