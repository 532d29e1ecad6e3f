"""The account: terms and events, folded into what is owed on any day."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from loanmath.account.arrear import Arrear, to_arrears
from loanmath.account.position import Position, position_of
from loanmath.currency import to_units
from loanmath.doors import to_date
from loanmath.errors import DateRangeError, EventError, InputTypeError
from loanmath.events import Event, Reversal, happening
from loanmath.ledger.course import Course, course
from loanmath.ledger.fold import (
    Step,
    fold,
    in_order,
    opening,
    ranks_of,
    seen_on,
    undone,
)
from loanmath.ledger.state import Entry
from loanmath.terms import InstallmentLoan
from loanmath.terms.amounts import to_amount

__all__ = ["Account"]


@frozen(repr=False)
class Account:
    """
    A loan and all that happened to it (贷款账户).

    An account is a value: recording an event gives another account, and what is owed
    on a day is worked out from the events alone. The order in which events are entered
    does not matter.

    Attributes:
        loan: The terms.
        events: What was recorded, in the order it is applied.
        arrears: What was behind when the account was opened.
        credit: The credit it was opened with, in major units.
        undrawn: Whether the principal is paid out by events.

    Example:
        >>> from loanmath.events import Payment
        >>> from loanmath.rates import Rate
        >>> from loanmath.terms import LevelPayment, PenaltyInterest
        >>> loan = InstallmentLoan(currency="CNY", principal="10000", every="monthly",
        ...     disbursed=date(2026, 1, 15), rate=Rate("0.04%/day"),
        ...     repayment=LevelPayment(12), penalty=PenaltyInterest(multiple="1.5"))
        >>> account = Account.open(loan).record(
        ...     Payment(id="p1", on=date(2026, 2, 20), amount="500"))
        >>> owed = account.position(date(2026, 3, 1))
        >>> owed.days_past_due, owed.overdue.penalty, owed.payoff
        (14, Decimal('2.17'), Decimal('9680.15'))
    """

    loan: InstallmentLoan
    events: tuple[Event, ...]
    arrears: tuple[Arrear, ...]
    credit: Decimal
    undrawn: bool
    _course: Course = field(eq=False, alias="course")
    _opened: tuple[Entry, ...] = field(eq=False, alias="opened")
    _steps: tuple[Step, ...] = field(eq=False, alias="steps")

    @classmethod
    def open(
        cls,
        loan: InstallmentLoan,
        *,
        arrears: Sequence[Arrear] = (),
        credit: str | int | Decimal = 0,
        undrawn: bool = False,
    ) -> "Account":
        """
        Return the account of a loan on the day it is paid out, or of an existing book.

        Args:
            loan: The terms; of an existing book, those of the balance that is not yet
                due, paid out on the day of the book.
            arrears: What is behind on that day.
            credit: What was paid too much by then, in major units.
            undrawn: Whether nothing is paid out until a `Disbursement` is recorded.

        Raises:
            InputTypeError: If a value is of the wrong type.
            InputValueError: If a value is not allowed.
            ScheduleError: If no plan follows from the terms.
        """
        if type(loan) is not InstallmentLoan:
            raise InputTypeError("loan", got=loan, allowed="InstallmentLoan(...)")
        if type(undrawn) is not bool:
            raise InputTypeError("undrawn", got=undrawn, allowed="True or False")
        given = to_amount(credit, "credit")
        units = to_units(given, loan.digits, "credit")
        found = course(loan, to_arrears(arrears, loan), units)
        ordered = tuple(sorted(arrears, key=lambda arrear: arrear.due))
        opened = tuple(opening(found, undrawn=undrawn))
        return cls(loan, (), ordered, given, undrawn, found, opened, ())

    def record(self, *events: Event) -> "Account":
        """
        Return the account with more events, in whatever order they are given.

        An event that is recorded already, with the same content, changes nothing. A
        late event replays those after it.

        Raises:
            EventError: If an id stands for two different events, an event is before the
                loan, a reversal has nothing to reverse, or an event cannot be booked
                where it stands. This account stays as it was.
            InputTypeError: If something is not an event.

        Example:
            >>> from loanmath.events import Payment
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> paid = Payment(id="p1", on=date(2026, 2, 15), amount="1010")
            >>> account = Account.open(loan).record(paid, paid)
            >>> account.position(date(2026, 2, 15)).status.value
            'closed'
        """
        known = {event.id: event for event in self.events}
        new = []
        for event in events:
            happening(event)
            if event.id not in known:
                self._check_date(event)
                known[event.id] = event
                new.append(event)
            elif known[event.id] != event:
                raise EventError(
                    f"event {event.id}",
                    got="another event under an id that is taken",
                    allowed="one event for each id",
                    do="give it an id of its own, or reverse the first",
                )
        if not new:
            return self
        return self._with(in_order((*self.events, *new), ranks_of(self._course)))

    def _check_date(self, event: Event) -> None:
        if event.on < self.loan.disbursed:
            raise EventError(
                f"event {event.id}",
                got=str(event.on),
                allowed=f"on or after {self.loan.disbursed}, the day of the loan",
            )

    def _with(self, events: tuple[Event, ...]) -> "Account":
        _check_reversals(events)
        never = undone(events)
        effective = [event for event in events if event.id not in never]
        kept = 0
        for step, event in zip(self._steps, effective, strict=False):
            if step.event is not event:
                break
            kept += 1
        state = self._opened[-1].after
        steps = fold(self._course, effective, state, self._steps[:kept])
        return Account(
            self.loan,
            events,
            self.arrears,
            self.credit,
            self.undrawn,
            self._course,
            self._opened,
            steps,
        )

    def as_known_on(self, day: date) -> "Account":
        """
        Return the account as it was believed to be on a day: what was recorded by then.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.events import Payment
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> account = Account.open(loan).record(Payment(id="p1", amount="10",
            ...     on=date(2026, 1, 20), recorded=date(2026, 2, 1)))
            >>> len(account.as_known_on(date(2026, 1, 31)).events)
            0
        """
        until = to_date(day, "day")
        known = tuple(event for event in self.events if event.recorded <= until)
        return self._with(known)

    def position(self, on: date) -> Position:
        """
        Return what is owed on a day, after its events.

        Args:
            on: The day, not before the loan.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> Account.open(loan).position(date(2026, 2, 15)).due.interest
            Decimal('10.00')
        """
        day = self._day(on)
        steps = self._steps_until(day)
        last = steps[-1].entries if steps else self._opened
        seen = seen_on(self._course, last[-1].after, day)
        entries = (self._opened, *(step.entries for step in steps), seen)
        return position_of(self._course, entries, day)

    def _day(self, on: date) -> int:
        day = to_date(on, "on")
        if day < self.loan.disbursed:
            raise DateRangeError(
                "on", got=str(day), allowed=f"on or after {self.loan.disbursed}"
            )
        return day.toordinal()

    def _steps_until(self, day: int) -> tuple[Step, ...]:
        last = bisect_right(
            self._steps, day, key=lambda step: step.event.on.toordinal()
        )
        return self._steps[:last]

    def payoff(self, on: date) -> Decimal:
        """
        Return the payment that closes the account on a day, in major units.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("0.05%/day"), repayment=SinglePayment(1))
            >>> Account.open(loan).payoff(date(2026, 1, 25))
            Decimal('1005.00')

        中文: 提前结清金额.
        """
        return self.position(on).payoff

    def __repr__(self) -> str:
        return (
            f"<Account of {self.loan.currency} {self.loan.principal} from"
            f" {self.loan.disbursed}: {len(self.events)} events>"
        )


def _day_of(step: Step) -> int:
    return step.event.on.toordinal()


def _check_reversals(events: Sequence[Event]) -> None:
    days = {event.id: event.on for event in events}
    never, reversed_once = undone(events), set()
    for event in events:
        if not isinstance(event, Reversal):
            continue
        if event.of == event.id or days.get(event.of, date.max) > event.on:
            raise EventError(
                f"event {event.id}",
                got=f"a reversal of {event.of!r}",
                allowed="the id of an event on that day or before",
            )
        if event.id in never:
            continue
        if event.of in reversed_once:
            raise EventError(
                f"event {event.id}",
                got=f"another reversal of {event.of!r}",
                allowed="one reversal of an event",
            )
        reversed_once.add(event.of)
