"""What the interest of a row is rounded in, where that is not once."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import to_units
from loanmath.daycount import DayCount
from loanmath.rates import RateUnit
from loanmath.schedule.accrual import Accrual
from loanmath.schedule.rate_path import rate_path
from loanmath.schedule.segments import cut_rows, cuts_of, segments_of
from loanmath.schedule.timeline import Timeline
from loanmath.terms import InstallmentLoan, RoundedPer

__all__ = ["Piece", "rounded_pieces"]


class Piece(NamedTuple):
    """A part of a row whose interest is rounded alone, and comes so many times."""

    drawn: int
    times: int
    factor: int


def rounded_pieces(
    loan: InstallmentLoan, rows: Timeline, growth: Accrual, by: DayCount
) -> list[list[Piece]]:
    """
    Return what the interest of each row is rounded in: its segments, or its days.

    Raises:
        DayCountError: If the day count has no meaning for a segment.
    """
    basis = by.basis
    if loan.rate is not None and loan.rate.per is RateUnit.DAY:
        basis = Fraction(1)
    one_day = None
    if basis is not None and loan.interest_rounded is RoundedPer.DAY:
        one_day = basis.denominator

    def piece(drawn: int, change: int, time: int) -> Piece:
        rate = growth.rates[change]
        if one_day is None:
            return Piece(drawn, 1, rate * time)
        return Piece(drawn, time // one_day, rate * one_day)

    columns = zip(growth.drawn, growth.change, growth.times, strict=True)
    found = [[piece(*row)] for row in columns]
    cuts = cuts_of(loan, rate_path(loan, rows.end[-1]))
    for row in cut_rows(rows, cuts):
        found[row] = []
        for segment in segments_of(loan, rows, row, cuts, by):
            if basis is None:
                time = (segment.years(by) * growth.time_unit).numerator
            else:
                time = by.days_of(segment.span) * basis.denominator
            drawn = _drawn(loan, rows.start[row], segment.span.start)
            found[row].append(piece(drawn, segment.change, time))
    return found


def _drawn(loan: InstallmentLoan, first: date, last: date) -> int:
    """Return what is drawn from one day to another, both of them included."""
    return sum(
        to_units(drawdown.amount, loan.digits, "drawdown")
        for drawdown in loan.drawdowns
        if first <= drawdown.on <= last
    )
