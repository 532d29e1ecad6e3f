"""
An agreement in plain words, for whoever signs it: what is agreed, and what is not.

Every statement is made from the terms and their schedule, in English or in Chinese.
"""

from loanmath.term_sheets.sheet import term_sheet
from loanmath.term_sheets.values import Language, Section, TermSheet

__all__ = ["Language", "Section", "TermSheet", "term_sheet"]
