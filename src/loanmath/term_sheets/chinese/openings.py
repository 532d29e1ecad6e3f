"""What the terms leave open, and what this sheet takes in its place."""

from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets.chinese.words import DAY_COUNTS
from loanmath.term_sheets.facts import Facts
from loanmath.term_sheets.open_details import (
    Detail,
    early_details,
    order_details,
    penalty_details,
)
from loanmath.term_sheets.open_points import OpenPoint
from loanmath.terms import InstallmentLoan, Prepayment

__all__ = ["open_line"]

_LINES = {
    OpenPoint.END_DAYS: "起止日是否计息可能未约定：此处按惯例算头不算尾。",
    OpenPoint.DAYS_OFF: "还款日为非工作日时如何处理未约定：此处还款日不变。",
    OpenPoint.SHORT_MONTHS: (
        "当月无还款日对应日期时如何处理可能未约定：此处取当月最后一日。"
    ),
    OpenPoint.FIRST_PERIOD: (
        "首期不足或超过一期时如何付息可能未约定：此处按首期实际长短计息。"
    ),
    OpenPoint.MONTH_ENDS: (
        "自月末起算的还款日以后是否均为月末可能未约定：此处日期数字不变。"
    ),
    OpenPoint.RATE_CHANGE: (
        "利率调整后如何还款可能未约定：此处按新利率重新计算每期还款额。"
    ),
    OpenPoint.SIZED_BY: (
        "测算每期还款额的天数规则可能未约定：此处与计息天数相同，不按等长月份测算。"
    ),
    OpenPoint.EARNED: "全程利息如何分摊到各期可能未约定：此处各期相同。",
    OpenPoint.ROUNDING_PLACE: "利息多久取整一次可能未约定：此处每期取整一次。",
    OpenPoint.PAYMENT_ROUNDING: "每期还款额如何取整可能未约定：此处与利息相同。",
    OpenPoint.FEE_CHARGED: "分期手续费何时收取可能未约定：此处随各期分摊收取。",
    OpenPoint.FEE_ROUNDING: "费用如何取整可能未约定：此处与其他金额相同。",
    OpenPoint.ROUNDING: "取整规则可能未约定：此处四舍五入到货币最小单位。",
    OpenPoint.RESIDUE: "尾差由哪一期承担可能未约定：此处由最后一期承担。",
    OpenPoint.INDEX: (
        "定价基准的未来数值未知：以上还款额对以后各重定价日均取最近一次公布的数值。"
        "基准停止公布时如何处理未约定。"
    ),
    OpenPoint.NO_FLOOR: "未约定利率下限。",
    OpenPoint.NO_CAP: "未约定利率上限：还款额可能持续上升。",
    OpenPoint.LATE: "逾期费用（罚息、违约金）未约定：此处不计。",
    OpenPoint.ACCELERATION: "何种情形下全部借款提前到期，不在合同条款之内。",
    OpenPoint.YEARLY_COST: (
        "综合年化成本（年化利率）须按当地监管规定另行测算，此处未列。"
    ),
}
_DETAILS = {
    Detail.PENALTY_BASE: "计收基数（逾期本金）",
    Detail.FIRST_DAY: "起计日（还款日当日）",
    Detail.PAYMENT_DAY: "逾期后还款当日是否计收（不计）",
    Detail.GRACE: "宽限期（无）",
    Detail.CONTRACT_INTEREST: "合同利息是否继续计收（不计）",
    Detail.PENALTY_ROUNDED: "取整对象（每期累计额）",
    Detail.EFFECT: "归还部分本金的后果（缩短期限）",
    Detail.INTEREST_TO: "利息算至何日（还款当日）",
    Detail.UNEARNED: "以后各期利息（不收取）",
    Detail.REMAINING_FEES: "以后各期费用（不收取）",
    Detail.EARLY_FEE: "收费（无）",
    Detail.INTEREST_ON: "还款日前几天付款是否减少利息（不减少）",
    Detail.ORDER: "冲抵顺序（罚息、复利、费用、利息、本金）",
    Detail.BY: "各期先后（从最早一期起逐期）",
    Detail.FUTURE: "超出到期应还的部分（支付以后各期）",
    Detail.CREDIT: "溢缴款用途（支付到期款项）",
}


def open_line(known: Facts, point: OpenPoint) -> str:
    """Return one point that is left open."""
    match point:
        case OpenPoint.DAY_COUNT:
            return _day_count(known)
        case OpenPoint.DAYS_IN_YEAR:
            return _days_in_year(known)
        case OpenPoint.PENALTY:
            return _details("罚息", penalty_details(known.loan))
        case OpenPoint.EARLY:
            return _early(known.loan)
        case OpenPoint.ORDER:
            return _details("还款冲抵", order_details(known.loan))
        case _:
            return _LINES[point]


def _day_count(known: Facts) -> str:
    loan = known.loan
    if loan.rate is not None and loan.rate.per is RateUnit.DAY:
        words = "按实际天数逐日计息"
    else:
        words = DAY_COUNTS[loan.counted_by.name]
    return f"计息基准未约定：此处依利率单位，{words}。"


def _days_in_year(known: Facts) -> str:
    rate = known.loan.rate
    words = "年利率取决于一年按多少天折算，未约定"
    if not isinstance(rate, Rate):
        return f"{words}。"
    short, long = (
        percentage_text(rate.per_year(days_in_year=days).value) for days in (360, 365)
    )
    return f"{words}：按360天为{short}，按365天为{long}。"


def _early(loan: InstallmentLoan) -> str:
    words = _details("提前还款", early_details(loan))
    if loan.servicing.prepayment != Prepayment():
        return words
    return f"是否允许提前还款未约定。{words}"


def _details(subject: str, details: tuple[Detail, ...]) -> str:
    named = "、".join(_DETAILS[detail] for detail in details)
    return f"{subject}的以下事项可能未约定，此处按括号内处理：{named}。"
