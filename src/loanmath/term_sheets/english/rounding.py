"""How amounts are rounded, and who takes what rounding leaves."""

from typing import assert_never

from loanmath.term_sheets.english.words import rounding_words, unit_words
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AddOnInterest,
    Earned,
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Repayment,
    Residue,
    RoundedPer,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["rounding_lines"]

_PLACES = {
    RoundedPer.PERIOD: "once in each period",
    RoundedPer.SEGMENT: "once in each part of a period with one rate and one balance",
    RoundedPer.DAY: "for every single day",
}


def rounding_lines(known: Facts) -> list[str]:
    """Return the rounding of interest, of payments and of fees, and the residue."""
    loan = known.loan
    words = rounding_words(known, loan.rounding)
    match loan.repayment:
        case FlatFee(residue=Residue.SPREAD):
            lines = []
        case FlatFee():
            lines = [f"Shares of principal are rounded {words}."]
        case AddOnInterest():
            lines = [_added_on(loan.repayment, words)]
        case _:
            lines = [f"Interest is rounded {words}, {_PLACES[loan.interest_rounded]}."]
    payment = getattr(loan.repayment, "rounding", None)
    if payment is not None and not _is_spread(loan.repayment):
        lines.append(f"The installment is rounded {rounding_words(known, payment)}.")
    fee = getattr(loan.repayment, "fee_rounding", None)
    if fee is not None:
        lines.append(f"The fee is rounded {rounding_words(known, fee)}.")
    return lines + _residue(known)


def _added_on(terms: AddOnInterest, words: str) -> str:
    what = "The whole interest"
    if terms.earned is Earned.BY_TIME:
        what = "The interest of each installment"
    shares = "" if _is_spread(terms) else ", and every share,"
    return f"{what}{shares} is rounded {words}."


def _is_spread(terms: Repayment) -> bool:
    # What is spread is rounded down, whatever the mode.
    return getattr(terms, "residue", None) is Residue.SPREAD


def _residue(known: Facts) -> list[str]:
    terms = known.loan.repayment
    match terms:
        case LevelPayment(residue=Residue.SPREAD):
            return [_spread(known, terms)]
        case LevelPayment(residue=residue):
            return [_LEVEL[residue]]
        case EqualPrincipal(residue=residue) | FlatFee(residue=residue):
            return [_SHARES[residue]]
        case AddOnInterest(residue=residue):
            return [_SHARES[residue]]
        case FixedPayment() | FixedPrincipal() | GraduatedPayment() | SteppedPayment():
            return ["The last installment takes what rounding leaves over."]
        case InterestOnly() | SinglePayment() | PrincipalAmounts():
            return [
                "No installment is a rounded share, so rounding leaves nothing over."
            ]
        case _:
            assert_never(terms)


def _spread(known: Facts, terms: LevelPayment) -> str:
    unit = unit_words(known, terms.rounding or known.loan.rounding)
    return (
        f"Installments are rounded down to a full {unit}, and the first few are {unit}"
        " more, so that what rounding leaves over is spread; the last clears the loan."
    )


# What is spread names its unit.
_LEVEL = {
    Residue.LAST: "The last installment takes what rounding leaves over.",
    Residue.FIRST: "The first installment takes what rounding leaves over, so that the"
    " last is as near to the others as can be.",
    Residue.SECOND_PASS: "Where the last installment would differ by much, all are"
    " moved a little to make it differ less; the last takes what then is left over.",
}
# Shares know no second pass.
_SHARES = {
    Residue.LAST: "The last installment takes what rounding leaves over of the shares.",
    Residue.FIRST: "The first installment takes what rounding leaves over of the"
    " shares.",
    Residue.SPREAD: "Shares are rounded down, and the first few are one unit more.",
}
