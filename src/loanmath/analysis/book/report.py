"""All measures of many accounts as one value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from attrs import field, frozen

from loanmath.analysis.book.buckets import to_least_days
from loanmath.analysis.book.classes import ClassChoices, ClassParts, class_measures
from loanmath.analysis.book.distribution import Distribution, distribution
from loanmath.analysis.book.from_accounts import (
    NamedAccounts,
    book_of,
    check_callable,
    to_accounts,
)
from loanmath.analysis.book.inclusion import Inclusion, to_inclusion
from loanmath.analysis.book.loans import Book, Progress, check_later, to_book
from loanmath.analysis.book.measure import Measure, measures_tables
from loanmath.analysis.book.migration import Migration, migration
from loanmath.analysis.book.printing import BookPrinted
from loanmath.analysis.book.ratios import (
    CountedBy,
    cure_rate,
    first_payment_default,
    overdue_ratio,
)
from loanmath.analysis.book.vintages import Vintages, vintages
from loanmath.analysis.delinquency.buckets import M_STAGES, BucketScheme, to_day_scheme
from loanmath.doors import to_date
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.recurrence import is_month_end, shift_months
from loanmath.schedule.printing import Table

__all__ = ["BookChoices", "BookReport", "LeftOut", "measure_book", "report_of"]

_MAX_MONTHS = 120


def _to_days(days: Sequence[int]) -> tuple[int, ...]:
    if type(days) not in (list, tuple):
        raise InputTypeError("days", got=days, allowed="a list of days past due")
    if not 1 <= len(days) <= 20:
        raise LimitError("days", got=len(days), allowed="1 to 20 numbers")
    return tuple(to_least_days(one) for one in days)


def _to_inclusion(inclusion: object) -> Inclusion:
    return to_inclusion(inclusion)


def _to_vintage_days(days: object) -> int:
    return to_least_days(days)


def _to_classes(classes: object) -> ClassChoices | None:
    if classes is not None and type(classes) is not ClassChoices:
        raise InputTypeError("classes", got=classes, allowed="ClassChoices(...)")
    return classes


@frozen(kw_only=True)
class BookChoices:
    """
    What a report of a book measures, and by which rules.

    Args:
        days: From how many days past due loans are late; one ratio for each.
        scheme: The buckets of the distribution and the migration.
        inclusion: What is counted.
        vintage_days: From how many days a loan is late in vintage curves.
        first_days: By how many days a first installment is missed.
        classes: The classes that it is measured by too, where there are some.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number of days is out of range.
        TermsError: If the scheme counts statements.

    Example:
        >>> BookChoices(days=[30, 90]).days
        (30, 90)
    """

    days: tuple[int, ...] = field(default=(1, 31, 91), converter=_to_days)
    scheme: BucketScheme = field(default=M_STAGES, converter=to_day_scheme)
    inclusion: Inclusion = field(default=Inclusion(), converter=_to_inclusion)
    vintage_days: int = field(default=31, converter=_to_vintage_days)
    first_days: int = field(default=1, converter=_to_vintage_days)
    classes: ClassChoices | None = field(default=None, converter=_to_classes)


@frozen
class LeftOut:
    """
    A measure that a report does not have, and why.

    Attributes:
        name: The measure.
        reason: What was missing.

    Example:
        >>> LeftOut("migration", "no earlier date").reason
        'no earlier date'
    """

    name: str
    reason: str


@frozen(repr=False)
class BookReport(BookPrinted):
    """
    All measures of a book on a date (账簿指标), each with its parts and its rule.

    It prints as tables, and shows itself as HTML in notebooks.

    Attributes:
        book: The book.
        measures: Ratios, each naming what it divides.
        spread: How the book is spread over the buckets.
        classes: How it is spread over classes, and what is set aside for them; empty
            where no classes are named.
        moves: Where it came from since an earlier date: by balance and by loan; empty
            where no such date is named.
        curves: Vintage curves, ever and current; empty where no month is named.
        left_out: What could not be measured, and why.

    Example:
        >>> from loanmath.presets import cn
        >>> from loanmath.line_account import LineAccount
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> report = measure_book([("a", account)], date(2026, 3, 31))
        >>> report.measures[0].shown, [one.name for one in report.left_out][:1]
        ('no base', ['first-payment default, 1+'])
    """

    book: Book
    measures: tuple[Measure, ...]
    spread: Distribution
    classes: ClassParts
    moves: tuple[Migration, ...]
    curves: tuple[Vintages, ...]
    left_out: tuple[LeftOut, ...]

    def _tables(self) -> list[Table]:
        count = len(self.book)
        noun = "account" if count == 1 else "accounts"
        caption = f"{count:,} {noun} on {self.book.on}, in {self.book.currency}"
        tables = measures_tables(caption, self.measures)
        for part in (self.spread, *self.classes, *self.moves, *self.curves):
            tables += part._tables()  # noqa: SLF001 the tables of a printed value
        if self.left_out:
            rows = [[one.name, one.reason] for one in self.left_out]
            header = ["Left out", "Why"]
            tables.append(Table("Not measured", header, rows, [], words=(0, 1)))
        return tables

    def __repr__(self) -> str:
        return f"<BookReport of {len(self.book):,} accounts on {self.book.on}>"


class _Collected:
    """Measures, and those that what is known does not allow."""

    def __init__(self) -> None:
        self.measures: list[Measure] = []
        self.left_out: list[LeftOut] = []

    def take(self, name: str, measure: Callable[[], Measure]) -> None:
        try:
            self.measures.append(measure())
        except TermsError as error:
            self.left_out.append(LeftOut(name, f"{error.what} is not known"))


def report_of(
    book: Book,
    *,
    before: Book | None = None,
    month_ends: Sequence[Book] = (),
    choices: BookChoices | None = None,
) -> BookReport:
    """
    Return all measures of a book (账簿指标).

    Args:
        book: The book.
        before: An earlier one, for migration, cures and lagged ratios.
        month_ends: Month ends in order, for vintage curves.
        choices: What is measured; left out, `BookChoices()`.

    Returns:
        The measures; those for which a loan lacks what they need are left out by name.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If the books are of two currencies.
        DateRangeError: If the dates do not ascend, or a month end is none.

    Example:
        >>> book = Book("CNY", date(2026, 6, 30), [])
        >>> report_of(book)
        <BookReport of 0 accounts on 2026-06-30>
    """
    to_book(book)
    rules = BookChoices() if choices is None else choices
    if type(rules) is not BookChoices:
        raise InputTypeError("choices", got=choices, allowed="BookChoices(...)")
    if before is not None:
        check_later(to_book(before, "before"), book)
    found = _Collected()
    _ratios(found, book, before, rules)
    moves: tuple[Migration, ...] = ()
    if before is not None:
        kinds = ("balance", "loan")
        moves = tuple(migration(before, book, rules.scheme, by=by) for by in kinds)
    curves: tuple[Vintages, ...] = ()
    if not (type(month_ends) in (list, tuple) and len(month_ends) == 0):
        curves = tuple(
            vintages(
                month_ends, rules.vintage_days, seen=seen, inclusion=rules.inclusion
            )
            for seen in ("current", "ever")
        )
    classes: ClassParts = ()
    if rules.classes is not None:
        classes, ratios = class_measures(book, before, rules.classes, rules.inclusion)
        found.measures += ratios
    spread = distribution(book, rules.scheme, inclusion=rules.inclusion)
    measures, left_out = tuple(found.measures), tuple(found.left_out)
    return BookReport(book, measures, spread, classes, moves, curves, left_out)


def _ratios(
    found: _Collected, book: Book, before: Book | None, rules: BookChoices
) -> None:
    names = {CountedBy.DUE: "amount due"}
    for days in rules.days:
        for by in CountedBy:
            name = f"overdue ratio by {names.get(by, by.value)}, {days}+"
            found.take(
                name,
                partial(overdue_ratio, book, days, by=by, inclusion=rules.inclusion),
            )
        if before is not None:
            found.take(
                f"overdue ratio by balance, {days}+, lagged",
                partial(
                    overdue_ratio,
                    book,
                    days,
                    by=CountedBy.BALANCE,
                    inclusion=rules.inclusion,
                    base=before,
                ),
            )
    found.take(
        f"first-payment default, {rules.first_days}+",
        partial(first_payment_default, book, rules.first_days),
    )
    if before is not None:
        for by in (CountedBy.BALANCE, CountedBy.LOAN):
            found.take(
                f"cure rate by {by.value}, 1+",
                partial(cure_rate, before, book, 1, by=by, inclusion=rules.inclusion),
            )


def measure_book(  # noqa: PLR0913 the accounts, and what is known of them besides
    accounts: NamedAccounts,
    on: date,
    *,
    since: date | None = None,
    vintage_months: int = 0,
    choices: BookChoices | None = None,
    borrowers: Mapping[str, str] | None = None,
    restructured: Sequence[str] = (),
    progress: Progress | None = None,
) -> BookReport:
    """
    Return all measures of many accounts on a date, as one printable value.

    Args:
        accounts: (name, account) pairs, each name once, of one currency; `Account` or
            `LineAccount`.
        on: The date.
        since: An earlier date, for migration, cures and lagged ratios.
        vintage_months: For vintage curves: at how many month ends, up to the date, the
            book is looked at; 0 for none, at most 120.
        choices: What is measured; left out, `BookChoices()`.
        borrowers: Who owes an account, by its name; one that is not named has a
            borrower of its own.
        restructured: The names of the accounts that count as restructured.
        progress: Called with how many looks at an account are done, and how many there
            are in all.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If there is no account.
        LimitError: If a number is out of range.
        TermsError: If a name stands twice, or accounts are of two currencies.
        UnknownNameError: If a borrower or a restructuring is of no account.
        DateRangeError: If the earlier date is not earlier.

    Example:
        >>> from loanmath import Account, EqualPrincipal, InstallmentLoan, Rate
        >>> loan = InstallmentLoan(currency="CNY", principal="1200", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("12%/year"),
        ...     repayment=EqualPrincipal(12))
        >>> report = measure_book([("a", Account.open(loan))], date(2026, 4, 30),
        ...     since=date(2026, 3, 31), vintage_months=3)
        >>> [(one.name, one.shown) for one in report.measures][:2]
        [('overdue ratio by balance, 1+', '100.00%'), ('overdue ratio by amount due, 1+', '100.00%')]

    中文: 账簿指标一览.
    """  # noqa: E501 the printed list is one line
    found, day = to_accounts(accounts), to_date(on, "on")
    earlier = None if since is None else to_date(since, "since")
    check_callable(progress)
    ends = _month_ends(day, vintage_months)
    dates = sorted({day, *ends} if earlier is None else {day, *ends, earlier})
    books: dict[date, Book] = {}
    for looked, date_of_book in enumerate(dates):
        books[date_of_book] = book_of(
            found,
            date_of_book,
            borrowers=borrowers,
            restructured=restructured,
            progress=_told(progress, looked * len(found), len(dates) * len(found)),
        )
    return report_of(
        books[day],
        before=None if earlier is None else books[earlier],
        month_ends=[books[end] for end in ends],
        choices=choices,
    )


def _month_ends(day: date, months: object) -> list[date]:
    if type(months) is not int:
        raise InputTypeError("vintage_months", got=months, allowed="int")
    if not 0 <= months <= _MAX_MONTHS:
        raise LimitError("vintage_months", got=months, allowed=f"0 to {_MAX_MONTHS}")
    last = day if is_month_end(day) else day.replace(day=1) - timedelta(1)
    return [
        shift_months(last, -back, roll_day=31) for back in range(months - 1, -1, -1)
    ]


def _told(progress: Progress | None, done: int, whole: int) -> Progress | None:
    if progress is None:
        return None
    return lambda count, _: progress(done + count, whole)
