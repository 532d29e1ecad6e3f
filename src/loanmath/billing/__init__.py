"""What a bill of a credit line costs, and why."""

from loanmath.billing.bill import BillInterest, BillSegment, bill_interest

__all__ = ["BillInterest", "BillSegment", "bill_interest"]
