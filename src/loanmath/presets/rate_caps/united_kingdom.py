"""The United Kingdom: the price cap on high-cost short-term credit."""

from datetime import date
from typing import Any

from loanmath.analysis.caps import CostLimit, LendingCap, SimpleLimit
from loanmath.presets.facts import Fact
from loanmath.presets.rate_caps.dated import dated_cap
from loanmath.presets.uk import DEFAULT_FEES, INITIAL_COST, TOTAL_COST

__all__ = ["UK_DEFAULT_FEES", "UK_INITIAL_COST", "UK_TOTAL_COST", "UNITED_KINGDOM"]

_CREDIT: dict[str, Any] = {
    "since": date(2015, 1, 2),
    "jurisdiction": "GB",
    "lenders": ["high_cost_short_term"],
    "effect": "void",
    "currency": "GBP",
}

UK_INITIAL_COST: Fact[LendingCap] = dated_cap(
    "initial cost",
    SimpleLimit(INITIAL_COST.value, of=["interest", "fee", "default_interest"]),
    source=INITIAL_COST.source,
    note=f"interest after default counts with it; {INITIAL_COST.note}",
    **_CREDIT,
)
"""Interest and charges: at most 0.8 % a day, simple, of what is outstanding."""

UK_DEFAULT_FEES: Fact[LendingCap] = dated_cap(
    "default fees",
    CostLimit(DEFAULT_FEES.value.most, of=["default_fee"]),
    source=DEFAULT_FEES.source,
    note="15 pounds in all, without interest; the handbook's text was not seen",
    **_CREDIT,
)
"""All default fees of a loan together: at most 15 pounds."""

UK_TOTAL_COST: Fact[LendingCap] = dated_cap(
    "total cost",
    CostLimit(TOTAL_COST.value.most),
    source=TOTAL_COST.source,
    note=TOTAL_COST.note,
    **_CREDIT,
)
"""All that a loan costs: at most as much again as was lent."""

UNITED_KINGDOM: tuple[LendingCap, ...] = tuple(
    fact.value for fact in (UK_INITIAL_COST, UK_DEFAULT_FEES, UK_TOTAL_COST)
)
"""The ceilings of the United Kingdom; lender: `"high_cost_short_term"`."""
