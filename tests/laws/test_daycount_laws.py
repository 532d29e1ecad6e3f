"""
Laws of day counts, and their agreement with references written another way.

The references count day by day or step with `relativedelta`; the 30/360 variants are
read off a table of their day rules. None shares a line with the library.
"""

from bisect import bisect_right
from calendar import isleap, monthrange
from datetime import date, timedelta
from fractions import Fraction

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, example, given
from hypothesis import strategies as st

from loanmath.calendars import (
    WEEKENDS,
    BusinessDayRule,
    HolidayCalendar,
    adjust,
    business_days,
)
from loanmath.daycount import DAY_COUNTS, DayCount, HeadTail, day_count

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
ENDS = list(HeadTail)
ACTUAL = ["ACT/360", "ACT/365.25"]
COUNTS_NO_DAYS = ["1/12", "1/1"]


def month_end(year, month):
    return date(year, month, monthrange(year, month)[1])


YEARS = st.one_of(
    st.sampled_from([1900, 1999, 2000, 2001, 2023, 2024, 2025, 2100, 2200]),
    st.integers(1900, 2200),
)
MONTHS = st.one_of(st.sampled_from([1, 2, 2, 3, 12]), st.integers(1, 12))
DATES = st.one_of(
    st.dates(FIRST, LAST),
    st.builds(month_end, YEARS, MONTHS),
    st.builds(
        lambda last, back: max(FIRST, last - timedelta(back)),
        st.builds(month_end, YEARS, MONTHS),
        st.integers(0, 3),
    ),
    st.sampled_from([FIRST, LAST, date(1900, 2, 28), date(2000, 2, 29)]),
)


@st.composite
def spans(draw, longest=None):
    """A span of any length, or of at most `longest` days; empty and one day included."""
    start = draw(DATES)
    if longest is None and draw(st.booleans()):
        return tuple(sorted((start, draw(DATES))))
    most = min(longest or 1200, (LAST - start).days)
    length = draw(st.one_of(st.integers(0, min(2, most)), st.integers(0, most)))
    return start, start + timedelta(length)


def counted(span, ends):
    """The days that count, one by one."""
    start, end = span
    days = [start + timedelta(k) for k in range((end - start).days + 1)]
    if ends in (HeadTail.TAIL, HeadTail.NEITHER):
        days = days[1:]
    if ends in (HeadTail.HEAD, HeadTail.NEITHER):
        days = days[:-1]
    return days


def with_calendar(name):
    return DayCount(name, WEEKENDS if name == "BUS/252" else None)


# --- laws ---------------------------------------------------------------------------

ADDITIVE = [*ACTUAL, "NL/365", "ACT/ACT ISDA", "30E/360", "30E/360 ISDA", "30/365"]


@pytest.mark.parametrize("name", [*ADDITIVE, "BUS/252"])
@given(st.data())
def test_spans_add_up(name, data):
    longest = 3000 if name == "BUS/252" else None
    start, end = data.draw(spans(longest))
    split = data.draw(st.dates(start, end) | st.sampled_from([start, end]))
    maturity = data.draw(st.sampled_from([None, end]))
    count = with_calendar(name)
    parts = (start, split), (split, end)
    whole = count.fraction(start, end, maturity=maturity)
    assert whole == sum(count.fraction(*part, maturity=maturity) for part in parts)
    whole = count.days(start, end, maturity=maturity)
    assert whole == sum(count.days(*part, maturity=maturity) for part in parts)


# The counterexample that keeps anyone from splitting an accrual under these: the end of
# February is a 30th as a start and a 28th as an end.
@pytest.mark.parametrize(
    ("name", "whole", "parts"),
    [("30U/360", 45, 43), ("30/360 PSA", 45, 43), ("30/360", 45, 45)],
)
def test_american_counts_do_not_add_up(name, whole, parts):
    start, split, end = date(2023, 1, 30), date(2023, 2, 28), date(2023, 3, 15)
    count = day_count(name)
    assert count.days(start, end) == whole
    assert count.days(start, split) + count.days(split, end) == parts


def test_bond_basis_does_not_add_up_either():
    start, split, end = date(2023, 1, 29), date(2023, 1, 31), date(2023, 2, 15)
    count = day_count("30/360")
    assert count.days(start, end) == 16
    assert count.days(start, split) + count.days(split, end) == 2 + 15


def test_chinese_months_do_not_add_up():
    start, split, end = date(2026, 1, 15), date(2026, 1, 31), date(2026, 3, 15)
    count = day_count("30/360 CN")
    assert count.days(start, end) == 60
    assert count.days(start, split) + count.days(split, end) == 16 + 45


