"""A bill as a table."""

from typing import TYPE_CHECKING

from loanmath.schedule.printing import Table

if TYPE_CHECKING:
    from loanmath.line_account.statement import LineStatement, StatementItem

__all__ = ["statement_table"]


def statement_table(statement: "LineStatement") -> Table:
    """Return a bill as a table: the opening balance, what changed it, the closing."""
    cycle = statement.cycle
    rows = [
        [str(cycle.start), "opening", "", f"{statement.opening:,f}"],
        *(_cells(item) for item in statement.items),
    ]
    return Table(
        f"Bill of {cycle.statement}: {statement.currency} {statement.closing:,f}",
        ["On", "What", "Event", "Amount"],
        rows,
        [str(cycle.statement), "closing", "", f"{statement.closing:,f}"],
        left=(0, 1, 2),
        words=(1, 2),
    )


def _cells(item: "StatementItem") -> list[str]:
    what = f"{item.what}, {item.name}" if item.name else item.what
    return [str(item.on), what, item.event, f"{item.amount:,f}"]
