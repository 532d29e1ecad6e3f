import decimal
from decimal import Decimal

import pytest
from iso4217 import Currency

from loanmath.currency import (
    amount_text,
    check_limit,
    currency_digits,
    from_units,
    from_units_column,
    to_units,
)
from loanmath.errors import CurrencyError, InputTypeError, LimitError, UnknownNameError


def test_the_table_is_that_of_iso_4217():
    for currency in Currency:
        if currency.exponent is None:
            with pytest.raises(CurrencyError, match="minor unit"):
                currency_digits(currency.code)
        else:
            assert currency_digits(currency.code) == currency.exponent


@pytest.mark.parametrize("code", ["cny", "RMB", "", "CNYY", "XYZ"])
def test_unknown_codes(code):
    with pytest.raises(UnknownNameError, match="ISO 4217"):
        currency_digits(code)


@pytest.mark.parametrize("code", [None, 156, b"CNY"])
def test_a_code_is_text(code):
    with pytest.raises(InputTypeError):
        currency_digits(code)


@pytest.mark.parametrize(
    ("value", "digits", "units"),
    [("1234.5", 2, 123450), ("0.01", 2, 1), ("1.10", 1, 11), (5, 0, 5), (5, 3, 5000),
     ("-0.01", 2, -1), (Decimal("1E+3"), 2, 100000), ("1.000000", 2, 100)],
)  # fmt: skip
def test_amounts_become_units(value, digits, units):
    assert to_units(value, digits, "x") == units


@pytest.mark.parametrize(("value", "digits"), [("0.001", 2), ("1.5", 0), ("-0.005", 2)])
def test_finer_amounts_are_refused_never_rounded(value, digits):
    with pytest.raises(CurrencyError, match=f"at most {digits} decimals"):
        to_units(value, digits, "x")


def test_the_limit_counts_minor_units():
    assert check_limit(10**13, 2, 2, "x") == 10**13
    assert check_limit(-(10**13), 2, 2, "x") == -(10**13)
    assert check_limit(10**31, 20, 2, "x") == 10**31
    for units in (10**13 + 1, -(10**13) - 1, 10**90):
        with pytest.raises(LimitError, match="at most 100,000,000,000.00"):
            check_limit(units, 2, 2, "x")


@pytest.mark.parametrize(
    ("units", "digits", "text"),
    [
        (88849, 2, "888.49"),
        (0, 2, "0.00"),
        (-5, 2, "-0.05"),
        (7, 0, "7"),
        (1, 4, "0.0001"),
    ],
)
def test_units_become_decimals_with_all_their_digits(units, digits, text):
    amount = from_units(units, digits)
    assert (str(amount), type(amount)) == (text, Decimal)
    assert from_units_column([units, units], digits) == (amount, amount)


def test_conversion_is_exact_at_any_size_and_leaves_the_ambient_context_alone():
    with decimal.localcontext(
        decimal.Context(prec=2, traps=[decimal.Inexact])
    ) as ambient:
        assert from_units(10**43 + 1, 30) == Decimal("10000000000000." + "0" * 29 + "1")
        assert not ambient.flags[decimal.Inexact]


@pytest.mark.parametrize(
    ("units", "digits", "text"),
    [(123456789, 2, "1,234,567.89"), (-5, 2, "-0.05"), (7, 0, "7"), (1000, 0, "1,000"),
     (0, 3, "0.000"), (-123456, 3, "-123.456")],
)  # fmt: skip
def test_amount_text(units, digits, text):
    assert amount_text(units, digits) == text
    assert amount_text(units, digits, separator="") == text.replace(",", "")
