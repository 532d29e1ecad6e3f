"""Printed statements read from files, and the command that reconciles them."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from loanmath.__main__ import main
from loanmath.analysis.reconciliation import (
    PrintedBill,
    PrintedBills,
    PrintedRow,
    PrintedSchedule,
)
from loanmath.commands.reconcile import FORMATS
from loanmath.errors import InputTypeError, StatementFileError
from loanmath.serialization import read_statement, statement_from_csv

EXAMPLES = Path(__file__).parents[2] / "examples"
TERMS = EXAMPLES / "lender_schedule.toml"
STATEMENT = EXAMPLES / "lender_schedule.csv"


def problems(text, **words):
    with pytest.raises(StatementFileError) as caught:
        statement_from_csv(text, **words)
    return caught.value.problems


def test_columns_in_english_and_chinese():
    row = PrintedRow(
        due=date(2026, 2, 15),
        opening="1000.00",
        payment="1507.51",
        principal="1497.51",
        interest="10",
        fee="0.00",
        closing="-497.51",
    )
    english = (
        "No,Due Date,opening_balance,Installment amount,principal,Interest,fees,Balance\n"
        '1,2026-02-15,"1,000.00","1,507.51",1497.51,10,0.00,-497.51\n'
    )
    chinese = (
        "\ufeff期数,还款日,期初余额,月供,本金,利息,手续费,剩余本金\n"
        '1,2026-02-15,"1,000.00","1,507.51",1497.51, 10 ,0.00,-497.51\n'
    )
    assert statement_from_csv(english) == PrintedSchedule([row])
    assert statement_from_csv(chinese) == PrintedSchedule([row])


def test_blank_cells_are_unknown_and_sums_come_last():
    found = statement_from_csv("number,payment,interest\n1,,10.00\n2,,\nTotal,15,\n")
    assert found == PrintedSchedule(
        [PrintedRow(interest="10.00"), PrintedRow()], PrintedRow(payment="15")
    )


def test_bills_by_the_column_of_statement_dates():
    bill = PrintedBill(
        statement=date(2026, 5, 1), interest="132.50", fees=0, minimum="1", closing="2"
    )
    text = "账单日,循环利息,费用,最低还款额,账单金额\n2026-05-01,132.50,0,1,2\n"
    assert statement_from_csv(text) == PrintedBills([bill])


def test_columns_may_be_left_out_by_name():
    text = "due,payment,Remark\n2026-02-15,10,paid late\n"
    assert statement_from_csv(text, ignore=["remark"]).rows[0].payment == Decimal(10)
    (said,) = problems(text)
    assert "Remark" in said
    assert "ignore" in said
    with pytest.raises(InputTypeError):
        statement_from_csv(text, ignore="remark")


def test_every_bad_line_is_said_at_once():
    said = problems(
        "number,due,payment,payment\n"
        "1,2026-02-31,1.5.0,\n"
        "3,2026-03-15,10,\n"
        "3,2026-04-15,10\n"
        "sum,,1e3,\n"
    )
    assert [one.split(":")[0] for one in said] == [
        "line 1",
        "line 2",
        "line 2",
        "line 3",
        "line 4",
        "line 5",
    ]
    assert "each once" in said[0]
    assert "2: every row, in order" in said[3]
    assert "4 cells" in said[4]


def test_bills_without_dates_and_other_texts_that_are_no_statement():
    assert problems("statement,closing\n,10\n") == ("line 2: statement: missing",)
    assert problems("") == ("line 1: no line of column names",)
    assert "not CSV" in problems('due,payment\n"2026')[-1]
    assert problems("due,payment\n")[0].startswith("line 1: rows: got 'none'")
    (said,) = problems("statement,closing\n2026-05-01,1\n2026-05-01,1\n")
    assert "after 2026-05-01" in said
    (said,) = problems("due,payment\n1899-01-01,1\n")
    assert "1900" in said
    with pytest.raises(InputTypeError):
        statement_from_csv(b"due")


def test_files_that_cannot_be_read(tmp_path):
    path = tmp_path / "bank.txt"
    path.write_text("due,payment\n", encoding="utf-8")
    with pytest.raises(StatementFileError, match=r"\.csv"):
        read_statement(path)
    path = tmp_path / "bank.csv"
    path.write_bytes(b"due,payment\n\xff")
    with pytest.raises(StatementFileError, match="UTF-8"):
        read_statement(str(path))


def test_many_problems_are_cut():
    rows = "\n".join(["2026-02-30,1"] * 150)
    said = problems(f"due,payment\n{rows}\n")
    assert len(said) == 101
    assert said[-1] == "and 50 more"


# --- the command --------------------------------------------------------------------


def reconciled(*words, code=0):
    assert main(["reconcile", *map(str, words)]) == code


def test_a_statement_of_a_loan_is_reconciled(capsys):
    reconciled(TERMS, STATEMENT)
    out = capsys.readouterr().out
    assert "1 class of conventions reproduces every cell" in out
    assert "ACT/365F or ACT/365L or ACT/ACT ISDA" in out
    assert "     residue                first" in out.splitlines()


@pytest.mark.parametrize("form", FORMATS)
def test_forms(form, capsys):
    reconciled(TERMS, STATEMENT, "--format", form)
    text = capsys.readouterr().out
    assert "ACT/365F" in text
    if form == "csv":
        assert next(csv.DictReader(io.StringIO(text)))["status"] == "held"


def test_a_statement_that_does_not_match_has_a_code_of_its_own(tmp_path, capsys):
    path = tmp_path / "bank.csv"
    text = STATEMENT.read_text(encoding="utf-8").replace("68.58", "68.59")
    path.write_text(text, encoding="utf-8")
    reconciled(TERMS, path, code=3)
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("Cells that differ (no match)")
    assert lines[place + 2].split() == [
        "1", "interest", "row", "3", "(2026-04-15)", "68.59", "68.58", "0.01", "1", "0.01"
    ]  # fmt: skip


def test_bills_need_events(tmp_path, capsys):
    path = tmp_path / "bills.csv"
    path.write_text("statement,closing\n2026-03-05,3742.72\n", encoding="utf-8")
    card, year = EXAMPLES / "bank_card.toml", EXAMPLES / "bank_card_year.csv"
    reconciled(card, path, code=1)
    assert "a file of events, for bills of a line" in capsys.readouterr().err
    early = tmp_path / "events.csv"
    kept = year.read_text(encoding="utf-8").splitlines()[:8]
    early.write_text("\n".join(kept), encoding="utf-8")
    path.write_text("statement,closing\n2025-12-05,797.05\n", encoding="utf-8")
    reconciled(card, path, "--events", early)
    reconciled(TERMS, STATEMENT, "--events", early, code=1)
    assert "events" in capsys.readouterr().err


def test_progress_is_for_people(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    reconciled(TERMS, STATEMENT)
    assert " combinations" in capsys.readouterr().err
