"""Fees in the plan: on the rows they fall due with, or on rows of their own."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import NamedTuple

from loanmath.currency import to_units
from loanmath.errors import ScheduleError
from loanmath.schedule.draft import Draft, DraftRow
from loanmath.terms import Fee, FeeDue, FeeOf, FeePaid, InstallmentLoan
from loanmath.terms.fees import fee_columns

__all__ = [
    "Charges",
    "charged_rows",
    "charges",
    "fee_bases",
    "own_date",
    "with_fee_rows",
]


class Charges(NamedTuple):
    """Fee and tax of every row, in units."""

    fee: list[int]
    tax: list[int]


def charged_rows(fee: Fee, rows: Draft, disbursed: date) -> Sequence[int]:
    """Return the rows that a fee falls due with, of a plan that has its fee rows."""
    if fee.due is FeeDue.INSTALLMENTS:
        if isinstance(rows.number, range):
            first = fee.every - rows.number[0]
            return range(first, len(rows.number), fee.every)
        return [
            index
            for index, number in enumerate(rows.number)
            if number > 0 and number % fee.every == 0
        ]
    if fee.paid is FeePaid.FINANCED:
        return []
    # Several rows may be due on one day: the fee falls due once.
    return [rows.due.index(disbursed if fee.due is FeeDue.DISBURSEMENT else fee.due)]


def fee_bases(
    fee: Fee, rows: Draft, charged: Sequence[int], loan: InstallmentLoan
) -> list[int]:
    """Return what a percentage fee is a percentage of, on each of some rows."""
    match fee.of:
        case FeeOf.PRINCIPAL:
            # The amount lent, without financed fees.
            return [to_units(loan.principal, loan.digits, "principal")] * len(charged)
        case FeeOf.OUTSTANDING:
            column = rows.opening
        case FeeOf.PAYMENT:
            column = rows.payment
        case FeeOf.INSTALLMENT_PRINCIPAL:
            column = rows.principal
        case _:
            column = rows.interest
    if len(charged) == len(column):
        return column
    return [column[index] for index in charged]


def with_fee_rows(loan: InstallmentLoan, rows: Draft) -> Draft:
    """
    Return the rows with one more for each fee date that is no due date.

    Raises:
        ScheduleError: If a fee is due after the last installment.
    """
    dates = {own_date(fee, loan) for fee in loan.fees}
    for day in sorted(day for day in dates if day is not None and day not in rows.due):
        index = next((k for k, due in enumerate(rows.due) if due > day), None)
        if index is None:
            raise ScheduleError(
                "fees",
                got=str(day),
                allowed=f"up to the last due date, {rows.due[-1]}",
            )
        owed = rows.opening[index]
        row = DraftRow(day, day, day, 0, owed, 0, 0, 0, 0, 0, owed, -1)
        rows = rows.with_row(index, row)
    return rows


def own_date(fee: Fee, loan: InstallmentLoan) -> date | None:
    """Return the date that a fee has of its own; none, where installments give it."""
    if isinstance(fee.due, date):
        return fee.due
    on_disbursement = fee.due is FeeDue.DISBURSEMENT
    if on_disbursement and fee.paid is not FeePaid.FINANCED:
        return loan.disbursed
    return None


def charges(loan: InstallmentLoan, rows: Draft) -> Charges:
    """Return fee and tax of every row, of rows that have their fee rows."""
    if not loan.fees:
        return Charges([0] * len(rows.due), [0] * len(rows.due))
    return reduce(_together, [_charged(fee, loan, rows) for fee in loan.fees])


def _charged(fee: Fee, loan: InstallmentLoan, rows: Draft) -> Charges:
    """Return one fee and its tax on every row."""
    charged = charged_rows(fee, rows, loan.disbursed)
    bases = fee_bases(fee, rows, charged, loan)
    units, taxes = fee_columns(fee, bases, loan.digits, loan.rounding)
    if len(charged) == len(rows.due):
        return Charges(units, taxes)
    fee_column, tax_column = [0] * len(rows.due), [0] * len(rows.due)
    for index, unit, tax in zip(charged, units, taxes, strict=True):
        fee_column[index], tax_column[index] = unit, tax
    return Charges(fee_column, tax_column)


def _together(one: Charges, other: Charges) -> Charges:
    return Charges(
        list(map(add, one.fee, other.fee)), list(map(add, one.tax, other.tax))
    )
