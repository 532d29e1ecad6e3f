"""Plans in files, and what the command prints of them."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from loanmath.commands.restructurings import printed_plan
from loanmath.errors import InputTypeError, TermsError, TermsFileError
from loanmath.events import Restructuring
from loanmath.serialization import read_events, read_plan, read_terms
from loanmath.terms.concessions import FrozenInterest, PlanLimit, Proposal, ReAging
from refusals import refused

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDER = EXAMPLES / "restructured"
PLAN = FOLDER / "extension_plan.toml"
DAY = date(2026, 6, 1)


def written(tmp_path, text, name="plan.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def printed(form, on=DAY, plan=PLAN):
    loan = read_terms(EXAMPLES / "extended_loan.toml")
    events = FOLDER / "late_events.jsonl"
    return printed_plan(Namespace(events=events, plan=plan, on=on, format=form), loan)


def test_a_proposal_is_what_was_accepted_later():
    proposal = read_plan(PLAN)
    events = read_events(FOLDER / "extended_loan_events.jsonl")
    [accepted] = [one for one in events if isinstance(one, Restructuring)]
    assert proposal.concessions == accepted.concessions
    assert proposal.limits == (PlanLimit("General Rules of Loans", extended_months=12),)


def test_old_beside_new_in_every_format():
    text = printed("text")
    assert text.splitlines()[0] == "Plan of 2026-06-01 in CNY"
    assert any(
        line.split() == ["Installments", "8", "14", "+6"] for line in text.splitlines()
    )
    assert printed("csv").splitlines()[0] == "what,before,after,change"
    assert printed("markdown").startswith("Plan of 2026-06-01")
    assert printed("html").startswith('<table class="loanmath">')


def test_a_limit_of_the_file_is_kept(tmp_path):
    text = PLAN.read_text(encoding="utf-8").replace("= 12", "= 5")
    with refused(TermsError, match="General Rules of Loans"):
        printed("text", plan=written(tmp_path, text))


def test_a_plan_says_how_frozen_interest_is_paid(tmp_path):
    text = """
[[concessions]]
kind = "frozen_interest"
paid = "equal"
components = ["interest"]
to_come = true

[[concessions]]
kind = "frozen_interest"
paid = "within"
"""
    assert read_plan(written(tmp_path, text)).concessions == (
        FrozenInterest("equal", components=["interest"], to_come=True),
        FrozenInterest("within"),
    )


def test_json_and_what_is_wrong_in_a_file(tmp_path):
    good = written(tmp_path, '{"concessions": [{"kind": "re_aging"}]}', "plan.json")
    assert read_plan(good) == Proposal([ReAging()])
    wrong = written(
        tmp_path,
        """
[[concessions]]
kind = "gift"
[[limits]]
name = "x"
years = 5
""",
    )
    with refused(TermsFileError) as caught:
        read_plan(wrong)
    assert "concessions[1]: kind: got 'gift'" in str(caught.value)
    assert "limits[1].years: unknown key" in str(caught.value)
    with refused(TermsFileError, match="a table of concessions"):
        read_plan(written(tmp_path, "[]", "plan.json"))
    with refused(TermsFileError, match="concessions: missing"):
        read_plan(written(tmp_path, "limits = []"))
    with refused(InputTypeError, match="PlanLimit"):
        Proposal([ReAging()], ["x"])
