"""The minimum of a bill, item by item, and what it costs to pay less."""

from datetime import date

import pytest

from kept_lines import (
    DUE,
    OCT5,
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
    split,
)
from loanmath import (
    Charge,
    DefaultCharge,
    LimitChange,
    LineAllocation,
    MinimumPayment,
    TransactionFee,
)
from loanmath.terms.lines import InstallmentTerms


def minimum(terms, *events, month=9):
    return str(kept(terms, *events).statement(2026, month).minimum)


def tenth(rule=None, **words):
    return line(rule, minimum=MinimumPayment("10%", **words))


# --- items ------------------------------------------------------------------------------------

# 1,000 from use on 10 August bear 26 days: 26.00; a fee of 40 and a penalty of 7.
USED = interest(bears_from="use")
FEE = Charge(id="c1", on=aug(11), amount=40)
PENALTY = Charge(id="c2", on=aug(11), amount=7, component="penalty")


@pytest.mark.parametrize(
    ("in_full", "cents"),
    [
        ([], "100.00"),
        (["interest"], "126.00"),
        (["fees"], "147.00"),
        (["interest", "fees"], "173.00"),
    ],
)
def test_interest_and_fees_of_the_cycle(in_full, cents):
    events = (buy(aug(10), 1000), FEE, PENALTY)
    assert minimum(tenth(USED, in_full=in_full), *events) == cents


@pytest.mark.parametrize(
    ("in_full", "cents"),
    [
        ([], "100.00"),
        (["interest"], "156.00"),
        (["fees"], "147.00"),
        # 100 of the first bill are missing; then 147, which are more than 47 of fees;
        # then 173, which are more than 73.
        (["arrears"], "200.00"),
        (["fees", "arrears"], "247.00"),
        (["interest", "fees", "arrears"], "303.00"),
        # All of September, 1,073; and October's interest where it is named.
        (["carried"], "1073.00"),
        (["carried", "interest"], "1103.00"),
    ],
)
def test_what_the_bill_before_left(in_full, cents):
    # 1,000 bear 30 days to 4 October: 30.00 of interest in October's row.
    events = (buy(aug(10), 1000), FEE, PENALTY)
    assert minimum(tenth(USED, in_full=in_full), *events, month=10) == cents


def test_charges_of_earlier_bills_that_are_more_than_the_arrears():
    # 173 go to principal first: nothing is missing, 73 of charges are left. A tenth of
    # 827 is 82.70; 1,000 x 20 days and 827 x 10 cost 28.27.
    order = LineAllocation(order=["principal", "interest", "fee", "penalty"])
    terms = line(USED, minimum=MinimumPayment("10%"), allocation=order)
    events = (buy(aug(10), 1000), FEE, PENALTY, pay(DUE, 173))
    assert minimum(terms, *events, month=10) == "183.97"


def test_arrears_are_asked_for_once():
    # Nothing paid: 100, then 100 more, then 100 more.
    asked = [minimum(tenth(), buy(aug(10), 1000), month=month) for month in (9, 10, 11)]
    assert asked == ["100.00", "200.00", "300.00"]
    # Of 150 paid on 26 October the oldest 100 are paid first: 50 are missing. A tenth
    # of 850 is 85.
    paid = (buy(aug(10), 1000), pay(octo(26), 150))
    assert minimum(tenth(), *paid, month=11) == "135.00"


def test_what_is_over_the_limit():
    # 200 over, and a tenth of the 1,000 within.
    terms = line(limit=1000, over_limit="allowed", minimum=MinimumPayment("10%"))
    assert minimum(terms, buy(aug(10), 1200)) == "300.00"
    within = line(
        limit=1000, over_limit="allowed", minimum=MinimumPayment("10%", in_full=[])
    )
    assert minimum(within, buy(aug(10), 1200)) == "120.00"
    # By a lower limit too: 300 over 700, and a tenth of 700.
    lower = LimitChange(id="l1", on=aug(11), amount=700)
    assert minimum(tenth(), buy(aug(10), 1000), lower) == "370.00"


