"""The published examples, as `python -m loanmath verify` prints what became of them."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping

from loanmath.commands.answer import Answer
from loanmath.verification import Verification, verify

__all__ = ["verification_answer"]

_FAILED = 3

_PRINTED: Mapping[str, Callable[[Verification], str]] = {
    "table": str,
    "csv": lambda found: found.to_csv().rstrip("\n"),
    "html": lambda found: found.to_html(),
    "markdown": lambda found: found.to_markdown(),
}


def verification_answer(options: Namespace) -> Answer:
    """Return what the installed copy gives for every published example."""
    found = verify(progress=_progress if sys.stderr.isatty() else None)
    text = _PRINTED[options.format](found)
    return Answer(text, 0 if found.passed else _FAILED)


def _progress(done: int, of: int) -> None:
    end = "\n" if done == of else ""
    sys.stderr.write(f"\r{done} of {of} examples{end}")
    sys.stderr.flush()
