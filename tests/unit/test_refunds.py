"""Refunds of unearned finance charge, worked by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath import AddOnInterest, InstallmentLoan, Rate
from loanmath.analysis.accounting import (
    AccountingTerms,
    actuarial_refund,
    earned_share,
    refund,
    refund_of,
)
from loanmath.errors import (
    FlowsError,
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)

USD = AccountingTerms("USD")
PAYMENTS = ["110", "121"]


def loan(earned):
    return InstallmentLoan(
        currency="USD",
        principal="1000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("12%/year"),
        repayment=AddOnInterest(12, earned=earned),
    ).schedule()


def test_shares():
    assert [earned_share(3, k, "rule_of_78") for k in range(4)] == [
        0,
        Fraction(3, 6),
        Fraction(5, 6),
        1,
    ]
    assert earned_share(3, 2, "straight_line") == Fraction(2, 3)


def test_refunds_by_shares():
    assert refund("90", 3, 1, "straight_line", USD).refund == 60
    found = refund("60", 3, 2, "rule_of_78", USD)
    assert (found.refund, found.earned, found.charge) == (10, 50, 60)


def test_the_actuarial_refund():
    # 100 + 100 at 10 %: the second payment of 121 is worth 110 after the first.
    found = actuarial_refund("200", PAYMENTS, 1, USD)
    assert (found.charge, found.refund, found.earned) == (31, 11, 20)
    assert actuarial_refund("200", PAYMENTS, 1, USD, rate="10%") == found
    assert actuarial_refund("200", PAYMENTS, 0, USD).refund == 31
    assert actuarial_refund("200", PAYMENTS, 2, USD).refund == 0


def test_a_rate_that_rounded_payments_miss_by_a_cent():
    # At 10.005 % all payments are worth 199.99, which would refund 31.01 of 31.
    found = actuarial_refund("200", PAYMENTS, 0, USD, rate="10.005%")
    assert found.refund == found.charge == 31


def test_refunds_of_a_schedule():
    # 120 of interest; 45 of 78 digits are left after three of twelve.
    by_digits = refund_of(loan("rule_of_78"), 3, "as_planned")
    assert by_digits.refund == Decimal("69.23")
    assert refund_of(loan("level"), 3, "as_planned").refund == 90
    assert refund_of(loan("level"), 3, "rule_of_78").refund == Decimal("69.23")
    assert refund_of(loan("level"), 12, "straight_line").refund == 0


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: refund("100", 12, 13, "rule_of_78", USD), LimitError),
        (lambda: refund("100", 12, -1, "rule_of_78", USD), LimitError),
        (lambda: refund("100", 12, True, "rule_of_78", USD), InputTypeError),
        (lambda: refund("100", 0, 0, "rule_of_78", USD), LimitError),
        (lambda: refund("-1", 12, 1, "rule_of_78", USD), LimitError),
        (lambda: refund("100", 12, 1, "rule of 78", USD), UnknownNameError),
        (lambda: refund("100", 12, 1, "actuarial", USD), TermsError),
        (lambda: refund("100", 12, 1, "rule_of_78", "USD"), InputTypeError),
        (lambda: actuarial_refund("232", PAYMENTS, 1, USD), TermsError),
        (lambda: actuarial_refund("0", PAYMENTS, 1, USD), TermsError),
        (lambda: actuarial_refund("200", PAYMENTS, 1, USD, rate="50%"), TermsError),
        (lambda: actuarial_refund("200", PAYMENTS, 1, USD, rate="-5%"), TermsError),
        (lambda: actuarial_refund("200", PAYMENTS, 1, "USD"), InputTypeError),
        (lambda: actuarial_refund("200", [], 1, USD), FlowsError),
        (lambda: refund_of("schedule", 1, "as_planned"), InputTypeError),
        (lambda: refund_of(loan("level"), 1, "actuarial"), TermsError),
    ],
)
def test_refusals(call, error):
    with pytest.raises(error):
        call()


def test_a_printed_refund():
    found = refund("100", 12, 3, "rule_of_78", USD)
    assert str(found).splitlines() == [
        "Rule of 78, after 3 of 12 installments",
        "                   USD",
        "Finance charge  100.00",
        "Earned           42.31",
        "Refund           57.69",
    ]
    assert found.to_csv().splitlines()[-1] == "Refund,57.69"
