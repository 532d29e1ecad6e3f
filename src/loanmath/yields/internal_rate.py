"""The internal rate of return: proposed by floats, decided digit by digit."""

from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import from_units
from loanmath.errors import FlowsError, LimitError, NotUniqueError, RateOutOfRangeError
from loanmath.search import last_where
from loanmath.yields.certificate import Certificate, Gates, Yield, to_digits
from loanmath.yields.equation import Equation
from loanmath.yields.flows import Amounts, DatedAmounts, Flows, read_flows
from loanmath.yields.rate_equation import RateEquation
from loanmath.yields.several import several_rates
from loanmath.yields.sign import Sign
from loanmath.yields.tangent import proved_units

__all__ = ["equation_of", "irr", "refuse_one_day", "solve", "uniqueness_of"]

# The signs left and right of the root.
_RISES, _FALLS = (Sign.NEGATIVE, Sign.POSITIVE), (Sign.POSITIVE, Sign.NEGATIVE)


def irr(flows: Amounts | DatedAmounts, *, digits: int = 10) -> Yield:
    """
    Return the rate at which cash flows are worth nothing, every digit proved.

    Formula: the root X of `0 = sum over k of c_k / (1 + X) ** t_k`, where `t_k` is k
    for amounts one period apart, and the actual days from the first date over 365 for
    dated ones (the equation that spreadsheets call XIRR).

    Flows that change sign once, after netting each date, have one root above -100 %.
    Flows whose running sums change sign once, and do not end at zero, have one positive
    root, which is then the answer (`certificate.unique` says which). Anything else is
    refused, not guessed.

    Args:
        flows: Amounts one period apart, such as `["-1000", "600", "600"]`, or (date,
            amount) tuples in any order, such as `Schedule.cash_flows()`. Amounts are
            `str`, `int` or `Decimal`, in any one currency, at most 10,000 of them.
            Whether "paid" is negative or positive does not matter.
        digits: Decimals of the rate as a share, 1 to 15.

    Returns:
        The rate per period, or the effective rate per year for dated flows, with its
        certificate; from -99 % to 1,000,000 %.

    Raises:
        NoSignChangeError: If all flows have one sign: no rate fits.
        NotUniqueError: If several rates may fit; `got` is the number of sign changes,
            and the message says where rates lie.
        RateOutOfRangeError: If the rate is below -99 % or above 1,000,000 %.
        FlowsError: If there are no flows or too many, they cancel or all fall on one
            day, or only some have dates.
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If an amount is not a finite number.
        DateRangeError: If a date is outside 1900 to 2200.
        LimitError: If an amount or the rate has too many digits.

    Example:
        >>> irr(["-1000", "600", "600"], digits=6).value
        Decimal('0.130662')
        >>> from datetime import date
        >>> print(irr([(date(2026, 1, 1), -100), (date(2027, 1, 1), 110)], digits=4))
        10.00% a year

    中文: 内部收益率. Spreadsheets: IRR, XIRR.

    Source: The equation of value of any actuarial text.
    """
    to_digits(digits, 1)
    given = read_flows(flows)
    equation = equation_of(given)
    if len(equation.times) < 2:
        refuse_one_day(given, len(equation.times))
    per = "period" if given.unit == 1 else "year"
    certificate = solve(equation, digits)
    return Yield(certificate.rate, digits, per, certificate)


def equation_of(given: Flows) -> Equation:
    """
    Return the equation in powers of flows as they were read.

    Example:
        >>> equation_of(read_flows([-100, 0, 121])).times
        (0, 2)
    """
    if given.ascends:
        return Equation.ordered(given.times, given.amounts, given.unit)
    flows = zip(given.times, given.amounts, strict=True)
    return Equation.netted(flows, given.unit)


def refuse_one_day(given: Flows, count: int) -> None:
    """
    Refuse flows of which netting each day leaves fewer than two.

    Raises:
        FlowsError: If they cancel on every day, or all fall on one.
    """
    if not count:
        raise FlowsError(
            "flows", got="flows that cancel on every day", allowed="some that do not"
        )
    days = {t for t, amount in zip(given.times, given.amounts, strict=True) if amount}
    if len(given.times) > 1 and len(days) == 1 and given.unit > 1:
        raise FlowsError(
            "flows", got="flows on one day", allowed="flows on at least two days"
        )


