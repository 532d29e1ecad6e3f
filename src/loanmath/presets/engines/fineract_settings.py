"""The settings of Apache Fineract that have names, and the terms they stand for."""

from enum import Enum

from loanmath.daycount import HeadTail
from loanmath.terms import InterestTo

__all__ = [
    "DAY_COUNTS",
    "INTEREST_TO",
    "DaysInMonth",
    "DaysInYear",
    "InterestPeriod",
    "PreClosure",
]


class DaysInMonth(Enum):
    """How long a month is: `THIRTY` days, or the `ACTUAL` ones."""

    THIRTY = "30"
    ACTUAL = "actual"


class DaysInYear(Enum):
    """
    How long a year is.

    `ACTUAL` takes 366 for the days of a leap year, `LEAP_PERIOD` for a period that
    holds a 29 February.
    """

    D360 = "360"
    D364 = "364"
    D365 = "365"
    ACTUAL = "actual"
    LEAP_PERIOD = "leap_period"


class InterestPeriod(Enum):
    """Whether interest is counted by the `DAY`, or by whole `INSTALLMENT` periods."""

    DAY = "day"
    INSTALLMENT = "installment"


class PreClosure(Enum):
    """To when interest runs on an early payoff: its `DATE`, or the next `DUE_DATE`."""

    DATE = "TILL_PRE_CLOSE_DATE"
    DUE_DATE = "TILL_REST_FREQUENCY_DATE"


# A day that is interest's by Fineract is the one that ends a span: of a span over the
# new year it counts 31 December in the old one, and the start day not at all.
DAY_COUNTS: dict[tuple[DaysInMonth, DaysInYear], tuple[str, HeadTail]] = {
    (DaysInMonth.ACTUAL, DaysInYear.D360): ("ACT/360", HeadTail.HEAD),
    (DaysInMonth.ACTUAL, DaysInYear.D364): ("ACT/364", HeadTail.HEAD),
    (DaysInMonth.ACTUAL, DaysInYear.D365): ("ACT/365F", HeadTail.HEAD),
    (DaysInMonth.ACTUAL, DaysInYear.ACTUAL): ("ACT/ACT ISDA", HeadTail.TAIL),
    (DaysInMonth.ACTUAL, DaysInYear.LEAP_PERIOD): ("ACT/ACT AFB", HeadTail.HEAD),
    (DaysInMonth.THIRTY, DaysInYear.D360): ("30/360 CN", HeadTail.HEAD),
    (DaysInMonth.THIRTY, DaysInYear.D365): ("30/365", HeadTail.HEAD),
}

INTEREST_TO = {
    PreClosure.DATE: InterestTo.DAY,
    PreClosure.DUE_DATE: InterestTo.PERIOD,
}
