"""Credit lines against an oracle that keeps them by hand, and the laws of any ledger."""

from datetime import timedelta
from decimal import ROUND_DOWN, localcontext

import pytest
from attrs import evolve
from hypothesis import assume, event, given
from hypothesis import strategies as st

import lines
from line_terms import graces, major
from line_views import (
    entries_of,
    first_day,
    kept,
    last_day,
    notable_after,
    seen,
    stated,
    told,
    told_bills,
    units,
)
from lines import credit_lines, lines_with_events, some_event
from loanmath import LineAccount
from loanmath.billing.line_fold import advance
from loanmath.errors import EventError, LoanmathError
from loanmath.events import (
    BillDeferral,
    Conversion,
    Payment,
    Purchase,
    Refund,
    Reversal,
)
from loanmath.terms.lines import BearsFrom
from oracle.line import LineOracle, OracleRefusal

DAY = timedelta(1)
histories = lines_with_events()


def told_of_all(account, days):
    """Everything that an account says of days, and its bills."""
    return [seen(account, day) for day in days], stated(account, days[-1])


# --- the oracle ---------------------------------------------------------------------------


@given(histories)
def test_a_line_is_kept_as_by_hand(pair):
    line, events = pair
    account, days = kept(line, events), notable_after(line, events)
    by_hand = LineOracle(line, events, first_day(events)).states(days)
    for day, state in zip(days, by_hand, strict=True):
        assert seen(account, day) == told(line, state), day
    for bill in by_hand[-1].bills:
        event(f"a bill is {bill.outcome}")
    assert stated(account, days[-1]) == told_bills(by_hand[-1])


@given(histories, st.data())
def test_what_cannot_be_booked_is_refused(pair, data):
    line, events = pair
    account, day = kept(line, events), last_day(events)
    more = some_event(data.draw, line, events, day, "more")
    try:
        LineOracle(line, [*events, more], account.opened).account(day)
    except OracleRefusal:
        event(f"{type(more).__name__} is refused")
        with pytest.raises(LoanmathError):
            account.record(more)
    else:
        account.record(more)


# --- conservation -------------------------------------------------------------------------


def has_arrears(line):
    """Whether a minimum has what is missing of earlier ones in it."""
    rule = line.minimum
    return rule is None or {"arrears", "carried"} & {one.value for one in rule.in_full}


@given(histories)
def test_what_is_owed_is_the_sum_of_its_parts(pair):
    line, events = pair
    account = kept(line, events)
    is_converted = any(type(one) is Conversion for one in events)
    for day in notable_after(line, events):
        position = account.position(day)
        assert position.owed == sum(one.total for one in position.segments)
        assert position.owed == position.billed + position.unbilled
        assert not (position.owed and position.credit)
        assert 0 <= position.arrears <= position.minimum
        assert position.owed or not position.minimum
        if has_arrears(line) and not is_converted:
            assert position.minimum <= position.billed


@given(histories)
def test_no_bill_asks_for_more_than_it_is(pair):
    line, events = pair
    account = kept(line, events)
    for bill in account.statements(last_day(events) + 100 * DAY):
        assert 0 <= bill.minimum <= max(bill.closing, 0)


@given(histories)
def test_each_bill_goes_on_from_the_one_before(pair):
    line, events = pair
    account = kept(line, events)
    bills = account.statements(last_day(events) + 70 * DAY)
    opening = account.position(account.opened).owed * 0
    for bill in bills:
        assert bill.opening == opening
        assert bill.closing == bill.opening + sum(item.amount for item in bill.items)
        assert bill.cycle.start <= min([bill.cycle.start, *(i.on for i in bill.items)])
        opening = bill.closing
    assert [bill.cycle.end for bill in bills[:-1]] == [
        bill.cycle.start for bill in bills[1:]
    ]


@given(histories)
def test_what_is_owed_is_the_sum_of_postings(pair):
    line, events = pair
    account = kept(line, events)
    for day in notable_after(line, events):
        found = {}
        for posting in account.postings(until=day):
            key = posting.segment, posting.component
            found[key] = found.get(key, 0) + units(line, posting.amount)
        credit = -found.pop(("", "credit"), 0)
        said = seen(account, day)
        assert credit == said["credit"]
        assert {key: amount for key, amount in found.items() if amount} == said["owed"]


