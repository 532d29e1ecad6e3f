"""
Why a cell of a schedule holds what it holds: the derivation as a value.

The formula is an expression over the named inputs, in Python's notation, with two
functions of its own: `round(x)` is the rounding among the inputs, and `annuity(f)` is
`sum_k prod_{j<=k} 1 / (1 + f_j)`. Whoever evaluates it exactly gets the cell.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from loanmath.currency import from_units
from loanmath.daycount import DayCount
from loanmath.errors import UnknownNameError
from loanmath.rates import RateUnit, percentage_text
from loanmath.recurrence import Step
from loanmath.rounding import Rounding
from loanmath.schedule.periods import CountedPeriod, growth, resolve_periods
from loanmath.schedule.resolve import Columns, level_payment_units
from loanmath.schedule.rows import Installment
from loanmath.terms import (
    EqualPrincipal,
    FeeBase,
    FeeTiming,
    FlatFee,
    InstallmentLoan,
    LevelPayment,
    PrincipalAmounts,
    Residue,
)

__all__ = ["Explanation", "explain"]

Input = Decimal | Fraction | int | date | str | Rounding | tuple[Fraction, ...]
Inputs = dict[str, Input]

_HOUSE = "Terms of the contract"
_ANNUITY = "Annuity formula; 等额本息; ACTUS ANN"


@frozen
class Explanation:
    """
    The derivation of one cell: formula, inputs, result, rule and source.

    Attributes:
        number: The installment, from 1.
        column: The column's name.
        result: What the cell holds.
        formula: An expression over the inputs that gives the result exactly.
        pairs: The inputs as (name, value) pairs.
        rule: The rule in plain words.
        source: Where the rule comes from.

    Example:
        >>> str(Explanation(1, "closing", Decimal("0.00"), "opening - principal",
        ...     (("opening", Decimal("9.00")), ("principal", Decimal("9.00"))),
        ...     "What is owed afterwards.", "Terms of the contract")).splitlines()[0]
        'Installment 1, closing: 0.00'
    """

    number: int
    column: str
    result: Decimal | date | int
    formula: str
    pairs: tuple[tuple[str, Input], ...]
    rule: str
    source: str

    @property
    def inputs(self) -> Inputs:
        """The inputs by name, a new dictionary each time."""
        return dict(self.pairs)

    def __str__(self) -> str:
        lines = [
            f"Installment {self.number}, {self.column}: {self.result}",
            f"  = {self.formula}",
            *(f"  {name} = {_shown(name, value)}" for name, value in self.pairs),
            f"  Rule: {self.rule}",
            f"  Source: {self.source}",
        ]
        return "\n".join(lines)


def _shown(name: str, value: Input) -> str:
    if isinstance(value, Rounding):
        unit = "the minor unit" if value.unit is None else f"{value.unit}"
        return f"{value.mode.value.replace('_', ' ')}, to {unit}"
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value[:3]))}, ...) for {len(value)} periods"
    if isinstance(value, Fraction) and name == "rate":
        return f"{percentage_text(value)} ({value})"
    return str(value)


class _Cell(NamedTuple):
    loan: InstallmentLoan
    columns: Columns
    index: int

    def amount(self, column: str, index: int | None = None) -> Decimal:
        units = getattr(self.columns, column)[self.index if index is None else index]
        return from_units(units, self.loan.digits)

    @property
    def is_last(self) -> bool:
        return self.index == len(self.columns.due) - 1


class _Derivation(NamedTuple):
    formula: str
    inputs: Inputs
    rule: str
    source: str = _HOUSE


def explain(
    loan: InstallmentLoan, columns: Columns, index: int, column: str
) -> Explanation:
    """
    Return the derivation of one cell of a schedule.

    Raises:
        UnknownNameError: If there is no such column.

    Example:
        >>> from loanmath.rates import Rate
        >>> loan = InstallmentLoan(currency="CNY", principal=1, every="monthly",
        ...     disbursed=date(2026, 1, 15), repayment=LevelPayment(1),
        ...     rate=Rate("0%/day"))
        >>> loan.schedule().explain(1, "closing").formula
        'opening - principal'
    """
    derive = _DERIVATIONS.get(column) if isinstance(column, str) else None
    if derive is None:
        allowed = ", ".join(Installment._fields)
        raise UnknownNameError("column", got=column, allowed=allowed)
    cell = _Cell(loan, columns, index)
    result: Decimal | date | int
    if column == "number":
        result = index + 1
    elif column in ("start", "end", "due"):
        result = getattr(columns, column)[index]
    else:
        result = cell.amount(column)
    formula, inputs, rule, source = derive(cell)
    pairs = tuple(inputs.items())
    return Explanation(index + 1, column, result, formula, pairs, rule, source)


def _number(cell: _Cell) -> _Derivation:
    return _Derivation(
        "number", {"number": cell.index + 1}, "Installments count from 1."
    )


def _opening(cell: _Cell) -> _Derivation:
    if cell.index == 0:
        return _Derivation(
            "amount",
            {"amount": cell.loan.principal},
            "The loan opens with the amount lent.",
        )
    return _Derivation(
        "previous_closing",
        {"previous_closing": cell.amount("closing", cell.index - 1)},
        "A period opens with what the one before left owed.",
    )


def _closing(cell: _Cell) -> _Derivation:
    return _Derivation(
        "opening - principal",
        {"opening": cell.amount("opening"), "principal": cell.amount("principal")},
        "What is owed afterwards is what was owed less the principal repaid.",
    )


def _interest(cell: _Cell) -> _Derivation:
    loan, rate = cell.loan, cell.loan.rate
    if rate is None:
        return _Derivation("0", {}, "A plan with a flat fee bears no interest.")
    inputs: Inputs = {"opening": cell.amount("opening"), "rate": rate.value}
    by = loan.counted_by
    counted = CountedPeriod.of(loan, resolve_periods(loan), cell.index)
    times = "12 * rate" if rate.per is RateUnit.MONTH else "rate"
    if rate.per is RateUnit.DAY:
        formula = "round(opening * rate * days)"
        inputs["days"] = counted.days(by)
    elif by.basis is not None:
        formula = f"round(opening * {times} * days / year)"
        inputs |= {"days": counted.days(by), "year": by.basis}
    else:
        formula = f"round(opening * {times} * years)"
        inputs["years"] = counted.years(by)
    inputs["rounding"] = loan.rounding
    return _Derivation(
        formula,
        inputs,
        f"Interest on what is owed at {rate}, {_count_words(by, rate.per)},"
        " rounded once per period.",
        by.source,
    )


def _count_words(by: DayCount, per: RateUnit) -> str:
    return "for the days counted" if per is RateUnit.DAY else f"time by {by.name}"


def _fee(cell: _Cell) -> _Derivation:
    loan, terms = cell.loan, cell.loan.repayment
    if not isinstance(terms, FlatFee):
        return _Derivation("0", {}, "The terms charge no fee.")
    inputs: Inputs = {"amount": loan.principal, "fee": terms.fee, "count": terms.count}
    charged = terms.fee_rounding or loan.rounding
    if terms.fee_for is FeeBase.INSTALLMENT:
        total, share = "count * fee_round(amount * fee)", "fee_round(amount * fee)"
    else:
        total = "fee_round(amount * fee)"
        share = f"round({total} / count)"
    inputs |= {"rounding": loan.rounding, "fee_rounding": charged}
    if terms.charged is FeeTiming.FIRST:
        if cell.index:
            return _Derivation("0", {}, "The fee was due with the first installment.")
        return _Derivation(total, inputs, "The whole fee, with the first installment.")
    return _shared(cell, "fee", total, share, inputs, terms.residue)


def _shared(
    cell: _Cell, column: str, total: str, share: str, inputs: Inputs, residue: Residue
) -> _Derivation:
    first = residue is Residue.FIRST
    others: tuple[int, ...] = getattr(cell.columns, column)
    if cell.index == (0 if first else len(others) - 1):
        rest = from_units(sum(others) - others[cell.index], cell.loan.digits)
        return _Derivation(
            f"{total} - others",
            inputs | {"others": rest},
            f"The {residue.value} installment takes what the other shares leave.",
        )
    past = others[cell.index + 1 :] if first else others[: cell.index]
    left = from_units(sum(others) - sum(past), cell.loan.digits)
    return _Derivation(
        f"min({share}, left)",
        inputs | {"left": left},
        f"One share of {cell.loan.repayment.count}, never more than is left.",
    )


def _principal(cell: _Cell) -> _Derivation:
    loan, terms = cell.loan, cell.loan.repayment
    match terms:
        case LevelPayment():
            return _level_principal(cell, terms)
        case EqualPrincipal(residue=residue) | FlatFee(residue=residue):
            inputs: Inputs = {"amount": loan.principal, "count": terms.count}
            inputs["rounding"] = loan.rounding
            share = "round(amount / count)"
            return _shared(cell, "principal", "amount", share, inputs, residue)
        case PrincipalAmounts():
            stated = cell.amount("principal")
            return _Derivation(
                "stated", {"stated": stated}, "The terms state every principal."
            )
        case _ if cell.is_last:
            return _rest(cell, "The whole principal is repaid at the end.")
        case _:
            return _Derivation("0", {}, "No principal is repaid before the end.")


def _rest(cell: _Cell, rule: str) -> _Derivation:
    return _Derivation("opening", {"opening": cell.amount("opening")}, rule)


def _level_principal(cell: _Cell, terms: LevelPayment) -> _Derivation:
    if cell.is_last:
        return _rest(cell, "The last installment clears what is left.")
    if cell.index == 0 and terms.residue is Residue.FIRST:
        return _Derivation(
            "opening - next_opening",
            {
                "opening": cell.amount("opening"),
                "next_opening": cell.amount("opening", 1),
            },
            "The first installment takes the residue: its principal is the one after"
            " which level payments come closest to clearing the loan.",
        )
    level = _level_units(cell, terms)
    return _Derivation(
        "min(level - interest, opening)",
        {
            "level": from_units(level, cell.loan.digits),
            "interest": cell.amount("interest"),
            "opening": cell.amount("opening"),
        },
        "What the level payment leaves after interest, never more than is owed.",
        _ANNUITY,
    )


def _level_units(cell: _Cell, terms: LevelPayment) -> int:
    loan, periods = cell.loan, resolve_periods(cell.loan)
    grown = growth(loan, periods, loan.counted_by)
    return level_payment_units(loan, terms, periods, grown)


def _payment(cell: _Cell) -> _Derivation:
    terms = cell.loan.repayment
    if isinstance(terms, LevelPayment) and not cell.is_last:
        special = cell.index == 0 and terms.residue is Residue.FIRST
        level = _level_units(cell, terms)
        if not special and cell.columns.payment[cell.index] == level:
            return _level_payment(cell, terms)
    return _Derivation(
        "principal + interest + fee",
        {name: cell.amount(name) for name in ("principal", "interest", "fee")},
        "A payment is the sum of its parts.",
    )


def _level_payment(cell: _Cell, terms: LevelPayment) -> _Derivation:
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
    return _Derivation(
        formula,
        inputs,
        "The same payment every period; a factor is the rate times the period's time.",
        _ANNUITY,
    )


def _start(cell: _Cell) -> _Derivation:
    if cell.index == 0:
        disbursed = cell.loan.disbursed
        return _Derivation(
            "disbursed", {"disbursed": disbursed}, "Interest starts on disbursement."
        )
    return _Derivation(
        "previous_end",
        {"previous_end": cell.columns.end[cell.index - 1]},
        "A period starts where the one before ended.",
    )


def _unmoved(cell: _Cell) -> _Derivation:
    loan = cell.loan
    periods = resolve_periods(loan)
    if not isinstance(loan.every, Step):
        stated = periods.unmoved[cell.index + 1]
        return _Derivation("stated", {"stated": stated}, "The terms state every date.")
    steps = loan.repayment.count - 1 if len(periods.end) == 1 else cell.index
    return _Derivation(
        "anchor + steps * every",
        {
            "anchor": loan.anchor,
            "steps": steps,
            "every": str(loan.every),
            "day": loan.roll_day,
        },
        "Dates count from the anchor, never from the date before; where a month lacks"
        " the day, its last day stands in.",
    )


def _end(cell: _Cell) -> _Derivation:
    periods = resolve_periods(cell.loan)
    if cell.columns.end[cell.index] == periods.unmoved[cell.index + 1]:
        return _unmoved(cell)
    return _due(cell)


def _due(cell: _Cell) -> _Derivation:
    term = cell.loan.business_days
    unmoved = resolve_periods(cell.loan).unmoved[cell.index + 1]
    if term is None or cell.columns.due[cell.index] == unmoved:
        return _unmoved(cell)
    return _Derivation(
        "move(unmoved)",
        {
            "unmoved": unmoved,
            "rule": term.rule.value,
            "calendar": term.calendar.name,
        },
        "A due date on a day off moves to a business day.",
    )


_DERIVATIONS: dict[str, Callable[[_Cell], _Derivation]] = {
    "number": _number,
    "start": _start,
    "end": _end,
    "due": _due,
    "opening": _opening,
    "payment": _payment,
    "principal": _principal,
    "interest": _interest,
    "fee": _fee,
    "closing": _closing,
}
