"""The whole state of a line between two events."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from loanmath.billing.earning import Piece, Stretch, named
from loanmath.billing.line_rules import LineRules, line_rules
from loanmath.billing.rows import NEVER, PRINCIPAL, Row
from loanmath.events import Event
from loanmath.terms import InstallmentLoan
from loanmath.terms.lines import CreditLine, Cycle, JoinsCycle

__all__ = [
    "Bill",
    "CutCycle",
    "Decided",
    "Due",
    "LineEntry",
    "LineState",
    "MinimumParts",
    "Plan",
    "Used",
    "cut_cycle",
    "opening_line",
]


class CutCycle(NamedTuple):
    """
    A cycle, as ordinals.

    Attributes:
        start: Its first posting date.
        cut: The day at whose beginning its bill is made.
        statement: Its statement day.
        due: The day its bill is due.
    """

    start: int
    cut: int
    statement: int
    due: int


class Bill(NamedTuple):
    """
    A bill that is not yet decided.

    Attributes:
        cycle: Its cycle.
        balance: What is owed by it; below zero, a credit.
        minimum: What is to be paid of it.
        parts: What the minimum is made of.
        received: What was received of it, what was converted included.
        converted: What of it was turned into installments.
        deferred: The later day on which its minimum is due, or nothing.
        bears: Whether it is decided, but for its minimum.
    """

    cycle: CutCycle
    balance: int
    minimum: int
    parts: "MinimumParts"
    received: int = 0
    converted: int = 0
    deferred: int = 0
    bears: bool = False

    @property
    def due(self) -> int:
        """The day on which its minimum is due."""
        return self.deferred or self.cycle.due

    @property
    def missing(self) -> int:
        """What is missing of it."""
        return max(self.balance - self.received, 0)


class MinimumParts(NamedTuple):
    """
    What a minimum is made of.

    Attributes:
        balance: The bill.
        shared: The principal that is not paid in full.
        in_full: What is to be paid in full, but for what is over the limit.
        over: What is over the limit.
        charged: Interest, fees and penalty of the cycle.
        arrears: What of it is missing of earlier minimums.
    """

    balance: int
    shared: int
    in_full: int
    over: int
    charged: int
    arrears: int


class Due(NamedTuple):
    """What is missing of a bill's minimum, without the arrears in it."""

    cut: int
    due: int
    missing: int


class Decided(NamedTuple):
    """
    A bill that was decided.

    Attributes:
        cut: The cut of its cycle.
        moved: The segments of which what was left moved to the next cycle.
        gone: The segments of which nothing was left.
    """

    cut: int
    moved: tuple[int, ...]
    gone: tuple[int, ...]


class Plan(NamedTuple):
    """
    A plan of installments.

    Attributes:
        name: The id of its conversion.
        of: The id of the purchase, or nothing.
        principal: The principal of each installment that is not yet added.
        fees: The fee of each.
        interest: The interest of each.
        number: The number of installments in all.
        total: The principal of the plan.
        fee: The fee of the plan.
        share: The fee as a share of the principal, where the plan is no loan.
        loan: The loan that it is, where it is one.
        refunded: What of its principal was refunded.
    """

    name: str
    of: str
    principal: tuple[int, ...]
    fees: tuple[int, ...]
    interest: tuple[int, ...]
    number: int
    total: int
    fee: int
    share: Fraction
    loan: InstallmentLoan | None
    refunded: int = 0


class Used(NamedTuple):
    """What of a use of the line, by its id, was refunded, and what converted."""

    name: str
    refunded: int
    converted: int


