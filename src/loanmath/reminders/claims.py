"""What a reminder is about, before a stage of the policy says how it is sent."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from loanmath.doors import to_date
from loanmath.errors import DateRangeError, InputTypeError
from loanmath.events import Event
from loanmath.reminders.policy import (
    ContactKind,
    ReminderPolicy,
    ReminderStage,
    days_after,
)
from loanmath.reminders.reminder import LateCost, Reminder, ReminderReason

__all__ = [
    "Claim",
    "Claims",
    "Span",
    "epochs",
    "is_paused",
    "planned",
    "to_days",
    "to_paused",
]

# Beyond it `adjust` gives up.
_MOST_MOVED = 60


class Claim(NamedTuple):
    """
    What is to be paid on a due date, as known on a day.

    Attributes:
        due: The due date.
        installments: The installments; none for a bill.
        statement: The statement day of a bill.
        currency: The currency.
        amount: The least that is to be paid.
        full: What pays all of it.
        costs: What being late costs.
    """

    due: date
    installments: tuple[int, ...]
    statement: date | None
    currency: str
    amount: Decimal
    full: Decimal
    costs: tuple[LateCost, ...]


class Claims(Protocol):
    """What a source answers, as it is known over some days."""

    def dues(self) -> Iterable[date]:
        """Return the days on which something is due."""
        ...

    def claim(self, due: date, on: date) -> Claim | None:
        """Return what is to be paid of a due date on a day; nothing, where it is."""
        ...


class Span(NamedTuple):
    """Days on which collection is paused, the last of them included."""

    first: date
    last: date


def to_days(since: object, until: object, names: tuple[str, str]) -> tuple[date, date]:
    """
    Return two days, refusing them in the wrong order.

    Raises:
        InputTypeError: If a day is not a `date`.
        DateRangeError: If one is out of range, or they are in the wrong order.

    Example:
        >>> to_days(date(2026, 2, 1), date(2026, 1, 1), ("since", "until"))
        Traceback (most recent call last):
        ...
        loanmath.errors.DateRangeError: until: got '2026-01-01'; allowed: on or after 2026-02-01
    """  # noqa: E501 the message is one line
    first, last = to_date(since, names[0]), to_date(until, names[1])
    if last < first:
        raise DateRangeError(names[1], got=str(last), allowed=f"on or after {first}")
    return first, last


def to_paused(paused: object) -> bool | tuple[Span, ...]:
    """
    Return when collection is paused: on all days, or in spans.

    Raises:
        InputTypeError: If it is neither, or a day is not a `date`.
        DateRangeError: If a day is out of range, or a span ends before it begins.
    """
    if type(paused) is bool:
        return paused
    if not isinstance(paused, (list, tuple)):
        raise InputTypeError(
            "paused", got=paused, allowed="True, False or a list of spans"
        )
    return tuple(_to_span(span) for span in paused)


def _to_span(span: object) -> Span:
    if not isinstance(span, (list, tuple)) or len(span) != 2:
        raise InputTypeError("paused", got=span, allowed="a pair of dates")
    return Span(*to_days(span[0], span[1], ("paused from", "paused until")))


def is_paused(paused: bool | tuple[Span, ...], on: date) -> bool:
    """Return whether collection is paused on a day."""
    if isinstance(paused, bool):
        return paused
    return any(first <= on <= last for first, last in paused)


def epochs(
    events: Iterable[Event], since: date, until: date
) -> Iterator[tuple[date, date]]:
    """Yield the spans of days over which nothing new became known."""
    known = {event.recorded for event in events if since < event.recorded <= until}
    starts = [since, *sorted(known)]
    ends = [days_after(day, -1) for day in starts[1:]]
    yield from zip(starts, [*ends, until], strict=True)


def planned(
    claims: Claims, policy: ReminderPolicy, first: date, last: date
) -> Iterator[Reminder]:
    """Yield the reminders of what is due, from one day to another."""
    near = [due for due in claims.dues() if _is_near(policy, due, first, last)]
    if near:
        # Refused before a century of them is worked out.
        days_after(max(near), max(policy.late_days, default=0))
    for due in near:
        found: dict[date, ReminderStage] = {}
        for stage in policy.stages:
            # A stage is moved by a calendar, which may not know days of no interest.
            if _may_fall(policy, stage, due, first, last):
                found[policy.day_of(stage, due)] = stage
        for on, stage in found.items():
            claim = claims.claim(due, on) if first <= on <= last else None
            if claim is not None:
                yield _reminder(claim, policy, stage, on)


def _is_near(policy: ReminderPolicy, due: date, first: date, last: date) -> bool:
    """Return whether any stage of a due date may fall into a span."""
    day = due.toordinal()
    earliest = day + policy.stages[0].offset - _MOST_MOVED
    latest = day + policy.stages[-1].offset + _MOST_MOVED
    return earliest <= last.toordinal() and first.toordinal() <= latest


def _may_fall(
    policy: ReminderPolicy, stage: ReminderStage, due: date, first: date, last: date
) -> bool:
    """Return whether a stage may fall into a span, moved by days off as it may be."""
    day = due.toordinal() + stage.offset
    if policy.kind_of(stage) is ContactKind.SERVICE:
        return first.toordinal() <= day <= last.toordinal() + _MOST_MOVED
    return first.toordinal() - _MOST_MOVED <= day <= last.toordinal()


def _reminder(
    claim: Claim, policy: ReminderPolicy, stage: ReminderStage, on: date
) -> Reminder:
    kind = policy.kind_of(stage)
    days_late = max((on - claim.due).days, 0)
    reason = ReminderReason.PAST_DUE if days_late else ReminderReason.COMING_DUE
    if on == claim.due:
        reason = ReminderReason.DUE_TODAY
    return Reminder(
        on=on,
        window=policy.window,
        stage=stage,
        kind=kind,
        limits=policy.limits if kind is ContactKind.COLLECTION else None,
        reason=reason,
        due=claim.due,
        installments=claim.installments,
        statement=claim.statement,
        currency=claim.currency,
        amount=claim.amount,
        full=claim.full,
        days_late=days_late,
        costs=claim.costs,
    )
