"""The strategies of agreements reach the edges that they promise."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from agreements import agreements
from oracle.agreement import Agreement, Charge
from oracle.planner import RefusedError, is_month_end
from oracle.timeline import installment_dates
from oracle.walker import plan, walk_of


def reached(family: str, wanted: Callable[[Agreement], bool]) -> Agreement:
    quick = settings(
        max_examples=20_000,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return find(agreements(family), wanted, settings=quick)


def cut_inside(terms: Agreement) -> bool:
    """A rate that changes between two due dates."""
    try:
        walk = walk_of(terms, terms.count)
    except RefusedError:
        return False
    cuts = walk.path.cuts()
    return any(slot.start < day < slot.end for slot in walk.slots for day in cuts)


def cut_twice(terms: Agreement) -> bool:
    """Two rates that change within one period."""
    ends = [terms.disbursed, *installment_dates(terms, terms.count)]
    days = [day for day, _ in terms.changes or ()]
    return any(
        sum(start < day < end for day in days) > 1 for start, end in pairwise(ends)
    )


def cut_on_a_due_date(terms: Agreement) -> bool:
    ends = installment_dates(terms, terms.count)[:-1]
    return any(day in ends for day, _ in terms.changes or ())


def is_capped(terms: Agreement) -> bool:
    rate = terms.floating
    if rate is None or rate.cap is None:
        return False
    values = [rate.multiplier * value + rate.spread for _, value in rate.observations]
    return min(values) < rate.cap < max(values)


def drawn_on_a_due_date(terms: Agreement) -> bool:
    ends = installment_dates(terms, terms.count)[:-1]
    return any(day in ends for day, _ in terms.drawdowns)


def has_charge(**wanted: object) -> Callable[[Agreement], bool]:
    def holds(charge: Charge) -> bool:
        return all(getattr(charge, name) == value for name, value in wanted.items())

    return lambda terms: any(holds(charge) for charge in terms.charges)


def has_holiday(of: str, interest: str | None) -> Callable[[Agreement], bool]:
    return lambda terms: any(
        (one.of, one.interest) == (of, interest) for one in terms.holidays
    )


def fee_row(terms: Agreement) -> bool:
    try:
        lines = plan(terms)
    except RefusedError:
        return False
    return any(line.installment is None and line.fee for line in lines[1:])


EDGES: dict[str, tuple[str, Callable[[Agreement], bool]]] = {
    "a rate cut inside": ("changing rates", cut_inside),
    "a rate cut on a due date": ("changing rates", cut_on_a_due_date),
    "two changes in a period": ("changing rates", cut_twice),
    "a cap that binds": ("changing rates", is_capped),
    "a tail and a cut": (
        "changing rates",
        lambda terms: terms.head_tail == "tail" and cut_inside(terms),
    ),
    "a longer term": (
        "changing rates",
        lambda terms: terms.on_rate_change == "term" and cut_inside(terms),
    ),
    "a negative rate": ("changing rates", lambda terms: terms.rate < 0),
    "no rate": ("drawdowns", lambda terms: terms.rate == 0),
    "one cent": ("level", lambda terms: terms.principal == terms.cent),
    "one installment": ("broken periods", lambda terms: terms.count == 1),
    "thirty installments": ("graduated", lambda terms: terms.count > 30),
    "a leap day": (
        "odd dates",
        lambda terms: (terms.disbursed.month, terms.disbursed.day) == (2, 29),
    ),
    "a month end": ("holidays", lambda terms: is_month_end(terms.disbursed)),
    "annuity due": (
        "odd dates",
        lambda terms: terms.method == "level" and terms.first_due == terms.disbursed,
    ),
    "a drawdown on a due date": ("drawdowns", drawn_on_a_due_date),
    "a shortfall": (
        "fixed",
        lambda terms: terms.shortfall == "capitalize" and terms.rate > 0,
    ),
    "a term that follows": ("fixed", lambda terms: terms.open_ended),
    "a residue that is spread": ("level", lambda terms: terms.residue == "spread"),
    "a second pass": ("level", lambda terms: terms.residue == "second_pass"),
    "a fee that is financed": ("charges", has_charge(paid="financed")),
    "a fee that is deducted": ("charges", has_charge(paid="deducted")),
    "a fee with a tax": ("charges", lambda terms: any(c.tax for c in terms.charges)),
    "a row for a fee": ("charges", fee_row),
    "interest that is carried": ("holidays", has_holiday("payment", "carry")),
    "interest that is waived": ("holidays", has_holiday("interest", "waive")),
    "the year 2100": ("level", lambda terms: terms.disbursed >= date(2099, 12, 31)),
}


@pytest.mark.parametrize("edge", EDGES)
def test_edges_are_reached(edge):
    family, wanted = EDGES[edge]
    assert wanted(reached(family, wanted))
