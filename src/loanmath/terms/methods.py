"""The closed union of repayment methods."""

from typing import TypeAlias, get_args

from loanmath.errors import InputTypeError
from loanmath.terms.flat_charge import AddOnInterest, FlatFee
from loanmath.terms.payments import (
    FixedPayment,
    FixedPrincipal,
    GraduatedPayment,
    SteppedPayment,
)
from loanmath.terms.repayment import (
    EqualPrincipal,
    InterestOnly,
    LevelPayment,
    PrincipalAmounts,
    SinglePayment,
)

__all__ = ["Repayment", "to_repayment"]

Repayment: TypeAlias = (
    LevelPayment
    | EqualPrincipal
    | InterestOnly
    | SinglePayment
    | FixedPayment
    | FixedPrincipal
    | GraduatedPayment
    | SteppedPayment
    | PrincipalAmounts
    | FlatFee
    | AddOnInterest
)
"""The closed union of repayment methods."""

_KINDS = get_args(Repayment)


def to_repayment(repayment: Repayment) -> Repayment:
    """
    Return a repayment method, refusing everything that is not one.

    Raises:
        InputTypeError: If it is not one of the methods, or a method's class.

    Example:
        >>> to_repayment(LevelPayment(12)).count
        12
    """
    if type(repayment) not in _KINDS:
        raise InputTypeError(
            "repayment",
            got=repayment,
            allowed=", ".join(f"{kind.__name__}(...)" for kind in _KINDS),
        )
    return repayment
