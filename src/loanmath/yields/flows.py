"""Cash flows as they come through the door: exact whole amounts at whole times."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from math import hypot
from operator import lt
from typing import Any, NamedTuple, TypeAlias

from loanmath.doors import FIRST_DATE, LAST_DATE, decimal_parts, to_date
from loanmath.errors import FlowsError, InputTypeError, LoanmathError

__all__ = ["Amounts", "DatedAmounts", "Flows", "read_flows"]

Amounts: TypeAlias = Iterable[str | int | Decimal]
"""Amounts one period apart, the first at time 0."""
DatedAmounts: TypeAlias = Iterable[tuple[date, str | int | Decimal]]
"""Amounts with their dates, in any order."""

_MAX_FLOWS = 10_000
_DAYS_IN_YEAR = 365
_MAX_PLAIN = 30
_MAX_DIGITS = 40
# Below 10^40 by a margin for its rounding.
_MAX_SIZE = 9e39
_FIRST_DAY, _LAST_DAY = FIRST_DATE.toordinal(), LAST_DATE.toordinal()
# Texts iterate over characters, a set drops equal flows, a mapping its values.
_NOT_FLOWS = (str, bytes, bytearray, memoryview, dict, set, frozenset)
# Its methods are called unbound, so that a subclass cannot answer for the tuple.
_PAIR: type[tuple[Any, ...]] = tuple
_ALLOWED = "a list of amounts, or of (date, amount) tuples"


class Flows(NamedTuple):
    """
    Cash flows in integers: `amounts[k] * 10**exponent` at `times[k] / unit`.

    As given: not netted, in the order given; time 0 is the first date, or the first
    amount. `unit` is 1 for periods and 365 for days; `first` is the first date;
    `ascends` says that each time is later than the one before.
    """

    amounts: Sequence[int]
    times: list[int]
    unit: int
    exponent: int
    first: date | None = None
    ascends: bool = True

    def netted(self) -> "Flows":
        """
        Return one flow for each day that leaves one, ascending; periods keep theirs.

        Example:
            >>> start = date(2026, 1, 1)
            >>> read_flows([(start, -9), (start, 2), (start, 0)]).netted().amounts
            [-7]
        """
        if self.first is None or (self.ascends and 0 not in self.amounts):
            return self
        sums: dict[int, int] = {}
        for time, amount in zip(self.times, self.amounts, strict=True):
            sums[time] = sums.get(time, 0) + amount
        times = sorted(time for time, amount in sums.items() if amount)
        first = times[0] if times else 0
        start = self.first + timedelta(first)
        amounts = [sums[time] for time in times]
        times = [time - first for time in times]
        return self._replace(amounts=amounts, times=times, first=start, ascends=True)


def read_flows(flows: Amounts | DatedAmounts) -> Flows:
    """
    Return cash flows as exact integers.

    Args:
        flows: Amounts one period apart, or (date, amount) tuples in any order, such as
            `Schedule.cash_flows()`; amounts are `str`, `int` or `Decimal`.

    Raises:
        InputTypeError: If the flows, a date or an amount are of another type, or the
            iterator of the flows fails.
        InputValueError: If an amount is not a finite number.
        DateRangeError: If a date is outside 1900 to 2200.
        FlowsError: If there are none, more than 10,000, or dated and undated ones.
        LimitError: If an amount has over 40 digits.

    Example:
        >>> read_flows(["-100.00", "50.5"])[:4]
        ([-10000, 5050], [0, 1], 1, -2)
    """
    taken = _taken(flows)
    return _read_alike(taken) or _read_each(taken)


def _read_alike(taken: list[Any]) -> Flows | None:
    """Return what `_read_each` does of flows that are plain and all alike, or None."""
    kinds = set(map(type, taken))
    kind = kinds.pop()
    if kinds:
        return None
    try:
        if not issubclass(kind, tuple):
            scaled = _scaled_alike(taken, kind)
            return scaled and Flows(scaled[0], [*range(len(taken))], 1, scaled[1])
        if kind.__iter__ is not _PAIR.__iter__:
            return None
        days, values = zip(*taken, strict=True)
        ordinals = list(map(date.toordinal, days))
        kinds.update(map(type, days + values))
        kinds.discard(date)
        scaled = _scaled_alike(values, kinds.pop()) if len(kinds) == 1 else None
    except (TypeError, ValueError, OverflowError):
        return None
    ascends = all(map(lt, ordinals, ordinals[1:]))
    first = ordinals[0] if ascends else min(ordinals)
    last = ordinals[-1] if ascends else max(ordinals)
    if not scaled or first < _FIRST_DAY or last > _LAST_DAY:
        return None
    times = [day - first for day in ordinals]
    start = date.fromordinal(first)
    return Flows(scaled[0], times, _DAYS_IN_YEAR, scaled[1], start, ascends)


def _scaled_alike(
    values: Sequence[Any], kind: type
) -> tuple[Sequence[int], int] | None:
    """
    Return what `_scaled` does of ints, or decimals with one exponent, or None.

    Raises an error of Python's where other values, or too large ones, are among them.
    """
    places = 0
    if kind is Decimal:
        if not all(map(values[0].same_quantum, values)):
            return None
        texts = ",".join(map(str, values))
        decimals = texts.partition(",")[0].partition(".")[2]
        places = len(decimals)
        # An exponent or a NaN is no whole number.
        values = list(map(int, texts.replace(".", "").split(",")))
    elif kind is not int:
        return None
    is_short = hypot(*values) < _MAX_SIZE and places <= _MAX_DIGITS
    return (values, -places) if is_short else None


def _read_each(taken: list[Any]) -> Flows:
    kinds = {issubclass(type(flow), tuple) for flow in taken}
    if len(kinds) > 1:
        raise FlowsError(
            "flows", got="amounts with and without a date", allowed=_ALLOWED
        )
    if kinds == {False}:
        amounts, exponent = _scaled(taken)
        return Flows(amounts, [*range(len(taken))], 1, exponent)
    days: list[int] = []
    values: list[Any] = []
    for pair in taken:
        if _PAIR.__len__(pair) != 2:
            raise FlowsError("flow", got=pair, allowed="a (date, amount) tuple")
        on, value = _PAIR.__iter__(pair)
        days.append(to_date(on, "date of a flow").toordinal())
        values.append(value)
    amounts, exponent = _scaled(values)
    first = min(days)
    times = [day - first for day in days]
    start = date.fromordinal(first)
    return Flows(amounts, times, _DAYS_IN_YEAR, exponent, start, False)


def _taken(flows: Iterable[Any]) -> list[Any]:
    # One more than allowed is enough to refuse, even of an endless iterator.
    most = _MAX_FLOWS + 1
    taken: list[Any] = flows[:most] if type(flows) is list else _iterated(flows, most)
    if not taken:
        raise FlowsError("flows", got="none", allowed=_ALLOWED)
    if len(taken) > _MAX_FLOWS:
        raise FlowsError(
            "flows",
            got=f"more than {_MAX_FLOWS:,}",
            allowed=f"at most {_MAX_FLOWS:,} cash flows",
        )
    return taken


def _iterated(flows: Iterable[Any], most: int) -> list[Any]:
    if issubclass(type(flows), _NOT_FLOWS):
        raise InputTypeError("flows", got=flows, allowed=_ALLOWED)
    try:
        return list(islice(flows, most))
    except LoanmathError:
        raise
    except Exception as error:
        raise InputTypeError("flows", got=flows, allowed=_ALLOWED) from error


def _scaled(values: list[Any]) -> tuple[list[int], int]:
    """Return whole amounts and the exponent of ten of their common unit."""
    amounts: list[int] = []
    exponents: list[int] = []
    for value in values:
        coefficient, exponent = _parts(value)
        amounts.append(coefficient)
        exponents.append(exponent)
    finest = min(exponents)
    if finest < max(exponents):
        amounts = [
            amount * int(10 ** (exponent - finest))
            for amount, exponent in zip(amounts, exponents, strict=True)
        ]
    return amounts, finest


def _parts(value: Any) -> tuple[int, int]:
    # What `decimal_parts` says of plain positive numbers, at a third of its cost.
    if type(value) is Decimal or type(value) is str:
        whole, point, part = str(value).partition(".")
        digits = whole + part
        is_plain = digits.isdigit() and digits.isascii() and whole
        if is_plain and len(digits) <= _MAX_PLAIN and (part or not point):
            return int(digits), -len(part)
    return decimal_parts(value, "amount of a flow")
