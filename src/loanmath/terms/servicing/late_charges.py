"""Charges for being late that are made once, not by the day."""

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_enum, to_text, to_tuple_of
from loanmath.errors import TermsError
from loanmath.rounding import Rounding
from loanmath.terms.amounts import to_amount, to_amount_or_share
from loanmath.terms.conventions import to_optional_rounding
from loanmath.terms.servicing.components import Component
from loanmath.terms.servicing.penalty import to_days

__all__ = ["LateCharge", "LateChargeOf", "to_late_charges"]


class LateChargeOf(Enum):
    """
    What a late charge is a percentage of.

    `OVERDUE`: what is unpaid of the installment, penalty left out. `PRINCIPAL`: its
    unpaid principal. `INSTALLMENT`: what was due of it in the plan.
    """

    OVERDUE = "overdue"
    PRINCIPAL = "overdue_principal"
    INSTALLMENT = "installment"


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_amount(amount: object) -> Decimal | Fraction:
    return to_amount_or_share(amount, "late charge")


def _to_of(of: object) -> LateChargeOf:
    return to_enum(of, LateChargeOf, "of")


def _to_after(days: object) -> int:
    return to_days(days, "days_late")


def _to_least(amount: object) -> Decimal:
    return to_amount(amount, "least")


def _to_most(amount: object) -> Decimal | None:
    return None if amount is None else to_amount(amount, "most")


def _to_tolerance(amount: object) -> Decimal:
    return to_amount(amount, "tolerance")


def _to_component(component: object) -> Component:
    return to_enum(component, Component, "component")


@frozen
class LateCharge:
    """
    A charge made once for an installment that is late (滞纳金, 违约金).

    Formula: `min(most, max(least, amount))`, or with `round(share * base)`.

    Args:
        name: What it is called.
        amount: A flat amount in major units, or a percentage of the base, `"5%"`.
        of: The base of a percentage: `"overdue"`, `"overdue_principal"` or
            `"installment"`.
        days_late: It is made as the day begins that is so many days after the due
            date; 1 is the day after it.
        least: The smallest charge, in major units.
        most: The largest.
        tolerance: No charge where no more than this is overdue.
        component: What it is owed as: `"penalty"` or `"fee"`.
        rounding: How it is rounded, where not as the loan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If two values contradict each other.

    Example:
        >>> LateCharge("late fee", "5%", least="10").amount
        Fraction(1, 20)
    """

    name: str = field(converter=_to_name)
    amount: Decimal | Fraction = field(converter=_to_amount)
    of: LateChargeOf = field(
        default=LateChargeOf.OVERDUE, converter=_to_of, kw_only=True
    )
    days_late: int = field(default=1, converter=_to_after, kw_only=True)
    least: Decimal = field(default=Decimal(0), converter=_to_least, kw_only=True)
    most: Decimal | None = field(default=None, converter=_to_most, kw_only=True)
    tolerance: Decimal = field(
        default=Decimal(0), converter=_to_tolerance, kw_only=True
    )
    component: Component = field(
        default=Component.PENALTY, converter=_to_component, kw_only=True
    )
    rounding: Rounding | None = field(
        default=None, converter=to_optional_rounding, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.days_late == 0:
            raise TermsError(
                "days_late", got=0, allowed="1 or more: the due day is on time"
            )
        if self.component not in (Component.PENALTY, Component.FEE):
            raise TermsError(
                "component", got=self.component.value, allowed="penalty or fee"
            )
        if self.most is not None and self.most < self.least:
            raise TermsError("most", got=self.most, allowed=f"at least {self.least}")


def to_late_charges(charges: object) -> tuple[LateCharge, ...]:
    """
    Return late charges, refusing anything else.

    Raises:
        InputTypeError: If they are not a sequence of `LateCharge`.
        TermsError: If two have one name.

    Example:
        >>> to_late_charges([LateCharge("late fee", "25")])[0].name
        'late fee'
    """
    found = to_tuple_of(charges, LateCharge, "late_charges")
    if len({charge.name for charge in found}) != len(found):
        raise TermsError("late_charges", got=charges, allowed="different names")
    return found
