"""Derivations of solved payments: what is unpaid, and what payments grow to."""

from fractions import Fraction

from loanmath.arithmetic import exact_solution
from loanmath.rounding import Rounding
from loanmath.schedule.derivation import Cell, Derivation, Inputs
from loanmath.schedule.detailed import Detail
from loanmath.schedule.leveling import level_question
from loanmath.schedule.paying import graduated_question, stepped_question
from loanmath.schedule.payment_rows import Question
from loanmath.terms import GraduatedPayment, LevelPayment, SteppedPayment

__all__ = ["derive_solved"]

_RULE = (
    "Without rounding, this payment ends the loan where it is to end: unpaid is what"
    " would be owed at the end without it, and grown is what payments of 1 would have"
    " grown to."
)
_SOURCE = "The balance is linear in the payment; 等额本息; ACTUS PRNXT, at PRF"


def derive_solved(cell: Cell, found: Detail) -> Derivation | None:
    """Return where a solved payment comes from, or nothing if the row pays another."""
    terms, row = cell.loan.repayment, found.rows[cell.row]
    if row.frame_row < 0 or not found.frame.repays[row.frame_row]:
        return None
    if isinstance(terms, LevelPayment):
        # A broken period that is added to the first has no row of its own.
        openings = {0: cell.loan.principal_units}
        openings |= {other.frame_row: other.opening for other in found.rows}
        question = level_question(found.frame, terms, openings, row.frame_row)
        return _solved(cell, question, terms.rounding, "round(unpaid / grown)", {})
    if isinstance(terms, GraduatedPayment):
        step = (row.number - 1) // terms.every
        return _solved(
            cell,
            graduated_question(found.frame, terms),
            terms.rounding,
            "round(round(unpaid / grown) * (1 + growth) ** step)",
            {"growth": terms.growth, "step": step},
        )
    if isinstance(terms, SteppedPayment) and None in dict(terms.stages).values():
        question = stepped_question(found.frame, terms)
        return _solved(cell, question, terms.rounding, "round(unpaid / grown)", {})
    return None


def _solved(
    cell: Cell,
    question: Question,
    rounding: Rounding | None,
    formula: str,
    inputs: Inputs,
) -> Derivation | None:
    unpaid, grown, scale = exact_solution(*question)
    if not grown:
        return None
    rule = rounding or cell.loan.rounding
    digits = cell.loan.digits
    payment = rule.quotient(digits)(unpaid, grown)
    if "growth" in inputs:
        growth = 1 + Fraction(str(inputs["growth"]))
        stepped = payment * growth ** int(str(inputs["step"]))
        payment = rule.quotient(digits)(stepped.numerator, stepped.denominator)
    if payment != cell.columns.payment[cell.row]:
        return None
    found: Inputs = {
        "unpaid": Fraction(unpaid, scale * 10**digits),
        "grown": Fraction(grown, scale),
        **inputs,
        "rounding": rule,
    }
    return Derivation(formula, found, _RULE, _SOURCE)
