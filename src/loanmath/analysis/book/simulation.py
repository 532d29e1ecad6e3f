"""A book of loans month by month, under one matrix of moves and one seed."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from attrs import field, frozen

from loanmath.analysis.book.entries import (
    to_name,
)
from loanmath.analysis.book.inclusion import Inclusion, to_inclusion
from loanmath.analysis.book.lending import MAX_LOANS, Lending
from loanmath.analysis.book.measure import Measure
from loanmath.analysis.book.printing import BookPrinted
from loanmath.analysis.book.transition import (
    BookState,
    TransitionMatrix,
    thresholds,
)
from loanmath.currency import currency_digits, from_units, sum_of, to_units
from loanmath.doors import to_count
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.recurrence import add_months
from loanmath.schedule.printing import Table

__all__ = ["SimulatedMonth", "Simulation", "simulate"]

_BITS = 32
_MAX_MONTHS, _MAX_SEED = 240, 2**63


class SimulatedMonth(NamedTuple):
    """
    The book at a month end, sums since the start with it; amounts in major units.

    Attributes:
        on: The month end.
        loans: The loans in each state.
        principal: What they owe.
        paid_off: Loans that were repaid in full.
        written_off: Loans that were written off.
        opened: Loans that were ever in the book.
        repaid: Principal that was repaid.
        lost: Principal that was written off.
        lent: Principal of all loans when they came into the book.

    Example:
        >>> SimulatedMonth._fields[:3]
        ('on', 'loans', 'principal')
    """

    on: date
    loans: tuple[int, ...]
    principal: tuple[Decimal, ...]
    paid_off: int
    written_off: int
    opened: int
    repaid: Decimal
    lost: Decimal
    lent: Decimal


@frozen(repr=False)
class Simulation(BookPrinted):
    """
    A book month by month (模拟), as rows.

    Attributes:
        name: What it is called.
        currency: The currency of the amounts.
        seed: The seed of its random numbers.
        matrix: The moves.
        rows: One a month, the first before anything moved.

    Example:
        >>> Simulation.__name__
        'Simulation'
    """

    name: str
    currency: str
    seed: int
    matrix: TransitionMatrix
    rows: tuple[SimulatedMonth, ...] = field(repr=False)

    def ratio(
        self, month: int, *, missed: int, inclusion: Inclusion, decimals: int = 2
    ) -> Measure:
        """
        Return the overdue ratio by balance after a number of months.

        Args:
            month: 0 for the start; below zero, from the end.
            missed: From how many missed installments a loan is late, at least 1.
            inclusion: Whether restructured states and what was written off so far are
                counted; late loans count whole.
            decimals: Of the percentage where it is printed.

        Raises:
            InputTypeError: If a value is of the wrong type.
            LimitError: If there is no such month, or the number is out of range.
        """
        rule = to_inclusion(inclusion)
        least = to_count(missed, "missed", _MAX_MONTHS)
        if type(month) is not int:
            raise InputTypeError("month", got=month, allowed="int")
        if not -len(self.rows) <= month < len(self.rows):
            raise LimitError("month", got=month, allowed=f"0 to {len(self.rows) - 1}")
        row, digits = self.rows[month], currency_digits(self.currency)
        off = to_units(row.lost, digits, "lost") if rule.written_off else 0
        late = total = off
        for state, principal in zip(self.matrix.states, row.principal, strict=True):
            if state.restructured and not rule.restructured:
                continue
            units = to_units(principal, digits, "principal")
            total += units
            late += units if state.missed >= least else 0
        return Measure(
            name=f"overdue ratio by balance, {least}+ missed",
            numerator=from_units(late, digits),
            counts=f"principal of loans with {least} or more missed installments",
            denominator=from_units(total, digits),
            against="principal of all loans, same date",
            on=row.on,
            unit=self.currency,
            rule=rule.loans_rule,
            decimals=decimals,
        )

    def _tables(self) -> list[Table]:
        names = [state.name for state in self.matrix.states]
        header = ["Date", *names, "Paid off", "Written off", "Principal", "Lost"]
        digits = currency_digits(self.currency)
        rows = [
            [
                str(row.on),
                *(f"{count:,}" for count in row.loans),
                f"{row.paid_off:,}",
                f"{row.written_off:,}",
                f"{sum_of(row.principal, digits):,f}",
                f"{row.lost:,f}",
            ]
            for row in self.rows
        ]
        caption = f"{self.name}: loans by month, seed {self.seed}, {self.currency}"
        return [Table(caption, header, rows, [], words=(0,))]

    def __repr__(self) -> str:
        return f"<Simulation {self.name}: {len(self.rows) - 1} months>"


class _Loans:
    """The state of every loan, and the sums since the start, in units."""

    def __init__(self, lending: Lending, matrix: TransitionMatrix) -> None:
        self.lending = lending
        self.names = [state.name for state in matrix.states]
        self.balances = lending.balances
        self.places: list[int] = []
        self.left: list[int] = []
        self.paid_off = self.written_off = self.repaid = self.lost = self.lent = 0
        for name, count in lending.start:
            self.open(count, self.names.index(name), spread=lending.seasoned)

    def open(self, count: int, place: int, *, spread: bool) -> None:
        """Add loans in a state, with all installments left or spread over ages."""
        most = self.lending.installments
        for number in range(count):
            left = most - number % most if spread else most
            self.places.append(place)
            self.left.append(left)
            self.lent += self.balances[left]

    def move(self, number: int, target: int, paid: int) -> None:
        """Move a loan: below zero it leaves the book, repaid (-1) or lost (-2)."""
        left = self.left[number]
        owed = self.balances[left]
        if target == _LOST:
            self.lost += owed
            self.written_off += 1
        else:
            rest = 0 if target == _REPAID else max(left - paid, 0)
            self.repaid += owed - self.balances[rest]
            self.left[number] = rest
            if rest:
                self.places[number] = target
                return
            self.paid_off += 1
        self.places[number] = _GONE

    def row(self, on: date) -> SimulatedMonth:
        """Return the book at a month end."""
        digits = currency_digits(self.lending.currency)
        loans, principal = [0] * len(self.names), [0] * len(self.names)
        for place, left in zip(self.places, self.left, strict=True):
            if place != _GONE:
                loans[place] += 1
                principal[place] += self.balances[left]
        return SimulatedMonth(
            on,
            tuple(loans),
            tuple(from_units(units, digits) for units in principal),
            self.paid_off,
            self.written_off,
            len(self.places),
            from_units(self.repaid, digits),
            from_units(self.lost, digits),
            from_units(self.lent, digits),
        )


_REPAID, _LOST, _GONE = -1, -2, -3


class _Way(NamedTuple):
    """Where a random number leads, and how many installments are paid on the way."""

    ends: tuple[int, ...]
    targets: tuple[int, ...]
    paid: tuple[int, ...]


def _ways(matrix: TransitionMatrix) -> list[_Way]:
    states = matrix.states
    found = []
    for state, (ends, places) in zip(states, thresholds(matrix, _BITS), strict=True):
        targets, paid = [], []
        for place in places:
            inside = 0 < place <= len(states)
            exits = _REPAID if place == 0 else _LOST
            targets.append(place - 1 if inside else exits)
            paid.append(_paid(states, state, states[place - 1]) if inside else 0)
        found.append(_Way(ends, tuple(targets), tuple(paid)))
    return found


def _paid(states: tuple[BookState, ...], before: BookState, after: BookState) -> int:
    """Return how many installments a loan paid in the month, by how it moved."""
    if after.restructured and not before.restructured:
        return 0
    # The last bucket is open: who stays in it missed one more.
    is_open = before == after and before.missed == max(one.missed for one in states)
    if after.missed > before.missed or (is_open and before.missed):
        return 0
    return before.missed - after.missed + 1


def simulate(
    lending: Lending,
    matrix: TransitionMatrix,
    *,
    seed: int,
    months: int,
    name: str = "Book",
) -> Simulation:
    """
    Return a book month by month, each loan moved by a random number of its own.

    Method: for month `m` (from 1), `random.Random(seed * 2**16 + m)` gives the loan of
    number `i` its `i`-th `getrandbits(32)`, whether it is still in the book or not. The
    row of its state, from the best target to the worst, is cut at `floor(2**32 *
    cumulative share)`, and the loan goes where the number falls. The same loan thus has
    the same luck under every matrix, and the rows are the same on every machine. A loan
    that goes from `a` to `b` missed installments pays `a - b + 1`, none where it falls
    behind, stays in the last bucket or is given a plan; one that pays its last
    installment leaves. New loans come after the moves.

    Args:
        lending: The loans.
        matrix: The moves of one month.
        seed: From 0 to 2**63.
        months: 1 to 240.
        name: What the simulation is called.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range, or more than 100,000 loans would come.
        TermsError: If the loans begin in a state that the matrix does not have.

    Example:
        >>> matrix = TransitionMatrix([BookState("M0", 0), BookState("M1", 1)], {
        ...     "M0": {"M0": "90%", "M1": "10%"}, "M1": {"M0": "50%", "M1": "50%"}})
        >>> lending = Lending(currency="CNY", on=date(2026, 1, 31), principal="1200",
        ...     installments=12, start={"M0": 1000})
        >>> book = simulate(lending, matrix, seed=7, months=6)
        >>> sum(book.rows[-1].loans) + book.rows[-1].paid_off
        1000

    Source: the method of this library.
    """
    _check(lending, matrix, seed, months)
    to_name(name, "name")
    loans = _Loans(lending, matrix)
    rows = [loans.row(lending.on)]
    ways = _ways(matrix)
    for month in range(1, months + 1):
        _move(loans, ways, Random(seed * 2**16 + month))  # noqa: S311 not a secret
        loans.open(lending.new_loans, 0, spread=False)
        rows.append(loans.row(add_months(lending.on, month, roll_day=31)))
    return Simulation(name, lending.currency, seed, matrix, tuple(rows))


def _move(loans: _Loans, ways: list[_Way], random: Random) -> None:
    draw, places = random.getrandbits, loans.places
    for number in range(len(places)):
        luck = draw(_BITS)
        place = places[number]
        if place != _GONE:
            ends, targets, paid = ways[place]
            way = bisect_right(ends, luck)
            loans.move(number, targets[way], paid[way])


def _check(lending: object, matrix: object, seed: object, months: object) -> None:
    if type(lending) is not Lending:
        raise InputTypeError("lending", got=lending, allowed="Lending(...)")
    if type(matrix) is not TransitionMatrix:
        raise InputTypeError("matrix", got=matrix, allowed="TransitionMatrix(...)")
    if type(seed) is not int:
        raise InputTypeError("seed", got=seed, allowed="int")
    if not 0 <= seed <= _MAX_SEED:
        raise LimitError("seed", got=seed, allowed="0 to 2**63")
    count = to_count(months, "months", _MAX_MONTHS)
    if lending.loans + count * lending.new_loans > MAX_LOANS:
        raise LimitError(
            "new_loans",
            got=lending.new_loans,
            allowed=f"at most {MAX_LOANS:,} loans in all",
        )
    names = [state.name for state in matrix.states]
    for name, _ in lending.start:
        if name not in names:
            raise TermsError("start", got=name, allowed=f"one of {', '.join(names)}")
