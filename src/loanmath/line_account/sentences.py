"""Postings of a line as sentences, in English and Chinese."""

from typing import NamedTuple

from loanmath.account.facts import exact
from loanmath.doors import to_enum
from loanmath.errors import InputTypeError
from loanmath.line_account.postings import LinePosting
from loanmath.rates import percentage_text
from loanmath.schedule.derivation import Input
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
    "installment": "分期入账",
    "conversion": "转为分期",
    "plan settled": "分期提前结清",
    "default charge": "违约金",
    "charge": "收费",
    "waiver": "减免",
    "payout": "退还溢缴款",
    "payment returned": "还款退回",
    "reversal": "冲正",
}
_SEGMENTS_ZH = {
    "purchases": "消费",
    "cash": "取现",
    "transfers": "余额代偿",
    "installments": "分期",
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
        2026年4月20日，消费计息4.50元：1,000.00元自2026年4月11日起9天，日利率0.05%。
    """  # noqa: E501 the sentence is one line
    if type(posting) is not LinePosting:
        raise InputTypeError("posting", got=posting, allowed="LinePosting(...)")
    if to_enum(lang, Language, "lang") is Language.CHINESE:
        return _chinese(posting)
    return f"On {posting.on} {_english(posting)}."


class _Span(NamedTuple):
    """What bore: an amount, its share where not all of it did, at a rate, for days."""

    owed: Input
    share: str
    rate: str
    days: int
    first: Input


def _spans(posting: LinePosting) -> list[_Span]:
    inputs = posting.inputs
    found: list[_Span] = []
    while f"owed_{len(found) + 1}" in inputs:
        number = len(found) + 1
        share = inputs.get(f"share_{number}")
        found.append(
            _Span(
                inputs[f"owed_{number}"],
                "" if share is None else f" * {share}",
                percentage_text(exact(inputs[f"rate_{number}"])),
                int(exact(inputs[f"days_{number}"])),
                inputs[f"from_{number}"],
            )
        )
    return found


def _is_interest(posting: LinePosting) -> bool:
    return posting.rule == "interest" and posting.component == "interest"


def _grows(posting: LinePosting) -> bool:
    """Return whether there is more of a component; of the credit, less is owed."""
    return (posting.amount > 0) is (posting.component != "credit")


def _english(posting: LinePosting) -> str:
    amount = f"{posting.currency} {posting.amount.copy_abs():,f}"
    part = _PARTS_EN.get(posting.component, posting.component)
    where = f"{part} of {posting.segment}" if posting.segment else part
    if _is_interest(posting):
        spans = "; ".join(
            f"{posting.currency} {span.owed:,f}{span.share} for {span.days}"
            f" day{'s' if span.days != 1 else ''} from {span.first}"
            f" at {span.rate} a day"
            for span in _spans(posting)
        )
        used = posting.inputs.get("credit_used")
        less = "" if used is None else f", less {posting.currency} {used:,f} of credit"
        less += _english_cut(posting)
        return f"interest of {amount} became owed on {posting.segment}: {spans}{less}"
    if posting.rule in ("payment", "refund"):
        return f"{amount} of {posting.rule} {posting.event} went to {where}"
    by = f" by {posting.event}" if posting.event else ""
    change = "added to" if _grows(posting) else "taken off"
    return f"{amount} was {change} {where}{by}: {posting.rule}"


def _english_cut(posting: LinePosting) -> str:
    if "cut_off" not in posting.inputs:
        return ""
    cut, share = posting.inputs["cut_off"], exact(posting.inputs["ceiling"])
    return (
        f"; a further {posting.currency} {cut:,f} was cut off by the ceiling of"
        f" {percentage_text(share)} of what was overdue"
    )


def _chinese_cut(posting: LinePosting) -> str:
    if "cut_off" not in posting.inputs:
        return ""
    cut, share = posting.inputs["cut_off"], exact(posting.inputs["ceiling"])
    return (
        f"；超过上限（逾期金额的{percentage_text(share)}）的{_money(posting, cut)}"
        "未予计收"
    )


def _chinese(posting: LinePosting) -> str:
    amount = _money(posting, posting.amount.copy_abs())
    day = _day(posting.on)
    segment = _SEGMENTS_ZH.get(posting.segment, posting.segment)
    if _is_interest(posting):
        spans = "；".join(
            f"{_money(posting, span.owed)}{span.share}自{_day(span.first)}起"
            f"{span.days}天，日利率{span.rate}"
            for span in _spans(posting)
        )
        used = posting.inputs.get("credit_used")
        less = "" if used is None else f"，溢缴款抵扣{_money(posting, used)}"
        less += _chinese_cut(posting)
        return f"{day}，{segment}计息{amount}：{spans}{less}。"
    part, rule = _PARTS_ZH[posting.component], _RULES_ZH[posting.rule]
    verb = "增加" if _grows(posting) else "减少"
    return f"{day}，{rule}{posting.event}：{segment}{part}{verb}{amount}。"


def _money(posting: LinePosting, amount: Input) -> str:
    if posting.currency == "CNY":
        return f"{amount:,f}元"
    return f"{posting.currency} {amount:,f}"


def _day(day: Input) -> str:
    year, month, number = str(day).split("-")
    return f"{int(year)}年{int(month)}月{int(number)}日"
