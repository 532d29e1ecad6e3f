"""What rows earn: the stretches on which they bear, and what these come to."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from loanmath.billing.line_rules import LineRules, SegmentRule
from loanmath.billing.rows import WAITING, Dated, Row
from loanmath.rounding import Rounding
from loanmath.terms.lines import BalanceMethod, BearsOn, ChargedPer, LineInterest

__all__ = ["Earned", "Stretch", "average_owed", "earned", "stretches"]

_nearest = Rounding().quotient(0)


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
        stretches: What bore, row by row.
        costs: What each row costs, where a ceiling is to be held.
        cut: What the ceiling cut off.
    """

    units: int
    rows: tuple[int, ...]
    stretches: tuple[tuple[Stretch, ...], ...]
    costs: tuple[int, ...] = ()
    cut: int = 0


def stretches(rules: LineRules, row: Row, until: int) -> list[Stretch]:
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
    days = {one.day for one in (*row.added, *row.taken)}
    days |= {row.partly, row.until, row.late}
    cuts = sorted({first, until, *(day for day in days if first < day < until)})
    found: list[Stretch] = []
    changes = sorted([*row.added, *(Dated(day, -units) for day, units in row.taken)])
    place = added = held = 0
    for start, end in pairwise(cuts):
        while place < len(changes) and changes[place].day <= start:
            units = changes[place].units
            added += max(units, 0)
            held += units
            place += 1
        one = _bearing(rule, row, start, end, added, held)
        _extend(found, one, row.until)
    return found


def _extend(found: list[Stretch], one: Stretch, until: int) -> None:
    if not one.owed or not one.share:
        return
    last = found[-1] if found else None
    if last is None or not last.end == one.start != until:
        found.append(one)
    elif _bears_alike(last, one):
        found[-1] = last._replace(end=one.end)
    else:
        found.append(one)


def _bears_alike(one: Stretch, other: Stretch) -> bool:
    """Return whether two stretches bear one amount at one rate, whatever its share."""
    if one.rate != other.rate:
        return False
    return one.owed * one.share * other.whole == other.owed * other.share * one.whole


def _bearing(  # noqa: PLR0913, PLR0917 a row, and what of it is there on these days
    rule: SegmentRule, row: Row, start: int, end: int, added: int, held: int
) -> Stretch:
    is_late = start >= row.late
    rate = rule.late_rate if is_late else rule.rate
    if start < row.until and not row.deferred:
        rate = rule.late_first_rate if is_late else rule.first_rate
    share = whole = 1
    if start < row.partly:
        if rule.interest is not None and rule.interest.bears_on is BearsOn.UNPAID:
            return Stretch(start, end, max(added - row.covered, 0), rate, 1, 1)
        if row.missing < row.billed:
            share, whole = row.missing, row.billed
    return Stretch(start, end, held, rate, share, whole)


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
        return Earned(0, (), ())
    own = [place for place, row in enumerate(rows) if row.segment == segment]
    if not own:
        return Earned(0, (), ())
    balance = rule.interest.balance
    if balance is not BalanceMethod.DAILY and since >= until:
        return Earned(0, (), ())
    if balance in (BalanceMethod.PREVIOUS, BalanceMethod.ADJUSTED):
        adjusted = balance is BalanceMethod.ADJUSTED
        bore = [place for place in own if _held(rows[place], since, until)]
        owed = sum(
            _left(rows[place], since, until, adjusted=adjusted) for place in bore
        )
        return _on_one(rules, rule, bore, Stretch(since, until, owed, rule.rate, 1, 1))
    found = {place: stretches(rules, rows[place], until) for place in own}
    bore = [place for place in own if found[place]]
    pieces = [found[place] for place in bore]
    if balance is BalanceMethod.AVERAGE:
        # No interest for days before the window: 12 CFR 1026.54(a)(1).
        flat = [
            one._replace(start=max(one.start, since))
            for row in pieces
            for one in row
            if one.end > since
        ]
        owed = average_owed(flat, until - since)
        one = Stretch(since, until, owed, rule.rate, 1, 1)
        return _on_one(rules, rule, bore, one)
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


def average_owed(pieces: Iterable[Stretch], days: int) -> int:
    """Return the average over some days of what bears on each, to the nearest unit."""
    return _nearest(*_sum(pieces, lambda one: one.owed * one.share, days))


def _on_one(
    rules: LineRules, rule: SegmentRule, bore: Sequence[int], one: Stretch
) -> Earned:
    units = rule.rounded(one.exact, rules.unit)
    return Earned(units, tuple(bore), ((one,),) if one.owed else ())


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
    pieces: Sequence[Sequence[Stretch]],
) -> list[int]:
    """
    Return what stretches by row come to, rounded by stretch, by row, or once.

    It is row by row, but where it is rounded once.
    """
    match interest.rounded:
        case ChargedPer.SEGMENT:
            return [
                sum(rounded(one.exact, unit * one.whole) for one in row)
                for row in pieces
            ]
        case ChargedPer.PERIOD:
            return [rounded(*_exact(row, unit)) for row in pieces]
        case _:
            return [rounded(*_exact([one for row in pieces for one in row], unit))]


def _exact(pieces: Iterable[Stretch], unit: int) -> tuple[int, int]:
    return _sum(pieces, lambda one: one.owed * one.rate * one.share, unit)


def _sum(
    pieces: Iterable[Stretch], value: Callable[[Stretch], int], unit: int
) -> tuple[int, int]:
    """Return the exact sum of a value over the days, as a quotient."""
    total = Fraction(0)
    whole = 0
    for one in pieces:
        amount = value(one) * (one.end - one.start)
        if one.whole == 1:
            whole += amount
        else:
            total += Fraction(amount, one.whole)
    if not total:
        return whole, unit
    total += whole
    return total.numerator, total.denominator * unit
