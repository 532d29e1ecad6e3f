"""
Both signs that prove a rate, from one evaluation and its tangent, in floats.

Most rates need no more: a float close to the root, the value and its slope there, and a
bound on all that this leaves out. Whatever the bound does not decide is left to the
search of `internal_rate`, which proves every sign by itself.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import exp, expm1, log, log1p, sqrt
from operator import mul
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from loanmath.yields.equation import Equation

__all__ = ["proved_units"]

_HALF_ULP = 2.0**-53
_STEPS = 5
_COARSE_STEPS = 3
_GROUPS = 20
_MANY = 60
# Factors from e^-100 to e^100 neither vanish nor overflow beside amounts below 2^440.
_MOST_GROWTH = 100.0
_CLOSE = 1_000.0
_HIGHEST = log1p(10_000.0)


_Side: TypeAlias = tuple[Sequence[float], Sequence[float]]
"""The flows of one sign, as floats, and when, in order of time."""
_Worth: TypeAlias = tuple[float, float]
"""What a side is worth at a force of interest, and that by time."""


def _worth(side: _Side, force: float) -> _Worth:
    weights, times = side
    if times[-1] == 0:
        return weights[0], 0.0
    fall = -force
    # A strict zip would cost a tenth of the whole proof.
    terms = [w * exp(fall * time) for w, time in zip(weights, times)]  # noqa: B905
    return sum(terms), sum(map(mul, terms, times))


def _spread(side: _Side) -> tuple[float, float, float]:
    """Return the sum of a side, its mean time, and the variance of that."""
    weights, times = side
    if times[-1] == 0:
        return weights[0], 0.0, 0.0
    moments = list(map(mul, weights, times))
    total = sum(weights)
    mean = sum(moments) / total
    return total, mean, sum(map(mul, moments, times)) / total - mean * mean


def _grouped(side: _Side, size: int) -> _Side:
    """Return fewer flows, each in place of so many neighbors."""
    weights, times = side
    starts = range(0, len(weights), size)
    sums = [sum(weights[start : start + size]) for start in starts]
    spans = [times[start : start + size] for start in starts]
    return sums, [sum(span) / len(span) for span in spans]


def _guess_of_many(one: _Side, other: _Side, reach: float) -> float:
    """Return a force of interest near the root, or one out of reach."""
    count = len(one[1]) + len(other[1])
    size = count // _GROUPS
    few, many = _grouped(one, size), _grouped(other, size)
    force = _guess(few, many)
    gap = 1.0
    for _ in range(_COARSE_STEPS):
        if not -reach < force < reach:
            return force
        step, gap = _step(_worth(few, force), _worth(many, force))
        force += step
    # Flows evenly over w are worth about (w * force)^2 / 24 more than in their middle.
    spread = force * other[1][-1] / count * size
    return force + spread * spread / 24.0 / gap


def _guess(one: _Side, other: _Side) -> float:
    """Return where the log of the ratio of the sides is zero, to its second order."""
    paid, early, paid_spread = _spread(one)
    received, late, received_spread = _spread(other)
    gap, gained = late - early, log(-received / paid)
    rest = gap * gap - 2.0 * (received_spread - paid_spread) * gained
    return 2.0 * gained / (gap + sqrt(rest)) if rest > 0.0 else gained / gap


def _step(one: _Worth, other: _Worth) -> tuple[float, float]:
    """Return Newton's step on the log of the ratio of the sides, and its slope."""
    gap = other[1] / other[0] - one[1] / one[0]
    return log(-other[0] / one[0]) / gap, gap


def proved_units(equation: "Equation", digits: int, multiple: Fraction) -> int | None:
    """
    Return the rate in units of its last digit where one tangent proves it, or None.

    Let f be the float at which terms are evaluated, d how far a gate is from it, T the
    last time, S the sum of the terms' sizes and n their number; let |d| T <= 1/2. The
    value at the gate is that of the tangent, but for (d T)^2 / 2 * e^(|d| T) * S. With
    u = 2^-53 a term errs by u (|f| T + 10), a sum by u (n - 1), a slope by one product
    more, and d by u (9 |f| + 10 |d| + |X| / ((1 + X) N)) for the rate X of the gate;
    together less than u S (11 |f| T + 2 n + 32 + T |X| / ((1 + X) N)). The bound has
    about twice as much.

    Args:
        equation: The equation; its amounts may change sign more than once.
        digits: Decimals of the rate.
        multiple: How many times the root the rate is.

    Example:
        >>> from loanmath.yields.equation import Equation
        >>> equation = Equation.netted([(0, -100), (365, 110)], 365)
        >>> proved_units(equation, 4, Fraction(1))
        1000
        >>> proved_units(equation, 15, Fraction(1)) is None
        True
    """
    sides = _sides_of(equation)
    if sides is None:
        return None
    one, other = sides
    unit, reach = equation.unit, _MOST_GROWTH / equation.times[-1]
    above, below = multiple.as_integer_ratio()
    scale = int(10**digits)
    tenths = 10 * scale * above
    is_many = len(equation.times) >= _MANY
    force = _guess_of_many(one, other, reach) if is_many else _guess(one, other)
    for _ in range(_STEPS):
        if not -reach < force < reach:
            return None
        first, last = _worth(one, force), _worth(other, force)
        step, _ = _step(first, last)
        root = (force + step) * unit
        if root < _HIGHEST and -reach < step * _CLOSE < reach:
            units = round(expm1(root) * scale * above / below)
            low = (10 * units - 5) * below / tenths
            high = (10 * units + 5) * below / tenths
            tangent = force, first, last
            is_inside = low > -0.99 and units < 9_000 * scale
            if is_inside and _are_proved(equation, tangent, low, high):
                return units
        force += step
    return None


def _sides_of(equation: "Equation") -> tuple[_Side, _Side] | None:
    """Return what is paid first and what comes then, if amounts change sign once."""
    weights, times = equation.weights, equation.times
    if len(weights) < 2:
        return None
    count, first, rest = 1, weights[0], weights[1:]
    if not (first < 0.0 < min(rest) or max(rest) < 0.0 < first):
        signs = [weight > 0.0 for weight in weights]
        if all(signs) or not any(signs):
            return None
        count = signs.index(not signs[0])
        if signs[0] in signs[count:]:
            return None
    return (weights[:count], times[:count]), (weights[count:], times[count:])


_Tangent: TypeAlias = tuple[float, _Worth, _Worth]
"""A force of interest, and what either side is worth there."""


def _are_proved(
    equation: "Equation", tangent: _Tangent, low: float, high: float
) -> bool:
    """Return whether the tangent proves the signs at two rates about the root."""
    force, (one, early), (other, late) = tangent
    unit, span = equation.unit, equation.times[-1]
    left, right = log1p(low) / unit - force, log1p(high) / unit - force
    # As low is below high, the larger size is that of -left or of right.
    reach = max(-left, right) * span
    if reach > 0.5:
        return False
    drift = max(-low, high) / (1.0 + low) * span / unit
    errors = 24.0 * abs(force) * span + 4.0 * drift + 4.0 * len(equation.times) + 64.0
    bound = abs(other - one) * (_HALF_ULP * errors + reach * reach)
    value, moment = one + other, early + late
    at_low, at_high = value - moment * left, value - moment * right
    # Left of the root the value has the sign of what comes last.
    if other > 0.0:
        return at_low > bound and at_high < -bound
    return at_low < -bound and at_high > bound
