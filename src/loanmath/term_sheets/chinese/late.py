"""What being late costs, and what it costs at the most."""

from datetime import date
from fractions import Fraction
from typing import assert_never

from loanmath.currency import to_units
from loanmath.rates import Rate
from loanmath.term_sheets.chinese.words import (
    COMPONENTS,
    UNITS,
    amount_words,
    day_words,
    money,
    plain_rate,
    points,
    rounding_words,
)
from loanmath.term_sheets.facts import (
    Facts,
    counts_every_day,
    number_text,
    penalty_year,
)
from loanmath.terms import (
    AmountCap,
    Cap,
    Component,
    Compounded,
    Compounding,
    ContractInterest,
    DaysPastDue,
    FirstDay,
    Grace,
    InDuplum,
    LateCharge,
    LateChargeOf,
    PaymentDay,
    PenaltyBase,
    PenaltyInterest,
    PenaltyRounded,
    RateCap,
)
from loanmath.terms.replanning import follows_balance

__all__ = ["LATE_BASES", "PENALTY_BASES", "late_lines"]

PENALTY_BASES = {
    PenaltyBase.PRINCIPAL: "逾期本金",
    PenaltyBase.PRINCIPAL_AND_INTEREST: "逾期本金和利息",
    PenaltyBase.INSTALLMENT: "逾期的当期应还款",
}
LATE_BASES = {
    LateChargeOf.OVERDUE: "逾期金额",
    LateChargeOf.PRINCIPAL: "逾期本金",
    LateChargeOf.INSTALLMENT: "当期应还款",
}
_FIRST = {
    FirstDay.DUE_DAY: "罚息自还款日当日起计",
    FirstDay.DAY_AFTER: "罚息自还款日次日起计",
}
_PAYMENT = {
    PaymentDay.NOT_COUNTED: "实际还款当日不计",
    PaymentDay.COUNTED: "逾期后实际还款当日也计",
}
_CONTRACT = {
    ContractInterest.REPLACED: "逾期本金计收罚息后，不再另计合同利息。",
    ContractInterest.CONTINUES: "逾期本金除罚息外，合同利息继续计收。",
}
_GOES_ON = {
    True: "逾期本金继续按合同利率计息。",
    False: "逾期本金继续按合同利率计息，至最后还款日止。",
}
_ROUNDED = {
    PenaltyRounded.DAY: "逐日取整",
    PenaltyRounded.INSTALLMENT: "按每期累计额取整",
    PenaltyRounded.TOTAL: "按各期合计额取整",
}
_COMPOUNDED = {
    Compounded.DAILY: "自次日起",
    Compounded.DUE_DATES: "自下一还款日起",
    Compounded.MONTHLY: "自下一个每月{}日起",
    Compounded.QUARTERLY: "自下一个季末月（3月、6月、9月、12月）{}日起",
}


def late_lines(known: Facts) -> list[str]:
    """Return penalty interest, the charges made once, and their ceilings."""
    penalty, terms = known.loan.penalty, known.loan.servicing
    if penalty is not None:
        lines = _penalty(known, penalty)
        if not terms.late_charges:
            lines.append("合同条款未列其他逾期收费。")
    elif terms.late_charges:
        lines = ["不按日计收罚息。"]
    else:
        lines = ["合同条款未列罚息和逾期收费。"]
    if penalty is None and follows_balance(known.loan):
        lines.append(_GOES_ON[counts_every_day(known.loan)])
    lines += [_charge(known, charge) for charge in terms.late_charges]
    lines += [_cap(known, cap) for cap in terms.caps]
    return lines + _days_past_due(known, terms.days_past_due)


def _penalty(known: Facts, terms: PenaltyInterest) -> list[str]:
    lines = [
        (
            f"罚息：对{PENALTY_BASES[terms.base]}，按{_penalty_rate(known, terms)}"
            "逐日计收，直至还清。"
        ),
        f"{_FIRST[terms.first_day]}，{_PAYMENT[terms.payment_day]}。",
    ]
    if terms.grace_days:
        lines.append(_grace(terms))
    if terms.tolerance:
        units = to_units(terms.tolerance, known.loan.digits, "tolerance")
        lines.append(f"某期计收基数不超过{money(known, units)}的，不计罚息。")
    if known.loan.rate is not None:
        lines.append(_CONTRACT[terms.contract_interest])
    words = rounding_words(known, terms.rounding or known.loan.rounding)
    lines.append(f"罚息{_ROUNDED[terms.rounded]}：{words}。")
    if terms.compounding is not None:
        lines.append(_compounding(terms.compounding))
    return lines


