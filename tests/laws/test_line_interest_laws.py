"""Laws of what a credit line costs: the free period, and what is paid of its bills."""

from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, event, given
from hypothesis import strategies as st

from line_terms import credit_lines, line_interests, major, one_of_these
from line_views import entries_of, exact_interest, kept, units
from loanmath import LineAccount, MinimumPayment
from loanmath.events import CashAdvance, Payment, Purchase, Transfer

DAY = timedelta(1)
WAITS = ("posting", "statement", "after_due")
MONTHS = st.sampled_from([date(2024, 1, 31), date(2025, 4, 20), date(2026, 12, 1)])
LARGE, SMALL = 100_000, 10_000
"""Amounts of which a day's interest is never rounded to nothing, in minor units."""


def has_free_period(rule):
    return rule is None or rule.bears_from.value in WAITS


def day_in(draw, first, end):
    """A day from the first to the one before the end, these two as often as others."""
    last = (end - first).days - 1
    return first + draw(st.one_of(one_of_these(0, last), st.integers(0, last))) * DAY


def interest_of(account, until):
    """The interest that was charged, by day, in minor units: what a credit paid too."""
    found = [
        (entry.day, balance(entry.after) - balance(entry.before))
        for entry in entries_of(account, until)
        if entry.rule == "interest"
    ]
    return [(day, amount) for day, amount in found if amount]


def balance(state):
    return state.owed - state.credit


# --- the free period ----------------------------------------------------------------------


def uses(draw, line, cycle, names):
    """Uses of a line in a cycle, of any of its segments."""
    found = []
    for name in names:
        segment = draw(
            one_of_these("purchases", *(segment.name for segment in line.segments))
        )
        kind = {"purchases": Purchase, "transfers": Transfer, "cash": CashAdvance}
        day = day_in(draw, cycle.start, cycle.end)
        amount = major(draw(st.integers(0, 100_000)), line.digits)
        found.append(kind[segment](id=name, on=day, amount=amount, segment=segment))
    return found


@given(credit_lines(), st.data())
def test_a_line_whose_bills_are_paid_in_time_is_free(line, data):
    segments = [evolve(segment, limit=None) for segment in line.segments]
    line = evolve(line, over_limit="allowed", segments=segments)
    cycles = line.cycles(data.draw(MONTHS), 6)
    account = LineAccount.open(line, cycles[0].start)
    grace = timedelta(0 if line.interest is None else line.interest.grace_days)
    tolerance = 0 if line.interest is None else line.interest.tolerance
    for number, cycle in enumerate(cycles):
        names = [f"u{number}.{one}" for one in range(data.draw(st.integers(0, 2)))]
        if number < 3:
            account = account.record(*uses(data.draw, line, cycle, names))
        owed = account.statements(cycle.end)[-1].closing
        owed -= data.draw(st.sampled_from([0, tolerance]))
        if owed > 0:
            day = day_in(data.draw, cycle.end, cycle.due + grace + DAY)
            account = account.record(Payment(id=f"p{number}", on=day, amount=owed))
    rules = {"purchases": line.interest, "installments": line.interest}
    rules |= {segment.name: segment.interest for segment in line.segments}
    charged = [
        posting
        for posting in account.postings(until=cycles[-1].end)
        if posting.component == "interest" and posting.amount > 0
    ]
    event(f"uses cost interest: {bool(charged)}")
    assert not [one for one in charged if has_free_period(rules[one.segment])]


# --- one cycle and another ----------------------------------------------------------------


@st.composite
def two_cycles(draw, **terms):
    """A line with a free period, two of its cycles, and purchases in each."""
    line = draw(credit_lines())
    joins = line.statement_day_joins.value
    interest = draw(line_interests(line.digits, WAITS, joins))
    # A ceiling is on what was charged, and not on what bore.
    exact = {"bearing": ["principal"], "rounding": None, "overdue_cap": None}
    interest = evolve(interest, **exact | terms)
    line = evolve(
        line,
        over_limit="allowed",
        segments=(),
        interest=interest,
        minimum=line.minimum and evolve(line.minimum, grace_days=None),
        default_charge=None,
    )
    april, may = line.cycles(draw(MONTHS), 2)
    bought = [
        [
            Purchase(
                id=f"{name}{number}",
                on=day_in(draw, cycle.start, cycle.end),
                amount=major(draw(st.integers(1, 9)) * LARGE, line.digits),
            )
            for number in range(draw(st.integers(1, 3)))
        ]
        for name, cycle in (("april", april), ("may", may))
    ]
    return line, april, may, *bought


