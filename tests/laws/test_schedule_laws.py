"""
Laws of every planned schedule, whatever the method, and equality with the oracle.

Contracts come from `strategies.contracts`: ties, month ends, leap days, zero, tiny and
negative rates, one installment, one cent, the largest principal, coarse and unrounded
rules are all drawn on purpose.
"""

import decimal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, assume, event, find, given, settings
from hypothesis import strategies as st

from loanmath.errors import ScheduleError
from loanmath.schedule import Schedule
from oracle import planner
from oracle.planner import Contract, RefusedError, Row, Rule, round_to
from strategies import contracts, loan_of

MONEY = ("opening", "payment", "principal", "interest", "fee", "closing")
ADDED = ("tax", "drawn", "capitalized")
COLUMNS = ("number", "start", "end", "due", *MONEY, *ADDED)


def planned(contract: Contract) -> Schedule:
    """The library's schedule; a refused contract is not an example of a law."""
    try:
        return loan_of(contract).schedule()
    except ScheduleError:
        event("refused")
        assume(False)
        raise


def cells(schedule: Schedule) -> list[Row]:
    return [
        Row(row.number, row.due, *(Fraction(getattr(row, name)) for name in MONEY))
        for row in schedule
    ]


def check_against_oracle(contract: Contract) -> None:
    """Every cell equal, or both sides refuse."""
    loan = loan_of(contract)
    try:
        expected = planner.plan(contract)
    except RefusedError:
        with pytest.raises(ScheduleError):
            loan.schedule()
        return
    assert cells(loan.schedule()) == expected


# --- equality with the oracle -------------------------------------------------------


@given(contract=contracts("level", residue="last"))
def test_level_payments_equal_the_oracle(contract):
    check_against_oracle(contract)


@given(contract=contracts("equal"))
def test_equal_principal_equals_the_oracle(contract):
    check_against_oracle(contract)


@given(contract=contracts("interest_only"))
def test_interest_only_equals_the_oracle(contract):
    check_against_oracle(contract)


@given(contract=contracts("single"))
def test_single_payments_equal_the_oracle(contract):
    check_against_oracle(contract)


@given(contract=contracts("flat_fee"))
def test_flat_fees_equal_the_oracle(contract):
    check_against_oracle(contract)


@given(contract=contracts("amounts"))
def test_stated_amounts_equal_the_oracle(contract):
    check_against_oracle(contract)


LARGEST = Contract(
    currency="CNY",
    principal=Fraction(10**13, 100),
    disbursed=date(2024, 1, 31),
    method="level",
    count=1_200,
    rate=Fraction(18, 100),
    shortfall="capitalize",
)


@pytest.mark.parametrize(
    "change",
    [
        {"method": method, "day_count": day_count, "rate_per": per}
        for method in ("level", "equal", "interest_only", "single")
        for day_count, per in ((None, "year"), ("30E/360", "year"))
    ]
    + [
        {"method": "equal", "day_count": "ACT/360"},
        {"method": "equal", "residue": "first", "rate": Fraction(1, 10**14)},
        {"method": "level", "rate": Fraction(1, 10**14)},
        {"method": "level", "rate": Fraction(10)},
        {"method": "level", "rate": Fraction(0)},
        {"method": "flat_fee", "rate": Fraction(0), "fee": Fraction(1, 30)},
        {"method": "level", "count": 360, "day_count": "ACT/ACT ISDA"},
        {
            "method": "level",
            "count": 360,
            "rate": Fraction(4, 10**4),
            "rate_per": "day",
        },
    ],
    ids=str,
)
def test_the_largest_loans_equal_the_oracle(change):
    check_against_oracle(LARGEST.but(**change))


