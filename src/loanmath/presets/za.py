"""South Africa: arrear interest stops where it equals the principal."""

from datetime import date

from loanmath.presets.facts import Fact
from loanmath.terms import InDuplum

__all__ = ["IN_DUPLUM"]

IN_DUPLUM: Fact[InDuplum] = Fact(
    InDuplum(),
    in_force=date(2007, 6, 1),
    source="National Credit Act 34 of 2005, s. 103(5)",
    recalled=True,
    note="the text was not seen; the act counts every cost of credit that accrues in "
    "default against what was unpaid when default began, the common law what is unpaid "
    "against the unpaid principal, as here",
)
"""Unpaid arrear interest is at most the unpaid principal (in duplum rule)."""
