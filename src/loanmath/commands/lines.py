"""The bill of a line of credit, as `python -m loanmath statement` prints it."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from loanmath.errors import InputValueError
from loanmath.line_account import (
    LineAccount,
    LinePosting,
    LineStatement,
    explain_line,
)
from loanmath.line_account.document import statement_document
from loanmath.serialization import read_events, read_line

__all__ = ["FORMATS", "printed_statement", "read_account"]

_PRINTED = (
    "currency",
    "statement",
    "due",
    "opening",
    "items",
    "interest",
    "closing",
    "minimum",
    "free_if_paid",
    "outlook",
)


class _Told(NamedTuple):
    """A bill, and the postings that were asked for beside it."""

    statement: LineStatement
    postings: tuple[LinePosting, ...]
    lang: str

    @property
    def sentences(self) -> list[str]:
        """The postings, one sentence each."""
        return [explain_line(posting, self.lang) for posting in self.postings]


def read_account(line: str | Path, events: str | Path) -> LineAccount:
    """
    Return the account of a line in a file, with the events of another.

    It is opened on the day of its first event.

    Raises:
        TermsFileError: If the line cannot be read.
        EventsFileError: If the events cannot be read.
        InputValueError: If there are none.
        EventError: If one cannot be booked.
    """
    agreed, happened = read_line(line), read_events(events)
    if not happened:
        raise InputValueError("events", got="none", allowed="at least one")
    opened = min(event.on for event in happened)
    return LineAccount.open(agreed, opened).record(*happened)


def printed_statement(
    account: LineAccount, cycle: date, form: str, *, explained: bool, lang: str
) -> str:
    """
    Return the bill of a month as it is printed.

    Args:
        account: The account.
        cycle: A day of the month in which the bill is made.
        form: One of `FORMATS`.
        explained: Whether every posting of the cycle is added, as a sentence.
        lang: The language of the sentences.
    """
    statement = account.statement(cycle.year, cycle.month)
    postings = statement.postings() if explained else ()
    return FORMATS[form](_Told(statement, postings, lang))


def _text(told: _Told) -> str:
    parts = [str(told.statement)]
    if told.postings:
        parts.append("\n".join(told.sentences))
    return "\n\n".join(parts)


def _markdown(told: _Told) -> str:
    parts = [told.statement.to_markdown()]
    if told.postings:
        parts.append("\n".join(f"- {said}" for said in told.sentences))
    return "\n\n".join(parts)


def _html(told: _Told) -> str:
    from html import escape  # noqa: PLC0415

    parts = [told.statement.to_html()]
    if told.postings:
        said = "".join(f"<li>{escape(words)}</li>" for words in told.sentences)
        parts.append(f"<ul>{said}</ul>")
    return "\n".join(parts)


def _csv(told: _Told) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["on", "what", "name", "event", "amount"])
    for item in told.statement.items:
        writer.writerow([item.on, item.what, item.name, item.event, f"{item.amount:f}"])
    return text.getvalue().rstrip("\n")


def _json(told: _Told) -> str:
    whole = statement_document(told.statement)
    document = {name: whole[name] for name in _PRINTED}
    if told.postings:
        document["explained"] = told.sentences
    return json.dumps(document, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[_Told], str]] = {
    "text": _text,
    "csv": _csv,
    "json": _json,
    "markdown": _markdown,
    "html": _html,
}
"""What a bill is printed as."""