@pytest.mark.parametrize(
    ("method", "count"),
    [("equal", 36_600), ("interest_only", 3_660), ("flat_fee", 3_660)],
)
def test_a_loan_repaid_every_day_equals_the_oracle(method, count):
    rate = Fraction(0) if method == "flat_fee" else Fraction(5, 10_000)
    contract = LARGEST.but(
        method=method,
        count=count,
        months=0,
        days=1,
        rate=rate,
        rate_per="day",
        fee=Fraction(1, 10),
    )
    check_against_oracle(contract)


# --- conservation -------------------------------------------------------------------


@given(contract=contracts())
def test_principal_repaid_is_principal_drawn(contract):
    rows = planned(contract).rows()
    assert rows
    assert sum(Fraction(row.principal) for row in rows) == contract.principal
    assert Fraction(rows[0].opening) == contract.principal


@given(contract=contracts())
def test_a_payment_is_principal_interest_and_fee(contract):
    columns = planned(contract).columns()
    assert columns["payment"]
    for payment, *parts in zip(
        *(columns[name] for name in ("payment", "principal", "interest", "fee")),
        strict=True,
    ):
        assert payment == sum(parts)


@given(contract=contracts())
def test_each_row_opens_where_the_last_one_closed(contract):
    rows = planned(contract).rows()
    assert all(row.closing == row.opening - row.principal for row in rows)
    assert all(later.opening == earlier.closing for earlier, later in pairwise(rows))


@given(contract=contracts())
def test_the_last_balance_is_zero(contract):
    assert planned(contract).rows()[-1].closing == 0


@given(contract=contracts())
def test_rows_are_numbered_and_counted(contract):
    schedule = planned(contract)
    count = 1 if contract.method == "single" else contract.count
    assert [row.number for row in schedule] == list(range(1, count + 1))
    assert len(schedule) == count


@given(contract=contracts())
def test_periods_join_from_disbursement_to_the_last_due_date(contract):
    rows = planned(contract).rows()
    assert rows[0].start == contract.disbursed
    assert all(later.start == earlier.end for earlier, later in pairwise(rows))
    assert [row.end for row in rows] == planner.interest_dates(contract)


@given(contract=contracts(residue="last"))
def test_principal_never_exceeds_what_is_owed(contract):
    for row in planned(contract):
        assert row.principal <= row.opening
        if contract.shortfall == "refuse":
            assert row.principal >= 0


@given(contract=contracts())
def test_every_amount_is_a_multiple_of_the_smallest_one(contract):
    schedule = planned(contract)
    for row in schedule:
        for name in MONEY:
            assert getattr(row, name).as_tuple().exponent == -contract.digits
    assert schedule.loan.digits == contract.digits


@given(contract=contracts())
def test_interest_follows_from_the_opening_balance_alone(contract):
    assume(contract.method != "flat_fee")
    schedule = planned(contract)
    factors = planner.period_factors(contract, contract.counted_by)
    for row, factor in zip(schedule, factors, strict=True):
        interest = contract.rule(Fraction(row.opening) * factor)
        assert Fraction(row.interest) == interest


# --- views of one schedule ----------------------------------------------------------


def totals_of(rows: Any) -> tuple[Decimal, ...]:
    names = ("payment", "principal", "interest", "fee", "tax", "capitalized")
    return tuple(sum(getattr(row, name) for row in rows) for name in names)


@given(contract=contracts())
def test_totals_are_the_sums_of_the_rows(contract):
    schedule = planned(contract)
    # Sums of Decimal obey the ambient context: wide enough here, for thirty digits.
    with decimal.localcontext(prec=80):
        assert schedule.totals == totals_of(schedule.rows())


@given(contract=contracts())
def test_columns_hold_the_cells_of_the_rows(contract):
    schedule = planned(contract)
    columns, rows = schedule.columns(), schedule.rows()
    assert tuple(columns) == COLUMNS
    for name in COLUMNS:
        kept = columns[name]
        if name in (*MONEY, *ADDED):
            assert {type(value) for value in kept} == {int}
            kept = tuple(value * contract.cent for value in kept)
            assert kept == tuple(Fraction(getattr(row, name)) for row in rows)
        else:
            assert kept == tuple(getattr(row, name) for row in rows)


