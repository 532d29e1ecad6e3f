"""
What can happen to an account, as a closed union of frozen values.

Nothing that was recorded is ever edited: what was wrong is reversed by one more event.
Every event has the day it happened and the day it became known, so that what was
believed on any day has an answer.
"""

from loanmath.events.agreements import TermsChange
from loanmath.events.claims import Acceleration, Charge, ChargeOff, Waiver, WriteOff
from loanmath.events.corrections import (
    InterestPause,
    InterestResume,
    Reversal,
    ReversedAs,
)
from loanmath.events.entering import entered
from loanmath.events.lines import (
    BillDeferral,
    CashAdvance,
    Conversion,
    CycleChange,
    Drawing,
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
from loanmath.events.order import (
    HAPPENINGS,
    Event,
    LineOnly,
    LoanEvent,
    happening,
)
from loanmath.events.restructurings import Breach, Restructuring
from loanmath.events.reversals import effective_events

__all__ = [
    "HAPPENINGS",
    "Acceleration",
    "BillDeferral",
    "Breach",
    "CashAdvance",
    "Charge",
    "ChargeOff",
    "Chargeback",
    "Conversion",
    "CycleChange",
    "Disbursement",
    "Drawing",
    "Event",
    "InterestPause",
    "InterestResume",
    "LimitChange",
    "LineOnly",
    "LoanEvent",
    "Payment",
    "Payout",
    "PlanSettlement",
    "Purchase",
    "Recovery",
    "Refund",
    "Restructuring",
    "Reversal",
    "ReversedAs",
    "TermsChange",
    "Transfer",
    "Waiver",
    "WriteOff",
    "effective_events",
    "entered",
    "happening",
]
