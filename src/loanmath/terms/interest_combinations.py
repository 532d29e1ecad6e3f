"""Which dates of interest have a meaning with the other terms; refusals say why."""

from datetime import date
from typing import TYPE_CHECKING

from loanmath.errors import DateRangeError, TermsError
from loanmath.rates import Rate
from loanmath.recurrence import Step, add_months
from loanmath.terms.consequences import last_date
from loanmath.terms.contradiction import contradiction
from loanmath.terms.interest_payments import InterestPayments
from loanmath.terms.payments import FixedPrincipal
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    PrincipalAmounts,
    SinglePayment,
)

if TYPE_CHECKING:
    from loanmath.terms.agreement import InstallmentLoan

__all__ = ["check_interest_payments"]

_PRINCIPALS = (EqualPrincipal, FixedPrincipal)
_IN_ADVANCE = (InterestOnly, SinglePayment, *_PRINCIPALS, PrincipalAmounts)


def check_interest_payments(loan: "InstallmentLoan") -> None:
    """
    Refuse dates of interest that have no meaning with the other terms.

    Raises:
        TermsError: If two terms contradict each other.
        DateRangeError: If a date is out of order.
    """
    term = loan.interest_payments
    if term is None:
        return
    if isinstance(loan.repayment, InterestOnly) and term.every is not None:
        raise contradiction(
            "interest_payments.every", "stated", "principal has its own dates"
        )
    if term.in_advance:
        _check_in_advance(loan, term)
    for name, day in (
        ("first_due", term.first_due),
        ("every", term.every[0] if isinstance(term.every, tuple) else None),
    ):
        if day is not None and day <= loan.disbursed:
            raise DateRangeError(
                f"interest_payments.{name}",
                got=day,
                allowed=f"after disbursed, {loan.disbursed}",
            )
    if term.capitalized_until is not None:
        _check_capitalized(loan, term.capitalized_until)
    if loan.counted_by.name == "1/12":
        _check_whole_months(loan, term)


def _check_whole_months(loan: "InstallmentLoan", term: InterestPayments) -> None:
    """Refuse interest that falls due inside a month: of which one, is left open."""
    if isinstance(term.every, Step) and not term.every.months:
        raise _not_whole(loan, f"every {term.every}")
    stated = term.every if isinstance(term.every, tuple) else (term.first_due,)
    last = last_date(loan)
    for day in stated:
        if day is None or (last is not None and day >= last):
            continue
        if add_months(day, 0, roll_day=loan.roll_day) != day:
            raise _not_whole(loan, f"on {day}")


def _not_whole(loan: "InstallmentLoan", when: str) -> TermsError:
    return TermsError(
        "day_count",
        got=None if loan.day_count is None else loan.day_count.name,
        allowed="1/12 only where interest falls due on whole months",
        do="name a day count that counts days, such as '30E/360' or 'ACT/365F':"
        f" interest falls due {when}",
    )


def _check_capitalized(loan: "InstallmentLoan", until: date) -> None:
    if isinstance(loan.repayment, PrincipalAmounts):
        raise contradiction(
            "capitalized_until", until, "the terms leave the principal open"
        )
    first = loan.anchor
    if isinstance(loan.repayment, SinglePayment):
        first = last_date(loan) or first
    if until >= first and not isinstance(loan.repayment, _PRINCIPALS):
        raise DateRangeError(
            "capitalized_until",
            got=until,
            allowed=f"before the first installment, {first}",
            do="push the first installment out with first_due",
        )


def _check_in_advance(loan: "InstallmentLoan", term: InterestPayments) -> None:
    if not isinstance(loan.repayment, _IN_ADVANCE):
        raise contradiction(
            "in_advance", True, "principal is planned apart from interest"
        )
    if type(loan.rate) is not Rate:
        raise contradiction("in_advance", True, "the rate does not change")
    if loan.holidays or loan.drawdowns or loan.anchor == loan.disbursed:
        raise contradiction(
            "in_advance", True, "every period is planned in the same way"
        )
    if term.every is not None:
        raise contradiction("in_advance", True, "interest falls due with installments")
