"""What a term sheet says in any language: amounts, dates, and when interest is due."""

from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from attrs import frozen

from loanmath.currency import to_units
from loanmath.rates import Rate, RateUnit, percentage_text
from loanmath.schedule import Schedule
from loanmath.terms import (
    AddOnInterest,
    Earned,
    FeeDue,
    FlatFee,
    InstallmentLoan,
    PenaltyInterest,
    PrepaymentEffect,
    SinglePayment,
)
from loanmath.terms.lateness import YEARS
from loanmath.terms.replanning import can_be_replanned, follows_balance

__all__ = [
    "MOST_NAMED",
    "Facts",
    "FirstPeriod",
    "Run",
    "counts_every_day",
    "facts",
    "has_later_fees",
    "number_text",
    "only_date",
    "penalty_year",
    "saves_interest",
    "year_days",
    "yearly",
]

_COUNTS_NO_DAYS = ("1/12", "1/1")
MOST_NAMED = 8
"""The most amounts that a sheet names one by one."""


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
    def counts_end_days(self) -> bool:
        """Whether it matters which end days bear interest."""
        return self.counts_days or self.shares_months

    @property
    def pays_interest_before(self) -> bool:
        """Whether interest is paid before the day of the last payment."""
        columns = self.schedule.columns()
        last = columns["due"][-1]
        return any(
            interest and due < last
            for due, interest in zip(columns["due"], columns["interest"], strict=True)
        )

    @property
    def is_in_advance(self) -> bool:
        """Whether interest is due as a period begins."""
        term = self.loan.interest_payments
        return term is not None and term.in_advance

    @property
    def has_interest_dates(self) -> bool:
        """Whether interest is due on dates of its own."""
        term = self.loan.interest_payments
        return term is not None and term.every is not None

    @property
    def accrues(self) -> bool:
        """Whether interest is charged on what is owed, and not added on at signing."""
        loan = self.loan
        return loan.rate is not None and not isinstance(loan.repayment, AddOnInterest)

    @property
    def counts_first_period(self) -> bool:
        """Whether the first installment pays interest for the days of its period."""
        loan = self.loan
        if loan.interest_payments is not None or loan.rate is None:
            return False
        return (
            not isinstance(loan.repayment, AddOnInterest)
            or loan.repayment.earned is Earned.BY_TIME
        )


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
    return tuple(runs) if len(runs) <= MOST_NAMED else ()


def _first_period(loan: InstallmentLoan) -> FirstPeriod:
    start = loan.regular_start
    if isinstance(loan.repayment, SinglePayment) or only_date(loan):
        # Its one period is as long as it is: there is no other to compare it with.
        return FirstPeriod.REGULAR
    if loan.anchor == loan.disbursed:
        return FirstPeriod.IN_ADVANCE
    if start is None or start == loan.disbursed:
        return FirstPeriod.REGULAR
    return FirstPeriod.LONGER if loan.disbursed < start else FirstPeriod.SHORTER


def counts_every_day(loan: InstallmentLoan) -> bool:
    """Return whether the contract rate is worth something for a single day."""
    by_day = loan.rate is not None and loan.rate.per is RateUnit.DAY
    return by_day or loan.counted_by.basis in YEARS


def has_later_fees(loan: InstallmentLoan) -> bool:
    """Return whether fees fall due after the day the money is paid out."""
    planned = any(fee.due is not FeeDue.DISBURSEMENT for fee in loan.fees)
    return planned or isinstance(loan.repayment, FlatFee)


def saves_interest(loan: InstallmentLoan) -> bool:
    """Return whether a part that is repaid early saves interest of later periods."""
    terms = loan.servicing.prepayment
    keeps_plan = terms.effect is PrepaymentEffect.NEXT and not follows_balance(loan)
    return can_be_replanned(loan) and not keeps_plan


def number_text(share: Fraction) -> str:
    """
    Return the shortest exact text of a number.

    Example:
        >>> number_text(Fraction(3, 2))
        '1.5'
    """
    return percentage_text(share / 100).removesuffix("%")


def only_date(loan: InstallmentLoan) -> date | None:
    """Return the date of the only installment, where it has one of its own."""
    return loan.last_due if loan.repayment.count == 1 else None


def penalty_year(loan: InstallmentLoan, terms: PenaltyInterest) -> int | None:
    """
    Return the days of the year that a penalty rate is divided by; none, if per day.

    Example:
        >>> from loanmath.terms import InterestOnly
        >>> loan = InstallmentLoan(currency="CNY", principal="1000",
        ...     disbursed=date(2026, 1, 15), every="monthly", day_count="ACT/360",
        ...     rate=Rate("6%/year"), repayment=InterestOnly(3))
        >>> penalty_year(loan, PenaltyInterest(multiple="1.5"))
        360
    """
    own = terms.rate is not None
    rates = [terms.rate] if own else [loan.rate, terms.addition]
    if all(rate is None or rate.per is RateUnit.DAY for rate in rates):
        return None
    return terms.days_in_year or int(loan.counted_by.basis or 0)


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
