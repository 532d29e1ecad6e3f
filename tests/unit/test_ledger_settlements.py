"""What closes an account: the payoff to the cent, and what it leaves behind."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account
from loanmath.events import Disbursement, InterestPause, Payment, WriteOff
from loanmath.ledger.balances import Segment, total_of
from loanmath.ledger.course import course
from loanmath.rates import Rate
from loanmath.terms import (
    AddOnInterest,
    LevelPayment,
    Prepayment,
    PrepaymentFee,
    Servicing,
)
from serviced import D1, D2, START, after, loan, opened, paid, terms

pytestmark = pytest.mark.usefixtures("either_way")

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period
# 0.90 a day on 3,000.
BY_DAY = {"rate": Rate("0.03%/day"), "day_count": "ACT/365F"}
TO_THE_PERIOD = Prepayment(interest="period")


def on_balance(*events, prepayment=TO_THE_PERIOD, **agreed):
    """Return the account by the day, where interest follows what is owed."""
    servicing = Servicing(interest_on="balance", prepayment=prepayment)
    terms = loan(servicing=servicing, **(BY_DAY | agreed))
    return Account.open(terms).record(*events)


def cleared_early(*events, **words):
    """
    Return the account whose first level row is cleared ten days into its period.

    9.00 of the 1,018.05 are interest. 1,990.95 bear 12.54 in the other 21 days.
    """
    early = paid("1018.05", after(START, 10), "p0", installments=[1])
    return on_balance(early, *events, repayment=LevelPayment(3), **words)


def test_interest_that_is_planned_apart_is_earned_by_the_day_less_what_was_paid():
    # Half of 30.00 is earned, and 12.00 of it were paid ahead.
    agreed = loan(repayment=AddOnInterest(3), **terms(FREE))
    account = Account.open(agreed).record(paid("1030", D1, "p0"), paid("12", D1, "p1"))
    assert account.payoff(HALF) == Decimal("2003.00")


def test_nothing_is_earned_on_the_first_day():
    assert on_balance(prepayment=Prepayment()).payoff(START) == Decimal("3000.00")


def paid_of(account, day):
    found = [row.paid for row in account.position(day).installments]
    return [[str(paid.interest), str(paid.principal)] for paid in found]


def test_installments_keep_their_payments_in_a_settlement():
    # 9.00 of ten days; three payments of 1,018.05 repay 3,000.00 but for 972.90.
    day = after(START, 10)
    account = on_balance(
        paid("3009", day), repayment=LevelPayment(3), prepayment=Prepayment()
    )
    assert paid_of(account, day) == [
        ["9.00", "1009.05"],
        ["0.00", "1018.05"],
        ["0.00", "972.90"],
    ]
    moved = [
        (posting.installment, str(posting.amount), posting.formula)
        for posting in account.postings(day)
        if (posting.rule, posting.component) == ("replanned", "principal")
    ]
    # With 27.90 and 16.88 of interest, they held 990.15, 1,001.17 and 1,008.68.
    kept = "min(max(payment - interest, 0), balance) - owed"
    assert moved == [
        (1, "18.90", kept),
        (2, "16.88", kept),
        (3, "-35.78", "balance - owed"),
    ]


def test_stated_principals_stay_in_a_settlement():
    day = after(START, 10)
    account = on_balance(paid("3009", day), prepayment=Prepayment())
    principals = [principal for _, principal in paid_of(account, day)]
    assert principals == ["1000.00"] * 3


def test_a_cleared_period_is_settled_to_its_end():
    assert cleared_early().payoff(after(START, 20)) == Decimal("2003.49")


def test_a_period_that_begins_owes_what_was_carried_less_what_was_paid_of_it():
    # 5.97 of ten days and 100.00 of principal are paid to the row that is carried to;
    # 1,890.95 bear 6.24 in 11 days.
    ahead = paid("105.97", after(START, 20), "p1", installments=[2])
    assert cleared_early(ahead).payoff(D1) == Decimal("1897.19")


def test_the_last_period_carries_nothing_on():
    # All interest of the last row is paid five days into its period.
    account = opened(
        paid("1030", D1, "p0"),
        paid("1020", D2, "p1"),
        paid("10", after(D2, 5), "p2"),
        penalty=FREE,
        prepayment=TO_THE_PERIOD,
    )
    assert account.payoff(after(D2, 6)) == Decimal("1000.00")


@pytest.mark.parametrize(
    ("day", "before", "number"),
    [(START, [], 1), (D1, ["1030"], 2), (D2, ["1030", "1020"], 3)],
)
def test_what_early_repayment_costs_is_paid_with_the_next_row(day, before, number):
    payments = [
        paid(amount, due, f"p{place}")
        for place, (amount, due) in enumerate(zip(before, (D1, D2), strict=False))
    ]
    account = opened(
        *payments, penalty=FREE, prepayment=Prepayment(fee=PrepaymentFee("20"))
    )
    settled = account.record(
        Payment(id="s1", on=day, amount=account.payoff(day))
    ).position(day)
    fees = [row.paid.fee for row in settled.installments]
    assert fees == [Decimal(20) if row == number else 0 for row in (1, 2, 3)]


def test_whole_cents_are_not_rounded_up_after_a_first_drawing():
    # Ten days of 0.90.
    agreed = loan(rounding="up", **BY_DAY, **terms(FREE))
    account = Account.open(agreed, undrawn=True).record(
        Disbursement(id="d1", on=START, amount="3000")
    )
    assert account.payoff(after(START, 10)) == Decimal("3009.00")


def test_nothing_is_owed_after_a_write_off_whatever_had_accrued():
    # A pause plans rows anew where interest follows the balance: of nothing.
    day = after(START, 10)
    account = on_balance(
        WriteOff(id="o1", on=day),
        InterestPause(id="s1", on=after(day, 10)),
        prepayment=Prepayment(),
        rounding="up",
    )
    position = account.position(after(day, 10))
    assert position.written_off == Decimal("3009.00")
    assert (position.in_advance.total, position.payoff) == (0, 0)


def test_a_course_opens_with_no_credit_unless_it_is_told_of_one():
    assert course(loan()).opening.credit == 0


def test_all_that_is_owed_is_the_sum_of_every_component_of_every_row():
    assert total_of(Segment((1, 2), (4, 8), (16, 32), (64, 128), (256, 512))) == 1023