@pytest.mark.parametrize("name", [n for n in DAY_COUNTS if n not in COUNTS_NO_DAYS])
@given(span=spans(2000))
@example(span=(date(2024, 2, 28), date(2024, 2, 29)))
@example(span=(date(2023, 1, 30), date(2023, 1, 31)))
def test_ends_add_or_take_one_day(name, span):
    count = with_calendar(name)
    head, tail, both, neither = (count.days(*span, head_tail=ends) for ends in ENDS)
    assert 0 <= neither <= min(head, tail)
    assert max(head, tail) <= both <= 1 + min(head, tail)
    if name in ("NL/365", "BUS/252"):
        return
    assert tail == head
    assert both == head + 1
    assert neither == max(0, head - 1)


@pytest.mark.parametrize(
    "name", [*ACTUAL, "NL/365", "ACT/ACT ISDA", "ACT/ACT AFB", "BUS/252"]
)
@given(span=spans(2000), ends=st.sampled_from(ENDS))
def test_the_ends_choose_days_of_the_calendar(name, span, ends):
    # NL/365 is published with an end of its own, see its reference below.
    assume(name != "NL/365" or ends is not HeadTail.HEAD)
    days = counted(span, ends)
    expected = {
        "NL/365": sum((day.month, day.day) != (2, 29) for day in days),
        "BUS/252": sum(day.weekday() < 5 for day in days),
    }
    count = with_calendar(name)
    assert count.days(*span, head_tail=ends) == expected.get(name, len(days))


@pytest.mark.parametrize("name", [n for n in DAY_COUNTS if n not in COUNTS_NO_DAYS])
@given(span=spans(2000), ends=st.sampled_from(ENDS))
def test_fractions_are_exact_and_not_negative(name, span, ends):
    count = with_calendar(name)
    months = {"months": 12, "period": (date(2023, 2, 28), date(2024, 2, 29))}
    if name == "ACT/ACT ICMA":
        assume(FIRST.year + 1 < span[0].year and span[1].year < LAST.year - 1)
        months = {"months": 12}
    context = months if name in ("ACT/ACT ICMA", "ACT/365L") else {}
    days = count.days(*span, head_tail=ends)
    got = count.fraction(*span, head_tail=ends, **context)
    assert type(days) is int
    assert type(got) is Fraction
    assert got >= 0
    assert (got == 0) is (days == 0)
    if count.basis is not None:
        assert got == days / count.basis


@given(st.integers(1900, 2199), st.integers(1, 5))
def test_whole_calendar_years_are_one_each(year, years):
    assume(year + years <= 2200)
    span = date(year, 1, 1), date(year + years, 1, 1)
    assert day_count("ACT/ACT ISDA").fraction(*span) == years
    assert day_count("ACT/ACT AFB").fraction(*span) == years
    assert day_count("NL/365").fraction(*span) == years
    assert day_count("30E/360").fraction(*span) == years
    assert day_count("30/360 CN").fraction(*span) == years


@given(DATES, st.integers(1, 60))
def test_whole_months_from_an_anchor(start, months):
    end = start + relativedelta(months=months)
    assume(end <= LAST)
    assert day_count("1/12").fraction(start, end) == Fraction(months, 12)
    assert day_count("30/360 CN").days(start, end) == 30 * months
    period = {"period": (start, end), "months": months}
    assert day_count("1/12").fraction(start, end, **period) == Fraction(months, 12)
    icma = day_count("ACT/ACT ICMA")
    assert icma.fraction(start, end, **period) == Fraction(months, 12)
    assert icma.fraction(start, end, months=months) == Fraction(months, 12)


# --- agreement with references ------------------------------------------------------

# Is a last of February as start a 30th; as end; and when is a 31st as end a 30th.
THIRTY_RULES = {
    "30/360": ("no", "no", "after a 30th"),
    "30U/360": ("yes", "with the start", "after a 30th"),
    "30/360 PSA": ("yes", "no", "after a 30th"),
    "30E/360": ("no", "no", "yes"),
    "30E/360 ISDA": ("yes", "before maturity", "yes"),
    "30E+/360": ("no", "no", "next month"),
    "30/365": ("no", "no", "yes"),
}


def last_of_february(day):
    return day.month == 2 and (day + timedelta(1)).month == 3


def thirty(name, start, end, maturity):
    """Days by the table: label each date (year, month, day), then subtract."""
    if start == end:
        return 0
    february_start, february_end, thirty_first = THIRTY_RULES[name]
    first = [start.year, start.month, start.day]
    last = [end.year, end.month, end.day]
    if start.day == 31 or (february_start == "yes" and last_of_february(start)):
        first[2] = 30
    if last_of_february(end):
        with_start = february_end == "with the start" and last_of_february(start)
        if with_start or (february_end == "before maturity" and end != maturity):
            last[2] = 30
    if end.day == 31:
        if thirty_first == "yes" or (thirty_first == "after a 30th" and first[2] == 30):
            last[2] = 30
        if thirty_first == "next month":
            following = end + timedelta(1)
            last = [following.year, following.month, following.day]
    weights = (360, 30, 1)
    return sum(w * (b - a) for w, a, b in zip(weights, first, last, strict=True))


