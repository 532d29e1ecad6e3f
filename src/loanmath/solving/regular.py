"""
The regular payment of a loan, and the loan it is read from.

A regular payment is principal and interest (and the share of a flat fee) of an
installment that takes neither a residue, nor a balloon, nor the interest of a broken
period. It is read off a plan of the same loan in which nothing hides it.
"""

from typing import Any

from attrs import evolve

from loanmath.currency import agreed_units
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
    "bare",
    "check_interest_dates",
    "check_residue",
    "installment_payments",
    "least_count",
    "payment_rounding",
    "pays",
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
                do="by other methods installments differ, or one of them repays all",
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
    Refuse regular payments that the residue moves.

    Raises:
        TermsError: If the residue of the method is none of those allowed.
    """
    terms: Any = loan.repayment
    residue: Residue = terms.residue
    rules = allowed
    if not isinstance(terms, LevelPayment):
        # Equal shares know no second pass.
        rules = tuple(rule for rule in allowed if rule is not Residue.SECOND_PASS)
    if residue not in rules:
        raise TermsError(
            "residue",
            got=residue.value,
            allowed=" or ".join(f"'{rule.value}'" for rule in rules),
            do="other rules move the regular payment itself by what rounding leaves",
        )


def payment_rounding(loan: InstallmentLoan) -> Rounding:
    """Return how the regular payment is rounded."""
    repayment = loan.repayment
    if isinstance(repayment, LevelPayment) and repayment.rounding is not None:
        return repayment.rounding
    return loan.rounding


def bare(loan: InstallmentLoan) -> InstallmentLoan:
    """Return the loan without what changes no principal and interest."""
    financed = tuple(fee for fee in loan.fees if fee.paid is FeePaid.FINANCED)
    return evolve(loan, fees=financed, discount=None)


def probe(loan: InstallmentLoan) -> InstallmentLoan:
    """
    Return the loan without what hides or refuses its regular payment.

    Fees that are not financed and a discount change no installment; where the residue
    goes does not change the regular payment, nor does when the interest of a broken
    period is paid apart from it; a payment below the interest is refused by the loan
    itself, once it is known.
    """
    repayment, broken = loan.repayment, loan.broken_period
    if isinstance(repayment, LevelPayment):
        residue = repayment.residue
        if residue is Residue.FIRST:
            residue = Residue.LAST
        repayment = evolve(repayment, residue=residue, shortfall=Shortfall.CAPITALIZE)
    elif isinstance(repayment, (AddOnInterest, FlatFee)):
        repayment = evolve(repayment, residue=Residue.LAST)
    if broken is BrokenPeriod.ADDED:
        broken = BrokenPeriod.AT_DISBURSEMENT
    return evolve(bare(loan), repayment=repayment, broken_period=broken)


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

    Where only one installment is paid, it is what that one pays, but for a balloon.
    """
    repayment = loan.repayment
    if repayment.count is None:
        raise InvariantError("count", got=None, allowed="a number of installments")
    number = _first_paid(loan, repayment.count)
    row = number - 1 + _rows_before(loan)
    columns = loan.schedule().columns()
    payment: int = columns["payment"][row]
    match repayment:
        case FlatFee(charged=FeeTiming.FIRST):
            payment -= columns["fee"][row]
        case LevelPayment(balloon=balloon) if balloon and number == repayment.count:
            payment -= agreed_units(balloon, loan.digits, "balloon")
    return payment


def _first_paid(loan: InstallmentLoan, count: int) -> int:
    return next(
        number
        for number in range(1, count + 1)
        if not any(
            holiday.first <= number <= holiday.last and holiday.of in _NOT_PAID
            for holiday in loan.holidays
        )
    )


def least_count(loan: InstallmentLoan) -> int:
    """Return the fewest installments that holidays leave one of to be paid."""
    return 1 + max((holiday.last for holiday in loan.holidays), default=0)


def installment_payments(loan: InstallmentLoan) -> tuple[int, ...]:
    """Return what each installment pays; rows of interest alone are none."""
    payments: tuple[int, ...] = loan.schedule().columns()["payment"]
    return payments[_rows_before(loan) :]


def pays(loan: InstallmentLoan, payment: int) -> bool:
    """Return whether an installment pays an amount, but for a broken period."""
    return payment in installment_payments(probe(loan))


def _rows_before(loan: InstallmentLoan) -> int:
    return 1 if loan.broken_period in _ROWS_BEFORE else 0
