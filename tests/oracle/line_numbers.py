"""Amounts, rates and rounding of a line of credit for its oracle."""

from fractions import Fraction

from oracle.line_days import OracleRefusal

COMPONENTS = ("penalty", "fee", "interest", "principal")


def units(amount, digits: int) -> int:
    """An amount in major units as a whole number of minor units."""
    exact = Fraction(amount) * 10**digits
    if exact.denominator != 1:
        raise OracleRefusal(f"{amount} is finer than the currency")
    return int(exact)


def rounded(value, rounding, digits: int) -> int:
    """
    An exact number of minor units as a whole one.

    Half up to the minor unit where nothing else is agreed.
    """
    mode, step = "half_up", 1
    if rounding is not None:
        mode = rounding.mode.value
        if rounding.unit is not None:
            step = units(rounding.unit, digits)
    exact = Fraction(value) / step
    below = exact.numerator // exact.denominator
    rest = exact - below
    if rest == 0:
        return below * step
    above = below + 1
    if (
        mode == "floor"
        or (mode == "down" and exact > 0)
        or (mode == "up" and exact < 0)
    ):
        return below * step
    if mode in ("ceiling", "down", "up"):
        return above * step
    if rest != Fraction(1, 2):
        return (below if rest < Fraction(1, 2) else above) * step
    if mode == "half_even":
        return (below if below % 2 == 0 else above) * step
    return (above if exact > 0 else below) * step


def daily(rate, days_in_year) -> Fraction:
    """The exact rate of a day."""
    per = rate.per.value
    if per == "day" or rate.value == 0:
        return Fraction(rate.value)
    if days_in_year is None:
        raise OracleRefusal(f"{rate} has no rate of a day without days_in_year")
    months = 12 if per == "month" else 1
    return Fraction(rate.value) * months / days_in_year


def fee_of(term, amount: int, digits: int) -> int:
    """The fee of a drawing: a share, not less than the least nor above the most."""
    fee = rounded(term.share * amount, term.rounding, digits)
    fee = max(fee, units(term.least, digits))
    if term.most is not None:
        fee = min(fee, units(term.most, digits))
    return fee
