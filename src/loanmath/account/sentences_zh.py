"""Postings in Chinese, one sentence each."""

from collections.abc import Callable

from loanmath.account.facts import Told, exact, spans_of
from loanmath.rates import percentage_text
from loanmath.term_sheets.chinese.words import COMPONENTS

__all__ = ["sentence"]

_COMPONENTS = {part.value: words for part, words in COMPONENTS.items()}
_STANDINGS = {"past_due": "已逾期", "due": "当日到期", "in_advance": "尚未到期"}
_INTEREST = {
    "penalty interest": "罚息",
    "contract interest on overdue principal": "逾期本金利息",
    "compound interest on interest": "逾期利息的复利",
    "compound interest on penalty": "罚息的复利",
    "compound interest on compound": "复利的复利",
}


def sentence(told: Told) -> str:
    """
    Return a posting as a sentence.

    Args:
        told: The posting, and what a sentence needs of it.
    """
    on = told.on
    said = _SENTENCES[told.rule](told)
    return f"{on.year}年{on.month}月{on.day}日，{said}。"


def _money(told: Told, amount: object) -> str:
    text = f"{amount:,f}"
    return f"{text}元" if told.currency == "CNY" else f"{told.currency} {text}"


def _size(told: Told) -> str:
    return _money(told, told.amount.copy_abs())


def _of(told: Told) -> str:
    return f"第{told.installment}期{_COMPONENTS[told.component]}"


def _cut(told: Told) -> str:
    if "cut_off" not in told.inputs:
        return ""
    cut = _money(told, told.inputs["cut_off"])
    return f"；超过上限（{told.inputs['ceiling']}）的{cut}未予计收"


def _lateness(told: Told) -> str:
    name = _INTEREST[told.rule]
    start = f"第{told.installment}期计收{name}{_size(told)}"
    if "held_back" in told.inputs:
        days = told.inputs["grace_days"]
        return f"{start}：{days}天宽限期届满仍未还清{_total(told)}{_cut(told)}"
    base = _money(told, told.inputs["base"])
    unpaid = "未还" if told.component == "compound" else "逾期"
    times = "，".join(
        f"{days}天，日利率{percentage_text(rate)}"
        for rate, days in spans_of(told.inputs)
    )
    return f"{start}：{unpaid}{base}，{times}{_total(told)}{_cut(told)}"


def _total(told: Told) -> str:
    return "，与其他各期合计舍入" if told.inputs.get("other_rows") else ""


def _allowed(told: Told) -> str:
    ceiling, part = told.inputs["ceiling"], _COMPONENTS[told.component]
    return (
        f"第{told.installment}期计收此前因上限（{ceiling}）未计收的{part}{_size(told)}"
    )


def _stated(told: Told, base: str) -> str:
    """Return how a charge is worked out."""
    inputs = told.inputs
    if "share" in inputs:
        share = percentage_text(exact(inputs["share"]))
        words = f"{_money(told, inputs[base])}的{share}"
    elif "months" in inputs:
        rate = percentage_text(exact(inputs["monthly_rate"]))
        principal = _money(told, inputs["principal"])
        words = f"{principal}按月利率{rate}计{inputs['months']}个月"
    else:
        words = "按约定金额"
    for name, limit in (("least", "最低"), ("most", "最高")):
        if name in inputs:
            words += f"，{limit}{_money(told, inputs[name])}"
    return words


def _late_charge(told: Told) -> str:
    return (
        f"第{told.installment}期逾期，收取“{told.inputs['name']}”{_size(told)}："
        f"{_stated(told, 'base')}{_cut(told)}"
    )


def _prepayment_fee(told: Told) -> str:
    return f"提前还款收费{_size(told)}：{_stated(told, 'principal')}"


def _acceleration_charge(told: Told) -> str:
    return f"加速到期收费{_size(told)}：{_stated(told, 'principal')}"


def _payment(told: Told) -> str:
    name = f"还款{told.event}"
    if told.component == "credit" and told.amount > 0:
        return f"随{name}使用溢缴款{_size(told)}"
    if told.component == "credit":
        return f"{name}中的{_size(told)}无欠款可冲抵，转为溢缴款"
    if "fee" in told.inputs:
        return f"{name}中的{_size(told)}用于支付提前还款费用"
    where = f"{name}中的{_size(told)}冲抵{_of(told)}"
    if "slot" not in told.inputs:
        return f"{where}（全部结清）"
    return f"{where}（{_STANDINGS[told.standing]}）"


def _credit_applied(told: Told) -> str:
    if told.component == "credit":
        return f"使用溢缴款{_size(told)}"
    return f"以溢缴款{_size(told)}冲抵{_of(told)}（{_STANDINGS[told.standing]}）"


