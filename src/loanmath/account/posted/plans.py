"""Rows that were planned anew: what they owe then, and what they owed before."""

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from loanmath.account.posted.change import NAMES, Booked, Change, Moved
from loanmath.events import Disbursement
from loanmath.ledger.recast import STATES_PRINCIPAL, stands_still
from loanmath.ledger.row_fees import fee_base
from loanmath.ledger.rules import FEE, INTEREST
from loanmath.ledger.state import PERIOD_ENDED, STANDSTILL
from loanmath.schedule.derivation import Inputs
from loanmath.terms.fees import fee_rule

__all__ = [
    "derive_disbursement",
    "derive_replanned",
    "derive_restored",
    "derive_row_added",
    "derive_terms_change",
]


def derive_replanned(booked: Booked) -> Iterator[Change]:
    """
    Yield what rows in advance owe by their new plan, less what they owed.

    Formula: `interest = round(accrued + balance * growth)`, where what was prepaid may
    still bear beside the balance, and the payment less interest, or the principal that
    the method states.
    """
    rows = _rows(booked)
    for moved in booked.moved():
        yield _planned_anew(booked, moved, rows)


def derive_disbursement(booked: Booked) -> Iterator[Change]:
    """
    Yield what rows owe once an amount is drawn: as agreed, or planned for it.

    Formula: what is due at once is an amount, or `round(share * amount)`.
    """
    event = cast("Disbursement", booked.entry.event)
    # Its row is the last that is due by then.
    at_once = booked.fallen_due - 1 if event.down_payment else None
    whole = booked.entry.after.drawn == booked.course.loan.principal_units
    whole &= booked.day == booked.course.loan.disbursed.toordinal()
    whole &= booked.entry.before.drawn == 0
    rows = [] if whole else _rows(booked)
    agreed = booked.course.opening.segment
    for moved in booked.moved():
        if moved.row in rows:
            yield _planned_anew(booked, moved, rows)
            continue
        if moved.row == at_once:
            yield _due_at_once(booked, moved, event)
            continue
        inputs: Inputs = {"planned": booked.amount(agreed[moved.component][moved.row])}
        yield _change(booked, moved, "planned", inputs)


def _due_at_once(booked: Booked, moved: Moved, event: Disbursement) -> Change:
    if isinstance(event.down_payment, Fraction):
        inputs: Inputs = {
            "share": event.down_payment,
            "amount": event.amount,
            "rounding": booked.course.loan.rounding,
        }
        return _change(booked, moved, "round(share * amount)", inputs)
    inputs = {"down_payment": event.down_payment}
    return _change(booked, moved, "down_payment", inputs)


def derive_restored(booked: Booked) -> Iterator[Change]:
    """Yield what a settlement had dropped, and its reversal makes owed again."""
    for moved in booked.moved():
        inputs: Inputs = {"dropped": booked.amount(moved.new - moved.old)}
        yield _change(booked, moved, "dropped", inputs)


def derive_row_added(booked: Booked) -> Iterator[Change]:
    """Yield what the rows behind a new one owe: what the row before them owed."""
    before, after = booked.before.segment, booked.after.segment
    for component, (old, new) in enumerate(zip(before, after, strict=True)):
        for row, (owed, moved) in enumerate(zip((*old, 0), new, strict=True)):
            if owed != moved:
                inputs: Inputs = {
                    "moved": booked.amount(moved),
                    "owed": booked.amount(owed),
                }
                yield _change(
                    booked, Moved(component, row, owed, moved), "moved - owed", inputs
                )


def derive_terms_change(booked: Booked) -> Iterator[Change]:
    """
    Yield what rows owe by new terms, less what rows that they replace owed.

    Formula: contract interest that was earned to the day falls due with the first new
    row, on a row of its own.
    """
    before, after = booked.before, booked.after
    kept = booked.course.current_row(booked.day)
    for row in range(kept, max(len(before.due), len(after.due))):
        for component in range(len(NAMES)):
            old, new = (
                column[component][row] if row < len(column[component]) else 0
                for column in (before.segment, after.segment)
            )
            if old == new:
                continue
            is_earned = (
                component == INTEREST and row < booked.entry.after.course.arrears
            )
            owes = "earned" if is_earned else "planned"
            inputs: Inputs = {owes: booked.amount(new), "owed": booked.amount(old)}
            moved = Moved(component, row, old, new)
            yield _change(booked, moved, f"{owes} - owed", inputs)


def _current(booked: Booked) -> int:
    """Return the row whose period the day lies in, or ends on where it is told of."""
    ending = booked.entry.name == PERIOD_ENDED
    return booked.course.current_row(booked.day - ending)


