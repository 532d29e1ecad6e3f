"""The planned cells of a loan, as they would be printed."""

from loanmath.analysis.reconciliation.bases import Ground
from loanmath.analysis.reconciliation.cells import COLUMNS, DUE, Sheet, Table
from loanmath.rounding import RoundingMode, divider
from loanmath.schedule.columns import Columns
from loanmath.schedule.detailed import resolve_level
from loanmath.schedule.resolve import resolve, resolve_plain
from loanmath.terms import InstallmentLoan, LevelPayment, RoundedPer

__all__ = ["loan_table"]

_SHOWN = divider(RoundingMode.HALF_UP)


def loan_table(
    loan: InstallmentLoan, ground: Ground | None, sheet: Sheet
) -> Table | None:
    """
    Return the planned cells as they would be printed; `None` for other rows.

    Amounts finer than the currency are shown rounded half up.

    Args:
        loan: The terms.
        ground: Periods and growth that are known, where the plan needs no more.
        sheet: What was printed.
    """
    columns = _columns(loan, ground)._asdict()
    if len(columns[DUE]) != sheet.rows:
        return None
    finer = int(10 ** (loan.digits - sheet.digits))
    table = {DUE: tuple(day.toordinal() for day in columns[DUE])}
    for name in COLUMNS[1:]:
        column: tuple[int, ...] = columns[name]
        if sheet.has_totals:
            column = (*column, sum(column))
        if finer > 1:
            column = tuple(_SHOWN(units, finer) for units in column)
        table[name] = column
    return table


def _columns(loan: InstallmentLoan, ground: Ground | None) -> Columns:
    if ground is None or loan.fees:
        return resolve(loan)
    if loan.is_plain:
        return resolve_plain(loan, ground.periods, ground.growth)
    daily = loan.interest_rounded is RoundedPer.DAY
    rows = ground.daily_rows if daily else ground.rows
    if rows is None or not isinstance(loan.repayment, LevelPayment):
        return resolve(loan)
    return resolve_level(loan, loan.repayment, rows)
