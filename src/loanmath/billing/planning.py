"""Installments on a line: conversions, their early end, refunds."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve

from loanmath.billing.adding import add, row_at
from loanmath.billing.line_state import Bill, LineEntry, LineState, Plan
from loanmath.billing.line_units import event_units, line_units, share_units
from loanmath.billing.minimum_parts import (
    is_due_in_full,
    minimum_due,
    within_owed,
)
from loanmath.billing.receiving import taken_from
from loanmath.billing.rows import FEE, PLANS, PRINCIPAL, Row
from loanmath.currency import amount_text, from_units
from loanmath.errors import EventError
from loanmath.events import Conversion, PlanSettlement
from loanmath.rounding import Rounding
from loanmath.terms import InstallmentLoan
from loanmath.terms.lines import (
    EarlyFee,
    FeeBilled,
    FeeReturn,
    InstallmentTerms,
    PlanRefund,
    PlanResidue,
    PlanSplit,
)

__all__ = ["RefundedPlan", "convert", "refund_plan", "settle_plan"]


class RefundedPlan(NamedTuple):
    """
    What a plan had of a refund.

    Attributes:
        taken: What of the refund is no other plan's.
        lowered: By how much its principal is lower.
        returned: The fee that comes back.
    """

    taken: int
    lowered: int
    returned: int


class _Parts(NamedTuple):
    principal: tuple[int, ...]
    fees: tuple[int, ...]
    interest: tuple[int, ...]


def _split(units: int, count: int, step: int, residue: PlanResidue) -> tuple[int, ...]:
    """Return an amount split evenly down to a step, the rest in one installment."""
    return _with_rest(units, units // (count * step) * step, count, residue)


def _split_off(
    fee: int, units: int, count: int, step: int, residue: PlanResidue
) -> tuple[int, ...]:
    """Return a fee as what principal leaves of its sum with it, divided evenly."""
    paid, principal = ((whole // (count * step)) for whole in (units + fee, units))
    # A small fee may be less than the others would leave the one with the rest.
    most = fee // (max(count - 1, 1) * step)
    return _with_rest(fee, min(paid - principal, most) * step, count, residue)


def _with_rest(
    units: int, each: int, count: int, residue: PlanResidue
) -> tuple[int, ...]:
    parts = [each] * count
    parts[0 if residue is PlanResidue.FIRST else -1] += units - count * each
    return tuple(parts)


def _by_terms(
    state: LineState, units: int, count: int, fee: int, terms: InstallmentTerms
) -> _Parts:
    step = (terms.rounding or Rounding()).units(state.line.digits)
    none = (0,) * count
    fees = (fee, *none[1:])
    if terms.split is PlanSplit.TOGETHER:
        fees = _split_off(fee, units, count, step, terms.residue)
    elif terms.billed is FeeBilled.EACH:
        fees = _split(fee, count, step, terms.residue)
    return _Parts(_split(units, count, step, terms.residue), fees, none)


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
    state: LineState, event: Conversion, places: tuple[int, ...], there: int, day: int
) -> Iterator[LineEntry]:
    """
    Yield what a conversion does.

    Args:
        state: The state.
        event: The conversion.
        places: The rows that it takes principal from, in turn.
        there: The most that it may take.
        day: The day.

    Raises:
        EventError: If there is not so much principal, or no plan of that kind.
    """
    what, line = f"event {event.id}", state.line
    units = there if event.amount is None else event_units(line, event.amount, what)
    if not 0 < units <= there:
        raise EventError(
            what,
            got=amount_text(units, line.digits),
            allowed=f"above zero, at most {amount_text(there, line.digits)}",
        )
    plan = _plan(state, event, units, what)
    after = _lowered(state, places, units)
    after, _, _ = taken_from(after, places, PRINCIPAL, units, day)
    after = within_owed(after._replace(plans=(*after.plans, plan)))
    yield LineEntry(day, "conversion", event, state, after, event.id)


def _plan(state: LineState, event: Conversion, units: int, what: str) -> Plan:
    of = event.of or ""
    if event.plan is not None:
        parts = _by_loan(state, units, event.plan, what)
        fee, count = sum(parts.fees), len(parts.principal)
        return Plan(event.id, of, *parts, count, units, fee, Fraction(0), event.plan)
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
    fee = share_units(share, units, state.line.digits, terms.rounding)
    parts = _by_terms(state, units, count, fee, terms)
    return Plan(event.id, of, *parts, count, units, fee, share, None)


def _lowered(state: LineState, places: tuple[int, ...], units: int) -> LineState:
    """Return the state with bills lower by what a conversion takes from rows."""
    for place in places:
        row = state.rows[place]
        taken = min(units, row.owed[PRINCIPAL])
        units -= taken
        if taken:
            bills = [_lower(state, bill, row, taken) for bill in state.bills]
            for old, new in zip(state.bills, bills, strict=True):
                state = _less_missing(state, old, new)
            state = state._replace(bills=tuple(bills))
    return state


def _lower(state: LineState, bill: Bill, row: Row, units: int) -> Bill:
    """Return a bill with part of a row converted, and its minimum made anew."""
    if row.cycle > bill.cycle.cut:
        return bill
    parts = bill.parts._replace(balance=max(bill.parts.balance - units, 0))
    if is_due_in_full(state, row, bill.cycle.cut):
        parts = parts._replace(in_full=max(parts.in_full - units, 0))
    else:
        parts = parts._replace(shared=max(parts.shared - units, 0))
    return bill._replace(
        received=bill.received + units,
        converted=bill.converted + units,
        parts=parts,
        # Where less is left, more of it may be due; a conversion asks for no more.
        minimum=min(bill.minimum, minimum_due(state.line, parts)),
    )


def _less_missing(state: LineState, old: Bill, new: Bill) -> LineState:
    less = old.minimum - new.minimum
    dues = (
        due._replace(missing=due.missing - less) if due.cut == old.cycle.cut else due
        for due in state.dues
    )
    return state._replace(dues=tuple(due for due in dues if due.missing > 0))


def settle_plan(
    state: LineState, event: PlanSettlement, day: int
) -> Iterator[LineEntry]:
    """
    Yield what the early settlement of a plan does.

    Raises:
        EventError: If no such plan goes on.
    """
    plan = next((plan for plan in state.plans if plan.name == event.of), None)
    if plan is None:
        raise EventError(
            f"event {event.id}", got=event.of, allowed="the id of a plan that goes on"
        )
    others = tuple(one for one in state.plans if one is not plan)
    after = state._replace(plans=others)
    for component, units in (
        (PRINCIPAL, sum(plan.principal)),
        (FEE, _early_fee(state, plan)),
    ):
        row = row_at(after, PLANS, after.cycle)
        after = add(after, row, component, units, day)
    yield LineEntry(day, "plan settled", event, state, after, plan.name)


def _early_fee(state: LineState, plan: Plan) -> int:
    terms = state.line.installments
    if terms is None or terms.early is EarlyFee.DUE:
        return sum(plan.fees)
    if terms.early_share is None:
        return 0
    principal, digits = sum(plan.principal), state.line.digits
    return share_units(terms.early_share, principal, digits, terms.rounding)


def refund_plan(
    state: LineState, plan: Plan, units: int
) -> tuple[LineState, RefundedPlan]:
    """
    Return the state after a refund of what was converted.

    Args:
        state: The state.
        plan: The plan.
        units: The refund, as far as it is of plans.

    Returns:
        The state, and what the plan had of the refund.
    """
    terms = state.line.installments
    units = min(units, plan.total - plan.refunded)
    after = plan._replace(refunded=plan.refunded + units)
    if terms is None or terms.refund is PlanRefund.KEPT:
        returned = 0 if terms is None else _fee_returned(state, plan, terms, units)
        return _with_plan(state, plan, after), RefundedPlan(units, 0, returned)
    billed_whole = terms.billed is FeeBilled.FIRST and len(plan.principal) < plan.number
    returned = _fee_returned(state, plan, terms, units) if billed_whole else 0
    left = sum(plan.principal)
    lowered = min(units, left)
    if not lowered:
        return _with_plan(state, plan, after), RefundedPlan(0, 0, returned)
    parts = _split_anew(state, after, left - lowered, terms, with_fee=not billed_whole)
    after = after._replace(**parts._asdict())
    return _with_plan(state, plan, after), RefundedPlan(lowered, lowered, returned)


def _with_plan(state: LineState, old: Plan, new: Plan) -> LineState:
    plans = (new if plan is old else plan for plan in state.plans)
    return state._replace(plans=tuple(plan for plan in plans if plan.principal))


def _split_anew(
    state: LineState,
    plan: Plan,
    units: int,
    terms: InstallmentTerms,
    *,
    with_fee: bool,
) -> _Parts:
    if not units:
        return _Parts((), (), ())
    if plan.loan is not None:
        amount = from_units(units, state.line.digits)
        loan = evolve(plan.loan, principal=amount)
        return _by_loan(state, units, loan, f"plan {plan.name}")
    fee = share_units(plan.share, units, state.line.digits, terms.rounding)
    return _by_terms(state, units, plan.number, fee if with_fee else 0, terms)


def _fee_returned(
    state: LineState, plan: Plan, terms: InstallmentTerms, units: int
) -> int:
    """Return what of a fee comes back."""
    if terms.fee_return is FeeReturn.NONE or plan.loan is not None:
        return 0
    if terms.fee_return is FeeReturn.WHOLE:
        is_whole = units > 0 and plan.refunded + units == plan.total
        return plan.fee if is_whole else 0
    share = Fraction(min(units, sum(plan.principal)), plan.total)
    if units == plan.total:
        share = Fraction(len(plan.principal), plan.number)
    return share_units(share, plan.fee, state.line.digits, terms.rounding)
