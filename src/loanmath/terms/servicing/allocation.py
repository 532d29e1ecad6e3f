"""Where a payment goes: a table of standings and components, and what is left over."""

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import product
from typing import TypeAlias

from attrs import evolve, field, frozen

from loanmath.doors import to_enum, to_text, to_tuple_of
from loanmath.errors import InputTypeError, TermsError
from loanmath.terms.servicing.components import Component, Standing
from loanmath.terms.servicing.penalty import to_days

__all__ = [
    "AllocateBy",
    "Allocation",
    "AllocationTier",
    "FutureRule",
    "Slot",
    "to_allocation",
]

Slot: TypeAlias = tuple[Standing, Component]
"""A place in the table: a component of the installments that stand so."""


class AllocateBy(Enum):
    """
    Whether a payment clears one installment after another, or one component.

    `INSTALLMENT` (逐期, horizontal): slots that follow each other with one standing
    are cleared for the oldest installment first. `COMPONENT` (逐项, vertical): each
    slot is cleared over all installments before the next.
    """

    INSTALLMENT = "installment"
    COMPONENT = "component"


class FutureRule(Enum):
    """
    What becomes of money beyond what is due.

    `NEXT`: it pays the next installments. `LAST`: the last ones, backwards.
    `NEXT_LAST`: the next installment, then the last ones. `SPREAD`: evenly over all
    installments to come. `PRINCIPAL`: it prepays principal, by the rules of early
    repayment. `CREDIT`: it is kept as a credit balance.
    """

    NEXT = "next"
    LAST = "last"
    NEXT_LAST = "next_last"
    SPREAD = "spread"
    PRINCIPAL = "principal"
    CREDIT = "credit"


_DEFAULT: tuple[Slot, ...] = tuple(product(Standing, Component))


def _to_slots(order: Sequence[str | Slot]) -> tuple[Slot, ...]:
    if not isinstance(order, (list, tuple)) or not order:
        raise InputTypeError("order", got=order, allowed="a list of names")
    named = [_to_slot(entry) for entry in order]
    # A component without a standing is a row of the table for each standing.
    if all(standing is None for standing, _ in named):
        slots = tuple(product(Standing, (component for _, component in named)))
    else:
        slots = tuple(
            (standing, component)
            for standing, component in named
            if standing is not None
        )
        if len(slots) != len(named):
            raise TermsError(
                "order",
                got=[str(entry) for entry in order],
                allowed="components alone, or each with its standing",
                do="write such as 'past_due.penalty' throughout",
            )
    if len(set(slots)) != len(slots):
        raise TermsError("order", got=order, allowed="every slot once")
    _check_all_is_reached(slots)
    return slots


def _to_slot(entry: object) -> tuple[Standing | None, Component]:
    if isinstance(entry, Component):
        return None, entry
    if isinstance(entry, tuple) and len(entry) == 2:
        return (
            to_enum(entry[0], Standing, "standing"),
            to_enum(entry[1], Component, "component"),
        )
    text = to_text(entry, "order")
    if "." not in text:
        return None, to_enum(text, Component, "component")
    standing, component = text.split(".", 1)
    return (
        to_enum(standing, Standing, "standing"),
        to_enum(component, Component, "component"),
    )


def _check_all_is_reached(slots: tuple[Slot, ...]) -> None:
    # A slot left out would swallow nothing and be paid by nothing, without a word.
    for slot in product((Standing.PAST_DUE, Standing.DUE), Component):
        if slot not in slots:
            standing, component = slot
            raise TermsError(
                "order",
                got=f"no {standing.value}.{component.value}",
                allowed="every component of what is past due and due",
            )


def _to_by(by: object) -> AllocateBy:
    return to_enum(by, AllocateBy, "by")


def _to_future(future: object) -> FutureRule:
    return to_enum(future, FutureRule, "future")


def _to_from_days(days: object) -> int:
    return to_days(days, "from_days")


@frozen
class AllocationTier:
    """
    Another order from a number of days past due on.

    Args:
        from_days: The fewest days past due at which it holds.
        order: The order that then holds, as for `Allocation`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.
        TermsError: If the order leaves something out.

    Example:
        >>> AllocationTier(91, ["principal", "interest", "penalty", "compound", "fee"]
        ...     ).order[0][1].value
        'principal'

    Source: for bank cards, fees and interest first up to 90 days overdue, principal
    first from day 91: Measures for the Supervision of Credit Card Business (CBRC Order
    2011 No. 2), art. 57.
    """

    from_days: int = field(converter=_to_from_days)
    order: tuple[Slot, ...] = field(converter=_to_slots)


