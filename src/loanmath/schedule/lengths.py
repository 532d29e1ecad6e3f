"""How many installments a plan needs, where the terms leave that open."""

from bisect import bisect_right
from math import ceil, log, log1p

from loanmath.schedule.timeline import installment_dates
from loanmath.terms import HolidayOf, InstallmentLoan
from loanmath.terms.consequences import installment_limit

__all__ = ["installments_for", "least_installments", "payments_about"]


def installments_for(loan: InstallmentLoan, needed: int) -> int:
    """
    Return the number of the installment that is the so-many-eth to repay principal.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import FixedPayment, Holiday
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FixedPayment(60),
        ...     rate=Rate("0%/day"), holidays=[Holiday(2, 3, "principal")])
        >>> installments_for(loan, 1), installments_for(loan, 2)
        (1, 5)
    """
    number = needed
    for holiday in loan.holidays:
        if holiday.of is not HolidayOf.INTEREST and holiday.first <= number:
            number += holiday.count
    return number


def least_installments(loan: InstallmentLoan) -> int:
    """Return the installments until the first due date after the last drawdown."""
    if not loan.drawdowns:
        return 1
    most = installment_limit(loan)
    before = bisect_right(installment_dates(loan, most), loan.drawdowns[-1].on)
    return installments_for(loan, min(before + 1, most))


def payments_about(owed: int, payment: int, growing: float) -> int | None:
    """
    Return about how many payments repay what is owed; none, where they never seem to.

    Formula: `-log(1 - owed * growing / payment) / log(1 + growing)`, where the balance
    grows by the same share in every period; a plan shows whether it is right.

    Example:
        >>> payments_about(10_000, 900, 0.01), payments_about(10_000, 100, 0.01)
        (12, None)
    """
    if growing <= 0:
        return -(-owed // payment)
    left = 1 - owed * growing / payment
    return None if left <= 0 else ceil(-log(left) / log1p(growing))
