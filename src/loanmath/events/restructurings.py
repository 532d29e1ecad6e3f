"""A restructured plan that the parties agreed on, and its breach."""

from attrs import field, frozen

from loanmath.events.recorded import Recorded, to_of
from loanmath.terms.concessions import Concession, to_concessions

__all__ = ["Breach", "Restructuring"]


@frozen(kw_only=True)
class Restructuring(Recorded):
    """
    A restructured plan (债务重组, 个性化分期): what the lender concedes, in its order.

    It names concessions, never amounts: on its day, after its payments, they are worked
    out on what is owed, and what is left is planned anew. Recorded late, it is applied
    to what was owed then.

    Args:
        id: The name of the event, unique in its account.
        on: The first day of the plan.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        concessions: What is conceded, applied one after the other.

    Raises:
        InputTypeError: If a value is of the wrong type.
        TermsError: If nothing is conceded.

    Example:
        >>> from datetime import date
        >>> from loanmath.terms.concessions import Extension, ReAging
        >>> Restructuring(id="r1", on=date(2026, 6, 1),
        ...     concessions=[ReAging(), Extension(months=6)]).concessions[0]
        ReAging()

    Source: China Civil Code, Article 543 (in force 2021-01-01): parties may change a
    contract by agreement; recalled.
    """

    concessions: tuple[Concession, ...] = field(converter=to_concessions)


@frozen(kw_only=True)
class Breach(Recorded):
    """
    The borrower broke a restructured plan, and it ends (违约, 协议失效).

    From this day on the account is what it would be without the plan, with every
    payment since credited by the terms as they were. What was forgiven for good stays
    forgiven; what depended on performance is owed again.

    Args:
        id: The name of the event, unique in its account.
        on: The day on which the plan ends.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        of: The id of the restructuring.

    Example:
        >>> from datetime import date
        >>> Breach(id="b1", on=date(2026, 9, 1), of="r1").of
        'r1'

    Source: on a breach the plan is void, and the debt is reinstated from the cut-off
    with what was paid; recalled.
    """

    of: str = field(converter=to_of)
