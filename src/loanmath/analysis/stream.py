"""Cash flows from a moment on, as the analyses read them: whole times and amounts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from loanmath.doors import to_date
from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    FlowsError,
    InputTypeError,
    LimitError,
)
from loanmath.schedule import Schedule
from loanmath.yields import Yield
from loanmath.yields.flows import read_flows
from loanmath.yields.shares import to_share

__all__ = [
    "Moment",
    "StatedFlows",
    "StatedRate",
    "Stream",
    "place",
    "read_stream",
    "to_growth",
]

Moment: TypeAlias = date | int
"""A date, or the number of a period, 0 being the start."""
StatedFlows: TypeAlias = (
    Schedule
    | Sequence[str | int | Decimal]
    | Sequence[tuple[date, str | int | Decimal]]
)
"""A schedule, amounts one period apart, or (date, amount) tuples."""
StatedRate: TypeAlias = Yield | Fraction | Decimal | str | int
"""A certified yield, a share (`"0.1"` is 10 %), or a percentage (`"10%"`)."""

_MAX_PERIOD = 10_000
_ALLOWED = "a Schedule, or a list of amounts or of (date, amount) tuples"


class Stream(NamedTuple):
    """
    Cash flows in integers, one for each time: `amounts[k] * 10**exponent`.

    Attributes:
        start: The date or the number of the period that times count from.
        times: Ascending, in days or in periods.
        amounts: What is received (positive) or paid out (negative) at each time.
        unit: How many units of time a rate is for: 1 for periods, 365 for days.
        exponent: The power of ten of the amounts.

    Example:
        >>> stream = read_stream(["-100", "60", "60"])
        >>> stream.moments, stream.unit
        ((0, 1, 2), 1)
    """

    start: Moment
    times: tuple[int, ...]
    amounts: tuple[int, ...]
    unit: int
    exponent: int

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The date, or the number of the period, of each flow."""
        return tuple(self.moment(time) for time in self.times)

    def moment(self, time: int) -> Moment:
        """Return the date, or the number of the period, at a time."""
        if isinstance(self.start, date):
            return date.fromordinal(self.start.toordinal() + time)
        return self.start + time

    def units(self, digits: int) -> list[int]:
        """
        Return the amounts in units of 10^-digits.

        Raises:
            CurrencyError: If an amount is finer.
        """
        shift = self.exponent + digits
        scale = int(10 ** abs(shift))
        found = []
        for amount in self.amounts:
            units, rest = (amount * scale, 0) if shift >= 0 else divmod(amount, scale)
            if rest:
                raise CurrencyError(
                    "amount of a flow",
                    got=Fraction(amount) * Fraction(10) ** self.exponent,
                    allowed=f"at most {digits} decimals",
                    do="round it first, or state a finer unit of rounding",
                )
            found.append(units)
        return found

    def pairs(self, exponent: int | None = None) -> list[tuple[int, int]]:
        """Return (time, amount) pairs, at a power of ten of at most its own."""
        finer = 0 if exponent is None else self.exponent - exponent
        factor = int(10**finer)
        return [
            (time, amount * factor)
            for time, amount in zip(self.times, self.amounts, strict=True)
        ]


def place(moment: Moment) -> int:
    """
    Return the place of a moment on a line of days, or of periods.

    Example:
        >>> place(3), place(date(2026, 1, 2)) - place(date(2026, 1, 1))
        (3, 1)
    """
    return moment.toordinal() if isinstance(moment, date) else moment


def read_stream(flows: object, at: object = None, what: str = "flows") -> Stream:
    """
    Return cash flows as a stream, netted at each time.

    Args:
        flows: A schedule, amounts one period apart, or (date, amount) tuples.
        at: From when on. Where it is stated, undated amounts come one period apart,
            the first one a period later; dated ones on that day or later; and of a
            schedule, what comes after that day. Else the stream starts at its first
            flow.
        what: The name of the argument, for the error.

    Raises:
        InputTypeError: If the flows or a part of them are of another type.
        InputValueError: If an amount is not a finite number.
        DateRangeError: If a date is out of range, or before the stream begins.
        FlowsError: If there are none or too many, or dated and undated ones.
        LimitError: If a number of a period or an amount is out of range.

    Example:
        >>> read_stream(["60", "60"], 3).moments
        (4, 5)
    """
    taken = _taken(flows, at, what)
    if at is None:
        given = read_flows(taken)
        start: Moment = given.first or 0
    else:
        start = to_moment(at)
        first: Any = (start, 0) if isinstance(start, date) else 0
        given = read_flows([first, *taken])
        if given.times[0]:
            raise DateRangeError(
                f"date in {what}",
                got=date.fromordinal(place(start) - given.times[0]),
                allowed=f"{start} or later",
            )
    sums: dict[int, int] = {}
    for time, amount in zip(given.times, given.amounts, strict=True):
        sums[time] = sums.get(time, 0) + amount
    # The zero that was put before the flows is none of them.
    times = [time for time in sorted(sums) if at is None or time or sums[time]]
    if not times:
        raise FlowsError(what, got="none", allowed="at least one cash flow")
    amounts = tuple(sums[time] for time in times)
    return Stream(start, tuple(times), amounts, given.unit, given.exponent)


def _taken(flows: object, at: object, what: str) -> list[Any]:
    if type(flows) is Schedule:
        dated = flows.cash_flows()
        return [flow for flow in dated if type(at) is not date or flow.on > at]
    # Without subclasses: what iterates otherwise than it looks is refused.
    if type(flows) is list or type(flows) is tuple:
        return list(flows)
    raise InputTypeError(what, got=flows, allowed=_ALLOWED)


def to_moment(at: object) -> Moment:
    """
    Return a date, or the number of a period.

    Raises:
        InputTypeError: If it is neither.
        DateRangeError: If the date is out of range.
        LimitError: If the number is below 0 or above 10,000.

    Example:
        >>> to_moment(2)
        2
    """
    if type(at) is int:
        if not 0 <= at <= _MAX_PERIOD:
            raise LimitError("at", got=at, allowed=f"0 to {_MAX_PERIOD:,}")
        return at
    if isinstance(at, date):
        return to_date(at, "at")
    raise InputTypeError("at", got=at, allowed="a date, or the number of a period")


def to_growth(rate: object) -> Fraction:
    """
    Return one plus a rate, exactly.

    Raises:
        InputTypeError: If it is neither a yield nor a number (`float` is refused).
        InputValueError: If it is not a finite number.
        LimitError: If it is out of range, or has too many digits.

    Example:
        >>> to_growth("10%"), to_growth("0.1")
        (Fraction(11, 10), Fraction(11, 10))
    """
    return 1 + to_share(rate.value if type(rate) is Yield else rate, "rate")
