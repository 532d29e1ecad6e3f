"""One limit that several accounts share."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.currency import currency_digits, from_units, to_units
from loanmath.errors import InputTypeError
from loanmath.line_account.account import LineAccount
from loanmath.terms.amounts import to_amount

__all__ = ["SharedLimit"]


def _to_currency(currency: str) -> str:
    currency_digits(currency)
    return currency


def _to_limit(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "amount", least=1)


@frozen
class SharedLimit:
    """
    A limit that several accounts share (共享额度).

    Args:
        currency: ISO 4217 code.
        amount: The limit, in major units, above zero.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> SharedLimit("CNY", "8000").available([account, account], date(2026, 3, 1))
        Decimal('8000.00')
    """

    currency: str = field(converter=_to_currency)
    amount: Decimal = field(converter=_to_limit)

    def available(self, accounts: Sequence[LineAccount], on: date) -> Decimal:
        """
        Return what may be drawn on all accounts together.

        Formula: `max(limit - what occupies the accounts' limits, 0)`.

        Args:
            accounts: The accounts, all in the currency.
            on: The day.

        Raises:
            InputTypeError: If something is not an account in the currency.
            DateRangeError: If an account was opened after the day.
        """
        digits = currency_digits(self.currency)
        left = to_units(self.amount, digits, "amount")
        for account in accounts:
            self._check(account)
            left -= account.used_units(on)
        return from_units(max(left, 0), digits)

    def _check(self, account: LineAccount) -> None:
        is_account = type(account) is LineAccount
        if not is_account or account.line.currency != self.currency:
            raise InputTypeError(
                "accounts",
                got=account.line.currency if is_account else account,
                allowed=f"accounts in {self.currency}",
            )