@given(contract=contracts())
def test_cash_flows_are_the_loan_and_its_payments(contract):
    schedule = planned(contract)
    paid_out, *received = schedule.cash_flows()
    assert paid_out.on == contract.disbursed
    assert Fraction(paid_out.amount) == -contract.principal
    expected = [(row.due, row.payment) for row in schedule if row.payment]
    assert [tuple(flow) for flow in received] == expected


@given(contract=contracts())
def test_years_add_up_to_the_totals(contract):
    schedule = planned(contract)
    years = schedule.by_year()
    counted = Counter(row.due.year for row in schedule)
    assert list(years) == sorted(counted)
    with decimal.localcontext(prec=80):
        for year, totals in years.items():
            rows = [row for row in schedule if row.due.year == year]
            assert totals == totals_of(rows)
        assert totals_of(years.values()) == schedule.totals


@given(contract=contracts(), data=st.data())
def test_a_row_is_read_by_its_place(contract, data):
    schedule = planned(contract)
    rows = schedule.rows()
    place = data.draw(st.integers(-len(rows), len(rows) - 1))
    assert schedule[place] == rows[place]
    assert tuple(schedule) == rows


# --- values -------------------------------------------------------------------------


@given(contract=contracts())
def test_equal_terms_give_equal_schedules(contract):
    loan, again = loan_of(contract), loan_of(contract)
    assert loan is not again
    assert (loan, hash(loan)) == (again, hash(again))
    planned(contract)
    assert loan.schedule() == again.schedule()
    assert hash(loan.schedule()) == hash(again.schedule())


@given(contract=contracts(), cents=st.integers(1, 100))
def test_other_terms_give_another_schedule(contract, cents):
    other = contract.but(
        principal=contract.principal + cents * contract.cent,
        amounts=(
            *contract.amounts[:-1],
            sum(contract.amounts[-1:]) + cents * contract.cent,
        ),
    )
    assume(other.principal <= 10**9)
    assert planned(contract) != planned(other)


HOSTILE_CONTEXTS = (
    decimal.Context(prec=1, rounding=decimal.ROUND_UP, Emax=3, Emin=-3),
    decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded]),
    decimal.Context(
        prec=6, rounding=decimal.ROUND_DOWN, traps=[decimal.FloatOperation]
    ),
    decimal.Context(prec=28, rounding=decimal.ROUND_CEILING, traps=[decimal.Subnormal]),
    decimal.Context(
        prec=3, traps=list(decimal.getcontext().flags), capitals=0, clamp=1
    ),
)


def everything(contract: Contract) -> tuple[Any, ...]:
    """All that a schedule says, as exact text."""
    loan = loan_of(contract)
    schedule = loan.schedule()
    explained = [
        str(schedule.explain(number, column))
        for number in sorted({1, len(schedule)})
        for column in COLUMNS
    ]
    # Values are compared digit by digit: the text of a Decimal itself has a small or a
    # capital E by the context, in `0E-8`.
    values = [
        cell.as_tuple() if isinstance(cell, Decimal) else cell
        for row in (
            *schedule.rows(),
            *schedule.cash_flows(),
            schedule.totals,
            *schedule.by_year().values(),
            (loan.principal,),
        )
        for cell in row
    ]
    return (
        str(schedule),
        schedule.columns(),
        values,
        schedule.to_csv(),
        schedule.to_markdown(),
        schedule.to_html(),
        explained,
    )


@given(contract=contracts(), hostile=st.sampled_from(HOSTILE_CONTEXTS))
def test_no_ambient_decimal_context_matters(contract, hostile):
    planned(contract)
    usual = everything(contract)
    with decimal.localcontext(hostile) as context:
        context.clear_flags()
        assert everything(contract) == usual
        raised = [name for name, flag in context.flags.items() if flag]
        assert raised == []


