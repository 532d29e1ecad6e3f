"""
The general model: one slow walk over the rows of a loan with any terms.

Payments that are solved are solved by linearity: the same walk without any rounding,
once for a payment of zero and once for a payment of one, leaves balances that are an
affine function of the payment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from math import floor

from oracle.agreement import Agreement, RatePath, owed_at_start
from oracle.planner import RefusedError, Rule
from oracle.timeline import Slot, drawn_on, earned

ZERO = Fraction(0)


@dataclass(frozen=True)
class Line:
    """A row of the schedule, its columns in the library's order."""

    number: int
    start: date
    end: date
    due: date
    opening: Fraction
    payment: Fraction
    principal: Fraction
    interest: Fraction
    fee: Fraction
    closing: Fraction
    tax: Fraction = ZERO
    drawn: Fraction = ZERO
    capitalized: Fraction = ZERO
    installment: int | None = field(default=None, compare=False)
    pays: bool = field(default=True, compare=False)


@dataclass
class State:
    """Where a walk stands: what is owed, and interest that is not yet due, exact."""

    owed: Fraction
    accrued: Fraction = ZERO

    def due_interest(self, slot: Slot, rule: Rule) -> Fraction:
        """Interest that falls due as a row ends, rounded; it starts anew."""
        if not slot.is_due:
            return ZERO
        interest, self.accrued = rule(self.accrued), ZERO
        return interest


@dataclass(frozen=True)
class Walk:
    """
    The rows of a loan and the rates it is walked with.

    `on_top` is the rounded interest of a broken period that is added to the first
    installment; nothing of it accrues in the walk.
    """

    terms: Agreement
    slots: Sequence[Slot]
    path: RatePath
    on_top: Fraction = ZERO

    def accrue(self, slot: Slot, state: State) -> None:
        if slot.accrues:
            state.accrued += earned(self.terms, slot, self.path, state.owed)
        state.owed += drawn_on(self.terms, slot.start, slot.end)


# --- payments by linearity --------------------------------------------------------------


Paying = Callable[[int], Fraction]


def left_over(
    walk: Walk, first: int, state: State, path: RatePath, paying: Paying
) -> Fraction:
    """What payments leave owed in the end, from a row on, nothing rounded."""
    terms = walk.terms
    name = terms.sized_by if terms.method == "level" else None
    owed, accrued = state.owed, state.accrued
    for slot in walk.slots[first:]:
        if slot.accrues:
            accrued += earned(terms, slot, path, owed, name)
        owed += drawn_on(terms, slot.start, slot.end)
        if slot.interest == "capitalize":
            owed, accrued = owed + accrued, ZERO
        interest = ZERO
        if slot.is_due:
            interest, accrued = accrued, ZERO
        if slot.pays:
            owed -= paying(slot.number or 0) - interest
    return owed + accrued


def solved(
    walk: Walk,
    first: int,
    state: State,
    path: RatePath,
    shape: Callable[[int, Fraction], Fraction],
) -> Fraction:
    """
    The exact payment that leaves the balloon, given how payments follow from it.

    Zero where it is never paid, so that no amount follows from it.
    """
    none = left_over(walk, first, state, path, lambda number: shape(number, ZERO))
    one = left_over(walk, first, state, path, lambda number: shape(number, Fraction(1)))
    if none == one:
        return ZERO
    return (none - (walk.terms.balloon or ZERO)) / (none - one)


def level_shape(number: int, payment: Fraction) -> Fraction:
    return payment


def payment_rule(terms: Agreement) -> Rule:
    return terms.payment_rule or terms.rule


# --- what an installment repays ---------------------------------------------------------


class Payer:
    """How much principal each installment repays; told of every row as it goes."""

    ends_when_repaid = False

    def begin(self, index: int, state: State) -> None:
        """A row opens."""

    def changed(self, state: State) -> None:
        """Something was drawn or joined the principal in the row that ends."""

    def principal(self, slot: Slot, owed: Fraction, interest: Fraction) -> Fraction:
        raise NotImplementedError


@dataclass
class ByPayment(Payer):
    """Payments by number, interest first."""

    paying: Paying
    ends_when_repaid: bool = False
    first_closing: Fraction | None = None
    started: bool = False

    def principal(self, slot: Slot, owed: Fraction, interest: Fraction) -> Fraction:
        if not self.started:
            self.started = True
            if self.first_closing is not None:
                return owed - self.first_closing
        if not owed and not interest:
            return ZERO
        return min(self.paying(slot.number or 0) - interest, owed)


