from datetime import date, datetime
from decimal import Decimal

import pytest

from loanmath.doors import decimal_parts, to_count, to_date, to_enum, to_text
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.rounding import RoundingMode


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("0", (0, 0)), ("12.50", (1250, -2)), ("-3", (-3, 0)), ("+0.1", (1, -1)),
        ("00012", (12, 0)), (7, (7, 0)), (-7, (-7, 0)), (0, (0, 0)),
        (Decimal("1.10"), (110, -2)), (Decimal("-0.00"), (0, -2)),
        (Decimal("1E+3"), (1, 3)), ("9" * 40, (10**40 - 1, 0)), (10**40 - 1, (10**40 - 1, 0)),
    ],
)  # fmt: skip
def test_decimal_parts_are_exact(value, parts):
    assert decimal_parts(value, "x") == parts


class Liar(Decimal):
    def as_tuple(self):
        return Decimal(1).as_tuple()


def test_a_subclass_of_decimal_cannot_answer_for_its_number():
    assert decimal_parts(Liar("2"), "x") == (2, 0)


class LoudInt(int):
    pass


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), True, None, b"1", [1], LoudInt(1), 1j, date(2026, 1, 1)],
)
def test_decimal_parts_refuses_other_types(value):
    with pytest.raises(InputTypeError, match="str, int or Decimal"):
        decimal_parts(value, "x")


def test_a_float_is_told_what_to_pass():
    with pytest.raises(InputTypeError, match="pass a string, such as '0.1'"):
        decimal_parts(0.1, "x")


@pytest.mark.parametrize(
    "value",
    ["", " 1", "1 ", "1\n", "1_000", "1,000", "１", "١", "1e3", ".5", "5.", "--1", "0x1",
     "NaN", "inf", Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")],
)  # fmt: skip
def test_decimal_parts_refuses_what_is_no_plain_number(value):
    with pytest.raises(InputValueError):
        decimal_parts(value, "x")


@pytest.mark.parametrize(
    "value",
    ["9" * 41, "0." + "9" * 40, "9" * 65, 10**40, -(10**40), Decimal("1E+41"),
     Decimal("1E-41"), Decimal("9" * 41), Decimal("1E+999999")],
)  # fmt: skip
def test_decimal_parts_refuses_long_numbers(value):
    with pytest.raises(LimitError, match="at most 40 digits"):
        decimal_parts(value, "x")


def test_to_enum_takes_a_member_or_its_value():
    assert to_enum("up", RoundingMode, "mode") is RoundingMode.UP
    assert to_enum(RoundingMode.UP, RoundingMode, "mode") is RoundingMode.UP
    with pytest.raises(UnknownNameError, match="'half_up', 'half_even'"):
        to_enum("UP", RoundingMode, "mode")
    with pytest.raises(InputTypeError, match="RoundingMode or 'half_up'"):
        to_enum(1, RoundingMode, "mode")


def test_to_date_takes_only_dates_in_range():
    for day in (date(1900, 1, 1), date(2200, 12, 31)):
        assert to_date(day, "x") is day
    for day in (date(1899, 12, 31), date(2201, 1, 1)):
        with pytest.raises(DateRangeError):
            to_date(day, "x")
    for other in (datetime(2026, 1, 1), "2026-01-01", None, 1):
        with pytest.raises(InputTypeError):
            to_date(other, "x")


def test_to_count_and_to_text():
    assert (to_count(1, "n", 5), to_count(5, "n", 5)) == (1, 5)
    for count in (0, 6, -1):
        with pytest.raises(LimitError, match="1 to 5"):
            to_count(count, "n", 5)
    for count in (True, "1", 1.0):
        with pytest.raises(InputTypeError):
            to_count(count, "n", 5)
    assert to_text("CNY", "x") == "CNY"
    with pytest.raises(InputTypeError):
        to_text(b"CNY", "x")
