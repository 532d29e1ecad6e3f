from datetime import UTC, date, datetime

import pytest

from loanmath.errors import DateRangeError, InputTypeError, InputValueError, LimitError
from loanmath.reminders import BrokenLimit, ContactAttempt, attempts, check_attempts
from refusals import refused
from reminding import policy

USUAL = policy(1)


def call(hour: int, minute: int = 0, *, day: int = 16, effective: bool = False, **more):
    at = datetime(2026, 2, day, hour, minute)
    return ContactAttempt(at, effective=effective, **more)


def broken(report):
    return [(one.attempt.at.hour, one.broken, one.number) for one in report.breaches]


def test_two_counters_run_at_once():
    # Six attempts a day, of which three may reach the debtor: GB/T 45251-2025 and the
    # guideline of the China Banking Association.
    calls = [call(hour, effective=hour % 2 == 0) for hour in range(9, 17)]
    report = check_attempts(calls, USUAL)
    assert broken(report) == [
        (15, BrokenLimit.ATTEMPTS, 7),
        (16, BrokenLimit.ATTEMPTS, 8),
        (16, BrokenLimit.EFFECTIVE, 4),
    ]
    assert not report.is_clean


def test_the_last_that_is_allowed():
    calls = [call(hour, effective=hour < 12) for hour in range(9, 15)]
    assert check_attempts(calls, USUAL).is_clean


def test_each_day_counts_anew():
    calls = [call(9 + n, day=day, effective=True) for day in (16, 17) for n in range(3)]
    assert check_attempts(calls, USUAL).is_clean


@pytest.mark.parametrize(
    ("hour", "minute", "allowed"),
    [(7, 59, False), (8, 0, True), (21, 59, True), (22, 0, False), (0, 0, False)],
)
def test_the_edges_of_the_hours(hour, minute, allowed):
    report = check_attempts([call(hour, minute)], USUAL)
    assert report.is_clean is allowed
    if not allowed:
        assert broken(report) == [(hour, BrokenLimit.HOURS, 1)]


def test_an_hour_that_was_agreed_counts_all_the_same():
    calls = [
        call(23, agreed=True, effective=True),
        *(call(n, effective=True) for n in (9, 10, 11)),
    ]
    assert broken(check_attempts(calls, USUAL)) == [(23, BrokenLimit.EFFECTIVE, 4)]


def test_attempts_in_any_order():
    calls = [call(23), call(9, name="first"), call(6)]
    report = check_attempts(calls, USUAL)
    assert [one.at.hour for one in report.attempts] == [6, 9, 23]
    assert broken(report) == [(6, BrokenLimit.HOURS, 1), (23, BrokenLimit.HOURS, 3)]


def test_collection_that_is_paused():
    spans = [(date(2026, 2, 16), date(2026, 2, 17))]
    calls = [call(9, day=day) for day in (15, 16, 17, 18)]
    report = check_attempts(calls, USUAL, paused=spans)
    assert [(one.attempt.at.day, one.broken) for one in report.breaches] == [
        (16, BrokenLimit.PAUSE),
        (17, BrokenLimit.PAUSE),
    ]
    assert len(check_attempts(calls, USUAL, paused=True).breaches) == 4


def test_the_report_as_a_table():
    report = check_attempts([call(23, name="c|1"), call(9)], USUAL)
    assert str(report) == (
        "2 attempts, 1 breach\n"
        "At                Name  Broken  Number  Allowed\n"
        "2026-02-16 23:00  c|1   hours        2  08:00-22:00, or as agreed"
    )
    assert report.to_csv().splitlines()[1] == (
        '2026-02-16T23:00:00,c|1,false,hours,2,"08:00-22:00, or as agreed"'
    )
    assert (
        report.to_markdown().splitlines()[-1].startswith("| 2026-02-16 23:00 | c\\|1 |")
    )
    assert "<td" in report._repr_html_()
    assert report._repr_html_() == report.to_html()
    assert repr(report) == "<AttemptsReport of 2 attempts: 1 breaches>"


def test_one_attempt_in_words():
    report = check_attempts([call(9, effective=True)], USUAL)
    assert str(report).splitlines()[0] == "1 attempt, 0 breaches"
    effective = check_attempts([call(23, effective=True)], USUAL)
    assert effective.to_csv().splitlines()[1].split(",")[2] == "true"


def test_arguments_of_a_wrong_type():
    with refused(InputTypeError):
        check_attempts([call(9)], "usual")
    with refused(InputTypeError):
        check_attempts(call(9), USUAL)
    with refused(InputTypeError):
        check_attempts([datetime(2026, 2, 16, 9)], USUAL)
    with refused(InputTypeError):
        ContactAttempt(date(2026, 2, 16), effective=True)
    with refused(InputTypeError):
        ContactAttempt(datetime(2026, 2, 16), effective=1)
    with refused(InputTypeError):
        call(9, name=1)
    with refused(InputValueError):
        ContactAttempt(datetime(2026, 2, 16, tzinfo=UTC), effective=True)
    with refused(DateRangeError):
        check_attempts([], USUAL, paused=[(date(2026, 2, 2), date(2026, 2, 1))])


def test_too_many_attempts(monkeypatch):
    monkeypatch.setattr(attempts, "_MOST_ATTEMPTS", 1)
    with refused(LimitError) as caught:
        check_attempts([call(9), call(10)], USUAL)
    assert caught.value.got == 2


def test_each_breach_says_what_was_allowed():
    """Four reach the debtor, and three more do not; the last is at night, in a pause."""
    calls = [call(hour, effective=hour < 13) for hour in (*range(9, 15), 23)]
    day = date(2026, 2, 16)
    report = check_attempts(calls, USUAL, paused=[(day, day)])
    told = report.to_csv().splitlines()
    assert told[0] == "at,name,effective,broken,number,allowed"
    paused = "none while collection is paused"
    assert [line for line in told[1:] if paused not in line] == [
        "2026-02-16T12:00:00,,true,effective contacts,4,at most 3 a day",
        '2026-02-16T23:00:00,,false,hours,7,"08:00-22:00, or as agreed"',
        "2026-02-16T23:00:00,,false,attempts,7,at most 6 a day",
    ]
    found = [one for one in report.breaches if one.broken is BrokenLimit.PAUSE]
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert {one.allowed for one in found} == {paused}
