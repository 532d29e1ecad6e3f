"""A plan on its way to a schedule: columns of rows that charges are added to."""

from collections.abc import Iterable
from datetime import date
from itertools import repeat
from typing import NamedTuple

from loanmath.arithmetic import Walk
from loanmath.schedule.frame import Frame
from loanmath.terms import BrokenPeriod

__all__ = ["Draft", "DraftRow", "draft"]


class DraftRow(NamedTuple):
    """One row: its dates, its installment (0 for none), its amounts in units."""

    start: date
    end: date
    due: date
    number: int
    opening: int
    principal: int
    interest: int
    capitalized: int
    drawn: int
    closing: int
    frame_row: int
    """The row of the frame that its interest accrued in; -1 for none."""


Draft = list[DraftRow]


def draft(found: Frame, plan: Walk) -> Draft:
    """Return the rows of a plan, with the broken period where the terms want it."""
    rows = _in_advance(found, plan) if _is_in_advance(found) else _rows(found, plan)
    match found.loan.broken_period:
        case BrokenPeriod.ADDED:
            return _added(rows)
        case BrokenPeriod.AT_DISBURSEMENT:
            return [rows[0]._replace(due=found.loan.disbursed), *rows[1:]]
        case _:
            return rows


def _is_in_advance(found: Frame) -> bool:
    term = found.loan.interest_payments
    return term is not None and term.in_advance


def _rows(found: Frame, plan: Walk) -> Draft:
    dates = found.rows
    cells = zip(
        dates.start,
        dates.end,
        dates.due,
        dates.number,
        plan.opening,
        plan.principal,
        plan.interest,
        plan.capitalized,
        found.growth.drawn,
        plan.closing,
        range(found.size),
        strict=True,
    )
    return _draft_rows(cells)


def _draft_rows(cells: Iterable[tuple[object, ...]]) -> Draft:
    # As DraftRow._make does it, without a Python call per row.
    return list(map(tuple.__new__, repeat(DraftRow), cells))


def _in_advance(found: Frame, plan: Walk) -> Draft:
    # A row's interest is for the period that begins on its due date.
    dates, last = found.rows, found.rows.end[-1]
    due = [found.loan.disbursed, *dates.due]
    cells = zip(
        [*dates.start, last],
        [*dates.end, last],
        due,
        [0, *dates.number],
        plan.opening,
        plan.principal,
        plan.interest,
        plan.capitalized,
        [0] * len(due),
        plan.closing,
        [*range(found.size), -1],
        strict=True,
    )
    return _draft_rows(cells)


def _added(rows: Draft) -> Draft:
    broken, first, *rest = rows
    merged = first._replace(
        start=broken.start,
        opening=broken.opening,
        interest=broken.interest + first.interest,
    )
    return [merged, *rest]
