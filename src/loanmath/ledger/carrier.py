"""
The few operations that ledger transitions need of an amount: for one, and for many.

A transition is written once. It looks at terms with `if`, and at amounts and days only
through these operations, which plain integers have here, and columns of 64-bit
integers elsewhere. `some` may skip work only where skipping changes nothing.
"""

import builtins
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeAlias

from loanmath.terms import Standing

__all__ = ["INTEGERS", "Amount", "Carrier", "Integers", "Rule"]

Amount: TypeAlias = Any
"""An `int`, or an int64 column with one entry for each account."""

Rule: TypeAlias = Callable[[Amount, int], Amount]
"""What rounds a numerator over a denominator."""


class Carrier(Protocol):
    """What carries amounts through the transitions."""

    def min(self, one: Amount, other: Amount) -> Amount:
        """Return the smaller."""
        ...

    def max(self, one: Amount, other: Amount) -> Amount:
        """Return the larger."""
        ...

    def where(self, condition: Any, one: Amount, other: Amount) -> Amount:
        """Return one where the condition holds, else the other."""
        ...

    def some(self, amount: Amount) -> bool:
        """Return whether anything is not zero."""
        ...

    def every(self, amount: Amount) -> bool:
        """Return whether nothing is zero."""
        ...

    def above(
        self, amounts: Iterable[Amount], least: int
    ) -> Sequence[tuple[int, Amount]]:
        """Return amounts that may be above a least one, with their places, in order."""
        ...

    def owing(
        self, columns: Sequence[Sequence[Amount]], components: Iterable[int], row: int
    ) -> Sequence[int]:
        """Return those of some components that a row may owe something of, in order."""
        ...

    def rounding(self, rule: Rule) -> Rule:
        """Return what rounds a quotient by a rule."""
        ...

    def until(self, due: Sequence[Amount], day: Amount) -> int:
        """Return how many rows, from the first, may be due before a day."""
        ...

    def all_until(self, due: Sequence[Amount], day: Amount) -> int:
        """Return how many rows, from the first, are due before a day for all."""
        ...

    def rows(
        self, standing: Standing, due: Sequence[Amount], day: Amount
    ) -> Iterable[int]:
        """Return the rows that may stand so on a day, oldest first."""
        ...

    def reaching(
        self, amount: Amount, standing: Standing, due: Amount, day: Amount
    ) -> Amount:
        """Return what of an amount may clear a row among these rows."""
        ...


class Integers:
    """One account: amounts and days are `int`, and rows ascend by due date."""

    min: Any = staticmethod(builtins.min)
    max: Any = staticmethod(builtins.max)
    some: Any = staticmethod(bool)
    every: Any = staticmethod(bool)
    until: Any = staticmethod(bisect_left)
    all_until: Any = staticmethod(bisect_left)

    @staticmethod
    def where(condition: Any, one: Amount, other: Amount) -> Amount:
        """Return one where the condition holds, else the other."""
        return one if condition else other

    @staticmethod
    def rounding(rule: Rule) -> Rule:
        """Return the rule itself."""
        return rule

    @staticmethod
    def above(amounts: Iterable[Amount], least: int) -> list[tuple[int, Amount]]:
        """Return the amounts that are above a least one, each with its place."""
        return [one for one in enumerate(amounts) if one[1] > least]

    @staticmethod
    def owing(
        columns: Sequence[Sequence[Amount]], components: Iterable[int], row: int
    ) -> list[int]:
        """Return those of some components that a row owes something of."""
        return [component for component in components if columns[component][row]]

    @staticmethod
    def rows(standing: Standing, due: Sequence[Amount], day: Amount) -> range:
        """Return the rows that stand so on a day."""
        if standing is Standing.PAST_DUE:
            return range(bisect_left(due, day))
        if standing is Standing.DUE:
            return range(bisect_left(due, day), bisect_right(due, day))
        return range(bisect_right(due, day), len(due))

    @staticmethod
    def reaching(
        amount: Amount,
        standing: Standing,  # noqa: ARG004
        due: Amount,  # noqa: ARG004
        day: Amount,  # noqa: ARG004
    ) -> Amount:
        """Return it all: a row of these does stand so."""
        return amount


INTEGERS = Integers()
