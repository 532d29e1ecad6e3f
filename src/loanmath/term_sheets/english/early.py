"""What may be repaid early, and what that costs or saves."""

from loanmath.currency import to_units
from loanmath.term_sheets.english.words import (
    amount_words,
    money,
    rounding_words,
    times,
)
from loanmath.term_sheets.facts import Facts, has_later_fees, saves_interest
from loanmath.terms import (
    FutureRule,
    InterestOn,
    InterestTo,
    Prepayment,
    PrepaymentEffect,
    PrepaymentFee,
    RemainingFees,
    Unearned,
)

__all__ = ["early_lines"]

_EFFECTS = {
    PrepaymentEffect.SHORTER: "the installments stay as they are and the loan ends"
    " sooner",
    PrepaymentEffect.SMALLER: "the term stays and the installments get smaller",
    PrepaymentEffect.NEXT: "the next installments of principal are paid with it",
}
_TO = {
    InterestTo.DAY: "that day",
    InterestTo.PERIOD: "the end of the period it is repaid in",
}
_UNEARNED = {
    Unearned.WAIVED: "If you repay all of it, interest of later periods is not owed.",
    Unearned.DUE: "If you repay all of it, all interest of the plan is owed just the"
    " same.",
    Unearned.RULE_OF_78: "If you repay all of it, all interest of the plan is owed,"
    " less what the rule of 78 gives back for the periods not begun.",
}
_FEES = {
    RemainingFees.WAIVED: "If you repay all of it, fees of later installments are not"
    " owed.",
    RemainingFees.DUE: "If you repay all of it, fees of later installments are owed"
    " just the same.",
}
_ON = {
    InterestOn.SCHEDULE: "An installment that is paid some days before its due date"
    " saves no interest.",
    InterestOn.BALANCE: "Interest runs on what you owe each day: an installment that is"
    " paid some days before its due date saves interest.",
}


def early_lines(known: Facts) -> list[str]:
    """Return what a part and all of it changes, and what early repayment costs."""
    servicing = known.loan.servicing
    terms, part = servicing.prepayment, "If you repay a part of the principal early"
    if servicing.allocation.future is not FutureRule.PRINCIPAL:
        # Otherwise what is paid beyond the due goes elsewhere.
        part += " and say so"
    lines = [f"{part}, {_EFFECTS[terms.effect]}."]
    if known.loan.rate is not None:
        lines += _interest(known, terms)
    if has_later_fees(known.loan):
        lines.append(_FEES[terms.remaining_fees])
    return [*lines, _cost(known, terms.fee)]


def _interest(known: Facts, terms: Prepayment) -> list[str]:
    if not saves_interest(known.loan):
        return _planned_interest(terms)
    early = "Principal that is repaid early"
    if terms.unearned is not Unearned.WAIVED:
        early += ", where some is left,"
    return [
        _ON[known.loan.servicing.interest_on],
        f"{early} bears interest to {_TO[terms.interest]}.",
        _UNEARNED[terms.unearned],
    ]


def _planned_interest(terms: Prepayment) -> list[str]:
    words = "What is paid early saves no interest"
    if terms.unearned is not Unearned.WAIVED:
        return [f"{words}.", _UNEARNED[terms.unearned]]
    until = _TO[terms.interest]
    owed = f"interest to {until} is owed, and none of later periods"
    return [
        f"{words}, unless you repay all of it.",
        f"If you repay all of it, {owed}.",
    ]


def _cost(known: Facts, fee: PrepaymentFee | None) -> str:
    if fee is None:
        return "These terms state no charge for repaying early."
    if fee.amount is not None:
        words = amount_words(known, fee.amount, "the principal that is repaid early")
    else:
        months = times(fee.months_of_interest or 0, "month")
        words = f"{months} of interest on the principal that is repaid early"
    if fee.least:
        least = to_units(fee.least, known.loan.digits, "least")
        words += f", at least {money(known, least)}"
    if fee.rounding is not None:
        words += f", rounded {rounding_words(known, fee.rounding)}"
    if fee.within is not None:
        due = times(fee.within, "installment")
        words += f"; once {due} fell due, nothing"
    return f"Repaying early costs {words}."
