"""Time in coupon periods: whole ones back from each flow, and a part by actual days."""

from fractions import Fraction

from attrs import field, frozen

from loanmath.errors import InputTypeError, LimitError
from loanmath.recurrence import Step, shift_months
from loanmath.yields.timing.periods import days_aimed_at
from loanmath.yields.timing.rule import FlowDates, Timing, timing_even, timing_of
from loanmath.yields.timing.unit_periods import months_back

__all__ = ["CouponPeriods"]

_FREQUENCIES = (1, 2, 3, 4, 6, 12)


def _to_frequency(frequency: object) -> int:
    if type(frequency) is not int:
        raise InputTypeError("frequency", got=frequency, allowed="int")
    if frequency not in _FREQUENCIES:
        raise LimitError("frequency", got=frequency, allowed="1, 2, 3, 4, 6 or 12")
    return frequency


@frozen
class CouponPeriods:
    """
    Coupon periods counted back from each flow, the first one in part (ACT/ACT ICMA).

    Formula: whole periods of `12 / frequency` months back from the flow, and
    `days from the first flow to the period's end / days of the period`.

    Args:
        frequency: Coupons a year: 1, 2, 3, 4, 6 or 12.

    Raises:
        InputTypeError: If the frequency is not an `int`.
        LimitError: If it is another number.

    Example:
        >>> from datetime import date
        >>> days = [date(2000, 1, 30), date(2000, 7, 30)]
        >>> CouponPeriods(2).measure(FlowDates(days, [True, False])).wholes
        [0, 1]

    Source: ICMA Rule 251, recalled, not checked against the text.
    """

    frequency: int = field(converter=_to_frequency)

    def measure(self, flows: FlowDates) -> Timing:
        """
        Return when each flow is, in coupon periods after the first.

        Example:
            >>> from datetime import date
            >>> days = [date(2003, 11, 1), date(2004, 8, 1)]
            >>> CouponPeriods(2).measure(FlowDates(days, [True, False]))[:3]
            ([0, 1], [0, 1], 2)
        """
        start, every = flows.start, 12 // self.frequency
        times = []
        for day, aim in zip(flows.days, days_aimed_at(flows, start.day), strict=True):
            wholes = months_back(start, day, aim)[0] // every
            end = shift_months(day, -every * wholes, roll_day=aim)
            before = shift_months(day, -every * (wholes + 1), roll_day=aim)
            times.append((wholes, Fraction((end - start).days, (end - before).days)))
        return timing_of(times, Fraction(self.frequency), self._name)

    def measure_even(self, count: int, every: Step) -> Timing:
        """
        Return when flows so many months apart are.

        Raises:
            LimitError: If they are not whole coupon periods apart.

        Example:
            >>> CouponPeriods(2).measure_even(3, Step(months=6)).wholes
            [0, 1, 2]
        """
        coupon = 12 // self.frequency
        if not every.months or every.months % coupon:
            raise LimitError(
                "every",
                got=str(every),
                allowed=f"a multiple of P{coupon}M",
                do="ask for EU_APRC, which takes any step, or give dates",
            )
        stride = Fraction(every.months // coupon)
        return timing_even(count, stride, Fraction(self.frequency), self._name)

    @property
    def _name(self) -> str:
        return f"coupon period, {self.frequency} a year"
