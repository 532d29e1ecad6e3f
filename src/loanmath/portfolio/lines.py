"""Many accounts on one credit line, in columns: purchases, payments, bills by cycle."""

from collections.abc import Sequence
from datetime import date
from math import isqrt
from typing import Any, NamedTuple

from loanmath.billing.aggregate_fold import Kept, open_line, pass_days
from loanmath.billing.aggregate_interest import earned
from loanmath.billing.aggregate_rules import AggregateRules
from loanmath.billing.aggregate_steps import available, draw, payoff, receive
from loanmath.billing.aggregates import owed, past_due, sum_of
from loanmath.billing.rows import FEE, INTEREST, PENALTY, PRINCIPAL
from loanmath.doors import to_date
from loanmath.errors import (
    DateRangeError,
    EventError,
    InputTypeError,
    InputValueError,
    LimitError,
)
from loanmath.portfolio.columns import MOST, Column, Columns
from loanmath.terms.lines import CreditLine

__all__ = [
    "LineBook",
    "LineColumns",
    "LineDay",
    "keep_lines",
    "lines_on",
    "open_lines",
]

_DAYS = 128
"""More days than any purchase waits for the cut that charges it."""

_ORDINAL = 2**20
"""More than the ordinal of any day."""


class LineDay(NamedTuple):
    """
    What many accounts do on a day: purchases first, then a payment of each.

    Attributes:
        day: The day.
        drawn: What each account bought, in units; nothing, where it is zero.
        paid: What each account paid, in one payment; nothing, where it is zero.
    """

    day: date
    drawn: Column
    paid: Column


class LineBook(NamedTuple):
    """
    Many accounts on one line.

    Attributes:
        kept: What is owed, and the bills so far, in columns.
        day: The day reached, an ordinal.
        most: At least what any account owes, and its credit.
        turned: At least what any account drew and paid so far.
    """

    kept: Kept
    day: int
    most: int
    turned: int


class LineColumns(NamedTuple):
    """
    What is owed on a day, one entry for each account, in units.

    Attributes:
        penalty: Penalty.
        fee: Fees.
        interest: Interest that is owed.
        principal: Principal.
        billed: What of these was billed.
        credit: What was paid beyond what is owed.
        accrued: Interest that was earned and is not owed yet.
        payoff: The payment after which nothing is owed.
        minimum: What is missing of the minimums that are due or to come.
        arrears: What of it is past due.
        days_past_due: The days since the oldest minimum that something is missing of.
        available: What may be drawn.
        has_free_period: Whether what is posted now is free if its bill is paid.
    """

    penalty: Column
    fee: Column
    interest: Column
    principal: Column
    billed: Column
    credit: Column
    accrued: Column
    payoff: Column
    minimum: Column
    arrears: Column
    days_past_due: Column
    available: Column
    has_free_period: Column


def open_lines(
    x: Columns, line: CreditLine, on: date, limits: Sequence[int] | Column
) -> LineBook:
    """
    Return many accounts on one line, on the day they are opened.

    An account that does nothing at first is the same as one opened later.

    Args:
        x: What columns can do.
        line: The terms that all share, but for the limit.
        on: The day.
        limits: The limit of each account, in units, above zero.

    Raises:
        TermsError: If columns cannot hold a term of it.
        InputValueError: If there is no account, or a limit is not above zero.
        LimitError: If a limit does not fit.
    """
    opened = to_date(on, "on")
    column = _column(x, limits, "limits")
    if not len(column) or (column <= 0).any():
        raise InputValueError(
            "limits", got=list(column), allowed="one for each account, above zero"
        )
    largest = int(column.max())
    if largest > MOST:
        raise LimitError("limits", got=largest, allowed="at most 2^62")
    kept = open_line(line, opened, column)
    _check_rounding(x, kept.rules)
    book = LineBook(kept, opened.toordinal(), 1, 0)
    _check(book)
    return book


def _check_rounding(x: Columns, rules: AggregateRules) -> None:
    x.rounding(rules.rounded)
    for terms in (rules.minimum, rules.charge):
        if terms is not None:
            x.rounding(terms.rounded)


