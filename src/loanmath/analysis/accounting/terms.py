"""How amounts of accounts are rounded: terms that the accounts state."""

from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from loanmath.analysis.stream import Stream
from loanmath.arithmetic import Rounded
from loanmath.currency import check_limit, currency_digits, from_units, to_units
from loanmath.doors import to_enum
from loanmath.errors import InputTypeError, TermsError
from loanmath.rounding import Rounding
from loanmath.schedule import Schedule

__all__ = ["AccountingTerms", "Leftover", "RoundedAt", "to_terms"]


class RoundedAt(Enum):
    """
    What is rounded in each row of an effective-interest schedule.

    `INTEREST`: interest on the rounded carrying amount, as ledgers book it. `CARRYING`:
    the carrying amount is the present value of what is to come, kept with 20 decimals
    more and rounded for each row, as tables of textbooks print it; interest is what it
    moves by.
    """

    INTEREST = "interest"
    CARRYING = "carrying"


class Leftover(Enum):
    """
    What becomes of the difference that rounding leaves after the last cash flow (尾差).

    `LAST_INTEREST`: interest of the last row takes it. `SHOWN`: it stays as the closing
    carrying amount.
    """

    LAST_INTEREST = "last_interest"
    SHOWN = "shown"


def _to_currency(code: str) -> str:
    currency_digits(code)
    return code


def _to_rounding(rounding: object) -> Rounding:
    if type(rounding) is not Rounding:
        raise InputTypeError("rounding", got=rounding, allowed="Rounding(...)")
    return rounding


def _to_rounded_at(value: object) -> RoundedAt:
    return to_enum(value, RoundedAt, "rounded")


def _to_leftover(value: object) -> Leftover:
    return to_enum(value, Leftover, "leftover")


@frozen
class AccountingTerms:
    """
    The currency of accounts, and how their amounts are rounded (核算口径).

    Args:
        currency: An ISO 4217 code.
        rounding: How amounts are rounded; half-up to the minor unit by default.
        rounded: What is rounded in each row: `"interest"` or `"carrying"`.
        leftover: What becomes of the difference after the last row:
            `"last_interest"` or `"shown"`.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        UnknownNameError: If the currency or a name is not known.
        CurrencyError: If the currency has no minor unit.

    Example:
        >>> AccountingTerms("CNY").rounded
        <RoundedAt.INTEREST: 'interest'>

    Source: a choice of the accounts: neither IFRS 9 nor ASC 310-20 says how rows are
    rounded (recalled, not checked against the texts).
    """

    currency: str = field(converter=_to_currency)
    rounding: Rounding = field(factory=Rounding, converter=_to_rounding, kw_only=True)
    rounded: RoundedAt = field(
        default=RoundedAt.INTEREST, converter=_to_rounded_at, kw_only=True
    )
    leftover: Leftover = field(
        default=Leftover.LAST_INTEREST, converter=_to_leftover, kw_only=True
    )

    @property
    def digits(self) -> int:
        """The decimals of the amounts."""
        return self.rounding.digits(currency_digits(self.currency))

    @property
    def quotient(self) -> Rounded:
        """The rounding, of a numerator and a denominator."""
        return self.rounding.quotient(self.digits)

    def units(self, value: object, what: str) -> int:
        """
        Return an amount in units of 10^-digits.

        Raises:
            InputTypeError: If it is not a `str`, `int` or `Decimal`.
            InputValueError: If it is not a finite number.
            CurrencyError: If it is finer than a unit.
            LimitError: If it is above 10^13 minor units.

        Example:
            >>> AccountingTerms("CNY").units("12.50", "fees")
            1250
        """
        return self.checked(to_units(value, self.digits, what), what)

    def flows(self, stream: Stream) -> list[int]:
        """
        Return the amounts of cash flows in units of 10^-digits.

        Raises:
            CurrencyError: If one is finer than a unit.
            LimitError: If one is above 10^13 minor units.

        Example:
            >>> from loanmath.analysis.stream import read_stream
            >>> AccountingTerms("CNY").flows(read_stream(["-1.5", "2"]))
            [-150, 200]
        """
        return [self.checked(units, "cash flow") for units in stream.units(self.digits)]

    def checked(self, units: int, what: str) -> int:
        """
        Return units of an amount that is not too large.

        Raises:
            LimitError: If it is above 10^13 minor units.

        Example:
            >>> AccountingTerms("CNY").checked(5, "carrying amount")
            5
        """
        return check_limit(units, self.digits, currency_digits(self.currency), what)

    def check_currency(self, *flows: object) -> None:
        """
        Refuse schedules in another currency.

        Raises:
            TermsError: If one of the flows is such a schedule.
        """
        for given in flows:
            if type(given) is Schedule and given.loan.currency != self.currency:
                raise TermsError(
                    "currency of the accounts",
                    got=self.currency,
                    allowed=f"{given.loan.currency}, the currency of the schedule",
                )

    def amount(self, units: int) -> Decimal:
        """
        Return units as an amount.

        Example:
            >>> AccountingTerms("CNY").amount(1250)
            Decimal('12.50')
        """
        return from_units(units, self.digits)


def to_terms(terms: object) -> AccountingTerms:
    """
    Return terms of accounting.

    Raises:
        InputTypeError: If they are something else.
    """
    if type(terms) is not AccountingTerms:
        raise InputTypeError("terms", got=terms, allowed="AccountingTerms(...)")
    return terms
