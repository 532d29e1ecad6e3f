import copy
import pickle
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from loanmath.calendars import NONE, WEEKENDS, HolidayCalendar
from loanmath.daycount import DAY_COUNTS, DayCount, HeadTail, Span, day_count
from loanmath.errors import (
    CalendarRangeError,
    DateRangeError,
    DayCountError,
    InputTypeError,
    LimitError,
    UnknownNameError,
)

LEAP_DAY = date(2024, 2, 29)
JANUARY = date(2026, 1, 1), date(2026, 2, 1)
MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)


def days(name, start, end, **context):
    return day_count(name).days(start, end, **context)


def fraction(name, start, end, **context):
    return day_count(name).fraction(start, end, **context)


# --- names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("ACT/365F", "ACT/365F"),
        ("Actual/365 (Fixed)", "ACT/365F"),
        ("ACT/365", "ACT/365F"),
        ("act_365.fixed", "ACT/365F"),
        ("A365", "ACT/365F"),
        ("act365", "ACT/365F"),
        ("实际/365", "ACT/365F"),
        ("实际天数/365（固定）", "ACT/365F"),
        ("Act/360", "ACT/360"),
        ("实际天数/360", "ACT/360"),
        ("ＡＣＴ／３６０", "ACT/360"),
        ("A/360", "ACT/360"),
        ("ACT/365.25", "ACT/365.25"),
        ("AA", "ACT/ACT ISDA"),
        ("ACT/ACT.ISDA", "ACT/ACT ISDA"),
        ("actual/actual (icma)", "ACT/ACT ICMA"),
        ("ACT/ACT.ISMA", "ACT/ACT ICMA"),
        ("30/360", "30/360"),
        ("bond basis", "30/360"),
        ("30E360", "30E/360"),
        ("Eurobond basis", "30E/360"),
        ("30E360ISDA", "30E/360 ISDA"),
        ("30E/360.ISDA", "30E/360 ISDA"),
        ("30e+360", "30E+/360"),
        ("30/360 中国", "30/360 CN"),
        ("对年对月对日", "30/360 CN"),
        ("按月", "1/12"),
        ("bus-252", "BUS/252"),
        ("NL365", "NL/365"),
    ],
)
def test_spellings(spelling, name):
    assert day_count(spelling).name == name
    assert day_count(spelling) == day_count(name)


@pytest.mark.parametrize(
    "name", ["", "ACT", "ACT/361", "30/360!", "360", "\ud800", "²"]
)
def test_unknown_names_list_the_known_ones(name):
    with pytest.raises(UnknownNameError) as caught:
        day_count(name)
    assert all(known in caught.value.allowed for known in DAY_COUNTS)


@pytest.mark.parametrize(
    ("name", "meanings"),
    [
        ("ACT/ACT", "ACT/ACT ISDA or ACT/ACT ICMA or ACT/ACT AFB"),
        ("Actual/Actual", "ACT/ACT ISDA or ACT/ACT ICMA or ACT/ACT AFB"),
        ("实际/实际", "ACT/ACT ISDA or ACT/ACT ICMA or ACT/ACT AFB"),
        ("30/360 US", "30/360 or 30U/360"),
        ("30/360 ISDA", "30/360 or 30E/360 ISDA"),
    ],
)
def test_ambiguous_names_say_what_they_may_mean(name, meanings):
    with pytest.raises(UnknownNameError, match="which one") as caught:
        day_count(name)
    assert caught.value.allowed == meanings


def test_doors_of_a_name():
    for name in (None, 360, b"ACT/360", NONE):
        with pytest.raises(InputTypeError, match="day count"):
            day_count(name)
    with pytest.raises(LimitError, match="64"):
        day_count("A" * 10_000_000)


def test_a_day_count_passes_through():
    known = day_count("ACT/360")
    assert day_count(known) is known
    assert day_count(day_count("BUS/252"), calendar=WEEKENDS).calendar is WEEKENDS


