"""What undoes or suspends: reversals, and pauses of interest."""

from datetime import date
from enum import Enum

from attrs import field, frozen

from loanmath.doors import to_date, to_enum
from loanmath.errors import DateRangeError
from loanmath.events.recorded import Recorded, to_of

__all__ = ["InterestPause", "InterestResume", "Reversal", "ReversedAs"]


class ReversedAs(Enum):
    """Whether a reversed event is `NEVER` to have happened, or undone from `TODAY`."""

    NEVER = "never"
    TODAY = "today"


def _to_reversed_as(reversed_as: object) -> ReversedAs:
    return to_enum(reversed_as, ReversedAs, "reversed_as")


@frozen(kw_only=True)
class Reversal(Recorded):
    """
    The undoing of an event that should not have been (冲正).

    Args:
        id: The name of the event, unique in its account.
        on: The day it happened.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        of: The id of what is reversed.
        reversed_as: `"never"`: the account is as if it had never been; `"today"`: what
            a payment cleared is owed again from this day on, and its lateness starts
            anew.

    Example:
        >>> from datetime import date
        >>> Reversal(id="x1", on=date(2026, 3, 1), of="p1").reversed_as.value
        'never'
    """

    of: str = field(converter=to_of)
    reversed_as: ReversedAs = field(default=ReversedAs.NEVER, converter=_to_reversed_as)


def _to_since(since: object) -> date | None:
    return None if since is None else to_date(since, "since")


def _to_until(until: object) -> date | None:
    return None if until is None else to_date(until, "until")


@frozen(kw_only=True)
class InterestPause(Recorded):
    """
    For some time nothing accrues (停息): to an agreed day, or until it is resumed.

    Where interest is on the schedule, what is planned of it still falls due: what rests
    is penalty, and interest that accrues by the day, as on the balance. That interest
    is planned, from `on` on, without the days that are to bear nothing.

    Args:
        id: The name of the event, unique in its account.
        on: The day that it is agreed on; the first that bears nothing, if no other is.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.
        since: The first day that bears nothing, where it is a later one.
        until: The first day that counts again, where that is agreed; otherwise an
            `InterestResume` says so, which may also end an agreed pause early.

    Raises:
        DateRangeError: If `since` is before `on`, or `until` not after the first day.

    Example:
        >>> InterestPause(id="s1", on=date(2026, 3, 1)).first
        datetime.date(2026, 3, 1)
        >>> InterestPause(id="s1", on=date(2026, 3, 1), since=date(2026, 4, 1),
        ...     until=date(2026, 7, 1)).first
        datetime.date(2026, 4, 1)

    Source: a moratorium such as the UK breathing space: accrual is frozen, and resumes
    without back-charge.
    """

    since: date | None = field(default=None, converter=_to_since)
    until: date | None = field(default=None, converter=_to_until)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.first < self.on:
            raise DateRangeError(
                "since",
                got=str(self.since),
                allowed=f"from {self.on} on, the day on which it is agreed",
                do="state an earlier on, and when it was recorded",
            )
        if self.until is not None and self.until <= self.first:
            raise DateRangeError(
                "until", got=str(self.until), allowed=f"after {self.first}"
            )

    @property
    def first(self) -> date:
        """The first day that bears nothing."""
        return self.since or self.on


@frozen(kw_only=True)
class InterestResume(Recorded):
    """
    From this day on interest and penalty accrue again.

    Args:
        id: The name of the event, unique in its account.
        on: The first day that counts again.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.

    Example:
        >>> from datetime import date
        >>> InterestResume(id="s2", on=date(2026, 5, 1)).on.month
        5
    """
