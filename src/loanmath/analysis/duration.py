"""How long money is out on average, and what a change of the rate moves."""

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from loanmath.analysis.measurement import Growth
from loanmath.analysis.stream import (
    Moment,
    StatedFlows,
    StatedRate,
    read_stream,
    to_growth,
)
from loanmath.currency import from_units
from loanmath.errors import FlowsError, InputTypeError, LimitError
from loanmath.rounding import RoundingMode, divider

__all__ = ["Duration", "duration"]

_MAX_DIGITS = 15


@frozen
class Duration:
    """
    The mean time of cash flows, weighted by what each is worth (久期).

    Attributes:
        macaulay: The mean time, in periods, or in years for dated flows.
        modified: The share that the value falls by where the rate rises by one, in the
            limit: `macaulay / (1 + rate)`.

    Example:
        >>> duration(["100"], "25%").modified
        Decimal('0.800000')
    """

    macaulay: Decimal
    modified: Decimal


def duration(
    flows: StatedFlows, rate: StatedRate, *, at: Moment = 0, digits: int = 6
) -> Duration:
    """
    Return the duration of cash flows to come (麦考利久期, 修正久期).

    Formula: `D = sum of t c / (1 + rate) ** t / sum of c / (1 + rate) ** t`, and
    `modified = D / (1 + rate)`; t is the number of periods, or actual days over 365.
    Both are rounded half-up, every digit proved.

    Args:
        flows: Amounts one period apart, the first one a period later, or (date, amount)
            tuples on `at` or later, or a schedule's flows after it.
        rate: A yield, a share (`"0.01"`), or a percentage (`"1%"`); per period, or
            effective per year for dated flows.
        at: From when time counts: a date for dated flows, else the number of the
            period.
        digits: Decimals of the result, 0 to 15.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If a number is not finite.
        DateRangeError: If a date is out of range, or a flow is before `at`.
        FlowsError: If there are no flows, dated and undated ones, or the flows are
            worth nothing.
        LimitError: If the rate, an amount or the digits are out of range.

    Example:
        >>> level = duration(["1"] * 12, "1%", digits=5)
        >>> level.macaulay, level.modified
        (Decimal('6.38145'), Decimal('6.31827'))

    中文: 久期. Source: F. R. Macaulay (1938); for a level loan
    `(1 + i) / i - n / ((1 + i) ** n - 1)`, as texts on the theory of interest state it.
    """
    if type(digits) is not int:
        raise InputTypeError("digits", got=digits, allowed="int")
    if not 0 <= digits <= _MAX_DIGITS:
        raise LimitError("digits", got=digits, allowed=f"0 to {_MAX_DIGITS}")
    stream = read_stream(flows, at)
    growth = Growth(to_growth(rate), stream.unit)
    values = stream.pairs()
    if not growth.sign(values):
        raise FlowsError("flows", got="flows worth nothing", allowed="some value")
    times = [(time, time * amount) for time, amount in values]
    half_up, scale = divider(RoundingMode.HALF_UP), Fraction(10**digits, stream.unit)
    found = (
        growth.ratio(times, values, scale / each, half_up)
        for each in (Fraction(1), growth.factor)
    )
    return Duration(*(from_units(units, digits) for units in found))
