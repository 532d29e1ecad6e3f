"""
The one definition of every cent: interest, level payment, shares, amortization.

Everything here is integers. An amount counts units of 10^-digits; the growth of a
period is `numerator / denominator` with one denominator per contract; a function named
`rounded` takes a numerator and a denominator and returns a rounded amount. What a
`rounded` function does is a term of the contract (see `loanmath.rounding`).
"""

from loanmath.arithmetic.amortization import (
    amortize_payments,
    amortize_principals,
    cleared,
    pay_down,
    pay_down_in_pieces,
)
from loanmath.arithmetic.digits import earned_digits, unearned_digits
from loanmath.arithmetic.growing import Growing
from loanmath.arithmetic.level import annuity, level_installment
from loanmath.arithmetic.rounded import Rounded
from loanmath.arithmetic.shares import distribute, spread
from loanmath.arithmetic.solution import PaymentRows, exact_solution, solved_payment
from loanmath.arithmetic.stages import Stages, staged_payment
from loanmath.arithmetic.walk import (
    ALL,
    CAPITALIZED,
    CARRIED,
    DUE,
    InterestOf,
    Opening,
    Walk,
    WalkRow,
    walk,
)

__all__ = [
    "ALL",
    "CAPITALIZED",
    "CARRIED",
    "DUE",
    "Growing",
    "InterestOf",
    "Opening",
    "PaymentRows",
    "Rounded",
    "Stages",
    "Walk",
    "WalkRow",
    "amortize_payments",
    "amortize_principals",
    "annuity",
    "cleared",
    "distribute",
    "earned_digits",
    "exact_solution",
    "level_installment",
    "pay_down",
    "pay_down_in_pieces",
    "solved_payment",
    "spread",
    "staged_payment",
    "unearned_digits",
    "walk",
]
