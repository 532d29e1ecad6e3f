"""From terms and what was printed to an answer."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from math import prod

from loanmath.analysis.effects import ConventionInForce
from loanmath.analysis.reconciliation.answer import (
    ConventionClass,
    ConventionSet,
    FurtherCell,
    NearestConventions,
    Reconciliation,
    Searched,
)
from loanmath.analysis.reconciliation.axes import (
    Axis,
    Box,
    axes_of,
    held_and_searched,
    loan_conventions,
)
from loanmath.analysis.reconciliation.cells import (
    DUE,
    Cell,
    Difference,
    Sheet,
    bill_sheet,
    cell_value,
    schedule_sheet,
)
from loanmath.analysis.reconciliation.line_axes import line_conventions
from loanmath.analysis.reconciliation.lines import line_table, search_line
from loanmath.analysis.reconciliation.loan_tables import loan_table
from loanmath.analysis.reconciliation.loans import grouped_axes, search_loan
from loanmath.analysis.reconciliation.printed import (
    Printed,
    PrintedBills,
    PrintedSchedule,
)
from loanmath.analysis.reconciliation.search import (
    Group,
    Progress,
    Search,
    joined_boxes,
)
from loanmath.currency import currency_digits, from_units
from loanmath.errors import InputTypeError, InputValueError
from loanmath.events import Event
from loanmath.terms import CreditLine, InstallmentLoan

__all__ = ["reconcile"]


def reconcile(
    terms: InstallmentLoan | CreditLine,
    printed: PrintedSchedule | PrintedBills,
    *,
    doubt: Sequence[str] = (),
    events: Sequence[Event] = (),
    progress: Progress | None = None,
) -> Reconciliation:
    """
    Return which published conventions reproduce what a lender printed (对账).

    Conventions that the terms leave open, or that are as where nothing is said, are
    searched together; one that they state otherwise is taken as agreed, unless it is
    doubted. Every combination that has a meaning is planned, but those that a printed
    cell rules out, and those that move the same are planned once. Interest by the day
    or the segment is tried with the agreed rounding unit alone. Amounts finer than the
    currency are compared as they are shown, half up.

    Args:
        terms: The agreed loan, or the agreed credit line.
        printed: What was printed: a schedule of the loan, or bills of the line.
        doubt: Names of conventions to be searched although they were stated, such as
            `"day count"`; `"everything"` for all.
        events: What happened on the line; none for a loan.
        progress: Called with how many combinations were planned, and how many there are
            at most, now and then.

    Returns:
        The classes of conventions that reproduce every cell; without one, the nearest,
        which are no matches.

    Raises:
        InputTypeError: If a value is of the wrong type, or a line is given a schedule.
        UnknownNameError: If a doubted name is of no convention of these terms.
        CurrencyError: If a printed amount is finer than the currency.
        InputValueError: If what was printed has other rows than the loan, or bills on
            other days than the line; if there are no events on a line.
        LoanmathError: If no combination can be planned at all.

    Example:
        >>> from loanmath.analysis.reconciliation import PrintedRow
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=InterestOnly(2))
        >>> rows = [PrintedRow(interest="10.33"), PrintedRow(interest="9.33")]
        >>> found = reconcile(loan, PrintedSchedule(rows))
        >>> found.matches[0].sets[0]["day count"]
        ('ACT/360',)
    """
    _check_events(terms, events)
    if isinstance(terms, InstallmentLoan):
        if type(printed) is not PrintedSchedule:
            raise InputTypeError(
                "printed", got=printed, allowed="PrintedSchedule(...), of a loan"
            )
        return _of_loan(terms, printed, doubt, progress)
    if not isinstance(terms, CreditLine):
        allowed = "InstallmentLoan(...) or CreditLine(...)"
        raise InputTypeError("terms", got=terms, allowed=allowed)
    if type(printed) is not PrintedBills:
        raise InputTypeError(
            "printed", got=printed, allowed="PrintedBills(...), of a line"
        )
    return _of_line(terms, printed, doubt, events, progress)


def _check_events(terms: object, events: Sequence[Event]) -> None:
    if not isinstance(events, (list, tuple)):
        raise InputTypeError("events", got=events, allowed="a list of events")
    if isinstance(terms, InstallmentLoan) and events:
        raise InputValueError(
            "events",
            got=f"{len(events)} events",
            allowed="none: the schedule of a loan is planned before anything happens",
        )
    if isinstance(terms, CreditLine) and not events:
        raise InputValueError("events", got="none", allowed="what happened on the line")


def _of_loan(
    loan: InstallmentLoan,
    printed: PrintedSchedule,
    doubt: Sequence[str],
    progress: Progress | None,
) -> Reconciliation:
    sheet = schedule_sheet(printed, currency_digits(loan.currency))
    axes = [
        axis
        for group in grouped_axes(axes_of(loan_conventions(loan), doubt))
        for axis in group
    ]
    search = Search(loan, sheet, partial(loan_table, sheet=sheet), progress)
    search_loan(search, axes)
    if not search.compared:
        raise _other_rows(loan, sheet)
    return _answer(search, printed, axes)


def _other_rows(loan: InstallmentLoan, sheet: Sheet) -> InputValueError:
    """Return the refusal of other rows than the loan has, or why it has none."""
    planned = [row.due for row in loan.schedule()]
    printed = [day for day in sheet.days if day is not None]
    missing = [f"{day}" for day in planned if day not in printed] if printed else []
    extra = [f"{day}" for day in printed if day not in planned]
    said = [
        f"{words}: {', '.join(days[:3])}{', ...' if len(days) > 3 else ''}"
        for words, days in (("missing", missing), ("not the loan's", extra))
        if days
    ]
    return InputValueError(
        "rows",
        got=f"{sheet.rows} rows",
        allowed=f"{len(planned)} rows, all that the loan has",
        do="; ".join(said),
    )


def _of_line(
    line: CreditLine,
    printed: PrintedBills,
    doubt: Sequence[str],
    events: Sequence[Event],
    progress: Progress | None,
) -> Reconciliation:
    sheet = bill_sheet(printed, line.digits)
    axes = axes_of(line_conventions(line), doubt)
    table_of = partial(line_table, events=tuple(events), sheet=sheet)
    search = Search(line, sheet, table_of, progress)
    search_line(search, axes)
    if not search.compared:
        # The agreed terms say best why nothing could be planned.
        table_of(line, None)
    return _answer(search, printed, axes)


def _answer(search: Search, printed: Printed, axes: list[Axis]) -> Reconciliation:
    held, searched = held_and_searched(axes)
    groups = sorted(search.matches.values(), key=lambda group: group.moved)
    further = _further(groups)
    return Reconciliation(
        terms=search.terms,
        printed=printed,
        held=tuple(
            ConventionInForce(axis.name, axis.choices[0].name, axis.agreed)
            for axis in held
        ),
        searched=tuple(
            Searched(axis.name, tuple(choice.name for choice in axis.choices))
            for axis in searched
        ),
        matches=tuple(_class(search.sheet, axes, group, further) for group in groups),
        nearest=()
        if groups
        else tuple(_near(search.sheet, axes, group) for group in search.nearest),
        further=None
        if further is None
        else _further_cell(search.sheet, groups, further),
        cells=len(search.sheet.cells),
        combinations=prod(len(axis.choices) for axis in axes),
        planned=search.planned,
        complete=search.complete,
    )


def _sets(axes: list[Axis], boxes: Iterable[Box]) -> tuple[ConventionSet, ...]:
    """Return conventions in as few sets as joining finds, searched ones alone."""
    return tuple(
        ConventionSet(
            tuple(
                Searched(
                    axis.name,
                    tuple(one.name for one in axis.choices if one.name in part),
                )
                for axis, part in zip(axes, box, strict=True)
                if len(axis.choices) > 1
            )
        )
        for box in joined_boxes(boxes)
    )


def _class(
    sheet: Sheet, axes: list[Axis], group: Group, further: Cell | None
) -> ConventionClass:
    value = None
    if further is not None:
        units = group.table[further.column][further.row]
        value = cell_value(further.column, units, sheet.digits)
    agreed = group.moved == 0
    return ConventionClass(_sets(axes, group.boxes), group.terms, agreed, value)


def _near(sheet: Sheet, axes: list[Axis], group: Group) -> NearestConventions:
    found = tuple(
        _difference(sheet, group, cell, planned) for cell, planned in group.missed
    )
    return NearestConventions(
        _sets(axes, group.boxes),
        group.terms,
        found[0],
        len(found),
        from_units(group.total, sheet.digits),
        found,
    )


def _place(sheet: Sheet, group: Group, row: int) -> tuple[int, date | None]:
    """Return the number and the date of a row; of the sums, zero and none."""
    if row == sheet.rows:
        return 0, None
    if DUE in group.table:
        return row + 1, date.fromordinal(group.table[DUE][row])
    return row + 1, sheet.days[row]


def _difference(sheet: Sheet, group: Group, cell: Cell, planned: int) -> Difference:
    by = cell.value - planned
    return Difference(
        *_place(sheet, group, cell.row),
        cell.column,
        cell_value(cell.column, cell.value, sheet.digits),
        cell_value(cell.column, planned, sheet.digits),
        by if cell.column == DUE else from_units(by, sheet.digits),
    )


def _further(groups: list[Group]) -> Cell | None:
    """Return the first of the cells not printed in which most classes differ."""
    if len(groups) < 2:
        return None
    columns = list(groups[0].table)
    rows = len(groups[0].table[columns[0]])
    cells = [
        Cell(row, column, len({group.table[column][row] for group in groups}))
        for row in range(rows)
        for column in columns
    ]
    # Printed cells have one value; `max` keeps the first of several.
    return max(cells, key=lambda cell: cell.value)


def _further_cell(sheet: Sheet, groups: list[Group], cell: Cell) -> FurtherCell:
    place = _place(sheet, groups[0], cell.row)
    return FurtherCell(*place, cell.column, cell.value)