@given(histories)
def test_all_of_a_payment_pays_something_or_is_credit(pair):
    line, events = pair
    postings = kept(line, events).postings()
    has_plans = any(type(one) is Conversion for one in events)
    gone = {one.of for one in events if type(one) is Reversal}
    for one in events:
        # A refund of what was converted lowers its plan as well.
        if one.id in gone or not isinstance(one, Payment | Refund):
            continue
        if type(one) is Refund and has_plans:
            continue
        rule = type(one).__name__.lower()
        went = [p.amount for p in postings if p.event == one.id and p.rule == rule]
        assert -sum(went) == one.amount


@given(histories, st.data())
def test_a_conversion_keeps_the_debt(pair, data):
    line, events = pair
    # Of its own day, it would come before payments.
    account, day = kept(line, events), last_day(events) + DAY
    bought = [one.id for one in events if type(one) is Purchase]
    assume(bought)
    one = Conversion(
        id="converted",
        on=day,
        of=data.draw(st.sampled_from(bought)),
        count=data.draw(st.sampled_from([1, 3, 12])),
        fee="2%",
    )
    try:
        preview = account.preview(one)
    except EventError:
        assume(False)
    before, after = preview.before, preview.after
    assert after.installments > before.installments
    assert (
        after.owed + after.installments - after.credit
        == before.owed + before.installments - before.credit
    )


# --- the log ------------------------------------------------------------------------------


