"""Which conventions a lender follows, as `python -m loanmath reconcile` prints it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from loanmath.analysis.reconciliation import (
    PrintedBills,
    Reconciliation,
    reconcile,
)
from loanmath.errors import InputTypeError
from loanmath.serialization import (
    read_events,
    read_line,
    read_statement,
    read_terms,
)

__all__ = ["FORMATS", "NOT_MATCHED", "Reconciled", "printed_reconciliation"]

NOT_MATCHED = 3
"""The exit code where no conventions reproduce every cell."""


class Reconciled(NamedTuple):
    """What is printed, and the exit code: 0 matched, 3 not matched."""

    text: str
    code: int


FORMATS: Mapping[str, Callable[[Reconciliation], str]] = {
    "table": str,
    "csv": lambda found: found.to_csv().rstrip("\n"),
    "markdown": lambda found: found.to_markdown(),
    "html": lambda found: found.to_html(),
}
"""What a reconciliation is printed as."""


def printed_reconciliation(  # noqa: PLR0913 the options of a command
    terms: str | Path,
    statement: str | Path,
    form: str = "table",
    *,
    events: str | Path | None = None,
    doubt: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Reconciled:
    """
    Return the reconciliation of files as it is printed.

    Args:
        terms: The agreed terms: of a credit line where the statement has bills.
        statement: What was printed, as CSV.
        form: One of `FORMATS`.
        events: What happened on the line; none for a loan.
        doubt: Conventions to be searched although they were stated.
        ignore: Columns of the statement that are left out.

    Raises:
        LoanmathError: If a file is refused, or what it says.
        OSError: If a file cannot be opened.
    """
    printed = read_statement(statement, ignore=ignore)
    if isinstance(printed, PrintedBills):
        if events is None:
            raise InputTypeError(
                "events", got=None, allowed="a file of events, for bills of a line"
            )
        happened = read_events(events)
        found = reconcile(read_line(terms), printed, doubt=doubt, events=happened)
    else:
        happened = () if events is None else read_events(events)
        found = reconcile(read_terms(terms), printed, doubt=doubt, events=happened)
    return Reconciled(FORMATS[form](found), 0 if found.matched else NOT_MATCHED)
