from datetime import UTC, date, datetime, time

import pytest

from loanmath.calendars import WEEKENDS
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)
from loanmath.presets import cn
from loanmath.reminders import (
    Channel,
    ContactKind,
    ContactWindow,
    DailyLimits,
    ReminderPolicy,
    ReminderStage,
)
from refusals import refused
from reminding import LIMITS, WINDOW, policy


def test_the_hours_begin_with_the_first_and_end_before_the_last():
    night = [datetime(2026, 2, 16, *clock) for clock in ((7, 59, 59), (22, 0), (0, 0))]
    day = [datetime(2026, 2, 16, *clock) for clock in ((8, 0), (12, 30), (21, 59, 59))]
    assert [WINDOW.holds(moment) for moment in [*night, *day]] == [False] * 3 + [
        True
    ] * 3
    assert str(WINDOW) == "08:00-22:00"


@pytest.mark.parametrize("hours", [(time(22), time(8)), (time(8), time(8))])
def test_hours_in_the_wrong_order(hours):
    with refused(InputValueError) as caught:
        ContactWindow(*hours)
    assert caught.value.allowed == f"after {hours[0]}"


def test_hours_of_a_wrong_type():
    with refused(InputTypeError):
        ContactWindow("08:00", time(22))
    with refused(InputValueError):
        ContactWindow(time(8, tzinfo=UTC), time(22))


def test_a_moment_is_a_local_time():
    with refused(InputTypeError):
        WINDOW.holds(date(2026, 2, 16))
    with refused(InputValueError) as caught:
        WINDOW.holds(datetime(2026, 2, 16, 9, tzinfo=UTC))
    assert "drop the zone" in caught.value.do


@pytest.mark.parametrize("limit", [0, 1001])
def test_limits_out_of_range(limit):
    with refused(LimitError):
        DailyLimits(effective=limit, attempts=6)


def test_limits_are_whole_numbers():
    with refused(InputTypeError):
        DailyLimits(effective=3, attempts=True)


@pytest.mark.parametrize(("offset", "day"), [(-3, "T-3"), (0, "T"), (15, "T+15")])
def test_a_stage_is_named_by_its_day(offset, day):
    assert ReminderStage(offset, "stage", ["phone"]).day == day


def test_a_stage_has_known_channels():
    stage = ReminderStage(90, "late", ("visit", Channel.LETTER))
    assert stage.channels == (Channel.VISIT, Channel.LETTER)
    with refused(UnknownNameError):
        ReminderStage(0, "stage", ["pigeon"])
    with refused(InputValueError):
        ReminderStage(0, "stage", [])
    with refused(InputTypeError):
        ReminderStage(0, "stage", "phone")


def test_a_stage_of_wrong_types():
    with refused(InputTypeError):
        ReminderStage("1", "stage", ["phone"])
    with refused(InputTypeError):
        ReminderStage(1, None, ["phone"])
    with refused(LimitError):
        ReminderStage(3661, "stage", ["phone"])
    with refused(InputValueError):
        ReminderStage(1, "first\tcall", ["phone"])


def test_stages_are_put_in_order():
    assert [stage.offset for stage in policy(7, -3, 0).stages] == [-3, 0, 7]


def test_a_day_has_one_stage():
    with refused(InputValueError) as caught:
        policy(1, 1)
    assert caught.value.got == "T+1"
    with refused(InputValueError):
        policy()


@pytest.mark.parametrize(
    "terms",
    [
        {"stages": "T"},
        {"stages": [1]},
        {"window": "08:00-22:00"},
        {"limits": 3},
        {"calendar": date},
        {"late_days": 7},
        {"late_days": ["7"]},
        {"notices_through": "0"},
    ],
    ids=str,
)
def test_a_policy_of_wrong_types(terms):
    with refused(InputTypeError):
        policy(0, **terms)


def test_days_late_are_put_in_order():
    assert policy(0, late_days=[30, 1, 30]).late_days == (1, 30)
    with refused(LimitError):
        policy(0, late_days=[0])


def test_what_is_a_notice():
    stages = policy(-1, 0, 1, 2).stages
    kinds = [policy(0, notices_through=1).kind_of(stage) for stage in stages]
    assert kinds == [ContactKind.SERVICE] * 3 + [ContactKind.COLLECTION]
    with refused(InputTypeError):
        policy(0).kind_of(-1)


def test_days_off_move_a_notice_back_and_collection_on():
    # 2026-02-14 is a Saturday, 2026-02-15 a Sunday.
    agreed = policy(-1, 0, 1, 6, calendar=WEEKENDS)
    sunday = date(2026, 2, 15)
    moved = [str(agreed.day_of(stage, sunday)) for stage in agreed.stages]
    assert moved == ["2026-02-13", "2026-02-13", "2026-02-16", "2026-02-23"]


def test_a_stage_beyond_the_last_day():
    agreed = policy(1)
    with refused(DateRangeError):
        agreed.day_of(agreed.stages[0], date(2200, 12, 31))


def test_a_policy_is_a_value():
    assert policy(0, 1) == policy(1, 0)
    assert len({policy(0), policy(0), policy(1)}) == 2


# --- mainland China -----------------------------------------------------------------------


def test_the_facts_of_china():
    # GB/T 45251-2025 and the guideline of the China Banking Association.
    assert cn.COLLECTION_HOURS.value == WINDOW
    assert cn.COLLECTION_HOURS.in_force == date(2025, 2, 28)
    assert cn.DAILY_EFFECTIVE_CONTACTS.value == 3
    assert cn.DAILY_ATTEMPTS.value == 6
    days = [stage.day for stage in cn.REMINDER_STAGES.value]
    assert days == ["T-3", "T-1", "T", "T+1", "T+3", "T+7", "T+15", "T+30"]


def test_the_policy_of_china_is_of_its_facts():
    usual = cn.REMINDER_POLICY
    assert usual.recalled
    assert usual.value == ReminderPolicy(
        stages=cn.REMINDER_STAGES.value, window=WINDOW, limits=LIMITS
    )
    assert usual.value.late_days == (1, 7, 30)
