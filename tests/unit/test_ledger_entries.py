"""The steps of which a day consists: on which day, by which rule, of which event."""

from datetime import date

import pytest

from loanmath.account import Account
from loanmath.account.history import history_of
from loanmath.events import (
    Acceleration,
    Charge,
    Chargeback,
    ChargeOff,
    Disbursement,
    InterestPause,
    InterestResume,
    Payout,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from loanmath.rates import Rate
from loanmath.terms import (
    Allocation,
    Compounding,
    LateCharge,
    Prepayment,
    PrepaymentFee,
    Servicing,
)
from serviced import D1, D2, D3, START, after, loan, opened, paid, terms

pytestmark = pytest.mark.usefixtures("either_way")

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period


def told(account):
    """Return what was done: the day, the rule, the event, and what it was about."""
    return [
        (
            date.fromordinal(entry.day),
            entry.rule,
            "" if entry.event is None else entry.event.id,
            entry.name,
        )
        for step in history_of(account).steps
        for entry in step.entries
    ]


def nights(day):
    return (day, "lateness", "", "")


def test_the_morning_of_each_day_on_which_the_terms_do_something():
    # Late by a day on the 16th, two days of grace are over on the 18th, penalty bears
    # interest from the 20th; the day of a payment counts before it.
    account = opened(
        paid("100", after(D1, 6)),
        penalty={
            "grace_days": 2,
            "payment_day": "counted",
            "compounding": Compounding(["penalty"], "monthly", day=20),
        },
        late_charges=[LateCharge("late fee", "5", days_late=1)],
    )
    assert told(account) == [
        nights(date(2026, 1, 20)),
        nights(after(D1, 1)),
        (after(D1, 1), "late charge", "", "late fee"),
        nights(after(D1, 3)),
        (after(D1, 3), "end of grace", "", ""),
        nights(after(D1, 5)),
        (after(D1, 5), "compounding", "", ""),
        nights(after(D1, 6)),
        nights(after(D1, 6)),
        (after(D1, 6), "payment", "p1", ""),
    ]


def test_days_of_grace_that_nothing_was_late_in_end_without_a_word():
    account = opened(
        paid("1030", D1), paid("1", after(D1, 4), "p2"), penalty={"grace_days": 2}
    )
    assert told(account) == [
        nights(D1),
        (D1, "payment", "p1", ""),
        nights(after(D1, 3)),
        nights(after(D1, 4)),
        (after(D1, 4), "payment", "p2", ""),
    ]


def test_free_days_of_grace_end_on_no_morning():
    account = opened(
        paid("1", after(D1, 4)), penalty={"grace_days": 2, "grace": "free"}
    )
    assert told(account) == [nights(after(D1, 4)), (after(D1, 4), "payment", "p1", "")]


def test_a_charge_off_that_stops_nothing_plans_nothing_anew():
    account = opened(
        ChargeOff(id="o1", on=HALF, stops_accrual=False),
        penalty=FREE,
        interest_on="balance",
    )
    assert told(account) == [nights(HALF), (HALF, "charge-off", "o1", "")]


def test_nothing_accrues_in_a_pause():
    pause, resume = (
        InterestPause(id="s1", on=after(D1, 2)),
        InterestResume(id="s2", on=after(D1, 4)),
    )
    assert told(opened(pause, resume)) == [
        nights(after(D1, 2)),
        (after(D1, 2), "pause", "s1", ""),
        (after(D1, 4), "rest", "", ""),
        (after(D1, 4), "resumption", "s2", ""),
    ]


def test_what_a_settlement_leaves_out_is_told_before_it():
    account = opened(
        paid("3010", after(START, 10)),
        Reversal(id="x1", on=after(START, 11), of="p1", reversed_as="today"),
        penalty=FREE,
    )
    # 10 of 31 days of 30.00 are 9.68, and 0.32 of credit; the rest is not owed.
    assert told(account) == [
        nights(after(START, 10)),
        (after(START, 10), "payoff", "p1", ""),
        (after(START, 10), "payment", "p1", ""),
        nights(after(START, 11)),
        (after(START, 11), "reversal", "x1", ""),
        (after(START, 11), "plan restored", "x1", ""),
    ]


def test_a_settlement_on_the_day_that_all_is_due_leaves_nothing_out():
    account = opened(paid("3060", D3), penalty=FREE)
    assert told(account) == [nights(D3), (D3, "payment", "p1", "")]


def test_early_money_and_the_plan_that_follows_the_balance():
    account = opened(
        paid("100", after(START, 10)),
        Chargeback(id="b1", on=after(START, 11), of="p1", amount="50"),
        penalty=FREE,
        interest_on="balance",
    )
    assert told(account) == [
        nights(after(START, 10)),
        (after(START, 10), "replanned", "p1", "standstill"),
        (after(START, 10), "payment", "p1", ""),
        (after(START, 10), "replanned", "p1", ""),
        nights(after(START, 11)),
        (after(START, 11), "chargeback", "b1", ""),
        (after(START, 11), "replanned", "b1", ""),
    ]


@pytest.mark.parametrize("words", [{}, {"installments": [1]}])
def test_early_money_that_no_row_in_advance_is_reached_by(words):
    # 1,030.00 are due; nothing of it goes further, whether it may or not.
    account = opened(paid("1030", D1, **words), penalty=FREE, interest_on="balance")
    assert told(account) == [nights(D1), (D1, "payment", "p1", "")]


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        (Waiver(id="e1", on=HALF, component="principal", amount="1500"), "waiver"),
        (InterestPause(id="e1", on=HALF), "pause"),
        (ChargeOff(id="e1", on=HALF), "charge-off"),
    ],
)
def test_events_after_which_rows_are_planned_anew_on_the_balance(event, rule):
    account = opened(paid("1030", D1), event, penalty=FREE, interest_on="balance")
    assert told(account)[2:] == [
        nights(HALF),
        (HALF, rule, "e1", ""),
        (HALF, "replanned", "e1", ""),
    ]
    fixed = opened(paid("1030", D1), event, penalty=FREE)
    assert told(fixed)[2:] == [nights(HALF), (HALF, rule, "e1", "")]


