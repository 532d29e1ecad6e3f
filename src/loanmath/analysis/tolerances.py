"""Whether a disclosed figure is as near the exact one as a rule asks."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from attrs import field, frozen

from loanmath.analysis.dated_flows import MOST_DECIMALS, net_by_day
from loanmath.currency import from_units
from loanmath.doors import decimal_parts, to_text
from loanmath.errors import InputTypeError, LimitError
from loanmath.rounding import RoundingMode, divide
from loanmath.terms.amounts import to_amount
from loanmath.yields import DatedAmounts

__all__ = ["Tolerance", "ToleranceCheck", "check_tolerance", "is_irregular"]

Number: TypeAlias = str | int | Decimal

_MOST_DECIMALS = 12


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_above(distance: object) -> Decimal | None:
    return None if distance is None else _figure(distance, "above", least=0)


def _to_below(distance: object) -> Decimal | None:
    return None if distance is None else _figure(distance, "below", least=0)


def _to_decimals(decimals: object) -> int | None:
    if decimals is None:
        return None
    if type(decimals) is not int:
        raise InputTypeError("decimals", got=decimals, allowed="int")
    if not 0 <= decimals <= _MOST_DECIMALS:
        raise LimitError("decimals", got=decimals, allowed=f"0 to {_MOST_DECIMALS}")
    return decimals


@frozen
class Tolerance:
    """
    How far a disclosed figure may lie from the exact one, the edge included (披露容差).

    Formula: `-below <= disclosed - exact <= above`.

    Args:
        name: What it is the tolerance of.
        above: How far above it may lie, in the unit of the figure: percentage points,
            major units, days. `None`: as far as may be.
        below: How far below it may lie, likewise.
        decimals: To how many decimals the exact figure is rounded first, half up; left
            out, it is not.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a distance is not a finite number.
        LimitError: If a distance is negative or has over 30 decimals, or figures are to
            be rounded to more than 12.

    Example:
        >>> Tolerance("UK APR", above="1", below="0.1").below
        Decimal('0.1')
    """

    name: str = field(converter=_to_name)
    above: Decimal | None = field(converter=_to_above, kw_only=True)
    below: Decimal | None = field(converter=_to_below, kw_only=True)
    decimals: int | None = field(default=None, converter=_to_decimals, kw_only=True)

    def __str__(self) -> str:
        above = "any" if self.above is None else f"{self.above:f}"
        below = "any" if self.below is None else f"{self.below:f}"
        return f"{self.name} (+{above}, -{below})"


@frozen
class ToleranceCheck:
    """
    The answer to whether a disclosed figure is near enough: within, or outside by.

    Attributes:
        tolerance: The rule.
        disclosed: The figure that was disclosed.
        exact: The figure that it is compared with, rounded where the rule says so.
        outside_by: How far it lies outside; zero where it is within.

    Example:
        >>> rule = Tolerance("APR", above="0.125", below="0.125", decimals=3)
        >>> check = check_tolerance("10.2", "9.9996013", rule)
        >>> check.answer, check.difference
        ('outside by 0.075', Decimal('0.200'))
    """

    tolerance: Tolerance
    disclosed: Decimal
    exact: Decimal
    outside_by: Decimal

    @property
    def within(self) -> bool:
        """
        Whether it is near enough.

        Example:
            >>> rule = Tolerance("finance charge", above=None, below="100")
            >>> check_tolerance("900", "1000", rule).within
            True
        """
        return not self.outside_by

    @property
    def difference(self) -> Decimal:
        """
        How far the disclosed figure is above the exact one; negative where below.

        Example:
            >>> rule = Tolerance("APR", above="1", below="0.1")
            >>> check_tolerance("9.7", "9.75", rule).difference
            Decimal('-0.05')
        """
        return _decimal(_fraction(self.disclosed) - _fraction(self.exact), self._digits)

    @property
    def _digits(self) -> int:
        return max(_decimals_of(self.disclosed), _decimals_of(self.exact))

    @property
    def on_the_edge(self) -> bool:
        """
        Whether it is within, and as far away as is allowed.

        Example:
            >>> rule = Tolerance("APR", above="0.125", below="0.125", decimals=3)
            >>> check_tolerance("10.125", "9.9996013", rule).on_the_edge
            True
        """
        difference = _fraction(self.difference)
        edges = [
            sign * _fraction(edge)
            for sign, edge in ((1, self.tolerance.above), (-1, self.tolerance.below))
            if edge is not None
        ]
        return difference in edges

    @property
    def answer(self) -> str:
        """
        The answer in words: `"within"`, or `"outside by"` how much.

        Example:
            >>> rule = Tolerance("APR", above="1", below="0.1")
            >>> check_tolerance("9.5", "9.7", rule).answer
            'outside by 0.1'
        """
        return "within" if self.within else f"outside by {self.outside_by:,f}"

    def __str__(self) -> str:
        edge = ", on the edge" if self.on_the_edge else ""
        return (
            f"{self.tolerance}: disclosed {self.disclosed:,f}, exact {self.exact:,f}:"
            f" {self.answer}{edge}"
        )


def check_tolerance(
    disclosed: Number, exact: Number, tolerance: Tolerance
) -> ToleranceCheck:
    """
    Return whether a disclosed figure is near enough to the exact one.

    Formula: `outside_by = max(d - above, -d - below, 0)`, with `d = disclosed - exact`.

    Args:
        disclosed: The figure that was disclosed: a rate in percent, an amount in major
            units, days.
        exact: The figure as calculated, in the same unit. Where the tolerance rounds
            it, give a rate with no more digits than are needed: one that was rounded
            before may fall on the wrong side of a tie.
        tolerance: The rule.

    Returns:
        The answer, exact.

    Raises:
        InputTypeError: If a value is of the wrong type (`float` is refused).
        InputValueError: If a figure is not a finite number.
        LimitError: If it has over 40 digits or 30 decimals.

    Example:
        >>> rule = Tolerance("APR", above="0.125", below="0.125", decimals=3)
        >>> print(check_tolerance("10.125", "9.9996013", rule))
        APR (+0.125, -0.125): disclosed 10.125, exact 10.000: within, on the edge

    Source: the edge is within, and rates are compared at three decimals, in the APR
    module of a commercial loan calculation engine (its documentation); 12 CFR
    1026.22(a), recalled, names no decimals.
    """
    if type(tolerance) is not Tolerance:
        raise InputTypeError("tolerance", got=tolerance, allowed="a Tolerance")
    said, found = _figure(disclosed, "disclosed"), _figure(exact, "exact")
    if tolerance.decimals is not None:
        scaled = _fraction(found) * 10**tolerance.decimals
        units = divide(scaled.numerator, scaled.denominator, RoundingMode.HALF_UP)
        found = from_units(units, tolerance.decimals)
    away = _fraction(said) - _fraction(found)
    beyond = [Fraction(0)]
    digits = max(_decimals_of(said), _decimals_of(found))
    for sign, edge in ((1, tolerance.above), (-1, tolerance.below)):
        if edge is not None:
            beyond.append(sign * away - _fraction(edge))
            digits = max(digits, _decimals_of(edge))
    return ToleranceCheck(tolerance, said, found, _decimal(max(beyond), digits))


def _figure(number: object, what: str, *, least: int | None = None) -> Decimal:
    figure = to_amount(number, what, least=least)
    if _decimals_of(figure) > MOST_DECIMALS:
        raise LimitError(what, got=number, allowed=f"at most {MOST_DECIMALS} decimals")
    return figure


def _fraction(number: Decimal) -> Fraction:
    coefficient, exponent = decimal_parts(number, "number")
    return Fraction(coefficient) * Fraction(10) ** exponent


def _decimals_of(number: Decimal) -> int:
    return max(-decimal_parts(number, "number")[1], 0)


def _decimal(number: Fraction, digits: int) -> Decimal:
    return from_units(int(number * 10**digits), digits)


def is_irregular(flows: DatedAmounts) -> bool:
    """
    Return whether Regulation Z calls a loan irregular, so that its APR has more room.

    It is where money is paid out on several days, or where payments differ in their
    amounts or in the time between them. An odd first period, and an odd first or last
    payment, leave a loan regular. Dates are regular a constant number of days or months
    apart (short months clamped), or twice a month.

    Args:
        flows: (date, amount) pairs, what is paid out negative, such as
            `Schedule.cash_flows()`. Give the dates before any move to a business day.

    Raises:
        FlowsError: If they have no dates, or the first money is not paid out, or
            nothing is paid back.
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not a finite number.

    Example:
        >>> lent = [(date(2026, 1, 15), -300)]
        >>> is_irregular(lent + [(date(2026, month, 20), 102) for month in (3, 4, 5)])
        False
        >>> is_irregular(lent + [(date(2026, month, 15), 102) for month in (2, 4, 5)])
        True

    Source: 12 CFR 1026.22(a)(3), recalled, not checked against the text.
    """
    netted, _ = net_by_day(flows)
    paid = {day: amount for day, amount in netted.items() if amount > 0}
    middle = list(paid.values())[1:-1]
    return (
        len(netted) - len(paid) > 1 or len(set(middle)) > 1 or not _regular(list(paid))
    )


def _regular(days: Sequence[date]) -> bool:
    """Return whether days are a constant step apart, or twice a month."""
    if len({(after - before).days for before, after in pairwise(days)}) < 2:
        return True
    return _by_months(days) or (_by_months(days[::2], 1) and _by_months(days[1::2], 1))


def _by_months(days: Sequence[date], step: int | None = None) -> bool:
    roll = max(day.day for day in days)
    numbers = [12 * day.year + day.month for day in days]
    steps = {after - before for before, after in pairwise(numbers)}
    return steps <= ({step} if step else {max(steps)}) and all(
        day.day == min(roll, monthrange(day.year, day.month)[1]) for day in days
    )
