"""The fewest installments that leave a balloon, by a payment that is not above one."""

from collections.abc import Iterator

from attrs import evolve

from loanmath.currency import amount_text, from_units, to_units
from loanmath.errors import ScheduleError, TermsError
from loanmath.rates import Rate
from loanmath.solving.grid import highest_exact
from loanmath.solving.regular import (
    FINE_DIGITS,
    check_residue,
    least_count,
    payment_rounding,
    probe,
    refine,
    regular_payment,
)
from loanmath.solving.solution import Solution, Unknown
from loanmath.terms import (
    FixedPayment,
    InstallmentLoan,
    LevelPayment,
    RateChange,
    Residue,
    RoundedPer,
    Shortfall,
)
from loanmath.terms.consequences import installment_limit

__all__ = ["fewest_beside"]

_SOME = 12
# More than rounding to 24 decimals adds up to.
_SLACK = 10**12


def fewest_beside(loan: InstallmentLoan, terms: LevelPayment, asked: int) -> Solution:
    """
    Return the fewest installments whose level payment beside a balloon is not above it.

    Args:
        loan: A loan; its number of installments is ignored.
        terms: How it is repaid, with a balloon.
        asked: The payment, in units of 10^-digits.

    Raises:
        TermsError: If the question has no meaning for these terms.
        ScheduleError: If no number of installments has so low a payment.
    """
    check_residue(loan, Residue.LAST, Residue.FIRST)
    _check_open(loan, terms)
    for count in _candidates(loan, terms, asked):
        answer = evolve(loan, repayment=evolve(terms, count=count))
        reached = regular_payment(probe(answer))
        if reached <= asked:
            break
    else:
        raise ScheduleError(
            "payment",
            got=amount_text(asked, loan.digits),
            allowed=f"a payment that leaves {_balloon_text(loan, terms)} within"
            f" {installment_limit(loan):,} installments",
            do="raise the payment, or the balloon",
        )
    noun = "installment" if count == 1 else "installments"
    note = (
        f"{count} {noun} of {loan.currency} {amount_text(reached, loan.digits)} beside"
        f" {_balloon_text(loan, terms)}: the fewest whose payment is not above"
        f" {amount_text(asked, loan.digits)}"
    )
    return Solution(
        Unknown.COUNT,
        count,
        answer,
        from_units(asked, loan.digits),
        reached == asked,
        None,
        note,
        answer.schedule(),
    )


def _balloon_text(loan: InstallmentLoan, terms: LevelPayment) -> str:
    units = to_units(terms.balloon, loan.digits, "balloon")
    return f"a balloon of {loan.currency} {amount_text(units, loan.digits)}"


def _check_open(loan: InstallmentLoan, terms: LevelPayment) -> None:
    """Refuse terms that hold for one count, or by which more may be owed later on."""
    if isinstance(loan.every, tuple):
        raise TermsError(
            "every",
            got="stated dates",
            allowed="a step, where installments beside a balloon are counted",
        )
    for name in ("last_due", "drawdowns"):
        if getattr(loan, name):
            raise TermsError(
                name,
                got="stated",
                allowed="left out, where installments beside a balloon are counted",
            )
    if type(loan.rate) is not Rate and terms.on_rate_change is not RateChange.FORESEEN:
        raise TermsError(
            "on_rate_change",
            got=terms.on_rate_change.value,
            allowed="'foreseen', beside a balloon: one payment holds throughout",
        )


def _candidates(
    loan: InstallmentLoan, terms: LevelPayment, asked: int
) -> Iterator[int]:
    """
    Yield, from the fewest, every number of installments that the payment may suit.

    What is left after so many payments, nothing being rounded, is at most the balloon
    exactly where the level payment of so many is at most theirs.
    """
    first = least_count(loan)
    yield first
    tried, size, most = first, max(_SOME, 2 * first), installment_limit(loan)
    walked, balloon = _walked(loan, terms), _balloon(loan, terms)
    highest = highest_exact(asked, payment_rounding(loan), loan.digits) + _SLACK
    while tried < most:
        size = min(size, most)
        left = _left(walked, highest, size)
        for count in range(tried + 1, size + 1):
            if left[count - 1] <= balloon:
                yield count
        tried, size = size, 2 * size


def _balloon(loan: InstallmentLoan, terms: LevelPayment) -> int:
    return to_units(terms.balloon, max(FINE_DIGITS, loan.digits), "balloon")


def _walked(loan: InstallmentLoan, terms: LevelPayment) -> InstallmentLoan:
    """Return the loan in which a balance grows as its level payment foresees."""
    return evolve(
        refine(probe(loan)),
        day_count=terms.sized_by or loan.day_count,
        interest_rounded=RoundedPer.PERIOD,
    )


def _left(loan: InstallmentLoan, payment: int, count: int) -> list[int]:
    """Return what is left after each of so many payments."""
    stated = from_units(payment, loan.digits)
    terms = FixedPayment(stated, count, shortfall=Shortfall.CAPITALIZE)
    columns = evolve(loan, repayment=terms).schedule().columns()
    left = list(columns["closing"][-count:])
    # The last installment clears what the others would have left.
    left[-1] = max(columns["payment"][-1] - payment, 0)
    return left
