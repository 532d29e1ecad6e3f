"""
Date sequences counted from an anchor, never from the previous date.

The public word for a distance in time is `dateutil.relativedelta`; it is checked at the
door and kept as a `Step` of months and days. Stepping months by integers gives the same
dates as `relativedelta`, at a tenth of the cost.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, repeat

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from loanmath.doors import FIRST_DATE, LAST_DATE, to_date
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    UnknownNameError,
)

__all__ = [
    "BIWEEKLY",
    "DAILY",
    "MONTHLY",
    "QUARTERLY",
    "SEMIANNUALLY",
    "WEEKLY",
    "YEARLY",
    "Step",
    "add_months",
    "is_month_end",
    "shift_months",
    "step_dates",
]

DAILY = relativedelta(days=1)
WEEKLY = relativedelta(days=7)
BIWEEKLY = relativedelta(days=14)
MONTHLY = relativedelta(months=1)
QUARTERLY = relativedelta(months=3)
SEMIANNUALLY = relativedelta(months=6)
YEARLY = relativedelta(months=12)

_WORDS = {
    "daily": (0, 1),
    "weekly": (0, 7),
    "biweekly": (0, 14),
    "monthly": (1, 0),
    "quarterly": (3, 0),
    "semiannually": (6, 0),
    "yearly": (12, 0),
}
_ISO_PERIOD = re.compile(
    r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?", re.ASCII
)
_MAX_WORD = 24
_MOST_MONTHS = 1200
_MOST_DAYS = 40_000
# One entry for every month of the allowed years.
_YEARS, _MONTHS, _MONTH_LENGTHS = zip(
    *(
        (year, month, monthrange(year, month)[1])
        for year in range(FIRST_DATE.year, LAST_DATE.year + 1)
        for month in range(1, 13)
    ),
    strict=True,
)


@frozen
class Step:
    """
    A distance between two dates of a sequence: so many months, or so many days.

    Args:
        months: 0 to 1,200.
        days: 0 to 40,000; exactly one of the two is above zero.

    Raises:
        InputTypeError: If either is not an `int`.
        LimitError: If either is out of range, or both are zero.
        InputValueError: If both are above zero.

    Example:
        >>> Step(months=1), str(Step(days=14))
        (Step(months=1, days=0), 'P14D')

    中文: 期 (还款周期). ACTUS: cycle, as `P1ML0`.
    """

    months: int = field(default=0)
    days: int = field(default=0)

    def __attrs_post_init__(self) -> None:
        for name, most in (("months", _MOST_MONTHS), ("days", _MOST_DAYS)):
            value = getattr(self, name)
            if type(value) is not int:
                raise InputTypeError(name, got=value, allowed="int")
            if not 0 <= value <= most:
                raise LimitError(name, got=value, allowed=f"0 to {most:,}")
        if not (self.months or self.days):
            raise LimitError("every", got=str(self), allowed="at least one day")
        if self.months and self.days:
            raise InputValueError(
                "every", got=f"P{self.months}M{self.days}D", allowed="months or days"
            )

    def __str__(self) -> str:
        return f"P{self.months}M" if self.months else f"P{self.days}D"

    @property
    def is_daily(self) -> bool:
        """Whether the step is a single day."""
        return self.months == 0 and self.days == 1

    @classmethod
    def of(cls, every: object) -> "Step":
        """
        Return the step that a caller's word means.

        Args:
            every: A `relativedelta` of whole years, months, weeks or days; a `Step`;
                a word: `"daily"`, `"weekly"`, `"biweekly"`, `"monthly"`,
                `"quarterly"`, `"semiannually"`, `"yearly"`; or an ISO 8601 period,
                as `"P2W"` or `"P1M"`.

        Raises:
            InputTypeError: If it is of another type.
            InputValueError: If the `relativedelta` has parts with no meaning here
                (hours, weekdays, absolute parts, negative or fractional parts).
            UnknownNameError: If the word is not known.

        Example:
            >>> Step.of(relativedelta(years=1, months=1)), Step.of("P2W")
            (Step(months=13, days=0), Step(months=0, days=14))
        """
        if type(every) is cls:
            return every
        if type(every) is str:
            return cls(*_from_word(every))
        if not isinstance(every, relativedelta):
            raise InputTypeError(
                "every",
                got=every,
                allowed="relativedelta, as MONTHLY or relativedelta(weeks=2)",
            )
        return cls(*_months_and_days(every))


def _from_word(every: str) -> tuple[int, int]:
    if every in _WORDS:
        return _WORDS[every]
    match = _ISO_PERIOD.fullmatch(every) if len(every) < _MAX_WORD else None
    if match is None or every == "P":
        raise UnknownNameError(
            "every", got=every, allowed=", ".join(_WORDS) + ", or such as 'P2W', 'P1M'"
        )
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return 12 * years + months, 7 * weeks + days


def _months_and_days(every: relativedelta) -> tuple[int, int]:
    months, days = 12 * every.years + every.months, every.days
    plain = relativedelta(months=months, days=days)
    if type(months) is not int or type(days) is not int or every != plain:
        raise InputValueError(
            "every",
            got=every,
            allowed="a relativedelta of whole years, months, weeks and days only",
        )
    return months, days


def is_month_end(day: date) -> bool:
    """
    Return whether a date is the last day of its month.

    Example:
        >>> is_month_end(date(2024, 2, 29)), is_month_end(date(2024, 2, 28))
        (True, False)
    """
    return day.day > 27 and day.day == monthrange(day.year, day.month)[1]


def add_months(day: date, months: int, *, roll_day: int | None = None) -> date:
    """
    Return the date so many months after `day`, clamped to the length of its month.

    Equal to `day + relativedelta(months=months)`.

    Args:
        day: The anchor.
        months: Any integer; negative goes back.
        roll_day: The day of the month to aim at, 1 to 31, where it is not `day.day`.

    Raises:
        DateRangeError: If the result is outside the years 1900 to 2200.

    Example:
        >>> add_months(date(2023, 1, 31), 1), add_months(date(2023, 1, 31), 2)
        (datetime.date(2023, 2, 28), datetime.date(2023, 3, 31))

    中文: 对月对日, 无对应日取月末.
    """
    year = (12 * day.year + day.month - 1 + months) // 12
    if not FIRST_DATE.year <= year <= LAST_DATE.year:
        raise _out_of_range(f"{day} + {months} months")
    return shift_months(day, months, roll_day=roll_day)


def shift_months(day: date, months: int, *, roll_day: int | None = None) -> date:
    """
    Return the date so many months away, as `add_months`, in any year that Python has.

    Example:
        >>> shift_months(date(1900, 1, 31), -2)
        datetime.date(1899, 11, 30)
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    wanted = day.day if roll_day is None else roll_day
    if wanted > 28:
        wanted = min(wanted, monthrange(year, month + 1)[1])
    return date(year, month + 1, wanted)


