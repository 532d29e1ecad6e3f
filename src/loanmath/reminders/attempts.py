"""Contact attempts held against the hours and the daily limits of a policy."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

from attrs import field, frozen

from loanmath.doors import to_flag, to_tuple_of
from loanmath.errors import InputTypeError, LimitError
from loanmath.reminders.claims import is_paused, to_paused
from loanmath.reminders.policy import ReminderPolicy, to_local, to_name
from loanmath.schedule.printed import PrintedRecords
from loanmath.schedule.printing import (
    Table,
)

__all__ = [
    "AttemptBreach",
    "AttemptsReport",
    "BrokenLimit",
    "ContactAttempt",
    "check_attempts",
]

_MOST_ATTEMPTS = 1_000_000


def _to_at(at: object) -> datetime:
    return to_local(at, "at")


def _to_flag(flag: object) -> bool:
    return to_flag(flag, "attempt")


@frozen
class ContactAttempt:
    """
    One attempt to reach a debtor for collection (催收联系).

    Args:
        at: When, in the debtor's local time, without a zone.
        effective: Whether the debtor was reached.
        agreed: Whether the debtor had agreed to that hour.
        name: What to call it, such as the number of a call.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the time has a zone, or the name does not print.

    Example:
        >>> ContactAttempt(datetime(2026, 2, 16, 9, 30), effective=True).agreed
        False
    """

    at: datetime = field(converter=_to_at)
    effective: bool = field(converter=_to_flag, kw_only=True)
    agreed: bool = field(default=False, converter=_to_flag, kw_only=True)
    name: str = field(default="", converter=to_name, kw_only=True)


class BrokenLimit(Enum):
    """
    What an attempt breaks.

    `HOURS` (禁止时段); the count of `EFFECTIVE` contacts of a day (有效联系次数) or of
    all `ATTEMPTS` (联系次数); a `PAUSE` of collection (停催).
    """

    HOURS = "hours"
    EFFECTIVE = "effective contacts"
    ATTEMPTS = "attempts"
    PAUSE = "pause"


@frozen
class AttemptBreach:
    """
    An attempt that should not have been made, and why.

    Attributes:
        attempt: The attempt.
        broken: What it breaks.
        number: Which of its day it was: of effective contacts, or of attempts.
        allowed: What would have been, in words.

    Example:
        >>> attempt = ContactAttempt(datetime(2026, 2, 16, 23), effective=False)
        >>> AttemptBreach(attempt, BrokenLimit.HOURS, 1, "08:00-22:00").broken.value
        'hours'
    """

    attempt: ContactAttempt
    broken: BrokenLimit
    number: int
    allowed: str


@frozen(repr=False)
class AttemptsReport(PrintedRecords):
    """
    Attempts held against a policy: which break it, and how (催收合规检查).

    Attributes:
        attempts: The attempts, by time.
        breaches: What was broken, by time; one attempt may break more than one limit.

    Example:
        >>> print(AttemptsReport((), ()))
        0 attempts, 0 breaches
        At  Name  Broken  Number  Allowed
        >>> AttemptsReport((), ()).to_csv().strip()
        'at,name,effective,broken,number,allowed'
    """

    attempts: tuple[ContactAttempt, ...]
    breaches: tuple[AttemptBreach, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was broken."""
        return not self.breaches

    def _table(self) -> Table:
        made, broken = len(self.attempts), len(self.breaches)
        caption = (
            f"{made} attempt{'s' * (made != 1)}, {broken} breach{'es' * (broken != 1)}"
        )
        rows = [
            [
                f"{one.attempt.at:%Y-%m-%d %H:%M}",
                one.attempt.name,
                one.broken.value,
                str(one.number),
                one.allowed,
            ]
            for one in self.breaches
        ]
        header = ["At", "Name", "Broken", "Number", "Allowed"]
        return Table(caption, header, rows, [], words=(0, 1, 2, 4))

    def __repr__(self) -> str:
        return (
            f"<AttemptsReport of {len(self.attempts)} attempts:"
            f" {len(self.breaches)} breaches>"
        )

    def _records(self) -> list[Sequence[object]]:
        lines: list[Sequence[object]] = [
            ["at", "name", "effective", "broken", "number", "allowed"]
        ]
        for one in self.breaches:
            effective = "true" if one.attempt.effective else "false"
            told = [one.attempt.at.isoformat(), one.attempt.name, effective]
            lines.append([*told, one.broken.value, one.number, one.allowed])
        return lines


def check_attempts(
    attempts: Sequence[ContactAttempt],
    policy: ReminderPolicy,
    *,
    paused: bool | Sequence[tuple[date, date]] = False,
) -> AttemptsReport:
    """
    Return which attempts to reach one debtor break the hours or the limits of a day.

    Formula: of one day's attempts by time, each after the first `limits.attempts`
    breaks that limit, each effective one after the first `limits.effective` breaks that
    one; both counters run at once. An attempt outside the hours counts all the same.

    Args:
        attempts: The attempts for collection, in any order; service notices left out.
        policy: The hours and the limits.
        paused: Whether collection was paused: on all days, or in spans of days.

    Raises:
        InputTypeError: If an argument is of the wrong type.
        LimitError: If there are more than 1,000,000 attempts.
        DateRangeError: If a span of days is in the wrong order.

    Example:
        >>> from loanmath.presets import cn
        >>> calls = [ContactAttempt(datetime(2026, 2, 16, hour), effective=True)
        ...     for hour in (9, 12, 15, 22)]
        >>> print(check_attempts(calls, cn.REMINDER_POLICY.value))
        4 attempts, 2 breaches
        At                Name  Broken              Number  Allowed
        2026-02-16 22:00        hours                    4  08:00-22:00, or as agreed
        2026-02-16 22:00        effective contacts       4  at most 3 a day

    Source: GB/T 45251-2025 and the guideline of the China Banking Association of
    January 2026, as told by chinesestandards.org and gmteight.com.
    """
    if type(policy) is not ReminderPolicy:
        raise InputTypeError("policy", got=policy, allowed="ReminderPolicy(...)")
    spans = to_paused(paused)
    ordered = sorted(_checked(attempts), key=lambda attempt: attempt.at)
    made: Counter[date] = Counter()
    reached: Counter[date] = Counter()
    found: list[AttemptBreach] = []
    limits = policy.limits
    for attempt in ordered:
        day = attempt.at.date()
        made[day] += 1
        reached[day] += attempt.effective
        number, effective = made[day], reached[day]
        if not (attempt.agreed or policy.window.holds(attempt.at)):
            allowed = f"{policy.window}, or as agreed"
            found.append(AttemptBreach(attempt, BrokenLimit.HOURS, number, allowed))
        if is_paused(spans, day):
            allowed = "none while collection is paused"
            found.append(AttemptBreach(attempt, BrokenLimit.PAUSE, number, allowed))
        if number > limits.attempts:
            allowed = f"at most {limits.attempts} a day"
            found.append(AttemptBreach(attempt, BrokenLimit.ATTEMPTS, number, allowed))
        if attempt.effective and effective > limits.effective:
            allowed = f"at most {limits.effective} a day"
            found.append(
                AttemptBreach(attempt, BrokenLimit.EFFECTIVE, effective, allowed)
            )
    return AttemptsReport(tuple(ordered), tuple(found))


def _checked(attempts: object) -> Sequence[ContactAttempt]:
    found = to_tuple_of(attempts, ContactAttempt, "attempts")
    if len(found) > _MOST_ATTEMPTS:
        raise LimitError(
            "attempts", got=len(found), allowed=f"at most {_MOST_ATTEMPTS:,}"
        )
    return found
