"""Files and their text: what holds whatever is written in them."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs

from loanmath.errors import (
    EventsFileError,
    InputValueError,
    StatementFileError,
    TermsFileError,
)

__all__ = ["FloatText", "csv_rows", "file_text", "json_value", "listed_problems"]

_MAX_PROBLEMS = 100


@attrs.frozen
class FloatText:
    """A float of a file, kept as text so that its key can be named in the refusal."""

    text: str

    def __repr__(self) -> str:
        return f"the float {self.text}, which is not exact (put it in quotes)"


def file_text(
    path: Path,
    kinds: Sequence[str],
    most: int,
    refusal: type[TermsFileError | EventsFileError | StatementFileError],
) -> str:
    """Return the text of a file of at most so many bytes, or refuse it."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if path.suffix.lower().removeprefix(".") not in kinds:
        named = " or ".join(f".{kind}" for kind in kinds)
        raise refusal(path.name, got=[f"the name must end in {named}"])
    if len(content) > most:
        raise refusal(path.name, got=[f"larger than {most:,} bytes"])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refusal(path.name, got=[f"not UTF-8: {error}"]) from None


def json_value(text: str) -> Any:
    """Return the value of a JSON text, its floats as `FloatText`."""
    return json.loads(
        text,
        parse_float=FloatText,
        parse_constant=FloatText,
        object_pairs_hook=_no_duplicates,
    )


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for key, value in pairs:
        if key in document:
            raise InputValueError("keys", got=key, allowed="each key once")
        document[key] = value
    return document


def csv_rows(text: str) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """
    Return the rows of a CSV text that are not blank, and what is wrong with it as CSV.

    Each comes with its line: a row with that of its beginning.
    """
    # Spreadsheets mark a text as UTF-8 with a character in front of it.
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(lines, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((number, cells))
            # A cell in quotes may hold line breaks.
            number = reader.line_num + 1
    except csv.Error as error:
        return rows, [(number, f"not CSV: {error}")]
    return rows, []


def listed_problems(problems: Iterable[tuple[int, str]]) -> list[str]:
    """Return problems by line, up to 100 of them, as they are said."""
    # The problems of the text as a whole came before those of its lines.
    wrong = sorted(problems, key=lambda problem: problem[0])
    shown = [f"line {number}: {said}" for number, said in wrong[:_MAX_PROBLEMS]]
    if len(wrong) > _MAX_PROBLEMS:
        shown.append(f"and {len(wrong) - _MAX_PROBLEMS:,} more")
    return shown
