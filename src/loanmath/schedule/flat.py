"""Plans with a charge on the original amount: a flat fee, or add-on interest."""

from itertools import accumulate
from operator import add, sub

from loanmath.arithmetic import Walk, earned_digits
from loanmath.currency import amount_text
from loanmath.errors import ScheduleError
from loanmath.schedule.frame import Frame, frame
from loanmath.schedule.payment_rows import Planned
from loanmath.schedule.principals import equal_shares
from loanmath.terms import (
    AddOnInterest,
    Earned,
    FeeBase,
    FeeTiming,
    FlatFee,
    InstallmentLoan,
)

__all__ = ["flat_fees", "plan_add_on", "plan_flat_fee"]


def flat_fees(loan: InstallmentLoan, terms: FlatFee) -> list[int]:
    """
    Return the fee of every installment, in units of the loan.

    Example:
        >>> from datetime import date
        >>> loan = InstallmentLoan(currency="CNY", principal=1000, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FlatFee(3, "2.5%"))
        >>> flat_fees(loan, loan.repayment)
        [833, 833, 834]
    """
    charged = (terms.fee_rounding or loan.rounding).quotient(loan.digits)
    fee = charged(loan.principal_units * terms.fee.numerator, terms.fee.denominator)
    each = terms.fee_for is FeeBase.INSTALLMENT
    total = fee * terms.count if each else fee
    if terms.charged is FeeTiming.FIRST:
        return [total] + [0] * (terms.count - 1)
    if each:
        return [fee] * terms.count
    return equal_shares(total, terms.count, terms.residue, loan)


def plan_flat_fee(loan: InstallmentLoan, terms: FlatFee) -> tuple[Frame, Walk]:
    """Return the plan of equal principal without interest; its fee is `flat_fees`."""
    found = frame(loan, terms.count)
    shares = equal_shares(loan.principal_units, terms.count, terms.residue, loan)
    return found, _walk_of(loan.principal_units, shares, [0] * terms.count)


def _walk_of(units: int, principals: list[int], interests: list[int]) -> Walk:
    balances = list(accumulate(principals, sub, initial=units))
    return Walk(
        balances[:-1],
        list(map(add, principals, interests)),
        principals,
        interests,
        [0] * len(principals),
        balances[1:],
        0,
    )


def plan_add_on(loan: InstallmentLoan, terms: AddOnInterest) -> Planned:
    """
    Return the plan of interest on the original amount, fixed at signing.

    Raises:
        ScheduleError: If a payment would not cover what the terms let it earn.
    """
    found = frame(loan, terms.count)
    units, count = loan.principal_units, terms.count
    total = found.rounded(units * sum(found.growth.factors), found.growth.denominator)
    if terms.earned is Earned.LEVEL:
        principals = equal_shares(units, count, terms.residue, loan)
        interests = equal_shares(total, count, terms.residue, loan)
        return found, _walk_of(units, principals, interests)
    interests = _earned(found, terms, total)
    payments = equal_shares(units + sum(interests), count, terms.residue, loan)
    principals = list(map(sub, payments, interests))
    if min(principals) < 0:
        row = principals.index(min(principals))
        raise ScheduleError(
            f"installment {row + 1}",
            got=f"a payment of {amount_text(payments[row], loan.digits)}"
            f" against interest of {amount_text(interests[row], loan.digits)}",
            allowed="a payment that covers the interest that its period earns",
            do="plan fewer installments, or let interest be earned level",
        )
    return found, _walk_of(units, principals, interests)


def _earned(found: Frame, terms: AddOnInterest, total: int) -> list[int]:
    rounded, unit = found.rounded, found.growth.denominator
    if terms.earned is Earned.BY_TIME:
        units = found.loan.principal_units
        return [rounded(units * factor, unit) for factor in found.growth.factors]
    digits, every = earned_digits(terms.count)
    earned = [rounded(total * some, every) for some in digits]
    return list(map(sub, earned[1:], earned))
