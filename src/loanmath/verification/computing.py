"""What each kind of example computes: its inputs in, exact figures by name out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from loanmath.account import Account
from loanmath.daycount import day_count
from loanmath.events import Event
from loanmath.line_account import LineAccount
from loanmath.recurrence import Step, add_months
from loanmath.schedule import plan
from loanmath.serialization import (
    events_from_json_lines,
    line_from_document,
    terms_from_document,
)
from loanmath.yields import AnnualRate, apr
from loanmath.yields.conventions import to_convention

__all__ = ["COMPUTED", "Figure"]

Figure: TypeAlias = int | Decimal | Fraction | AnnualRate
Inputs: TypeAlias = Mapping[str, Any]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _annual_rate(inputs: Inputs, name: str) -> Figure:
    """Return the rate of flows, of which streams are a date and a step apart."""
    convention, every = inputs["convention"], inputs.get("every")
    if every is not None:
        amounts = [amount for amount, count in inputs["amounts"] for _ in range(count)]
        rate = apr(amounts, convention, every=every, digits=13)
    else:
        rate = apr(list(_dated(inputs["flows"])), convention, digits=13)
    return rate if name == "percent" else rate.periods_per_year


def _dated(flows: list[dict[str, Any]]) -> Iterator[tuple[date, str]]:
    for flow in flows:
        first, step = _day(flow["on"]), Step.of(flow.get("every", "monthly"))
        for number in range(flow.get("count", 1)):
            if step.months:
                on = add_months(first, number * step.months)
            else:
                on = date.fromordinal(first.toordinal() + number * step.days)
            yield on, flow["amount"]


def _interval(inputs: Inputs, name: str) -> Figure:
    del name
    rule: Any = to_convention(inputs["convention"]).timing
    days = _day(inputs["start"]), _day(inputs["end"])
    return Fraction(rule.between(*days, Step.of(inputs["every"])))


def _day_count(inputs: Inputs, name: str) -> Figure:
    convention = day_count(inputs["day_count"])
    days = _day(inputs["start"]), _day(inputs["end"])
    context: dict[str, Any] = {
        key: inputs[key] for key in ("months", "end_of_month") if key in inputs
    }
    if "maturity" in inputs:
        context["maturity"] = _day(inputs["maturity"])
    if "period" in inputs:
        first, last = inputs["period"]
        context["period"] = _day(first), _day(last)
    if name == "days":
        return convention.days(*days, **context)
    return convention.fraction(*days, **context)


def _schedule(inputs: Inputs, name: str) -> Figure:
    """Return `"12.payment"` of row 12, or `"totals.interest"`."""
    schedule = plan(terms_from_document(inputs["terms"]))
    where, column = name.split(".")
    row = schedule.totals if where == "totals" else schedule[int(where) - 1]
    return _exact(getattr(row, column))


def _account(inputs: Inputs, name: str) -> Figure:
    """Return a field of the position, such as `"payoff"` or `"overdue.penalty"`."""
    account = Account.open(terms_from_document(inputs["terms"]))
    found: Any = account.record(*_events(inputs)).position(_day(inputs["on"]))
    for part in name.split("."):
        found = getattr(found, part)
    return _exact(found)


def _bill(inputs: Inputs, name: str) -> Figure:
    """Return a field of the bill, or `"interest.cash"` of a segment."""
    line = line_from_document(inputs["line"])
    account = LineAccount.open(line, _day(inputs["opened"])).record(*_events(inputs))
    year, month = inputs["statement"].split("-")
    bill = account.statement(int(year), int(month))
    field, _, segment = name.partition(".")
    if segment:
        return _exact(dict(getattr(bill, field))[segment])
    return _exact(getattr(bill, field))


def _events(inputs: Inputs) -> tuple[Event, ...]:
    return events_from_json_lines("\n".join(inputs.get("events", ())))


def _exact(amount: Any) -> Figure:
    return Fraction(amount)


COMPUTED: Mapping[str, Callable[[Inputs, str], Figure]] = {
    "annual_rate": _annual_rate,
    "interval": _interval,
    "day_count": _day_count,
    "schedule": _schedule,
    "account": _account,
    "bill": _bill,
}
"""By kind, what returns a figure of an example by its name."""
