"""The warnings beside a card's minimum payment, as values that print."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from attrs import frozen

from loanmath.analysis.disclosure.minimum_months import MONTHS
from loanmath.currency import from_units, to_units
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule.printed import PrintedRecords, PrintedTable
from loanmath.schedule.printing import Table

__all__ = [
    "MinimumMonth",
    "MinimumWarning",
    "NoPayoffWarning",
    "NoWarning",
    "Outcome",
]


class MinimumMonth(NamedTuple):
    """
    A month in which the minimum is paid, with amounts in major units.

    Attributes:
        number: The month, from 1.
        opening: What is owed as it begins.
        interest: What it adds.
        paid: What is paid.
        closing: What is owed as it ends.

    Example:
        >>> MinimumMonth(1, Decimal("1000.00"), Decimal("7.92"), Decimal("20.00"),
        ...     Decimal("987.92")).paid
        Decimal('20.00')
    """

    number: int
    opening: Decimal
    interest: Decimal
    paid: Decimal
    closing: Decimal


@frozen
class NoWarning:
    """
    No warning is due: what is owed is paid with the next bill, or nothing is.

    Attributes:
        currency: The currency of the balance.
        balance: What is owed, in major units.
        reason: Why there is none.

    Example:
        >>> from loanmath.analysis.disclosure import CardBalance, minimum_warning
        >>> from loanmath.terms import MinimumPayment
        >>> minimum = MinimumPayment("2%", least="20", in_full=[])
        >>> print(minimum_warning([CardBalance("15", "17%/year")], minimum))
        No minimum payment warning for USD 15.00: the first minimum is all that is owed

    Source: 12 CFR 1026.7(b)(12)(v); recalled, not checked against the text.
    """

    currency: str
    balance: Decimal
    reason: str

    def __str__(self) -> str:
        owed = f"{self.currency} {self.balance:,f}"
        return f"No minimum payment warning for {owed}: {self.reason}"


@frozen(repr=False)
class MinimumWarning(PrintedRecords):
    """
    What paying only the minimum of a card comes to (最低还款警示).

    Formula: `total = sum of what is paid = balance + interest`, month after month, with
    no new purchases and no fees; `saved = total - total in 36 months`.

    Attributes:
        currency: The currency of every amount.
        balance: What is owed, in major units.
        total: What is paid in all, if each month's minimum is.
        payment_in_36_months: What to pay each month to be done in 36.
        total_in_36_months: 36 times that.
        rows: Every month.
        whole_amounts: Whether amounts print in whole units of the currency.

    Example:
        >>> from loanmath.analysis.disclosure import CardBalance, minimum_warning
        >>> from loanmath.terms import MinimumPayment, Promotion
        >>> minimum = MinimumPayment("2%", least="20", in_full=[])
        >>> owed = [CardBalance("500", "17%/year", Promotion(months=6)),
        ...     CardBalance("250", "17%/year"), CardBalance("250", "21%/year")]
        >>> print(minimum_warning(owed, minimum))
        Paying only the minimum: USD 1,000.00 owed
        Paid each month         Done in    In all   Saved
        the minimum, now 20.00  8 years  1,872.38
        35.45                   3 years  1,276.20  596.18

    Source: 12 CFR 1026.7(b)(12) and Appendix M1; the sample is that of Appendix M2.
    """

    currency: str
    balance: Decimal
    total: Decimal
    payment_in_36_months: Decimal
    total_in_36_months: Decimal
    rows: tuple[MinimumMonth, ...]
    whole_amounts: bool = False

    @property
    def months(self) -> int:
        """How many months it takes."""
        return len(self.rows)

    @property
    def years(self) -> int:
        """The nearest number of years, of two the higher."""
        return (2 * self.months + 12) // 24

    @property
    def duration(self) -> str:
        """How long it takes, as it is printed: in months below two years."""
        if self.months < 24:
            return f"{self.months} months"
        return f"{self.years} years"

    @property
    def interest(self) -> Decimal:
        """What is paid beyond the balance."""
        return _difference(self.total, self.balance)

    @property
    def saved(self) -> Decimal:
        """How much less 36 payments are in all; negative where they are more."""
        return _difference(self.total, self.total_in_36_months)

    @property
    def shows_36_months(self) -> bool:
        """
        Whether the law has the payment of 36 months shown: not up to 3 years.

        Source: 12 CFR 1026.7(b)(12)(i)(F); recalled, not checked against the text.
        """
        return self.years > MONTHS // 12

    def _table(self) -> Table:
        first = _shown(self.rows[0].paid, whole=self.whole_amounts)
        total = _shown(self.total, whole=self.whole_amounts)
        rows = [[f"the minimum, now {first}", self.duration, total, ""]]
        if self.shows_36_months:
            saved = _shown(self.saved, whole=self.whole_amounts)
            rows.append([*_in_36_months(self), saved])
        return _table_of(self, "Paying only the minimum", [*_HEADER, "Saved"], rows)

    def __repr__(self) -> str:
        return (
            f"<MinimumWarning: {self.currency} {self.balance} takes {self.months}"
            f" months and {self.total}>"
        )

    def _records(self) -> list[Sequence[object]]:
        return [MinimumMonth._fields, *self.rows]


@frozen
class NoPayoffWarning(PrintedTable):
    """
    The minimum never repays the balance: it does not exceed the interest.

    Attributes:
        currency: The currency of every amount.
        balance: What is owed, in major units.
        month: The first month of which that is true at rates that hold for good.
        minimum: The minimum of that month.
        interest: Its interest.
        payment_in_36_months: What to pay each month to be done in 36.
        total_in_36_months: 36 times that.
        whole_amounts: Whether amounts print in whole units of the currency.

    Example:
        >>> from loanmath.analysis.disclosure import CardBalance, minimum_warning
        >>> from loanmath.terms import MinimumPayment
        >>> minimum = MinimumPayment("2%", least="20", in_full=[])
        >>> print(minimum_warning([CardBalance("2000", "30%/year")], minimum))
        The minimum never repays what is owed: USD 2,000.00 owed
        Paid each month     Done in    In all
        the minimum, 40.00    never
        84.90               3 years  3,056.40

    Source: 12 CFR 1026.7(b)(12)(ii); recalled, not checked against the text.
    """

    currency: str
    balance: Decimal
    month: int
    minimum: Decimal
    interest: Decimal
    payment_in_36_months: Decimal
    total_in_36_months: Decimal
    whole_amounts: bool = False

    def _table(self) -> Table:
        least = _shown(self.minimum, whole=self.whole_amounts)
        rows = [[f"the minimum, {least}", "never", ""], _in_36_months(self)]
        return _table_of(self, "The minimum never repays what is owed", _HEADER, rows)


Outcome: TypeAlias = MinimumWarning | NoPayoffWarning | NoWarning

_HEADER = ["Paid each month", "Done in", "In all"]


def _table_of(
    warning: MinimumWarning | NoPayoffWarning,
    title: str,
    header: list[str],
    rows: list[list[str]],
) -> Table:
    owed = _shown(warning.balance, whole=warning.whole_amounts)
    caption = f"{title}: {warning.currency} {owed} owed"
    return Table(caption, header, rows, [], words=(0,))


def _in_36_months(warning: MinimumWarning | NoPayoffWarning) -> list[str]:
    whole = warning.whole_amounts
    payment = _shown(warning.payment_in_36_months, whole=whole)
    total = _shown(warning.total_in_36_months, whole=whole)
    return [payment, f"{MONTHS // 12} years", total]


def _digits(amount: Decimal) -> int:
    return -int(amount.as_tuple().exponent)


def _difference(one: Decimal, other: Decimal) -> Decimal:
    # A subtraction would round to the ambient context's precision.
    digits = _digits(one)
    left = to_units(one, digits, "amount") - to_units(other, digits, "amount")
    return from_units(left, digits)


def _shown(amount: Decimal, *, whole: bool) -> str:
    if not whole:
        return f"{amount:,f}"
    digits = _digits(amount)
    units = to_units(amount, digits, "amount")
    return f"{divide(units, int(10**digits), RoundingMode.HALF_UP):,}"
