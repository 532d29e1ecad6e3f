"""The interest of one bill: what bore, from day to day, and what it came to."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from loanmath.billing.adding import add, row_at
from loanmath.billing.deciding import decide
from loanmath.billing.earning import Earned, earned, named
from loanmath.billing.line_state import (
    Bill,
    LineState,
    MinimumParts,
    opening_line,
)
from loanmath.billing.line_units import checked_line, line_units
from loanmath.billing.minimum_parts import minimum_due, minimum_parts
from loanmath.billing.receiving import counted_whole, receive
from loanmath.billing.rows import PRINCIPAL, Dated
from loanmath.currency import from_units
from loanmath.doors import to_date
from loanmath.errors import InputTypeError, InputValueError, TermsError
from loanmath.rates import percentage_text
from loanmath.rounding import Rounding
from loanmath.schedule.printing import Table, html_layout, text_layout
from loanmath.terms.lines import BearsFrom, CreditLine, Cycle
from loanmath.terms.lines.cycles import cycle_after

__all__ = ["BillInterest", "BillSegment", "bill_interest"]

_MOST_FLOWS = 100_000


class BillSegment(NamedTuple):
    """
    A stretch of days on which the same amount bears (计息分段).

    Attributes:
        start: The first day that counts.
        end: The day after the last.
        owed: What is owed of the bill on these days, in major units.
        share: The share of it that bears, exact.
        rate: The daily rate.
        interest: Its interest before any rounding, exact, in major units.

    Example:
        >>> segment = BillSegment(date(2026, 4, 26), date(2026, 5, 1), Decimal("1000"),
        ...     Fraction(1), Fraction(1, 2000), Fraction(5, 2))
        >>> segment.days
        5
    """

    start: date
    end: date
    owed: Decimal
    share: Fraction
    rate: Fraction
    interest: Fraction

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days


@frozen(repr=False)
class BillInterest:
    """
    What one bill costs in interest, up to the statement that charges it (账单利息).

    Attributes:
        currency: The currency of every amount.
        cycle: The cycle of the bill.
        billed: The bill: what was posted in the cycle, less what was paid before its
            statement.
        paid: What of the bill was paid in time.
        until: The day that interest is billed on.
        segments: What bore; none, where nothing did.
        total: The interest, rounded as the terms say, and cut off at a ceiling.

    Example:
        >>> from loanmath.terms.lines import LineInterest
        >>> line = CreditLine(currency="CNY", limit="20000", statement_day=1,
        ...     due_day=25, interest=LineInterest(rate="0.05%/day",
        ...         bears_from="posting", repayment_day="old"))
        >>> print(bill_interest(line, [(date(2026, 3, 31), "10000")],
        ...     [(date(2026, 4, 25), "9000")]))
        Interest on the bill of 2026-04-01, billed on 2026-05-01: CNY 132.50
        From        Through     Days       Owed  Share   Rate  Interest
        2026-03-31  2026-04-25    26  10,000.00   100%  0.05%    130.00
        2026-04-26  2026-04-30     5   1,000.00   100%  0.05%      2.50
        Total                                                    132.50
    """

    currency: str
    cycle: Cycle
    billed: Decimal
    paid: Decimal
    until: date
    segments: tuple[BillSegment, ...]
    total: Decimal

    @property
    def is_paid(self) -> bool:
        """Whether nothing of the bill was missing when it was due."""
        return self.paid >= self.billed

    def _table(self) -> Table:
        digits = -int(self.total.as_tuple().exponent)
        caption = (
            f"Interest on the bill of {self.cycle.statement}, billed on {self.until}:"
            f" {self.currency} {self.total:,f}"
        )
        header = ["From", "Through", "Days", "Owed", "Share", "Rate", "Interest"]
        rows = [
            [
                str(segment.start),
                str(date.fromordinal(segment.end.toordinal() - 1)),
                str(segment.days),
                f"{segment.owed:,f}",
                percentage_text(segment.share),
                percentage_text(segment.rate),
                f"{_shown(segment.interest, digits):,f}",
            ]
            for segment in self.segments
        ]
        total = ["Total", "", "", "", "", "", f"{self.total:,f}"]
        return Table(caption, header, rows, total, left=(0, 1))

    def __str__(self) -> str:
        return text_layout(self._table())

    def _repr_html_(self) -> str:
        return html_layout(self._table())

    def __repr__(self) -> str:
        return (
            f"<BillInterest of {self.cycle.statement}: {self.currency} {self.total},"
            f" {len(self.segments)} segments>"
        )


def _shown(exact: Fraction, digits: int) -> Decimal:
    rounded = Rounding().quotient(digits)
    return from_units(rounded(exact.numerator * 10**digits, exact.denominator), digits)


def bill_interest(
    line: CreditLine,
    purchases: Sequence[tuple[date, str | int | Decimal]],
    payments: Sequence[tuple[date, str | int | Decimal]] = (),
    *,
    until: date | None = None,
) -> BillInterest:
    """
    Return what the purchases of one cycle cost, given what was paid on them.

    Formula: for each stretch of days on which the same amount bears,
    `round(amount * share * daily rate * days)`, with the first and last day, the share
    and the rate that the line's `interest` says; or the exact sum, rounded once.

    Args:
        line: The line, with its interest.
        purchases: The posting date and the amount of each, all of one cycle.
        payments: The day and the amount of each; what exceeds the debt is left out.
        until: The statement that charges the interest; left out, the next one, or the
            first one after the bill is decided.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If purchases are of several cycles, or a date is too early.
        TermsError: If the line has no interest.
        DateRangeError: If a date is outside the years 1900 to 2200.

    Example:
        >>> from loanmath.terms.lines import LineInterest
        >>> line = CreditLine(currency="CNY", limit="5000", statement_day=5, due_day=25,
        ...     interest=LineInterest(rate="0.05%/day", bears_from="after_due"))
        >>> owed = bill_interest(line,
        ...     [(date(2026, 8, 10), 3000), (date(2026, 8, 20), 2000)],
        ...     [(date(2026, 9, 8), 2000)])
        >>> owed.total, owed.segments[0].days
        (Decimal('13.50'), 9)

    中文: 循环利息.
    """
    _check_interest(line)
    posted = _flows(line, purchases, "purchases")
    cycle = _cycle(line, posted)
    paid = _flows(line, payments, "payments")
    if paid and paid[0].day < posted[0].day:
        raise InputValueError(
            "payments",
            got=str(date.fromordinal(paid[0].day)),
            allowed=f"on or after {date.fromordinal(posted[0].day)}",
        )
    charged_on = _charged_on(line, cycle, until)
    opening = opening_line(line, date.fromordinal(posted[0].day))
    # A bill that is made on a day counts what comes before the cut alone.
    later = (cycle.end - cycle.statement).days
    state, bill = _followed(opening, posted, paid, charged_on.toordinal() + later)
    last = charged_on.toordinal() + state.rules.segments[0].included
    found = earned(state.rules, state.rows, 0, opening.windows[0], last)
    return BillInterest(
        line.currency,
        cycle,
        from_units(max(bill.balance, 0), line.digits),
        from_units(min(bill.received, max(bill.balance, 0)), line.digits),
        charged_on,
        _segments(state, found),
        from_units(found.units, line.digits),
    )


def _check_interest(line: CreditLine) -> None:
    if checked_line(line).interest is None:
        raise TermsError(
            "line", got="no interest", allowed="a line whose interest is agreed"
        )


def _followed(
    state: LineState, posted: list[Dated], paid: list[Dated], end: int
) -> tuple[LineState, Bill]:
    """Return the state before a day, and the bill as it was decided or is then."""
    cycle, rules = state.cycle, state.rules
    decided = {cycle.due + days + 1 for days in (rules.grace, rules.minimum_grace)}
    flows = [
        *((one.day, 0, one.units) for one in posted),
        *((one.day, 1, one.units) for one in paid),
    ]
    stops = [(cycle.cut, -2, 0), *((day, -1, 0) for day in decided)]
    bill = Bill(cycle, 0, 0, MinimumParts(0, 0, 0, 0, 0, 0))
    for day, kind, units in sorted([*flows, *stops]):
        # On the day of the cut a bill is decided first.
        if (day, kind) >= (end, 0):
            break
        match kind:
            case -2:
                state = _billed(state)
            case -1:
                for one in state.bills:
                    bill = bill if one.bears else one
                    state = [entry.after for entry in decide(state, one, day)][-1]
            case 0:
                row = row_at(state, 0, cycle)
                state = add(state, row, PRINCIPAL, units, day)
            case _:
                after, _ = receive(state, units, day)
                state = counted_whole(after, units)
    return state, next((one for one in state.bills if not one.bears), bill)


def _billed(state: LineState) -> LineState:
    """Return the state with its one bill made."""
    parts = minimum_parts(state, state.cycle.cut)
    balance, minimum = state.owed - state.credit, minimum_due(state.line, parts)
    return state._replace(bills=(Bill(state.cycle, balance, minimum, parts),))


def _flows(line: CreditLine, flows: object, what: str) -> list[Dated]:
    """Return dated amounts in units, by day."""
    if not isinstance(flows, (list, tuple)) or len(flows) > _MOST_FLOWS:
        raise InputTypeError(
            what, got=type(flows).__name__, allowed="a list of (date, amount) pairs"
        )
    found = []
    for flow in flows:
        if not isinstance(flow, (list, tuple)) or len(flow) != 2:
            raise InputTypeError(
                what, got=flow, allowed="a pair of a date and an amount"
            )
        day, amount = flow
        found.append(
            Dated(to_date(day, what).toordinal(), line_units(line, amount, what))
        )
    return sorted(found)


def _charged_on(line: CreditLine, cycle: Cycle, until: date | None) -> date:
    if until is None:
        return _usual(line, cycle)
    charged_on = to_date(until, "until")
    if charged_on <= cycle.statement:
        raise InputValueError(
            "until", got=str(charged_on), allowed=f"after {cycle.statement}"
        )
    return charged_on


def _usual(line: CreditLine, cycle: Cycle) -> date:
    """Return the first statement that can charge the interest of a bill."""
    following, rule = cycle_after(line, cycle), line.interest
    if rule is None or rule.bears_from is BearsFrom.USE:
        return following.statement
    while (following.end - cycle.due).days <= rule.grace_days:
        following = cycle_after(line, following)
    return following.statement


def _cycle(line: CreditLine, posted: list[Dated]) -> Cycle:
    if not posted:
        raise InputValueError("purchases", got="none", allowed="at least one")
    first, last = (date.fromordinal(posted[place].day) for place in (0, -1))
    cycle = line.cycle_of(first)
    if last >= cycle.end:
        raise InputValueError(
            "purchases",
            got=f"posted on {first} and {last}",
            allowed=f"one cycle, {cycle.start} to before {cycle.end}",
        )
    return cycle


def _segments(state: LineState, found: Earned) -> tuple[BillSegment, ...]:
    digits, unit = state.line.digits, state.rules.unit
    return tuple(
        BillSegment(
            date.fromordinal(one.start),
            date.fromordinal(one.end),
            from_units(one.owed, digits),
            Fraction(one.share, one.whole),
            Fraction(one.rate, unit),
            Fraction(one.exact, unit * one.whole * 10**digits),
        )
        for row in named(found.pieces)
        for one in row
    )