@pytest.mark.parametrize(
    ("paid", "cents"),
    [
        # Of 300.00 that were asked for, all is missing; 200 are over the limit still,
        # and a tenth of 1,000 is due again: 300 + 200 + 100.
        (0, "600.00"),
        # 250 missing, 150 over the limit, and 100; 200, 100 and 100.
        (50, "500.00"),
        (100, "400.00"),
        # 100 missing, nothing over the limit, and 100.
        (200, "200.00"),
        (300, "90.00"),
    ],
)
def test_what_is_over_the_limit_is_asked_for_beside_what_is_missing(paid, cents):
    terms = line(limit=1000, over_limit="allowed", minimum=MinimumPayment("10%"))
    events = (buy(aug(10), 1200), pay(sep(20), paid))
    assert minimum(terms, *events, month=10) == cents


@pytest.mark.parametrize(
    ("items", "paid", "cents"),
    [
        # The first bill asked for 100 and 200. 300 missing are more than 200 over.
        (["arrears", "newly_over_limit"], 0, "400.00"),
        # Paid, with 150 bought after that, nothing is missing and 50 are over.
        (["arrears", "newly_over_limit"], 300, "150.00"),
        # Without arrears in the minimum, there are none to be more than.
        (["newly_over_limit"], 0, "300.00"),
        # Both: all that is over.
        (["arrears", "over_limit", "newly_over_limit"], 0, "600.00"),
        # With all that earlier bills left, nothing is beside it.
        (["carried", "newly_over_limit"], 0, "1200.00"),
    ],
)
def test_the_larger_of_what_is_missing_and_what_is_over_the_limit(items, paid, cents):
    rule = MinimumPayment("10%", in_full=items)
    events = [buy(aug(10), 1200), pay(sep(20), paid)]
    more = [buy(sep(21), 150, "u2")] * (paid > 0)
    terms = line(limit=1000, over_limit="allowed", minimum=rule)
    assert minimum(terms, *events, *more, month=10) == cents


def test_the_whole_balance_over_the_limit():
    # 1,000 and 26.00 of interest over 1,000: 26.00, once more its interest, and a tenth
    # of 974.
    terms = line(
        USED, limit=1000, limit_covers="balance", minimum=MinimumPayment("10%")
    )
    assert minimum(terms, buy(aug(10), 1000)) == "149.40"


def test_installments_in_full_or_by_the_share():
    # 200 of 600 and a fee of 4.60; 400 of a purchase.
    terms = {"installments": InstallmentTerms(fees={3: "2.3%"})}
    events = (
        buy(aug(10), 600),
        buy(aug(11), 400, "u2"),
        split(aug(12), of="u1", count=3),
    )
    whole = line(minimum=MinimumPayment("10%"), **terms)
    assert minimum(whole, *events) == "244.60"
    by_share = line(minimum=MinimumPayment("10%", in_full=["fees"]), **terms)
    assert minimum(by_share, *events) == "64.60"
    principal_alone = line(minimum=MinimumPayment("10%", in_full=[]), **terms)
    assert minimum(principal_alone, *events) == "60.00"


def test_a_segment_that_is_due_in_full():
    # 200 of cash, a fee of 10 and 26 days of 0.20; a tenth of 1,000.
    fee = TransactionFee("1%", least=10)
    events = (buy(aug(10), 1000), cash(aug(10), 200))
    whole = line(
        segments=[cash_at(due_in_full=True, fee=fee)], minimum=MinimumPayment("10%")
    )
    assert minimum(whole, *events) == "315.20"
    # In the next bill its principal counts by the share: a tenth of 1,200, 6.00 of
    # interest, and the arrears.
    assert minimum(whole, *events, month=10) == "441.20"
    by_share = line(segments=[cash_at(fee=fee)], minimum=MinimumPayment("10%"))
    assert minimum(by_share, *events) == "135.20"


