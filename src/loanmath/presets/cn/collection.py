"""When a borrower may be reminded and called, how often, and when one usually is."""

from datetime import date, time

from loanmath.presets.facts import Fact
from loanmath.reminders import (
    ContactWindow,
    DailyLimits,
    ReminderPolicy,
    ReminderStage,
)

__all__ = [
    "COLLECTION_HOURS",
    "DAILY_ATTEMPTS",
    "DAILY_EFFECTIVE_CONTACTS",
    "REMINDER_POLICY",
    "REMINDER_STAGES",
]

_STANDARD = "GB/T 45251-2025, as told by chinesestandards.org and bycs8.com, 2025-03-16"

COLLECTION_HOURS: Fact[ContactWindow] = Fact(
    ContactWindow(time(8), time(22)),
    in_force=date(2025, 2, 28),
    source=_STANDARD,
    recalled=False,
    note="no collection from 22:00 to 08:00, unless agreed; the text of the standard "
    "was not seen",
)
"""The hours at which collection is permitted."""

DAILY_EFFECTIVE_CONTACTS: Fact[int] = Fact(
    3,
    in_force=date(2025, 2, 28),
    source=_STANDARD,
    recalled=False,
    note="the most calls a day that reach one debtor; the text of the standard was not "
    "seen",
)
"""How many calls a day may reach one debtor."""

DAILY_ATTEMPTS: Fact[int] = Fact(
    6,
    in_force=None,
    source="China Banking Association, guideline on collection (trial), January 2026, "
    "as told by gmteight.com/flash/detail/1187415",
    recalled=False,
    note="the most attempts a day, those that reach nobody included; another counter "
    "than that of effective contacts; the text was not seen",
)
"""How many attempts a day may be made at one debtor."""

REMINDER_STAGES: Fact[tuple[ReminderStage, ...]] = Fact(
    (
        ReminderStage(-3, "notice", ["message"]),
        ReminderStage(-1, "notice", ["message"]),
        ReminderStage(0, "due today", ["robot", "message"]),
        ReminderStage(1, "early", ["robot", "message"]),
        ReminderStage(3, "early", ["robot", "message"]),
        ReminderStage(7, "message", ["message"]),
        ReminderStage(15, "message", ["message"]),
        ReminderStage(30, "phone", ["phone"]),
    ),
    in_force=None,
    source="",
    recalled=True,
    note="the usual days are recalled and stand in no rule; of the channels, robots "
    "and messages at first, messages from 7 to 15 days and calls from 30 are told by "
    "wodefinance.com/Futuresplatform/jahjwxmclr; visits from 90 days and letters in "
    "the third month are left to a policy of one's own",
)
"""The days on which borrowers are usually reminded, and how."""

REMINDER_POLICY: Fact[ReminderPolicy] = Fact(
    ReminderPolicy(
        stages=REMINDER_STAGES.value,
        window=COLLECTION_HOURS.value,
        limits=DailyLimits(
            effective=DAILY_EFFECTIVE_CONTACTS.value, attempts=DAILY_ATTEMPTS.value
        ),
    ),
    in_force=None,
    source="",
    recalled=True,
    note="the hours and limits are those of COLLECTION_HOURS, DAILY_EFFECTIVE_CONTACTS "
    "and DAILY_ATTEMPTS; the days, and that a reminder up to the due day is a service "
    "notice and collection after it, are recalled; notices keep to the same hours",
)
"""A reminder policy as is usual in mainland China, with no days off."""
