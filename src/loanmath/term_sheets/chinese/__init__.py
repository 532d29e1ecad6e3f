"""The term sheet in simplified Chinese (简体中文)."""

from loanmath.term_sheets.chinese.allocation import allocation_lines
from loanmath.term_sheets.chinese.charges import fee_lines
from loanmath.term_sheets.chinese.dates import date_lines
from loanmath.term_sheets.chinese.early import early_lines
from loanmath.term_sheets.chinese.interest import interest_lines
from loanmath.term_sheets.chinese.late import late_lines
from loanmath.term_sheets.chinese.openings import open_line
from loanmath.term_sheets.chinese.payout import payout_lines
from loanmath.term_sheets.chinese.repayment import repayment_lines
from loanmath.term_sheets.chinese.rounding import rounding_lines
from loanmath.term_sheets.facts import Facts
from loanmath.term_sheets.open_points import open_points
from loanmath.term_sheets.values import Language, Section, TermSheet

__all__ = ["sheet"]

_SECTIONS = (
    ("放款", payout_lines),
    ("还款", repayment_lines),
    ("计息", interest_lines),
    ("还款日", date_lines),
    ("取整与尾差", rounding_lines),
    ("费用与税", fee_lines),
    ("逾期", late_lines),
    ("提前还款", early_lines),
    ("还款冲抵顺序", allocation_lines),
)


def sheet(known: Facts) -> TermSheet:
    """Return the term sheet of a loan in simplified Chinese."""
    sections = tuple(Section(title, lines_of(known)) for title, lines_of in _SECTIONS)
    return TermSheet(
        loan=known.loan,
        lang=Language.CHINESE,
        title="借款合同要点",
        sections=sections,
        left_open=tuple(open_line(known, point) for point in open_points(known)),
        left_open_title="未约定事项",
    )
