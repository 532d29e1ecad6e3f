"""What the ledger's transitions need of an amount, for columns of 64-bit integers."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

from loanmath.errors import LimitError, MissingExtraError, TermsError
from loanmath.ledger.carrier import Amount, Rule
from loanmath.rounding import RoundingMode, divider
from loanmath.terms import Standing

__all__ = ["HALF_UP", "MOST", "Column", "Columns"]

Column: TypeAlias = Any
"""An int64 array with one entry for each account."""

HALF_UP = divider(RoundingMode.HALF_UP)
"""The one rounding that columns have."""

MOST = 2**62
"""What no product may exceed: half of what 64 bits hold, so that half of it fits on
top."""


def _numpy() -> Any:
    try:
        return import_module("numpy")
    except ImportError:
        raise MissingExtraError(
            "accounts in columns",
            got="no numpy",
            allowed="the extra 'portfolio'",
            do="pip install 'loanmath[portfolio]'",
        ) from None


class Columns:
    """
    Many accounts: amounts and days are columns, and rows ascend for every account.

    Raises:
        MissingExtraError: If numpy is not installed.
    """

    def __init__(self) -> None:
        numpy = _numpy()
        self._numpy: Any = numpy
        self.min: Any = numpy.minimum
        self.max: Any = numpy.maximum
        self.where: Any = numpy.where

    def column(self, entries: Sequence[int]) -> Column:
        """
        Return a column of integers, one for each account.

        Raises:
            LimitError: If one does not fit.
        """
        largest = max(map(abs, entries), default=0)
        if largest > MOST:
            raise LimitError(
                "amount of an account in columns", got=largest, allowed="at most 2^62"
            )
        return self._numpy.array(entries, dtype=self._numpy.int64)

    def some(self, amount: Amount) -> bool:
        """Return whether anything is not zero, in any account."""
        return bool(amount.any())

    def every(self, amount: Amount) -> bool:
        """Return whether nothing is zero, in any account."""
        return bool(amount.all())

    def above(self, amounts: Iterable[Amount], least: int) -> list[tuple[int, Amount]]:
        """Return the columns that are above a least amount in any account."""
        found = enumerate(amount * (amount > least) for amount in amounts)
        return [one for one in found if one[1].any()]

    def owing(
        self, columns: Sequence[Sequence[Amount]], components: Iterable[int], row: int
    ) -> list[int]:
        """Return those of some components that a row owes something of, of any."""
        return [part for part in components if columns[part][row].any()]

    def rounding(self, rule: Rule) -> Rule:
        """
        Return what rounds columns half-up.

        Raises:
            TermsError: If the rule is another.
        """
        if rule is not HALF_UP:
            raise TermsError(
                "rounding of columns", got=rule, allowed="half_up to the minor unit"
            )
        return self._half_up

    def _half_up(self, numerator: Column, denominator: int) -> Column:
        nearest = (abs(numerator) + (denominator >> 1)) // denominator
        return self.where(numerator < 0, -nearest, nearest)

    def until(self, due: Sequence[Amount], day: Amount) -> int:
        """Return how many rows, from the first, are due before a day in any account."""
        return bisect_left(due, True, key=lambda on: not (on < day).any())

    def all_until(self, due: Sequence[Amount], day: Amount) -> int:
        """Return how many rows are due before a day in every account."""
        return bisect_left(due, True, key=lambda on: not (on < day).all())

    def rows(
        self, standing: Standing, due: Sequence[Amount], day: Amount
    ) -> Sequence[int]:
        """Return the rows that stand so on a day in any account, oldest first."""
        if standing is Standing.PAST_DUE:
            return range(self.until(due, day))
        return [row for row, on in enumerate(due) if _stands(standing, on, day).any()]

    def reaching(
        self, amount: Column, standing: Standing, due: Column, day: Column
    ) -> Column:
        """Return what of an amount may clear a row, account by account."""
        return self.where(_stands(standing, due, day), amount, 0)


def _stands(standing: Standing, due: Column, day: Column) -> Column:
    """Return in which accounts a row stands so."""
    if standing is Standing.PAST_DUE:
        return due < day
    return due == day if standing is Standing.DUE else due > day
