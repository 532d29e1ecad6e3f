"""How far a long answer has come, told to people alone."""

import sys
from collections.abc import Callable

__all__ = ["told_progress"]


def told_progress(what: str) -> Callable[[int, int], None] | None:
    """
    Return what tells progress on standard error, or nothing where nobody looks.

    Args:
        what: What is counted, in the plural.
    """
    if not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        sys.stderr.write(f"\r{done:,} of {of:,} {what}{end}")
        sys.stderr.flush()

    return tell
