"""Cash flows as they come through the door: exact whole amounts at whole times."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from loanmath.doors import decimal_parts, to_date
from loanmath.errors import FlowsError, InputTypeError, LoanmathError

__all__ = ["Amounts", "DatedAmounts", "Flows", "read_flows"]

Amounts: TypeAlias = Iterable[str | int | Decimal]
"""Amounts one period apart, the first at time 0."""
DatedAmounts: TypeAlias = Iterable[tuple[date, str | int | Decimal]]
"""Amounts with their dates, in any order."""

_MAX_FLOWS = 10_000
_DAYS_IN_YEAR = 365
_MAX_PLAIN = 30
# Texts iterate over characters, a set drops equal flows, a mapping its values.
_NOT_FLOWS = (str, bytes, bytearray, memoryview, dict, set, frozenset)
# Its methods are called unbound, so that a subclass cannot answer for the tuple.
_PAIR: type[tuple[Any, ...]] = tuple
_ALLOWED = "a list of amounts, or of (date, amount) tuples"


class Flows(NamedTuple):
    """
    Cash flows in integers: `amounts[k] * 10**exponent` at `times[k] / unit`.

    As given: not netted, in the order given; time 0 is the first date, or the first
    amount. `unit` is 1 for periods and 365 for days; `first` is the first date.
    """

    amounts: list[int]
    times: list[int]
    unit: int
    exponent: int
    first: date | None = None


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
        >>> read_flows(["-100.00", "50.5"])
        Flows(amounts=[-10000, 5050], times=[0, 1], unit=1, exponent=-2, first=None)
    """
    taken = _taken(flows)
    kinds = {issubclass(type(flow), tuple) for flow in taken}
    if len(kinds) > 1:
        raise FlowsError(
            "flows", got="amounts with and without a date", allowed=_ALLOWED
        )
    if kinds == {False}:
        amounts, exponent = _scaled(taken)
        return Flows(amounts, list(range(len(taken))), 1, exponent)
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
    return Flows(amounts, times, _DAYS_IN_YEAR, exponent, date.fromordinal(first))


def _taken(flows: Iterable[Any]) -> list[Any]:
    if issubclass(type(flows), _NOT_FLOWS):
        raise InputTypeError("flows", got=flows, allowed=_ALLOWED)
    try:
        # One more than allowed is enough to refuse, even of an endless iterator.
        taken: list[Any] = list(islice(flows, _MAX_FLOWS + 1))
    except LoanmathError:
        raise
    except Exception as error:
        raise InputTypeError("flows", got=flows, allowed=_ALLOWED) from error
    if not taken:
        raise FlowsError("flows", got="none", allowed=_ALLOWED)
    if len(taken) > _MAX_FLOWS:
        raise FlowsError(
            "flows",
            got=f"more than {_MAX_FLOWS:,}",
            allowed=f"at most {_MAX_FLOWS:,} cash flows",
        )
    return taken


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
