"""
The regular payment of a loan, and the loan it is read from.

A regular payment is principal and interest (and the share of a flat fee) of an
installment that takes neither a residue, nor a balloon, nor the interest of a broken
period. It is read off a plan of the same loan in which nothing hides it.
"""

from attrs import evolve

from loanmath.errors import InvariantError, TermsError
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    FeePaid,
    FeeTiming,
    FixedPayment,
    FlatFee,
    HolidayOf,
    InstallmentLoan,
    LevelPayment,
    Residue,
    Shortfall,
)

__all__ = [
    "FINE_DIGITS",
    "as_level",
    "check_interest_dates",
    "check_residue",
    "installments",
    "probe",
    "refine",
    "regular_payment",
]

FINE_DIGITS = 24
"""The decimals of a plan that shows how a payment moves between two cents."""

_ROWS_BEFORE = (BrokenPeriod.SEPARATE, BrokenPeriod.AT_DISBURSEMENT)
_NOT_PAID = (HolidayOf.PRINCIPAL, HolidayOf.PAYMENT)


def as_level(loan: InstallmentLoan) -> InstallmentLoan:
    """
    Return a loan whose installments have a regular payment that follows from its terms.

    Raises:
        TermsError: If there is no such payment.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FixedPayment(60, 2),
        ...     rate=Rate("1%/month"))
        >>> as_level(loan).repayment.count
        2
    """
    check_interest_dates(loan)
    match loan.repayment:
        case LevelPayment() | AddOnInterest() | FlatFee():
            return loan
        case FixedPayment(count=int() as count, shortfall=shortfall):
            return evolve(loan, repayment=LevelPayment(count, shortfall=shortfall))
        case FixedPayment():
            raise TermsError(
                "repayment.count",
                got=None,
                allowed="a number of installments",
                do="the answer depends on it: write FixedPayment(payment, count)",
            )
        case _:
            raise TermsError(
                "repayment",
                got=type(loan.repayment).__name__,
                allowed="LevelPayment, FixedPayment, AddOnInterest or FlatFee",
                do="only these have one regular payment",
            )


def check_interest_dates(loan: InstallmentLoan) -> None:
    """
    Refuse interest that is paid on dates of its own.

    Raises:
        TermsError: If it is.
    """
    if loan.interest_payments is not None:
        raise TermsError(
            "interest_payments",
            got="stated",
            allowed="only where interest falls due with installments",
            do="leave them out: what is due is otherwise no regular payment",
        )


def check_residue(loan: InstallmentLoan, *allowed: Residue) -> None:
    """
    Refuse level payments that the residue moves.

    Raises:
        TermsError: If the residue of level payments is none of those allowed.
    """
    repayment = loan.repayment
    if isinstance(repayment, LevelPayment) and repayment.residue not in allowed:
        words = " or ".join(f"'{rule.value}'" for rule in allowed)
        raise TermsError(
            "residue",
            got=repayment.residue.value,
            allowed=words,
            do="other rules move the regular payment itself by what rounding leaves",
        )


def probe(loan: InstallmentLoan) -> InstallmentLoan:
    """
    Return the loan without what hides or refuses its regular payment.

    Fees that are not financed and a discount change no installment; where the residue
    goes does not change the regular payment; a payment below the interest is refused by
    the loan itself, once it is known.
    """
    financed = tuple(fee for fee in loan.fees if fee.paid is FeePaid.FINANCED)
    repayment = loan.repayment
    if isinstance(repayment, LevelPayment):
        residue = repayment.residue
        if residue is Residue.FIRST:
            residue = Residue.LAST
        repayment = evolve(repayment, residue=residue, shortfall=Shortfall.CAPITALIZE)
    elif isinstance(repayment, (AddOnInterest, FlatFee)):
        repayment = evolve(repayment, residue=Residue.LAST)
    return evolve(loan, repayment=repayment, fees=financed, discount=None)


def refine(loan: InstallmentLoan) -> InstallmentLoan:
    """Return a probe that keeps 24 decimals or more, to guess from."""
    repayment = loan.repayment
    if isinstance(repayment, LevelPayment):
        repayment = evolve(repayment, rounding=None)
    elif isinstance(repayment, FlatFee):
        repayment = evolve(repayment, fee_rounding=None)
    fine = Rounding.unrounded(max(FINE_DIGITS, loan.digits))
    return evolve(loan, repayment=repayment, rounding=fine)


def regular_payment(loan: InstallmentLoan) -> int:
    """
    Return the regular payment of a probe, in units of 10^-digits.

    Where only one installment is paid, it is what that one pays.
    """
    repayment = loan.repayment
    if repayment.count is None:
        raise InvariantError("count", got=None, allowed="a number of installments")
    paid = [
        number
        for number in range(1, repayment.count + 1)
        if not any(
            holiday.first <= number <= holiday.last and holiday.of in _NOT_PAID
            for holiday in loan.holidays
        )
    ]
    if loan.broken_period is BrokenPeriod.ADDED and len(paid) > 1:
        paid = paid[1:]
    row = paid[0] - 1 + _rows_before(loan)
    columns = loan.schedule().columns()
    payment: int = columns["payment"][row]
    if isinstance(repayment, FlatFee) and repayment.charged is FeeTiming.FIRST:
        payment -= columns["fee"][row]
    return payment


def installments(loan: InstallmentLoan) -> int:
    """Return how many installments a plan has; rows of interest alone are none."""
    return len(probe(loan).schedule()) - _rows_before(loan)


def _rows_before(loan: InstallmentLoan) -> int:
    return 1 if loan.broken_period in _ROWS_BEFORE else 0
