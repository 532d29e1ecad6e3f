"""Dates on which interest falls due by itself, and the order of what is due together."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import (
    WEEKENDS,
    BusinessDays,
    Drawdown,
    EqualPrincipal,
    InstallmentLoan,
    InterestPayments,
    LevelPayment,
    PrincipalAmounts,
    Rate,
    SinglePayment,
)


def plan(**terms):
    usual = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("0.01%/day"),
        "repayment": EqualPrincipal(2),
    }
    return InstallmentLoan(**(usual | terms)).schedule()


def due_dates(first_due=None, **terms):
    interest = InterestPayments("monthly", first_due=first_due)
    return [str(row.due) for row in plan(interest_payments=interest, **terms)]


def test_interest_dates_of_a_month_end_that_is_not_agreed():
    # From February 28 on, interest falls due on the 28th unless month ends are agreed.
    single = {"disbursed": date(2026, 2, 28), "repayment": SinglePayment(3)}
    assert due_dates(**single) == [
        "2026-03-28",
        "2026-04-28",
        "2026-05-28",
    ]
    assert due_dates(end_of_month=True, **single) == [
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]


def test_interest_dates_from_a_day_that_is_no_month_end():
    dates = due_dates(
        date(2026, 3, 20),
        disbursed=date(2026, 2, 28),
        end_of_month=True,
        repayment=SinglePayment(3),
    )
    assert dates == ["2026-03-20", "2026-04-20", "2026-05-20", "2026-05-31"]


@pytest.mark.parametrize(
    ("disbursed", "every", "count"),
    [
        (date(2200, 10, 31), "monthly", 2),
        (date(2200, 10, 31), "P5M", 1),
        (date(2200, 10, 31), "P1D", 61),
        (date(2200, 10, 31), "P10D", 7),
        (date(2197, 12, 31), "monthly", 36),
        (date(2197, 12, 31), "quarterly", 12),
    ],
)
def test_interest_falls_due_up_to_the_last_day_that_there_is(disbursed, every, count):
    # No date is worked out after the year 2200, in which the calendar ends.
    schedule = plan(
        disbursed=disbursed,
        every=[date(2200, 12, 31)],
        repayment=SinglePayment(1),
        interest_payments=InterestPayments(every),
    )
    assert schedule[-1].due == date(2200, 12, 31)
    assert len(schedule) == count


def test_what_moves_to_one_day_keeps_its_order():
    # Saturday's and Sunday's installment are due on Monday, when principal is drawn too.
    loan = {
        "every": [date(2026, 2, 14), date(2026, 2, 15), date(2026, 3, 15)],
        "rate": Rate("0%/day"),
        "business_days": BusinessDays("following", WEEKENDS),
        "repayment": PrincipalAmounts(["300", "200", "900"]),
        "drawdowns": [
            Drawdown(date(2026, 2, 16), "150"),
            Drawdown(date(2026, 2, 20), "250"),
        ],
    }
    flows = [(str(flow.on), flow.amount) for flow in plan(**loan).cash_flows()]
    assert flows == [
        ("2026-01-15", Decimal("-1000.00")),
        ("2026-02-16", Decimal("-150.00")),
        ("2026-02-16", Decimal("300.00")),
        ("2026-02-16", Decimal("200.00")),
        ("2026-02-20", Decimal("-250.00")),
        ("2026-03-16", Decimal("900.00")),
    ]


@pytest.mark.parametrize(
    ("disbursed", "second"),
    [
        (
            date(2026, 1, 15),
            date(2026, 2, 16),
        ),  # A Thursday; the Monday after the 15th.
        (date(2026, 1, 17), date(2026, 2, 17)),  # A Saturday; a Tuesday.
    ],
)
def test_a_payment_on_the_day_of_disbursement_does_not_move(disbursed, second):
    rows = plan(
        disbursed=disbursed,
        first_due=disbursed,
        repayment=LevelPayment(2),
        business_days=BusinessDays("following", WEEKENDS),
    ).rows()
    assert [row.due for row in rows] == [disbursed, second]
    assert rows[0].interest == 0
    assert rows[0].closing == rows[1].opening
