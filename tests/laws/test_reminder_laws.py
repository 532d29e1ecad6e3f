"""Reminders against days counted one by one, and the laws of what being late costs."""

from collections import Counter
from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, event, given
from hypothesis import strategies as st

from accounts import cases
from line_views import first_day, last_day
from line_views import kept as kept_line
from lines import lines_with_events
from loanmath import CashAdvance, Payment, Purchase
from loanmath.account import Account, Arrear
from loanmath.calendars import NONE, WEEKENDS
from loanmath.errors import EventError, TermsError
from loanmath.reminders import (
    BrokenLimit,
    ContactAttempt,
    ContactKind,
    ContactWindow,
    DailyLimits,
    ReminderPolicy,
    ReminderStage,
    check_attempts,
    remind,
    to_icalendar,
)
from oracle.servicing import COMPONENTS

DAY = timedelta(1)
LATENESS = {
    "penalty interest",
    "contract interest on overdue principal",
    "compound interest on interest",
    "compound interest on penalty",
    "compound interest on compound",
    "late charge",
    "allowed by a ceiling",
}
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@st.composite
def policies(draw, calendars=(NONE, WEEKENDS)):
    offsets = draw(st.sets(st.integers(-12, 35), min_size=1, max_size=6))
    opens, closes = draw(
        st.tuples(clocks, clocks).filter(lambda pair: pair[0] < pair[1])
    )
    return ReminderPolicy(
        stages=[ReminderStage(offset, "stage", ["phone"]) for offset in offsets],
        window=ContactWindow(opens, closes),
        limits=DailyLimits(
            effective=draw(st.integers(1, 4)), attempts=draw(st.integers(1, 7))
        ),
        notices_through=draw(st.sampled_from([0, 0, -2, 3])),
        calendar=draw(st.sampled_from(calendars)),
    )


@st.composite
def kept_accounts(draw):
    """An account whose events could each be booked as they became known."""
    case = draw(cases())
    opened = case.account
    try:
        account = Account.open(
            opened.loan,
            arrears=[
                Arrear(due=one.due, **{part: getattr(one, part) for part in COMPONENTS})
                for one in opened.arrears
            ],
            credit=opened.credit,
        ).record(*case.events)
        for day in {event.recorded for event in account.events}:
            account.as_known_on(day)
    except (EventError, TermsError):
        assume(False)
    return account


def reminded(draw, account, policy):
    first = account.loan.disbursed
    since = first + draw(st.integers(-5, 120)) * DAY
    until = since + draw(st.integers(0, 70)) * DAY
    return remind(account, since, until, policy)


def on_a_day(account, policy, on):
    """What there is to remind of on a day, by the installments of that day's position."""
    known = account.as_known_on(on)
    counted = account.loan_on(account.loan.disbursed).servicing.days_past_due
    dues = {row.due for row in known.position(on + 400 * DAY).installments}
    for due in sorted(dues):
        offset = (on - due).days
        if offset not in {stage.offset for stage in policy.stages}:
            continue
        rows = [
            one for one in known.position(max(on, due)).installments if one.due == due
        ]
        owed = sum(row.owed.total for row in rows)
        late = offset > 0
        is_late = owed > counted.tolerance and offset > counted.grace_days
        if owed and (is_late or not late):
            yield due, offset, owed, tuple(row.number for row in rows)


# --- what is reminded of ------------------------------------------------------------------


@given(kept_accounts(), policies((NONE,)), st.data())
def test_reminders_are_those_of_the_days_one_by_one(account, policy, data):
    found = reminded(data.draw, account, policy)
    days = [found.since + n * DAY for n in range((found.until - found.since).days + 1)]
    by_hand = [
        (on, *told)
        for on in days
        if on >= account.loan.disbursed
        for told in on_a_day(account, policy, on)
    ]
    assert [
        (one.on, one.due, one.stage.offset, one.amount, one.installments)
        for one in found.rows
    ] == by_hand
    event(f"{min(len(by_hand), 3)} reminders or more")


