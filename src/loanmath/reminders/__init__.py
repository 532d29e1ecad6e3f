"""
When to remind of what is due, why, and what being late would cost; nothing is sent.

Days, hours and limits are a policy, which the caller states; `presets.cn` has one.
"""

from loanmath.reminders.attempts import (
    AttemptBreach,
    AttemptsReport,
    BrokenLimit,
    ContactAttempt,
    check_attempts,
)
from loanmath.reminders.icalendar_file import to_icalendar
from loanmath.reminders.policy import (
    Channel,
    ContactKind,
    ContactWindow,
    DailyLimits,
    ReminderPolicy,
    ReminderStage,
)
from loanmath.reminders.reminder import LateCost, Reminder, ReminderReason
from loanmath.reminders.reminders import Reminders
from loanmath.reminders.reminding import remind
from loanmath.reminders.sentences import explain_reminder

__all__ = [
    "AttemptBreach",
    "AttemptsReport",
    "BrokenLimit",
    "Channel",
    "ContactAttempt",
    "ContactKind",
    "ContactWindow",
    "DailyLimits",
    "LateCost",
    "Reminder",
    "ReminderPolicy",
    "ReminderReason",
    "ReminderStage",
    "Reminders",
    "check_attempts",
    "explain_reminder",
    "remind",
    "to_icalendar",
]
