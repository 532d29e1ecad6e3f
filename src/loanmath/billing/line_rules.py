"""What the terms of a line say, as integers: rates, limits, rounding by segment."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from loanmath.currency import to_units
from loanmath.errors import EventError
from loanmath.events.order import EventKey, event_order
from loanmath.rounding import Rounding
from loanmath.terms.lines import (
    BearsFrom,
    BearsOn,
    CreditLine,
    FreePeriod,
    LastDay,
    LimitCovers,
    LineInterest,
    LineSegment,
    MinimumItem,
    OverLimit,
    RepaymentDay,
)
from loanmath.terms.lines.interest import daily_rate
from loanmath.terms.lines.segments import INSTALLMENTS, PURCHASES
from loanmath.terms.servicing.components import Component

__all__ = ["InFull", "LineRules", "SegmentRule", "line_rules"]


class SegmentRule(NamedTuple):
    """
    What the terms say of one segment.

    Attributes:
        name: What it is called.
        terms: What the line says of it; the first two have nothing but interest.
        interest: What it costs; nothing, where interest is not agreed.
        rate: The daily rate, as a numerator.
        late_rate: The rate where its minimum was missed.
        first_rate: The rate of a promotion.
        late_first_rate: That rate where its minimum was missed.
        bearing: Whether penalty, fee, interest and principal bear.
        waits: Whether a row's interest waits for its bill to be decided.
        later: The days from a repayment to the first day that bears less.
        included: Whether a statement day counts in the interest of its statement.
        rounded: How interest is rounded.
        loses_free_period: Whether later purchases lose it while a bill is not paid in
            full.
        bears_partly: Whether less than all bears up to the due day of a bill.
        bears_more: Whether it bears at another rate where its minimum was missed.
    """

    name: str
    terms: LineSegment | None
    interest: LineInterest | None
    rate: int
    late_rate: int
    first_rate: int
    late_first_rate: int
    bearing: tuple[bool, bool, bool, bool]
    waits: bool
    later: int
    included: int
    rounded: Callable[[int, int], int]
    loses_free_period: bool
    bears_partly: bool
    bears_more: bool


class InFull(NamedTuple):
    """
    What of a bill the terms ask to be paid in full.

    Attributes:
        carried: All that is left of earlier bills.
        installments: Installments.
        interest: Interest.
        fees: Fees and penalty.
        arrears: What is missing of earlier minimums.
        beyond: What is over the limit, all of it or what newly is.
    """

    carried: bool
    installments: bool
    interest: bool
    fees: bool
    arrears: bool
    beyond: bool


class LineRules(NamedTuple):
    """
    What the terms of a line say, as integers.

    Attributes:
        segments: Purchases, installments, and those that the terms name.
        places: The places of those that a line is drawn on in, by name.
        unit: The denominator of every rate.
        grace: Days after the due day in which a bill is in time.
        minimum_grace: Days after it in which a minimum is.
        tolerance: What may be missing of a bill that is paid in full.
        is_negative: Whether a rate is below zero.
        limits: Whether nothing may be drawn beyond a limit.
        limits_all: Whether all that is owed occupies the limit, or principal alone.
        defers: Whether interest waits for a promotion to end.
        in_full: What of a bill is to be paid in full.
        event_key: What events are ordered by.
    """

    segments: tuple[SegmentRule, ...]
    places: Mapping[str, int]
    unit: int
    grace: int
    minimum_grace: int
    tolerance: int
    is_negative: bool
    limits: bool
    limits_all: bool
    defers: bool
    in_full: InFull
    event_key: EventKey

    def place(self, name: str, what: str) -> int:
        """
        Return the place of a segment.

        Raises:
            EventError: If the line has none of that name.
        """
        place = self.places.get(name)
        if place is not None:
            return place
        names = [segment.name for segment in self.segments]
        raise EventError(
            what,
            got=f"segment {name!r}",
            allowed=", ".join(name for name in names if name != INSTALLMENTS),
        )


_PARTS = (
    Component.PENALTY,
    Component.FEE,
    Component.INTEREST,
    Component.PRINCIPAL,
)


def line_rules(line: CreditLine) -> LineRules:
    """Return what the terms of a line say, as integers."""
    rates = _rates(line)
    unit = lcm(*(rate.denominator for every in rates.values() for rate in every))
    common = line.interest
    grace = 0 if common is None else common.grace_days
    own = None if line.minimum is None else line.minimum.grace_days
    segments = (
        _segment(line, PURCHASES, None, rates, unit),
        _segment(line, INSTALLMENTS, None, rates, unit),
        *(_segment(line, terms.name, terms, rates, unit) for terms in line.segments),
    )
    return LineRules(
        segments,
        {
            segment.name: place
            for place, segment in enumerate(segments)
            if segment.name != INSTALLMENTS
        },
        unit,
        grace,
        grace if own is None else own,
        0 if common is None else to_units(common.tolerance, line.digits, "tolerance"),
        any(rate < 0 for every in rates.values() for rate in every),
        line.over_limit is not OverLimit.ALLOWED,
        line.limit_covers is LimitCovers.BALANCE,
        any(own.promotion and own.promotion.deferred for own in line.segments),
        _in_full(line),
        event_order(line.day_order, line.same_day),
    )


class _Rates(NamedTuple):
    """The daily rates of a segment: usual, late, promotional, promotional and late."""

    usual: Fraction
    late: Fraction
    first: Fraction
    late_first: Fraction


def _rates(line: CreditLine) -> dict[str, _Rates]:
    """Return the daily rates of each segment."""
    found = {PURCHASES: _rates_of(line.interest, None)}
    found[INSTALLMENTS] = found[PURCHASES]
    for segment in line.segments:
        found[segment.name] = _rates_of(segment.interest, segment)
    return found


def _rates_of(interest: LineInterest | None, segment: LineSegment | None) -> _Rates:
    if interest is None:
        return _Rates(*(Fraction(0),) * 4)
    promotion = None if segment is None else segment.promotion
    first = interest.rate if promotion is None else promotion.rate
    usual, multiple = interest.daily, interest.overdue_multiple
    at_first = daily_rate(first, interest.days_in_year)
    return _Rates(usual, usual * multiple, at_first, at_first * multiple)


def _in_full(line: CreditLine) -> InFull:
    named = () if line.minimum is None else line.minimum.in_full
    return InFull(
        MinimumItem.CARRIED in named,
        MinimumItem.INSTALLMENTS in named,
        MinimumItem.INTEREST in named,
        MinimumItem.FEES in named,
        MinimumItem.ARREARS in named,
        MinimumItem.OVER_LIMIT in named or MinimumItem.NEWLY_OVER_LIMIT in named,
    )


def _segment(
    line: CreditLine,
    name: str,
    terms: LineSegment | None,
    rates: dict[str, _Rates],
    unit: int,
) -> SegmentRule:
    interest = line.interest if terms is None else terms.interest
    usual, late, first, late_first = (int(rate * unit) for rate in rates[name])
    named = (Component.PRINCIPAL,) if interest is None else interest.bearing
    penalty, fee, posted, principal = (part in named for part in _PARTS)
    rounding = None if interest is None else interest.rounding
    old = interest is not None and interest.repayment_day is RepaymentDay.OLD
    return SegmentRule(
        name,
        terms,
        interest,
        usual,
        late,
        first,
        late_first,
        (penalty, fee, posted, principal),
        interest is None or interest.bears_from is not BearsFrom.USE,
        int(old),
        int(interest is not None and interest.last_day is LastDay.INCLUDED),
        (rounding or Rounding()).quotient(line.digits),
        interest is not None and interest.free_period is FreePeriod.LOST,
        interest is not None and interest.bears_on is not BearsOn.WHOLE,
        interest is not None and interest.overdue_multiple != 1,
    )
