"""
Present value and internal rates of plain cash flows, every digit proved.

Floats propose a rate here; integers, or decimals with a proved bound on their error,
decide each of its digits. The proof is part of the result.
"""

from loanmath.yields.certificate import Certificate, Yield
from loanmath.yields.equation import Equation
from loanmath.yields.flows import Amounts, DatedAmounts
from loanmath.yields.internal_rate import irr
from loanmath.yields.signs import Sign
from loanmath.yields.values import present_value

__all__ = [
    "Amounts",
    "Certificate",
    "DatedAmounts",
    "Equation",
    "Sign",
    "Yield",
    "irr",
    "present_value",
]
