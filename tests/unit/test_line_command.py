"""The command that prints the bill of a line of credit."""

import csv
import io
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from loanmath import LineAccount
from loanmath.__main__ import main
from loanmath.serialization import read_events, read_line

EXAMPLES = Path(__file__).parents[2] / "examples"
CARD, YEAR = EXAMPLES / "bank_card.toml", EXAMPLES / "bank_card_year.csv"
STATED = ["statement", str(CARD), str(YEAR), "--cycle"]


def run(capsys, *words):
    code = main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_bill_is_printed(capsys):
    code, out, err = run(capsys, *STATED, "2026-06")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Bill of 2026-06-05: CNY 7,267.54"
    # Less than the minimum of 1,078.30 came by 26 May: 5 % of it. The whole bill bears
    # from each posting, and what was posted in May has its own free period.
    assert "2026-05-27  default charge                    53.92" in lines
    assert "2026-06-05  interest, purchases              107.83" in lines
    assert "Due: 2026-06-23, at least 2,516.12" in lines


def test_the_missed_bill_of_the_example_by_hand():
    # Owed from 7, 15 and 22 April and 2 May on: 8, 7 and 10 days, and 34 to 4 June.
    parts = [(128000, 8), (171075, 7), (381075, 10), (456875, 34)]
    units = [Decimal(owed * days) / 2000 for owed, days in parts]
    rounded = sum(int(unit + Decimal("0.5")) for unit in units)
    assert rounded == 10783


def test_every_posting_is_explained_where_asked(capsys):
    _, out, _ = run(capsys, *STATED, "2026-06", "--explain")
    told = [line for line in out.splitlines() if line.startswith("On 2026-")]
    assert told[0].startswith("On 2026-05-11 CNY 289.30 was added to principal")
    assert any("owed on purchases: CNY 1,280.00 for 8 days" in said for said in told)
    _, out, _ = run(capsys, *STATED, "2026-06", "--explain", "--lang", "zh")
    assert "2026年6月5日" in out
    assert "计息" in out


@pytest.mark.parametrize(("form", "start"), [
    ("markdown", "Bill of 2026-06-05"), ("html", "<table"),
])  # fmt: skip
def test_other_layouts(capsys, form, start):
    for more in ([], ["--explain"]):
        code, out, _ = run(capsys, *STATED, "2026-06", "--format", form, *more)
        assert code == 0
        assert out.startswith(start)
        assert "107.83" in out


def test_csv_and_json_add_up(capsys):
    _, out, _ = run(capsys, *STATED, "2026-06", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    _, out, _ = run(capsys, *STATED, "2026-06", "--format", "json", "--explain")
    document = json.loads(out)
    amounts = sum(Decimal(row["amount"]) for row in rows)
    assert Decimal(document["opening"]) + amounts == Decimal(document["closing"])
    assert [row["amount"] for row in rows] == [
        item["amount"] for item in document["items"]
    ]
    assert document["interest"] == {"purchases": "107.83", "installments": "9.30"}
    assert document["outlook"][0] == {
        "paid": "in full", "amount": "7267.54", "charged": "46.52",
    }  # fmt: skip
    assert document["explained"]
    _, out, _ = run(capsys, *STATED, "2026-06", "--format", "json")
    assert "explained" not in json.loads(out)


def test_what_is_refused(capsys, tmp_path):
    code, out, err = run(capsys, *STATED, "2025-01")
    assert (code, out) == (1, "")
    assert err.startswith("loanmath: statement: got '0 bills in 2025-01'")
    with pytest.raises(SystemExit, match="2"):
        main([*STATED, "2026-13"])
    assert "'2026-13' is not a month such as 2026-10" in capsys.readouterr().err
    loan = EXAMPLES / "mortgage.toml"
    code, _, err = run(capsys, "statement", str(loan), str(YEAR), "--cycle", "2026-06")
    assert code == 1
    assert "read_terms" in err
    empty = tmp_path / "none.csv"
    empty.write_text("kind,id,on,amount\n")
    code, _, err = run(capsys, "statement", str(CARD), str(empty), "--cycle", "2026-06")
    assert (code, err) == (1, "loanmath: events: got 'none'; allowed: at least one\n")


def test_the_year_of_the_example_is_one_chain():
    events = read_events(YEAR)
    account = LineAccount.open(read_line(CARD), min(event.on for event in events))
    bills = account.record(*events).statements(max(event.on for event in events))
    for before, after in pairwise(bills):
        assert after.opening == before.closing
        assert after.closing == after.opening + sum(item.amount for item in after.items)
    assert len(bills) == 11