def test_a_prepayment_is_told_as_its_fee_its_money_and_its_plan():
    account = opened(
        paid("500", START, effect="shorter"),
        penalty=FREE,
        prepayment=Prepayment(fee=PrepaymentFee("20")),
    )
    assert told(account) == [
        (START, "prepayment fee", "p1", ""),
        (START, "payment", "p1", ""),
        (START, "replanned", "p1", ""),
    ]


def test_principal_of_the_next_row_is_prepaid_and_rows_follow_the_balance():
    account = opened(
        paid("500", START, effect="next"), penalty=FREE, interest_on="balance"
    )
    assert told(account) == [
        (START, "payment", "p1", ""),
        (START, "replanned", "p1", ""),
    ]


def test_a_period_that_ends_while_principal_is_overdue():
    agreed = loan(rate=Rate("0.03%/day"), servicing=Servicing(interest_on="balance"))
    account = Account.open(agreed).record(paid("1", after(D2, 1)))
    assert told(account) == [
        nights(D1),
        nights(D2),
        (D2, "replanned", "", "period ended"),
        nights(after(D2, 1)),
        (after(D2, 1), "replanned", "", ""),
        (after(D2, 1), "payment", "p1", ""),
    ]


def test_a_credit_pays_in_the_morning():
    account = opened(
        paid("10", START),
        paid("1", after(D1, 1), "p2"),
        penalty=FREE,
        allocation=Allocation(future="credit"),
    )
    assert told(account) == [
        (START, "payment", "p1", ""),
        nights(D1),
        (D1, "credit applied", "", ""),
        nights(after(D1, 1)),
        (after(D1, 1), "payment", "p2", ""),
    ]


def test_events_that_only_move_what_they_name():
    account = opened(
        Charge(id="c1", on=D1, amount="5", name="letter"),
        Refund(id="r1", on=D1, amount="5"),
        Acceleration(id="a1", on=D1),
        ChargeOff(id="o1", on=D1, stops_accrual=False),
        WriteOff(id="o2", on=D2),
        Recovery(id="v1", on=D3, amount="1"),
        penalty=FREE,
    )
    assert told(account) == [
        nights(D1),
        (D1, "charge", "c1", "letter"),
        (D1, "payment", "r1", ""),
        (D1, "acceleration", "a1", ""),
        (D1, "charge-off", "o1", ""),
        nights(D2),
        (D2, "write-off", "o2", ""),
        (D3, "rest", "", ""),
        (D3, "recovery", "v1", ""),
    ]


def test_a_payout_of_credit():
    account = opened(
        paid("3001", START), Payout(id="y1", on=START, amount="1"), penalty=FREE
    )
    assert told(account)[-1] == (START, "payout", "y1", "")


def test_a_disbursement():
    account = Account.open(loan(**terms(FREE)), undrawn=True).record(
        Disbursement(id="d1", on=START, amount="3000")
    )
    assert told(account) == [(START, "disbursement", "d1", "")]


def test_a_reversal_as_if_never_stands_for_nothing_but_itself():
    account = opened(
        paid("1", D1),
        Reversal(id="x1", on=D2, of="p1", reversed_as="never"),
        penalty=FREE,
    )
    assert told(account) == [nights(D2), (D2, "reversal", "x1", "")]
