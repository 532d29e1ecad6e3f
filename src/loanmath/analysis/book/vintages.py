"""Vintage curves: what of each month's lending is late, month by month of its age."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from loanmath.analysis.book.buckets import to_least_days
from loanmath.analysis.book.inclusion import Inclusion, counted_rows, to_inclusion
from loanmath.analysis.book.loans import Book, to_books
from loanmath.analysis.book.measure import Measure, percent_text
from loanmath.analysis.book.printing import BookPrinted
from loanmath.currency import currency_digits, from_units
from loanmath.doors import to_date, to_enum
from loanmath.errors import DateRangeError, InputTypeError, TermsError, UnknownNameError
from loanmath.recurrence import is_month_end
from loanmath.schedule.printing import Table

__all__ = [
    "Seen",
    "Vintage",
    "VintagePoint",
    "Vintages",
    "months_on_book",
    "vintages",
]


class Seen(Enum):
    """
    Which loans of a cohort count as late at an age.

    `CURRENT`: those late on the date, by what they owe then. `EVER`: those late on it
    or on any date before, by the most that they owed when they were seen late, so that
    a curve never falls.
    """

    CURRENT = "current"
    EVER = "ever"


class VintagePoint(NamedTuple):
    """
    A cohort at an age.

    Attributes:
        months: Months on book.
        on: The month end.
        late: What is late, in major units.

    Example:
        >>> VintagePoint(3, date(2026, 4, 30), Decimal("50.00")).months
        3
    """

    months: int
    on: date
    late: Decimal


@frozen
class Vintage:
    """
    The loans of one month of origination, over their age (账龄).

    Attributes:
        month: The first day of the month of origination.
        disbursed: What was paid out to them, late or not, in major units.
        points: What was late on each month end, by age.

    Example:
        >>> curve = Vintage(date(2026, 1, 1), Decimal("1000.00"), (
        ...     VintagePoint(1, date(2026, 2, 28), Decimal("25.00")),))
        >>> curve.rate(1)
        Fraction(1, 40)
    """

    month: date
    disbursed: Decimal
    points: tuple[VintagePoint, ...]

    def rate(self, months: int) -> Fraction:
        """
        Return the share of what was disbursed that is late at an age.

        Raises:
            InputTypeError: If the age is not an `int`.
            UnknownNameError: If the cohort was not looked at then.
        """
        if type(months) is not int:
            raise InputTypeError("months", got=months, allowed="int")
        for point in self.points:
            if point.months == months:
                return Fraction(point.late) / Fraction(self.disbursed)
        ages = ", ".join(str(point.months) for point in self.points)
        raise UnknownNameError("months", got=months, allowed=f"one of {ages}")


@frozen(repr=False)
class Vintages(BookPrinted):
    """
    Vintage curves side by side (账龄分析).

    Attributes:
        currency: The currency of the amounts.
        days: From how many days past due a loan is late.
        seen: Whether it must be late on the date.
        rule: What is in and what is out.
        cohorts: One for each month of origination, in order.

    Example:
        >>> Vintages("CNY", 30, Seen.CURRENT, "write-offs in", ()).cohorts
        ()
    """

    currency: str
    days: int
    seen: Seen
    rule: str
    cohorts: tuple[Vintage, ...]

    def measure(self, month: date, months: int) -> Measure:
        """
        Return one cohort at one age as a measure that names its parts.

        Args:
            month: A day of the month of origination.
            months: Months on book.

        Raises:
            InputTypeError: If the month is not a `date`.
            UnknownNameError: If there is no such cohort, or it was not looked at then.
        """
        first = to_date(month, "month").replace(day=1)
        for cohort in self.cohorts:
            if cohort.month == first:
                cohort.rate(months)
                point = next(one for one in cohort.points if one.months == months)
                return Measure(
                    name=f"vintage {first:%Y-%m}, MOB{months}, {self.days}+",
                    numerator=point.late,
                    counts=f"{self.seen.value} late",
                    denominator=cohort.disbursed,
                    against="all that was disbursed",
                    on=point.on,
                    unit=self.currency,
                    rule=self.rule,
                )
        known = ", ".join(f"{cohort.month:%Y-%m}" for cohort in self.cohorts)
        raise UnknownNameError("month", got=str(month), allowed=f"one of {known}")

    def _tables(self) -> list[Table]:
        ages = sorted({one.months for each in self.cohorts for one in each.points})
        header = ["Cohort", "Disbursed", *(f"MOB{age}" for age in ages)]
        rows = []
        for cohort in self.cohorts:
            known = {point.months for point in cohort.points}
            cells = [
                percent_text(cohort.rate(age)) if age in known else "" for age in ages
            ]
            rows.append([f"{cohort.month:%Y-%m}", f"{cohort.disbursed:,f}", *cells])
        caption = f"Vintages, {self.seen.value} {self.days}+ ({self.rule})"
        return [Table(f"{caption}, in {self.currency}", header, rows, [], words=(0,))]

    def __repr__(self) -> str:
        return f"<Vintages of {len(self.cohorts)} cohorts, {self.days}+>"


def months_on_book(originated: date, on: date) -> int:
    """
    Return the age of a loan in whole calendar months (MOB): 0 to its first month end.

    Raises:
        InputTypeError: If a day is not a `date`.
        DateRangeError: If the second day is before the first.

    Example:
        >>> months_on_book(date(2026, 1, 15), date(2026, 1, 31))
        0
        >>> months_on_book(date(2026, 1, 15), date(2026, 2, 28))
        1

    中文: 账龄 (MOB). Source: an industry convention: MOB0 runs from disbursement to the
    end of its month, MOB1 is the next full month.
    """
    first, last = to_date(originated, "originated"), to_date(on, "on")
    if last < first:
        raise DateRangeError("on", got=str(last), allowed=f"on or after {first}")
    return (last.year - first.year) * 12 + last.month - first.month


def vintages(
    books: Sequence[Book],
    days: int,
    *,
    seen: Seen | str,
    inclusion: Inclusion,
) -> Vintages:
    """
    Return what of each month's lending is late at each age (Vintage 分析).

    Formula: `overdue principal of the cohort at MOB m / principal disbursed`. What was
    disbursed counts whole, whatever the inclusion; a loan belongs to the month in which
    it was disbursed.

    Args:
        books: Month ends in order. A loan that was closed may leave a later book, but
            what no book shows was never disbursed.
        days: From how many days past due a loan is late, at least 1.
        seen: `"current"` or `"ever"`.
        inclusion: What counts as late: write-offs or not, restructured or not, the
            whole loan or its overdue part.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the days are out of range.
        DateRangeError: If a date is not a month end, or they do not ascend.
        TermsError: If a loan changes its month of origination between books, owes
            what was never paid out, or does not state its overdue principal where that
            is asked.
        UnknownNameError: If `seen` has another name.

    Example:
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> books = [Book("CNY", on, [LoanSnapshot(name="a", on=on, currency="CNY",
        ...     originated=date(2026, 1, 15), disbursed="1000", balance="800",
        ...     days_past_due=late)])
        ...     for on, late in ((date(2026, 2, 28), 0), (date(2026, 3, 31), 31))]
        >>> print(vintages(books, 30, seen="current", inclusion=Inclusion()))
        Vintages, current 30+ (write-offs out, restructured in, whole loan), in CNY
        Cohort   Disbursed   MOB1    MOB2
        2026-01   1,000.00  0.00%  80.00%

    中文: 账龄分析 (Vintage). Source: an industry method; ever and current are both in
    use, which is why one must be named.
    """
    found = to_books(books)
    least = to_least_days(days)
    kind = to_enum(seen, Seen, "seen")
    rule = to_inclusion(inclusion)
    for book in found:
        if not is_month_end(book.on):
            raise DateRangeError(
                "on", got=str(book.on), allowed="the last day of a month"
            )
    disbursed, months = _lent(found)
    points = _points(found, _Late(least, kind, rule), months)
    digits = currency_digits(found[0].currency)
    return Vintages(
        found[0].currency,
        least,
        kind,
        str(rule),
        tuple(
            Vintage(month, from_units(disbursed[month], digits), tuple(points[month]))
            for month in sorted(disbursed)
        ),
    )


class _Late(NamedTuple):
    """What counts as late."""

    days: int
    seen: Seen
    rule: Inclusion


def _points(
    books: tuple[Book, ...], late: _Late, months: dict[str, date]
) -> dict[date, list[VintagePoint]]:
    """Return what was late of each month's lending on each month end."""
    points: dict[date, list[VintagePoint]] = {month: [] for month in months.values()}
    most: dict[str, int] = {}
    for book in books:
        sums = dict.fromkeys(points, 0)
        for row in counted_rows(book, late.rule):
            name, amount = row.loan.name, late.rule.late(book, row, late.days)
            most[name] = max(amount, most.get(name, 0))
            sums[months[name]] += amount
        if late.seen is Seen.EVER:
            sums = dict.fromkeys(points, 0)
            for name, amount in most.items():
                sums[months[name]] += amount
        for month, units in sums.items():
            if month <= book.on:
                age = months_on_book(month, book.on)
                money = from_units(units, book.digits)
                points[month].append(VintagePoint(age, book.on, money))
    return points


def _lent(books: tuple[Book, ...]) -> tuple[dict[date, int], dict[str, date]]:
    """Return what was lent in each month, and the month of each loan."""
    months: dict[str, date] = {}
    units: dict[str, int] = {}
    for book in books:
        for row in book.rows:
            month = row.loan.originated.replace(day=1)
            if months.setdefault(row.loan.name, month) != month:
                raise TermsError(
                    f"loan {row.loan.name}, originated",
                    got=str(row.loan.originated),
                    allowed=f"a day of {months[row.loan.name]:%Y-%m}, as before",
                )
            if not row.disbursed and row.balance:
                raise TermsError(
                    f"loan {row.loan.name}, disbursed",
                    got="0",
                    allowed="more than nothing, where something is owed",
                )
            units[row.loan.name] = row.disbursed
    lent = dict.fromkeys(months.values(), 0)
    for name, month in months.items():
        lent[month] += units[name]
    return {month: units for month, units in lent.items() if units}, months
