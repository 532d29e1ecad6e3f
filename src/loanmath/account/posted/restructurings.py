"""Restructured plans and their breach: what each moves, row by row."""

from collections.abc import Iterator

from loanmath.account.posted.change import ACCOUNT, CREDIT, NAMES, Booked, Change
from loanmath.ledger.chapters import rows_kept
from loanmath.ledger.rules import FEE, INTEREST
from loanmath.schedule.derivation import Inputs

__all__ = ["derive_breach", "derive_restructuring"]


def derive_restructuring(booked: Booked) -> Iterator[Change]:
    """
    Yield what concessions took off each row that stays, then the rows of the plan.

    Formula: less what was forgiven, capitalized, re-aged or frozen, concession by
    concession; and what rows owe by the plan, with what is frozen, less what rows that
    it replaces owed.
    """
    entry = booked.entry
    kept = rows_kept(entry.before, booked.day)
    for move in entry.moves:
        if move.row < kept:
            inputs: Inputs = {move.what: booked.amount(move.units)}
            name, units = NAMES[move.component], -move.units
            yield _change(booked, (move.row, name, units), f"-{move.what}", inputs)
    yield from _planned(booked, kept)


def _planned(booked: Booked, kept: int) -> Iterator[Change]:
    first = booked.entry.after.course.arrears
    for row, component, old, new in _differing(booked, kept):
        owes, inputs = ("carried" if row < first and new else "planned"), Inputs()
        frozen = 0
        if new and row >= first:
            frozen = _frozen(booked, row, component)
        formula = f"{owes} + frozen - owed" if frozen else f"{owes} - owed"
        inputs[owes] = booked.amount(new - frozen)
        if frozen:
            inputs["frozen"] = booked.amount(frozen)
        inputs["owed"] = booked.amount(old)
        yield _change(booked, (row, NAMES[component], new - old), formula, inputs)


def _frozen(booked: Booked, row: int, component: int) -> int:
    """Return what is frozen on a row of the plan."""
    after = booked.after
    if component == INTEREST:
        return int(after.carried[row])
    if component == FEE:
        return int(after.segment.fee[row] - after.planned[0][row])
    return 0


def derive_breach(booked: Booked) -> Iterator[Change]:
    """
    Yield what is owed without the plan, less what was owed by it.

    Formula: what the events since the plan began make of what was owed then, by the
    terms as they were.
    """
    for row, component, old, new in _differing(booked, 0):
        inputs: Inputs = {
            "reinstated": booked.amount(new),
            "owed": booked.amount(old),
        }
        yield _change(
            booked, (row, NAMES[component], new - old), "reinstated - owed", inputs
        )
    old, new = booked.before.credit, booked.after.credit
    if old != new:
        inputs = {"before": booked.amount(old), "after": booked.amount(new)}
        yield _change(booked, (ACCOUNT, CREDIT, old - new), "before - after", inputs)


def _differing(booked: Booked, first: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield row, component, and what was and is owed, where the two differ."""
    before, after = booked.before, booked.after
    for row in range(first, max(len(before.due), len(after.due))):
        for component in range(len(NAMES)):
            old, new = (
                column[component][row] if row < len(column[component]) else 0
                for column in (before.segment, after.segment)
            )
            if old != new:
                yield row, component, old, new


def _change(
    booked: Booked, moved: tuple[int, str, int], formula: str, inputs: Inputs
) -> Change:
    row, name, units = moved
    return Change(row, name, units, booked.entry.rule, formula, inputs)
