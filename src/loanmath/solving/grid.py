"""
The search on a grid of values along a payment that never falls as the value rises.

A plan of 24 decimals shows where the payment crosses a half cent (a secant, since the
payment is nearly straight there); plans of the loan itself then decide.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from loanmath.errors import ScheduleError
from loanmath.rounding import Rounding, RoundingMode
from loanmath.search import last_where
from loanmath.solving.regular import FINE_DIGITS, refine, regular_payment
from loanmath.terms import InstallmentLoan

__all__ = ["Ends", "Grid", "ends", "highest_exact"]

_MOST_STEPS = 20
# How far above a unit an amount may lie and still be rounded to it, in half units.
_HALVES = {
    RoundingMode.HALF_UP: 1,
    RoundingMode.HALF_EVEN: 1,
    RoundingMode.UP: 0,
    RoundingMode.CEILING: 0,
    RoundingMode.DOWN: 2,
    RoundingMode.FLOOR: 2,
}


class Grid(NamedTuple):
    """
    The values that are searched: integers `first` to `last`, each with its loan.

    Attributes:
        loan_at: The probe with a value of the grid in it.
        first: The first value.
        last: The last value.
        near: Two values to begin with.
        rounding: How the payment is rounded.
    """

    loan_at: Callable[[int], InstallmentLoan]
    first: int
    last: int
    near: tuple[int, int]
    rounding: Rounding


class Ends(NamedTuple):
    """
    The values between which a payment lies, with their payments.

    Attributes:
        low: The last value whose payment is below the one asked for.
        low_payment: Its payment; `None` where the grid begins, or plans do, after it.
        high: The first value whose payment is above the one asked for.
        high_payment: Its payment; `None` where the grid ends before it.
        payment_at: The payment of any value of the grid; `None` where no plan exists.
    """

    low: int
    low_payment: int | None
    high: int
    high_payment: int | None
    payment_at: Callable[[int], int | None]


def ends(grid: Grid, payment: int, digits: int) -> Ends:
    """
    Return the values between which a payment lies, decided by plans of the loan.

    Args:
        grid: The values.
        payment: The payment asked for, in units of 10^-digits.
        digits: Decimals of the loan.

    Raises:
        ScheduleError: If no plan follows from the terms whatever the value.
    """

    @cache
    def payment_at(value: int) -> int | None:
        if not grid.first <= value <= grid.last:
            return None
        try:
            return regular_payment(grid.loan_at(value))
        except ScheduleError:
            # A negative rate may eat the whole balance: lower payments lie above it.
            if value >= 0:
                raise
            return None

    def at_most(value: int, most: int) -> bool:
        found = payment_at(value)
        return value < 0 or value < grid.first if found is None else found <= most

    near_low, near_high = _guesses(grid, payment, digits)
    high = 1 + last_where(lambda value: at_most(value, payment), near_high)
    low = last_where(lambda value: at_most(value, payment - 1), near_low)
    return Ends(low, payment_at(low), high, payment_at(high), payment_at)


def _guesses(grid: Grid, payment: int, digits: int) -> tuple[int, int]:
    @cache
    def fine(value: int) -> int:
        return regular_payment(refine(grid.loan_at(value)))

    guesses = [
        _secant(grid, fine, highest_exact(most, grid.rounding, digits))
        for most in (payment - 1, payment)
    ]
    return guesses[0], guesses[1]


def highest_exact(payment: int, rounding: Rounding, digits: int) -> int:
    """
    Return up to where amounts are rounded to at most a payment, in 24 decimals.

    Example:
        >>> highest_exact(88_849, Rounding(), 2) == 888_495 * 10**21
        True
    """
    unit, scale = rounding.units(digits), int(10 ** max(FINE_DIGITS - digits, 0))
    return (2 * (payment // unit) + _HALVES[rounding.mode]) * unit * scale // 2


def _secant(grid: Grid, fine: Callable[[int], int], target: int) -> int:
    before, value = grid.near
    for _ in range(_MOST_STEPS):
        try:
            rise = fine(value) - fine(before)
        except ScheduleError:
            # Too low a rate: it is a guess, so go back half of the way.
            value = (before + value) // 2
            continue
        if rise == 0:
            break
        step = (target - fine(value)) * (value - before) // rise
        found = min(max(value + step, grid.first), grid.last)
        if found in (value, before):
            return found
        before, value = value, found
    return value