def opened(line, cycle, *events):
    return LineAccount.open(line, cycle.start).record(*events)


@given(two_cycles(), st.data())
def test_a_bill_that_is_paid_frees_nothing_of_the_next(drawn, data):
    line, april, may, of_april, of_may = drawn
    end = min(april.due + (line.interest.grace_days + 1) * DAY, may.end)
    day = day_in(data.draw, april.end, end)
    paid = Payment(id="paid", on=day, amount=sum(one.amount for one in of_april))
    both = opened(line, april, *of_april, paid, *of_may)
    alone = opened(line, may, *of_may)
    until = may.due + 120 * DAY
    event(f"may costs something: {bool(interest_of(alone, until))}")
    assert interest_of(both, until) == interest_of(alone, until)


KEPT = {"free_period": "kept", "regained_after": 1}


def paid_of(draw, line, april, may, bought):
    """Payments of a part of April's bill, made before May's."""
    left = sum(int(one.amount * 10**line.digits) for one in bought) // SMALL
    found = []
    for number in range(draw(st.integers(0, 3))):
        part = draw(st.integers(0, left - 1))
        left -= part
        day = day_in(draw, april.end, may.end)
        found.append(paid(line, f"p{number}", day, part * SMALL))
    return found


@given(two_cycles(**KEPT), st.data())
def test_each_bill_costs_what_it_costs_alone(drawn, data):
    line, april, may, of_april, of_may = drawn
    # An average is rounded: two of them are not that of the sum.
    assume(line.interest.balance.value != "average")
    paid = paid_of(data.draw, line, april, may, of_april)
    until = may.due + 120 * DAY
    both = opened(line, april, *of_april, *paid, *of_may)
    parts = opened(line, april, *of_april, *paid), opened(line, may, *of_may)
    found = exact_interest(both, until)
    assert found == sum((exact_interest(one, until) for one in parts), Fraction(0))


CAPPED = KEPT | {
    "bears_from": "after_due", "bears_on": "whole", "balance": "daily",
    "rounded": "period",
}  # fmt: skip


@given(two_cycles(**CAPPED), st.data())
def test_each_bill_has_a_ceiling_of_its_own(drawn, data):
    line, april, may, of_april, of_may = drawn
    share = data.draw(one_of_these("0%", "0.5%", "1/3%", "2%", "5%"))
    line = evolve(line, interest=evolve(line.interest, overdue_cap=share))
    paid = paid_of(data.draw, line, april, may, of_april)
    until = may.due + 200 * DAY
    both = opened(line, april, *of_april, *paid, *of_may)
    parts = opened(line, april, *of_april, *paid), opened(line, may, *of_may)
    costs = [sum(cost for _, cost in interest_of(one, until)) for one in parts]
    event(f"some of it was cut off: {both.position(until).cut_off > 0}")
    assert sum(cost for _, cost in interest_of(both, until)) == sum(costs)
    cut_off = sum(one.position(until).cut_off for one in parts)
    assert both.position(until).cut_off == cut_off
    billed = [opened(line, april, *of_april, *paid).statements(april.end)[-1].closing]
    billed.append(parts[1].statements(may.end)[-1].closing)
    for cost, bill in zip(costs, billed, strict=True):
        ceiling = line.interest.overdue_cap * Fraction(bill) * 10**line.digits
        assert cost <= max(ceiling, 0)


@given(two_cycles(**KEPT), st.data())
def test_an_unpaid_bill_costs_a_paid_one_nothing(drawn, data):
    line, april, may, of_april, of_may = drawn
    assume(line.interest.balance.value != "average")
    # Interest that a payment posts is paid by it first, and leaves principal of May.
    assume(line.interest.posted.value == "statement")
    paid = paid_of(data.draw, line, april, may, of_april)
    (june,) = line.cycles(may.end, 1)
    end = min(may.due + (line.interest.grace_days + 1) * DAY, june.end)
    day = day_in(data.draw, may.end, end)
    costs = []
    for events in ([*of_april, *paid, *of_may], [*of_april, *paid]):
        account = opened(line, april, *events)
        owed = account.statements(may.end)[-1].closing
        account = account.record(Payment(id="all", on=day, amount=owed))
        costs.append(exact_interest(account, may.due + 120 * DAY))
    assert costs[0] == costs[1]


