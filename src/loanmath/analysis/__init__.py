"""What terms mean: how many cents each convention of a contract is worth."""

from loanmath.analysis.sensitivity import (
    Agreed,
    ConventionInForce,
    Effect,
    Refusal,
    Sensitivity,
    sensitivity,
)

__all__ = [
    "Agreed",
    "ConventionInForce",
    "Effect",
    "Refusal",
    "Sensitivity",
    "sensitivity",
]
