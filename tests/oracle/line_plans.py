"""
Plans of installments on a line of credit, for its oracle.

Readings of the page and of the terms:

* A line without terms of installments has the usual ones: the fee with each installment,
  the residue in the last, all fees due on early settlement, refunds as payments.
* A plan that is a loan brings its own principal, interest and fee (with tax) of each
  installment; settled early, its interest to come is not owed, its fees are as agreed.
* A refund of a converted purchase first goes to what was not converted of it. Split
  anew, it then lowers what is not yet added; the rest of the money is a payment. The new
  plan has as many installments as the old one had at first, and a fee of the same share
  of what is left, none if the old fee was already billed whole; a plan that is a loan is
  planned again for the amount that is left. Where nothing is left, the plan is over.
* A refund is whole if it reaches the amount of the plan. A fee that is returned is
  received like the refund, and only where it was or will be billed. The whole fee is
  returned once, with the refund by which all of the plan was refunded. A plan that has
  nothing left to add has no part in a refund.
* A plan that is kept has of a refund what was not refunded of it; the next plan of the
  purchase has the rest.
* Where principal and fee are divided together, each fee is what principal leaves of the
  payment; it is lower where else the installment with the residue had one below zero.
"""

from dataclasses import dataclass
from fractions import Fraction

from attrs import evolve

from oracle.line_days import OracleRefusal
from oracle.line_numbers import rounded, units


@dataclass
class Plan:
    """A plan: what is not yet added of it, and what it was made of."""

    name: str
    purchase: str | None
    amount: int
    count: int
    share: Fraction | None  # of a fee; None where the plan is a loan
    loan: object | None
    fee: int
    left: list  # (principal, interest, fee) of each installment not yet added
    refunded: int = 0
    has_begun: bool = False  # an installment was added

    def principal_left(self) -> int:
        return sum(principal for principal, _, _ in self.left)

    def fee_left(self) -> int:
        return sum(fee for _, _, fee in self.left)


def term_of(line, name: str) -> str:
    """The value of a term of installments, or the usual one."""
    usual = {
        "billed": "each",
        "residue": "last",
        "split": "apart",
        "early": "due",
        "refund": "kept",
        "fee_return": "none",
    }
    terms = line.installments
    return usual[name] if terms is None else getattr(terms, name).value


def rounding_of(line):
    return None if line.installments is None else line.installments.rounding


def evenly(amount: int, count: int, unit: int, residue: str) -> list[int]:
    """An amount split evenly, down to the unit; one installment takes the residue."""
    each = amount // (count * unit) * unit
    found = [each] * count
    found[0 if residue == "first" else -1] += amount - each * count
    return found


def planned(
    line, name, purchase, amount: int, count: int, share, with_fee=True
) -> Plan:
    """A plan of so many installments with a fee of a share of the amount."""
    rounding, residue = rounding_of(line), term_of(line, "residue")
    unit = 1
    if rounding is not None and rounding.unit is not None:
        unit = units(rounding.unit, line.digits)
    fee = rounded(share * amount, rounding, line.digits) if with_fee else 0
    principals = evenly(amount, count, unit, residue)
    fees = evenly(fee, count, unit, residue)
    if term_of(line, "split") == "together":
        payments = evenly(amount + fee, count, unit, residue)
        fees = [payments[i] - principals[i] for i in range(count)]
        own = 0 if residue == "first" else count - 1
        while fees[own] < 0:
            fees = [one - unit for one in fees]
            fees[own] += count * unit
    if term_of(line, "billed") == "first":
        fees = [fee] + [0] * (count - 1)
    left = [(principals[i], 0, fees[i]) for i in range(count)]
    return Plan(name, purchase, amount, count, share, None, fee, left)


def of_loan(line, name: str, purchase, amount: int, loan) -> Plan:
    """A plan as a loan of the amount: its installments, without their dates."""
    left = []
    for row in loan.schedule():
        parts = (row.principal, row.interest, row.fee + row.tax)
        left.append(tuple(units(part, line.digits) for part in parts))
    fee = sum(part[2] for part in left)
    return Plan(name, purchase, amount, len(left), None, loan, fee, left)


def plan_of(line, event, amount: int) -> Plan:
    """The plan that a conversion makes of an amount."""
    if event.plan is not None:
        if units(event.plan.principal, line.digits) != amount:
            raise OracleRefusal(f"{event.id}: the plan is not of {amount} units")
        return of_loan(line, event.id, event.of, amount, event.plan)
    share = event.fee
    if share is None:
        fees = {} if line.installments is None else dict(line.installments.fees)
        if event.count not in fees:
            raise OracleRefusal(f"{event.id}: no fee of {event.count} installments")
        share = fees[event.count]
    return planned(line, event.id, event.of, amount, event.count, share)


def early_fee(line, plan: Plan) -> int:
    """What of fees falls due when a plan is settled."""
    early = term_of(line, "early")
    if early == "due":
        return plan.fee_left()
    if early == "waived":
        return 0
    share = line.installments.early_share
    return rounded(share * plan.principal_left(), rounding_of(line), line.digits)


def refund_plan(line, plan: Plan, amount: int) -> tuple[int, int, int]:
    """
    Refund an amount of a converted purchase.

    Returns what is no other plan's, what it took of the plan, and the fee returned.
    """
    if not plan.left:
        return 0, 0, 0
    amount = min(amount, plan.amount - plan.refunded)
    plan.refunded += amount
    is_split = term_of(line, "refund") == "split_anew"
    billed_whole = term_of(line, "billed") == "first" and plan.has_begun
    returned, has_own_fee = 0, plan.loan is not None
    returns = term_of(line, "fee_return") == "unbilled" and not has_own_fee
    if returns and (billed_whole or not is_split):
        part = Fraction(min(amount, plan.principal_left()), plan.amount)
        if amount == plan.amount:
            part = Fraction(len(plan.left), plan.count)
        returned = rounded(part * plan.fee, rounding_of(line), line.digits)
    is_done = amount > 0 and plan.refunded == plan.amount
    if term_of(line, "fee_return") == "whole" and is_done and not has_own_fee:
        returned = plan.fee
    if not is_split:
        return amount, 0, returned
    took = min(amount, plan.principal_left())
    rest = plan.principal_left() - took
    if not took:
        return 0, 0, returned
    if not rest:
        plan.left = []
    elif plan.loan is not None:
        loan = evolve(plan.loan, principal=_major(rest, line.digits))
        plan.left = of_loan(line, plan.name, plan.purchase, rest, loan).left
    else:
        plan.left = planned(
            line,
            plan.name,
            plan.purchase,
            rest,
            plan.count,
            plan.share,
            not billed_whole,
        ).left
    return took, took, returned


def _major(amount: int, digits: int) -> str:
    """Minor units as a decimal text of major ones."""
    text = str(amount).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text
