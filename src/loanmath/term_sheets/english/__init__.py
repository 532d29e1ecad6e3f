"""The term sheet in English."""

from loanmath.term_sheets.english.allocation import allocation_lines
from loanmath.term_sheets.english.charges import fee_lines
from loanmath.term_sheets.english.dates import date_lines
from loanmath.term_sheets.english.early import early_lines
from loanmath.term_sheets.english.interest import interest_lines
from loanmath.term_sheets.english.late import late_lines
from loanmath.term_sheets.english.openings import open_line
from loanmath.term_sheets.english.payout import payout_lines
from loanmath.term_sheets.english.repayment import repayment_lines
from loanmath.term_sheets.english.rounding import rounding_lines
from loanmath.term_sheets.facts import Facts
from loanmath.term_sheets.open_points import open_points
from loanmath.term_sheets.values import Language, Section, TermSheet

__all__ = ["sheet"]

_SECTIONS = (
    ("Money paid out", payout_lines),
    ("Repayment", repayment_lines),
    ("Interest", interest_lines),
    ("Due dates", date_lines),
    ("Rounding", rounding_lines),
    ("Fees and taxes", fee_lines),
    ("Late payment", late_lines),
    ("Early repayment", early_lines),
    ("Where a payment goes", allocation_lines),
)


def sheet(known: Facts) -> TermSheet:
    """Return the term sheet of a loan in English."""
    sections = tuple(Section(title, lines_of(known)) for title, lines_of in _SECTIONS)
    return TermSheet(
        loan=known.loan,
        lang=Language.ENGLISH,
        title="The loan agreement in plain words",
        sections=sections,
        left_open=tuple(open_line(known, point) for point in open_points(known)),
        left_open_title="What these terms leave open",
    )
