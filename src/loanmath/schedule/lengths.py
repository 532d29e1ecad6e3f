"""How many installments a plan needs, where the terms leave that open."""

from bisect import bisect_right

from loanmath.schedule.timeline import installment_dates
from loanmath.terms import HolidayOf, InstallmentLoan
from loanmath.terms.consequences import installment_limit

__all__ = ["installments_for", "least_installments", "payments_about"]

# Of a power in fixed point: enough for a guess.
_BITS = 64


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


def payments_about(owed: int, payment: int, growing: int, unit: int) -> int | None:
    """
    Return about how many payments repay what is owed; none, where they never seem to.

    Formula: the least `n` with `v**n <= 1 - owed * growing / (payment * unit)`, where
    `v = unit / (unit + growing)` in every period; a plan shows whether it is right.

    Example:
        >>> payments_about(10_000, 900, 1, 100), payments_about(10_000, 100, 1, 100)
        (12, None)
    """
    if payment <= 0:
        return None
    if growing <= 0:
        return -(-owed // payment)
    most = payment * unit
    left = (most - owed * growing << _BITS) // most
    if left <= 0:
        return None
    powers = [(unit << _BITS) // (unit + growing)]
    while powers[-1] > left:
        powers.append(powers[-1] * powers[-1] >> _BITS)
    worth, count = 1 << _BITS, 0
    for power in reversed(powers):
        count, less = 2 * count, worth * power >> _BITS
        if less > left:
            worth, count = less, count + 1
    return count + 1
