"""When installments fall due, and what happens on days off."""

from loanmath.calendars import BusinessDayRule
from loanmath.recurrence import Step
from loanmath.term_sheets.english.words import calendar_words, step_words
from loanmath.term_sheets.facts import Facts, FirstPeriod, only_date
from loanmath.terms import (
    BrokenPeriod,
    BusinessDays,
    InterestDates,
    InterestOnly,
    SinglePayment,
)

__all__ = ["date_lines"]

_RULES = {
    BusinessDayRule.UNADJUSTED: "stays where it is",
    BusinessDayRule.FOLLOWING: "moves to the next business day",
    BusinessDayRule.MODIFIED_FOLLOWING: "moves to the next business day, or to the one"
    " before where the next is in another month",
    BusinessDayRule.PRECEDING: "moves to the business day before",
    BusinessDayRule.MODIFIED_PRECEDING: "moves to the business day before, or to the"
    " next where the one before is in another month",
}
_INTEREST_DATES = {
    InterestDates.ADJUSTED: "Interest runs to the date as moved.",
    InterestDates.UNADJUSTED: "Interest runs to the date before it moves: only the"
    " payment moves.",
}
_BROKEN = {
    BrokenPeriod.COUNTED: "it counts as one period, and its interest is paid with the"
    " first installment",
    BrokenPeriod.SEPARATE: "the interest of the days before the first regular period is"
    " due alone, where that period starts",
    BrokenPeriod.ADDED: "the interest of the days before the first regular period is"
    " due on top of the first installment",
    BrokenPeriod.AT_DISBURSEMENT: "the interest of the days before the first regular"
    " period is paid on the day the money is paid out",
}
_IN_ADVANCE = (
    "Installments are due at the start of each period: the first on the day the money"
    " is paid out, without interest."
)


def date_lines(known: Facts) -> list[str]:
    """Return the due dates, the odd first period, and the rule for days off."""
    loan, only = known.loan, only_date(known.loan)
    if isinstance(loan.repayment, SinglePayment):
        what = "principal" if known.pays_interest_before else "repayment"
        lines = [f"The {what} falls due on {known.schedule[-1].due}."]
    elif only is not None:
        lines = [f"The only installment is due on {only}."]
    else:
        lines = [_due(known), *_first_period(known)]
    if loan.last_due is not None and only is None:
        lines.append(
            f"The last installment is due on {loan.last_due}, whatever the step."
        )
    if loan.business_days is not None:
        lines += _days_off(known, loan.business_days)
    return lines


def _due(known: Facts) -> str:
    loan, every = known.loan, known.loan.every
    what = "Installments fall due"
    if known.is_in_advance:
        # Interest falls due as a period begins.
        interest_only = isinstance(loan.repayment, InterestOnly)
        what = "Periods end" if interest_only else "Principal falls due"
    words = f"{what} {step_words(every)}, the first on {loan.anchor}"
    if not isinstance(every, Step) or not every.months:
        return f"{words}."
    if loan.end_of_month and loan.roll_day == 31:
        return f"{words}, always on the last day of the month."
    if loan.roll_day > 28:
        return (
            f"{words}, on day {loan.roll_day} of the month, or on the last day of a"
            " shorter month."
        )
    return f"{words}, on day {loan.roll_day} of the month."


def _first_period(known: Facts) -> list[str]:
    loan = known.loan
    span = f"from {loan.disbursed} to {loan.anchor}"
    if known.first_period is FirstPeriod.REGULAR:
        return []
    if known.first_period is FirstPeriod.IN_ADVANCE:
        return [_IN_ADVANCE]
    if known.first_period is FirstPeriod.SHORTER:
        return [f"The first period is shorter than the others, {span}."]
    words = f"The first period is longer than the others, {span}"
    if known.counts_first_period:
        return [f"{words}: {_BROKEN[loan.broken_period]}."]
    return [f"{words}."]


def _days_off(known: Facts, term: BusinessDays) -> list[str]:
    name = calendar_words(term.calendar.name)
    lines = [f"A due date on a day off {_RULES[term.rule]} (calendar: {name})."]
    if term.rule is not BusinessDayRule.UNADJUSTED and known.loan.rate is not None:
        lines.append(_INTEREST_DATES[term.interest])
    return lines
