"""Rows that payments repay: what is solved over them, and how they are walked."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress
from typing import Any, TypeAlias

from loanmath.arithmetic import (
    ALL,
    Growing,
    Opening,
    PaymentRows,
    Walk,
    amortize_payments,
    cleared,
    pay_down,
    pay_down_in_pieces,
    walk,
)
from loanmath.schedule.frame import Frame
from loanmath.schedule.periods import rated

__all__ = [
    "Planned",
    "Question",
    "clearing_number",
    "growing_of",
    "joined",
    "level_payments",
    "unknown_payment",
    "unknown_rows",
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
    """
    Walk the rows from `first` on; the last row of the frame repays what is left.

    Without a start, they are all the rows.
    """
    head = found.regular_from - first
    if start is None and found.pieces is None and (not head or found.repays_alike):
        return _walk_alike(found, payments, head)
    if head <= 0 and (start is None or _is_regular(start)):
        owed = found.loan.principal_units if start is None else start.owed
        return _walk_regular(found, payments, owed, first)
    begin = start or Opening(found.loan.principal_units)
    if 0 < head <= len(payments) - _MANY_ROWS:
        leg = walk_rows(found, payments[:head], [0] * head, begin, first)
        if _is_regular(leg.end):
            rest = _walk_regular(found, payments[head:], leg.end.owed, first + head)
            return joined([leg, rest])
    principals = [0] * len(payments)
    if first + len(payments) == found.size:
        payments, principals[-1] = [*payments[:-1], None], ALL
    return walk_rows(found, payments, principals, begin, first)


def _walk_alike(found: Frame, payments: Sequence[Any], head: int) -> Walk:
    """Walk all rows, the first of which may pay interest and repay nothing."""
    factors, unit, rounded = (
        found.growth.factors,
        found.growth.denominator,
        found.rounded,
    )
    owed = found.loan.principal_units
    if head:
        # Interest alone is a payment as any other, once it is known: nothing is repaid.
        alone = [rounded(owed * factor, unit) for factor in factors[:head]]
        payments = [*alone, *payments[head:]]
    return amortize_payments(owed, payments, factors, unit, rounded)


def _walk_regular(found: Frame, payments: Sequence[Any], owed: int, first: int) -> Walk:
    """Walk regular rows; the last of the frame repays what is left."""
    growth, rounded = found.growth, found.rounded
    unit, stop = growth.denominator, first + len(payments)
    if found.pieces is None:
        factors = growth.factors[first:stop]
        plan = pay_down(owed, payments, factors, unit, rounded)
    else:
        pieces = found.pieces.alike[first:stop]
        plan = pay_down_in_pieces(owed, payments, pieces, unit, rounded)
    return cleared(plan) if stop == len(found.repays) else plan


def _is_regular(start: Opening) -> bool:
    """Return whether regular rows may follow: something is owed, nothing carried."""
    return start.owed > 0 and start.accrued == 0


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
    """
    Return what one unknown payment repays: at the real rates, or at one from now.

    The first row is on its own; equal rows to the last may be one entry.
    """
    growth, cut = found.growth, max(found.regular_from, first + 1)
    grown, alike = growth.factors if change is None else growth.times, found.size - cut
    if alike < 2 or grown[cut:] != [grown[-1]] * alike:
        return unknown_rows(found, first, change)
    return unknown_rows(found, first, change, [1] * (cut - first) + [alike])


def unknown_rows(
    found: Frame,
    first: int = 0,
    change: int | None = None,
    lengths: list[int] | None = None,
) -> PaymentRows:
    """Return the same row by row, or as rows that stand for so many each."""
    growth = found.growth
    stop = found.size if lengths is None else first + len(lengths)
    factors, extra = growth.factors[first:stop], growth.extra[first:stop]
    if change is not None:
        rate, times = growth.rates[change], growth.times[first + 1 : stop]
        if times:
            factors[1:] = rated(rate, times)
        if found.loan.drawdowns:
            drawn_times = growth.drawn_times[first + 1 : stop]
            extra[1:] = [rate * time for time in drawn_times]
    return PaymentRows(
        factors,
        growth.drawn[first:stop],
        extra,
        found.treatments[first:stop],
        found.repays[first:stop],
        [None] * len(factors),
        growth.denominator,
        lengths=lengths,
    )


def level_payments(found: Frame, payment: int, first: int = 0) -> list[int | None]:
    """Return one payment for every row from `first` on that repays."""
    regular, repays = found.regular_from, found.repays
    if regular <= first:
        return [payment] * (len(repays) - first)
    head = [payment if repaying else None for repaying in repays[first:regular]]
    return head + [payment] * (len(repays) - regular)


def clearing_number(found: Frame, plan: Walk) -> int | None:
    """
    Return the number of the first installment that leaves nothing to repay.

    There is none where the last row repays in a holiday what is left.
    """
    drawdowns, drawn = found.loan.drawdowns, 0
    if drawdowns:
        drawn = bisect_right(found.rows.end, drawdowns[-1].on)
    # From the first of these on, nothing is owed.
    for row in range(plan.closing.index(0, drawn), found.size):
        if found.repays[row]:
            return found.rows.number[row]
    return None


def growing_of(found: Frame) -> Growing:
    """Return how a balance grows in the rows that repay it."""
    growth, factors = found.growth, found.growth.factors
    if not found.is_regular:
        factors = list(compress(factors, found.repays))
    return Growing.of(factors, growth.denominator, found.rounded)


def joined(legs: list[Walk]) -> Walk:
    """Return several walks, one after the other, as one."""
    if len(legs) == 1:
        return legs[0]
    columns = [column.copy() for column in legs[0][:6]]
    for leg in legs[1:]:
        for column, part in zip(columns, leg[:6], strict=True):
            column.extend(part)
    return Walk._make([*columns, legs[-1].accrued])
