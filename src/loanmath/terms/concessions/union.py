"""The closed union of concessions."""

from collections.abc import Sequence
from typing import TypeAlias, get_args

from loanmath.errors import InputTypeError, TermsError
from loanmath.terms.concessions.money import (
    Capitalization,
    ConditionalForgiveness,
    Forgiveness,
    FrozenInterest,
    FrozenPaid,
    ReAging,
)
from loanmath.terms.concessions.payments import AffordablePayment, Settlement
from loanmath.terms.concessions.plans import (
    Deferral,
    Extension,
    NewDates,
    PlanFee,
    RateCut,
    Reamortization,
)

__all__ = [
    "CONCESSIONS",
    "Concession",
    "MoneyConcession",
    "TermsConcession",
    "to_concessions",
]

MoneyConcession: TypeAlias = (
    Forgiveness | ConditionalForgiveness | Capitalization | ReAging | FrozenInterest
)
"""What moves what is owed."""

TermsConcession: TypeAlias = (
    Extension
    | Deferral
    | Reamortization
    | RateCut
    | AffordablePayment
    | NewDates
    | PlanFee
    | Settlement
)
"""What changes the terms of what is left."""

Concession: TypeAlias = MoneyConcession | TermsConcession
"""The closed union of concessions."""

CONCESSIONS: tuple[type, ...] = get_args(Concession)
"""The classes of concessions."""

_MOST = 100


def to_concessions(concessions: object) -> tuple[Concession, ...]:
    """
    Return concessions in their stated order, refusing everything that is not one.

    Raises:
        InputTypeError: If they are not a sequence of concessions.
        TermsError: If there are none, or more than 100, or something is frozen, to be
            paid, before a settlement.

    Example:
        >>> to_concessions([ReAging(), Extension(installments=6)])[0]
        ReAging()
    """
    if not isinstance(concessions, (list, tuple)):
        raise InputTypeError(
            "concessions", got=concessions, allowed="a list of concessions"
        )
    for concession in concessions:
        if type(concession) not in CONCESSIONS:
            names = ", ".join(kind.__name__ for kind in CONCESSIONS)
            raise InputTypeError("concessions", got=concession, allowed=names)
    if not 1 <= len(concessions) <= _MOST:
        raise TermsError(
            "concessions", got=len(concessions), allowed=f"1 to {_MOST} concessions"
        )
    _check_settlement(concessions)
    return tuple(concessions)


def _check_settlement(concessions: Sequence[Concession]) -> None:
    is_frozen = False
    for concession in concessions:
        if isinstance(concession, FrozenInterest):
            is_frozen |= concession.paid is not FrozenPaid.FORGIVEN
        elif isinstance(concession, Settlement) and is_frozen:
            raise TermsError(
                "concessions",
                got="FrozenInterest before a Settlement",
                allowed="a settlement of all that is owed, with nothing beside it",
                do="leave FrozenInterest out: the amount settles what it would freeze",
            )
