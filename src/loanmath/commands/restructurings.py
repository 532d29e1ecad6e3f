"""Old beside new, as `python -m loanmath restructure` prints it."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from loanmath.account import Account
from loanmath.events import Disbursement
from loanmath.restructuring import Comparison, restructure
from loanmath.serialization import read_events, read_plan
from loanmath.terms import InstallmentLoan

__all__ = ["printed_plan"]

_PRINTED: Mapping[str, Callable[[Comparison], str]] = {
    "text": str,
    "csv": lambda found: found.to_csv().rstrip("\n"),
    "markdown": Comparison.to_markdown,
    "html": Comparison.to_html,
}


def printed_plan(options: Namespace, loan: InstallmentLoan) -> str:
    """
    Return what a proposed plan changes, old beside new.

    Args:
        options: `events`, a file of events; `plan`, a file of concessions; `on`, the
            day of the plan; `format`, `"text"`, `"csv"`, `"markdown"` or `"html"`.
        loan: The terms.

    Raises:
        LoanmathError: If a file cannot be read, or no plan follows.
        OSError: If a file cannot be opened.
    """
    events = read_events(options.events)
    undrawn = any(isinstance(event, Disbursement) for event in events)
    account = Account.open(loan, undrawn=undrawn).record(*events)
    proposal = read_plan(options.plan)
    plan = restructure(
        account, options.on, *proposal.concessions, limits=proposal.limits
    )
    return _PRINTED[options.format](plan.compare())
