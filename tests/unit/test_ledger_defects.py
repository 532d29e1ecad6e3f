"""Cases that the ledger got wrong when they were found; each figure is worked out by hand."""

from decimal import Decimal

import pytest

from loanmath import WEEKENDS, BusinessDays
from loanmath.account import Account, Arrear
from loanmath.events import Chargeback, Disbursement, Reversal, Waiver
from loanmath.rates import Rate
from loanmath.terms import Allocation, LevelPayment, Servicing
from serviced import D1, START, after, loan, opened, owed, paid, terms

FREE = {"rate": "0%/day"}
# 0.90 a day on 3,000.
BY_DAY = {"rate": Rate("0.03%/day"), "day_count": "ACT/365F"}
NOTHING = ["0.00", "0.00"]


def rows(account, day, *numbers):
    position = account.position(day)
    return [owed(position, number)[3:] for number in numbers or (1, 2, 3)]


def on_balance(*events, **agreed):
    terms = loan(servicing=Servicing(interest_on="balance"), **(BY_DAY | agreed))
    return Account.open(terms).record(*events)


def test_penalty_on_a_row_behind_stays_owed_at_the_first_drawing():
    # 1.00 a day on 1,000.
    behind = [Arrear(due=after(START, -5), principal="1000")]
    account = Account.open(loan(**terms()), arrears=behind, undrawn=True).record(
        Disbursement(id="d1", on=after(START, 10), amount="3000")
    )
    penalty = [
        str(account.position(after(START, day)).overdue.penalty) for day in (9, 10, 11)
    ]
    assert penalty == ["9.00", "10.00", "11.00"]


@pytest.mark.parametrize(
    "event",
    [
        paid("27.90", after(D1, -2)),
        Waiver(id="w1", on=after(D1, -2), component="interest", amount="all"),
    ],
)
def test_interest_that_fell_due_before_its_period_ended_is_owed_once(event):
    # Due on Friday the 13th; the period ends on Sunday the 15th, and no principal came.
    days = BusinessDays("preceding", WEEKENDS, interest="unadjusted")
    account = on_balance(event, business_days=days)
    assert rows(account, after(D1, -2), 1) == [["0.00", "1000.00"]]
    assert rows(account, D1, 1) == [["0.00", "1000.00"]]
    # On the first day of the next period 0.90 are earned.
    assert account.payoff(after(D1, 1)) == Decimal("3000.90")


def test_a_smaller_payment_is_level_where_the_current_row_was_cleared():
    # 9.00 and 1,009.05 of principal; 5.97 on 1,990.95 in ten days; 4.92 on 1,490.95 in
    # the other 11. 1,510.842985 / (1 + 1/1.0084 + 1/1.0084/1.0093) are 507.98 a row, and
    # of the first row's 19.89 of interest 9.00 were paid.
    account = on_balance(
        paid("1018.05", after(START, 10), "p0", installments=[1]),
        paid("500", after(START, 20), effect="smaller"),
        repayment=LevelPayment(3),
    )
    position = account.position(after(START, 20))
    totals = [str(row.owed.total) for row in position.installments]
    assert rows(account, after(START, 20), 1) == [["10.89", "488.09"]]
    assert totals == ["498.98", "507.98", "507.98"]


@pytest.mark.parametrize(
    ("interest_on", "first"), [("balance", "26.10"), ("schedule", "27.90")]
)
@pytest.mark.parametrize(
    "back",
    [
        Reversal(id="x1", on=after(START, 12), of="p1", reversed_as="today"),
        Chargeback(id="x1", on=after(START, 12), of="p1", amount="3009"),
    ],
)
def test_a_settlement_that_comes_back_brings_the_interest_it_paid(
    interest_on, first, back
):
    # Ten days of 0.90 were earned and are owed again. Two nights bore nothing; 19 days
    # of 0.90 are to come, on the balance.
    agreed = loan(servicing=Servicing(interest_on=interest_on), **BY_DAY)
    account = Account.open(agreed).record(paid("3009", after(START, 10)), back)
    assert account.payoff(after(START, 12)) == Decimal("3009.00")
    assert account.payoff(after(START, 13)) == Decimal("3009.90")
    assert rows(account, after(START, 12), 1) == [[first, "1000.00"]]


def test_what_was_spread_comes_back_from_the_row_that_was_paid_last():
    # 525.00 to each row: 20.00 and 505.00, then 10.00 and 515.00. Of 600.00, 515.00 and
    # 10.00 come back on the last row, and 75.00 on the one before.
    account = opened(
        paid("2080", D1),
        Chargeback(id="b1", on=after(D1, 1), of="p1", amount="600"),
        penalty=FREE,
        allocation=Allocation(by="component", future="spread"),
    )
    assert rows(account, after(D1, 1)) == [
        NOTHING,
        ["0.00", "570.00"],
        ["10.00", "1000.00"],
    ]


def test_a_daily_rate_by_months_of_thirty_days_accrues_by_them_too():
    # 27.00 are planned for 30 days; until 31 January 15 of them have passed.
    agreed = loan(rate=Rate("0.03%/day"), day_count="30E/360", **terms(FREE))
    account = Account.open(agreed)
    assert account.payoff(after(START, 16)) == Decimal("3013.50")
