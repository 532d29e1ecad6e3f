"""Money that moves: paid out, received, returned, taken back."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_enum
from loanmath.errors import InputTypeError, InputValueError
from loanmath.events.recorded import (
    Recorded,
    to_amount,
    to_installments,
    to_kind,
    to_of,
)
from loanmath.terms import Component, PrepaymentEffect
from loanmath.terms.amounts import to_amount as exact_amount
from loanmath.terms.amounts import to_amount_or_share

__all__ = ["Chargeback", "Disbursement", "Payment", "Payout", "Recovery", "Refund"]


def _to_effect(effect: object) -> PrepaymentEffect | None:
    return None if effect is None else to_enum(effect, PrepaymentEffect, "effect")


def _to_optional_of(of: object) -> str | None:
    return None if of is None else to_of(of)


def _to_order(order: object) -> tuple[Component, ...]:
    if not isinstance(order, (list, tuple)):
        raise InputTypeError("order", got=order, allowed="a list of components")
    named = tuple(to_enum(name, Component, "order") for name in order)
    if len(set(named)) != len(named):
        raise InputValueError("order", got=order, allowed="every component once")
    if named and len(named) != len(Component):
        raise InputValueError("order", got=order, allowed="all components, or none")
    return named


def _to_split(split: object) -> tuple[tuple[Component, Decimal], ...]:
    pairs = list(split.items()) if isinstance(split, Mapping) else split
    if not isinstance(pairs, (list, tuple)):
        raise InputTypeError("split", got=split, allowed="amounts by component")
    named = {}
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise InputTypeError("split", got=pair, allowed="a component, an amount")
        component = to_enum(pair[0], Component, "split")
        if component in named:
            raise InputValueError("split", got=component.value, allowed="each once")
        named[component] = exact_amount(pair[1], "split")
    return tuple((part, named[part]) for part in Component if part in named)


def _to_down_payment(part: object) -> Decimal | Fraction:
    return to_amount_or_share(part, "down_payment")


@frozen(kw_only=True)
class Disbursement(Recorded):
    """
    Money paid out to the borrower (放款); an account opened undrawn needs one.

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: The principal drawn, in major units.
        withheld: What of it is kept back for fees, so that less is paid out.
        down_payment: What of it is due on the day itself (首付): an amount, or a share
            such as `"25%"`. It is an installment of its own; the rest is planned.

    Example:
        >>> from datetime import date
        >>> Disbursement(id="d1", on=date(2026, 1, 15), amount="5000").withheld
        Decimal('0')

    ACTUS: IED.
    """

    amount: Decimal = field(converter=to_amount)
    withheld: Decimal = field(default=Decimal(0), converter=to_amount)
    down_payment: Decimal | Fraction = field(
        default=Decimal(0), converter=_to_down_payment
    )


@frozen(kw_only=True)
class Payment(Recorded):
    """
    Money received from the borrower (还款).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: What was received, in major units.
        kind: The kind of payment, where allocation has rules by kind.
        split: A stated split: what of the amount goes to which component.
        installments: The installments it is for; others get nothing, and what they do
            not need is a credit.
        order: The order of components that the payer designated.
        effect: What a prepayment changes, where the payer chose: `"shorter"`,
            `"smaller"` or `"next"`; the part beyond what is due then goes to principal.

    Example:
        >>> from datetime import date
        >>> Payment(id="p1", on=date(2026, 2, 20), amount="500").kind
        'payment'

    Source: the debtor designates which debt is performed: Civil Code of the PRC, art.
    560 (in force 2021-01-01, recalled). ACTUS: PP and PR.
    """

    amount: Decimal = field(converter=to_amount)
    kind: str = field(default="payment", converter=to_kind)
    split: tuple[tuple[Component, Decimal], ...] = field(
        default=(), converter=_to_split
    )
    installments: tuple[int, ...] = field(default=(), converter=to_installments)
    order: tuple[Component, ...] = field(default=(), converter=_to_order)
    effect: PrepaymentEffect | None = field(default=None, converter=_to_effect)

    @property
    def is_directed(self) -> bool:
        """Whether its payer said more of it than its amount and kind."""
        return bool(self.split or self.installments or self.order or self.effect)


@frozen(kw_only=True)
class Refund(Recorded):
    """
    Money that a merchant returns on the borrower's behalf (退款).

    On a loan it is allocated as a payment of the kind `"refund"`; on a line, to the
    purchase it is for, and as a payment beyond that.

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: What was returned, in major units.
        of: The id of the purchase on a line of credit; of a loan, left out.

    Example:
        >>> from datetime import date
        >>> Refund(id="r1", on=date(2026, 2, 20), amount="99.00").amount
        Decimal('99.00')
    """

    amount: Decimal = field(converter=to_amount)
    of: str | None = field(default=None, converter=_to_optional_of)


@frozen(kw_only=True)
class Chargeback(Recorded):
    """
    A payment, or part of it, that the bank took back (拒付).

    What the payment cleared last is owed again first, from this day on.

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        of: The id of the payment.
        amount: How much of it, in major units.

    Example:
        >>> from datetime import date
        >>> Chargeback(id="b1", on=date(2026, 3, 1), of="p1", amount="50").of
        'p1'
    """

    of: str = field(converter=to_of)
    amount: Decimal = field(converter=to_amount)


@frozen(kw_only=True)
class Recovery(Recorded):
    """
    Money received after a write-off (核销后收回).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: What was received, in major units; at most what was written off.

    Example:
        >>> from datetime import date
        >>> Recovery(id="v1", on=date(2027, 1, 5), amount="200").amount
        Decimal('200')
    """

    amount: Decimal = field(converter=to_amount)


@frozen(kw_only=True)
class Payout(Recorded):
    """
    A credit balance paid back to the borrower (退还溢缴款).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: What is paid out, in major units; at most the credit balance.

    Example:
        >>> from datetime import date
        >>> Payout(id="y1", on=date(2026, 8, 1), amount="12.50").amount
        Decimal('12.50')
    """

    amount: Decimal = field(converter=to_amount)
