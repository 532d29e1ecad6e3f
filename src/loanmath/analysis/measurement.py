"""
Values and ratios of cash flows at a rate, rounded as agreed, every digit decided.

A value at a rate is seldom rational. It is enclosed in an interval of decimals; where
both ends round alike the digit is decided, and where an edge of the rounding lies
between them, an exact test says whether the value is that edge.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from loanmath.arithmetic import Rounded
from loanmath.yields import Equation
from loanmath.yields.signs import enclosure, proved_sign, vanishes

__all__ = ["Growth", "Pairs"]

Pairs: TypeAlias = Iterable[tuple[int, int]]
"""Cash flows as (time, amount) in integers, at times of zero or more."""

_FIRST_DIGITS = 34
_Interval: TypeAlias = tuple[Fraction, Fraction]


class Growth(NamedTuple):
    """
    What one becomes in so many units of time: one plus a rate.

    Attributes:
        factor: One plus the rate, above zero.
        unit: The units of time that the rate is for: 1 period, or 365 days.

    Example:
        >>> from loanmath.rounding import RoundingMode, divider
        >>> growth, half_up = Growth(Fraction(11, 10), 1), divider(RoundingMode.HALF_UP)
        >>> growth.value([(1, 110), (2, 121)], Fraction(1), half_up)
        200
        >>> growth.ratio([(1, 33)], [(1, 22)], Fraction(100), half_up)
        150
        >>> growth.sign([(0, -100), (1, 110)]), growth.interest(100, 2, half_up)
        (0, 21)
    """

    factor: Fraction
    unit: int

    def value(self, flows: Pairs, scale: Fraction, rounded: Rounded) -> int:
        """Return `rounded(scale * sum of amount / factor ** (time / unit))`."""
        equation = self._equation(flows)

        def enclosed(digits: int) -> _Interval:
            low, high = self._interval(equation, digits)
            return low * scale, high * scale

        def is_exactly(edge: Fraction) -> bool:
            return self._vanish([*_scaled(equation), (0, -edge / scale)])

        return _decided(enclosed, is_exactly, rounded)

    def ratio(
        self, above: Pairs, below: Pairs, scale: Fraction, rounded: Rounded
    ) -> int:
        """Return the rounded ratio of two values, the second of them not zero."""
        top, bottom = self._equation(above), self._equation(below)

        def enclosed(digits: int) -> _Interval:
            low, high = self._interval(bottom, digits)
            while low <= 0 <= high:
                digits *= 2
                low, high = self._interval(bottom, digits)
            ends = [
                end / other * scale
                for end in self._interval(top, digits)
                for other in (low, high)
            ]
            return min(ends), max(ends)

        def is_exactly(edge: Fraction) -> bool:
            return self._vanish([*_scaled(top), *_scaled(bottom, -edge / scale)])

        return _decided(enclosed, is_exactly, rounded)

    def sign(self, flows: Pairs) -> int:
        """Return the proved sign of the value of cash flows: -1, 0 or 1."""
        equation = Equation.netted(flows, self.unit)
        if not equation.times:
            return 0
        rate = self.factor - 1
        return proved_sign(equation, rate.numerator, rate.denominator)[0].value

    def interest(self, units: int, time: int, rounded: Rounded) -> int:
        """Return `rounded(units * (factor ** (time / unit) - 1))`."""
        whole, rest = divmod(time, self.unit)
        if rest == 0:
            gain = self.factor**whole - 1
            return rounded(units * gain.numerator, gain.denominator)
        # Grown instead of discounted: the value of a later flow at the inverse rate.
        flows = [(0, -units), (time, units)]
        return self.inverse.value(flows, Fraction(1), rounded)

    @property
    def inverse(self) -> "Growth":
        """What makes growth of discounting, and the other way round."""
        return Growth(1 / self.factor, self.unit)

    def _equation(self, flows: Pairs) -> Equation:
        # Unlike a netted equation it keeps time 0 and the size of the amounts.
        sums = {0: 0}
        for time, amount in flows:
            sums[time] = sums.get(time, 0) + amount
        times = sorted(sums)
        return Equation(tuple(sums[time] for time in times), tuple(times), self.unit)

    def _interval(self, equation: Equation, digits: int) -> _Interval:
        value, error = map(Fraction, enclosure(equation, self.factor, digits))
        return value - error, value + error

    def _vanish(self, flows: list[tuple[int, Fraction]]) -> bool:
        common = lcm(*(amount.denominator for _, amount in flows))
        whole = [(time, int(amount * common)) for time, amount in flows]
        equation = Equation.netted(whole, self.unit)
        return not equation.times or vanishes(equation, self.factor)


def _scaled(
    equation: Equation, scale: Fraction | int = 1
) -> list[tuple[int, Fraction]]:
    return [
        (time, Fraction(amount * scale))
        for time, amount in zip(equation.times, equation.amounts, strict=True)
    ]


def _decided(
    enclosed: Callable[[int], _Interval],
    is_exactly: Callable[[Fraction], bool],
    rounded: Rounded,
) -> int:
    """Return the rounded value, given ever narrower intervals that hold it."""
    digits = _FIRST_DIGITS
    while True:
        low, high = enclosed(digits)
        below, above = (rounded(*end.as_integer_ratio()) for end in (low, high))
        if below == above:
            return below
        # Every mode turns at a whole unit or half way between two.
        for edge in (Fraction(below), Fraction(below + above, 2), Fraction(above)):
            if low <= edge <= high and is_exactly(edge):
                return rounded(*edge.as_integer_ratio())
        digits *= 2
