"""Concessions that state what is paid: what can be borne, or one sum for all."""

from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from loanmath.doors import to_date
from loanmath.errors import TermsError
from loanmath.rates import Rate
from loanmath.terms.amounts import to_amount
from loanmath.terms.concessions.left import Left
from loanmath.terms.payments import FixedPayment
from loanmath.terms.repayment import SinglePayment

__all__ = ["AffordablePayment", "Settlement"]


def _to_payment(amount: object) -> Decimal:
    return to_amount(amount, "amount", least=1)


def _to_by(by: object) -> date:
    return to_date(by, "by")


@frozen
class AffordablePayment:
    """
    A payment that the borrower can make; the term follows from it (按还款能力还款).

    Args:
        amount: The payment of an installment in major units, above zero.

    Raises:
        InputTypeError: If it is of the wrong type.
        LimitError: If it is not above zero.

    Example:
        >>> AffordablePayment("300").amount
        Decimal('300')
    """

    amount: Decimal = field(converter=_to_payment)

    def applied(self, left: Left) -> Left:
        """Return what is left with that payment."""
        method = FixedPayment(self.amount)
        return evolve(left.changed(last_due=None), method=method, count=None)


@frozen
class Settlement:
    """
    One payment by a date for all that is owed, the rest given up with it (折扣结清).

    What is owed falls to the amount, penalty first, then compound interest, fees,
    interest and principal; it bears nothing until the date. On a breach all is owed
    again.

    Args:
        amount: The payment in major units, above zero, at most what is owed.
        by: The day on which it is due, after the plan's.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the amount is not above zero.

    Example:
        >>> Settlement("8000", date(2026, 7, 1)).amount
        Decimal('8000')

    Source: a discount for paying off by a date, penalty first; recalled.
    """

    amount: Decimal = field(converter=_to_payment)
    by: date = field(converter=_to_by)

    def applied(self, left: Left) -> Left:
        """Return what is left as one payment."""
        if self.by <= left.on:
            raise TermsError(
                "by", got=str(self.by), allowed=f"after {left.on}, the plan's day"
            )
        one = left.changed(
            every=(self.by,), rate=Rate("0%/day"), day_count=None, fees=(),
            last_due=None, first_due=None, due_day=None,
        )  # fmt: skip
        return evolve(one, method=SinglePayment(1), count=1, holidays=(), fees=())
