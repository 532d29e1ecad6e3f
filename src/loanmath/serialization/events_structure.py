"""The kinds of events by their word in a file, and the forms they share."""

from loanmath.events import (
    Acceleration,
    BillDeferral,
    Breach,
    CashAdvance,
    Charge,
    Chargeback,
    ChargeOff,
    Conversion,
    CycleChange,
    Disbursement,
    InterestPause,
    InterestResume,
    LimitChange,
    Payment,
    Payout,
    PlanSettlement,
    Purchase,
    Recovery,
    Refund,
    Restructuring,
    Reversal,
    TermsChange,
    Transfer,
    Waiver,
    WriteOff,
)
from loanmath.serialization.structure import Form, iso_date

__all__ = ["DATES", "EVENTS"]

EVENTS: dict[str, type] = {
    "disbursement": Disbursement,
    "payment": Payment,
    "refund": Refund,
    "charge": Charge,
    "waiver": Waiver,
    "reversal": Reversal,
    "chargeback": Chargeback,
    "interest_pause": InterestPause,
    "interest_resume": InterestResume,
    "acceleration": Acceleration,
    "charge_off": ChargeOff,
    "write_off": WriteOff,
    "recovery": Recovery,
    "terms_change": TermsChange,
    "restructuring": Restructuring,
    "breach": Breach,
    "payout": Payout,
    "purchase": Purchase,
    "cash_advance": CashAdvance,
    "transfer": Transfer,
    "conversion": Conversion,
    "plan_settlement": PlanSettlement,
    "bill_deferral": BillDeferral,
    "limit_change": LimitChange,
    "cycle_change": CycleChange,
}
"""The kinds of events by their word in a file."""

DATES: dict[str, Form] = {
    "on": iso_date,
    "recorded": iso_date,
    "due": iso_date,
    "first_due": iso_date,
    "bought": iso_date,
    "since": iso_date,
    "until": iso_date,
}
"""The forms of the fields that are dates."""
