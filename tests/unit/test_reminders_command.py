"""What the command `remind` prints."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path

import icalendar
import pytest

from loanmath.commands.reminders import FORMATS
from loanmath.commands.reminders import answer as answer_of
from loanmath.errors import InputValueError, TermsFileError

EXAMPLES = Path(__file__).parents[2] / "examples"


def printed(
    name, events=None, form="text", lang="en", since=(2026, 2, 12), until=(2026, 2, 16)
):
    options = Namespace(
        file=str(EXAMPLES / name),
        events=None if events is None else str(EXAMPLES / events),
        since=date(*since),
        until=date(*until),
        format=form,
        lang=lang,
    )
    answer = answer_of(options)
    assert answer.code == 0
    return answer.text


def test_a_plan_alone():
    lines = printed("late_loan.toml").splitlines()
    assert lines[0] == "Reminders from 2026-02-12 to 2026-02-16"
    assert [line.split()[2] for line in lines[2:5]] == ["T-3", "T-1", "T"]
    assert lines[5] == ""
    assert lines[6].startswith(
        "2026-02-12 08:00-22:00 T-3: Installment 1, CNY 1,148.80,"
    )


def test_an_account():
    text = printed("late_loan.toml", "late_loan_events.csv", lang="zh")
    assert "2026-02-16 08:00-22:00 T+1: 第1期未还1,148.80元" in text


def test_a_line():
    span = {"since": (2026, 5, 20), "until": (2026, 5, 20)}
    text = printed("bank_card.toml", "bank_card_year.csv", **span)
    assert (
        "The bill of 2026-05-05, CNY 5,190.17, at least CNY 1,078.30, falls due" in text
    )


def test_nothing_to_remind_of():
    span = {"since": (2026, 1, 20), "until": (2026, 1, 21)}
    assert len(printed("late_loan.toml", **span).splitlines()) == 2


def test_csv_and_json():
    rows = printed("late_loan.toml", form="csv").splitlines()
    assert len(rows) == 4
    document = json.loads(printed("late_loan.toml", form="json", lang="zh"))
    assert document["reminders"][0]["sentence"].startswith("第1期应还")


def test_a_calendar_has_the_same_bytes_each_time():
    text = printed("late_loan.toml", form="ical")
    assert text == printed("late_loan.toml", form="ical")
    first, *_ = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(first["uid"]) == "late_loan/2026-02-15/T-3@loanmath"
    assert len(first.walk("VALARM")) == 1


def test_an_account_that_opens_undrawn(tmp_path):
    events = tmp_path / "events.csv"
    rows = ["kind,id,on,recorded,amount", "disbursement,d1,2026-01-15,,12000"]
    events.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "1,148.80" in printed("late_loan.toml", events)


def test_a_line_needs_events():
    with pytest.raises(InputValueError) as caught:
        printed("bank_card.toml")
    assert caught.value.what == "events"


def test_what_is_neither_a_loan_nor_a_line(tmp_path):
    file = tmp_path / "terms.toml"
    file.write_text('type = "loan"\n', encoding="utf-8")
    with pytest.raises(TermsFileError):
        printed(file)


def test_formats():
    assert sorted(FORMATS) == ["csv", "ical", "json", "text"]
