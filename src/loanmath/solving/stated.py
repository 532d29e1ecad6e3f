"""The number of installments, or the balloon, that a stated payment leads to."""

from attrs import evolve

from loanmath.currency import amount_text, from_units
from loanmath.errors import ScheduleError, TermsError
from loanmath.rates import Rate
from loanmath.solving.beside import fewest_beside
from loanmath.solving.regular import (
    as_level,
    bare,
    check_interest_dates,
    installment_payments,
    pays,
)
from loanmath.solving.solution import Solution, Unknown
from loanmath.terms import (
    AddOnInterest,
    FixedPayment,
    FlatFee,
    InstallmentLoan,
    LevelPayment,
    RateChange,
)
from loanmath.terms.consequences import installment_limit

__all__ = ["solve_balloon", "solve_count"]


def solve_count(loan: InstallmentLoan, asked: int) -> Solution:
    """
    Return the installments that a payment repays a loan in, or leaves a balloon in.

    Args:
        loan: A loan; its number of installments is ignored.
        asked: The payment, in units of 10^-digits.

    Raises:
        TermsError: If the question has no meaning for these terms.
        ScheduleError: If the payment never repays the loan.
    """
    check_interest_dates(loan)
    terms = loan.repayment
    if isinstance(terms, LevelPayment):
        if terms.balloon is not None:
            return fewest_beside(loan, terms, asked)
        _check_repays(terms)
    answer = _as_fixed(loan, asked, None)
    try:
        schedule = answer.schedule()
    except ScheduleError as error:
        if error.what != "payment":
            raise
        raise _never_repaid(answer, asked) from None
    payments = installment_payments(bare(answer))
    is_exact, payment = pays(answer, asked), from_units(asked, answer.digits)
    note = _count_note(answer, asked, payments, is_exact=is_exact)
    return Solution(
        Unknown.COUNT, len(payments), answer, payment, is_exact, None, note, schedule
    )


def _check_repays(terms: LevelPayment) -> None:
    if terms.amortized_over is not None:
        raise TermsError(
            "repayment.amortized_over",
            got=terms.amortized_over,
            allowed="left out: the last installment is the smaller one",
        )


def _never_repaid(loan: InstallmentLoan, asked: int) -> ScheduleError:
    return ScheduleError(
        "payment",
        got=amount_text(asked, loan.digits),
        allowed="a payment that repays the loan within"
        f" {installment_limit(loan):,} installments",
        do="raise it: what does not exceed the interest repays nothing",
    )


def _count_note(
    loan: InstallmentLoan, asked: int, payments: tuple[int, ...], *, is_exact: bool
) -> str:
    count, last = len(payments), _text(loan, payments[-1])
    if count == 1:
        return f"1 installment of {last}"
    stated = _text(loan, asked)
    if not is_exact:
        stated = f"less than {stated}"
    return f"{count} installments of {stated}, the last of {last}"


def _text(loan: InstallmentLoan, units: int) -> str:
    return f"{loan.currency} {amount_text(units, loan.digits)}"


def _as_fixed(loan: InstallmentLoan, asked: int, count: int | None) -> InstallmentLoan:
    """Return the loan with a stated payment, by as many installments as are stated."""
    repayment = loan.repayment
    if isinstance(repayment, (AddOnInterest, FlatFee)):
        raise TermsError(
            "repayment",
            got=type(repayment).__name__,
            allowed="LevelPayment or FixedPayment",
            do="a charge on the original amount is agreed for a stated count",
        )
    if not isinstance(repayment, (LevelPayment, FixedPayment)):
        raise TermsError(
            "repayment",
            got=type(repayment).__name__,
            allowed="LevelPayment or FixedPayment, where one payment is regular",
        )
    if isinstance(repayment, LevelPayment):
        _check_stays(loan, repayment)
    payment = from_units(asked, loan.digits)
    fixed = FixedPayment(payment, count, shortfall=repayment.shortfall)
    return evolve(loan, repayment=fixed)


def _check_stays(loan: InstallmentLoan, terms: LevelPayment) -> None:
    moves = terms.on_rate_change in (RateChange.PAYMENT, RateChange.WHOLE_PERIOD)
    if moves and not isinstance(loan.rate, Rate):
        raise TermsError(
            "on_rate_change",
            got=terms.on_rate_change.value,
            allowed="'term', 'balance' or 'foreseen': the payment stays the same",
        )


def solve_balloon(loan: InstallmentLoan, asked: int) -> Solution:
    """
    Return what the last installment has to pay on top of a payment.

    Args:
        loan: A loan of a stated count; a balloon of its own is ignored.
        asked: The payment, in units of 10^-digits.

    Raises:
        TermsError: If the question has no meaning for these terms.
        ScheduleError: If the payment does not cover the interest.
    """
    level = as_level(loan)
    answer = _as_fixed(level, asked, level.repayment.count)
    schedule = answer.schedule()
    units = max(installment_payments(bare(answer))[-1] - asked, 0)
    value, payment = (from_units(amount, loan.digits) for amount in (units, asked))
    is_exact = units > 0 or pays(answer, asked)
    if units:
        note = f"{_text(answer, units)} is due with the last installment on top of it"
    else:
        payments = "the payments of" if is_exact else "payments of less than"
        note = f"nothing is left: {payments} {_text(answer, asked)} repay the loan"
    return Solution(
        Unknown.BALLOON, value, answer, payment, is_exact, None, note, schedule
    )