def _to_tiers(tiers: object) -> tuple[AllocationTier, ...]:
    found = to_tuple_of(tiers, AllocationTier, "tiers")
    ordered = tuple(sorted(found, key=lambda tier: tier.from_days))
    if len({tier.from_days for tier in ordered}) != len(ordered):
        raise TermsError("tiers", got=tiers, allowed="one tier from each day")
    return ordered


def _to_kinds(kinds: object) -> "tuple[tuple[str, Allocation], ...]":
    pairs = list(kinds.items()) if isinstance(kinds, Mapping) else kinds
    if not isinstance(pairs, (list, tuple)):
        raise InputTypeError("kinds", got=kinds, allowed="a table by kind of payment")
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise InputTypeError("kinds", got=pair, allowed="a kind and an Allocation")
        if type(pair[1]) is not Allocation:
            raise InputTypeError("kinds", got=pair[1], allowed="Allocation(...)")
    named = {to_text(kind, "kind"): rule for kind, rule in pairs}
    if len(named) != len(pairs):
        raise TermsError("kinds", got=sorted(named), allowed="every kind once")
    return tuple(sorted(named.items(), key=_kind_of))


def _kind_of(pair: "tuple[str, Allocation]") -> str:
    return pair[0]


@frozen
class Allocation:
    """
    The order in which a payment clears what is owed (还款冲抵顺序).

    Args:
        order: Components, first to be cleared first, such as `["fee", "penalty",
            "compound", "interest", "principal"]`, which then holds for what is past
            due, due, and in advance, in this order; or slots of the whole table, such
            as `"past_due.penalty"`.
        by: `"installment"` or `"component"`.
        future: What becomes of the rest: `"next"`, `"last"`, `"next_last"`,
            `"spread"`, `"principal"` or `"credit"`.
        tiers: Orders that hold from a number of days past due on.
        kinds: For kinds of payment that have their own rule, that rule by kind.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.
        TermsError: If the table leaves out what is past due or due.

    Example:
        >>> Allocation().by, len(Allocation().order)
        (<AllocateBy.INSTALLMENT: 'installment'>, 15)

    Source: without agreement, costs, then interest, then principal: Civil Code of the
    PRC, art. 561 (in force 2021-01-01, recalled).
    """

    order: tuple[Slot, ...] = field(default=_DEFAULT, converter=_to_slots)
    by: AllocateBy = field(default=AllocateBy.INSTALLMENT, converter=_to_by)
    future: FutureRule = field(default=FutureRule.NEXT, converter=_to_future)
    tiers: tuple[AllocationTier, ...] = field(
        default=(), converter=_to_tiers, kw_only=True
    )
    kinds: "tuple[tuple[str, Allocation], ...]" = field(
        default=(), converter=_to_kinds, kw_only=True
    )

    def for_kind(self, kind: str) -> "Allocation":
        """
        Return the rule for a kind of payment.

        Example:
            >>> Allocation(kinds={"refund": Allocation(future="last")}).for_kind(
            ...     "refund").future
            <FutureRule.LAST: 'last'>
        """
        return dict(self.kinds).get(kind, self)

    def on_day(self, days_past_due: int) -> "Allocation":
        """
        Return the rule that holds so many days past due.

        Example:
            >>> flipped = ["principal", "interest", "compound", "penalty", "fee"]
            >>> rule = Allocation(tiers=[AllocationTier(91, flipped)])
            >>> rule.on_day(90).order[0][1].value, rule.on_day(91).order[0][1].value
            ('penalty', 'principal')
        """
        for tier in reversed(self.tiers):
            if days_past_due >= tier.from_days:
                return evolve(self, order=tier.order)
        return self


def to_allocation(allocation: Allocation) -> Allocation:
    """
    Return an allocation, refusing anything else.

    Raises:
        InputTypeError: If it is not an `Allocation`.

    Example:
        >>> to_allocation(Allocation()).future.value
        'next'
    """
    if type(allocation) is not Allocation:
        raise InputTypeError("allocation", got=allocation, allowed="Allocation(...)")
    return allocation
