"""Rows that payments repay: what is solved over them, and how they are walked."""

from collections.abc import Sequence
from typing import TypeAlias, cast

from loanmath.arithmetic import (
    ALL,
    Amortization,
    Opening,
    PaymentRows,
    Walk,
    amortize_payments,
    walk,
)
from loanmath.schedule.frame import Frame

__all__ = [
    "Planned",
    "Question",
    "joined",
    "level_payments",
    "simple_walk",
    "unknown_payment",
    "walk_payments",
    "walk_rows",
]

Planned: TypeAlias = tuple[Frame, Walk]
Question: TypeAlias = tuple[Opening, PaymentRows, int]
"""What a payment is solved from: the opening, the rows, the balloon."""


# From so many regular rows on, walking them on their own is quicker.
_MANY_ROWS = 24


def walk_payments(
    found: Frame,
    payments: Sequence[int | None],
    start: Opening | None = None,
    first: int = 0,
) -> Walk:
    """Walk the rows from `first` on; the last row of the frame repays what is left."""
    begin = start or Opening(found.loan.principal_units)
    if first + len(payments) < found.size:
        return walk_rows(found, payments, [0] * len(payments), begin, first)
    if found.is_simple:
        return _walk_regular(found, payments, begin, first)
    head = found.regular_from - first
    if 0 < head <= len(payments) - _MANY_ROWS:
        leg = walk_rows(found, payments[:head], [0] * head, begin, first)
        # A regular row opens with something owed, and nothing carried to it.
        if leg.end.owed > 0 and leg.end.accrued == 0:
            rest = _walk_regular(found, payments[head:], leg.end, first + head)
            return joined([leg, rest])
    principals = [0] * (len(payments) - 1) + [ALL]
    return walk_rows(found, [*payments[:-1], None], principals, begin, first)


def _walk_regular(
    found: Frame, payments: Sequence[int | None], start: Opening, first: int
) -> Walk:
    """Walk regular rows to the last of the frame, which repays what is left."""
    growth = found.growth
    plan = amortize_payments(
        start.owed,
        cast("Sequence[int]", payments),
        growth.factors[first:],
        growth.denominator,
        found.rounded,
    )
    return simple_walk(plan)


def walk_rows(
    found: Frame,
    payments: Sequence[int | None],
    principals: list[int],
    start: Opening,
    first: int = 0,
) -> Walk:
    """Walk the rows from `first` on, each with a payment, or else a principal."""
    growth, stop = found.growth, first + len(principals)
    rows = zip(
        growth.factors[first:stop],
        growth.drawn[first:stop],
        growth.extra[first:stop],
        found.treatments[first:stop],
        payments,
        principals,
        strict=True,
    )
    interest_of = found.interest_from(first)
    return walk(start, rows, growth.denominator, found.rounded, interest_of)


def unknown_payment(
    found: Frame, first: int = 0, change: int | None = None
) -> PaymentRows:
    """Return what one unknown payment repays: at the real rates, or at one from now."""
    growth = found.growth
    factors, extra = growth.factors[first:], growth.extra[first:]
    if change is not None:
        rate, times = growth.rates[change], growth.times[first + 1 :]
        if times and times.count(times[0]) == len(times):
            factors[1:] = [rate * times[0]] * len(times)
        else:
            factors[1:] = [rate * time for time in times]
        if found.loan.drawdowns:
            extra[1:] = [rate * time for time in growth.drawn_times[first + 1 :]]
    return PaymentRows(
        factors,
        growth.drawn[first:],
        extra,
        found.treatments[first:],
        found.repays[first:],
        [None] * len(factors),
        growth.denominator,
    )


def level_payments(found: Frame, payment: int, first: int = 0) -> list[int | None]:
    """Return one payment for every row from `first` on that repays."""
    if found.is_simple:
        return [payment] * (found.size - first)
    return [payment if repays else None for repays in found.repays[first:]]


def simple_walk(plan: Amortization) -> Walk:
    """Return a plain amortization as a walk in which nothing is capitalized."""
    opening, payment, principal, interest, closing = plan
    unused = [0] * len(opening)
    return Walk(
        opening, payment, principal, interest, unused, closing, Opening(closing[-1])
    )


def joined(legs: list[Walk]) -> Walk:
    """Return several walks, one after the other, as one."""
    if len(legs) == 1:
        return legs[0]
    columns: list[list[int]] = [[] for _ in legs[0][:6]]
    for leg in legs:
        for column, part in zip(columns, leg[:6], strict=True):
            column.extend(part)
    return Walk._make([*columns, legs[-1].end])
