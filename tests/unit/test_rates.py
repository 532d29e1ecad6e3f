import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.rates import Rate, RateUnit, percentage, percentage_text


@pytest.mark.parametrize(
    ("quote", "value", "per", "shown"),
    [
        ("0.04%/day", Fraction(4, 10_000), RateUnit.DAY, "0.04%/day"),
        ("12%/year", Fraction(12, 100), RateUnit.YEAR, "12%/year"),
        ("12.50 % / year", Fraction(1, 8), RateUnit.YEAR, "12.5%/year"),
        ("1%/month", Fraction(1, 100), RateUnit.MONTH, "1%/month"),
        ("0.4‰/日", Fraction(4, 10_000), RateUnit.DAY, "0.04%/day"),
        ("3.958‰/月", Fraction(3958, 10**6), RateUnit.MONTH, "0.3958%/month"),
        ("390bp/年", Fraction(39, 1000), RateUnit.YEAR, "3.9%/year"),
        ("0%/year", Fraction(0), RateUnit.YEAR, "0%/year"),
        ("-0.5%/year", Fraction(-1, 200), RateUnit.YEAR, "-0.5%/year"),
        ("1/3%/month", Fraction(1, 300), RateUnit.MONTH, "1/3%/month"),
        (
            "0.000000000001%/day",
            Fraction(1, 10**14),
            RateUnit.DAY,
            "0.000000000001%/day",
        ),
        ("-99%/year", Fraction(-99, 100), RateUnit.YEAR, "-99%/year"),
        ("1000000%/year", Fraction(10**4), RateUnit.YEAR, "1000000%/year"),
    ],
)
def test_quotes(quote, value, per, shown):
    rate = Rate(quote)
    assert (rate.value, rate.per, str(rate)) == (value, per, shown)
    assert Rate(str(rate)) == rate
    assert eval(repr(rate)) == rate
    assert hash(Rate(str(rate))) == hash(rate)


@pytest.mark.parametrize(
    "quote",
    ["", "12", "12%", "0.12/year", "12/year", "%/year", "12%/week", "12%/", "12%/years",
     "12 %/ year ", "twelve%/year", "1e2%/year", "12%%/year", "１%/year", "1/0%/year",
     "12%/year\n", "NaN%/year"],
)  # fmt: skip
def test_what_is_no_rate(quote):
    with pytest.raises(InputValueError):
        Rate(quote)


@pytest.mark.parametrize("quote", [0.12, 12, True, None, b"12%/year", Fraction(1, 8)])
def test_a_rate_is_quoted_as_text(quote):
    with pytest.raises(InputTypeError, match="such as '12%/year'"):
        Rate(quote)


@pytest.mark.parametrize(
    "quote",
    ["0.0000000000001%/year", "-99.01%/year", "1000000.1%/year", "-8.26%/month",
     "-0.2713%/day", "83334%/month", "2740%/day", "9" * 200 + "%/year"],
)  # fmt: skip
def test_limits(quote):
    with pytest.raises(LimitError):
        Rate(quote)


def test_from_share():
    assert Rate.from_share("0.12", per="year") == Rate("12%/year")
    assert Rate.from_share(Decimal("0.0004"), per=RateUnit.DAY) == Rate("0.04%/day")
    assert Rate.from_share(Fraction(1, 3000), per="day") == Rate("1/30%/day")
    assert Rate.from_share(0, per="month").value == 0
    with pytest.raises(InputTypeError):
        Rate.from_share(0.12, per="year")
    with pytest.raises(UnknownNameError):
        Rate.from_share("0.12", per="week")
    with pytest.raises(LimitError):
        Rate.from_share(Fraction(1, 3**200), per="day")


def test_conversions_are_exact_and_named():
    assert Rate("18%/year").per_month() == Rate("1.5%/month")
    assert Rate("1.5%/month").per_year() == Rate("18%/year")
    assert Rate("18%/year").per_day(360) == Rate("0.05%/day")
    assert Rate("1.5%/month").per_day(360) == Rate("0.05%/day")
    assert Rate("0.05%/day").per_month(360) == Rate("1.5%/month")
    assert Rate("0.05%/day").per_year(365) == Rate("18.25%/year")
    assert Rate("0.0625%/day").per_year(365) == Rate("22.8125%/year")
    assert Rate("4.75%/year").per_month().value == Fraction(475, 120_000)
    for rate in (Rate("1%/day"), Rate("1%/month"), Rate("1%/year")):
        same = {"day": rate.per_day, "month": rate.per_month, "year": rate.per_year}
        assert same[rate.per.value]() is rate


@pytest.mark.parametrize(
    "convert",
    [Rate("1%/day").per_year, Rate("1%/day").per_month, Rate("1%/year").per_day,
     Rate("1%/month").per_day, Rate("1%/day").effective_annual],
)  # fmt: skip
def test_no_days_in_a_year_are_assumed(convert):
    with pytest.raises(InputValueError, match="360, 364, 365 or 366"):
        convert()
    with pytest.raises(InputValueError):
        convert(361)
    for wrong in (365.0, True, "365"):
        with pytest.raises(InputTypeError):
            convert(wrong)


def test_effective_annual_rates():
    assert Rate("1%/month").effective_annual().value == Fraction(101, 100) ** 12 - 1
    assert Rate("5%/year").effective_annual() == Rate("5%/year")
    daily = Rate("0.05%/day").effective_annual(365)
    assert daily.value == Fraction(2001, 2000) ** 365 - 1
    assert str(daily) == "~20.015941067771%/year"
    with pytest.raises(LimitError):
        Rate("2000%/month").effective_annual()


def test_percentages():
    assert percentage("7.5%", "fee") == Fraction(3, 40)
    assert percentage("-39bp", "spread") == Fraction(-39, 10_000)
    assert percentage("2‰", "fee") == Fraction(1, 500)
    for wrong in ("7.5", "", "7.5 percent", "%"):
        with pytest.raises(InputValueError, match="such as '7.5%'"):
            percentage(wrong, "fee")
    with pytest.raises(InputTypeError):
        percentage(7.5, "fee")
    with pytest.raises(LimitError):
        percentage("9" * 129 + "%", "fee")


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(0), "0%"), (Fraction(3, 40), "7.5%"), (Fraction(1, 300), "1/3%"),
     (Fraction(-1, 300), "-1/3%"), (Fraction(-1, 8), "-12.5%"), (Fraction(2), "200%"),
     (Fraction(1, 2**20), "0.000095367431640625%"), (Fraction(1, 5**3), "0.8%")],
)  # fmt: skip
def test_percentage_text(share, text):
    assert percentage_text(share) == text
    if len(text) < 16:
        assert percentage(text, "x") == share


def test_a_rate_is_frozen_and_copies():
    rate = Rate("0.04%/day")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rate.value = Fraction(1)
    assert pickle.loads(pickle.dumps(rate)) == copy.deepcopy(rate) == rate
    assert Rate("1%/month") != Rate("12%/year")
