"""From terms to columns, where a plan needs more than one factor per period."""

from collections.abc import Callable
from operator import add
from typing import Any, NamedTuple

from loanmath.arithmetic import Walk
from loanmath.errors import InvariantError
from loanmath.schedule.charges import charges, with_fee_rows
from loanmath.schedule.columns import Columns
from loanmath.schedule.draft import Draft, DraftRow, draft, planned_columns
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
    EqualPrincipal,
    FixedPayment,
    FixedPrincipal,
    FlatFee,
    GraduatedPayment,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    Repayment,
    SinglePayment,
    SteppedPayment,
)

__all__ = ["Detail", "detail", "plan_detailed", "resolve_detailed", "resolve_level"]


_PLANNERS: dict[type[Repayment], Callable[[InstallmentLoan, Any], Planned]] = {
    LevelPayment: plan_level,
    FixedPayment: plan_fixed,
    GraduatedPayment: plan_graduated,
    SteppedPayment: plan_stepped,
    EqualPrincipal: plan_equal,
    FixedPrincipal: plan_fixed_principal,
    InterestOnly: plan_principals,
    SinglePayment: plan_principals,
    PrincipalAmounts: plan_principals,
    FlatFee: plan_flat_fee,
    AddOnInterest: plan_add_on,
}


def plan_detailed(loan: InstallmentLoan) -> Planned:
    """
    Return the rows and amounts that a repayment method plans, without fees.

    Raises:
        ScheduleError: If no plan follows from the terms.
        DayCountError: If the day count has no meaning for a row.
    """
    return _PLANNERS[type(loan.repayment)](loan, loan.repayment)


class Detail(NamedTuple):
    """A plan and the frame it grew in, as columns and row by row."""

    frame: Frame
    draft: Draft
    rows: list[DraftRow]


def detail(loan: InstallmentLoan) -> Detail:
    """
    Return a plan with everything that explains it.

    Raises:
        ScheduleError: If no plan follows from the terms.
        DayCountError: If the day count has no meaning for a row.
    """
    found, plan = plan_detailed(loan)
    rows = with_fee_rows(loan, draft(found, plan))
    return Detail(found, rows, rows.rows())


def resolve_detailed(loan: InstallmentLoan) -> Columns:
    """
    Return the columns that the terms agree on.

    Raises:
        ScheduleError: If no plan follows from the terms, or a fee is due after the last
            installment.
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
    return _columns(loan, *plan_detailed(loan))


def resolve_level(loan: InstallmentLoan, terms: LevelPayment, rows: Frame) -> Columns:
    """
    Return the columns of level payments on rows that are known.

    Args:
        loan: The terms.
        terms: How it is repaid.
        rows: Rows of the same dates, growth and place of rounding.

    Raises:
        ScheduleError: If no plan follows from the terms.
    """
    rounded = loan.rounding.quotient(loan.digits)
    found = rows._replace(loan=loan, rounded=rounded)
    return _columns(loan, *plan_level(loan, terms, found))


def _columns(loan: InstallmentLoan, found: Frame, plan: Walk) -> Columns:
    if plan.closing[-1] != 0:
        raise InvariantError("last balance", got=plan.closing[-1], allowed="zero")
    if loan.fees or type(loan.repayment) is FlatFee:
        return _with_charges(loan, with_fee_rows(loan, draft(found, plan)))
    return planned_columns(found, plan)


def _with_charges(loan: InstallmentLoan, rows: Draft) -> Columns:
    """Return the columns with what is charged, of rows that have their fee rows."""
    columns = rows.columns
    fee, tax = charges(loan, rows)
    if type(loan.repayment) is FlatFee:
        shares = [0, *flat_fees(loan, loan.repayment)]
        fee = [other + shares[n] for other, n in zip(fee, rows.number, strict=True)]
    payment = map(add, columns.payment, fee)
    taxed = [agreed for agreed in loan.fees if agreed.tax]
    return Columns(
        columns.start,
        columns.end,
        columns.due,
        columns.opening,
        tuple(map(add, payment, tax) if taxed else payment),
        columns.principal,
        columns.interest,
        tuple(fee),
        columns.closing,
        tuple(tax),
        columns.drawn,
        columns.capitalized,
    )
