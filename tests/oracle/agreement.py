"""
The plain parameters of a loan with any terms, and the rates that follow from them.

An `Agreement` is a `planner.Contract` with further terms. Whatever it leaves out is as
in the plain contract.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from oracle.planner import Contract, RefusedError, Rule, at_day

LAST_DATE = date(2200, 12, 31)
PAYMENTS = ("level", "fixed", "graduated", "stepped")
CHARGES = ("flat_fee", "add_on")


@dataclass(frozen=True)
class Floating:
    """An index plus a spread; `dates`, or steps of months or days from `first_reset`."""

    observations: tuple[tuple[date, Fraction], ...]
    spread: Fraction = Fraction(0)
    multiplier: Fraction = Fraction(1)
    months: int = 0
    days: int = 0
    first_reset: date | None = None
    dates: tuple[date, ...] = ()
    initial: Fraction | None = None
    next_rate: Fraction | None = None
    floor: Fraction | None = None
    cap: Fraction | None = None
    fixing_days: int = 0


@dataclass(frozen=True)
class Holiday:
    first: int
    count: int
    of: str
    interest: str | None = None

    def holds(self, number: int) -> bool:
        return self.first <= number < self.first + self.count


@dataclass(frozen=True)
class InterestDates:
    """Own dates of interest: `dates`, or steps of months or days; or neither."""

    months: int = 0
    days: int = 0
    dates: tuple[date, ...] = ()
    first_due: date | None = None
    in_advance: bool = False
    capitalized_until: date | None = None

    @property
    def are_own(self) -> bool:
        return bool(self.months or self.days or self.dates)


@dataclass(frozen=True)
class Charge:
    """A fee: an amount, or with `is_share` a share of something."""

    amount: Fraction
    is_share: bool = False
    of: str = "principal"
    due: str | date = "disbursement"
    paid: str = "separately"
    every: int = 1
    tax: Fraction | None = None
    rule: Rule | None = None


@dataclass(frozen=True)
class Agreement(Contract):
    """
    Plain parameters of one loan.

    `method` is one of the plain ones or "fixed", "fixed_principal", "graduated",
    "stepped", "add_on". `open_ended` says that the number of installments follows.
    """

    changes: tuple[tuple[date, Fraction], ...] | None = None
    floating: Floating | None = None
    balloon: Fraction | None = None
    amortized_over: int | None = None
    on_rate_change: str = "payment"
    open_ended: bool = False
    amount: Fraction = Fraction(0)
    amount_is_share: bool = False
    growth: Fraction = Fraction(0)
    grows_every: int = 12
    stages: tuple[tuple[int, Fraction | None], ...] = ()
    earned: str = "level"
    holidays: tuple[Holiday, ...] = ()
    interest: InterestDates | None = None
    broken: str = "counted"
    first_after: tuple[int, int] | None = None
    last_due: date | None = None
    drawdowns: tuple[tuple[date, Fraction], ...] = ()
    discount: Fraction = Fraction(0)
    charges: tuple[Charge, ...] = ()
    recurrence: str | None = None

    @property
    def has_plain_rate(self) -> bool:
        return self.changes is None and self.floating is None

    @property
    def pays_interest_first(self) -> bool:
        return self.method in PAYMENTS

    @property
    def in_advance(self) -> bool:
        return self.interest is not None and self.interest.in_advance


def charged(terms: Agreement, charge: Charge, base: Fraction) -> Fraction:
    rule = charge.rule or terms.rule
    return rule(charge.amount * base) if charge.is_share else charge.amount


def taxed(terms: Agreement, charge: Charge, fee: Fraction) -> Fraction:
    rule = charge.rule or terms.rule
    return Fraction(0) if charge.tax is None else rule(fee * charge.tax)


def owed_at_start(terms: Agreement) -> Fraction:
    """The principal and the fees that join it."""
    owed = terms.principal
    for charge in terms.charges:
        if charge.paid == "financed":
            fee = charged(terms, charge, terms.principal)
            owed += fee + taxed(terms, charge, fee)
    return owed


# --- rates --------------------------------------------------------------------------


@dataclass(frozen=True)
class RatePath:
    """
    The rate at the start, and (date, rate) of every change in order of dates.

    `shift` is the day by which a segment starts before the day of the change: where
    days are counted from the day after the start to the end, a segment of days that
    bear the new rate starts the day before the first of them.
    """

    initial: Fraction
    changes: tuple[tuple[date, Fraction], ...] = ()
    shift: timedelta = timedelta(0)

    def cuts(self) -> list[date]:
        return [day - self.shift for day, _ in self.changes]

    def from_day(self, start: date) -> Fraction:
        """The rate of a segment that starts on that day and is not cut."""
        rate = self.initial
        for day, changed in self.changes:
            if day - self.shift <= start:
                rate = changed
        return rate

    def known_before(self, end: date) -> "RatePath":
        """Changes before a day only: the last of them stays in force for all time."""
        known = [change for change in self.changes if change[0] - self.shift < end]
        return RatePath(self.initial, tuple(known), self.shift)

    def holds_change(self, start: date, end: date) -> bool:
        """Whether a day that is counted in a period is the first at another rate."""
        return any(start <= day < end for day in self.cuts())


def observed(floating: Floating, day: date) -> Fraction:
    """The formula of a floating rate on a reset date."""
    seen = [
        (on, value)
        for on, value in floating.observations
        if on <= day - timedelta(floating.fixing_days)
    ]
    if not seen:
        raise RefusedError("the index was not observed so early")
    rate = floating.multiplier * max(seen)[1] + floating.spread
    if floating.floor is not None and rate < floating.floor:
        rate = floating.floor
    if floating.cap is not None and rate > floating.cap:
        rate = floating.cap
    return rate


def reset_dates(floating: Floating, last: date) -> Iterator[date]:
    """Stated dates, or steps from the first reset, as far as a day."""
    if floating.first_reset is None:
        yield from (day for day in floating.dates if day < last)
        return
    number, first = 0, floating.first_reset
    while True:
        months, days = floating.months * number, floating.days * number
        day = first + relativedelta(months=months, days=days)
        if day >= last:
            return
        yield at_day(day, first.day) if floating.months else day
        number += 1


def other(
    rate: Fraction, changes: Sequence[tuple[date, Fraction]]
) -> tuple[tuple[date, Fraction], ...]:
    """The changes to another rate than the one in force."""
    found = []
    for day, changed in changes:
        if changed != rate:
            found.append((day, changed))
        rate = changed
    return tuple(found)


def rate_path(terms: Agreement, last: date) -> RatePath:
    """The rates as far as a day; a reset to the same rate changes nothing."""
    shift = timedelta(1 if terms.head_tail == "tail" else 0)
    if terms.changes is not None:
        return RatePath(terms.rate, other(terms.rate, sorted(terms.changes)), shift)
    floating = terms.floating
    if floating is None:
        return RatePath(terms.rate, (), shift)
    initial = floating.initial
    if initial is None:
        initial = observed(floating, terms.disbursed)
    changes = []
    for number, day in enumerate(reset_dates(floating, last)):
        preset = floating.next_rate if number == 0 else None
        changes.append((day, observed(floating, day) if preset is None else preset))
    return RatePath(initial, other(initial, changes), shift)