def most_units(rules: AggregateRules) -> int:
    """
    Return the most that an account may owe and be credited, in units.

    Formula: a day's number, and a rate or a share, times what that is by the next look
    at it, interest and a charge included, is below 2^62; and where a share of a bill
    bears, its days times a bill, and a bill in parts of the rate.
    """
    grown = 4 + _DAYS * rules.rate // rules.unit
    factors, units, fixed = [_ORDINAL], [rules.unit], 0
    if rules.minimum is not None:
        factors.append(rules.minimum.share)
        units.append(rules.minimum.unit)
    if rules.charge is not None:
        factors.append(rules.charge.share)
        units.append(rules.charge.unit)
        fixed = max(rules.charge.least, *rules.charge.amounts, 0)
    scale = max(2 * grown * max(factors), 4 * _DAYS * rules.rate)
    most = (MOST - max(units)) // scale - fixed
    if rules.partly:
        most = min(
            most,
            isqrt(MOST // (16 * _DAYS * max(rules.rate, 1))),
            MOST // (2 * rules.unit),
        )
    return most


def _beyond(got: int, rules: AggregateRules) -> LimitError:
    return LimitError(
        "amounts of lines in columns",
        got=f"{got} units",
        allowed=f"at most {most_units(rules)}, so that no product is above 2^62",
        do="keep these accounts one by one, by LineAccount",
    )


def keep_lines(x: Columns, book: LineBook, days: Sequence[LineDay]) -> LineBook:
    """
    Return many accounts after days on which they did something.

    Args:
        x: What columns can do.
        book: The accounts.
        days: In order; one day may come several times, for several payments.

    Raises:
        DateRangeError: If a day is before the one reached.
        InputTypeError: If an amount is not a whole number.
        InputValueError: If one is below zero, or there is not one for each account.
        EventError: If more is drawn than is available.
        LimitError: If an account may owe more than columns hold.
        TermsError: If a bill is decided only after the next one is made.
    """
    for one in days:
        drawn = _amounts(x, book, one.drawn, "drawn")
        paid = _amounts(x, book, one.paid, "paid")
        book = _passed(x, book, _day(book, one.day))
        more = int(drawn.max()) + int(paid.max())
        book = book._replace(most=book.most + more, turned=book.turned + more)
        _check(book)
        kept = book.kept
        _check_available(x, kept, drawn, one.day)
        state = draw(x, kept.rules, kept.state, drawn, book.day)
        state = receive(x, kept.rules, state, paid, book.day)
        book = book._replace(kept=kept.with_state(state))
    return book


def _day(book: LineBook, on: date) -> int:
    day = to_date(on, "day").toordinal()
    if day < book.day:
        raise DateRangeError(
            "day", got=str(on), allowed=f"on or after {date.fromordinal(book.day)}"
        )
    return day


def _passed(x: Columns, book: LineBook, day: int) -> LineBook:
    """Return accounts once all that the terms do until the events of a day is done."""
    while book.day < day:
        until = min(day, max(book.kept.cycle.cut, book.day + 1))
        kept = pass_days(x, book.kept, until)
        most = int((owed(kept.state) + kept.state.credit).max())
        book = book._replace(kept=kept, day=until, most=most)
        _check(book)
    return book


def _check(book: LineBook) -> None:
    """Refuse what may not fit 64 bits."""
    rules = book.kept.rules
    if book.most > most_units(rules) or book.turned * _DAYS > MOST:
        raise _beyond(max(book.most, book.turned), rules)


def _check_available(x: Columns, kept: Kept, drawn: Column, on: date) -> None:
    if not kept.rules.refuses:
        return
    beyond = drawn > available(x, kept.rules, kept.state)
    if beyond.any():
        raise EventError(
            f"account {int(beyond.argmax())}, drawn on {on}",
            got=f"{int(drawn[beyond.argmax()])} units",
            allowed="at most what is available",
        )


def _amounts(x: Columns, book: LineBook, entries: Column, what: str) -> Column:
    column, accounts = _column(x, entries, what), len(book.kept.state.limit)
    if len(column) != accounts or (column < 0).any():
        raise InputValueError(
            what, got=list(entries), allowed=f"zero or more, for {accounts} accounts"
        )
    return column


def _column(x: Columns, entries: Sequence[int] | Column, what: str) -> Column:
    given: Any = entries
    kind = getattr(given, "dtype", None)
    if kind is None and all(type(entry) is int for entry in given):
        return x.column(given)
    if kind != "int64" or given.ndim != 1:
        raise InputTypeError(
            what, got=entries, allowed="whole numbers of 64 bits, one by account"
        )
    return given


def lines_on(x: Columns, book: LineBook, on: date) -> tuple[LineColumns, LineBook]:
    """
    Return what is owed on a day, after its events, and the accounts on that day.

    Raises:
        DateRangeError: If the day is before the one reached.
        LimitError: If an account may then owe more than columns hold.
        TermsError: If a bill is decided only after the next one is made.
    """
    book = _passed(x, book, _day(book, on))
    rules, state, day = book.kept.rules, book.kept.state, book.day
    minimums = state.minimums
    late = 0 * state.limit
    for due, asked in reversed(minimums.parts):
        days = day - due if day - due > rules.grace else 0
        late = x.where(asked > minimums.met, days, late)
    found = LineColumns(
        penalty=owed(state, PENALTY),
        fee=owed(state, FEE),
        interest=owed(state, INTEREST),
        principal=owed(state, PRINCIPAL),
        billed=sum_of(state.billed) + sum_of(state.carried),
        credit=state.credit,
        accrued=earned(x, rules, state, day + rules.later),
        payoff=payoff(x, rules, state, day),
        minimum=minimums.asked - minimums.met,
        # Nothing is past due within the days of grace.
        arrears=x.max(past_due(state, day - rules.grace - 1), 0),
        days_past_due=late,
        available=available(x, rules, state),
        has_free_period=(state.conduct.lost == 0) & rules.waits,
    )
    return found, book
