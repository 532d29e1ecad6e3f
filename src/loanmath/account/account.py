"""The account: terms and events, folded into what is owed on any day."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from loanmath.account.arrear import Arrear, to_arrears
from loanmath.account.bridge import Bridge, bridge_of
from loanmath.account.flows import flows_of
from loanmath.account.position import Position, position_of
from loanmath.account.postings import Posting, postings_between
from loanmath.account.preview import Preview, Revision, preview_of, revision_of
from loanmath.account.statement import AccountStatement, statement_of
from loanmath.currency import to_units
from loanmath.doors import to_date, to_flag
from loanmath.errors import DateRangeError, InputTypeError
from loanmath.events import Event, entered
from loanmath.ledger.course import Course, course
from loanmath.ledger.fold import Step, fold, in_order, opening, seen_on
from loanmath.ledger.state import Entry
from loanmath.schedule.rows import CashFlow
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
    _known: Mapping[str, Event] = field(eq=False, alias="known")
    _earlier: "Account | None" = field(eq=False, alias="earlier")

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
        to_flag(undrawn, "undrawn")
        given = to_amount(credit, "credit")
        units = to_units(given, loan.digits, "credit")
        found = course(loan, to_arrears(arrears, loan), units)
        ordered = tuple(sorted(arrears, key=lambda arrear: arrear.due))
        opened = tuple(opening(found, undrawn=undrawn))
        return cls(loan, (), ordered, given, undrawn, found, opened, (), {}, None)

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
            >>> from loanmath import Payment, Rate, SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> paid = Payment(id="p1", on=date(2026, 2, 15), amount="1010")
            >>> account = Account.open(loan).record(paid, paid)
            >>> account.position(date(2026, 2, 15)).status.value
            'closed'
        """
        first = self.loan.disbursed
        known, new = entered(events, self._known, first, "the day of the loan")
        if not new:
            return self
        key = self._course.event_key
        ordered = in_order(new, key)
        if not self.events or key(self.events[-1]) < key(ordered[0]):
            return self._with((*self.events, *ordered), known, len(ordered))
        late = self._with(in_order((*self.events, *ordered), key), known)
        return evolve(late, earlier=evolve(self, earlier=None))

    def _with(
        self, events: tuple[Event, ...], known: Mapping[str, Event], new: int = 0
    ) -> "Account":
        steps = fold(events, self._opened[-1].after, self._steps, new)
        return Account(
            self.loan,
            events,
            self.arrears,
            self.credit,
            self.undrawn,
            self._course,
            self._opened,
            steps,
            known,
            None,
        )

    def as_known_on(self, day: date) -> "Account":
        """
        Return the account as it was believed to be on a day: what was recorded by then.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath import Payment, Rate, SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> account = Account.open(loan).record(Payment(id="p1", amount="10",
            ...     on=date(2026, 1, 20), recorded=date(2026, 2, 1)))
            >>> len(account.as_known_on(date(2026, 1, 31)).events)
            0
        """
        until = to_date(day, "day")
        events = tuple(event for event in self.events if event.recorded <= until)
        return self._with(events, {event.id: event for event in events})

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
        seen = seen_on(last[-1].after, day)
        entries = (self._opened, *(step.entries for step in steps), seen)
        return position_of(entries, day)

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

    def loan_on(self, on: date) -> InstallmentLoan:
        """
        Return the terms in force on a day, after its events.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath import EqualPrincipal, Rate, TermsChange
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=EqualPrincipal(4))
            >>> account = Account.open(loan).record(
            ...     TermsChange(id="t1", on=date(2026, 2, 15), rate=Rate("0.5%/month")))
            >>> account.loan_on(date(2026, 2, 15)).rate
            Rate('0.5%/month')
        """
        steps = self._steps_until(self._day(on))
        last = steps[-1].after if steps else self._opened[-1].after
        return last.course.loan

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

    def cash_flows(self, until: date) -> tuple[CashFlow, ...]:
        """
        Return the money that moved up to a day, and what would settle the rest then.

        Returns:
            Paid out (an existing book too), negative; received; the payoff, or credit.

        Raises:
            InputTypeError: If the day is not a `date`.
            DateRangeError: If it is out of range.

        Example:
            >>> from loanmath.terms import FlatFee
            >>> loan = InstallmentLoan(currency="CNY", principal="1000", every="P1M",
            ...     disbursed=date(2026, 1, 15), repayment=FlatFee(2, "6%"))
            >>> [*map(str, Account.open(loan).cash_flows(date(2026, 3, 15))[1])]
            ['2026-03-15', '1060.00']

        中文: 实际现金流.
        """
        return flows_of(self, until)

    def postings(
        self, since: date | None = None, until: date | None = None
    ) -> tuple[Posting, ...]:
        """
        Return every posted cent between two days, each able to explain itself.

        Args:
            since: The first day; left out, the day of the loan.
            until: The last day; left out, the day of the last event.

        Raises:
            InputTypeError: If a day is not a `date`.
            DateRangeError: If a day is out of range.

        Example:
            >>> from loanmath import Payment, Rate, SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> account = Account.open(loan).record(
            ...     Payment(id="p1", on=date(2026, 2, 15), amount="1010"))
            >>> [str(posting.amount) for posting in account.postings()]
            ['-10.00', '-1000.00']

        中文: 记账明细.
        """
        last = self.events[-1].on if self.events else self.loan.disbursed
        first = self.loan.disbursed if since is None else since
        return postings_between(self, first, last if until is None else until)

    def statement(self, since: date, until: date) -> AccountStatement:
        """
        Return what happened between two days, with running balances.

        Raises:
            InputTypeError: If a day is not a `date`.
            DateRangeError: If a day is out of range, or they are in the wrong order.

        Example:
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> Account.open(loan).statement(
            ...     date(2026, 2, 1), date(2026, 2, 28)).closing
            Decimal('1010.00')

        中文: 对账单.
        """
        return statement_of(self, since, until)

    def bridge(self, since: date, until: date) -> Bridge:
        """
        Return what moved the payoff between two days.

        Raises:
            InputTypeError: If a day is not a `date`.
            DateRangeError: If a day is out of range, or they are in the wrong order.

        Example:
            >>> from loanmath.rates import Rate
            >>> from loanmath.terms import SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("0.05%/day"), repayment=SinglePayment(1))
            >>> bridge = Account.open(loan).bridge(date(2026, 1, 15), date(2026, 1, 25))
            >>> bridge.opening, bridge.closing
            (Decimal('1000.00'), Decimal('1005.00'))
        """
        return bridge_of(self, since, until)

    def preview(self, event: Event) -> Preview:
        """
        Return what an event would do, and book nothing.

        Raises:
            EventError: If the event could not be booked.
            InputTypeError: If it is not an event.

        Example:
            >>> from loanmath import Payment, Rate, SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> Account.open(loan).preview(
            ...     Payment(id="p1", on=date(2026, 2, 15), amount="1010")).after.payoff
            Decimal('0.00')

        中文: 试算.
        """
        return preview_of(self, event)

    @property
    def revision(self) -> Revision | None:
        """
        What the last recording changed of earlier days, where an event came late.

        Example:
            >>> from loanmath import Payment, Rate, SinglePayment
            >>> loan = InstallmentLoan(currency="CNY", principal="1000",
            ...     disbursed=date(2026, 1, 15), every="monthly",
            ...     rate=Rate("1%/month"), repayment=SinglePayment(1))
            >>> account = Account.open(loan).record(
            ...     Payment(id="p1", on=date(2026, 2, 15), amount="1010"))
            >>> account.revision is None
            True
        """
        return None if self._earlier is None else revision_of(self._earlier, self)

    def __repr__(self) -> str:
        return (
            f"<Account of {self.loan.currency} {self.loan.principal} from"
            f" {self.loan.disbursed}: {len(self.events)} events>"
        )
