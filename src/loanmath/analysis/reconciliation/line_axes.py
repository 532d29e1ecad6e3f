"""The switches of a credit line that published rules differ in."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from attrs import evolve

from loanmath.analysis.conventions import Agreed, Choice, Convention
from loanmath.rounding import Rounding, RoundingMode
from loanmath.terms import (
    BearsFrom,
    BearsOn,
    ChargedPer,
    CreditLine,
    FreePeriod,
    JoinsCycle,
    LastDay,
    LineInterest,
    RepaymentDay,
)

__all__ = ["changed_line", "line_conventions"]

_SWITCHES: tuple[tuple[str, str, type[Enum], Enum | None], ...] = (
    ("bears from", "bears_from", BearsFrom, None),
    ("bears on", "bears_on", BearsOn, BearsOn.WHOLE),
    ("repayment day", "repayment_day", RepaymentDay, RepaymentDay.REDUCED),
    ("last day", "last_day", LastDay, LastDay.EXCLUDED),
    ("rounding place", "rounded", ChargedPer, ChargedPer.SEGMENT),
    ("free period", "free_period", FreePeriod, FreePeriod.KEPT),
)
"""Name, field, values, and what is taken where nothing is said."""

_MODES = (
    RoundingMode.HALF_UP,
    RoundingMode.HALF_EVEN,
    RoundingMode.UP,
    RoundingMode.DOWN,
)
_SHARED = ("repayment_day", "last_day", "rounded", "rounding")
"""What balances of a line have in common, where they agree with its purchases."""


def line_conventions(line: CreditLine) -> list[Convention]:
    """
    Return the switches of a line, each with its choices.

    Example:
        >>> line = CreditLine(currency="CNY", limit="5000", statement_day=1, due_day=9)
        >>> [one.name for one in line_conventions(line)]
        ['statement day joins']
    """
    joins = [Choice(one.value, {"statement_day_joins": one}) for one in JoinsCycle]
    in_force = line.statement_day_joins
    agreed = _agreed(by_default=in_force is JoinsCycle.NEXT)
    found = [Convention("statement day joins", in_force.value, agreed, joins)]
    if line.minimum is not None:
        found.append(_minimum_rounding(line.minimum.rounding))
    if line.interest is None:
        return found
    terms = line.interest
    for name, field, values, usual in _SWITCHES:
        value = getattr(terms, field)
        choices = [Choice(one.value, {field: one}) for one in values]
        agreed = _agreed(by_default=value is usual)
        found.append(Convention(name, value.value, agreed, choices))
    return [*found, _rounding_mode(terms)]


def _agreed(*, by_default: bool) -> Agreed:
    return Agreed.DEFAULT if by_default else Agreed.STATED


def _rounding_mode(terms: LineInterest) -> Convention:
    rule = terms.rounding or Rounding()
    choices = [
        Choice(mode.value, {"rounding": Rounding(mode, rule.unit)}) for mode in _MODES
    ]
    agreed = _agreed(by_default=rule.mode is RoundingMode.HALF_UP)
    return Convention("rounding mode", rule.mode.value, agreed, choices)


def _minimum_rounding(rule: Rounding | None) -> Convention:
    usual = rule or Rounding()
    modes = (RoundingMode.HALF_UP, RoundingMode.CEILING, RoundingMode.DOWN)
    choices = [
        Choice(mode.value, {"minimum": Rounding(mode, usual.unit)}) for mode in modes
    ]
    agreed = _agreed(by_default=usual.mode is RoundingMode.HALF_UP)
    return Convention("minimum rounding", usual.mode.value, agreed, choices)


def changed_line(line: CreditLine, choices: Iterable[Choice]) -> dict[str, Any]:
    """
    Return the fields of a line that choices change.

    What its purchases and another balance have in common changes for both.
    """
    minimum: Any = line.minimum
    words: dict[str, Any] = {}
    interest: dict[str, Any] = {}
    for choice in choices:
        for name, value in choice.terms.items():
            if name == "statement_day_joins":
                words[name] = value
            elif name == "minimum":
                words[name] = evolve(minimum, rounding=value)
            else:
                interest[name] = value
    if interest and line.interest is not None:
        words["interest"] = evolve(line.interest, **interest)
        words["segments"] = [
            evolve(
                segment,
                interest=_shared(segment.interest, line.interest, interest),
            )
            for segment in line.segments
        ]
    return words


def _shared(
    own: LineInterest, purchases: LineInterest, changes: dict[str, Any]
) -> LineInterest:
    return evolve(
        own,
        **{
            name: value
            for name, value in changes.items()
            if name in _SHARED and getattr(own, name) == getattr(purchases, name)
        },
    )
