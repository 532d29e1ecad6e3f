"""The published examples, as `python -m loanmath verify` prints what became of them."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from loanmath.commands.answer import Answer
from loanmath.commands.progress import told_progress
from loanmath.verification import Verification, verify

__all__ = ["answer"]

_FAILED = 3

_PRINTED: Mapping[str, Callable[[Verification], str]] = {
    "table": str,
    "csv": lambda found: found.to_csv().rstrip("\n"),
    "html": lambda found: found.to_html(),
    "markdown": lambda found: found.to_markdown(),
}


def answer(options: Namespace) -> Answer:
    """Return what the installed copy gives for every published example."""
    found = verify(progress=told_progress("examples"))
    text = _PRINTED[options.format](found)
    return Answer(text, 0 if found.passed else _FAILED)
