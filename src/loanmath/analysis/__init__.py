"""What terms mean: how many cents each convention of a contract is worth."""

from loanmath.analysis.conventions import Agreed
from loanmath.analysis.effects import (
    ConventionInForce,
    Effect,
    Refusal,
    Sensitivity,
)
from loanmath.analysis.sensitivity import sensitivity

__all__ = [
    "Agreed",
    "ConventionInForce",
    "Effect",
    "Refusal",
    "Sensitivity",
    "sensitivity",
]
