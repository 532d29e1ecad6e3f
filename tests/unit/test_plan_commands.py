"""The commands `restructure` and `remind`, by their words."""

from pathlib import Path

import pytest

from loanmath.__main__ import main

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("form", ["text", "csv", "markdown", "html"])
def test_a_plan_beside_what_it_replaces(form, capsys):
    words = ["restructure", "extended_loan.toml", "restructured/late_events.jsonl"]
    files = [words[0], *(str(EXAMPLES / name) for name in words[1:])]
    plan = str(EXAMPLES / "restructured" / "extension_plan.toml")
    assert main([*files, "--on", "2026-06-01", "--plan", plan, "--format", form]) == 0
    out = capsys.readouterr().out
    # Half of the penalty is forgiven: the debt falls by exactly that.
    assert "26.36" in out
    assert "Days past due" in out or "days" in out.lower()


def test_days_to_remind_on(capsys):
    words = ["remind", str(EXAMPLES / "late_loan.toml"), "--from", "2026-02-12"]
    assert main([*words, "--until", "2026-02-16"]) == 0
    assert capsys.readouterr().out.startswith("Reminders from 2026-02-12")
