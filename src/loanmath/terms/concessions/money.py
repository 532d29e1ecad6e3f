"""Concessions that move what is owed: forgiven, capitalized, re-aged, frozen."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from loanmath.doors import to_date, to_enum, to_flag
from loanmath.errors import InputTypeError, InputValueError, LimitError, TermsError
from loanmath.terms.amounts import to_amount_or_share
from loanmath.terms.servicing import Component

__all__ = [
    "Capitalization",
    "ConditionalForgiveness",
    "Forgiveness",
    "FrozenInterest",
    "FrozenPaid",
    "ReAging",
]

_BESIDE_PRINCIPAL = (Component.PENALTY, Component.COMPOUND, Component.INTEREST)


def _to_component(component: object) -> Component:
    return to_enum(component, Component, "component")


def _to_forgiven(amount: object) -> Decimal | Fraction:
    if type(amount) is str and amount == "all":
        return Fraction(1)
    found = to_amount_or_share(amount, "amount")
    if isinstance(found, Fraction) and found > 1:
        raise LimitError("amount", got=amount, allowed="0% to 100% of what is owed")
    return found


def _to_until(until: object) -> Any:
    return None if until is None else to_date(until, "until")


def _to_components(components: object) -> tuple[Component, ...]:
    if isinstance(components, str) or not isinstance(components, Iterable):
        raise InputTypeError("components", got=components, allowed="a list of names")
    named = tuple(map(_to_component, components))
    if not named or len(set(named)) != len(named):
        raise InputValueError(
            "components",
            got=[component.value for component in named],
            allowed="at least one component, each once",
        )
    return named


def _to_frozen(components: object) -> tuple[Component, ...]:
    named = _to_components(components)
    if Component.PRINCIPAL in named:
        raise InputValueError(
            "components", got="principal", allowed="penalty, compound, fee, interest"
        )
    return named


def _to_flag(flag: object) -> bool:
    return to_flag(flag, "to_come")


class FrozenPaid(Enum):
    """
    How what is frozen is paid.

    `LAST`: with the last installment of the plan. `PRO_RATA`: with every installment,
    by its share of the principal. `EQUAL`: with every installment, in equal shares.
    `WITHIN`: by the first payments, before principal. `FORGIVEN`: not at all, if the
    plan is performed.
    """

    LAST = "last"
    PRO_RATA = "pro_rata"
    EQUAL = "equal"
    WITHIN = "within"
    FORGIVEN = "forgiven"


def _to_paid(paid: object) -> FrozenPaid:
    return to_enum(paid, FrozenPaid, "paid")


@frozen
class Forgiveness:
    """
    What is given up of a component for good (减免): a breach does not bring it back.

    Formula: `round(share * owed)`, or the amount; the oldest installment first.

    Args:
        component: The component. Of interest counts what is overdue and what was earned
            to the day; of principal all that is owed.
        amount: The amount in major units, a percentage of what is owed of the component
            when its turn comes, or `"all"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        LimitError: If it is more than 100 %.

    Example:
        >>> Forgiveness("penalty", "50%").amount
        Fraction(1, 2)

    Source: penalty first, then interest, rarely principal; recalled.
    """

    component: Component = field(converter=_to_component)
    amount: Decimal | Fraction = field(default=Fraction(1), converter=_to_forgiven)


@frozen
class ConditionalForgiveness:
    """
    What is given up while the plan is performed, owed again on a breach (有条件减免).

    Args:
        component: The component, as for `Forgiveness`.
        amount: The amount in major units, a percentage of what is owed of it, or
            `"all"`.
        until: The day from which on it is given up for good; left out, only full
            performance of the plan does that.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        LimitError: If it is more than 100 %.

    Example:
        >>> ConditionalForgiveness("interest", until=date(2027, 1, 1)).amount
        Fraction(1, 1)

    Source: waivers that depend on payment by a date are usual; recalled.
    """

    component: Component = field(converter=_to_component)
    amount: Decimal | Fraction = field(default=Fraction(1), converter=_to_forgiven)
    until: date | None = field(default=None, converter=_to_until, kw_only=True)


@frozen
class Capitalization:
    """
    What is owed becomes principal of the new plan (转本金, 欠息转本).

    Args:
        components: Which components: of principal what is overdue, of interest also
            what was earned to the day.

    Raises:
        InputTypeError: If they are no list of names.
        InputValueError: If there are none, or one stands twice.

    Example:
        >>> [part.value for part in Capitalization(["interest"]).components]
        ['interest']

    Source: the opening balance of a plan as principal, interest and fees together;
    recalled.
    """

    components: tuple[Component, ...] = field(
        default=tuple(Component), converter=_to_components
    )


@frozen
class ReAging:
    """
    What is overdue becomes part of the new plan, and nothing is late (重新计龄).

    Overdue principal joins the principal of the plan. What else is overdue falls due
    with the first new installment and bears nothing until then.

    Example:
        >>> ReAging()
        ReAging()

    Source: re-aging as loan engines and US card rules know it; recalled.
    """


@frozen
class FrozenInterest:
    """
    What accrued is frozen: it bears nothing, and is paid as the plan says (停息挂账).

    Without it, interest that was earned and is not overdue, and what is re-aged, is due
    on top of the first payment of the plan.

    Formula: an equal share is `round(frozen / n)`, the last takes the rest. Level
    payments hold equal shares, and what is paid within them: `payment =
    round((principal + sum_k frozen_k * v_k) / sum_k v_k)` with `v_k` the product of all
    `1 / (1 + f_j)` up to period k. Each pays the interest of its period, what is
    frozen, then principal; the last what is left. What is paid last or by principal is
    due beside the payment.

    In the ledger frozen interest is interest of the installment that it is paid with,
    and all else that is frozen is a fee charged by hand on it.

    Args:
        paid: `"last"`: with the last installment; `"pro_rata"`: with every installment,
            by its principal; `"equal"`: with every installment, in equal shares;
            `"within"`: by the first level payments before principal, for plans of one
            level payment; `"forgiven"`: given up while the plan is performed, and owed
            again on a breach.
        components: What is frozen: penalty, compound interest and interest, unless
            stated; of interest also what was earned to the day.
        to_come: Whether interest that the plan so far has to come is frozen with it, as
            an amount: owed from the day of the plan on, whatever is repaid when.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If interest to come is frozen without interest, or to forgive it.

    Example:
        >>> FrozenInterest("equal", components=["interest"], to_come=True).paid
        <FrozenPaid.EQUAL: 'equal'>

    Source: agreements on bank cards (Article 70 of the Measures of 2011) stop new
    interest and penalty, and do not erase what accrued; recalled. Shares and level
    payments: Apache Fineract's interest handling of re-aged and re-amortized loans.
    """

    paid: FrozenPaid = field(converter=_to_paid)
    components: tuple[Component, ...] = field(
        default=_BESIDE_PRINCIPAL, converter=_to_frozen, kw_only=True
    )
    to_come: bool = field(default=False, converter=_to_flag, kw_only=True)

    def __attrs_post_init__(self) -> None:
        owes = self.paid is not FrozenPaid.FORGIVEN
        if self.to_come and not (owes and Component.INTEREST in self.components):
            raise TermsError(
                "to_come",
                got=f"{self.paid.value} {[part.value for part in self.components]}",
                allowed="interest among what is frozen, to be paid",
            )