def _out_of_range(got: object) -> DateRangeError:
    return DateRangeError(
        "dates of the schedule", got=got, allowed=f"{FIRST_DATE} to {LAST_DATE}"
    )


def step_dates(anchor: date, step: Step, count: int, roll_day: int) -> list[date]:
    """
    Return `count` dates: the anchor, then one step, two steps, ... after the anchor.

    Formula: date k is `anchor + k * days`, or `anchor + k * months` with the day of the
    month `roll_day` clamped to the length of the month.

    Args:
        anchor: The first date; its day need not be `roll_day` (a clamped month end).
        step: The distance between two dates.
        count: How many dates, from 1.
        roll_day: 1 to 31; 31 means every month end.

    Raises:
        DateRangeError: If the last date is after the year 2200.

    Example:
        >>> step_dates(date(2023, 1, 31), Step(months=1), 3, 31)[1:]
        [datetime.date(2023, 2, 28), datetime.date(2023, 3, 31)]
    """
    if step.months:
        return _month_dates(anchor, step.months, count, roll_day)
    try:
        gap = timedelta(days=step.days)
        dates = [anchor + gap * k for k in range(count)]
    except OverflowError:
        dates = [date.max]
    if dates[-1] > LAST_DATE:
        raise _out_of_range(f"{count} steps of {step} from {anchor}")
    return dates


def _month_dates(anchor: date, months: int, count: int, roll_day: int) -> list[date]:
    first = 12 * (anchor.year - FIRST_DATE.year) + anchor.month - 1
    dates = list(_dates_of_day(roll_day)[first : first + months * count : months])
    if len(dates) < count:
        raise _out_of_range(f"{count} steps of {months} months from {anchor}")
    dates[0] = anchor
    return dates


@cache
def _dates_of_day(roll_day: int) -> tuple[date, ...]:
    # At most 31 tuples of 3,612 dates: every schedule of months is a slice of one.
    return tuple(map(date, _YEARS, _MONTHS, map(min, repeat(roll_day), _MONTH_LENGTHS)))


def to_dates(days: Iterable[object], what: str) -> tuple[date, ...]:
    """
    Return an explicit sequence of dates, each later than the one before.

    Raises:
        InputTypeError: If any is not exactly a `datetime.date`.
        DateRangeError: If they do not ascend, or leave the years 1900 to 2200.

    Example:
        >>> to_dates([date(2026, 1, 5), date(2026, 3, 1)], "every")[0]
        datetime.date(2026, 1, 5)
    """
    dates = tuple(to_date(day, what) for day in days)
    for earlier, later in pairwise(dates):
        if later <= earlier:
            raise DateRangeError(
                what, got=f"{later} after {earlier}", allowed="ascending dates"
            )
    return dates
