"""What rows earn: the stretches on which they bear, and what these come to."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

from loanmath.billing.line_rules import LineRules, SegmentRule
from loanmath.billing.rows import WAITING, Dated, Row, dated
from loanmath.rounding import Rounding
from loanmath.terms.lines import BalanceMethod, BearsOn, ChargedPer, LineInterest

__all__ = ["Earned", "Piece", "Stretch", "average_owed", "earned", "named"]

_nearest = Rounding().quotient(0)

Piece: TypeAlias = tuple[int, int, int, int, int, int]
"""A stretch without its names: a bill has many, and few are ever looked at."""


class Stretch(NamedTuple):
    """
    Days on which a row bears one amount at one rate.

    Attributes:
        start: The first day.
        end: The day after the last.
        owed: The amount.
        rate: The daily rate, as a numerator.
        share: What of the amount bears, as a numerator.
        whole: Its denominator.
    """

    start: int
    end: int
    owed: int
    rate: int
    share: int
    whole: int

    @property
    def exact(self) -> int:
        """What it costs, times the unit of rates and the denominator of its share."""
        return self.owed * self.rate * (self.end - self.start) * self.share


class Earned(NamedTuple):
    """
    What a segment earned.

    Attributes:
        units: What it comes to, rounded.
        rows: The rows that bore, by place.
        pieces: What bore, row by row.
        costs: What each row costs, where a ceiling is to be held.
        cut: What the ceiling cut off.
    """

    units: int
    rows: tuple[int, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    costs: tuple[int, ...] = ()
    cut: int = 0


_NOTHING = Earned(0, (), ())


def named(pieces: Iterable[Iterable[Piece]]) -> tuple[tuple[Stretch, ...], ...]:
    """Return what bore, row by row, as stretches."""
    return tuple(tuple(map(Stretch._make, row)) for row in pieces)


def _pieces(rules: LineRules, row: Row, until: int) -> list[Piece]:
    """
    Return what a row bears from the day it was charged up to, until another.

    Args:
        rules: What the line says.
        row: The row.
        until: The day after the last that counts.
    """
    rule = rules.segments[row.segment]
    if row.waits or row.deferred == WAITING or rule.interest is None or not row.added:
        return []
    if row.deferred and row.until > until:
        # It is charged whole, in the first window that closes on its end or later.
        return []
    first = max(row.since, row.start, row.added[0].day)
    if first >= until:
        return []
    held = row.added
    if row.taken:
        held = dated(held, tuple([Dated(day, -units) for day, units in row.taken]))
    turns = {day for day in (row.partly, row.until, row.late) if first < day < until}
    only_unpaid = rule.interest.bears_on is BearsOn.UNPAID
    found: list[Piece] = []
    for start, end in pairwise((first, *sorted(turns), until)):
        changes, share, whole = held, 1, 1
        if start < row.partly and only_unpaid:
            changes = _beyond(row.added, row.covered)
        elif start < row.partly and row.missing < row.billed:
            share, whole = row.missing, row.billed
        bearing = _rate_on(rule, row, start), share, whole
        _extend(found, _level(changes, start, end, bearing), row.until)
    return found


def _rate_on(rule: SegmentRule, row: Row, day: int) -> int:
    """Return the rate at which a row bears on a day."""
    is_late = day >= row.late
    if day < row.until and not row.deferred:
        return rule.late_first_rate if is_late else rule.first_rate
    return rule.late_rate if is_late else rule.rate


def _beyond(added: Iterable[Dated], covered: int) -> tuple[Dated, ...]:
    """Return what was added, but for as much of the first of it as was covered."""
    found, left = [], covered
    for day, units in added:
        less = min(max(units, 0), left)
        left -= less
        found.append(Dated(day, max(units, 0) - less))
    return tuple(found)


def _level(
    changes: Iterable[Dated], start: int, end: int, bearing: tuple[int, int, int]
) -> list[Piece]:
    """Return the stretches between two days on which changes leave one amount."""
    rate, share, whole = bearing
    found: list[Piece] = []
    held = 0
    for day, units in changes:
        if day > start and units:
            if day >= end:
                break
            if held:
                found.append((start, day, held, rate, share, whole))
            start = day
        held += units
    if held:
        found.append((start, end, held, rate, share, whole))
    return found


def _extend(found: list[Piece], more: list[Piece], until: int) -> None:
    """Add stretches, the first to the last of those found where they bear alike."""
    if found and more:
        last, first = found[-1], more[0]
        if last[1] == first[0] != until and _bear_alike(last, first):
            found[-1] = (last[0], first[1], *last[2:])
            del more[0]
    found += more


def _bear_alike(one: Piece, other: Piece) -> bool:
    """Return whether two stretches bear one amount at one rate, whatever its share."""
    _, _, owed, rate, share, whole = one
    _, _, owed_then, rate_then, share_then, whole_then = other
    if rate != rate_then:
        return False
    return owed * share * whole_then == owed_then * share_then * whole


def earned(
    rules: LineRules, rows: Sequence[Row], segment: int, since: int, until: int
) -> Earned:
    """
    Return what a segment earned, rounded as the terms say.

    Args:
        rules: What the line says.
        rows: All rows.
        segment: The place of the segment.
        since: The day the window of the interest opened.
        until: The day after the last that counts.
    """
    rule = rules.segments[segment]
    if rule.interest is None:
        return _NOTHING
    own = [place for place, row in enumerate(rows) if row.segment == segment]
    if not own:
        return _NOTHING
    balance = rule.interest.balance
    if balance is not BalanceMethod.DAILY and since >= until:
        return _NOTHING
    if balance in (BalanceMethod.PREVIOUS, BalanceMethod.ADJUSTED):
        adjusted = balance is BalanceMethod.ADJUSTED
        bore = [place for place in own if _held(rows[place], since, until)]
        owed = sum(
            _left(rows[place], since, until, adjusted=adjusted) for place in bore
        )
        return _on_one(rules, rule, bore, (since, until, owed, rule.rate, 1, 1))
    found = [(place, _pieces(rules, rows[place], until)) for place in own]
    bore = [place for place, row in found if row]
    pieces = [row for _, row in found if row]
    if balance is BalanceMethod.AVERAGE:
        # No interest for days before the window: 12 CFR 1026.54(a)(1).
        flat = [
            (max(start, since), end, owed, rate, share, whole)
            for start, end, owed, rate, share, whole in chain.from_iterable(pieces)
            if end > since
        ]
        owed = average_owed(flat, until - since)
        return _on_one(rules, rule, bore, (since, until, owed, rule.rate, 1, 1))
    costs = _daily(rule.interest, rules.unit, rule.rounded, pieces)
    all_of_it = Earned(sum(costs), tuple(bore), tuple(map(tuple, pieces)))
    return _capped(all_of_it, costs, [rows[place].room for place in bore])


def _capped(found: Earned, costs: Sequence[int], rooms: Sequence[int | None]) -> Earned:
    """Return what was earned with what rows may not cost cut off."""
    if not any(room is not None for room in rooms):
        return found
    allowed = tuple(
        cost if room is None else min(cost, room)
        for cost, room in zip(costs, rooms, strict=True)
    )
    units = sum(allowed)
    return found._replace(units=units, costs=allowed, cut=found.units - units)


def average_owed(pieces: Iterable[Piece], days: int) -> int:
    """Return the average over some days of what bears on each, to the nearest unit."""
    # The amount alone, whatever its rate.
    alone = [
        (start, end, owed, 1, share, whole)
        for start, end, owed, _, share, whole in pieces
    ]
    return _nearest(*_sum(alone, days))


def _on_one(
    rules: LineRules, rule: SegmentRule, bore: Sequence[int], one: Piece
) -> Earned:
    units = rule.rounded(*_sum([one], rules.unit))
    _, _, owed, *_ = one
    return Earned(units, tuple(bore), ((one,),) if owed else ())


def _held(row: Row, since: int, until: int) -> int:
    """Return what a row that bears held when a window opened."""
    if row.waits or row.deferred == WAITING or max(row.since, row.start) >= until:
        return 0
    return _until(row.added, since + 1) - _until(row.taken, since)


def _left(row: Row, since: int, until: int, *, adjusted: bool) -> int:
    held = _held(row, since, until)
    if not adjusted:
        return held
    return max(held - _until(row.taken, until) + _until(row.taken, since), 0)


def _until(changes: Sequence[Dated], day: int) -> int:
    return sum(one.units for one in changes if one.day < day)


def _daily(
    interest: LineInterest,
    unit: int,
    rounded: Callable[[int, int], int],
    pieces: Sequence[Sequence[Piece]],
) -> list[int]:
    """
    Return what stretches by row come to, rounded by stretch, by row, or once.

    It is row by row, but where it is rounded once.
    """
    match interest.rounded:
        case ChargedPer.SEGMENT:
            return [sum(rounded(*_sum([one], unit)) for one in row) for row in pieces]
        case ChargedPer.PERIOD:
            return [rounded(*_sum(row, unit)) for row in pieces]
        case _:
            return [rounded(*_sum(chain.from_iterable(pieces), unit))]


def _sum(pieces: Iterable[Piece], unit: int) -> tuple[int, int]:
    """Return the exact sum of what stretches cost, as a quotient."""
    whole = 0
    shared: Fraction | int = 0
    for start, end, owed, rate, share, of in pieces:
        cost = owed * rate * (end - start) * share
        if of == 1:
            whole += cost
        else:
            shared += Fraction(cost, of)
    total = whole + shared
    return total.numerator, total.denominator * unit
