"""What a rule of time is given, and what it answers."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple, Protocol

from loanmath.recurrence import Step

__all__ = [
    "FlowDates",
    "TimeRule",
    "Timing",
    "timing_even",
    "timing_in_years",
    "timing_of",
]


class FlowDates(NamedTuple):
    """
    The days of cash flows, and which of them are advances.

    An advance has the sign of the first flow in time; the others are payments.
    """

    days: Sequence[date]
    are_advances: Sequence[bool]

    @property
    def start(self) -> date:
        """The first day, from which time is counted."""
        return min(self.days)

    @property
    def are_monthly(self) -> bool:
        """
        Whether these are an advance and payments every month from then on, on one day.

        Most loans are such, and every rule that counts months agrees on them.
        """
        days = self.days
        first = days[0]
        if len(days) < 4 or first.day > 28 or True in self.are_advances[1:]:
            return False
        months = [12 * day.year + day.month for day in days]
        starts = range(months[0], months[0] + len(days))
        return months == [*starts] and {day.day for day in days} == {first.day}

    @property
    def is_single(self) -> bool:
        """Whether there is one day with advances, and one with payments."""
        return len(self.of_advances()) == len(self.of_payments()) == 1

    def of_advances(self) -> list[date]:
        """Return the days with an advance, ascending."""
        return self._of(advances=True)

    def of_payments(self) -> list[date]:
        """Return the days with a payment, ascending."""
        return self._of(advances=False)

    def _of(self, *, advances: bool) -> list[date]:
        found = zip(self.days, self.are_advances, strict=True)
        return sorted({day for day, is_advance in found if is_advance is advances})


class Timing(NamedTuple):
    """
    When each flow is: `wholes[k] + parts[k] / of` unit-periods after the first.

    `per_year` is how many unit-periods a year has; `period` names one.
    """

    wholes: list[int]
    parts: list[int]
    of: int
    per_year: Fraction
    period: str


class TimeRule(Protocol):
    """A rule that counts the time between cash flows."""

    def measure(self, flows: FlowDates) -> Timing:
        """Return when each flow is, counted from the first day."""
        ...

    def measure_even(self, count: int, every: Step) -> Timing:
        """Return when flows without dates are, one step after the other."""
        ...


def timing_of(
    times: list[tuple[int, Fraction]], per_year: Fraction, period: str
) -> Timing:
    """
    Return the timing of (whole, part) pairs; a part of one or more joins the wholes.

    Example:
        >>> timing_of([(0, Fraction(0)), (1, Fraction(31, 30))], Fraction(12), "")
        Timing(wholes=[0, 2], parts=[0, 1], of=30, per_year=Fraction(12, 1), period='')
    """
    of = lcm(*{part.denominator for _, part in times})
    wholes, parts = [], []
    for whole, part in times:
        above, below = part.as_integer_ratio()
        more, rest = divmod(above * (of // below), of)
        wholes.append(whole + more)
        parts.append(rest)
    return Timing(wholes, parts, of, per_year, period)


def timing_in_years(years: list[Fraction], period: str) -> Timing:
    """
    Return the timing of times that are given in years.

    Example:
        >>> timing_in_years([Fraction(0), Fraction(3, 2)], "year").parts
        [0, 1]
    """
    return timing_of([(0, year) for year in years], Fraction(1), period)


def timing_even(
    count: int, stride: Fraction, per_year: Fraction, period: str
) -> Timing:
    """
    Return the timing of so many flows, each as much later than the one before.

    Example:
        >>> timing_even(3, Fraction(3, 2), Fraction(1), "")[:3]
        ([0, 1, 3], [0, 1, 0], 2)
    """
    above, of = stride.as_integer_ratio()
    times = range(0, count * above, above)
    wholes, parts = [time // of for time in times], [time % of for time in times]
    return Timing(wholes, parts, of, per_year, period)
