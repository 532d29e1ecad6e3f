"""When installments fall due, and what happens on days off."""

from loanmath.calendars import BusinessDayRule
from loanmath.recurrence import Step
from loanmath.term_sheets.chinese.words import (
    calendar_words,
    day_words,
    step_words,
)
from loanmath.term_sheets.facts import Facts, FirstPeriod, only_date
from loanmath.terms import (
    BrokenPeriod,
    BusinessDays,
    InterestDates,
    InterestOnly,
    SinglePayment,
)

__all__ = ["date_lines"]

_RULES = {
    BusinessDayRule.UNADJUSTED: "还款日不变",
    BusinessDayRule.FOLLOWING: "节假日顺延，即顺延至下一工作日",
    BusinessDayRule.MODIFIED_FOLLOWING: (
        "顺延至下一工作日；顺延至次月的，提前至上一工作日"
    ),
    BusinessDayRule.PRECEDING: "提前至上一工作日",
    BusinessDayRule.MODIFIED_PRECEDING: (
        "提前至上一工作日；提前至上月的，顺延至下一工作日"
    ),
}
_INTEREST_DATES = {
    InterestDates.ADJUSTED: "利息计算到调整后的还款日。",
    InterestDates.UNADJUSTED: "利息仍计算到调整前的还款日，仅付款日期调整。",
}
_BROKEN = {
    BrokenPeriod.COUNTED: "合并为首期计息，利息随首期支付",
    BrokenPeriod.SEPARATE: "首个正常计息期之前各日的利息，于该计息期起始日单独支付",
    BrokenPeriod.ADDED: "首个正常计息期之前各日的利息，随首期还款额另行加付",
    BrokenPeriod.AT_DISBURSEMENT: "首个正常计息期之前各日的利息，于放款当日支付",
}
_IN_ADVANCE = "期初还款：每期还款日为期初，首期于放款当日偿还，不含利息。"


_EACH = {"还款日": "还款", "还本日": "还本", "期末日": "期满"}


def date_lines(known: Facts) -> list[str]:
    """Return the due dates, the odd first period, and the rule for days off."""
    loan, only = known.loan, only_date(known.loan)
    if isinstance(loan.repayment, SinglePayment):
        what = "还本日" if known.pays_interest_before else "还款日"
        lines = [f"{what}为{day_words(known.schedule[-1].due)}。"]
    elif only is not None:
        lines = [f"唯一一期还款日为{day_words(only)}。"]
    else:
        lines = [_due(known), *_first_period(known)]
    if loan.last_due is not None and only is None:
        lines.append(f"最后一期还款日为{day_words(loan.last_due)}，不按还款周期推算。")
    if loan.business_days is not None:
        lines += _days_off(known, loan.business_days)
    return lines


def _due(known: Facts) -> str:
    loan, every = known.loan, known.loan.every
    aim = "还款日"
    if known.is_in_advance:
        # Interest is paid as a period begins.
        aim = "期末日" if isinstance(loan.repayment, InterestOnly) else "还本日"
    each, first = _EACH[aim], f"首个{aim}为{day_words(loan.anchor)}"
    if not isinstance(every, Step):
        return f"{step_words(every)}{each}，{first}。"
    each += "一次"
    if not every.months:
        return f"{step_words(every)}{each}，{first}。"
    if loan.end_of_month and loan.roll_day == 31:
        return f"{step_words(every)}{each}，{first}，以后均为当月最后一日。"
    day = f"{aim}为当月{loan.roll_day}日"
    if loan.roll_day > 28:
        day += "，当月无该日的为当月最后一日"
    return f"{step_words(every)}{each}，{first}，{day}。"


def _first_period(known: Facts) -> list[str]:
    loan = known.loan
    span = f"{day_words(loan.disbursed)}至{day_words(loan.anchor)}"
    if known.first_period is FirstPeriod.REGULAR:
        return []
    if known.first_period is FirstPeriod.IN_ADVANCE:
        return [_IN_ADVANCE]
    if known.first_period is FirstPeriod.SHORTER:
        return [f"首期（{span}）短于其他各期。"]
    if known.counts_first_period:
        return [f"首期（{span}）长于其他各期：{_BROKEN[loan.broken_period]}。"]
    return [f"首期（{span}）长于其他各期。"]


def _days_off(known: Facts, term: BusinessDays) -> list[str]:
    calendar = calendar_words(term.calendar.name)
    lines = [f"还款日为非工作日的，{_RULES[term.rule]}（日历：{calendar}）。"]
    if term.rule is not BusinessDayRule.UNADJUSTED and known.loan.rate is not None:
        lines.append(_INTEREST_DATES[term.interest])
    return lines
