"""Fees in the plan: on the rows they fall due with, or on rows of their own."""

from collections.abc import Sequence
from datetime import date
from operator import add
from typing import NamedTuple

from loanmath.currency import agreed_units
from loanmath.errors import ScheduleError
from loanmath.schedule.draft import Draft
from loanmath.terms import Fee, FeeDue, FeeOf, FeePaid, InstallmentLoan
from loanmath.terms.fees import fee_columns

# Looking a member up in its class costs more than comparing with it.
_DISBURSEMENT, _INSTALLMENTS = FeeDue.DISBURSEMENT, FeeDue.INSTALLMENTS
_FINANCED = FeePaid.FINANCED
_OF_AN_INSTALLMENT = (FeeOf.PAYMENT, FeeOf.INTEREST, FeeOf.INSTALLMENT_PRINCIPAL)

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
    if fee.due is _INSTALLMENTS:
        if isinstance(rows.number, range):
            first = fee.every - rows.number[0]
            return range(first, len(rows.number), fee.every)
        return [
            index
            for index, number in enumerate(rows.number)
            if number > 0 and number % fee.every == 0
        ]
    if fee.paid is _FINANCED:
        return []
    # Several rows may be due on one day: the fee falls due once.
    day = disbursed if fee.due is _DISBURSEMENT else fee.due
    return [rows.columns.due.index(day)]


def fee_bases(
    fee: Fee, rows: Draft, charged: Sequence[int], loan: InstallmentLoan
) -> Sequence[int]:
    """Return what a percentage fee is a percentage of, on each of some rows."""
    columns = rows.columns
    match fee.of:
        case FeeOf.PRINCIPAL:
            # The amount lent, without financed fees.
            return [agreed_units(loan.principal, loan.digits, "principal")] * len(
                charged
            )
        case FeeOf.OUTSTANDING:
            column = columns.opening
        case FeeOf.PAYMENT:
            column = columns.payment
        case FeeOf.INSTALLMENT_PRINCIPAL:
            column = columns.principal
        case _:
            column = columns.interest
    if len(charged) == len(column):
        return column
    return [column[index] for index in charged]


def with_fee_rows(loan: InstallmentLoan, rows: Draft) -> Draft:
    """
    Return the rows with one more for each fee date that is no due date.

    Raises:
        ScheduleError: If a fee is due after the last installment, or is a percentage of
            an installment that is not due on its date.
    """
    dated = [(day, fee) for fee in loan.fees if (day := own_date(fee, loan))]
    if not dated:
        return rows
    for day, fee in dated:
        if fee.of in _OF_AN_INSTALLMENT and day not in rows.columns.due:
            raise ScheduleError(
                f"fee {fee.name}",
                got=f"a percentage of the {fee.of.value} due on {day}",
                allowed="the due date of an installment",
                do="let it be of the principal, or of what is outstanding",
            )
    days = {day for day, _ in dated}
    for day in sorted(days.difference(rows.columns.due)):
        due = rows.columns.due
        index = next((k for k, other in enumerate(due) if other > day), None)
        if index is None:
            raise ScheduleError(
                "fees",
                got=str(day),
                allowed=f"up to the last due date, {due[-1]}",
            )
        rows = rows.with_fee_row(day, index)
    return rows


def own_date(fee: Fee, loan: InstallmentLoan) -> date | None:
    """Return the date that a fee has of its own; none, where installments give it."""
    if fee.due is _INSTALLMENTS:
        return None
    if isinstance(fee.due, date):
        return fee.due
    return None if fee.paid is _FINANCED else loan.disbursed


def charges(loan: InstallmentLoan, rows: Draft) -> Charges:
    """Return fee and tax of every row, of rows that have their fee rows."""
    found = None
    for fee in loan.fees:
        charged = _charged(fee, loan, rows)
        found = charged if found is None else _together(found, charged)
    if found is None:
        return Charges([0] * len(rows.number), [0] * len(rows.number))
    return found


def _charged(fee: Fee, loan: InstallmentLoan, rows: Draft) -> Charges:
    """Return one fee and its tax on every row."""
    charged, count = charged_rows(fee, rows, loan.disbursed), len(rows.number)
    bases = fee_bases(fee, rows, charged, loan)
    units, taxes = fee_columns(fee, bases, loan.digits, loan.rounding)
    if len(charged) == count:
        return Charges(units, taxes)
    fee_column, tax_column = [0] * count, [0] * count
    for index, unit, tax in zip(charged, units, taxes, strict=True):
        fee_column[index], tax_column[index] = unit, tax
    return Charges(fee_column, tax_column)


def _together(one: Charges, other: Charges) -> Charges:
    return Charges(
        list(map(add, one.fee, other.fee)), list(map(add, one.tax, other.tax))
    )
