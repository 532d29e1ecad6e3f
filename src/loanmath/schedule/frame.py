"""What every planner of rows works on: the terms, the rows, how they grow."""

from bisect import bisect_right
from typing import NamedTuple

from loanmath.arithmetic import CAPITALIZED, CARRIED, DUE, InterestOf, Rounded
from loanmath.daycount import DayCount
from loanmath.schedule.accrual import Accrual, accrual
from loanmath.schedule.rounded_pieces import RoundedPieces, rounded_pieces
from loanmath.schedule.timeline import Timeline, timeline
from loanmath.terms import (
    Holiday,
    HolidayInterest,
    HolidayOf,
    InstallmentLoan,
    RoundedPer,
)

__all__ = ["Frame", "frame"]

# Looking a member up in its class costs more than comparing with it.
_WAIVE, _OF_INTEREST = HolidayInterest.WAIVE, HolidayOf.INTEREST
_PER_PERIOD = RoundedPer.PERIOD


class Frame(NamedTuple):
    """
    The rows of a plan before any amount is known.

    Attributes:
        loan: The terms.
        rows: The dates.
        growth: The factors, zero where interest is waived.
        rounded: The rounding of interest.
        treatments: What becomes of the interest of each row.
        repays: Whether principal may be repaid on each row: it is an installment, and
            on no holiday from principal.
    """

    loan: InstallmentLoan
    rows: Timeline
    growth: Accrual
    rounded: Rounded
    treatments: list[int]
    repays: list[bool]
    pieces: RoundedPieces | None
    """What each row's interest is rounded in, where that is not once when it moves."""
    regular_from: int
    """
    The first row from which on every one is a paid installment that interest is due on,
    in pieces that are all alike; the number of rows if the last is not.
    """

    @property
    def is_regular(self) -> bool:
        """Whether all rows are regular."""
        return self.regular_from == 0

    @property
    def is_simple(self) -> bool:
        """Whether all rows are regular, the interest of each rounded once."""
        return self.regular_from == 0 and self.pieces is None

    @property
    def repays_alike(self) -> bool:
        """
        Whether no row but the regular ones changes what is owed.

        The rows before them then pay their interest and nothing else.
        """
        first = self.regular_from
        return (
            first < len(self.repays)
            and not self.loan.drawdowns
            and True not in self.repays[:first]
            and self.treatments[:first].count(DUE) == first
        )

    @property
    def falls(self) -> bool:
        """
        Whether a unit more paid early lowers the last payment, while there is one.

        What is owed less then never shrinks from row to row where no factor is below
        zero, since no rounding turns more into less; but what is repaid in full before
        a drawdown leaves no trace of when.
        """
        return not self.loan.drawdowns and min(self.growth.rates) >= 0

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.rows.end)

    def interest_from(self, first: int) -> InterestOf | None:
        """Return the interest of rows from one on, where it is rounded in pieces."""
        pieces = self.pieces
        if pieces is None:
            return None
        rounded, unit = self.rounded, self.growth.denominator

        def interest_of(row: int, owed: int) -> int:
            row += first
            if row not in pieces.parted:
                factor, times = pieces.alike[row]
                return times * rounded(owed * factor, unit)
            interest = 0
            for drawn, times, factor in pieces.parted[row]:
                interest += times * rounded((owed + drawn) * factor, unit)
            return interest

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
    rows, by = timeline(loan, count), by or loan.counted_by
    growth = accrual(loan, rows, by)
    rounded = loan.rounding.quotient(loan.digits)
    if loan.has_plain_rows:
        size = len(rows.end)
        return Frame(loan, rows, growth, rounded, [DUE] * size, [True] * size, None, 0)
    pieces, regular_from = None, 0
    if loan.drawdowns:
        regular_from = bisect_right(rows.end, loan.drawdowns[-1].on) + 1
    if loan.interest_rounded is not _PER_PERIOD:
        pieces = rounded_pieces(loan, rows, growth, by)
        if pieces.parted:
            regular_from = max(regular_from, max(pieces.parted) + 1)
    if loan.interest_payments is None and not loan.holidays:
        size = len(rows.end)
        treatments, repays = [DUE] * size, [True] * size
        if rows.number[0] == 0:
            repays[0], regular_from = False, max(regular_from, 1)
        return Frame(
            loan, rows, growth, rounded, treatments, repays, pieces, regular_from
        )
    treatments, repays = _treatments(loan, rows), _repays(rows)
    if loan.holidays:
        waived = _hold(loan, rows, treatments, repays)
        if waived:
            growth = _not_accruing(growth, waived)
            pieces = pieces and pieces.not_accruing(waived)
    regular_from = max(regular_from, _regular_from(treatments, repays))
    return Frame(loan, rows, growth, rounded, treatments, repays, pieces, regular_from)