def test_only_business_days_have_a_calendar():
    for given in ("30/360", day_count("30/360")):
        with pytest.raises(DayCountError, match=r"calendar.*BUS/252"):
            day_count(given, calendar=WEEKENDS)
    with pytest.raises(InputTypeError, match="calendar"):
        day_count("BUS/252", calendar="weekends")


# --- values -------------------------------------------------------------------------


@pytest.mark.parametrize("name", DAY_COUNTS)
def test_a_day_count_is_a_value(name):
    one = day_count(name)
    assert one == DayCount(name)
    assert hash(one) == hash(DayCount(name))
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert str(one) == name
    assert repr(one) == f"day_count('{name}')"
    with pytest.raises(AttributeError):
        one.name = "ACT/360"


def test_the_calendar_is_part_of_the_value():
    one = day_count("BUS/252", calendar=WEEKENDS)
    assert one != day_count("BUS/252")
    assert one == day_count("BUS/252", calendar=pickle.loads(pickle.dumps(WEEKENDS)))
    assert pickle.loads(pickle.dumps(one)) == one
    assert repr(one) == f"day_count('BUS/252', calendar={WEEKENDS!r})"


def test_what_the_documentation_shows():
    one = day_count("30E/360")
    assert (one.isda, one.actus) == ("30E/360", "30E360")
    assert one.chinese.startswith("30E/360")
    assert "Eurobond Basis" in one.aliases
    assert "4.16(g)" in one.source
    assert day_count("1/12").isda is None
    assert day_count("1/12").actus is None
    assert all(day_count(name).source for name in DAY_COUNTS)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("ACT/360", 360),
        ("ACT/364", 364),
        ("ACT/365F", 365),
        ("ACT/365.25", Fraction(1461, 4)),
        ("ACT/365L", None),
        ("ACT/365A", None),
        ("NL/365", 365),
        ("ACT/ACT ISDA", None),
        ("ACT/ACT ICMA", None),
        ("ACT/ACT AFB", None),
        ("30/360", 360),
        ("30U/360", 360),
        ("30/360 PSA", 360),
        ("30E/360", 360),
        ("30E/360 ISDA", 360),
        ("30E+/360", 360),
        ("30/365", 365),
        ("1/12", None),
        ("1/1", None),
        ("BUS/252", 252),
        ("30/360 CN", 360),
    ],
)
def test_basis(name, basis):
    assert day_count(name).basis == basis
    assert type(day_count(name).basis) is (Fraction if basis else type(None))


def test_the_table_is_complete():
    assert len(DAY_COUNTS) == 21
    assert [name for name in DAY_COUNTS if day_count(name).counts_actual_days] == [
        "ACT/360",
        "ACT/364",
        "ACT/365F",
        "ACT/365.25",
        "ACT/365L",
        "ACT/365A",
        "ACT/ACT ISDA",
        "ACT/ACT ICMA",
        "ACT/ACT AFB",
    ]


# --- the dates and their context ----------------------------------------------------


@pytest.mark.parametrize("method", [DayCount.days, DayCount.fraction])
def test_doors_of_dates(method):
    count = day_count("ACT/360")
    with pytest.raises(DateRangeError, match="2026-02-01 or later"):
        method(count, *reversed(JANUARY))
    for start, end in ((None, JANUARY[1]), (JANUARY[0], "2026-02-01"), (MIDNIGHT,) * 2):
        with pytest.raises(InputTypeError, match=r"start|end"):
            method(count, start, end)
    with pytest.raises(DateRangeError, match="1900"):
        method(count, date(1899, 12, 31), JANUARY[0])


