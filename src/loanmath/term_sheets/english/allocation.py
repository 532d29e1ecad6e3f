"""Which part of the debt a payment clears, and what becomes of what is left over."""

from itertools import groupby

from loanmath.term_sheets.english.words import COMPONENTS
from loanmath.term_sheets.facts import Facts
from loanmath.terms import (
    AllocateBy,
    Allocation,
    CreditUse,
    FutureRule,
    Slot,
    Standing,
)

__all__ = ["allocation_lines"]

_STANDINGS = {
    Standing.PAST_DUE: "what is past due",
    Standing.DUE: "what is due that day",
    Standing.IN_ADVANCE: "what is yet to come",
}
_BY = {
    AllocateBy.INSTALLMENT: "The oldest installment is cleared of all this before the"
    " next.",
    AllocateBy.COMPONENT: "Each of these is cleared over all installments before the"
    " next of them.",
}
_FUTURE = {
    FutureRule.NEXT: "Money beyond what is due pays the next installments.",
    FutureRule.LAST: "Money beyond what is due pays the last installments, backwards.",
    FutureRule.NEXT_LAST: "Money beyond what is due pays the next installment, and then"
    " the last ones, backwards.",
    FutureRule.SPREAD: "Money beyond what is due pays all installments to come in equal"
    " parts.",
    FutureRule.PRINCIPAL: "Money beyond what is due repays principal early.",
    FutureRule.CREDIT: "Money beyond what is due is kept as a credit.",
}
_CREDIT = {
    CreditUse.APPLIED: "A credit pays what falls due.",
    CreditUse.AT_ONCE: "A credit pays what falls due, and a charge as soon as it is"
    " made.",
    CreditUse.KEPT: "A credit pays nothing by itself.",
}


def allocation_lines(known: Facts) -> list[str]:
    """Return the order in which a payment clears what is owed, and what is left."""
    terms = known.loan.servicing
    lines = [*_rule(terms.allocation), _CREDIT[terms.credit]]
    for kind, rule in terms.allocation.kinds:
        lines.append(f"A payment of the kind {kind}: {' '.join(_rule(rule))}")
    return lines


def _rule(terms: Allocation) -> list[str]:
    lines = [f"A payment clears {_order(terms.order)}.", _BY[terms.by]]
    lines += [
        f"From {tier.from_days} days past due on it clears {_order(tier.order)}."
        for tier in terms.tiers
    ]
    return [*lines, _FUTURE[terms.future]]


def _order(slots: tuple[Slot, ...]) -> str:
    stretches = [
        (_STANDINGS[standing], [COMPONENTS[part] for _, part in run])
        for standing, run in groupby(slots, key=_standing)
    ]
    first = stretches[0][1]
    if all(parts == first for _, parts in stretches):
        names = ", then ".join(name for name, _ in stretches)
        return f"{names}; of each, {_in_turn(first)}"
    return "; then ".join(f"of {name}, {_in_turn(parts)}" for name, parts in stretches)


def _in_turn(parts: list[str]) -> str:
    return f"first {', then '.join(parts)}"


def _standing(slot: Slot) -> Standing:
    return slot[0]
