"""The four ways of repayment that Chinese lenders name, and their terms."""

from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from attrs import evolve

from loanmath.doors import to_enum
from loanmath.terms import (
    BrokenPeriod,
    EqualPrincipal,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    Repayment,
    SinglePayment,
)

__all__ = ["Amount", "Method", "first_days_on_top", "repayment_by"]

Amount: TypeAlias = str | int | Decimal


class Method(Enum):
    """
    How a loan is repaid.

    `LEVEL`: 等额本息. `EQUAL_PRINCIPAL`: 等额本金. `INTEREST_ONLY`: interest each time,
    principal at maturity (先息后本). `SINGLE`: all at maturity (到期一次还本付息).
    """

    LEVEL = "level"
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_ONLY = "interest_only"
    SINGLE = "single"


_TERMS: dict[
    Method,
    type[LevelPayment]
    | type[EqualPrincipal]
    | type[InterestOnly]
    | type[SinglePayment],
] = {
    Method.LEVEL: LevelPayment,
    Method.EQUAL_PRINCIPAL: EqualPrincipal,
    Method.INTEREST_ONLY: InterestOnly,
    Method.SINGLE: SinglePayment,
}


def repayment_by(method: str | Method, count: int) -> Repayment:
    """
    Return the terms of a method of repayment.

    Args:
        method: The method or its name.
        count: Installments; for a single payment, the steps to maturity.

    Raises:
        UnknownNameError: If no method has that name.
        InputTypeError: If an argument is of the wrong type.
        LimitError: If the count is out of range.

    Example:
        >>> repayment_by("interest_only", 6)
        InterestOnly(count=6)
    """
    return _TERMS[to_enum(method, Method, "method")](count)


def first_days_on_top(loan: InstallmentLoan) -> InstallmentLoan:
    """
    Return a loan whose first payment carries the interest of a longer first period.

    Days before the first regular period do not change the regular payment: their
    interest is due on top of the first one. A single payment has none to carry it.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal="12000", due_day=20,
        ...     disbursed=date(2026, 1, 15), every="monthly", day_count="30/360 CN",
        ...     repayment=LevelPayment(3), rate=Rate("6%/year"))
        >>> [str(row.payment) for row in first_days_on_top(loan).schedule()]
        ['4050.07', '4040.07', '4040.06']
    """
    start = loan.regular_start
    if start is None or start <= loan.disbursed:
        return loan
    if isinstance(loan.repayment, SinglePayment):
        return loan
    return evolve(loan, broken_period=BrokenPeriod.ADDED)
