"""
Terms that follow from a payment: principal, payment, count, balloon or rate.

Every answer comes with the loan and the schedule that prove it. Integers are searched
on a grid along a payment that is proved to rise with them; no float is involved.
"""

from loanmath.solving.questions import solve_for
from loanmath.solving.solution import Bracket, Solution, Unknown

__all__ = ["Bracket", "Solution", "Unknown", "solve_for"]
