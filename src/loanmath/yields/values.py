"""The value of cash flows at a given rate, rounded to a proved digit."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from loanmath.doors import decimal_parts
from loanmath.errors import LimitError, RateOutOfRangeError
from loanmath.rounding import RoundingMode, divide
from loanmath.yields.equation import MAX_EXACT_BITS, Equation
from loanmath.yields.flows import read_flows

__all__ = ["present_value"]

_MAX_DIGITS = 15
_LOWEST, _HIGHEST = Fraction(-99, 100), Fraction(10_000)
_FIRST_DIGITS = 50


def present_value(
    flows: Iterable[Any],
    rate: str | int | Decimal | Fraction,
    *,
    digits: int = 2,
) -> Decimal:
    """
    Return what cash flows are worth at a rate, at the time of the first (现值).

    Formula: `sum_k c_k / (1 + rate) ** t_k`, where `t_k` is the number of the period,
    or the actual days from the first flow over 365; rounded half-even.

    Args:
        flows: As for `irr`; flows of one sign are welcome.
        rate: The rate as a share (`"0.1"` is 10 %) per period, or effective per year
            for dated flows; -0.99 to 10,000.
        digits: Decimals of the value, 0 to 15.

    Returns:
        The value in the unit of the flows, with exactly `digits` decimals.

    Raises:
        FlowsError: If there are no flows, too many, or mixed kinds.
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If an amount or the rate is not a finite number.
        RateOutOfRangeError: If the rate is out of range.
        LimitError: If `digits` is out of range, or the rate has over 40 digits.

    Example:
        >>> present_value(["-1000", "600", "600"], "0.1")
        Decimal('41.32')
    """
    if type(digits) is not int or not 0 <= digits <= _MAX_DIGITS:
        raise LimitError("digits", got=digits, allowed=f"0 to {_MAX_DIGITS}")
    growth = 1 + _to_share(rate)
    read = read_flows(flows)
    equation = Equation(read)
    factor = read.scale * 10**digits
    exact = None
    if equation.exact_bits(growth) <= MAX_EXACT_BITS:
        exact = equation.exact_value(growth)
    if exact is None:
        units = _rounded_decimals(equation, growth, factor)
    else:
        units = _rounded(exact * factor)
    figures = tuple(map(int, str(abs(units))))
    return Decimal((int(units < 0), figures, -digits))


def _to_share(rate: object) -> Fraction:
    if type(rate) is Fraction:
        share = rate
    else:
        coefficient, exponent = decimal_parts(rate, "rate")
        share = Fraction(coefficient) * Fraction(10) ** exponent
    if max(share.numerator.bit_length(), share.denominator.bit_length()) > 256:
        raise LimitError("rate", got=rate, allowed="at most 256 bits each way")
    if not _LOWEST <= share <= _HIGHEST:
        raise RateOutOfRangeError("rate", got=rate, allowed="-0.99 to 10,000")
    return share


def _rounded(value: Fraction) -> int:
    return divide(value.numerator, value.denominator, RoundingMode.HALF_EVEN)


def _rounded_decimals(equation: Equation, growth: Fraction, factor: Fraction) -> int:
    digits = _FIRST_DIGITS
    while True:
        total, bound = equation.decimal_value(growth, digits)
        low = _rounded((Fraction(total) - Fraction(bound)) * factor)
        if low == _rounded((Fraction(total) + Fraction(bound)) * factor):
            return low
        digits *= 2
