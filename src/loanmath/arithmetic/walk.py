"""The general amortization: interest accrues exactly, and is rounded when it moves."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from loanmath.arithmetic.rounded import Rounded

__all__ = [
    "ALL",
    "CAPITALIZED",
    "CARRIED",
    "DUE",
    "Opening",
    "Walk",
    "WalkRow",
    "walk",
]

DUE, CARRIED, CAPITALIZED = range(3)
"""What becomes of the interest of a row: due, carried on exactly, or capitalized."""

ALL = 1 << 200
"""A principal above every balance: it repays whatever is owed."""

WalkRow: TypeAlias = tuple[int, int, int, int, int | None, int]
"""
(factor, drawn, extra, interest, payment, principal) of a row: the growth numerator, the
principal drawn in the row, the interest numerator that the drawn principal earns, one
of `DUE`, `CARRIED` and `CAPITALIZED`, the payment that interest comes out of (or
`None`), and otherwise the principal.
"""


class Opening(NamedTuple):
    """What a walk starts from: principal owed, and accrued interest as a numerator."""

    owed: int
    accrued: int = 0


class Walk(NamedTuple):
    """The integer columns of a walk, one entry a row, and what it ends with."""

    opening: list[int]
    payment: list[int]
    principal: list[int]
    interest: list[int]
    capitalized: list[int]
    closing: list[int]
    end: Opening


def walk(
    start: Opening, rows: Iterable[WalkRow], denominator: int, rounded: Rounded
) -> Walk:
    """
    Carry a balance through rows of accrual, capitalization and repayment.

    Formula: `accrued += owed * factor + extra`, `owed += drawn`; where interest moves,
    `interest = rounded(accrued / denominator)` and accrued is zero; capitalized, it
    joins `owed`. Then `principal = min(payment - interest, owed)`, or the stated
    principal if less is not owed, and `owed -= principal`.

    Args:
        start: The principal owed and the accrued interest, as a numerator.
        rows: See `WalkRow`.
        denominator: The denominator of factors, extras and accrued interest.
        rounded: The rounding of interest.

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
    opening, payments, principals = [], [], []
    interests, capitalizations, closing = [], [], []
    for factor, drawn, extra, treatment, payment, planned in rows:
        opening.append(owed)
        accrued += owed * factor + extra
        owed += drawn
        interest = capitalized = 0
        if treatment == DUE:
            interest = rounded(accrued, denominator)
            accrued = 0
        elif treatment == CAPITALIZED:
            capitalized = rounded(accrued, denominator)
            owed += capitalized
            accrued = 0
        principal = planned if payment is None else payment - interest
        principal = min(principal, owed)
        owed -= principal
        payments.append(principal + interest)
        principals.append(principal)
        interests.append(interest)
        capitalizations.append(capitalized)
        closing.append(owed)
    return Walk(
        opening,
        payments,
        principals,
        interests,
        capitalizations,
        closing,
        Opening(owed, accrued),
    )
