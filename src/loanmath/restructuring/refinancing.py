"""A debt that a new loan pays off: borrowing anew to repay the old."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from loanmath.account import Account, Position
from loanmath.currency import sum_of
from loanmath.doors import to_date
from loanmath.errors import DateRangeError, InputTypeError, TermsError
from loanmath.events import Payment
from loanmath.line_account import LineAccount
from loanmath.restructuring.paying import Debt, terms_of
from loanmath.terms import InstallmentLoan

__all__ = ["Refinancing", "refinance"]


@frozen
class Refinancing:
    """
    A debt and the loan that pays it off; nothing is booked (借新还旧).

    Attributes:
        before: The account or the line as it is.
        payment: What closes it, to be recorded on it.
        new: The account of the new loan.
        paid_out: What of the new loan is left for the borrower, in major units.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import FlatFee, LevelPayment
        >>> old = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 3, 15), rate=Rate("0.03%/day"),
        ...     repayment=LevelPayment(12))
        >>> done = refinance(Account.open(old), loan, id="refinanced")
        >>> done.payment.amount, done.paid_out
        (Decimal('1060.00'), Decimal('140.00'))
    """

    before: Debt
    payment: Payment
    new: Account
    paid_out: Decimal

    @property
    def closed(self) -> Debt:
        """The old debt, paid off."""
        return self.before.record(self.payment)

    def reinstated(self, new: Account) -> Debt:
        """
        Return the old debt as if the new loan had never been, with what was paid on it.

        Args:
            new: The account of the new loan, with its payments.

        Raises:
            InputTypeError: If it is no account.
            EventError: If a payment of the new loan has the id of an event of the old.

        Source: on a breach the plan is void, and the debt is reinstated from the day of
        the plan with what was paid; recalled.
        """
        if type(new) is not Account:
            raise InputTypeError("new", got=new, allowed="an Account")
        paid = [event for event in new.events if isinstance(event, Payment)]
        return self.before.record(*paid)


def refinance(
    debt: Debt,
    loan: InstallmentLoan,
    *,
    id: str,  # noqa: A002 as events call it
) -> Refinancing:
    """
    Return how a new loan pays off an account or a line on the day it is paid out.

    Args:
        debt: What is paid off.
        loan: The new loan, of at least what is owed.
        id: The name of the payment that pays it off.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        DateRangeError: If the loan is paid out before the last event of the debt.
        TermsError: If it is of another currency or too small, or installments of a line
            are to come.

    Example:
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import FlatFee, LevelPayment
        >>> old = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
        >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="monthly",
        ...     disbursed=date(2026, 3, 15), rate=Rate("0.03%/day"),
        ...     repayment=LevelPayment(12))
        >>> refinance(Account.open(old), loan, id="refinanced")
        Traceback (most recent call last):
        ...
        loanmath.errors.TermsError: principal: got '1000.00'; allowed: at least 1060.00, what settles the debt on 2026-03-15

    中文: 借新还旧, 再融资.

    Source: a refinancing is a restructuring too, by the Measures on Risk Classification
    of Financial Assets (2023); recalled.
    """  # noqa: E501 the message is one line
    if type(debt) not in (Account, LineAccount):
        raise InputTypeError("debt", got=debt, allowed="an Account or a LineAccount")
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    on = loan.disbursed
    payoff = owed_on(debt, on)
    currency = terms_of(debt).currency
    if loan.currency != currency:
        raise TermsError("currency", got=loan.currency, allowed=currency)
    if loan.principal < payoff:
        raise TermsError(
            "principal",
            got=str(loan.principal),
            allowed=f"at least {payoff}, what settles the debt on {on}",
        )
    payment = Payment(id=id, on=on, amount=payoff)
    left = sum_of([loan.principal, payoff.copy_negate()], loan.digits)
    return Refinancing(debt, payment, Account.open(loan), left)


def owed_on(debt: Debt, on: date) -> Decimal:
    """
    Return what settles a debt on a day, refusing a day before its last event.

    Raises:
        InputTypeError: If the day is not a `date`.
        DateRangeError: If it is before the last event.
        TermsError: If installments of a line are to come.
    """
    day = to_date(on, "on")
    last = max((event.on for event in debt.events), default=day)
    if day < last:
        raise DateRangeError(
            "on", got=str(day), allowed=f"on or after {last}, the last event"
        )
    position = debt.position(day)
    if not isinstance(position, Position) and position.installments:
        raise TermsError(
            "line",
            got=f"{position.installments} of installments to come",
            allowed="a line all of whose debt is owed",
            do="record a PlanSettlement of each plan first",
        )
    return position.payoff
