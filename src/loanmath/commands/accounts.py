"""What is owed on an account, as `python -m loanmath account` prints it."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from loanmath.account import Account, Position
from loanmath.account.document import (
    position_document,
    postings_document,
    statement_document,
)
from loanmath.account.position_printing import (
    position_csv,
    position_html,
    position_markdown,
    position_text,
)
from loanmath.account.postings import Posting, postings_between
from loanmath.account.sentences import explain
from loanmath.account.statement import AccountStatement, statement_of
from loanmath.events import Disbursement
from loanmath.serialization import read_events
from loanmath.terms import InstallmentLoan

__all__ = ["printed_account"]


class _Told(NamedTuple):
    """What is told of an account: what is owed, and what was asked for beside it."""

    position: Position
    statement: AccountStatement | None
    postings: tuple[Posting, ...]
    lang: str


def _account_text(told: _Told) -> str:
    parts = [position_text(told.position)]
    if told.statement is not None:
        parts.append(str(told.statement))
    if told.postings:
        parts.append("\n".join(_sentences(told)))
    return "\n\n".join(parts)


def _account_csv(told: _Told) -> str:
    if told.statement is not None:
        return told.statement.to_csv().rstrip("\n")
    return position_csv(told.position).rstrip("\n")


def _account_markdown(told: _Told) -> str:
    parts = [position_markdown(told.position)]
    if told.statement is not None:
        parts.append(told.statement.to_markdown())
    if told.postings:
        parts.append("\n".join(f"- {said}" for said in _sentences(told)))
    return "\n\n".join(parts)


def _account_html(told: _Told) -> str:
    parts = [position_html(told.position)]
    if told.statement is not None:
        parts.append(told.statement.to_html())
    if told.postings:
        said = "".join(f"<li>{escape(words)}</li>" for words in _sentences(told))
        parts.append(f"<ul>{said}</ul>")
    return "\n".join(parts)


def _sentences(told: _Told) -> list[str]:
    return [explain(posting, told.lang) for posting in told.postings]


def _account_json(told: _Told) -> str:
    document: dict[str, object] = {"position": position_document(told.position)}
    if told.statement is not None:
        document["statement"] = statement_document(told.statement)
    if told.postings:
        document["postings"] = postings_document(told.postings, told.lang)
    return json.dumps(document, ensure_ascii=False, indent=2)


_PRINTED: Mapping[str, Callable[[_Told], str]] = {
    "text": _account_text,
    "csv": _account_csv,
    "json": _account_json,
    "markdown": _account_markdown,
    "html": _account_html,
}


def _told(options: Namespace, account: Account) -> _Told:
    until, since = options.as_of, options.statement_from
    statement = None if since is None else statement_of(account, since, until)
    postings: tuple[Posting, ...] = ()
    if options.explain:
        first = account.loan.disbursed if since is None else since
        postings = postings_between(account, first, until)
    return _Told(account.position(until), statement, postings, options.lang)


def printed_account(options: Namespace, loan: InstallmentLoan) -> str:
    """Return what is owed on a day; an account with a disbursement opens undrawn."""
    events = read_events(options.events)
    undrawn = any(isinstance(event, Disbursement) for event in events)
    account = Account.open(loan, undrawn=undrawn).record(*events)
    return _PRINTED[options.format](_told(options, account))
