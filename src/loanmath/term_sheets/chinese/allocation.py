"""Which part of the debt a payment clears, and what becomes of what is left over."""

from itertools import groupby

from loanmath.term_sheets.chinese.words import COMPONENTS
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AllocateBy,
    Allocation,
    CreditUse,
    FutureRule,
    Slot,
    Standing,
)

__all__ = ["allocation_lines"]

_STANDINGS = {
    Standing.PAST_DUE: "逾期款项",
    Standing.DUE: "当日到期款项",
    Standing.IN_ADVANCE: "未到期款项",
}
_BY = {
    AllocateBy.INSTALLMENT: "逐期冲抵：还清最早一期的上述各项后，再冲抵下一期。",
    AllocateBy.COMPONENT: "逐项冲抵：还清各期的同一项后，再冲抵下一项。",
}
_FUTURE = {
    FutureRule.NEXT: "超出到期应还的部分，依次支付以后各期。",
    FutureRule.LAST: "超出到期应还的部分，从最后一期起倒序支付。",
    FutureRule.NEXT_LAST: "超出到期应还的部分，先支付下一期，再从最后一期起倒序支付。",
    FutureRule.SPREAD: "超出到期应还的部分，平均支付以后各期。",
    FutureRule.PRINCIPAL: "超出到期应还的部分，用于提前归还本金。",
    FutureRule.CREDIT: "超出到期应还的部分，转为溢缴款。",
}
_CREDIT = {
    CreditUse.APPLIED: "溢缴款用于支付到期款项。",
    CreditUse.AT_ONCE: "溢缴款用于支付到期款项，新发生的费用也立即以溢缴款支付。",
    CreditUse.KEPT: "溢缴款不自动用于还款。",
}


def allocation_lines(known: Facts) -> list[str]:
    """Return the order in which a payment clears what is owed, and what is left."""
    terms = known.loan.servicing
    lines = [*_rule(terms.allocation), _CREDIT[terms.credit]]
    for kind, rule in terms.allocation.kinds:
        lines.append(f"类型为“{kind}”的还款：{''.join(_rule(rule))}")
    return lines


def _rule(terms: Allocation) -> list[str]:
    lines = [f"还款依次冲抵{_order(terms.order)}。", _BY[terms.by]]
    lines += [
        f"逾期满{tier.from_days}天起，还款依次冲抵{_order(tier.order)}。"
        for tier in terms.tiers
    ]
    return [*lines, _FUTURE[terms.future]]


def _order(slots: tuple[Slot, ...]) -> str:
    stretches = [
        (_STANDINGS[standing], [COMPONENTS[part] for _, part in run])
        for standing, run in groupby(slots, key=_standing)
    ]
    first = stretches[0][1]
    if all(parts == first for _, parts in stretches):
        names = "、".join(name for name, _ in stretches)
        return f"{names}；各款项内依次为{_in_turn(first)}"
    return "；".join(f"{name}的{_in_turn(parts)}" for name, parts in stretches)


def _in_turn(parts: list[str]) -> str:
    return "、".join(parts)


def _standing(slot: Slot) -> Standing:
    return slot[0]
