"""The command that says what is owed on a day."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from loanmath.__main__ import main

TERMS = """
type = "installment_loan"
currency = "CNY"
principal = "6000"
disbursed = 2026-01-15
every = "monthly"
rate = "1%/month"
[repayment]
method = "equal_principal"
count = 3
[penalty]
rate = "0.05%/day"
"""
EVENTS = "kind,id,on,amount\npayment,p1,2026-02-25,1000.00\n"


@pytest.fixture
def files(tmp_path):
    terms, events = tmp_path / "terms.toml", tmp_path / "events.csv"
    terms.write_text(TERMS, encoding="utf-8")
    events.write_text(EVENTS, encoding="utf-8")
    return [str(terms), str(events)]


def answer(capsys, files, *words):
    assert main(["account", *files, "--as-of", "2026-03-10", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_the_position_is_the_default(files, capsys):
    lines = answer(capsys, files).splitlines()
    # 2,000 for 10 days are 10.00; 1,070 for 13 days are 6.96; 23 of 28 days of 40.00
    # are 32.86.
    assert lines[0] == ("2026-03-10: overdue, 23 days past due, payoff CNY 5,109.82")
    assert lines[2].split() == [
        "1", "2026-02-15", "2,076.96", "1,000.00", "1,076.96", "23"
    ]  # fmt: skip
    assert len(lines) == 6


def test_a_statement_and_sentences_are_added(files, capsys):
    words = ["--statement-from", "2026-02-20", "--explain"]
    position, statement, said = answer(capsys, files, *words).split("\n\n")
    assert position.startswith("2026-03-10: overdue")
    assert statement.splitlines()[2].split()[-1] == "6,064.00"
    assert said.splitlines()[0] == (
        "On 2026-02-25 penalty interest of CNY 6.00 was charged on installment 1:"
        " CNY 2,000.00 overdue for 6 days at 0.05% a day."
    )
    assert len(said.splitlines()) == 5
    said = answer(capsys, files, "--explain", "--lang", "zh").split("\n\n")[1]
    assert said.splitlines()[0] == (
        "2026年2月25日，第1期计收罚息10.00元：逾期2,000.00元，10天，日利率0.05%。"
    )


def test_json_has_the_documented_shape(files, capsys):
    document = json.loads(answer(capsys, files, "--format", "json"))
    assert list(document) == ["position"]
    position = document["position"]
    assert position["payoff"] == "5109.82"
    assert position["overdue"] == {
        "penalty": "6.96",
        "compound": "0.00",
        "fee": "0.00",
        "interest": "0.00",
        "principal": "1070.00",
    }
    assert position["next_due"] == {"on": "2026-03-15", "amount": "2040.00"}
    assert [row["cleared"] for row in position["installments"]] == [None, None, None]
    words = ["--format", "json", "--explain", "--statement-from", "2026-02-20"]
    document = json.loads(answer(capsys, files, *words))
    assert list(document) == ["position", "statement", "postings"]
    assert document["statement"]["opening"] == "6064.00"
    assert document["statement"]["lines"][1] == {
        "on": "2026-02-25",
        "what": "payment p1",
        "charged": "0.00",
        "paid": "1000.00",
        "balance": "5070.00",
    }
    first = document["postings"][0]
    assert first["inputs"] == {
        "base": "2000.00",
        "rate": "1/2000",
        "days": "6",
        "rounding": "half up, to the minor unit",
        "sum_before": "4",
    }
    names = {name: Fraction(first["inputs"][name]) for name in ("base", "rate", "days")}
    assert first["amount"] == "6.00"
    assert names["base"] * names["rate"] * names["days"] == 6


def test_a_settled_account_has_nothing_next(files, capsys):
    more = EVENTS + "payment,p2,2026-03-01,9000\n"
    Path(files[1]).write_text(more, encoding="utf-8")
    position = json.loads(answer(capsys, files, "--format", "json"))["position"]
    assert position["next_due"] is None
    assert position["status"] == "closed"
    assert position["installments"][0]["cleared"] == "2026-03-01"


def test_csv_markdown_and_html(files, capsys):
    found = answer(capsys, files, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [row["outstanding"] for row in rows] == ["1076.96", "2040.00", "2020.00"]
    since = ["--statement-from", "2026-01-15"]
    found = answer(capsys, files, "--format", "csv", *since)
    rows = list(csv.DictReader(io.StringIO(found)))
    assert rows[-1]["balance"] == "5076.96"
    assert answer(capsys, files, "--format", "markdown").count("\n| ") == 6
    found = answer(capsys, files, "--format", "markdown", "--explain", *since)
    assert found.count("\n- On ") == 5
    assert "| 2026-01-15 | principal paid out | 6,000.00 |" in found
    found = answer(capsys, files, "--format", "html")
    assert found.count("<table") == 1
    found = answer(capsys, files, "--format", "html", "--explain", *since)
    assert found.count("<table") == 2
    assert found.count("<li>On ") == 5


def test_an_account_with_a_disbursement_opens_undrawn(files, capsys):
    drawn = "kind,id,on,amount\ndisbursement,d1,2026-01-15,3000\n"
    Path(files[1]).write_text(drawn, encoding="utf-8")
    lines = answer(capsys, files).splitlines()
    assert lines[3].split()[1:3] == ["2026-03-15", "1,020.00"]


def test_refusals_go_to_stderr_with_exit_code_one(files, tmp_path, capsys):
    assert main(["account", *files, "--as-of", "2026-01-01"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("loanmath: on: got ")
    bad = tmp_path / "bad.csv"
    bad.write_text("kind,id,on,amount\npayment,p1,2026-02-30,1\n", encoding="utf-8")
    assert main(["account", files[0], str(bad), "--as-of", "2026-03-10"]) == 1
    assert capsys.readouterr().err.startswith("loanmath: bad.csv: 1 problem(s)\n")
    missing = str(tmp_path / "none.csv")
    assert main(["account", files[0], missing, "--as-of", "2026-03-10"]) == 1
    assert "No such file" in capsys.readouterr().err


def test_usage(files, capsys):
    for words in (
        [],
        ["--as-of", "10.3.2026"],
        ["--as-of", "2026-03-10", "--format", "pdf"],
    ):
        with pytest.raises(SystemExit) as caught:
            main(["account", *files, *words])
        assert caught.value.code == 2
    assert "'10.3.2026' is not a date such as 2026-03-01" in capsys.readouterr().err
