"""A day count as a value, and the one way to find it."""

from datetime import date
from fractions import Fraction
from operator import sub
from typing import Any, final

from attrs import field, frozen

from loanmath.calendars import Calendar, to_calendar
from loanmath.daycount.actual import actual_days
from loanmath.daycount.naming import convention_named
from loanmath.daycount.span import HeadTail, Span, checked
from loanmath.daycount.table import CONVENTIONS, Convention
from loanmath.daycount.thirty import thirty_day_number
from loanmath.doors import to_enum
from loanmath.errors import DayCountError

__all__ = ["DAY_COUNTS", "DayCount", "day_count"]

DAY_COUNTS: tuple[str, ...] = tuple(convention.name for convention in CONVENTIONS)
"""The names of all day counts, as `DayCount.name` has them (计息基准)."""

_BY_NAME = {convention.name: convention for convention in CONVENTIONS}


def _to_name(name: object) -> str:
    return convention_named(name).name


@final
@frozen(repr=False)
class DayCount:
    """
    A day-count convention (计息基准, 日计数惯例): days and exact fractions of a year.

    Two are equal if their names and calendars are.

    Args:
        name: Any of its names; see `day_count`.
        calendar: The business days of BUS/252; no other day count takes one.

    Attributes:
        name: The canonical name, one of `DAY_COUNTS`.

    Raises:
        InputTypeError: If the name is not a `str`, or the calendar not a `Calendar`.
        UnknownNameError: If the name is not known, or is ambiguous.
        DayCountError: If a day count other than BUS/252 is given a calendar.

    Example:
        >>> DayCount("30E/360").fraction(date(2026, 1, 31), date(2026, 2, 28))
        Fraction(7, 90)

    ACTUS: IPDC, day count convention.
    """

    name: str = field(converter=_to_name)
    calendar: Calendar | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.calendar is None:
            return
        to_calendar(self.calendar, "calendar")
        if self.name != "BUS/252":
            raise DayCountError(
                "calendar",
                got=self.calendar.name,
                allowed="no calendar: of the day counts only BUS/252 has one",
                do=f"leave it out: {self.name} does not look at business days",
            )

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        if self.calendar is None:
            return f"day_count({self.name!r})"
        return f"day_count({self.name!r}, calendar={self.calendar!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickle goes through the checks again, as any other way of making one.
        return DayCount, (self.name, self.calendar)

    @property
    def _convention(self) -> Convention:
        return _BY_NAME[self.name]

    @property
    def basis(self) -> Fraction | None:
        """
        The days in a year, where that is one number: 360, 364, 365, 1461/4, 252.

        Where it is one, `fraction == days / basis` for every span.

        Example:
            >>> day_count("ACT/365.25").basis, day_count("ACT/ACT ISDA").basis
            (Fraction(1461, 4), None)
        """
        return self._convention.basis

    @property
    def counts_actual_days(self) -> bool:
        """
        Whether `days` is `(end - start).days` under the usual head-and-tail rule.

        A loop over many checked dates may then subtract them itself.

        Example:
            >>> day_count("ACT/ACT AFB").counts_actual_days
            True
            >>> day_count("NL/365").counts_actual_days
            False
        """
        return self._convention.days is actual_days

    @property
    def isda(self) -> str | None:
        """The name in the 2006 ISDA Definitions, or `None`."""
        return self._convention.isda

    @property
    def actus(self) -> str | None:
        """The code in the ACTUS dictionary, or `None`."""
        return self._convention.actus

    @property
    def chinese(self) -> str:
        """The name in Chinese (中文名称)."""
        return self._convention.chinese

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names that `day_count` finds it by, beyond those of the dialects."""
        return self._convention.aliases

    @property
    def source(self) -> str:
        """The text that defines it, and whether it was checked against that text."""
        return self._convention.source

    def days(  # noqa: PLR0913 the context that conventions ask for
        self,
        start: date,
        end: date,
        *,
        period: tuple[date, date] | None = None,
        months: int | None = None,
        maturity: date | None = None,
        head_tail: HeadTail | str = HeadTail.HEAD,
    ) -> int:
        """
        Return the days that the convention counts between two dates (计息天数).

        Args:
            start: A date from 1900 to 2200.
            end: A date not before `start`.
            period: The regular period (start, end) that the span belongs to, before any
                calendar moves its dates. 30/360 CN counts a whole regular period by its
                months.
            months: The length of the regular period, 1 to 3,612 months.
            maturity: The termination date; 30E/360 ISDA counts to it otherwise where it
                is the last of February. `None` means that `end` is not it.
            head_tail: Which end days count. Both ends count one day more than the usual
                rule, neither one less, never below zero.

        Returns:
            Calendar days, days of 30-day months, or business days; NL/365 has no 29th
            of February. Never negative.

        Raises:
            DayCountError: If the convention counts no days (1/12, 1/1), or lacks what
                it needs.
            DateRangeError: If `end` is before `start`, or a date is out of range.
            InputTypeError: If an argument is of another type.
            LimitError: If `months` is out of range.
            UnknownNameError: If `head_tail` is not known.
            CalendarRangeError: If the calendar of BUS/252 does not know a day.

        Example:
            >>> day_count("30E/360").days(date(2026, 1, 31), date(2026, 2, 28))
            28
            >>> day_count("ACT/360").days(
            ...     date(2007, 3, 11), date(2007, 3, 20), head_tail="both")
            10
        """
        ends = to_enum(head_tail, HeadTail, "head_tail")
        span = Span(
            self.name,
            start,
            end,
            ends,
            self.calendar,
            period=period,
            months=months,
            maturity=maturity,
        )
        return self._convention.days_of(checked(span))

    def fraction(  # noqa: PLR0913 the context that conventions ask for
        self,
        start: date,
        end: date,
        *,
        period: tuple[date, date] | None = None,
        months: int | None = None,
        maturity: date | None = None,
        end_of_month: bool = False,
        head_tail: HeadTail | str = HeadTail.HEAD,
    ) -> Fraction:
        """
        Return the exact fraction of a year between two dates (年化期限).

        Formula: `days / basis`, where the convention has a basis; its own rule where it
        does not.

        Args:
            start: A date from 1900 to 2200.
            end: A date not before `start`.
            period: The regular period (start, end) that the span belongs to, before any
                calendar moves its dates. Needed by ACT/365L; ACT/ACT ICMA lays its
                notional periods around it, or from `start` where it is not given; 1/12
                and 30/360 CN count a whole regular period by its months.
            months: The length of the regular period, 1 to 3,612 months. Needed by
                ACT/365L and ACT/ACT ICMA.
            maturity: As for `days`.
            end_of_month: Whether notional periods that start on a month end are between
                month ends.
            head_tail: Which end days count. 1/12 and 1/1 refuse both and neither.

        Returns:
            The fraction, zero or more; zero for an empty span.

        Raises:
            DayCountError: If the convention lacks what it needs, the period is not
                `months` long, or 1/12 meets odd days.
            DateRangeError: If `end` is before `start`, or a date is out of range.
            InputTypeError: If an argument is of another type.
            LimitError: If `months` is out of range.
            UnknownNameError: If `head_tail` is not known.
            CalendarRangeError: If the calendar of BUS/252 does not know a day.

        Example:
            >>> day_count("ACT/ACT ISDA").fraction(date(2024, 1, 1), date(2025, 1, 1))
            Fraction(1, 1)
            >>> half_year = date(2026, 1, 15), date(2026, 7, 15)
            >>> day_count("ACT/ACT ICMA").fraction(
            ...     *half_year, period=half_year, months=6)
            Fraction(1, 2)
        """
        ends = to_enum(head_tail, HeadTail, "head_tail")
        span = Span(
            self.name,
            start,
            end,
            ends,
            self.calendar,
            period=period,
            months=months,
            maturity=maturity,
            end_of_month=end_of_month,
        )
        return self._convention.years_of(checked(span))

    def days_of(self, span: Span) -> int:
        """
        Return the days of a span that was checked, as `days` counts them.

        Example:
            >>> span = Span("30E/360", date(2026, 1, 31), date(2026, 2, 28))
            >>> day_count("30E/360").days_of(span)
            28
        """
        return self._convention.days_of(span)

    def years_of(self, span: Span) -> Fraction:
        """
        Return the fraction of a year of a span that was checked, as `fraction` does.

        Example:
            >>> span = Span("30E/360", date(2026, 1, 31), date(2026, 2, 28))
            >>> day_count("30E/360").years_of(span)
            Fraction(7, 90)
        """
        return self._convention.years_of(span)

    def day_numbers(self, starts: list[date], ends: list[date]) -> list[int] | None:
        """
        Return the days of many spans at once, each start counted, no end.

        Args:
            starts: The first days of the spans.
            ends: The last days, in the same order; the last of all is the maturity.

        Returns:
            The same numbers as `days_of`, or `None` where each span needs its own
            context.

        Example:
            >>> day_count("ACT/360").day_numbers(
            ...     [date(2026, 1, 15)], [date(2026, 2, 15)])
            [31]
        """
        if self.counts_actual_days:
            return list(
                map(sub, map(date.toordinal, ends), map(date.toordinal, starts))
            )
        rule = self._convention.thirty
        if rule is None:
            return None
        return [
            thirty_day_number(rule, start, end, ends[-1])
            for start, end in zip(starts, ends, strict=True)
        ]

    def days_in_regular_period(self, months: int, roll_day: int) -> int | None:
        """
        Return the days of every period of so many months, where they are all the same.

        Args:
            months: The length of the period.
            roll_day: The day of the month that it starts and ends on, 1 to 31.

        Returns:
            30 days for each month, or `None` where the calendar decides.

        Example:
            >>> day_count("30E/360").days_in_regular_period(3, 15)
            90
        """
        if roll_day > self._convention.thirty_through:
            return None
        return 30 * months


def day_count(name: str | DayCount, *, calendar: Calendar | None = None) -> DayCount:
    """
    Return the day count of a name (按名称取计息基准).

    Names of ISDA, ACTUS and FpML, Chinese names and common short forms are known. Case,
    spaces, dots, underscores, hyphens, slashes and brackets do not matter, and "actual"
    is ACT. "30/360" alone is bond basis, "ACT/365" alone is ACT/365F.

    Args:
        name: A name, or a `DayCount`, which is returned (with the calendar, if given).
        calendar: The business days of BUS/252; no other day count takes one.

    Raises:
        InputTypeError: If the name is not a `str`, or the calendar not a `Calendar`.
        LimitError: If the name is longer than 64 characters.
        UnknownNameError: If the name is not known, or means several day counts, as
            "ACT/ACT" does.
        DayCountError: If a day count other than BUS/252 is given a calendar.

    Example:
        >>> day_count("Actual/365 (Fixed)"), day_count("实际天数/360")
        (day_count('ACT/365F'), day_count('ACT/360'))
    """
    if type(name) is not DayCount:
        return DayCount(name, calendar)
    return name if calendar is None else DayCount(name.name, calendar)