@pytest.mark.parametrize("name", THIRTY_RULES)
@given(span=spans(), ends=st.sampled_from(ENDS), at_maturity=st.booleans())
@example(
    span=(date(2007, 2, 28), date(2008, 2, 29)), ends=HeadTail.HEAD, at_maturity=True
)
@example(
    span=(date(2007, 2, 28), date(2007, 8, 31)), ends=HeadTail.HEAD, at_maturity=False
)
@example(
    span=(date(2007, 8, 30), date(2007, 8, 31)),
    ends=HeadTail.NEITHER,
    at_maturity=False,
)
def test_every_thirty_day_variant(name, span, ends, at_maturity):
    maturity = span[1] if at_maturity else None
    extra = {HeadTail.BOTH: 1, HeadTail.NEITHER: -1}.get(ends, 0)
    expected = max(0, thirty(name, *span, maturity) + extra)
    count = day_count(name)
    assert count.days(*span, maturity=maturity, head_tail=ends) == expected
    got = count.fraction(*span, maturity=maturity, head_tail=ends)
    assert got == Fraction(expected, 365 if name == "30/365" else 360)


@given(spans(2000))
@example((date(2024, 2, 28), date(2024, 2, 29)))
@example((date(2024, 2, 29), date(2024, 3, 1)))
def test_days_without_leap_days_as_published(span):
    leap_days = sum(
        (day.month, day.day) == (2, 29) for day in counted(span, HeadTail.TAIL)
    )
    assert day_count("NL/365").days(*span) == (span[1] - span[0]).days - leap_days


@given(spans(1500), st.sampled_from(ENDS))
@example((date(2023, 12, 31), date(2024, 1, 1)), HeadTail.TAIL)
def test_isda_weighs_each_day_by_its_year(span, ends):
    days = counted(span, ends)
    leap = sum(isleap(day.year) for day in days)
    expected = Fraction(leap, 366) + Fraction(len(days) - leap, 365)
    assert day_count("ACT/ACT ISDA").fraction(*span, head_tail=ends) == expected


@given(spans(4000))
@example((date(2004, 2, 29), date(2005, 2, 28)))
@example((date(2004, 2, 28), date(2008, 2, 29)))
@example((date(2003, 2, 28), date(2004, 2, 29)))
def test_afb_steps_back_from_the_end(span):
    start, end = span
    years = 0
    while end - relativedelta(years=years + 1) >= start:
        years += 1
    rest = counted((start, end - relativedelta(years=years)), HeadTail.HEAD)
    leap = any((day.month, day.day) == (2, 29) for day in rest)
    expected = years + Fraction(len(rest), 366 if leap else 365)
    assert day_count("ACT/ACT AFB").fraction(*span) == expected


@given(DATES, st.integers(1, 24), st.integers(0, 400), st.integers(0, 400))
def test_leap_aware_years_look_at_the_period(start, months, before, length):
    end = start + relativedelta(months=months)
    assume(end <= LAST)
    first = min(start + timedelta(before), end)
    last = min(first + timedelta(length), end)
    if months == 12:
        after = counted((first, end), HeadTail.TAIL)
        leap = any((day.month, day.day) == (2, 29) for day in after)
    else:
        leap = isleap(end.year)
    got = day_count("ACT/365L").fraction(
        first, last, period=(start, end), months=months
    )
    assert got == Fraction((last - first).days, 366 if leap else 365)


@given(
    st.integers(1, 31),
    st.integers(-600, 1200),
    st.sampled_from([1, 2, 3, 6, 12]),
    st.integers(-400, 400),
    st.integers(0, 800),
    st.sampled_from(ENDS),
)
@example(31, 277, 1, -100, 200, HeadTail.HEAD)  # 28 February to 31 March 2023
@example(31, 276, 1, -100, 200, HeadTail.BOTH)  # 31 January to 28 February 2023
def test_icma_weighs_each_day_by_its_notional_period(
    roll, month, months, shift, length, ends
):
    origin = date(2000, 1, roll)
    period = tuple(origin + relativedelta(months=month + k * months) for k in range(2))
    # A 31st that neither date of the period shows cannot be known from it.
    origin = date(2000, 1, max(day.day for day in period))
    start = period[0] + timedelta(shift)
    end = start + timedelta(length)
    notional = [
        origin + relativedelta(months=month + k * months) for k in range(-16, 48)
    ]
    expected = Fraction(0)
    # A single end counts as the start, so that a regular period is worth its months.
    for day in counted((start, end), HeadTail.HEAD if ends is HeadTail.TAIL else ends):
        k = bisect_right(notional, day)
        expected += Fraction(months, 12) / (notional[k] - notional[k - 1]).days
    got = day_count("ACT/ACT ICMA").fraction(
        start, end, period=period, months=months, head_tail=ends
    )
    assert got == expected


