"""The level payment by the United States Rule, where unpaid interest bears nothing."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from loanmath.arithmetic import level_installment
from loanmath.currency import from_units
from loanmath.errors import InputTypeError, TermsError
from loanmath.rounding import Rounding
from loanmath.schedule.frame import frame
from loanmath.search import last_where
from loanmath.terms import InstallmentLoan, LevelPayment

__all__ = ["us_rule_payment"]


def us_rule_payment(loan: InstallmentLoan) -> Decimal:
    """
    Return the level payment that repays a loan by the United States Rule.

    Interest is worked out when a payment is made and takes it first. What of it is left
    unpaid is kept apart and bears no interest; the principal stands still until
    payments cover it. Where every payment covers its interest, this is the payment of
    the actuarial method; where not, a smaller one.

    Formula: `unpaid += principal * f_k`, then the payment reduces `unpaid`, then
    `principal`, with `f_k` the rate times the time of period k; the payment that leaves
    nothing after the last period, rounded half up, exact up to then.

    Args:
        loan: A loan of level payments, without a balloon, further drawdowns, holidays,
            or interest paid apart.

    Returns:
        The payment in major units.

    Raises:
        InputTypeError: If it is not a loan.
        TermsError: If it is not a loan of plain level payments.
        ScheduleError: If no rows follow from the terms.
        DayCountError: If the day count has no meaning for a period.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="USD", principal="1000", every="monthly",
        ...     disbursed=date(2000, 1, 1), first_due=date(2000, 7, 1),
        ...     rate=Rate("48%/year"), day_count="30E/360",
        ...     repayment=LevelPayment(30, shortfall="capitalize"))
        >>> loan.schedule()[0].payment, us_rule_payment(loan)
        (Decimal('68.95'), Decimal('67.70'))

    Source: 12 CFR 1026, Appendix J (a)(3). The actuarial figure is that of a published
    note on the rule, the other one is derived from the rule.
    """
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    terms = loan.repayment
    if not isinstance(terms, LevelPayment):
        raise TermsError("loan", got=type(terms).__name__, allowed="level payments")
    found = frame(loan, terms.count)
    if not found.is_simple or terms.amortized_over or terms.balloon:
        raise TermsError(
            "loan",
            got="payments that are not all alike",
            allowed="plain level payments: no balloon, drawdowns or holidays",
        )
    factors, unit = found.growth.factors, found.growth.denominator
    owed = loan.principal_units
    shares = [Fraction(factor, unit) for factor in factors]
    near = level_installment(owed, factors, unit, Rounding().quotient(loan.digits))
    # Rounded half up, the payment is the last one from which half a unit less would
    # leave something, or just nothing.
    half = Fraction(1, 2)
    payment = last_where(lambda units: _left(owed, units - half, shares) >= 0, near)
    return from_units(payment, loan.digits)


def _left(owed: int, payment: Fraction, shares: Sequence[Fraction]) -> Fraction:
    """Return what is left after the last payment; negative, what is paid too much."""
    principal, unpaid = Fraction(owed), Fraction(0)
    for share in shares:
        unpaid += principal * share
        covered = min(unpaid, payment)
        unpaid -= covered
        principal -= payment - covered
    return principal + unpaid
