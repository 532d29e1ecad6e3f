"""Whether what lateness costs has a meaning beside the rest of the contract."""

from fractions import Fraction
from typing import TYPE_CHECKING

from loanmath.currency import to_units
from loanmath.errors import TermsError
from loanmath.rates import Rate, RateUnit
from loanmath.terms.flat_charge import AddOnInterest
from loanmath.terms.servicing import (
    Component,
    ContractInterest,
    InterestOn,
    PenaltyBase,
)

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = ["YEARS", "check_servicing", "daily_share"]

YEARS = (360, 364, 365, 366)
"""The days of a year that a rate may be divided by."""


def daily_share(
    rate: Rate, days_in_year: int | None, loan: "InstallmentLoan"
) -> Fraction:
    """
    Return the exact share of a rate for one day.

    Formula: `rate` per day; `12 * rate / year` per month; `rate / year` per year, where
    the year has the days stated, or else those that the loan's day count divides by.

    Raises:
        TermsError: If neither states the days of the year.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms import InstallmentLoan, LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=LevelPayment(1),
        ...     rate=Rate("1%/month"))
        >>> daily_share(loan.rate, 360, loan)
        Fraction(1, 3000)
    """
    if rate.per is RateUnit.DAY:
        return rate.value
    year = Fraction(days_in_year) if days_in_year else loan.counted_by.basis
    if year not in YEARS:
        raise TermsError(
            "days_in_year",
            got=None,
            allowed="360, 364, 365 or 366",
            do=f"state it: {rate} by {loan.counted_by} has no daily rate of its own",
        )
    return (12 if rate.per is RateUnit.MONTH else 1) * rate.value / year


def check_servicing(loan: "InstallmentLoan") -> None:
    """
    Refuse terms of lateness that have no meaning beside the others.

    Raises:
        TermsError: If a rate has no daily rate, a contract has no rate to multiply,
            interest would be charged twice on the same amount, or interest that is
            added on in advance is to follow what is owed.
        CurrencyError: If an amount is finer than the loan.
    """
    _check_interest_on(loan)
    _check_penalty(loan)
    for charge in loan.servicing.late_charges:
        for name in ("amount", "least", "most", "tolerance"):
            value = getattr(charge, name)
            if value is not None and not isinstance(value, Fraction):
                to_units(value, loan.digits, f"late_charges {charge.name} {name}")
    to_units(loan.servicing.days_past_due.tolerance, loan.digits, "tolerance")


def _check_interest_on(loan: "InstallmentLoan") -> None:
    # Added on, interest is a sum agreed at signing: no payment makes it less or more.
    on_balance = loan.servicing.interest_on is InterestOn.BALANCE
    if on_balance and isinstance(loan.repayment, AddOnInterest):
        raise TermsError(
            "servicing.interest_on",
            got="balance, beside AddOnInterest",
            allowed="schedule, where interest is agreed in advance on what was lent",
            do="leave interest_on out, or choose a method whose interest follows what"
            " is owed, such as LevelPayment",
        )


def _check_penalty(loan: "InstallmentLoan") -> None:
    terms = loan.penalty
    if terms is None:
        return
    to_units(terms.tolerance, loan.digits, "penalty tolerance")
    for rate in (terms.rate, terms.addition):
        if rate is not None:
            daily_share(rate, terms.days_in_year, loan)
    compounding = terms.compounding
    needs_contract = (
        terms.rate is None
        or terms.contract_interest is ContractInterest.CONTINUES
        or (compounding is not None and compounding.at_contract_rate)
    )
    if needs_contract:
        if loan.rate is None:
            raise TermsError(
                "penalty",
                got="a multiple of or an addition to the contract rate",
                allowed="a rate of its own, where the contract has none",
            )
        daily_share(_some_rate(loan), terms.days_in_year, loan)
    if (
        compounding is not None
        and Component.INTEREST in compounding.of
        and terms.base is not PenaltyBase.PRINCIPAL
    ):
        raise TermsError(
            "compounding",
            got=f"interest, beside a penalty on {terms.base.value}",
            allowed="penalty on overdue_principal alone",
            do="leave interest out of one of the two, or it is charged twice",
        )


def _some_rate(loan: "InstallmentLoan") -> Rate:
    rate = loan.rate
    if type(rate) is Rate:
        return rate
    # Every rate of a plan is per the same unit of time.
    return Rate(f"1%/{rate.per.value}")  # type: ignore[union-attr]
