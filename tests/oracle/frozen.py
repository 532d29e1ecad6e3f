"""Level payments with interest from before the plan, exactly, as fractions."""

from collections.abc import Sequence
from fractions import Fraction

__all__ = ["level_with", "rounded"]


def level_with(
    principal: int, factors: Sequence[Fraction], brought: Sequence[int]
) -> Fraction:
    """The payment after which nothing is left, if each pays what is brought into it."""
    owed, paid = Fraction(principal), Fraction(0)
    # What is owed at the end, without payments and for payments of one.
    for factor, part in zip(factors, brought, strict=True):
        owed = owed * (1 + factor) + part
        paid = paid * (1 + factor) + 1
    return owed / paid


def rounded(amount: Fraction) -> int:
    """Half of a unit and more is one, from zero."""
    return int(amount + Fraction(1, 2))
