import copy
import itertools
import pickle
import sys
import warnings
from datetime import UTC, date, datetime, timedelta

import pytest

from loanmath.calendars import (
    NONE,
    WEEKENDS,
    BusinessDayRule,
    Calendar,
    HolidayCalendar,
    adjust,
    business_days,
    chinese_calendar,
    holidays_calendar,
)
from loanmath.errors import (
    CalendarRangeError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    MissingExtraError,
    UnknownNameError,
)

MAY_DAY = HolidayCalendar(
    "may day 2026",
    holidays=[date(2026, 5, day) for day in range(1, 6)],
    working_weekends=[date(2026, 5, 9)],
)
MIDNIGHT = datetime(2026, 5, 1, tzinfo=UTC)
SATURDAY, SUNDAY = date(2026, 1, 31), date(2026, 2, 1)


class Mondays:
    """A caller's own class of the right shape: business on Mondays only."""

    name = "mondays"
    known_from = date(2026, 1, 1)
    known_through = None

    def is_business_day(self, day):
        return day.weekday() == 0


# --- the calendars that need no data ------------------------------------------------


def test_none_has_no_days_off():
    assert NONE.is_business_day(SATURDAY)
    assert (NONE.name, NONE.known_from, NONE.known_through) == ("none", None, None)
    assert str(NONE) == "none"


@pytest.mark.parametrize(("day", "worked"), [(30, True), (31, False)])
def test_weekends(day, worked):
    assert WEEKENDS.is_business_day(date(2026, 1, day)) is worked
    assert not WEEKENDS.is_business_day(SUNDAY)
    assert WEEKENDS.is_business_day(date(1900, 1, 1))
    assert WEEKENDS.is_business_day(date(2200, 12, 31))
    assert str(WEEKENDS) == "weekends"


@pytest.mark.parametrize("calendar", [NONE, WEEKENDS, MAY_DAY, chinese_calendar()])
def test_a_day_is_a_date_of_the_library(calendar):
    for day in ("2026-01-01", MIDNIGHT, None, 20260101):
        with pytest.raises(InputTypeError, match="day"):
            calendar.is_business_day(day)
    with pytest.raises(DateRangeError, match="1900"):
        calendar.is_business_day(date(1899, 12, 31))


# --- the caller's own dates ---------------------------------------------------------


def test_holidays_are_off_and_make_up_days_worked():
    worked = [
        day for day in range(1, 12) if MAY_DAY.is_business_day(date(2026, 5, day))
    ]
    assert worked == [6, 7, 8, 9, 11]


def test_what_is_known_follows_from_the_dates():
    assert MAY_DAY.known_from == date(2026, 1, 1)
    assert MAY_DAY.known_through == date(2026, 12, 31)
    wide = HolidayCalendar("wide", [date(2025, 1, 1)], [date(2027, 1, 2)])
    assert (wide.known_from, wide.known_through) == (
        date(2025, 1, 1),
        date(2027, 12, 31),
    )


def test_what_is_known_may_be_stated():
    stated = HolidayCalendar(
        "x", [], known_from=date(2026, 3, 1), known_through=date(2026, 3, 31)
    )
    assert stated.is_business_day(date(2026, 3, 2))
    assert stated.is_business_day(date(2026, 3, 31))
    for day in (date(2026, 2, 28), date(2026, 4, 1)):
        with pytest.raises(CalendarRangeError, match="2026-03-01 to 2026-03-31"):
            stated.is_business_day(day)
    day = date(2026, 3, 2)
    one_day = HolidayCalendar("x", [], known_from=day, known_through=day)
    assert one_day.is_business_day(day)
    half = HolidayCalendar("x", [date(2026, 1, 1)], known_through=None)
    assert half.is_business_day(date(2200, 12, 31))
    with pytest.raises(CalendarRangeError, match="2026-01-01 to 2200-12-31"):
        half.is_business_day(date(2025, 12, 31))
    early = HolidayCalendar("x", [date(2026, 1, 1)], known_from=None)
    with pytest.raises(CalendarRangeError, match="1900-01-01 to 2026-12-31"):
        early.is_business_day(date(2027, 1, 1))


def test_no_dates_say_nothing_of_what_is_known():
    with pytest.raises(InputValueError, match="state both"):
        HolidayCalendar("x", [])
    assert HolidayCalendar("x", [], known_from=None, known_through=None)


@pytest.mark.parametrize(
    ("holidays", "worked"),
    [
        ([], [date(2026, 5, 8)]),
        ([date(2026, 5, 9)], [date(2026, 5, 9)]),
    ],
)
def test_make_up_days_are_weekend_days_that_are_no_holidays(holidays, worked):
    with pytest.raises(InputValueError, match="Saturdays and Sundays"):
        HolidayCalendar("x", holidays, worked)


