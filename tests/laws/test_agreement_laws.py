"""
Laws of plans with any terms, and equality with the independent walk of the oracle.

Agreements come from `agreements`, one family for every method and every term.
"""

import decimal
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from agreement_methods import METHODS, day_in, plain
from agreements import FAMILIES, agreements, loan_of
from loanmath.errors import (
    DateRangeError,
    DayCountError,
    LimitError,
    ScheduleError,
    TermsError,
)
from loanmath.schedule import Schedule
from oracle.agreement import Agreement, Holiday, owed_at_start
from oracle.charges import cash_flows, withheld
from oracle.planner import RefusedError
from oracle.walk import Line
from oracle.walker import plan

MONEY = (
    "opening", "payment", "principal", "interest", "fee", "closing", "tax", "drawn",
    "capitalized",
)  # fmt: skip
SUMMED = ("payment", "principal", "interest", "fee", "tax", "capitalized")
REFUSALS = (ScheduleError, TermsError, DayCountError, DateRangeError, LimitError)
EVERY_FAMILY = (*METHODS, *FAMILIES)


def planned(terms: Agreement) -> Schedule:
    """The library's schedule; a refused agreement is not an example of a law."""
    try:
        return loan_of(terms).schedule()
    except REFUSALS:
        event("refused")
        assume(False)
        raise


def lines_of(schedule: Schedule) -> list[Line]:
    return [
        Line(
            number=row.number,
            start=row.start,
            end=row.end,
            due=row.due,
            **{name: Fraction(getattr(row, name)) for name in MONEY},
        )
        for row in schedule
    ]


def outcome(terms: Agreement) -> list[Line] | None:
    """The library's rows, or nothing where it refuses."""
    try:
        return lines_of(loan_of(terms).schedule())
    except REFUSALS:
        return None


# --- equality with the oracle -----------------------------------------------------------


@pytest.mark.parametrize("family", EVERY_FAMILY)
@given(data=st.data())
def test_every_row_equals_the_oracle(family, data):
    """Every cell equal, or both sides refuse."""
    terms = data.draw(agreements(family))
    try:
        expected = plan(terms)
    except RefusedError as refusal:
        event(f"refused: {refusal}")
        assert outcome(terms) is None
        return
    assert lines_of(loan_of(terms).schedule()) == expected


@pytest.mark.parametrize("family", EVERY_FAMILY)
@given(data=st.data())
def test_cash_flows_equal_the_oracle(family, data):
    terms = data.draw(agreements(family))
    schedule = planned(terms)
    flows = [(flow.on, Fraction(flow.amount)) for flow in schedule.cash_flows()]
    assert flows == cash_flows(terms, lines_of(schedule))


# --- identities -------------------------------------------------------------------------


@given(terms=agreements())
def test_the_cells_of_a_row_add_up(terms):
    for line in lines_of(planned(terms)):
        parts = line.principal + line.interest + line.fee + line.tax
        assert line.payment == parts
        grown = line.opening + line.drawn + line.capitalized
        assert line.closing == grown - line.principal


@given(terms=agreements())
def test_a_row_opens_with_what_the_one_before_left(terms):
    lines = lines_of(planned(terms))
    assert lines[0].opening == owed_at_start(terms)
    assert all(later.opening == line.closing for line, later in pairwise(lines))
    assert lines[-1].closing == 0
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@given(terms=agreements())
def test_all_that_is_owed_is_repaid(terms):
    lines = lines_of(planned(terms))
    drawn = sum(amount for _, amount in terms.drawdowns)
    capitalized = sum(line.capitalized for line in lines)
    repaid = sum(line.principal for line in lines)
    assert repaid == owed_at_start(terms) + drawn + capitalized
    assert sum(line.drawn for line in lines) == drawn


@given(terms=agreements())
def test_periods_join_and_rows_are_in_order(terms):
    """Every period starts where the last one of any length ended; fees have none."""
    schedule = planned(terms)
    end, last = terms.disbursed, terms.disbursed
    for row in schedule:
        assert row.start <= row.end
        assert row.due >= last or terms.business_rule
        last = row.due
        if row.start != row.end:
            assert row.start == end
            end = row.end
    assert end == schedule[-1].end


@given(terms=agreements())
def test_every_amount_is_a_multiple_of_the_smallest_one(terms):
    for row in planned(terms):
        for name in MONEY:
            assert getattr(row, name).as_tuple().exponent == -terms.digits


