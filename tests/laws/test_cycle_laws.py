"""Laws of billing cycles, and the same cycles counted out day by day."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from loanmath import CreditLine

DAYS = st.dates(date(1901, 3, 1), date(2199, 6, 30))
LINES = st.builds(
    CreditLine,
    currency=st.just("CNY"),
    limit=st.just("1"),
    statement_day=st.integers(1, 31),
    statement_day_joins=st.sampled_from(["closing", "next"]),
    due_day=st.integers(1, 31),
) | st.builds(
    CreditLine,
    currency=st.just("CNY"),
    limit=st.just("1"),
    statement_day=st.integers(1, 31),
    statement_day_joins=st.sampled_from(["closing", "next"]),
    due_after=st.integers(1, 60),
)


def falls_on(day: date, wanted: int) -> bool:
    """Whether a day of the month falls on a day, the last one standing for those after."""
    return day.day == min(wanted, monthrange(day.year, day.month)[1])


def by_hand(line: CreditLine, posted: date) -> tuple[date, date]:
    """The statement and the due date, looked for one day after the other."""
    day = posted
    if line.statement_day_joins.value == "next":
        day += timedelta(1)
    while not falls_on(day, line.statement_day):
        day += timedelta(1)
    statement = day
    if line.due_after is not None:
        return statement, statement + timedelta(line.due_after)
    day += timedelta(1)
    while not falls_on(day, line.due_day):
        day += timedelta(1)
    return statement, day


@given(LINES, DAYS)
def test_cycles_are_those_of_a_calendar_on_the_wall(line, posted):
    cycle = line.cycle_of(posted)
    assert (cycle.statement, cycle.due) == by_hand(line, posted)


@given(LINES, DAYS)
def test_every_day_is_in_one_cycle(line, posted):
    cycle = line.cycle_of(posted)
    assert cycle.start <= posted < cycle.end
    assert line.cycle_of(cycle.start) == cycle
    assert line.cycle_of(cycle.end - timedelta(1)) == cycle
    first, second = line.cycles(posted, 2)
    assert (first, first.end) == (cycle, second.start)
    statement = cycle.statement
    assert line.cycle_billed_in(statement.year, statement.month) == cycle


@given(LINES, DAYS)
@example(
    # In February 2001 the 29th falls on the 28th, on which its bill is made: it is due
    # on 29 March, as is that of 28 March.
    CreditLine(currency="CNY", limit=1, statement_day=28, due_day=29),
    date(2001, 2, 1),
)
def test_a_bill_is_due_after_it_is_made_and_no_later_than_the_next(line, posted):
    first, second = line.cycles(posted, 2)
    assert first.statement < first.due
    assert first.due <= second.due
    if first.due == second.due:
        # A bill of the last day of a month that is too short for its due day.
        assert (first.statement + timedelta(1)).day == 1
        assert line.due_day > first.statement.day
    assert line.free_days(posted) >= first.grace_days
