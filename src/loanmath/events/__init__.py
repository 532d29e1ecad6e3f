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
from loanmath.events.money import (
    Chargeback,
    Disbursement,
    Payment,
    Payout,
    Recovery,
    Refund,
)
from loanmath.events.order import HAPPENINGS, Event, event_key, happening

__all__ = [
    "HAPPENINGS",
    "Acceleration",
    "Charge",
    "ChargeOff",
    "Chargeback",
    "Disbursement",
    "Event",
    "InterestPause",
    "InterestResume",
    "Payment",
    "Payout",
    "Recovery",
    "Refund",
    "Reversal",
    "ReversedAs",
    "TermsChange",
    "Waiver",
    "WriteOff",
    "event_key",
    "happening",
]
