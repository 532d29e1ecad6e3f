"""Which conventions a lender follows, as `python -m loanmath reconcile` prints it."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from loanmath.analysis.reconciliation import (
    PrintedBills,
    Reconciliation,
    reconcile,
)
from loanmath.commands.answer import Answer
from loanmath.commands.progress import told_progress
from loanmath.errors import InputTypeError
from loanmath.serialization import (
    read_events,
    read_line,
    read_statement,
    read_terms,
)

__all__ = ["FORMATS", "NOT_MATCHED", "answer"]

NOT_MATCHED = 3
"""The exit code where no conventions reproduce every cell."""


FORMATS: Mapping[str, Callable[[Reconciliation], str]] = {
    "table": str,
    "csv": lambda found: found.to_csv().rstrip("\n"),
    "markdown": lambda found: found.to_markdown(),
    "html": lambda found: found.to_html(),
}
"""What a reconciliation is printed as."""


def answer(options: Namespace) -> Answer:
    """Return which conventions reproduce a printed statement, and whether any does."""
    printed = read_statement(options.statement, ignore=options.ignore)
    happened = () if options.events is None else read_events(options.events)
    is_line = isinstance(printed, PrintedBills)
    if is_line and not happened:
        raise InputTypeError(
            "events",
            got=options.events,
            allowed="a file of events, for bills of a line",
        )
    found = reconcile(
        read_line(options.file) if is_line else read_terms(options.file),
        printed,
        doubt=options.doubt,
        events=happened,
        progress=told_progress("combinations"),
    )
    return Answer(FORMATS[options.format](found), 0 if found.matched else NOT_MATCHED)
