"""What is behind already when an account is opened from an existing book."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.currency import to_units
from loanmath.doors import to_date, to_tuple_of
from loanmath.errors import DateRangeError
from loanmath.ledger.course import Arrears
from loanmath.terms import InstallmentLoan
from loanmath.terms.amounts import to_amount

__all__ = ["Arrear", "to_arrears"]


def _to_due(due: object) -> date:
    return to_date(due, "due")


def _to_owed(amount: object) -> Decimal:
    return to_amount(amount, "arrear")


@frozen(kw_only=True)
class Arrear:
    """
    An installment of an existing book that is not paid in full (历史欠款).

    Args:
        due: The day on which it was due; on or before the day of the book.
        principal: What is unpaid of each component, in major units.
        interest: As principal.
        fee: As principal.
        penalty: As principal.
        compound: As principal.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is negative.

    Example:
        >>> Arrear(due=date(2026, 1, 15), principal="800", interest="12.50").fee
        Decimal('0')
    """

    due: date = field(converter=_to_due)
    principal: Decimal = field(default=Decimal(0), converter=_to_owed)
    interest: Decimal = field(default=Decimal(0), converter=_to_owed)
    fee: Decimal = field(default=Decimal(0), converter=_to_owed)
    penalty: Decimal = field(default=Decimal(0), converter=_to_owed)
    compound: Decimal = field(default=Decimal(0), converter=_to_owed)


def to_arrears(arrears: Sequence[Arrear], loan: InstallmentLoan) -> tuple[Arrears, ...]:
    """
    Return arrears in units, by due date.

    Raises:
        InputTypeError: If they are not a sequence of `Arrear`.
        DateRangeError: If one is due after the day of the book.
        CurrencyError: If an amount is finer than the loan.
    """
    for arrear in to_tuple_of(arrears, Arrear, "arrears"):
        if arrear.due > loan.disbursed:
            raise DateRangeError(
                "arrear due",
                got=str(arrear.due),
                allowed=f"on or before the day of the book, {loan.disbursed}",
            )
    found = []
    for arrear in sorted(arrears, key=lambda arrear: arrear.due):
        names = ("penalty", "compound", "fee", "interest", "principal")
        penalty, compound, fee, interest, principal = (
            to_units(getattr(arrear, name), loan.digits, name) for name in names
        )
        owed = (penalty, compound, fee, interest, principal)
        day = arrear.due.toordinal()
        found.append(Arrears(day, owed, day))
    return tuple(found)
