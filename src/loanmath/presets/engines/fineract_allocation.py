"""How Apache Fineract allocates payments: by rules of its own, or in a fixed order."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from attrs import evolve, field, frozen

from loanmath.doors import to_enum, to_text, to_tuple_of
from loanmath.errors import InputTypeError, UnknownNameError
from loanmath.terms import (
    AllocateBy,
    Allocation,
    Component,
    FutureRule,
    Slot,
    Standing,
)

__all__ = ["FineractAllocation", "allocation_of", "to_allocations", "to_strategy"]

_FUTURE = {
    "NEXT_INSTALLMENT": FutureRule.NEXT,
    "LAST_INSTALLMENT": FutureRule.LAST,
    "NEXT_LAST_INSTALLMENT": FutureRule.NEXT_LAST,
    "REAMORTIZATION": FutureRule.SPREAD,
}

_DUE_FIRST = ("penalty", "interest", "principal", "fee")
_FIXED_ORDERS = {
    "mifos-standard-strategy": ("penalty", "fee", "interest", "principal"),
    "due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee"
    "-strategy": _DUE_FIRST,
    "principal-interest-penalties-fees-order-strategy": (
        "principal",
        "interest",
        "penalty",
        "fee",
    ),
    "interest-principal-penalties-fees-order-strategy": (
        "interest",
        "principal",
        "penalty",
        "fee",
    ),
}


def _with_compound(components: Sequence[Component]) -> list[Component]:
    # Fineract keeps one penalty; interest on it would be paid right after it.
    place = components.index(Component.PENALTY) + 1
    return [*components[:place], Component.COMPOUND, *components[place:]]


def _to_transaction(transaction: object) -> str:
    return to_text(transaction, "transaction").lower()


def _to_future_installments(future: object) -> FutureRule:
    if isinstance(future, FutureRule):
        return future
    found = _FUTURE.get(to_text(future, "future_installments"))
    if found is None:
        raise UnknownNameError(
            "future_installments", got=future, allowed=", ".join(_FUTURE)
        )
    return found


def _to_ranks(order: object) -> tuple[Slot, ...]:
    if not isinstance(order, (list, tuple)):
        raise InputTypeError("order", got=order, allowed="a list of names")
    slots: list[Slot] = []
    for standing, run in groupby(map(_to_rank, order), key=itemgetter(0)):
        components = [component for _, component in run]
        if Component.PENALTY in components:
            components = _with_compound(components)
        slots += [(standing, component) for component in components]
    return tuple(slots)


def _to_rank(name: object) -> Slot:
    text = to_text(name, "order").lower()
    for standing in Standing:
        if text.startswith(f"{standing.value}_"):
            component = text.removeprefix(f"{standing.value}_")
            return standing, to_enum(component, Component, "order")
    raise UnknownNameError(
        "order", got=name, allowed="such as PAST_DUE_PENALTY, IN_ADVANCE_PRINCIPAL"
    )


@frozen(kw_only=True)
class FineractAllocation:
    """
    How the payments of one transaction type are allocated, as Apache Fineract names it.

    Args:
        transaction: `"DEFAULT"`, or a type such as `"GOODWILL_CREDIT"`: it is then the
            kind of the payment, in lower case.
        future_installments: `"NEXT_INSTALLMENT"`, `"LAST_INSTALLMENT"`,
            `"NEXT_LAST_INSTALLMENT"` or `"REAMORTIZATION"`, which spreads it evenly.
        order: The twelve ranks, such as `"PAST_DUE_PENALTY"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.

    Example:
        >>> FineractAllocation(future_installments="LAST_INSTALLMENT", order=[
        ...     f"{standing}_{part}" for standing in ("PAST_DUE", "DUE", "IN_ADVANCE")
        ...     for part in ("PENALTY", "FEE", "PRINCIPAL", "INTEREST")]).rule().future
        <FutureRule.LAST: 'last'>

    Source: Apache Fineract 1.14.1, advanced payment allocation. 中文: 还款冲抵顺序.
    """

    transaction: str = field(default="DEFAULT", converter=_to_transaction)
    future_installments: FutureRule = field(
        default=FutureRule.NEXT, converter=_to_future_installments
    )
    order: tuple[Slot, ...] = field(converter=_to_ranks)

    def rule(self, *, is_vertical: bool = False) -> Allocation:
        """
        Return the rule in the library's terms.

        Args:
            is_vertical: Whether a component is cleared over all installments before the
                next component.

        Raises:
            TermsError: If the ranks leave out what is past due or due.

        Example:
            >>> FineractAllocation(order=[
            ...     f"{standing}_{part}" for standing in ("PAST_DUE", "DUE")
            ...     for part in ("PENALTY", "FEE", "INTEREST", "PRINCIPAL")]).rule().by
            <AllocateBy.INSTALLMENT: 'installment'>
        """
        by = AllocateBy.COMPONENT if is_vertical else AllocateBy.INSTALLMENT
        return Allocation(self.order, by, self.future_installments)


def to_strategy(strategy: object) -> str:
    """Return the name of a fixed order, refusing any that is not known."""
    name = to_text(strategy, "strategy")
    if name not in _FIXED_ORDERS:
        raise UnknownNameError(
            "strategy", got=strategy, allowed=", ".join(_FIXED_ORDERS)
        )
    return name


def to_allocations(rules: object) -> tuple[FineractAllocation, ...]:
    """Return rules by transaction, refusing anything else."""
    return to_tuple_of(rules, FineractAllocation, "allocations")


def allocation_of(
    strategy: str, rules: Sequence[FineractAllocation], *, is_vertical: bool
) -> Allocation:
    """Return the allocation of all kinds of payment: the rules, or a fixed order."""
    kinds = {rule.transaction: rule.rule(is_vertical=is_vertical) for rule in rules}
    order = [Component(name) for name in _FIXED_ORDERS[strategy]]
    named = [component.value for component in _with_compound(order)]
    default = kinds.pop("default", None) or Allocation(named)
    return evolve(default, kinds=kinds)
