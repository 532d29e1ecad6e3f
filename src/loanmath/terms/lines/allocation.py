"""Where a payment on a line goes: components, and balances at different rates."""

from collections.abc import Sequence
from enum import Enum

from attrs import field, frozen

from loanmath.doors import to_enum
from loanmath.errors import InputTypeError, TermsError
from loanmath.terms.servicing.components import Component
from loanmath.terms.servicing.penalty import to_days

__all__ = ["FirstPaid", "LineAllocation"]

_USUAL = (
    Component.PENALTY,
    Component.FEE,
    Component.INTEREST,
    Component.PRINCIPAL,
)


class FirstPaid(Enum):
    """
    Which balance is paid first, within one component.

    `OLDEST`: that of the oldest bill. `HIGHEST_RATE`, `LOWEST_RATE`: that at the
    highest or lowest rate of the day; of one rate, the oldest.
    """

    OLDEST = "oldest"
    HIGHEST_RATE = "highest_rate"
    LOWEST_RATE = "lowest_rate"


def _to_order(order: Sequence[str | Component]) -> tuple[Component, ...]:
    if not isinstance(order, (list, tuple)):
        raise InputTypeError("order", got=order, allowed="a list of components")
    named = tuple(to_enum(name, Component, "order") for name in order)
    if len(named) != len(_USUAL) or set(named) != set(_USUAL):
        raise TermsError(
            "order",
            got=[component.value for component in named],
            allowed="penalty, fee, interest and principal, each once",
        )
    return named


def _to_late_order(
    order: Sequence[str | Component] | None,
) -> tuple[Component, ...] | None:
    return None if order is None else _to_order(order)


def _to_late_from(days: int | None) -> int | None:
    return None if days is None else to_days(days, "late_from")


def _to_first(first: str | FirstPaid) -> FirstPaid:
    return to_enum(first, FirstPaid, "first")


def _to_minimum_first(first: str | FirstPaid | None) -> FirstPaid | None:
    return None if first is None else to_enum(first, FirstPaid, "minimum_first")


@frozen(kw_only=True)
class LineAllocation:
    """
    Where a payment on a line goes (还款冲抵顺序).

    What is billed is paid before what is not; in each, component by component; in each
    component, one balance after another.

    Args:
        order: The components, first to be paid first.
        first: Which balance is paid first: `"oldest"`, `"highest_rate"` or
            `"lowest_rate"`.
        minimum_first: The same for the part of a payment up to what is missing of the
            minimum; left out, as `first`.
        late_order: Another order of components, from so many days past due on.
        late_from: The days past due from which it holds.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.
        TermsError: If an order is not complete, or one of `late_order` and `late_from`
            is missing.

    Example:
        >>> LineAllocation(late_from=91,
        ...     late_order=["principal", "penalty", "fee", "interest"]).first.value
        'oldest'

    Source: up to 90 days past due interest and fees first, from day 91 principal: CBRC
    Order 2011 No. 2, art. 57. Above the minimum the highest rate first: 12 CFR 1026.53;
    the highest rate first in the UK: FCA rules on credit cards.
    """

    order: tuple[Component, ...] = field(default=_USUAL, converter=_to_order)
    first: FirstPaid = field(default=FirstPaid.OLDEST, converter=_to_first)
    minimum_first: FirstPaid | None = field(default=None, converter=_to_minimum_first)
    late_order: tuple[Component, ...] | None = field(
        default=None, converter=_to_late_order
    )
    late_from: int | None = field(default=None, converter=_to_late_from)

    def __attrs_post_init__(self) -> None:
        if (self.late_order is None) != (self.late_from is None):
            raise TermsError(
                "late_order",
                got="one of late_order and late_from",
                allowed="both, or neither",
            )

    def order_on(self, days_past_due: int) -> tuple[Component, ...]:
        """
        Return the order that holds so many days past due.

        Example:
            >>> rule = LineAllocation(late_from=91,
            ...     late_order=["principal", "penalty", "fee", "interest"])
            >>> rule.order_on(90)[0].value, rule.order_on(91)[0].value
            ('penalty', 'principal')
        """
        if self.late_order is None or self.late_from is None:
            return self.order
        return self.late_order if days_past_due >= self.late_from else self.order