@pytest.mark.parametrize(
    "limits",
    [
        {"known_from": date(2026, 5, 2)},
        {"known_through": date(2026, 4, 30)},
    ],
)
def test_dates_lie_within_what_is_known(limits):
    with pytest.raises(InputValueError, match="days known"):
        HolidayCalendar("x", [date(2026, 5, 1)], **limits)


def test_limits_are_dates_in_order():
    with pytest.raises(DateRangeError, match="known_from"):
        HolidayCalendar(
            "x", [], known_from=date(2026, 2, 1), known_through=date(2026, 1, 1)
        )
    for limits in ({"known_from": "2026"}, {"known_through": MIDNIGHT}):
        with pytest.raises(InputTypeError, match="known_"):
            HolidayCalendar("x", [date(2026, 5, 1)], **limits)


@pytest.mark.parametrize("dates", [None, 5, list, "2026-05-01", [MIDNIGHT]])
def test_dates_are_dates(dates):
    with pytest.raises(InputTypeError, match="holidays"):
        HolidayCalendar("x", dates)
    with pytest.raises(InputTypeError, match="working_weekends"):
        HolidayCalendar("x", [date(2026, 5, 1)], dates)


def test_endless_dates_are_refused():
    with pytest.raises(LimitError, match="40,000"):
        HolidayCalendar("x", itertools.repeat(date(2026, 5, 1)))
    assert HolidayCalendar("x", [date(2026, 5, 1)] * 40_000)


def test_a_name_is_text():
    with pytest.raises(InputTypeError, match="name"):
        HolidayCalendar(5, [date(2026, 5, 1)])


def test_a_holiday_calendar_is_a_value():
    twin = HolidayCalendar(
        "may day 2026",
        (date(2026, 5, day) for day in (5, 4, 3, 2, 1, 1)),
        {date(2026, 5, 9)},
    )
    assert twin == MAY_DAY
    assert hash(twin) == hash(MAY_DAY)
    assert repr(twin) == repr(MAY_DAY)
    assert pickle.loads(pickle.dumps(MAY_DAY)) == copy.deepcopy(MAY_DAY) == MAY_DAY
    assert HolidayCalendar("other", [date(2026, 5, 1)]) != MAY_DAY
    with pytest.raises(AttributeError):
        MAY_DAY.name = "other"


@pytest.mark.parametrize("calendar", [NONE, WEEKENDS])
def test_the_two_constants_are_values(calendar):
    assert pickle.loads(pickle.dumps(calendar)) == copy.copy(calendar) == calendar
    assert {calendar: 1}[calendar] == 1


# --- data of other packages ---------------------------------------------------------

MAKE_UP_DAYS_OF_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
PACKAGES = [chinese_calendar, lambda: holidays_calendar("CN")]


@pytest.mark.parametrize("make", PACKAGES)
def test_the_make_up_days_of_2026(make):
    calendar, day = make(), date(2026, 1, 1)
    worked = []
    while day.year == 2026:
        if day.weekday() >= 5 and calendar.is_business_day(day):
            worked.append((day.month, day.day))
        day += timedelta(1)
    assert worked == MAKE_UP_DAYS_OF_2026
    assert not calendar.is_business_day(date(2026, 2, 17))


@pytest.mark.parametrize("make", PACKAGES)
def test_what_china_has_not_decreed_is_not_known(make):
    calendar = make()
    after = calendar.known_through + timedelta(1)
    assert (after.month, after.day) == (1, 1)
    for day in (after, calendar.known_from - timedelta(1), date(2100, 1, 1)):
        with pytest.raises(CalendarRangeError, match=calendar.name):
            calendar.is_business_day(day)
    assert not calendar.is_business_day(calendar.known_from)


def test_the_two_packages_agree_but_for_one_day():
    one, other = chinese_calendar(), holidays_calendar("CN")
    assert (one.known_from, other.known_from) == (date(2004, 1, 1), date(2001, 1, 1))
    last = min(one.known_through, other.known_through)
    days = map(date.fromordinal, range(731581, last.toordinal() + 1))
    assert [
        day for day in days if one.is_business_day(day) != other.is_business_day(day)
    ] == [date(2005, 12, 31)]


def test_a_country_without_make_up_days():
    calendar = holidays_calendar("US")
    assert not calendar.is_business_day(date(2026, 7, 3))
    assert calendar.is_business_day(date(2026, 7, 6))
    assert calendar.known_from == date(1900, 1, 1)
    with pytest.raises(CalendarRangeError, match="holidays:US"):
        calendar.is_business_day(calendar.known_through + timedelta(1))


