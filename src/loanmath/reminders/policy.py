"""When to remind, by what channel, at what hours, and how often: as data."""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import Enum
from itertools import pairwise

from attrs import field, frozen

from loanmath.calendars import NONE, Calendar, adjust, to_calendar
from loanmath.doors import to_count, to_date, to_enum, to_text, to_tuple_of
from loanmath.errors import InputTypeError, InputValueError, LimitError

__all__ = [
    "Channel",
    "ContactKind",
    "ContactWindow",
    "DailyLimits",
    "ReminderPolicy",
    "ReminderStage",
    "days_after",
    "to_local",
    "to_name",
]

_MOST_DAYS = 3660
_MOST_A_DAY = 1000


class Channel(Enum):
    """
    How somebody is reminded (触达方式).

    `ROBOT` (智能语音), `MESSAGE` (短信), `PHONE` (电话), `VISIT` (上门), `LETTER`
    (信函).
    """

    ROBOT = "robot"
    MESSAGE = "message"
    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"


class ContactKind(Enum):
    """
    What a contact is: a `SERVICE` notice (服务提醒), or `COLLECTION` (催收).

    Collection alone counts towards daily limits, and stops while an agreement is
    performed.
    """

    SERVICE = "service"
    COLLECTION = "collection"


def to_local(value: object, what: str) -> datetime:
    """
    Return a local date and time, without a zone.

    Raises:
        InputTypeError: If the value is not a `datetime`.
        InputValueError: If it has a zone.

    Example:
        >>> to_local(datetime(2026, 2, 16, 9, 30), "at").hour
        9
    """
    if type(value) is not datetime:
        raise InputTypeError(what, got=value, allowed="datetime.datetime")
    if value.tzinfo is not None:
        raise InputValueError(
            what,
            got=value,
            allowed="a local time without a zone",
            do="convert it to the borrower's own time, then drop the zone",
        )
    return value


def _to_time(value: object) -> time:
    if type(value) is not time:
        raise InputTypeError("window", got=value, allowed="datetime.time")
    if value.tzinfo is not None:
        raise InputValueError(
            "window", got=value, allowed="a local time without a zone"
        )
    return value


@frozen
class ContactWindow:
    """
    The hours of a day at which contact is permitted, in local time (允许联系时段).

    Args:
        opens: The first moment at which it is.
        closes: The moment from which it is not any more; later on the same day.

    Raises:
        InputTypeError: If a value is not a `time`.
        InputValueError: If one has a zone, or they are in the wrong order.

    Example:
        >>> window = ContactWindow(time(8), time(22))
        >>> window.holds(datetime(2026, 2, 16, 8)), window.holds(datetime(2026, 2, 16, 22))
        (True, False)
        >>> print(window)
        08:00-22:00
    """  # noqa: E501 the example is one line

    opens: time = field(converter=_to_time)
    closes: time = field(converter=_to_time)

    def __attrs_post_init__(self) -> None:
        if self.opens >= self.closes:
            raise InputValueError(
                "window", got=str(self.closes), allowed=f"after {self.opens}"
            )

    def holds(self, at: datetime) -> bool:
        """
        Return whether a moment is within the window.

        Raises:
            InputTypeError: If it is not a `datetime`.
            InputValueError: If it has a zone.

        Example:
            >>> ContactWindow(time(8), time(22)).holds(datetime(2026, 2, 16, 23, 15))
            False
        """
        return self.opens <= to_local(at, "at").time() < self.closes

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


def _to_daily(most: object) -> int:
    return to_count(most, "daily limit", _MOST_A_DAY)


@frozen(kw_only=True)
class DailyLimits:
    """
    How often one debtor is contacted on a day (每日催收频次): two counters.

    Args:
        effective: The most contacts that reach the debtor.
        attempts: The most attempts, those that reach nobody included.

    Raises:
        InputTypeError: If a value is not an `int`.
        LimitError: If one is below 1 or above 1,000.

    Example:
        >>> DailyLimits(effective=3, attempts=6).attempts
        6
    """

    effective: int = field(converter=_to_daily)
    attempts: int = field(converter=_to_daily)


def _to_offset(offset: object) -> int:
    if type(offset) is not int:
        raise InputTypeError("offset", got=offset, allowed="int")
    if not -_MOST_DAYS <= offset <= _MOST_DAYS:
        raise LimitError(
            "offset", got=offset, allowed=f"{-_MOST_DAYS:,} to {_MOST_DAYS:,} days"
        )
    return offset


def to_name(name: object) -> str:
    """
    Return a text that can be printed.

    Raises:
        InputTypeError: If it is not a `str`.
        InputValueError: If a character of it cannot be printed.

    Example:
        >>> to_name("first call")
        'first call'
    """
    text = to_text(name, "name")
    if not text.isprintable():
        raise InputValueError("name", got=text, allowed="characters that print")
    return text


def _to_channels(channels: object) -> tuple[Channel, ...]:
    if not isinstance(channels, (list, tuple)):
        raise InputTypeError("channels", got=channels, allowed="a list of channels")
    named = tuple(to_enum(one, Channel, "channel") for one in channels)
    if not named:
        raise InputValueError("channels", got=channels, allowed="at least one")
    return named


