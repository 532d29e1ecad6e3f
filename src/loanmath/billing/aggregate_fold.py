"""The days of a line as sums: each bill decided in time, each cycle cut in time."""

from datetime import date
from typing import NamedTuple

from loanmath.billing.aggregate_cut import cut
from loanmath.billing.aggregate_interest import pass_due
from loanmath.billing.aggregate_rules import AggregateRules, aggregate_rules
from loanmath.billing.aggregate_steps import decide
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
        state: What is owed, and how it came about.
        stops: The next day on which the terms do something.
        line: The terms.
        rules: What they say.
        cycle: The open cycle.
        cycles: The cycles that were cut, the oldest first.
        bills: Their bills, as they were cut.
    """

    state: Aggregates
    stops: int
    line: CreditLine
    rules: AggregateRules
    cycle: CutCycle
    cycles: tuple[CutCycle, ...]
    bills: tuple[CutBill, ...]

    def with_state(self, state: Aggregates) -> "Kept":
        """Return a line in another state, as an event of the day leaves it."""
        return Kept(state, *self[1:])


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
    return Kept(opening(rules, limit), cycle.cut, line, rules, cycle, (), ())


def pass_days(x: Carrier, kept: Kept, day: int) -> Kept:
    """
    Return a line once all that the terms do until the events of a day is done.

    Raises:
        TermsError: If a bill is decided only after the next one is made.
    """
    while kept.stops <= day:
        state, rules, cycle = kept.state, kept.rules, kept.cycle
        bill = state.bill
        if bill is None:
            kept = _cut(kept, cut(x, rules, state, cycle))
        elif rules.partly and bill.part is None:
            state = pass_due(x, rules, state, bill)
            kept = kept._replace(state=state, stops=bill.due + rules.grace + 1)
        else:
            state = decide(x, rules, state, bill, kept.stops)
            kept = kept._replace(state=state, stops=cycle.cut)
    return kept


def _cut(kept: Kept, state: Aggregates) -> Kept:
    """Return a line with its next cycle open, and its bill to be decided in time."""
    line, rules, cycle = kept.line, kept.rules, kept.cycle
    statement = add_months(
        date.fromordinal(cycle.statement), 1, roll_day=line.statement_day
    )
    following = cut_cycle(billed_on(line, statement))._replace(start=cycle.cut)
    decided = cycle.due + rules.grace + 1
    if decided > min(following.cut, following.statement + rules.included):
        raise _due_too_late(cycle.due, following)
    bills = kept.bills if state.bill is None else (*kept.bills, state.bill)
    cycles = (*kept.cycles, cycle)
    stops = cycle.due + 1 if rules.partly else decided
    return Kept(state, stops, line, rules, following, cycles, bills)


def _due_too_late(due: int, cycle: CutCycle) -> TermsError:
    return TermsError(
        "due day of a line as aggregates",
        got=f"{date.fromordinal(due)}, with days of grace after it",
        allowed=f"in time for the bill of {date.fromordinal(cycle.statement)}",
        do="keep these accounts one by one, by LineAccount",
    )
