"""How every row of a detailed plan grows: rates by date, drawdowns, exact factors."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from loanmath.currency import agreed_units
from loanmath.daycount import DayCount, HeadTail
from loanmath.errors import ScheduleError
from loanmath.rates import Rate, RateUnit
from loanmath.schedule.periods import rated
from loanmath.schedule.rate_path import rate_path
from loanmath.schedule.segments import (
    Cuts,
    RatePath,
    Segment,
    cut_rows,
    cuts_of,
    row_span,
    segment_days,
    segment_years,
    segments_of,
)
from loanmath.schedule.timeline import Timeline
from loanmath.terms import InstallmentLoan, SinglePayment

__all__ = [
    "Accrual",
    "accrual",
]

_ONE = Fraction(1)
# Looking a member up in its class costs more than comparing with it.
_DAY, _MONTH, _HEAD = RateUnit.DAY, RateUnit.MONTH, HeadTail.HEAD


_Timed: TypeAlias = list[tuple[Segment, int]]
"""Segments, each with its time."""


class Accrual(NamedTuple):
    """
    The growth of every row as integers over one denominator.

    Attributes:
        factors: The numerator that what is owed at the row's start grows by.
        drawn: The principal drawn in the row, in units.
        extra: The numerator of the interest that drawn principal earns in the row.
        drawn_times: Drawn units times the numerator of their time in the row; times a
            rate, an extra.
        times: The numerator of each row's whole time, cut by no change of the rate;
            times a rate, a factor.
        rates: The numerators of the rate path; a factor is a rate times a time.
        change: Which rate is in force where the row ends, from 0.
        denominator: Of factors and extras.
        time_unit: The denominator of times.
    """

    factors: list[int]
    drawn: list[int]
    extra: list[int]
    drawn_times: list[int]
    times: list[int]
    rates: list[int]
    change: list[int]
    denominator: int
    time_unit: int


def accrual(loan: InstallmentLoan, rows: Timeline, by: DayCount) -> Accrual:
    """
    Return how every row grows.

    Formula: the factor of a segment is the rate then in force times the segment's time;
    a row's factor is the sum over its segments, and principal drawn in it earns the
    factors of the segments after.

    Raises:
        DayCountError: If the day count has no meaning for a row or a segment.
        ScheduleError: If a negative rate eats more than the whole balance in a row.

    Example:
        >>> from loanmath.schedule.timeline import timeline
        >>> from loanmath.terms import LevelPayment, SteppedRate
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=LevelPayment(1),
        ...     rate=SteppedRate(Rate("1%/day"), {date(2026, 1, 25): Rate("2%/day")}))
        >>> accrual(loan, timeline(loan, 1), loan.counted_by).factors
        [52]
    """
    rate = loan.rate
    if rate is None:
        return _nothing_accrues(len(rows.end))
    if loan.drawdowns or type(rate) is not Rate:
        path = rate_path(loan, rows.end[-1])
        if loan.drawdowns or len(path) > 1:
            return _changing(loan, rows, by, path)
        rate = path[0][1]
    numerator, common = rate.value.as_integer_ratio()
    if rate.per is _MONTH:
        numerator *= 12
    size, months = len(rows.end), loan.regular_months
    if months and rows.start[0] < rows.end[0] and _counts_months(loan, rows, by):
        times, unit = [months] * size, 12
        factors = [months * numerator] * size
    else:
        times, _, unit = _times(loan, rows, by, [])
        factors = rated(numerator, times)
    nothing = [0] * size
    if numerator < 0:
        _check_growth(loan, factors, common * unit)
    return Accrual(
        factors,
        nothing,
        nothing,
        nothing,
        times,
        [numerator],
        nothing,
        common * unit,
        unit,
    )


def _nothing_accrues(size: int) -> Accrual:
    """Return the growth of rows of a loan without a rate, whose time counts nothing."""
    nothing = [0] * size
    return Accrual(nothing, nothing, nothing, nothing, nothing, [0], nothing, 1, 1)


def _changing(
    loan: InstallmentLoan, rows: Timeline, by: DayCount, path: RatePath
) -> Accrual:
    """Return how rows grow where the rate changes, or more is drawn."""
    cuts = cuts_of(loan, path)
    change = _in_force(rows, cuts.changes)
    cut = _cut(loan, rows, cuts, by)
    steady: list[Segment] = []
    if cuts.changes and loan.drawdowns:
        # At one rate from some row on, only what is drawn cuts a row.
        drawn_on = Cuts([drawdown.on for drawdown in loan.drawdowns], [])
        steady = _cut(loan, rows, drawn_on, by)
    times, parts, unit = _times(loan, rows, by, cut + steady)
    rates, common = _scaled([rate for _, rate in path])
    timed = list(zip(cut, parts, strict=False))
    factors = _factors(times, rates, change, timed)
    at_one_rate = list(zip(steady, parts[len(cut) :], strict=True))
    _add_up(times, at_one_rate)
    if min(rates) < 0:
        _check_growth(loan, factors, common * unit)
    drawn = extra = drawn_times = [0] * len(factors)
    if loan.drawdowns:
        extra, drawn_times = drawn.copy(), drawn.copy()
    found = Accrual(
        factors,
        drawn,
        extra,
        drawn_times,
        times,
        rates,
        change,
        common * unit,
        unit,
    )
    _draw(found, loan, rows, timed, at_one_rate if cuts.changes else timed)
    return found


def _cut(
    loan: InstallmentLoan, rows: Timeline, cuts: Cuts, by: DayCount
) -> list[Segment]:
    """Return the segments of the rows that are cut."""
    found: list[Segment] = []
    for index in cut_rows(rows, cuts):
        found += segments_of(loan, rows, index, cuts, by)
    return found


def _add_up(times: list[int], timed: _Timed) -> None:
    """Let the time of a row be that of its segments, in place."""
    for segment, _ in timed:
        times[segment.row] = 0
    for segment, part in timed:
        times[segment.row] += part


def _factors(
    times: list[int],
    rates: list[int],
    change: list[int],
    timed: _Timed,
) -> list[int]:
    """Return the factor of every row; of a cut one, the sum over its segments."""
    factors: list[int] = []
    while len(factors) < len(times):
        index, first = change[len(factors)], len(factors)
        factors += rated(rates[index], times[first : bisect_right(change, index)])
    for segment, _ in timed:
        factors[segment.row] = 0
    for segment, part in timed:
        factors[segment.row] += rates[segment.change] * part
        change[segment.row] = segment.change
    return factors


def _check_growth(loan: InstallmentLoan, factors: list[int], denominator: int) -> None:
    if min(factors) <= -denominator:
        raise ScheduleError(
            "rate",
            got=str(loan.rate),
            allowed="a rate that leaves something of the balance in every period",
            do="shorten the periods, or raise the rate",
        )


def _in_force(rows: Timeline, changes: list[date]) -> list[int]:
    """Return which rate of the path is in force as each row starts."""
    if not changes:
        return [0] * len(rows.start)
    first_rows = [bisect_left(rows.start, day) for day in changes]
    in_force: list[int] = []
    for number, stop in enumerate([*first_rows, len(rows.start)]):
        in_force += [number] * (stop - len(in_force))
    return in_force


def _scaled(path: Sequence[Rate]) -> tuple[list[int], int]:
    # All are per the same unit of time.
    months = 12 if path[0].per is _MONTH else 1
    values = [rate.value.as_integer_ratio() for rate in path]
    common = lcm(*(below for _, below in values))
    return [months * above * (common // below) for above, below in values], common


def _times(
    loan: InstallmentLoan, rows: Timeline, by: DayCount, cut: list[Segment]
) -> tuple[list[int], list[int], int]:
    """Return the times of whole rows and of segments, over one denominator."""
    if not cut and _counts_months(loan, rows, by):
        times = [loan.regular_months or 0] * len(rows.end)
        if rows.start[0] == rows.end[0]:
            times[0] = 0
        return times, [], 12
    daily = loan.rate is not None and loan.rate.per is _DAY
    basis = _ONE if daily else by.basis
    if basis is not None:
        days = _row_days(loan, rows, by)
        parts = segment_days(loan, rows, by, cut) if cut else []
        if basis.denominator != 1:
            days = [basis.denominator * number for number in days]
            parts = [basis.denominator * number for number in parts]
        return days, parts, basis.numerator
    spans = [row_span(loan, rows, index, by) for index in range(len(rows.end))]
    years = [by.years_of(span) for span in spans]
    years += segment_years(loan, rows, by, cut)
    common = lcm(*{time.denominator for time in years})
    numbers = [time.numerator * (common // time.denominator) for time in years]
    return numbers[: len(spans)], numbers[len(spans) :], common


def _counts_months(loan: InstallmentLoan, rows: Timeline, by: DayCount) -> bool:
    """Return whether nothing but the months of a regular period counts."""
    if by.name != "1/12" or (loan.rate is not None and loan.rate.per is _DAY):
        return False
    # The terms refuse this day count unless every period is regular.
    return loan.has_plain_rows or _are_regular(loan, rows)


def _are_regular(loan: InstallmentLoan, rows: Timeline) -> bool:
    """Return whether every row is an installment one step after the one before."""
    return (
        loan.last_due is None
        and rows.number[0] == 1
        and rows.number[-1] == len(rows.number)
        and not isinstance(loan.repayment, SinglePayment)
    )


def _row_days(loan: InstallmentLoan, rows: Timeline, by: DayCount) -> list[int]:
    if loan.head_tail is _HEAD:
        months = loan.regular_months
        same = months and by.days_in_regular_period(months, loan.roll_day)
        regular = loan.regular_start == loan.disbursed and rows.end is rows.unmoved
        if same and regular and _are_regular(loan, rows):
            return [same] * len(rows.end)
        numbers = by.day_numbers(rows.start, rows.end)
        if numbers is not None:
            return numbers
    return [
        by.days_of(row_span(loan, rows, index, by)) for index in range(len(rows.end))
    ]


def _draw(
    found: Accrual,
    loan: InstallmentLoan,
    rows: Timeline,
    timed: _Timed,
    at_one_rate: _Timed,
) -> None:
    for drawdown in loan.drawdowns:
        row = bisect_right(rows.end, drawdown.on)
        if row == len(rows.end):
            raise ScheduleError(
                "drawdowns",
                got=str(drawdown.on),
                allowed=f"before the last due date, {rows.end[-1]}",
            )
        units = agreed_units(drawdown.amount, loan.digits, "drawdown")
        found.drawn[row] += units
        # A row that is not cut is drawn on as it starts.
        whole = [(found.change[row], found.times[row])]
        after = steady = _after(drawdown.on, row, timed) or whole
        if at_one_rate is not timed:
            steady = _after(drawdown.on, row, at_one_rate) or whole
        for _, time in steady:
            found.drawn_times[row] += units * time
        for change, time in after:
            found.extra[row] += units * time * found.rates[change]


def _after(day: date, row: int, timed: _Timed) -> list[tuple[int, int]]:
    """Return rate and time of the segments of a row from a day on."""
    return [
        (segment.change, time)
        for segment, time in timed
        if segment.row == row and segment.start >= day
    ]
