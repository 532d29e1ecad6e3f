"""Buckets, stages and records of delinquency: what holds for every account."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, event, given
from hypothesis import strategies as st

from accounts import Case, cases
from line_views import first_day, kept, last_day, notable_after
from lines import lines_with_events
from loanmath.account import Account, Arrear
from loanmath.analysis.delinquency import (
    AGES_FROM_30,
    CARD_STAGES,
    M_STAGES,
    BucketScheme,
    Pause,
    days_past_due,
    delinquency,
    stage_history,
)
from loanmath.errors import LoanmathError
from loanmath.events import Payment
from oracle.servicing import COMPONENTS

DAY = timedelta(1)


@st.composite
def schemes(draw):
    edge = draw(st.sampled_from(["above", "from"]))
    least = 0 if edge == "above" else 1
    edges = draw(st.sets(st.integers(least, 60), min_size=1, max_size=6))
    return BucketScheme("drawn", sorted(edges), edge=edge)


def account_of(case: Case) -> Account:
    """The account of a case, without the events that it refuses."""
    given_ = case.account
    arrears = [
        Arrear(due=one.due, **{part: getattr(one, part) for part in COMPONENTS})
        for one in given_.arrears
    ]
    try:
        account = Account.open(given_.loan, arrears=arrears, credit=given_.credit)
    except LoanmathError:
        assume(False)
        raise
    for one in case.events:
        try:
            account = account.record(one)
        except LoanmathError:
            event("an event is refused")
    return account


def days_between(first: date, last: date) -> list[date]:
    return [first + step * DAY for step in range((last - first).days + 1)]


@given(schemes(), st.integers(0, 200))
def test_every_number_of_days_is_in_exactly_one_bucket(scheme, days):
    holding = [
        bucket
        for bucket in scheme.buckets
        if bucket.least <= days and (bucket.most is None or days <= bucket.most)
    ]
    assert holding == [scheme.bucket_of(days)]
    # An edge belongs to the side that the scheme says.
    edges = [
        edge for edge in scheme.edges if edge < days + (scheme.edge.value == "from")
    ]
    assert scheme.bucket_of(days).number == len(edges)


@given(cases(), schemes())
def test_the_history_of_a_loan_agrees_with_its_position_on_every_day(case, scheme):
    account = account_of(case)
    first, last = case.account.loan.disbursed, case.until
    history = stage_history(account, first, last, scheme)
    assert covers(history, first, last)
    event(f"{len(history.cures)} cures")
    for stage in history.stages:
        most = 0
        for day in days_between(stage.since, stage.until):
            late = account.position(day).days_past_due
            assert stage.bucket == scheme.bucket_of(late), day
            assert late == delinquency(account, day, scheme).days_past_due
            most = max(most, late)
        assert stage.days_past_due == most


@given(lines_with_events(), schemes(), st.data())
def test_the_history_of_a_line_agrees_with_its_position(pair, scheme, data):
    line, events = pair
    account = kept(line, events)
    last = last_day(events) + timedelta(200)
    history = stage_history(account, account.opened, last, scheme)
    assert covers(history, account.opened, last)
    more = [stage.since + step * DAY for stage in history.stages for step in (-1, 0)]
    days = {*notable_after(line, events), *more}
    drawn = data.draw(st.integers(0, (last - account.opened).days))
    for day in {day for day in days if account.opened <= day <= last} | {
        account.opened + drawn * DAY
    }:
        late = account.position(day).days_past_due
        assert history.bucket_on(day) == scheme.bucket_of(late), day
        assert delinquency(account, day, scheme).days_past_due == late


@given(lines_with_events())
def test_a_card_stage_counts_the_statements_since(pair):
    line, events = pair
    account, first = kept(line, events), first_day(events)
    last = last_day(events) + timedelta(200)
    history = stage_history(account, first, last, CARD_STAGES)
    assert covers(history, first, last)
    for stage in history.stages:
        for day in (stage.since, stage.until):
            assert (day, delinquency(account, day, CARD_STAGES).bucket) == (
                day,
                stage.bucket,
            )


def covers(history, first, last):
    """Whether stages are from a day to another, neighbors different, none empty."""
    stages = history.stages
    ends = [first - DAY, *(stage.until for stage in stages)]
    return (
        [stage.since for stage in stages] == [end + DAY for end in ends[:-1]]
        and ends[-1] == last
        and all(one.since <= one.until for one in stages)
        and all(one.bucket != other.bucket for one, other in pairwise(stages))
    )


@given(cases())
def test_paying_all_that_is_overdue_gives_no_days_past_due(case):
    account, on = account_of(case), case.until
    owed, late = account.position(on), delinquency(account, on, M_STAGES)
    # What falls due on the day itself may take the money first, by the allocation.
    if not late.days_past_due or owed.due.total:
        event("nothing is late, or more is due")
        return
    assert late.past_due == owed.overdue.total
    try:
        paid = account.record(Payment(id="all", on=on, amount=late.past_due))
    except LoanmathError:
        event("refused")
        return
    event("paid")
    now = delinquency(paid, on, M_STAGES)
    if not paid.position(on).overdue.total:
        assert (now.days_past_due, now.bucket.number) == (0, 0)
    else:
        # Money that an allocation sends to later installments clears nothing overdue.
        assert paid.position(on).in_advance.total < owed.in_advance.total


@given(
    st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.integers(0, 90),
    st.lists(st.tuples(st.integers(-20, 90), st.integers(0, 30)), max_size=4),
)
def test_days_past_due_count_the_days_one_by_one(due, days, spans):
    pauses = [
        Pause(due + first * DAY, due + (first + more) * DAY) for first, more in spans
    ]
    on = due + days * DAY
    by_hand = sum(
        1
        for day in days_between(due + DAY, on)
        if not any(one.since <= day <= one.until for one in pauses)
    )
    assert days_past_due(due, on, pauses=pauses) == by_hand


@given(cases(), st.data())
def test_a_history_with_pauses_agrees_with_the_day_itself(case, data):
    account = account_of(case)
    first, last = case.account.loan.disbursed, case.until
    span = st.integers(0, (last - first).days)
    pauses = [
        Pause(first + data.draw(span) * DAY, last + data.draw(st.integers(0, 5)) * DAY)
        if data.draw(st.booleans())
        else Pause(first + one * DAY, first + (one + 9) * DAY)
        for one in data.draw(st.lists(span, min_size=1, max_size=2))
    ]
    history = stage_history(account, first, last, AGES_FROM_30, pauses=pauses)
    assert covers(history, first, last)
    for day in days_between(first, last)[:: data.draw(st.integers(1, 7))]:
        seen = delinquency(account, day, AGES_FROM_30, pauses=pauses)
        assert history.bucket_on(day) == seen.bucket
