"""Indonesia: the daily ceilings on online lending, lowered from year to year."""

from datetime import date

from loanmath.analysis.caps import CostLimit, LendingCap, SimpleLimit
from loanmath.presets.facts import Fact
from loanmath.presets.rate_caps.dated import dated_cap

__all__ = [
    "CONSUMPTIVE_2024",
    "CONSUMPTIVE_2025",
    "CONSUMPTIVE_2026",
    "INDONESIA",
    "LATE_CONSUMPTIVE_2024",
    "LATE_CONSUMPTIVE_2025",
    "LATE_CONSUMPTIVE_2026",
    "LATE_PRODUCTIVE_2024",
    "LATE_PRODUCTIVE_2026",
    "PRODUCTIVE_2024",
    "PRODUCTIVE_2026",
    "TOTAL_2024",
]

_SOURCE = "OJK, circular on online lending of 2023 (SEOJK 19/2023)"
_LATER = "later partly revised, and the revision was not seen"


def _daily(year: int, kind: str, rate: str, *, late: bool = False) -> Fact[LendingCap]:
    costs = ["default_interest", "default_fee"] if late else ["interest", "fee"]
    rule = f"{'late fines' if late else 'costs'}, {kind}"
    return dated_cap(
        f"{rule}, {rate} of {year}",
        SimpleLimit(rate, of=costs, overdue=late),
        since=date(year, 1, 1),
        source=_SOURCE,
        note=_note(kind, late=late),
        jurisdiction="ID",
        lenders=[f"online_{kind}"],
        effect="forbidden",
        rule=rule,
    )


def _note(kind: str, *, late: bool) -> str:
    texts = ["a loan of less than a year"] if kind == "consumptive" else []
    texts += ["on what is outstanding while it is late"] if late else []
    return "; ".join([*texts, _LATER])


CONSUMPTIVE_2024: Fact[LendingCap] = _daily(2024, "consumptive", "0.3%/day")
"""A consumptive loan costs at most 0.3 % a day in 2024."""

CONSUMPTIVE_2025: Fact[LendingCap] = _daily(2025, "consumptive", "0.2%/day")
"""A consumptive loan costs at most 0.2 % a day in 2025."""

CONSUMPTIVE_2026: Fact[LendingCap] = _daily(2026, "consumptive", "0.1%/day")
"""A consumptive loan costs at most 0.1 % a day from 2026."""

PRODUCTIVE_2024: Fact[LendingCap] = _daily(2024, "productive", "0.1%/day")
"""A productive loan costs at most 0.1 % a day in 2024 and 2025."""

PRODUCTIVE_2026: Fact[LendingCap] = _daily(2026, "productive", "0.067%/day")
"""A productive loan costs at most 0.067 % a day from 2026."""

LATE_CONSUMPTIVE_2024: Fact[LendingCap] = _daily(
    2024, "consumptive", "0.3%/day", late=True
)
"""Late fines of a consumptive loan: at most 0.3 % a day in 2024."""

LATE_CONSUMPTIVE_2025: Fact[LendingCap] = _daily(
    2025, "consumptive", "0.2%/day", late=True
)
"""Late fines of a consumptive loan: at most 0.2 % a day in 2025."""

LATE_CONSUMPTIVE_2026: Fact[LendingCap] = _daily(
    2026, "consumptive", "0.1%/day", late=True
)
"""Late fines of a consumptive loan: at most 0.1 % a day from 2026."""

LATE_PRODUCTIVE_2024: Fact[LendingCap] = _daily(
    2024, "productive", "0.1%/day", late=True
)
"""Late fines of a productive loan: at most 0.1 % a day in 2024 and 2025."""

LATE_PRODUCTIVE_2026: Fact[LendingCap] = _daily(
    2026, "productive", "0.067%/day", late=True
)
"""Late fines of a productive loan: at most 0.067 % a day from 2026."""

TOTAL_2024: Fact[LendingCap] = dated_cap(
    "total cost",
    CostLimit("100%"),
    since=date(2024, 1, 1),
    source=_SOURCE,
    note="costs and late fines together, of the principal",
    jurisdiction="ID",
    lenders=["online_consumptive", "online_productive"],
    effect="forbidden",
)
"""All that an online loan costs: at most as much again as was lent."""

INDONESIA: tuple[LendingCap, ...] = tuple(
    fact.value
    for fact in (
        CONSUMPTIVE_2024,
        CONSUMPTIVE_2025,
        CONSUMPTIVE_2026,
        PRODUCTIVE_2024,
        PRODUCTIVE_2026,
        LATE_CONSUMPTIVE_2024,
        LATE_CONSUMPTIVE_2025,
        LATE_CONSUMPTIVE_2026,
        LATE_PRODUCTIVE_2024,
        LATE_PRODUCTIVE_2026,
        TOTAL_2024,
    )
)
"""The ceilings of Indonesia; lenders: `"online_consumptive"`, `"online_productive"`."""
