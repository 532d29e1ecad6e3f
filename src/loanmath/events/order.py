"""The closed union of events, and the order they are applied in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from loanmath.errors import InputTypeError
from loanmath.events.agreements import TermsChange
from loanmath.events.claims import Acceleration, Charge, ChargeOff, Waiver, WriteOff
from loanmath.events.corrections import InterestPause, InterestResume, Reversal
from loanmath.events.lines import (
    BillDeferral,
    CashAdvance,
    Conversion,
    CycleChange,
    LimitChange,
    PlanSettlement,
    Purchase,
    Transfer,
)
from loanmath.events.money import (
    Chargeback,
    Disbursement,
    Payment,
    Payout,
    Recovery,
    Refund,
)
from loanmath.events.restructurings import Breach, Restructuring
from loanmath.terms import Happening, SameDay

__all__ = [
    "HAPPENINGS",
    "Event",
    "EventKey",
    "LineOnly",
    "LoanEvent",
    "event_order",
    "happening",
]

LoanEvent: TypeAlias = (
    Disbursement
    | Payment
    | Refund
    | Charge
    | Waiver
    | Reversal
    | Chargeback
    | InterestPause
    | InterestResume
    | Acceleration
    | ChargeOff
    | WriteOff
    | Recovery
    | TermsChange
    | Restructuring
    | Breach
    | Payout
)
"""What can happen on a loan."""

LineOnly: TypeAlias = (
    Purchase
    | CashAdvance
    | Transfer
    | Conversion
    | PlanSettlement
    | BillDeferral
    | LimitChange
    | CycleChange
)
"""What can happen on a line of credit alone."""

Event: TypeAlias = LoanEvent | LineOnly

EventKey: TypeAlias = Callable[[Event], tuple[date, int, int, str]]
"""What an event is ordered by."""

HAPPENINGS: Mapping[type, Happening] = {
    Disbursement: Happening.DISBURSEMENT,
    Payment: Happening.PAYMENT,
    Refund: Happening.REFUND,
    Charge: Happening.CHARGE,
    Waiver: Happening.WAIVER,
    Reversal: Happening.REVERSAL,
    Chargeback: Happening.CHARGEBACK,
    InterestPause: Happening.INTEREST_PAUSE,
    InterestResume: Happening.INTEREST_RESUME,
    Acceleration: Happening.ACCELERATION,
    ChargeOff: Happening.CHARGE_OFF,
    WriteOff: Happening.WRITE_OFF,
    Recovery: Happening.RECOVERY,
    TermsChange: Happening.TERMS_CHANGE,
    Restructuring: Happening.RESTRUCTURING,
    Breach: Happening.BREACH,
    Payout: Happening.PAYOUT,
    Purchase: Happening.PURCHASE,
    CashAdvance: Happening.CASH_ADVANCE,
    Transfer: Happening.TRANSFER,
    Conversion: Happening.CONVERSION,
    PlanSettlement: Happening.PLAN_SETTLEMENT,
    BillDeferral: Happening.BILL_DEFERRAL,
    LimitChange: Happening.LIMIT_CHANGE,
    CycleChange: Happening.CYCLE_CHANGE,
}


def happening(event: Event) -> Happening:
    """
    Return the kind of an event.

    Raises:
        InputTypeError: If it is no event.

    Example:
        >>> happening(InterestPause(id="s1", on=date(2026, 3, 1))).value
        'interest_pause'
    """
    found = HAPPENINGS.get(type(event))
    if found is None:
        raise InputTypeError("event", got=event, allowed="an event of loanmath.events")
    return found


def event_order(day_order: Iterable[Happening], same_day: SameDay) -> EventKey:
    """
    Return the function from an event to what it is ordered by: its day, and within it
    the rank of its kind, its sequence and its id.

    Args:
        day_order: The kinds of events, first to happen first within a day.
        same_day: Whether kind or sequence comes first.

    Example:
        >>> pause = InterestPause(id="s1", on=date(2026, 3, 1), sequence=7)
        >>> event_order([Happening.INTEREST_PAUSE], SameDay.KIND)(pause)[1:]
        (0, 7, 's1')
        >>> event_order([Happening.INTEREST_PAUSE], SameDay.SEQUENCE)(pause)[1:]
        (7, 0, 's1')
    """
    places = {kind: place for place, kind in enumerate(day_order)}
    rank = {event: places[kind] for event, kind in HAPPENINGS.items() if kind in places}
    if same_day is SameDay.SEQUENCE:
        return lambda event: (event.on, event.sequence, rank[type(event)], event.id)
    return lambda event: (event.on, rank[type(event)], event.sequence, event.id)