def _rows(booked: Booked) -> list[int]:
    current, due = _current(booked), booked.before.due
    ending = booked.entry.name == PERIOD_ENDED
    return [
        row
        for row in range(len(due))
        if row >= current
        and row not in booked.course.apart
        and (due[row] > booked.day or (ending and due[row] == booked.day))
    ]


def _change(booked: Booked, moved: Moved, formula: str, inputs: Inputs) -> Change:
    return Change(
        moved.row,
        NAMES[moved.component],
        moved.new - moved.old,
        booked.entry.rule,
        formula,
        inputs,
    )


def _planned_anew(booked: Booked, moved: Moved, rows: list[int]) -> Change:
    inputs: Inputs = {"owed": booked.amount(moved.old)}
    if moved.component == INTEREST:
        formula = _interest(booked, moved.row, rows, inputs)
    elif moved.component == FEE:
        formula = _fee(booked, moved.row, inputs)
    else:
        formula = _principal(booked, moved, rows, inputs)
    return _change(booked, moved, f"{formula} - owed", inputs)


def _balance(booked: Booked, row: int, rows: list[int]) -> int:
    """Return the principal that a row of the new plan opens with."""
    principal = booked.after.segment.principal
    return sum(principal[other] for other in rows if other >= row)


def _interest(booked: Booked, row: int, rows: list[int], inputs: Inputs) -> str:
    """Return the formula of a row's interest, and note its inputs."""
    course, after = booked.course, booked.after
    growth, plan_row = course.growth, course.plan_row(row)
    scale, formula = growth.whole(plan_row), "balance * growth"
    factor = growth.factors[plan_row] * growth.left(plan_row, booked.day)
    if row == _current(booked):
        if after.prepaid:
            inputs["prepaid"] = booked.amount(after.prepaid)
            formula = "(balance + prepaid) * growth"
        inputs["accrued"] = booked.exact(after.accrued, growth.unit * scale)
        formula = f"accrued + {formula}"
    if stands_still(course, after) or booked.entry.name == STANDSTILL:
        factor = 0
    inputs |= {
        "balance": booked.amount(_balance(booked, row, rows)),
        "growth": Fraction(factor, growth.unit * scale),
        "rounding": course.loan.rounding,
    }
    return _shared_out(booked, row, f"round({formula})", inputs)


def _fee(booked: Booked, row: int, inputs: Inputs) -> str:
    """Return the formula of what a row owes of fees that follow it."""
    course, loan = booked.course, booked.course.loan
    old, new = booked.before.planned[0][row], booked.after.planned[0][row]
    inputs["planned"] = booked.amount(old)
    shares = course.fees[course.plan_row(row)].shares
    if len(shares) != 1:
        inputs["fees"] = booked.amount(new)
        return "max(owed + fees - planned, 0)"
    [fee] = shares
    base = fee_base(fee, course, booked.after, row)
    charged = sum(fee_rule(fee, loan.digits, loan.rounding)(base))
    inputs |= {
        "fixed": booked.amount(new - charged),
        "share": cast("Fraction", fee.amount),
        "base": booked.amount(base),
        "tax": fee.tax or Fraction(0),
        "rounding": fee.rounding or loan.rounding,
    }
    part = "round(share * base)"
    return f"max(owed + fixed + {part} + round(tax * {part}) - planned, 0)"


def _shared_out(booked: Booked, row: int, formula: str, inputs: Inputs) -> str:
    """Return the formula of what a row owes of interest that periods share."""
    after = booked.after
    carried, early = after.carried[row], after.early[row]
    if carried:
        inputs["carried"] = booked.amount(carried)
        formula += " + carried"
    if early:
        inputs["paid_early"] = booked.amount(early)
        formula = f"max({formula} - paid_early, 0)"
    return formula


def _principal(booked: Booked, moved: Moved, rows: list[int], inputs: Inputs) -> str:
    """Return the formula of a row's principal, and note its inputs."""
    row, course = moved.row, booked.course
    states = isinstance(course.loan.repayment, STATES_PRINCIPAL)
    if states or not course.growth.replans:
        inputs["planned"] = booked.amount(moved.new)
        return "planned"
    inputs["balance"] = booked.amount(_balance(booked, row, rows))
    if row == rows[-1]:
        return "balance"
    interest = booked.after.segment.interest[row]
    inputs["payment"] = booked.amount(moved.new + interest)
    inputs["interest"] = booked.amount(interest)
    return "min(payment - interest, balance)"
