"""The whole state of a line between two events."""

from datetime import date
from typing import NamedTuple

from loanmath.billing.earning import Stretch
from loanmath.billing.line_rules import LineRules, line_rules
from loanmath.billing.rows import PRINCIPAL, Row
from loanmath.events import Event
from loanmath.terms.lines import CreditLine, Cycle, JoinsCycle

__all__ = [
    "Bill",
    "CutCycle",
    "Due",
    "LineEntry",
    "LineState",
    "Plan",
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
        shared: The principal that its minimum has a share of.
        received: What was received of it.
    """

    cycle: CutCycle
    balance: int
    minimum: int
    shared: int
    received: int

    @property
    def missing(self) -> int:
        """What is missing of it."""
        return max(self.balance - self.received, 0)


class Due(NamedTuple):
    """What is missing of a minimum, without the arrears in it, and when it was due."""

    due: int
    missing: int


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
    """

    name: str
    of: str
    principal: tuple[int, ...]
    fees: tuple[int, ...]
    interest: tuple[int, ...]
    number: int
    total: int
    fee: int


class LineState(NamedTuple):
    """
    What a line is between two events.

    Attributes:
        line: The terms in force.
        rules: What they say, as integers.
        day: The day whose beginning is past.
        cycle: The open cycle.
        window: The day on which the window of the next interest opened.
        rows: What is owed, in order.
        credit: What was paid beyond it.
        bills: The bills that are not decided, the oldest first.
        dues: What is missing of minimums, the oldest first.
        free: Whether what is posted has a free period.
        paid_in_row: How many bills in a row were paid in full.
        decided: How many bills were decided.
        missed: The number of the last whose minimum was missed, or nothing.
        plans: The plans of installments.
        limit: The limit.
        for_now: Another limit, and the last day it holds.
    """

    line: CreditLine
    rules: LineRules
    day: int
    cycle: CutCycle
    window: int
    rows: tuple[Row, ...]
    credit: int
    bills: tuple[Bill, ...]
    dues: tuple[Due, ...]
    free: bool
    paid_in_row: int
    decided: int
    missed: int
    plans: tuple[Plan, ...]
    limit: int
    for_now: tuple[int, int]

    @property
    def owed(self) -> int:
        """All that is owed."""
        return sum(sum(row.owed) for row in self.rows)

    @property
    def principal(self) -> int:
        """The principal that is owed."""
        return sum(row.owed[PRINCIPAL] for row in self.rows)

    @property
    def planned(self) -> int:
        """The principal of plans that is not yet added."""
        return sum(sum(plan.principal) for plan in self.plans)

    def limit_on(self, day: int) -> int:
        """Return the limit in force on a day."""
        units, until = self.for_now
        return units if day <= until else self.limit

    def days_past_due(self, day: int) -> int:
        """Return the days since the oldest minimum of which something is missing."""
        if not self.dues:
            return 0
        return max(day - self.dues[0].due, 0)


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
        stretches: What bore, row by row, where it is interest.
        bill: The bill that it is about, where it is about one.
    """

    day: int
    rule: str
    event: Event | None
    before: LineState
    after: LineState
    name: str = ""
    stretches: tuple[tuple[Stretch, ...], ...] = ()
    bill: Bill | None = None


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
        line,
        rules,
        day.toordinal(),
        cycle,
        before + rules.included,
        (),
        0,
        (),
        (),
        True,
        0,
        0,
        0,
        (),
        line.limit_units,
        (0, 0),
    )
