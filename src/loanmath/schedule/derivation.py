"""Derivations of dates, balances and interest: formula, inputs and rule of a cell."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import from_units
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.schedule.columns import Columns
from loanmath.schedule.periods import resolve_periods, spans
from loanmath.terms import InstallmentLoan, SinglePayment

__all__ = [
    "HOUSE",
    "NO_INTEREST",
    "Cell",
    "Derivation",
    "Input",
    "Inputs",
    "derive_closing",
    "derive_due",
    "derive_end",
    "derive_interest",
    "derive_number",
    "derive_opening",
    "derive_regular",
    "derive_start",
]

Input = Decimal | Fraction | int | date | str | Rounding | tuple[Fraction, ...]
Inputs = dict[str, Input]

HOUSE = "Terms of the contract"


class Cell(NamedTuple):
    """One cell of a schedule, without its column: the loan, all columns, the row."""

    loan: InstallmentLoan
    columns: Columns
    row: int

    def amount(self, column: str, row: int | None = None) -> Decimal:
        """Return an amount of this row, or of another, in major units."""
        units = getattr(self.columns, column)[self.row if row is None else row]
        return from_units(units, self.loan.digits)

    @property
    def is_last(self) -> bool:
        """Whether this is the last row."""
        return self.row == len(self.columns.due) - 1


class Derivation(NamedTuple):
    """What gives a cell: an expression, its inputs, the rule in words, its source."""

    formula: str
    inputs: Inputs
    rule: str
    source: str = HOUSE


NO_INTEREST = Derivation("0", {}, "A plan with a flat fee bears no interest.")


def derive_number(cell: Cell) -> Derivation:
    """Return where an installment's number comes from."""
    return Derivation("number", {"number": cell.row + 1}, "Installments count from 1.")


def derive_opening(cell: Cell) -> Derivation:
    """Return where the balance at the start of a period comes from."""
    if cell.row == 0:
        return Derivation(
            "amount",
            {"amount": cell.loan.principal},
            "The loan opens with the amount lent.",
        )
    return Derivation(
        "previous_closing",
        {"previous_closing": cell.amount("closing", cell.row - 1)},
        "A period opens with what the one before left owed.",
    )


def derive_closing(cell: Cell) -> Derivation:
    """Return where the balance after a payment comes from."""
    return Derivation(
        "opening - principal",
        {"opening": cell.amount("opening"), "principal": cell.amount("principal")},
        "What is owed afterwards is what was owed less the principal repaid.",
    )


def derive_interest(cell: Cell) -> Derivation:
    """Return where the interest of a period comes from."""
    loan, rate = cell.loan, cell.loan.rate
    if type(rate) is not Rate:
        return NO_INTEREST
    inputs: Inputs = {"opening": cell.amount("opening"), "rate": rate.value}
    by = loan.counted_by
    span = spans(loan, resolve_periods(loan), by)[cell.row]
    times = "12 * rate" if rate.per is RateUnit.MONTH else "rate"
    if rate.per is RateUnit.DAY:
        formula = "round(opening * rate * days)"
        inputs["days"] = by.days_of(span)
    elif by.basis is not None:
        formula = f"round(opening * {times} * days / year)"
        inputs |= {"days": by.days_of(span), "year": by.basis}
    else:
        formula = f"round(opening * {times} * years)"
        inputs["years"] = by.years_of(span)
    inputs["rounding"] = loan.rounding
    left_open = loan.day_count is None and rate.per is RateUnit.DAY
    counted = "actual days" if left_open else f"time by {by.name}"
    return Derivation(
        formula,
        inputs,
        f"Interest on what is owed at {rate}, {counted}, rounded once per period.",
        HOUSE if left_open else by.source,
    )


def derive_start(cell: Cell) -> Derivation:
    """Return where the first day of a period comes from."""
    if cell.row == 0:
        disbursed = cell.loan.disbursed
        return Derivation(
            "disbursed", {"disbursed": disbursed}, "Interest starts on disbursement."
        )
    return Derivation(
        "previous_end",
        {"previous_end": cell.columns.end[cell.row - 1]},
        "A period starts where the one before ended.",
    )


def _unmoved(cell: Cell) -> Derivation:
    loan = cell.loan
    periods = resolve_periods(loan)
    if not isinstance(loan.every, Step):
        stated = periods.unmoved[cell.row + 1]
        return Derivation("stated", {"stated": stated}, "The terms state every date.")
    repayment, steps = loan.repayment, cell.row
    if isinstance(repayment, SinglePayment):
        steps = repayment.count - 1
    return derive_regular(loan, steps)


def derive_regular(loan: InstallmentLoan, steps: int) -> Derivation:
    """Return where a regular date comes from, so many steps after the anchor."""
    return Derivation(
        "anchor + steps * every",
        {
            "anchor": loan.anchor,
            "steps": steps,
            "every": str(loan.every),
            "day": loan.roll_day,
        },
        "Dates count from the anchor, never from the date before; where a month lacks"
        " the day, its last day stands in.",
    )


def derive_end(cell: Cell) -> Derivation:
    """Return where the last day of a period comes from."""
    periods = resolve_periods(cell.loan)
    if cell.columns.end[cell.row] == periods.unmoved[cell.row + 1]:
        return _unmoved(cell)
    return derive_due(cell)


def derive_due(cell: Cell) -> Derivation:
    """Return where a due date comes from."""
    term = cell.loan.business_days
    unmoved = resolve_periods(cell.loan).unmoved[cell.row + 1]
    if term is None or cell.columns.due[cell.row] == unmoved:
        return _unmoved(cell)
    return Derivation(
        "move(unmoved)",
        {
            "unmoved": unmoved,
            "rule": term.rule.value,
            "calendar": term.calendar.name,
        },
        "A due date on a day off moves to a business day.",
    )
