"""Published examples as data: all come out, and a wrong figure is found out."""

import json
import re
from importlib.resources import files

import pytest
from attrs import evolve

from loanmath.verification import (
    Checked,
    Verification,
    check,
    digest,
    errata,
    vectors,
    verify,
)

VECTORS = vectors()


@pytest.mark.parametrize("example", VECTORS, ids=[v.id for v in VECTORS])
def test_every_example_comes_out(example):
    assert check(example).passed


def test_a_wrong_figure_is_found_out():
    for example in VECTORS:
        name, text = next(iter(example.expected.items()))
        digit = "1" if text[-1] != "1" else "2"
        wrong = evolve(example, expected={**example.expected, name: text[:-1] + digit})
        assert not check(wrong).passed, example.id


def test_every_example_says_where_it_is_from():
    assert len({example.id for example in VECTORS}) == len(VECTORS)
    for example in VECTORS:
        assert example.source
        assert example.confidence in {"high", "medium", "memory", "derived"}
        assert all(
            re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", v) for v in example.expected.values()
        )
    kinds = {example.kind for example in VECTORS}
    assert kinds == {
        "annual_rate",
        "interval",
        "day_count",
        "schedule",
        "account",
        "bill",
    }


def test_the_periods_of_a_rate_can_be_asked():
    example = next(example for example in VECTORS if example.id == "us-j-c1iii")
    assert check(evolve(example, expected={"periods_per_year": "24"})).passed


def test_the_files_are_plain():
    for name in ("vectors.json", "errata.json"):
        text = files("loanmath.verification").joinpath(name).read_text(encoding="utf-8")
        document = json.loads(text, parse_float=pytest.fail)
        assert document["format"].startswith("loanmath ")
    assert errata() == ()
    assert len(digest()) == 64


def test_progress_is_told():
    seen = []
    found = verify(VECTORS[:3], progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert found.passed
    assert repr(found) == f"<Verification of {found.version}: 3 examples>"


def test_a_failure_is_printed_everywhere():
    failed = Checked(VECTORS[0], {"percent": "9.70"})
    found = Verification("0.1.0", "ab" * 32, (failed, check(VECTORS[1])))
    assert not found.passed
    assert "FAILED: printed percent 9.69; got percent 9.70" in str(found)
    assert "2 examples" in str(found)
    assert "1 failed" in found.to_markdown()
    assert "FAILED" in found.to_html() == found._repr_html_()
    rows = found.to_csv().splitlines()
    assert rows[1].startswith("us-j-c1i,false,percent,9.69,9.70,high,")
    empty = Verification("0", "0", (Checked(VECTORS[0], {}),))
    assert ",false,percent,9.69,,high," in empty.to_csv()
