"""Planned fees of rows that are planned anew: what is fixed, and shares."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from loanmath.ledger.balances import Balances
from loanmath.schedule import Schedule
from loanmath.schedule.charges import charged_rows, fee_bases
from loanmath.schedule.detailed import detail
from loanmath.terms import Fee, FeeOf, InstallmentLoan
from loanmath.terms.fees import fee_rule

if TYPE_CHECKING:
    from loanmath.ledger.course import Course

__all__ = ["RowFees", "fee_base", "follow_fees", "is_gone", "open_fees", "row_fees"]


class RowFees(NamedTuple):
    """
    The planned fees of a row.

    Attributes:
        fixed: What a row owes as long as it is an installment, in units.
        shares: The fees that are a share of what the row owes.
    """

    fixed: int
    shares: tuple[Fee, ...]


def row_fees(loan: InstallmentLoan, schedule: Schedule) -> tuple[RowFees, ...]:
    """Return the planned fees of each row of a plan; nothing where there are none."""
    columns = schedule.columns()
    fixed = list(map(int.__add__, columns["fee"], columns["tax"]))
    if not any(fixed):
        return ()
    following = [
        fee
        for fee in loan.fees
        if isinstance(fee.amount, Fraction) and fee.of is not FeeOf.PRINCIPAL
    ]
    if not following:
        return tuple(RowFees(fee, ()) for fee in fixed)
    plan = detail(loan).draft
    shares: list[list[Fee]] = [[] for _ in fixed]
    for fee in following:
        rows = charged_rows(fee, plan, loan.disbursed)
        charge = fee_rule(fee, loan.digits, loan.rounding)
        for row, base in zip(rows, fee_bases(fee, plan, rows, loan), strict=True):
            fixed[row] -= sum(charge(base))
            shares[row].append(fee)
    return tuple(map(RowFees, fixed, map(tuple, shares)))


def follow_fees(
    course: "Course", before: Balances, after: Balances, rows: Iterable[int], day: int
) -> Balances:
    """
    Return balances with planned fees that follow from what rows owe by a new plan.

    Formula: `fee = fixed + sum(round(share * base))`, less what was paid of it. What a
    row opened with stays once its period has begun, and nothing joins the fee of a row
    that nothing is left for.

    Args:
        course: The course.
        before: The balances with the plan before.
        after: The balances with the new plan.
        rows: The rows that it is of.
        day: The day; a period that starts on it has not begun.
    """
    if not course.fees:
        return after
    planned, owed = list(after.planned[0]), list(after.segment.fee)
    for row in rows:
        fixed, shares = course.fees[course.plan_row(row)]
        if course.start[row] < day:
            shares = tuple(one for one in shares if one.of is not FeeOf.OUTSTANDING)
            old = _charged(course, shares, before, row)
            fee = planned[row] + _charged(course, shares, after, row) - old
        else:
            fee = fixed + _charged(course, shares, after, row)
            if is_gone(after, row):
                # What it lost as an installment comes back with it, not before.
                fee = min(planned[row], fee)
        owed[row] = max(owed[row] + fee - planned[row], 0)
        planned[row] = fee
    return after._replace(
        segments=(after.segment._replace(fee=tuple(owed)),),
        planned=(tuple(planned), *after.planned[1:]),
    )


def is_gone(balances: Balances, row: int) -> bool:
    """Return whether a row is no installment any more: no principal runs through it."""
    segment = balances.segment
    return not (any(segment.principal[row:]) or segment.interest[row])


def open_fees(course: "Course", balances: Balances, day: int) -> Balances:
    """Return balances once the period of a day opens with what is first drawn in it."""
    row = min(course.current_row(day), len(balances.due) - 1)
    rows = [row] * (balances.due[row] > day)
    # It has not begun by its first day, so nothing of it is from before.
    return follow_fees(course, balances, balances, rows, course.start[row])


def _charged(
    course: "Course", shares: Iterable[Fee], balances: Balances, row: int
) -> int:
    """Return fees and the tax on them, of what a row owes by its plan."""
    loan = course.loan
    return sum(
        sum(
            fee_rule(fee, loan.digits, loan.rounding)(
                fee_base(fee, course, balances, row)
            )
        )
        for fee in shares
    )


def fee_base(fee: Fee, course: "Course", balances: Balances, row: int) -> int:
    """Return what a fee of a row is a share of; nothing of what is from before."""
    _, planned, principal = balances.planned
    interest = planned[row] - course.brought[row]
    match fee.of:
        case FeeOf.INTEREST:
            return int(interest)
        case FeeOf.INSTALLMENT_PRINCIPAL:
            return int(principal[row])
        case FeeOf.OUTSTANDING:
            held = sum(balances.segment.principal[row:])
            return max(held - course.ahead_of(row), 0)
        case _:
            return int(interest + principal[row])
