"""Interest revenue net of a loss allowance (stage 3)."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from attrs import evolve

from loanmath.analysis.accounting.effective_interest import (
    EffectiveInterest,
    to_schedule,
)
from loanmath.analysis.stream import Moment, place
from loanmath.errors import DateRangeError, InputTypeError, LimitError

__all__ = ["net_of_allowance"]

_MAX_ALLOWANCES = 10_000


def net_of_allowance(
    schedule: EffectiveInterest,
    allowances: Sequence[tuple[Moment, str | int | Decimal]],
) -> EffectiveInterest:
    """
    Return a schedule whose interest revenue is net of stated allowances (第三阶段).

    Formula: `revenue = round((opening - allowance) * ((1 + eir) ** time - 1))` in rows
    that open on or after the moment of an allowance, until the next one; an allowance
    of zero ends it, and revenue is that on the gross carrying amount again. The
    carrying amount itself goes on at gross interest.

    Args:
        schedule: The schedule of an asset.
        allowances: (moment, amount) tuples in order of time: dates, or numbers of
            periods, and loss allowances from zero to the opening carrying amount.

    Returns:
        The schedule with `allowance` and `revenue` filled in.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If an amount is not a finite number.
        DateRangeError: If the moments are not in order.
        CurrencyError: If an allowance is finer than the unit of rounding.
        LimitError: If it is negative, or above a carrying amount.

    Example:
        >>> from loanmath.analysis.accounting import AccountingTerms
        >>> from loanmath.analysis.accounting import effective_interest
        >>> loan = effective_interest(["-100", "10", "110"], AccountingTerms("EUR"))
        >>> [str(row.revenue) for row in net_of_allowance(loan, [(1, "40")]).rows]
        ['10.00', '6.00']

    中文: 第三阶段利息收入. Source: IFRS 9, 5.4.1(b) (in force 2018-01-01), recalled,
    not checked against the text.
    """
    terms, growth = to_schedule(schedule).terms, schedule.growth
    places, amounts = _steps(schedule, allowances)
    openings = [schedule.start, *(row.at for row in schedule.rows)]
    rows = []
    for (since, until), row in zip(pairwise(openings), schedule.rows, strict=True):
        known = bisect_right(places, place(since))
        allowance = amounts[known - 1] if known else 0
        if not allowance:
            rows.append(row._replace(allowance=terms.amount(0), revenue=row.interest))
            continue
        net = terms.units(row.opening, "opening") - allowance
        if net < 0:
            raise LimitError(
                "allowance",
                got=terms.amount(allowance),
                allowed=f"at most the carrying amount of {row.opening} at {since}",
            )
        time = place(until) - place(since)
        revenue = terms.amount(growth.interest(net, time, terms.quotient))
        rows.append(row._replace(allowance=terms.amount(allowance), revenue=revenue))
    return evolve(schedule, rows=tuple(rows))


def _steps(
    schedule: EffectiveInterest, allowances: object
) -> tuple[list[int], list[int]]:
    """Return the places of the moments, and the allowances in units."""
    allowed = "a list of (date or number of a period, amount) tuples"
    if type(allowances) is not list and type(allowances) is not tuple:
        raise InputTypeError("allowances", got=allowances, allowed=allowed)
    if len(allowances) > _MAX_ALLOWANCES:
        raise LimitError(
            "allowances", got=len(allowances), allowed=f"at most {_MAX_ALLOWANCES:,}"
        )
    places: list[int] = []
    amounts: list[int] = []
    pairs: list[Any] = list(allowances)
    for pair in pairs:
        if type(pair) is not tuple or len(pair) != 2:
            raise InputTypeError("allowance", got=pair, allowed=allowed)
        moment, amount = pair
        if type(moment) is not type(schedule.start):
            raise InputTypeError("moment of an allowance", got=moment, allowed=allowed)
        if places and place(moment) <= places[-1]:
            raise DateRangeError(
                "moment of an allowance",
                got=moment,
                allowed="later than the one before",
            )
        units = schedule.terms.units(amount, "allowance")
        if units < 0:
            raise LimitError("allowance", got=amount, allowed="zero or above")
        places.append(place(moment))
        amounts.append(units)
    return places, amounts
