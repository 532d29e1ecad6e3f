"""Files and their text: what holds whatever is written in them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from loanmath.errors import (
    EventsFileError,
    FlowsFileError,
    InputValueError,
    StatementFileError,
    TermsFileError,
)

__all__ = ["FloatText", "content_text", "file_text", "json_value"]


@attrs.frozen
class FloatText:
    """A float of a file, kept as text so that its key can be named in the refusal."""

    text: str

    def __repr__(self) -> str:
        return f"the float {self.text}, which is not exact (put it in quotes)"


Refusal: TypeAlias = type[
    TermsFileError | EventsFileError | FlowsFileError | StatementFileError
]


def file_text(path: Path, kinds: Sequence[str], most: int, refusal: Refusal) -> str:
    """Return the text of a file of at most so many bytes, or refuse it."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if path.suffix.lower().removeprefix(".") not in kinds:
        named = " or ".join(f".{kind}" for kind in kinds)
        raise refusal(path.name, got=[f"the name must end in {named}"])
    return content_text(content, path.name, most, refusal)


def content_text(content: bytes, name: str, most: int, refusal: Refusal) -> str:
    """Return bytes as text, of which there are to be at most so many, or refuse."""
    if len(content) > most:
        raise refusal(name, got=[f"larger than {most:,} bytes"])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refusal(name, got=[f"not UTF-8: {error}"]) from None


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
