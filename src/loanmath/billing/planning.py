"""Installments on a line: conversions, their early end, refunds."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from loanmath.billing.adding import add, row_at
from loanmath.billing.line_state import Bill, LineEntry, LineState, Plan
from loanmath.billing.line_units import line_units, rounded_units
from loanmath.billing.minimum import minimum_of
from loanmath.billing.receiving import taken_from
from loanmath.billing.rows import FEE, PRINCIPAL
from loanmath.currency import amount_text
from loanmath.errors import EventError
from loanmath.events import Conversion, PlanSettlement
from loanmath.terms import InstallmentLoan
from loanmath.terms.lines import (
    EarlyFee,
    FeeBilled,
    FeeReturn,
    InstallmentTerms,
    PlanRefund,
    PlanResidue,
)

__all__ = ["convert", "plan_named", "refund_plan", "settle_plan"]

_PLANS = 1


class _Parts(NamedTuple):
    principal: tuple[int, ...]
    fees: tuple[int, ...]
    interest: tuple[int, ...]


def _split(units: int, count: int, residue: PlanResidue) -> tuple[int, ...]:
    """Return an amount split evenly, what is left over in one installment."""
    each, rest = divmod(units, count)
    parts = [each] * count
    parts[0 if residue is PlanResidue.FIRST else -1] += rest
    return tuple(parts)


def _by_terms(
    state: LineState, units: int, count: int, share: Fraction, terms: InstallmentTerms
) -> _Parts:
    fee = rounded_units(state.line, terms.rounding)(share * units)
    none = (0,) * count
    fees = (fee, *none[1:])
    if terms.billed is FeeBilled.EACH:
        fees = _split(fee, count, terms.residue)
    return _Parts(_split(units, count, terms.residue), fees, none)


def _by_loan(state: LineState, units: int, loan: InstallmentLoan, what: str) -> _Parts:
    line = state.line
    if loan.currency != line.currency or loan.digits != line.digits:
        raise EventError(what, got=loan.currency, allowed=f"a plan in {line.currency}")
    if loan.principal_units != units:
        raise EventError(
            what,
            got=f"a plan of {loan.principal}",
            allowed=f"a plan of {amount_text(units, line.digits)}",
        )
    rows = list(loan.schedule())
    return _Parts(
        tuple(line_units(line, row.principal, what) for row in rows),
        tuple(
            line_units(line, row.fee, what) + line_units(line, row.tax, what)
            for row in rows
        ),
        tuple(line_units(line, row.interest, what) for row in rows),
    )


def convert(
    state: LineState, event: Conversion, places: tuple[int, ...], day: int
) -> Iterator[LineEntry]:
    """
    Yield what a conversion does.

    Args:
        state: The state.
        event: The conversion.
        places: The rows that it takes principal from, in turn.
        day: The day.

    Raises:
        EventError: If there is not so much principal, or no plan of that kind.
    """
    what, line = f"event {event.id}", state.line
    there = sum(state.rows[place].owed[PRINCIPAL] for place in places)
    units = there if event.amount is None else line_units(line, event.amount, what)
    if not 0 < units <= there:
        raise EventError(
            what,
            got=amount_text(units, line.digits),
            allowed=f"above zero, at most {amount_text(there, line.digits)}",
        )
    parts = _parts(state, event, units, what)
    converted, _, billed = taken_from(state, places, PRINCIPAL, units, day)
    after = _with_lower_bills(converted, billed)
    fee = sum(parts.fees) + sum(parts.interest)
    plan = Plan(event.id, event.of or "", *parts, len(parts.principal), units, fee)
    after = after._replace(plans=(*after.plans, plan))
    yield LineEntry(day, "conversion", event, state, after, event.id)


def _parts(state: LineState, event: Conversion, units: int, what: str) -> _Parts:
    if event.plan is not None:
        return _by_loan(state, units, event.plan, what)
    count, terms = event.count or 1, state.line.installments
    if terms is None:
        if event.fee is None:
            raise EventError(
                what,
                got="no fee",
                allowed="a fee, or a plan: the line says nothing of installments",
            )
        terms = InstallmentTerms(fees={count: event.fee})
    share = terms.fee(count) if event.fee is None else event.fee
    return _by_terms(state, units, count, share, terms)


def _with_lower_bills(state: LineState, billed: int) -> LineState:
    """Return the state with bills lower by what was taken from them, minimums anew."""
    bills, less = [], 0
    for bill in state.bills:
        lower = _lower(state, bill, billed)
        less = bill.minimum - lower.minimum
        bills.append(lower)
    due = bills[-1].cycle.due if bills else 0
    dues = (
        one._replace(missing=one.missing - less) if one.due == due else one
        for one in state.dues
    )
    return state._replace(
        bills=tuple(bills), dues=tuple(one for one in dues if one.missing > 0)
    )


def _lower(state: LineState, bill: Bill, billed: int) -> Bill:
    rule, balance = state.line.minimum, bill.balance - billed
    if rule is None:
        return bill._replace(balance=balance, minimum=max(bill.minimum - billed, 0))
    shared = max(bill.shared - billed, 0)
    before = minimum_of(state.line, rule, bill.shared, 0, bill.balance)
    after = minimum_of(state.line, rule, shared, 0, max(balance, 0))
    less = min(max(before - after, 0), bill.minimum)
    return bill._replace(balance=balance, minimum=bill.minimum - less, shared=shared)


def plan_named(state: LineState, name: str) -> Plan | None:
    """Return the plan of a conversion, or of a purchase, that goes on."""
    for plan in state.plans:
        if name in (plan.name, plan.of):
            return plan
    return None


def settle_plan(
    state: LineState, event: PlanSettlement, day: int
) -> Iterator[LineEntry]:
    """
    Yield what the early settlement of a plan does.

    Raises:
        EventError: If no such plan goes on.
    """
    plan = plan_named(state, event.of)
    if plan is None:
        raise EventError(
            f"event {event.id}", got=event.of, allowed="a plan that goes on"
        )
    yield from _ended(state, plan, event, day)


def _ended(
    state: LineState, plan: Plan, event: PlanSettlement, day: int
) -> Iterator[LineEntry]:
    terms = state.line.installments
    principal, fee = sum(plan.principal), sum(plan.fees) + sum(plan.interest)
    if terms is not None and terms.early is not EarlyFee.DUE:
        fee = 0
        if terms.early_share is not None:
            share = terms.early_share * principal
            fee = rounded_units(state.line, terms.rounding)(share)
    others = tuple(one for one in state.plans if one is not plan)
    after = state._replace(plans=others)
    for component, units in ((PRINCIPAL, principal), (FEE, fee)):
        row = row_at(after, _PLANS, after.cycle)
        after = add(after, row, component, units, day)
    yield LineEntry(day, "plan settled", event, state, after, plan.name)


def refund_plan(state: LineState, plan: Plan, units: int) -> tuple[LineState, int]:
    """
    Return the state after a refund of what was converted, and what is to be credited.

    Args:
        state: The state.
        plan: The plan.
        units: The refund.
    """
    terms = state.line.installments
    if terms is None:
        return state, units
    left = sum(plan.principal)
    returned = _fee_returned(state, plan, terms, units)
    if terms.refund is PlanRefund.KEPT:
        return state, units + returned
    taken = min(units, left)
    others = [one for one in state.plans if one is not plan]
    if left > taken:
        share = Fraction(plan.fee, plan.total)
        parts = _by_terms(state, left - taken, plan.number, share, terms)
        fee = sum(parts.fees)
        others.append(Plan(plan.name, plan.of, *parts, plan.number, left - taken, fee))
    return state._replace(plans=tuple(others)), units - taken + returned


def _fee_returned(
    state: LineState, plan: Plan, terms: InstallmentTerms, units: int
) -> int:
    """Return what of a fee that was billed whole comes back."""
    if terms.fee_return is FeeReturn.NONE:
        return 0
    share = Fraction(min(units, plan.total), plan.total)
    if units >= plan.total:
        share = Fraction(len(plan.principal), plan.number)
    return rounded_units(state.line, terms.rounding)(share * plan.fee)
