"""A plan on its way to a schedule: columns of rows that charges are added to."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from loanmath.arithmetic import Walk
from loanmath.schedule.columns import Columns
from loanmath.schedule.frame import Frame
from loanmath.terms import BrokenPeriod
from loanmath.terms.plan_kinds import pays_in_advance

__all__ = ["Draft", "DraftRow", "draft", "planned_columns"]

# Looking a member up in its class costs more than comparing with it.
_ADDED, _AT_DISBURSEMENT = BrokenPeriod.ADDED, BrokenPeriod.AT_DISBURSEMENT


class DraftRow(NamedTuple):
    """One row: its dates, its amounts in units, its installment (0 for none)."""

    start: date
    end: date
    due: date
    opening: int
    payment: int
    principal: int
    interest: int
    fee: int
    closing: int
    tax: int
    drawn: int
    capitalized: int
    number: int
    frame_row: int
    """The row of the frame that its interest accrued in; -1 for none."""


class Draft(NamedTuple):
    """The columns of such rows; fee and tax are zero, the payment is without them."""

    columns: Columns
    number: Sequence[int]
    frame_row: Sequence[int]

    def rows(self) -> list[DraftRow]:
        """Return the columns row by row."""
        cells = zip(*self.columns, self.number, self.frame_row, strict=True)
        return list(map(DraftRow._make, cells))

    def with_fee_row(self, day: date, index: int) -> "Draft":
        """Return the columns with a row more, of fees on a day, before another row."""
        owed = self.columns.opening[index]
        cells = day, day, day, owed, 0, 0, 0, 0, owed, 0, 0, 0
        columns = [
            _inserted(column, index, cell)
            for column, cell in zip(self.columns, cells, strict=True)
        ]
        return Draft(
            Columns._make(columns),
            _inserted(self.number, index, 0),
            _inserted(self.frame_row, index, -1),
        )


def _inserted(column: Sequence[Any], index: int, cell: object) -> tuple[Any, ...]:
    return (*column[:index], cell, *column[index:])


def draft(found: Frame, plan: Walk) -> Draft:
    """Return the rows of a plan, with the broken period where the terms want it."""
    columns, number = planned_columns(found, plan), found.rows.number
    frame_row: Sequence[int] = range(found.size)
    # In advance there is a row more, for the day of disbursement; a broken period that
    # is added to the first installment is no row of its own.
    if len(columns.due) > found.size:
        number, frame_row = [0, *number], [*frame_row, -1]
    elif len(columns.due) < found.size:
        number, frame_row = number[1:], frame_row[1:]
    return Draft(columns, number, frame_row)


def planned_columns(found: Frame, plan: Walk) -> Columns:
    """Return the columns of the same rows alone."""
    loan, dates = found.loan, found.rows
    if pays_in_advance(loan):
        return _in_advance(found, plan)
    opening, payment, principal, interest, capitalized, closing, _ = plan
    end = tuple(dates.end)
    nothing = (0,) * len(end)
    columns = Columns(
        tuple(dates.start),
        end,
        end if dates.due is dates.end else tuple(dates.due),
        tuple(opening),
        tuple(payment),
        tuple(principal),
        tuple(interest),
        nothing,
        tuple(closing),
        nothing,
        tuple(found.growth.drawn),
        tuple(capitalized),
    )
    if loan.broken_period is _ADDED:
        return _added(columns)
    if loan.broken_period is _AT_DISBURSEMENT:
        return columns._replace(due=(loan.disbursed, *columns.due[1:]))
    return columns


def _in_advance(found: Frame, plan: Walk) -> Columns:
    # A row's interest is for the period that begins on its due date.
    dates, last = found.rows, found.rows.end[-1]
    due = (found.loan.disbursed, *dates.due)
    nothing = (0,) * len(due)
    return Columns(
        (*dates.start, last),
        (*dates.end, last),
        due,
        tuple(plan.opening),
        tuple(plan.payment),
        tuple(plan.principal),
        tuple(plan.interest),
        nothing,
        tuple(plan.closing),
        nothing,
        nothing,
        tuple(plan.capitalized),
    )


def _added(columns: Columns) -> Columns:
    """Return the rows with the broken period as a part of the first installment's."""
    rest = Columns._make(column[1:] for column in columns)
    broken = columns.interest[0]
    return rest._replace(
        start=(columns.start[0], *rest.start[1:]),
        opening=(columns.opening[0], *rest.opening[1:]),
        payment=(rest.payment[0] + broken, *rest.payment[1:]),
        interest=(rest.interest[0] + broken, *rest.interest[1:]),
    )
