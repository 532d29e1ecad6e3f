"""A solved term as a value, with the loan, schedule and bracket that prove it."""

from decimal import Decimal
from enum import Enum
from typing import TypeAlias, assert_never

from attrs import evolve, field, frozen

from loanmath.currency import from_units, to_units
from loanmath.rates import Rate
from loanmath.schedule import Schedule
from loanmath.solving.regular import (
    bare,
    installment_payments,
    least_count,
    pays,
    probe,
    regular_payment,
)
from loanmath.terms import InstallmentLoan, LevelPayment

__all__ = ["Bracket", "Solution", "Unknown", "Value"]

Value: TypeAlias = Decimal | int | Rate
"""An amount in major units, a number of installments, or a rate."""


class Unknown(Enum):
    """
    The term that is asked for.

    `PRINCIPAL` (本金), `PAYMENT` (每期还款额), `COUNT` (期数), `BALLOON` (尾款), `RATE`
    (利率).
    """

    PRINCIPAL = "principal"
    PAYMENT = "payment"
    COUNT = "count"
    BALLOON = "balloon"
    RATE = "rate"


@frozen
class Bracket:
    """
    The two neighbors on the grid between which a payment lies.

    The regular payment never falls as the value rises, so the values strictly between
    the two, and no others, have exactly the payment that was asked for. Where the two
    are next to each other on the grid, no value has it.

    Attributes:
        low: The last value whose payment is below the one asked for; `None` where the
            grid begins above it.
        low_payment: The regular payment at `low`.
        high: The first value whose payment is above; `None` where the grid ends.
        high_payment: The regular payment at `high`.

    Example:
        >>> Bracket(Decimal("9999.96"), Decimal("888.48"), Decimal("10000.09"),
        ...     Decimal("888.50")).high
        Decimal('10000.09')
    """

    low: Decimal | Rate | None
    low_payment: Decimal | None
    high: Decimal | Rate | None
    high_payment: Decimal | None

    def __str__(self) -> str:
        below = "the grid begins" if self.low is None else _end(self.low)
        if self.low is not None:
            below += f" has {self.low_payment}"
        above = "the grid ends" if self.high is None else _end(self.high)
        if self.high is not None:
            above += f" has {self.high_payment}"
        return f"{below}, {above}"


def _end(value: Decimal | Rate) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@frozen
class Solution:
    """
    A term that follows from the others, with what proves it (求解结果).

    Attributes:
        unknown: What was asked for.
        value: The answer: `Decimal` in major units for an amount, `int` for a count,
            `Rate` for a rate.
        loan: The loan with the answer in it.
        payment: The regular payment asked for, or found.
        is_exact: Whether the regular payment of the loan is that payment; for a stated
            payment that repays the loan, whether any installment pays it.
        bracket: For principal and rate, the neighbors on the grid.
        note: The answer in words.

    Example:
        >>> from datetime import date
        >>> from loanmath.solving import solve_for
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="1",
        ...     disbursed=date(2026, 1, 15), every="monthly", rate=Rate("12%/year"),
        ...     repayment=LevelPayment(12))
        >>> solution = solve_for("principal", loan, payment="888.49")
        >>> solution.value, solution.is_exact, solution.verify()
        (Decimal('10000.08'), True, True)
    """

    unknown: Unknown
    value: Value
    loan: InstallmentLoan
    payment: Decimal
    is_exact: bool
    bracket: Bracket | None
    note: str
    schedule: Schedule = field(repr=False)

    def __str__(self) -> str:
        return self.note

    def _repr_html_(self) -> str:
        return self.schedule.to_html()

    def verify(self) -> bool:
        """
        Return whether the answer holds, its loans planned anew.

        Example:
            >>> from datetime import date
            >>> from loanmath.solving import solve_for
            >>> from loanmath.terms import FixedPayment
            >>> loan = InstallmentLoan(currency="CNY", principal="10000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("12%/year"), repayment=FixedPayment("500"))
            >>> solve_for("count", loan).verify()
            True
        """
        if self.loan.schedule() != self.schedule:
            return False
        match self.unknown:
            case Unknown.PAYMENT:
                return _payment_of(self.loan) == self.value == self.payment
            case Unknown.COUNT:
                return self._is_counted()
            case Unknown.BALLOON:
                return self._is_left()
            case Unknown.PRINCIPAL | Unknown.RATE:
                met = _payment_of(self.loan) == self.payment
                return met is self.is_exact and self._is_bracketed()
            case _:
                assert_never(self.unknown)

    def _is_counted(self) -> bool:
        terms = self.loan.repayment
        if not isinstance(terms, LevelPayment):
            counted = len(installment_payments(bare(self.loan)))
            return (counted, self._is_paid()) == (self.value, self.is_exact)
        reached = _payment_of(self.loan)
        return (
            terms.count == self.value
            and reached <= self.payment
            and (reached == self.payment) is self.is_exact
            and self._needs_all(terms)
        )

    def _needs_all(self, terms: LevelPayment) -> bool:
        """Return whether one installment fewer is none, or pays more than was asked."""
        if terms.count <= least_count(self.loan):
            return True
        fewer = evolve(terms, count=terms.count - 1)
        return _payment_of(evolve(self.loan, repayment=fewer)) > self.payment

    def _is_left(self) -> bool:
        last = installment_payments(bare(self.loan))[-1]
        left = max(last - self._asked, 0)
        is_exact = left > 0 or self._is_paid()
        value = from_units(left, self.loan.digits)
        return (self.value, self.is_exact) == (value, is_exact)

    def _is_paid(self) -> bool:
        return pays(self.loan, self._asked)

    @property
    def _asked(self) -> int:
        return to_units(self.payment, self.loan.digits, "payment")

    def _is_bracketed(self) -> bool:
        bracket = self.bracket
        if bracket is None:
            return False
        below, above = (
            None if end is None else _payment_of(_with(self.loan, end))
            for end in (bracket.low, bracket.high)
        )
        return (
            (below, above) == (bracket.low_payment, bracket.high_payment)
            and (below is None or below < self.payment)
            and (above is None or above > self.payment)
        )


def _payment_of(loan: InstallmentLoan) -> Decimal:
    return from_units(regular_payment(probe(loan)), loan.digits)


def _with(loan: InstallmentLoan, value: Decimal | Rate) -> InstallmentLoan:
    # A discount or a residue may fit the answer and not its neighbor.
    if isinstance(value, Rate):
        return evolve(probe(loan), rate=value)
    return evolve(probe(loan), principal=value)
