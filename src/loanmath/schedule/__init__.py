"""What is planned: periods, installments, and the schedule that prints as a table."""

from loanmath.schedule.explanation import Explanation
from loanmath.schedule.payments import level_payment
from loanmath.schedule.rate_path import rate_path
from loanmath.schedule.rows import CashFlow, Installment, Totals
from loanmath.schedule.schedule import Schedule, plan

__all__ = [
    "CashFlow",
    "Explanation",
    "Installment",
    "Schedule",
    "Totals",
    "level_payment",
    "plan",
    "rate_path",
]