@dataclass
class Recast(Payer):
    """A level payment that is solved anew in every row that holds a rate change."""

    walk: Walk
    sizing: Walk
    level: Fraction

    def begin(self, index: int, state: State) -> None:
        slot = self.walk.slots[index]
        if self.walk.path.holds_change(slot.start, slot.end):
            path = self.walk.path.known_before(slot.end)
            exact = solved(self.sizing, index, state, path, level_shape)
            self.level = payment_rule(self.walk.terms)(exact)

    def principal(self, slot: Slot, owed: Fraction, interest: Fraction) -> Fraction:
        return min(self.level - interest, owed)


@dataclass
class ByShares(Payer):
    """Equal shares, split anew once something was drawn or capitalized."""

    terms: Agreement
    left: int
    parts: list[Fraction]

    def changed(self, state: State) -> None:
        total = state.owed - (self.terms.balloon or ZERO)
        if self.left:
            self.parts = split(total, self.left, self.terms.rule, self.terms.residue)

    def principal(self, slot: Slot, owed: Fraction, interest: Fraction) -> Fraction:
        self.left -= 1
        return min(self.parts.pop(0), owed - (self.terms.balloon or ZERO))


@dataclass
class ByAmount(Payer):
    """Stated principals by number."""

    amount: Paying
    ends_when_repaid: bool = False

    def principal(self, slot: Slot, owed: Fraction, interest: Fraction) -> Fraction:
        return min(self.amount(slot.number or 0), owed)


def split(total: Fraction, count: int, rule: Rule, residue: str) -> list[Fraction]:
    """
    Equal rounded shares, and where the residue goes.

    Shares that round up may use up the total early. The first installment takes what
    the last ones leave; where the last one takes the residue, whoever pays the shares
    stops where nothing is left.
    """
    if residue == "spread":
        share = Rule("floor", rule.unit)(total / count)
        more = floor((total - count * share) / rule.unit)
        parts = [share + rule.unit] * more + [share] * (count - more)
        return [*parts[:-1], total - sum(parts[:-1], ZERO)]
    share = rule(total / count)
    if residue == "last":
        return [share] * (count - 1) + [total - share * (count - 1)]
    left, parts = total, []
    for _ in range(count - 1):
        part = share if abs(share) <= abs(left) else left
        parts.append(part)
        left -= part
    return [left, *parts[::-1]]


def with_all_interest(terms: Agreement, last: Line, state: State) -> Line:
    """The row that turns out to be the last: whatever accrued is due with it."""
    interest = terms.rule(state.accrued)
    return replace(
        last, interest=last.interest + interest, payment=last.payment + interest
    )


# --- the walk ---------------------------------------------------------------------------


def walked(walk: Walk, payer: Payer) -> list[Line]:
    """The rows: interest by segments, rounded when due; the last one clears."""
    terms, lines = walk.terms, []
    state = State(owed_at_start(terms))
    for index, slot in enumerate(walk.slots):
        payer.begin(index, state)
        opening = state.owed
        walk.accrue(slot, state)
        drawn, capitalized = state.owed - opening, ZERO
        principal = ZERO
        if drawn:
            # What falls due on the row is a share of what was drawn in it, too.
            payer.changed(state)
        if slot.interest == "capitalize":
            capitalized, state.accrued = terms.rule(state.accrued), ZERO
            state.owed += capitalized
        interest = state.due_interest(slot, terms.rule)
        ends = slot.last and not payer.ends_when_repaid
        if slot.pays:
            principal = payer.principal(slot, state.owed, interest)
            principal = state.owed if ends else principal
        state.owed -= principal
        interest += walk.on_top if slot.number == 1 else ZERO
        if capitalized:
            payer.changed(state)
        lines.append(
            Line(
                number=len(lines) + 1,
                start=slot.start,
                end=slot.end,
                due=slot.due,
                opening=opening,
                payment=principal + interest,
                principal=principal,
                interest=interest,
                fee=ZERO,
                closing=state.owed,
                drawn=drawn,
                capitalized=capitalized,
                installment=slot.number,
                pays=slot.pays,
            )
        )
        drawn_later = any(day >= slot.end for day, _ in terms.drawdowns)
        is_repaid = slot.pays and not state.owed and not drawn_later
        if payer.ends_when_repaid and is_repaid:
            return [*lines[:-1], with_all_interest(terms, lines[-1], state)]
    if state.owed:
        raise RefusedError("the loan is never repaid")
    return lines
