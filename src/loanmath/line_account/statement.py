"""The bill of a cycle: what it adds up to, what is due of it, and what follows."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from loanmath.billing.line_state import LineEntry, LineState
from loanmath.billing.rows import PRINCIPAL, PURCHASES
from loanmath.currency import from_units, sum_of
from loanmath.doors import to_count
from loanmath.errors import DateRangeError, InputTypeError, LimitError
from loanmath.events import BillDeferral, CashAdvance, Purchase, Transfer
from loanmath.line_account.making import Deferrals, Made, bills_made, deferrals_of
from loanmath.line_account.outlook import Outlook, outlooks_of
from loanmath.line_account.postings import LinePosting, postings_of
from loanmath.line_account.printing import statement_table
from loanmath.rates import RateUnit, percentage_text
from loanmath.schedule.printing import html_layout, markdown_layout, text_layout
from loanmath.terms.lines import Cycle, LineInterest

if TYPE_CHECKING:
    from loanmath.line_account.account import LineAccount

__all__ = [
    "LineStatement",
    "Outlook",
    "StatementItem",
    "statement_of",
    "statements_until",
]

_DAYS = 365


class StatementItem(NamedTuple):
    """
    One line of a bill.

    Attributes:
        on: The day.
        what: What it is: `"purchase"`, `"payment"`, `"interest"`, ...
        name: Its segment, or what for.
        event: The id of the event; empty where the terms did it.
        amount: By how much more is owed, in major units; less, where it is negative.

    Example:
        >>> StatementItem(date(2026, 3, 30), "purchase", "books", "u1",
        ...     Decimal("120.00")).amount
        Decimal('120.00')
    """

    on: date
    what: str
    name: str
    event: str
    amount: Decimal


@frozen(repr=False)
class LineStatement:
    """
    The bill of a cycle (账单).

    Formula: `closing = opening + the sum of the items' amounts`; the closing balance of
    one bill is the opening balance of the next.

    Attributes:
        currency: The currency of every amount.
        cycle: The cycle.
        opening: What the last bill came to; below zero, a credit.
        items: What changed it, in order.
        closing: What is owed; below zero, a credit.
        minimum: What is to be paid of it at least.
        interest: The interest that it charges, by segment.
        rates: The yearly rate of each segment of which something is owed or was
            charged: a daily rate times 365.
        free_if_paid: Whether purchases of the cycle are free of interest if it is paid
            in full in time.
        minimum_missed: Whether less than the minimum of an earlier bill was received by
            the time that this one was made.

    A deferral, where there is one, moves `due` and what the next bill would charge; the
    days of `cycle` and all else stay as the bill was made.

    Example:
        >>> from loanmath import Purchase
        >>> from loanmath.line_account import LineAccount
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> account = account.record(Purchase(id="u1", on=date(2026, 3, 30),
        ...     amount="1000", name="bicycle"))
        >>> print(account.statement(2026, 4))
        Bill of 2026-04-01: CNY 1,000.00
        On          What               Event    Amount
        2026-03-01  opening                       0.00
        2026-03-30  purchase, bicycle  u1     1,000.00
        2026-04-01  closing                   1,000.00
        Due: 2026-04-10, at least 100.00
        Free of interest if paid in full by then: purchases of this bill
        Paid in full on the due day, the next bill charges 0.00
        With the minimum alone, the next bill charges 9.00
        With nothing, the next bill charges 10.00
        Yearly rates: purchases 18.25%
    """

    currency: str
    cycle: Cycle
    opening: Decimal
    items: tuple[StatementItem, ...]
    closing: Decimal
    minimum: Decimal
    interest: tuple[tuple[str, Decimal], ...]
    rates: tuple[tuple[str, Fraction], ...]
    free_if_paid: bool
    minimum_missed: bool
    _changes: tuple[LineEntry, ...] = field(eq=False, alias="changes")
    _deferrals: tuple[BillDeferral, ...] = field(default=(), alias="deferrals")

    @property
    def due(self) -> date:
        """The day it is due (还款日), as far as it was deferred."""
        return self._deferrals[-1].until if self._deferrals else self.cycle.due

    def _free_until(self) -> date:
        """Return the day on which its free period ends."""
        free = [one.until for one in self._deferrals if one.interest_free]
        return free[-1] if free else self.cycle.due

    def total(self, what: str) -> Decimal:
        """
        Return what items of one kind come to, such as `"payment"`.

        Example:
            >>> from loanmath.line_account import LineAccount
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account.statement(2026, 4).total("purchase")
            Decimal('0.00')
        """
        amounts = (item.amount for item in self.items if item.what == what)
        return sum_of(amounts, -int(self.opening.as_tuple().exponent))

    def outlook(self) -> tuple[Outlook, ...]:
        """
        Return what the next bill would charge: paid in full, the minimum, nothing.

        It is worked out as if money came on the due day and nothing else happened.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.line_account import LineAccount
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account = account.record(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
            >>> [str(one.charged) for one in account.statement(2026, 4).outlook()]
            ['0.00', '9.00', '10.00']
        """
        return outlooks_of(self._changes[-1].after, self._deferrals)

    def postings(self) -> tuple[LinePosting, ...]:
        """
        Return every cent that the bill adds up to, each able to explain itself.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.line_account import LineAccount
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account = account.record(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
            >>> [str(one.amount) for one in account.statement(2026, 4).postings()]
            ['1000.00']
        """
        return postings_of(self._changes)

    def _facts(self) -> list[str]:
        if self.closing <= 0:
            return ["Nothing is due"]
        due = f"{self.due}"
        if self._deferrals:
            due += f", deferred from {self.cycle.due}"
        said = [f"Due: {due}, at least {self.minimum:,f}"]
        if self.free_if_paid:
            by = "then" if self.due == self._free_until() else f"{self._free_until()}"
            said.append(
                f"Free of interest if paid in full by {by}: purchases of this bill"
            )
        words = {
            "in full": "Paid in full on the due day",
            "minimum": "With the minimum alone",
            "nothing": "With nothing",
        }
        said += [
            f"{words[one.paid]}, the next bill charges {one.charged:,f}"
            for one in self.outlook()
        ]
        rates = [f"{name} {percentage_text(rate)}" for name, rate in self.rates]
        return [*said, f"Yearly rates: {', '.join(rates)}"] if rates else said

    def __str__(self) -> str:
        return "\n".join([text_layout(statement_table(self)), *self._facts()])

    def to_markdown(self) -> str:
        """Return the bill as a Markdown table, with what is due below it."""
        said = "".join(f"\n- {fact}" for fact in self._facts())
        return f"{markdown_layout(statement_table(self))}\n{said}"

    def to_html(self) -> str:
        """Return the bill as an HTML table, with what is due below it."""
        said = "".join(f"<li>{fact}</li>" for fact in self._facts())
        return f"{html_layout(statement_table(self))}\n<ul>{said}</ul>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return (
            f"<LineStatement of {self.cycle.statement}: {self.currency} {self.closing}>"
        )


_DRAWN: dict[type, str] = {
    Purchase: "purchase",
    CashAdvance: "cash advance",
    Transfer: "transfer",
}


def statement_of(account: "LineAccount", year: int, month: int) -> LineStatement:
    """
    Return the bill whose statement day is in a month.

    Args:
        account: The account.
        year: The year of the statement day.
        month: Its month, 1 to 12.

    Raises:
        InputTypeError: If a value is not an `int`.
        LimitError: If there is no such month.
        DateRangeError: If there is no such bill, or there are two, the billing days
            having changed.
    """
    if type(year) is not int:
        raise InputTypeError("year", got=year, allowed="int")
    if not 1901 <= year <= 2199:
        raise LimitError("year", got=year, allowed="1901 to 2199")
    to_count(month, "month", 12)
    # A bill is cut on its statement day or on the day after.
    last = date(year + month // 12, month % 12 + 1, 1).toordinal()
    found = [
        made
        for made in bills_made(account.entries_until(last))
        if _month_of(made) == (year, month)
    ]
    if len(found) != 1:
        raise DateRangeError(
            "statement",
            got=f"{len(found)} bills in {year}-{month:02}",
            allowed="a month in which one bill is made",
            do="look at all of them: account.statements(until)" if found else "",
        )
    return _statement(account, found[0], deferrals_of(account))


def statements_until(account: "LineAccount", day: int) -> tuple[LineStatement, ...]:
    """Return all bills that were made by a day, an ordinal."""
    deferrals = deferrals_of(account)
    entries = account.entries_until(day)
    return tuple(_statement(account, made, deferrals) for made in bills_made(entries))


def _month_of(made: Made) -> tuple[int, int]:
    statement = date.fromordinal(made.bill.cycle.statement)
    return statement.year, statement.month


def _statement(
    account: "LineAccount", made: Made, deferrals: Deferrals
) -> LineStatement:
    bill, opening, changes = made
    line, after = account.line, changes[-1].after
    digits, cycle = line.digits, bill.cycle
    interest: dict[str, int] = {}
    for one in changes:
        if one.rule == "interest":
            interest[one.name] = interest.get(one.name, 0) + _interest_of(one)
    return LineStatement(
        currency=line.currency,
        cycle=Cycle(
            *(
                date.fromordinal(day)
                for day in (cycle.start, cycle.cut, cycle.statement, cycle.due)
            )
        ),
        opening=from_units(opening, digits),
        items=tuple(_items(changes, cycle.statement, digits)),
        closing=from_units(bill.balance, digits),
        minimum=from_units(bill.minimum, digits),
        interest=tuple(
            (name, from_units(units, digits)) for name, units in interest.items()
        ),
        rates=tuple(_rates(after, set(interest))),
        free_if_paid=_free_if_paid(after, cycle.cut),
        minimum_missed=any(one.rule == "minimum missed" for one in changes),
        changes=tuple(changes),
        deferrals=deferrals.get(cycle.cut, ()),
    )


def _free_if_paid(state: LineState, cut: int) -> bool:
    """Return whether purchases of a cycle cost interest unless its bill is paid."""
    if state.rules.segments[PURCHASES].interest is None:
        return False
    rows = (row for row in state.rows if row.segment == PURCHASES and row.cycle == cut)
    return any(row.waits and row.owed[PRINCIPAL] for row in rows)


def _interest_of(entry: LineEntry) -> int:
    """Return the interest of an entry, what a credit paid of it included."""
    return _balance(entry.after) - _balance(entry.before)


def _balance(state: LineState) -> int:
    return state.owed - state.credit


def _items(
    changes: Sequence[LineEntry], statement: int, digits: int
) -> Iterator[StatementItem]:
    for entry in changes:
        units = _balance(entry.after) - _balance(entry.before)
        if not units:
            continue
        event = entry.event
        what = _DRAWN[type(event)] if entry.rule == "drawn" else entry.rule
        own = "" if what in _DRAWN.values() else entry.name
        name = getattr(event, "name", "") or own
        # A bill that is cut as the day after its statement begins is of that day.
        yield StatementItem(
            date.fromordinal(min(entry.day, statement)),
            what,
            "" if name == what else name,
            "" if event is None else event.id,
            from_units(units, digits),
        )


def _rates(state: LineState, charged: set[str]) -> Iterator[tuple[str, Fraction]]:
    for place, rule in enumerate(state.rules.segments):
        is_owed = any(row.segment == place for row in state.rows)
        if rule.interest is not None and (is_owed or rule.name in charged):
            yield rule.name, _yearly(rule.interest)


def _yearly(interest: LineInterest) -> Fraction:
    rate = interest.rate
    match rate.per:
        case RateUnit.DAY:
            return rate.value * _DAYS
        case RateUnit.MONTH:
            return rate.value * 12
        case _:
            return rate.value
