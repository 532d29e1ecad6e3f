"""How costs are told: what they are, when they are paid and how they are worked out."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from loanmath.analysis.disclosure.planned_costs import (
    PlannedCost,
)
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets import Language
from loanmath.term_sheets.chinese import late as chinese_late
from loanmath.term_sheets.english import late as english_late
from loanmath.terms import (
    AddOnInterest,
    ContractInterest,
    FeeBase,
    FeeOf,
    FeePaid,
    FlatFee,
    InstallmentLoan,
    LateCharge,
    PenaltyInterest,
    SteppedRate,
)

__all__ = [
    "compound_basis",
    "cost_basis",
    "cost_name",
    "cost_timing",
    "late_charge_basis",
    "penalty_basis",
    "text",
]

_ENGLISH = {
    "interest": "Interest",
    "plan fee": "Installment fee",
    "discount": "Discount",
    "fee": "{name}",
    "charges": "{name}",
    "tax": "Tax on {name}",
    "penalty": "Penalty interest",
    "compound": "Interest on unpaid interest",
    "beyond": "Interest and fees beyond the plan",
    "lender": "Lender",
    "never": "Not charged",
    "with principal": "With the principal that it joins",
    "once": "Once, {first}",
    "often": "{count} times, {first} to {last}",
    "deducted": "Withheld, {first}",
    "financed": "Added to the principal, {first}",
    "each day late": "For each day overdue",
    "late once": "Once, {days} day(s) after the due date",
    "while late": "While payment is late",
    "no rate": "No interest",
    "on outstanding": "{rate} of what is outstanding",
    "on original": "{rate} of the amount lent, added on",
    "per plan": "{share} of the amount lent",
    "per installment": "{share} of the amount lent, each installment",
    "of": "{share} of {base}",
    "stated": "Stated amount",
    "each": "{amount} each",
    "limits": "{how}, {limits}",
    "least": "at least {amount}",
    "most": "at most {amount}",
    "multiple": "{share} of the contract rate",
    "addition": "Contract rate + {rate}",
    "penalty on": "{rate}, on {base}",
    "beside": "{how}; contract interest continues",
    "compound how": "At the penalty rate, on unpaid {parts}",
    "as agreed": "As agreed",
    "from": "{rate} from {day}",
}
_CHINESE = {
    "interest": "利息",
    "plan fee": "分期手续费",
    "discount": "折价",
    "fee": "{name}",
    "charges": "{name}",
    "tax": "{name}的税费",
    "penalty": "罚息",
    "compound": "复利",
    "beyond": "计划外的利息和费用",
    "lender": "贷款人",
    "never": "不收取",
    "with principal": "计入本金后随本金收取",
    "once": "一次性，{first}",
    "often": "共{count}次，{first}至{last}",
    "deducted": "放款时扣除，{first}",
    "financed": "计入本金，{first}",
    "each day late": "逾期期间按日计收",
    "late once": "到期日后第{days}日一次性",
    "while late": "逾期期间",
    "no rate": "不计利息",
    "on outstanding": "{rate}，按剩余本金计收",
    "on original": "{rate}，按借款金额一次算定",
    "per plan": "借款金额的{share}",
    "per installment": "每期为借款金额的{share}",
    "of": "{base}的{share}",
    "stated": "约定金额",
    "each": "每次{amount}",
    "limits": "{how}，{limits}",
    "least": "最低{amount}",
    "most": "最高{amount}",
    "multiple": "合同利率的{share}",
    "addition": "合同利率加{rate}",
    "penalty on": "{rate}，按{base}计收",
    "beside": "{how}；合同利息继续计收",
    "compound how": "按罚息利率，对未付的{parts}计收",
    "as agreed": "按合同约定",
    "from": "{day}起{rate}",
}
_TEXTS = {Language.ENGLISH: _ENGLISH, Language.CHINESE: _CHINESE}

_FEE_BASES: Mapping[FeeOf, tuple[str, str]] = {
    FeeOf.PRINCIPAL: ("the amount lent", "借款金额"),
    FeeOf.OUTSTANDING: ("what is outstanding", "期初剩余本金"),
    FeeOf.PAYMENT: ("principal and interest due", "当期本息"),
    FeeOf.INTEREST: ("the interest due", "当期利息"),
    FeeOf.INSTALLMENT_PRINCIPAL: ("the principal due", "当期应还本金"),
}
_PENALTY_BASES = {
    Language.ENGLISH: english_late.PENALTY_BASES,
    Language.CHINESE: chinese_late.PENALTY_BASES,
}
_LATE_BASES = {
    Language.ENGLISH: english_late.LATE_BASES,
    Language.CHINESE: chinese_late.LATE_BASES,
}
_FEES = ("the fee", "费用")
_PARTS = {
    "interest": ("interest", "利息"),
    "penalty": ("penalty", "罚息"),
    "compound": ("compound interest", "复利"),
}
_UNITS = {RateUnit.DAY: "日利率", RateUnit.MONTH: "月利率", RateUnit.YEAR: "年利率"}


def text(lang: Language, key: str, **parts: object) -> str:
    """
    Return a text of the language, with its parts filled in.

    Example:
        >>> text(Language.ENGLISH, "once", first="2026-01-15")
        'Once, 2026-01-15'
    """
    return _TEXTS[lang][key].format(**parts)


def _of_two(lang: Language, words: tuple[str, str]) -> str:
    return words[lang is Language.CHINESE]


def _rate(lang: Language, rate: Rate) -> str:
    if lang is Language.ENGLISH:
        return str(rate)
    return f"{_UNITS[rate.per]}{percentage_text(rate.value)}"


def _money(loan: InstallmentLoan, amount: Decimal) -> str:
    return f"{loan.currency} {amount:,f}"


def cost_name(cost: PlannedCost, lang: Language) -> str:
    """Return what a cost is."""
    return text(lang, cost.kind, name=cost.name)


def cost_timing(cost: PlannedCost, lang: Language) -> str:
    """Return when a cost is paid."""
    days = [on for on, _ in cost.flows]
    if not days:
        return text(lang, "with principal" if cost.amount else "never")
    if cost.fee is not None and cost.fee.paid is not FeePaid.SEPARATELY:
        return text(lang, cost.fee.paid.value, first=days[0])
    if len(days) == 1:
        return text(lang, "once", first=days[0])
    return text(lang, "often", count=len(days), first=days[0], last=days[-1])


def cost_basis(cost: PlannedCost, loan: InstallmentLoan, lang: Language) -> str:
    """Return how a cost is worked out."""
    if cost.kind == "interest":
        return _interest_basis(loan, lang)
    if cost.kind == "plan fee" and isinstance(loan.repayment, FlatFee):
        whole = loan.repayment.fee_for is FeeBase.PLAN
        share = percentage_text(loan.repayment.fee)
        return text(lang, "per plan" if whole else "per installment", share=share)
    if cost.fee is None:
        return text(lang, "stated")
    if cost.kind == "tax":
        share = percentage_text(cost.fee.tax or Fraction(0))
        return text(lang, "of", share=share, base=_of_two(lang, _FEES))
    amount = cost.fee.amount
    if isinstance(amount, Fraction):
        base = _of_two(lang, _FEE_BASES[cost.fee.of])
        return text(lang, "of", share=percentage_text(amount), base=base)
    return text(lang, "each", amount=_money(loan, amount))


def _interest_basis(loan: InstallmentLoan, lang: Language) -> str:
    rate = loan.rate
    if rate is None:
        return text(lang, "no rate")
    if isinstance(rate, Rate):
        words = _rate(lang, rate)
    elif isinstance(rate, SteppedRate):
        later = [
            text(lang, "from", rate=_rate(lang, new), day=day)
            for day, new in rate.changes
        ]
        words = ", ".join([_rate(lang, rate.initial), *later])
    else:
        words = str(rate)
    added_on = isinstance(loan.repayment, AddOnInterest)
    return text(lang, "on original" if added_on else "on outstanding", rate=words)


def penalty_basis(terms: PenaltyInterest, lang: Language) -> str:
    """Return how penalty interest is worked out."""
    if terms.rate is not None:
        rate = _rate(lang, terms.rate)
    elif terms.addition is not None:
        rate = text(lang, "addition", rate=_rate(lang, terms.addition))
    else:
        share = percentage_text(terms.multiple or Fraction(0))
        rate = text(lang, "multiple", share=share)
    base = _PENALTY_BASES[lang][terms.base]
    how = text(lang, "penalty on", rate=rate, base=base)
    if terms.contract_interest is ContractInterest.CONTINUES:
        return text(lang, "beside", how=how)
    return how


def compound_basis(terms: PenaltyInterest, lang: Language) -> str:
    """Return what bears compound interest."""
    of = terms.compounding.of if terms.compounding is not None else ()
    parts = [_of_two(lang, _PARTS[part.value]) for part in of]
    joined = ("、" if lang is Language.CHINESE else ", ").join(parts)
    return text(lang, "compound how", parts=joined)


def late_charge_basis(charge: LateCharge, loan: InstallmentLoan, lang: Language) -> str:
    """Return how a late charge is worked out."""
    amount = charge.amount
    if isinstance(amount, Fraction):
        base = _LATE_BASES[lang][charge.of]
        how = text(lang, "of", share=percentage_text(amount), base=base)
    else:
        how = text(lang, "each", amount=_money(loan, amount))
    limits = []
    if charge.least:
        limits.append(text(lang, "least", amount=_money(loan, charge.least)))
    if charge.most is not None:
        limits.append(text(lang, "most", amount=_money(loan, charge.most)))
    joined = ("，" if lang is Language.CHINESE else ", ").join(limits)
    return text(lang, "limits", how=how, limits=joined) if limits else how
