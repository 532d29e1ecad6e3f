"""Persistent debt: whether a debtor pays more for the debt than off it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.account import Account
from loanmath.account.amounts import Amounts, to_amounts
from loanmath.analysis.delinquency.lateness import AnyAccount, first_day, to_day
from loanmath.currency import currency_digits, from_units, sum_of, to_units
from loanmath.doors import to_count, to_date, to_text
from loanmath.errors import DateRangeError
from loanmath.line_account import LineAccount
from loanmath.recurrence import add_months
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount

__all__ = ["PersistentDebt", "persistent_debt"]


def _to_currency(code: object) -> str:
    text = to_text(code, "currency")
    currency_digits(text)
    return text


def _to_since(day: object) -> date:
    return to_date(day, "since")


def _to_until(day: object) -> date:
    return to_date(day, "until")


def _to_paid(amount: object) -> Decimal:
    return to_amount(amount, "paid", least=None)


@frozen(repr=False, kw_only=True)
class PersistentDebt(PrintedRecords):
    """
    What was paid off a debt and for it over some months (持续负债).

    Formula: the debt persists where `interest + fees + charges > principal`, of what
    was paid.

    Args:
        currency: The currency of the amounts.
        since: The first day.
        until: The last day.
        principal: Principal repaid, in major units; negative, as the others, where more
            was taken back than paid.
        interest: Interest paid.
        fees: Fees paid.
        charges: Penalty, default charges and compound interest paid.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        DateRangeError: If the days are in the wrong order.

    Example:
        >>> found = PersistentDebt(currency="GBP", since=date(2025, 1, 1),
        ...     until=date(2026, 6, 30), principal="300", interest="350", fees="12")
        >>> print(found)
        Persistent debt (GBP, 2025-01-01 to 2026-06-30): yes
        Paid              Amount
        Principal         300.00
        Interest          350.00
        Fees               12.00
        Charges             0.00
        For the debt      362.00
        More than off it   62.00

    Source: United Kingdom, CONC 6.7, over 18 months; recalled, not checked against the
    text.
    """

    currency: str = field(converter=_to_currency)
    since: date = field(converter=_to_since)
    until: date = field(converter=_to_until)
    principal: Decimal = field(converter=_to_paid)
    interest: Decimal = field(default=Decimal(0), converter=_to_paid)
    fees: Decimal = field(default=Decimal(0), converter=_to_paid)
    charges: Decimal = field(default=Decimal(0), converter=_to_paid)

    def __attrs_post_init__(self) -> None:
        if self.until < self.since:
            raise DateRangeError(
                "until", got=str(self.until), allowed=f"on or after {self.since}"
            )

    @property
    def _digits(self) -> int:
        amounts = (self.principal, self.interest, self.fees, self.charges)
        found = [-int(amount.as_tuple().exponent) for amount in amounts]
        return max(currency_digits(self.currency), *found)

    @property
    def costs(self) -> Decimal:
        """
        What was paid for the debt: interest, fees and charges.

        Example:
            >>> PersistentDebt(currency="GBP", since=date(2025, 1, 1), principal="300",
            ...     until=date(2026, 6, 30), interest="350", fees="12").costs
            Decimal('362.00')
        """
        return sum_of((self.interest, self.fees, self.charges), self._digits)

    @property
    def excess(self) -> Decimal:
        """
        By how much more was paid for the debt than off it; negative where less.

        Example:
            >>> PersistentDebt(currency="GBP", since=date(2025, 1, 1), principal="300",
            ...     until=date(2026, 6, 30), interest="350", fees="12").excess
            Decimal('62.00')
        """
        digits = self._digits
        principal = to_units(self.principal, digits, "principal")
        return from_units(to_units(self.costs, digits, "costs") - principal, digits)

    @property
    def persists(self) -> bool:
        """
        Whether more was paid for the debt than off it.

        Example:
            >>> PersistentDebt(currency="GBP", since=date(2025, 1, 1), principal="300",
            ...     until=date(2026, 6, 30), interest="300").persists
            False
        """
        return self.excess > 0

    def _lines(self) -> list[tuple[str, Decimal]]:
        digits = self._digits
        names = ("principal", "interest", "fees", "charges")
        lines = [
            (name.capitalize(), sum_of([getattr(self, name)], digits)) for name in names
        ]
        return [*lines, ("For the debt", self.costs), ("More than off it", self.excess)]

    def _table(self) -> Table:
        caption = (
            f"Persistent debt ({self.currency}, {self.since} to {self.until}):"
            f" {'yes' if self.persists else 'no'}"
        )
        rows = [[name, f"{amount:,f}"] for name, amount in self._lines()]
        return Table(caption, ["Paid", "Amount"], rows, [], words=(0,))

    def _records(self) -> list[Sequence[object]]:
        return [["paid", "amount"], *map(list, self._lines())]

    def __repr__(self) -> str:
        said = "persists" if self.persists else "does not persist"
        return f"<PersistentDebt to {self.until}: {said}, {self.excess}>"


def persistent_debt(
    account: AnyAccount, on: date, *, months: int = 18
) -> PersistentDebt:
    """
    Return what was paid off a debt and for it over the months up to a day.

    What counts is what payments cleared, less what was taken back of them; what a
    credit balance paid later does not, and refunds and waivers are no payments.

    Args:
        account: The account of a line or of a loan.
        on: The last day.
        months: Over how many months, 1 to 1,200.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If `months` is out of range.
        DateRangeError: If the account is younger than that, or a day is out of range.

    Example:
        >>> from loanmath import Payment, Purchase
        >>> from loanmath.presets import cn
        >>> line = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1)).record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        ...     Payment(id="p1", on=date(2026, 4, 13), amount="400"))
        >>> found = persistent_debt(line, date(2026, 9, 1), months=6)
        >>> found.principal, found.interest, found.persists
        (Decimal('399.00'), Decimal('1.00'), False)
    """
    day = to_day(account, on)
    start = add_months(day, -to_count(months, "months", 1200))
    if start < first_day(account):
        raise DateRangeError(
            "on",
            got=str(on),
            allowed=f"{months} months after {first_day(account)} or later",
            do="look at fewer months, and say so",
        )
    since = date.fromordinal(start.toordinal() + 1)
    if isinstance(account, LineAccount):
        currency, paid = account.line.currency, _paid_on_line(account, since, day)
    else:
        currency, paid = account.loan.currency, _paid_on_loan(account, start, day)
    digits = -int(paid.principal.as_tuple().exponent)
    charges = sum_of((paid.penalty, paid.compound), digits)
    return PersistentDebt(
        currency=currency,
        since=since,
        until=day,
        principal=paid.principal,
        interest=paid.interest,
        fees=paid.fee,
        charges=charges,
    )


def _paid_on_loan(account: Account, start: date, until: date) -> Amounts:
    digits = account.loan.digits
    return Amounts._make(
        from_units(
            to_units(now, digits, "paid") - to_units(then, digits, "paid"), digits
        )
        for then, now in zip(
            account.position(start).paid, account.position(until).paid, strict=True
        )
    )


_PAYMENTS = ("payment", "payment returned")


def _paid_on_line(account: LineAccount, since: date, until: date) -> Amounts:
    digits = account.line.digits
    paid = dict.fromkeys(Amounts._fields, 0)
    for posting in account.postings(since, until):
        if posting.rule in _PAYMENTS and posting.component in paid:
            paid[posting.component] -= to_units(posting.amount, digits, "paid")
    return to_amounts(list(paid.values()), digits)
