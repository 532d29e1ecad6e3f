"""A plan as somebody proposes it: concessions, and limits that it is to keep."""

from attrs import field, frozen

from loanmath.doors import to_tuple_of
from loanmath.terms.concessions.limits import PlanLimit
from loanmath.terms.concessions.union import Concession, to_concessions

__all__ = ["Proposal", "to_limits"]


def to_limits(limits: object) -> tuple[PlanLimit, ...]:
    """
    Return limits, refusing everything that is not one.

    Raises:
        InputTypeError: If they are not a sequence of limits.

    Example:
        >>> to_limits([PlanLimit("ours", months=36)])[0].months
        36
    """
    return to_tuple_of(limits, PlanLimit, "limits")


@frozen
class Proposal:
    """
    A plan that is proposed for any account (重组方案建议).

    Args:
        concessions: What is conceded, in its order.
        limits: Named limits that the plan is to keep.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If nothing is conceded.

    Example:
        >>> from loanmath.terms.concessions import ReAging
        >>> Proposal([ReAging()]).limits
        ()
    """

    concessions: tuple[Concession, ...] = field(converter=to_concessions)
    limits: tuple[PlanLimit, ...] = field(default=(), converter=to_limits)
