"""Rounding, days, rates and growth for the servicing oracle: fractions and loops only."""

from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(1)
COMPONENTS = ("penalty", "compound", "fee", "interest", "principal")
BASES = {"ACT/365F": 365, "ACT/360": 360, "30E/360": 360}


class Refused(Exception):  # noqa: N818 the word of events
    """The event cannot be booked."""


class Unsupported(Exception):  # noqa: N818 no verdict
    """Terms or events that the oracle does not know; never a verdict on them."""


# --- amounts ------------------------------------------------------------------------------


def units(amount, digits: int) -> int:
    """An amount in major units as an integer of 10^-digits."""
    exact = Fraction(amount) * 10**digits
    if exact.denominator != 1:
        raise Refused(f"{amount} is finer than 10^-{digits}")
    return int(exact)


def rounded(value, mode: str, unit: int = 1) -> int:
    """The multiple of the unit that the mode takes a value to."""
    exact = Fraction(value) / unit
    low = exact.numerator // exact.denominator
    rest = exact - low
    if rest == 0:
        return low * unit
    nearest = low if rest < Fraction(1, 2) else low + 1
    tie = rest == Fraction(1, 2)
    away, towards = (low + 1, low) if exact > 0 else (low, low + 1)
    chosen = {
        "half_up": away if tie else nearest,
        "half_even": low + low % 2 if tie else nearest,
        "up": away,
        "down": towards,
        "floor": low,
        "ceiling": low + 1,
    }
    return chosen[mode] * unit


def rounding_of(loan, rounding=None):
    """The function that rounds by a rule, or by the loan's where there is none."""
    rule = loan.rounding if rounding is None else rounding
    unit = 1 if rule.unit is None else units(rule.unit, loan.digits)
    return lambda value: rounded(value, rule.mode.value, unit)


def amount_or_share(loan, term, base: int, rounding=None) -> int:
    """A flat amount, or the rounded share of a base."""
    if isinstance(term, Fraction):
        return rounding_of(loan, rounding)(term * base)
    return units(term, loan.digits)


# --- days ---------------------------------------------------------------------------------


def days_30e(start: date, end: date) -> int:
    """Months of 30 days; the 31st is the 30th."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return 30 * months + min(end.day, 30) - min(start.day, 30)


def months_between(start: date, end: date) -> int:
    """Whole months, where a day that is missing in a month is its last."""
    return 12 * (end.year - start.year) + end.month - start.month


def days_from(start: date, end: date):
    """Every day from start to the day before end."""
    while start < end:
        yield start
        start += DAY


# --- rates --------------------------------------------------------------------------------


def rate_on(loan, day: date):
    """The contract rate in force on a day, as (share, unit)."""
    rate = loan.rate
    if rate is None:
        return Fraction(0), "year"
    if hasattr(rate, "index"):
        raise Unsupported("floating rates")
    if hasattr(rate, "initial"):
        found = rate.initial
        for since, changed in sorted(rate.changes):
            if since <= day:
                found = changed
        rate = found
    return rate.value, rate.per.value


def per_day(share: Fraction, per: str, days_in_year) -> Fraction:
    if per == "day" or share == 0:
        return share
    if days_in_year is None:
        raise Unsupported("a rate per month or year without days in a year")
    return share * (12 if per == "month" else 1) / Fraction(days_in_year)


def days_in_year(loan):
    stated = None if loan.penalty is None else loan.penalty.days_in_year
    return stated or BASES.get(loan.counted_by.name)


def contract_daily(loan, day: date) -> Fraction:
    return per_day(*rate_on(loan, day), days_in_year(loan))


def penalty_daily(loan, day: date) -> Fraction:
    terms, year = loan.penalty, days_in_year(loan)
    if terms.rate is not None:
        return per_day(terms.rate.value, terms.rate.per.value, year)
    if terms.multiple is not None:
        return terms.multiple * contract_daily(loan, day)
    added = per_day(terms.addition.value, terms.addition.per.value, year)
    return contract_daily(loan, day) + added


def contract_monthly(loan, day: date) -> Fraction:
    share, per = rate_on(loan, day)
    if per == "month":
        return share
    if per == "year":
        return share / 12
    return share * 30


# --- growth -------------------------------------------------------------------------------


def growth(loan, row, first: date, last: date) -> Fraction:
    """What one unit owed earns from one day to another inside the period of a row."""
    name = loan.counted_by.name
    if name == "1/12":
        share, per = rate_on(loan, row.start)
        if per == "day" or hasattr(loan.rate, "initial"):
            raise Unsupported("whole months at this rate")
        months = Fraction(
            months_between(row.start, row.end), 12 if per == "year" else 1
        )
        return share * months * (last - first).days / (row.end - row.start).days
    if name not in BASES:
        raise Unsupported(name)
    total = Fraction(0)
    for day in days_from(first, last):
        number = 1
        if name == "30E/360":
            number = days_30e(row.start, day + DAY) - days_30e(row.start, day)
        total += number * per_day(*rate_on(loan, day), BASES[name])
    return total