def test_a_weekend_of_friday_and_saturday():
    calendar = holidays_calendar("SA")
    worked = [calendar.is_business_day(date(2026, 1, day)) for day in range(4, 11)]
    assert worked == [True, True, True, True, True, False, False]


def test_a_subdivision():
    state = holidays_calendar("DE", "BY")
    assert state.name == "holidays:DE:BY"
    assert not state.is_business_day(date(2026, 1, 6))
    assert holidays_calendar("DE").is_business_day(date(2026, 1, 6))
    assert state != holidays_calendar("DE")


def test_years_that_the_package_warns_of_are_not_known():
    # The package has India's dates of the moon for 2001 to 2035, and answers for other
    # years all the same, with a warning.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calendar = holidays_calendar("IN")
        assert calendar.known_from == date(2001, 1, 1)
        with pytest.raises(CalendarRangeError):
            calendar.is_business_day(calendar.known_through + timedelta(1))


@pytest.mark.parametrize(
    "country", ["cn", "XX", "", "China", "CHN", "__class__", "中国", "C\u0661"]
)
def test_an_unknown_country(country):
    with pytest.raises(UnknownNameError, match="country"):
        holidays_calendar(country)


@pytest.mark.parametrize("subdivision", ["ZZ", "x" * 10_000, "ny"])
def test_an_unknown_subdivision(subdivision):
    with pytest.raises(UnknownNameError, match="subdivision of US"):
        holidays_calendar("US", subdivision)


@pytest.mark.parametrize("place", [(None,), (5,), ("US", 5), (b"US",)])
def test_a_place_is_text(place):
    with pytest.raises(InputTypeError):
        holidays_calendar(*place)


@pytest.mark.parametrize(
    ("package", "make"),
    [
        ("chinese_calendar", chinese_calendar),
        ("holidays", lambda: holidays_calendar("CN")),
    ],
)
def test_a_package_that_is_not_installed(monkeypatch, package, make):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as caught:
        make()
    assert caught.value.do == "pip install 'loanmath[calendars]'"


@pytest.mark.parametrize(
    "make", [*PACKAGES, lambda: holidays_calendar("US", "NY")], ids=str
)
def test_calendars_of_packages_are_values(make):
    calendar, twin = make(), make()
    assert calendar == twin
    assert hash(calendar) == hash(twin)
    assert pickle.loads(pickle.dumps(calendar)) == copy.deepcopy(calendar) == calendar
    assert str(calendar) == calendar.name
    assert calendar.name in repr(calendar)
    assert str(calendar.known_through) in repr(calendar)
    with pytest.raises(AttributeError):
        calendar.name = "other"


def test_a_name_alone_does_not_make_a_calendar_equal():
    assert HolidayCalendar("china", [date(2026, 1, 1)]) != chinese_calendar()


@pytest.mark.parametrize(
    "calendar", [NONE, WEEKENDS, MAY_DAY, chinese_calendar(), Mondays()]
)
def test_every_calendar_has_the_shape(calendar):
    assert isinstance(calendar, Calendar)


# --- moving dates -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "day", "moved"),
    [
        ("unadjusted", SATURDAY, SATURDAY),
        ("following", SATURDAY, date(2026, 2, 2)),
        ("following", date(2026, 1, 30), date(2026, 1, 30)),
        ("modified_following", SATURDAY, date(2026, 1, 30)),
        ("modified_following", date(2026, 1, 24), date(2026, 1, 26)),
        ("preceding", SATURDAY, date(2026, 1, 30)),
        ("preceding", SUNDAY, date(2026, 1, 30)),
        ("modified_preceding", SUNDAY, date(2026, 2, 2)),
        ("modified_preceding", SATURDAY, date(2026, 1, 30)),
    ],
)
def test_rules(rule, day, moved):
    assert adjust(day, rule, WEEKENDS) == moved
    assert adjust(day, BusinessDayRule(rule), WEEKENDS) == moved


def test_rules_on_a_long_holiday():
    assert adjust(date(2026, 5, 1), "following", MAY_DAY) == date(2026, 5, 6)
    assert adjust(date(2026, 5, 1), "preceding", MAY_DAY) == date(2026, 4, 30)
    assert adjust(date(2026, 5, 1), "modified_preceding", MAY_DAY) == date(2026, 5, 6)
    assert adjust(date(2026, 5, 10), "preceding", MAY_DAY) == date(2026, 5, 9)


def test_unadjusted_asks_the_calendar_nothing():
    assert adjust(date(2050, 1, 1), "unadjusted", MAY_DAY) == date(2050, 1, 1)


