"""What every planner of rows works on: the terms, the rows, how they grow."""

from typing import NamedTuple

from loanmath.arithmetic import CAPITALIZED, CARRIED, DUE, InterestOf, Rounded
from loanmath.daycount import DayCount
from loanmath.schedule.accrual import Accrual, accrual
from loanmath.schedule.rounded_pieces import Piece, rounded_pieces
from loanmath.schedule.timeline import Timeline, timeline
from loanmath.terms import (
    Holiday,
    HolidayInterest,
    HolidayOf,
    InstallmentLoan,
    RoundedPer,
)

__all__ = ["Frame", "frame"]

_TREATMENTS = {
    HolidayInterest.CAPITALIZE: CAPITALIZED,
    HolidayInterest.CARRY: CARRIED,
    HolidayInterest.WAIVE: CARRIED,
}


class Frame(NamedTuple):
    """
    The rows of a plan before any amount is known.

    Attributes:
        loan: The terms.
        rows: The dates.
        growth: The factors, zero where interest is waived.
        treatments: What becomes of the interest of each row.
        repays: Whether principal may be repaid on each row: it is an installment, and
            on no holiday from principal.
    """

    loan: InstallmentLoan
    rows: Timeline
    growth: Accrual
    treatments: list[int]
    repays: list[bool]
    is_simple: bool
    """Whether every row is a paid installment that interest is due on, rounded once."""
    pieces: list[list[Piece]]
    """What each row's interest is rounded in, where that is not once."""

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.rows.end)

    @property
    def rounded(self) -> Rounded:
        """The rounding of interest."""
        return self.loan.rounding.quotient(self.loan.digits)

    def interest_from(self, first: int) -> InterestOf | None:
        """Return the interest of rows from one on, where it is rounded in pieces."""
        if not self.pieces:
            return None
        rounded, unit = self.rounded, self.growth.denominator

        def interest_of(row: int, owed: int) -> int:
            return sum(
                piece.times * rounded((owed + piece.drawn) * piece.factor, unit)
                for piece in self.pieces[first + row]
            )

        return interest_of

    @property
    def last(self) -> int:
        """The index of the last row."""
        return len(self.rows.end) - 1


def frame(loan: InstallmentLoan, count: int, *, by: DayCount | None = None) -> Frame:
    """
    Return the rows of a plan of so many installments, with their growth.

    Args:
        loan: The terms.
        count: How many installments.
        by: The day count, where it is not the one that interest accrues by.

    Raises:
        ScheduleError: If no rows follow from the terms.
        DayCountError: If the day count has no meaning for a row.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import FixedPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FixedPayment(60),
        ...     rate=Rate("1%/day"), holidays=[Holiday(1, 1, "principal")])
        >>> frame(loan, 2).repays
        [False, True]
    """
    rows = timeline(loan, count)
    growth = accrual(loan, rows, by or loan.counted_by)
    last = len(rows.number)
    simple = (
        not (loan.holidays or loan.drawdowns)
        and loan.interest_payments is None
        and loan.interest_rounded is RoundedPer.PERIOD
        and rows.number[0] == 1
    )
    if simple:
        treatments, repays = [DUE] * last, [True] * last
        return Frame(loan, rows, growth, treatments, repays, is_simple=True, pieces=[])
    treatments = [DUE if pays else CARRIED for pays in rows.pays_interest]
    repays = [number > 0 for number in rows.number]
    term = loan.interest_payments
    if term is not None and term.capitalized_until is not None:
        for index, day in enumerate(rows.unmoved):
            if treatments[index] == DUE and day <= term.capitalized_until:
                treatments[index] = CAPITALIZED
    pieces: list[list[Piece]] = []
    if loan.interest_rounded is not RoundedPer.PERIOD:
        pieces = rounded_pieces(loan, rows, growth, by or loan.counted_by)
    found = Frame(loan, rows, growth, treatments, repays, False, pieces)
    if loan.holidays:
        _keep_holidays(found)
        if found.treatments[-1] == CARRIED:
            # Whatever was carried is due at last with the last installment.
            found.treatments[-1] = DUE
    return found


def _keep_holidays(found: Frame) -> None:
    row_of = {number: row for row, number in enumerate(found.rows.number)}
    for holiday in found.loan.holidays:
        for number in range(holiday.first, holiday.last + 1):
            if number in row_of:
                _keep_holiday(found, holiday, row_of[number])


def _keep_holiday(found: Frame, holiday: Holiday, index: int) -> None:
    if holiday.of is not HolidayOf.INTEREST:
        found.repays[index] = False
    if holiday.interest is None:
        return
    if holiday.interest is not HolidayInterest.WAIVE or _carries(found.loan):
        found.treatments[index] = _TREATMENTS[holiday.interest]
    if holiday.interest is HolidayInterest.WAIVE:
        found.growth.factors[index] = 0
        found.growth.extra[index] = 0
        found.growth.drawn_times[index] = 0
        found.growth.times[index] = 0
        if found.pieces:
            found.pieces[index] = []


def _carries(loan: InstallmentLoan) -> bool:
    """Return whether interest may be carried to a row on which none accrues."""
    return loan.interest_payments is not None or any(
        holiday.interest is HolidayInterest.CARRY for holiday in loan.holidays
    )
