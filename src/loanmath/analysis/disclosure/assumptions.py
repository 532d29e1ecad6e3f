"""
What European law assumes where drawdowns or rates of an agreement are open.

The letters are those of Annex I, part II, of Directive 2008/48/EC as Directive
2011/90/EU words it. Functions return dated flows, as the lender sees them: paid out
negative, received positive; a charge is one more flow beside them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from loanmath.currency import currency_digits, from_units, to_units
from loanmath.doors import to_date, to_enum
from loanmath.errors import InputTypeError, LimitError, TermsError
from loanmath.rates import Rate, to_rate
from loanmath.recurrence import add_months
from loanmath.schedule import CashFlow
from loanmath.terms import Index, SteppedRate
from loanmath.terms.amounts import to_amount, to_amount_or_share, to_share

__all__ = [
    "Assumption",
    "borrowing_rate",
    "drawn_at_once",
    "drawn_within_limits",
    "highest_rate",
    "indexed_rate",
]

Amount = str | int | Decimal


class Assumption(Enum):
    """
    The assumptions by their letters: what of an agreement is open.

    `A` free drawdown; `B` free within limits; `C` several ways of drawdown; `D`
    overdraft; `E` open-end credit; `F` dates or amounts of repayment, or the day of
    conclusion; `G` dates or amounts of charges; `H` the ceiling; `I` rates or charges
    for a limited time; `J` a rate that is fixed first and indexed later.
    """

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"
    F = "f"
    G = "g"
    H = "h"
    I = "i"  # noqa: E741 the letter that the law gives it
    J = "j"


def drawn_at_once(limit: Amount, on: date) -> tuple[CashFlow, ...]:
    """
    Return the drawdown of a credit that may be drawn freely: all of it at once (a).

    Args:
        limit: The total amount of credit in major units, above zero.
        on: The day of the initial drawdown.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If the amount is not above zero.

    Example:
        >>> [str(flow.amount) for flow in drawn_at_once("1500", date(2026, 1, 15))]
        ['-1500']

    Source: Directive 2008/48/EC, Annex I, II (a), as amended by 2011/90/EU, applied
    since 2013-01-01.
    """
    amount = to_amount(limit, "limit", least=1)
    return (CashFlow(to_date(on, "on"), amount.copy_negate()),)


def drawn_within_limits(
    limit: Amount,
    start: date,
    limits: Sequence[str | int | Decimal | Fraction],
    *,
    currency: str,
) -> tuple[CashFlow, ...]:
    """
    Return the earliest drawdowns that limits by month allow (b).

    Formula: at the start of month k, `floor(limit_k) - drawn before`; after the last
    limit that is stated there is none, and the rest is drawn.

    Args:
        limit: The total amount of credit in major units, above zero.
        start: The day that the first month starts on.
        limits: What may be drawn in all by month 1, 2, ...: shares of the total such as
            `"10%"`, or amounts; none lower than the one before it.
        currency: ISO 4217 code: drawdowns are whole minor units.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a value is not allowed.
        TermsError: If a limit is lower than the one before it.

    Example:
        >>> for on, amount in drawn_within_limits("1500", date(2026, 1, 1),
        ...         ["0%", "10%", "50%"], currency="EUR"):
        ...     print(on, amount)
        2026-02-01 -150.00
        2026-03-01 -600.00
        2026-04-01 -750.00

    Source: Directive 2008/48/EC, Annex I, II (b), as amended by 2011/90/EU; the example
    is that of SWD(2012)128, 4.2.1.
    """
    digits = currency_digits(currency)
    total = to_units(to_amount(limit, "limit", least=1), digits, "limit")
    first = to_date(start, "start")
    if not isinstance(limits, (list, tuple)):
        raise InputTypeError("limits", got=limits, allowed="a list of limits by month")
    by_month = [_limit_units(value, total, digits) for value in limits]
    if any(later < earlier for earlier, later in pairwise(by_month)):
        raise TermsError(
            "limits", got=limits, allowed="limits in all, none below the one before it"
        )
    flows, drawn = [], 0
    for month, most in enumerate([*by_month, total]):
        if most > drawn:
            on = add_months(first, month)
            flows.append(CashFlow(on, from_units(drawn - most, digits)))
            drawn = most
    return tuple(flows)


def _limit_units(value: object, total: int, digits: int) -> int:
    most = to_amount_or_share(value, "limits")
    if isinstance(most, Fraction):
        return min(total, total * most.numerator // most.denominator)
    return min(total, to_units(most, digits, "limits"))


def highest_rate(*rates: Rate | str) -> Rate:
    """
    Return the highest of several rates: what (c) and (i) count with.

    Of several ways of drawdown, (c) takes the highest rate of the way that is most
    common for that kind of credit; (i) takes the highest of those that are offered for
    a limited time or amount. Charges go the same way.

    Args:
        rates: Rates per month or year.

    Raises:
        InputTypeError: If one is not a rate.
        InputValueError: If one is per day, which has no yearly rate of its own.
        LimitError: If there is none.

    Example:
        >>> highest_rate("4%/year", "0.3%/month")
        Rate('4%/year')

    Source: Directive 2008/48/EC, Annex I, II (c) and (i), as amended by 2011/90/EU.
    """
    if not rates:
        raise LimitError("rates", got="none", allowed="one rate or more")
    return max(map(to_rate, rates), key=lambda rate: rate.per_year().value)


def indexed_rate(index: Index, spread: str | Fraction, on: date) -> Rate:
    """
    Return the rate that follows an index, at its value on the day of calculation (j).

    Formula: `index(on) + spread`.

    Args:
        index: The index, with its observations.
        spread: What is added, such as `"1%"`.
        on: The day that the annual rate is calculated on.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If the spread is not a percentage.
        DateRangeError: If nothing was observed so early.

    Example:
        >>> euribor = Index("12-month rate", {date(2026, 1, 2): "2.1%"})
        >>> indexed_rate(euribor, "1%", date(2026, 1, 15))
        Rate('3.1%/year')

    Source: Directive 2008/48/EC, Annex I, II (j), as amended by 2011/90/EU.
    """
    if type(index) is not Index:
        raise InputTypeError("index", got=index, allowed="Index(...)")
    added = to_share(spread, "spread", least=Fraction(-1))
    return Rate.from_share(index.on(on) + added, "year")


def borrowing_rate(
    initial: Rate | str,
    later: Rate | str,
    since: date,
    *,
    others: Iterable[Assumption | str] = (),
) -> Rate | SteppedRate:
    """
    Return the rate to calculate with where a first rate holds for a limited time.

    Where any of (a) to (h) is needed for the agreement, (i) applies: the higher rate
    for the whole duration. Where none is, the rates are what was agreed, a later one
    that follows an index taken at its value on the day of calculation (j).

    Args:
        initial: The first rate, per month or year.
        later: The rate after it; one that follows an index, by `indexed_rate`.
        since: The day that the later rate starts on.
        others: The assumptions that the agreement needs, by letter.

    Returns:
        One rate, or the agreed path.

    Raises:
        InputTypeError: If a value is of the wrong type.
        InputValueError: If a rate is per day.
        UnknownNameError: If a letter is not one of `"a"` to `"j"`.
        TermsError: If the rates are not of one unit and stay as agreed.

    Example:
        >>> borrowing_rate("4%/year", "3.1%/year", date(2028, 1, 15), others=["e"])
        Rate('4%/year')
        >>> print(borrowing_rate("4%/year", "3.1%/year", date(2028, 1, 15)))
        4%/year, 3.1%/year from 2028-01-15

    Source: Directive 2008/48/EC, Annex I, II (i) and (j), as amended by 2011/90/EU;
    SWD(2012)128, 4.2.8.
    """
    if isinstance(others, str) or not isinstance(others, Iterable):
        raise InputTypeError("others", got=others, allowed="a list of letters")
    letters = {to_enum(letter, Assumption, "others") for letter in others}
    first, then, on = to_rate(initial), to_rate(later), to_date(since, "since")
    if letters - {Assumption.I, Assumption.J}:
        return highest_rate(first, then)
    return SteppedRate(first, {on: then})
