"""What may be repaid early, and what that costs or saves."""

from loanmath.currency import to_units
from loanmath.term_sheets.chinese.words import amount_words, money, rounding_words
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
    PrepaymentEffect.SHORTER: "每期还款额不变，缩短还款期限",
    PrepaymentEffect.SMALLER: "还款期限不变，减少每期还款额",
    PrepaymentEffect.NEXT: "依次冲抵以后各期应还本金",
}
_TO = {
    InterestTo.DAY: "还款当日",
    InterestTo.PERIOD: "还款当期期末",
}
_UNEARNED = {
    Unearned.WAIVED: "全部提前还清的，以后各期利息不再收取。",
    Unearned.DUE: "全部提前还清的，仍须支付计划内的全部利息。",
    Unearned.RULE_OF_78: (
        "全部提前还清的，须支付计划内的全部利息，但按78法则退还尚未开始各期的利息。"
    ),
}
_FEES = {
    RemainingFees.WAIVED: "全部提前还清的，以后各期费用不再收取。",
    RemainingFees.DUE: "全部提前还清的，仍须支付以后各期费用。",
}
_ON = {
    InterestOn.SCHEDULE: "在还款日前几天提前支付当期款项的，利息不减少。",
    InterestOn.BALANCE: (
        "利息按实际占用金额和天数计算：在还款日前几天提前支付当期款项的，利息相应减少。"
    ),
}


def early_lines(known: Facts) -> list[str]:
    """Return what a part and all of it changes, and what early repayment costs."""
    servicing = known.loan.servicing
    terms, part = servicing.prepayment, "提前归还部分本金的"
    if servicing.allocation.future is not FutureRule.PRINCIPAL:
        # Otherwise what is paid beyond the due goes elsewhere.
        part = f"申请{part}"
    lines = [f"{part}，{_EFFECTS[terms.effect]}。"]
    if known.loan.rate is not None:
        lines += _interest(known, terms)
    if has_later_fees(known.loan):
        lines.append(_FEES[terms.remaining_fees])
    return [*lines, _cost(known, terms.fee)]


def _interest(known: Facts, terms: Prepayment) -> list[str]:
    if not saves_interest(known.loan):
        return _planned_interest(terms)
    early = "提前归还的本金"
    if terms.unearned is not Unearned.WAIVED:
        early += "（未全部还清的）"
    return [
        _ON[known.loan.servicing.interest_on],
        f"{early}，利息算至{_TO[terms.interest]}。",
        _UNEARNED[terms.unearned],
    ]


def _planned_interest(terms: Prepayment) -> list[str]:
    words = "提前还款的，利息不减少"
    if terms.unearned is not Unearned.WAIVED:
        return [f"{words}。", _UNEARNED[terms.unearned]]
    return [
        f"{words}，全部提前还清的除外。",
        f"全部提前还清的，利息算至{_TO[terms.interest]}，以后各期利息不再收取。",
    ]


def _cost(known: Facts, fee: PrepaymentFee | None) -> str:
    if fee is None:
        return "合同条款未列提前还款的收费。"
    if fee.amount is not None:
        words = amount_words(known, fee.amount, "提前归还本金")
    else:
        words = f"提前归还本金{fee.months_of_interest}个月的利息"
    if fee.least:
        least = to_units(fee.least, known.loan.digits, "least")
        words += f"，最低{money(known, least)}"
    if fee.rounding is not None:
        words += f"，金额{rounding_words(known, fee.rounding)}"
    if fee.within is not None:
        words += f"；已有{fee.within}期到期后不再收取"
    return f"提前还款收费：{words}。"