def solve(
    equation: RateEquation, digits: int, multiple: Fraction = Fraction(1)
) -> Certificate:
    """
    Return the proof of a rounded multiple of the root of an equation of value.

    Args:
        equation: The equation; it has one root in its range, or says why not.
        digits: Decimals of the rate, from 1.
        multiple: How many times the root the rate is: 12 turns a monthly rate into a
            nominal yearly one. The multiple is rounded, not the root.

    Raises:
        NoSignChangeError: If all amounts have one sign.
        NotUniqueError: If several roots are possible.
        RateOutOfRangeError: If the root is below -99 %, or the rate above 1,000,000 %.
        LimitError: If amounts are above 2^440.

    Example:
        >>> solve(Equation.netted([(0, -100), (12, 110)], 12), 4).rate
        Decimal('0.1000')
        >>> solve(Equation.netted([(0, -100), (1, 110)], 1), 4, Fraction(12)).rate
        Decimal('1.2000')
    """
    if not equation.weights:
        raise LimitError("amounts of the flows", got="more", allowed="at most 2^440")
    if type(equation) is Equation:
        units = proved_units(equation, digits, multiple)
        if units is not None:
            return _proved(equation, units, digits, multiple)
    unique = uniqueness_of(equation, multiple)
    trial = _Trial.of(equation, digits, multiple, unique)
    spare = len(str(multiple.numerator // multiple.denominator))
    proposal = equation.proposed_rate(digits + spare, unique == "positive")
    start = round(proposal * float(multiple) * int(10**digits))
    units = last_where(trial.passed, start)
    (sign_low, how_low), (sign_high, how_high) = trial.at(units), trial.at(units + 1)
    return Certificate(
        from_units(units, digits),
        sign_low,
        sign_high,
        how_low,
        how_high,
        unique,
        equation,
        multiple,
    )


def uniqueness_of(equation: RateEquation, multiple: Fraction) -> str:
    """
    Return where an equation has its one root: `"all"` or `"positive"`.

    Raises:
        NoSignChangeError: If all amounts have one sign.
        NotUniqueError: If several roots are possible; it says where rates lie.

    Example:
        >>> uniqueness_of(Equation.netted([(0, -100), (12, 110)], 12), Fraction(1))
        'all'
    """
    try:
        return equation.uniqueness()
    except NotUniqueError as error:
        raise several_rates(equation, multiple, error) from None


def _proved(
    equation: Equation, units: int, digits: int, multiple: Fraction
) -> Certificate:
    signs = _RISES if equation.amounts[0] > 0 else _FALLS
    return Certificate(
        from_units(units, digits),
        *signs,
        "float filter",
        "float filter",
        "all",
        equation,
        multiple,
    )


class _Trial(NamedTuple):
    """
    The signs of the value at the gates that were tried.

    A gate is an integer of `1 / scale`; the root there is `point * above / below`.
    """

    equation: RateEquation
    gates: Gates
    above: int
    below: int
    left: Sign
    """The sign of the value left of the root: that of what comes last."""
    signs: dict[int, tuple[Sign, str]]
    """The signs found so far, by point."""

    @classmethod
    def of(
        cls, equation: RateEquation, digits: int, multiple: Fraction, unique: str
    ) -> "_Trial":
        gates = Gates.of(digits, multiple, unique)
        left, _ = _RISES if equation.amounts[0] > 0 else _FALLS
        above = multiple.denominator
        below = int(10 ** (digits + 1)) * multiple.numerator
        return cls(equation, gates, above, below, left, {})

    def at(self, units: int) -> tuple[Sign, str]:
        """Return the sign at a gate that was tried, and what decided it."""
        return self.signs[self.gates.point(units)]

    def passed(self, units: int) -> bool:
        """Return whether the root rounds to `units` or more."""
        lowest, highest = self.gates
        point = self.gates.point(units)
        self.signs[point] = self.equation.sign_at(point * self.above, self.below)
        sign, _ = self.signs[point]
        if sign is Sign.ZERO:
            # A tie rounds away from zero; an end of the range is no tie.
            return point == lowest or 0 < point < highest
        is_left = sign is self.left
        if point == (highest if is_left else lowest):
            raise RateOutOfRangeError(
                "rate of the flows",
                got="above 1,000,000 %" if is_left else "below -99 %",
                allowed="-99 % to 1,000,000 %",
            )
        return is_left
