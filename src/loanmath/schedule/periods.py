"""From agreed dates to periods: when each starts, ends and is due, and how it grows."""

from datetime import date
from fractions import Fraction
from math import lcm
from operator import sub
from typing import NamedTuple

from loanmath.calendars import adjust
from loanmath.daycount import DayCount, HeadTail
from loanmath.errors import ScheduleError
from loanmath.rates import RateUnit
from loanmath.recurrence import step_dates
from loanmath.terms import InstallmentLoan, InterestDates, SinglePayment

__all__ = ["Growth", "Periods", "growth", "resolve_periods"]


_MONTHS = "1/12"


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
        count = loan.repayment.count
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
    if rate is None:
        return Growth([0] * len(periods.end), 1)
    numerator, denominator = rate.value.as_integer_ratio()
    if rate.per is RateUnit.MONTH:
        numerator *= 12
    if by.name == _MONTHS:
        # The terms refuse this day count unless every period is regular.
        numerators = [numerator * _regular_months(loan)] * len(periods.end)
        denominator *= 12
    elif rate.per is RateUnit.DAY or by.basis is not None:
        if rate.per is not RateUnit.DAY:
            numerator *= by.basis.denominator
            denominator *= by.basis.numerator
        numerators = [numerator * number for number in _days(loan, periods, by)]
    else:
        fractions = _fractions(loan, periods, by)
        common = lcm(*{fraction.denominator for fraction in fractions})
        denominator *= common
        numerators = [
            numerator * fraction.numerator * (common // fraction.denominator)
            for fraction in fractions
        ]
    if numerator < 0 and min(numerators) <= -denominator:
        raise ScheduleError(
            "rate",
            got=str(rate),
            allowed="a rate that leaves something of the balance in every period",
            do="shorten the periods, or raise the rate",
        )
    return Growth(numerators, denominator)


def _days(loan: InstallmentLoan, periods: Periods, by: DayCount) -> list[int]:
    if by.counts_actual_days and loan.head_tail is HeadTail.HEAD:
        # The same number as day by day, without a call per period.
        ordinals = list(map(date.toordinal, [periods.start[0], *periods.end]))
        return list(map(sub, ordinals[1:], ordinals))
    return [
        CountedPeriod.of(loan, periods, index).days(by)
        for index in range(len(periods.end))
    ]


def _fractions(loan: InstallmentLoan, periods: Periods, by: DayCount) -> list[Fraction]:
    return [
        CountedPeriod.of(loan, periods, index).years(by)
        for index in range(len(periods.end))
    ]


class CountedPeriod(NamedTuple):
    """One period with all that a day count may need to know of it."""

    start: date
    end: date
    regular: tuple[date, date] | None
    months: int | None
    maturity: date
    head_tail: HeadTail
    end_of_month: bool

    @classmethod
    def of(cls, loan: InstallmentLoan, periods: Periods, index: int) -> "CountedPeriod":
        """Return period `index` of a loan, from 0."""
        months = _regular_months(loan)
        regular = periods.unmoved[index], periods.unmoved[index + 1]
        return cls(
            periods.start[index],
            periods.end[index],
            regular if months else None,
            months,
            periods.end[-1],
            _counted_ends(loan.head_tail, index, len(periods.end)),
            loan.end_of_month,
        )

    def days(self, by: DayCount) -> int:
        """Return the days that a day count finds in the period."""
        return by.days(
            self.start,
            self.end,
            period=self.regular,
            months=self.months,
            maturity=self.maturity,
            head_tail=self.head_tail,
        )

    def years(self, by: DayCount) -> Fraction:
        """Return the fraction of a year that a day count finds in the period."""
        return by.fraction(
            self.start,
            self.end,
            period=self.regular,
            months=self.months,
            maturity=self.maturity,
            end_of_month=self.end_of_month,
            head_tail=self.head_tail,
        )


def _regular_months(loan: InstallmentLoan) -> int | None:
    if isinstance(loan.every, tuple) or loan.every.days:
        return None
    single = isinstance(loan.repayment, SinglePayment)
    return loan.every.months * (loan.repayment.count if single else 1)


def _counted_ends(head_tail: HeadTail, index: int, count: int) -> HeadTail:
    # The ends are those of the loan: an inner date is counted once, by the period that
    # it starts. So a loan of several periods gains its last day, or loses its first.
    if head_tail is HeadTail.BOTH and index < count - 1:
        return HeadTail.HEAD
    if head_tail is HeadTail.NEITHER and index > 0:
        return HeadTail.HEAD
    return head_tail
