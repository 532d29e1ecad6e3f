import csv
import io
import json
import runpy
import sys
from pathlib import Path

import pytest

from loanmath.__main__ import main
from loanmath.commands.parser import _UNKNOWNS
from loanmath.solving import Unknown

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
    out = capsys.readouterr().out
    assert out.startswith("CNY 900.41 is the regular payment\n\nLevel payment")
    assert main(["solve", JIEBEI, "principal", "--payment", "900.41"]) == 0
    note, met, bracket, empty, _, _, first = capsys.readouterr().out.splitlines()[:7]
    assert note.startswith("CNY 10,000.0")
    assert met == "The payment of 900.41 is met exactly"
    assert bracket.startswith("Next to it: 9999.")
    assert empty == ""
    assert first.split()[3] == "900.41"


def test_a_payment_that_is_not_met(capsys):
    words = ["solve", JIEBEI, "rate", "--payment", "905", "--digits", "0"]
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "The payment of 905.00 is not met exactly"
    assert lines[2].startswith("Next to it: 0%/day has 833.33, 1%/day has ")


def test_an_answer_as_json(capsys):
    words = ["solve", JIEBEI, "rate", "--payment", "905", "--format", "json"]
    assert main(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert document.pop("schedule")["installments"][0]["payment"] == "905.00"
    assert document == {
        "unknown": "rate",
        "value": "0.042675%/day",
        "payment": "905.00",
        "is_exact": True,
        "bracket": {
            "low": "0.042672%/day",
            "low_payment": "904.99",
            "high": "0.042679%/day",
            "high_payment": "905.01",
        },
        "note": "0.042675%/day has the regular payment 905.00",
    }
    words = ["solve", JIEBEI, "count", "--payment", "2500", "--format", "json"]
    assert main(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["value"], document["bracket"]) == (5, None)
    words = ["solve", JIEBEI, "principal", "--payment", "0.10", "--format", "json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "1.16"


def test_an_answer_in_other_forms(capsys):
    words = ["solve", JIEBEI, "count", "--payment", "2500", "--format"]
    assert main([*words, "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["payment"] for row in rows] == ["2500.00"] * 4 + ["311.09"]
    assert main([*words, "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("5 installments of CNY 2,500.00, the last of CNY 311.09  \n")
    assert "\n\n| No | Due |" in out
    assert main([*words, "html"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "<p>5 installments of CNY 2,500.00, the last of CNY 311.09<br>"
    )
    assert '<table class="loanmath">' in out


def test_the_unknowns_are_those_of_the_library():
    assert [unknown.value for unknown in Unknown] == list(_UNKNOWNS)


def test_an_unknown_that_does_not_exist_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["solve", JIEBEI, "love", "--payment", "5"])
    assert caught.value.code == 2
    assert "principal" in capsys.readouterr().err


def test_a_payment_that_was_not_stated(tmp_path, capsys):
    assert main(["solve", JIEBEI, "rate"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "add --payment AMOUNT: the rate follows from it" in err
    path = tmp_path / "fixed.toml"
    text = Path(JIEBEI).read_text(encoding="utf-8")
    text = text.replace('"level_payment"', '"fixed_payment"')
    text = text.replace("count = 12", 'payment = "2500"')
    path.write_text(text, encoding="utf-8")
    assert main(["solve", str(path), "count"]) == 0
    assert capsys.readouterr().out.startswith("5 installments of CNY 2,500.00")


def test_a_line_of_credit_is_told_where_it_is_answered(capsys):
    assert main(["schedule", str(EXAMPLES / "bank_card.toml")]) == 1
    assert "on the command line with statement, remind" in capsys.readouterr().err


def test_terms_on_standard_input(monkeypatch, capsys):
    def run(*words, content):
        stream = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stream)
        return main(list(words))

    toml = Path(JIEBEI).read_bytes()
    for words in (
        ("schedule", "-"),
        ("solve", "-", "payment"),
        ("term-sheet", "-"),
        ("cost", "-"),
        ("apr", "-", "--convention", "xirr"),
    ):
        assert main([JIEBEI if word == "-" else word for word in words]) == 0
        expected = capsys.readouterr().out
        assert run(*words, content=toml) == 0
        assert capsys.readouterr().out == expected
    free = (EXAMPLES / "zero_percent.json").read_bytes()
    assert run("schedule", "-", "--format", "csv", content=b"\n  " + free) == 0
    assert capsys.readouterr().out.startswith("number,")
    assert run("schedule", "-", content=b"\xff") == 1
    assert "standard input: 1 problem(s)\n  - not UTF-8" in capsys.readouterr().err
    assert run("schedule", "-", content=b"#" * 4_000_001) == 1
    assert "larger than 4,000,000 bytes" in capsys.readouterr().err


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
        name
        for name in sys.modules
        if name.startswith(("loanmath.serialization", "loanmath.commands."))
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