@pytest.mark.parametrize("method", [DayCount.days, DayCount.fraction])
@pytest.mark.parametrize(
    ("context", "refusal"),
    [
        ({"period": "2026"}, InputTypeError),
        ({"period": list(JANUARY)}, InputTypeError),
        ({"period": (JANUARY[0],)}, InputTypeError),
        ({"period": (JANUARY[0], None)}, InputTypeError),
        ({"period": (MIDNIGHT, JANUARY[1])}, InputTypeError),
        ({"period": JANUARY[::-1]}, DateRangeError),
        ({"period": (JANUARY[0], JANUARY[0])}, DateRangeError),
        ({"months": 1.0}, InputTypeError),
        ({"months": True}, InputTypeError),
        ({"months": 0}, LimitError),
        ({"months": 3613}, LimitError),
        ({"maturity": "2026-02-01"}, InputTypeError),
        ({"maturity": date(2201, 1, 1)}, DateRangeError),
        ({"head_tail": "start"}, UnknownNameError),
        ({"head_tail": None}, InputTypeError),
    ],
)
def test_doors_of_context(method, context, refusal):
    # Checked even where the convention does not look at it.
    with pytest.raises(refusal):
        method(day_count("ACT/360"), *JANUARY, **context)


def test_end_of_month_is_a_flag():
    for flag in (1, None, "yes"):
        with pytest.raises(InputTypeError, match="end_of_month"):
            fraction("ACT/360", *JANUARY, end_of_month=flag)


@pytest.mark.parametrize(
    "name", [name for name in DAY_COUNTS if name not in ("1/12", "1/1")]
)
def test_an_empty_span(name):
    context = {"months": 1, "period": JANUARY}
    count = DayCount(name, WEEKENDS if name == "BUS/252" else None)
    for day in (LEAP_DAY, date(2023, 2, 28), date(2026, 3, 31), JANUARY[0]):
        for ends in ("head", "tail", "neither"):
            assert count.days(day, day, head_tail=ends, **context) == 0
            assert count.fraction(day, day, head_tail=ends, **context) == 0
    # A day counted at both ends is that day.
    day = date(2026, 1, 5)
    assert count.days(day, day, head_tail="both", **context) == 1
    assert count.fraction(day, day, head_tail="both", **context) > 0


def test_an_empty_span_needs_no_context():
    for name in DAY_COUNTS:
        assert fraction(name, LEAP_DAY, LEAP_DAY) == 0


def test_a_checked_span_counts_the_same():
    span = Span("30E/360", *JANUARY, HeadTail.BOTH)
    assert day_count("30E/360").days_of(span) == 31
    assert day_count("30E/360").years_of(span) == Fraction(31, 360)
    with pytest.raises(DayCountError, match="counts days"):
        day_count("1/1").days_of(span)


@pytest.mark.parametrize(
    ("name", "months", "roll_day", "same"),
    [
        ("30E/360", 1, 27, 30),
        ("30E/360", 1, 28, None),
        ("30/360 CN", 2, 31, 60),
        ("ACT/360", 1, 1, None),
        ("NL/365", 12, 1, None),
        ("BUS/252", 1, 1, None),
        ("1/12", 1, 1, None),
    ],
)
def test_regular_periods_of_as_many_days(name, months, roll_day, same):
    assert day_count(name).days_in_regular_period(months, roll_day) == same


# --- actual days --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ACT/360", Fraction(31, 360)),
        ("ACT/364", Fraction(31, 364)),
        ("ACT/365F", Fraction(31, 365)),
        ("ACT/365.25", Fraction(124, 1461)),
    ],
)
def test_days_over_a_constant(name, expected):
    assert fraction(name, *JANUARY) == expected
    assert days(name, *JANUARY) == 31


@pytest.mark.parametrize(
    ("ends", "count"), [("head", 31), ("tail", 31), ("both", 32), ("neither", 30)]
)
def test_ends_of_actual_days(ends, count):
    assert days("ACT/360", *JANUARY, head_tail=ends) == count
    assert days("ACT/360", *JANUARY, head_tail=HeadTail(ends)) == count
    assert fraction("ACT/360", *JANUARY, head_tail=ends) == Fraction(count, 360)
    one_day = date(2026, 1, 1), date(2026, 1, 2)
    assert days("ACT/360", *one_day, head_tail=ends) == count - 30


