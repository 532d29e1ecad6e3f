"""
The United Kingdom: the price cap on high-cost short-term credit.

Amounts are in pounds. The cap holds for unsecured credit of at most twelve months at an
annual rate of 100 % or more (CONC 5A).
"""

from datetime import date

from loanmath.presets.facts import Fact
from loanmath.rates import Rate
from loanmath.terms import AmountCap, PenaltyInterest

__all__ = ["DEFAULT_FEES", "DEFAULT_INTEREST", "INITIAL_COST", "TOTAL_COST"]

_SOURCE = "FCA Handbook, CONC 5A; press coverage of FCA CP14/10"
_IN_FORCE = date(2015, 1, 2)
_NOT_SEEN = "the handbook's text was not seen, and the day is recalled"

INITIAL_COST: Fact[Rate] = Fact(
    Rate("0.8%/day"),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note=f"simple, on what is outstanding: 24 pounds on 100 for 30 days; {_NOT_SEEN}",
)
"""The highest rate of interest and charges before default."""

DEFAULT_INTEREST: Fact[PenaltyInterest] = Fact(
    PenaltyInterest(multiple="1"),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note=f"interest after default at no more than the initial rate; {_NOT_SEEN}",
)
"""The most that a late borrower bears by the day: the contract's own rate."""

DEFAULT_FEES: Fact[AmountCap] = Fact(
    AmountCap("default fees", "15", since=_IN_FORCE),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note="15 pounds in all; an AmountCap counts penalty interest too, so where any is "
    f"charged, limit each late charge by its `most` instead; {_NOT_SEEN}",
)
"""The ceiling on all default fees of a loan together."""

TOTAL_COST: Fact[AmountCap] = Fact(
    AmountCap(
        "total cost",
        "100%",
        of=["penalty", "compound", "fee", "interest"],
        since=_IN_FORCE,
    ),
    in_force=_IN_FORCE,
    source=_SOURCE,
    recalled=True,
    note=f"interest, fees and charges in all, of the amount borrowed; {_NOT_SEEN}",
)
"""The ceiling on all that a loan may cost: as much again as was lent."""
