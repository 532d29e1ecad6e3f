"""What the terms of a line say, as integers: rates, limits, rounding by segment."""

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from loanmath.currency import to_units
from loanmath.errors import EventError
from loanmath.rounding import Rounding
from loanmath.terms.lines import (
    BearsFrom,
    BearsOn,
    CreditLine,
    FreePeriod,
    LastDay,
    LineInterest,
    LineSegment,
    RepaymentDay,
)
from loanmath.terms.lines.interest import daily_rate
from loanmath.terms.lines.segments import INSTALLMENTS, PURCHASES
from loanmath.terms.servicing.components import Component

__all__ = ["LineRules", "SegmentRule", "line_rules"]


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
        bearing: Whether penalty, fee, interest and principal bear.
        waits: Whether a row's interest waits for its bill to be decided.
        later: The days from a repayment to the first day that bears less.
        rounded: How interest is rounded.
    """

    name: str
    terms: LineSegment | None
    interest: LineInterest | None
    rate: int
    late_rate: int
    first_rate: int
    bearing: tuple[bool, bool, bool, bool]
    waits: bool
    later: int
    rounded: Callable[[int, int], int]

    @property
    def loses_free_period(self) -> bool:
        """Whether later purchases lose it while a bill is not paid in full."""
        return (
            self.interest is not None and self.interest.free_period is FreePeriod.LOST
        )

    @property
    def bears_partly(self) -> bool:
        """Whether less than all bears up to the due day of a bill."""
        return self.interest is not None and self.interest.bears_on is not BearsOn.WHOLE


class LineRules(NamedTuple):
    """
    What the terms of a line say, as integers.

    Attributes:
        segments: Purchases, installments, and those that the terms name.
        unit: The denominator of every rate.
        grace: Days after the due day that are in time.
        tolerance: What may be missing of a bill that is paid in full.
        included: Whether a statement day counts in the interest of its statement.
    """

    segments: tuple[SegmentRule, ...]
    unit: int
    grace: int
    tolerance: int
    included: int

    def place(self, name: str, what: str) -> int:
        """
        Return the place of a segment.

        Raises:
            EventError: If the line has none of that name.
        """
        for place, segment in enumerate(self.segments):
            if segment.name == name and name != INSTALLMENTS:
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
    unit = lcm(*(rate.denominator for three in rates.values() for rate in three))
    common = line.interest
    segments = (
        _segment(line, PURCHASES, None, rates, unit),
        _segment(line, INSTALLMENTS, None, rates, unit),
        *(_segment(line, terms.name, terms, rates, unit) for terms in line.segments),
    )
    return LineRules(
        segments,
        unit,
        0 if common is None else common.grace_days,
        0 if common is None else to_units(common.tolerance, line.digits, "tolerance"),
        int(common is not None and common.last_day is LastDay.INCLUDED),
    )


def _rates(line: CreditLine) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
    """Return the daily rates of each segment: usual, late, promotional."""
    found = {PURCHASES: _three(line.interest, None)}
    found[INSTALLMENTS] = found[PURCHASES]
    for segment in line.segments:
        found[segment.name] = _three(segment.interest, segment)
    return found


def _three(
    interest: LineInterest | None, segment: LineSegment | None
) -> tuple[Fraction, Fraction, Fraction]:
    if interest is None:
        return Fraction(0), Fraction(0), Fraction(0)
    promotion = None if segment is None else segment.promotion
    first = interest.rate if promotion is None else promotion.rate
    return (
        interest.daily,
        interest.daily * interest.overdue_multiple,
        daily_rate(first, interest.days_in_year),
    )


def _segment(
    line: CreditLine,
    name: str,
    terms: LineSegment | None,
    rates: dict[str, tuple[Fraction, Fraction, Fraction]],
    unit: int,
) -> SegmentRule:
    interest = line.interest if terms is None else terms.interest
    usual, late, first = (int(rate * unit) for rate in rates[name])
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
        (penalty, fee, posted, principal),
        interest is None or interest.bears_from is not BearsFrom.USE,
        int(old),
        (rounding or Rounding()).quotient(line.digits),
    )
