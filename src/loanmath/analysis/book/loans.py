"""A loan as it stood on a date, and the book of all of them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from attrs import field, frozen

from loanmath.analysis.book.entries import (
    to_currency,
    to_money,
    to_name,
)
from loanmath.analysis.delinquency.buckets import to_days_late
from loanmath.currency import currency_digits, to_units
from loanmath.doors import to_date, to_flag, to_text, to_tuple_of
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    TermsError,
)
from loanmath.terms.amounts import to_amount

__all__ = [
    "Book",
    "LoanSnapshot",
    "Progress",
    "Row",
    "check_later",
    "to_book",
    "to_books",
]

_AMOUNTS = ("disbursed", "balance", "written_off")
_PERHAPS = ("overdue_principal", "overdue", "due")


def _to_days(days: object) -> int:
    return to_days_late(days)


def _to_name(name: object) -> str:
    return to_name(name, "name")


def _to_amount(amount: str | int | Decimal) -> Decimal:
    return to_amount(amount, "amount of a loan")


def _to_perhaps(amount: str | int | Decimal | None) -> Decimal | None:
    return None if amount is None else _to_amount(amount)


def _to_restructured(flag: object) -> bool:
    return to_flag(flag, "restructured")


@frozen(kw_only=True)
class LoanSnapshot:
    """
    A loan as it stood at the end of a date (时点快照).

    Amounts are in major units. What is left out is unknown, not zero: a measure that
    needs it refuses the loan.

    Args:
        name: The loan, unique in its book and the same on every date.
        on: The date.
        currency: The currency of every amount.
        originated: The day of disbursement.
        disbursed: What was paid out by then.
        balance: Principal outstanding, due or not; nothing of what was written off.
        days_past_due: Days since the oldest unpaid installment was due.
        borrower: Who owes it; left out, a borrower of its own.
        overdue_principal: Principal that is past due.
        overdue: All that is past due, interest and charges with it.
        due: All that has fallen due so far, paid or not.
        written_off: What was written off and not recovered.
        restructured: Whether its terms were eased because the borrower could not pay.
        first_due: The due date of the first installment.
        first_cleared: The day on which nothing was owed of it any more, where there is
            one.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is negative or a text is empty.
        CurrencyError: If an amount is finer than the currency.
        DateRangeError: If the loan was paid out after the date.
        TermsError: If more is past due than is owed or fell due, or the first
            installment was cleared without a due date.

    Example:
        >>> loan = LoanSnapshot(name="a", on=date(2026, 6, 30), currency="CNY",
        ...     originated=date(2026, 1, 15), disbursed="1200", balance="1000",
        ...     days_past_due=46, overdue_principal="200")
        >>> loan.balance, loan.borrower
        (Decimal('1000.00'), 'a')
    """

    name: str = field(converter=_to_name)
    on: date
    currency: str = field(converter=to_currency)
    originated: date
    disbursed: Decimal = field(converter=_to_amount)
    balance: Decimal = field(converter=_to_amount)
    days_past_due: int = field(converter=_to_days)
    borrower: str = ""
    overdue_principal: Decimal | None = field(default=None, converter=_to_perhaps)
    overdue: Decimal | None = field(default=None, converter=_to_perhaps)
    due: Decimal | None = field(default=None, converter=_to_perhaps)
    written_off: Decimal = field(default=Decimal(0), converter=_to_amount)
    restructured: bool = field(default=False, converter=_to_restructured)
    first_due: date | None = None
    first_cleared: date | None = None

    def __attrs_post_init__(self) -> None:
        for name in (*_AMOUNTS, *_PERHAPS):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, to_money(given, self.currency, name))
        borrower = to_text(self.borrower, "borrower") or self.name
        object.__setattr__(self, "borrower", borrower)
        self._check_dates()
        self._check_amounts()

    def _check_dates(self) -> None:
        on, originated = to_date(self.on, "on"), to_date(self.originated, "originated")
        if originated > on:
            raise DateRangeError(
                "originated", got=str(originated), allowed=f"on or before {on}"
            )
        if self.first_due is not None:
            to_date(self.first_due, "first_due")
        if self.first_cleared is not None:
            to_date(self.first_cleared, "first_cleared")
            if self.first_due is None:
                raise TermsError(
                    "first_due",
                    got=None,
                    allowed="a date, where the first installment was cleared",
                )

    def _check_amounts(self) -> None:
        for part, whole in (
            ("overdue_principal", "balance"),
            ("overdue_principal", "overdue"),
            ("overdue", "due"),
        ):
            less, more = getattr(self, part), getattr(self, whole)
            if less is not None and more is not None and less > more:
                raise TermsError(
                    part, got=str(less), allowed=f"at most {more}, what is {whole}"
                )


class Row(NamedTuple):
    """
    A loan of a book in integer minor units.

    Example:
        >>> Row._fields[1:3]
        ('balance', 'written_off')
    """

    loan: LoanSnapshot
    balance: int
    written_off: int
    disbursed: int

    @property
    def is_active(self) -> bool:
        """Whether anything is or may be owed."""
        return self.balance > 0 or self.loan.days_past_due > 0


def _to_loans(loans: object) -> tuple[LoanSnapshot, ...]:
    return to_tuple_of(loans, LoanSnapshot, "loans")


@frozen(slots=False, repr=False)
class Book:
    """
    All loans of a lender as they stood on a date (贷款账簿).

    Args:
        currency: The currency of every amount.
        on: The date.
        loans: The loans, each once; closed and written-off ones may stay.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If a loan is in it twice, or is of another date or currency.

    Example:
        >>> day = date(2026, 6, 30)
        >>> loan = LoanSnapshot(name="a", on=day, currency="CNY", disbursed="1200",
        ...     originated=date(2026, 1, 15), balance="1000", days_past_due=0)
        >>> Book("CNY", day, [loan])
        <Book of 1 loan on 2026-06-30>
    """

    currency: str = field(converter=to_currency)
    on: date
    loans: tuple[LoanSnapshot, ...] = field(converter=_to_loans)

    def __attrs_post_init__(self) -> None:
        to_date(self.on, "on")
        seen: set[str] = set()
        for loan in self.loans:
            if loan.name in seen:
                raise TermsError("loans", got=loan.name, allowed="each loan once")
            seen.add(loan.name)
            if (loan.currency, loan.on) != (self.currency, self.on):
                raise TermsError(
                    f"loan {loan.name}",
                    got=f"{loan.currency} on {loan.on}",
                    allowed=f"{self.currency} on {self.on}, as the book",
                )

    @property
    def digits(self) -> int:
        """The decimals of the currency."""
        return currency_digits(self.currency)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The loans in integer minor units."""
        return tuple(
            Row(loan, *(self.units(loan, name) for name in _ROW)) for loan in self.loans
        )

    @cached_property
    def by_name(self) -> dict[str, Row]:
        """The rows by the names of their loans."""
        return {row.loan.name: row for row in self.rows}

    def units(self, loan: LoanSnapshot, name: str) -> int:
        """
        Return an amount of a loan in minor units.

        Raises:
            TermsError: If the loan does not state it.
        """
        given = getattr(loan, name)
        if given is None:
            raise TermsError(
                f"loan {loan.name}, {name}",
                got=None,
                allowed="an amount, for a measure that needs it",
            )
        return to_units(given, self.digits, name)

    def __iter__(self) -> Iterator[LoanSnapshot]:
        return iter(self.loans)

    def __len__(self) -> int:
        return len(self.loans)

    def __repr__(self) -> str:
        noun = "loan" if len(self) == 1 else "loans"
        return f"<Book of {len(self):,} {noun} on {self.on}>"


