"""What the interest of a row is rounded in, where that is not once."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import agreed_units
from loanmath.daycount import DayCount
from loanmath.rates import RateUnit
from loanmath.schedule.accrual import Accrual
from loanmath.schedule.rate_path import rate_path
from loanmath.schedule.segments import (
    cut_rows,
    cuts_of,
    segment_days,
    segment_years,
    segments_of,
)
from loanmath.schedule.timeline import Timeline
from loanmath.terms import InstallmentLoan, RoundedPer

__all__ = ["Piece", "RoundedPieces", "rounded_pieces"]

_ONE = Fraction(1)
# Looking a member up in its class costs more than comparing with it.
_DAILY_RATE, _PER_DAY = RateUnit.DAY, RoundedPer.DAY


class Piece(NamedTuple):
    """A part of a row whose interest is rounded alone, and comes so many times."""

    drawn: int
    times: int
    factor: int


class RoundedPieces(NamedTuple):
    """
    What the interest of each row is rounded in.

    Attributes:
        alike: What a piece of each row grows by, and how many there are.
        parted: The rows whose pieces differ: cut at a change of rate, or drawn on.
    """

    alike: list[tuple[int, int]]
    parted: dict[int, list[Piece]]

    def not_accruing(self, waived: set[int]) -> "RoundedPieces":
        """Return them with nothing accruing on some rows."""
        return RoundedPieces(
            [(0, 1) if row in waived else one for row, one in enumerate(self.alike)],
            {row: cut for row, cut in self.parted.items() if row not in waived},
        )


def rounded_pieces(
    loan: InstallmentLoan, rows: Timeline, growth: Accrual, by: DayCount
) -> RoundedPieces:
    """
    Return what the interest of each row is rounded in: its segments, or its days.

    Raises:
        DayCountError: If the day count has no meaning for a segment.
    """
    one_day, parted = _one_day(loan, _basis(loan, by)), {}
    if loan.drawdowns or len(growth.rates) > 1:
        parted = _parted(loan, rows, growth, by)
    if one_day is None:
        return RoundedPieces([(factor, 1) for factor in growth.factors], parted)
    rates = [rate * one_day for rate in growth.rates]
    days = [time // one_day for time in growth.times]
    in_force = map(rates.__getitem__, growth.change)
    return RoundedPieces(list(zip(in_force, days, strict=True)), parted)


def _basis(loan: InstallmentLoan, by: DayCount) -> Fraction | None:
    """Return the days of what the rate is for, where the day count counts days."""
    daily = loan.rate is not None and loan.rate.per is _DAILY_RATE
    return _ONE if daily else by.basis


def _one_day(loan: InstallmentLoan, basis: Fraction | None) -> int | None:
    """Return the numerator of a day's time, where interest is rounded per day."""
    if basis is None or loan.interest_rounded is not _PER_DAY:
        return None
    return basis.denominator


def _parted(
    loan: InstallmentLoan, rows: Timeline, growth: Accrual, by: DayCount
) -> dict[int, list[Piece]]:
    """Return the pieces of rows that are cut at a change of rate, or drawn on."""
    basis = _basis(loan, by)
    one_day = _one_day(loan, basis)

    def piece(drawn: int, change: int, time: int) -> Piece:
        rate = growth.rates[change]
        if one_day is None:
            return Piece(drawn, 1, rate * time)
        return Piece(drawn, time // one_day, rate * one_day)

    found = {
        row: [piece(drawn, growth.change[row], growth.times[row])]
        for row, drawn in enumerate(growth.drawn)
        if drawn
    }
    cuts = cuts_of(loan, rate_path(loan, rows.end[-1]))
    for row in cut_rows(rows, cuts):
        found[row] = []
        segments = segments_of(loan, rows, row, cuts, by)
        if basis is None:
            years = segment_years(loan, rows, by, segments)
            times = [(time * growth.time_unit).numerator for time in years]
        else:
            days = segment_days(loan, rows, by, segments)
            times = [number * basis.denominator for number in days]
        for segment, time in zip(segments, times, strict=True):
            drawn = _drawn(loan, rows.start[row], segment.start)
            found[row].append(piece(drawn, segment.change, time))
    return found


def _drawn(loan: InstallmentLoan, first: date, last: date) -> int:
    """Return what is drawn from one day to another, both of them included."""
    return sum(
        agreed_units(drawdown.amount, loan.digits, "drawdown")
        for drawdown in loan.drawdowns
        if first <= drawdown.on <= last
    )
