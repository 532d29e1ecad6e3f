"""A policy small enough to see through, for the tests of reminders."""

from datetime import date, time
from typing import Any

from loanmath.reminders import (
    ContactWindow,
    DailyLimits,
    Reminder,
    ReminderPolicy,
    Reminders,
    ReminderStage,
)

__all__ = ["LIMITS", "WINDOW", "at", "named", "policy"]

WINDOW = ContactWindow(time(8), time(22))
LIMITS = DailyLimits(effective=3, attempts=6)


def policy(*offsets: int, **terms: Any) -> ReminderPolicy:
    """Return a policy that reminds by message at some offsets."""
    stages = [
        ReminderStage(offset, f"stage {offset}", ["message"]) for offset in offsets
    ]
    return ReminderPolicy(
        **({"stages": stages, "window": WINDOW, "limits": LIMITS} | terms)
    )


def at(found: Reminders, on: date) -> Reminder:
    """Return the only reminder of a day."""
    (one,) = [one for one in found.rows if one.on == on]
    return one


def named(found: Reminders) -> list[tuple[str, str, str]]:
    """Return the day, the stage and the amount of each reminder."""
    return [(f"{one.on:%m-%d}", one.stage.day, str(one.amount)) for one in found.rows]
