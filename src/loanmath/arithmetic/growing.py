"""How a balance grows between equal payments, for whoever only asks how they end."""

from collections.abc import Sequence
from operator import sub
from typing import NamedTuple

from loanmath.arithmetic.rounded import Rounded
from loanmath.arithmetic.walk import Walk
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
        return self.clearing(self.owed_after(owed, payment, first, -1))

    def clearing(self, owed: int, period: int = -1) -> int:
        """Return the payment that clears what is owed in a period, the last or one."""
        unit = self.denominator
        return owed + self.rounded(owed * (self.grown[period] - unit), unit)

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
        # One less than the least is counted, which saves to add one in every period.
        short, moved = last - payment - 1, (payment + 1) * unit - added - 1
        for growing in reversed(self.grown[first:]):
            short = (short * unit + moved) // growing
        return short + 1

    def path(self, owed: int, payment: int, first: int = 0) -> list[int]:
        """Return what is owed before each period from one on, if all have a payment."""
        _, unit, rounded, added = self
        grown = self.grown[first:] if first else self.grown
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
        unit, added, period = self.denominator, self.added, len(path)
        if added is None:
            added = unit >> 1
        short, moved = last - payment - 1, (payment + 1) * unit - added - 1
        for growing, owed in zip(reversed(self.grown), reversed(path), strict=True):
            period -= 1
            short = (short * unit + moved) // growing
            if owed > short:
                return period
        return -1

    def repaid(self, path: list[int], payments: list[int]) -> Walk:
        """
        Return the plan of payments that leave a path; what clears it is paid last.

        Example:
            >>> from loanmath.rounding import Rounding
            >>> growing = Growing.of([1, 1], 100, Rounding().quotient(2))
            >>> growing.repaid(growing.path(10_000, 5_076), [5_076, 5_076]).payment
            [5076, 5074]
        """
        row = len(path) - 1
        if not path[row]:
            row = path.index(0) - 1
        unused = [0] * (len(path) - row - 1)
        paid = [*payments[:row], self.clearing(path[row], row), *unused]
        closing = [*path[1:], 0]
        principal = list(map(sub, path, closing))
        interest = list(map(sub, paid, principal))
        return Walk(path, paid, principal, interest, [0] * len(path), closing, 0)