def test_the_last_day_of_the_library_may_count():
    last = date(2200, 12, 31)
    for ends, count in (("tail", 1), ("both", 2)):
        for name in ("ACT/360", "NL/365", "30E+/360"):
            assert days(name, date(2200, 12, 30), last, head_tail=ends) == count
        got = fraction("ACT/ACT ISDA", date(2200, 12, 30), last, head_tail=ends)
        assert got == Fraction(count, 365)
        got = fraction("ACT/ACT AFB", date(2200, 12, 30), last, head_tail=ends)
        assert got == Fraction(count, 365)
        weekdays = day_count("BUS/252", calendar=WEEKENDS)
        assert weekdays.days(date(2200, 12, 30), last, head_tail=ends) == count


@pytest.mark.parametrize(
    ("start", "end", "ends", "count"),
    [
        # The published rule takes a leap day out that is the end, and none at the start.
        (date(2024, 2, 28), LEAP_DAY, "head", 0),
        (LEAP_DAY, date(2024, 3, 1), "head", 1),
        (date(2024, 2, 28), date(2024, 3, 1), "head", 1),
        (date(2024, 2, 28), LEAP_DAY, "tail", 0),
        (LEAP_DAY, date(2024, 3, 1), "tail", 1),
        (date(2024, 2, 28), LEAP_DAY, "both", 1),
        (LEAP_DAY, date(2024, 3, 1), "both", 1),
        (LEAP_DAY, LEAP_DAY, "both", 0),
        (date(2024, 2, 28), date(2024, 3, 1), "neither", 0),
        (LEAP_DAY, date(2024, 3, 2), "neither", 1),
        (date(2024, 2, 27), LEAP_DAY, "neither", 1),
        (date(2000, 2, 28), date(2000, 3, 1), "head", 1),
        (date(2100, 2, 28), date(2100, 3, 1), "head", 1),
        (date(1900, 1, 1), date(2200, 12, 31), "head", 300 * 365 + 364),
    ],
)
def test_days_without_leap_days(start, end, ends, count):
    assert days("NL/365", start, end, head_tail=ends) == count
    assert fraction("NL/365", start, end, head_tail=ends) == Fraction(count, 365)


def test_business_days():
    by = day_count("BUS/252", calendar=WEEKENDS)
    # From Friday 2 to Monday 12 January 2026.
    span = date(2026, 1, 2), date(2026, 1, 12)
    counts = [by.days(*span, head_tail=ends) for ends in HeadTail]
    assert counts == [6, 6, 7, 5]
    assert by.fraction(*span) == Fraction(6, 252)
    # From Saturday to Sunday there is none.
    assert by.days(date(2026, 1, 3), date(2026, 1, 4), head_tail="both") == 0


def test_business_days_need_a_calendar_that_knows():
    for method in (DayCount.days, DayCount.fraction):
        with pytest.raises(DayCountError, match=r"calendar.*BUS/252"):
            method(day_count("BUS/252"), *JANUARY)
    known = HolidayCalendar("2025", [date(2025, 1, 1)])
    with pytest.raises(CalendarRangeError, match="2026"):
        day_count("BUS/252", calendar=known).days(*JANUARY)


# --- actual over actual -------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "ends", "expected"),
    [
        (date(2023, 12, 1), date(2024, 2, 1), "head", "31/365 + 31/366"),
        # The first of January moves from the leap year into it, or out.
        (date(2023, 12, 31), date(2024, 1, 1), "head", "1/365"),
        (date(2023, 12, 31), date(2024, 1, 1), "tail", "1/366"),
        (date(2023, 12, 31), date(2024, 1, 1), "both", "1/365 + 1/366"),
        (date(2023, 12, 31), date(2024, 1, 1), "neither", "0/1"),
        (date(2023, 12, 30), date(2024, 1, 1), "neither", "1/365"),
        (date(2023, 6, 1), date(2026, 6, 1), "head", "214/365 + 1/1 + 1/1 + 151/365"),
        (date(1900, 1, 1), date(1901, 1, 1), "head", "1/1"),
    ],
)
def test_isda(start, end, ends, expected):
    parts = sum(map(Fraction, expected.split(" + ")))
    assert fraction("ACT/ACT ISDA", start, end, head_tail=ends) == parts


