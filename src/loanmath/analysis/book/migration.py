"""Where a book went between two dates: migration, flow by flow, none lost."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from loanmath.analysis.book.buckets import names_of
from loanmath.analysis.book.distribution import places_of
from loanmath.analysis.book.entries import to_names_of
from loanmath.analysis.book.loans import Book, Row, check_later, to_book
from loanmath.analysis.book.measure import Measure, percent_text
from loanmath.analysis.book.printing import BookPrinted
from loanmath.analysis.delinquency.buckets import BucketScheme, to_day_scheme
from loanmath.currency import currency_digits, from_units, sum_of
from loanmath.doors import to_enum
from loanmath.errors import InputTypeError, InputValueError, TermsError
from loanmath.schedule.printing import Table

__all__ = ["Migration", "MovedBy", "migration", "migration_ratio"]


class MovedBy(Enum):
    """
    What moves from bucket to bucket.

    `BALANCE`: what is still owed of each loan; what was repaid stands in a column of
    its own. `OPENING`: the whole balance of the earlier date, wherever the loan went;
    only what was closed counts as repaid. `LOAN`: loans, one each.
    """

    BALANCE = "balance"
    OPENING = "opening"
    LOAN = "loan"


@frozen(repr=False)
class Migration(BookPrinted):
    """
    Where what was in each bucket went between two dates (迁徙矩阵).

    Formula: for each bucket, `opening = moved to each bucket + repaid + written off`;
    and `closing = moved from each bucket + new`. Both hold exactly.

    Attributes:
        since: The earlier date.
        until: The later date.
        unit: The currency, or `"loans"`.
        by: What moved.
        names: The buckets, from the best to the worst.

    Example:
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> from loanmath.analysis.delinquency.buckets import AGES_BY_30
        >>> def book(day, balance, late):
        ...     return Book("CNY", day, [LoanSnapshot(name="a", on=day, currency="CNY",
        ...         originated=date(2026, 1, 15), disbursed="1000", balance=balance,
        ...         days_past_due=late)])
        >>> moved = migration(book(date(2026, 5, 31), "900", 0),
        ...     book(date(2026, 6, 30), "800", 15), AGES_BY_30, by="balance")
        >>> moved.moved("0", "1-30"), moved.repaid("0"), moved.opening("0")
        (Decimal('800.00'), Decimal('100.00'), Decimal('900.00'))
        >>> moved.share("0", "1-30")
        Fraction(8, 9)
    """

    since: date
    until: date
    unit: str
    by: MovedBy
    names: tuple[str, ...]
    _cells: tuple[tuple[int, ...], ...] = field(alias="cells")
    _repaid: tuple[int, ...] = field(alias="repaid")
    _written_off: tuple[int, ...] = field(alias="written_off")
    _new: tuple[int, ...] = field(alias="new")
    _digits: int = field(alias="digits")

    def _place(self, name: object) -> int:
        return self.names.index(to_names_of([name], self.names, "bucket")[0])

    def _out(self, units: int) -> Decimal:
        return from_units(units, self._digits)

    def _opening(self, place: int) -> int:
        rest = self._repaid[place] + self._written_off[place]
        return sum(self._cells[place]) + rest

    def _closing(self, place: int) -> int:
        return sum(row[place] for row in self._cells) + self._new[place]

    def moved(self, before: str, after: str) -> Decimal:
        """Return what moved from one bucket to another."""
        return self._out(self._cells[self._place(before)][self._place(after)])

    def repaid(self, name: str) -> Decimal:
        """Return what was repaid of a bucket; by loan, the loans closed."""
        return self._out(self._repaid[self._place(name)])

    def written_off(self, name: str) -> Decimal:
        """Return what was written off of a bucket."""
        return self._out(self._written_off[self._place(name)])

    def new(self, name: str) -> Decimal:
        """Return what is new in a bucket: new loans, and what older ones owe more."""
        return self._out(self._new[self._place(name)])

    def opening(self, name: str) -> Decimal:
        """Return what was in a bucket on the earlier date."""
        return self._out(self._opening(self._place(name)))

    def closing(self, name: str) -> Decimal:
        """Return what is in a bucket on the later date."""
        return self._out(self._closing(self._place(name)))

    def share(self, before: str, after: str) -> Fraction:
        """
        Return the share of a bucket that moved to another (滚动率).

        Raises:
            InputValueError: If nothing was in the bucket.
        """
        place = self._place(before)
        opening = self._opening(place)
        if not opening:
            raise InputValueError(
                before, got=0, allowed="a bucket in which something was"
            )
        return Fraction(self._cells[place][self._place(after)], opening)

    def _line(self, name: str, units: list[int]) -> list[str]:
        return [name, *(f"{self._out(amount):,f}" for amount in units)]

    def _tables(self) -> list[Table]:
        places = range(len(self.names))
        header = ["From", *self.names, "Repaid", "Written off", "Opening"]
        amounts, shares = [], []
        for place, name in enumerate(self.names):
            opening = self._opening(place)
            parts = [*self._cells[place]]
            parts += [self._repaid[place], self._written_off[place]]
            amounts.append(self._line(name, [*parts, opening]))
            if opening:
                quotients = [percent_text(Fraction(part, opening)) for part in parts]
                shares.append([name, *quotients, "100.00%"])
        amounts.append([*self._line("New", list(self._new)), "", "", ""])
        total = self._line("Closing", [self._closing(place) for place in places])
        caption = f"Migration by {self.by.value}, {self.since} to {self.until}"
        return [
            Table(
                f"{caption}, in {self.unit}",
                header,
                amounts,
                [*total, "", "", ""],
                words=(0,),
            ),
            Table(f"{caption}, shares", header, shares, [], words=(0,)),
        ]

    def __repr__(self) -> str:
        return f"<Migration by {self.by.value} from {self.since} to {self.until}>"


class _Flows:
    """What moves, bucket by bucket, in units."""

    def __init__(self, count: int) -> None:
        self.cells = [[0] * count for _ in range(count)]
        self.repaid = [0] * count
        self.written_off = [0] * count
        self.new = [0] * count

    def move(self, before: int, after: int | None, parts: "_Parts") -> None:
        moved, repaid, lost, new = parts
        if after is not None:
            self.cells[before][after] += moved
            self.new[after] += new
        self.repaid[before] += repaid
        self.written_off[before] += lost


_Parts = tuple[int, int, int, int]


def _parts(row: Row, later: Row | None, by: MovedBy) -> _Parts:
    """Return what of a loan moved, was repaid, was written off, and is new."""
    left = 0 if later is None else later.balance
    lost = 0 if later is None else max(later.written_off - row.written_off, 0)
    if by is MovedBy.BALANCE:
        moved = min(row.balance, left)
        gone = min(lost, row.balance - moved)
        return moved, row.balance - moved - gone, gone, left - moved
    whole = 1 if by is MovedBy.LOAN else row.balance
    if left:
        return whole, 0, 0, 0
    return (0, 0, whole, 0) if lost else (0, whole, 0, 0)


Grades = tuple[Mapping[str, str] | None, Mapping[str, str] | None]


def migration(
    before: Book,
    after: Book,
    scheme: BucketScheme,
    *,
    by: MovedBy | str,
    graded: Grades = (None, None),
) -> Migration:
    """
    Return where what was in each bucket on a date is on a later one (迁徙矩阵).

    A loan with principal outstanding is in the bucket of its days past due. One that
    is not in the later book, or owes no principal there, was repaid; what was written
    off meanwhile stands in a column of its own. Restructured loans count like others.

    Args:
        before: The earlier book.
        after: The later book.
        scheme: The buckets.
        by: What moves: `"balance"`, `"opening"` or `"loan"`.
        graded: For each of the two books, the bucket of single loans that a lender put
            lower than their days do, by their names, or `None`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If a name is not known.
        TermsError: If the books are of two currencies.
        DateRangeError: If the second is not later.

    Example:
        >>> from loanmath.analysis.delinquency.buckets import AGES_BY_30
        >>> books = (Book("CNY", date(2026, month, 28), []) for month in (5, 6))
        >>> migration(*books, AGES_BY_30, by="loan").opening("0")
        Decimal('0')

    中文: 迁徙矩阵 (滚动率). Source: an industry method; that rows sum to what was there
    is checked by a law of this library.
    """
    to_book(before, "before")
    check_later(before, to_book(after, "after"))
    to_day_scheme(scheme)
    kind = to_enum(by, MovedBy, "by")
    if type(graded) is not tuple or len(graded) != 2:
        raise InputTypeError("graded", got=graded, allowed="two mappings, or None")
    old = places_of(before, scheme, graded[0])
    now = places_of(after, scheme, graded[1])
    names = names_of(scheme)
    flows = _Flows(len(names))
    for row in before.rows:
        if row.balance:
            later = after.by_name.get(row.loan.name)
            place = now.get(row.loan.name)
            flows.move(old[row.loan.name], place, _parts(row, later, kind))
    for row in after.rows:
        earlier = before.by_name.get(row.loan.name)
        if row.balance and (earlier is None or not earlier.balance):
            whole = 1 if kind is MovedBy.LOAN else row.balance
            flows.new[now[row.loan.name]] += whole
    return Migration(
        since=before.on,
        until=after.on,
        unit="loans" if kind is MovedBy.LOAN else before.currency,
        by=kind,
        names=names,
        cells=tuple(map(tuple, flows.cells)),
        repaid=tuple(flows.repaid),
        written_off=tuple(flows.written_off),
        new=tuple(flows.new),
        digits=0 if kind is MovedBy.LOAN else before.digits,
    )


def migration_ratio(
    moves: Migration,
    of: tuple[str, ...] | list[str],
    *,
    to: tuple[str, ...] | list[str] | None = None,
    decimals: int = 2,
) -> Measure:
    """
    Return the supervisory migration ratio of some classes (贷款迁徙率).

    Formula: `downgraded / (opening - decrease during the period)`, where what was
    repaid or written off is the decrease.

    Args:
        moves: A migration by balance.
        of: The classes at the start, by name.
        to: The classes at the end that count as a downgrade; left out, every class
            worse than the one at the start.
        decimals: Of the percentage where it is printed.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If no class is named, or one twice.
        UnknownNameError: If a class is not known.
        TermsError: If the migration is not by balance.

    Example:
        >>> from loanmath.analysis.book.loans import LoanSnapshot
        >>> from loanmath.analysis.delinquency.buckets import AGES_BY_30
        >>> def book(day, balance, late):
        ...     return Book("CNY", day, [LoanSnapshot(name="a", on=day, currency="CNY",
        ...         originated=date(2026, 1, 15), disbursed="1000", balance=balance,
        ...         days_past_due=late)])
        >>> moves = migration(book(date(2026, 5, 31), "900", 0),
        ...     book(date(2026, 6, 30), "800", 15), AGES_BY_30, by="balance")
        >>> migration_ratio(moves, ["0"]).shown
        '100.00%'

    中文: 正常/关注/次级/可疑类贷款迁徙率. Source: Core Indicators for the Risk
    Supervision of Commercial Banks (CBRC, 2005), as told by secondary sources; the
    limits are `presets.provisioning.CN_MIGRATION_LIMITS`.
    """
    if type(moves) is not Migration:
        raise InputTypeError("moves", got=moves, allowed="Migration")
    if moves.by is not MovedBy.BALANCE:
        raise TermsError("moves", got=moves.by.value, allowed="a migration by balance")
    start = to_names_of(of, moves.names, "of")
    worse = None if to is None else to_names_of(to, moves.names, "to")
    digits = currency_digits(moves.unit)
    down = [
        moves.moved(name, other)
        for name in start
        for other in _worse(moves.names, name, worse)
    ]
    stayed = [moves.moved(name, other) for name in start for other in moves.names]
    return Measure(
        name=f"migration ratio of {' + '.join(start)}",
        numerator=sum_of(down, digits),
        counts=f"in {' + '.join(worse or ('a worse class',))} on {moves.until}",
        denominator=sum_of(stayed, digits),
        against=f"in {' + '.join(start)} on {moves.since}, less the decrease",
        on=moves.until,
        unit=moves.unit,
        rule=f"since {moves.since}; repaid and written off are the decrease",
        decimals=decimals,
    )


def _worse(
    names: tuple[str, ...], name: str, worse: tuple[str, ...] | None
) -> tuple[str, ...]:
    return names[names.index(name) + 1 :] if worse is None else worse
