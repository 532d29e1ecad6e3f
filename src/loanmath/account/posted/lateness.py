"""What lateness cost by the day: sums that grew, and how they were rounded and cut."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from loanmath.account.posted.change import NAMES, Booked, Change
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.rules import INTEREST, LatenessRule
from loanmath.ledger.transitions import held_back, posted_growth, rule_base
from loanmath.rounding import Rounding
from loanmath.schedule.derivation import Inputs
from loanmath.terms import PenaltyRounded

__all__ = ["ceilings", "derive_allowed", "derive_grace", "derive_lateness"]


def derive_lateness(booked: Booked) -> Iterator[Change]:
    """
    Yield what nights cost.

    Formula: for each rule and row, `round(sum after) - round(sum before)`, less what a
    ceiling cut off.
    """
    after = booked.after
    # A day that is counted ahead ends where the next begins.
    sums = _Sums(booked, after.since + after.ahead, after.since + after.ahead)
    yield from _within_ceilings(booked, list(sums.changes()))


def derive_grace(booked: Booked) -> Iterator[Change]:
    """Yield what days of grace held back, and is charged now that they are over."""
    sums = _Sums(booked, booked.day, booked.day + 1)
    yield from _within_ceilings(booked, list(sums.changes()))


class _Span(NamedTuple):
    rate: Fraction
    days: int


class _Sums(NamedTuple):
    """Two days whose exact sums are compared."""

    booked: Booked
    old_day: int
    new_day: int

    def changes(self) -> Iterator[Change]:
        """Yield the change that each rule makes to each row."""
        before, after = self.booked.before.sums, self.booked.after.sums
        for number, rule in enumerate(self.booked.course.rules):
            old = self._kept(rule, before[number], self.old_day)
            new = self._kept(rule, after[number], self.new_day)
            rows = range(len(old))
            bases = [rule_base(rule, self.booked.before, row) for row in rows]
            growth = posted_growth(INTEGERS, rule, old, new, enumerate(bases))
            for row, units in enumerate(growth):
                if units:
                    formula, inputs = self._derived(rule, row, old, new)
                    target = NAMES[rule.target]
                    yield Change(row, target, units, rule.name, formula, inputs)

    def _kept(self, rule: LatenessRule, sums: Sequence[int], day: int) -> Sequence[int]:
        return held_back(INTEGERS, rule, sums, self.booked.before.due, day)

    def _derived(
        self, rule: LatenessRule, row: int, old: Sequence[int], new: Sequence[int]
    ) -> tuple[str, Inputs]:
        """Return the formula of a row's change, and its inputs."""
        if self.old_day == self.new_day:
            growth, inputs = _growth(self.booked, rule, row)
        else:
            growth = "held_back"
            inputs = {
                "held_back": self._exact(rule, new[row] - old[row]),
                "grace_days": rule.held,
            }
        inputs["rounding"] = _rounding(self.booked, rule)
        if rule.per is PenaltyRounded.TOTAL:
            grown = sum(new) - sum(old) - (new[row] - old[row])
            inputs["other_rows"] = self._exact(rule, grown)
            inputs["sum_before"] = self._exact(rule, sum(old))
            growth += " + other_rows"
        elif growth == "held_back":
            return "round(held_back)", inputs
        elif rule.per is PenaltyRounded.DAY:
            return growth, inputs
        else:
            inputs["sum_before"] = self._exact(rule, old[row])
        return f"round(sum_before + {growth}) - round(sum_before)", inputs

    def _exact(self, rule: LatenessRule, numerator: int) -> Fraction:
        return self.booked.exact(numerator, rule.unit)