def _penalty_rate(known: Facts, terms: PenaltyInterest) -> str:
    contract, more, notes = known.loan.rate, terms.addition, list[str]()
    if terms.rate is not None:
        words = plain_rate(terms.rate.value, terms.rate.per)
    elif more is not None:
        words = f"合同利率加{points(more.value)}"
        notes.append(UNITS[more.per])
    else:
        share = terms.multiple or Fraction(0)
        words = f"合同利率的{number_text(share)}倍"
        if isinstance(contract, Rate):
            notes.append(f"即{plain_rate(share * contract.value, contract.per)}")
    year = penalty_year(known.loan, terms)
    if year is not None:
        notes.append(_a_day(year))
    return f"{words}（{'，'.join(notes)}）" if notes else words


def _a_day(year: int) -> str:
    return f"一年按{year}天折算为日利率"


def _grace(terms: PenaltyInterest) -> str:
    days = f"{terms.grace_days}天"
    if terms.grace is Grace.FREE:
        return f"前{days}为宽限期，不计罚息。"
    return (
        f"宽限期{days}：还款日后{days}内还清的，不计罚息；超过宽限期的，"
        "宽限期内也计罚息。"
    )


def _compounding(terms: Compounding) -> str:
    rate = "罚息利率"
    if terms.at_contract_rate:
        rate = "合同利率（最后还款日起按罚息利率）"
    parts = "、".join(COMPONENTS[part] for part in terms.of)
    words = f"未还的{parts}按{rate}计收复利"
    later = [COMPONENTS[part] for part in terms.of if part is not Component.INTEREST]
    if later:
        when = _COMPOUNDED[terms.every].format(terms.day)
        words += f"，其中{'、'.join(later)}{when}计收"
    return f"{words}。"


def _charge(known: Facts, charge: LateCharge) -> str:
    amount = amount_words(known, charge.amount, LATE_BASES[charge.of])
    digits = known.loan.digits
    if charge.least:
        amount += f"，最低{money(known, to_units(charge.least, digits, 'least'))}"
    if charge.most is not None:
        amount += f"，最高{money(known, to_units(charge.most, digits, 'most'))}"
    words = f"{charge.name}：{amount}，某期逾期满{charge.days_late}天"
    if charge.tolerance:
        units = to_units(charge.tolerance, digits, "tolerance")
        words += f"且逾期金额超过{money(known, units)}"
    words += "的收取一次"
    if charge.rounding is not None:
        words += f"，金额{rounding_words(known, charge.rounding)}"
    return f"{words}。"


def _cap(known: Facts, cap: Cap) -> str:
    match cap:
        case RateCap(rate=rate):
            what = f"逾期各项费用累计不超过逾期本金按{plain_rate(rate.value, rate.per)}"
            if cap.days_in_year is not None:
                what += f"（{_a_day(cap.days_in_year)}）"
            what += "计算的金额"
        case AmountCap(most=most, of=of):
            parts = "、".join(COMPONENTS[part] for part in of)
            limit = amount_words(known, most, "借款金额")
            what = f"{parts}（含全部逾期收费）合计不超过{limit}"
        case InDuplum():
            what = "未还的逾期利息、罚息和复利合计不超过未还本金"
        case _:
            assert_never(cap)
    return f"上限（{cap.name}）：{what}{_in_force(cap.since, cap.until)}。"


def _in_force(since: date | None, until: date | None) -> str:
    words = ""
    if since is not None:
        words += f"，自{day_words(since)}起适用"
    if until is not None:
        words += f"，至{day_words(until)}前适用"
    return words


def _days_past_due(known: Facts, terms: DaysPastDue) -> list[str]:
    lines: list[str] = []
    if terms.grace_days:
        lines.append(
            f"逾期不超过{terms.grace_days}天的不计逾期天数，超过的全部计入逾期天数。"
        )
    if terms.tolerance:
        units = to_units(terms.tolerance, known.loan.digits, "tolerance")
        lines.append(f"逾期金额不超过{money(known, units)}的不视为逾期。")
    return lines