@given(terms=agreements())
def test_totals_are_the_sums_of_the_rows(terms):
    schedule = planned(terms)
    with decimal.localcontext(prec=80):
        for name in SUMMED:
            total = sum((getattr(row, name) for row in schedule), Decimal(0))
            assert getattr(schedule.totals, name) == total


@given(terms=agreements())
def test_flows_sum_to_what_the_loan_costs(terms):
    """Interest, fees, taxes and the discount are all that the borrower is out of."""
    schedule = planned(terms)
    flows = sum(Fraction(flow.amount) for flow in schedule.cash_flows())
    lines = lines_of(schedule)
    cost = sum(line.interest + line.fee + line.tax for line in lines)
    joined = sum(line.capitalized for line in lines)
    financed = owed_at_start(terms) - terms.principal
    assert flows == cost + joined + financed + terms.discount
    first = schedule.cash_flows()[0]
    received = terms.principal - terms.discount - withheld(terms)
    assert (first.on, Fraction(first.amount)) == (terms.disbursed, -received)


@given(terms=agreements("holidays"))
def test_nothing_is_due_on_a_holiday_of_payments(terms):
    lines = lines_of(planned(terms))
    for holiday in terms.holidays:
        for line in lines[holiday.first - 1 : holiday.first - 1 + holiday.count]:
            if holiday.of == "payment":
                assert line.payment == 0
            if holiday.of == "principal":
                assert line.principal == 0


# --- a new term that changes nothing ----------------------------------------------------


@st.composite
def plain_agreements(draw: st.DrawFn, *methods: str) -> Agreement:
    method = draw(st.sampled_from(methods or ("level", "equal", "interest_only")))
    return plain(draw, method, draw(st.integers(1, 20)))


def same(one: Agreement, other: Agreement) -> None:
    """Two agreements with the same rows, or both refused."""
    assert outcome(one) == outcome(other)


NO_CHANGE: dict[str, dict[str, Any]] = {
    "no changes of the rate": {"changes": ()},
    "foreseen": {"on_rate_change": "foreseen"},
    "term": {"changes": (), "on_rate_change": "term"},
    "balance": {"changes": (), "on_rate_change": "balance"},
    "no discount": {"discount": Fraction(0)},
}


@pytest.mark.parametrize("change", NO_CHANGE)
@given(terms=plain_agreements())
def test_a_term_that_changes_nothing(change, terms):
    same(terms, terms.but(**NO_CHANGE[change]))


@given(terms=plain_agreements("level"))
def test_a_fixed_payment_of_the_level_is_level(terms):
    lines = outcome(terms)
    assume(lines is not None and terms.count > 1)
    level = lines[0].payment
    assume(level > 0 and all(line.payment == level for line in lines[:-1]))
    same(terms, terms.but(method="fixed", amount=level))


@given(terms=plain_agreements("level"))
def test_no_growth_is_level(terms):
    same(terms, terms.but(method="graduated"))


@given(terms=plain_agreements("level"))
def test_one_stage_to_be_solved_is_level(terms):
    same(terms, terms.but(method="stepped", stages=((terms.count, None),)))


@given(terms=plain_agreements("equal"), cents=st.integers(1, 10**6))
def test_a_fixed_principal_of_the_share_is_equal_principal(terms, cents):
    lines = outcome(terms)
    assume(lines is not None)
    share = lines[0].principal
    assume(share > 0)
    same(terms, terms.but(method="fixed_principal", amount=share))


@given(terms=plain_agreements("equal"))
def test_stated_shares_are_equal_principal(terms):
    lines = outcome(terms)
    assume(lines is not None)
    amounts = tuple(line.principal for line in lines)
    same(terms, terms.but(method="amounts", amounts=amounts))


@given(terms=plain_agreements("equal"))
def test_a_balloon_of_everything_is_interest_only(terms):
    balloon = terms.but(balloon=terms.principal)
    same(terms.but(method="interest_only"), balloon)


@given(terms=plain_agreements("level", "equal"), data=st.data())
def test_principal_that_is_never_due_is_interest_only(terms, data):
    """A holiday of principal on all installments but the last."""
    assume(terms.count > 1 and terms.rate >= 0)
    holiday = Holiday(1, terms.count - 1, "principal")
    same(
        terms.but(method="interest_only"),
        terms.but(holidays=(holiday,)),
    )


# --- rates: where a period is cut -------------------------------------------------------

ADDITIVE = st.sampled_from(("ACT/360", "ACT/365F", "ACT/ACT ISDA", "30E/360"))


