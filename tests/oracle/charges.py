"""Fees on the rows of a loan, and the money that moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from oracle.agreement import Agreement, Charge, charged, taxed
from oracle.planner import RefusedError
from oracle.walk import ZERO, Line


def line_on(day: date, owed: Fraction, interest: Fraction = ZERO) -> Line:
    """A row of no length."""
    return Line(0, day, day, day, owed, interest, ZERO, interest, ZERO, owed)


def base_of(terms: Agreement, charge: Charge, line: Line) -> Fraction:
    bases = {
        "principal": terms.principal,
        "outstanding": line.opening,
        "payment": line.principal + line.interest,
        "interest": line.interest,
        "installment_principal": line.principal,
    }
    return bases[charge.of]


def with_charge(terms: Agreement, charge: Charge, line: Line) -> Line:
    fee = charged(terms, charge, base_of(terms, charge, line))
    tax = taxed(terms, charge, fee)
    return replace(
        line,
        fee=line.fee + fee,
        tax=line.tax + tax,
        payment=line.payment + fee + tax,
    )


def place_on(lines: list[Line], day: date) -> int:
    """Where the row of a day is, made where there is none."""
    for at, line in enumerate(lines):
        if line.due == day:
            return at
    at = sum(line.due < day for line in lines)
    if at == len(lines):
        raise RefusedError("a fee after the last due date")
    lines.insert(at, line_on(day, lines[at].opening))
    return at


def with_charges(terms: Agreement, lines: Sequence[Line]) -> list[Line]:
    """All fees on their rows."""
    found = list(lines)
    for charge in terms.charges:
        if charge.paid == "financed":
            continue
        if charge.due == "installments":
            found = [
                with_charge(terms, charge, line)
                if line.installment and line.installment % charge.every == 0
                else line
                for line in found
            ]
            continue
        day = terms.disbursed if charge.due == "disbursement" else charge.due
        at = place_on(found, day)
        found[at] = with_charge(terms, charge, found[at])
    return found


def withheld(terms: Agreement) -> Fraction:
    """What fees take from the amount that is paid out."""
    total = ZERO
    for charge in terms.charges:
        if charge.paid == "deducted":
            fee = charged(terms, charge, terms.principal)
            total += fee + taxed(terms, charge, fee)
    return total


def cash_flows(terms: Agreement, lines: Sequence[Line]) -> list[tuple[date, Fraction]]:
    """What is paid out, less what is withheld, and what is paid back, by date."""
    netted = withheld(terms)
    flows = [(terms.disbursed, 0, -(terms.principal - terms.discount - netted))]
    flows += [(day, 0, -amount) for day, amount in sorted(terms.drawdowns)]
    flows.append((lines[0].due, 1, lines[0].payment - netted))
    flows += [(line.due, 1, line.payment) for line in lines[1:]]
    ordered = sorted(flows, key=lambda flow: flow[:2])
    return [(day, amount) for day, _, amount in ordered if amount]
