"""What the terms leave open, and what this sheet takes in its place."""

from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets.english.words import DAY_COUNTS
from loanmath.term_sheets.facts import Facts
from loanmath.term_sheets.open_details import (
    Detail,
    early_details,
    order_details,
    penalty_details,
)
from loanmath.term_sheets.open_points import OpenPoint
from loanmath.terms import InstallmentLoan, Prepayment

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
    OpenPoint.MONTH_ENDS: "Whether due dates that count from the last day of a month"
    " stay on last days need not have been agreed: they are taken to keep their day.",
    OpenPoint.RATE_CHANGE: "What a change of the rate moves need not have been agreed:"
    " the installment is taken to be worked out anew.",
    OpenPoint.SIZED_BY: "What the installment is worked out by need not have been"
    " agreed: the days that interest is counted by are taken, not equal months.",
    OpenPoint.EARNED: "How the interest that is added on spreads over the term need not"
    " have been agreed: the same in every installment is taken.",
    OpenPoint.ROUNDING_PLACE: "How often interest is rounded need not have been agreed:"
    " once in each period is taken.",
    OpenPoint.PAYMENT_ROUNDING: "How the installment is rounded need not have been"
    " agreed: as interest is.",
    OpenPoint.FEE_CHARGED: "When the fee for the installments is charged need not have"
    " been agreed: a share with each of them is taken.",
    OpenPoint.FEE_ROUNDING: "How fees are rounded need not have been agreed: as other"
    " amounts are.",
    OpenPoint.ROUNDING: "How amounts are rounded need not have been agreed: the nearest"
    " smallest unit of the currency is taken, a half away from zero.",
    OpenPoint.RESIDUE: "Who takes what rounding leaves over need not have been agreed:"
    " the last installment is taken.",
    OpenPoint.INDEX: "What the index will be is not known: the payments above take the"
    " latest one published for every later reset. What happens if it is no longer"
    " published is not agreed here.",
    OpenPoint.NO_FLOOR: "There is no lowest rate.",
    OpenPoint.NO_CAP: "There is no highest rate: your payments may rise without limit.",
    OpenPoint.LATE: "What being late costs (penalty interest, charges) is not stated:"
    " none is taken.",
    OpenPoint.ACCELERATION: "When the whole loan may fall due at once is not part of"
    " these terms.",
    OpenPoint.YEARLY_COST: "The yearly cost of the loan as the law of your country"
    " defines it (APR) is not stated here.",
}
_DETAILS = {
    Detail.PENALTY_BASE: "what it is charged on (overdue principal)",
    Detail.FIRST_DAY: "its first day (the due day)",
    Detail.PAYMENT_DAY: "the day of a late payment (not counted)",
    Detail.GRACE: "days of grace (none)",
    Detail.CONTRACT_INTEREST: "whether the contract's own interest goes on beside it"
    " (it does not)",
    Detail.PENALTY_ROUNDED: "what is rounded (the sum of each installment)",
    Detail.EFFECT: "what a part repaid early changes (the loan ends sooner)",
    Detail.INTEREST_TO: "how long it bears interest (to the day)",
    Detail.UNEARNED: "the interest of later periods (not owed)",
    Detail.REMAINING_FEES: "the fees of later installments (not owed)",
    Detail.EARLY_FEE: "what it costs (nothing)",
    Detail.INTEREST_ON: "whether some days before a due date save interest (they do"
    " not)",
    Detail.ORDER: "the order (penalty, compound interest, fees, interest, principal)",
    Detail.BY: "whether installments come one after the other (the oldest first)",
    Detail.FUTURE: "money beyond what is due (for the next installments)",
    Detail.CREDIT: "what a credit pays (what falls due)",
}


def open_line(known: Facts, point: OpenPoint) -> str:
    """Return one point that is left open."""
    match point:
        case OpenPoint.DAY_COUNT:
            return _day_count(known)
        case OpenPoint.DAYS_IN_YEAR:
            return _days_in_year(known)
        case OpenPoint.PENALTY:
            return _details("Of penalty interest", penalty_details(known.loan))
        case OpenPoint.EARLY:
            return _early(known.loan)
        case OpenPoint.ORDER:
            return _details("Of where a payment goes", order_details(known.loan))
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


def _early(loan: InstallmentLoan) -> str:
    words = _details("Of early repayment", early_details(loan))
    if loan.servicing.prepayment != Prepayment():
        return words
    return f"Whether you may repay early is not stated. {words}"


def _details(subject: str, details: tuple[Detail, ...]) -> str:
    named = "; ".join(_DETAILS[detail] for detail in details)
    return f"{subject} this need not have been agreed, and is taken: {named}."