@given(terms=agreements("changing rates"), data=st.data())
def test_a_change_to_the_same_rate_changes_no_cent(terms, data):
    """Where days add up, a period may be cut anywhere."""
    assume(terms.changes is not None and not terms.open_ended)
    assume(terms.on_rate_change != "term")
    terms = terms.but(day_count=data.draw(ADDITIVE))
    day = data.draw(st.composite(day_in)(terms))
    changes = dict(terms.changes)
    assume(day not in changes)
    before = [on for on in changes if on < day]
    rate = changes[max(before)] if before else terms.rate
    same(terms, terms.but(changes=(*terms.changes, (day, rate))))


@given(terms=plain_agreements("equal", "interest_only"), data=st.data())
def test_a_rate_that_is_stepped_later_is_the_same_until_then(terms, data):
    terms = terms.but(day_count=data.draw(ADDITIVE), head_tail="head")
    day = data.draw(st.composite(day_in)(terms))
    plain_lines = planned_lines(terms)
    stepped = planned_lines(terms.but(changes=((day, terms.rate * 2),)))
    for one, other in zip(plain_lines, stepped, strict=True):
        if one.end <= day:
            assert one == other


def planned_lines(terms: Agreement) -> list[Line]:
    return lines_of(planned(terms))


# --- order of entry ---------------------------------------------------------------------


def shuffled(data: st.DataObject, items: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(data.draw(st.permutations(items)))


@given(terms=agreements("drawdowns"), data=st.data())
def test_the_order_of_drawdowns_does_not_matter(terms, data):
    other = terms.but(drawdowns=shuffled(data, terms.drawdowns))
    same(terms, other)
    assert loan_of(terms) == loan_of(other)


@given(terms=agreements("charges"), data=st.data())
def test_the_order_of_fees_does_not_matter(terms, data):
    same(terms, terms.but(charges=shuffled(data, terms.charges)))


@given(terms=agreements("holidays"), data=st.data())
def test_the_order_of_holidays_does_not_matter(terms, data):
    same(terms, terms.but(holidays=shuffled(data, terms.holidays)))


@given(terms=agreements("changing rates"), data=st.data())
def test_the_order_of_rate_changes_does_not_matter(terms, data):
    assume(terms.changes)
    same(terms, terms.but(changes=shuffled(data, terms.changes)))


@given(terms=agreements("drawdowns"), data=st.data())
def test_two_drawdowns_of_a_day_are_one(terms, data):
    """Cutting a drawdown in two on its day changes nothing."""
    at = data.draw(st.integers(0, len(terms.drawdowns) - 1))
    day, amount = terms.drawdowns[at]
    assume(amount > terms.cent)
    rest = [*terms.drawdowns[:at], *terms.drawdowns[at + 1 :]]
    halves = ((day, terms.cent), (day, amount - terms.cent))
    same(terms, terms.but(drawdowns=(*rest, *halves)))


# --- fees and discounts change nothing of the loan itself -------------------------------


@given(terms=agreements("charges"))
def test_fees_paid_apart_leave_principal_and_interest_alone(terms):
    apart = tuple(
        replace(charge, paid="separately") if charge.paid == "financed" else charge
        for charge in terms.charges
    )
    with_fees = planned_lines(terms.but(charges=apart))
    kept = [line for line in with_fees if line.start != line.end or line.principal]
    bare = planned_lines(terms.but(charges=()))
    bare = [line for line in bare if line.start != line.end or line.principal]
    names = ("start", "end", "due", "opening", "principal", "interest", "closing")
    for one, other in zip(kept, bare, strict=True):
        assert [getattr(one, name) for name in names] == [
            getattr(other, name) for name in names
        ]


@given(terms=plain_agreements(), percent=st.integers(-50, 99))
def test_a_discount_moves_the_first_flow_only(terms, percent):
    discount = terms.principal * percent / 100 // terms.cent * terms.cent
    schedule = planned(terms)
    other = planned(terms.but(discount=discount))
    assert lines_of(schedule) == lines_of(other)
    assert schedule.cash_flows()[1:] == other.cash_flows()[1:]


def test_the_day_after_the_last_due_date_bears_no_change():
    """A change on the last due date comes after the last row."""
    terms = Agreement(
        currency="CNY",
        principal=Fraction(1_000),
        disbursed=date(2024, 1, 31),
        method="level",
        count=3,
        rate=Fraction(12, 100),
        day_count="ACT/360",
    )
    changed = terms.but(changes=((date(2024, 4, 30), Fraction(1)),))
    same(terms.but(changes=()), changed)
