"""How a book is spread over buckets of lateness, or over classes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.book.buckets import names_of, place_of
from loanmath.analysis.book.entries import (
    NamedAmounts,
    to_currency,
    to_money,
    to_name,
    to_named,
    to_names_of,
)
from loanmath.analysis.book.inclusion import Inclusion, counted_rows, to_inclusion
from loanmath.analysis.book.loans import Book, to_book
from loanmath.analysis.book.measure import percent_text
from loanmath.analysis.book.printing import BookPrinted
from loanmath.analysis.delinquency.buckets import BucketScheme, to_day_scheme
from loanmath.currency import currency_digits, from_units, to_units
from loanmath.doors import to_date
from loanmath.errors import InputTypeError, TermsError, UnknownNameError
from loanmath.schedule.printing import Table
from loanmath.terms.amounts import to_amount

__all__ = ["Distribution", "distribution", "places_of", "to_distribution"]


def _to_amounts(amounts: NamedAmounts) -> tuple[tuple[str, Decimal], ...]:
    return to_named(amounts, "bucket", to_amount)


def _to_rule(rule: str) -> str:
    return to_name(rule, "rule")


def _to_loans(
    loans: Mapping[str, int] | tuple[tuple[str, int], ...],
) -> tuple[tuple[str, int], ...]:
    if type(loans) is tuple and not loans:
        return ()
    return to_named(loans, "bucket", _to_number)


def _to_number(number: object, what: str) -> int:
    if type(number) is not int or number < 0:
        raise InputTypeError(what, got=number, allowed="a whole number of loans")
    return number


@frozen(kw_only=True, repr=False)
class Distribution(BookPrinted):
    """
    What a book holds in each bucket on a date, from the best to the worst (分布).

    Args:
        currency: The currency of the amounts.
        on: The date.
        amounts: The amount of each bucket or class by its name, in major units.
        loans: How many loans are in each, where that is known; by the same names.
        rule: What is in and what is out.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If an amount is negative, or nothing is named.
        CurrencyError: If an amount is finer than the currency.
        TermsError: If the numbers of loans have other names than the amounts.

    Example:
        >>> book = Distribution(currency="CNY", on=date(2026, 6, 30), rule="all loans",
        ...     amounts={"normal": "980", "substandard": "15", "doubtful": "5"})
        >>> book.sum_of("substandard", "doubtful"), book.total
        (Decimal('20.00'), Decimal('1000.00'))
        >>> print(book)
        All loans on 2026-06-30, in CNY
        Bucket         Amount    Share
        normal         980.00   98.00%
        substandard     15.00    1.50%
        doubtful         5.00    0.50%
        Total        1,000.00  100.00%
    """

    currency: str = field(converter=to_currency)
    on: date
    amounts: tuple[tuple[str, Decimal], ...] = field(converter=_to_amounts)
    rule: str = field(converter=_to_rule)
    loans: tuple[tuple[str, int], ...] = field(default=(), converter=_to_loans)

    def __attrs_post_init__(self) -> None:
        to_date(self.on, "on")
        amounts = tuple(
            (name, to_money(amount, self.currency, f"bucket {name}"))
            for name, amount in self.amounts
        )
        object.__setattr__(self, "amounts", amounts)
        counted = tuple(name for name, _ in self.loans)
        if self.loans and counted != self.names:
            raise TermsError(
                "loans", got=", ".join(counted), allowed=", ".join(self.names)
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the buckets, from the best to the worst."""
        return tuple(name for name, _ in self.amounts)

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.sum_of(*self.names)

    def amount(self, name: str) -> Decimal:
        """
        Return the amount of a bucket.

        Raises:
            UnknownNameError: If there is none of that name.
        """
        return self.sum_of(name)

    def sum_of(self, *names: str) -> Decimal:
        """
        Return the sum of some buckets.

        Raises:
            UnknownNameError: If there is none of a name.
            InputValueError: If one is named twice, or none is.
        """
        found = to_names_of(names, self.names, "buckets")
        digits = currency_digits(self.currency)
        units = sum(
            to_units(amount, digits, name)
            for name, amount in self.amounts
            if name in found
        )
        return from_units(units, digits)

    def _tables(self) -> list[Table]:
        whole = self.total
        counts = dict(self.loans)
        rows = [
            [
                name,
                *([f"{counts[name]:,}"] if counts else []),
                f"{amount:,f}",
                _share(amount, whole),
            ]
            for name, amount in self.amounts
        ]
        total = [
            "Total",
            *([f"{sum(counts.values()):,}"] if counts else []),
            f"{whole:,f}",
            _share(whole, whole),
        ]
        header = ["Bucket", *(["Loans"] if counts else []), "Amount", "Share"]
        caption = f"{self.rule[0].upper()}{self.rule[1:]} on {self.on}"
        return [
            Table(f"{caption}, in {self.currency}", header, rows, total, words=(0,))
        ]

    def __repr__(self) -> str:
        return f"<Distribution over {len(self.amounts)} buckets on {self.on}>"