@given(kept_accounts(), policies(), st.data())
def test_every_reminder_is_within_the_span_and_the_hours(account, policy, data):
    found = reminded(data.draw, account, policy)
    for one in found.rows:
        assert found.since <= one.on <= found.until
        assert policy.calendar.is_business_day(one.on)
        assert one.full >= one.amount > 0
        is_notice = one.stage.offset <= policy.notices_through
        assert (one.kind is ContactKind.SERVICE) is is_notice
        assert (one.on - one.due).days <= one.stage.offset if is_notice else True
        assert (one.on - one.due).days >= one.stage.offset if not is_notice else True
        for clock in (
            policy.window.opens,
            (
                datetime.combine(one.on, policy.window.closes) - timedelta(minutes=1)
            ).time(),
        ):
            attempt = ContactAttempt(datetime.combine(one.on, clock), effective=True)
            assert check_attempts([attempt], policy).is_clean
    days = Counter((one.on, one.due) for one in found.rows)
    assert all(times == 1 for times in days.values())


@given(kept_accounts(), policies(), st.data())
def test_collection_alone_is_paused(account, policy, data):
    found = reminded(data.draw, account, policy)
    first = found.since + data.draw(st.integers(0, 30)) * DAY
    last = first + data.draw(st.integers(0, 30)) * DAY
    paused = remind(account, found.since, found.until, policy, paused=[(first, last)])
    assert paused.rows == tuple(
        one
        for one in found.rows
        if one.kind is ContactKind.SERVICE or not first <= one.on <= last
    )


@given(kept_accounts(), policies((NONE,)), st.data())
def test_a_span_is_the_sum_of_its_parts(account, policy, data):
    found = reminded(data.draw, account, policy)
    cut = (
        found.since + data.draw(st.integers(0, (found.until - found.since).days)) * DAY
    )
    rows = remind(account, found.since, cut, policy).rows
    if cut < found.until:
        rows += remind(account, cut + DAY, found.until, policy).rows
    assert rows == found.rows


# --- what being late costs ----------------------------------------------------------------


@given(kept_accounts(), policies(), st.data())
def test_later_never_costs_less(account, policy, data):
    for one in reminded(data.draw, account, policy).rows:
        totals = [cost.total for cost in one.costs]
        assert all(earlier <= later for earlier, later in pairwise([0, *totals]))
        event(f"it costs something: {any(totals)}")


@given(kept_accounts(), policies((NONE,)), st.data())
def test_what_being_late_costs_is_what_is_posted(account, policy, data):
    found = reminded(data.draw, account, policy)
    for one in found.rows:
        known = account.as_known_on(one.on)
        bears = (
            known.loan_on(known.loan.disbursed).servicing.interest_on.value == "balance"
        )
        if bears or not one.costs:
            continue
        for cost in one.costs:
            posted = [
                posting.amount
                for posting in known.postings(one.due + DAY, cost.on)
                if posting.installment in one.installments and posting.rule in LATENESS
            ]
            assert sum(posted) == cost.total
            event(f"postings: {bool(posted)}")


# --- bills --------------------------------------------------------------------------------


@given(lines_with_events(), policies(), st.data())
def test_reminders_of_bills(pair, policy, data):
    line, events = pair
    account, first = kept_line(line, events), first_day(events)
    since = first + data.draw(st.integers(0, 90)) * DAY
    found = remind(account, since, since + 60 * DAY, policy)
    for one in found.rows:
        assert found.since <= one.on <= found.until
        assert one.full >= one.amount >= 0
        assert one.full > 0
        known = account.as_known_on(one.on).position(one.on)
        assert one.full <= known.owed
        if one.days_late:
            assert known.days_past_due
            assert one.amount == known.arrears
        totals = [cost.total for cost in one.costs]
        assert all(earlier <= later for earlier, later in pairwise([0, *totals]))
        event(f"{one.reason.value}, costs something: {any(totals)}")


@given(lines_with_events(), st.data())
def test_a_bill_that_is_paid_in_full_is_not_reminded_of(pair, data):
    line, events = pair
    account, first = kept_line(line, events), first_day(events)
    policy = ReminderPolicy(
        stages=[ReminderStage(n, "stage", ["phone"]) for n in (-9, -2, 0, 1, 5)],
        window=ContactWindow(time(8), time(22)),
        limits=DailyLimits(effective=3, attempts=6),
    )
    found = remind(account, first, last_day(events) + 60 * DAY, policy)
    notices = [
        one for one in found.rows if not one.days_late and one.on >= last_day(events)
    ]
    assume(notices)
    one = data.draw(st.sampled_from(notices))
    try:
        paid = account.record(Payment(id="more", on=one.on, amount=one.full))
    except EventError:
        # A deferral, or a conversion, of that day needs the bill as it was left.
        assume(False)
    rest = remind(paid, one.on, one.due + 30 * DAY, policy)
    # In a short month two bills may be due on one day, and then share a reminder.
    same = (one.due, one.statement)
    assert [other for other in rest.rows if (other.due, other.statement) == same] == []


