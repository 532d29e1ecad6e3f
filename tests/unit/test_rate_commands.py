"""The commands `apr` and `verify`."""

import json
from pathlib import Path

import pytest

from loanmath import vectors
from loanmath.__main__ import main
from loanmath.commands import verification
from loanmath.verification import Checked, Verification

JIEBEI = str(Path(__file__).parents[2] / "examples" / "jiebei_like.toml")


@pytest.fixture
def flows(tmp_path):
    path = tmp_path / "flows.csv"
    rows = ["1978-01-10,-5000", "1978-02-10,2600", "1978-03-10,2600"]
    path.write_text("\n".join(["date,amount", *rows]), encoding="utf-8")
    return str(path)


def test_the_rate_of_flows(flows, capsys):
    assert main(["apr", flows, "--convention", "us-reg-z"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "31.86 % a year, nominal: US Regulation Z"
    assert out[1].endswith("unit-period: month; annual rate = 12 * rate")
    assert "positive at" in out[2]
    assert out[3].startswith("Left of the equation at 31.86")
    assert out[4] == "Source: 12 CFR 1026, Appendix J"


def test_the_rate_of_amounts_without_dates(tmp_path, capsys):
    path = tmp_path / "amounts.csv"
    path.write_text("amount\n-6000\n" + "149.31\n" * 48, encoding="utf-8")
    words = ["apr", str(path), "--convention", "eu-2023-2225", "--every", "monthly"]
    assert main([*words, "--decimals", "6"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("9.380593 % a year, effective: EU APRC, 2023")
    assert "(recalled)" in out
    assert main(words[:-2]) == 1
    assert 'such as every="monthly"' in capsys.readouterr().err


def test_the_rate_of_terms_as_json(capsys):
    assert main(["apr", JIEBEI, "--convention", "cn-simple", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["percent"] == "14.54"
    assert document["certificate"]["one_root"] == "above -100 %"
    assert document["recalled"] is False


def test_a_rate_that_is_the_one_positive_one(tmp_path, capsys):
    path = tmp_path / "amounts.csv"
    path.write_text("amount\n-100\n60\n-10\n90\n", encoding="utf-8")
    words = ["apr", str(path), "--convention", "cn-simple", "--every", "monthly"]
    assert main([*words, "--format", "json"]) == 0
    proof = json.loads(capsys.readouterr().out)["certificate"]
    assert proof["one_root"] == "above 0 %"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("china", "Simple %/year"),
        ("us", "Truth in Lending disclosure in CNY"),
        ("eu", "Standard information on consumer credit"),
        ("uk", "15.5% APR"),
        ("india", "Key facts statement"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "csv", "markdown", "html"])
def test_what_a_loan_costs(form, said, kind, capsys):
    assert main(["cost", JIEBEI, "--form", form, "--format", kind]) == 0
    out = capsys.readouterr().out
    if kind == "text":
        assert said in out
    assert out.strip()


def test_the_cost_in_chinese(capsys):
    assert main(["cost", JIEBEI, "--lang", "zh", "--lender", "某银行"]) == 0
    out = capsys.readouterr().out
    assert "正常履约情形下的综合融资成本" in out
    assert "某银行" in out


def test_an_unknown_convention_names_the_others(flows, capsys):
    assert main(["apr", flows, "--convention", "apr"]) == 1
    assert "us-reg-z, us-rule, eu-aprc" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "start"),
    [("table", "loanmath "), ("csv", "id,"), ("html", "<table"), ("markdown", "loan")],
)
def test_everything_is_verified(form, start, capsys):
    assert main(["verify", "--format", form]) == 0
    assert capsys.readouterr().out.lstrip("*").startswith(start)


def test_a_failure_leaves_with_three(capsys, monkeypatch):
    failed = Verification("0", "0", (Checked(vectors()[0], {}),))
    monkeypatch.setattr(verification, "verify", lambda **_: failed)
    assert main(["verify"]) == 3
    assert "FAILED" in capsys.readouterr().out


def test_progress_is_for_people(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["verify"]) == 0
    told = capsys.readouterr().err
    assert told.endswith(f"{len(vectors())} of {len(vectors())} examples\n")
