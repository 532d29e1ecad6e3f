"""Derivations of principal, payment and fee, by repayment method."""

from fractions import Fraction
from typing import NamedTuple

from loanmath.currency import from_units
from loanmath.schedule.derivation import Cell, Derivation, Inputs
from loanmath.schedule.periods import growth, resolve_periods
from loanmath.schedule.resolve import level_payment_units
from loanmath.terms import (
    EqualPrincipal,
    FeeBase,
    FeeTiming,
    FlatFee,
    LevelPayment,
    PrincipalAmounts,
    Residue,
)

__all__ = ["derive_fee", "derive_payment", "derive_principal"]

_ANNUITY = "Annuity formula; 等额本息; ACTUS ANN"


def derive_fee(cell: Cell) -> Derivation:
    """Return where the fee of an installment comes from."""
    loan, terms = cell.loan, cell.loan.repayment
    if not isinstance(terms, FlatFee):
        return Derivation("0", {}, "The terms charge no fee.")
    inputs: Inputs = {"amount": loan.principal, "fee": terms.fee, "count": terms.count}
    charged = terms.fee_rounding or loan.rounding
    if terms.fee_for is FeeBase.INSTALLMENT:
        total, share = "count * fee_round(amount * fee)", "fee_round(amount * fee)"
    else:
        total = "fee_round(amount * fee)"
        share = f"round({total} / count)"
    inputs |= {"rounding": loan.rounding, "fee_rounding": charged}
    if terms.charged is FeeTiming.FIRST:
        if cell.row:
            return Derivation("0", {}, "The fee was due with the first installment.")
        return Derivation(total, inputs, "The whole fee, with the first installment.")
    return _shared(cell, "fee", _Split(total, share, inputs, terms.residue))


class _Split(NamedTuple):
    """How a total is split: formulas of the total and of a share, with their inputs."""

    total: str
    share: str
    inputs: Inputs
    residue: Residue


def _shared(cell: Cell, column: str, split: _Split) -> Derivation:
    first = split.residue is Residue.FIRST
    parts: tuple[int, ...] = getattr(cell.columns, column)
    if cell.row == (0 if first else len(parts) - 1):
        others = from_units(sum(parts) - parts[cell.row], cell.loan.digits)
        return Derivation(
            f"{split.total} - others",
            split.inputs | {"others": others},
            f"The {split.residue.value} installment takes what the other shares leave.",
        )
    past = parts[cell.row + 1 :] if first else parts[: cell.row]
    left = from_units(sum(parts) - sum(past), cell.loan.digits)
    return Derivation(
        f"min({split.share}, left)",
        split.inputs | {"left": left},
        f"One share of {len(parts)}, never more than is left.",
    )


def derive_principal(cell: Cell) -> Derivation:
    """Return where the principal of an installment comes from."""
    loan, terms = cell.loan, cell.loan.repayment
    match terms:
        case LevelPayment():
            return _level_principal(cell, terms)
        case EqualPrincipal(residue=residue) | FlatFee(residue=residue):
            inputs: Inputs = {"amount": loan.principal, "count": terms.count}
            inputs["rounding"] = loan.rounding
            share = "round(amount / count)"
            split = _Split("amount", share, inputs, residue)
            return _shared(cell, "principal", split)
        case PrincipalAmounts():
            stated = cell.amount("principal")
            return Derivation(
                "stated", {"stated": stated}, "The terms state every principal."
            )
        case _ if cell.is_last:
            return _rest(cell, "The whole principal is repaid at the end.")
        case _:
            return Derivation("0", {}, "No principal is repaid before the end.")


def _rest(cell: Cell, rule: str) -> Derivation:
    return Derivation("opening", {"opening": cell.amount("opening")}, rule)


def _level_principal(cell: Cell, terms: LevelPayment) -> Derivation:
    if cell.is_last:
        return _rest(cell, "The last installment clears what is left.")
    if cell.row == 0 and terms.residue is Residue.FIRST:
        return Derivation(
            "opening - next_opening",
            {
                "opening": cell.amount("opening"),
                "next_opening": cell.amount("opening", 1),
            },
            "The first installment takes the residue: its principal is the one after"
            " which level payments come closest to clearing the loan.",
        )
    level = _level_units(cell, terms)
    return Derivation(
        "min(level - interest, opening)",
        {
            "level": from_units(level, cell.loan.digits),
            "interest": cell.amount("interest"),
            "opening": cell.amount("opening"),
        },
        "What the level payment leaves after interest, never more than is owed.",
        _ANNUITY,
    )


def _level_units(cell: Cell, terms: LevelPayment) -> int:
    loan, periods = cell.loan, resolve_periods(cell.loan)
    grown = growth(loan, periods, loan.counted_by)
    return level_payment_units(loan, terms, periods, grown)


def derive_payment(cell: Cell) -> Derivation:
    """Return where a payment comes from."""
    terms = cell.loan.repayment
    if isinstance(terms, LevelPayment) and not cell.is_last:
        special = cell.row == 0 and terms.residue is Residue.FIRST
        level = _level_units(cell, terms)
        if not special and cell.columns.payment[cell.row] == level:
            return _level_payment(cell, terms)
    return Derivation(
        "principal + interest + fee",
        {name: cell.amount(name) for name in ("principal", "interest", "fee")},
        "A payment is the sum of its parts.",
    )


def _level_payment(cell: Cell, terms: LevelPayment) -> Derivation:
    loan = cell.loan
    by = terms.sized_by or loan.counted_by
    numerators, denominator = growth(loan, resolve_periods(loan), by)
    inputs: Inputs = {"amount": loan.principal, "count": terms.count}
    if len(set(numerators)) > 1:
        formula = "round(amount / annuity(factors))"
        inputs["factors"] = tuple(Fraction(part, denominator) for part in numerators)
    elif numerators[0] == 0:
        formula = "round(amount / count)"
    else:
        formula = "round(amount * factor / (1 - (1 + factor) ** -count))"
        inputs["factor"] = Fraction(numerators[0], denominator)
    inputs["rounding"] = terms.rounding or loan.rounding
    return Derivation(
        formula,
        inputs,
        "The same payment every period; a factor is the rate times the period's time.",
        _ANNUITY,
    )
