"""Buckets, stages and records of delinquency: what holds for every account."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st

from accounts import Case, cases
from kept_accounts import opened, recorded
from line_views import first_day, kept, last_day, notable_after
from lines import lines_with_events
from loanmath import FlatFee, InstallmentLoan
from loanmath.account import Account
from loanmath.analysis.delinquency import (
    AGES_FROM_30,
    CARD_STAGES,
    M_STAGES,
    BucketScheme,
    CreditRecord,
    DayClassRule,
    DefaultRule,
    LoanFacts,
    Materiality,
    MonthStatus,
    Pause,
    class_on,
    credit_record,
    days_past_due,
    default_on,
    delinquency,
    exposures_of,
    loan_class,
    stage_history,
)
from loanmath.errors import LoanmathError
from loanmath.events import Payment
from loanmath.presets.cn.classes import CREDIT_REPORT, FIVE_CLASSES
from loanmath.recurrence import add_months

DAY = timedelta(1)


@st.composite
def schemes(draw):
    edge = draw(st.sampled_from(["above", "from"]))
    least = 0 if edge == "above" else 1
    edges = draw(st.sets(st.integers(least, 60), min_size=1, max_size=6))
    return BucketScheme("drawn", sorted(edges), edge=edge)


def account_of(case: Case) -> Account:
    """The account of a case, without the events that it refuses."""
    return recorded(opened(case.account), case.events)


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
    # What falls due on the day itself may take the money first, by the allocation; what
    # happens on the day may come after the payment, by the order of events.
    same_day = any(one.on == on for one in case.events)
    if not late.days_past_due or owed.due.total or same_day:
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


# --- default ------------------------------------------------------------------------


@st.composite
def exposures(draw):
    """What is overdue and owed, in steps of some days, around the thresholds."""
    day, steps = date(2026, 1, 1), []
    for _ in range(draw(st.integers(0, 6))):
        day += timedelta(draw(st.integers(1, 9)))
        late = draw(st.sampled_from([0, 10, 11, 50, 51]))
        steps.append((day, late, draw(st.sampled_from([100, 1000, 5000]))))
    return steps


@given(
    exposures(),
    st.integers(0, 9),
    st.sampled_from(["above", "from"]),
    st.integers(0, 70),
    st.one_of(st.none(), st.integers(0, 50)),
)
def test_default_is_as_counted_day_by_day(steps, days, edge, until, restructured):
    rule = DefaultRule(
        "drawn",
        Materiality(10, "1%"),
        days=days,
        edge=edge,
        probation_months=1,
        restructured_months=2,
    )
    first = date(2026, 1, 1)
    on = first + timedelta(until)
    day_of = None if restructured is None else first + timedelta(restructured)
    found = default_on(steps, on, rule, restructured=day_of)
    # Day by day: how many were material in a row, and when the last default ends.
    count, returns, months = 0, None, 0
    for day in days_between(first, on):
        holding = [step for step in steps if step[0] <= day][-1:]
        material = any(late > 10 and late * 100 > owed for _, late, owed in holding)
        count = count + 1 if material else 0
        if day == day_of:
            ongoing = returns is not None and day < returns
            until_then = add_months(day, 2)
            returns = max(returns, until_then) if ongoing else until_then
            months = 2
        reached = count > days if edge == "above" else count >= max(days, 1)
        if returns is not None and day >= returns and not reached:
            returns = None
        if reached or (material and returns is not None and day < returns):
            months = months if returns is not None and day < returns else 1
            prolonged = add_months(day + DAY, months)
            returns = prolonged if returns is None else max(returns, prolonged)
    event(f"in default: {returns is not None and on < returns}")
    assert found.days == count
    assert found.in_default == (returns is not None and on < returns)
    assert (found.verdict == "in default") == (found.in_default and count > 0)


@given(cases())
def test_exposures_are_those_of_the_positions(case):
    account = account_of(case)
    found = exposures_of(account, case.until)
    assert found[0].since == case.account.loan.disbursed
    days = {one.since for one in found}
    for one in found:
        position = account.position(one.since)
        assert one.past_due == position.overdue.total
        assert one.owed == position.outstanding
    for day in days_between(case.account.loan.disbursed, case.until):
        late = account.position(day).days_past_due
        assert not late or day in days


# --- classes and records ------------------------------------------------------------


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.sampled_from(["", "substandard", "loss"]),
    st.booleans(),
)
def test_more_days_never_make_a_class_better(days, more, before, technical):
    numbers = []
    for late in (days, days + more):
        facts = LoanFacts(
            on=date(2026, 6, 30),
            days_past_due=late,
            before=before,
            is_technical=technical,
        )
        verdict = loan_class(facts, FIVE_CLASSES.value).verdict
        numbers.append(FIVE_CLASSES.value.scheme.named(verdict).number)
        # Days are floors: what is judged worse is worse, never better.
        judged = loan_class(
            LoanFacts(on=facts.on, days_past_due=late, before=before, judged="loss"),
            FIVE_CLASSES.value,
        )
        assert judged.verdict == "loss"
    assert numbers[0] <= numbers[1]


HELD = DayClassRule(
    BucketScheme("held", [0, 5, 20], edge="above", names=["a", "b", "c", "d"]),
    held="c",
)


@st.composite
def paid_by_halves(draw):
    """A loan of six weekly rows of 100, and payments of halves of them."""
    loan = InstallmentLoan(
        currency="CNY",
        principal="600",
        disbursed=date(2026, 1, 1),
        every="weekly",
        repayment=FlatFee(6, "0%"),
    )
    payments = st.tuples(st.integers(5, 60), st.integers(1, 4))
    return Account.open(loan).record(
        *(
            Payment(id=f"p{number}", on=loan.disbursed + days * DAY, amount=50 * halves)
            for number, (days, halves) in enumerate(
                draw(st.lists(payments, max_size=9))
            )
        )
    )


@given(paid_by_halves())
def test_a_class_that_is_held_is_left_only_once_nothing_is_late(account):
    worst = 0
    for day in days_between(date(2026, 1, 1), date(2026, 3, 5)):
        late = account.position(day).days_past_due
        worst = max(worst, late) if late else 0
        verdict = HELD.scheme.bucket_of(late).name
        if worst > 5 and 0 < late <= 5:
            event("held")
            verdict = "c"
        assert class_on(account, day, HELD).verdict == verdict, day


@given(paid_by_halves(), st.integers(0, 60))
def test_cures_are_the_days_on_which_the_count_falls_to_none(account, later):
    first, last = date(2026, 1, 1), date(2026, 3, 5)
    by_hand, since, most = [], first, 0
    for day in days_between(first, last):
        late = account.position(day).days_past_due
        if late and not most:
            since = day
        if not late and most:
            by_hand.append((since, day, most))
            most = 0
        most = max(most, late) if late else 0
    event(f"{len(by_hand)} cures")
    history = stage_history(account, first, last, M_STAGES)
    assert list(history.cures) == by_hand
    since = first + later * DAY
    part = stage_history(account, since, last, M_STAGES)
    assert list(part.cures) == [cure for cure in by_hand if cure[1] >= since]
    assert covers(part, since, last)


@given(st.lists(st.integers(0, 200), max_size=40), st.integers(1, 100))
def test_a_longer_look_back_is_never_better(days, least):
    months = tuple(MonthStatus(2000 + n, 1, "N", late) for n, late in enumerate(days))
    record = CreditRecord(CREDIT_REPORT.value, months)
    assert record.worst_days(24) >= record.worst_days(12)
    for count in (12, 24):
        late, times = record.months_late(least, count), record.times_late(least, count)
        assert times <= late <= 2 * count
        assert (times == 0) == (late == 0) == (record.worst_days(count) < least)
        assert late == sum(1 for one in days[-count:] if one >= least)


@given(cases())
def test_a_record_agrees_with_the_position_of_each_month_end(case):
    account = account_of(case)
    record = credit_record(account, case.until, CREDIT_REPORT.value, months=24)
    for month in record.months:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        end = following - DAY
        if end < case.account.loan.disbursed:
            assert month.code == "/"
            continue
        position = account.position(end)
        if month.code in {"C", "G"}:
            assert month is record.months[-1]
            assert position.status.value in {"closed", "written_off"}
            continue
        assert month.days_past_due == position.days_past_due
        bucket = M_STAGES.bucket_of(position.days_past_due)
        assert month.code in ({"N", "*"} if not bucket.number else {str(bucket.number)})
