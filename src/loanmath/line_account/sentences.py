"""Postings of a line as sentences, in English and Chinese."""

from loanmath.account.facts import exact
from loanmath.doors import to_enum
from loanmath.errors import InputTypeError
from loanmath.line_account.postings import LinePosting
from loanmath.rates import percentage_text
from loanmath.term_sheets import Language

__all__ = ["explain_line"]

_PARTS_ZH = {
    "penalty": "违约金",
    "fee": "费用",
    "interest": "利息",
    "principal": "本金",
    "credit": "溢缴款",
}
_RULES_ZH = {
    "drawn": "入账",
    "transaction fee": "手续费",
    "interest": "计息",
    "payment": "还款",
    "refund": "退款",
    "refund of a purchase": "消费退款",
    "installment": "分期入账",
    "conversion": "转为分期",
    "plan settled": "分期提前结清",
    "default charge": "违约金",
    "charge": "收费",
    "waiver": "减免",
    "payout": "退还溢缴款",
    "payment returned": "还款退回",
    "reversal": "冲正",
    "paid in full": "全额还清",
}
_PARTS_EN = {"penalty": "penalty", "fee": "fees", "credit": "the credit"}


def explain_line(posting: LinePosting, lang: str | Language = "en") -> str:
    """
    Return a posting of a line as one sentence.

    Args:
        posting: The posting.
        lang: The language: `"en"` or `"zh"`.

    Raises:
        InputTypeError: If it is not a `LinePosting`, or the language is of a wrong
            type.
        UnknownNameError: If there is no such language.

    Example:
        >>> from datetime import date
        >>> from loanmath import Payment, Purchase
        >>> from loanmath.line_account import LineAccount
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> account = account.record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        ...     Payment(id="p1", on=date(2026, 4, 20), amount="400"))
        >>> interest = account.postings()[1]
        >>> print(explain_line(interest))
        On 2026-04-20 interest of CNY 4.50 became owed on purchases: CNY 1,000.00 for 9 days from 2026-04-11 at 0.05% a day.
        >>> print(explain_line(interest, "zh"))
        2026年4月20日，purchases计息4.50元：1,000.00元自2026年4月11日起9天，日利率0.05%。
    """  # noqa: E501 the sentence is one line
    if type(posting) is not LinePosting:
        raise InputTypeError("posting", got=posting, allowed="LinePosting(...)")
    if to_enum(lang, Language, "lang") is Language.CHINESE:
        return _chinese(posting)
    return f"On {posting.on} {_english(posting)}."


def _spans(posting: LinePosting) -> list[tuple[str, str, int, object]]:
    """Return what bore: amount, daily rate, days, and the first of them."""
    inputs = posting.inputs
    found: list[tuple[str, str, int, object]] = []
    number = 1
    while f"owed_{number}" in inputs:
        owed, rate = inputs[f"owed_{number}"], inputs[f"rate_{number}"]
        days, first = inputs[f"days_{number}"], inputs[f"from_{number}"]
        share = inputs.get(f"share_{number}")
        shown = f"{owed:,f}" + (f" * {share}" if share is not None else "")
        found.append((shown, percentage_text(exact(rate)), int(exact(days)), first))
        number += 1
    return found


def _english(posting: LinePosting) -> str:
    amount = f"{posting.currency} {posting.amount.copy_abs():,f}"
    part = _PARTS_EN.get(posting.component, posting.component)
    where = f"{part} of {posting.segment}" if posting.segment else part
    if posting.rule == "interest" and posting.component == "interest":
        spans = "; ".join(
            f"{posting.currency} {owed} for {days} day{'s' if days != 1 else ''}"
            f" from {first} at {rate} a day"
            for owed, rate, days, first in _spans(posting)
        )
        return f"interest of {amount} became owed on {posting.segment}: {spans}"
    if posting.rule in ("payment", "refund"):
        return f"{amount} of {posting.rule} {posting.event} went to {where}"
    by = f" by {posting.event}" if posting.event else ""
    if posting.amount > 0:
        return f"{amount} was added to {where}{by}: {posting.rule}"
    return f"{amount} was taken off {where}{by}: {posting.rule}"


def _chinese(posting: LinePosting) -> str:
    amount = f"{posting.amount.copy_abs():,f}元"
    if posting.currency != "CNY":
        amount = f"{posting.currency} {posting.amount.copy_abs():,f}"
    day = _day(posting.on)
    part = _PARTS_ZH[posting.component]
    if posting.rule == "interest" and posting.component == "interest":
        spans = "；".join(
            f"{owed}元自{_day(first)}起{days}天，日利率{rate}"
            for owed, rate, days, first in _spans(posting)
        )
        return f"{day}，{posting.segment}计息{amount}：{spans}。"
    rule = _RULES_ZH.get(posting.rule, posting.rule)
    verb = "增加" if posting.amount > 0 else "减少"
    return f"{day}，{rule}{posting.event}：{posting.segment}{part}{verb}{amount}。"


def _day(day: object) -> str:
    year, month, number = str(day).split("-")
    return f"{int(year)}年{int(month)}月{int(number)}日"
