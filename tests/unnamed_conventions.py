"""What a term sheet does not name, though it is at its default and could move a cent."""

from loanmath.analysis import Agreed, sensitivity
from loanmath.rounding import Rounding
from loanmath.term_sheets.facts import facts
from loanmath.term_sheets.open_points import OpenPoint, open_points
from loanmath.terms import InstallmentLoan

__all__ = ["POINT_OF", "unnamed"]

POINT_OF = {
    "day count": OpenPoint.DAY_COUNT,
    "head and tail": OpenPoint.END_DAYS,
    "rounding mode": OpenPoint.ROUNDING,
    "rounding unit": OpenPoint.ROUNDING,
    "rounding place": OpenPoint.ROUNDING_PLACE,
    "residue": OpenPoint.RESIDUE,
    "month rule": OpenPoint.MONTH_ENDS,
    "business days": OpenPoint.DAYS_OFF,
    "broken period": OpenPoint.FIRST_PERIOD,
    "payment rounding": OpenPoint.PAYMENT_ROUNDING,
    "payment worked out by": OpenPoint.SIZED_BY,
    "rate change moves": OpenPoint.RATE_CHANGE,
    "fee charged": OpenPoint.FEE_CHARGED,
    "fee rounding": OpenPoint.FEE_ROUNDING,
}
"""The point that stands for each convention of `sensitivity`."""


def _point_of(name: str) -> OpenPoint:
    return POINT_OF["fee rounding" if name.startswith("rounding of fee") else name]


def unnamed(loan: InstallmentLoan) -> list[str]:
    """Return the conventions that a sheet should name and does not."""
    found, named = sensitivity(loan), open_points(facts(loan))
    moving = {row.convention for row in found.rows if row.changed or row.moved}
    return [
        known.convention
        for known in found.in_force
        if known.agreed is not Agreed.STATED
        and known.convention in moving
        and not _was_stated_with_another(loan, known.convention)
        and _point_of(known.convention) not in named
    ]


def _was_stated_with_another(loan: InstallmentLoan, name: str) -> bool:
    # A rounding that is not the usual one was stated, mode and unit together.
    return name in ("rounding mode", "rounding unit") and loan.rounding != Rounding()
