"""Lines of credit: their cycles, and how long a purchase is free of interest."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loanmath import WEEKENDS, BusinessDays, CreditLine, Cycle, HolidayCalendar
from loanmath.errors import (
    CalendarRangeError,
    CurrencyError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    ScheduleError,
    TermsError,
    UnknownNameError,
)


def line(**words):
    usual = {"currency": "CNY", "limit": "20000", "statement_day": 5, "due_day": 23}
    return CreditLine(**(usual | words))


def test_a_line_is_a_value_in_units():
    agreed = line(limit="5000.50")
    assert (agreed.digits, agreed.limit_units) == (2, 500_050)
    assert agreed.limit == Decimal("5000.50")
    assert agreed == line(limit=Decimal("5000.5"))
    assert hash(agreed) == hash(line(limit="5000.50"))
    assert line(currency="JPY", limit=1000).limit_units == 1000


# A purchase on the statement day joins the next cycle, unless the terms say otherwise.
MEMBERS = [
    (date(2026, 4, 4), date(2026, 4, 5)),
    (date(2026, 4, 5), date(2026, 5, 5)),
    (date(2026, 4, 6), date(2026, 5, 5)),
    (date(2026, 12, 31), date(2027, 1, 5)),
]


@pytest.mark.parametrize(("posted", "statement"), MEMBERS)
def test_a_purchase_joins_the_cycle_of_its_posting_date(posted, statement):
    assert line().cycle_of(posted).statement == statement


def test_on_the_statement_day_it_may_join_the_cycle_that_closes():
    closing = line(statement_day_joins="closing")
    assert closing.cycle_of(date(2026, 4, 5)) == Cycle(
        date(2026, 3, 6), date(2026, 4, 6), date(2026, 4, 5), date(2026, 4, 23)
    )
    assert closing.cycle_of(date(2026, 4, 6)).statement == date(2026, 5, 5)
    assert line().cycle_of(date(2026, 4, 4)) == Cycle(
        date(2026, 3, 5), date(2026, 4, 5), date(2026, 4, 5), date(2026, 4, 23)
    )


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ({"due_day": 23}, date(2026, 4, 23)),
        ({"due_day": 6}, date(2026, 4, 6)),
        # Not on the day of the statement itself.
        ({"due_day": 5}, date(2026, 5, 5)),
        ({"due_day": 4}, date(2026, 5, 4)),
        ({"due_day": None, "due_after": 20}, date(2026, 4, 25)),
        ({"due_day": None, "due_after": 1}, date(2026, 4, 6)),
        ({"due_day": None, "due_after": 100}, date(2026, 7, 14)),
    ],
)
def test_a_bill_is_due_after_its_statement(words, due):
    assert line(**words).cycle_billed_in(2026, 4).due == due


def test_short_months_end_early():
    agreed = line(statement_day=31, due_day=30)
    found = [cycle.statement for cycle in agreed.cycles(date(2026, 1, 15), 4)]
    assert found == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
    # On 30 April the bill is made: the next thirtieth is in May.
    assert [cycle.due for cycle in agreed.cycles(date(2026, 1, 15), 4)] == [
        date(2026, 2, 28), date(2026, 3, 30), date(2026, 4, 30), date(2026, 5, 30),
    ]  # fmt: skip
    assert line(statement_day=29).cycle_billed_in(2024, 2).statement == date(
        2024, 2, 29
    )


# Published: billed on the 1st, due on the 9th or 10th; bought on the first day, the
# longest free period, counted both ways. And two banks' shortest and longest.
FREE = [
    ({"statement_day": 1, "due_day": 10}, date(2026, 8, 1), 40),
    ({"statement_day": 1, "due_day": 9}, date(2026, 8, 1), 39),
    ({"statement_day": 1, "due_day": 10}, date(2026, 8, 31), 10),
    ({"statement_day": 5, "due_day": None, "due_after": 18}, date(2026, 4, 4), 19),
    ({"statement_day": 5, "due_day": None, "due_after": 20}, date(2026, 8, 5), 51),
]


@pytest.mark.parametrize(("words", "posted", "days"), FREE)
def test_free_days_are_counted_both_ways(words, posted, days):
    agreed = line(**words)
    assert agreed.free_days(posted) == days
    assert agreed.free_days(posted, inclusive=True) == days + 1


def test_a_due_date_on_a_day_off_moves():
    # 23 May 2026 is a Saturday.
    following = line(business_days=BusinessDays("following", WEEKENDS))
    assert following.cycle_billed_in(2026, 5).due == date(2026, 5, 25)
    preceding = line(business_days=BusinessDays("preceding", WEEKENDS))
    assert preceding.cycle_billed_in(2026, 5).due == date(2026, 5, 22)


def test_a_due_date_does_not_move_to_its_statement():
    # 5 April 2026 is a Sunday: from the 6th back over a holiday to Friday the 3rd.
    calendar = HolidayCalendar(
        "easter", [date(2026, 4, 6)], known_from=date(2026, 1, 1),
        known_through=date(2026, 12, 31),
    )  # fmt: skip
    early = line(due_day=6, business_days=BusinessDays("preceding", calendar))
    with pytest.raises(ScheduleError, match="bill of 2026-04-05: got 'due 2026-04-03"):
        early.cycle_billed_in(2026, 4)
    with pytest.raises(CalendarRangeError):
        early.cycle_billed_in(2027, 4)


def test_cycles_in_succession():
    found = line().cycles(date(2026, 11, 20), 3)
    assert [str(cycle.statement) for cycle in found] == [
        "2026-12-05", "2027-01-05", "2027-02-05",
    ]  # fmt: skip
    assert [cycle.grace_days for cycle in found] == [18, 18, 18]
    assert found[0].end == found[1].start
    assert line().cycles(date(2026, 11, 20), 1) == found[:1]


REFUSED = [
    ({"statement_day": 0}, LimitError, "1 to 31"),
    ({"statement_day": 32}, LimitError, "1 to 31"),
    ({"statement_day": "5"}, InputTypeError, "statement_day"),
    ({"statement_day": True}, InputTypeError, "statement_day"),
    ({"due_day": 0}, LimitError, "due_day"),
    ({"due_day": None, "due_after": 0}, LimitError, "1 to 100"),
    ({"due_day": None, "due_after": 101}, LimitError, "1 to 100"),
    ({"due_day": None}, TermsError, "got 'neither'; allowed: exactly one"),
    ({"due_after": 20}, TermsError, "got 'both'; allowed: exactly one"),
    ({"statement_day_joins": "both"}, UnknownNameError, "closing"),
    ({"business_days": "following"}, InputTypeError, "BusinessDays"),
    ({"limit": 0}, InputValueError, "limit"),
    ({"limit": 1.5}, InputTypeError, "limit"),
    ({"limit": "0.001"}, CurrencyError, "limit"),
    ({"limit": 10**15}, LimitError, "limit"),
    ({"currency": "XXX"}, CurrencyError, "XXX"),
]


@pytest.mark.parametrize(("words", "kind", "said"), REFUSED)
def test_terms_that_are_refused(words, kind, said):
    with pytest.raises(kind, match=said):
        line(**words)


def test_days_that_are_refused():
    agreed = line()
    with pytest.raises(InputTypeError, match="posted"):
        agreed.cycle_of("2026-04-05")
    with pytest.raises(InputTypeError, match="inclusive"):
        agreed.free_days(date(2026, 4, 5), inclusive=1)
    with pytest.raises(DateRangeError):
        agreed.cycle_of(date(2200, 12, 31))
    with pytest.raises(DateRangeError):
        agreed.cycle_of(date(1900, 1, 1))
    with pytest.raises(DateRangeError):
        line(due_day=None, due_after=100).cycle_of(date(2200, 11, 20))
    with pytest.raises(LimitError, match="count"):
        agreed.cycles(date(2026, 4, 5), 0)
    for year, month in ((1900, 1), (2200, 1), (2026, 0), (2026, 13)):
        with pytest.raises(LimitError):
            agreed.cycle_billed_in(year, month)
    for year, month in (("2026", 1), (2026, "1"), (True, 1)):
        with pytest.raises(InputTypeError):
            agreed.cycle_billed_in(year, month)
    assert agreed.cycle_billed_in(2199, 12).end == date(2199, 12, 5)
    assert agreed.cycle_billed_in(1901, 1).start == date(1900, 12, 5)


def test_a_purchase_a_day_later_is_free_for_a_day_less_or_a_cycle_more():
    agreed, day = line(statement_day=31, due_day=20), date(2026, 1, 1)
    while day < date(2028, 3, 1):
        later = day + timedelta(1)
        moved = agreed.free_days(later) - agreed.free_days(day)
        joins = agreed.cycle_of(day) != agreed.cycle_of(later)
        assert (moved == -1) != joins
        day = later
