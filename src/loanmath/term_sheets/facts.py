"""What a term sheet says in any language: amounts, dates, and what is left open."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from attrs import frozen

from loanmath.currency import to_units
from loanmath.daycount import HeadTail
from loanmath.rates import Rate, RateUnit
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.schedule import Schedule
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    FlatFee,
    FloatingRate,
    InstallmentLoan,
    Residue,
)

__all__ = ["Facts", "FirstPeriod", "OpenPoint", "Run", "facts", "year_days", "yearly"]

_COUNTS_NO_DAYS = ("1/12", "1/1")
_MOST_RUNS = 8


class Run(NamedTuple):
    """Payments of one amount on consecutive dates."""

    times: int
    units: int
    first: date
    last: date


class FirstPeriod(Enum):
    """How the first period differs from the others."""

    REGULAR = "regular"
    LONGER = "longer"
    SHORTER = "shorter"
    IN_ADVANCE = "in advance"


class OpenPoint(Enum):
    """What terms may leave open, in the order of the sheet."""

    DAY_COUNT = "day count"
    DAYS_IN_YEAR = "days in a year"
    END_DAYS = "end days"
    DAYS_OFF = "days off"
    SHORT_MONTHS = "short months"
    FIRST_PERIOD = "first period"
    ROUNDING = "rounding"
    RESIDUE = "residue"
    INDEX = "index"
    NO_FLOOR = "no floor"
    NO_CAP = "no cap"
    LATE = "late payment"
    EARLY = "early repayment"
    EARLY_CHARGE = "charge on early repayment"
    ORDER = "order of payments"
    YEARLY_COST = "yearly cost"


@frozen
class Facts:
    """
    A loan, its schedule, and what the sheet says of them, amounts in units.

    Attributes:
        loan: The terms.
        schedule: Their plan.
        runs: The payments in order; empty where there are too many amounts to list.
        payments: Each date with what is due on it, nothing left out but zeros.
        sums: The sums of payment, principal, interest, fee, tax and capitalized.
        paid_out: What the borrower receives on disbursement.
        deducted: Fees and taxes that are withheld from it.
        financed: Fees and taxes that join the principal.
        discount: What else is withheld; below zero, a premium.
        first_period: How the first period differs.
    """

    loan: InstallmentLoan
    schedule: Schedule
    runs: tuple[Run, ...]
    payments: tuple[tuple[date, int], ...]
    sums: tuple[int, ...]
    paid_out: int
    deducted: int
    financed: int
    discount: int
    first_period: FirstPeriod

    @property
    def principal(self) -> int:
        """The amount lent, without fees."""
        return to_units(self.loan.principal, self.loan.digits, "principal")

    @property
    def counts_days(self) -> bool:
        """Whether interest is counted by days."""
        return (
            self.loan.rate is not None
            and self.loan.counted_by.name not in _COUNTS_NO_DAYS
        )

    @property
    def shares_months(self) -> bool:
        """Whether a part of a whole month may count, by its share of the days."""
        loan = self.loan
        changes = bool(loan.drawdowns) or not isinstance(loan.rate, Rate)
        stated = loan.day_count is not None and loan.day_count.name == "1/12"
        return stated and changes

    @property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """What the terms leave open."""
        return tuple(point for point in OpenPoint if _IS_OPEN[point](self))


def facts(loan: InstallmentLoan) -> Facts:
    """
    Return what there is to say of a loan.

    Raises:
        LoanmathError: If no schedule can be planned from the terms.

    Example:
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly",
        ...     rate=Rate("1%/month"), repayment=InterestOnly(3))
        >>> [run[:2] for run in facts(loan).runs]
        [(2, 1000), (1, 101000)]
    """
    schedule = loan.schedule()
    columns, digits = schedule.columns(), loan.digits
    principal = to_units(loan.principal, digits, "principal")
    discount = 0
    if loan.discount is not None:
        discount = to_units(loan.discount, digits, "discount")
    paid_out = -to_units(schedule.cash_flows()[0].amount, digits, "paid out")
    deducted = principal - discount - paid_out
    rows = list(zip(columns["due"], columns["payment"], strict=True))
    if deducted:
        # What is deducted from the amount paid out stands in the row, but is not paid.
        rows[0] = (rows[0][0], rows[0][1] - deducted)
        rows = rows[0 if rows[0][1] else 1 :]
    names = ("payment", "principal", "interest", "fee", "tax", "capitalized")
    return Facts(
        loan=loan,
        schedule=schedule,
        runs=_runs(rows),
        payments=tuple(row for row in rows if row[1]),
        sums=tuple(sum(columns[name]) for name in names),
        paid_out=paid_out,
        deducted=deducted,
        financed=loan.principal_units - principal,
        discount=discount,
        first_period=_first_period(loan),
    )


def _runs(rows: list[tuple[date, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for units, group in groupby(rows, key=lambda row: row[1]):
        days = [due for due, _ in group]
        runs.append(Run(len(days), units, days[0], days[-1]))
    return tuple(runs) if len(runs) <= _MOST_RUNS else ()


def _first_period(loan: InstallmentLoan) -> FirstPeriod:
    start = loan.regular_start
    if loan.anchor == loan.disbursed:
        return FirstPeriod.IN_ADVANCE
    if start is None or start == loan.disbursed:
        return FirstPeriod.REGULAR
    return FirstPeriod.LONGER if loan.disbursed < start else FirstPeriod.SHORTER


def year_days(loan: InstallmentLoan) -> int | None:
    """
    Return the days in a year that turn a rate per day into one per year, if certain.

    They are certain where the day count was stated and its year is a number of days.

    Example:
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly", day_count="ACT/360",
        ...     rate=Rate("0.05%/day"), repayment=InterestOnly(3))
        >>> year_days(loan)
        360
    """
    basis = loan.counted_by.basis
    certain = loan.day_count is not None and basis in (360, 364, 365)
    return int(basis) if certain and basis is not None else None


def yearly(rate: Rate, loan: InstallmentLoan) -> tuple[Rate, int | None] | None:
    """
    Return a rate per year, where its conversion is certain, and the days of that year.

    Example:
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly", day_count="ACT/360",
        ...     rate=Rate("0.05%/day"), repayment=InterestOnly(3))
        >>> yearly(Rate("0.05%/day"), loan)
        (Rate('18%/year'), 360)
    """
    if rate.per is RateUnit.YEAR:
        return None
    if rate.per is RateUnit.MONTH:
        return rate.per_year(), None
    days = year_days(loan)
    return None if days is None else (rate.per_year(days_in_year=days), days)


def _by_days(known: Facts) -> bool:
    rate = known.loan.rate
    return (
        rate is not None and rate.per is RateUnit.DAY and year_days(known.loan) is None
    )


def _may_lack_its_day(known: Facts) -> bool:
    loan = known.loan
    by_months = isinstance(loan.every, Step) and loan.every.months > 0
    return by_months and loan.roll_day > 28 and not loan.end_of_month


def _is_odd(known: Facts) -> bool:
    return (
        known.first_period in (FirstPeriod.LONGER, FirstPeriod.SHORTER)
        and known.loan.rate is not None
        and known.loan.broken_period is BrokenPeriod.COUNTED
    )


def _lacks(known: Facts, limit: str) -> bool:
    rate = known.loan.rate
    return isinstance(rate, FloatingRate) and getattr(rate, limit) is None


def _leaves_residue(known: Facts) -> bool:
    return getattr(known.loan.repayment, "residue", None) is Residue.LAST


def _always(_: Facts) -> bool:
    return True


# Where a default is in force, nobody can tell whether it was agreed.
_IS_OPEN: dict[OpenPoint, Callable[[Facts], bool]] = {
    OpenPoint.DAY_COUNT: lambda known: (
        known.loan.rate is not None and known.loan.day_count is None
    ),
    OpenPoint.DAYS_IN_YEAR: _by_days,
    OpenPoint.END_DAYS: lambda known: (
        known.counts_days and known.loan.head_tail is HeadTail.HEAD
    ),
    OpenPoint.DAYS_OFF: lambda known: known.loan.business_days is None,
    OpenPoint.SHORT_MONTHS: _may_lack_its_day,
    OpenPoint.FIRST_PERIOD: _is_odd,
    OpenPoint.ROUNDING: lambda known: known.loan.rounding == Rounding(),
    OpenPoint.RESIDUE: _leaves_residue,
    OpenPoint.INDEX: lambda known: isinstance(known.loan.rate, FloatingRate),
    OpenPoint.NO_FLOOR: lambda known: _lacks(known, "floor"),
    OpenPoint.NO_CAP: lambda known: _lacks(known, "cap"),
    OpenPoint.LATE: _always,
    OpenPoint.EARLY: _always,
    OpenPoint.EARLY_CHARGE: lambda known: isinstance(
        known.loan.repayment, (FlatFee, AddOnInterest)
    ),
    OpenPoint.ORDER: _always,
    OpenPoint.YEARLY_COST: _always,
}
