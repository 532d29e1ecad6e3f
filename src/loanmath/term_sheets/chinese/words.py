"""Amounts, dates, rates, steps and rules in Chinese."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from loanmath.currency import amount_text, currency_digits, to_units
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.recurrence import Step
from loanmath.rounding import Rounding, RoundingMode
from loanmath.term_sheets.facts import Facts, yearly
from loanmath.terms import Component

__all__ = [
    "COMPONENTS",
    "DAY_COUNTS",
    "UNITS",
    "amount_words",
    "calendar_words",
    "day_words",
    "money",
    "numbered",
    "owed_words",
    "plain_rate",
    "points",
    "rate_words",
    "rounding_words",
    "step_words",
    "unit_words",
]

DAY_COUNTS = {
    "ACT/360": "按实际天数计息，一年按360天计",
    "ACT/364": "按实际天数计息，一年按364天计",
    "ACT/365F": "按实际天数计息，一年按365天计",
    "ACT/365.25": "按实际天数计息，一年按365.25天计",
    "ACT/365L": (
        "按实际天数计息，一年按365天计，计息期含闰日（按年计息时）或止于闰年的按366天计"
    ),
    "ACT/365A": "按实际天数计息，一年按365天计，计息期含闰日的按366天计",
    "NL/365": "按实际天数计息，2月29日不计，一年按365天计",
    "ACT/ACT ISDA": "按实际天数计息，各日按其所在公历年度的365天或366天计",
    "ACT/ACT ICMA": (
        "按实际天数占所在正常付息周期天数的比例计息，各周期占一年的比例相同"
    ),
    "ACT/ACT AFB": "先计整年，余下的实际天数按365天计，含闰日的按366天计",
    "30/360": "每月按30天、一年按360天计（美国债券基准）",
    "30U/360": "每月按30天、一年按360天计（美国规则，2月月末视同30日）",
    "30/360 PSA": "每月按30天、一年按360天计（美国按揭证券规则）",
    "30E/360": "每月按30天、一年按360天计（欧洲规则）",
    "30E/360 ISDA": "每月按30天、一年按360天计，月末一律视同30日（德国规则）",
    "30E+/360": "每月按30天、一年按360天计，止日为31日的视同次月1日",
    "30/365": "每月按30天、一年按365天计",
    "1/12": "按整月计息，每月为一年的十二分之一，不论当月天数",
    "1/1": "按整期计息，每期按所列利率计息一次",
    "BUS/252": "按工作日天数计息，一年按252个工作日计",
    "30/360 CN": "对年对月对日：整月按30天、零头天数按实际天数，一年按360天计",
}
COMPONENTS = {
    Component.PENALTY: "罚息",
    Component.COMPOUND: "复利",
    Component.FEE: "费用",
    Component.INTEREST: "利息",
    Component.PRINCIPAL: "本金",
}
UNITS = {RateUnit.DAY: "日利率", RateUnit.MONTH: "月利率", RateUnit.YEAR: "年利率"}
_CALENDARS = {
    "china": "中国法定节假日及调休",
    "none": "无休息日",
    "weekends": "周末休息",
}
_PLACES = {
    "AU": "澳大利亚",
    "CA": "加拿大",
    "CN": "中国",
    "DE": "德国",
    "FR": "法国",
    "GB": "英国",
    "HK": "中国香港",
    "ID": "印度尼西亚",
    "IN": "印度",
    "JP": "日本",
    "KR": "韩国",
    "MO": "中国澳门",
    "MY": "马来西亚",
    "PH": "菲律宾",
    "SG": "新加坡",
    "TH": "泰国",
    "TW": "中国台湾",
    "US": "美国",
    "VN": "越南",
    "ZA": "南非",
}
_STEPS = {
    "P1D": "每日",
    "P7D": "每周",
    "P14D": "每两周",
    "P1M": "每月",
    "P3M": "每季度",
    "P6M": "每半年",
    "P12M": "每年",
}
_MODES = {
    RoundingMode.HALF_UP: "四舍五入到{}",
    RoundingMode.HALF_EVEN: "四舍六入五成双到{}",
    RoundingMode.UP: "只入不舍，不足{}的进为{}",
    RoundingMode.DOWN: "只舍不入，截去{}以下的零头",
    RoundingMode.FLOOR: "向下取整到{}",
    RoundingMode.CEILING: "向上取整到{}",
}


def _amount(currency: str, text: str) -> str:
    return f"{text}元" if currency == "CNY" else f"{currency} {text}"


def money(known: Facts, units: int) -> str:
    """Return an amount with its currency."""
    loan = known.loan
    return _amount(loan.currency, amount_text(units, loan.digits))


def amount_words(known: Facts, amount: Decimal | Fraction, base: str) -> str:
    """Return a stated amount, or a percentage of its base."""
    if isinstance(amount, Fraction):
        return f"{base}的{percentage_text(amount)}"
    return money(known, to_units(amount, known.loan.digits, "amount"))


def calendar_words(name: str) -> str:
    """Return a calendar by what it knows."""
    kind, _, place = name.partition(":")
    if kind != "holidays" or not place:
        return _CALENDARS.get(name, name)
    country, _, part = place.partition(":")
    return f"{_PLACES.get(country, country)}{part and f'（{part}）'}法定节假日"


def day_words(day: date) -> str:
    """Return a date."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(first: int, last: int) -> str:
    """Return a range of installments."""
    return f"第{first}期" if first == last else f"第{first}期至第{last}期"


def owed_words(known: Facts) -> str:
    """Return what a share of the loan is of, where fees may have joined it."""
    return "放款当日应还本金" if known.financed else "借款本金"


def points(share: Fraction) -> str:
    """Return what is added to a rate, or taken off it."""
    return f"{percentage_text(abs(share)).removesuffix('%')}个百分点"


def plain_rate(share: Fraction, per: RateUnit) -> str:
    """Return a rate as it is stated."""
    return f"{UNITS[per]}{percentage_text(share)}"


def rate_words(known: Facts, rate: Rate) -> str:
    """Return a rate, and per year where the conversion is certain."""
    words = plain_rate(rate.value, rate.per)
    found = yearly(rate, known.loan)
    if found is None:
        return words
    per_year, days = found
    how = "按12个月折算" if days is None else f"按一年{days}天折算"
    return f"{words}，{how}为年利率{percentage_text(per_year.value)}（单利）"


def step_words(step: Step | tuple[date, ...]) -> str:
    """Return how often something happens."""
    if isinstance(step, tuple):
        return f"按约定的{len(step)}个日期"
    known = _STEPS.get(str(step))
    if known is not None:
        return known
    return f"每{step.months}个月" if step.months else f"每{step.days}天"


def rounding_words(known: Facts, rule: Rounding) -> str:
    """Return how an amount is rounded."""
    least = currency_digits(known.loan.currency)
    digits = rule.digits(least)
    if digits > least and rule == Rounding.unrounded(digits):
        return f"四舍六入五成双，保留{digits}位小数"
    unit = unit_words(known, rule)
    return _MODES[rule.mode].format(unit, unit)


def unit_words(known: Facts, rule: Rounding) -> str:
    """Return what amounts are rounded to multiples of."""
    currency = known.loan.currency
    digits = rule.digits(currency_digits(currency))
    return _amount(currency, amount_text(rule.units(digits), digits))
