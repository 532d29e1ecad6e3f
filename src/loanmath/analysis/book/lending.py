"""The loans that a simulated book begins with, and those that come."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.analysis.book.entries import (
    to_currency,
    to_money,
    to_named,
)
from loanmath.currency import currency_digits, to_units
from loanmath.doors import to_count, to_date, to_flag
from loanmath.errors import DateRangeError, InputTypeError, LimitError, TermsError
from loanmath.recurrence import is_month_end
from loanmath.terms.amounts import to_amount

__all__ = ["MAX_LOANS", "Lending"]

MAX_LOANS = 100_000
"""How many loans a simulation may hold in all."""


def _to_number(number: object, what: str) -> int:
    if type(number) is not int:
        raise InputTypeError(what, got=number, allowed="int")
    if not 0 <= number <= MAX_LOANS:
        raise LimitError(what, got=number, allowed=f"0 to {MAX_LOANS:,}")
    return number


def _to_start(
    start: Mapping[str, int] | tuple[tuple[str, int], ...],
) -> tuple[tuple[str, int], ...]:
    found = to_named(start, "start", _to_number)
    if not 1 <= sum(count for _, count in found) <= MAX_LOANS:
        raise LimitError("start", got=start, allowed=f"1 to {MAX_LOANS:,} loans")
    return found


def _to_new(number: object) -> int:
    return _to_number(number, "new_loans")


def _to_installments(number: object) -> int:
    return to_count(number, "installments", 480)


def _to_principal(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "principal")


def _to_seasoned(flag: object) -> bool:
    return to_flag(flag, "seasoned")


@frozen(kw_only=True)
class Lending:
    """
    The loans that a simulation begins with, and those that come.

    Args:
        currency: The currency of the amounts.
        on: The month end on which it begins.
        principal: What each loan was paid out, in major units.
        installments: In how many equal parts of principal it is repaid, one a month;
            the last takes what division leaves.
        start: How many loans are in each state at first.
        new_loans: How many are made each month, all in the first state.
        seasoned: Whether the first loans are spread over all ages, rather than all new.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        CurrencyError: If the principal is finer than the currency.
        DateRangeError: If the date is not a month end.
        TermsError: If the principal is too small for its installments.

    Example:
        >>> Lending(currency="CNY", on=date(2026, 1, 31), principal="12000",
        ...     installments=12, start={"M0": 10000}).loans
        10000
    """

    currency: str = field(converter=to_currency)
    on: date
    principal: Decimal = field(converter=_to_principal)
    installments: int = field(converter=_to_installments)
    start: tuple[tuple[str, int], ...] = field(converter=_to_start)
    new_loans: int = field(default=0, converter=_to_new)
    seasoned: bool = field(default=False, converter=_to_seasoned)

    def __attrs_post_init__(self) -> None:
        if not is_month_end(to_date(self.on, "on")):
            raise DateRangeError(
                "on", got=str(self.on), allowed="the last day of a month"
            )
        money = to_money(self.principal, self.currency, "principal")
        object.__setattr__(self, "principal", money)
        if self.units < self.installments:
            raise TermsError(
                "principal",
                got=str(money),
                allowed="at least one minor unit for each installment",
            )

    @property
    def units(self) -> int:
        """The principal in minor units."""
        return to_units(self.principal, currency_digits(self.currency), "principal")

    @property
    def loans(self) -> int:
        """How many loans it begins with."""
        return sum(count for _, count in self.start)

    @property
    def balances(self) -> tuple[int, ...]:
        """What a loan owes, in minor units, by the installments that are left."""
        each = self.units // self.installments
        paid = range(self.installments, 0, -1)
        return (0, *(self.units - (count - 1) * each for count in paid))
