"""The days of a line as sums: each bill decided in time, each cycle cut in time."""

from datetime import date
from typing import NamedTuple

from loanmath.billing.aggregate_rules import AggregateRules, aggregate_rules
from loanmath.billing.aggregate_steps import cut, decide
from loanmath.billing.aggregates import Aggregates, CutBill, opening
from loanmath.billing.line_state import CutCycle, cut_cycle
from loanmath.errors import TermsError
from loanmath.ledger.carrier import Amount, Carrier
from loanmath.recurrence import add_months
from loanmath.terms.lines import CreditLine
from loanmath.terms.lines.cycles import billed_on

__all__ = ["Kept", "open_line", "pass_days"]


class Kept(NamedTuple):
    """
    A line as sums, on a day.

    Attributes:
        line: The terms.
        rules: What they say.
        cycle: The open cycle.
        state: What is owed, and how it came about.
        cycles: The cycles that were cut, the oldest first.
        bills: Their bills, as they were cut.
    """

    line: CreditLine
    rules: AggregateRules
    cycle: CutCycle
    state: Aggregates
    cycles: tuple[CutCycle, ...]
    bills: tuple[CutBill, ...]


def open_line(line: CreditLine, on: date, limit: Amount) -> Kept:
    """
    Return a line on the day that it is opened.

    Args:
        line: The terms.
        on: The day.
        limit: The limit, in units, above zero.

    Raises:
        TermsError: If sums cannot hold a term of it.
    """
    rules = aggregate_rules(line)
    cycle = cut_cycle(line.cycle_of(on))
    return Kept(line, rules, cycle, opening(rules, limit), (), ())


def pass_days(x: Carrier, kept: Kept, day: int) -> Kept:
    """
    Return a line once all that the terms do until the events of a day is done.

    Raises:
        TermsError: If a bill is decided only after the next one is made.
    """
    while True:
        state, cycle, rules = kept.state, kept.cycle, kept.rules
        if state.bill is not None:
            decided = state.bill.due + rules.grace + 1
            if decided > min(cycle.cut, cycle.statement + rules.included):
                raise _due_too_late(state.bill.due, cycle)
            if decided <= day:
                state = decide(x, rules, state, state.bill, decided)
                kept = kept._replace(state=state)
        if cycle.cut > day:
            return kept
        kept = _cut(kept, cut(x, rules, state, cycle))


def _due_too_late(due: int, cycle: CutCycle) -> TermsError:
    return TermsError(
        "due day of a line as aggregates",
        got=f"{date.fromordinal(due)}, with days of grace after it",
        allowed=f"in time for the bill of {date.fromordinal(cycle.statement)}",
        do="keep these accounts one by one, by LineAccount",
    )


def _cut(kept: Kept, state: Aggregates) -> Kept:
    line, cycle = kept.line, kept.cycle
    statement = add_months(
        date.fromordinal(cycle.statement), 1, roll_day=line.statement_day
    )
    bills = kept.bills if state.bill is None else (*kept.bills, state.bill)
    return kept._replace(
        cycle=cut_cycle(billed_on(line, statement))._replace(start=cycle.cut),
        state=state,
        cycles=(*kept.cycles, cycle),
        bills=bills,
    )
