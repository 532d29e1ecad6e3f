"""Where money goes that comes before it is due, by the terms and by its kind."""

import pytest

from loanmath.account import Account
from loanmath.events import Disbursement
from loanmath.terms import (
    Allocation,
    AllocationTier,
    EqualPrincipal,
    LateCharge,
)
from serviced import D1, D2, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
NAMES = ("penalty", "compound", "fee", "interest", "principal")
PAST_DUE, DUE, IN_ADVANCE = (
    [f"{when}.{name}" for name in NAMES] for when in ("past_due", "due", "in_advance")
)


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def test_the_next_row_is_followed_by_the_last_and_those_before_it():
    # Four rows of 750: 780.00 clear the first and 757.50 the last; of 100.00 more, 15.00
    # are interest of the third.
    agreed = loan(
        repayment=EqualPrincipal(4),
        **terms(FREE, allocation=Allocation(future="next_last")),
    )
    account = Account.open(agreed).record(paid("1637.50", START))
    assert rows(account, START, 1, 2, 3, 4) == [
        ["0.00", "0.00"],
        ["22.50", "750.00"],
        ["0.00", "665.00"],
        ["0.00", "0.00"],
    ]


def test_a_row_that_owes_one_unit_takes_its_part_of_what_is_spread():
    # Row 2 takes 0.01 of 0.50; 0.99 are left for row 3.
    account = opened(
        paid("1030", D1, "p0"),
        paid("1019.99", D1, "p1", installments=[2]),
        paid("1", D1, "p2"),
        penalty=FREE,
        allocation=Allocation(future="spread"),
    )
    assert rows(account, D1, 2, 3) == [["0.00", "0.00"], ["9.01", "1000.00"]]


def test_what_no_row_has_room_for_is_credit_and_settles_nothing():
    # Money for named rows never settles; 1,030.00 clear the first.
    account = opened(paid("1100", D1, installments=[1]), penalty=FREE)
    assert str(account.position(D1).credit) == "70.00"
    assert rows(account, D1, 2) == [["20.00", "1000.00"]]


@pytest.mark.parametrize(
    "order",
    [[*IN_ADVANCE, *PAST_DUE, *DUE], [*PAST_DUE, *IN_ADVANCE, *DUE]],
    ids=["first", "before what is due"],
)
@pytest.mark.parametrize("kind", ["", "subsidy"])
def test_rows_in_advance_that_stand_before_others_pay_no_interest_unearned(kind, order):
    # On the first day of the second period nothing of it is earned. All of 100.00 are
    # principal, and 1,900 bear 19.00.
    early = Allocation(order=order, future="next")
    allocation = Allocation(kinds={"subsidy": early}) if kind else early
    payment = paid("100", D1, kind="subsidy") if kind else paid("100", D1)
    account = opened(
        payment, penalty=FREE, interest_on="balance", allocation=allocation
    )
    assert rows(account, D1) == [
        ["30.00", "1000.00"],
        ["19.00", "900.00"],
        ["10.00", "1000.00"],
    ]


def test_what_is_due_may_go_before_what_is_past_due():
    # On the second due date 100.00 go to its row: 20.00 of interest, 80.00 of principal.
    account = opened(
        paid("100", D2), penalty=FREE, allocation=Allocation(order=[*DUE, *PAST_DUE])
    )
    assert rows(account, D2, 1, 2) == [["30.00", "1000.00"], ["0.00", "920.00"]]


def test_the_order_of_the_payer_holds_however_late_it_is():
    # From 91 days on the terms clear penalty first; the payer says interest.
    order = ["interest", "principal", "fee", "compound", "penalty"]
    tier = AllocationTier(91, ["penalty", "compound", "fee", "principal", "interest"])
    day = after(D1, 91)
    account = opened(paid("10", day, order=order), allocation=Allocation(tiers=[tier]))
    assert owed(account.position(day)) == ["91.00", "0.00", "0.00", "20.00", "1000.00"]


@pytest.mark.parametrize(
    ("days", "left"),
    [
        # On time and up to 30 days past due interest goes first, after penalty; from 31
        # days on principal, and from 91 on the fee and penalty again.
        (0, ["0.00", "20.00", "1000.00"]),
        (30, ["20.00", "30.00", "1000.00"]),
        (31, ["31.00", "30.00", "990.00"]),
        (90, ["90.00", "30.00", "990.00"]),
        (91, ["81.00", "30.00", "1000.00"]),
    ],
)
def test_each_order_holds_until_the_next_one(days, left):
    tiers = [
        AllocationTier(31, ["principal", "interest", "compound", "penalty", "fee"]),
        AllocationTier(91, ["fee", "penalty", "interest", "compound", "principal"]),
    ]
    day = after(D1, days)
    account = opened(paid("10", day), allocation=Allocation(tiers=tiers))
    row = owed(account.position(day))
    assert [row[0], *row[3:]] == left


def test_a_kind_of_payment_may_turn_its_order_by_days_past_due():
    tier = AllocationTier(91, ["principal", "interest", "compound", "penalty", "fee"])
    day = after(D1, 91)
    account = opened(
        paid("10", day, kind="subsidy"),
        allocation=Allocation(kinds={"subsidy": Allocation(tiers=[tier])}),
    )
    assert owed(account.position(day)) == ["91.00", "0.00", "0.00", "30.00", "990.00"]


def test_a_credit_is_spent_by_the_rule_of_a_payment():
    # Principal first, by a rule of its own for what is said to be a payment.
    parts = ("principal", "interest", "fee", "compound", "penalty")
    order = [f"{when}.{part}" for when in ("past_due", "due") for part in parts]
    rule = Allocation(order=order, future="credit")
    account = opened(
        paid("10", START),
        penalty=FREE,
        allocation=Allocation(kinds={"payment": rule}),
    )
    assert rows(account, D1, 1) == [["30.00", "990.00"]]


def test_a_credit_goes_to_what_is_due_where_that_stands_before_what_is_past_due():
    # 100.00 are left of what the last row took, and wait for the second due date.
    account = opened(
        paid("1110", after(D1, 5), installments=[3]),
        penalty=FREE,
        allocation=Allocation(order=[*IN_ADVANCE, *DUE, *PAST_DUE], future="next"),
    )
    assert rows(account, D2) == [
        ["30.00", "1000.00"],
        ["0.00", "920.00"],
        ["0.00", "0.00"],
    ]


def test_an_installment_that_was_drawn_is_the_one_that_is_charged_late():
    charge = LateCharge("late fee", "10%", of="installment", days_late=1)
    agreed = loan(**terms(FREE, late_charges=[charge]))
    account = Account.open(agreed, undrawn=True).record(
        Disbursement(id="d1", on=START, amount="3000")
    )
    assert owed(account.position(after(D1, 1)))[0] == "103.00"