def _growth(booked: Booked, rule: LatenessRule, row: int) -> tuple[str, Inputs]:
    """Return the formula of what a row's sum grew by, and its inputs."""
    base = rule_base(rule, booked.before, row)
    inputs: Inputs = {"base": booked.amount(base)}
    spans, terms = _spans(booked, rule, row), []
    for number, span in enumerate(spans, start=1):
        place = "" if len(spans) == 1 else f"_{number}"
        inputs |= {f"rate{place}": span.rate, f"days{place}": span.days}
        if rule.per is PenaltyRounded.DAY:
            terms.append(f"days{place} * round(base * rate{place})")
        else:
            terms.append(f"base * rate{place} * days{place}")
    # A row may be charged for what the total grew by, and bear nothing itself that day.
    return " + ".join(terms) or "0", inputs


def _spans(booked: Booked, rule: LatenessRule, row: int) -> list[_Span]:
    """Return the days that a row bore a rule, rate by rate."""
    before, after = booked.before, booked.after
    due, since = before.due[row], before.since
    until = after.since + after.ahead
    first = max(due + rule.first, since + (due < since) * before.ahead)
    found = []
    for piece in rule.pieces:
        days = min(until, piece.until) - max(first, piece.since)
        if days > 0:
            found.append(_Span(Fraction(piece.rate, rule.unit), days))
    return found


def _rounding(booked: Booked, rule: LatenessRule) -> Rounding:
    loan = booked.course.loan
    if rule.target == INTEREST or loan.penalty is None:
        return loan.rounding
    return loan.penalty.rounding or loan.rounding


def ceilings(booked: Booked) -> str:
    """Return the names of the ceilings in force on the day."""
    found = []
    for cap in booked.course.loan.servicing.caps:
        since = 0 if cap.since is None else cap.since.toordinal()
        if since <= booked.day and (
            cap.until is None or booked.day < cap.until.toordinal()
        ):
            found.append(cap.name)
    # Two ceilings may have one name, where one follows the other.
    return ", ".join(dict.fromkeys(found))


def _within_ceilings(booked: Booked, changes: list[Change]) -> Iterator[Change]:
    """Yield changes less what a ceiling cut off."""
    if not booked.course.loan.servicing.caps:
        yield from changes
        return
    by_balance: defaultdict[tuple[int, int], list[Change]] = defaultdict(list)
    for change in changes:
        by_balance[NAMES.index(change.component), change.row].append(change)
    moved = {
        (moved.component, moved.row): moved.new - moved.old for moved in booked.moved()
    }
    for balance in sorted({*by_balance, *moved}):
        wanted = sum(change.units for change in by_balance[balance])
        charged = moved.get(balance, 0)
        yield from _cut(booked, by_balance[balance], wanted - charged)


def _backlog(booked: Booked, component: int) -> int:
    backlog = booked.entry.before.charged.backlog
    return sum(units for place, units in backlog if place == component)


def _cut(booked: Booked, changes: list[Change], cut: int) -> list[Change]:
    """Return changes of one balance less what was cut off, the last ones first."""
    found: list[Change] = []
    for change in reversed(changes):
        taken = min(cut, max(change.units, 0))
        cut -= taken
        if taken == change.units:
            continue
        if taken:
            inputs = change.inputs | {
                "cut_off": booked.amount(taken),
                "ceiling": ceilings(booked),
            }
            change = change._replace(  # noqa: PLW2901 the same change, cut
                units=change.units - taken,
                formula=f"{change.formula} - cut_off",
                inputs=inputs,
            )
        found.append(change)
    return found[::-1]


def derive_allowed(booked: Booked) -> Iterator[Change]:
    """Yield what was cut off earlier, and a ceiling allows now."""
    caps = booked.course.loan.servicing.caps
    for moved in booked.moved():
        units, component = moved.new - moved.old, moved.component
        inputs: Inputs = {
            "allowed": booked.amount(units),
            "backlog": booked.amount(_backlog(booked, component)),
            "ceiling": ", ".join(dict.fromkeys(cap.name for cap in caps)),
        }
        rule = booked.entry.rule
        yield Change(moved.row, NAMES[component], units, rule, "allowed", inputs)
