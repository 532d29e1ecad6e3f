"""A line's amounts as whole units, and how exact ones become so."""

from decimal import Decimal
from fractions import Fraction

from loanmath.currency import agreed_units, to_units
from loanmath.errors import InputTypeError, LimitError
from loanmath.rounding import Rounding
from loanmath.terms.lines import CreditLine

__all__ = ["checked_line", "event_units", "line_units", "share_units"]

_HALF_UP = Rounding()


def checked_line(line: CreditLine) -> CreditLine:
    """
    Return a line, refusing anything else.

    Raises:
        InputTypeError: If it is not a line.
    """
    if type(line) is not CreditLine:
        raise InputTypeError("line", got=line, allowed="CreditLine(...)")
    return line


def line_units(line: CreditLine, amount: object, what: str) -> int:
    """Return an amount in the units of a line."""
    units = to_units(amount, line.digits, what)
    if units < 0:
        raise LimitError(what, got=amount, allowed="zero or above")
    return units


def event_units(line: CreditLine, amount: Decimal, what: str) -> int:
    """Return the amount of an event in the units of a line."""
    return agreed_units(amount, line.digits, what)


def share_units(
    share: Fraction, units: int, digits: int, rounding: Rounding | None
) -> int:
    """Return a share of units, rounded as agreed, or half up to the minor unit."""
    rounded = (rounding or _HALF_UP).quotient(digits)
    return rounded(share.numerator * units, share.denominator)
