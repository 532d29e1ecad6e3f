"""Amounts by component, in major units."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from loanmath.currency import from_units, to_units

__all__ = ["Amounts", "to_amounts"]


class Amounts(NamedTuple):
    """
    What is owed or paid, by component, in major units (各费用项金额).

    Attributes:
        penalty: Interest and charges for being late.
        compound: Interest on unpaid interest and penalty.
        fee: Fees with their tax.
        interest: Contract interest.
        principal: Principal.

    Example:
        >>> nothing = Decimal("0.00")
        >>> Amounts(nothing, nothing, nothing, Decimal("1.50"), Decimal("100.00")).total
        Decimal('101.50')
    """

    penalty: Decimal
    compound: Decimal
    fee: Decimal
    interest: Decimal
    principal: Decimal

    @property
    def total(self) -> Decimal:
        """The sum of all components."""
        digits = -int(self.principal.as_tuple().exponent)
        units = sum(to_units(part, digits, "amount") for part in self)
        return from_units(units, digits)


def to_amounts(units: Sequence[int], digits: int) -> Amounts:
    """
    Return amounts of units of 10^-digits.

    Example:
        >>> to_amounts([0, 0, 0, 150, 10_000], 2).interest
        Decimal('1.50')
    """
    return Amounts._make(from_units(part, digits) for part in units)