def _dropped(why: str) -> Callable[[Told], str]:
    def words(told: Told) -> str:
        moved = "不再计收" if told.amount < 0 else "增加"
        return f"{why}，{_of(told)}{moved}{_size(told)}"

    return words


def _replanned(told: Told) -> str:
    moved = "增加" if told.amount > 0 else "减少"
    words = f"重新计算还款计划，{_of(told)}{moved}{_size(told)}"
    if "growth" in told.inputs:
        words += f"，按本金余额{_money(told, told.inputs['balance'])}计息"
    return words


def _terms_change(told: Told) -> str:
    if "earned" in told.inputs:
        earned = _money(told, told.inputs["earned"])
        return f"合同变更{told.event}，截至当日的利息{earned}单独列为一期"
    moved = "增加" if told.amount > 0 else "减少"
    return f"合同变更{told.event}，{_of(told)}{moved}{_size(told)}"


_CONCEDED = {
    "forgiven": "减免",
    "capitalized": "转入重组本金",
    "re_aged": "转入重组计划",
    "frozen": "停息挂账",
}


def _restructuring(told: Told) -> str:
    for name, done in _CONCEDED.items():
        if name in told.inputs and "owed" not in told.inputs:
            return f"债务重组{told.event}，{_of(told)}{_size(told)}{done}"
    if "carried" in told.inputs:
        carried = _money(told, told.inputs["carried"])
        part = _COMPONENTS[told.component]
        return (
            f"债务重组{told.event}，此前的{part}{carried}随第{told.installment}期偿还"
        )
    moved = "增加" if told.amount > 0 else "减少"
    words = f"债务重组{told.event}，{_of(told)}{moved}{_size(told)}"
    if "frozen" in told.inputs:
        words += f"，含停息挂账{_money(told, told.inputs['frozen'])}"
    return words


def _breach(told: Told) -> str:
    if told.component == "credit":
        moved = "减少" if told.amount > 0 else "增加"
        return f"重组协议失效（{told.event}），溢缴款{moved}{_size(told)}"
    moved = "增加" if told.amount > 0 else "减少"
    return f"重组协议失效（{told.event}），{_of(told)}{moved}{_size(told)}"


def _restored(told: Told) -> str:
    moved = "恢复" if told.amount > 0 else "取消"
    return f"因结清款项被撤回，{moved}{_of(told)}{_size(told)}"


def _row_added(told: Told) -> str:
    moved = "移入" if told.amount > 0 else "移出"
    return f"因前面新增一期，{moved}{_of(told)}{_size(told)}"


def _charge(told: Told) -> str:
    return f"第{told.installment}期收取“{told.inputs['name']}”{_size(told)}"


def _waiver(told: Told) -> str:
    return f"减免{_of(told)}{_size(told)}"


def _undone(done: str) -> Callable[[Told], str]:
    def words(told: Told) -> str:
        why = f"因还款{told.inputs['of']}{done}"
        if told.component == "credit":
            moved = "扣回" if told.amount > 0 else "退回"
            return f"{why}，{moved}溢缴款{_size(told)}"
        return f"{why}，恢复{_of(told)}{_size(told)}"

    return words


def _write_off(told: Told) -> str:
    if told.component == "written_off":
        return f"合计核销{_size(told)}"
    return f"核销，{_of(told)}{_size(told)}不再计收"


def _recovery(told: Told) -> str:
    return f"收回已核销款项{_size(told)}"


def _payout(told: Told) -> str:
    return f"退还溢缴款{_size(told)}"


def _disbursement(told: Told) -> str:
    moved = "增加" if told.amount > 0 else "减少"
    return f"放款{told.event}，{_of(told)}{moved}{_size(told)}"


_SENTENCES: dict[str, Callable[[Told], str]] = {
    **dict.fromkeys(_INTEREST, _lateness),
    "allowed by a ceiling": _allowed,
    "late charge": _late_charge,
    "prepayment fee": _prepayment_fee,
    "acceleration charge": _acceleration_charge,
    "payment": _payment,
    "credit applied": _credit_applied,
    "payoff": _dropped("提前结清"),
    "acceleration": _dropped("加速到期"),
    "replanned": _replanned,
    "terms change": _terms_change,
    "restructuring": _restructuring,
    "breach": _breach,
    "plan restored": _restored,
    "row added": _row_added,
    "charge": _charge,
    "waiver": _waiver,
    "reversal": _undone("冲正"),
    "chargeback": _undone("拒付"),
    "write-off": _write_off,
    "recovery": _recovery,
    "payout": _payout,
    "disbursement": _disbursement,
}
