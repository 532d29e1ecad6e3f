"""The typed rows of a schedule: installments, totals and cash flows."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

__all__ = ["CashFlow", "Installment", "Totals"]


class Installment(NamedTuple):
    """
    One row of a schedule (一期): its dates, and amounts in major units of currency.

    Attributes:
        number: 1 for the first installment.
        start: The first day of the period that interest is charged for.
        end: The day on which that period ends.
        due: The day on which the payment is due; differs from `end` where a
            business-day rule moves only the payment, or interest is paid in advance.
        opening: Principal owed as the period starts.
        payment: What is due: principal + interest + fee + tax.
        principal: The part that lowers what is owed.
        interest: The part that is interest.
        fee: The part that is a fee.
        closing: Principal owed afterwards:
            opening + drawn + capitalized - principal.
        tax: The part that is tax on the fee.
        drawn: Principal paid out during the period.
        capitalized: Interest that joins the principal instead of being due.

    Example:
        >>> Installment._fields[:4]
        ('number', 'start', 'end', 'due')
    """

    number: int
    start: date
    end: date
    due: date
    opening: Decimal
    payment: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    closing: Decimal
    tax: Decimal
    drawn: Decimal
    capitalized: Decimal


class Totals(NamedTuple):
    """
    Sums of a schedule's columns, in major units (合计).

    Example:
        >>> Totals._fields
        ('payment', 'principal', 'interest', 'fee', 'tax', 'capitalized')
    """

    payment: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    tax: Decimal
    capitalized: Decimal


class CashFlow(NamedTuple):
    """
    An amount on a day, seen by the lender: paid out negative, received positive.

    Example:
        >>> CashFlow(date(2026, 1, 15), Decimal("-10000.00")).amount
        Decimal('-10000.00')
    """

    on: date
    amount: Decimal
