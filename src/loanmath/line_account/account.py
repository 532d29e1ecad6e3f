"""The account of a line: terms and events, folded into what is owed on any day."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from loanmath.billing.drawing import used_units
from loanmath.billing.line_fold import LineStep, advance, fold_line
from loanmath.billing.line_state import LineEntry, LineState, opening_line
from loanmath.billing.line_units import checked_line
from loanmath.currency import from_units, to_units
from loanmath.doors import to_date
from loanmath.errors import DateRangeError
from loanmath.events import Event, entered
from loanmath.events.cash_flows import money_moved
from loanmath.line_account.position import LinePosition, position_of
from loanmath.line_account.postings import LinePosting, postings_between
from loanmath.line_account.preview import (
    LinePreview,
    LineRevision,
    preview_of,
    revision_of,
)
from loanmath.line_account.statement import (
    LineStatement,
    statement_of,
    statements_until,
)
from loanmath.schedule.rows import CashFlow
from loanmath.terms.lines import CreditLine

__all__ = ["LineAccount"]


@frozen(repr=False)
class LineAccount:
    """
    A line of credit and all that happened to it (循环额度账户).

    An account is a value: recording an event gives another account, and what is owed
    on a day is worked out from the events alone. The order in which events are entered
    does not matter.

    Attributes:
        line: The terms it was opened with.
        opened: The day it was opened.
        events: What was recorded, in the order it is applied.

    Example:
        >>> from loanmath import Payment, Purchase
        >>> from loanmath.presets import cn
        >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
        >>> account = account.record(
        ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
        ...     Payment(id="p1", on=date(2026, 4, 10), amount="400"))
        >>> owed = account.position(date(2026, 4, 20))
        >>> owed.minimum, owed.accrued, owed.payoff
        (Decimal('0.00'), Decimal('3.00'), Decimal('603.00'))
    """

    line: CreditLine
    opened: date
    events: tuple[Event, ...]
    _opening: LineState = field(eq=False, alias="opening")
    _steps: tuple[LineStep, ...] = field(eq=False, alias="steps")
    _known: Mapping[str, Event] = field(eq=False, alias="known")
    _earlier: "LineAccount | None" = field(eq=False, alias="earlier")

    @classmethod
    def open(cls, line: CreditLine, on: date) -> "LineAccount":
        """
        Return the account of a line on the day that it is opened.

        Args:
            line: The terms.
            on: The day; nothing happens before it.

        Raises:
            InputTypeError: If a value is of the wrong type.
            DateRangeError: If a date of the first cycle is out of range.

        Example:
            >>> from loanmath.presets import cn
            >>> LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            <LineAccount of CNY 5000.00 from 2026-03-01: 0 events>
        """
        day = to_date(on, "on")
        state = opening_line(checked_line(line), day)
        return cls(line, day, (), state, (), {}, None)

    def record(self, *events: Event) -> "LineAccount":
        """
        Return the account with more events, in whatever order they are given.

        An event that is recorded already, with the same content, changes nothing. A
        late event replays those after it.

        Raises:
            EventError: If an id stands for two different events, an event is before
                the line was opened, or cannot be booked where it stands: more is drawn
                than is available, say. This account stays as it was.
            InputTypeError: If something is not an event.
            CurrencyError: If an amount is finer than the currency.
            InputValueError: If the line knows no plan of so many installments.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account.record(Purchase(id="u1", on=date(2026, 3, 2), amount="6000"))
            Traceback (most recent call last):
            ...
            loanmath.errors.EventError: event u1: got '6,000.00'; allowed: at most 5,000.00, what is available
        """  # noqa: E501 the message is one line
        first = self.opened
        known, new = entered(events, self._known, first, "when the line was opened")
        if not new:
            return self
        key = self._opening.rules.event_key
        new.sort(key=key)
        if not self.events or key(self.events[-1]) < key(new[0]):
            return self._with((*self.events, *new), known, len(new))
        ordered = sorted((*self.events, *new), key=key)
        return evolve(
            self._with(tuple(ordered), known), earlier=evolve(self, earlier=None)
        )

    def _with(
        self, events: tuple[Event, ...], known: Mapping[str, Event], new: int = 0
    ) -> "LineAccount":
        opening = self._opening
        steps = fold_line(events, opening, self._steps, new)
        return LineAccount(self.line, self.opened, events, opening, steps, known, None)

    def as_known_on(self, day: date) -> "LineAccount":
        """
        Return the account as it was believed to be on a day: what was recorded by then.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> late = Purchase(id="u1", on=date(2026, 3, 2), amount="60",
            ...     recorded=date(2026, 3, 9))
            >>> len(account.record(late).as_known_on(date(2026, 3, 8)).events)
            0
        """
        until = to_date(day, "day")
        events = tuple(event for event in self.events if event.recorded <= until)
        return self._with(events, {event.id: event for event in events})

    def position(self, on: date) -> LinePosition:
        """
        Return what is owed on a day, after its events.

        Args:
            on: The day, not before the line was opened.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account.position(date(2026, 3, 2)).available
            Decimal('5000.00')
        """
        day = self._day(on, "on")
        return position_of(self._state_on(day), day)

    def payoff(self, on: date) -> Decimal:
        """
        Return the payment after which nothing is owed, but installments to come.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account.payoff(date(2026, 3, 2))
            Decimal('0.00')

        中文: 结清金额.
        """
        return self.position(on).payoff

    def statement(self, year: int, month: int) -> LineStatement:
        """
        Return the bill whose statement day is in a month (账单).

        Args:
            year: The year of the statement day.
            month: Its month, 1 to 12.

        Raises:
            InputTypeError: If a value is not an `int`.
            LimitError: If there is no such month.
            DateRangeError: If no bill was made in it: it is before the line was opened.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account = account.record(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
            >>> bill = account.statement(2026, 4)
            >>> bill.closing, bill.minimum, bill.due
            (Decimal('1000.00'), Decimal('100.00'), datetime.date(2026, 4, 10))
        """
        return statement_of(self, year, month)

    def statements(self, until: date) -> tuple[LineStatement, ...]:
        """
        Return all bills that were made by a day, the oldest first.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> len(account.statements(date(2026, 12, 31)))
            9
        """
        return statements_until(self, self._day(until, "until"))

    def cash_flows(self, until: date) -> tuple[CashFlow, ...]:
        """
        Return the money that moved up to a day, and what would settle the rest then.

        Returns:
            As the lender sees them, in order: what was drawn, negative, on the day it
            was posted; what was received, positive; and on the day the payoff, where
            anything is owed (what is in credit, negative).

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range, or installments are to come after it.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account = account.record(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
            >>> flows = account.cash_flows(date(2026, 4, 10))
            >>> [str(flow.amount) for flow in flows]
            ['-1000.00', '1000.00']

        中文: 实际现金流.
        """
        day, digits = self._day(until, "until"), self.line.digits
        position = position_of(self._state_on(day), day)
        if position.installments:
            raise DateRangeError(
                "until",
                got=f"{until}, with installments of {position.installments} to come",
                allowed="a day after the last installment, or one on which all are "
                "settled",
            )
        left = to_units(position.payoff, digits, "payoff")
        left = left or -to_units(position.credit, digits, "credit")
        flows = list(money_moved(self.events, until, digits))
        if left:
            flows.append((until, left))
        return tuple(CashFlow(on, from_units(units, digits)) for on, units in flows)

    def postings(
        self, since: date | None = None, until: date | None = None
    ) -> tuple[LinePosting, ...]:
        """
        Return every posted cent between two days, each able to explain itself.

        Args:
            since: The first day; left out, the day the line was opened.
            until: The last day; left out, the day of the last event.

        Raises:
            InputTypeError: If a day is not a `date`.
            DateRangeError: If a day is out of range.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account = account.record(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
            >>> [str(posting.amount) for posting in account.postings()]
            ['1000.00']

        中文: 记账明细.
        """
        last = self.events[-1].on if self.events else self.opened
        first = self._day(self.opened if since is None else since, "since")
        return postings_between(
            self, first, self._day(last if until is None else until, "until")
        )

    def preview(self, event: Event) -> LinePreview:
        """
        Return what an event would do, and book nothing.

        Raises:
            EventError: If the event could not be booked, or is recorded already.
            InputTypeError: If it is not an event.
            CurrencyError: If an amount is finer than the currency.
            InputValueError: If the line knows no plan of so many installments.

        Example:
            >>> from loanmath import Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> seen = account.preview(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"))
            >>> seen.before.available, seen.after.available
            (Decimal('5000.00'), Decimal('4000.00'))

        中文: 试算.
        """
        return preview_of(self, event)

    @property
    def revision(self) -> LineRevision | None:
        """
        What the last recording changed of earlier days, where an event came late.

        Example:
            >>> from loanmath import Payment, Purchase
            >>> from loanmath.presets import cn
            >>> account = LineAccount.open(cn.huabei_line("5000"), date(2026, 3, 1))
            >>> account = account.record(
            ...     Purchase(id="u1", on=date(2026, 3, 30), amount="1000"),
            ...     Payment(id="p2", on=date(2026, 4, 20), amount="600"))
            >>> late = account.record(
            ...     Payment(id="p1", on=date(2026, 4, 10), amount="400"))
            >>> str(late.revision.since), len(late.revision.added)
            ('2026-04-10', 4)

        中文: 追溯调整.
        """
        return None if self._earlier is None else revision_of(self._earlier, self)

    def used_units(self, on: date) -> int:
        """Return what occupies the limit on a day, in units."""
        return used_units(self._state_on(self._day(on, "on")))

    def entries_until(self, day: int) -> list[LineEntry]:
        """Return all that changed up to the end of a day, an ordinal."""
        steps = self._steps_until(day)
        found = [entry for step in steps for entry in step.entries]
        last = steps[-1].after if steps else self._opening
        return [*found, *advance(last, day)]

    def _steps_until(self, day: int) -> tuple[LineStep, ...]:
        last = bisect_right(
            self._steps, day, key=lambda step: step.event.on.toordinal()
        )
        return self._steps[:last]

    def _state_on(self, day: int) -> LineState:
        steps = self._steps_until(day)
        state = steps[-1].after if steps else self._opening
        for entry in advance(state, day):
            state = entry.after
        return state

    def _day(self, on: date, what: str) -> int:
        day = to_date(on, what)
        if day < self.opened:
            raise DateRangeError(
                what, got=str(day), allowed=f"on or after {self.opened}"
            )
        return day.toordinal()

    def __repr__(self) -> str:
        line = self.line
        return (
            f"<LineAccount of {line.currency} {line.limit} from {self.opened}:"
            f" {len(self.events)} events>"
        )
