"""
What the pages show beside Python is checked too.

- A `toml` or `json` block is a whole file of terms: a loan is read and planned, a
  credit line is read.
- A `console` block is a command, or a script of `examples/`, and its output: it is run,
  from the checkout's root; a line of three dots stands for lines left out.
- A hidden `% invisible-code: check` block runs with the page's own `text` and `root`.
"""

# Running what a page holds is the point, and docs are no package.
# ruff: noqa: D102, INP001, S102

import contextlib
import io
import runpy
import shlex
from pathlib import Path

from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser

from loanmath import line_from_text, terms_from_text
from loanmath.__main__ import main

ROOT = Path(__file__).parents[1]
PROMPT = "$ python -m loanmath "
SCRIPT = "$ python examples/"


class TermsParser(CodeBlockParser):
    """Plans a loan, or reads a credit line, from a block of terms."""

    def evaluate(self, example):
        if '"credit_line"' in example.parsed:
            line_from_text(example.parsed, self.language)
        else:
            terms_from_text(example.parsed, self.language).schedule()


class ConsoleParser(CodeBlockParser):
    """Runs a command line and compares what it prints."""

    language = "console"

    def evaluate(self, example):
        command, *expected = example.parsed.rstrip("\n").split("\n")
        if not command.startswith((PROMPT, SCRIPT)):
            return None
        printed = io.StringIO()
        with (
            contextlib.chdir(ROOT),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            run(command)
        return differences(expected, printed.getvalue().rstrip("\n").split("\n"))


def run(command):
    """Run a command of the library, or a script among the examples."""
    if command.startswith(SCRIPT):
        runpy.run_path(command.removeprefix("$ python "))
    else:
        main(shlex.split(command.removeprefix(PROMPT)))


def differences(expected, got):
    """Say where two lists of lines differ, or nothing; `...` matches any lines."""
    for number, line in enumerate(expected):
        if line.strip() == "...":
            rest = expected[number + 1 :]
            return differences(rest, got[len(got) - len(rest) :])
        if got[number : number + 1] != [line]:
            return f"expected {line!r}, got {got[number : number + 1]}"
    return None if len(got) == len(expected) else f"printed too: {got[len(expected) :]}"


class CheckParser(CodeBlockParser):
    """Runs a hidden check of the page that it stands in."""

    language = "check"

    def evaluate(self, example):
        exec(example.parsed, {"text": example.document.text, "root": ROOT})


pytest_collect_file = Sybil(
    parsers=[TermsParser("toml"), TermsParser("json"), ConsoleParser(), CheckParser()],
    patterns=["*.md"],
).pytest()
