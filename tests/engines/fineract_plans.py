"""New plans of Fineract scenarios, as the concessions that a restructuring makes."""

from datetime import date

from engines.cases import Case
from loanmath import Rate, Step
from loanmath.terms.concessions import (
    Concession,
    FrozenInterest,
    NewDates,
    RateCut,
    ReAging,
    Reamortization,
)

ANEW = ("re_age", "re_amortize")
_STEPS = {"MONTHS": ("months", 1), "WEEKS": ("days", 7), "DAYS": ("days", 1)}


def conceded(event: Case) -> list[Concession]:
    """Return what a new plan concedes: its dates, and how old interest is paid."""
    interest = _interest(event)
    if event["kind"] == "re_amortize":
        return [ReAging(), *interest, Reamortization()]
    unit, times = _STEPS[event["frequency_type"]]
    every = Step(**{unit: times * int(event["frequency_number"])})
    first = date.fromisoformat(event["start_date"])
    count = int(event["number_of_installments"])
    return [
        ReAging(), *interest, NewDates(first, every), Reamortization(count=count),
    ]  # fmt: skip


def _interest(event: Case) -> list[Concession]:
    """Return what becomes of interest that was owed and earned, and is to come."""
    handling = (
        event.get("re_age_interest_handling")
        or event.get("interest_handling")
        or "DEFAULT"
    )
    if handling == "DEFAULT":
        return [FrozenInterest("within", components=["interest"])]
    shared = FrozenInterest(
        "equal",
        components=["penalty", "fee", "interest"],
        to_come=handling == "EQUAL_AMORTIZATION_FULL_INTEREST",
    )
    if handling == "EQUAL_AMORTIZATION_INTEREST_SPLIT":
        return [shared]
    # What is shared out equally is all there is.
    return [shared, RateCut(Rate("0%/year"))]