@pytest.mark.parametrize(
    ("start", "end", "ends", "expected"),
    [
        (date(2004, 2, 28), date(2005, 2, 28), "head", Fraction(1)),
        (date(2004, 2, 29), date(2005, 2, 28), "head", Fraction(365, 366)),
        (date(2003, 2, 28), date(2004, 2, 29), "head", Fraction(1)),
        (date(2004, 2, 29), date(2008, 2, 29), "head", Fraction(4)),
        (date(2004, 2, 28), LEAP_DAY, "head", 20 + Fraction(1, 365)),
        (date(2004, 2, 28), LEAP_DAY, "both", 20 + Fraction(2, 366)),
        (date(2004, 2, 28), LEAP_DAY, "tail", Fraction(20) + Fraction(1, 366)),
        (date(2004, 2, 28), date(2004, 3, 1), "neither", Fraction(1, 366)),
        (date(2004, 2, 28), date(2004, 2, 29), "neither", Fraction(0)),
        (date(1900, 1, 1), date(1900, 12, 31), "head", Fraction(364, 365)),
    ],
)
def test_afb(start, end, ends, expected):
    assert fraction("ACT/ACT AFB", start, end, head_tail=ends) == expected


@pytest.mark.parametrize(
    ("period", "months", "start", "basis"),
    [
        ((date(2023, 3, 1), date(2024, 3, 1)), 12, date(2023, 3, 1), 366),
        ((date(2023, 2, 28), date(2024, 2, 28)), 12, date(2023, 2, 28), 365),
        ((date(2023, 2, 28), LEAP_DAY), 12, date(2023, 2, 28), 366),
        # The leap day as start is not after the start.
        ((LEAP_DAY, date(2025, 2, 28)), 12, LEAP_DAY, 365),
        ((date(2023, 6, 1), date(2024, 6, 1)), 12, date(2024, 3, 1), 365),
        ((date(2023, 6, 1), date(2024, 6, 1)), 12, date(2024, 2, 28), 366),
        # Not annual: the year of the period's end decides alone.
        ((date(2023, 7, 1), date(2024, 1, 1)), 6, date(2023, 7, 1), 366),
        ((date(2024, 1, 1), date(2024, 7, 1)), 6, date(2024, 3, 1), 366),
        ((date(2024, 7, 1), date(2025, 1, 1)), 6, date(2024, 7, 1), 365),
        ((date(2022, 3, 1), date(2024, 3, 1)), 24, date(2022, 3, 1), 366),
    ],
)
def test_leap_aware_years(period, months, start, basis):
    got = fraction("ACT/365L", start, period[1], period=period, months=months)
    assert got == Fraction((period[1] - start).days, basis)
    longer = fraction(
        "ACT/365L", start, period[1], period=period, months=months, head_tail="both"
    )
    assert longer == got + Fraction(1, basis)


@pytest.mark.parametrize(
    ("name", "context", "lacking"),
    [
        ("ACT/365L", {}, "months"),
        ("ACT/365L", {"months": 1}, "period"),
        ("ACT/365L", {"period": JANUARY}, "months"),
        ("ACT/ACT ICMA", {}, "months"),
        ("ACT/ACT ICMA", {"period": JANUARY}, "months"),
    ],
)
def test_context_that_is_lacking_is_named(name, context, lacking):
    with pytest.raises(DayCountError) as caught:
        fraction(name, *JANUARY, **context)
    assert caught.value.what == lacking
    assert f"pass {lacking}=" in caught.value.do
    # The days need none of it.
    assert days(name, *JANUARY) == 31