# 200 of cash from 10 August: a fee of 10, and 26 days of 0.20.
CASH = cash_at(fee=TransactionFee("1%", least=10))


@pytest.mark.parametrize(
    ("in_full", "cents"),
    [
        # 1,026 and 215.20 of the first bill; interest of October where it is named.
        (["carried"], "1241.20"),
        (["carried", "interest"], "1277.20"),
        # A tenth of 1,200, with 31.20 of the first bill and 36.00 of October.
        (["interest"], "187.20"),
        (["fees"], "130.00"),
    ],
)
def test_what_the_bill_before_left_of_two_segments(in_full, cents):
    events = (buy(aug(10), 1000), cash(aug(10), 200))
    terms = line(USED, segments=[CASH], minimum=MinimumPayment("10%", in_full=in_full))
    assert minimum(terms, *events, month=10) == cents


def test_only_what_is_named_is_asked_for_beside_principal_in_full():
    # All of 200 and a tenth of 1,000, but neither a fee nor interest.
    terms = line(
        segments=[cash_at(due_in_full=True, fee=TransactionFee("1%", least=10))],
        minimum=MinimumPayment("10%", in_full=[]),
    )
    assert minimum(terms, buy(aug(10), 1000), cash(aug(10), 200)) == "300.00"


def test_an_installment_is_asked_for_with_its_fee():
    # 200 and 4.60; a tenth of 400.
    terms = line(
        installments=InstallmentTerms(fees={3: "2.3%"}),
        minimum=MinimumPayment("10%", in_full=["installments"]),
    )
    events = (
        buy(aug(10), 600),
        buy(aug(11), 400, "u2"),
        split(aug(12), of="u1", count=3),
    )
    assert minimum(terms, *events) == "244.60"


def test_installments_to_come_are_over_the_limit_too():
    # 600 in three and 400: 300 above a limit of 700. Of 400 in the bill 300 are in
    # full, and a tenth of 100; and 204.60.
    terms = line(
        installments=InstallmentTerms(fees={3: "2.3%"}), minimum=MinimumPayment("10%")
    )
    events = (
        buy(aug(10), 600),
        buy(aug(11), 400, "u2"),
        split(aug(12), of="u1", count=3),
        LimitChange(id="l1", on=aug(13), amount=700),
    )
    assert minimum(terms, *events) == "514.60"


# --- bounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bought", "cents"),
    [(49, "49.00"), (50, "30.00"), (300, "30.00"), (301, "30.10"), (20, "20.00")],
)
def test_a_least_minimum_and_a_whole_balance(bought, cents):
    terms = tenth(least=30, whole_below=50)
    assert minimum(terms, buy(aug(10), bought)) == cents


def test_a_credit_has_no_minimum():
    assert minimum(tenth(whole_below=50), pay(aug(10), 20)) == "0.00"
    assert minimum(tenth(), pay(aug(10), 20)) == "0.00"


def test_a_share_of_the_balance():
    # 2 % of 1,026 and the interest of 26.00.
    terms = line(
        USED, minimum=MinimumPayment("2%", share_of="balance", in_full=["interest"])
    )
    assert minimum(terms, buy(aug(10), 1000)) == "46.52"


def test_no_negative_amortization():
    # 1 % of 1,000 is 10; not below 26.00 of interest.
    terms = line(USED, minimum=MinimumPayment("1%", in_full=[], covers_interest=True))
    assert minimum(terms, buy(aug(10), 1000)) == "26.00"
    # Of two segments, 26.00, 5.20 and a fee of 10; 1 % of 1,200 is 12.
    rule = MinimumPayment("1%", in_full=[], covers_interest=True)
    both = line(USED, segments=[CASH], minimum=rule)
    assert minimum(both, buy(aug(10), 1000), cash(aug(10), 200)) == "41.20"
    # Where 5 % are more, they are the minimum.
    more = line(USED, minimum=MinimumPayment("5%", in_full=[], covers_interest=True))
    assert minimum(more, buy(aug(10), 1000)) == "50.00"


