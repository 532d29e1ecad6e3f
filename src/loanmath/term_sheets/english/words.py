"""Amounts, rates, steps and rules in English."""

from collections.abc import Sequence
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
    "listed",
    "money",
    "numbered",
    "owed_words",
    "plain_rate",
    "points",
    "rate_words",
    "rounding_words",
    "step_words",
    "times",
    "unit_words",
]

DAY_COUNTS = {
    "ACT/360": "the actual days over a year of 360 days",
    "ACT/364": "the actual days over a year of 364 days",
    "ACT/365F": "the actual days over a year of 365 days",
    "ACT/365.25": "the actual days over a year of 365.25 days",
    "ACT/365L": "the actual days over a year of 365 days, or of 366 where the period"
    " has a leap day (for yearly periods) or ends in a leap year",
    "ACT/365A": "the actual days over a year of 365 days, or of 366 where the period"
    " has a leap day",
    "NL/365": "the actual days without any 29 February over a year of 365 days",
    "ACT/ACT ISDA": "the actual days, each over the 365 or 366 days of its calendar"
    " year",
    "ACT/ACT ICMA": "the actual days over the days of the regular period they lie in,"
    " each regular period being the same part of a year",
    "ACT/ACT AFB": "whole years, and the remaining actual days over 365, or 366 where"
    " they hold a leap day",
    "30/360": "months of 30 days over a year of 360 days (US bond basis)",
    "30U/360": "months of 30 days over a year of 360 days (US, with its month-end rule"
    " for February)",
    "30/360 PSA": "months of 30 days over a year of 360 days (US mortgage rule)",
    "30E/360": "months of 30 days over a year of 360 days (European rule)",
    "30E/360 ISDA": "months of 30 days, every month end being the 30th, over a year of"
    " 360 days (German rule)",
    "30E+/360": "months of 30 days, a 31st at the end being the 1st of the next month,"
    " over a year of 360 days",
    "30/365": "months of 30 days over a year of 365 days",
    "1/12": "whole months, each a twelfth of a year whatever its length",
    "1/1": "whole periods, each bearing the stated rate once",
    "BUS/252": "business days over a year of 252",
    "30/360 CN": "whole months of 30 days and odd days as they are, over a year of 360"
    " days",
}
COMPONENTS = {
    Component.PENALTY: "penalty",
    Component.COMPOUND: "compound interest",
    Component.FEE: "fees",
    Component.INTEREST: "interest",
    Component.PRINCIPAL: "principal",
}
UNITS = {RateUnit.DAY: "a day", RateUnit.MONTH: "a month", RateUnit.YEAR: "a year"}
_STEPS = {
    "P1D": "every day",
    "P7D": "every week",
    "P14D": "every two weeks",
    "P1M": "every month",
    "P3M": "every three months",
    "P6M": "every six months",
    "P12M": "every year",
}
_MODES = {
    RoundingMode.HALF_UP: "to the nearest {}, a half away from zero",
    RoundingMode.HALF_EVEN: "to the nearest {}, a half to the even one",
    RoundingMode.UP: "up to the next {}, away from zero",
    RoundingMode.DOWN: "down to a full {}, towards zero",
    RoundingMode.FLOOR: "down to a full {}",
    RoundingMode.CEILING: "up to the next {}",
}


def money(known: Facts, units: int) -> str:
    """Return an amount with its currency."""
    return f"{known.loan.currency} {amount_text(units, known.loan.digits)}"


def amount_words(known: Facts, amount: Decimal | Fraction, base: str) -> str:
    """Return a stated amount, or a percentage of its base."""
    if isinstance(amount, Fraction):
        return f"{percentage_text(amount)} of {base}"
    return money(known, to_units(amount, known.loan.digits, "amount"))


def calendar_words(name: str) -> str:
    """Return a calendar by what it knows."""
    if name == "china":
        return "mainland China, with the weekend days worked to make up"
    kind, _, place = name.partition(":")
    return f"public holidays of {place}" if kind == "holidays" and place else name


def times(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(items: Sequence[str]) -> str:
    """Return items as a list in a sentence."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def numbered(first: int, last: int) -> str:
    """Return a range of installments."""
    return (
        f"Installment {first}" if first == last else f"Installments {first} to {last}"
    )


def owed_words(known: Facts) -> str:
    """Return what a share of the loan is of, where fees may have joined it."""
    return "what you owe at first" if known.financed else "the loan"


def points(share: Fraction) -> str:
    """Return what is added to a rate, or taken off it."""
    count = percentage_text(abs(share)).removesuffix("%")
    return f"{count} percentage point{'' if count == '1' else 's'}"


def plain_rate(share: Fraction, per: RateUnit) -> str:
    """Return a rate as it is stated."""
    return f"{percentage_text(share)} {UNITS[per]}"


def rate_words(known: Facts, rate: Rate) -> str:
    """Return a rate, and per year where the conversion is certain."""
    words = plain_rate(rate.value, rate.per)
    found = yearly(rate, known.loan)
    if found is None:
        return words
    per_year, days = found
    how = "12 times" if days is None else f"for a year of {days} days"
    return f"{words}, that is {percentage_text(per_year.value)} a year ({how})"


def step_words(step: Step | tuple[date, ...]) -> str:
    """Return how often something happens."""
    if isinstance(step, tuple):
        return f"on the {times(len(step), 'agreed date')}"
    known = _STEPS.get(str(step))
    if known is not None:
        return known
    count, noun = (step.months, "month") if step.months else (step.days, "day")
    return f"every {times(count, noun)}"


def rounding_words(known: Facts, rule: Rounding) -> str:
    """Return how an amount is rounded."""
    least = currency_digits(known.loan.currency)
    digits = rule.digits(least)
    if digits > least and rule == Rounding.unrounded(digits):
        return f"to {digits} decimals, a half to the even one"
    return _MODES[rule.mode].format(unit_words(known, rule))


def unit_words(known: Facts, rule: Rounding) -> str:
    """Return what amounts are rounded to multiples of."""
    currency = known.loan.currency
    digits = rule.digits(currency_digits(currency))
    return f"{currency} {amount_text(rule.units(digits), digits)}"