class LineState(NamedTuple):
    """
    What a line is between two events.

    Attributes:
        rows: What is owed, in order.
        credit: What was paid beyond it.
        line: The terms in force.
        rules: What they say, as integers.
        day: The day whose beginning is past.
        cycle: The open cycle.
        windows: By segment, the day on which the window of the next interest opened.
        bills: The bills that are not decided, the oldest first.
        dues: What is missing of minimums, the oldest first.
        free: By segment, whether what is posted may have a free period.
        paid_in_row: How many bills in a row were paid in full.
        history: The bills that were decided.
        missed: The number of the last whose minimum was missed, or nothing.
        plans: The plans of installments.
        limits: Limits, each with the last day it holds; of those, the last holds.
        used: Of uses, what was refunded and what was converted.
        cut_off: What ceilings cut off what overdue amounts would have cost.
    """

    rows: tuple[Row, ...]
    credit: int
    line: CreditLine
    rules: LineRules
    day: int
    cycle: CutCycle
    windows: tuple[int, ...]
    bills: tuple[Bill, ...]
    dues: tuple[Due, ...]
    free: tuple[bool, ...]
    paid_in_row: int
    history: tuple[Decided, ...]
    missed: int
    plans: tuple[Plan, ...]
    limits: tuple[tuple[int, int], ...]
    used: tuple[Used, ...] = ()
    cut_off: int = 0

    @property
    def owed(self) -> int:
        """All that is owed."""
        return sum([sum(row.owed) for row in self.rows])

    @property
    def principal(self) -> int:
        """The principal that is owed."""
        return sum([row.owed[PRINCIPAL] for row in self.rows])

    @property
    def planned(self) -> int:
        """The principal of plans that is not yet added."""
        return sum([sum(plan.principal) for plan in self.plans])

    @property
    def occupied(self) -> int:
        """What occupies the limit, whatever was paid in advance."""
        owed = self.owed if self.rules.limits_all else self.principal
        return owed + self.planned if self.plans else owed

    def limit_on(self, day: int) -> int:
        """Return the limit in force on a day."""
        for units, until in self.limits[:0:-1]:
            if day <= until:
                return units
        # The first holds for ever.
        return self.limits[0][0]

    def with_rows(self, rows: tuple[Row, ...], credit: int) -> "LineState":
        """Return the state with other rows and credit."""
        # As `_make` does, without counting the fields: rows change with every event.
        return tuple.__new__(LineState, (rows, credit, *self[2:]))

    def days_past_due(self, day: int) -> int:
        """
        Return the days since the oldest minimum of which something is missing was due.

        Days of grace count as none; once they are over, all count.
        """
        late = day - self.dues[0].due if self.dues else 0
        return late if late > self.rules.minimum_grace else 0


class LineEntry(NamedTuple):
    """
    One change of the state of a line.

    Attributes:
        day: The day, as an ordinal.
        rule: The rule that made it.
        event: The event, where one did.
        before: The state before.
        after: The state after.
        name: What the rule was about, such as a segment.
        pieces: What bore, row by row, where it is interest.
        bill: The bill that it is about, where it is about one.
        cut: What a ceiling cut off of it.
    """

    day: int
    rule: str
    event: Event | None
    before: LineState
    after: LineState
    name: str = ""
    pieces: tuple[tuple[Piece, ...], ...] = ()
    bill: Bill | None = None
    cut: int = 0

    @property
    def stretches(self) -> tuple[tuple[Stretch, ...], ...]:
        """What bore, row by row, where it is interest, by name."""
        return named(self.pieces)


def cut_cycle(cycle: Cycle) -> CutCycle:
    """Return a cycle, as ordinals."""
    return CutCycle(
        cycle.start.toordinal(),
        cycle.end.toordinal(),
        cycle.statement.toordinal(),
        cycle.due.toordinal(),
    )


def opening_line(line: CreditLine, day: date) -> LineState:
    """Return the state of a line on the day that it is opened."""
    rules = line_rules(line)
    cycle = cut_cycle(line.cycle_of(day))
    closing = line.statement_day_joins is JoinsCycle.CLOSING
    before = cycle.start - closing
    return LineState(
        rows=(),
        credit=0,
        line=line,
        rules=rules,
        day=day.toordinal(),
        cycle=cycle,
        windows=tuple(before + rule.included for rule in rules.segments),
        bills=(),
        dues=(),
        free=(True,) * len(rules.segments),
        paid_in_row=0,
        history=(),
        missed=0,
        plans=(),
        limits=((line.limit_units, NEVER),),
    )
