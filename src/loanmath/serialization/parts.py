"""Lists and tables of a file: the problems of all their parts, each with its place."""

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["PartError", "each"]


class PartError(Exception):
    """The problems of the parts of a list or a table, each with its place."""

    def __init__(self, problems: list[tuple[object, Exception]]) -> None:
        super().__init__()
        self.problems = problems


def each(
    parts: Iterable[tuple[Any, Any]],
    structure: Callable[[Any, Any], Any],
    problems_are: tuple[type[Exception], ...],
) -> list[Any]:
    """Structure every part, so that the problems of all of them are found."""
    done: list[Any] = []
    problems: list[tuple[object, Exception]] = []
    for place, part in parts:
        try:
            done.append(structure(place, part))
        except problems_are as error:
            problems.append((place, error))
    if problems:
        raise PartError(problems)
    return done
