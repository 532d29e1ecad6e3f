"""An index: a published rate and what was observed of it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias

from attrs import field, frozen

from loanmath.doors import to_date, to_text
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
)
from loanmath.terms.amounts import to_share

__all__ = ["LOWEST_SHARE", "Index", "dated"]

LOWEST_SHARE = Fraction(-1)
"""The lowest index, spread, floor or cap: -100 %."""

_MOST_CHANGES = 40_000
_DAY_OF = itemgetter(0)


def dated(pairs: object, what: str) -> list[tuple[date, object]]:
    """
    Return dated values in order, given a mapping, or pairs in any order.

    Raises:
        InputTypeError: If they are neither, or a date is not a date.
        InputValueError: If a date is stated twice.
        LimitError: If there are more than 40,000.

    Example:
        >>> dated([(date(2027, 1, 1), "b"), (date(2026, 1, 1), "a")], "changes")[0]
        (datetime.date(2026, 1, 1), 'a')
    """
    if isinstance(pairs, Mapping):
        pairs = list(pairs.items())
    if isinstance(pairs, (str, bytes)) or not isinstance(pairs, Sequence):
        raise InputTypeError(what, got=pairs, allowed="a mapping of dates, or pairs")
    if len(pairs) > _MOST_CHANGES:
        raise LimitError(
            what, got=f"{len(pairs)} dates", allowed=f"at most {_MOST_CHANGES:,}"
        )
    found: dict[date, object] = {}
    for pair in pairs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise InputTypeError(what, got=pair, allowed="(date, value)")
        on = to_date(pair[0], what)
        if on in found:
            raise InputValueError(what, got=str(on), allowed="each date once")
        found[on] = pair[1]
    return sorted(found.items(), key=lambda item: item[0])


Observations: TypeAlias = (
    Mapping[date, str | Fraction] | Sequence[tuple[date, str | Fraction]]
)


def _to_observations(observations: Observations) -> tuple[tuple[date, Fraction], ...]:
    found = dated(observations, "observations")
    if not found:
        raise InputValueError("observations", got="none", allowed="at least one")
    return tuple(
        (on, to_share(value, f"observation of {on}", least=LOWEST_SHARE))
        for on, value in found
    )


def _to_name(name: str) -> str:
    return to_text(name, "name")


def _to_source(source: str) -> str:
    return to_text(source, "source")


@frozen
class Index:
    """
    A published rate and what was observed of it, by date (基准利率, 如 LPR).

    Args:
        name: Its name.
        observations: The value published on each date, as a percentage per year.
        source: Where they were published.

    Raises:
        InputTypeError: If a date or a value is of the wrong type.
        InputValueError: If a value is not a percentage, or a date is stated twice.
        LimitError: If a value is out of range.

    Example:
        >>> index = Index("example", {date(2026, 1, 20): "3.5%"})
        >>> index.on(date(2026, 6, 30))
        Fraction(7, 200)

    ACTUS: market object, RRMO.
    """

    name: str = field(converter=_to_name)
    observations: tuple[tuple[date, Fraction], ...] = field(
        converter=_to_observations, repr=False
    )
    source: str = field(default="", converter=_to_source)

    def on(self, day: date) -> Fraction:
        """
        Return the latest value observed on or before a day, as a share per year.

        Raises:
            InputTypeError: If the day is not a date.
            DateRangeError: If nothing was observed so early.

        Example:
            >>> Index("example", {date(2026, 1, 20): "3.5%"}).on(date(2026, 1, 20))
            Fraction(7, 200)
        """
        found = self._observed_through(day)
        if not found:
            raise DateRangeError(
                f"index {self.name}",
                got=str(day),
                allowed=f"{self.observations[0][0]} or later",
                do="add the observation that applies on this day",
            )
        return self.observations[found - 1][1]

    def next_after(self, day: date) -> date | None:
        """
        Return the day of the first observation after a day, if there is one.

        Raises:
            InputTypeError: If the day is not a date.

        Example:
            >>> index = Index("example", {date(2026, 1, 20): "3.5%"})
            >>> index.next_after(date(2026, 1, 19)), index.next_after(date(2026, 1, 20))
            (datetime.date(2026, 1, 20), None)
        """
        found = self._observed_through(day)
        return self.observations[found][0] if found < len(self.observations) else None

    def _observed_through(self, day: date) -> int:
        """Return how many observations there are up to a day."""
        to_date(day, "day")
        return bisect_right(self.observations, day, key=_DAY_OF)