@frozen
class ReminderStage:
    """
    A day to remind on, counted from the due date, and how (提醒阶段).

    Args:
        offset: Days after the due date; below zero, before it.
        name: What the stage is called, such as `"early"`.
        channels: How somebody is reminded: `"robot"`, `"message"`, `"phone"`,
            `"visit"`, `"letter"`.

    Raises:
        InputTypeError: If a value is of the wrong type.
        UnknownNameError: If there is no such channel.
        InputValueError: If there is none, or the name does not print.
        LimitError: If the offset is more than 3,660 days.

    Example:
        >>> stage = ReminderStage(-3, "notice", ["robot", "message"])
        >>> stage.day, stage.channels[0].value
        ('T-3', 'robot')
    """

    offset: int = field(converter=_to_offset)
    name: str = field(converter=to_name)
    channels: tuple[Channel, ...] = field(converter=_to_channels)

    @property
    def day(self) -> str:
        """Its day as it is usually written: `"T-3"`, `"T"`, `"T+7"`."""
        return f"T{self.offset:+d}" if self.offset else "T"


def _to_stages(stages: object) -> tuple[ReminderStage, ...]:
    members = to_tuple_of(stages, ReminderStage, "stages")
    found = sorted(members, key=lambda stage: stage.offset)
    if not found:
        raise InputValueError("stages", got=stages, allowed="at least one stage")
    for one, other in pairwise(found):
        if one.offset == other.offset:
            raise InputValueError("stages", got=one.day, allowed="every day once")
    return tuple(found)


def _to_window(window: object) -> ContactWindow:
    if type(window) is not ContactWindow:
        raise InputTypeError("window", got=window, allowed="ContactWindow(...)")
    return window


def _to_limits(limits: object) -> DailyLimits:
    if type(limits) is not DailyLimits:
        raise InputTypeError("limits", got=limits, allowed="DailyLimits(...)")
    return limits


def _to_calendar(calendar: object) -> Calendar:
    return to_calendar(calendar, "calendar")


def _to_late_days(days: object) -> tuple[int, ...]:
    if not isinstance(days, (list, tuple)):
        raise InputTypeError("late_days", got=days, allowed="a list of days")
    return tuple(sorted({to_count(day, "late_days", _MOST_DAYS) for day in days}))


@frozen(kw_only=True)
class ReminderPolicy:
    """
    When somebody is reminded of what is due (还款提醒规则).

    Where the calendar knows days off, a service notice of such a day moves to the
    business day before it and collection to the one after, so that neither crosses the
    due date; of two of one due date that meet on a day, the later stage stays.

    Args:
        stages: The days to remind on, each of them once.
        window: The hours at which contact is permitted.
        limits: How often collection may try on one day.
        notices_through: The last offset that is a service notice; after it, a reminder
            is collection.
        late_days: After how many days late to say what that costs.
        calendar: Which days are business days; `NONE`, where all are.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If there is no stage, or two on one day.
        LimitError: If a number is out of range.

    Example:
        >>> policy = ReminderPolicy(
        ...     stages=[ReminderStage(-1, "notice", ["message"]),
        ...         ReminderStage(7, "early", ["phone"])],
        ...     window=ContactWindow(time(8), time(22)),
        ...     limits=DailyLimits(effective=3, attempts=6))
        >>> [policy.kind_of(stage).value for stage in policy.stages]
        ['service', 'collection']
    """

    stages: Sequence[ReminderStage] = field(converter=_to_stages)
    window: ContactWindow = field(converter=_to_window)
    limits: DailyLimits = field(converter=_to_limits)
    notices_through: int = field(default=0, converter=_to_offset)
    late_days: Sequence[int] = field(default=(1, 7, 30), converter=_to_late_days)
    calendar: Calendar = field(default=NONE, converter=_to_calendar)

    def kind_of(self, stage: ReminderStage) -> ContactKind:
        """
        Return what a reminder of a stage is.

        Raises:
            InputTypeError: If it is not a `ReminderStage`.

        Example:
            >>> stage = ReminderStage(1, "early", ["robot"])
            >>> policy = ReminderPolicy(stages=[stage], notices_through=1,
            ...     window=ContactWindow(time(8), time(22)),
            ...     limits=DailyLimits(effective=3, attempts=6))
            >>> policy.kind_of(stage).value
            'service'
        """
        if type(stage) is not ReminderStage:
            raise InputTypeError("stage", got=stage, allowed="ReminderStage(...)")
        if stage.offset <= self.notices_through:
            return ContactKind.SERVICE
        return ContactKind.COLLECTION

    def day_of(self, stage: ReminderStage, due: date) -> date:
        """
        Return the day on which a stage reminds of what is due on a day.

        Raises:
            InputTypeError: If a value is of the wrong type.
            DateRangeError: If a day is outside the years 1900 to 2200.
            CalendarRangeError: If the calendar does not know the day.

        Example:
            >>> from loanmath.calendars import WEEKENDS
            >>> stage = ReminderStage(-1, "notice", ["message"])
            >>> policy = ReminderPolicy(stages=[stage], calendar=WEEKENDS,
            ...     window=ContactWindow(time(8), time(22)),
            ...     limits=DailyLimits(effective=3, attempts=6))
            >>> str(policy.day_of(stage, date(2026, 2, 16)))
            '2026-02-13'
        """
        kind = self.kind_of(stage)
        rule = "preceding" if kind is ContactKind.SERVICE else "following"
        return adjust(days_after(due, stage.offset), rule, self.calendar)


def days_after(day: date, days: int) -> date:
    """
    Return the date so many days after another; before it, where below zero.

    Raises:
        InputTypeError: If the day is not a `date`.
        DateRangeError: If a day is outside the years 1900 to 2200.

    Example:
        >>> days_after(date(2026, 2, 28), 1)
        datetime.date(2026, 3, 1)
    """
    return to_date(date.fromordinal(to_date(day, "day").toordinal() + days), "day")
