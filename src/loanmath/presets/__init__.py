"""
Ready-made terms and the dated, cited constants behind them, one module per country.

A preset is like a product, never a claim about what a company offers today: rules and
figures come from the sources named, on the dates named, and what is only remembered
says so. A change adds a constant and never edits one. Nothing in the rest of the
library imports presets.

Functions return an `InstallmentLoan` or a `CreditLine`; what differs in a contract at
hand is changed with `attrs.evolve`.
"""

from loanmath.presets.facts import Fact

__all__ = ["Fact"]
