"""What a command prints, and the code that it leaves with."""

from typing import NamedTuple

__all__ = ["Answer"]


class Answer(NamedTuple):
    """
    The text that goes to standard output, and the exit code.

    Example:
        >>> Answer("12.00").code
        0
    """

    text: str
    code: int = 0