@given(drawn=st.lists(contracts(), min_size=2, max_size=4))
def test_threads_see_the_same_schedules(drawn):
    for contract in drawn:
        planned(contract)
    usual = [everything(contract) for contract in drawn]

    def in_a_hostile_thread(number: int) -> tuple[Any, ...]:
        decimal.setcontext(HOSTILE_CONTEXTS[number % len(HOSTILE_CONTEXTS)].copy())
        return everything(drawn[number % len(drawn)])

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(in_a_hostile_thread, range(2 * len(drawn))))
    assert seen == usual * 2


# --- explanations -------------------------------------------------------------------


def evaluated(contract: Contract, formula: str, inputs: dict[str, Any]) -> Fraction:
    """The value of a formula over its inputs, in fractions, by the oracle's rounding."""

    def rounding(name: str) -> Any:
        rule = inputs.get(name)
        if rule is None:
            return None
        unit = contract.cent if rule.unit is None else Fraction(rule.unit)
        return lambda value: round_to(Fraction(value), rule.mode.value, unit)

    names: dict[str, Any] = {
        name: Fraction(value) if isinstance(value, (int, Decimal)) else value
        for name, value in inputs.items()
    }
    names |= {
        "round": rounding("rounding"),
        "fee_round": rounding("fee_rounding"),
        "annuity": planner.annuity,
        "min": min,
        "__builtins__": {},
    }
    # A whole exponent must stay an int: a Fraction to a Fraction is a float.
    if "count" in inputs:
        names["count"] = inputs["count"]
    return Fraction(eval(formula, names))


@given(contract=contracts(), data=st.data())
def test_a_formula_over_its_inputs_gives_the_cell(contract, data):
    schedule = planned(contract)
    rows = schedule.rows()
    middle = data.draw(st.integers(1, len(rows)))
    for number in {1, min(2, len(rows)), middle, len(rows)}:
        for column in MONEY:
            told = schedule.explain(number, column)
            cell = getattr(rows[number - 1], column)
            assert (told.number, told.column) == (number, column)
            assert told.result == cell
            assert told.result.as_tuple() == cell.as_tuple()
            assert evaluated(contract, told.formula, told.inputs) == Fraction(cell)


@given(contract=contracts())
def test_every_money_cell_of_a_short_loan_is_explained(contract):
    assume(contract.count <= 12)
    schedule = planned(contract)
    for row in schedule:
        for column in MONEY:
            told = schedule.explain(row.number, column)
            value = evaluated(contract, told.formula, told.inputs)
            assert value == Fraction(getattr(row, column))
            assert told.rule
            assert told.source


@given(contract=contracts(), data=st.data())
def test_the_inputs_of_an_explanation_are_the_facts(contract, data):
    """A formula may be right over made-up inputs; these must be cells and terms."""
    schedule = planned(contract)
    rows = schedule.rows()
    number = data.draw(st.integers(1, len(rows)))
    row = rows[number - 1]
    facts: dict[str, Any] = {name: getattr(row, name) for name in MONEY}
    facts |= {"amount": contract.principal, "count": contract.count}
    facts |= {"rate": contract.rate, "fee": contract.fee}
    if number > 1:
        facts["previous_closing"] = rows[number - 2].closing
    if number < len(rows):
        facts["next_opening"] = rows[number].opening
    for column in MONEY:
        told = schedule.explain(number, column)
        for name, value in told.inputs.items():
            cell_fee = name == "fee" and column == "payment"
            if name in facts and not cell_fee:
                assert Fraction(value) == Fraction(facts[name]), (column, name)
    told = schedule.explain(number, "interest").inputs
    if "opening" in told and contract.method != "flat_fee":
        factor = told["rate"] * told.get("years", 1) * told.get("days", 1)
        factor /= told.get("year", 1)
        expected = planner.period_factors(contract, contract.counted_by)[number - 1]
        assert factor == expected or contract.rate_per != "year"


