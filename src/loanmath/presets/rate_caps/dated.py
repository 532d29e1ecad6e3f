"""A ceiling of the law as a dated, cited constant."""

from datetime import date
from typing import Any

from loanmath.analysis.caps import LendingCap, Limit
from loanmath.presets.facts import Fact

__all__ = ["dated_cap"]


def dated_cap(  # noqa: PLR0913 what a cap and its fact say
    name: str,
    limit: Limit,
    *,
    since: date,
    source: str,
    recalled: bool = True,
    note: str = "",
    **terms: Any,
) -> Fact[LendingCap]:
    """
    Return a cap as a fact: both name the same day and the same source.

    Example:
        >>> from loanmath.analysis.caps import AnnualLimit
        >>> fact = dated_cap("36 %", AnnualLimit("36%/year"), since=date(2015, 10, 3),
        ...     source="32 CFR 232.4", jurisdiction="US", lenders=["any"],
        ...     effect="void")
        >>> fact.in_force == fact.value.since
        True
    """
    cap = LendingCap(name, limit, since=since, source=source, **terms)
    return Fact(cap, in_force=since, source=source, recalled=recalled, note=note)