def test_without_a_minimum_the_bill_is_due():
    account = kept(line(), buy(aug(10), 1000))
    assert account.statement(2026, 9).minimum == 1000
    assert account.position(DUE).minimum == 1000


def test_what_is_missing_of_minimums():
    # 315.20 of September and 100 paid; 128.28 of October without its arrears: a tenth
    # of 1,115.20, 6.00 of interest, and the charge of 5 % of 215.20.
    terms = line(
        segments=[cash_at(due_in_full=True, fee=TransactionFee("1%", least=10))],
        minimum=MinimumPayment("10%"),
        default_charge=DefaultCharge("5%"),
    )
    events = (buy(aug(10), 1000), cash(aug(10), 200), pay(sep(20), 100))
    account = kept(terms, *events)
    october = account.statement(2026, 10)
    assert str(october.minimum) == "343.48"
    position = account.position(OCT5)
    assert [str(x) for x in (position.minimum, position.arrears)] == [
        "343.48",
        "215.20",
    ]
    # 220 more: 215.20 of the oldest, 4.80 of the other.
    then = account.record(pay(octo(6), 220, "p2")).position(octo(6))
    assert (str(then.minimum), then.arrears, then.days_past_due) == ("123.48", 0, 0)


# --- the default charge -----------------------------------------------------------------------


DECIDED = sep(26)


def charged(rule, *events, on=DECIDED):
    terms = line(minimum=MinimumPayment("10%"), default_charge=rule)
    return owed(kept(terms, *events), on)[0]


def test_a_charge_by_a_share_of_what_is_missing():
    # 100 of a minimum of 200: 5 % are 5.00, on the day after it was due.
    events = (buy(aug(10), 2000), pay(sep(20), 100))
    assert charged(DefaultCharge("5%"), *events, on=DUE) == "0.00"
    assert charged(DefaultCharge("5%"), *events) == "5.00"
    assert charged(DefaultCharge("5%", least=10), *events) == "10.00"
    assert charged(DefaultCharge("5%", most=4), *events) == "4.00"
    assert charged(DefaultCharge("5%", most=6), *events) == "5.00"
    assert charged(DefaultCharge("5%"), buy(aug(10), 2000), pay(DUE, 200)) == "0.00"
    # It goes with the open cycle's purchases.
    terms = line(minimum=MinimumPayment("10%"), default_charge=DefaultCharge("5%"))
    assert kept(terms, *events).position(sep(26)).unbilled == 5


def test_without_a_charge_a_missed_minimum_costs_nothing():
    assert charged(None, buy(aug(10), 2000)) == "0.00"
    assert charged(DefaultCharge("0%"), buy(aug(10), 2000)) == "0.00"


def test_charges_of_a_first_time_and_another():
    rule = DefaultCharge("0%", amounts=[30, 41], repeat_within=1)
    bought = buy(aug(10), 1000)
    assert charged(rule, bought) == "30.00"
    assert charged(rule, bought, on=octo(26)) == "71.00"
    # In time in between: the bill of November is two bills on, a first time again. In
    # October a tenth of 1,000, the 30 and 100 of arrears are due.
    between = pay(octo(25), 230)
    assert charged(rule, bought, between, on=date(2026, 11, 26)) == "30.00"
    within = DefaultCharge("0%", amounts=[30, 41], repeat_within=2)
    assert charged(within, bought, between, on=date(2026, 11, 26)) == "41.00"


def test_one_amount_holds_always():
    rule = DefaultCharge("0%", amounts=[30])
    assert charged(rule, buy(aug(10), 1000), on=octo(26)) == "60.00"


def test_an_amount_is_not_above_the_minimum():
    # A tenth of 100.
    rule = DefaultCharge("0%", amounts=[30, 41])
    assert charged(rule, buy(aug(10), 100)) == "10.00"