def test_icma_of_a_regular_period():
    for ends in ("head", "tail"):
        got = fraction(
            "ACT/ACT ICMA", *JANUARY, period=JANUARY, months=1, head_tail=ends
        )
        assert got == Fraction(1, 12)
    got = fraction("ACT/ACT ICMA", *JANUARY, period=JANUARY, months=1, head_tail="both")
    assert got == Fraction(1, 12) + Fraction(1, 28) / 12
    got = fraction("ACT/ACT ICMA", *JANUARY, months=1, head_tail="neither")
    assert got == Fraction(30, 31) / 12


@pytest.mark.parametrize(
    ("start", "end", "period", "months", "end_of_month", "expected"),
    [
        # Inside the period; and wholly before it, and wholly after.
        ((2026, 1, 11), (2026, 1, 21), ((2026, 1, 1), (2026, 2, 1)), 1, False, "10/31"),
        (
            (2025, 11, 1),
            (2025, 11, 16),
            ((2026, 1, 1), (2026, 2, 1)),
            1,
            False,
            "15/30",
        ),
        ((2026, 4, 1), (2026, 4, 16), ((2026, 1, 1), (2026, 2, 1)), 1, False, "15/30"),
        # Around it on both sides.
        (
            (2025, 12, 22),
            (2026, 2, 8),
            ((2026, 1, 1), (2026, 2, 1)),
            1,
            False,
            "10/31 + 1/1 + 7/28",
        ),
        # The 31st is kept through February, from either of its dates.
        (
            (2023, 1, 31),
            (2023, 4, 15),
            ((2023, 1, 31), (2023, 2, 28)),
            1,
            False,
            "1/1 + 1/1 + 15/30",
        ),
        (
            (2023, 1, 16),
            (2023, 3, 31),
            ((2023, 2, 28), (2023, 3, 31)),
            1,
            False,
            "15/31 + 1/1 + 1/1",
        ),
        # From 28 February, without or with the rule of month ends.
        (
            (2023, 2, 28),
            (2023, 4, 28),
            ((2023, 2, 28), (2023, 3, 28)),
            1,
            False,
            "1/1 + 1/1",
        ),
        (
            (2022, 11, 30),
            (2023, 4, 15),
            ((2022, 11, 30), (2023, 2, 28)),
            3,
            True,
            "1/1 + 46/92",
        ),
        (
            (2023, 6, 30),
            (2024, 1, 15),
            ((2023, 6, 30), (2023, 9, 30)),
            3,
            True,
            "1/1 + 1/1 + 15/91",
        ),
        (
            (2023, 6, 30),
            (2024, 1, 15),
            ((2023, 6, 30), (2023, 9, 30)),
            3,
            False,
            "1/1 + 1/1 + 16/91",
        ),
        # The flag does nothing where the period is not between month ends.
        (
            (2023, 1, 15),
            (2023, 12, 30),
            ((2023, 6, 30), (2023, 12, 30)),
            6,
            True,
            "166/182 + 1/1",
        ),
        (
            (2023, 6, 15),
            (2023, 12, 30),
            ((2023, 6, 15), (2023, 9, 15)),
            3,
            True,
            "1/1 + 1/1 + 15/91",
        ),
    ],
)
def test_icma_around_a_period(start, end, period, months, end_of_month, expected):
    periods = sum(map(Fraction, expected.split(" + ")))
    got = fraction(
        "ACT/ACT ICMA",
        date(*start),
        date(*end),
        period=(date(*period[0]), date(*period[1])),
        months=months,
        end_of_month=end_of_month,
    )
    assert got == periods * months / 12


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (JANUARY, 2),
        (JANUARY, 12),
        (JANUARY, 3612),
        ((date(2026, 1, 1), date(2026, 2, 2)), 1),
        ((date(2026, 1, 30), date(2026, 2, 27)), 1),
        ((date(2026, 2, 27), date(2026, 3, 31)), 1),
    ],
)
def test_a_period_that_is_not_so_many_months(period, months):
    with pytest.raises(DayCountError, match="months apart"):
        fraction("ACT/ACT ICMA", *period, period=period, months=months)
    for name in ("1/12", "30/360 CN"):
        with pytest.raises(DayCountError, match="months apart"):
            fraction(name, *period, period=period, months=months)


