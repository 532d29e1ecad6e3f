"""Every cell of every detailed plan is explained, and the formula gives the cell."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from detailed_terms import DETAILED, detailed_loan
from loanmath import InstallmentLoan, LevelPayment, Rate
from loanmath.terms import Fee, FixedPrincipal, Holiday

DATES = ("start", "end", "due")


def rounding(rule, digits):
    """A rounding to whole units of a rule, in fractions, for the modes of the cases."""
    unit = Fraction(1, 10**digits) if rule.unit is None else Fraction(rule.unit)

    def rounded(value):
        quotient = Fraction(value) / unit
        below = quotient.numerator // quotient.denominator
        over = quotient - below
        negative = quotient < 0
        up = {
            "half_up": over > Fraction(1, 2)
            or (over == Fraction(1, 2) and not negative),
            "half_even": over > Fraction(1, 2)
            or (over == Fraction(1, 2) and below % 2),
            "down": bool(over) and negative,
            "up": bool(over) and not negative,
            "ceiling": bool(over),
            "floor": False,
        }[rule.mode.value]
        return (below + bool(up)) * unit

    return rounded


def exact(value):
    if isinstance(value, tuple):
        return tuple(map(Fraction, value))
    if isinstance(value, (int, Decimal)) and not isinstance(value, date):
        return Fraction(value)
    return value


def evaluated(formula, inputs, digits):
    names = {name: exact(value) for name, value in inputs.items()}
    for function, name in (("round", "rounding"), ("fee_round", "fee_rounding")):
        if name in inputs:
            names[function] = rounding(inputs[name], digits)

    def dot(*columns):
        lengths = {len(column) for column in columns}
        assert len(lengths) == 1
        total = Fraction(0)
        for cells in zip(*columns, strict=True):
            product = Fraction(1)
            for cell in cells:
                product *= cell
            total += product
        return total

    def annuity(factors):
        discount, total = Fraction(1), Fraction(0)
        for factor in factors:
            discount /= 1 + factor
            total += discount
        return total

    names |= {
        "annuity": annuity,
        "dot": dot,
        "sum": sum,
        "min": min,
        "__builtins__": {},
    }
    return eval(formula, names)


def dated(formula, inputs, cell):
    """The date that a formula gives; where days off move it, the cell is near."""
    if formula == "move(unmoved)":
        assert inputs["unmoved"].weekday() >= 5
        assert cell.weekday() == 0
        return inputs["unmoved"] + timedelta(7 - inputs["unmoved"].weekday())
    if formula != "anchor + steps * every":
        return inputs[formula]
    months = int(inputs["every"].removeprefix("P").removesuffix("M"))
    count = 12 * inputs["anchor"].year + inputs["anchor"].month - 1
    year, month = divmod(count + months * inputs["steps"], 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(inputs["day"], last))


@pytest.mark.parametrize("name", DETAILED)
def test_every_cell_is_what_its_formula_gives(name):
    loan = detailed_loan(name)
    schedule = loan.schedule()
    for row in schedule:
        for column, cell in row._asdict().items():
            told = schedule.explain(row.number, column)
            assert (told.number, told.column, told.result) == (row.number, column, cell)
            assert told.rule
            assert told.source
            assert str(told).startswith(f"Installment {row.number}, {column}: ")
            if column in DATES:
                assert dated(told.formula, told.inputs, cell) == cell
                continue
            value = evaluated(told.formula, told.inputs, loan.digits)
            assert value == Fraction(cell), str(told)


@pytest.mark.parametrize("name", DETAILED)
def test_the_inputs_of_an_explanation_are_the_facts(name):
    schedule = detailed_loan(name).schedule()
    rows = schedule.rows()
    cells = ("opening", "principal", "interest", "drawn", "capitalized", "tax")
    for row in rows:
        facts = {cell: getattr(row, cell) for cell in cells}
        if row.number > 1:
            facts["previous_closing"] = rows[row.number - 2].closing
            earlier = [one for one in rows[: row.number - 1] if one.start < one.end]
            facts["previous_end"] = earlier[-1].end if earlier else None
        for column in row._fields:
            told = schedule.explain(row.number, column).inputs
            for key, value in told.items():
                if key in facts:
                    assert value == facts[key], (row.number, column, key)


@pytest.mark.parametrize("name", DETAILED)
def test_the_identities_of_every_row(name):
    loan = detailed_loan(name)
    schedule = loan.schedule()
    rows = schedule.rows()
    assert rows == tuple(schedule[index] for index in range(len(rows)))
    for row in rows:
        assert row.payment == row.principal + row.interest + row.fee + row.tax
        assert row.closing == row.opening + row.drawn + row.capitalized - row.principal
        assert row.start <= row.end
    for one, other in pairwise(rows):
        assert other.opening == one.closing
        assert one.due <= other.due
    assert rows[-1].closing == 0
    totals = schedule.totals
    assert totals.payment == sum(row.payment for row in rows)
    assert totals.capitalized == sum(row.capitalized for row in rows)
    flows = schedule.cash_flows()
    assert [flow.on for flow in flows] == sorted(flow.on for flow in flows)
    lent = loan.principal - (loan.discount or 0)
    lent += sum(drawdown.amount for drawdown in loan.drawdowns)
    assert sum(flow.amount for flow in flows) == totals.payment - lent


def explained(changes, number, column):
    base = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("12%/year"),
    }
    return InstallmentLoan(**(base | changes)).schedule().explain(number, column)


def test_interest_names_every_segment():
    told = detailed_loan("stepped rate").schedule().explain(1, "interest")
    assert told.formula == "round(dot(balances, rates, times))"
    assert told.inputs["rates"] == (Fraction(12, 100), Fraction(6, 100))
    assert told.inputs["times"] == (Fraction(17, 365), Fraction(14, 365))
    assert told.inputs["balances"] == (10_000, 10_000)
    drawn = detailed_loan("drawn").schedule().explain(1, "interest")
    assert drawn.inputs["balances"] == (10_000, 15_000)
    daily = detailed_loan("stepped daily rate").schedule().explain(2, "interest")
    assert daily.inputs["times"] == (5, 23)
    assert daily.inputs["rates"] == (Fraction(4, 10_000), Fraction(5, 10_000))


def test_carried_interest_names_the_rows_that_it_comes_from():
    schedule = detailed_loan("rest carried").schedule()
    assert schedule.explain(2, "interest").formula == "0"
    assert len(schedule.explain(4, "interest").inputs["times"]) == 3


def test_dates_and_fees_say_where_they_come_from():
    late = detailed_loan("separate").schedule()
    assert late.explain(2, "due").inputs["anchor"] == date(2026, 3, 1)
    assert "interest or a fee" in late.explain(1, "due").rule
    moved = detailed_loan("days off").schedule().explain(1, "due")
    assert moved.formula == "move(unmoved)"
    assert moved.inputs["unmoved"] == date(2026, 2, 15)
    kept = detailed_loan("days off, unadjusted").schedule().explain(1, "end")
    assert (kept.formula, kept.result) == ("stated", date(2026, 2, 15))
    fees = detailed_loan("fees").schedule()
    assert fees.explain(1, "due").formula == "disbursed"
    assert fees.explain(1, "start").rule == "The row covers no time."
    assert fees.explain(1, "opening").inputs["financed"] == Decimal("51.50")
    assert (
        "guarantee"
        in explained(
            {
                "repayment": LevelPayment(3),
                "fees": [
                    Fee("guarantee", "1", due="installments"),
                    Fee("b", "2", due="installments"),
                ],
            },
            1,
            "fee",
        ).rule
    )


def test_what_does_not_fall_due_is_zero_for_a_reason():
    resting = {
        "repayment": FixedPrincipal("250", 4),
        "holidays": [Holiday(1, 1, "payment", interest="capitalize")],
    }
    for column, said in (
        ("principal", "No principal"),
        ("interest", "joins the principal"),
        ("fee", "No fee"),
        ("tax", "No tax"),
        ("drawn", "Nothing is paid out"),
    ):
        told = explained(resting, 1, column)
        assert told.formula == "0"
        assert said in told.rule
    assert "No interest is capitalized" in explained(resting, 2, "capitalized").rule
