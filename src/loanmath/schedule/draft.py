"""A plan on its way to a schedule: columns of rows that charges are added to."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from loanmath.arithmetic import Walk
from loanmath.schedule.frame import Frame
from loanmath.terms import BrokenPeriod

__all__ = ["Draft", "DraftRow", "draft"]

# Looking a member up in its class costs more than comparing with it.
_ADDED, _AT_DISBURSEMENT = BrokenPeriod.ADDED, BrokenPeriod.AT_DISBURSEMENT


class DraftRow(NamedTuple):
    """One row: its dates, its installment (0 for none), its amounts in units."""

    start: date
    end: date
    due: date
    number: int
    opening: int
    payment: int
    principal: int
    interest: int
    capitalized: int
    drawn: int
    closing: int
    frame_row: int
    """The row of the frame that its interest accrued in; -1 for none."""


class Draft(NamedTuple):
    """The columns of such rows; the payment is without charges."""

    start: list[date]
    end: list[date]
    due: list[date]
    number: Sequence[int]
    opening: list[int]
    payment: list[int]
    principal: list[int]
    interest: list[int]
    capitalized: list[int]
    drawn: list[int]
    closing: list[int]
    frame_row: Sequence[int]

    def rows(self) -> list[DraftRow]:
        """Return the columns row by row."""
        return list(map(DraftRow._make, zip(*self, strict=True)))

    def with_row(self, index: int, row: DraftRow) -> "Draft":
        """Return the columns with one row more, before another."""
        columns: tuple[Sequence[Any], ...] = self
        return Draft._make(
            [*column[:index], cell, *column[index:]]
            for column, cell in zip(columns, row, strict=True)
        )


def draft(found: Frame, plan: Walk) -> Draft:
    """Return the rows of a plan, with the broken period where the terms want it."""
    loan, term = found.loan, found.loan.interest_payments
    if term is not None and term.in_advance:
        return _in_advance(found, plan)
    dates = found.rows
    rows = Draft(
        dates.start,
        dates.end,
        dates.due,
        dates.number,
        plan.opening,
        plan.payment,
        plan.principal,
        plan.interest,
        plan.capitalized,
        found.growth.drawn,
        plan.closing,
        range(len(dates.end)),
    )
    if loan.broken_period is _ADDED:
        return _added(rows)
    if loan.broken_period is _AT_DISBURSEMENT:
        return rows._replace(due=[loan.disbursed, *rows.due[1:]])
    return rows


def _in_advance(found: Frame, plan: Walk) -> Draft:
    # A row's interest is for the period that begins on its due date.
    dates, last = found.rows, found.rows.end[-1]
    due = [found.loan.disbursed, *dates.due]
    return Draft(
        [*dates.start, last],
        [*dates.end, last],
        due,
        [0, *dates.number],
        plan.opening,
        plan.payment,
        plan.principal,
        plan.interest,
        plan.capitalized,
        [0] * len(due),
        plan.closing,
        [*range(found.size), -1],
    )


def _added(rows: Draft) -> Draft:
    broken, merged = rows.rows()[0], Draft._make(column[1:] for column in rows)
    merged.start[0] = broken.start
    merged.opening[0] = broken.opening
    merged.payment[0] += broken.interest
    merged.interest[0] += broken.interest
    return merged
