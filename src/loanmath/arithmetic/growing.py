"""How a balance grows between equal payments, for whoever only asks how they end."""

from collections.abc import Sequence
from typing import NamedTuple

from loanmath.arithmetic.rounded import Rounded
from loanmath.rounding import offset

__all__ = ["Growing"]


class Growing(NamedTuple):
    """
    The growth of some periods, and how interest is rounded in each.

    Attributes:
        grown: What `denominator` grows to in each period.
        denominator: What grows.
        rounded: The rounding of interest.
        added: What that adds before it divides down (`loanmath.rounding.offset`), if it
            does nothing else, and no balance shrinks.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> growing = Growing.of([1, 1], 100, Rounding().quotient(2))
        >>> growing.owed_after(10_000, 5075, stop=1), growing.last_of(10_000, 5075)
        (5025, 5075)
    """

    grown: list[int]
    denominator: int
    rounded: Rounded
    added: int | None

    @classmethod
    def of(
        cls, factors: Sequence[int], denominator: int, rounded: Rounded
    ) -> "Growing":
        """Return how a balance grows by some numerators over one denominator."""
        least = factors[-1]
        if factors.count(least) == len(factors):
            grown = [denominator + least] * len(factors)
        else:
            grown = [denominator + factor for factor in factors]
            least = min(factors)
        added = offset(rounded, denominator) if least >= 0 else None
        return cls(grown, denominator, rounded, added)

    def owed_after(
        self, owed: int, payment: int, first: int = 0, stop: int | None = None
    ) -> int:
        """Return what payments in some periods leave; zero once all is repaid."""
        grown, unit, rounded, added = self
        if added is None:
            for growing in grown[first:stop]:
                owed += rounded(owed * (growing - unit), unit) - payment
                if owed <= 0:
                    return 0
            return owed
        # Whole numbers may join before the division as well as after it.
        moved = added - payment * unit
        for growing in grown[first:stop]:
            owed = (owed * growing + moved) // unit
            if owed <= 0:
                return 0
        return owed

    def last_of(self, owed: int, payment: int, first: int = 0) -> int:
        """Return the last payment, where it clears what those from one on leave."""
        left, unit = self.owed_after(owed, payment, first, -1), self.denominator
        return left + self.rounded(left * (self.grown[-1] - unit), unit)

    def least_owed(self, last: int, payment: int, first: int = 0) -> int:
        """
        Return the least balance that leaves so much at least for the last payment.

        Formula: from the last period back, the least `b` with
        `floor((b * grown + added) / denominator) - payment` not below the one after it.
        It is exact where `last` is above zero, the payment not below, and `added` told;
        otherwise near, as if interest were rounded half up.

        Example:
            >>> from loanmath.rounding import Rounding
            >>> growing = Growing.of([1, 1], 100, Rounding().quotient(2))
            >>> growing.least_owed(5_075, 5_075), growing.last_of(9_999, 5_075)
            (10000, 5074)
        """
        unit, added = self.denominator, self.added
        if added is None:
            added = unit >> 1
        least, moved = last - payment, payment * unit - added - 1
        for growing in reversed(self.grown[first:]):
            least = (least * unit + moved) // growing + 1
        return least

    def path(self, owed: int, payment: int) -> list[int]:
        """Return what is owed before each period, if the payment is made in all."""
        grown, unit, rounded, added = self
        path = []
        if added is None:
            for growing in grown:
                path.append(owed)
                owed += rounded(owed * (growing - unit), unit) - payment
                if owed <= 0:
                    break
        else:
            moved = added - payment * unit
            for growing in grown:
                path.append(owed)
                owed = (owed * growing + moved) // unit
                if owed <= 0:
                    break
        return path + [0] * (len(grown) - len(path))

    def last_leaving(self, last: int, path: Sequence[int], payment: int) -> int:
        """
        Return the last period from which on payments leave so much for the last one.

        It starts with what a path has there; -1 where none does. It is exact where
        `least_owed` is.

        Example:
            >>> from loanmath.rounding import Rounding
            >>> growing = Growing.of([1, 1], 100, Rounding().quotient(2))
            >>> growing.last_leaving(5_075, growing.path(10_000, 5_076), 5_075)
            0
        """
        unit, added, grown = self.denominator, self.added, self.grown
        if added is None:
            added = unit >> 1
        least, moved = last - payment, payment * unit - added - 1
        for period in reversed(range(len(grown))):
            least = (least * unit + moved) // grown[period] + 1
            if path[period] >= least:
                return period
        return -1
