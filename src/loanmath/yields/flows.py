"""Cash flows as they come through the door: exact amounts at whole-number times."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import gcd
from typing import Any, NamedTuple

from loanmath.doors import decimal_parts, to_date
from loanmath.errors import FlowsError, InputTypeError

__all__ = ["Flows", "read_flows"]

_MAX_FLOWS = 10_000
_DAYS_IN_YEAR = 365


class Flows(NamedTuple):
    """
    Netted cash flows in the order of time, no amount zero.

    `amounts[k] * scale` falls at time `times[k] / unit`; `unit` is 1 for periodic flows
    and 365 for dated ones. The integers have no common factor.
    """

    amounts: list[int]
    times: list[int]
    unit: int
    scale: Fraction

    @property
    def per(self) -> str:
        """What a rate of these flows is for: `"period"` or `"year"`."""
        return "period" if self.unit == 1 else "year"


def read_flows(flows: Iterable[Any]) -> Flows:
    """
    Return cash flows as exact integers, netted where they fall at the same time.

    Args:
        flows: Amounts one period apart, or (date, amount) pairs in any order; amounts
            are `str`, `int` or `Decimal`. At most 10,000.

    Raises:
        InputTypeError: If the flows or one of them are of another type.
        InputValueError: If an amount is not a finite number of at most 40 digits.
        FlowsError: If there are none or too many, dated and undated ones are mixed, or
            nothing is left after netting.

    Example:
        >>> read_flows(["-100.00", "50.50"])[:3]
        ([-200, 101], [0, 1], 1)
    """
    if isinstance(flows, (str, bytes, dict)) or not isinstance(flows, Iterable):
        raise InputTypeError("flows", got=flows, allowed="amounts or (date, amount)")
    taken = _taken(flows)
    dated = [isinstance(flow, tuple) for flow in taken]
    if any(dated) and not all(dated):
        raise FlowsError(
            "flows", got="amounts and (date, amount) pairs", allowed="one or the other"
        )
    if dated[0]:
        first = min(_when(flow) for flow in taken)
        placed = [((_when(flow) - first).days, flow[1]) for flow in taken]
    else:
        placed = list(enumerate(taken))
    return _netted(placed, _DAYS_IN_YEAR if dated[0] else 1)


def _taken(flows: Iterable[Any]) -> list[Any]:
    taken: list[Any] = []
    for flow in flows:
        if len(taken) == _MAX_FLOWS:
            raise FlowsError(
                "flows", got="more", allowed=f"at most {_MAX_FLOWS:,} cash flows"
            )
        taken.append(flow)
    if not taken:
        raise FlowsError("flows", got="none", allowed="at least two cash flows")
    return taken


def _when(flow: tuple[Any, ...]) -> date:
    if len(flow) != 2:
        raise FlowsError("flows", got=flow, allowed="(date, amount) pairs")
    return to_date(flow[0], "date of a flow")


def _netted(placed: list[tuple[int, Any]], unit: int) -> Flows:
    parts = [(time, *decimal_parts(amount, "amount")) for time, amount in placed]
    finest = min(exponent for _, _, exponent in parts)
    sums: dict[int, int] = {}
    for time, coefficient, exponent in parts:
        amount = coefficient * int(10 ** (exponent - finest))
        sums[time] = sums.get(time, 0) + amount
    times = sorted(time for time, amount in sums.items() if amount)
    if not times:
        raise FlowsError("flows", got="flows that cancel", allowed="some that do not")
    common = gcd(*sums.values())
    return Flows(
        [sums[time] // common for time in times],
        times,
        unit,
        Fraction(common) * Fraction(10) ** finest,
    )
