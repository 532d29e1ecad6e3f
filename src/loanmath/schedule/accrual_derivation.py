"""Derivations of interest, capitalized or due, where a row has segments or carries."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from loanmath.arithmetic import CAPITALIZED, CARRIED
from loanmath.currency import from_units, to_units
from loanmath.rates import RateUnit
from loanmath.schedule.derivation import HOUSE, NO_INTEREST, Cell, Derivation, Inputs
from loanmath.schedule.detailed import Detail
from loanmath.schedule.rate_path import rate_path
from loanmath.schedule.segments import (
    Segment,
    row_segments,
    segment_days,
    segment_years,
)
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    Earned,
    HolidayInterest,
    InstallmentLoan,
    Residue,
    RoundedPer,
)
from loanmath.terms.plan_kinds import pays_in_advance

__all__ = ["derive_accrued", "derive_capitalized"]


_MOVED = {
    CARRIED: Derivation("0", {}, "Interest is carried to the next interest date."),
    CAPITALIZED: Derivation("0", {}, "Interest of the row joins the principal."),
}


class _Part(NamedTuple):
    """A segment of accrual: what was owed, at which rate, for how long."""

    balance: Decimal
    rate: Fraction
    time: Fraction
    year: Fraction
    """The days of a year, in the unit that the rate is for."""


def derive_accrued(cell: Cell, found: Detail) -> Derivation:
    """Return where the interest that is due on a row comes from."""
    row = found.rows[cell.row]
    if cell.loan.rate is None:
        return NO_INTEREST
    if isinstance(cell.loan.repayment, AddOnInterest) and row.number:
        return _add_on(cell, found, cell.loan.repayment)
    if row.frame_row < 0:
        return Derivation("0", {}, "No period of interest ends on this date.")
    moved = _MOVED.get(found.frame.treatments[row.frame_row])
    if moved is not None:
        return moved
    if _is_added(cell, found):
        return _added(cell, found)
    return _rounded(cell, found, row.frame_row)


def derive_capitalized(cell: Cell, found: Detail) -> Derivation:
    """Return where interest that joins the principal comes from."""
    row = found.rows[cell.row]
    treatments = found.frame.treatments
    if row.frame_row < 0 or treatments[row.frame_row] != CAPITALIZED:
        return Derivation("0", {}, "No interest is capitalized on this row.")
    return _rounded(cell, found, row.frame_row)


def _rounded(cell: Cell, found: Detail, frame_row: int) -> Derivation:
    parts = _parts(cell, found, frame_row)
    if cell.loan.interest_rounded is not RoundedPer.PERIOD:
        return _in_pieces(cell, parts)
    inputs: Inputs = {
        "balances": tuple(Fraction(part.balance) for part in parts),
        "rates": tuple(part.rate for part in parts),
        "times": tuple(part.time for part in parts),
        "rounding": cell.loan.rounding,
    }
    return Derivation(
        "round(dot(balances, rates, times))",
        inputs,
        "Interest on what was owed in every segment since interest last moved, summed"
        f" and rounded once; time by {cell.loan.counted_by.name}.",
        cell.loan.counted_by.source,
    )


def _in_pieces(cell: Cell, parts: list[_Part]) -> Derivation:
    """Return interest that is rounded in every segment, or for a day of it."""
    by, daily = cell.loan.counted_by, cell.loan.interest_rounded is RoundedPer.DAY
    inputs: Inputs = {}
    terms = ["0"]
    for number, part in enumerate(parts, start=1):
        named: Inputs = {
            "balance": part.balance,
            "rate": part.rate,
            "time": part.time,
        }
        inputs |= {f"{name}_{number}": value for name, value in named.items()}
        product = f"balance_{number} * rate_{number}"
        if daily:
            inputs["year"] = part.year
            terms.append(f"time_{number} * year * round({product} / year)")
        else:
            terms.append(f"round({product} * time_{number})")
    inputs["rounding"] = cell.loan.rounding
    piece = "day" if daily else "segment"
    return Derivation(
        " + ".join(terms),
        inputs,
        f"Interest is rounded for every {piece}, then summed; time by {by.name}.",
        by.source,
    )


def _parts(cell: Cell, found: Detail, frame_row: int) -> list[_Part]:
    treatments = found.frame.treatments
    first = frame_row
    while first > 0 and treatments[first - 1] == CARRIED:
        first -= 1
    by_row = {row.frame_row: row for row in found.rows}
    parts: list[_Part] = []
    for segment in _segments(cell.loan, found):
        if first <= segment.row <= frame_row and not _waived(found, segment.row):
            row = by_row[segment.row]
            owed = row.opening - (row.principal if pays_in_advance(cell.loan) else 0)
            parts.append(_part(cell.loan, found, segment, owed))
    return parts


def _segments(loan: InstallmentLoan, found: Detail) -> list[Segment]:
    return row_segments(loan, found.frame.rows, loan.counted_by)


def _part(loan: InstallmentLoan, found: Detail, segment: Segment, owed: int) -> _Part:
    rows, by = found.frame.rows, loan.counted_by
    owed += sum(
        to_units(drawdown.amount, loan.digits, "drawdown")
        for drawdown in loan.drawdowns
        if rows.start[segment.row] <= drawdown.on <= segment.start
    )
    rate = rate_path(loan, rows.end[-1])[segment.change][1]
    if rate.per is RateUnit.DAY:
        (days,) = segment_days(loan, rows, by, [segment])
        value, time = rate.value, Fraction(days)
    else:
        (time,) = segment_years(loan, rows, by, [segment])
        value = rate.per_year().value
    year = Fraction(1) if rate.per is RateUnit.DAY else by.basis or Fraction(1)
    return _Part(from_units(owed, loan.digits), value, time, year)


def _waived(found: Detail, frame_row: int) -> bool:
    number = found.frame.rows.number[frame_row]
    return any(
        holiday.first <= number <= holiday.last
        for holiday in found.frame.loan.holidays
        if holiday.interest is HolidayInterest.WAIVE
    )


def _is_added(cell: Cell, found: Detail) -> bool:
    added = cell.loan.broken_period is BrokenPeriod.ADDED
    return added and found.rows[cell.row].frame_row == 1


def _added(cell: Cell, found: Detail) -> Derivation:
    """Return the interest of a first period and of the broken one before it."""
    owed = found.rows[cell.row].opening
    broken, regular = (
        [
            _part(cell.loan, found, segment, owed)
            for segment in _segments(cell.loan, found)
            if segment.row == frame_row
        ]
        for frame_row in (0, 1)
    )
    if cell.loan.interest_rounded is not RoundedPer.PERIOD:
        return _in_pieces(cell, [*broken, *regular])
    inputs: Inputs = {}
    terms = []
    for name, parts in (("broken", broken), ("regular", regular)):
        inputs[f"{name}_balances"] = tuple(Fraction(part.balance) for part in parts)
        inputs[f"{name}_rates"] = tuple(part.rate for part in parts)
        inputs[f"{name}_times"] = tuple(part.time for part in parts)
        terms.append(f"round(dot({name}_balances, {name}_rates, {name}_times))")
    inputs["rounding"] = cell.loan.rounding
    return Derivation(
        " + ".join(terms),
        inputs,
        "Interest of the first regular period, and of the days before it on top.",
        cell.loan.counted_by.source,
    )


def _add_on(cell: Cell, found: Detail, terms: AddOnInterest) -> Derivation:
    loan, number = cell.loan, found.rows[cell.row].number
    growth = found.frame.growth
    shares = tuple(Fraction(part, growth.denominator) for part in growth.factors)
    inputs: Inputs = {"amount": _owed(cell), "factors": shares}
    inputs |= {"count": terms.count, "rounding": loan.rounding}
    if terms.earned is Earned.BY_TIME:
        inputs["factor"] = shares[number - 1]
        rule = "What the period's own time earns on the original amount."
        return Derivation("round(amount * factor)", inputs, rule)
    total = "round(amount * sum(factors))"
    if terms.earned is Earned.RULE_OF_78:
        digits = [0]
        for left in range(terms.count, 0, -1):
            digits.append(digits[-1] + left)
        inputs |= {"through": digits[number], "before": digits[number - 1]}
        inputs["digits"] = digits[-1]
        return Derivation(
            f"round({total} * through / digits) - round({total} * before / digits)",
            inputs,
            "Rule of 78: the total is earned in proportion to the installments left.",
        )
    interests = [row.interest for row in found.rows]
    others = sum(interests) - interests[cell.row]
    placed = {Residue.LAST: terms.count, Residue.FIRST: 1}.get(terms.residue)
    if number == placed:
        inputs["others"] = from_units(others, loan.digits)
        return Derivation(f"{total} - others", inputs, "What the other shares leave.")
    inputs["share"] = cell.amount("interest")
    return Derivation("share", inputs, f"An equal share of {total}.", HOUSE)


def _owed(cell: Cell) -> Decimal:
    return from_units(cell.loan.principal_units, cell.loan.digits)
