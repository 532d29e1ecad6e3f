"""The value of cash flows at a given rate, rounded to a proved digit."""

from decimal import Decimal
from fractions import Fraction

from loanmath.currency import from_units
from loanmath.errors import LimitError
from loanmath.rounding import RoundingMode, divide
from loanmath.yields.certificate import to_digits
from loanmath.yields.equation import Equation
from loanmath.yields.flows import Amounts, DatedAmounts, read_flows
from loanmath.yields.shares import to_plain_share
from loanmath.yields.signs import enclosure, vanishes

__all__ = ["present_value"]

_MAX_MAGNITUDE = 100
_FIRST_DIGITS = 34


def present_value(
    flows: Amounts | DatedAmounts,
    rate: str | int | Decimal | Fraction,
    *,
    digits: int = 2,
) -> Decimal:
    """
    Return what cash flows are worth at a rate, at the time of the first one (现值).

    Formula: `sum over k of c_k / (1 + rate) ** t_k`, where `t_k` is k for amounts one
    period apart, and the actual days from the first date over 365 for dated ones;
    rounded half-even, exact ties included.

    Args:
        flows: As for `irr`; all may have one sign.
        rate: The rate as a share (`"0.1"` is 10 %) per period, or effective per year
            for dated flows; from -0.99 to 10,000.
        digits: Decimals of the result, 0 to 15.

    Returns:
        The value in the unit of the flows, with exactly `digits` decimals.

    Raises:
        FlowsError: If there are no flows or too many, or only some have dates.
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If an amount or the rate is not a finite number.
        DateRangeError: If a date is outside 1900 to 2200.
        LimitError: If the rate is out of range or has over 40 digits (256 bits as a
            fraction), there are too many digits, or the value is far above
            10^100.

    Example:
        >>> present_value(["-1000", "600", "600"], "0.1")
        Decimal('41.32')

    中文: 现值. Spreadsheets: NPV (which starts a period later), XNPV.

    Source: The equation of value of any actuarial text.
    """
    to_digits(digits, 0)
    growth = 1 + to_plain_share(rate)
    given = read_flows(flows)
    sums = {0: 0}
    for time, amount in zip(given.times, given.amounts, strict=True):
        sums[time] = sums.get(time, 0) + amount
    times = sorted(sums)
    equation = Equation(tuple(sums[time] for time in times), tuple(times), given.unit)
    size = enclosure(equation, growth, _FIRST_DIGITS)[0].adjusted() + given.exponent
    if size > _MAX_MAGNITUDE:
        raise LimitError("present value", got=f"10^{size}", allowed="at most 10^100")
    factor = Fraction(10) ** (given.exponent + digits)
    return from_units(_rounded(equation, growth, factor), digits)


def _rounded(equation: Equation, growth: Fraction, factor: Fraction) -> int:
    """Return the value times `factor`, rounded half-even."""
    digits = _FIRST_DIGITS
    while True:
        value, bound = enclosure(equation, growth, digits)
        middle, error = Fraction(value) * factor, Fraction(bound) * factor
        low, high = _half_even(middle - error), _half_even(middle + error)
        if low == high:
            return low
        if high - low == 1 and _is_tie(equation, growth, factor, 2 * low + 1):
            return low if low % 2 == 0 else high
        digits *= 2


def _half_even(value: Fraction) -> int:
    return divide(value.numerator, value.denominator, RoundingMode.HALF_EVEN)


def _is_tie(
    equation: Equation, growth: Fraction, factor: Fraction, halves: int
) -> bool:
    """Return whether the value times `factor` is exactly `halves / 2`."""
    # The value is a number h exactly where an advance of h at time 0 makes it zero.
    scale = 2 * factor.numerator
    flows = [
        (time, amount * scale)
        for time, amount in zip(equation.times, equation.amounts, strict=True)
    ]
    flows.append((0, -halves * factor.denominator))
    return vanishes(Equation.netted(flows, equation.unit), growth)
