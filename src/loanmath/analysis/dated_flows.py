"""Cash flows of a loan as they come through the door, netted by day."""

from datetime import date

from loanmath.errors import FlowsError, InputTypeError, LimitError
from loanmath.yields import DatedAmounts
from loanmath.yields.flows import read_flows

__all__ = ["MOST_DECIMALS", "net_by_day"]

MOST_DECIMALS = 30
"""The most decimals that an amount can be given back with."""


def net_by_day(flows: DatedAmounts) -> tuple[dict[date, int], int]:
    """
    Return what is paid on each day, in order, in units of 10^-digits, and the digits.

    Days that net to nothing are left out.

    Args:
        flows: A list of (date, amount), what is paid out negative, such as
            `Schedule.cash_flows()`.

    Raises:
        FlowsError: If they have no dates, or the first money is not paid out, or
            nothing is paid back.
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is not a finite number.
        LimitError: If an amount has over 40 digits or 30 decimals.

    Example:
        >>> net_by_day([(date(2026, 1, 1), -100), (date(2026, 2, 1), "101.5")])
        ({datetime.date(2026, 1, 1): -1000, datetime.date(2026, 2, 1): 1015}, 1)
    """
    if not isinstance(flows, (list, tuple)):
        raise InputTypeError("flows", got=flows, allowed="a list of (date, amount)")
    given = read_flows(flows)
    if given.unit == 1:
        raise FlowsError("flows", got="amounts without dates", allowed="dated amounts")
    digits = max(-given.exponent, 0)
    if digits > MOST_DECIMALS:
        raise LimitError(
            "flows", got=f"{digits} decimals", allowed=f"at most {MOST_DECIMALS}"
        )
    scale = 10 ** (given.exponent + digits)
    sums: dict[date, int] = {}
    for (day, _), amount in zip(flows, given.amounts, strict=True):
        sums[day] = sums.get(day, 0) + amount * scale
    netted = {day: sums[day] for day in sorted(sums) if sums[day]}
    signs = [amount > 0 for amount in netted.values()]
    if not signs or signs[0] or not any(signs):
        raise FlowsError(
            "flows",
            got="flows of one sign" if len(set(signs)) < 2 else "money received first",
            allowed="an advance, negative, and what is paid back later",
        )
    return netted, digits
