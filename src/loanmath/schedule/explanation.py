"""
Why a cell of a schedule holds what it holds: the derivation as a value.

The formula is an expression over the named inputs, in Python's notation, with four
functions of its own: `round(x)` is the rounding among the inputs, `fee_round(x)` the
one called fee_rounding, `annuity(f)` is `sum_k prod_{j<=k} 1 / (1 + f_j)`, and
`dot(a, b, c)` is `sum_k a_k * b_k * c_k`. Whoever evaluates it exactly gets the cell.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from loanmath.currency import from_units
from loanmath.errors import UnknownNameError
from loanmath.rates import percentage_text
from loanmath.rounding import Rounding
from loanmath.schedule.columns import Columns
from loanmath.schedule.derivation import (
    Cell,
    Derivation,
    Input,
    Inputs,
    derive_closing,
    derive_due,
    derive_end,
    derive_interest,
    derive_number,
    derive_opening,
    derive_start,
)
from loanmath.schedule.detailed_derivation import derive_detailed
from loanmath.schedule.repayment_derivation import (
    derive_fee,
    derive_payment,
    derive_principal,
)
from loanmath.schedule.rows import Installment
from loanmath.terms import InstallmentLoan

__all__ = ["Explanation", "explain"]


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
            f"Installment {self.number}, {self.column}: {_plain(self.result)}",
            f"  = {self.formula}",
            *(f"  {name} = {_shown(name, value)}" for name, value in self.pairs),
            f"  Rule: {self.rule}",
            f"  Source: {self.source}",
        ]
        return "\n".join(lines)


def _shown(name: str, value: Input) -> str:
    if isinstance(value, Rounding):
        unit = "the minor unit" if value.unit is None else _plain(value.unit)
        return f"{value.mode.value.replace('_', ' ')}, to {unit}"
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value[:3]))}, ...) for {len(value)} periods"
    if isinstance(value, Fraction) and value.denominator > _MOST_SHOWN:
        # A quotient of thousands of digits tells nothing: its first decimals do.
        units = value.numerator * _MOST_SHOWN // value.denominator
        return f"about {_plain(from_units(units, 12))}"
    if isinstance(value, Fraction) and name == "rate":
        return f"{percentage_text(value)} ({value})"
    return _plain(value)


def _plain(value: Input) -> str:
    # Zero with many decimals prints as 0E-8 where it is not told otherwise.
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_MOST_SHOWN = 10**12

_DERIVATIONS: dict[str, Callable[[Cell], Derivation]] = {
    "number": derive_number,
    "start": derive_start,
    "end": derive_end,
    "due": derive_due,
    "opening": derive_opening,
    "payment": derive_payment,
    "principal": derive_principal,
    "interest": derive_interest,
    "fee": derive_fee,
    "closing": derive_closing,
    "tax": lambda _: Derivation("0", {}, "The terms charge no fee that is taxed."),
    "drawn": lambda _: Derivation("0", {}, "All is paid out on disbursement."),
    "capitalized": lambda _: Derivation("0", {}, "No interest is capitalized."),
}


def explain(
    loan: InstallmentLoan, columns: Columns, index: int, column: str
) -> Explanation:
    """
    Return the derivation of one cell of a schedule.

    Raises:
        UnknownNameError: If there is no such column.

    Example:
        >>> from datetime import date
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment
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
    cell = Cell(loan, columns, index)
    result: Decimal | date | int
    if column == "number":
        result = index + 1
    elif column in ("start", "end", "due"):
        result = getattr(columns, column)[index]
    else:
        result = cell.amount(column)
    if loan.is_plain:
        formula, inputs, rule, source = derive(cell)
    else:
        formula, inputs, rule, source = derive_detailed(cell, column)
    pairs = tuple(inputs.items())
    return Explanation(index + 1, column, result, formula, pairs, rule, source)
