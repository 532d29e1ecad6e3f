"""All that falls due at once: what it is in each row, and what later rules read of it."""

from datetime import date

import pytest

from loanmath import WEEKENDS, BusinessDays
from loanmath.account import Account
from loanmath.events import Acceleration
from loanmath.rates import Rate
from loanmath.terms import Fee, LateCharge, LevelPayment, Servicing
from serviced import D1, START, after, loan, owed, paid, terms

FREE = {"rate": "0%/day"}
HALF = date(2026, 3, 1)  # 14 of the 28 days of the second period
BY_DAY = {"rate": Rate("0.03%/day"), "day_count": "ACT/365F"}


def rows(account, day):
    position = account.position(day)
    return [owed(position, number)[3:] for number in (1, 2, 3)]


def test_a_row_that_is_due_before_its_period_ends_is_left_as_it_is():
    # Due on Friday the 13th, with its 27.90 to Sunday the 15th; asked for on Saturday.
    days = BusinessDays("preceding", WEEKENDS, interest="unadjusted")
    agreed = loan(business_days=days, **BY_DAY, **terms(FREE))
    saturday = after(D1, -1)
    account = Account.open(agreed).record(Acceleration(id="a1", on=saturday))
    assert rows(account, saturday) == [
        ["27.90", "1000.00"],
        ["0.00", "1000.00"],
        ["0.00", "1000.00"],
    ]


def test_what_was_carried_to_a_row_falls_due_with_it():
    # 12.54 were carried from the first period; 1,990.95 bear 5.97 in ten days.
    agreed = loan(
        repayment=LevelPayment(3),
        servicing=Servicing(interest_on="balance"),
        **BY_DAY,
    )
    day = after(D1, 10)
    account = Account.open(agreed).record(
        paid("1018.05", after(START, 10), installments=[1]),
        Acceleration(id="a1", on=day),
    )
    assert [row[0] for row in rows(account, day)] == ["0.00", "18.51", "0.00"]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        # Half of 20.00 is earned; the last row has no interest, neither has any a fee.
        ("1050", ["1010.00", "1000.00"]),
        # 15.00 were paid ahead, more than is earned.
        ("1065", ["1015.00", "1000.00"]),
    ],
)
def test_an_installment_that_fell_due_early_is_what_it_then_came_to(first, expected):
    charge = LateCharge("late fee", "100%", of="installment", days_late=1)
    fees = [Fee("letter", "20", due="installments")]
    order = ("penalty", "compound", "interest", "principal", "fee")
    agreed = loan(fees=fees, **terms(FREE, late_charges=[charge]))
    account = Account.open(agreed).record(
        paid(first, D1, order=order), Acceleration(id="a1", on=HALF)
    )
    position = account.position(after(HALF, 1))
    assert [owed(position, number)[0] for number in (2, 3)] == expected
