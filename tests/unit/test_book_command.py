"""The command `book`: a folder of accounts, measured."""

import shutil
from pathlib import Path

import pytest

from loanmath.__main__ import main

EXAMPLES = Path(__file__).parents[2] / "examples"
LOANS = ("late_loan", "prepaid_loan")


@pytest.fixture
def folder(tmp_path):
    for name in LOANS:
        for file in (f"{name}.toml", f"{name}_events.csv"):
            shutil.copy(EXAMPLES / file, tmp_path / file)
    shutil.copy(EXAMPLES / "jiebei_like.toml", tmp_path / "unpaid.toml")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "csv", "markdown", "html"])
def test_measures_of_a_folder(folder, form, capsys):
    words = ["book", str(folder), "--as-of", "2026-06-30", "--format", form]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "overdue ratio by balance" in out


def test_what_moved_and_vintages(folder, capsys):
    words = ["book", str(folder), "--as-of", "2026-06-30"]
    assert main([*words, "--since", "2026-05-31", "--vintages", "3"]) == 0
    out = capsys.readouterr().out
    assert "Migration" in out or "migration" in out


def test_lines_beside_loans(folder, capsys):
    shutil.copy(EXAMPLES / "bank_card.toml", folder / "card.toml")
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 1
    assert "card.toml: events: got 'none'" in capsys.readouterr().err
    shutil.copy(EXAMPLES / "bank_card_year.csv", folder / "card_events.csv")
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 0


def test_every_refused_file_is_named(folder, capsys):
    (folder / "a.toml").write_text("type = 1", encoding="utf-8")
    (folder / "b.json").write_text("{}", encoding="utf-8")
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 1
    err = capsys.readouterr().err
    assert "a.toml" in err
    assert "b.json" in err


def test_an_empty_folder(tmp_path, capsys):
    assert main(["book", str(tmp_path), "--as-of", "2026-06-30"]) == 1
    assert "terms in files" in capsys.readouterr().err
    assert main(["book", str(tmp_path / "none"), "--as-of", "2026-06-30"]) == 1


def test_progress_is_for_people(folder, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 0
    assert "3 of 3 files" in capsys.readouterr().err


def test_events_without_terms_are_not_left_out(folder, capsys):
    """A file under a name that is misspelled would be a loan that was never paid."""
    (folder / "lone_events.csv").write_text("kind,id,on\n", encoding="utf-8")
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 1
    assert "  - lone_events.csv: no terms in lone.toml or lone.json" in (
        capsys.readouterr().err.splitlines()
    )
    (folder / "lone_events.csv").rename(folder / "notes.csv")
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 0


def test_two_files_of_events_of_one_account(folder, capsys):
    [first, *_] = sorted(folder.glob("*_events.csv"))
    first.with_suffix(".jsonl").write_text("", encoding="utf-8")
    assert main(["book", str(folder), "--as-of", "2026-06-30"]) == 1
    said = capsys.readouterr().err
    assert f"got '{first.name} and {first.stem}.jsonl'; allowed: one file" in said
