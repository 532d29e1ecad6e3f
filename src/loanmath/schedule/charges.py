"""Fees in the plan: on the rows they fall due with, or on rows of their own."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from loanmath.errors import ScheduleError
from loanmath.schedule.draft import Draft, DraftRow
from loanmath.terms import Fee, FeeDue, FeeOf, FeePaid, InstallmentLoan
from loanmath.terms.fees import fee_rule

__all__ = ["Charges", "charged_rows", "charges", "fee_bases", "with_fee_rows"]


class Charges(NamedTuple):
    """Fee and tax of every row, in units."""

    fee: list[int]
    tax: list[int]


def charged_rows(fee: Fee, rows: Draft, disbursed: date) -> list[int]:
    """Return the rows that a fee falls due with, of a plan that has its fee rows."""
    if fee.due is FeeDue.INSTALLMENTS:
        return [
            index
            for index, row in enumerate(rows)
            if row.number > 0 and row.number % fee.every == 0
        ]
    day = disbursed if fee.due is FeeDue.DISBURSEMENT else fee.due
    if fee.paid is FeePaid.FINANCED:
        return []
    # Several rows may be due on one day: the fee falls due once.
    return [next(index for index, row in enumerate(rows) if row.due == day)]


def fee_bases(fee: Fee, rows: Iterable[DraftRow], principal: int) -> list[int]:
    """Return what a percentage fee is a percentage of, on each of some rows."""
    match fee.of:
        case FeeOf.PRINCIPAL:
            return [principal for _ in rows]
        case FeeOf.OUTSTANDING:
            return [row.opening for row in rows]
        case FeeOf.PAYMENT:
            return [row.principal + row.interest for row in rows]
        case _:
            return [row.interest for row in rows]


def with_fee_rows(loan: InstallmentLoan, rows: Draft) -> Draft:
    """
    Return the rows with one more for each fee date that is no due date.

    Raises:
        ScheduleError: If a fee is due after the last installment.
    """
    dates = {_date_of(fee, loan) for fee in loan.fees}
    present = {row.due for row in rows}
    found = list(rows)
    for day in sorted(day for day in dates if day is not None and day not in present):
        index = next((k for k, row in enumerate(found) if row.due > day), None)
        if index is None:
            raise ScheduleError(
                "fees",
                got=str(day),
                allowed=f"up to the last due date, {rows[-1].due}",
            )
        owed = found[index].opening
        found.insert(index, DraftRow(day, day, day, 0, owed, 0, 0, 0, 0, owed, -1))
    return found


def _date_of(fee: Fee, loan: InstallmentLoan) -> date | None:
    if isinstance(fee.due, date):
        return fee.due
    on_disbursement = fee.due is FeeDue.DISBURSEMENT
    if on_disbursement and fee.paid is not FeePaid.FINANCED:
        return loan.disbursed
    return None


def charges(loan: InstallmentLoan, rows: Draft, principal: int) -> Charges:
    """
    Return fee and tax of every row.

    Args:
        loan: The terms.
        rows: Rows that have their fee rows.
        principal: The amount lent, without financed fees.
    """
    found = Charges([0] * len(rows), [0] * len(rows))
    for fee in loan.fees:
        charge = fee_rule(fee, loan.digits, loan.rounding)
        charged = charged_rows(fee, rows, loan.disbursed)
        bases = fee_bases(fee, [rows[index] for index in charged], principal)
        for index, (units, tax) in zip(charged, map(charge, bases), strict=True):
            found.fee[index] += units
            found.tax[index] += tax
    return found
