"""What a sentence about a posting needs, whatever its language."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from loanmath.schedule.derivation import Inputs

__all__ = ["Told", "exact", "spans_of"]


class Told(NamedTuple):
    """
    A posting with its inputs by name.

    Attributes:
        on: The day.
        installment: The installment; 0 for the account as a whole.
        component: The component.
        amount: By how much more is owed.
        currency: The currency.
        rule: The rule.
        event: The id of the event.
        inputs: The inputs.
    """

    on: date
    installment: int
    component: str
    amount: Decimal
    currency: str
    rule: str
    event: str
    inputs: Inputs

    @property
    def standing(self) -> str:
        """How the installment stood, by the slot of the table."""
        return str(self.inputs["slot"]).split(".", 1)[0]


def exact(value: object) -> Fraction:
    """
    Return a number among the inputs as a fraction.

    Example:
        >>> exact(Decimal("0.5"))
        Fraction(1, 2)
    """
    return Fraction(str(value))


def spans_of(inputs: Inputs) -> list[tuple[Fraction, int]]:
    """
    Return the daily rates among the inputs, and the days that each was in force.

    Example:
        >>> spans_of({"rate": Fraction(1, 2000), "days": 30})
        [(Fraction(1, 2000), 30)]
    """
    names = [name for name in inputs if name.startswith("rate")]
    return [
        (exact(inputs[name]), int(exact(inputs[name.replace("rate", "days")])))
        for name in names
    ]
