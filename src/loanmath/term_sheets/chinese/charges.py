"""Fees and the tax on them."""

from loanmath.rates import percentage_text
from loanmath.term_sheets.chinese.words import amount_words, day_words, rounding_words
from loanmath.term_sheets.facts import Facts
from loanmath.terms import Fee, FeeDue, FeeOf, FeePaid, FlatFee

__all__ = ["fee_lines"]

_BASES = {
    FeeOf.PRINCIPAL: "借款金额",
    FeeOf.OUTSTANDING: "期初剩余本金",
    FeeOf.PAYMENT: "当期本息",
    FeeOf.INTEREST: "当期利息",
    FeeOf.INSTALLMENT_PRINCIPAL: "当期应还本金",
}
_PAID = {
    FeePaid.SEPARATELY: "放款当日由借款人另行支付",
    FeePaid.DEDUCTED: "放款时从放款金额中扣除",
    FeePaid.FINANCED: "放款当日计入本金",
}


def fee_lines(known: Facts) -> list[str]:
    """Return every fee: how much, of what, when, and the tax on it."""
    if known.loan.fees:
        return [_fee(known, fee) for fee in known.loan.fees]
    if isinstance(known.loan.repayment, FlatFee):
        return ["除分期手续费外，无其他费用。"]
    return ["无费用。"]


def _fee(known: Facts, fee: Fee) -> str:
    amount = amount_words(known, fee.amount, _BASES[fee.of])
    words = f"{fee.name}：{amount}，{_due(fee)}。"
    if fee.tax is not None:
        words += f"另按费用的{percentage_text(fee.tax)}计收税款。"
    if fee.rounding is not None:
        words += f"金额{rounding_words(known, fee.rounding)}。"
    return words


def _due(fee: Fee) -> str:
    match fee.due:
        case FeeDue.DISBURSEMENT:
            return _PAID[fee.paid]
        case FeeDue.INSTALLMENTS:
            return "随每期收取" if fee.every == 1 else f"每{fee.every}期收取一次"
        case day:
            return f"{day_words(day)}收取"
