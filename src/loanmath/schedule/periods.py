"""From agreed dates to periods: when each starts, ends and is due, and how it grows."""

from datetime import date
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from loanmath.calendars import adjust
from loanmath.daycount import DayCount, HeadTail, Span
from loanmath.errors import ScheduleError
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import step_dates
from loanmath.terms import InstallmentLoan, InterestDates, SinglePayment
from loanmath.terms.consequences import keeps_month_ends

__all__ = [
    "Growth",
    "Periods",
    "counted_ends",
    "growth",
    "rated",
    "resolve_periods",
    "spans",
]


# Looking a member up in its class costs more than comparing with it.
_DAY, _MONTH = RateUnit.DAY, RateUnit.MONTH


class Periods(NamedTuple):
    """The dates of every period, as columns; the unmoved ones before any calendar."""

    start: list[date]
    end: list[date]
    due: list[date]
    unmoved: list[date]
    """The regular dates: where period 1 would regularly start, then every due date."""


class Growth(NamedTuple):
    """The interest factor of every period: `numerators[k] / denominator`, exact."""

    numerators: list[int]
    denominator: int


def resolve_periods(loan: InstallmentLoan) -> Periods:
    """
    Return the periods that the terms agree on, every date counted from the anchor.

    Raises:
        CalendarRangeError: If a due date is beyond what the calendar knows.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=1, every="monthly",
        ...     disbursed=date(2023, 1, 31), repayment=LevelPayment(2),
        ...     rate=Rate("0%/day"))
        >>> [str(day) for day in resolve_periods(loan).due]
        ['2023-02-28', '2023-03-31']
    """
    if isinstance(loan.every, tuple):
        dates = list(loan.every)
    else:
        count = loan.repayment.count or 1
        dates = step_dates(loan.anchor, loan.every, count, loan.roll_day)
    if isinstance(loan.repayment, SinglePayment):
        del dates[:-1]
    unmoved = [loan.regular_start or loan.disbursed, *dates]
    term = loan.business_days
    if term is None:
        return Periods([loan.disbursed, *dates[:-1]], dates, dates, unmoved)
    due = [adjust(day, term.rule, term.calendar) for day in dates]
    if due[0] <= loan.disbursed:
        raise ScheduleError(
            "installment 1",
            got=f"due {due[0]} after the business-day rule",
            allowed=f"after disbursed, {loan.disbursed}",
            do="state a later first_due",
        )
    end = due if term.interest is InterestDates.ADJUSTED else dates
    return Periods([loan.disbursed, *end[:-1]], end, due, unmoved)


def growth(loan: InstallmentLoan, periods: Periods, by: DayCount) -> Growth:
    """
    Return the interest factor of every period: the rate times its time, exact.

    Formula: `rate * days` for a rate per day; `rate * fraction` for a rate per year;
    `12 * rate * fraction` for a rate per month, with the day count's days and year
    fraction. Terms without a rate do not grow.

    Raises:
        DayCountError: If the day count has no meaning for a period.
        ScheduleError: If a negative rate eats more than the whole balance in a period.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=1, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=LevelPayment(2),
        ...     rate=Rate("0.04%/day"))
        >>> growth(loan, resolve_periods(loan), loan.counted_by)
        Growth(numerators=[31, 28], denominator=2500)
    """
    rate = loan.rate
    if type(rate) is not Rate:
        return Growth([0] * len(periods.end), 1)
    numerator, denominator = rate.value.as_integer_ratio()
    unit = rate.per
    if unit is _MONTH:
        numerator *= 12
    if by.name == "1/12" and loan.regular_months:
        # The terms refuse this day count unless every period is regular.
        times = [loan.regular_months] * len(periods.end)
        denominator *= 12
    elif unit is _DAY:
        times = _days(loan, periods, by)
    elif (basis := by.basis) is not None:
        times = _days(loan, periods, by)
        numerator *= basis.denominator
        denominator *= basis.numerator
    else:
        times, common = _years(loan, periods, by)
        denominator *= common
    numerators = rated(numerator, times)
    if numerator < 0 and min(numerators) <= -denominator:
        raise ScheduleError(
            "rate",
            got=str(rate),
            allowed="a rate that leaves something of the balance in every period",
            do="shorten the periods, or raise the rate",
        )
    return Growth(numerators, denominator)


def rated(rate: int, times: list[int]) -> list[int]:
    """
    Return a rate times each of some times.

    Example:
        >>> rated(3, [0, 12, 12]), rated(3, [31, 28, 31])
        ([0, 36, 36], [93, 84, 93])
    """
    alike = times.count(times[-1])
    if alike == len(times):
        return [rate * times[0]] * alike
    if alike == len(times) - 1 and times[0] != times[-1]:
        return [rate * times[0]] + [rate * times[-1]] * alike
    return [rate * time for time in times]


def _days(loan: InstallmentLoan, periods: Periods, by: DayCount) -> list[int]:
    if loan.head_tail is HeadTail.HEAD:
        months = loan.regular_months
        if months and [loan.disbursed, *periods.end] == periods.unmoved:
            same = by.days_in_regular_period(months, loan.roll_day)
            if same is not None:
                return [same] * len(periods.end)
        numbers = by.day_numbers(periods.start, periods.end)
        if numbers is not None:
            return numbers
    return [by.days_of(span) for span in spans(loan, periods, by)]


def _years(
    loan: InstallmentLoan, periods: Periods, by: DayCount
) -> tuple[list[int], int]:
    years = [by.years_of(span) for span in spans(loan, periods, by)]
    common = lcm(*{time.denominator for time in years})
    return [time.numerator * (common // time.denominator) for time in years], common


def spans(loan: InstallmentLoan, periods: Periods, by: DayCount) -> list[Span]:
    """
    Return every period with all that a day count may need to know of it.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=1, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=LevelPayment(1),
        ...     rate=Rate("0.04%/day"))
        >>> spans(loan, resolve_periods(loan), loan.counted_by)[0].months
        1
    """
    months = loan.regular_months
    last = len(periods.end) - 1
    to_month_ends = keeps_month_ends(loan)
    return [
        Span(
            by.name,
            start,
            end,
            head_tail=counted_ends(
                loan.head_tail, is_first=index == 0, is_last=index == last
            ),
            calendar=by.calendar,
            period=regular if months else None,
            months=months,
            maturity=periods.end[-1],
            end_of_month=to_month_ends,
        )
        for index, (start, end, regular) in enumerate(
            zip(periods.start, periods.end, pairwise(periods.unmoved), strict=True)
        )
    ]


def counted_ends(head_tail: HeadTail, *, is_first: bool, is_last: bool) -> HeadTail:
    """
    Return which end days of a period count, given the rule for the whole loan.

    Example:
        >>> counted_ends(HeadTail.BOTH, is_first=True, is_last=False).value
        'head'
    """
    # The ends are those of the loan: an inner date is counted once, by the period that
    # it starts. So a loan of several periods gains its last day, or loses its first.
    if head_tail is HeadTail.BOTH and not is_last:
        return HeadTail.HEAD
    if head_tail is HeadTail.NEITHER and not is_first:
        return HeadTail.HEAD
    return head_tail
