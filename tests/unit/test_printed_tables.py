"""Schedules as text, in bytes."""

from datetime import date

import pytest

from loanmath import (
    AddOnInterest,
    InstallmentLoan,
    InterestOnly,
    InterestPayments,
    Rate,
    SinglePayment,
)


def test_lines_of_csv_end_in_a_line_feed():
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("1%/month"),
        repayment=InterestOnly(2),
    )
    assert loan.schedule().to_csv() == (
        "number,start,end,due,opening,payment,principal,interest,fee,closing,"
        "tax,drawn,capitalized\n"
        "1,2026-01-15,2026-02-15,2026-02-15,1000.00,10.00,0.00,10.00,0.00,1000.00,"
        "0.00,0.00,0.00\n"
        "2,2026-02-15,2026-03-15,2026-03-15,1000.00,1010.00,1000.00,10.00,0.00,0.00,"
        "0.00,0.00,0.00\n"
    )


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"repayment": AddOnInterest(3)}, "Add-on interest (等本等息)"),
        (
            {"repayment": AddOnInterest(3, earned="rule_of_78")},
            "Add-on interest (平息法)",
        ),
        (
            {"repayment": SinglePayment(3)},
            "Single payment at the end (到期一次还本付息)",
        ),
        (
            {
                "repayment": SinglePayment(6),
                "interest_payments": InterestPayments("quarterly"),
            },
            "Principal at the end (到期一次还本)",
        ),
    ],
)
def test_a_heading_says_what_falls_due_at_the_end(terms, words):
    loan = InstallmentLoan(
        currency="CNY",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("6%/year"),
        **terms,
    )
    assert str(loan.schedule()).startswith(f"{words}: CNY 1,000.00 on")
