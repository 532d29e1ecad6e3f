"""Formulas of postings worked out in fractions; shares no code with `src/`."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

__all__ = ["worked_out"]


def _rounding(rule: Any, digits: int):
    unit = Fraction(1, 10**digits) if rule.unit is None else Fraction(rule.unit)

    def rounded(value):
        quotient = Fraction(value) / unit
        below = quotient.numerator // quotient.denominator
        over, half = quotient - below, Fraction(1, 2)
        up = {
            "half_up": over > half or (over == half and quotient >= 0),
            "half_even": over > half or (over == half and below % 2 == 1),
            "down": over > 0 and quotient < 0,
            "up": over > 0 and quotient > 0,
            "ceiling": over > 0,
            "floor": False,
        }[rule.mode.value]
        return (below + up) * unit

    return rounded


def _exact(value: Any) -> Any:
    if isinstance(value, (int, Decimal)) and not isinstance(value, date):
        return Fraction(value)
    return value


def worked_out(posting: Any, digits: int = 2) -> Fraction:
    """What the formula of a posting gives over its inputs."""
    names = {name: _exact(value) for name, value in posting.pairs}
    if "rounding" in names:
        names["round"] = _rounding(names["rounding"], digits)
    names |= {"min": min, "max": max, "__builtins__": {}}
    return eval(posting.formula, names)
