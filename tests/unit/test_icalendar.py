import sys
from datetime import UTC, date, datetime, timedelta

import icalendar

from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    MissingExtraError,
    UnknownNameError,
)
from loanmath.reminders import remind, to_icalendar
from refusals import refused
from reminding import policy
from serviced import D1, START, after, opened

STAMPED = datetime(2026, 2, 1, 6, 30, 15, 999)
FOUND = remind(opened(), START, after(D1, 1), policy(-3, 0, 1))


def written(found=FOUND, **terms):
    return to_icalendar(found, **({"name": "A-1", "stamped": STAMPED} | terms))


def test_the_whole_of_an_event():
    lines = written(remind(opened(), D1, D1, policy(0, late_days=[7]))).split("\r\n")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//loanmath//reminders//EN",
        "BEGIN:VEVENT",
        "SUMMARY:CNY 1\\,030.00 due today: installment 1",
        "DTSTART:20260215T080000",
        "DTEND:20260215T220000",
        "DTSTAMP:20260201T063015Z",
        "UID:A-1/2026-02-15/T@loanmath",
        "CATEGORIES:service,stage 0",
        "DESCRIPTION:Installment 1\\, CNY 1\\,030.00\\, falls due today\\, 2026-02-15. ",
        " Being late costs CNY 7.00 after 7 days.",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_reader_reads_it_back():
    events = icalendar.Calendar.from_ical(written(alarms=True)).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [
        "A-1/2026-02-15/T-3@loanmath",
        "A-1/2026-02-15/T@loanmath",
        "A-1/2026-02-15/T+1@loanmath",
    ]
    assert [str(event["summary"]) for event in events] == [
        "CNY 1,030.00 due on 2026-02-15: installment 1",
        "CNY 1,030.00 due today: installment 1",
        "CNY 1,031.00 1 day late: installment 1",
    ]
    first = events[0]
    assert first.decoded("dtstart") == datetime(2026, 2, 12, 8)
    assert first.decoded("dtend") == datetime(2026, 2, 12, 22)
    assert first.decoded("dtstamp") == datetime(2026, 2, 1, 6, 30, 15, tzinfo=UTC)
    (alarm,) = first.walk("VALARM")
    assert (str(alarm["action"]), alarm.decoded("trigger")) == ("DISPLAY", timedelta(0))
    assert icalendar.Calendar.from_ical(written()).walk("VALARM") == []


def test_in_chinese():
    calendar = icalendar.Calendar.from_ical(written(lang="zh", alarms=True))
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "第1期1,030.00元，2026年2月15日到期",
        "第1期1,030.00元，今日到期",
        "第1期1,031.00元，已逾期1天",
    ]
    assert str(events[0]["description"]).startswith("第1期应还1,030.00元，")
    (alarm,) = events[0].walk("VALARM")
    assert str(alarm["description"]) == str(events[0]["summary"])


def test_no_reminders_are_an_empty_calendar():
    found = remind(opened(), START, START, policy(0))
    assert icalendar.Calendar.from_ical(written(found)).walk("VEVENT") == []


def test_the_name_is_of_the_uid_alone():
    one, other = written(name="A;1"), written(name="B,2")
    assert one.replace("A\\;1/", "B\\,2/") == other


def test_arguments_that_are_refused():
    with refused(InputTypeError):
        written(found=FOUND.rows)
    with refused(InputTypeError):
        written(name=1)
    for name in ("a\nb", "\ud800"):
        with refused(InputValueError):
            written(name=name)
    with refused(LimitError):
        written(name="")
    with refused(LimitError):
        written(name="n" * 201)
    with refused(InputTypeError):
        written(stamped=date(2026, 2, 1))
    with refused(InputValueError):
        written(stamped=datetime(2026, 2, 1, tzinfo=UTC))
    with refused(InputTypeError):
        written(alarms=1)
    with refused(UnknownNameError):
        written(lang="fr")


def test_the_package_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with refused(MissingExtraError) as caught:
        written()
    assert caught.value.do == "pip install 'loanmath[calendar]'"
