"""
What European law assumes where repayments or charges of an agreement are open.

The letters are those of Annex I, part II, of Directive 2008/48/EC as Directive
2011/90/EU words it. Interest is kept to ten decimals: what is disclosed is not rounded
to cents on the way.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from loanmath.analysis.disclosure.assumed_dates import some
from loanmath.analysis.disclosure.assumptions import Amount
from loanmath.analysis.disclosure.third_parties import (
    dated_amounts,
)
from loanmath.currency import currency_digits, from_units, to_units
from loanmath.doors import to_count, to_date
from loanmath.errors import ScheduleError
from loanmath.rates import Rate, to_rate
from loanmath.recurrence import add_months
from loanmath.rounding import RoundingMode, divide
from loanmath.schedule import CashFlow
from loanmath.terms.amounts import to_amount
from loanmath.yields import EU_APRC
from loanmath.yields.timing import FlowDates

__all__ = [
    "charges_at_intervals",
    "open_end_in_full",
    "open_end_monthly",
    "overdraft",
    "with_interest",
]

_DIGITS = 10
_MOST_MONTHS = 1200


def with_interest(
    drawn: Sequence[tuple[date, Amount]],
    capital: Sequence[tuple[date, Amount]],
    rate: Rate | str,
) -> tuple[CashFlow, ...]:
    """
    Return drawdowns and repayments, with the interest paid together with capital (g).

    Formula: `interest = sum of balance * yearly rate * years`, simple, since the last
    repayment of capital, to ten decimals; the years are those that the annual rate
    itself counts between these days. The last repayment clears what is left of the
    capital.

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
    balance, earned, before = 0, Fraction(0), Fraction(0)
    for (on, units), time in zip(events, _years(events), strict=True):
        earned += balance * yearly * (time - before)
        balance, before = balance - units, time
        if balance < 0 or units == 0:
            raise ScheduleError(
                "capital", got=str(on), allowed="no more than was drawn by then"
            )
        if units > 0:
            interest = divide(*earned.as_integer_ratio(), RoundingMode.HALF_EVEN)
            units, earned = units + interest, Fraction(0)  # noqa: PLW2901 paid with it
        yield on, units


def _years(events: Sequence[tuple[date, int]]) -> list[Fraction]:
    """Return when each flow is, in years from the first, as the annual rate has it."""
    days = [on for on, _ in events]
    timing = EU_APRC.timing.measure(FlowDates(days, [units < 0 for _, units in events]))
    return [
        Fraction(whole * timing.of + part, timing.of) / timing.per_year
        for whole, part in zip(timing.wholes, timing.parts, strict=True)
    ]


def _units(amount: Amount) -> int:
    return to_units(amount, _DIGITS, "amount")


def _sum(flows: Sequence[tuple[date, int]]) -> int:
    return sum(units for _, units in flows)


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


def open_end_monthly(
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
        >>> flows = open_end_monthly("1200", date(2026, 1, 15), "12%/year", months=12)
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
    days = sorted(to_date(on, "dates") for on in some(dates, "dates"))
    share, rest = divmod(units, len(days))
    amounts = [share] * (len(days) - 1) + [share + rest]
    return tuple(
        CashFlow(on, from_units(amount, digits))
        for on, amount in zip(days, amounts, strict=True)
        if amount
    )
