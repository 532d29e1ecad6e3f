"""How interest is counted."""

from typing import assert_never

from loanmath.daycount import HeadTail
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.term_sheets.chinese.words import (
    DAY_COUNTS,
    day_words,
    points,
    rate_words,
    step_words,
)
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AddOnInterest,
    FloatingRate,
    InstallmentLoan,
    InterestPayments,
    LoanRate,
    SteppedRate,
)
from loanmath.terms.plan_kinds import pays_interest_first

__all__ = ["interest_lines"]

_HEAD_TAIL = {
    HeadTail.HEAD: "算头不算尾：放款当日计息，还款当日不计息。",
    HeadTail.TAIL: "算尾不算头：放款当日不计息，还款当日计息。",
    HeadTail.BOTH: "算头又算尾：放款当日和最后还款当日均计息。",
    HeadTail.NEITHER: "头尾都不算：放款当日和最后还款当日均不计息。",
}


def interest_lines(known: Facts) -> list[str]:
    """Return the rate, its base, how time is counted, and when interest is due."""
    loan = known.loan
    if loan.rate is None:
        return ["不计利息，以手续费代替。"]
    lines = _rate(known, loan.rate)
    if isinstance(loan.repayment, AddOnInterest):
        lines.append("利息按全部借款本金和整个期限计收，不随已还本金减少。")
    else:
        lines.append("利息按剩余本金计收。")
    name = loan.counted_by.name
    if loan.rate.per is not RateUnit.DAY:
        lines.append(f"计息基准{name}：{DAY_COUNTS[name]}。")
    elif loan.day_count is None:
        lines.append("按实际天数逐日计息，每日适用日利率。")
    else:
        lines.append(f"天数按{name}计算（{DAY_COUNTS[name]}），每日适用日利率。")
    if known.shares_months:
        lines.append("期内分段时，各段按实际天数占该期实际天数的比例计算。")
    if known.counts_end_days:
        lines.append(_HEAD_TAIL[loan.head_tail])
    if loan.interest_payments is not None:
        lines += _interest_payments(loan, loan.interest_payments)
    return lines


def _rate(known: Facts, rate: LoanRate) -> list[str]:
    match rate:
        case Rate():
            return [f"固定利率：{rate_words(known, rate)}。"]
        case SteppedRate(initial=initial, changes=changes):
            lines = [f"分段利率：起初为{rate_words(known, initial)}。"]
            return lines + [
                f"自{day_words(on)}起为{rate_words(known, new)}。"
                for on, new in changes
            ]
        case FloatingRate():
            return _floating(known, rate)
        case _:
            assert_never(rate)


def _floating(known: Facts, rate: FloatingRate) -> list[str]:
    source = f"（{rate.index.source}）" if rate.index.source else ""
    formula = f"{rate.index.name}{source}"
    if rate.multiplier != 1:
        formula += f"的{percentage_text(rate.multiplier)}"
    if rate.spread:
        sign = "加" if rate.spread > 0 else "减"
        formula += f"{sign}{points(rate.spread)}"
    first = rate.initial or rate.on(known.loan.disbursed)
    lines = [
        f"浮动利率：按{formula}确定。",
        f"首个重定价日之前为{rate_words(known, first)}。",
    ]
    if rate.first_reset is not None:
        when = day_words(rate.first_reset)
        lines.append(f"{step_words(rate.resets)}重定价一次，首个重定价日为{when}。")
    else:
        lines.append(f"{step_words(rate.resets)}重定价。")
    if rate.next_rate is not None:
        lines.append(f"首个重定价日起为{rate_words(known, rate.next_rate)}。")
    day = "重定价日"
    if rate.fixing_days:
        day += f"前{rate.fixing_days}天"
    lines.append(f"定价基准取截至{day}最近一次公布的数值。")
    # Rates that the terms state are what they are, whatever the bounds.
    bounded = "利率"
    if rate.initial is not None or rate.next_rate is not None:
        bounded = "按定价基准确定的利率"
    if rate.floor is not None:
        lines.append(f"{bounded}下限为{percentage_text(rate.floor)}。")
    if rate.cap is not None:
        lines.append(f"{bounded}上限为{percentage_text(rate.cap)}。")
    return lines


def _interest_payments(loan: InstallmentLoan, term: InterestPayments) -> list[str]:
    lines: list[str] = []
    if term.every is not None:
        first = f"，首个结息日为{day_words(term.first_due)}" if term.first_due else ""
        too = "各期还款日同时结息" if pays_interest_first(loan) else "最后一期利随本清"
        lines.append(f"{step_words(term.every)}结息{first}，{too}。")
    if term.in_advance:
        lines.append("利息预收：各期利息于期初支付，首期利息于放款当日支付。")
    if term.capitalized_until is not None:
        until = day_words(term.capitalized_until)
        lines.append(f"{until}及之前的利息不支付，到结息日转入本金并继续计息。")
    return lines