_ROW = ("balance", "written_off", "disbursed")


def to_book(book: object, what: str = "book") -> Book:
    """
    Return a book, refusing everything else.

    Example:
        >>> len(to_book(Book("CNY", date(2026, 6, 30), [])))
        0
    """
    if type(book) is not Book:
        raise InputTypeError(what, got=book, allowed="Book(...)")
    return book


def to_books(books: object) -> tuple[Book, ...]:
    """
    Return books of one currency in order of their dates.

    Raises:
        InputTypeError: If they are not a list of books.
        InputValueError: If there is none.
        TermsError: If they are of several currencies.
        DateRangeError: If one is not later than the one before.

    Example:
        >>> len(to_books([Book("CNY", date(2026, 6, 30), [])]))
        1
    """
    if type(books) not in (list, tuple):
        raise InputTypeError("books", got=books, allowed="a list of Book")
    given: Sequence[object] = books  # type: ignore[assignment]
    found = tuple(to_book(book, "books") for book in given)
    if not found:
        raise InputValueError("books", got=books, allowed="at least one Book")
    for earlier, later in pairwise(found):
        check_later(earlier, later)
    return found


def check_later(earlier: Book, later: Book) -> None:
    """
    Refuse two books that do not follow each other.

    Raises:
        TermsError: If they are of two currencies.
        DateRangeError: If the second is not later.

    Example:
        >>> days = date(2026, 5, 31), date(2026, 6, 30)
        >>> check_later(*(Book("CNY", day, []) for day in days))
    """
    if earlier.currency != later.currency:
        raise TermsError(
            "currency", got=later.currency, allowed=f"{earlier.currency} in each book"
        )
    if earlier.on >= later.on:
        raise DateRangeError(
            "on", got=str(later.on), allowed=f"later than {earlier.on}, the book before"
        )


Progress = Callable[[int, int], None]
"""What is told how many accounts of how many are done."""
