"""
What explanations and refusals say, word for word.

The texts are public: whoever changes one sees it here. Run as a program, this file
writes the kept texts anew; read the difference before you keep it.
"""

from datetime import date
from pathlib import Path

import pytest

from loanmath import level_payment
from loanmath.errors import DayCountError, LoanmathError, ScheduleError
from told import (
    LEVEL_PAYMENTS,
    LOANS,
    PRINTED,
    REFUSED,
    REFUSED_EVENTS,
    REFUSED_TERMS,
    lived,
    loan,
    phrases,
)

TEXTS = Path(__file__).parents[1] / "told"


def all_phrases() -> list[str]:
    return sorted(set().union(*map(phrases, LOANS.values())))


def refusal(name: str) -> str:
    with pytest.raises((ScheduleError, DayCountError)) as caught:
        loan(**REFUSED[name]).schedule()
    return f"{name}: {type(caught.value).__name__}: {caught.value}"


def printed(name: str) -> list[str]:
    schedule = loan(**LOANS[name]).schedule()
    forms = (
        str(schedule),
        schedule.to_markdown(),
        schedule.to_html(),
        schedule.to_csv(),
    )
    return [f"# {name}", *"\n".join(forms).splitlines()]


def level_refusal(name: str) -> str:
    words, named = LEVEL_PAYMENTS[name]
    with pytest.raises(LoanmathError) as caught:
        level_payment(*words, **named)
    return f"level_payment, {name}: {type(caught.value).__name__}: {caught.value}"


def serviced_refusal(name: str) -> str:
    door = {**REFUSED_TERMS, **REFUSED_EVENTS}[name]
    with pytest.raises(LoanmathError) as caught:
        door()
    return f"{name}: {type(caught.value).__name__}: {caught.value}"


def printed_account() -> list[str]:
    account = lived()
    position = account.position(date(2026, 3, 31))
    statement = account.statement(date(2026, 2, 1), date(2026, 3, 31))
    forms = [
        form
        for table in (position, statement)
        for form in (
            str(table),
            table.to_markdown(),
            table.to_html(),
            table.to_csv(),
        )
    ]
    return ["# account", *"\n".join(forms).splitlines()]


def kept(file: str) -> list[str]:
    return (TEXTS / file).read_text(encoding="utf-8").splitlines()


def test_explanations_say_what_they_said():
    assert all_phrases() == kept("explained.txt")


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_say_what_they_said(name):
    assert refusal(name) in kept("refused.txt")


@pytest.mark.parametrize("name", LEVEL_PAYMENTS)
def test_a_level_payment_says_why_it_is_none(name):
    assert level_refusal(name) in kept("refused.txt")


@pytest.mark.parametrize("name", [*REFUSED_TERMS, *REFUSED_EVENTS])
def test_terms_of_servicing_and_events_say_why_they_are_refused(name):
    assert serviced_refusal(name) in kept("refused_servicing.txt")


def test_an_account_prints_as_it_did():
    assert printed_account() == kept("printed_account.txt")


def test_schedules_print_as_they_did():
    assert [line for name in PRINTED for line in printed(name)] == kept("printed.txt")


if __name__ == "__main__":
    TEXTS.mkdir(exist_ok=True)
    for file, lines in (
        ("explained.txt", all_phrases()),
        (
            "refused.txt",
            [*map(refusal, REFUSED), *map(level_refusal, LEVEL_PAYMENTS)],
        ),
        (
            "refused_servicing.txt",
            [
                *map(serviced_refusal, REFUSED_TERMS),
                *map(serviced_refusal, REFUSED_EVENTS),
            ],
        ),
        ("printed_account.txt", printed_account()),
        ("printed.txt", [line for name in PRINTED for line in printed(name)]),
    ):
        text = "".join(f"{line}\n" for line in lines)
        (TEXTS / file).write_text(text, encoding="utf-8")