# --- what more money does -----------------------------------------------------------------


@st.composite
def partly_paid(draw, bears_from=(*WAITS, "use")):
    """A line, and some cycles of large purchases and payments; principal is paid first."""
    line = draw(credit_lines())
    joins = line.statement_day_joins.value
    interest = draw(line_interests(line.digits, bears_from, joins))
    mode = draw(st.sampled_from(["half_up", "half_even", "up", "down"]))
    minimum = MinimumPayment("10%", in_full=draw(one_of_these((), ("interest",))))
    line = evolve(
        line,
        over_limit="allowed",
        segments=(),
        interest=evolve(
            interest,
            bearing=["principal"],
            rounding=mode,
            tolerance=major(draw(one_of_these(0, SMALL)), line.digits),
        ),
        default_charge=None,
        minimum=draw(one_of_these(None, minimum)),
        allocation=evolve(
            type(line.allocation)(), order=["principal", "penalty", "fee", "interest"]
        ),
    )
    cycles = line.cycles(draw(MONTHS), 3)
    events = []
    for number, cycle in enumerate(cycles):
        for one in range(draw(st.integers(0 if events else 1, 2))):
            day = day_in(draw, cycle.start, cycle.end)
            amount = draw(st.integers(1, 9)) * LARGE
            events.append(bought(line, f"u{number}.{one}", day, amount))
        for one in range(draw(st.integers(0, 2))):
            day = day_in(draw, cycle.end, cycle.due + 5 * DAY)
            events.append(
                paid(line, f"p{number}.{one}", day, some_part(draw, line, events))
            )
    return line, cycles, events


def bought(line, name, day, amount):
    return Purchase(id=name, on=day, amount=major(amount, line.digits))


def paid(line, name, day, amount):
    return Payment(id=name, on=day, amount=major(amount, line.digits))


def some_part(draw, line, events):
    """All that was bought, what is within a tolerance of it, or a part of it."""
    all_of_it = sum(units(line, one.amount) for one in events if type(one) is Purchase)
    return draw(
        one_of_these(all_of_it, all_of_it - SMALL, all_of_it // 2, LARGE, SMALL)
    )


def has_paid_interest(account, until):
    return any(
        posting.component == "interest" and posting.amount < 0
        for posting in account.postings(until=until)
    )


def pieces(account, until):
    """How many amounts of interest were rounded."""
    entries = [one for one in entries_of(account, until) if one.rule == "interest"]
    match account.line.interest.rounded.value:
        case "segment":
            return sum(len(row) for one in entries for row in one.stretches)
        case "period":
            return sum(len(one.stretches) for one in entries)
        case _:
            return len(entries)


@given(partly_paid(), st.data())
def test_who_pays_more_pays_no_more_interest(drawn, data):
    line, cycles, events = drawn
    day = day_in(data.draw, cycles[0].start, cycles[2].end)
    less, more = sorted(some_part(data.draw, line, events) for _ in "12")
    until = cycles[2].due + 100 * DAY
    first, second = (
        kept(line, [*events, paid(line, "more", day, amount)])
        for amount in (less, more)
    )
    # What is rounded is no part of what bears, nor of what principal is left.
    assume(not any(has_paid_interest(one, until) for one in (first, second)))
    event(
        f"more is less: {exact_interest(second, until) < exact_interest(first, until)}"
    )
    assert exact_interest(second, until) <= exact_interest(first, until)
    charged = [sum(u for _, u in interest_of(one, until)) for one in (first, second)]
    most = max(pieces(one, until) for one in (first, second))
    assert charged[1] <= charged[0] + most


@given(partly_paid(bears_from=("posting", "statement")), st.data())
def test_the_whole_bears_no_less_than_a_part(drawn, data):
    line, cycles, events = drawn
    assume(line.interest.balance.value in ("daily", "average"))
    until = cycles[2].due + 100 * DAY
    whole, part = (
        kept(evolve(line, interest=evolve(line.interest, bears_on=how)), events)
        for how in ("whole", data.draw(st.sampled_from(["unpaid_share", "unpaid"])))
    )
    assume(not any(has_paid_interest(one, until) for one in (whole, part)))
    event(f"less: {exact_interest(part, until) < exact_interest(whole, until)}")
    assert exact_interest(part, until) <= exact_interest(whole, until)
