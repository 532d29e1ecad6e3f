"""How interest is counted."""

from typing import assert_never

from loanmath.daycount import HeadTail
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets.english.words import (
    DAY_COUNTS,
    points,
    rate_words,
    step_words,
    times,
)
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AddOnInterest,
    FloatingRate,
    InstallmentLoan,
    InterestPayments,
    LoanRate,
    SteppedRate,
)
from loanmath.terms.plan_kinds import pays_interest_first

__all__ = ["interest_lines"]

_HEAD_TAIL = {
    HeadTail.HEAD: "The day on which the money is paid out bears interest, the day on"
    " which it is repaid does not.",
    HeadTail.TAIL: "The day on which the money is paid out bears no interest, the day"
    " on which it is repaid does.",
    HeadTail.BOTH: "Both the day on which the money is paid out and the day of the last"
    " repayment bear interest.",
    HeadTail.NEITHER: "Neither the day on which the money is paid out nor the day of"
    " the last repayment bears interest.",
}


def interest_lines(known: Facts) -> list[str]:
    """Return the rate, its base, how time is counted, and when interest is due."""
    loan = known.loan
    if loan.rate is None:
        return ["There is no interest; a fee takes its place."]
    lines = _rate(known, loan.rate)
    base = "what you still owe"
    if isinstance(loan.repayment, AddOnInterest):
        base = "the whole loan for the whole term, however much has been repaid"
    lines.append(f"Interest is charged on {base}.")
    if loan.day_count is None and loan.rate.per is RateUnit.DAY:
        lines.append("Time is counted by actual days, each bearing the daily rate.")
    elif loan.rate.per is RateUnit.DAY:
        name = loan.counted_by.name
        lines.append(
            f"Days are counted as in {name} ({DAY_COUNTS[name]}), each bearing the"
            " daily rate."
        )
    else:
        name = loan.counted_by.name
        lines.append(f"Time is counted by {DAY_COUNTS[name]} ({name}).")
    if known.shares_months:
        lines.append("A part of a period has the share of the period's actual days.")
    if known.counts_end_days:
        lines.append(_HEAD_TAIL[loan.head_tail])
    if loan.interest_payments is not None:
        lines += _interest_payments(loan, loan.interest_payments)
    return lines


def _rate(known: Facts, rate: LoanRate) -> list[str]:
    match rate:
        case Rate():
            return [f"For the whole term the rate is {rate_words(known, rate)}."]
        case SteppedRate(initial=initial, changes=changes):
            lines = [f"At first the rate is {rate_words(known, initial)}."]
            return lines + [
                f"From {on} the rate is {rate_words(known, new)}."
                for on, new in changes
            ]
        case FloatingRate():
            return _floating(known, rate)
        case _:
            assert_never(rate)


def _floating(known: Facts, rate: FloatingRate) -> list[str]:
    source = f" ({rate.index.source})" if rate.index.source else ""
    formula = f"the index {rate.index.name}{source}"
    if rate.multiplier != 1:
        formula = f"{percentage_text(rate.multiplier)} of {formula}"
    if rate.spread:
        sign = "plus" if rate.spread > 0 else "minus"
        formula += f" {sign} {points(rate.spread)}"
    first = rate.initial or rate.on(known.loan.disbursed)
    lines = [
        f"The rate floats: it is {formula}.",
        f"Until the first reset it is {rate_words(known, first)}.",
    ]
    if rate.first_reset is not None:
        lines.append(
            f"It is reset {step_words(rate.resets)}, first on {rate.first_reset}."
        )
    else:
        lines.append(f"It is reset {step_words(rate.resets)}.")
    if rate.next_rate is not None:
        lines.append(f"At the first reset it is {rate_words(known, rate.next_rate)}.")
    days = f"{times(rate.fixing_days, 'day')} before " if rate.fixing_days else ""
    lines.append(f"The index is the latest one published up to {days}the reset.")
    # Rates that the terms state are what they are, whatever the bounds.
    bounded = "The rate"
    if rate.initial is not None or rate.next_rate is not None:
        bounded = "The rate that the index gives"
    if rate.floor is not None:
        lines.append(f"{bounded} is never below {percentage_text(rate.floor)}.")
    if rate.cap is not None:
        lines.append(f"{bounded} is never above {percentage_text(rate.cap)}.")
    return lines


def _interest_payments(loan: InstallmentLoan, term: InterestPayments) -> list[str]:
    lines: list[str] = []
    if term.every is not None:
        first = f", first on {term.first_due}" if term.first_due else ""
        too = "every" if pays_interest_first(loan) else "the last"
        lines.append(
            f"Interest falls due {step_words(term.every)}{first}, and with {too}"
            " installment."
        )
    if term.in_advance:
        lines.append(
            "Interest is paid in advance: for each period at its start, for the first"
            " on the day the money is paid out."
        )
    if term.capitalized_until is not None:
        lines.append(
            f"Up to {term.capitalized_until} interest is not paid but added to what you"
            " owe, and bears interest itself."
        )
    return lines