def _share(amount: Decimal, whole: Decimal) -> str:
    return percent_text(Fraction(amount) / Fraction(whole)) if whole else ""


def distribution(
    book: Book,
    scheme: BucketScheme,
    *,
    inclusion: Inclusion,
    graded: Mapping[str, str] | None = None,
) -> Distribution:
    """
    Return how a book is spread over buckets (逾期分布) or classes (风险分类).

    Args:
        book: The book.
        scheme: The buckets by days past due, such as `M_STAGES`.
        inclusion: What is counted. Write-offs that are in stand in the last bucket; a
            late loan always counts whole.
        graded: The bucket of single loans by their names, where a lender put them lower
            than their days do; the worse of the two counts.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a loan or a bucket has another name.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import M_STAGES
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> day = date(2026, 6, 30)
        >>> loan = LoanSnapshot(name="a", on=day, currency="CNY", disbursed="1200",
        ...     originated=date(2026, 1, 15), balance="1000", days_past_due=31)
        >>> book = Book("CNY", day, [loan])
        >>> spread = distribution(book, M_STAGES, inclusion=Inclusion())
        >>> spread.amount("M2"), dict(spread.loans)["M2"]
        (Decimal('1000.00'), 1)
    """
    to_book(book)
    names = names_of(to_day_scheme(scheme))
    places = places_of(book, scheme, graded)
    rule = to_inclusion(inclusion)
    units, loans = [0] * len(names), [0] * len(names)
    for row in counted_rows(book, rule):
        place = places[row.loan.name]
        units[place] += row.balance
        if rule.written_off and row.written_off:
            units[-1] += row.written_off
            # A loan counts once; one of which nothing is left but a loss is last.
            place = place if row.is_active else len(names) - 1
        loans[place] += 1
    amounts = (from_units(amount, book.digits) for amount in units)
    return Distribution(
        currency=book.currency,
        on=book.on,
        amounts=dict(zip(names, amounts, strict=True)),
        loans=dict(zip(names, loans, strict=True)),
        rule=f"principal, {rule.loans_rule}",
    )


def places_of(
    book: Book, scheme: BucketScheme, graded: Mapping[str, str] | None
) -> dict[str, int]:
    """
    Return the place of each loan's bucket by the loan's name.

    Raises:
        InputTypeError: If a grade is of the wrong type.
        UnknownNameError: If a loan or a bucket has another name.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import M_STAGES
        >>> places_of(Book("CNY", date(2026, 6, 30), []), M_STAGES, None)
        {}
    """
    names, starts = names_of(to_day_scheme(scheme)), scheme.starts
    found = {loan.name: place_of(starts, loan.days_past_due) for loan in book}
    lower = () if graded is None else to_named(graded, "graded", to_name)
    for loan, bucket in lower:
        if loan not in found:
            raise UnknownNameError("graded", got=loan, allowed="a loan of the book")
        if bucket not in names:
            raise UnknownNameError(
                f"graded {loan}", got=bucket, allowed=", ".join(names)
            )
        found[loan] = max(found[loan], names.index(bucket))
    return found


def to_distribution(spread: object, what: str = "distribution") -> Distribution:
    """
    Return a distribution, refusing everything else.

    Example:
        >>> day = date(2026, 6, 30)
        >>> to_distribution(Distribution(currency="CNY", on=day, amounts={"M0": 1},
        ...     rule="all"))
        <Distribution over 1 buckets on 2026-06-30>
    """
    if type(spread) is not Distribution:
        raise InputTypeError(what, got=spread, allowed="Distribution(...)")
    return spread