def _hold(
    loan: InstallmentLoan, rows: Timeline, treatments: list[int], repays: list[bool]
) -> set[int]:
    """Let holidays change rows in place; return those on which nothing accrues."""
    waived = set()
    for row, holiday in _held_rows(loan, rows):
        if holiday.of is not _OF_INTEREST:
            repays[row] = False
        if holiday.interest is not None:
            treatments[row] = _held_treatment(loan, holiday, treatments[row])
            if holiday.interest is _WAIVE:
                waived.add(row)
    if treatments[-1] == CARRIED:
        # Whatever was carried is due at last with the last installment.
        treatments[-1] = DUE
    return waived


def _held_rows(loan: InstallmentLoan, rows: Timeline) -> list[tuple[int, Holiday]]:
    """Return the rows that are on a holiday, each with the holiday."""
    numbers = rows.number
    if isinstance(numbers, range):
        first, last = numbers[0], numbers[-1]
        return [
            (row, holiday)
            for holiday in loan.holidays
            for row in range(holiday.first - first, min(holiday.last, last) + 1 - first)
        ]
    row_of = dict(zip(numbers, range(len(numbers)), strict=True))
    return [
        (row_of[number], holiday)
        for holiday in loan.holidays
        for number in range(holiday.first, min(holiday.last, numbers[-1]) + 1)
    ]


def _treatments(loan: InstallmentLoan, rows: Timeline) -> list[int]:
    """Return what becomes of the interest of each row, apart from holidays."""
    treatments, term = [DUE] * len(rows.end), loan.interest_payments
    if term is not None and False in rows.pays_interest:
        treatments = [DUE if pays else CARRIED for pays in rows.pays_interest]
    if term is not None and term.capitalized_until is not None:
        for index, day in enumerate(rows.unmoved):
            if treatments[index] == DUE and day <= term.capitalized_until:
                treatments[index] = CAPITALIZED
    return treatments


def _held_treatment(loan: InstallmentLoan, holiday: Holiday, agreed: int) -> int:
    """Return what becomes of the interest of a row that is on a holiday."""
    match holiday.interest:
        case HolidayInterest.CAPITALIZE:
            return CAPITALIZED
        case HolidayInterest.CARRY:
            return CARRIED
        case HolidayInterest.WAIVE if _carries(loan):
            # None accrues, and what earlier rows carried is not due yet.
            return CARRIED
        case _:
            return agreed


def _carries(loan: InstallmentLoan) -> bool:
    """Return whether interest may be carried to a row on which none accrues."""
    return loan.interest_payments is not None or any(
        holiday.interest is HolidayInterest.CARRY for holiday in loan.holidays
    )


def _repays(rows: Timeline) -> list[bool]:
    """Return whether principal may be repaid on each row, apart from holidays."""
    if 0 in rows.number:
        return [number > 0 for number in rows.number]
    return [True] * len(rows.number)


def _regular_from(treatments: list[int], repays: list[bool]) -> int:
    """Return the first row from which on all repay principal, with interest due."""
    first = 0
    if False in repays:
        first = len(repays) - repays[::-1].index(False)
    later = treatments[first:]
    if later.count(DUE) == len(later):
        return first
    return first + max(row for row, found in enumerate(later, 1) if found != DUE)


def _not_accruing(growth: Accrual, waived: set[int]) -> Accrual:
    """Return the growth with nothing accruing on some rows."""

    def kept(column: list[int]) -> list[int]:
        return [0 if row in waived else value for row, value in enumerate(column)]

    return growth._replace(
        factors=kept(growth.factors),
        extra=kept(growth.extra),
        drawn_times=kept(growth.drawn_times),
        times=kept(growth.times),
    )