@given(contract=contracts(), data=st.data())
def test_an_explanation_is_written_in_plain_digits(contract, data):
    schedule = planned(contract)
    number = data.draw(st.integers(1, len(schedule)))
    for column in MONEY:
        told = str(schedule.explain(number, column))
        assert f"{schedule[number - 1]._asdict()[column]:f}" in told.replace(",", "")
        assert "E-" not in told


@given(contract=contracts(), data=st.data())
def test_date_columns_are_explained_too(contract, data):
    schedule = planned(contract)
    row = schedule[data.draw(st.integers(0, len(schedule) - 1))]
    for column in ("number", "start", "end", "due"):
        told = schedule.explain(row.number, column)
        assert told.result == getattr(row, column)
        assert told.formula


# --- the generators reach what they promise -----------------------------------------


def reached(strategy: st.SearchStrategy[Contract], wanted: Any) -> Contract:
    quick = settings(max_examples=3_000, database=None, phases=[Phase.generate])
    return find(strategy, wanted, settings=quick)


def is_tie(amount: Fraction, rule: Rule) -> bool:
    return amount / rule.unit % 1 == Fraction(1, 2)


def interest_ties(contract: Contract) -> bool:
    try:
        factor = planner.period_factors(contract, contract.counted_by)[0]
    except RefusedError:
        return False
    return is_tie(contract.principal * factor, contract.rule)


def payment_ties(contract: Contract) -> bool:
    sized_by = contract.sized_by or contract.counted_by
    try:
        share = 1 / planner.annuity(planner.period_factors(contract, sized_by))
    except RefusedError:
        return False
    rule = contract.payment_rule or contract.rule
    return contract.count > 1 and is_tie(contract.principal * share, rule)


def share_ties(contract: Contract) -> bool:
    return is_tie(contract.principal / contract.count, contract.rule)


def fee_ties(contract: Contract) -> bool:
    rule = contract.fee_rule or contract.rule
    return is_tie(contract.principal * contract.fee, rule)


@pytest.mark.parametrize(
    ("method", "wanted"),
    [
        ("equal", interest_ties),
        ("interest_only", interest_ties),
        ("single", interest_ties),
        ("level", interest_ties),
        ("level", payment_ties),
        ("equal", share_ties),
        ("flat_fee", share_ties),
        ("flat_fee", fee_ties),
    ],
)
def test_ties_are_reached(method, wanted):
    assert loan_of(reached(contracts(method), wanted)).principal > 0


EDGES = {
    "one cent": lambda contract: contract.principal == contract.cent,
    "the limit": lambda contract: contract.principal == 10**13 * contract.cent,
    "a negative rate": lambda contract: contract.rate < 0,
    "no rate": lambda contract: contract.rate == 0,
    "a tiny rate": lambda contract: 0 < contract.rate <= Fraction(1, 10**14),
    "one installment": lambda contract: contract.count == 1,
    "many installments": lambda contract: contract.count == 120,
    "a due day that clamps": lambda contract: contract.due_day == 31,
    "a leap day": lambda contract: contract.disbursed.strftime("%m-%d") == "02-29",
    "month ends": lambda contract: contract.end_of_month,
    "an odd first period": lambda contract: contract.first_due is not None,
    "stated dates": lambda contract: bool(contract.stated_dates),
    "weeks": lambda contract: contract.days == 7,
    "leap years apart": lambda contract: contract.day_count == "ACT/ACT ISDA",
    "neither end counted": lambda contract: contract.head_tail == "neither",
    "a coarse unit": lambda contract: contract.rule.unit > contract.cent,
    "nothing rounded": lambda contract: contract.digits > 4,
    "business days": lambda contract: contract.business_rule is not None,
}


@pytest.mark.parametrize("edge", EDGES)
def test_edges_are_reached(edge):
    assert loan_of(reached(contracts(), EDGES[edge])).principal > 0
