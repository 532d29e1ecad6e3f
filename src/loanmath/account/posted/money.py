"""Where money went: payments, credit used, and what was taken back."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple, cast

from loanmath.account.posted.change import (
    ACCOUNT,
    CREDIT,
    EVENT,
    LOST,
    NAMES,
    Booked,
    Change,
)
from loanmath.events import Charge
from loanmath.ledger.carrier import INTEGERS
from loanmath.ledger.days import late_on
from loanmath.ledger.fold import cleared_by
from loanmath.ledger.paying import future_of
from loanmath.ledger.receipt import Receipt
from loanmath.ledger.rules import FEE, PRINCIPAL, Pass
from loanmath.ledger.state import Entry
from loanmath.schedule.derivation import HOUSE, Inputs
from loanmath.terms import FutureRule, PrepaymentEffect, Standing

if TYPE_CHECKING:
    from loanmath.events import Chargeback, Payment, Refund, Reversal
    from loanmath.ledger.undoing import Cleared

__all__ = [
    "derive_credit_applied",
    "derive_payment",
    "derive_payout",
    "derive_recovery",
    "derive_undone",
]

DESIGNATED = "The payer's designation"

_MAIN = ("money",)
_FEE = ("fee",)
_PREPAID = ("prepaid",)


class _Slot(NamedTuple):
    """A balance that a payment reached, and the purse that it is cleared from."""

    standing: Standing
    component: int
    row: int
    purse: tuple[object, ...] = _MAIN


class _Cleared:
    """What an entry cleared, and what of it is not yet told."""

    def __init__(self, booked: Booked) -> None:
        self.booked = booked
        self.taken = {
            (moved.component, moved.row): moved.old - moved.new
            for moved in booked.moved()
        }
        self.total = sum(self.taken.values())
        self._left = dict(self.taken)

    def changes(
        self, slots: Iterable[_Slot], purses: dict[tuple[object, ...], int], source: str
    ) -> Iterator[Change]:
        """Yield what each slot took from its purse, in order."""
        rule = self.booked.entry.rule
        for slot in slots:
            units = self._left.pop((slot.component, slot.row), 0)
            if not units:
                continue
            if slot.purse == _FEE:
                inputs: Inputs = {"fee": self.booked.amount(units)}
                formula = "-fee"
            else:
                owed = self.booked.before.segment[slot.component][slot.row]
                inputs = {
                    "money": self.booked.amount(purses[slot.purse]),
                    "owed": self.booked.amount(owed),
                }
                formula = "-min(money, owed)"
            for purse in {slot.purse, _MAIN}:
                purses[purse] -= units
            inputs["slot"] = f"{slot.standing.value}.{NAMES[slot.component]}"
            yield Change(
                slot.row, NAMES[slot.component], -units, rule, formula, inputs, source
            )


def _table(booked: Booked, receipt: Receipt) -> Iterable[Pass]:
    late = late_on(booked.course, booked.entry.before, booked.day)
    tiers = booked.course.tables(receipt.kind, receipt.order)
    return [table for least, table in tiers if least <= late][-1]


def derive_payment(booked: Booked) -> Iterator[Change]:
    """Yield what a payment cleared, slot after slot, and what was left of it."""
    event = cast("Payment | Refund", booked.entry.event)
    cleared = _Cleared(booked)
    receipt = Receipt.of(booked.course, event)
    source = DESIGNATED if _is_designated(receipt) else HOUSE
    if not any(map(any, booked.after.segment)):
        yield from _settled(booked)
    else:
        slots = list(_slots(booked, receipt))
        yield from cleared.changes(slots, _purses(cleared, receipt, slots), source)
    credit = booked.after.credit - booked.before.credit
    if credit:
        inputs: Inputs = {
            "cleared": booked.amount(cleared.total),
            "paid": booked.amount(receipt.amount),
        }
        yield Change(ACCOUNT, CREDIT, -credit, "payment", "cleared - paid", inputs)


def _is_designated(receipt: Receipt) -> bool:
    return bool(receipt.order or receipt.split or receipt.rows or receipt.effect)


def _settled(booked: Booked) -> Iterator[Change]:
    for moved in booked.moved():
        inputs: Inputs = {"owed": booked.amount(moved.old)}
        yield Change(
            moved.row, NAMES[moved.component], -moved.old, "payment", "-owed", inputs
        )


def _purses(
    cleared: _Cleared, receipt: Receipt, slots: list[_Slot]
) -> dict[tuple[object, ...], int]:
    """Return the money that each purse holds at first."""
    purses: dict[tuple[object, ...], int] = {_MAIN: receipt.amount}
    purses |= {("split", component): units for component, units in receipt.split}
    for slot in slots:
        if slot.purse != _MAIN and slot.purse[0] != "split":
            units = cleared.taken.get((slot.component, slot.row), 0)
            purses[slot.purse] = purses.get(slot.purse, 0) + units
    return purses


def _slots(booked: Booked, receipt: Receipt) -> Iterator[_Slot]:
    """Yield the slots of a payment in the order that they are cleared in."""
    if receipt.split:
        for component, _ in receipt.split:
            for standing in Standing:
                for row in INTEGERS.rows(standing, booked.before.due, booked.day):
                    yield _Slot(standing, component, row, ("split", component))
        return
    future = future_of(booked.course, receipt)
    table = _table(booked, receipt)
    if future is FutureRule.SPREAD:
        table = _joined(table)
    for number, (standing, components) in enumerate(table):
        shares = standing is Standing.IN_ADVANCE and future is FutureRule.SPREAD
        for row in _rows(booked, receipt, standing, future):
            purse: tuple[object, ...] = ("share", number, row) if shares else _MAIN
            for component in components:
                yield _Slot(standing, component, row, purse)
    if future is FutureRule.PRINCIPAL:
        yield from _prepaid(booked, receipt)


def _joined(table: Iterable[Pass]) -> Iterator[Pass]:
    """Yield passes, those in advance that follow each other as one: a row at a time."""
    for standing, run in groupby(table, key=_standing):
        if standing is Standing.IN_ADVANCE:
            yield Pass(standing, tuple(chain(*(part.components for part in run))))
        else:
            yield from run


def _standing(part: Pass) -> Standing:
    return part.standing


def _prepaid(booked: Booked, receipt: Receipt) -> Iterator[_Slot]:
    """Yield the slots of a prepayment of principal: its fee, then the principal."""
    terms = booked.course.loan.servicing.prepayment
    rows = list(INTEGERS.rows(Standing.IN_ADVANCE, booked.before.due, booked.day))
    if rows:
        yield _Slot(Standing.IN_ADVANCE, FEE, rows[0], _FEE)
    nearest = (receipt.effect or terms.effect) is PrepaymentEffect.NEXT
    for row in rows if nearest else rows[::-1]:
        yield _Slot(Standing.IN_ADVANCE, PRINCIPAL, row, _PREPAID)


def _rows(
    booked: Booked, receipt: Receipt, standing: Standing, future: FutureRule
) -> list[int]:
    rows = list(INTEGERS.rows(standing, booked.before.due, booked.day))
    if receipt.rows:
        rows = [row for row in rows if row in receipt.rows]
    if standing is Standing.IN_ADVANCE:
        if future in (FutureRule.PRINCIPAL, FutureRule.CREDIT):
            return []
        if future is FutureRule.LAST:
            rows.reverse()
        elif future is FutureRule.NEXT_LAST:
            rows = rows[:1] + rows[:0:-1]
    return rows


def derive_credit_applied(booked: Booked) -> Iterator[Change]:
    """Yield what a credit balance cleared of what fell due, or of a charge."""
    cleared, event = _Cleared(booked), booked.entry.event
    if isinstance(event, Charge):
        yield _charge_paid(booked, event)
    else:
        yield from _fallen_due(booked, cleared)
    if cleared.total:
        inputs: Inputs = {"cleared": booked.amount(cleared.total)}
        yield Change(
            ACCOUNT, CREDIT, cleared.total, "credit applied", "cleared", inputs
        )


def _charge_paid(booked: Booked, charge: Charge) -> Change:
    """Return what a credit balance paid of a charge as it was made."""
    [moved] = booked.moved()
    [standing] = [
        standing
        for standing in Standing
        if moved.row in INTEGERS.rows(standing, booked.before.due, booked.day)
    ]
    component = NAMES[moved.component]
    inputs: Inputs = {
        "credit": booked.amount(booked.before.credit),
        "charge": booked.amount(booked.course.units(charge.amount, "charge")),
        "slot": f"{standing.value}.{component}",
    }
    paid = moved.old - moved.new
    formula = "-min(credit, charge)"
    return Change(moved.row, component, -paid, "credit applied", formula, inputs)


def _fallen_due(booked: Booked, cleared: _Cleared) -> Iterator[Change]:
    """Yield what a credit balance cleared of what fell due."""
    receipt = Receipt("", booked.day, booked.before.credit, "payment", (), (), (), None)
    slots = [
        _Slot(standing, component, row)
        for standing, components in _table(booked, receipt)
        if standing is not Standing.IN_ADVANCE
        for row in INTEGERS.rows(standing, booked.before.due, booked.day)
        for component in components
    ]
    yield from cleared.changes(slots, {_MAIN: receipt.amount}, HOUSE)


def derive_undone(booked: Booked) -> Iterator[Change]:
    """
    Yield what is owed again because a payment was taken back.

    All of a part is owed again, or the rest of what is taken back, which comes last.
    """
    event = cast("Reversal | Chargeback", booked.entry.event)
    rest, known = _taken_back(booked.entry), booked.earlier
    if not rest:
        # Of what never happened, nothing is left to undo.
        return
    paid_in, step = known.payments[event.of]
    # The ledger has refused to take back what was no payment.
    found = cast("Cleared", cleared_by(step))
    for entry in known.undone.get(event.of, ()):
        if entry.rule in ("reversal", "chargeback"):
            found = found.without(_taken_back(entry))
    credit = booked.before.credit - booked.after.credit
    if credit:
        amounts = (rest, "credited", found.credit)
        yield _again(booked, ACCOUNT, CREDIT, credit, amounts)
        rest -= credit
    for component, line, cleared in reversed(found.parts):
        units = min(rest, cleared)
        if not units:
            break
        row, amounts = known.row_now(line, paid_in), (rest, "cleared", cleared)
        yield _again(booked, row, NAMES[component], units, amounts)
        rest -= units


def _taken_back(entry: Entry) -> int:
    """Return the money that an entry took back, in units."""
    before, after = entry.before.balances, entry.after.balances
    owed_again = sum(map(sum, after.segment)) - sum(map(sum, before.segment))
    return int(owed_again + before.credit - after.credit)


def _again(
    booked: Booked, row: int, component: str, units: int, amounts: tuple[int, str, int]
) -> Change:
    event = cast("Reversal | Chargeback", booked.entry.event)
    rest, name, had = amounts
    inputs: Inputs = {
        "rest": booked.amount(rest),
        name: booked.amount(had),
        "of": event.of,
    }
    formula = f"min(rest, {name})"
    return Change(row, component, units, booked.entry.rule, formula, inputs, EVENT)


def derive_payout(booked: Booked) -> Iterator[Change]:
    """Yield a credit balance paid back."""
    units = booked.before.credit - booked.after.credit
    inputs: Inputs = {"paid": booked.amount(units)}
    if units:
        yield Change(ACCOUNT, CREDIT, units, "payout", "paid", inputs, EVENT)


def derive_recovery(booked: Booked) -> Iterator[Change]:
    """Yield money received on what was written off."""
    before, after = booked.entry.before.written_off, booked.entry.after.written_off
    units = (before or 0) - (after or 0)
    inputs: Inputs = {"recovered": booked.amount(units)}
    if units:
        yield Change(ACCOUNT, LOST, -units, "recovery", "-recovered", inputs, EVENT)
