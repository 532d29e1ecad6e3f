"""The minimum of a bill, and what it costs to pay less."""

from decimal import Decimal

import pytest

from loanmath import (
    CreditLine,
    DefaultCharge,
    MinimumPayment,
    default_charge,
    minimum_payment,
)
from loanmath.errors import InputTypeError, InputValueError, LimitError, TermsError
from loanmath.presets import cn


def line(**words):
    usual = {"currency": "CNY", "limit": "5000", "statement_day": 1, "due_day": 10}
    return CreditLine(**(usual | words))


MINIMUMS = [
    # CN-047, en.doing.city/2406/065943cd8fc9ac16: a tenth of the bill.
    (MinimumPayment("10%"), "1000", 0, "100.00"),
    # What is carried, with its interest, is in full.
    (MinimumPayment("10%"), "500", "913.50", "963.50"),
    (MinimumPayment("5%", least="50"), "200", 0, "50.00"),
    # Never more than is owed.
    (MinimumPayment("10%", least="50"), "20", "10", "30.00"),
    (MinimumPayment("10%", whole_below="100"), "99.99", 0, "99.99"),
    (MinimumPayment("10%", whole_below="100"), "100", 0, "10.00"),
    (MinimumPayment("10%"), "0.05", 0, "0.01"),
    (MinimumPayment("10%", rounding="ceiling"), "0.01", 0, "0.01"),
    (MinimumPayment("10%"), 0, 0, "0.00"),
]


@pytest.mark.parametrize(("rule", "purchases", "in_full", "least"), MINIMUMS)
def test_the_least_that_is_to_be_paid(rule, purchases, in_full, least):
    card = line(minimum=rule)
    assert minimum_payment(card, purchases, in_full) == Decimal(least)


CHARGES = [
    # CN-035, wodefinance.com/Creditcardoverdue/aqinwktqoo: 5 % of what is missing.
    (DefaultCharge("5%"), "200", "100", "5.00"),
    (DefaultCharge("5%", least="10"), "200", "100", "10.00"),
    (DefaultCharge("5%", most="500"), "20000", "0", "500.00"),
    (DefaultCharge("5%"), "200", "199.99", "0.00"),
    (DefaultCharge("5%", least="5"), "200", "199.99", "5.00"),
    (DefaultCharge("5%", least="5"), "200", "200", "0.00"),
    (DefaultCharge("5%", least="5"), "200", "300", "0.00"),
    (DefaultCharge("5%", rounding="up"), "200", "199.99", "0.01"),
]


@pytest.mark.parametrize(("rule", "minimum", "paid", "charge"), CHARGES)
def test_what_it_costs_to_pay_less(rule, minimum, paid, charge):
    card = line(default_charge=rule)
    assert default_charge(card, minimum, paid) == Decimal(charge)


def test_presets_have_their_minimum():
    assert minimum_payment(cn.huabei_line("5000"), "1000") == Decimal("100.00")
    assert minimum_payment(cn.fenfu_line("5000"), "99") == Decimal("99.00")
    card = cn.bank_card("5000", statement_day=5, due_day=23)
    assert default_charge(card, "200", "100") == Decimal("5.00")


REFUSED = [
    (lambda: MinimumPayment("110%"), LimitError, "share"),
    (lambda: MinimumPayment(0.1), InputTypeError, "share"),
    (lambda: MinimumPayment("10%", least=-1), InputValueError, "least"),
    (lambda: DefaultCharge("5%", least=10, most=5), TermsError, "at least 10"),
    (lambda: line(minimum="10%"), InputTypeError, "MinimumPayment"),
    (lambda: line(default_charge="5%"), InputTypeError, "DefaultCharge"),
    (lambda: minimum_payment(line(), "1"), TermsError, "no minimum"),
    (lambda: default_charge(line(), "1", "0"), TermsError, "no default charge"),
    (lambda: minimum_payment("line", "1"), InputTypeError, "CreditLine"),
    (
        lambda: minimum_payment(line(minimum=MinimumPayment("10%")), "0.001"),
        InputValueError,
        "purchases",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "said"), REFUSED)
def test_what_is_refused(ask, kind, said):
    with pytest.raises(kind, match=said):
        ask()
