"""From terms to columns, where a plan needs more than one factor per period."""

from operator import add
from typing import NamedTuple, assert_never

from loanmath.arithmetic import Walk
from loanmath.currency import to_units
from loanmath.errors import InvariantError
from loanmath.schedule.charges import charges, with_fee_rows
from loanmath.schedule.columns import Columns
from loanmath.schedule.draft import Draft, draft
from loanmath.schedule.flat import flat_fees, plan_add_on, plan_flat_fee
from loanmath.schedule.frame import Frame
from loanmath.schedule.leveling import plan_level
from loanmath.schedule.paying import plan_fixed, plan_graduated, plan_stepped
from loanmath.schedule.payment_rows import Planned
from loanmath.schedule.principals import (
    plan_equal,
    plan_fixed_principal,
    plan_principals,
)
from loanmath.terms import (
    AddOnInterest,
    BrokenPeriod,
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["Detail", "detail", "plan_detailed", "resolve_detailed"]


def plan_detailed(loan: InstallmentLoan) -> Planned:  # noqa: PLR0911 one per method
    """
    Return the rows and amounts that a repayment method plans, without fees.

    Raises:
        ScheduleError: If no plan follows from the terms.
        DayCountError: If the day count has no meaning for a row.
    """
    terms = loan.repayment
    match terms:
        case LevelPayment():
            return plan_level(loan, terms)
        case FixedPayment():
            return plan_fixed(loan, terms)
        case GraduatedPayment():
            return plan_graduated(loan, terms)
        case SteppedPayment():
            return plan_stepped(loan, terms)
        case EqualPrincipal():
            return plan_equal(loan, terms)
        case FixedPrincipal():
            return plan_fixed_principal(loan, terms)
        case InterestOnly() | SinglePayment() | PrincipalAmounts():
            return plan_principals(loan)
        case FlatFee():
            return plan_flat_fee(loan, terms)
        case AddOnInterest():
            return plan_add_on(loan, terms)
        case _:
            assert_never(terms)


class Detail(NamedTuple):
    """A plan with its fees: the frame it grew in, its rows, their fee and tax."""

    frame: Frame
    rows: Draft
    fee: list[int]
    tax: list[int]


def detail(loan: InstallmentLoan) -> Detail:
    """
    Return a plan with everything that explains it.

    Raises:
        ScheduleError: If no plan follows from the terms.
        DayCountError: If the day count has no meaning for a row.
    """
    return charged(*plan_detailed(loan))


def charged(found: Frame, plan: Walk) -> Detail:
    """
    Return a plan with its fees.

    Raises:
        ScheduleError: If a fee is due after the last installment.
    """
    loan = found.loan
    rows = draft(found, plan)
    if isinstance(loan.repayment, FlatFee):
        shares = [0, *flat_fees(loan, loan.repayment)]
    else:
        shares = []
    rows = with_fee_rows(loan, rows)
    principal = to_units(loan.principal, loan.digits, "principal")
    fee, tax = charges(loan, rows, principal)
    if shares:
        fee = [other + shares[row.number] for other, row in zip(fee, rows, strict=True)]
    return Detail(found, rows, fee, tax)


def _needs_no_charges(loan: InstallmentLoan) -> bool:
    """Return whether the rows are those that the plan was walked over."""
    term = loan.interest_payments
    return not (
        loan.fees
        or isinstance(loan.repayment, FlatFee)
        or (term is not None and term.in_advance)
        or loan.broken_period in (BrokenPeriod.ADDED, BrokenPeriod.AT_DISBURSEMENT)
    )


def _uncharged(found: Frame, plan: Walk) -> Columns:
    dates, nothing = found.rows, (0,) * found.size
    return Columns(
        tuple(dates.start),
        tuple(dates.end),
        tuple(dates.due),
        tuple(plan.opening),
        tuple(plan.payment),
        tuple(plan.principal),
        tuple(plan.interest),
        nothing,
        tuple(plan.closing),
        nothing,
        tuple(found.growth.drawn),
        tuple(plan.capitalized),
    )


def resolve_detailed(loan: InstallmentLoan) -> Columns:
    """
    Return the columns that the terms agree on.

    Raises:
        ScheduleError: If no plan follows from the terms.
        DayCountError: If the day count has no meaning for a row.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal=100, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=FixedPayment(60),
        ...     rate=Rate("0%/day"))
        >>> resolve_detailed(loan).payment
        (6000, 4000)
    """
    found, plan = plan_detailed(loan)
    if plan.closing[-1] != 0:
        raise InvariantError("last balance", got=plan.closing[-1], allowed="zero")
    if _needs_no_charges(loan):
        return _uncharged(found, plan)
    _, rows, fee, tax = charged(found, plan)
    start, end, due, _, opening, principal, interest, capitalized, drawn, closing, _ = (
        zip(*rows, strict=True)
    )
    payment = tuple(map(add, map(add, principal, interest), map(add, fee, tax)))
    return Columns(
        start,
        end,
        due,
        opening,
        payment,
        principal,
        interest,
        tuple(fee),
        closing,
        tuple(tax),
        drawn,
        capitalized,
    )
