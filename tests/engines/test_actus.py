"""The plain contracts of the ACTUS reference tests, event by event."""

from datetime import date
from fractions import Fraction
from itertools import zip_longest

import pytest

from engines.actus import contract_of
from engines.actus_events import Event, events_of
from engines.actus_terms import horizon
from engines.cases import CannotSayError, Case, absent, suite

pytestmark = [pytest.mark.engines, absent("actus")]

NEAR = Fraction(1, 10**9)
"""The amounts are unrounded; the digits that are published end here."""

CASES = {case["id"]: case for case in suite("actus").get("cases", [])}
PLAIN = sorted(name for name, case in CASES.items() if case["tier"] == 1)

EXCEPTIONS: dict[str, str] = {}
"""Plain cases that do not agree, each with its reason; one that agrees fails here."""

GAPS = {
    "interest that is capitalized while principal is repaid",
    "a cycle that starts before disbursement",
    "a year of 336 days",
}
"""What the terms do not hold; any other refusal of a plain contract is a failure."""


def _ignored(compare: dict[str, object]) -> set[str]:
    """Return the types of events that a comparison says to leave out."""
    found: set[str] = set()
    for key, value in compare.items():
        # What is skipped at an event (its accrued interest) leaves the event in.
        if key.startswith(("ignore", "skip", "without")) and not key.endswith("_at"):
            found.update(value if isinstance(value, list) else [str(value)])
    return found


def expected_events(case: Case) -> list[Event]:
    return [
        Event(
            date.fromisoformat(event["time"][:10]),
            event["type"],
            *(
                Fraction(str(event[name]))
                for name in ("payoff", "notional", "rate", "accrued")
            ),
        )
        for event in case["expected"]
        if event["type"] not in _ignored(case["compare"])
    ]


def planned_events(case: Case) -> list[Event]:
    last = horizon(case)
    return [
        event
        for event in events_of(contract_of(case))
        if (last is None or event.time <= last)
        and event.type not in _ignored(case["compare"])
    ]


def differences(case: Case) -> list[str]:
    """Return where a plan differs from the published events; nothing where it agrees."""
    fields = case["compare"]["fields"]
    found = []
    for planned, published in zip_longest(planned_events(case), expected_events(case)):
        if planned is None or published is None:
            found.append(f"planned {planned}, published {published}")
            continue
        for name in fields:
            if name == "accrued" and published.type in case["compare"].get(
                "skip_accrued_at", []
            ):
                continue
            mine, theirs = getattr(planned, name), getattr(published, name)
            near = mine == theirs
            if isinstance(mine, Fraction):
                near = abs(mine - theirs) <= NEAR
            if not near:
                shown = [
                    float(each) if isinstance(each, Fraction) else each
                    for each in (mine, theirs)
                ]
                found.append(
                    f"{published.time} {published.type}: {name} {shown[0]},"
                    f" published {shown[1]}"
                )
    return found


def _marked() -> list[object]:
    return [
        pytest.param(
            name,
            marks=[pytest.mark.xfail(reason=EXCEPTIONS[name], strict=True)]
            if name in EXCEPTIONS
            else [],
        )
        for name in PLAIN
    ]


@pytest.mark.parametrize("name", _marked())
def test_a_plain_contract_has_the_published_events(name: str) -> None:
    try:
        found = differences(CASES[name])
    except CannotSayError as gap:
        assert str(gap) in GAPS
        pytest.xfail(str(gap))
    assert found[:10] == []


def test_nearly_every_plain_contract_is_compared() -> None:
    refused = 0
    for name in PLAIN:
        try:
            contract_of(CASES[name])
        except CannotSayError:
            refused += 1
    assert refused <= len(PLAIN) // 20