@given(lines_with_events(), st.sampled_from([1, 4, 30]))
def test_what_a_late_bill_costs_is_what_is_owed_beyond_paying_in_time(pair, days):
    # Where nothing is given up or turned into installments, a charge is a debt.
    line, events = pair
    events = [one for one in events if type(one) in {Purchase, CashAdvance}]
    assume(events)
    try:
        account = kept_line(line, events)
    except EventError:
        assume(False)
    policy = ReminderPolicy(
        stages=[ReminderStage(0, "stage", ["phone"])],
        window=ContactWindow(time(8), time(22)),
        limits=DailyLimits(effective=3, attempts=6),
        late_days=[days],
    )
    last = last_day(events)
    found = remind(account, last, last + 45 * DAY, policy)
    assume(found.rows)
    one = found.rows[0]
    on, timely, paid = one.due + days * DAY, account, 0
    for n in range(days + 1):
        day = one.due + n * DAY
        for bill in remind(timely, day, day, policy).rows:
            timely = timely.record(Payment(id=f"paid {day}", on=day, amount=bill.full))
            paid += bill.full
    owed = [
        position.owed + position.accrued - position.credit
        for position in (account.position(on), timely.position(on))
    ]
    cost = one.costs[0]
    exact = owed[0] - owed[1] - paid
    # A payment may itself cost something, which nobody saves by being late.
    assert cost.total == exact or (
        exact < cost.charged.penalty and not cost.charged.interest
    )
    event(f"it costs something: {cost.total > 0}")


@given(lines_with_events(), policies((NONE,)))
def test_a_payment_of_nothing_changes_no_cost(pair, policy):
    line, events = pair
    account, last = kept_line(line, events), last_day(events)
    found = remind(account, last + DAY, last + 45 * DAY, policy)
    assume(found.rows)
    # Known at once, and after every bill of these days: what follows is booked again.
    none = Payment(id="none", on=last + 200 * DAY, recorded=last, amount=0)
    again = remind(account.record(none), last + DAY, last + 45 * DAY, policy)
    assert again.rows == found.rows


# --- attempts -----------------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 2, 16), datetime(2026, 2, 18, 23, 59))
attempts = st.lists(
    st.builds(ContactAttempt, moments, effective=st.booleans(), agreed=st.booleans()),
    max_size=30,
    unique_by=lambda one: one.at,
)


@given(attempts, policies())
def test_attempts_are_counted_as_by_hand(made, policy):
    report = check_attempts(made, policy)
    by_hand = []
    for one in sorted(made, key=lambda one: one.at):
        before = [
            other
            for other in made
            if other.at.date() == one.at.date() and other.at <= one.at
        ]
        reached = [other for other in before if other.effective]
        if (
            not one.agreed
            and not policy.window.opens <= one.at.time() < policy.window.closes
        ):
            by_hand.append((one, BrokenLimit.HOURS))
        if len(before) > policy.limits.attempts:
            by_hand.append((one, BrokenLimit.ATTEMPTS))
        if one.effective and len(reached) > policy.limits.effective:
            by_hand.append((one, BrokenLimit.EFFECTIVE))
    assert [(breach.attempt, breach.broken) for breach in report.breaches] == by_hand


# --- the calendar file --------------------------------------------------------------------


@given(kept_accounts(), policies(), st.data())
def test_the_same_input_is_the_same_bytes(account, policy, data):
    found = reminded(data.draw, account, policy)
    again = remind(account, found.since, found.until, policy)
    terms = {
        "name": "A-1",
        "stamped": datetime(2026, 1, 1),
        "lang": data.draw(st.sampled_from(["en", "zh"])),
    }
    text = to_icalendar(found, **terms)
    assert text.encode() == to_icalendar(again, **terms).encode()
    assert text.count("BEGIN:VEVENT") == len(found.rows)
    uids = [line for line in text.split("\r\n") if line.startswith("UID:")]
    assert len(set(uids)) == len(found.rows)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
