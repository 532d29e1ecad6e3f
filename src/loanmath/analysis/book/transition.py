"""Monthly moves of loans between states, as a matrix of exact shares."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve, field, frozen

from loanmath.analysis.book.entries import (
    to_name,
    to_named,
    to_names_of,
    to_probability,
)
from loanmath.analysis.book.measure import percent_text
from loanmath.analysis.book.migration import Migration, MovedBy
from loanmath.analysis.book.printing import BookPrinted
from loanmath.doors import to_flag, to_tuple_of
from loanmath.errors import (
    InputTypeError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.schedule.printing import Table
from loanmath.yields.shares import Share

__all__ = [
    "PAID_OFF",
    "WRITTEN_OFF",
    "BookState",
    "Shift",
    "Threshold",
    "TransitionMatrix",
    "thresholds",
]

PAID_OFF, WRITTEN_OFF = "paid off", "written off"
"""Where a loan may leave the book to."""

_MAX_STATES = 40

Moves = tuple[tuple[str, Fraction], ...]


def _to_name(name: str) -> str:
    return to_name(name, "state")


def _to_missed(missed: object) -> int:
    if type(missed) is not int:
        raise InputTypeError("missed", got=missed, allowed="int")
    if not 0 <= missed <= _MAX_STATES:
        raise LimitError("missed", got=missed, allowed=f"0 to {_MAX_STATES}")
    return missed


def _to_restructured(flag: object) -> bool:
    return to_flag(flag, "restructured")


@frozen
class BookState:
    """
    What a loan may be at a month end.

    Args:
        name: What it is called, such as `"M1"`.
        missed: How many installments are missed.
        restructured: Whether its arrears were spread over a new plan.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the name is empty.
        LimitError: If the number is out of range.

    Example:
        >>> BookState("M1", 1).restructured
        False
    """

    name: str = field(converter=_to_name)
    missed: int = field(converter=_to_missed)
    restructured: bool = field(default=False, converter=_to_restructured, kw_only=True)


def _to_share(share: Share) -> Fraction:
    return to_probability(share, "share")


@frozen
class Shift:
    """
    A change to a matrix: of those who would go one way, a share goes another.

    Args:
        state: The state that they are in.
        instead_of: Where they would go.
        to: Where the share goes.
        share: From 0 to 100 %.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the share is out of range.

    Example:
        >>> Shift("M0", "M1", "M0", "40%").share
        Fraction(2, 5)
    """

    state: str = field(converter=_to_name)
    instead_of: str = field(converter=_to_name)
    to: str = field(converter=_to_name)
    share: Fraction = field(converter=_to_share)

    def __str__(self) -> str:
        way = f"{self.instead_of} to {self.to}"
        return f"{percent_text(self.share)} of {self.state}: from {way}"


def _to_states(states: object) -> tuple[BookState, ...]:
    found = to_tuple_of(states, BookState, "states")
    if not 1 <= len(found) <= _MAX_STATES:
        raise LimitError("states", got=len(found), allowed=f"1 to {_MAX_STATES}")
    names = [state.name for state in found]
    if len({*names, PAID_OFF, WRITTEN_OFF}) < len(names) + 2:
        raise TermsError(
            "states",
            got=", ".join(names),
            allowed=f"names that differ, none of them {PAID_OFF!r} or {WRITTEN_OFF!r}",
        )
    return found


def _to_moves(moves: object, what: str) -> Moves:
    return to_named(moves, what, to_probability)


Rows = Mapping[str, Mapping[str, Share]] | tuple[tuple[str, Moves], ...]


def _to_rows(rows: Rows) -> tuple[tuple[str, Moves], ...]:
    return to_named(rows, "row of", _to_moves)


@frozen(repr=False)
class TransitionMatrix(BookPrinted):
    """
    Where loans of each state are a month later (转移矩阵): exact shares.

    Args:
        states: The states, from the best to the worst; new loans begin in the first.
        rows: For each state, the share that goes to each state, to `"paid off"` or to
            `"written off"`. Every row adds up to 100 % exactly.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a share is out of range.
        TermsError: If a state has no row, or a row does not add up to 100 %.
        UnknownNameError: If a row or a share is of no state.

    Example:
        >>> matrix = TransitionMatrix([BookState("M0", 0), BookState("M1", 1)], {
        ...     "M0": {"M0": "97%", "M1": "3%"},
        ...     "M1": {"M0": "60%", "M1": "30%", "written off": "10%"}})
        >>> matrix.share("M0", "M1")
        Fraction(3, 100)
        >>> print(matrix)
        Monthly moves
        From  paid off      M0      M1  written off
        M0              97.00%   3.00%
        M1              60.00%  30.00%       10.00%

    中文: 转移概率矩阵.
    """

    states: tuple[BookState, ...] = field(converter=_to_states)
    rows: tuple[tuple[str, Moves], ...] = field(converter=_to_rows)

    def __attrs_post_init__(self) -> None:
        names = [state.name for state in self.states]
        for name, moves in self.rows:
            if name not in names:
                raise UnknownNameError("row of", got=name, allowed=", ".join(names))
            for target, _ in moves:
                if target not in self.targets:
                    raise UnknownNameError(
                        f"row of {name}", got=target, allowed=", ".join(self.targets)
                    )
            total = sum((share for _, share in moves), Fraction(0))
            if total != 1:
                raise TermsError(
                    f"row of {name}",
                    got=f"{percent_text(total)} in all",
                    allowed="100%",
                    do=f"say where {percent_text(1 - total)} go",
                )
        missing = [name for name in names if name not in dict(self.rows)]
        if missing:
            raise TermsError("rows", got=f"none of {missing[0]}", allowed="one a state")

    @property
    def targets(self) -> tuple[str, ...]:
        """Where a loan may go, from the best to the worst."""
        return (PAID_OFF, *(state.name for state in self.states), WRITTEN_OFF)

    def share(self, state: str, target: str) -> Fraction:
        """
        Return the share of a state that goes somewhere.

        Raises:
            UnknownNameError: If there is no such state or target.
        """
        rows = dict(self.rows)
        for name, known in ((state, tuple(rows)), (target, self.targets)):
            to_names_of([name], known, "state")
        return dict(rows[state]).get(target, Fraction(0))

    def shifted(self, *shifts: Shift) -> "TransitionMatrix":
        """
        Return the matrix with shifts applied one after another, in their order.

        Raises:
            InputTypeError: If something is not a `Shift`.
            UnknownNameError: If a shift names a state that there is not.

        Example:
            >>> matrix = TransitionMatrix([BookState("M0", 0), BookState("M1", 1)], {
            ...     "M0": {"M0": "90%", "M1": "10%"}, "M1": {"M0": "1"}})
            >>> matrix.shifted(Shift("M0", "M1", "M0", "40%")).share("M0", "M1")
            Fraction(3, 50)
        """
        rows = {name: dict(moves) for name, moves in self.rows}
        for shift in shifts:
            if type(shift) is not Shift:
                raise InputTypeError("shifts", got=shift, allowed="Shift(...)")
            for target in (shift.instead_of, shift.to):
                self.share(shift.state, target)
            row = rows[shift.state]
            moved = row.get(shift.instead_of, Fraction(0)) * shift.share
            row[shift.instead_of] = row.get(shift.instead_of, Fraction(0)) - moved
            row[shift.to] = row.get(shift.to, Fraction(0)) + moved
        return evolve(
            self, rows=tuple((name, tuple(row.items())) for name, row in rows.items())
        )

    @classmethod
    def of_migration(cls, moves: Migration) -> "TransitionMatrix":
        """
        Return the matrix that a migration by loan shows.

        The buckets become states with 0, 1, 2, ... missed installments.

        Raises:
            InputTypeError: If it is not a `Migration`.
            TermsError: If it is not by loan.
            InputValueError: If nothing was in a bucket.
        """
        if type(moves) is not Migration:
            raise InputTypeError("moves", got=moves, allowed="Migration")
        if moves.by is not MovedBy.LOAN:
            raise TermsError("moves", got=moves.by.value, allowed="a migration by loan")
        rows = {}
        for name in moves.names:
            row = {other: moves.share(name, other) for other in moves.names}
            opening = Fraction(moves.opening(name))
            row[PAID_OFF] = Fraction(moves.repaid(name)) / opening
            row[WRITTEN_OFF] = Fraction(moves.written_off(name)) / opening
            rows[name] = row
        states = [BookState(name, place) for place, name in enumerate(moves.names)]
        return cls(states, rows)

    def _tables(self) -> list[Table]:
        rows = []
        for name, moves in self.rows:
            known = {target: share for target, share in moves if share}
            cells = [
                percent_text(known[target]) if target in known else ""
                for target in self.targets
            ]
            rows.append([name, *cells])
        return [Table("Monthly moves", ["From", *self.targets], rows, [], words=(0,))]

    def __repr__(self) -> str:
        return f"<TransitionMatrix of {len(self.states)} states>"


class Threshold(NamedTuple):
    """
    A row of a matrix as integers that a random number is compared with.

    Attributes:
        ends: Ascending; a number below `ends[i]`, and not below the one before, goes
            to `targets[i]`.
        targets: Places in `TransitionMatrix.targets`.

    Example:
        >>> Threshold((2**31, 2**32), (1, 2)).targets
        (1, 2)
    """

    ends: tuple[int, ...]
    targets: tuple[int, ...]


def thresholds(matrix: TransitionMatrix, bits: int) -> tuple[Threshold, ...]:
    """
    Return each state's row as integers of so many bits, from the best target on.

    Formula: `end_i = floor(2 ** bits * (share_1 + ... + share_i))`.

    Example:
        >>> one = TransitionMatrix([BookState("M0", 0)], {
        ...     "M0": {"M0": "75%", "written off": "25%"}})
        >>> thresholds(one, 2)
        (Threshold(ends=(3, 4), targets=(1, 2)),)
    """
    found = []
    for state in matrix.states:
        ends, targets, sum_so_far = [], [], Fraction(0)
        for place, target in enumerate(matrix.targets):
            share = matrix.share(state.name, target)
            if share:
                sum_so_far += share
                ends.append(int(sum_so_far * 2**bits))
                targets.append(place)
        found.append(Threshold(tuple(ends), tuple(targets)))
    return tuple(found)
