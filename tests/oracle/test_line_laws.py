"""What holds for the oracle of a line, whatever happens on it; and what is drawn for it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from line_terms import credit_lines, graces, major, one_of_these
from lines import lines_with_events
from loanmath import CreditLine, LineInterest, bill_interest
from loanmath.events import Payment, Purchase, Reversal
from loanmath.terms.lines import (
    BalanceMethod,
    BearsFrom,
    BearsOn,
    FreePeriod,
    InterestPosted,
)
from oracle.line import LineOracle, OracleRefusal

DAY = timedelta(1)


@given(lines_with_events())
def test_what_is_owed_is_never_below_nothing(pair):
    line, events = pair
    state = LineOracle(line, events).on(events[-1].on + 40 * DAY)
    assert min(state.owed.values()) >= 0
    assert state.credit >= 0
    assert not (state.credit and state.total)
    assert all(0 <= bill.minimum <= max(bill.balance, 0) for bill in state.bills)
    # Days of grace count as none, and all count once they are over.
    _, grace = graces(line)
    late = max(((state.day - due).days for due, _ in state.dues), default=0)
    assert state.days_past_due == (late if late > grace else 0)


@given(lines_with_events())
def test_the_payoff_closes_the_line(pair):
    line, events = pair
    day = events[-1].on + DAY
    state = LineOracle(line, events).on(day)
    assume(not any(state.plans.values()))
    closing = Payment(id="close", on=day, amount=major(state.payoff, line.digits))
    closed = LineOracle(line, [*events, closing])
    assert closed.on(day).payoff == 0
    for days in (0, 31, 70, 200):
        assert closed.on(day + days * DAY).total == 0


@given(lines_with_events(), st.data())
def test_what_is_reversed_is_as_if_it_had_not_been(pair, data):
    line, events = pair
    assume(not any(type(event) is Reversal for event in events))
    paid = [event for event in events if type(event) is Payment]
    assume(paid)
    gone = data.draw(st.sampled_from(paid))
    day = events[-1].on
    undo = Reversal(id="undo", on=day, of=gone.id)
    without = LineOracle(line, [event for event in events if event is not gone])
    try:
        expected = without.on(day)
    except OracleRefusal:
        with pytest.raises(OracleRefusal):
            LineOracle(line, [*events, undo]).on(day)
    else:
        assert LineOracle(line, [*events, undo]).on(day) == expected


@st.composite
def single_bills(draw: st.DrawFn) -> tuple[CreditLine, list[Any], list[Any]]:
    """A line, purchases of one cycle, and payments on them up to the next statement."""
    bears_from = draw(one_of_these("posting", "after_due"))
    how = ("whole", "unpaid_share", "unpaid") if bears_from == "posting" else ("whole",)
    line = CreditLine(
        currency="CNY",
        limit="100000",
        statement_day=5,
        due_day=25,
        interest=LineInterest(
            rate=draw(one_of_these("0.05%/day", "0.5%/day", "1/3%/day")),
            bears_from=bears_from,
            bears_on=draw(one_of_these(*how)),
            repayment_day=draw(one_of_these("old", "reduced")),
            last_day=draw(one_of_these("included", "excluded")),
            grace_days=draw(one_of_these(0, 3)),
            rounded=draw(one_of_these("segment", "statement")),
        ),
    )
    amounts = st.integers(1, 100_000)
    posted = st.dates(date(2026, 8, 5), date(2026, 9, 4))
    bought = draw(st.lists(st.tuples(posted, amounts), min_size=1, max_size=4))
    first = min(day for day, _ in bought)
    paid, left = [], 0
    days = st.dates(first, date(2026, 10, 4))
    for day in sorted(draw(st.lists(days, max_size=4))):
        by_then = sum(units for on, units in bought if on <= day)
        left = by_then - sum(units for _, units in paid)
        part = draw(one_of_these(left, left // 2, left // 3, 1))
        if 0 < part <= left:
            paid.append((day, part))
    return line, bought, paid


@given(single_bills())
def test_one_bill_costs_what_it_costs_alone(case):
    line, bought, paid = case

    def in_yuan(flows):
        return [(day, major(units, 2)) for day, units in flows]

    events = [
        Purchase(id=f"u{number}", on=day, amount=amount)
        for number, (day, amount) in enumerate(in_yuan(bought))
    ] + [
        Payment(id=f"p{number}", on=day, amount=amount)
        for number, (day, amount) in enumerate(in_yuan(paid))
    ]
    alone = bill_interest(line, in_yuan(bought), in_yuan(paid))
    state = LineOracle(line, events).on(date(2026, 10, 5))
    assert state.owed["purchases", "interest"] == alone.total * 100


DRAWN = settings(
    max_examples=400, phases=(Phase.generate,), database=None, derandomize=True
)


def test_every_event_and_outcome_is_drawn():
    seen = set()

    @DRAWN
    @given(lines_with_events())
    def look(pair):
        line, events = pair
        state = LineOracle(line, events).on(events[-1].on + 40 * DAY)
        seen.update(type(event).__name__ for event in events)
        seen.update(str(bill.outcome) for bill in state.bills)
        seen.update({"missed"} if any(bill.missed for bill in state.bills) else ())
        seen.add("free" if state.free else "not free")

    look()
    assert seen == {
        "Purchase", "CashAdvance", "Transfer", "Payment", "Refund", "Charge", "Waiver",
        "Conversion", "PlanSettlement", "BillDeferral", "LimitChange", "CycleChange", "Payout", "Reversal",
        "None", "paid", "unpaid", "missed", "free", "not free",
    }  # fmt: skip


def test_every_kind_of_terms_is_drawn():
    seen = set()

    @DRAWN
    @given(credit_lines())
    def look(line):
        rules = [line.interest, *(segment.interest for segment in line.segments)]
        for rule in rules:
            if rule is not None:
                seen.add(("balance", rule.balance.value))
                seen.add(("posted", rule.posted.value))
                seen.add(("from", rule.bears_from.value))
                seen.add(("on", rule.bears_on.value))
                seen.add(("free", rule.free_period.value))
        for segment in line.segments:
            if segment.promotion is not None:
                seen.add(("deferred", segment.promotion.deferred))

    look()
    assert seen == {
        *(("balance", one.value) for one in BalanceMethod),
        *(("posted", one.value) for one in InterestPosted),
        *(("from", one.value) for one in BearsFrom),
        *(("on", one.value) for one in BearsOn),
        *(("free", one.value) for one in FreePeriod),
        ("deferred", True),
        ("deferred", False),
    }
