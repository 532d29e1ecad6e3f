"""The measures of a folder of accounts, as `python -m loanmath book` prints them."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from loanmath.account import Account
from loanmath.analysis.book import BookReport, measure_book
from loanmath.commands.answer import Answer
from loanmath.commands.lines import read_account
from loanmath.commands.progress import told_progress
from loanmath.errors import InputValueError, LoanmathError, TermsFileError
from loanmath.events import Disbursement
from loanmath.line_account import LineAccount
from loanmath.serialization import read_events, read_terms

__all__ = ["answer", "read_book"]

_TERMS = (".json", ".toml")
_EVENTS = (".csv", ".jsonl")
_HAPPENED = "_events"
_PRINTED: Mapping[str, Callable[[BookReport], str]] = {
    "text": str,
    "csv": lambda report: report.to_csv().rstrip("\n"),
    "markdown": lambda report: report.to_markdown(),
    "html": lambda report: report.to_html(),
}


def answer(options: Namespace) -> Answer:
    """Return all measures of the accounts in a folder on a day."""
    report = measure_book(
        read_book(Path(options.folder)),
        options.as_of,
        since=options.since,
        vintage_months=options.vintages,
        progress=told_progress("looks at an account"),
    )
    return Answer(_PRINTED[options.format](report))


def read_book(folder: Path) -> list[tuple[str, Account | LineAccount]]:
    """
    Return the accounts of a folder, by name, in the order of their names.

    Terms are in `NAME.toml` or `NAME.json`, and what happened in `NAME_events.csv` or
    `NAME_events.jsonl`; a loan without such a file had no payments.

    Raises:
        TermsFileError: If a file is refused; every one that is stands in the message.
        InputValueError: If there are no terms in the folder.
        OSError: If the folder or a file cannot be opened.
    """
    tell = told_progress("files")
    paths = sorted(path for path in folder.iterdir() if path.suffix in _TERMS)
    if not paths:
        raise InputValueError(
            "folder", got=str(folder), allowed="terms in files .toml or .json"
        )
    found: list[tuple[str, Account | LineAccount]] = []
    problems = [*_without_terms(folder, {path.stem for path in paths})]
    for number, path in enumerate(paths, start=1):
        try:
            found.append((path.stem, _read(path)))
        except LoanmathError as error:
            problems.append(f"{path.name}: {error}")
        if tell is not None:
            tell(number, len(paths))
    if problems:
        raise TermsFileError(folder.name, got=problems)
    return found


def _without_terms(folder: Path, names: set[str]) -> Iterator[str]:
    """Yield the files of events that would be left out, for want of their terms."""
    for path in sorted(folder.iterdir()):
        name = path.stem.removesuffix(_HAPPENED)
        if path.suffix in _EVENTS and path.stem != name and name not in names:
            yield f"{path.name}: no terms in {name}.toml or {name}.json"


def _read(path: Path) -> Account | LineAccount:
    files = [*_events_of(path)]
    if len(files) > 1:
        raise InputValueError(
            "events",
            got=" and ".join(file.name for file in files),
            allowed="one file of events",
        )
    events = files[0] if files else None
    if "credit_line" in path.read_text(encoding="utf-8"):
        if events is None:
            raise InputValueError(
                "events", got="none", allowed=f"a file {path.stem}{_HAPPENED}.csv"
            )
        return read_account(path, events)
    happened = () if events is None else read_events(events)
    undrawn = any(isinstance(event, Disbursement) for event in happened)
    return Account.open(read_terms(path), undrawn=undrawn).record(*happened)


def _events_of(path: Path) -> Iterator[Path]:
    for suffix in _EVENTS:
        events = path.with_name(f"{path.stem}{_HAPPENED}{suffix}")
        if events.exists():
            yield events
