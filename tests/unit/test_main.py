import csv
import io
import json
import runpy
import sys
from pathlib import Path

import pytest

from loanmath.__main__ import main

EXAMPLES = Path(__file__).parents[2] / "examples"
JIEBEI = str(EXAMPLES / "jiebei_like.toml")


def test_the_table_is_the_default(capsys):
    assert main(["schedule", JIEBEI]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[2].split() == [
        "1", "2025-02-15", "10,000.00", "900.41", "776.41", "124.00", "9,223.59"
    ]  # fmt: skip
    assert err == ""


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for path in EXAMPLES.glob("*.[tj][os]*")
        if "credit_line" not in path.read_text(encoding="utf-8")
    ),
    ids=lambda p: p.name,
)
def test_json_has_the_documented_shape(path, capsys):
    assert main(["schedule", str(path), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["terms", "installments", "totals"]
    keys = [
        "number",
        "due",
        "opening",
        "payment",
        "principal",
        "interest",
        "fee",
        "closing",
        "tax",
        "drawn",
        "capitalized",
    ]
    for number, row in enumerate(document["installments"], start=1):
        assert list(row) == keys
        assert row["number"] == number
        assert all(type(row[key]) is str for key in keys[1:])
    assert list(document["totals"]) == [
        "payment",
        "principal",
        "interest",
        "fee",
        "tax",
        "capitalized",
    ]


def test_json_amounts_never_use_exponents(tmp_path, capsys):
    text = (EXAMPLES / "zero_percent.json").read_text(encoding="utf-8")
    terms = json.loads(text) | {
        "rounding": {"mode": "half_even", "unit": "0." + "0" * 19 + "1"}
    }
    path = tmp_path / "fine.json"
    path.write_text(json.dumps(terms), encoding="utf-8")
    assert main(["schedule", str(path), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["installments"][0]["interest"] == "0." + "0" * 20
    assert document["totals"]["fee"] == "0." + "0" * 20


def test_csv_markdown_and_html(capsys):
    assert main(["schedule", JIEBEI, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (len(rows), rows[11]["payment"]) == (12, "900.42")
    assert main(["schedule", JIEBEI, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.count("\n| ") == 15
    assert main(["schedule", JIEBEI, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith('<table class="loanmath">')


def test_a_term_sheet_in_two_languages(capsys):
    assert main(["term-sheet", JIEBEI]) == 0
    assert "900.41" in capsys.readouterr().out
    assert main(["term-sheet", JIEBEI, "--lang", "zh", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert "900.41" in out
    assert "等额本息" in out
    assert out.startswith("#")


def test_what_conventions_would_move(capsys):
    assert main(["sensitivity", JIEBEI]) == 0
    assert "day count" in capsys.readouterr().out.lower()
    assert main(["sensitivity", JIEBEI, "--format", "csv"]) == 0
    assert len(list(csv.reader(io.StringIO(capsys.readouterr().out)))) > 3
    assert main(["sensitivity", JIEBEI, "--format", "html"]) == 0
    assert "<table" in capsys.readouterr().out


def test_an_unknown_is_solved_for(capsys):
    assert main(["solve", JIEBEI, "payment"]) == 0
    assert "900.41" in capsys.readouterr().out
    assert main(["solve", JIEBEI, "principal", "--payment", "900.41"]) == 0
    assert "10,000.0" in capsys.readouterr().out
    assert main(["solve", JIEBEI, "love"]) == 1
    assert "unknown" in capsys.readouterr().err


def test_refusals_go_to_stderr_with_exit_code_one(tmp_path, capsys):
    path = tmp_path / "bad.toml"
    path.write_text('type = "installment_loan"\nrate = 0.12\n')
    assert main(["schedule", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("loanmath: bad.toml: 6 problem(s)\n")
    assert "  - rate: " in err
    assert main(["schedule", str(tmp_path / "none.toml")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_usage(capsys):
    assert main([]) == 2
    assert "usage: loanmath" in capsys.readouterr().err
    for words in (["nonsense"], ["schedule"], ["schedule", JIEBEI, "--format", "pdf"]):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 2
    with pytest.raises(SystemExit) as caught:
        main(["schedule", "--help"])
    assert caught.value.code == 0
    assert "--format" in capsys.readouterr().out


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("loanmath ")


def test_a_reader_that_stops_early_is_no_error(monkeypatch):
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["schedule", JIEBEI]) == 0


def test_without_the_extra_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "cattrs", None)
    for name in [
        name for name in sys.modules if name.startswith("loanmath.serialization")
    ]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["schedule", JIEBEI]) == 1
    assert "pip install 'loanmath[files]'" in capsys.readouterr().err


def test_python_dash_m(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["loanmath", "schedule", JIEBEI])
    monkeypatch.delitem(sys.modules, "loanmath.__main__", raising=False)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("loanmath", run_name="__main__")
    assert caught.value.code == 0
    assert "Total" in capsys.readouterr().out
