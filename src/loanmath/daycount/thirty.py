"""Months of thirty days: each variant of 30/360 is a rule for the two days."""

from collections.abc import Callable
from datetime import date

from loanmath.daycount.span import Span, check_regular
from loanmath.errors import DayCountError
from loanmath.recurrence import add_months, is_month_end

__all__ = [
    "bond_basis",
    "eurobond",
    "eurobond_isda",
    "eurobond_plus",
    "exact_months",
    "months_and_days",
    "psa",
    "thirty_days",
    "us_end_of_month",
]


def thirty_days(rule: Callable[[Span], tuple[int, int]]) -> Callable[[Span], int]:
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
        start, end = span.start, span.end
        if start == end:
            return max(0, span.extra_days)
        first, last = rule(span)
        months = 12 * (end.year - start.year) + end.month - start.month
        return max(0, 30 * months + last - first + span.extra_days)

    return count


def _ends_february(day: date) -> bool:
    return day.month == 2 and is_month_end(day)


def _last_after(first: int, end: date) -> int:
    # The American rules: a 31st only becomes a 30th where the start is a 30th.
    return 30 if end.day == 31 and first == 30 else end.day


def bond_basis(span: Span) -> tuple[int, int]:
    """
    Return the days of 30/360 bond basis: D1 31 is 30; D2 31 is 30 if D1 is 30.

    Example:
        >>> bond_basis(Span("30/360", date(2026, 1, 31), date(2026, 3, 31)))
        (30, 30)
    """
    first = min(span.start.day, 30)
    return first, _last_after(first, span.end)


def psa(span: Span) -> tuple[int, int]:
    """
    Return the days of 30/360 PSA: as bond basis, with a last of February as D1 a 30th.

    Example:
        >>> psa(Span("30/360 PSA", date(2023, 2, 28), date(2024, 2, 29)))
        (30, 29)
    """
    first = 30 if _ends_february(span.start) else min(span.start.day, 30)
    return first, _last_after(first, span.end)


def us_end_of_month(span: Span) -> tuple[int, int]:
    """
    Return the days of 30U/360: as PSA, and D2 is 30 if both are a last of February.

    Example:
        >>> us_end_of_month(Span("30U/360", date(2023, 2, 28), date(2024, 2, 29)))
        (30, 30)
    """
    first, last = psa(span)
    if _ends_february(span.start) and _ends_february(span.end):
        last = 30
    return first, last


def eurobond(span: Span) -> tuple[int, int]:
    """
    Return the days of 30E/360: 31 is 30.

    Example:
        >>> eurobond(Span("30E/360", date(2026, 1, 28), date(2026, 3, 31)))
        (28, 30)
    """
    return min(span.start.day, 30), min(span.end.day, 30)


def eurobond_isda(span: Span) -> tuple[int, int]:
    """
    Return the days of 30E/360 ISDA: month ends are 30, but not a February maturity.

    Example:
        >>> eurobond_isda(Span("30E/360 ISDA", date(2023, 2, 28), date(2024, 2, 29)))
        (30, 30)
    """
    first, last = eurobond(span)
    if _ends_february(span.start):
        first = 30
    if _ends_february(span.end) and span.end != span.maturity:
        last = 30
    return first, last


def eurobond_plus(span: Span) -> tuple[int, int]:
    """
    Return the days of 30E+/360: D1 31 is 30; D2 31 is the 1st of the next month.

    The 1st of the next month is the same count as day 31 of this one.

    Example:
        >>> eurobond_plus(Span("30E+/360", date(2026, 1, 31), date(2026, 3, 31)))
        (30, 31)
    """
    return min(span.start.day, 30), span.end.day


def _whole_months(span: Span) -> tuple[int, int]:
    # A span that is the regular period has its months by agreement, whatever the days
    # of the month: from 28 February to 31 March is one month of a month-end schedule.
    start, end = span.start, span.end
    if span.months is not None and span.period == (start, end):
        check_regular(span)
        return span.months, 0
    months = 12 * (end.year - start.year) + end.month - start.month
    anniversary = add_months(start, months)
    if anniversary > end:
        months -= 1
        anniversary = add_months(start, months)
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
