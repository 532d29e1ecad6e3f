"""The parts of a row between the dates on which something changes."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from loanmath.daycount import DayCount, HeadTail, Span
from loanmath.errors import DayCountError
from loanmath.rates import Rate
from loanmath.recurrence import Step, add_months, is_month_end, shift_months
from loanmath.schedule.periods import counted_ends
from loanmath.schedule.rate_path import rate_path
from loanmath.schedule.timeline import Timeline
from loanmath.terms import InstallmentLoan
from loanmath.terms.consequences import counts_parts, keeps_month_ends

__all__ = [
    "Cuts",
    "RatePath",
    "Segment",
    "cut_rows",
    "cuts_of",
    "row_segments",
    "row_span",
    "segment_days",
    "segment_years",
    "segments_of",
]

# Looking a member up in its class costs more than comparing with it.
_HEAD, _ONE_DAY = HeadTail.HEAD, timedelta(1)

RatePath: TypeAlias = list[tuple[date, Rate]]


class Segment(NamedTuple):
    """
    A part of a row with one rate and one principal.

    Attributes:
        row: The row.
        start: The day on which the part starts.
        end: The day on which it ends.
        head_tail: Which of the two bear interest.
        change: Which rate of the path is in force, from 0.
    """

    row: int
    start: date
    end: date
    head_tail: HeadTail
    change: int

    def within(self, whole: Span) -> Span:
        """Return it with all that a day count may need to know of its row."""
        return Span(whole.name, self.start, self.end, self.head_tail, *whole[4:])


class Cuts(NamedTuple):
    """The dates that cut a period: all of them, and those of rate changes alone."""

    dates: list[date]
    changes: list[date]


def cuts_of(loan: InstallmentLoan, path: RatePath) -> Cuts:
    """Return the dates on which a rate changes or principal is drawn."""
    changes = [on for on, _ in path[1:]]
    if loan.head_tail is HeadTail.TAIL:
        # A day bears the rate of its date: where the end day of a span counts instead
        # of the start day, a change cuts the day before.
        changes = [on - _ONE_DAY for on in changes]
    if not loan.drawdowns:
        return Cuts(changes, changes)
    drawn = [drawdown.on for drawdown in loan.drawdowns]
    return Cuts(sorted({*changes, *drawn}), changes)


def cut_rows(rows: Timeline, cuts: Cuts) -> list[int]:
    """Return the rows inside which something changes, in order."""
    start, end, found = rows.start, rows.end, list[int]()
    for day in cuts.dates:
        index = bisect_right(end, day)
        if index == len(end):
            # A change on the last day of all matters where that day is counted.
            index -= 1
        if start[index] < day <= end[index] and index not in found[-1:]:
            found.append(index)
    return found


def row_segments(loan: InstallmentLoan, rows: Timeline, by: DayCount) -> list[Segment]:
    """
    Return the segments of all rows in order: rows cut at rate changes and drawdowns.

    Raises:
        DayCountError: If a row is cut and the day count cannot count a part of it.
    """
    cuts = cuts_of(loan, rate_path(loan, rows.end[-1]))
    return [
        segment
        for index in range(len(rows.end))
        for segment in segments_of(loan, rows, index, cuts, by)
    ]


def segments_of(
    loan: InstallmentLoan,
    rows: Timeline,
    index: int,
    cuts: Cuts,
    by: DayCount,
) -> list[Segment]:
    """
    Return the segments of a row.

    Raises:
        DayCountError: If it is cut and the day count cannot count a part of it.
    """
    start, end = rows.start[index], rows.end[index]
    dates = cuts.dates
    inner = dates[bisect_right(dates, start) : bisect_left(dates, end)]
    if inner and not counts_parts(loan, by):
        raise _uncounted(by, inner[0])
    is_first, is_last = _ends_of(rows, index)
    stops = [*inner, end]
    if is_last and loan.head_tail is HeadTail.BOTH and end in cuts.changes:
        # The last day is counted, at the rate that it brings.
        stops.append(end)
    found = []
    for number, (begin, stop) in enumerate(pairwise([start, *stops]), start=1):
        ends = counted_ends(
            loan.head_tail,
            is_first=is_first and begin == start,
            is_last=is_last and number == len(stops),
        )
        change = bisect_right(cuts.changes, begin)
        found.append(Segment(index, begin, stop, ends, change))
    return found


def segment_days(
    loan: InstallmentLoan, rows: Timeline, by: DayCount, segments: list[Segment]
) -> list[int]:
    """Return the time of each segment in days."""
    if loan.head_tail is _HEAD and by.counts_actual_days:
        return [(segment.end - segment.start).days for segment in segments]
    return [
        by.days_of(segment.within(whole))
        for segment, whole in _with_rows(loan, rows, by, segments)
    ]


def segment_years(
    loan: InstallmentLoan, rows: Timeline, by: DayCount, segments: list[Segment]
) -> list[Fraction]:
    """
    Return the time of each segment in years.

    Formula: by whole months, `years of the row * days / days of the row`, both actual;
    else what the day count makes of the dates.
    """
    found: list[Fraction] = []
    for segment, whole in _with_rows(loan, rows, by, segments):
        if by.name != "1/12" or segment[1:3] == whole[1:3]:
            found.append(by.years_of(segment.within(whole)))
        else:
            part, of = segment.end - segment.start, whole.end - whole.start
            found.append(by.years_of(whole) * Fraction(part.days, of.days))
    return found


def _with_rows(
    loan: InstallmentLoan, rows: Timeline, by: DayCount, segments: list[Segment]
) -> list[tuple[Segment, Span]]:
    """Return segments, each with the row that it is a part of."""
    wholes = {
        row: row_span(loan, rows, row, by)
        for row in dict.fromkeys(segment.row for segment in segments)
    }
    return [(segment, wholes[segment.row]) for segment in segments]


def _uncounted(by: DayCount, day: date) -> DayCountError:
    return DayCountError(
        "day_count",
        got=by.name,
        allowed="a day count that counts days, where a period is cut",
        do="name one, such as '30/360 CN', or '1/12' for shares of the actual days:"
        f" something changes on {day}",
    )


def _ends_of(rows: Timeline, index: int) -> tuple[bool, bool]:
    """Return whether a row holds the first day of the loan, and the last."""
    first = int(rows.start[0] == rows.end[0])
    return index == first, index == len(rows.end) - 1


def row_span(loan: InstallmentLoan, rows: Timeline, index: int, by: DayCount) -> Span:
    """Return a row with all that a day count may need to know of it."""
    start, end = rows.start[index], rows.end[index]
    months, period = _regular(loan, rows, index)
    is_first, is_last = _ends_of(rows, index)
    return Span(
        by.name,
        start,
        end,
        head_tail=counted_ends(loan.head_tail, is_first=is_first, is_last=is_last),
        calendar=by.calendar,
        period=period,
        months=months,
        maturity=rows.end[-1],
        end_of_month=keeps_month_ends(loan),
    )


def _regular(
    loan: InstallmentLoan, rows: Timeline, index: int
) -> tuple[int | None, tuple[date, date] | None]:
    """Return the months and dates of the regular period that a row belongs to."""
    if not isinstance(loan.every, Step) or not loan.every.months:
        return None, None
    unmoved, before = rows.unmoved[index], _before(loan, rows, index)
    months = 12 * (unmoved.year - before.year) + unmoved.month - before.month
    roll_day = loan.roll_day
    if months and _is_on(before, roll_day) and _is_on(unmoved, roll_day):
        return months, (before, unmoved)
    # A row off the regular dates counts within the regular period that it ends in.
    step = loan.every.months
    behind = 12 * (unmoved.year - loan.anchor.year) + unmoved.month - loan.anchor.month
    steps = -(-behind // step)
    while add_months(loan.anchor, step * steps, roll_day=roll_day) < unmoved:
        steps += 1
    stop = add_months(loan.anchor, step * steps, roll_day=roll_day)
    # Where it starts may lie before the years that a date of the contract may be in.
    return step, (shift_months(stop, -step, roll_day=roll_day), stop)


def _before(loan: InstallmentLoan, rows: Timeline, index: int) -> date:
    """Return where the regular period before a date starts, if the date ends one."""
    if index:
        return rows.unmoved[index - 1]
    term = loan.interest_payments
    if rows.number[0] == 1 and (term is None or term.every is None):
        # An odd first period is a part of a regular one, or longer.
        return loan.regular_start or loan.disbursed
    return loan.disbursed


def _is_on(day: date, roll_day: int) -> bool:
    """Return whether a date is a roll day, clamped to the length of its month."""
    return day.day == roll_day or (day.day < roll_day and is_month_end(day))
