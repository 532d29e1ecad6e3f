"""Time in actual days over a fixed year: the equation of spreadsheets."""

from fractions import Fraction
from typing import ClassVar

from attrs import frozen

from loanmath.errors import FlowsError
from loanmath.recurrence import Step
from loanmath.yields.timing.rule import FlowDates, Timing

__all__ = ["ActualDays"]

_DAYS_IN_YEAR = 365


@frozen
class ActualDays:
    """
    The actual days since the first flow, over 365 (实际天数/365).

    Example:
        >>> from datetime import date
        >>> days = [date(2024, 1, 1), date(2025, 1, 1)]
        >>> ActualDays().measure(FlowDates(days, [True, False]))[1:3]
        ([0, 366], 365)

    Spreadsheets: XIRR.
    """

    PERIOD: ClassVar = "365 days"

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, in days over 365.

        Example:
            >>> from datetime import date
            >>> days = [date(2026, 1, 1), date(2026, 1, 2)]
            >>> ActualDays().measure(FlowDates(days, [True, False])).parts
            [0, 1]
        """
        first = flows.start.toordinal()
        days = [day.toordinal() - first for day in flows.days]
        return _in_days(days)

    def measure_even(self, count: int, every: Step) -> Timing:
        """
        Return when flows so many days apart are.

        Raises:
            FlowsError: If they are months apart: days need dates.

        Example:
            >>> ActualDays().measure_even(3, Step(days=7)).parts
            [0, 7, 14]
        """
        if every.months:
            raise FlowsError(
                "flows",
                got=f"amounts without dates, {every} apart",
                allowed="(date, amount) pairs, or amounts so many days apart",
                do="months differ in days: give the dates, or ask for EU_APRC, whose "
                "months are equal",
            )
        return _in_days([every.days * k for k in range(count)])


def _in_days(days: list[int]) -> Timing:
    return Timing([0] * len(days), days, _DAYS_IN_YEAR, Fraction(1), ActualDays.PERIOD)