def test_moving_refuses_to_leave_what_is_known():
    year_end = HolidayCalendar("x", [date(2026, 12, 31)])
    with pytest.raises(CalendarRangeError, match="2027-01-01"):
        adjust(date(2026, 12, 31), "following", year_end)
    # The next month is not asked for where the rule cannot lead there.
    moved = adjust(date(2026, 12, 31), "modified_following", year_end)
    assert moved == date(2026, 12, 30)


def closed(first, days):
    off = [first + timedelta(day) for day in range(days)]
    return HolidayCalendar("closed", off, known_from=None, known_through=None)


def test_the_search_is_bounded():
    # From a Thursday, 60 days later is a Monday and 61 days later a Tuesday.
    thursday = date(2026, 3, 5)
    assert adjust(thursday, "following", closed(thursday, 60)) == date(2026, 5, 4)
    with pytest.raises(CalendarRangeError, match="60 days"):
        adjust(thursday, "following", closed(thursday, 61))
    back = closed(date(2026, 3, 5), 61)
    assert adjust(date(2026, 5, 3), "preceding", back) == date(2026, 3, 4)
    with pytest.raises(CalendarRangeError, match="60 days"):
        adjust(date(2026, 5, 4), "preceding", back)


def test_a_month_of_days_off_and_a_search_the_other_way():
    # Without a business day later in March, the modified rule goes back into February.
    march_off = closed(date(2026, 3, 1), 31)
    moved = adjust(date(2026, 3, 10), "modified_following", march_off)
    assert moved == date(2026, 2, 27)
    moved = adjust(date(2026, 3, 10), "modified_preceding", march_off)
    assert moved == date(2026, 4, 1)


def test_the_search_stays_within_the_years_of_the_library():
    first = HolidayCalendar("x", [date(1900, 1, 1)], (), None, None)
    last = HolidayCalendar("x", [date(2200, 12, 31)], (), None, None)
    for day, rule, calendar in [
        (date(1900, 1, 1), "preceding", first),
        (date(2200, 12, 31), "following", last),
    ]:
        with pytest.raises(CalendarRangeError, match="60 days"):
            adjust(day, rule, calendar)


def test_doors_of_adjust():
    with pytest.raises(UnknownNameError, match="following"):
        adjust(SATURDAY, "next", WEEKENDS)
    with pytest.raises(InputTypeError, match="rule"):
        adjust(SATURDAY, None, WEEKENDS)
    with pytest.raises(InputTypeError, match="day"):
        adjust("2026-01-31", "following", WEEKENDS)
    for calendar in (None, "weekends", HolidayCalendar, 5):
        with pytest.raises(InputTypeError, match="calendar"):
            adjust(SATURDAY, "following", calendar)


def test_a_callers_own_class():
    assert adjust(SATURDAY, "following", Mondays()) == date(2026, 2, 2)
    assert business_days(date(2026, 1, 1), date(2026, 2, 1), Mondays()) == 4
    with pytest.raises(CalendarRangeError, match="mondays"):
        business_days(date(2025, 12, 1), date(2026, 2, 1), Mondays())


# --- counting -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "count"),
    [(1, 0), (2, 0), (6, 0), (7, 1), (9, 3), (10, 4), (11, 4), (12, 5)],
)
def test_business_days_of_may_2026(end, count):
    assert business_days(date(2026, 5, 1), date(2026, 5, end), MAY_DAY) == count


def test_all_days_count_without_a_calendar():
    assert business_days(date(1900, 1, 1), date(2200, 12, 31), NONE) == 109_937


def test_counting_refuses_what_is_not_known_before_it_counts():
    assert business_days(date(2026, 12, 31), date(2027, 1, 1), MAY_DAY) == 1
    with pytest.raises(CalendarRangeError, match="2027-01-01"):
        business_days(date(2026, 12, 31), date(2027, 1, 2), MAY_DAY)
    with pytest.raises(CalendarRangeError, match="2025-12-31"):
        business_days(date(2025, 12, 31), date(2026, 1, 2), MAY_DAY)
    # No day is asked for.
    assert business_days(date(2050, 1, 1), date(2050, 1, 1), MAY_DAY) == 0


def test_doors_of_business_days():
    with pytest.raises(DateRangeError, match="2026-01-02 or later"):
        business_days(date(2026, 1, 2), date(2026, 1, 1), NONE)
    with pytest.raises(InputTypeError, match="start"):
        business_days(None, date(2026, 1, 1), NONE)
    with pytest.raises(InputTypeError, match="end"):
        business_days(date(2026, 1, 1), None, NONE)
    with pytest.raises(InputTypeError, match="calendar"):
        business_days(date(2026, 1, 1), date(2026, 1, 2), None)