@given(histories, st.data())
def test_the_order_of_entry_and_duplicates_do_not_matter(pair, data):
    line, events = pair
    account, days = kept(line, events), notable_after(line, events)
    opened = LineAccount.open(line, first_day(events))
    shuffled = opened.record(*data.draw(st.permutations([*events, *events[:2]])))
    in_two = opened.record(*events[: len(events) // 2]).record(*events)
    for other in (shuffled, in_two):
        assert other == account
        assert told_of_all(other, days) == told_of_all(account, days)


@given(histories)
def test_looking_in_between_changes_nothing(pair):
    line, events = pair
    account, days = kept(line, events), notable_after(line, events)
    in_steps = LineAccount.open(line, first_day(events))
    for one in account.events:
        try:
            in_steps = in_steps.record(one)
        except EventError:
            # What a later reversal takes away cannot always stand before it.
            assume(False)
        told_of_all(in_steps, [one.on, one.on + 40 * DAY])
    assert told_of_all(in_steps, days) == told_of_all(account, days)


@given(histories, st.integers(0, 40), st.integers(0, 40))
def test_days_may_pass_one_by_one_or_all_at_once(pair, first, more):
    line, events = pair
    state = entries_of(kept(line, events), last_day(events))[-1].after
    day = last_day(events).toordinal()

    def later(state, until):
        for entry in advance(state, until):
            state = entry.after
        return state

    stopped = later(state, day + first)
    assert later(stopped, day + first + more) == later(state, day + first + more)


@given(histories, st.data())
def test_nothing_bought_or_paid_changes_no_cent(pair, data):
    line, events = pair
    account, days = kept(line, events), notable_after(line, events)
    on = data.draw(st.lists(st.sampled_from(days), min_size=1, max_size=4, unique=True))
    kind = data.draw(st.sampled_from([Payment, Purchase]))
    nothing = [kind(id=f"none {day}", on=day, amount=0) for day in on]
    assert told_of_all(account.record(*nothing), days) == told_of_all(account, days)


@given(histories, st.data())
def test_reversed_as_if_never_is_as_if_never(pair, data):
    line, events = pair
    account, days = kept(line, events), notable_after(line, events)
    on = data.draw(st.sampled_from(days))
    kind = data.draw(st.sampled_from([Payment, Purchase]))
    amount = data.draw(st.integers(0, 100_000))
    wrong = kind(id="wrong", on=on, amount=major(amount, line.digits))
    later = on + data.draw(st.sampled_from([0, 1, 40])) * DAY
    undone = Reversal(id="undone", on=later, of="wrong")
    found = account.record(undone, wrong)
    assert told_of_all(found, days) == told_of_all(account, days)


@given(histories, st.data())
def test_what_was_believed_then_is_what_was_recorded_then(pair, data):
    line, events = pair
    late = st.sampled_from([0, 0, 0, 1, 30, 90])
    events = [evolve(one, recorded=one.on + data.draw(late) * DAY) for one in events]
    account, days = kept(line, events), notable_after(line, events)
    then = data.draw(st.sampled_from(days))
    known = [one for one in events if one.recorded <= then]
    opened = LineAccount.open(line, account.opened)
    try:
        expected = opened.record(*known)
    except EventError:
        event("what was known could not be booked")
        with pytest.raises(EventError):
            account.as_known_on(then)
    else:
        found = account.as_known_on(then)
        assert found == expected
        assert told_of_all(found, days) == told_of_all(expected, days)


@given(histories)
def test_the_decimal_context_does_not_matter(pair):
    line, events = pair
    days = notable_after(line, events)[::3]

    def everything():
        account = kept(line, events)
        return told_of_all(account, days), account.postings(), str(account.events)

    expected = everything()
    with localcontext() as context:
        context.prec, context.rounding = 3, ROUND_DOWN
        assert everything() == expected


# --- closing ------------------------------------------------------------------------------


@given(histories)
def test_paying_the_payoff_leaves_nothing_but_installments(pair):
    line, events = pair
    account, day = kept(line, events), last_day(events) + DAY
    amount = account.payoff(day)
    assume(amount > 0)
    closed = account.record(Payment(id="last", on=day, amount=amount))
    found = closed.position(day)
    before = account.position(day)
    assert (found.owed, found.credit, found.payoff, found.accrued) == (0, 0, 0, 0)
    assert (found.minimum, found.days_past_due) == (0, 0)
    assert found.installments == before.installments
    if not found.installments:
        for later in (31, 70, 200):
            assert closed.position(day + later * DAY).owed == 0


# --- deferrals ----------------------------------------------------------------------------


@given(histories, st.data())
def test_a_deferral_alone_moves_no_cent(pair, data):
    line, events = pair
    account, day = kept(line, events), last_day(events)
    deferral = lines.deferral(data.draw, lines.Scene(line, events, day, "later"))
    try:
        deferred = account.record(deferral)
    except EventError:
        event("the deferral is refused")
        return
    before, after = account.position(day), deferred.position(day)
    assert evolve(after, next_due=before.next_due) == before
    # It is reversed as if it had never been.
    undone = deferred.record(Reversal(id="undo", on=day, of="later"))
    days = notable_after(line, events)
    assert told_of_all(undone, days) == told_of_all(account, days)


@st.composite
def deferred_bills(draw):
    """A line whose purchases wait, what was bought in a cycle, and a deferral of that."""
    line = draw(credit_lines())
    assume(line.interest is None or line.interest.bears_from is not BearsFrom.USE)
    on = draw(lines.first_days)
    amount = draw(st.integers(1, line.limit_units))
    bought = Purchase(id="u1", on=on, amount=major(amount, line.digits))
    bill, following = line.cycles(on, 2)
    assume(bill.end <= bill.due < following.due)
    until = draw(st.dates(bill.due + DAY, following.due))
    agreed = BillDeferral(id="d1", on=bill.end, until=until, interest_free=True)
    return line, bought, agreed


@given(deferred_bills())
def test_a_bill_that_is_deferred_free_of_interest_costs_nothing_by_then(case):
    line, bought, agreed = case
    paid = Payment(id="p1", on=agreed.until, amount=bought.amount)
    account = kept(line, [bought, agreed, paid])
    rules = [one.rule for one in account.postings(until=agreed.until + 90 * DAY)]
    assert rules == ["drawn", "payment"]


@given(deferred_bills(), st.booleans(), st.integers(0, 60))
def test_a_deferral_that_is_not_kept_is_late_from_its_own_day(case, free, days):
    line, bought, agreed = case
    account = kept(line, [bought, evolve(agreed, interest_free=free)])
    found = account.position(agreed.until + days * DAY)
    rule, (bill,) = line.interest, account.statements(agreed.on)
    # What a bill may be short of is not late, and nothing is where nothing is due.
    assume(bill.minimum and bill.closing > (0 if rule is None else rule.tolerance))
    _, grace = graces(line)
    assert found.days_past_due == (days if days > grace else 0)