def test_notional_periods_stay_within_the_years_of_the_library():
    span = date(2200, 7, 1), date(2200, 12, 1)
    with pytest.raises(DateRangeError, match="2200"):
        fraction("ACT/ACT ICMA", *span, months=12)
    # A span that ends with its notional period does not ask for the next.
    period = date(2200, 6, 30), date(2200, 12, 30)
    got = fraction("ACT/ACT ICMA", *period, period=period, months=6)
    assert got == fraction("ACT/ACT ICMA", *period, months=6) == Fraction(1, 2)


# --- months of thirty days ----------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    # In the order 30/360, 30U/360, PSA, 30E/360, 30E/360 ISDA, 30E+/360.
    [
        ((2023, 1, 15), (2023, 2, 15), (30, 30, 30, 30, 30, 30)),
        ((2023, 1, 31), (2023, 3, 31), (60, 60, 60, 60, 60, 61)),
        ((2023, 1, 30), (2023, 1, 31), (0, 0, 0, 0, 0, 1)),
        ((2023, 1, 29), (2023, 1, 31), (2, 2, 2, 1, 1, 2)),
        ((2023, 1, 31), (2023, 2, 1), (1, 1, 1, 1, 1, 1)),
        ((2023, 2, 28), (2023, 3, 31), (33, 30, 30, 32, 30, 33)),
        ((2023, 2, 28), (2024, 2, 29), (361, 360, 359, 361, 360, 361)),
        ((2024, 2, 28), (2024, 2, 29), (1, 1, 1, 1, 2, 1)),
        ((2024, 2, 29), (2024, 3, 1), (2, 1, 1, 2, 1, 2)),
        ((2023, 12, 31), (2024, 2, 29), (59, 59, 59, 59, 60, 59)),
    ],
)
def test_variants(start, end, counts):
    names = ("30/360", "30U/360", "30/360 PSA", "30E/360", "30E/360 ISDA", "30E+/360")
    span = date(*start), date(*end)
    assert tuple(days(name, *span) for name in names) == counts
    assert fraction("30/365", *span) == Fraction(days("30E/360", *span), 365)
    for name, count in zip(names, counts, strict=True):
        got = [days(name, *span, head_tail=ends) for ends in HeadTail]
        assert got == [count, count, count + 1, max(0, count - 1)]


def test_a_february_maturity():
    span = date(2024, 1, 31), LEAP_DAY
    assert days("30E/360 ISDA", *span) == 30
    assert days("30E/360 ISDA", *span, maturity=LEAP_DAY) == 29
    assert days("30E/360 ISDA", *span, maturity=date(2025, 1, 31)) == 30
    got = fraction("30E/360 ISDA", *span, maturity=LEAP_DAY)
    assert got == Fraction(29, 360)
    # Only February is counted to its own last day.
    march = date(2024, 1, 31), date(2024, 3, 31)
    assert days("30E/360 ISDA", *march, maturity=march[1]) == 60


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ((2026, 1, 15), (2026, 1, 16), 1),
        ((2026, 1, 15), (2026, 2, 14), 30),
        ((2026, 1, 15), (2026, 2, 15), 30),
        ((2026, 1, 15), (2026, 3, 14), 30 + 27),
        ((2026, 1, 31), (2026, 2, 28), 30),
        ((2026, 1, 31), (2026, 3, 1), 30 + 1),
        ((2026, 1, 31), (2026, 3, 30), 30 + 30),
        ((2026, 1, 31), (2026, 3, 31), 60),
        ((2024, 2, 29), (2025, 2, 28), 360),
        ((2025, 2, 28), (2025, 3, 31), 30 + 3),
        ((1900, 1, 1), (2200, 12, 31), 3611 * 30 + 30),
    ],
)
def test_chinese_months_and_days(start, end, count):
    span = date(*start), date(*end)
    assert days("30/360 CN", *span) == count
    assert fraction("30/360 CN", *span) == Fraction(count, 360)
    got = [days("30/360 CN", *span, head_tail=ends) for ends in HeadTail]
    assert got == [count, count, count + 1, count - 1]


