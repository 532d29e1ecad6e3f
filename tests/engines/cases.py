"""Where the outside suites are, and how their files are read; no case lives here."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_BESIDE = Path(__file__).parents[3] / "shared" / "cases"

Case = dict[str, Any]


def folder() -> Path:
    """Return the folder of the case files: LOANMATH_CASES, or beside the checkout."""
    return Path(os.environ.get("LOANMATH_CASES", _BESIDE))


@cache
def suite(name: str) -> Case:
    """Return a suite, or nothing at all where its file is absent."""
    path = folder() / f"{name}.json"
    if not path.is_file():
        return {}
    found: Case = json.loads(path.read_text(encoding="utf-8"))
    return found


def absent(name: str) -> pytest.MarkDecorator:
    """Return the mark that skips a test, and says why, where a suite is absent."""
    reason = f"no {name}.json in {folder()}: set LOANMATH_CASES to the folder of cases"
    return pytest.mark.skipif(not suite(name), reason=reason)


class CannotSayError(Exception):
    """A contract that the library's terms do not hold; the message says what."""
