"""
What European law assumes where repayments or charges of an agreement are open.

The letters are those of Annex I, part II, of Directive 2008/48/EC as Directive
2011/90/EU words it. Interest is kept to ten decimals: what is disclosed is not rounded
to cents on the way.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from loanmath.analysis.disclosure.assumptions import Amount
from loanmath.analysis.disclosure.planned_costs import dated_amounts
from loanmath.currency import currency_digits, from_units, to_units
from loanmath.doors import to_count, to_date
from loanmath.errors import InputTypeError, LimitError, ScheduleError
from loanmath.rates import Rate, to_rate
from loanmath.recurrence import add_months
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule import CashFlow
from loanmath.terms.amounts import to_amount

__all__ = [
    "FirstInterval",
    "charges_at_intervals",
    "earliest_and_lowest",
    "open_end",
    "open_end_in_full",
    "overdraft",
    "shortest_first_interval",
    "with_interest",
]

_DIGITS = 10
_MOST_MONTHS = 1200
_LEAP_CYCLE = 1461


def with_interest(
    drawn: Sequence[tuple[date, Amount]],
    capital: Sequence[tuple[date, Amount]],
    rate: Rate | str,
) -> tuple[CashFlow, ...]:
    """
    Return drawdowns and repayments, with the interest paid together with capital (g).

    Formula: `interest = sum of balance * yearly rate * years`, simple, since the last
    repayment of capital, to ten decimals; the years are those of the annual rate
    itself: whole months, and else whole months backward from the later day and days.
    The last repayment clears what is left of the capital.

    Args:
        drawn: (date, amount) tuples in major units, above zero.
        capital: What is repaid of them, (date, amount) tuples in major units.
        rate: The borrowing rate, per month or year.

    Returns:
        The flows by date.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the rate is per day.
        LimitError: If an amount is not above zero.
        ScheduleError: If more is repaid than drawn by then, or the last repayment is
            not after the last drawdown.

    Example:
        >>> drawn = [(date(2026, 1, 15), "1200")]
        >>> capital = [(date(2026, 2, 15), "600"), (date(2026, 3, 15), "600")]
        >>> for on, amount in with_interest(drawn, capital, "12%/year"):
        ...     print(on, f"{amount:.2f}")
        2026-01-15 -1200.00
        2026-02-15 612.00
        2026-03-15 606.00

    Source: Directive 2008/48/EC, Annex I, II (g), as amended by 2011/90/EU;
    SWD(2012)128, 4.1.1: the interval of the annual rate counts for interest too.
    """
    yearly = to_rate(rate).per_year().value
    out = [(on, _units(amount)) for on, amount in dated_amounts(drawn, "drawn")]
    back = [(on, _units(amount)) for on, amount in dated_amounts(capital, "capital")]
    if not out or not back or back[-1][0] <= out[-1][0]:
        raise ScheduleError(
            "capital", got=capital, allowed="a last repayment after the last drawdown"
        )
    back[-1] = (back[-1][0], sum(units for _, units in out) - _sum(back[:-1]))
    events = sorted([*((on, -units) for on, units in out), *back])
    return tuple(
        CashFlow(on, from_units(units, _DIGITS))
        for on, units in _interest_paid(events, yearly)
    )


def _interest_paid(
    events: Sequence[tuple[date, int]], yearly: Fraction
) -> Iterable[tuple[date, int]]:
    balance, earned, before = 0, Fraction(0), events[0][0]
    for on, units in events:
        earned += balance * yearly * years_between(before, on)
        balance, before = balance - units, on
        if balance < 0 or units == 0:
            raise ScheduleError(
                "capital", got=str(on), allowed="no more than was drawn by then"
            )
        if units > 0:
            interest = divide(*earned.as_integer_ratio(), RoundingMode.HALF_EVEN)
            units, earned = units + interest, Fraction(0)  # noqa: PLW2901 paid with it
        yield on, units


def _units(amount: Amount) -> int:
    return to_units(amount, _DIGITS, "amount")


def _sum(flows: Sequence[tuple[date, int]]) -> int:
    return sum(units for _, units in flows)


def years_between(start: date, end: date) -> Fraction:
    """
    Return the interval of the European annual rate, in years.

    Whole months where there are only those; else whole months backward from the later
    day, and the days before them over those of the year that ends where they end.

    Example:
        >>> years_between(date(2012, 1, 12), date(2012, 2, 15))
        Fraction(401, 4380)

    Source: SWD(2012)128, 4.1.1.
    """
    months = 12 * (end.year - start.year) + end.month - start.month
    boundary = add_months(end, -months)
    if boundary < start:
        months -= 1
        boundary = add_months(end, -months)
    days = (boundary - start).days
    year = (boundary - add_months(boundary, -12)).days
    return Fraction(months, 12) + Fraction(days, year)


def overdraft(
    limit: Amount,
    start: date,
    rate: Rate | str,
    *,
    months: int,
    every: int | None = None,
) -> tuple[CashFlow, ...]:
    """
    Return the flows of an overdraft: all drawn for the whole duration (d).

    Args:
        limit: The total amount of credit in major units, above zero.
        start: The day of the drawdown.
        rate: The borrowing rate, per month or year.
        months: The duration; 3 where it is not known.
        every: Interest is charged every so many months, and at the end; left out, at
            the end alone.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> [f"{flow.amount:.2f}" for flow in overdraft("1500", date(2026, 1, 15),
        ...     "12%/year", months=3)]
        ['-1500.00', '1545.00']

    Source: Directive 2008/48/EC, Annex I, II (d), as amended by 2011/90/EU.
    """
    total = to_amount(limit, "limit", least=1)
    first = to_date(start, "start")
    length = to_count(months, "months", _MOST_MONTHS)
    step = length if every is None else to_count(every, "every", _MOST_MONTHS)
    units = _units(total)
    yearly = to_rate(rate).per_year().value
    flows, before = [CashFlow(first, from_units(-units, _DIGITS))], 0
    for month in _steps(length, step):
        interest = units * yearly * Fraction(month - before, 12)
        paid = divide(*interest.as_integer_ratio(), RoundingMode.HALF_EVEN)
        paid += units if month == length else 0
        flows.append(CashFlow(add_months(first, month), from_units(paid, _DIGITS)))
        before = month
    return tuple(flows)


def _steps(length: int, step: int) -> list[int]:
    """Return step, twice step, ... below a length, then the length."""
    return [*range(step, length, step), length]


def open_end(
    limit: Amount, start: date, rate: Rate | str, *, months: int
) -> tuple[CashFlow, ...]:
    """
    Return the flows of open-end credit: capital in equal monthly payments (e).

    The first is due one month after the drawdown; interest is paid with each, and the
    last clears the balance.

    Args:
        limit: The total amount of credit in major units, above zero.
        start: The day of the initial drawdown.
        rate: The borrowing rate, per month or year.
        months: How long the credit is taken to run: 12 for consumer credit, 240 for
            credit secured on property (recalled).

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> flows = open_end("1200", date(2026, 1, 15), "12%/year", months=12)
        >>> [f"{flow.amount:.2f}" for flow in flows[:3]], len(flows)
        (['-1200.00', '112.00', '111.00'], 13)

    Source: Directive 2008/48/EC, Annex I, II (e), as amended by 2011/90/EU.
    """
    total = to_amount(limit, "limit", least=1)
    first = to_date(start, "start")
    count = to_count(months, "months", _MOST_MONTHS)
    share = from_units(_units(total) // count, _DIGITS)
    capital = [(add_months(first, month), share) for month in range(1, count + 1)]
    return with_interest([(first, total)], capital, rate)


def open_end_in_full(
    limit: Amount, start: date, rate: Rate | str, *, months: int, every: int
) -> tuple[CashFlow, ...]:
    """
    Return the flows of open-end credit that is repaid in one sum each period (e).

    It is drawn again the day that it is repaid; the last period is what is left of the
    time: periods of nine months make nine months and three.

    Args:
        limit: The total amount of credit in major units, above zero.
        start: The day of the initial drawdown.
        rate: The borrowing rate, per month or year.
        months: How long the credit is taken to run: 12.
        every: The months of a period.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> for on, amount in open_end_in_full("1000", date(2026, 1, 15), "12%/year",
        ...         months=12, every=9):
        ...     print(on, f"{amount:.2f}")
        2026-01-15 -1000.00
        2026-10-15 1090.00
        2026-10-15 -1000.00
        2027-01-15 1030.00

    Source: Directive 2008/48/EC, Annex I, II (e) (ii), as amended by 2011/90/EU.
    """
    total = to_amount(limit, "limit", least=1)
    first = to_date(start, "start")
    length = to_count(months, "months", _MOST_MONTHS)
    ends = _steps(length, to_count(every, "every", _MOST_MONTHS))
    days = [add_months(first, month) for month in [0, *ends]]
    flows: list[CashFlow] = []
    for drawn, repaid in pairwise(days):
        flows += with_interest([(drawn, total)], [(repaid, total)], rate)
    return tuple(flows)


class FirstInterval(NamedTuple):
    """
    The shortest time from a drawdown to the first payment.

    Attributes:
        drawn: The day of the drawdown.
        paid: The day of the first payment.
        days: The days between them.

    Example:
        >>> FirstInterval(date(2026, 1, 31), date(2026, 2, 1), 1).days
        1
    """

    drawn: date
    paid: date
    days: int


def shortest_first_interval(
    since: date, due_day: int, *, cut_off: int | None = None
) -> FirstInterval:
    """
    Return the day of conclusion that is assumed where it is not known (f).

    It is the day that leaves the shortest time to the first payment. Without a cut-off
    day that is the next due day after it; with one, a drawdown up to that day of the
    month is first paid on the due day of the next month, a later one a month after.

    Args:
        since: The first day looked at; all of the four years from it are.
        due_day: The day of the month that payments are due on, clamped to its length.
        cut_off: The last day of the month for which the next month's due day counts.

    Returns:
        The first day with the shortest interval.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a day is not 1 to 31.
        DateRangeError: If a date is out of range.

    Example:
        >>> shortest_first_interval(date(2026, 1, 1), 1).days
        1
        >>> found = shortest_first_interval(date(2026, 1, 1), 1, cut_off=15)
        >>> str(found.drawn), found.days
        ('2026-02-15', 14)

    Source: Directive 2008/48/EC, Annex I, II (f) (ii), as amended by 2011/90/EU;
    SWD(2012)128, 4.2.5.
    """
    first = to_date(since, "since")
    due = to_count(due_day, "due_day", 31)
    last = None if cut_off is None else to_count(cut_off, "cut_off", 31)
    # No year is needed beyond the last one that a date may be in.
    days = (first + timedelta(day) for day in range(_LEAP_CYCLE))
    intervals = (_interval(day, due, last) for day in days)
    return min(intervals, key=lambda interval: interval.days)


def _interval(drawn: date, due: int, cut_off: int | None) -> FirstInterval:
    later = 1
    if cut_off is None:
        later = 0 if add_months(drawn, 0, roll_day=due) > drawn else 1
    elif drawn.day > cut_off:
        later = 2
    paid = add_months(drawn, later, roll_day=due)
    return FirstInterval(drawn, paid, (paid - drawn).days)


def earliest_and_lowest(dates: Sequence[date], amounts: Sequence[Amount]) -> CashFlow:
    """
    Return a repayment whose day or amount is open: the earliest and the lowest (f).

    Args:
        dates: The days that the agreement allows.
        amounts: The amounts that it allows, in major units.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If there is no date or no amount, or one is not above zero.

    Example:
        >>> str(earliest_and_lowest([date(2026, 3, 1), date(2026, 2, 1)],
        ...     ["50", "40"]).amount)
        '40'

    Source: Directive 2008/48/EC, Annex I, II (f) (i), as amended by 2011/90/EU.
    """
    for name, given in (("dates", dates), ("amounts", amounts)):
        if not isinstance(given, (list, tuple)):
            raise InputTypeError(name, got=given, allowed=f"a list of {name}")
        if not given:
            raise LimitError(name, got="none", allowed="one or more")
    days = [to_date(on, "dates") for on in dates]
    return CashFlow(
        min(days), min(to_amount(amount, "amounts", least=1) for amount in amounts)
    )


def charges_at_intervals(
    total: Amount, dates: Sequence[date], *, currency: str
) -> tuple[CashFlow, ...]:
    """
    Return a charge that is paid in several sums of unknown amount: equal ones (g).

    Formula: `floor(total / count)` on each day, and what is left with the last. A
    charge in one sum whose day is unknown is paid when the agreement is concluded.

    Args:
        total: The charge in major units, above zero.
        dates: The days, at regular intervals from the first repayment of capital on.
        currency: ISO 4217 code.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.

    Example:
        >>> days = [date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)]
        >>> [str(flow.amount) for flow in charges_at_intervals("100", days,
        ...     currency="EUR")]
        ['33.33', '33.33', '33.34']

    Source: Directive 2008/48/EC, Annex I, II (g), as amended by 2011/90/EU.
    """
    digits = currency_digits(currency)
    units = to_units(to_amount(total, "total", least=1), digits, "total")
    if not isinstance(dates, (list, tuple)):
        raise InputTypeError("dates", got=dates, allowed="a list of dates")
    if not dates:
        raise LimitError("dates", got="none", allowed="one or more")
    days = sorted(to_date(on, "dates") for on in dates)
    share, rest = divmod(units, len(days))
    amounts = [share] * (len(days) - 1) + [share + rest]
    return tuple(
        CashFlow(on, from_units(amount, digits))
        for on, amount in zip(days, amounts, strict=True)
        if amount
    )
