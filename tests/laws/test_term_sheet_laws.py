"""Laws of term sheets of agreements with any terms."""

from hypothesis import assume, given

from agreements import agreements, loan_of
from loanmath.errors import (
    DateRangeError,
    DayCountError,
    LimitError,
    ScheduleError,
    TermsError,
)
from loanmath.term_sheets import term_sheet
from unnamed_conventions import unnamed

REFUSALS = (ScheduleError, TermsError, DayCountError, DateRangeError, LimitError)


def planned(terms):
    """The loan of an agreement that can be planned."""
    try:
        loan = loan_of(terms)
        loan.schedule()
    except REFUSALS:
        assume(False)
        raise
    return loan


@given(terms=agreements())
def test_every_convention_that_could_move_a_cent_is_named(terms):
    assert unnamed(planned(terms)) == []


@given(terms=agreements())
def test_both_languages_say_as_much(terms):
    loan = planned(terms)
    english, chinese = term_sheet(loan), term_sheet(loan, "zh")
    assert len(english.left_open) == len(chinese.left_open)
    assert len(english.sections) == len(chinese.sections)
    assert all(section.lines for section in (*english.sections, *chinese.sections))
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in str(english))
