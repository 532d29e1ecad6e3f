"""What the terms leave open, and what this sheet takes in its place."""

from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets.english.words import DAY_COUNTS
from loanmath.term_sheets.facts import Facts, OpenPoint

__all__ = ["open_line"]

_LINES = {
    OpenPoint.END_DAYS: "Which end days bear interest need not have been agreed: the"
    " usual rule is taken, the first day and not the last.",
    OpenPoint.DAYS_OFF: "What happens where a due date is a day off is not agreed: due"
    " dates are taken to stay where they are.",
    OpenPoint.SHORT_MONTHS: "What happens in months without the due day need not have"
    " been agreed: their last day is taken.",
    OpenPoint.FIRST_PERIOD: "How the odd first period is paid for need not have been"
    " agreed: it is taken as a period of its length.",
    OpenPoint.ROUNDING: "How amounts are rounded need not have been agreed: the nearest"
    " smallest unit of the currency is taken, a half away from zero.",
    OpenPoint.RESIDUE: "Who takes what rounding leaves over need not have been agreed:"
    " the last installment is taken.",
    OpenPoint.INDEX: "What the index will be is not known: the payments above take the"
    " latest one published for every later reset. What happens if it is no longer"
    " published is not agreed here.",
    OpenPoint.NO_FLOOR: "There is no lowest rate.",
    OpenPoint.NO_CAP: "There is no highest rate: your payments may rise without limit.",
    OpenPoint.LATE: "Late payment (penalty interest, charges, when the whole loan falls"
    " due) is not part of these terms.",
    OpenPoint.EARLY: "Early repayment (whether you may, what it costs, whether payments"
    " or the term shrink) is not part of these terms.",
    OpenPoint.EARLY_CHARGE: "How much of the charge you are spared by repaying early is"
    " not agreed here.",
    OpenPoint.ORDER: "Which part of the debt a partial payment pays first (fees,"
    " interest, principal) is not part of these terms.",
    OpenPoint.YEARLY_COST: "The yearly cost of the loan as the law of your country"
    " defines it (APR) is not stated here.",
}


def open_line(known: Facts, point: OpenPoint) -> str:
    """Return one point that is left open."""
    match point:
        case OpenPoint.DAY_COUNT:
            return _day_count(known)
        case OpenPoint.DAYS_IN_YEAR:
            return _days_in_year(known)
        case _:
            return _LINES[point]


def _day_count(known: Facts) -> str:
    loan = known.loan
    if loan.rate is not None and loan.rate.per is RateUnit.DAY:
        words = "actual days, since the rate is per day"
    else:
        words = DAY_COUNTS[loan.counted_by.name]
    return f"No day count is stated. What follows from the rate is taken: {words}."


def _days_in_year(known: Facts) -> str:
    rate = known.loan.rate
    words = "The rate per year depends on the days that a year is taken to have"
    if not isinstance(rate, Rate):
        return f"{words}."
    short, long = (
        percentage_text(rate.per_year(days_in_year=days).value) for days in (360, 365)
    )
    return f"{words}: {short} with 360 days, {long} with 365."