def test_a_regular_period_has_its_months_by_agreement():
    span = date(2023, 2, 28), date(2023, 3, 31)
    assert days("30/360 CN", *span) == 33
    assert days("30/360 CN", *span, period=span, months=1) == 30
    assert fraction("30/360 CN", *span, period=span, months=1) == Fraction(1, 12)
    assert fraction("1/12", *span, period=span, months=1) == Fraction(1, 12)
    # Without its months, or for another span, the period says nothing.
    assert days("30/360 CN", *span, period=span) == 33
    assert days("30/360 CN", *span, months=1) == 33
    assert days("30/360 CN", *span, period=(span[0], LEAP_DAY), months=12) == 33
    with pytest.raises(DayCountError, match="whole number of months"):
        fraction("1/12", *span)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ((2024, 2, 29), (2024, 3, 31), 30),
        ((2024, 2, 29), (2024, 3, 30), 30),
        ((2024, 2, 29), (2024, 5, 31), 90),
        ((2024, 3, 30), (2024, 5, 31), 61),
        ((2025, 2, 28), (2025, 4, 30), 60),
    ],
)
def test_months_from_one_last_day_to_the_next(start, end, count):
    span = date(*start), date(*end)
    counted = day_count("30/360 CN").fraction(*span, end_of_month=True)
    assert counted == Fraction(count, 360)


# --- no days at all -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ((2026, 1, 15), (2026, 2, 15), 1),
        ((2026, 1, 31), (2026, 2, 28), 1),
        ((2026, 1, 31), (2026, 4, 30), 3),
        ((2024, 2, 29), (2028, 2, 29), 48),
    ],
)
def test_whole_months(start, end, months):
    span = date(*start), date(*end)
    assert fraction("1/12", *span) == Fraction(months, 12)
    assert fraction("1/12", *span, head_tail="tail") == Fraction(months, 12)


def test_odd_days_are_not_months():
    with pytest.raises(DayCountError, match=r"1/12.*30E/360"):
        fraction("1/12", date(2026, 1, 15), date(2026, 2, 14))


def test_one():
    assert fraction("1/1", *JANUARY) == fraction("1/1", date(1900, 1, 1), LEAP_DAY) == 1
    assert fraction("1/1", *JANUARY, head_tail="tail") == 1


@pytest.mark.parametrize("name", ["1/12", "1/1"])
def test_what_counts_no_days(name):
    with pytest.raises(DayCountError, match="30E/360 or ACT/365F"):
        days(name, *JANUARY)
    for ends in ("both", "neither"):
        for end in JANUARY:
            with pytest.raises(DayCountError, match=f"{name} counts no days"):
                fraction(name, JANUARY[0], end, head_tail=ends)


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [
        (date(2024, 2, 28), date(2024, 2, 29), 366),
        (date(2024, 2, 29), date(2024, 3, 1), 365),
        (date(2024, 1, 31), date(2024, 2, 28), 365),
        (date(2023, 3, 1), date(2024, 3, 1), 366),
        (date(2024, 3, 1), date(2025, 3, 1), 365),
        (date(2100, 2, 1), date(2100, 3, 1), 365),
    ],
)
def test_a_leap_day_among_the_days_makes_a_year_of_366(start, end, year):
    assert fraction("ACT/365A", start, end) == Fraction((end - start).days, year)
