"""Fees and the tax on them."""

from loanmath.rates import percentage_text
from loanmath.term_sheets.english.words import amount_words, rounding_words
from loanmath.term_sheets.facts import Facts
from loanmath.terms import Fee, FeeDue, FeeOf, FeePaid, FlatFee

__all__ = ["fee_lines"]

_BASES = {
    FeeOf.PRINCIPAL: "the amount lent",
    FeeOf.OUTSTANDING: "what you owe as the period begins",
    FeeOf.PAYMENT: "principal and interest of the installment",
    FeeOf.INTEREST: "the interest of the installment",
    FeeOf.INSTALLMENT_PRINCIPAL: "the principal of the installment",
}
_PAID = {
    FeePaid.SEPARATELY: "paid by you",
    FeePaid.DEDUCTED: "withheld from what you receive",
    FeePaid.FINANCED: "added to the loan",
}


def fee_lines(known: Facts) -> list[str]:
    """Return every fee: how much, of what, when, and the tax on it."""
    if known.loan.fees:
        return [_fee(known, fee) for fee in known.loan.fees]
    if isinstance(known.loan.repayment, FlatFee):
        return ["There are no fees beside the one of the installments."]
    return ["There are no fees."]


def _fee(known: Facts, fee: Fee) -> str:
    words = (
        f"{fee.name}: {amount_words(known, fee.amount, _BASES[fee.of])}, {_due(fee)}."
    )
    if fee.tax is not None:
        words += f" Tax of {percentage_text(fee.tax)} of the fee is due with it."
    if fee.rounding is not None:
        words += f" It is rounded {rounding_words(known, fee.rounding)}."
    return words


def _due(fee: Fee) -> str:
    match fee.due:
        case FeeDue.DISBURSEMENT:
            return f"{_PAID[fee.paid]} on the day the money is paid out"
        case FeeDue.INSTALLMENTS:
            if fee.every == 1:
                return "due with every installment"
            return f"due with installments {fee.every}, {2 * fee.every} and so on"
        case day:
            return f"due on {day}"
