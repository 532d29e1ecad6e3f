"""What the interest of a row is rounded in, where that is not once."""

from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import to_units
from loanmath.daycount import DayCount
from loanmath.rates import RateUnit
from loanmath.schedule.accrual import Accrual
from loanmath.schedule.segments import row_segments
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
    found: list[list[Piece]] = [[] for _ in rows.end]
    for segment in row_segments(loan, rows, by):
        rate, span = growth.rates[segment.change], segment.span
        drawn = sum(
            to_units(drawdown.amount, loan.digits, "drawdown")
            for drawdown in loan.drawdowns
            if rows.start[segment.row] <= drawdown.on <= span.start
        )
        days, basis = 1, by.basis
        if loan.rate is not None and loan.rate.per is RateUnit.DAY:
            basis = Fraction(1)
        if basis is None:
            time = segment.years(by) * growth.time_unit
            factor = rate * time.numerator
        else:
            days = by.days_of(span)
            factor = rate * basis.denominator
        if loan.interest_rounded is RoundedPer.SEGMENT:
            days, factor = 1, factor * days
        found[segment.row].append(Piece(drawn, days, factor))
    return found
