"""What an equation of value must answer for its root to be solved and proved."""

from fractions import Fraction
from typing import Protocol

from loanmath.yields.sign import Sign

__all__ = ["RateEquation"]


class RateEquation(Protocol):
    """
    An equation of value in one unknown, the rate, with at most one root in its range.

    Three exist: powers of `1 + rate` (`Equation`), unit-periods whose fractions bear
    simple interest (`UnitPeriodEquation`), and the United States Rule (`RuleEquation`).
    """

    @property
    def amounts(self) -> tuple[int, ...]:
        """What is paid (one sign) and received (the other), in order of time."""
        ...

    @property
    def weights(self) -> tuple[float, ...]:
        """The amounts as floats; empty where a float cannot hold them."""
        ...

    @property
    def common(self) -> int:
        """What the amounts were divided by."""
        ...

    @property
    def count(self) -> int:
        """How many flows were left after netting each time."""
        ...

    def uniqueness(self) -> str:
        """Return `"all"` or `"positive"`: where the one root is; or raise."""
        ...

    def proposed_rate(self, digits: int, positive: bool) -> float:
        """Return a float near the root."""
        ...

    def sign_at(self, above: int, below: int) -> tuple[Sign, str]:
        """Return the sign of the value at the rate `above / below`, and its proof."""
        ...

    def proved_sign(self, above: int, below: int) -> tuple[Sign, str]:
        """Return what `sign_at` returns, decided without a float."""
        ...

    def value(self, rate: Fraction) -> Fraction:
        """Return the value of the amounts at a rate, good to some thirty digits."""
        ...
