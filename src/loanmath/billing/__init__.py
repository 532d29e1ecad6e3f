"""What a bill of a credit line costs, and why."""

from loanmath.billing.bill import BillInterest, BillSegment, bill_interest
from loanmath.billing.minimum import default_charge, minimum_payment

__all__ = [
    "BillInterest",
    "BillSegment",
    "bill_interest",
    "default_charge",
    "minimum_payment",
]
