"""
Present value and internal rates of plain cash flows, every digit certified.

Floats propose a rate here; exact integers, or decimals with a proved error bound,
decide each of its digits.
"""

from loanmath.yields.equation import Certificate, Equation, Sign
from loanmath.yields.internal_rate import Yield, irr
from loanmath.yields.values import present_value

__all__ = ["Certificate", "Equation", "Sign", "Yield", "irr", "present_value"]
