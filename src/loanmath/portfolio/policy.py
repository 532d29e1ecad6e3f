"""What the terms of one policy mean for many accounts, and what columns refuse."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loanmath.currency import to_units
from loanmath.errors import InputValueError, TermsError
from loanmath.ledger.course import Course
from loanmath.ledger.rules import LatenessRule, Pass
from loanmath.portfolio.columns import HALF_UP
from loanmath.terms import (
    Component,
    Compounded,
    ContractInterest,
    CreditUse,
    FutureRule,
    Grace,
    InstallmentLoan,
    InterestOn,
    PaymentDay,
    PenaltyBase,
    PenaltyRounded,
)

__all__ = ["Policy", "policy_of"]


class Policy(NamedTuple):
    """
    What the terms mean for every account alike.

    Attributes:
        rules: How lateness costs by the day.
        tiers: Where money goes, by days past due.
        counted: Whether the day of an event counts before it.
        compounds: Whether what is unpaid bears interest from each due date.
        applied: Whether credit is applied to what falls due.
        ahead: Whether money beyond what is due pays the next rows, or is a credit.
        grace_days: Days past due that count as none.
        tolerance: What is owed up to this is not late.
    """

    rules: tuple[LatenessRule, ...]
    tiers: tuple[tuple[int, tuple[Pass, ...]], ...]
    counted: bool
    compounds: bool
    applied: bool
    ahead: bool
    grace_days: int
    tolerance: int


def policy_of(courses: Sequence[Course]) -> Policy:
    """
    Return the policy that all accounts share.

    Raises:
        InputValueError: If there is no account.
        TermsError: If they do not share it, or columns cannot hold a term of it.
    """
    if not courses:
        raise InputValueError("accounts", got=[], allowed="at least one")
    first, *others = map(_policy, _unlike(courses))
    if any(policy != first for policy in others):
        raise TermsError(
            "accounts in columns",
            got="several policies",
            allowed="the same rates, lateness and allocation for all",
            do="group the accounts by policy",
        )
    return first


def _unlike(courses: Sequence[Course]) -> list[Course]:
    """Return one course for each set of terms that counts: most accounts share it."""
    found: dict[object, Course] = {}
    for course in courses:
        loan = course.loan
        terms = (
            loan.penalty,
            loan.servicing,
            loan.rounding,
            loan.digits,
            course.rules,
            course.pauses,
        )
        found.setdefault(terms, course)
    return list(found.values())


def _policy(course: Course) -> Policy:
    loan, servicing = course.loan, course.loan.servicing
    for name, got in _refused(course):
        raise TermsError(
            f"{name} of accounts in columns",
            got=got,
            allowed="what the transitions common to one account and to many do",
            do="keep these accounts one by one, by Account",
        )
    terms, late = loan.penalty, servicing.days_past_due
    tiers = course.tables("payment")
    return Policy(
        rules=course.rules,
        tiers=tuple((least, tuple(table)) for least, table in tiers),
        counted=terms is not None and terms.payment_day is PaymentDay.COUNTED,
        compounds=terms is not None and terms.compounding is not None,
        applied=servicing.credit is CreditUse.APPLIED,
        ahead=servicing.allocation.future is FutureRule.NEXT,
        grace_days=late.grace_days,
        tolerance=to_units(late.tolerance, loan.digits, "tolerance"),
    )


def _refused(course: Course) -> Iterator[tuple[str, object]]:
    """Yield each term that columns cannot hold, and what it is."""
    servicing = course.loan.servicing
    allocation = servicing.allocation
    if servicing.interest_on is not InterestOn.SCHEDULE:
        yield "interest_on", servicing.interest_on.value
    if allocation.future not in (FutureRule.NEXT, FutureRule.CREDIT):
        yield "future", allocation.future.value
    if allocation.kinds:
        yield "kinds", [kind for kind, _ in allocation.kinds]
    if servicing.credit is CreditUse.AT_ONCE:
        yield "credit", servicing.credit.value
    if servicing.late_charges:
        yield "late_charges", [charge.name for charge in servicing.late_charges]
    if servicing.caps:
        yield "caps", len(servicing.caps)
    yield from _refused_lateness(course.loan)
    if course.pauses:
        yield "pauses", len(course.pauses)
    if any(rule.rounded is not HALF_UP for rule in course.rules):
        yield "rounding", "another than half_up to the minor unit"


def _refused_lateness(loan: InstallmentLoan) -> Iterator[tuple[str, object]]:
    terms = loan.penalty
    if terms is None:
        return
    if terms.grace_days and terms.grace is Grace.CLIFF:
        yield "grace", terms.grace.value
    if terms.rounded is PenaltyRounded.TOTAL:
        yield "rounded", terms.rounded.value
    compounding = terms.compounding
    if compounding is not None and compounding.every is not Compounded.DUE_DATES:
        yield "compounding", compounding.every.value
    # What is charged on interest that grows daily depends on the cents of each day.
    on_interest = terms.base is not PenaltyBase.PRINCIPAL or (
        compounding is not None and Component.INTEREST in compounding.of
    )
    if terms.contract_interest is ContractInterest.CONTINUES and on_interest:
        yield "contract_interest", "continues, and is charged on"
