"""Months of thirty days: each variant of 30/360 is a rule for the two days."""

from collections.abc import Callable
from datetime import date

from loanmath.daycount.span import Span, check_regular
from loanmath.errors import DayCountError
from loanmath.recurrence import add_months, is_month_end

__all__ = [
    "ThirtyRule",
    "bond_basis",
    "eurobond",
    "eurobond_isda",
    "eurobond_plus",
    "exact_months",
    "months_and_days",
    "psa",
    "thirty_day_number",
    "thirty_days",
    "us_end_of_month",
]


ThirtyRule = Callable[[date, date, date | None], tuple[int, int]]
"""From the start, the end and the maturity of a span to its two days of the month."""


def thirty_days(rule: ThirtyRule) -> Callable[[Span], int]:
    """
    Return the count that a rule for the two days of the month makes.

    Formula: `360 (Y2 - Y1) + 30 (M2 - M1) + (D2 - D1)`, and one day more or less where
    both ends count or neither does; never below zero.

    Example:
        >>> thirty_days(bond_basis)(
        ...     Span("30/360", date(2006, 8, 31), date(2007, 2, 28)))
        178
    """

    def count(span: Span) -> int:
        days = thirty_day_number(rule, span.start, span.end, span.maturity)
        return max(0, days + span.extra_days)

    return count


def thirty_day_number(
    rule: ThirtyRule, start: date, end: date, maturity: date | None
) -> int:
    """
    Return the days of one span whose start counts and whose end does not.

    Example:
        >>> thirty_day_number(eurobond, date(2026, 1, 31), date(2026, 3, 31), None)
        60
    """
    if start == end:
        return 0
    first, last = rule(start, end, maturity)
    months = 12 * (end.year - start.year) + end.month - start.month
    return max(0, 30 * months + last - first)


def _ends_february(day: date) -> bool:
    return day.month == 2 and is_month_end(day)


def _last_after(first: int, end: date) -> int:
    # The American rules: a 31st only becomes a 30th where the start is a 30th.
    return 30 if end.day == 31 and first == 30 else end.day


def bond_basis(start: date, end: date, _: date | None) -> tuple[int, int]:
    """
    Return the days of 30/360 bond basis: D1 31 is 30; D2 31 is 30 if D1 is 30.

    Example:
        >>> bond_basis(date(2026, 1, 31), date(2026, 3, 31), None)
        (30, 30)
    """
    first = min(start.day, 30)
    return first, _last_after(first, end)


def psa(start: date, end: date, _: date | None) -> tuple[int, int]:
    """
    Return the days of 30/360 PSA: as bond basis, with a last of February as D1 a 30th.

    Example:
        >>> psa(date(2023, 2, 28), date(2024, 2, 29), None)
        (30, 29)
    """
    first = 30 if _ends_february(start) else min(start.day, 30)
    return first, _last_after(first, end)


def us_end_of_month(start: date, end: date, maturity: date | None) -> tuple[int, int]:
    """
    Return the days of 30U/360: as PSA, and D2 is 30 if both are a last of February.

    Example:
        >>> us_end_of_month(date(2023, 2, 28), date(2024, 2, 29), None)
        (30, 30)
    """
    first, last = psa(start, end, maturity)
    if _ends_february(start) and _ends_february(end):
        last = 30
    return first, last


def eurobond(start: date, end: date, _: date | None) -> tuple[int, int]:
    """
    Return the days of 30E/360: 31 is 30.

    Example:
        >>> eurobond(date(2026, 1, 28), date(2026, 3, 31), None)
        (28, 30)
    """
    return min(start.day, 30), min(end.day, 30)


def eurobond_isda(start: date, end: date, maturity: date | None) -> tuple[int, int]:
    """
    Return the days of 30E/360 ISDA: month ends are 30, but not a February maturity.

    Example:
        >>> eurobond_isda(date(2023, 2, 28), date(2024, 2, 29), None)
        (30, 30)
    """
    first, last = eurobond(start, end, maturity)
    if _ends_february(start):
        first = 30
    if _ends_february(end) and end != maturity:
        last = 30
    return first, last


def eurobond_plus(start: date, end: date, _: date | None) -> tuple[int, int]:
    """
    Return the days of 30E+/360: D1 31 is 30; D2 31 is the 1st of the next month.

    The 1st of the next month is the same count as day 31 of this one.

    Example:
        >>> eurobond_plus(date(2026, 1, 31), date(2026, 3, 31), None)
        (30, 31)
    """
    return min(start.day, 30), end.day


def _whole_months(span: Span) -> tuple[int, int]:
    # A span that is the regular period has its months by agreement, whatever the days
    # of the month: from 28 February to 31 March is one month of a month-end schedule.
    start, end = span.start, span.end
    if span.months is not None and span.period == (start, end):
        check_regular(span)
        return span.months, 0
    months = 12 * (end.year - start.year) + end.month - start.month
    # Where months go from one last day to the next, a part of a period does too.
    roll_day = 31 if span.end_of_month and is_month_end(start) else None
    anniversary = add_months(start, months, roll_day=roll_day)
    if anniversary > end:
        months -= 1
        anniversary = add_months(start, months, roll_day=roll_day)
    return months, (end - anniversary).days


def months_and_days(span: Span) -> int:
    """
    Count thirty days for each whole month from the start, then the actual days left.

    Example:
        >>> months_and_days(Span("30/360 CN", date(2026, 1, 31), date(2026, 3, 5)))
        35
    """
    months, days = _whole_months(span)
    return max(0, 30 * months + days + span.extra_days)


def exact_months(span: Span) -> int:
    """
    Return the whole months of a span that has no odd days, or refuse.

    Raises:
        DayCountError: If days are left over.

    Example:
        >>> exact_months(Span("1/12", date(2026, 1, 31), date(2026, 2, 28)))
        1
    """
    months, days = _whole_months(span)
    if days:
        raise DayCountError(
            span.name,
            got=f"{span.start} to {span.end}",
            allowed="a whole number of months",
            do="name a day count that counts days, such as '30E/360' or 'ACT/365F'",
        )
    return months
