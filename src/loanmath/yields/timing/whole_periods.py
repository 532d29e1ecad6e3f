"""Time in whole periods only: the rule of rates that no text carries further."""

from fractions import Fraction

from attrs import field, frozen

from loanmath.errors import FlowsError, InputTypeError, LimitError
from loanmath.recurrence import Step
from loanmath.yields.timing.rule import FlowDates, Timing
from loanmath.yields.timing.unit_periods import UnitPeriods

__all__ = ["WholePeriods"]

_MOST_WEEKS = 53


def _to_weeks(weeks: int | Fraction) -> Fraction:
    if type(weeks) is not int and type(weeks) is not Fraction:
        raise InputTypeError("weeks_per_year", got=weeks, allowed="int or Fraction")
    exact = Fraction(weeks)
    if not 52 <= exact <= _MOST_WEEKS:
        raise LimitError("weeks_per_year", got=weeks, allowed="52 to 53")
    return exact


@frozen
class WholePeriods:
    """
    Time in whole periods of the transaction; flows between them are refused (整期).

    Formula: the whole days, weeks, semimonths, months or years since the first flow, in
    the period that occurs most often. A year has 365, `weeks_per_year`, 24, 12 or 1.

    Args:
        weeks_per_year: 52 to 53; 52.18 where a law says so.

    Raises:
        InputTypeError: If the weeks are not an `int` or a `Fraction`.
        LimitError: If they are out of range.

    Example:
        >>> from datetime import date
        >>> days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
        >>> WholePeriods().measure(FlowDates(days, [True, False, False])).wholes
        [0, 1, 2]
    """

    weeks_per_year: Fraction = field(default=Fraction(52), converter=_to_weeks)

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, in whole periods after the first.

        Raises:
            FlowsError: If a flow is not a whole number of periods after the first.

        Example:
            >>> from datetime import date
            >>> days = [date(2026, 1, 5), date(2026, 1, 19)]
            >>> WholePeriods().measure(FlowDates(days, [True, False])).per_year
            Fraction(365, 14)
        """
        timing = UnitPeriods().measure(flows)
        for day, part in zip(flows.days, timing.parts, strict=True):
            if part:
                raise FlowsError(
                    "dates of the flows",
                    got=f"{day}, no whole number of periods ({timing.period}) after "
                    f"{flows.start}",
                    allowed="whole periods between the flows",
                    do="ask for a convention that counts days, such as XIRR",
                )
        return self._with_weeks(timing)

    def measure_even(self, count: int, every: Step) -> Timing:
        """
        Return when flows without dates are, one step after the other.

        Example:
            >>> from fractions import Fraction
            >>> WholePeriods(Fraction("52.18")).measure_even(3, Step(days=14)).per_year
            Fraction(2609, 100)
        """
        return self._with_weeks(UnitPeriods().measure_even(count, every))

    def _with_weeks(self, timing: Timing) -> Timing:
        # 52 weeks, 26 fortnights, 13 times four weeks: each in proportion.
        if "week" in timing.period:
            return timing._replace(per_year=timing.per_year * self.weeks_per_year / 52)
        return timing
