"""What the terms leave open, and what this sheet takes in its place."""

from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets.chinese.words import DAY_COUNTS
from loanmath.term_sheets.facts import Facts, OpenPoint

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
    OpenPoint.ROUNDING: "取整规则可能未约定：此处四舍五入到货币最小单位。",
    OpenPoint.RESIDUE: "尾差由哪一期承担可能未约定：此处由最后一期承担。",
    OpenPoint.INDEX: (
        "定价基准的未来数值未知：以上还款额对以后各重定价日均取最近一次公布的数值。"
        "基准停止公布时如何处理未约定。"
    ),
    OpenPoint.NO_FLOOR: "未约定利率下限。",
    OpenPoint.NO_CAP: "未约定利率上限：还款额可能持续上升。",
    OpenPoint.LATE: "逾期责任（罚息、违约金、提前到期）不在本要点之内。",
    OpenPoint.EARLY: (
        "提前还款（是否允许、有无违约金、减少月供还是缩短期限）不在本要点之内。"
    ),
    OpenPoint.EARLY_CHARGE: "提前还款时剩余利息或手续费是否减免未约定。",
    OpenPoint.ORDER: "部分还款时的冲抵顺序（费用、利息、本金）不在本要点之内。",
    OpenPoint.YEARLY_COST: (
        "综合年化成本（年化利率）须按当地监管规定另行测算，此处未列。"
    ),
}


def open_line(known: Facts, point: OpenPoint) -> str:
    """Return one point that is left open."""
    match point:
        case OpenPoint.DAY_COUNT:
            return _day_count(known)
        case OpenPoint.DAYS_IN_YEAR:
            return _days_in_year(known)
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
