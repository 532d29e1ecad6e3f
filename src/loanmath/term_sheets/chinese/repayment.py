"""How much comes back, and when."""

from fractions import Fraction
from typing import assert_never

from loanmath.currency import to_units
from loanmath.rates import Rate, percentage_text
from loanmath.term_sheets.chinese.words import (
    DAY_COUNTS,
    amount_words,
    day_words,
    money,
    numbered,
    owed_words,
)
from loanmath.term_sheets.facts import MOST_NAMED, Facts, Run
from loanmath.terms import (
    AddOnInterest,
    Earned,
    EqualPrincipal,
    FeeBase,
    FeeTiming,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    Holiday,
    HolidayInterest,
    HolidayOf,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    RateChange,
    Shortfall,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["repayment_lines"]


def repayment_lines(known: Facts) -> list[str]:
    """Return the method, the payments, their sums, and what changes them."""
    lines = [*_method(known), *_payments(known), _total(known)]
    capitalized = known.sums[5]
    if capitalized:
        lines.append(f"上述本金中有{money(known, capitalized)}为期间转入本金的利息。")
    lines += [_holiday(holiday) for holiday in known.loan.holidays]
    repayment = known.loan.repayment
    if getattr(repayment, "shortfall", None) is Shortfall.CAPITALIZE:
        lines.append("某期还款额不足以支付当期利息的，不足部分计入本金。")
    return lines


def _method(known: Facts) -> list[str]:  # noqa: C901, PLR0911 a case per method
    terms = known.loan.repayment
    match terms:
        case LevelPayment():
            return _level(known, terms)
        case EqualPrincipal():
            return _equal_principal(known, terms)
        case InterestOnly(count=count):
            return [_interest_only(known, count)]
        case SinglePayment():
            return [_single(known)]
        case FixedPayment() | FixedPrincipal():
            return _fixed(known, terms)
        case GraduatedPayment():
            return [_graduated(terms)]
        case SteppedPayment():
            return _stepped(known, terms)
        case PrincipalAmounts():
            return [_amounts(known, terms), _interest_beside(known)]
        case FlatFee():
            return [_flat_fee(known, terms)]
        case AddOnInterest():
            return _add_on(terms)
        case _:
            assert_never(terms)


def _interest_only(known: Facts, count: int) -> str:
    if known.is_in_advance:
        return (
            f"先息后本：共{count}期，各期利息于期初支付，本金于最后一期期末一次还清。"
        )
    return f"先息后本：共{count}期，每期只付利息，本金随最后一期一次还清。"


def _single(known: Facts) -> str:
    if known.is_in_advance:
        return "到期一次还本：本金于期末一次还清，利息预先支付。"
    if known.pays_interest_before:
        return "到期一次还本：本金于期末一次还清，期间另付利息。"
    return "到期一次还本付息：期末一次还清全部本金和利息。"


def _interest_beside(known: Facts) -> str:
    if known.is_in_advance:
        return "利息按剩余本金于期初预付。"
    if known.has_interest_dates:
        return "利息按剩余本金另行结息。"
    return "利息按剩余本金另计，随各期支付。"


def _amounts(known: Facts, terms: PrincipalAmounts) -> str:
    named = [
        money(known, to_units(amount, known.loan.digits, "amount"))
        for amount in terms.amounts[:MOST_NAMED]
    ]
    words = f"按约定金额还本：共{terms.count}期，各期本金依次为{'、'.join(named)}"
    return f"{words}等，详见还款计划表。" if terms.count > MOST_NAMED else f"{words}。"


def _level(known: Facts, terms: LevelPayment) -> list[str]:
    lines = [_level_count(known, terms)]
    if terms.balloon is not None:
        lines.append(_balloon(known, terms))
    if terms.amortized_over is not None:
        lines.append(
            f"还款额按{terms.amortized_over}期测算，第{terms.count}期一次还清剩余本息。"
        )
    if terms.sized_by is not None:
        lines.append(f"测算还款额时{DAY_COUNTS[terms.sized_by.name]}。")
    if known.loan.rate is not None and not isinstance(known.loan.rate, Rate):
        lines.append(_RATE_CHANGES[terms.on_rate_change])
    if known.loan.drawdowns:
        lines.append("还款额自始按全部放款（含以后各次放款）测算。")
    return lines


def _level_count(known: Facts, terms: LevelPayment) -> str:
    each, change = "每期还款额相同，包含本金和利息", terms.on_rate_change
    if isinstance(known.loan.rate, Rate):
        return f"等额本息：共{terms.count}期，{each}。"
    if change is RateChange.TERM:
        return (
            f"等额本息：{each}，直至还清：按起初利率为{terms.count}期，"
            f"按本表为{len(known.schedule)}期。"
        )
    if change in (RateChange.PAYMENT, RateChange.WHOLE_PERIOD):
        each = f"利率不变期间{each}"
    return f"等额本息：共{terms.count}期，{each}。"


def _balloon(known: Facts, terms: LevelPayment | EqualPrincipal) -> str:
    units = to_units(terms.balloon or 0, known.loan.digits, "balloon")
    return f"尾款{money(known, units)}随最后一期一并偿还。"


_RATE_CHANGES = {
    RateChange.PAYMENT: "利率调整后，按新利率和剩余期数重新计算每期还款额。",
    RateChange.WHOLE_PERIOD: (
        "利率调整后，视同新利率适用于调整所在的整个计息期，重新计算每期还款额；"
        "该期还款额按该期利息的差额增减。"
    ),
    RateChange.TERM: "利率调整后，每期还款额不变，期数相应增加或减少。",
    RateChange.BALANCE: "利率调整后，每期还款额和期数不变，差额由最后一期承担。",
    RateChange.FORESEEN: (
        "还款额按本合同约定的各段利率统一测算，利率调整时还款额不变。"
    ),
}


def _equal_principal(known: Facts, terms: EqualPrincipal) -> list[str]:
    lines = [
        f"等额本金：共{terms.count}期，每期归还相同的本金。",
        _interest_beside(known),
    ]
    if terms.balloon is not None:
        lines.append(_balloon(known, terms))
    if known.loan.drawdowns or known.sums[5]:
        lines.append("期间再放款或利息转入本金的，剩余各期应还本金重新计算。")
    return lines


def _fixed(known: Facts, terms: FixedPayment | FixedPrincipal) -> list[str]:
    lines: list[str] = []
    if isinstance(terms, FixedPayment):
        units = to_units(terms.payment, known.loan.digits, "payment")
        words = f"定额还款：每期还款{money(known, units)}，先付利息、后还本金"
    else:
        amount = amount_words(known, terms.amount, owed_words(known))
        words = f"定额还本：每期归还本金{amount}"
        if isinstance(terms.amount, Fraction):
            words = f"定额还本：每期归还{amount}"
        lines.append(_interest_beside(known))
    if terms.count is None:
        end = "，直至还清；最后一期还清余额"
    else:
        end = f"；共{terms.count}期，最后一期还清余额"
    return [f"{words}{end}。", *lines]


def _graduated(terms: GraduatedPayment) -> str:
    change = "递增" if terms.growth >= 0 else "递减"
    by = percentage_text(abs(terms.growth))
    return (
        f"{change}还款：共{terms.count}期，每{terms.every}期还款额{change}{by}，"
        "最后一期还清余额。"
    )


def _stepped(known: Facts, terms: SteppedPayment) -> list[str]:
    lines, first = [f"分段还款：共{terms.count}期。"], 1
    for count, payment in terms.stages:
        which = numbered(first, first + count - 1)
        if payment is None:
            lines.append(f"{which}：每期还款额相同，按还清借款测算。")
        else:
            units = to_units(payment, known.loan.digits, "payment")
            lines.append(f"{which}：每期{money(known, units)}。")
        first += count
    return [*lines, "最后一期还清余额。"]


_FEE_FOR = {FeeBase.PLAN: "全程", FeeBase.INSTALLMENT: "每期"}
_CHARGED = {
    FeeTiming.SPREAD: "随各期平均收取",
    FeeTiming.FIRST: "随首期一次收取",
}
_EARNED = {
    Earned.LEVEL: "各期所含利息相同。",
    Earned.BY_TIME: "各期利息按原贷款金额和本期天数计算。",
    Earned.RULE_OF_78: (
        "利息按78法则（年数总和法）分摊：前期利息多、后期利息少，"
        "中途已还本金少于平均分摊。"
    ),
}


def _flat_fee(known: Facts, terms: FlatFee) -> str:
    share = f"{owed_words(known)}的{percentage_text(terms.fee)}"
    fee = f"{_FEE_FOR[terms.fee_for]}手续费为{share}"
    return (
        f"分期还款：共{terms.count}期，每期归还相同的本金；不计利息，{fee}，"
        f"{_CHARGED[terms.charged]}。"
    )


def _add_on(terms: AddOnInterest) -> list[str]:
    # Of these, only one has the same interest in every installment.
    name = "等本等息" if terms.earned is Earned.LEVEL else "平息法"
    return [
        f"{name}：全程利息按借款本金和整个期限一次算定。",
        f"本息分{terms.count}期等额偿还。",
        _EARNED[terms.earned],
    ]


def _payments(known: Facts) -> list[str]:
    if known.runs:
        return [_run(known, run) for run in known.runs]
    amounts = [units for _, units in known.payments]
    first, last = (day_words(known.payments[end][0]) for end in (0, -1))
    least, most = (money(known, units) for units in (min(amounts), max(amounts)))
    return [
        f"{first}至{last}共还款{len(amounts)}次，每次{least}至{most}，详见还款计划表。"
    ]


def _run(known: Facts, run: Run) -> str:
    when = f"{day_words(run.first)}至{day_words(run.last)}共{run.times}次"
    if run.times == 1:
        when = day_words(run.first)
    if run.units == 0:
        return f"{when}无需还款。"
    each = "每次" if run.times > 1 else ""
    return f"{when}，{each}还款{money(known, run.units)}。"


def _total(known: Facts) -> str:
    _, principal, interest, fee, tax, _ = known.sums
    fee += tax - known.deducted
    parts = [
        f"{name}{money(known, units)}"
        for units, name in (
            (principal, "本金"),
            (interest, "利息"),
            (fee, "费用及税"),
        )
        if units
    ]
    return f"合计还款{money(known, principal + interest + fee)}：{'、'.join(parts)}。"


_HOLIDAYS = {
    HolidayOf.PRINCIPAL: "不还本金，照常付息",
    HolidayOf.INTEREST: "照还本金，不付利息",
    HolidayOf.PAYMENT: "不还本金，不付利息",
}
_HOLIDAY_INTEREST = {
    None: "",
    HolidayInterest.CAPITALIZE: "，期间利息计入本金",
    HolidayInterest.CARRY: "，期间利息顺延至以后支付，本身不再计息",
    HolidayInterest.WAIVE: "，期间免息",
}


def _holiday(holiday: Holiday) -> str:
    which = numbered(holiday.first, holiday.last)
    words = _HOLIDAYS[holiday.of] + _HOLIDAY_INTEREST[holiday.interest]
    return f"例外：{which}{words}。"
