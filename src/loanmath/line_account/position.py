"""What is owed on a line on a day, in currency."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from loanmath.billing.drawing import available_units
from loanmath.billing.line_state import LineState
from loanmath.billing.receiving import earned_units, payoff_units
from loanmath.billing.rows import FEE, INTEREST, PENALTY, PRINCIPAL
from loanmath.currency import from_units, sum_of
from loanmath.schedule.printing import Table, html_layout, text_layout

__all__ = ["LinePosition", "SegmentPosition", "position_of"]


@frozen
class SegmentPosition:
    """
    What is owed of one segment (余额分段), in major units.

    Attributes:
        name: The segment.
        penalty: Penalty, such as a default charge.
        fee: Fees.
        interest: Interest that is owed.
        principal: Principal.

    Example:
        >>> SegmentPosition("cash", Decimal(0), Decimal(10), Decimal(0), Decimal(500)
        ...     ).total
        Decimal('510')
    """

    name: str
    penalty: Decimal
    fee: Decimal
    interest: Decimal
    principal: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        parts = (self.penalty, self.fee, self.interest, self.principal)
        return sum_of(parts, -int(self.principal.as_tuple().exponent))


@frozen(repr=False)
class LinePosition:
    """
    What is owed on a line on a day, after its events (余额).

    Attributes:
        on: The day.
        currency: The currency of every amount.
        segments: What is owed of each segment, those of which nothing is owed left out.
        owed: All that is owed.
        billed: What of it was billed.
        unbilled: What of it is in no bill yet.
        installments: Principal of installments that are not yet added; not in `owed`.
        credit: What was paid beyond what is owed (溢缴款).
        accrued: Interest that was earned and is not owed yet.
        payoff: The payment after which nothing is owed, but installments to come.
        minimum: What is missing of the minimums that are due or to come.
        arrears: What of it is past due.
        cut_off: What a ceiling cut off what overdue amounts would have cost.
        days_past_due: The days since the oldest minimum of which something is missing.
        next_due: The next due day of a bill that was made, where there is one.
        next_statement: The next statement day.
        limit: The limit in force.
        available: What may be drawn (可用额度).
        has_free_period: Whether what is posted now is free if its bill is paid; for a
            line without a free period, false.

    Example:
        >>> from loanmath.billing.line_state import opening_line
        >>> from loanmath.presets import cn
        >>> state = opening_line(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> print(position_of(state, date(2026, 3, 2).toordinal()))
        CNY 0.00 owed on 2026-03-02, CNY 5,000.00 available
        Segment  Penalty   Fee  Interest  Principal  Total
        Total       0.00  0.00      0.00       0.00   0.00
    """

    on: date
    currency: str
    segments: tuple[SegmentPosition, ...]
    owed: Decimal
    billed: Decimal
    unbilled: Decimal
    installments: Decimal
    credit: Decimal
    accrued: Decimal
    payoff: Decimal
    minimum: Decimal
    arrears: Decimal
    cut_off: Decimal
    days_past_due: int
    next_due: date | None
    next_statement: date
    limit: Decimal
    available: Decimal
    has_free_period: bool

    def segment(self, name: str) -> SegmentPosition:
        """
        Return what is owed of a segment, nothing where it has no rows.

        Example:
            >>> from loanmath.billing.line_state import opening_line
            >>> from loanmath.presets import cn
            >>> state = opening_line(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> position_of(state, state.day).segment("purchases").total
            Decimal('0.00')
        """
        zero = from_units(0, self._digits)
        none = SegmentPosition(name, zero, zero, zero, zero)
        return next((one for one in self.segments if one.name == name), none)

    @property
    def _digits(self) -> int:
        return -int(self.owed.as_tuple().exponent)

    def _table(self) -> Table:
        caption = (
            f"{self.currency} {self.owed:,f} owed on {self.on},"
            f" {self.currency} {self.available:,f} available"
        )
        names = ("penalty", "fee", "interest", "principal", "total")
        header = ["Segment", *(name.capitalize() for name in names)]
        rows = [
            [one.name, *(f"{getattr(one, name):,f}" for name in names)]
            for one in self.segments
        ]
        sums = [
            sum_of((getattr(one, name) for one in self.segments), self._digits)
            for name in names
        ]
        total = ["Total", *(f"{amount:,f}" for amount in sums)]
        return Table(caption, header, rows, total, left=(0,), words=(0,))

    def _facts(self) -> list[str]:
        said = []
        if self.minimum:
            said.append(f"Minimum: {self.minimum:,f}")
        if self.days_past_due:
            days = "day" if self.days_past_due == 1 else "days"
            said.append(f"Past due: {self.arrears:,f}, {self.days_past_due} {days}")
        if self.next_due is not None and self.billed:
            said.append(f"Due: {self.next_due}")
        if self.accrued:
            said.append(f"Interest earned, not yet owed: {self.accrued:,f}")
        if self.cut_off:
            said.append(f"Cut off by a ceiling: {self.cut_off:,f}")
        if self.installments:
            said.append(f"Installments to come: {self.installments:,f}")
        if self.credit:
            said.append(f"Credit: {self.credit:,f}")
        return said

    def __str__(self) -> str:
        return "\n".join([text_layout(self._table()), *self._facts()])

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{fact}</p>" for fact in self._facts())
        return html_layout(self._table()) + said

    def __repr__(self) -> str:
        return f"<LinePosition of {self.on}: {self.currency} {self.owed} owed>"


def position_of(state: LineState, day: int) -> LinePosition:
    """
    Return what is owed on a day.

    Args:
        state: The state at the end of the day.
        day: The day, an ordinal.
    """
    digits = state.line.digits

    def money(units: int) -> Decimal:
        return from_units(units, digits)

    billed = sum(sum(row.owed) for row in state.rows if row.cycle < state.cycle.cut)
    # Money that comes within the days of grace is in time.
    late = [due for due in state.dues if day > due.due + state.rules.minimum_grace]
    coming = [bill.due for bill in state.bills if bill.due >= day]
    earned = earned_units(state, day)
    return LinePosition(
        on=date.fromordinal(day),
        currency=state.line.currency,
        segments=_segments(state),
        owed=money(state.owed),
        billed=money(billed),
        unbilled=money(state.owed - billed),
        installments=money(state.planned),
        credit=money(state.credit),
        accrued=money(earned),
        payoff=money(payoff_units(state, earned)),
        minimum=money(sum(due.missing for due in state.dues)),
        arrears=money(sum(due.missing for due in late)),
        cut_off=money(state.cut_off),
        days_past_due=state.days_past_due(day),
        next_due=date.fromordinal(min(coming)) if coming else None,
        next_statement=date.fromordinal(state.cycle.statement),
        limit=money(state.limit_on(day)),
        available=money(available_units(state, day)),
        has_free_period=state.rules.segments[0].waits and state.free[0],
    )


def _segments(state: LineState) -> tuple[SegmentPosition, ...]:
    digits, found = state.line.digits, []
    for place, rule in enumerate(state.rules.segments):
        rows = [row for row in state.rows if row.segment == place]
        sums = [
            sum(row.owed[component] for row in rows)
            for component in (PENALTY, FEE, INTEREST, PRINCIPAL)
        ]
        if any(sums):
            amounts = (from_units(units, digits) for units in sums)
            found.append(SegmentPosition(rule.name, *amounts))
    return tuple(found)