@given(spans())
@example((date(2026, 1, 31), date(2026, 3, 1)))
@example((FIRST, LAST))
def test_chinese_months_step_from_the_start(span):
    start, end = span
    months = 0
    while months < 3611 and start + relativedelta(months=months + 1) <= end:
        months += 1
    odd = (end - (start + relativedelta(months=months))).days
    assert day_count("30/360 CN").days(*span) == 30 * months + odd


@pytest.mark.parametrize("name", DAY_COUNTS)
@given(st.integers(1, 31), st.integers(-1190, 1190), st.integers(1, 12))
@example(27, 277, 1)
@example(31, 277, 1)
def test_regular_periods_of_as_many_days(name, roll_day, month, months):
    same = day_count(name).days_in_regular_period(months, roll_day)
    if same is None:
        return
    start, end = (
        date(2000, 1, roll_day) + relativedelta(months=month + k * months)
        for k in range(2)
    )
    got = day_count(name).days(start, end, period=(start, end), months=months)
    assert got == same == 30 * months


# --- names --------------------------------------------------------------------------


def names_of(count):
    given = (count.name, count.isda, count.actus, count.chinese, *count.aliases)
    return [name for name in given if name is not None]


def test_no_name_belongs_to_two_day_counts():
    owners = {}
    for name in DAY_COUNTS:
        assert day_count(name).name == name
        for alias in names_of(day_count(name)):
            assert owners.setdefault(alias.casefold(), name) == name
            assert day_count(alias) == day_count(name)


@given(st.sampled_from(DAY_COUNTS), st.data())
def test_spelling_does_not_matter(name, data):
    alias = data.draw(st.sampled_from(names_of(day_count(name))))
    spelled = ""
    for letter in alias:
        changed = data.draw(st.sampled_from([letter, letter.lower(), letter.upper()]))
        spelled += changed + data.draw(st.sampled_from(["", "", " ", ".", "_", "-"]))
    assume(len(spelled) <= 64)
    assert day_count(spelled).name == name
    assert day_count(str(day_count(name))) == day_count(name)


# --- calendars ----------------------------------------------------------------------


@st.composite
def calendars(draw):
    """A calendar with runs of days off, some over month ends, and make-up days."""
    start = date(2025, 12, 1)
    days = [start + timedelta(k) for k in range(120)]
    # Together with weekends, four runs are shorter than the search of 60 days.
    runs = st.tuples(st.integers(0, 110), st.integers(1, 10))
    off = {
        day
        for first, length in draw(st.lists(runs, max_size=4))
        for day in days[first : first + length]
    }
    weekends = [day for day in days if day.weekday() >= 5 and day not in off]
    worked = draw(st.sets(st.sampled_from(weekends), max_size=8))
    return HolidayCalendar("drawn", off, worked, known_from=None, known_through=None)


DAYS = st.dates(date(2025, 12, 1), date(2026, 3, 31))


@given(calendars(), DAYS, st.sampled_from(list(BusinessDayRule)))
def test_a_moved_date_is_the_nearest_business_day(calendar, day, rule):
    moved = adjust(day, rule, calendar)
    around = [day + timedelta(k) for k in range(-200, 201)]
    worked = [other for other in around if calendar.is_business_day(other)]
    after = min(other for other in worked if other >= day)
    before = max(other for other in worked if other <= day)
    same_month = {other: other.month == day.month for other in (after, before)}
    expected = {
        BusinessDayRule.UNADJUSTED: day,
        BusinessDayRule.FOLLOWING: after,
        BusinessDayRule.PRECEDING: before,
        BusinessDayRule.MODIFIED_FOLLOWING: after if same_month[after] else before,
        BusinessDayRule.MODIFIED_PRECEDING: before if same_month[before] else after,
    }
    assert moved == expected[rule]


@given(calendars(), st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_business_days_add_up(calendar, days):
    start, split, end = days
    whole = business_days(start, end, calendar)
    parts = business_days(start, split, calendar) + business_days(split, end, calendar)
    assert whole == parts
    one_by_one = counted((start, end), HeadTail.HEAD)
    assert whole == sum(map(calendar.is_business_day, one_by_one))


@given(calendars(), DAYS, st.sampled_from(list(BusinessDayRule)))
def test_a_moved_date_stays(calendar, day, rule):
    assume(rule is not BusinessDayRule.UNADJUSTED)
    moved = adjust(day, rule, calendar)
    assert adjust(moved, rule, calendar) == moved
