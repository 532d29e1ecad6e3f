from datetime import date

import pytest
from dateutil.relativedelta import MO, relativedelta

from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.recurrence import (
    BIWEEKLY,
    DAILY,
    MONTHLY,
    QUARTERLY,
    SEMIANNUALLY,
    WEEKLY,
    YEARLY,
    Step,
    add_months,
    is_month_end,
    step_dates,
    to_dates,
)


def test_words_and_constants_mean_the_same():
    words = [
        "daily",
        "weekly",
        "biweekly",
        "monthly",
        "quarterly",
        "semiannually",
        "yearly",
    ]
    constants = [DAILY, WEEKLY, BIWEEKLY, MONTHLY, QUARTERLY, SEMIANNUALLY, YEARLY]
    iso = ["P1D", "P1W", "P2W", "P1M", "P3M", "P6M", "P1Y"]
    for word, constant, period in zip(words, constants, iso, strict=True):
        assert Step.of(word) == Step.of(constant) == Step.of(period)


def test_steps():
    assert Step.of(relativedelta(years=1, months=1)) == Step(13)
    assert Step.of(relativedelta(weeks=1, days=1)) == Step(0, 8)
    assert Step.of("P1Y2M") == Step(14)
    assert Step.of("P1W3D") == Step(0, 10)
    assert Step.of(Step(1)) == Step(1)
    assert [str(Step(1)), str(Step(0, 14)), str(Step(12))] == ["P1M", "P14D", "P12M"]
    assert Step.of("daily").is_daily
    assert not any(Step.of(every).is_daily for every in ("monthly", "weekly", "P2D"))


def test_a_step_is_months_or_days_not_both():
    for every in ("P1M1D", relativedelta(months=1, days=3)):
        with pytest.raises(InputValueError, match="months or days"):
            Step.of(every)


@pytest.mark.parametrize(
    "every",
    [relativedelta(hours=1), relativedelta(day=1), relativedelta(weekday=MO),
     relativedelta(leapdays=1, months=1), relativedelta(days=1.5),
     relativedelta(months=1, year=2020)],
)  # fmt: skip
def test_parts_of_a_relativedelta_that_have_no_meaning_here(every):
    with pytest.raises(InputValueError, match="whole years, months, weeks and days"):
        Step.of(every)


@pytest.mark.parametrize(
    "every",
    [relativedelta(), relativedelta(months=-1), relativedelta(days=-1), "P0D",
     relativedelta(months=1201), "P40001D", relativedelta(months=1, days=-3)],
)  # fmt: skip
def test_a_step_goes_forward_within_limits(every):
    with pytest.raises(LimitError):
        Step.of(every)


@pytest.mark.parametrize(
    "every", ["", "P", "month", "1 month", "PT1H", "P1.5M", "P" + "1" * 30 + "D"]
)
def test_unknown_words(every):
    with pytest.raises(UnknownNameError, match="monthly"):
        Step.of(every)


def test_wrong_types():
    for every in (1, None, 30.0, date(2026, 1, 1)):
        with pytest.raises(InputTypeError):
            Step.of(every)
    for months in (True, 1.0, "1"):
        with pytest.raises(InputTypeError):
            Step(months)
    with pytest.raises(InputTypeError):
        Step(0, True)


def test_add_months_clamps_and_rolls():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), -12) == date(2023, 2, 28)
    assert add_months(date(2024, 2, 29), 1, roll_day=31) == date(2024, 3, 31)
    assert add_months(date(2024, 5, 15), 0, roll_day=1) == date(2024, 5, 1)
    assert add_months(date(2199, 12, 31), 12) == date(2200, 12, 31)
    assert add_months(date(1901, 1, 1), -12) == date(1900, 1, 1)
    for months in (12, 10**6):
        with pytest.raises(DateRangeError):
            add_months(date(2200, 1, 31), months)
    with pytest.raises(DateRangeError):
        add_months(date(1900, 1, 31), -1)


def test_month_ends():
    ends = [day for day in range(1, 30) if is_month_end(date(2024, 2, day))]
    assert ends == [29]
    assert is_month_end(date(2023, 2, 28))
    assert is_month_end(date(2023, 12, 31))


def test_dates_count_from_the_anchor():
    days = step_dates(date(2023, 1, 31), Step(1), 5, 31)
    assert [str(day) for day in days] == [
        "2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"
    ]  # fmt: skip
    days = step_dates(date(2023, 12, 15), Step(13), 3, 15)
    assert [str(day) for day in days] == ["2023-12-15", "2025-01-15", "2026-02-15"]
    days = step_dates(date(2023, 12, 30), Step(0, 14), 2, 30)
    assert [str(day) for day in days] == ["2023-12-30", "2024-01-13"]
    assert step_dates(date(2024, 2, 29), Step(1), 1, 29) == [date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("anchor", "step", "count"),
    [(date(2200, 12, 1), Step(1), 2), (date(2200, 12, 31), Step(0, 1), 2),
     (date(1900, 1, 1), Step(1200), 100), (date(2100, 1, 1), Step(0, 40_000), 1000),
     (date(2190, 1, 1), Step(12), 12)],
)  # fmt: skip
def test_dates_stay_in_range(anchor, step, count):
    with pytest.raises(DateRangeError, match="1900-01-01 to 2200-12-31"):
        step_dates(anchor, step, count, anchor.day)


def test_stated_dates_ascend():
    assert to_dates([date(2026, 1, 1)], "every") == (date(2026, 1, 1),)
    assert to_dates([], "every") == ()
    for later in (date(2026, 1, 1), date(2025, 12, 31)):
        with pytest.raises(DateRangeError, match="ascending"):
            to_dates([date(2026, 1, 1), later], "every")
    with pytest.raises(InputTypeError):
        to_dates(["2026-01-01"], "every")
