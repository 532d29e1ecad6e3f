"""
A float close to the root of an equation of value; nothing here is proved.

In the force of interest `f = ln(1 + X)`, the log of received over paid value is nearly
a straight line, so Newton's method needs a few steps from anywhere, also at rates of
thousands of percent. A bracket and bisection keep it from leaving or circling.
"""

from math import exp, expm1, log, log1p, sqrt
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from loanmath.yields.equation import Equation

__all__ = ["proposed_rate"]

_LOWEST, _HIGHEST = log1p(-0.99), log1p(10_000.0)
_NEWTON_STEPS = 30


class _Side(NamedTuple):
    """The flows of one sign: their sizes, and when."""

    sizes: list[float]
    times: list[int]

    def log_value(self, force: float) -> tuple[float, float]:
        """Return the log of the value, and the mean time by value."""
        sizes, times = self
        # Counted from the largest factor on, nothing overflows or vanishes.
        origin = times[0] if force >= 0 else times[-1]
        if len(sizes) == 1:
            return log(sizes[0]) - force * origin, origin
        terms = [
            size * exp(force * (origin - time))
            for size, time in zip(sizes, times, strict=True)
        ]
        total = sum(terms)
        return log(total) - force * origin, sum(map(mul, terms, times)) / total


def proposed_rate(equation: "Equation", digits: int, positive: bool) -> float:
    """
    Return a rate near the root, good to `digits` decimals where floats reach that far.

    Args:
        equation: An equation with one root in the range that is searched.
        digits: Decimals of the rate that are wanted.
        positive: Whether to search from 0 instead of -99 %.

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> equation = Equation.netted([(0, -100), (1, 110)], 1)
        >>> round(proposed_rate(equation, 10, False), 9)
        0.1
    """
    paid, received = _sides(equation)
    unit = equation.unit
    low, high = (0.0 if positive else _LOWEST) / unit, _HIGHEST / unit
    # After a step of s Newton's error is about s^2 times the span of the flows.
    close = sqrt(10.0 ** -(digits + 3) / max(unit, equation.times[-1]) / unit)
    force, tried = 0.0, set[float]()
    while True:
        tried.add(force)
        gained, late = received.log_value(force)
        spent, early = paid.log_value(force)
        ratio = gained - spent
        if ratio > 0:
            low = force
        else:
            high = force
        step = middle = (low + high) / 2
        if late > early and len(tried) < _NEWTON_STEPS:
            step = min(max(force + ratio / (late - early), low), high)
        moved = abs(step - force)
        force = middle if step in tried and moved > close else step
        if moved <= close:
            return expm1(force * unit)


def _sides(equation: "Equation") -> tuple[_Side, _Side]:
    """Return the flows with the sign of the first one, and the others."""
    first = equation.amounts[0] > 0
    paid, received = _Side([], []), _Side([], [])
    for size, time in zip(equation.weights, equation.times, strict=True):
        side = paid if (size > 0) is first else received
        side.sizes.append(abs(size))
        side.times.append(time)
    return paid, received
