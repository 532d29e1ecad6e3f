"""The general amortization: interest accrues exactly, and is rounded when it moves."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from loanmath.arithmetic.rounded import Rounded

__all__ = [
    "ALL",
    "CAPITALIZED",
    "CARRIED",
    "DUE",
    "InterestOf",
    "Opening",
    "Walk",
    "WalkRow",
    "walk",
]

DUE, CARRIED, CAPITALIZED = range(3)
"""What becomes of the interest of a row: due, carried on exactly, or capitalized."""

ALL = -1
"""In place of a principal: whatever is owed."""

WalkRow: TypeAlias = tuple[int, int, int, int, int | None, int]
"""
(factor, drawn, extra, interest, payment, principal) of a row: the growth numerator, the
principal drawn in the row, the interest numerator that the drawn principal earns, one
of `DUE`, `CARRIED` and `CAPITALIZED`, the payment that interest comes out of (or
`None`), and otherwise the principal.
"""


InterestOf: TypeAlias = Callable[[int, int], int]
"""The interest of a row, given its place from 0 and what is owed as it starts."""


class Opening(NamedTuple):
    """What a walk starts from: principal owed, and accrued interest as a numerator."""

    owed: int
    accrued: int = 0


class Walk(NamedTuple):
    """The integer columns of a walk, one entry a row, and what is accrued after it."""

    opening: list[int]
    payment: list[int]
    principal: list[int]
    interest: list[int]
    capitalized: list[int]
    closing: list[int]
    accrued: int

    @property
    def end(self) -> Opening:
        """What a walk of the rows that follow starts from."""
        return Opening(self.closing[-1], self.accrued)


def walk(
    start: Opening,
    rows: Iterable[WalkRow],
    denominator: int,
    rounded: Rounded,
    interest_of: InterestOf | None = None,
) -> Walk:
    """
    Carry a balance through rows of accrual, capitalization and repayment.

    Formula: `accrued += owed * factor + extra`, `owed += drawn`; where interest moves,
    `interest = rounded(accrued / denominator)` and accrued is zero; capitalized, it
    joins `owed`. Then `principal = min(payment - interest, owed)`, zero where nothing
    is owed, or the stated principal if less is not owed, and `owed -= principal`.

    Args:
        start: The principal owed and the accrued interest, as a numerator.
        rows: See `WalkRow`.
        denominator: The denominator of factors, extras and accrued interest.
        rounded: The rounding of interest.
        interest_of: The interest of a row, from 0, on what is owed as it starts, where
            it is rounded before it moves; it takes the place of factor and extra.

    Returns:
        The columns. A payment below the interest makes a principal negative: the caller
        decides whether the terms allow that.

    Example:
        >>> from loanmath.rounding import Rounding
        >>> rows = [(1, 0, 0, CARRIED, None, 0), (1, 0, 0, DUE, None, ALL)]
        >>> walk(Opening(1_000), rows, 100, Rounding().quotient(2)).interest
        [0, 20]

    Source: interest is kept exact and rounded when it is posted, as bank cores do
    ("accumulated product"; Yinfa [1999] 77, recalled).
    """
    owed, accrued = start
    done: list[tuple[int, int, int, int, int, int]] = []
    for factor, drawn, extra, treatment, payment, planned in rows:
        opening = owed
        if interest_of is None:
            accrued += owed * factor + extra
        else:
            accrued += interest_of(len(done), owed) * denominator
        owed += drawn
        interest = capitalized = 0
        if treatment != CARRIED:
            interest, accrued = rounded(accrued, denominator), 0
        if treatment == CAPITALIZED:
            capitalized, interest = interest, 0
            owed += capitalized
        principal = planned
        if payment is not None:
            # Nothing is lent again by a payment below zero once all is repaid.
            principal = payment - interest if owed else 0
        if payment is None and planned == ALL:
            principal = owed
        elif principal > owed:
            # Capitalized interest below zero may exceed the balance: only the last row
            # pays that back, not one that repays nothing.
            principal = owed if payment is not None else max(owed, 0)
        owed -= principal
        paid = principal + interest
        done.append((opening, paid, principal, interest, capitalized, owed))
    columns = [list(column) for column in zip(*done, strict=True)]
    return Walk._make([*columns, accrued])
