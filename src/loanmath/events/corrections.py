"""What undoes or suspends: reversals, and pauses of interest."""

from enum import Enum

from attrs import field, frozen

from loanmath.doors import to_enum
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


@frozen(kw_only=True)
class InterestPause(Recorded):
    """
    From this day on nothing accrues (停息), until it is resumed.

    Where interest is on the schedule, what is planned of it still falls due: what rests
    is penalty, and interest that accrues by the day, as on the balance.

    Args:
        id: The name of the event, unique in its account.
        on: The first day that bears nothing.
        recorded: The day it became known, where not the same.
        sequence: Its place among events of one kind and day.

    Example:
        >>> from datetime import date
        >>> InterestPause(id="s1", on=date(2026, 3, 1)).sequence
        0

    Source: a moratorium such as the UK breathing space: accrual is frozen, and resumes
    without back-charge.
    """


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
