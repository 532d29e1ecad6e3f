"""The internal rate of return: proposed by floats, certified digit by digit."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from math import expm1, log1p
from typing import Any

from attrs import frozen

from loanmath.errors import (
    FlowsError,
    InputTypeError,
    InputValueError,
    LimitError,
    NoSignChangeError,
    NotUniqueError,
    RateOutOfRangeError,
)
from loanmath.search import last_where
from loanmath.yields.equation import Certificate, Equation, Sign
from loanmath.yields.flows import Flows, read_flows

__all__ = ["Yield", "irr"]

_LOWEST, _HIGHEST = Fraction(-99, 100), Fraction(10_000)
_MAX_DIGITS = 15
_MAX_STEPS = 100
_CLOSE = 4e-16


@frozen
class Yield:
    """
    A certified internal rate of return (内部收益率).

    Attributes:
        value: The rate as a share, with exactly `digits` decimals.
        digits: The decimals of `value`, every one of them proved.
        per: `"period"` for evenly spaced flows; `"year"` (effective) for dated ones.
        certificate: The proof.

    Example:
        >>> print(irr([-100, 110]))
        10.00000000% a period
    """

    value: Decimal
    digits: int
    per: str
    certificate: Certificate

    @property
    def percent(self) -> Decimal:
        """
        The rate in percent, two decimals fewer than `digits`.

        Example:
            >>> irr([-100, 110], digits=4).percent
            Decimal('10.00')
        """
        return _shifted(self.value, 2)

    def __str__(self) -> str:
        return f"{self.percent}% a {self.per}"

    def simple_annual(self, periods_per_year: int) -> Decimal:
        """
        Return the nominal yearly rate: periods times the rate (单利年化).

        Formula: `periods_per_year * value`, exact; 12 for monthly flows.

        Args:
            periods_per_year: 1 to 366.

        Raises:
            InputTypeError: If the number is not an `int`.
            LimitError: If it is out of range.
            InputValueError: If the rate is per year already.

        Example:
            >>> irr(["-1000"] + ["341"] * 3, digits=6).simple_annual(12)
            Decimal('0.137472')
        """
        if type(periods_per_year) is not int:
            raise InputTypeError(
                "periods_per_year", got=periods_per_year, allowed="int"
            )
        if not 1 <= periods_per_year <= 366:
            raise LimitError(
                "periods_per_year", got=periods_per_year, allowed="1 to 366"
            )
        if self.per == "year":
            raise InputValueError(
                "per",
                got="year",
                allowed="a rate per period",
                do="it is yearly already",
            )
        return _decimal(_units(self.value) * periods_per_year, self.digits)


def irr(flows: Iterable[Any], *, digits: int = 10) -> Yield:
    """
    Return the rate at which cash flows are worth nothing, every digit certified.

    Formula: the root X of `sum_k c_k / (1 + X) ** t_k = 0`, where `t_k` is the number
    of the period, or the actual days from the first flow over 365. Netted flows that
    change sign once have one root above -100 %; flows whose running sum changes sign
    once have one positive root (Norstrom), which is then the answer.

    Args:
        flows: Amounts one period apart, or (date, amount) pairs such as
            `Schedule.cash_flows()` in any order; `str`, `int` or `Decimal`, at most
            10,000. Which sign means "paid" does not matter.
        digits: Decimals of the rate as a share, 1 to 15.

    Returns:
        The rate, rounded half-up (ties away from zero), with its certificate.

    Raises:
        NoSignChangeError: If all flows have one sign: no rate fits.
        NotUniqueError: If several rates may fit.
        RateOutOfRangeError: If the rate is outside -99 % to 1,000,000 %.
        FlowsError: If there are no flows, too many, all on one day, or mixed kinds.
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If an amount is not a finite number.
        LimitError: If `digits` is out of range.

    Example:
        >>> irr(["-1000", "600", "600"], digits=6).value
        Decimal('0.130662')
        >>> from datetime import date
        >>> irr([(date(2026, 1, 1), -100), (date(2027, 1, 1), 110)], digits=4).percent
        Decimal('10.00')

    Source: C. J. Norstrom, "A sufficient condition for a unique nonnegative internal
    rate of return" (1972), recalled; the equation for dated flows is the one that
    spreadsheets call XIRR.
    """
    if type(digits) is not int:
        raise InputTypeError("digits", got=digits, allowed="int")
    if not 1 <= digits <= _MAX_DIGITS:
        raise LimitError("digits", got=digits, allowed=f"1 to {_MAX_DIGITS}")
    read = read_flows(flows)
    unique = _uniqueness(read)
    equation = Equation(read)
    before, after = _ends(equation, unique)
    guess = round(_proposed(equation, before, unique) * 10**digits)
    units, certificate = _certified(equation, guess, (before, after), digits)
    return Yield(_decimal(units, digits), digits, read.per, certificate)


def _uniqueness(flows: Flows) -> str:
    if len(flows.times) < 2:
        raise FlowsError(
            "flows",
            got="flows that leave one amount on one day",
            allowed="amounts on at least two days",
        )
    changes = _sign_changes(flows.amounts)
    if changes == 0:
        raise NoSignChangeError(
            "flows", got="amounts of one sign", allowed="amounts paid and received"
        )
    if changes == 1:
        return "all"
    running = list(accumulate(flows.amounts))
    if running[-1] != 0 and _sign_changes(running) == 1:
        return "positive"
    raise NotUniqueError(
        "flows",
        got=f"{changes} changes of sign",
        allowed="one, or a running sum that changes sign once and does not end at zero",
        do="split the stream, or ask for its value at a rate",
    )


def _sign_changes(amounts: list[int]) -> int:
    signs = [amount > 0 for amount in amounts if amount]
    return sum(one != other for one, other in pairwise(signs))


def _ends(equation: Equation, unique: str) -> tuple[Sign, Sign]:
    """Return the signs below and above the root, or refuse a root out of range."""
    lowest = Fraction(0) if unique == "positive" else _LOWEST
    before, _ = equation.sign(lowest)
    after, _ = equation.sign(_HIGHEST)
    if Sign.ZERO not in (before, after) and before is after:
        raise RateOutOfRangeError(
            "rate of the flows", got="a root beyond", allowed="-99% to 1,000,000%"
        )
    if before is Sign.ZERO:
        before = Sign(-after.value)
    return before, Sign(-before.value)


def _proposed(equation: Equation, before: Sign, unique: str) -> Fraction:
    low = 0.0 if unique == "positive" else log1p(float(_LOWEST))
    high = log1p(float(_HIGHEST))
    falls = before is Sign.POSITIVE
    step = 0.05
    for _ in range(_MAX_STEPS):  # pragma: no branch - it is close long before
        force = step
        ratio, slope = equation.log_ratio(force)
        low, high = (force, high) if (ratio > 0) is falls else (low, force)
        step = force - ratio / slope if slope else low
        if not low < step < high:
            step = (low + high) / 2
        if abs(step - force) <= _CLOSE * max(1.0, abs(force)):
            break
    return Fraction(expm1(step))


def _certified(
    equation: Equation, guess: int, ends: tuple[Sign, Sign], digits: int
) -> tuple[int, Certificate]:
    """Return the last unit that the root reaches, with the proof."""
    before, after = ends
    signs: dict[int, tuple[Sign, str]] = {}

    def half_point(halves: int) -> tuple[Sign, str]:
        if halves <= -2 * 10**digits:
            return before, "below every rate"
        if halves not in signs:
            signs[halves] = equation.sign(Fraction(halves, 2 * 10**digits))
        return signs[halves]

    def is_reached(units: int) -> bool:
        # A root on a half-unit point goes away from zero.
        sign, _ = half_point(2 * units - 1)
        return sign is not after and not (sign is Sign.ZERO and units <= 0)

    low = last_where(is_reached, guess)
    (sign_low, how_low), (sign_high, how_high) = map(
        half_point, (2 * low - 1, 2 * low + 1)
    )
    return low, Certificate(
        low=_decimal(5 * (2 * low - 1), digits + 1),
        high=_decimal(5 * (2 * low + 1), digits + 1),
        sign_low=sign_low,
        sign_high=sign_high,
        method_low=how_low,
        method_high=how_high,
        unique=_uniqueness(equation.flows),
        equation=_words(equation.flows),
    )


def _words(flows: Flows) -> str:
    time = "number of the period" if flows.unit == 1 else "actual days / 365"
    return f"sum of {len(flows.times)} flows / (1 + rate) ** t = 0, t = {time}"


def _units(value: Decimal) -> int:
    sign, figures, _ = value.as_tuple()
    units = int("".join(map(str, figures)))
    return -units if sign else units


def _decimal(units: int, digits: int) -> Decimal:
    figures = tuple(map(int, str(abs(units))))
    return Decimal((int(units < 0), figures, -digits))


def _shifted(value: Decimal, places: int) -> Decimal:
    sign, figures, exponent = value.as_tuple()
    return Decimal((sign, figures, int(exponent) + places))
