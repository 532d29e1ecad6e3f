"""Overdue ratios, first-payment default and cure rates of a book."""

from collections.abc import Callable
from enum import Enum

from loanmath.analysis.book.buckets import to_least_days
from loanmath.analysis.book.inclusion import Inclusion, counted_rows, to_inclusion
from loanmath.analysis.book.loans import Book, Row, check_later, to_book
from loanmath.analysis.book.measure import Measure
from loanmath.currency import from_units
from loanmath.doors import to_enum
from loanmath.errors import TermsError, UnknownNameError

__all__ = ["CountedBy", "cure_rate", "first_payment_default", "overdue_ratio"]


class CountedBy(Enum):
    """
    What an overdue ratio adds up.

    `BALANCE`: outstanding principal (余额口径). `DUE`: what fell due (应还口径).
    `BORROWER`: borrowers, each once (人数口径). `LOAN`: loans (笔数口径).
    """

    BALANCE = "balance"
    DUE = "due"
    BORROWER = "borrower"
    LOAN = "loan"


Counted = Callable[[Book, list[Row]], int]


def overdue_ratio(  # noqa: PLR0913 each choice that decides the ratio
    book: Book,
    days: int,
    *,
    by: CountedBy | str,
    inclusion: Inclusion,
    base: Book | None = None,
    decimals: int = 2,
) -> Measure:
    """
    Return how much of a book is late by a number of days or more (逾期率).

    Formula: by balance, `principal of loans with DPD >= days / principal of all loans`;
    by what fell due, `overdue amounts of such loans / amounts that fell due`; by
    borrower, `borrowers with such a loan / borrowers who owe`; by loan alike.

    Args:
        book: The book on the date of the numerator.
        days: At least 1. "More than 30 days" is 31.
        by: What is added up.
        inclusion: Which loans are in, and how much of a late one; its part is heeded by
            balance only.
        base: An earlier book for the denominator (lagged, 滞后分母); left out, the same
            book (coincident, 同期分母). A lagged ratio may be above 100 %.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        UnknownNameError: If `by` has another name.
        TermsError: If a loan does not state what is needed, or the books are of two
            currencies.
        DateRangeError: If the base is not earlier than the book.

    Example:
        >>> from datetime import date
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> def loan(name, balance, days):
        ...     return LoanSnapshot(name=name, on=date(2026, 6, 30), currency="CNY",
        ...         originated=date(2026, 1, 15), disbursed="1000", balance=balance,
        ...         days_past_due=days)
        >>> book = Book("CNY", date(2026, 6, 30), [loan("a", 900, 0), loan("b", 100, 35)])
        >>> overdue_ratio(book, 30, by="balance", inclusion=Inclusion()).shown
        '10.00%'
        >>> overdue_ratio(book, 30, by="borrower", inclusion=Inclusion()).shown
        '50.00%'

    中文: 逾期率. Source: the balance ratio as of consumer loans securitized in China
    (30+ and 90+ of year ends 2017 to 2019); those by amount due and by borrower are
    recalled, not checked against a text.
    """  # noqa: E501 a book of two loans is one line
    to_book(book)
    to_least_days(days)
    kind = to_enum(by, CountedBy, "by")
    rule = to_inclusion(inclusion)
    under = book if base is None else to_book(base, "base")
    if base is not None:
        check_later(base, book)
    late, total = _counters(kind, rule, days)
    money = kind in (CountedBy.BALANCE, CountedBy.DUE)
    digits = book.digits if money else 0
    unit = book.currency if money else f"{kind.value}s"
    above, below = _WORDS[kind]
    said = str(rule) if kind is CountedBy.BALANCE else rule.loans_rule
    lag = "" if base is None else ", lagged"
    when = "same date" if base is None else f"lagged, {under.on}"
    return Measure(
        name=f"overdue ratio by {_NAMES[kind]}, {days}+{lag}",
        numerator=from_units(late(book, counted_rows(book, rule)), digits),
        counts=f"{above} {days} or more days past due",
        denominator=from_units(total(under, counted_rows(under, rule)), digits),
        against=f"{below}, {when}",
        on=book.on,
        unit=unit,
        rule=said,
        decimals=decimals,
    )


_NAMES = {
    CountedBy.BALANCE: "balance",
    CountedBy.DUE: "amount due",
    CountedBy.BORROWER: "borrower",
    CountedBy.LOAN: "loan",
}
_WORDS = {
    CountedBy.BALANCE: ("principal of loans", "principal of all loans"),
    CountedBy.DUE: ("overdue amounts of loans", "all that fell due"),
    CountedBy.BORROWER: ("borrowers with a loan", "borrowers who owe"),
    CountedBy.LOAN: ("loans", "loans with something owed"),
}


def _counters(kind: CountedBy, rule: Inclusion, days: int) -> tuple[Counted, Counted]:
    """Return what counts the numerator, and what counts the denominator."""
    if kind is CountedBy.BALANCE:
        return (
            lambda book, rows: sum(rule.late(book, row, days) for row in rows),
            lambda _, rows: sum(rule.amount(row) for row in rows),
        )
    if kind is CountedBy.DUE:
        return (
            lambda book, rows: _off(rows, rule) + _overdue(book, rows, days),
            lambda book, rows: (
                _off(rows, rule) + sum(book.units(row.loan, "due") for row in rows)
            ),
        )
    if kind is CountedBy.BORROWER:
        return (
            lambda _, rows: len(
                {row.loan.borrower for row in rows if rule.is_late(row, days)}
            ),
            lambda _, rows: len({row.loan.borrower for row in rows}),
        )
    return (
        lambda _, rows: sum(rule.is_late(row, days) for row in rows),
        lambda _, rows: len(rows),
    )


