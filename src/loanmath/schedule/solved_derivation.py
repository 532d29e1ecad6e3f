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
        return _solved(cell, question, terms.rounding)
    if isinstance(terms, GraduatedPayment):
        question = graduated_question(found.frame, terms)
        step = (row.number - 1) // terms.every
        return _solved(cell, question, terms.rounding, (terms.growth, step))
    if isinstance(terms, SteppedPayment) and terms.is_solved:
        question = stepped_question(found.frame, terms)
        return _solved(cell, question, terms.rounding)
    return None


def _solved(
    cell: Cell,
    question: Question,
    rounding: Rounding | None,
    grown_by: tuple[Fraction, int] | None = None,
) -> Derivation | None:
    unpaid, grown, scale = exact_solution(*question)
    if not grown:
        return None
    rule, digits = rounding or cell.loan.rounding, cell.loan.digits
    rounded = rule.quotient(digits)
    payment, formula = rounded(unpaid, grown), "round(unpaid / grown)"
    inputs: Inputs = {
        "unpaid": Fraction(unpaid, scale * 10**digits),
        "grown": Fraction(grown, scale),
    }
    if grown_by is not None:
        growth, step = grown_by
        payment = rounded(*(payment * (1 + growth) ** step).as_integer_ratio())
        formula = f"round({formula} * (1 + growth) ** step)"
        inputs |= {"growth": growth, "step": step}
    if payment != cell.columns.payment[cell.row]:
        return None
    inputs["rounding"] = rule
    return Derivation(formula, inputs, _RULE, _SOURCE)
