"""The five questions, each answered by the loan and the schedule that prove it."""

from decimal import Decimal
from typing import assert_never

from loanmath.currency import (
    amount_text,
    check_limit,
    currency_digits,
    from_units,
    to_units,
)
from loanmath.doors import to_enum
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.solving.regular import (
    as_level,
    check_residue,
    probe,
    regular_payment,
)
from loanmath.solving.searches import solve_principal, solve_rate
from loanmath.solving.solution import Solution, Unknown
from loanmath.solving.stated import solve_balloon, solve_count
from loanmath.terms import FixedPayment, InstallmentLoan, Residue

__all__ = ["solve_for"]

_MOST_DIGITS = 12


def solve_for(
    unknown: str | Unknown,
    loan: InstallmentLoan,
    *,
    payment: str | int | Decimal | None = None,
    digits: int = 6,
) -> Solution:
    """
    Return the term that follows from all the others, with the plan that proves it.

    - `"principal"`: the largest principal, in whole minor units of the currency, whose
      regular payment is not above `payment`.
    - `"payment"`: the regular payment.
    - `"count"`: the installments that `payment` repays the loan in, the last one the
      smaller; the loan in the answer has `FixedPayment(payment)`, so that its schedule
      is the proof. Of `LevelPayment` with a balloon, the fewest installments whose
      level payment beside that balloon is not above `payment`.
    - `"balloon"`: what the last installment has to pay on top of `payment`; zero where
      the payments repay the loan. The loan in the answer has `FixedPayment(payment,
      count)`.
    - `"rate"`: the rate, in the unit of the loan's rate and on a grid of `digits`
      decimals of a percent, whose regular payment is `payment`: of all that meet it
      exactly the one with the fewest decimals, of those the one nearest to the middle.
      Where none meets it, the one whose payment is nearest, of two the lower.

    The regular payment rises with the principal: it is linear in it, and rounding is
    monotone. It rises with the rate, since every discount factor falls, and a balloon
    only adds to that; with drawdowns that is not proved, and such a loan is refused.
    (Total interest is monotone in neither: no question is asked of it.)

    Args:
        unknown: What is asked for.
        loan: The known terms; whatever stands in place of the unknown one is ignored.
            A `FixedPayment` stands for level payments of its count.
        payment: The regular payment in major units, above zero: principal, interest and
            the share of a flat fee, without other fees, a balloon, or the interest of a
            broken period. Where it changes with the rate, it is the first one. Left out
            for `"payment"`, and where the loan has `FixedPayment`.
        digits: Decimals of a percent that a rate is searched in, 0 to 12.

    Returns:
        The answer, its loan and schedule, and whether the payment is met exactly.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        InputValueError: If an argument is not allowed, or the answer out of range.
        TermsError: If the question has no meaning for these terms.
        ScheduleError: If there is no answer, for example because the payment does not
            cover the interest.
        RateOutOfRangeError: If no allowed rate has the payment.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
        >>> loan = InstallmentLoan(currency="CNY", principal="10000",
        ...     disbursed=date(2026, 1, 15), every="monthly", rate=Rate("1%/year"),
        ...     repayment=LevelPayment(12))
        >>> solve_for("rate", loan, payment="888.49").value
        Rate('12%/year')
        >>> print(solve_for("count", loan, payment="2500"))
        5 installments of CNY 2,500.00, the last of CNY 20.89

    中文: 反求本金、月供、期数、尾款、利率.
    """
    sought = to_enum(unknown, Unknown, "unknown")
    if type(loan) is not InstallmentLoan:
        raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
    if type(digits) is not int or not 0 <= digits <= _MOST_DIGITS:
        raise LimitError("digits", got=digits, allowed=f"0 to {_MOST_DIGITS}")
    if sought is Unknown.PAYMENT:
        return _payment(loan, payment)
    asked = _asked(loan, payment)
    match sought:
        case Unknown.PRINCIPAL:
            return solve_principal(as_level(loan), asked)
        case Unknown.COUNT:
            return solve_count(loan, asked)
        case Unknown.BALLOON:
            return solve_balloon(loan, asked)
        case Unknown.RATE:
            return solve_rate(as_level(loan), asked, digits)
        case _:
            assert_never(sought)


def _asked(loan: InstallmentLoan, payment: str | int | Decimal | None) -> int:
    if payment is None and isinstance(loan.repayment, FixedPayment):
        payment = loan.repayment.payment
    if payment is None:
        raise TermsError(
            "payment",
            got=None,
            allowed="the regular payment",
            do="state it: what is asked for follows from it",
        )
    units = to_units(payment, loan.digits, "payment")
    if units <= 0:
        raise LimitError("payment", got=payment, allowed="above zero")
    return check_limit(units, loan.digits, currency_digits(loan.currency), "payment")


def _payment(loan: InstallmentLoan, payment: object) -> Solution:
    if payment is not None:
        raise TermsError("payment", got=payment, allowed="left out: it is the unknown")
    level = as_level(loan)
    check_residue(level, Residue.LAST, Residue.FIRST, Residue.SECOND_PASS)
    schedule = level.schedule()
    units = regular_payment(probe(level))
    value = from_units(units, level.digits)
    amount = amount_text(units, level.digits)
    note = f"{level.currency} {amount} is the regular payment"
    return Solution(Unknown.PAYMENT, value, level, value, True, None, note, schedule)
