"""What changes a claim without money: charges, waivers, acceleration, losses."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.doors import to_count, to_date, to_enum, to_flag
from loanmath.errors import DateRangeError, InputValueError, LimitError
from loanmath.events.recorded import Recorded, to_amount, to_installments, to_kind
from loanmath.terms import Component
from loanmath.terms.amounts import to_amount_or_share
from loanmath.terms.conventions import MAX_INSTALLMENTS_DAILY

__all__ = ["Acceleration", "Charge", "ChargeOff", "Waiver", "WriteOff"]


def _to_charge(charge: object) -> Decimal | Fraction:
    return to_amount_or_share(charge, "charge")


def _to_component(component: object) -> Component:
    return to_enum(component, Component, "component")


def _to_flag(flag: object) -> bool:
    return to_flag(flag, "event")


def _to_installment(number: object) -> int | None:
    if number is None:
        return None
    return to_count(number, "installment", MAX_INSTALLMENTS_DAILY)


def _to_waived(amount: object) -> Decimal | Fraction:
    if type(amount) is str and amount == "all":
        return Fraction(1)
    found = to_amount_or_share(amount, "amount")
    if isinstance(found, Fraction) and found > 1:
        raise LimitError("amount", got=amount, allowed="0% to 100% of what is owed")
    return found


def _to_due(due: object) -> date | None:
    return None if due is None else to_date(due, "due")


@frozen(kw_only=True)
class Charge(Recorded):
    """
    A fee or penalty charged to the account by hand (收费).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        amount: What is charged, in major units.
        name: What for.
        component: `"fee"` or `"penalty"`.
        installment: The installment it falls due with; left out, the next one due.
        due: Or the day it falls due on, as an installment of its own.

    Raises:
        InputValueError: If the component is neither fee nor penalty, or both a due date
            and an installment are stated.
        DateRangeError: If it is due before it is charged.

    Example:
        >>> from datetime import date
        >>> Charge(id="c1", on=date(2026, 2, 20), amount="25", name="letter").name
        'letter'

    ACTUS: FP.
    """

    amount: Decimal = field(converter=to_amount)
    name: str = field(default="charge", converter=to_kind)
    component: Component = field(default=Component.FEE, converter=_to_component)
    installment: int | None = field(default=None, converter=_to_installment)
    due: date | None = field(default=None, converter=_to_due)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.component not in (Component.FEE, Component.PENALTY):
            raise InputValueError(
                "component", got=self.component.value, allowed="fee or penalty"
            )
        if self.due is None:
            return
        if self.installment is not None:
            raise InputValueError(
                "due",
                got=f"{self.due} and installment {self.installment}",
                allowed="one of them",
            )
        if self.due < self.on:
            raise DateRangeError("due", got=str(self.due), allowed=f"from {self.on} on")


@frozen(kw_only=True)
class Waiver(Recorded):
    """
    What the lender gives up of a component (减免).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        component: The component.
        amount: The amount in major units, a percentage of what is owed of it, or
            `"all"`. What is owed counts what is due or past due, and accrued penalty;
            of principal, all of it.
        installments: The installments it is for; left out, oldest first.

    Example:
        >>> from datetime import date
        >>> Waiver(id="w1", on=date(2026, 6, 1), component="penalty",
        ...     amount="50%").amount
        Fraction(1, 2)
    """

    component: Component = field(converter=_to_component)
    amount: Decimal | Fraction = field(converter=_to_waived)
    installments: tuple[int, ...] = field(default=(), converter=to_installments)


@frozen(kw_only=True)
class Acceleration(Recorded):
    """
    All principal falls due at once (加速到期, 提前到期).

    Interest to the day falls due with it; that of later periods is not owed.

    Args:
        id: The name of the event, unique in its account.
        on: The day on which all is due.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        charge: What it costs: an amount, or a percentage of the accelerated principal.

    Example:
        >>> from datetime import date
        >>> Acceleration(id="a1", on=date(2026, 6, 1), charge="3%").charge
        Fraction(3, 100)
    """

    charge: Decimal | Fraction = field(default=Decimal(0), converter=_to_charge)


@frozen(kw_only=True)
class ChargeOff(Recorded):
    """
    The loan is charged off: still owed, and booked as a loss (核销前转表外).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        stops_accrual: Whether nothing accrues from then on, as in an `InterestPause`:
            of interest on the schedule, what is planned still falls due.
        drops_unearned: Whether of interest on the schedule only what is earned by then
            falls due: payments stay, so that principal is repaid sooner, as where
            interest follows the balance.

    Raises:
        InputValueError: If what is not earned is dropped while interest goes on.

    Example:
        >>> from datetime import date
        >>> ChargeOff(id="o1", on=date(2026, 9, 1)).stops_accrual
        True
    """

    stops_accrual: bool = field(default=True, converter=_to_flag)
    drops_unearned: bool = field(default=False, converter=_to_flag)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.drops_unearned and not self.stops_accrual:
            raise InputValueError(
                "drops_unearned", got=True, allowed="only where stops_accrual is"
            )


@frozen(kw_only=True)
class WriteOff(Recorded):
    """
    The lender gives up the claim: nothing is owed any more (核销).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.

    Example:
        >>> from datetime import date
        >>> WriteOff(id="o2", on=date(2026, 12, 1)).id
        'o2'

    ACTUS: CE.
    """