def _off(rows: list[Row], rule: Inclusion) -> int:
    return sum(row.written_off for row in rows) if rule.written_off else 0


def _overdue(book: Book, rows: list[Row], days: int) -> int:
    return sum(
        book.units(row.loan, "overdue")
        for row in rows
        if row.loan.days_past_due >= days
    )


def first_payment_default(book: Book, days: int, *, decimals: int = 2) -> Measure:
    """
    Return how many loans missed their first installment by a number of days (首逾率).

    Formula: `loans whose first installment was unpaid so many days after its due date,
    paid later or not / loans whose first due date is so many days ago or more`.

    Args:
        book: The book. Closed and written-off loans count too, where they are in it.
        days: At least 1.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        TermsError: If no loan states its first due date; if some do not, the rule says
            how many.

    Example:
        >>> from datetime import date
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> loan = LoanSnapshot(name="a", on=date(2026, 6, 30), currency="CNY",
        ...     originated=date(2026, 5, 15), disbursed="1000", balance="1000",
        ...     days_past_due=15, first_due=date(2026, 6, 15))
        >>> first_payment_default(Book("CNY", loan.on, [loan]), 10).shown
        '100.00%'

    中文: 首期逾期率 (FPD). Source: an industry term.
    """
    to_book(book)
    to_least_days(days)
    known = [(loan.first_due, loan.first_cleared) for loan in book if loan.first_due]
    if not known:
        raise TermsError(
            "first_due", got=None, allowed="a first due date of at least one loan"
        )
    judged = missed = 0
    for first, cleared in known:
        if (book.on - first).days >= days:
            judged += 1
            missed += cleared is None or (cleared - first).days >= days
    rule = "write-offs in, restructured in, paid late counts as missed"
    if len(known) < len(book):
        left = len(book) - len(known)
        noun = "loan" if left == 1 else "loans"
        rule += f"; {left:,} {noun} without a first due date left out"
    return Measure(
        name=f"first-payment default, {days}+",
        numerator=missed,
        counts=f"loans whose first installment was {days} or more days late",
        denominator=judged,
        against=f"loans whose first due date is {days} or more days ago",
        on=book.on,
        unit="loans",
        rule=rule,
        decimals=decimals,
    )


def cure_rate(  # noqa: PLR0913 each choice that decides the rate
    before: Book,
    after: Book,
    days: int,
    *,
    by: CountedBy | str,
    inclusion: Inclusion,
    decimals: int = 2,
) -> Measure:
    """
    Return how much of what was late is late no more on a later date (治愈率).

    Formula: `of the loans with DPD >= days before, those with DPD = 0 after, or closed
    / all of them`, by what they owed before or by number. A loan that was written off
    is not cured, and one that is not in the later book was closed.

    Args:
        before: The earlier book.
        after: The later book.
        days: At least 1.
        by: `"balance"` (of the earlier date) or `"loan"`.
        inclusion: Whether loans that are restructured after count as cured; if they are
            out, they are in neither number.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        UnknownNameError: If `by` has another name.
        TermsError: If the books are of two currencies.
        DateRangeError: If the second is not later.

    Example:
        >>> from datetime import date
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> days = date(2026, 5, 31), date(2026, 6, 30)
        >>> books = [Book("CNY", day, [LoanSnapshot(name="a", on=day, currency="CNY",
        ...     originated=date(2026, 1, 15), disbursed="1000", balance="1000",
        ...     days_past_due=late)]) for day, late in zip(days, (16, 0))]
        >>> cure_rate(*books, 1, by="loan", inclusion=Inclusion()).shown
        '100.00%'

    中文: 治愈率. Source: an industry term.
    """
    to_book(before, "before")
    check_later(before, to_book(after, "after"))
    to_least_days(days)
    kind = to_enum(by, CountedBy, "by")
    if kind not in (CountedBy.BALANCE, CountedBy.LOAN):
        raise UnknownNameError("by", got=kind.value, allowed="'balance' or 'loan'")
    rule = to_inclusion(inclusion)
    late = cured = 0
    for row in before.rows:
        later = after.by_name.get(row.loan.name)
        eased = row.loan.restructured or (later is not None and later.loan.restructured)
        if row.loan.days_past_due < days or (eased and not rule.restructured):
            continue
        size = row.balance if kind is CountedBy.BALANCE else 1
        late += size
        cured += size if _is_cured(later) else 0
    digits = before.digits if kind is CountedBy.BALANCE else 0
    return Measure(
        name=f"cure rate by {_NAMES[kind]}, {days}+",
        numerator=from_units(cured, digits),
        counts=f"of them, not late or closed on {after.on}",
        denominator=from_units(late, digits),
        against=f"{_WORDS[kind][0]} {days} or more days past due on {before.on}",
        on=after.on,
        unit=before.currency if kind is CountedBy.BALANCE else "loans",
        rule=f"written off is not cured, restructured {_in(rule)}",
        decimals=decimals,
    )


def _in(rule: Inclusion) -> str:
    return "in" if rule.restructured else "out"


def _is_cured(later: Row | None) -> bool:
    if later is None:
        return True
    return later.loan.days_past_due == 0 and later.written_off == 0
