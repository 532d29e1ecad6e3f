"""How an account is kept: what the contract says for the time after signing."""

from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from loanmath.doors import to_enum
from loanmath.errors import InputTypeError, TermsError
from loanmath.terms.amounts import to_amount
from loanmath.terms.servicing.allocation import Allocation, to_allocation
from loanmath.terms.servicing.caps import Cap, to_caps
from loanmath.terms.servicing.late_charges import LateCharge, to_late_charges
from loanmath.terms.servicing.penalty import to_days
from loanmath.terms.servicing.prepayment import Prepayment, to_prepayment

__all__ = [
    "DEFAULT_DAY_ORDER",
    "CreditUse",
    "DaysPastDue",
    "Happening",
    "InterestOn",
    "SameDay",
    "Servicing",
    "to_day_order",
    "to_same_day",
    "to_servicing",
]


class InterestOn(Enum):
    """
    What contract interest accrues on between due dates.

    `SCHEDULE`: on what the plan says, so that a day early or late moves no interest
    (only a prepayment of principal does). `BALANCE`: on what is owed each day, so that
    a payment before its due date saves interest (按实际占用天数计息).
    """

    SCHEDULE = "schedule"
    BALANCE = "balance"


class CreditUse(Enum):
    """
    What a credit balance pays (溢缴款抵扣).

    `APPLIED`: what falls due, as its due date begins. `AT_ONCE`: that, and a charge
    recorded on the account as soon as it is made, before its installment is due too:
    `paid = min(credit, charge)`. `KEPT`: nothing.
    """

    APPLIED = "applied"
    AT_ONCE = "at_once"
    KEPT = "kept"


class SameDay(Enum):
    """
    What orders the events of one day first.

    `KIND`: what they are, as the order of the day says; then their sequence.
    `SEQUENCE`: their sequence alone, so that a charge recorded after a payment is not
    paid by it; events of one sequence go by their kind.
    """

    KIND = "kind"
    SEQUENCE = "sequence"


class Happening(Enum):
    """The kinds of events, as the order within a day names them."""

    LIMIT_CHANGE = "limit_change"
    CYCLE_CHANGE = "cycle_change"
    DISBURSEMENT = "disbursement"
    PURCHASE = "purchase"
    CASH_ADVANCE = "cash_advance"
    TRANSFER = "transfer"
    INTEREST_RESUME = "interest_resume"
    INTEREST_PAUSE = "interest_pause"
    CHARGE = "charge"
    REVERSAL = "reversal"
    CHARGEBACK = "chargeback"
    WAIVER = "waiver"
    REFUND = "refund"
    CONVERSION = "conversion"
    PLAN_SETTLEMENT = "plan_settlement"
    BILL_DEFERRAL = "bill_deferral"
    PAYMENT = "payment"
    RECOVERY = "recovery"
    TERMS_CHANGE = "terms_change"
    RESTRUCTURING = "restructuring"
    BREACH = "breach"
    ACCELERATION = "acceleration"
    PAYOUT = "payout"
    CHARGE_OFF = "charge_off"
    WRITE_OFF = "write_off"


DEFAULT_DAY_ORDER = tuple(Happening)
"""The order of the events of one day, where the terms state no other."""


def _to_interest_on(interest_on: object) -> InterestOn:
    return to_enum(interest_on, InterestOn, "interest_on")


def _to_credit(credit: object) -> CreditUse:
    return to_enum(credit, CreditUse, "credit")


def to_same_day(same_day: object) -> SameDay:
    """Return what orders the events of a day first, refusing anything else."""
    return to_enum(same_day, SameDay, "same_day")


def to_day_order(order: object) -> tuple[Happening, ...]:
    """Return the order of the kinds of events, those left out after those named."""
    if not isinstance(order, (list, tuple)):
        raise InputTypeError("day_order", got=order, allowed="a list of event kinds")
    named = tuple(to_enum(kind, Happening, "day_order") for kind in order)
    if len(set(named)) != len(named):
        raise TermsError("day_order", got=order, allowed="every kind once")
    # Kinds that are not named keep their usual place after those that are.
    return (*named, *(kind for kind in DEFAULT_DAY_ORDER if kind not in named))


def _to_grace_days(days: object) -> int:
    return to_days(days, "grace_days")


def _to_tolerance(amount: object) -> Decimal:
    return to_amount(amount, "tolerance")


@frozen(kw_only=True)
class DaysPastDue:
    """
    How days past due are counted (逾期天数).

    Formula: `days = day - due date of the oldest installment with more overdue than the
    tolerance`, zero while that is at most the days of grace.

    Args:
        grace_days: Up to so many days count as none; after them, all count.
        tolerance: An overdue amount up to this is not late, in major units.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a value is out of range.

    Example:
        >>> DaysPastDue(grace_days=3).grace_days
        3

    Source: due on the 8th and paid on the 10th is two days (`DPD = paid - due`).
    """

    grace_days: int = field(default=0, converter=_to_grace_days)
    tolerance: Decimal = field(default=Decimal(0), converter=_to_tolerance)


@frozen(kw_only=True)
class Servicing:
    """
    What the contract says for the time after signing: allocation, lateness, prepayment.

    Args:
        interest_on: What contract interest accrues on: the `"schedule"` or the
            `"balance"` of each day; interest that is added on in advance is on the
            schedule.
        allocation: Where payments go.
        prepayment: The rules of early repayment.
        late_charges: Charges made once for a late installment.
        caps: Ceilings on what lateness costs.
        days_past_due: How lateness is counted.
        credit: Whether a credit balance is `"applied"` to what falls due, pays charges
            `"at_once"` too, or is `"kept"`.
        day_order: The order of the events of one day, by kind, first to happen first;
            kinds left out follow in their usual order.
        same_day: What orders the events of one day first: their `"kind"` or their
            `"sequence"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.
        TermsError: If two values contradict each other.

    Example:
        >>> Servicing().allocation.future.value
        'next'

    中文: 贷后管理条款.
    """

    interest_on: InterestOn = field(
        default=InterestOn.SCHEDULE, converter=_to_interest_on
    )
    allocation: Allocation = field(default=Allocation(), converter=to_allocation)
    prepayment: Prepayment = field(default=Prepayment(), converter=to_prepayment)
    late_charges: tuple[LateCharge, ...] = field(default=(), converter=to_late_charges)
    caps: tuple[Cap, ...] = field(default=(), converter=to_caps)
    days_past_due: DaysPastDue = field(default=DaysPastDue())
    credit: CreditUse = field(default=CreditUse.APPLIED, converter=_to_credit)
    day_order: tuple[Happening, ...] = field(
        default=DEFAULT_DAY_ORDER, converter=to_day_order
    )
    same_day: SameDay = field(default=SameDay.KIND, converter=to_same_day)

    def __attrs_post_init__(self) -> None:
        if type(self.days_past_due) is not DaysPastDue:
            raise InputTypeError(
                "days_past_due", got=self.days_past_due, allowed="DaysPastDue(...)"
            )


def to_servicing(servicing: Servicing) -> Servicing:
    """
    Return the terms of servicing, refusing anything else.

    Raises:
        InputTypeError: If it is not a `Servicing`.

    Example:
        >>> to_servicing(Servicing()).credit.value
        'applied'
    """
    if type(servicing) is not Servicing:
        raise InputTypeError("servicing", got=servicing, allowed="Servicing(...)")
    return servicing
